/** Waiting between attempts, ended at once by an abort. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Failure } from './errors.ts'

export interface Backoff {
  /** Milliseconds after the first failure; doubles with each further one. */
  minMs: number
  maxMs: number
}

/** Resolves after `ms` or as soon as `signal` aborts. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await delay(ms, undefined, { signal }).catch(() => undefined)
}

/**
 * How long to wait after the `count`th failure in a row (from 1): what the server asked for, else exponential. The last
 * quarter is random, so that two pollers that push each other out do not come back together.
 */
export function waitAfter(failure: Pick<Failure, 'code' | 'retryAfterMs'>, count: number, backoff: Backoff): number {
  if (failure.retryAfterMs !== undefined) return failure.retryAfterMs
  // A wrong token does not mend itself: only slowly asked again, in case the server was wrong.
  const hopeless = failure.code === 'unauthorized' || failure.code === 'unknownBot'
  const ms = hopeless ? backoff.maxMs : Math.min(backoff.maxMs, backoff.minMs * 2 ** Math.min(count - 1, 20))
  return ms * (0.75 + Math.random() / 4)
}
