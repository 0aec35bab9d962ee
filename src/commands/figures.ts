/** The figures of an organisation in a year, ready for texts; all arithmetic is `domain/participation`'s. */

import type { Facts } from '../dialogue/facts.ts'
import {
  cellRatio,
  countsInDenominator,
  excludedStatuses,
  percentTenths,
  type Registration,
  registrationOfCounts,
  standingOf,
} from '../domain/participation.ts'
import type { Member } from '../domain/records.ts'

export function figuresOf(facts: Facts, orgId: number, year: number): Registration {
  return registrationOfCounts(facts.participation(orgId, year))
}

/** "02 miễn sinh hoạt, 01 tạm vắng": who is outside the denominator, or nothing. */
export function excludedText(facts: Facts, figures: Registration): string {
  const { texts } = facts
  return excludedStatuses
    .filter((status) => status !== 'left' && figures.excludedByStatus[status] > 0)
    .map((status) => texts.excludedPart(figures.excludedByStatus[status], texts.statusNames[status]))
    .join(', ')
}

export function tenthsOf(ratio: { numerator: number; denominator: number }): number | null {
  return percentTenths(ratio)
}

/** Members who count but have no standing deed, by given name as lists are written. */
export function missingMembers(facts: Facts, orgId: number, year: number): Member[] {
  const deeds = facts.deedsIn(orgId, year)
  return byGivenName(
    facts.roster(orgId).filter((member) => {
      if (!countsInDenominator(member.status)) return false
      const own = deeds.filter((deed) => deed.subjectKind === 'individual' && deed.subjectId === member.memberId)
      const standing = standingOf(own.map((deed) => deed.state))
      return standing !== 'submitted' && standing !== 'approved'
    }),
  )
}

const collator = new Intl.Collator('vi')

/** Vietnamese lists are sorted by given name, the last word. */
export function byGivenName(members: readonly Member[]): Member[] {
  const key = (member: Member) => (member.displayName ?? '').trim().split(/\s+/).reverse().join(' ')
  return [...members].sort((a, b) => collator.compare(key(a), key(b)))
}

export function nameOf(member: Member, fallback = '…'): string {
  return member.displayName ?? fallback
}

export { cellRatio }
