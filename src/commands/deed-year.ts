/**
 * Of which year a deed is that somebody speaks of. Without a year it is the present one's; but a year is reported on and rated
 * after its end, until its books are closed: where last year's deeds may be meant as well, it is asked, and where only they can
 * be meant, it is done and said.
 */
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import { datePartsOf } from '../domain/calendar.ts'
import { periodReviewed } from '../domain/closing.ts'
import { isOpenDeed } from '../domain/deed-figures.ts'
import type { Deed } from '../domain/records.ts'
import { thisYear } from './command.ts'

/** How a request may reach back into last year where no year is named. */
export interface Reach {
  /** Of last year's, what the request can be about at all. */
  eligible(deed: Deed): boolean
  /** … and what is still to be said of it, so that a deed of the present year with its number is asked about. */
  isUnsettled(deed: Deed, facts: Facts): boolean
}

/** The year named, else the one its period lies in, else the present one. */
export function yearMeant(facts: Facts, request: Request | undefined): number {
  return yearNamed(request) ?? thisYear(facts)
}

export function yearNamed(request: Request | undefined): number | undefined {
  const { year, ratedPeriod } = request?.extras ?? {}
  return year ?? (ratedPeriod === undefined ? undefined : Number(ratedPeriod.slice(0, 4)))
}

/** The year in a deed's key. */
export const yearOfKey = (key: string): number => Number(key.split(':')[2])

/** Whether last year still takes what is said of it. */
export function isLastYearOpen(facts: Facts, orgId: number): boolean {
  return !facts.closedPeriods(orgId).includes(String(thisYear(facts) - 1))
}

/** Whether the year that is judged at this time is the last one. */
export function isLastYearReviewed(facts: Facts): boolean {
  return periodReviewed(facts.today) === String(thisYear(facts) - 1)
}

/** Of both years what is meant, where no year is named: last year's where the present one has none, or where both are in question. */
export function ofBothYears(
  facts: Facts,
  orgId: number,
  present: readonly Deed[],
  lastYears: () => readonly Deed[],
  { eligible, isUnsettled }: Reach,
): Deed[] {
  if (!isLastYearOpen(facts, orgId)) return [...present]
  const last = lastYears().filter((deed) => deed.content !== null && eligible(deed))
  return [...present, ...(present.length === 0 ? last : last.filter((deed) => isUnsettled(deed, facts)))]
}

/** Progress is told late for some weeks; then a number is the present year's again. */
export const reachOfProgress: Reach = {
  eligible: (deed) => deed.state === 'approved' || deed.state === 'submitted',
  isUnsettled: (deed, facts) => isOpenDeed(deed) && datePartsOf(facts.today).month === 1,
}

export const reachOfEvidence: Reach = {
  eligible: (deed) => deed.state === 'approved',
  isUnsettled: (deed, facts) => deed.state === 'approved' && deed.evidence === null && isLastYearReviewed(facts),
}

export const reachOfRating = (given: 'selfRating' | 'cellRating'): Reach => ({
  eligible: (deed) => deed.state === 'approved',
  isUnsettled: (deed, facts) => deed[given] === null && isLastYearReviewed(facts),
})

/** Behind an answer about a deed of another year: which one it was noted for. */
export function ofItsYear(facts: Facts, deed: Deed): string {
  return deed.year === thisYear(facts) ? '' : ` ${facts.texts.notedOfYear(deed.year)}`
}

/** A deed as an option, with its year where another year's stands beside it. */
export function deedLabel(facts: Facts, deed: Deed, all: readonly Deed[]): string {
  const isOneYear = all.every((each) => each.year === deed.year)
  return isOneYear ? facts.texts.deed(deed) : facts.texts.deedOfYear(deed.number, deed.year, deed)
}
