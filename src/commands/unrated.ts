/** Whose deeds have not been rated: the year that is judged at this time, or the period named. */
import type { Facts } from '../dialogue/facts.ts'
import { standing } from '../domain/pledge.ts'
import { isRated } from '../domain/rating.ts'
import type { Deed, Member } from '../domain/records.ts'
import { thisYear } from './command.ts'
import { isLastYearOpen, isLastYearReviewed } from './deed-year.ts'
import { byGivenName } from './figures.ts'

export interface Unrated {
  period: string
  /** Approved deeds of members who are rated. */
  deeds: number
  of: { member: Member; numbers: number[] }[]
}

/** Without a period: last year while it is judged and open, else the present one. */
function periodMeant(facts: Facts, orgId: number, named: string | undefined): string {
  if (named && /^\d{4}(?:-(?:Q[1-4]|H[12]))?$/.test(named)) return named
  const year = thisYear(facts)
  return String(isLastYearReviewed(facts) && isLastYearOpen(facts, orgId) ? year - 1 : year)
}

export function unratedDeeds(facts: Facts, orgId: number, source: 'cell' | 'self', named?: string): Unrated {
  const period = periodMeant(facts, orgId, named)
  const year = Number(period.slice(0, 4))
  const roster = facts.roster(orgId).filter((member) => isRated(member.status))
  const deeds = standing(facts.deedsIn(orgId, year)).filter(
    (deed) => deed.subjectKind === 'individual' && deed.state === 'approved' && deed.content !== null,
  )
  const rows = facts.ratingsIn(orgId, year).filter((row) => row.source === source && row.period === period)
  const isDone = (deed: Deed) =>
    rows.some(
      (row) => row.subjectKind === 'individual' && row.subjectId === deed.subjectId && row.number === deed.number,
    )
  const own = (member: Member) => deeds.filter((deed) => deed.subjectId === member.memberId)
  return {
    period,
    deeds: roster.reduce((sum, member) => sum + own(member).length, 0),
    of: byGivenName(roster)
      .map((member) => ({
        member,
        numbers: own(member)
          .filter((deed) => !isDone(deed))
          .map((deed) => deed.number),
      }))
      .filter(({ numbers }) => numbers.length > 0),
  }
}
