import { askWhich } from '../dialogue/choose.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { askFor } from '../dialogue/fill.ts'
import type { Request } from '../dialogue/flow.ts'
import { type ReviewItem, showReview, waitingForReview } from '../dialogue/review-flow.ts'
import { type Action, accessRoleOf, may, relationOf } from '../domain/access.ts'
import { approve, deedKey, giveBack } from '../domain/pledge.ts'
import type { Deed } from '../domain/records.ts'
import { type Command, inOrg, thisYear } from './command.ts'
import { deedChanged } from './deed-change.ts'
import { namedMember } from './named-member.ts'

/** A committee reviews the collectives directly below it; what it may is judged deed by deed in `waiting`. */
const reviewRight = (facts: Facts): Action | null =>
  facts.org?.kind === 'committee' && facts.me ? null : 'pledge.review'

/** What waits and this person may decide. */
function waiting(facts: Facts): ReviewItem[] {
  const { org, me } = inOrg(facts)
  const items = waitingForReview(facts, org.orgId, thisYear(facts))
  if (org.kind === 'cell') return items
  const held = facts.organisation(me.orgId)
  return items.filter(({ deed }) => {
    const relation = relationOf(held, facts.organisation(deed.orgId))
    return may(accessRoleOf(me), relation === 'own' ? 'pledge.review' : 'pledge.collectiveReview', relation).allowed
  })
}

/** What a decision is about, or what to answer instead. */
function chosen(
  facts: Facts,
  request: Request & { intent: 'pledge.approve' | 'pledge.return' },
): { items: ReviewItem[] } | { effects: Effect[] } {
  const { texts, org } = facts
  const all = waiting(facts)
  const { name, deed: number } = request.slots
  const key = request.resolved?.deedKey
  if (key) {
    const item = all.find((each) => deedKey(each.deed) === key)
    return item ? { items: [item] } : { effects: [reply(texts.reviewNone)] }
  }
  if (request.extras?.all) return { items: all }
  if (name || request.resolved?.memberId) {
    const found = namedMember(facts, request, name ?? '')
    if ('effects' in found) return found
    const own = all.filter(({ deed }) => deed.subjectKind === 'individual' && deed.subjectId === found.member.memberId)
    const items = number === undefined ? own : own.filter(({ deed }) => deed.number === number)
    const displayName = found.member.displayName ?? ''
    if (items.length > 0) return { items }
    const hasNumber = own.length > 0 && number !== undefined
    return {
      effects: [reply(hasNumber ? texts.noSuchDeedOf(displayName, number) : texts.nothingToReview(displayName))],
    }
  }
  // A bare number is the list's; without a list on the screen it could be anybody's. Nobody approves what was not shown.
  const isShownFirst = request.intent === 'pledge.approve' && number === undefined
  const isTheOne = all.length === 1 && all[0] && (number === undefined || number === all[0].deed.number)
  if (isTheOne && !isShownFirst) return { items: all }
  return { effects: org ? showReview(facts, org.orgId, all) : [] }
}

function tellMember(deed: Deed, text: string): Effect[] {
  if (deed.subjectKind !== 'individual') return []
  return [{ say: { audience: { to: 'member', memberId: deed.subjectId }, text, rank: 'notice' } }]
}

/** Approves by number, by name or all at once; each member hears of it once, in private. */
export const approveDeeds: Command<'pledge.approve'> = {
  intents: ['pledge.approve'],
  may: reviewRight,
  respond(facts, request) {
    const { texts, now, org } = facts
    const { me } = inOrg(facts)
    const selection = chosen(facts, request)
    if ('effects' in selection) return selection.effects
    const { items } = selection
    if (items.length === 0) return [reply(texts.reviewNone)]
    const left = waiting(facts).filter(
      (item) => !items.includes(item) && !items.some((each) => deedKey(each.deed) === deedKey(item.deed)),
    )
    const bySubject = groupBySubject(items)
    return [
      ...items.flatMap(({ deed }) => deedChanged(approve(deed, now, me.memberId), 'deed.approved')),
      ...(left.length === 0 && org ? [nothingWaits(facts, org.orgId)] : []),
      reply(texts.approved(items.length, left.length)),
      ...bySubject.flatMap((deeds) => (deeds[0] ? tellMember(deeds[0], texts.approvedToMember(deeds)) : [])),
      { dialogue: null },
    ]
  },
}

function groupBySubject(items: readonly ReviewItem[]): Deed[][] {
  const groups = new Map<string, Deed[]>()
  for (const { deed } of items) {
    const key = `${deed.subjectKind}:${deed.subjectId}`
    groups.set(key, [...(groups.get(key) ?? []), deed])
  }
  return [...groups.values()]
}

function nothingWaits(facts: Facts, orgId: number): Effect {
  const notice = facts.notice(orgId, 'review')
  return { put: 'notice', row: { orgId, kind: 'review', waitsFrom: null, lastAt: notice?.lastAt ?? null } }
}

/** Gives a deed back with a reason, which is asked where it was not given; the member hears it in private. */
export const returnDeed: Command<'pledge.return'> = {
  intents: ['pledge.return'],
  may: reviewRight,
  respond(facts, request) {
    const { texts, now } = facts
    const { me } = inOrg(facts)
    const selection = chosen(facts, request)
    if ('effects' in selection) return selection.effects
    const { items } = selection
    const first = items[0]
    if (!first) return [reply(texts.reviewNone)]
    if (items.length > 1) {
      const labels = items.map(({ deed, name }) => `${name}, ${texts.deedNumber(deed.number)}: ${texts.deed(deed)}`)
      const options = items.map(({ deed }, index) => ({
        label: labels[index] ?? '',
        request: { ...request, resolved: { deedKey: deedKey(deed) } },
      }))
      return askWhich(texts.whichOne(labels), options)
    }
    const { deed, name } = first
    const { reason } = request.slots
    if (!reason) {
      const withDeed = { ...request, resolved: { deedKey: deedKey(deed) } }
      return askFor(texts.returnAskReason(name, deed.number), withDeed, 'returnReason')
    }
    return [
      ...deedChanged(giveBack(deed, reason, now, me.memberId), 'deed.returned'),
      reply(texts.returned(name, deed.number)),
      ...tellMember(deed, texts.returnedToMember(deed.number, deed, reason)),
      { dialogue: null },
    ]
  },
}
