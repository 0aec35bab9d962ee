/**
 * The review of a half year ("sơ kết") or a year ("tổng kết"): limits and tasks as the secretary writes them, numbered, for
 * reports upward (domain.md §4.1: "hạn chế / nhiệm vụ", numbered lists typed by the secretary).
 */
import { askFirst } from '../dialogue/confirm.ts'
import { reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { looksClassified } from '../dialogue/guard.ts'
import { actionIn } from '../domain/access.ts'
import { dateOf } from '../domain/calendar.ts'
import { namesByTitle } from '../domain/classified.ts'
import { isClosable, periodReviewed, standingClosing } from '../domain/closing.ts'
import type { Review } from '../domain/period-records.ts'
import { fold } from '../language/normalise.ts'
import { type Command, inOrg } from './command.ts'

/** Reports list five or six of each; more is an essay, which the bot does not keep. */
const maxItems = 20
const maxItemLength = 400

/** Whether a text holds the full name of somebody on the roster: it is about the organisation, not about them. */
export function namesSomebody(facts: Facts, orgId: number, text: string): boolean {
  const words = ` ${fold(text).replace(/[^\p{L}\p{N}]+/gu, ' ')} `
  return facts
    .roster(orgId)
    .some(({ foldedName }) => foldedName?.includes(' ') === true && words.includes(` ${foldedName} `))
}

export const reviewPeriod: Command<'period.review'> = {
  intents: ['period.review'],
  may: ({ org }) => (org ? actionIn(org, 'period.review') : 'period.review'),
  respond(facts, request) {
    const { texts, today, now, asked } = facts
    const { org, me } = inOrg(facts)
    if (asked.chatKind !== 'private') return [reply(texts.reviewPrivate)]
    const period = request.slots.period ?? periodReviewed(today)
    const part = request.slots.limits ? 'limits' : 'tasks'
    const items = request.slots[part] ?? []
    if (items.length === 0 || !isClosable(period)) return [reply(texts.reviewHow)]
    if (facts.closedPeriods(org.orgId).includes(period)) {
      const closing = standingClosing(facts.closings(org.orgId, period), period)
      return [reply(texts.periodClosed(period, dateOf(closing?.closedAt ?? now, org.timeZone)))]
    }
    if (items.some(looksClassified)) return [reply(texts.classified)]
    if (items.some((item) => namesByTitle(item) || namesSomebody(facts, org.orgId, item)))
      return [reply(texts.reviewNoNames)]
    if (items.length > maxItems || items.some((item) => item.length > maxItemLength))
      return [reply(texts.reviewTooLong(maxItems, maxItemLength))]
    const before = facts.reviews(org.orgId).find((row) => row.period === period)
    if (!request.resolved?.confirmed) {
      const question = texts.reviewAsk({ period, part, items, replaces: before?.[part].length ?? 0 })
      // The period as it was understood, whenever the answer comes.
      const asked = { ...request, slots: { ...request.slots, period } }
      return askFirst(question, asked, texts.reviewLeft)
    }
    const row: Review = {
      ...(before ?? { orgId: org.orgId, period, limits: [], tasks: [] }),
      [part]: items,
      updatedAt: now,
      by: me.memberId,
    }
    return [
      { put: 'review', row },
      {
        audit: {
          orgId: org.orgId,
          action: 'period.reviewed',
          subject: `period:${org.orgId}:${period}`,
          details: { limits: row.limits.length, tasks: row.tasks.length },
        },
      },
      reply(texts.reviewNoted(period, part, items.length)),
    ]
  },
}
