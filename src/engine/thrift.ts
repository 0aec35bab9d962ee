/** What is not sent any more when a month's messages run low: from the least needed to the last that goes. */
import type { Rank } from './store-port.ts'

/** Share of the monthly quota used → ranks that are spared from then on. Receipts are sent to the end. */
export const thriftTable: readonly { from: number; spared: readonly Rank[] }[] = [
  { from: 0.95, spared: ['courtesy'] },
  { from: 0.98, spared: ['courtesy', 'answer'] },
  { from: 0.995, spared: ['courtesy', 'answer', 'notice'] },
  { from: 1, spared: ['courtesy', 'answer', 'notice', 'receipt'] },
]

/** Shares at which the operator and the secretaries are warned. */
export const warnAt = [0.8, 0.95] as const

export function isSparedAt(used: number, rank: Rank): boolean {
  return thriftTable.some((line) => used >= line.from && line.spared.includes(rank))
}
