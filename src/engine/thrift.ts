/** What is not sent any more when a month's messages run low: from the least needed to the last that goes. */
import type { Rank } from './store-port.ts'

/** Share of the monthly quota used → ranks that are not sent from then on. Receipts wait for the next month. */
export const thriftTable: readonly { from: number; spared: readonly Rank[] }[] = [
  { from: 0.95, spared: ['courtesy'] },
  { from: 0.98, spared: ['courtesy', 'notice'] },
  { from: 0.995, spared: ['courtesy', 'notice', 'answer'] },
  { from: 1, spared: ['courtesy', 'notice', 'answer', 'receipt'] },
]

/** Shares at which the operator and the secretaries are warned. */
export const warnAt = [0.8, 0.95] as const

export function isSparedAt(used: number, rank: Rank): boolean {
  return thriftTable.some((line) => used >= line.from && line.spared.includes(rank))
}
