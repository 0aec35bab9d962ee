/** Closing the books of a period ("khoá sổ 6 tháng"), by the secretary or a committee, and reopening them from above. */
import { askFirst } from '../dialogue/confirm.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import { looksClassified } from '../dialogue/guard.ts'
import { type Action, accessRoleOf, actionIn, may, relationOf } from '../domain/access.ts'
import { periodRange } from '../domain/calendar.ts'
import { closableFrom, isClosable, refusalToClose, standingClosing } from '../domain/closing.ts'
import type { Closing } from '../domain/period-records.ts'
import type { Organisation } from '../domain/records.ts'
import { type Command, inOrg } from './command.ts'
import { committeeOf, namedOrganisation } from './organisation-named.ts'
import { namesSomebody } from './period-review.ts'
import { refused } from './refusal.ts'

/** A reason is a few words, no report. */
const maxReasonLength = 200

/** Whether any of the person's lines grants it there. */
function isGranted(facts: Facts, action: Action, org: Organisation): boolean {
  return facts.memberships.some((member) => {
    const relation = relationOf(facts.organisation(member.orgId), org)
    return [action, actionIn(org, action)].some((each) => may(accessRoleOf(member), each, relation).allowed)
  })
}

/** The organisation named, wherever it lies in one's reach; one's own where none is: of two the committee, where all below are meant. */
function whose(facts: Facts, request: Request, typed: string | undefined, period: string | undefined, below = false) {
  if (typed === undefined && request.resolved?.orgId === undefined)
    return { org: (below && facts.asked.chatKind === 'private' ? committeeOf(facts) : null) ?? inOrg(facts).org }
  return namedOrganisation(facts, request, typed ?? '', Number((period ?? facts.today).slice(0, 4)))
}

/** Each closing with its entry in the log, and words to the secretaries of those closed from above. */
function frozen(facts: Facts, closings: readonly Closing[], asked: Organisation): Effect[] {
  const { texts, memberships } = facts
  const { me } = inOrg(facts)
  const ownIds = new Set(memberships.map((member) => member.orgId))
  return closings.flatMap((closing): Effect[] => {
    const { orgId, period, number } = closing
    const told: Effect = {
      say: {
        audience: { to: 'secretaries', orgId },
        text: texts.closedByAbove(period, facts.organisation(orgId).name),
        rank: 'notice',
      },
    }
    return [
      { put: 'closing', row: { ...closing, closedBy: me.memberId } },
      { audit: { orgId, action: 'period.closed', subject: `period:${orgId}:${period}`, details: { number } } },
      ...(ownIds.has(orgId) && orgId === asked.orgId ? [] : [told]),
    ]
  })
}

export const closePeriod: Command<'period.close'> = {
  intents: ['period.close'],
  may: 'summary.counts',
  respond(facts, request) {
    const { texts, today, timeZone } = facts
    const { period } = request.slots
    if (period === undefined || !isClosable(period)) return [reply(texts.closeWhich)]
    const named = whose(facts, request, request.slots.name, period, request.slots.below)
    if ('effects' in named) return named.effects
    const { org } = named
    if (!isGranted(facts, 'period.close', org)) {
      const isOwn = facts.memberships.some((member) => member.orgId === org.orgId)
      const why = org.kind === 'committee' ? 'notCommittee' : 'notSecretary'
      return [refused(facts, isOwn ? why : 'notYourCell', org)]
    }
    const below = request.slots.below === true && org.kind === 'committee'
    if (refusalToClose(period, today, []) === 'tooEarly')
      return [reply(texts.closeTooEarly(period, closableFrom(period)))]
    if (!below && facts.closedPeriods(org.orgId).includes(period)) {
      const closing = standingClosing(facts.closings(org.orgId, period), period)
      return [reply(texts.closedAlready(period, closing?.closedAt ?? facts.now, timeZone))]
    }
    const closings = facts.freezing(org.orgId, period, below)
    const first = closings[0]
    if (!first) return [reply(texts.closedAlreadyBelow(period))]
    if (!request.resolved?.confirmed) {
      const { members, individualDeeds, collectiveDeeds } = (
        closings.find((closing) => closing.orgId === org.orgId) ?? first
      ).model
      const lastOn = periodRange(period).to
      const question = texts.closeAsk({
        org: org.name,
        period,
        organisations: closings.length,
        members,
        deeds: individualDeeds + collectiveDeeds,
        isRunning: today <= lastOn,
        lastOn,
      })
      return askFirst(question, { ...request, resolved: { ...request.resolved, orgId: org.orgId } }, texts.closeLeft)
    }
    return [...frozen(facts, closings, org), reply(texts.closed(period, closings.length, facts.now, timeZone))]
  },
}

/** Only from one level up, with a reason; what was frozen stays readable beside what is closed anew. */
export const reopenPeriod: Command<'period.reopen'> = {
  intents: ['period.reopen'],
  may: 'summary.counts',
  respond(facts, request) {
    const { texts, now } = facts
    const { me } = inOrg(facts)
    const { period, name, reason } = request.slots
    const named = whose(facts, request, name, period)
    if ('effects' in named) return named.effects
    const { org } = named
    const isAbove = facts.memberships.some((member) => facts.organisation(member.orgId).kind === 'committee')
    if (!isAbove || (name !== undefined && !isGranted(facts, 'period.reopen', org)))
      return [reply(texts.reopenOnlyAbove)]
    if (period === undefined || !isClosable(period) || !reason || (name === undefined && !request.resolved?.orgId))
      return [reply(texts.reopenHow)]
    if (looksClassified(reason)) return [reply(texts.classified)]
    if (namesSomebody(facts, org.orgId, reason)) return [reply(texts.reviewNoNames)]
    if (reason.length > maxReasonLength) return [reply(texts.reviewTooLong(1, maxReasonLength))]
    const closing = standingClosing(facts.closings(org.orgId, period), period)
    if (!closing) return [reply(texts.reopenNotClosed(period, org.name))]
    if (!request.resolved?.confirmed) {
      const resolved = { ...request.resolved, orgId: org.orgId }
      return askFirst(texts.reopenAsk(period, org.name, reason), { ...request, resolved }, texts.reopenLeft)
    }
    return [
      { put: 'closing', row: { ...closing, reopenedAt: now, reopenedBy: me.memberId, reopenReason: reason } },
      {
        audit: {
          orgId: org.orgId,
          action: 'period.reopened',
          subject: `period:${org.orgId}:${period}`,
          details: { number: closing.number },
        },
      },
      {
        say: {
          audience: { to: 'secretaries', orgId: org.orgId },
          text: texts.reopenedToSecretary(period, org.name, reason),
          rank: 'notice',
        },
      },
      reply(texts.reopened(period, org.name)),
    ]
  },
}
