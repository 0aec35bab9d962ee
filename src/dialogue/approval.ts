/** What waits for whose approval, by the rule of `domain/approval`, from what is loaded. */
import { accessRoleOf } from '../domain/access.ts'
import {
  type ApprovalRoute,
  type ApprovalSetting,
  approvalRoute,
  decidesBelow,
  decidesHere,
  decidingOrgId,
  mayDecide,
} from '../domain/approval.ts'
import type { Deed, Member } from '../domain/records.ts'
import type { Effect } from './effects.ts'
import type { Facts } from './facts.ts'

/** What it takes to say who decides; the tick has no more than this. */
export type ApprovalFacts = Pick<
  Facts,
  'organisation' | 'roster' | 'member' | 'linksOf' | 'reachableMembers' | 'deedsIn' | 'waitingBelow' | 'together'
>

function accountsOf(facts: ApprovalFacts, memberId: number): number[] {
  return facts
    .linksOf(memberId)
    .filter((link) => link.state === 'linked')
    .map((link) => link.accountId)
}

/** Whether somebody on a roster may decide, can be written to, and is not the person with these accounts. */
function isAskable(
  facts: ApprovalFacts,
  orgId: number,
  decides: (member: Member) => boolean,
  ownAccounts: readonly number[],
): boolean {
  const reachable = facts.reachableMembers(orgId)
  return facts
    .roster(orgId)
    .some(
      (member) =>
        decides(member) &&
        reachable.has(member.memberId) &&
        !accountsOf(facts, member.memberId).some((accountId) => ownAccounts.includes(accountId)),
    )
}

/** What deciding on a deed hangs on; rosters are only looked at where the rule needs them. */
export function approvalSetting(facts: ApprovalFacts, deed: Deed): ApprovalSetting {
  const { parentId } = facts.organisation(deed.orgId)
  const author = deed.subjectKind === 'individual' ? facts.member(deed.subjectId) : null
  const authorRole = author ? accessRoleOf(author) : null
  const cellDecides = deed.subjectKind === 'individual' && authorRole !== 'secretary'
  if (cellDecides) return { authorRole, parentId, isAboveReachable: false, isColleagueReachable: false }
  const ownAccounts = author ? accountsOf(facts, author.memberId) : []
  const isAboveReachable = parentId !== null && isAskable(facts, parentId, decidesBelow, ownAccounts)
  return {
    authorRole,
    parentId,
    isAboveReachable,
    isColleagueReachable: !isAboveReachable && isAskable(facts, deed.orgId, decidesHere, ownAccounts),
  }
}

export function routeOf(facts: ApprovalFacts, deed: Deed): ApprovalRoute {
  return approvalRoute(deed, approvalSetting(facts, deed))
}

/** Deeds that wait for an organisation's decision, oldest first. What was erased is nobody's any more. */
export function waitingAt(facts: ApprovalFacts, orgId: number, year: number): Deed[] {
  const own = facts.deedsIn(orgId, year).filter((deed) => deed.state === 'submitted')
  const below =
    facts.organisation(orgId).kind === 'committee' ? facts.waitingBelow(orgId).filter((deed) => deed.year === year) : []
  const all = [...own, ...below].filter((deed) => deed.content !== null)
  const deciding = facts.together(all, (deed) => decidingOrgId(deed, approvalSetting(facts, deed)))
  return all
    .filter((_, index) => deciding[index] === orgId)
    .sort(
      (a, b) =>
        (a.submittedAt?.getTime() ?? 0) - (b.submittedAt?.getTime() ?? 0) ||
        a.subjectId - b.subjectId ||
        a.number - b.number,
    )
}

/** Whether the person of a line of a roster decides on a deed with it. Whoever holds a line above may be its author. */
export function isDecider(facts: ApprovalFacts, line: Member, deed: Deed): boolean {
  const ownIds = [line.memberId]
  if (deed.subjectKind === 'individual' && line.orgId !== deed.orgId) {
    const accounts = accountsOf(facts, line.memberId)
    const isAuthor = accountsOf(facts, deed.subjectId).some((accountId) => accounts.includes(accountId))
    if (isAuthor) ownIds.push(deed.subjectId)
  }
  return mayDecide(line, ownIds, deed, approvalSetting(facts, deed))
}

/** Notes that a deed waits for those who decide on it; they are told in batches by the tick. */
export function waitsForReview(facts: Facts, deed: Deed): Effect {
  const orgId = decidingOrgId(deed, approvalSetting(facts, deed))
  const notice = facts.notice(orgId, 'review')
  return {
    put: 'notice',
    row: { orgId, kind: 'review', waitsFrom: notice?.waitsFrom ?? facts.now, lastAt: notice?.lastAt ?? null },
  }
}
