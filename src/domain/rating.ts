/**
 * The four levels, for a deed and for a member (Quy định 366-QĐ/TW, 30/8/2025; before it 124-QĐ/TW): Hoàn thành xuất sắc,
 * Hoàn thành tốt, Hoàn thành, Không hoàn thành nhiệm vụ. The bot notes what the cell decided; it never rates by itself,
 * and the cap on "xuất sắc" only ever warns: the committee above decides (domain.md §2.5).
 */
import type { MemberStatus } from './member.ts'

export const ratings = ['excellent', 'good', 'completed', 'notCompleted'] as const
export type Rating = (typeof ratings)[number]

export function isRating(text: string): text is Rating {
  return (ratings as readonly string[]).includes(text)
}

/** How many were rated at each level. */
export type RatingCounts = Record<Rating, number>

export function countRatings(list: readonly Rating[]): RatingCounts {
  const counts: RatingCounts = { excellent: 0, good: 0, completed: 0, notCompleted: 0 }
  for (const rating of list) counts[rating] += 1
  return counts
}

/**
 * Whether a member is rated at all: the exempt are not during the exemption (Quy định 294-QĐ/TW §7.2.3), the suspended
 * and those who left have no work in the cell to be rated. Who is away is rated where they are.
 */
export function isRated(status: MemberStatus): boolean {
  return status === 'official' || status === 'probationary' || status === 'temporarilyHere'
}

/** A cap on the best level, with where it stands: such rules change, so they come as data with a date. */
export interface RatingCap {
  /** Of those rated `good`, in whole percent. */
  percentOfGood: number
  source: string
}

/** What was in force from a day on: which parts of a year are rated, and the cap (one entry of the data). */
export interface RatingRule {
  /** 'YYYY-MM-DD' */
  from: string
  /** Whether quarters and halves may be rated beside the year. */
  inParts: boolean
  /** Null where as many as deserve it may be rated best. */
  cap: RatingCap | null
  source: string
}

/**
 * The rule in force on a day, of those of the group's profile (`prisma/data/<profile>/ratings.json`), oldest first; before the first
 * one, the first one. Such rules change every few years: another one is another entry.
 */
export function ratingRuleOn(rules: readonly RatingRule[], today: string): RatingRule {
  const rule = rules.findLast((each) => each.from <= today) ?? rules[0]
  if (!rule) throw new Error('no rules of rating ship with the program')
  return rule
}

/** Whether a period ('2026', '2026-H1', '2026-Q3') is rated under a rule. */
export function mayRatePeriod(rule: RatingRule, period: string): boolean {
  return /^\d{4}$/.test(period) || (rule.inParts && /^\d{4}-(?:Q[1-4]|H[12])$/.test(period))
}

export interface CapWarning {
  excellent: number
  good: number
  /** How many `excellent` the cap leaves room for, rounded down. */
  most: number
  percentOfGood: number
  source: string
}

/**
 * The warning for more `excellent` than the cap allows, or null. The base are those rated `good`, without the excellent
 * ones: so the rule is worded. In a small cell the cap may leave room for none (fewer than five rated good).
 */
export function excellentWarning(counts: RatingCounts, cap: RatingCap | null): CapWarning | null {
  if (cap === null) return null
  const { excellent, good } = counts
  const most = Math.floor((good * cap.percentOfGood) / 100)
  return excellent > most ? { excellent, good, most, ...cap } : null
}
