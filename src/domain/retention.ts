/**
 * How long records of persons are kept (domain.md §6.4, our reading): pledges, progress, ratings, praise and attendance of
 * this year and the last; consents and requests about data two years. What goes is exported first, and its figures stay.
 */

export interface RetentionPolicy {
  /** Whether the program deletes by itself, at night. */
  isOn: boolean
  /** Past years that are kept beside the present one. */
  keepYears: number
  /** Years for which consents that are over and closed requests are kept. */
  logYears: number
}

export const defaultRetention: RetentionPolicy = { isOn: true, keepYears: 1, logYears: 2 }

/** Key of the setting that holds a policy of the operator's own. */
export const retentionSetting = 'retention'

/** The last year of which nothing about persons is kept; every earlier one goes with it. */
export function lastYearToDelete(policy: RetentionPolicy, thisYear: number): number {
  return thisYear - policy.keepYears - 1
}
