import { reply } from '../dialogue/effects.ts'
import { looksClassified } from '../dialogue/guard.ts'
import { monthOf, periodContaining } from '../domain/calendar.ts'
import { type Command, inOrg } from './command.ts'
import { themeOf } from './meeting-facts.ts'

/** Asks for the theme of a month, quarter or year; a secretary also sets it ("chuyên đề tháng 11: …"). */
export const theme: Command<'meeting.theme'> = {
  intents: ['meeting.theme'],
  may: (_facts, request) => (request.extras?.theme ? 'meeting.theme' : 'meeting.see'),
  respond(facts, request) {
    const { texts, now, timeZone, today } = facts
    const { org } = inOrg(facts)
    const text = request.extras?.theme
    const period = request.slots.period ?? (text ? monthOf(now, timeZone) : periodContaining(today, 'quarter'))
    if (text) {
      if (looksClassified(text)) return [reply(texts.classified)]
      return [
        { put: 'theme', row: { orgId: org.orgId, period, theme: text } },
        { audit: { orgId: org.orgId, action: 'meeting.themeSet', subject: `theme:${org.orgId}:${period}` } },
        reply(texts.themeSet(period, text)),
      ]
    }
    const own = facts.themes(org.orgId).find((row) => row.period === period)?.theme
    const isMonth = /^\d{4}-\d{2}$/.test(period)
    const found =
      own ??
      (isMonth ? themeOf(facts, org, period) : null) ??
      (request.slots.period ? null : themeOf(facts, org, monthOf(now, timeZone))) ??
      (/^\d{4}$/.test(period) ? facts.campaign(org.orgId, Number(period)).theme : null)
    return [reply(found ? texts.themeIs(period, found) : texts.themeNone(period))]
  },
}
