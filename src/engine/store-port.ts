/** What the engine needs of the database. The store carries it out and never decides. */
import type { Audit, Change, Forget } from '../dialogue/effects.ts'
import type { InboundEvent, OutboundMessage, PlatformName } from './platform.ts'
import type { Need, World } from './world.ts'

export interface InboxRow {
  inboxId: number
  event: InboundEvent
  attempts: number
}

export type Rank = 'receipt' | 'answer' | 'notice' | 'courtesy'

/** A message to be sent, as it is queued. */
export interface OutboxDraft {
  key: string
  platform: PlatformName
  accountId: string
  message: Omit<OutboundMessage, 'key'>
  causeInboxId: number | null
  expiresAt: Date | null
  isRepeatable: boolean
  rank: Rank
}

export interface AuditDraft extends Audit {
  at: Date
  actorKind: 'member' | 'operator' | 'program'
  actorId: number | null
}

/** What a batch leaves behind, written in the transaction that claimed it. */
export interface Outcome {
  handled: number[]
  failed: { inboxId: number; failure: string }[]
  outbox: OutboxDraft[]
  audits: AuditDraft[]
  replays: InboundEvent[]
  forgets: Forget[]
}

/** One transaction over rows that conversations read and change. */
export interface Batch {
  load(world: World, needs: readonly Need[]): Promise<void>
  write(changes: readonly Change[]): Promise<void>
  finish(outcome: Outcome): Promise<void>
}

export interface HandleStore {
  /** Writes events once each; resolves when they are durable, with the inbox ids (also of those that were there). */
  receive(events: readonly InboundEvent[]): Promise<number[]>
  /**
   * Claims waiting events, whole lanes in order and none that another process works on, and hands them to `work`
   * within one transaction. Resolves with how many were claimed; 0 when nothing waits.
   */
  handle(limit: number, work: (batch: Batch, rows: readonly InboxRow[]) => Promise<void>): Promise<number>
  /** A transaction of the tick: like `handle`, without events, under the locks that conversations take on organisations. */
  within(work: (batch: Batch) => Promise<void>, orgIds: readonly number[]): Promise<void>
}

/** A row to send, claimed under a lease. */
export interface ClaimedMessage {
  outboxId: number
  attempts: number
  platform: PlatformName
  accountId: string
  lane: string
  message: OutboundMessage
  rank: Rank
  isRepeatable: boolean
  isExpired: boolean
}

/** `attempt` is the one that ended so: told twice, it must not touch the next. */
export type Settlement = { outboxId: number; attempt: number } & (
  | { state: 'sent'; externalId?: string }
  /** `chatId` with outcome `chatGone`: the chat that is marked. */
  | { state: 'parked' | 'unknown' | 'dropped'; outcome: string; chatId?: string }
  | { state: 'retry'; outcome: string; afterMs: number }
  | { state: 'migrated'; event: InboundEvent }
)

/**
 * What became of asking for a lease. `held`: it was ours before. `taken`: it is ours, and whoever had it is certainly
 * gone. `takenOver`: it is ours because it had run out; its last holder may still be ending what it began.
 */
export type LeaseState = 'held' | 'taken' | 'takenOver' | 'refused'

/** What to do about rows of an earlier sender. */
export interface Recovery {
  isIdempotent: boolean
  /** Whoever sent them is certainly gone: no need to wait for its lease on each. */
  isGone: boolean
  /** Rows that this sender is busy with. */
  except: readonly number[]
}

export interface DeliverStore {
  /** A name for one sender of this process. */
  newHolder(): string
  /** Takes or renews the lease of a bot account. */
  holdLease(platform: string, accountId: string, holder: string, seconds: number): Promise<LeaseState>
  releaseLeases(holder: string): Promise<void>
  /** Settles what a vanished sender left behind: how many outcomes stay unknown, how many rows are still its own. */
  recover(platform: string, accountId: string, how: Recovery): Promise<{ unknown: number; left: number }>
  /** Queues again what this sender claimed without getting the answer: it certainly never left. */
  unclaim(platform: string, accountId: string, except: readonly number[]): Promise<void>
  /** The heads of the lanes that may be sent now, oldest first; each at most once per lease time. */
  claim(platform: string, accountId: string, limit: number, leaseSeconds: number): Promise<ClaimedMessage[]>
  settle(settlements: readonly Settlement[]): Promise<void>
  /** When the earliest queued message of an account may be tried; null when none waits. */
  nextDueInMs(platform: string, accountId: string): Promise<number | null>
  sentThisMonth(platform: string, accountId: string, month: string): Promise<number>
}
