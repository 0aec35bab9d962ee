/** Sends what is queued: one sender per bot account, in order per chat, within what the platform allows. */
import { setMaxListeners } from 'node:events'
import type { Logger } from 'pino'
import { createBudget } from './budget.ts'
import { type Pictures, withPicture } from './pictures.ts'
import type { InboundEvent, OutboundMessage, Platform, SendOutcome } from './platform.ts'
import type { ClaimedMessage, DeliverStore, Settlement } from './store-port.ts'
import { isSparedAt } from './thrift.ts'

/** A lease outlives a slow send; another process takes over at most this long after ours died. */
const leaseSeconds = 10
const renewEveryMs = 3_000
/** A row's own lease: nobody but its sender touches it before every request of that sender has ended. */
const rowLeaseSeconds = 70
/** One request; longer than any adapter's own limit, so that the adapter decides what a time-out means. */
const sendTimeoutMs = 60_000
/** Rows claimed at once: as many chats as are written to in parallel. */
const claimLimit = 64
/** Definite failures in a row after which a message is set aside for the operator. */
const maxAttempts = 12

export interface DeliverDeps {
  store: DeliverStore
  clock: { now(): Date }
  monthOf(at: Date): string
  log: Logger
  pictures?: Pictures
  /** Told after each settlement, so that whoever waits for a delivery can look. */
  onSettled?(settled: readonly Settlement[]): void
}

/** Backoff of the n-th try: 1 s doubling to 5 minutes, jittered by a quarter so that chats do not fall into step. */
export function backoffMs(attempt: number, random: () => number): number {
  const full = Math.min(300_000, 1000 * 2 ** Math.max(0, attempt - 1))
  return Math.round(full * (0.75 + random() * 0.5))
}

export function createSender(platform: Platform, deps: DeliverDeps) {
  const { store, clock, log } = deps
  const { name, accountId, capabilities } = platform
  const holder = store.newHolder()
  const budget = createBudget(capabilities.rate)
  const stopping = new AbortController()
  // As many wait for their turn at once as are claimed; each listens for the end.
  setMaxListeners(0, stopping.signal)
  let wake: () => void = () => {}
  let isAwake = false
  let leaseUntil = 0

  /** Waits for a nudge or until `ms` have passed. */
  function rest(ms: number): Promise<void> {
    if (isAwake || stopping.signal.aborted) {
      isAwake = false
      return Promise.resolve()
    }
    return new Promise((resolve) => {
      const timer = setTimeout(done, ms)
      function done() {
        clearTimeout(timer)
        wake = () => {}
        isAwake = false
        resolve()
      }
      wake = done
    })
  }

  /** Rows that we claimed and that the database does not know to be settled yet. */
  const unsettled = new Set<number>()
  /** Set while rows of an earlier sender may still be marked as being sent. */
  let leftBehind: { isGone: boolean } | null = null
  /** A claim whose answer was lost may have marked rows that nobody sends. */
  let hasLostClaim = false

  const isHolding = () => leaseUntil > performance.now()

  /** True while this process is the account's sender. Called by the loop alone, so that no claim is under way. */
  async function hold(): Promise<boolean> {
    const now = performance.now()
    if (leaseUntil - now > leaseSeconds * 1000 - renewEveryMs && !hasLostClaim) return true
    const lease = await store.holdLease(name, accountId, holder, leaseSeconds)
    if (lease === 'refused') {
      leaseUntil = 0
      return false
    }
    if (lease !== 'held') leftBehind = { isGone: lease === 'taken' }
    if (leftBehind) {
      const { isIdempotent = false } = capabilities
      const except = [...unsettled]
      const { unknown, left } = await store.recover(name, accountId, { ...leftBehind, isIdempotent, except })
      if (unknown > 0) log.warn({ event: 'outcomeUnknown', platform: name, count: unknown }, 'sender vanished')
      if (left === 0) leftBehind = null
    }
    if (hasLostClaim && !leftBehind) {
      await store.unclaim(name, accountId, [...unsettled])
      hasLostClaim = false
    }
    leaseUntil = now + leaseSeconds * 1000
    return true
  }

  /** What the platform's own news of it says, under the same key: whichever comes first counts. */
  function migration(chat: OutboundMessage['chat'], newChatId: string): InboundEvent {
    return {
      platform: name,
      accountId,
      eventKey: `migrated:${chat.id}:${newChatId}`,
      messageKey: `migrated:${chat.id}:${newChatId}`,
      kind: 'migrated',
      chat: { id: chat.id, kind: chat.kind },
      sender: { id: accountId, displayName: '', isBot: true, isAnonymous: false },
      text: '',
      addressed: 'none',
      newChatId,
      occurredAt: clock.now().toISOString(),
    }
  }

  function settlementOf(message: ClaimedMessage, outcome: SendOutcome): Settlement {
    const { outboxId, attempts: attempt } = message
    switch (outcome.outcome) {
      case 'sent':
        return { outboxId, attempt, state: 'sent', externalId: outcome.messageId }
      case 'migrated':
        return { outboxId, attempt, state: 'migrated', event: migration(message.message.chat, outcome.newChatId) }
      case 'giveUp':
        return outcome.chatGone
          ? { outboxId, attempt, state: 'parked', outcome: 'chatGone', chatId: message.message.chat.id }
          : { outboxId, attempt, state: 'parked', outcome: outcome.code }
      case 'ambiguous':
        return message.isRepeatable || capabilities.isIdempotent
          ? { outboxId, attempt, state: 'retry', outcome: outcome.code, afterMs: backoffMs(attempt, Math.random) }
          : { outboxId, attempt, state: 'unknown', outcome: outcome.code }
      case 'retry': {
        if (outcome.afterMs !== undefined) {
          budget.pause(outcome.afterMs)
          return { outboxId, attempt, state: 'retry', outcome: outcome.code, afterMs: outcome.afterMs }
        }
        if (attempt >= maxAttempts) return { outboxId, attempt, state: 'parked', outcome: outcome.code }
        return { outboxId, attempt, state: 'retry', outcome: outcome.code, afterMs: backoffMs(attempt, Math.random) }
      }
    }
  }

  async function sendOne(message: ClaimedMessage): Promise<Settlement> {
    const { outboxId, attempts: attempt } = message
    if (message.isExpired) return { outboxId, attempt, state: 'dropped', outcome: 'expired' }
    if (capabilities.monthlyQuota !== undefined) {
      const used = await store.sentThisMonth(name, accountId, deps.monthOf(clock.now()))
      if (isSparedAt(used / capabilities.monthlyQuota, message.rank)) {
        return message.rank === 'receipt'
          ? { outboxId, attempt, state: 'retry', outcome: 'quota', afterMs: 3_600_000 }
          : { outboxId, attempt, state: 'dropped', outcome: 'quota' }
      }
    }
    const isGroup = message.message.chat.kind === 'group'
    if (!(await budget.take(message.lane, isGroup, stopping.signal))) {
      return { outboxId, attempt, state: 'retry', outcome: 'stopping', afterMs: 0 }
    }
    // It waited for its turn while the lease ran out: whoever sends now decides about it.
    if (!isHolding()) return { outboxId, attempt, state: 'retry', outcome: 'leaseLost', afterMs: 0 }
    let whole: OutboundMessage
    try {
      whole = await withPicture(message.message, capabilities.photos, deps.pictures)
    } catch (error) {
      log.warn({ err: error, platform: name }, 'picture not read')
      return settlementOf(message, { outcome: 'retry', code: 'pictureNotRead' })
    }
    try {
      const outcome = await platform.send(whole, AbortSignal.timeout(sendTimeoutMs))
      return settlementOf(message, outcome)
    } catch (error) {
      // An adapter that throws has not told whether the message left: the careful reading is that it did.
      log.error({ err: error, platform: name }, 'send failed unexpectedly')
      return settlementOf(message, { outcome: 'ambiguous', code: 'thrown' })
    }
  }

  async function claim(limit: number): Promise<ClaimedMessage[]> {
    try {
      return await store.claim(name, accountId, limit, rowLeaseSeconds)
    } catch (error) {
      hasLostClaim = true
      throw error
    }
  }

  async function run(): Promise<void> {
    /** Settled together while the next are sent: one commit serves many. */
    let settled: Settlement[] = []
    let settling: Promise<void> = Promise.resolve()
    const inFlight = new Set<Promise<void>>()
    const flush = () => {
      settling = settling.then(async () => {
        if (settled.length === 0) return
        const batch = settled
        settled = []
        for (;;) {
          try {
            await store.settle(batch)
            break
          } catch (error) {
            // Not settled means sent again after a restart: keep trying as long as we live.
            log.error({ err: error, platform: name }, 'settling failed')
            if (stopping.signal.aborted) return
            await new Promise((resolve) => setTimeout(resolve, 500))
          }
        }
        for (const each of batch) {
          unsettled.delete(each.outboxId)
          if (each.state !== 'sent' && each.state !== 'migrated') {
            log.warn(
              { event: 'notSent', platform: name, outboxId: each.outboxId, state: each.state, outcome: each.outcome },
              'message not sent',
            )
          }
        }
        deps.onSettled?.(batch)
        nudge()
      })
      return settling
    }
    try {
      while (!stopping.signal.aborted) {
        try {
          if (!(await hold())) {
            await rest(renewEveryMs)
            continue
          }
          const free = claimLimit - inFlight.size
          const messages = free > 0 ? await claim(free) : []
          for (const message of messages) {
            unsettled.add(message.outboxId)
            const sending: Promise<void> = sendOne(message).then((settlement) => {
              settled.push(settlement)
              inFlight.delete(sending)
              void flush()
            })
            inFlight.add(sending)
          }
          if (messages.length > 0) continue
          if (inFlight.size > 0) await rest(1_000)
          else await rest(Math.min((await store.nextDueInMs(name, accountId)) ?? renewEveryMs, renewEveryMs))
        } catch (error) {
          log.error({ err: error, platform: name }, 'delivery interrupted')
          await rest(1_000)
        }
      }
      await Promise.allSettled([...inFlight])
      await flush()
    } finally {
      await store.releaseLeases(holder).catch(() => {})
    }
  }

  function nudge(): void {
    isAwake = true
    wake()
  }

  const running = run()
  return {
    nudge,
    /** Stops claiming, lets requests under way end, settles them, gives the lease back. */
    async stop(): Promise<void> {
      stopping.abort()
      nudge()
      await running
    },
  }
}
