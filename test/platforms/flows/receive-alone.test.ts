/**
 * Protects: of two processes that cannot see each other one receives at a time; a lease that cannot be renewed ends
 * receiving before it runs out; what was handed out is stored however long the database is away.
 */
import pino from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { InboundEvent, Platform, Sink } from '../../../src/engine/platform.ts'
import { receiveAlone } from '../../../src/engine/receive-alone.ts'
import type { LeaseState } from '../../../src/engine/store-port.ts'

const log = pino({ level: 'silent' })
const anEvent = { eventKey: '1' } as InboundEvent

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] })
})
afterEach(() => {
  vi.useRealTimers()
})

/** Leases as the database keeps them, with nobody known to be gone. */
function leases() {
  let holder = ''
  let until = -1
  let names = 0
  const store = {
    isAway: false,
    newHolder: () => `holder ${++names}`,
    async holdLease(_platform: string, _account: string, asking: string, seconds: number): Promise<LeaseState> {
      if (store.isAway) throw new Error('the database does not answer')
      const now = performance.now()
      if (holder !== asking && until >= now) return 'refused'
      const state = holder === asking ? 'held' : 'takenOver'
      holder = asking
      until = now + seconds * 1_000
      return state
    },
    async releaseLeases(given: string) {
      if (holder === given) until = -1
    },
  }
  return store
}

/** A polled platform; `sink` is there while it receives. */
function polled() {
  const platform = {
    name: 'zalo',
    accountId: '1',
    sink: undefined as Sink | undefined,
    begun: 0,
    under: Promise.resolve() as Promise<unknown>,
    async receive(sink: Sink) {
      platform.sink = sink
      platform.begun++
      return async () => {
        platform.sink = undefined
        await platform.under
      }
    },
  }
  return platform
}
const asPlatform = (platform: ReturnType<typeof polled>) => platform as unknown as Platform

test('the second receives only when the first is silent for the length of a lease, within 15 s', async () => {
  const store = leases()
  const dead = await store.holdLease('zalo', '1/receive', 'a process that died', 10)
  expect(dead).toBe('takenOver')
  const [a, b] = [polled(), polled()]
  const sink: Sink = async () => {}
  const stopA = await receiveAlone(asPlatform(a), sink, { store, log })
  const stopB = await receiveAlone(asPlatform(b), sink, { store, log })
  await vi.advanceTimersByTimeAsync(9_000)
  expect([a.sink, b.sink]).toEqual([undefined, undefined])
  await vi.advanceTimersByTimeAsync(5_000)
  expect([a, b].filter(({ sink }) => sink)).toHaveLength(1)
  await vi.advanceTimersByTimeAsync(60_000)
  expect(a.begun + b.begun).toBe(1)
  // Ended in order, it gives the lease back: the other need not wait.
  const [first, second] = a.sink ? [stopA, b] : [stopB, a]
  await first()
  await vi.advanceTimersByTimeAsync(3_100)
  expect(second.sink).toBeDefined()
  await (first === stopA ? stopB : stopA)()
  expect([a.sink, b.sink]).toEqual([undefined, undefined])
})

test('without the database it stops asking before the lease runs out, keeps what it has, and begins again', async () => {
  const store = leases()
  const platform = polled()
  const stored: InboundEvent[] = []
  const sink: Sink = async (events) => {
    if (store.isAway) throw new Error('the database does not answer')
    stored.push(...events)
  }
  const stop = await receiveAlone(asPlatform(platform), sink, { store, log })
  store.isAway = true
  platform.under = platform.sink!([anEvent])
  await vi.advanceTimersByTimeAsync(10_000)
  expect(platform.sink).toBeUndefined()
  await vi.advanceTimersByTimeAsync(120_000)
  store.isAway = false
  await vi.advanceTimersByTimeAsync(10_000)
  expect(stored).toEqual([anEvent])
  expect(platform.sink).toBeDefined()
  expect(platform.begun).toBe(2)
  await stop()
})

test('asked to end while nothing can be stored, it ends after one more try', async () => {
  const store = leases()
  const platform = polled()
  const sink: Sink = async () => {
    throw new Error('the database does not answer')
  }
  const stop = await receiveAlone(asPlatform(platform), sink, { store, log })
  platform.under = platform.sink!([anEvent]).catch(() => {})
  await stop()
  expect(platform.sink).toBeUndefined()
})

test('an adapter that cannot begin is asked again with the next renewal', async () => {
  const store = leases()
  const platform = polled()
  const receive = platform.receive
  let failures = 2
  platform.receive = async (sink) => {
    if (failures-- > 0) throw new Error('not now')
    return receive(sink)
  }
  const stop = await receiveAlone(asPlatform(platform), async () => {}, { store, log })
  expect(platform.begun).toBe(0)
  await vi.advanceTimersByTimeAsync(6_100)
  expect(platform.begun).toBe(1)
  await stop()
})
