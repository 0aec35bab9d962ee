import { askWhich } from '../dialogue/choose.ts'
import { type Audience, type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { askFor } from '../dialogue/fill.ts'
import type { Request } from '../dialogue/flow.ts'
import { decidingLines, type ReviewItem, showReview, waitingFor } from '../dialogue/review-flow.ts'
import type { Action } from '../domain/access.ts'
import { decidesBelow, decidesHere } from '../domain/approval.ts'
import { approve, deedKey, giveBack } from '../domain/pledge.ts'
import type { Deed, Member } from '../domain/records.ts'
import { matchName } from '../language/names.ts'
import { type Command, inOrg, thisYear } from './command.ts'
import { deedChanged } from './deed-change.ts'
import { namedMember } from './named-member.ts'
import { namedOrganisation } from './organisation-named.ts'

const hasSay = (member: Member) => decidesHere(member) || decidesBelow(member)

/** Judged deed by deed for whoever has a say anywhere; for everybody else the table says why not. */
const reviewRight = (facts: Facts): Action | null => (decidingLines(facts, hasSay).length > 0 ? null : 'pledge.review')

const waiting = (facts: Facts) => waitingFor(facts, decidingLines(facts, hasSay))

/** What a decision is about, or what to answer instead. */
function chosen(
  facts: Facts,
  request: Request & { intent: 'pledge.approve' | 'pledge.return' },
): { items: ReviewItem[] } | { effects: Effect[] } {
  const { texts } = facts
  const { items: all, others } = waiting(facts)
  const { name, deed: number } = request.slots
  const key = request.resolved?.deedKey
  if (key) {
    const item = all.find((each) => deedKey(each.deed) === key)
    return item ? { items: [item] } : { effects: decidedAlready(facts, all, others) }
  }
  const keys = request.resolved?.deedKeys
  if (keys) {
    const items = all.filter((each) => keys.includes(deedKey(each.deed)))
    return items.length > 0 ? { items } : { effects: decidedAlready(facts, all, others) }
  }
  if (request.extras?.all) return all.length > 0 ? { items: all } : { effects: [reply(nothing(facts, others))] }
  if (request.extras?.ofCell) return ofCollective(facts, request, all, others)
  if (name || request.resolved?.memberId) {
    const found = namedAmong(facts, request, name ?? '', all)
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
  return { effects: showReview(facts, all, others) }
}

/** "Duyệt việc 1 của chi bộ [thôn Đông]": the number is the collective's own, whatever list it stands in. */
function ofCollective(
  facts: Facts,
  request: Request & { intent: 'pledge.approve' | 'pledge.return' },
  all: readonly ReviewItem[],
  others: readonly Deed[],
): { items: ReviewItem[] } | { effects: Effect[] } {
  const typed = request.extras?.organisation
  const named = typed === undefined ? null : namedOrganisation(facts, request, typed, thisYear(facts))
  if (named && 'effects' in named) return named
  const number = request.slots.deed
  const items = all.filter(
    ({ deed }) =>
      deed.subjectKind === 'collective' &&
      (named === null || deed.subjectId === named.org.orgId) &&
      (number === undefined || deed.number === number),
  )
  if (items.length === 0 && named) return { effects: [reply(facts.texts.nothingToReviewOf(named.org.name))] }
  if (items.length === 1 && number !== undefined) return { items }
  // Of which collective, and nobody approves what was not shown.
  return { effects: showReview(facts, items.length > 0 ? items : all, others) }
}

/** Somebody else was faster: what still waits is shown, so that no number is taken for another's. */
const decidedAlready = (facts: Facts, all: readonly ReviewItem[], others: readonly Deed[]): Effect[] => [
  reply(facts.texts.reviewDecided),
  ...showReview(facts, all, others),
]

const nothing = ({ texts }: Facts, others: readonly Deed[]) =>
  others.length > 0 ? texts.reviewOwnOnly(others.length) : texts.reviewNone

/** A committee names secretaries of the cells below, who are on no roster of its own. */
function namedAmong(facts: Facts, request: Request, name: string, items: readonly ReviewItem[]) {
  const named = facts.together(items, ({ deed }) => {
    const author = deed.subjectKind === 'individual' ? facts.member(deed.subjectId) : null
    return author?.displayName && author.orgId !== facts.org?.orgId ? [[author.memberId, author] as const] : []
  })
  const authors = new Map(named.flat())
  const resolved = authors.get(request.resolved?.memberId ?? -1)
  if (resolved) return { member: resolved }
  const elsewhere = matchName(
    name,
    [...authors.values()].map((author) => ({ id: author.memberId, name: author.displayName ?? '' })),
  )
  const [match] = elsewhere
  const member = elsewhere.length === 1 && match ? authors.get(match.id) : undefined
  return member ? { member } : namedMember(facts, request, name)
}

/** The member hears it in private; a collective's secretaries do. */
function tell(deed: Deed, text: string): Effect[] {
  const audience: Audience =
    deed.subjectKind === 'individual'
      ? { to: 'member', memberId: deed.subjectId }
      : { to: 'secretaries', orgId: deed.orgId }
  return [{ say: { audience, text, rank: 'notice' } }]
}

/** Who has no private chat with the bot and so hears nothing of it: to be told by whoever decided. Names in private alone. */
function notReached(facts: Facts, items: readonly ReviewItem[]): string[] {
  const ids = items.flatMap(({ deed }) => (deed.subjectKind === 'individual' ? [deed.subjectId] : []))
  const names = facts
    .together([...new Set(ids)], (memberId) => {
      const member = facts.member(memberId)
      const isReached = member === null || facts.reachableMembers(member.orgId).has(memberId)
      return isReached ? [] : [member.displayName ?? facts.texts.erasedName]
    })
    .flat()
  if (names.length === 0) return []
  return [facts.texts.reviewNotReached(names.length, facts.asked.chatKind === 'private' ? names : null)]
}

const deciderOf = ({ deed, orgId }: ReviewItem) => (orgId === deed.orgId ? ('cell' as const) : ('above' as const))

/** Approves by number, by name or all at once; each member hears of it once, in private. */
export const approveDeeds: Command<'pledge.approve'> = {
  intents: ['pledge.approve'],
  may: reviewRight,
  respond(facts, request) {
    const { texts, now } = facts
    const { me } = inOrg(facts)
    const selection = chosen(facts, request)
    if ('effects' in selection) return selection.effects
    const { items } = selection
    if (items.length === 0) return [reply(texts.reviewNone)]
    const { items: all, others } = waiting(facts)
    const left = all.filter(
      (item) => !items.includes(item) && !items.some((each) => deedKey(each.deed) === deedKey(item.deed)),
    )
    const by = (orgId: number) => lineAt(facts, orgId)?.memberId ?? me.memberId
    const settled = [...new Set(items.map((item) => item.orgId))].filter(
      (orgId) => others.length === 0 && !left.some((item) => item.orgId === orgId),
    )
    return [
      ...items.flatMap((item) => deedChanged(approve(item.deed, now, by(item.orgId)), 'deed.approved')),
      ...settled.map((orgId) => nothingWaits(facts, orgId)),
      reply([texts.approved(items.length, left.length), ...notReached(facts, items)].join('\n')),
      ...groupBySubject(items).flatMap((group) => {
        const [first] = group
        const deeds = group.map((item) => item.deed).sort((a, b) => a.number - b.number)
        if (!first) return []
        const isCollective = first.deed.subjectKind === 'collective'
        // Whoever decided for their own cell has just been answered.
        if (isCollective && deciderOf(first) === 'cell') return []
        return tell(
          first.deed,
          isCollective
            ? texts.approvedToCell(deeds, facts.organisation(first.deed.subjectId).kind)
            : texts.approvedToMember(deeds, deciderOf(first)),
        )
      }),
      { dialogue: null },
    ]
  },
}

/** The line with which the asking person decides for an organisation. */
const lineAt = (facts: Facts, orgId: number) => facts.memberships.find((member) => member.orgId === orgId)

function groupBySubject(items: readonly ReviewItem[]): ReviewItem[][] {
  const groups = new Map<string, ReviewItem[]>()
  for (const item of items) {
    const key = `${item.deed.subjectKind}:${item.deed.subjectId}`
    groups.set(key, [...(groups.get(key) ?? []), item])
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
    const { deed, name, orgId } = first
    const isCollective = deed.subjectKind === 'collective'
    const { reason } = request.slots
    if (!reason) {
      const withDeed = { ...request, resolved: { deedKey: deedKey(deed) } }
      return askFor(texts.returnAskReason(name, deed.number, isCollective), withDeed, 'returnReason')
    }
    return [
      ...deedChanged(giveBack(deed, reason, now, lineAt(facts, orgId)?.memberId ?? me.memberId), 'deed.returned'),
      reply([texts.returned(name, deed.number, isCollective), ...notReached(facts, [first])].join('\n')),
      ...tell(
        deed,
        isCollective
          ? texts.returnedToCell(deed.number, deed, reason, facts.organisation(deed.subjectId).kind)
          : texts.returnedToMember(deed.number, deed, reason, deciderOf(first)),
      ),
      { dialogue: null },
    ]
  },
}
