/**
 * A breach of personal data on the operator's log, and its clock: the authority is told within so many hours of the discovery.
 * How many is dated data (`breachHours` of `prisma/data/privacy-vn.json`: Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP). Hours are
 * hours: no zone, no holiday and no night stops them.
 */
import type { PrivacyRule } from './data-request.ts'

/** What happened to the data: others could read it, it is gone, it was changed, or it was used for something else. */
export const breachKinds = ['disclosed', 'lost', 'altered', 'misused'] as const
export type BreachKind = (typeof breachKinds)[number]

/** One breach as it stands on the log; numbers of organisations, never a person. */
export interface Breach {
  breachId: number
  kind: BreachKind
  /** What kinds of data, in the operator's words. */
  data: string
  /** About how many persons; null while nobody knows. */
  persons: number | null
  orgIds: number[]
  discoveredAt: Date
  /** The end of the clock. */
  notifyBy: Date
  authorityAt: Date | null
  personsAt: Date | null
  closedAt: Date | null
  measures: string | null
  nextWarningAt: Date | null
}

const hourMs = 3_600_000

/** The end of the clock that began with the discovery. */
export function notifyByOf(discoveredAt: Date, rule: Pick<PrivacyRule, 'breachHours'>): Date {
  return new Date(discoveredAt.getTime() + rule.breachHours * hourMs)
}

/** Whether the clock still runs: nobody told the authority, and the matter is not closed. */
type Clock = Pick<Breach, 'notifyBy' | 'authorityAt' | 'closedAt'>
export const isRunning = ({ authorityAt, closedAt }: Clock): boolean => authorityAt === null && closedAt === null

/** A day ahead somebody can still write the notice, four hours ahead still send it. */
const stages = [
  ['in24Hours', -24],
  ['in4Hours', -4],
  ['overdue', 0],
] as const
export type BreachStage = (typeof stages)[number][0]

const instantOf = (clock: Clock, hours: number) => new Date(clock.notifyBy.getTime() + hours * hourMs)

/** The warning that stands at an instant (the last that fell due), or null. */
export function breachStageAt(clock: Clock, now: Date): BreachStage | null {
  if (!isRunning(clock)) return null
  return stages.findLast(([, hours]) => instantOf(clock, hours) <= now)?.[0] ?? null
}

/** When the next warning falls due; null when none is left. */
export function nextBreachWarningAt(clock: Clock, now: Date): Date | null {
  if (!isRunning(clock)) return null
  return stages.map(([, hours]) => instantOf(clock, hours)).find((at) => at > now) ?? null
}

/** Hours until the end of the clock, one decimal, rounded down; negative once it has passed; null where it does not run. */
export function hoursLeft(clock: Clock, now: Date): number | null {
  return isRunning(clock) ? Math.floor((clock.notifyBy.getTime() - now.getTime()) / (hourMs / 10)) / 10 : null
}
