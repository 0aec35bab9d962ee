import type { Logger } from 'pino'
import type { InboundEvent, Sink } from '../../engine/platform.ts'
import type { ZaloClient, ZaloClock } from './client.ts'
import { isRefusal, ZaloError } from './errors.ts'
import type { ReadUpdate } from './update.ts'

export interface PollTimings {
  /** How long Zalo may hold a getUpdates without a message. */
  pollSeconds: number
  /** On top of that, until we call it lost. */
  pollMarginMs: number
}

/** An answer without news that comes faster than this was no long poll. */
const QUICK_MS = 1_000
const QUICK_WAIT_MS = 100
/** Bounds what waiting adds to the way of a message when a server does not hold requests. */
const QUICK_WAIT_MAX_MS = 1_000

const FAILURE_WAIT_MS = 1_000
const FAILURE_WAIT_MAX_MS = 30_000
/** A token that is refused does not become valid by asking. */
const TOKEN_WAIT_MS = 60_000

const SINK_WAIT_MS = 200
const SINK_WAIT_MAX_MS = 10_000

const doubling = (firstMs: number, maxMs: number, times: number) => Math.min(firstMs * 2 ** Math.min(times, 20), maxMs)

export interface PollOptions {
  client: ZaloClient
  clock: ZaloClock
  log: Logger
  timings: PollTimings
  read(body: unknown): ReadUpdate
  sink: Sink
  signal: AbortSignal
}

/**
 * Long polling until the signal aborts; resolves when nothing more will be handed over.
 *
 * getUpdates has no offset: what it answers is never answered again. So each update is stored before the next is asked for,
 * and while it cannot be stored it is kept here and tried again. What remains: an update that Zalo is writing in the very
 * moment in which this process dies or is stopped is lost; a webhook has no such moment.
 */
export async function pollUpdates(options: PollOptions): Promise<void> {
  const { client, clock, log, timings, signal } = options
  let quickAnswers = 0
  let failures = 0
  let lastKey = ''

  while (!signal.aborted) {
    const askedAt = clock.now()
    try {
      const result = await client.call(
        'getUpdates',
        { timeout: String(timings.pollSeconds) },
        { timeoutMs: timings.pollSeconds * 1_000 + timings.pollMarginMs, signal },
      )
      if (failures > 0) log.info({ event: 'zalo-poll-recovered', failures }, 'zalo-poll-recovered')
      failures = 0
      const key = await handOver(result, options)
      // A server that repeats itself or answers with nothing must not be asked thousands of times a second.
      if (key !== undefined && key !== lastKey) quickAnswers = 0
      else quickAnswers = clock.now() - askedAt < QUICK_MS ? quickAnswers + 1 : 0
      lastKey = key ?? lastKey
    } catch (error) {
      if (signal.aborted) break
      if (!isRefusal(error, 408)) {
        await afterFailure(error, failures++, options)
        continue
      }
      // 408 is how Zalo says that nobody wrote.
      failures = 0
      quickAnswers = clock.now() - askedAt < QUICK_MS ? quickAnswers + 1 : 0
    }
    if (quickAnswers > 0) await clock.wait(doubling(QUICK_WAIT_MS, QUICK_WAIT_MAX_MS, quickAnswers - 1), signal)
  }
}

async function afterFailure(
  error: unknown,
  failuresBefore: number,
  { clock, log, signal }: PollOptions,
): Promise<void> {
  const code = error instanceof ZaloError ? error.code : 'unexpected'
  const isTokenRefused = isRefusal(error, 401)
  const askedToWaitMs =
    error instanceof ZaloError && error.failure.happened === 'refused' ? (error.failure.retryAfterMs ?? 0) : 0
  const ownMs = isTokenRefused ? TOKEN_WAIT_MS : doubling(FAILURE_WAIT_MS, FAILURE_WAIT_MAX_MS, failuresBefore)
  const waitMs = Math.max(ownMs, askedToWaitMs)
  const level = isTokenRefused ? 'error' : 'warn'
  log[level]({ event: 'zalo-poll-failed', code, failures: failuresBefore + 1, waitMs }, 'zalo-poll-failed')
  await clock.wait(waitMs, signal)
}

/** Hands on what one answer held; resolves with the event's key, undefined where there was none. */
async function handOver(result: unknown, options: PollOptions): Promise<string | undefined> {
  // One object by the document. An array would be another server's reading of it; nothing of it may be lost.
  const bodies = Array.isArray(result) ? result : result === undefined || result === null ? [] : [result]
  let key: string | undefined
  for (const body of bodies) {
    const update = options.read(body)
    if (update.is === 'event') {
      key = update.event.eventKey
      await store(update.event, options)
    } else {
      options.log.info({ event: 'zalo-update-skipped', kind: update.is, cause: update.why }, 'zalo-update-skipped')
    }
  }
  return key
}

/** Tries until the sink takes the event. Once stopping, one more try: after that only the log knows of it. */
async function store(event: InboundEvent, { sink, clock, log, signal }: PollOptions): Promise<void> {
  for (let failures = 0; ; failures++) {
    const isLastTry = signal.aborted
    try {
      await sink([event])
      return
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error
      if (isLastTry) {
        log.error({ event: 'zalo-update-lost', class: name, eventKey: event.eventKey }, 'zalo-update-lost')
        return
      }
      log.error({ event: 'zalo-update-not-stored', class: name, failures: failures + 1 }, 'zalo-update-not-stored')
      await clock.wait(doubling(SINK_WAIT_MS, SINK_WAIT_MAX_MS, failures), signal)
    }
  }
}
