/**
 * Receiving by one process of all: a platform that is polled hands each update to whoever asks first (Zalo), or refuses
 * to be asked twice (Telegram's 409). Whoever holds the lease asks; when it dies, another does within 15 s.
 */
import type { Logger } from 'pino'
import type { Platform, Sink } from './platform.ts'
import type { DeliverStore } from './store-port.ts'

/** As for sending: a process that died without a word is replaced after this, and one renewal of another's, at most. */
export const leaseSeconds = 10
const renewEveryMs = 3_000

/** Waits between tries of storing what was received. */
const storeWaitMs = { first: 200, longest: 5_000 }

export interface AloneDeps {
  store: Pick<DeliverStore, 'newHolder' | 'holdLease' | 'releaseLeases'>
  log: Logger
  /** Milliseconds between renewals; a test's own. */
  renewEveryMs?: number
}

/** The lease on receiving lies beside the one on sending: different processes may do the two. */
const receiving = (accountId: string) => `${accountId}/receive`

function pause(ms: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
    signal.addEventListener('abort', done)
  })
}

/**
 * Receives while this process holds the account's lease. Resolves after the first try; the returned function stops and
 * resolves when nothing more will be handed to the sink.
 */
export async function receiveAlone(platform: Platform, sink: Sink, deps: AloneDeps): Promise<() => Promise<void>> {
  const { store, log } = deps
  const { name, accountId } = platform
  const holder = store.newHolder()
  const stopping = new AbortController()
  let receiver: Promise<() => Promise<void>> | null = null
  let ended: Promise<unknown> = Promise.resolve()
  let expiry: NodeJS.Timeout | undefined

  /**
   * What was handed out is not handed out again on every platform: it is stored however long the database is away, also
   * after the lease ran out meanwhile. A second copy would be known by its key.
   */
  const patient: Sink = async (events) => {
    for (let failures = 0; ; failures++) {
      const isLast = stopping.signal.aborted
      try {
        return await sink(events)
      } catch (error) {
        if (isLast) throw error
        log.error({ err: error, event: 'receive.notStored', platform: name, failures: failures + 1 }, 'not stored')
        await pause(Math.min(storeWaitMs.longest, storeWaitMs.first * 2 ** Math.min(failures, 10)), stopping.signal)
      }
    }
  }

  /** The adapter asks for nothing more from now on; resolves when it has handed over what it had. */
  function end(cause: string): Promise<unknown> {
    clearTimeout(expiry)
    if (receiver) {
      const ending = receiver
      receiver = null
      log.info({ event: 'receive.ended', platform: name, cause }, 'no longer receiving')
      ended = ended
        .then(async () => (await ending)())
        .catch((error) => log.error({ err: error, platform: name }, 'receiving did not end well'))
    }
    return ended
  }

  async function turn(): Promise<void> {
    const askedAt = performance.now()
    const lease = await store.holdLease(name, receiving(accountId), holder, leaseSeconds)
    if (lease === 'refused') {
      await end('anotherReceives')
      return
    }
    await (receiver ? undefined : ended)
    const leftMs = askedAt + leaseSeconds * 1_000 - performance.now()
    if (leftMs <= 0 || stopping.signal.aborted) return
    clearTimeout(expiry)
    expiry = setTimeout(() => void end('leaseExpired'), leftMs)
    if (receiver) return
    log.info({ event: 'receive.begun', platform: name }, 'receiving')
    receiver = platform.receive(patient)
    receiver.catch(() => {
      receiver = null
    })
    await receiver
  }

  const tryTurn = () => turn().catch((error) => log.error({ err: error, platform: name }, 'lease on receiving failed'))

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await pause(deps.renewEveryMs ?? renewEveryMs, stopping.signal)
      if (!stopping.signal.aborted) await tryTurn()
    }
  }

  await tryTurn()
  const running = run()
  return async () => {
    stopping.abort()
    await running
    await end('stopping')
    await store.releaseLeases(holder).catch(() => {})
  }
}
