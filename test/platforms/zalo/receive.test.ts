import pino from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { createZalo, type ZaloOptions } from '../../../src/platforms/zalo/index.ts'
import { RecordingInbox, until } from '../contract/bench.ts'
import { deferred } from './deferred.ts'
import { TEST_TIMINGS } from './driver.ts'
import { ManualClock } from './manual-clock.ts'
import { startSimulator, type ZaloSimulator } from './simulator.ts'

const silent = pino({ level: 'silent' })
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function polling(more: Partial<ZaloOptions> = {}, simulatorOptions?: Parameters<typeof startSimulator>[0]) {
  const simulator = await startSimulator(simulatorOptions)
  closing.push(() => simulator.close())
  const { token, apiRoot, botName } = simulator
  const platform = await createZalo({
    token,
    apiRoot,
    botNames: [botName],
    log: silent,
    timings: TEST_TIMINGS,
    ...more,
  })
  const inbox = new RecordingInbox()
  const member = simulator.say.user('Nguyễn Văn An')
  const chat = simulator.say.privateChat(member)
  const start = async () => {
    const stop = await platform.receive(inbox.sink)
    closing.push(stop)
    return stop
  }
  return { simulator, platform, inbox, member, chat, start, polls: () => polls(simulator) }
}

const polls = (simulator: ZaloSimulator) => simulator.calls.filter((call) => call.method === 'getUpdates').length

/** Answers getUpdates as told, everything else with 404, without a network; until `enough` polls were answered. */
async function polledBy(answer: (poll: number, clock: ManualClock) => Response | Promise<Response>, enough: number) {
  const clock = new ManualClock()
  const inbox = new RecordingInbox()
  let asked = 0
  const reached = deferred()
  const fake: typeof fetch = async (input, init) => {
    if (!String(input).endsWith('/getUpdates')) return new Response(null, { status: 404 })
    if (asked >= enough) {
      reached.resolve()
      return await new Promise<Response>((_resolve, reject) => {
        init?.signal?.addEventListener('abort', () => reject(new Error('stopped')))
      })
    }
    return await answer(asked++, clock)
  }
  const platform = await createZalo({ token: '777:key', botNames: [], log: silent, fetch: fake, clock })
  const startedAt = clock.now()
  const stop = await platform.receive(inbox.sink)
  await reached.promise
  await stop()
  return { waits: clock.waits, elapsedMs: clock.now() - startedAt, inbox }
}

const idle = () => new Response('{"ok":false,"error_code":408,"description":"Request timeout"}', { status: 408 })

function wrapped(messageId: string): Response {
  const message = {
    from: { id: 'abc', display_name: 'An', is_bot: false },
    chat: { id: 'abc', chat_type: 'PRIVATE' },
    text: messageId,
    message_id: messageId,
    date: Date.UTC(2026, 9, 3),
  }
  return Response.json({ ok: true, result: { event_name: 'message.text.received', message } })
}

describe('long polling of Zalo', () => {
  it('asks again at once after an idle long poll', async () => {
    const { waits } = await polledBy((_poll, clock) => {
      clock.advance(30_000)
      return idle()
    }, 20)
    expect(waits).toEqual([])
  })

  it.each<[string, () => Response]>([
    ['408', idle],
    ['408 in the body only', () => new Response('{"ok":false,"error_code":408}')],
    ['an empty result', () => Response.json({ ok: true, result: null })],
    ['an empty list', () => Response.json({ ok: true, result: [] })],
    ['an unknown event', () => Response.json({ ok: true, result: { event_name: 'message.new.kind', message: {} } })],
    ['the same update', () => wrapped('m1')],
  ])('does not spin when a server answers %s instantly', async (_title, answer) => {
    const { elapsedMs } = await polledBy(answer, 100)
    expect(100 / (elapsedMs / 1_000)).toBeLessThan(1.1)
  })

  it('asks again at once while there are messages', async () => {
    const { waits, inbox } = await polledBy((poll) => wrapped(`m${poll}`), 50)
    expect(waits).toEqual([])
    expect(inbox.events.length).toBe(50)
  })

  it('backs off when polling fails, up to half a minute, and starts anew after a success', async () => {
    const { waits } = await polledBy((poll) => (poll === 8 ? wrapped('m1') : new Response(null, { status: 502 })), 11)
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30, 30, 1, 2].map((seconds) => seconds * 1_000))
  })

  it('asks once a minute when the token is refused', async () => {
    const { waits } = await polledBy(() => new Response('{"ok":false,"error_code":401}', { status: 401 }), 4)
    expect(waits).toEqual([60_000, 60_000, 60_000, 60_000])
  })

  it('takes a list too, and loses nothing of it', async () => {
    const { inbox } = await polledBy(async (poll) => {
      const updates = await Promise.all([wrapped(`a${poll}`).json(), wrapped(`b${poll}`).json()])
      return Response.json({ ok: true, result: updates.map((each) => (each as { result: unknown }).result) })
    }, 1)
    expect(inbox.events.map((event) => event.text)).toEqual(['a0', 'b0'])
  })

  it('asks for nothing more while an update cannot be stored, and keeps trying with that one', async () => {
    const clock = new ManualClock()
    const { simulator, inbox, member, chat, start } = await polling({ clock })
    inbox.failures = 12
    let pollsWhileFailing = 0
    simulator.say.text(member, chat, 'một')
    simulator.say.text(member, chat, 'hai')
    const wait = clock.wait
    clock.wait = async (ms) => {
      if (inbox.failures > 0) pollsWhileFailing = Math.max(pollsWhileFailing, polls(simulator))
      await wait(ms)
    }
    await start()
    await inbox.received(2)
    expect(pollsWhileFailing).toBe(1)
    expect(inbox.calls.slice(0, 13).map(([event]) => event?.text)).toEqual(Array(13).fill('một'))
    expect(inbox.events.map((event) => event.text)).toEqual(['một', 'hai'])
    expect(clock.waits.slice(0, 12)).toEqual([200, 400, 800, 1_600, 3_200, 6_400, ...Array(6).fill(10_000)])
  })

  it('stores what it holds even when it is stopped meanwhile', async () => {
    const { simulator, inbox, member, chat, start } = await polling()
    const storing = deferred()
    const sinkCalled = deferred()
    inbox.beforeStored = async () => {
      sinkCalled.resolve()
      await storing.promise
    }
    simulator.say.text(member, chat, 'vừa kịp')
    const stop = await start()
    await sinkCalled.promise
    let isStopped = false
    const stopping = stop().then(() => {
      isStopped = true
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(isStopped).toBe(false)
    storing.resolve()
    await stopping
    expect(inbox.events.map((event) => event.text)).toEqual(['vừa kịp'])
  })

  it('tells the log by key of an update that it could not store before it was stopped', async () => {
    const lines: string[] = []
    const log = pino({ level: 'error' }, { write: (line: string) => void lines.push(line) })
    const { simulator, inbox, member, chat, start } = await polling({ log })
    inbox.failures = 1_000
    simulator.say.text(member, chat, 'mất')
    const stop = await start()
    await until(() => expect(inbox.calls.length).toBeGreaterThan(0))
    await stop()
    expect(lines.at(-1)).toContain('zalo-update-lost')
    expect(lines.at(-1)).toContain(`"eventKey":"${chat.id}|`)
  })

  it('survives a poll that hangs, is reset, refused or cannot be read, and shows its token to no log', async () => {
    const lines: string[] = []
    const log = pino({ level: 'trace' }, { write: (line: string) => void lines.push(line) })
    const timings = { ...TEST_TIMINGS, pollSeconds: 0 }
    const { simulator, inbox, member, chat, start } = await polling({ log, clock: new ManualClock(), timings })
    const faults = ['hang', 'reset', 'malformed'] as const
    for (const kind of faults) simulator.fail('getUpdates', { kind, delivered: false })
    for (const status of [401, 403, 429, 500]) simulator.fail('getUpdates', { kind: 'status', status })
    simulator.say.text(member, chat, 'vẫn đến')
    await start()
    expect((await inbox.received(1))[0]?.text).toBe('vẫn đến')
    const failures = lines.filter((line) => line.includes('zalo-poll-failed'))
    expect(failures.length).toBe(faults.length + 4)
    for (const secret of [simulator.token, simulator.token.split(':')[1] as string])
      expect(lines.join('')).not.toContain(secret)
  })

  it('says at the start that a webhook at Zalo silences polling', async () => {
    const lines: string[] = []
    const log = pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) })
    const { simulator, start } = await polling({ log, clock: new ManualClock() })
    simulator.webhook = {
      url: 'https://elsewhere.example/webhooks/zalo?key=hidden',
      secret: 'x'.repeat(8),
      updatedAt: 0,
    }
    await start()
    await until(() => expect(lines.join('')).toContain('nep webhook delete'))
    expect(lines.join('')).not.toContain('hidden')
  })

  it('refuses to receive twice at a time, and receives again after a stop', async () => {
    const { simulator, inbox, member, chat, start } = await polling()
    const stop = await start()
    await expect(start()).rejects.toThrow('already receiving')
    await stop()
    await start()
    simulator.say.text(member, chat, 'lại nghe')
    expect((await inbox.received(1))[0]?.text).toBe('lại nghe')
  })
})
