import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { InboundEvent, Platform, Sink } from '../../../src/engine/platform.ts'
import { createTelegram, type TelegramTuning } from '../../../src/platforms/telegram/index.ts'
import { BOT, BotApiServer } from './bot-api-server.ts'
import { FAST } from './tuning.ts'
import { message } from './updates.ts'

let server: BotApiServer
const stops: (() => Promise<void>)[] = []
let logged: Record<string, unknown>[] = []

beforeEach(async () => {
  server = await new BotApiServer().start()
  logged = []
})

afterEach(async () => {
  for (const stop of stops.splice(0)) await stop()
  await server.stop()
})

function create(tuning: Partial<TelegramTuning> = {}): Promise<Platform> {
  const log = pino({ level: 'trace' }, { write: (line) => logged.push(JSON.parse(line)) })
  const options = { token: BOT.token, apiRoot: server.apiRoot, log, commandMenu: [], tuning: { ...FAST, ...tuning } }
  return createTelegram(options)
}

async function receive(sink: Sink, tuning?: Partial<TelegramTuning>): Promise<() => Promise<void>> {
  const stop = await (await create(tuning)).receive(sink)
  stops.push(stop)
  return stop
}

const until = (condition: () => void) => vi.waitFor(condition, { interval: 2, timeout: 8_000 })
const offsets = () => server.callsOf('getUpdates').map((call) => call.payload.offset)

describe('the offset', () => {
  it('moves only once a batch is durable, and a batch is one call of the sink', async () => {
    for (let index = 0; index < 130; index++) server.push(message(`tin ${index}`))
    const first = server.nextUpdateId - 130
    const batches: InboundEvent[][] = []
    let letGo = () => {}
    const held = new Promise<void>((resolve) => (letGo = resolve))
    await receive(async (events) => {
      batches.push([...events])
      if (batches.length === 1) await held
    })
    await until(() => expect(batches.length).toBe(1))
    expect(batches[0]?.length).toBe(100)
    expect(offsets()).toEqual([undefined])
    letGo()
    await until(() => expect(batches.flat().length).toBe(130))
    await until(() => expect(offsets()).toEqual([undefined, first + 100, first + 130]))
    expect(batches.flat().map((event) => event.text)).toEqual(Array.from({ length: 130 }, (_, index) => `tin ${index}`))
  })

  it('stays while the sink fails; the batch is offered again until it is taken', async () => {
    server.push(message('một'))
    let failures = 4
    const taken: string[] = []
    await receive(async (events) => {
      if (failures-- > 0) throw new Error('database away')
      taken.push(...events.map((event) => event.text))
    })
    await until(() => expect(taken).toEqual(['một']))
    await until(() => expect(offsets().length).toBe(2))
    expect(logged.filter((line) => line.event === 'telegram.sink.refused').length).toBe(4)
  })

  it('stays when the process stops while the sink fails: the next process gets the update', async () => {
    server.push(message('một'))
    let calls = 0
    const stop = await receive(async () => {
      calls += 1
      throw new Error('database away')
    })
    await until(() => expect(calls).toBeGreaterThan(1))
    await stop()
    const taken: string[] = []
    await receive(async (events) => void taken.push(...events.map((event) => event.text)))
    await until(() => expect(taken).toEqual(['một']))
  })

  it('follows ids that start again lower, as after a quiet week', async () => {
    const taken: string[] = []
    server.nextUpdateId = 900_000
    server.push(message('cũ'))
    await receive(async (events) => void taken.push(...events.map((event) => event.text)))
    await until(() => expect(offsets().at(-1)).toBe(900_001))
    server.queue = []
    server.nextUpdateId = 1_000
    server.push(message('mới'))
    await until(() => expect(taken).toEqual(['cũ', 'mới']))
    await until(() => expect(offsets().at(-1)).toBe(1_001))
  })

  it('moves past updates that carry nothing for us and ones that cannot be read', async () => {
    server.push({ poll: { id: '1' } })
    const last = server.push({ message: { text: 5 } })
    const taken: InboundEvent[] = []
    await receive(async (events) => void taken.push(...events))
    await until(() => expect(offsets().at(-1)).toBe(last.update_id + 1))
    expect(taken).toEqual([])
  })
})

describe('stopping', () => {
  it('ends a long poll at once, waits for the sink, and may be followed by a new start', async () => {
    const platform = await create()
    const taken: string[] = []
    let letGo = () => {}
    let entered = false
    const held = new Promise<void>((resolve) => (letGo = resolve))
    const stop = await platform.receive(async (events) => {
      entered = true
      await held
      taken.push(...events.map((event) => event.text))
    })
    server.push(message('một'))
    await until(() => expect(entered).toBe(true))
    let isStopped = false
    const stopping = stop().then(() => (isStopped = true))
    await new Promise((resolve) => setImmediate(resolve))
    expect(isStopped).toBe(false)
    letGo()
    await stopping
    expect(taken).toEqual(['một'])

    stops.push(await platform.receive(async (events) => void taken.push(...events.map((event) => event.text))))
    // Not confirmed before the stop: it comes again, under its key.
    await until(() => expect(taken).toEqual(['một', 'một']))
    await stop()
    server.push(message('hai'))
    await until(() => expect(taken).toEqual(['một', 'một', 'hai']))
  })
})

describe('a server that is difficult', () => {
  it('neither holds back nor obeys the offset: no busy loop', async () => {
    server.longPolls = false
    server.obeysOffset = false
    server.push(message('một'))
    const taken = new Set<string>()
    const startedAt = performance.now()
    await receive(
      async (events) => {
        for (const event of events) taken.add(event.eventKey)
      },
      { idleMs: 40 },
    )
    await until(() => expect(server.callsOf('getUpdates').length).toBeGreaterThanOrEqual(5))
    const elapsed = performance.now() - startedAt
    expect(taken.size).toBe(1)
    // Pauses of 40, 80, 120, 160 ms lie between the first five requests.
    expect(elapsed).toBeGreaterThan(300)
    server.push(message('hai'))
    await until(() => expect(taken.size).toBe(2))
  })

  it('answers an empty queue at once: asked at most once per pause', async () => {
    server.longPolls = false
    const startedAt = performance.now()
    await receive(async () => {}, { idleMs: 25 })
    await until(() => expect(server.callsOf('getUpdates').length).toBeGreaterThanOrEqual(6))
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(5 * 24)
  })

  it('tells of another poller: waits, says so once, and goes on', async () => {
    let conflicts = 6
    server.plan = (call) =>
      call.method === 'getUpdates' && conflicts-- > 0
        ? { kind: 'refuse', code: 409, description: 'Conflict: terminated by other getUpdates request' }
        : undefined
    const taken: string[] = []
    server.push(message('một'))
    await receive(async (events) => void taken.push(...events.map((event) => event.text)))
    await until(() => expect(taken).toEqual(['một']))
    expect(logged.filter((line) => line.code === 'pollConflict').length).toBe(1)
    expect(logged.some((line) => line.event === 'telegram.poll.recovered')).toBe(true)
  })

  it('is polled by two processes that push each other out: every update arrives', async () => {
    const taken = new Set<string>()
    const sink: Sink = async (events) => {
      for (const event of events) taken.add(event.text)
    }
    await receive(sink)
    await receive(sink)
    for (let index = 0; index < 40; index++) {
      server.push(message(`tin ${index}`))
      await until(() => expect(taken.size).toBe(index + 1))
    }
  })

  it('has a webhook set in between: it is removed, nothing is dropped', async () => {
    let refusals = 1
    server.plan = (call) =>
      call.method === 'getUpdates' && refusals-- > 0
        ? {
            kind: 'refuse',
            code: 409,
            description: "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook",
          }
        : undefined
    const taken: string[] = []
    server.push(message('một'))
    await receive(async (events) => void taken.push(...events.map((event) => event.text)))
    await until(() => expect(taken).toEqual(['một']))
    const removals = server.callsOf('deleteWebhook')
    expect(removals.length).toBe(2)
    for (const { payload } of removals) expect(payload).toEqual({ drop_pending_updates: false })
  })

  it('asks for the four kinds of update and nothing else', async () => {
    await receive(async () => {})
    await until(() => expect(server.callsOf('getUpdates').length).toBe(1))
    expect(server.callsOf('getUpdates')[0]?.payload).toEqual({
      limit: 100,
      timeout: FAST.pollSeconds,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
    })
  })

  it('says after how long to ask again, and is obeyed', async () => {
    let isFirst = true
    server.plan = (call) => {
      if (call.method !== 'getUpdates' || !isFirst) return undefined
      isFirst = false
      return { kind: 'refuse', code: 429, description: 'Too Many Requests', parameters: { retry_after: 0.2 } }
    }
    await receive(async () => {})
    await until(() => expect(server.callsOf('getUpdates').length).toBe(2))
    const [first, second] = server.callsOf('getUpdates')
    expect(second!.at - first!.at).toBeGreaterThanOrEqual(199)
  })
})
