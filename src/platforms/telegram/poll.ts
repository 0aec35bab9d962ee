/**
 * Long polling. Telegram forgets an update as soon as a later offset is asked for, so the offset moves only after the sink
 * has made the whole batch durable. (grammY's built-in polling moves on after an error in a handler.)
 */
import type { Logger } from 'pino'
import type { InboundEvent, Sink } from '../../engine/platform.ts'
import type { TelegramClient } from './client.ts'
import { readFailure } from './errors.ts'
import { type Backoff, pause, waitAfter } from './pause.ts'
import { ALLOWED_UPDATES, type Reader, readUpdate } from './read-update.ts'

/** Telegram gives at most so many updates at once. */
const BATCH = 100

/** Ids that are remembered as handled: a few batches, to notice a server that hands the same updates out again and again. */
const REMEMBERED = 5_000

/** Longest wait, as a multiple of `idleMs`, while a server repeats itself. */
const REPEATS_WAIT = 20

/** Failures in a row between two log lines of the same kind. */
const LOG_EVERY = 20

export interface PollTuning {
  /** Seconds for which Telegram holds an empty answer back. */
  pollSeconds: number
  /** A request may take this much longer than the long poll it asks for. */
  pollGraceMs: number
  /** Least time from one request to the next when nothing new came: for servers that do not hold back. */
  idleMs: number
  pollBackoff: Backoff
}

/**
 * Runs until `signal` aborts; resolves then, after the sink call under way. A batch that the sink refused is kept and offered
 * again. An update that the server repeats is handed over again (the inbox knows its key), but a server that only repeats
 * itself is asked ever more slowly.
 */
export async function poll(options: {
  client: TelegramClient
  reader: Reader
  sink: Sink
  log: Logger
  tuning: PollTuning
  signal: AbortSignal
}): Promise<void> {
  const { client, reader, sink, log, tuning, signal } = options
  const remembered = new Set<number>()
  let offset: number | undefined
  let failures = 0
  let lastCode = ''
  let repeats = 0

  await removeWebhook()
  while (!signal.aborted) {
    const startedAt = performance.now()
    const updates = await fetchUpdates()
    if (updates === undefined) continue
    const batch = readBatch(updates, reader)
    if (batch.unreadable > 0) {
      log.warn(
        { event: 'telegram.update.unreadable', count: batch.unreadable },
        'Updates that could not be read were skipped',
      )
    }
    if (batch.events.length > 0 && !(await handOver(batch.events))) return
    const isNew = batch.ids.some((id) => !remembered.has(id))
    for (const id of batch.ids) remembered.add(id)
    forgetOldest(remembered)
    // From this batch alone: after a quiet week Telegram starts again at a random, perhaps lower, id.
    if (batch.highest !== undefined) offset = batch.highest + 1
    repeats = isNew || batch.ids.length === 0 ? 0 : repeats + 1
    const rest = tuning.idleMs * Math.min(1 + repeats, REPEATS_WAIT) - (performance.now() - startedAt)
    if (!isNew && rest > 0) await pause(rest, signal)
  }

  async function fetchUpdates(): Promise<readonly unknown[] | undefined> {
    try {
      const updates: unknown = await client.call(
        'getUpdates',
        { offset, limit: BATCH, timeout: tuning.pollSeconds, allowed_updates: ALLOWED_UPDATES },
        { signal, timeoutMs: tuning.pollSeconds * 1000 + tuning.pollGraceMs },
      )
      if (failures > 0) log.info({ event: 'telegram.poll.recovered', failures }, 'Polling works again')
      failures = 0
      lastCode = ''
      return Array.isArray(updates) ? updates : []
    } catch (error) {
      if (!signal.aborted) await recover(error)
      return undefined
    }
  }

  async function recover(error: unknown): Promise<void> {
    const failure = readFailure(error)
    failures += 1
    if (failure.code !== lastCode || failures % LOG_EVERY === 0) {
      lastCode = failure.code
      log.warn({ event: 'telegram.poll.failed', code: failure.code, failures }, explain(failure.code))
    }
    if (failure.code === 'webhookActive') await removeWebhook()
    await pause(waitAfter(failure, failures, tuning.pollBackoff), signal)
  }

  /** True once durable; false when stopped before. */
  async function handOver(events: readonly InboundEvent[]): Promise<boolean> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await sink(events)
        return true
      } catch {
        // The cause is the engine's to log; it may quote what somebody wrote.
        log.error(
          { event: 'telegram.sink.refused', attempt, count: events.length },
          'Updates could not be stored; kept',
        )
        if (signal.aborted) return false
        await pause(waitAfter({ code: 'sink' }, attempt, tuning.pollBackoff), signal)
        if (signal.aborted) return false
      }
    }
  }

  /** Telegram refuses to be polled while a webhook is set. What waits there stays and comes by polling. */
  async function removeWebhook(): Promise<void> {
    try {
      await client.call('deleteWebhook', { drop_pending_updates: false }, { signal })
    } catch (error) {
      if (signal.aborted) return
      log.warn(
        { event: 'telegram.webhook.notDeleted', code: readFailure(error).code },
        'The webhook could not be removed',
      )
    }
  }
}

interface Batch {
  events: InboundEvent[]
  ids: number[]
  highest?: number
  unreadable: number
}

function readBatch(updates: readonly unknown[], reader: Reader): Batch {
  const batch: Batch = { events: [], ids: [], unreadable: 0 }
  for (const raw of updates) {
    const update = readUpdate(raw, reader)
    if (update === undefined) {
      batch.unreadable += 1
      continue
    }
    batch.highest = Math.max(batch.highest ?? 0, update.updateId)
    if (batch.ids.includes(update.updateId)) continue
    batch.ids.push(update.updateId)
    if (update.event !== undefined) batch.events.push(update.event)
  }
  return batch
}

function forgetOldest(remembered: Set<number>): void {
  for (const id of remembered) {
    if (remembered.size <= REMEMBERED) return
    remembered.delete(id)
  }
}

function explain(code: string): string {
  switch (code) {
    case 'pollConflict':
      return 'Another process polls with the same token; trying again'
    case 'unauthorized':
    case 'unknownBot':
      return 'Telegram does not know this token; trying again slowly'
    default:
      return 'Polling failed; trying again'
  }
}
