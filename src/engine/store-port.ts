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
  /** A transaction of the tick: like `handle`, without events. */
  within(work: (batch: Batch) => Promise<void>): Promise<void>
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

export type Settlement =
  | { outboxId: number; state: 'sent'; externalId?: string }
  /** `chatId` with outcome `chatGone`: the chat that is marked. */
  | { outboxId: number; state: 'parked' | 'unknown' | 'dropped'; outcome: string; chatId?: string }
  | { outboxId: number; state: 'retry'; outcome: string; afterMs: number }
  | { outboxId: number; state: 'migrated'; newChatId: string }

export interface DeliverStore {
  /** Takes or renews the lease of a bot account; false while another process holds it. */
  holdLease(platform: string, accountId: string, holder: string, seconds: number): Promise<boolean>
  releaseLeases(holder: string): Promise<void>
  /** Settles what a vanished sender left behind; resolves with how many outcomes stay unknown. */
  recover(platform: string, accountId: string, isIdempotent: boolean): Promise<number>
  /** The heads of the lanes that may be sent now, oldest first; each at most once per lease time. */
  claim(platform: string, accountId: string, limit: number, leaseSeconds: number): Promise<ClaimedMessage[]>
  settle(settlements: readonly Settlement[]): Promise<void>
  /** When the earliest queued message of an account may be tried; null when none waits. */
  nextDueInMs(platform: string, accountId: string): Promise<number | null>
  sentThisMonth(platform: string, accountId: string, month: string): Promise<number>
}
