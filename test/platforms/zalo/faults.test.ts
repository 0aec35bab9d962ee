/**
 * Runs under faults, measured: each prints one JSON line with its figures. The messages are driven by the smallest
 * possible outbox, which obeys the outcomes to the letter: `retry` is sent again, `ambiguous` is set aside.
 */
import pino from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import type { Platform } from '../../../src/engine/platform.ts'
import { createZalo } from '../../../src/platforms/zalo/index.ts'
import { RecordingInbox } from '../contract/bench.ts'
import { openZalo, SECRET, TEST_TIMINGS } from './driver.ts'
import { ManualClock } from './manual-clock.ts'
import { type ApiFault, startSimulator, type ZaloSimulator } from './simulator.ts'

const silent = pino({ level: 'silent' })
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

/** Time-out where a server hangs; elsewhere a busy machine must not look like one. */
const HANG_MS = 300

const figure = (name: string, figures: object) => process.stdout.write(`${JSON.stringify({ name, ...figures })}\n`)

async function simulated(seed: number, answerMs = 10_000): Promise<{ simulator: ZaloSimulator; platform: Platform }> {
  const simulator = await startSimulator({ seed, quota: 1e9 })
  closing.push(() => simulator.close())
  const { token, apiRoot, botName } = simulator
  const clock = new ManualClock()
  const platform = await createZalo({
    token,
    apiRoot,
    botNames: [botName],
    log: silent,
    timings: { ...TEST_TIMINGS, answerMs },
    clock,
  })
  return { simulator, platform }
}

/** Sends `count` messages; no message more often than 40 times. */
async function sendAll(platform: Platform, chatId: string, count: number) {
  const tally = { sent: 0, ambiguous: 0, givenUp: 0, tries: 0, ambiguousTexts: [] as string[] }
  for (let index = 0; index < count; index++) {
    const text = `tin ${index}`
    for (let tries = 0; tries < 40; tries++) {
      tally.tries++
      const { outcome } = await platform.send(
        { key: text, chat: { id: chatId, kind: 'private' }, text },
        new AbortController().signal,
      )
      if (outcome === 'retry') continue
      if (outcome === 'sent') tally.sent++
      else if (outcome === 'ambiguous') {
        tally.ambiguous++
        tally.ambiguousTexts.push(text)
      } else tally.givenUp++
      break
    }
  }
  return tally
}

function delivered(simulator: ZaloSimulator): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { text } of simulator.sent) counts.set(text, (counts.get(text) ?? 0) + 1)
  return counts
}

const rejected = (status: number): ApiFault => ({ kind: 'status', status })

describe('sending over Zalo under faults', () => {
  it.each<[string, ApiFault[], number]>([
    ['30 % 5xx', [rejected(500), rejected(502), rejected(503)], 0.3],
    ['30 % 429', [rejected(429)], 0.3],
    [
      '30 % 403 "Internal server error"',
      [{ kind: 'status', status: 403, body: '{"ok":false,"error_code":403,"description":"Internal server error"}' }],
      0.3,
    ],
    [
      '20 % reset after the body',
      [
        { kind: 'reset', delivered: true },
        { kind: 'reset', delivered: false },
      ],
      0.2,
    ],
    ['20 % malformed JSON', [{ kind: 'malformed', delivered: true }], 0.2],
    [
      '5 % hang',
      [
        { kind: 'hang', delivered: true },
        { kind: 'hang', delivered: false },
      ],
      0.05,
    ],
    [
      'all of them',
      [
        rejected(500),
        rejected(429),
        { kind: 'reset', delivered: true },
        { kind: 'malformed', delivered: true },
        { kind: 'hang', delivered: false },
      ],
      0.3,
    ],
  ])('loses nothing and doubles nothing whose outcome is known: %s', async (name, faults, chance) => {
    const count = 200
    const hangs = faults.some((fault) => fault.kind === 'hang')
    const { simulator, platform } = await simulated(42, hangs ? HANG_MS : undefined)
    const member = simulator.say.user('Nguyễn Văn An')
    // Each fault is drawn on its own; together they strike with `chance`.
    const each = 1 - (1 - chance) ** (1 / faults.length)
    for (const fault of faults) simulator.fail('sendMessage', fault, { times: Number.POSITIVE_INFINITY, chance: each })
    const tally = await sendAll(platform, member.id, count)
    const counts = delivered(simulator)
    const doubled = [...counts.values()].filter((times) => times > 1).length
    const ambiguousButDelivered = tally.ambiguousTexts.filter((text) => counts.has(text)).length
    const lost =
      count - tally.ambiguous - [...counts.keys()].filter((text) => !tally.ambiguousTexts.includes(text)).length
    figure(`zalo send: ${name}`, {
      count,
      tries: tally.tries,
      sent: tally.sent,
      ambiguous: tally.ambiguous,
      ambiguousButDelivered,
      lost,
      doubled,
    })
    expect({ lost, doubled, givenUp: tally.givenUp }).toEqual({ lost: 0, doubled: 0, givenUp: 0 })
    expect(tally.sent + tally.ambiguous).toBe(count)
    if (faults.every((fault) => fault.kind === 'status')) expect(tally.ambiguous).toBe(0)
  })
})

describe('receiving from Zalo under faults', () => {
  it('gets every update by polling through 5xx, 429, resets and a failing sink', async () => {
    const count = 300
    const { simulator, platform } = await simulated(7)
    const member = simulator.say.user('Trần Thị Bình')
    // Faults before an update is handed out: one torn off afterwards is gone, getUpdates has no second time.
    for (const fault of [rejected(500), rejected(429), rejected(403), { kind: 'reset', delivered: false } as const])
      simulator.fail('getUpdates', fault, { times: Number.POSITIVE_INFINITY, chance: 1 - 0.7 ** (1 / 4) })
    const inbox = new RecordingInbox()
    let calls = 0
    const stop = await platform.receive(async (events) => {
      if (calls++ % 4 === 0) inbox.failures = 1
      await inbox.sink(events)
    })
    closing.push(stop)
    for (let index = 0; index < count; index++)
      simulator.say.text(member, simulator.say.privateChat(member), `số ${index}`)
    await inbox.received(count)
    const polls = simulator.calls.filter((call) => call.method === 'getUpdates').length
    const lost = count - new Set(inbox.events.map((event) => event.text)).size
    figure('zalo poll: 30 % faults, 25 % of sink calls fail', { count, polls, sinkCalls: inbox.calls.length, lost })
    expect(inbox.events.map((event) => event.text)).toEqual(Array.from({ length: count }, (_, index) => `số ${index}`))
  })

  it.each(['polling', 'webhook'] as const)('gives repeated and reordered updates one key each: %s', async (mode) => {
    const count = 200
    const { simulator, platform, close } = await openZalo(mode, silent, { seed: 11 })
    closing.push(close)
    const inbox = new RecordingInbox()
    closing.push(await platform.receive(inbox.sink))
    const member = simulator.say.user('Lê Văn Cường')
    const group = simulator.say.group()
    const updates = Array.from({ length: count }, (_, index) =>
      simulator.say.compose('message.text.received', member, group, { text: `@${simulator.botName} số ${index}` }),
    )
    const total = simulator.deliverDisordered(updates, 0.3)
    await inbox.received(total)
    const textsByKey = new Map(inbox.events.map((event) => [event.eventKey, event.text]))
    figure(`zalo duplicates and disorder by ${mode}`, { count, delivered: total, keys: textsByKey.size })
    expect(textsByKey.size).toBe(count)
    expect(new Set(textsByKey.values()).size).toBe(count)
  })

  it('gets every update by webhook while the sink fails four times in ten', async () => {
    const count = 200
    const { simulator, platform, close } = await openZalo('webhook', silent, { seed: 5, webhookTries: 50 })
    closing.push(close)
    const inbox = new RecordingInbox()
    closing.push(
      await platform.receive(async (events) => {
        if (simulator.random() < 0.4) inbox.failures = 1
        await inbox.sink(events)
      }),
    )
    const member = simulator.say.user('Phạm Thị Dung')
    for (let index = 0; index < count; index++)
      simulator.say.text(member, simulator.say.privateChat(member), `số ${index}`)
    await inbox.received(count)
    const refused = simulator.webhookAnswers.filter((status) => status === 500).length
    figure('zalo webhook: 40 % of sink calls fail', { count, answered500: refused, stored: inbox.events.length })
    expect(new Set(inbox.events.map((event) => event.eventKey)).size).toBe(count)
  })

  it('hears nothing of small talk in groups, and refuses calls that Zalo refuses', async () => {
    const { simulator } = await simulated(3)
    expect(simulator.say.smallTalk()).toBeNull()
    expect(simulator.waiting).toBe(0)
    const call = async (method: string, params = {}) =>
      (await (
        await fetch(`${simulator.apiRoot}/bot${simulator.token}/${method}`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(params),
        })
      ).json()) as Record<string, unknown>
    expect(await call('setWebhook', { url: 'https://nep.example/webhooks/zalo' })).toMatchObject({
      ok: false,
      error_code: 400,
      description: 'The secret_token must not be empty',
    })
    expect(await call('setWebhook', { url: 'https://127.0.0.1/x', secret_token: SECRET })).toMatchObject({
      ok: false,
      error_code: 400,
    })
    expect(await call('getWebhookInfo')).toMatchObject({ ok: false, error_code: 404 })
    expect(await call('getupdates')).toMatchObject({ ok: false, error_code: 400 })
    expect(await call('getUpdates', { timeout: '1' })).toMatchObject({ ok: false, error_code: 408 })
    const byGet = await fetch(`${simulator.apiRoot}/bot${simulator.token}/getMe`)
    expect(await byGet.json()).toMatchObject({ ok: true, result: { account_type: 'BASIC' } })
  })
})
