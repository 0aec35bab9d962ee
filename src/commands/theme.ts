import { askWhich } from '../dialogue/choose.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import { looksClassified } from '../dialogue/guard.ts'
import { dateOf, monthOf, periodContaining, periodRange } from '../domain/calendar.ts'
import { newMeeting, thematicOccurrence, timed } from '../domain/meeting.ts'
import { monthOfMeeting } from '../domain/meeting-notice.ts'
import type { Meeting } from '../domain/records.ts'
import { type Command, inOrg } from './command.ts'
import { announce, lineOf, meetingsOf, themeOf } from './meeting-facts.ts'

type ThemeRequest = Request & { intent: 'meeting.theme' }

/** Whether somebody sets something, or only asks. */
const sets = ({ extras }: ThemeRequest) =>
  extras !== undefined &&
  (extras.theme ?? extras.meetingAt ?? extras.partOf ?? extras.ask ?? extras.needsTime) !== undefined

const isMonth = (period: string) => /^\d{4}-\d{2}$/.test(period)

function isWithin(occurrence: string, period: string): boolean {
  const { from, to } = periodRange(period)
  const month = monthOfMeeting(occurrence)
  return month >= from.slice(0, 7) && month <= to.slice(0, 7)
}

/** What a theme is when it is told again for a meeting: its own words, else the quarter's or the month's that were set before. */
function wordsFor(facts: Facts, request: ThemeRequest, month: string): string | null {
  const { org } = inOrg(facts)
  const { period } = request.slots
  const known = facts.themes(org.orgId).find((row) => row.period === period)?.theme
  return request.extras?.theme ?? known ?? themeOf(facts, org, month)
}

/** A meeting of its own: planned, or moved where the same one stands already. */
function hold(facts: Facts, request: ThemeRequest, at: string): Effect[] {
  const { texts, now, timeZone } = facts
  const { org } = inOrg(facts)
  const startsAt = new Date(at)
  if (startsAt <= now) return [reply(texts.movePast)]
  const month = monthOf(startsAt, timeZone)
  const { period } = request.slots
  const all = meetingsOf(facts, org).filter(({ kind }) => kind === 'thematic')
  const known =
    all.find(
      (each) => each.state === 'planned' && each.startsAt > now && period && isWithin(each.occurrence, period),
    ) ?? all.find((each) => each.occurrence === thematicOccurrence(month))
  if (known?.state === 'held') return [reply(texts.thematicHeldAlready(known.occurrence))]
  // A time that has come stays on record, whatever became of it; one put off before then may be given another.
  const wasPutOff = known?.state === 'cancelled' && known.updatedAt < known.startsAt
  if (known && known.startsAt <= now && !wasPutOff) return [reply(texts.thematicPast(known.occurrence))]
  const fresh = known ?? newMeeting(org.orgId, thematicOccurrence(month), startsAt, null, now)
  const isMoved = known !== undefined && known.startsAt.getTime() !== startsAt.getTime()
  const place = request.extras?.place ?? fresh.place ?? facts.schedule(org.orgId)?.place ?? null
  const row: Meeting = {
    ...fresh,
    startsAt,
    place,
    state: 'planned',
    isMoved: fresh.isMoved || isMoved,
    updatedAt: now,
  }
  const meeting = timed({ ...row, reason: null, reasonKind: null }, org, facts.meetingRules(org.orgId).noticeDay, now)
  const theme = wordsFor(facts, request, month)
  const answers = isMoved ? facts.attendance(org.orgId, meeting.occurrence) : []
  return [
    { put: 'meeting', row: meeting },
    ...answers.map((answer): Effect => ({ remove: 'attendance', row: answer })),
    ...(theme ? [{ put: 'theme' as const, row: { orgId: org.orgId, period: meeting.occurrence, theme } }] : []),
    {
      audit: {
        orgId: org.orgId,
        action: 'meeting.thematicPlanned',
        subject: `meeting:${org.orgId}:${meeting.occurrence}`,
        details: { startsAt: startsAt.toISOString() },
      },
    },
    ...announce(facts, org.orgId, texts.thematicPlanned(texts.dateTime(startsAt, timeZone), place, theme, isMoved)),
  ]
}

/** Part of the regular meeting of a month. */
function combine(facts: Facts, request: ThemeRequest, month: string): Effect[] {
  const { texts, now } = facts
  const { org } = inOrg(facts)
  const regular = meetingsOf(facts, org).find((each) => each.occurrence === month)
  if (!regular || regular.state === 'cancelled') return [reply(texts.meetingNoneIn(month))]
  const theme = wordsFor(facts, request, month)
  const isStored = facts.meetings(org.orgId).some((each) => each.occurrence === month)
  const timedRow = isStored ? regular : timed(regular, org, facts.meetingRules(org.orgId).noticeDay, now)
  const row: Meeting = { ...timedRow, kind: 'combined', updatedAt: now }
  return [
    { put: 'meeting', row },
    ...(theme ? [{ put: 'theme' as const, row: { orgId: org.orgId, period: month, theme } }] : []),
    {
      audit: {
        orgId: org.orgId,
        action: 'meeting.thematicCombined',
        subject: `meeting:${org.orgId}:${month}`,
      },
    },
    reply(texts.thematicCombined(month, texts.dateTime(regular.startsAt, facts.timeZone), theme)),
  ]
}

function set(facts: Facts, request: ThemeRequest): Effect[] {
  const { texts, now, timeZone } = facts
  const { org } = inOrg(facts)
  const { theme: text, meetingAt, partOf, ask, needsTime, place } = request.extras ?? {}
  if (looksClassified(`${text ?? ''}\n${place ?? ''}`)) return [reply(texts.classified)]
  if (needsTime) return [reply(texts.thematicNeedsTime)]
  if (ask) {
    const options = ask.map((each) => ({
      label: texts.date(dateOf(new Date(each), timeZone)),
      request: { ...request, extras: { ...request.extras, ask: undefined, meetingAt: each } },
    }))
    return askWhich(texts.moveAskDate(ask.map((each) => dateOf(new Date(each), timeZone))), options)
  }
  if (meetingAt) return hold(facts, request, meetingAt)
  if (partOf) return combine(facts, request, partOf)
  const period = request.slots.period ?? monthOf(now, timeZone)
  return [
    { put: 'theme', row: { orgId: org.orgId, period, theme: text! } },
    { audit: { orgId: org.orgId, action: 'meeting.themeSet', subject: `theme:${org.orgId}:${period}` } },
    reply(texts.themeSet(period, text!)),
  ]
}

/** The thematic meetings of a period, of their own or as part of a regular one, that are planned or were held. */
function thematicIn(facts: Facts, period: string): Meeting[] {
  const { org } = inOrg(facts)
  return meetingsOf(facts, org).filter(
    (each) => each.kind !== 'regular' && each.state !== 'cancelled' && isWithin(each.occurrence, period),
  )
}

/** Asks for the theme of a month, quarter or year; a secretary also sets it ("chuyên đề tháng 11: …"), with a meeting for it. */
export const theme: Command<'meeting.theme'> = {
  intents: ['meeting.theme'],
  may: (_facts, request) => (sets(request) ? 'meeting.theme' : 'meeting.see'),
  respond(facts, request) {
    if (sets(request)) return set(facts, request)
    const { texts, now, timeZone, today } = facts
    const { org } = inOrg(facts)
    const period = request.slots.period ?? periodContaining(today, 'quarter')
    const meetings = thematicIn(facts, period)
    const own = facts.themes(org.orgId).find((row) => row.period === period)?.theme
    const found =
      own ??
      meetings.flatMap((each) => themeOf(facts, org, each.occurrence) ?? [])[0] ??
      (isMonth(period) ? themeOf(facts, org, period) : null) ??
      (request.slots.period ? null : themeOf(facts, org, monthOf(now, timeZone))) ??
      (/^\d{4}$/.test(period) ? facts.campaign(org.orgId, Number(period)).theme : null)
    const ahead = meetings.filter((each) => each.startsAt > now)
    const lines = [
      found ? texts.themeIs(period, found) : texts.themeNone(period),
      ...ahead.map((each) => lineOf(facts, org, each)),
    ]
    return [reply(lines.join('\n'))]
  },
}
