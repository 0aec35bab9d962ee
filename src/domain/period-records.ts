/** The rows of closed books, of reviews, and of what an organisation was told of the program's own accord. */
import type { MemberStatus } from './member.ts'
import type { SummaryModel } from './summary-model.ts'

/** The books of a period, closed. A closing that was reopened says so and stays. */
export interface Closing {
  orgId: number
  period: string
  number: number
  closedAt: Date
  /** The line of a roster; null for the operator. */
  closedBy: number | null
  model: SummaryModel
  modelVersion: number
  /** Ids of members by status. */
  roster: FrozenRoster
  reopenedAt: Date | null
  reopenedBy: number | null
  reopenReason: string | null
}

export type FrozenRoster = Partial<Record<MemberStatus, number[]>>

/** What the secretary wrote of a period. */
export interface Review {
  orgId: number
  period: string
  limits: string[]
  tasks: string[]
  updatedAt: Date
  by: number | null
}

/** Something an organisation was told of the program's own accord. */
export interface Told {
  orgId: number
  what: string
  at: Date
}
