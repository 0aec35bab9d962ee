/**
 * Who decides on a deed: the one place.
 *
 * The cell approves its members' deeds; the committee directly above approves those of the collective and of the cell's
 * own secretary (domain.md §2.4). Nobody decides on a deed of their own, in whatever office: where a secretary's deed has
 * no committee above that could be asked, the other secretary or deputy decides, and where there is none either, it waits.
 * A collective's deed without such a committee is decided by the cell's secretaries: it is the meeting's, not theirs.
 */
import { type AccessRole, accessRoleOf, may } from './access.ts'
import type { Deed, Member } from './records.ts'

/** What deciding hangs on besides the deed. */
export interface ApprovalSetting {
  /** Role of the member whose deed it is; null for a collective's. */
  authorRole: AccessRole | null
  /** The organisation directly above; null where there is none. */
  parentId: number | null
  /** Somebody up there, other than the person whose deed it is, may decide and can be written to. */
  isAboveReachable: boolean
  /** The same of secretaries and deputies of the organisation itself. */
  isColleagueReachable: boolean
}

/**
 * Where a deed waits: at the `cell`, `above`, with a `colleague` because nobody above can be asked, or with `nobody` yet.
 */
export type ApprovalRoute = 'cell' | 'above' | 'colleague' | 'nobody'

export function approvalRoute(deed: Pick<Deed, 'subjectKind'>, setting: ApprovalSetting): ApprovalRoute {
  const { authorRole, parentId, isAboveReachable, isColleagueReachable } = setting
  if (deed.subjectKind === 'individual' && authorRole !== 'secretary') return 'cell'
  if (parentId !== null && isAboveReachable) return 'above'
  return isColleagueReachable ? 'colleague' : 'nobody'
}

/** The organisation that decides. */
export function decidingOrgId(deed: Pick<Deed, 'subjectKind' | 'orgId'>, setting: ApprovalSetting): number {
  return approvalRoute(deed, setting) === 'above' && setting.parentId !== null ? setting.parentId : deed.orgId
}

/** Whether a line of a committee's roster has a say in what the organisations directly below register. */
export function decidesBelow(member: Pick<Member, 'role' | 'status'>): boolean {
  return may(accessRoleOf(member), 'pledge.collectiveReview', 'child').allowed
}

/** Whether a line of a roster has a say in what its own organisation registers. */
export function decidesHere(member: Pick<Member, 'role' | 'status'>): boolean {
  return may(accessRoleOf(member), 'pledge.review', 'own').allowed
}

/**
 * Whether a person decides on a deed with one of their lines. `ownMemberIds`: all lines of that person, for nobody judges
 * themselves by way of a second office.
 */
export function mayDecide(
  line: Pick<Member, 'role' | 'status' | 'orgId'>,
  ownMemberIds: readonly number[],
  deed: Pick<Deed, 'subjectKind' | 'subjectId' | 'orgId'>,
  setting: ApprovalSetting,
): boolean {
  if (deed.subjectKind === 'individual' && ownMemberIds.includes(deed.subjectId)) return false
  if (line.orgId !== decidingOrgId(deed, setting)) return false
  return line.orgId === deed.orgId ? decidesHere(line) : decidesBelow(line)
}
