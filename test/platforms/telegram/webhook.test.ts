import { createAdaptorServer } from '@hono/node-server'
import { Hono } from 'hono'
import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { InboundEvent, Platform, Sink } from '../../../src/engine/platform.ts'
import { createTelegram } from '../../../src/platforms/telegram/index.ts'
import { deriveSecret, isSecret } from '../../../src/platforms/telegram/webhook.ts'
import { BOT, BotApiServer } from './bot-api-server.ts'
import { FAST } from './tuning.ts'
import { message } from './updates.ts'

const PUBLIC_URL = 'https://bot.example.vn'
const SECRET = 'a-webhook_secret'
const HEADER = 'x-telegram-bot-api-secret-token'

let server: BotApiServer
let telegram: Platform
let stop: (() => Promise<void>) | undefined
let logged: Record<string, unknown>[] = []

beforeEach(async () => {
  server = await new BotApiServer().start()
  logged = []
  telegram = await create()
})

afterEach(async () => {
  await stop?.()
  stop = undefined
  await server.stop()
})

function create(webhookSecret: string | undefined = SECRET): Promise<Platform> {
  const log = pino({ level: 'trace' }, { write: (line) => logged.push(JSON.parse(line)) })
  const options = { token: BOT.token, apiRoot: server.apiRoot, publicUrl: PUBLIC_URL, webhookSecret }
  return createTelegram({ ...options, log, commandMenu: [], tuning: FAST })
}

function post(body: BodyOf, headers: Record<string, string> = { [HEADER]: SECRET }): Promise<Response> {
  const request = new Request(`${PUBLIC_URL}/webhooks/telegram`, {
    method: 'POST',
    body,
    headers,
    duplex: 'half',
  } as RequestInit)
  return telegram.webhooks[0]!.handle(request)
}
type BodyOf = string | ReadableStream

const update = (text: string) => JSON.stringify({ update_id: server.nextUpdateId++, ...message(text) })
const until = (condition: () => void) => vi.waitFor(condition, { interval: 2, timeout: 5_000 })

describe('the webhook', () => {
  it('is registered with its secret and the kinds of update, again and again until Telegram listens', async () => {
    let failures = 3
    server.plan = (call) =>
      call.method === 'setWebhook' && failures-- > 0 ? { kind: 'status', status: 502 } : undefined
    stop = await telegram.receive(async () => {})
    await until(() => expect(server.webhook.url).toBe(`${PUBLIC_URL}/webhooks/telegram`))
    const calls = server.callsOf('setWebhook')
    expect(calls.length).toBe(4)
    expect(calls.at(-1)?.payload).toEqual({
      url: `${PUBLIC_URL}/webhooks/telegram`,
      secret_token: SECRET,
      allowed_updates: ['message', 'edited_message', 'callback_query', 'my_chat_member'],
    })
    expect(server.callsOf('getUpdates')).toEqual([])
    expect(server.callsOf('deleteWebhook')).toEqual([])
  })

  it('takes updates over real HTTP and answers only when they are durable', async () => {
    const app = new Hono()
    for (const route of telegram.webhooks)
      app.post(`/webhooks/${route.path}`, (context) => route.handle(context.req.raw))
    const web = createAdaptorServer({ fetch: app.fetch })
    await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve))
    const address = web.address() as { port: number }
    const url = `http://127.0.0.1:${address.port}/webhooks/telegram`
    const stored: string[] = []
    let letGo = () => {}
    const held = new Promise<void>((resolve) => (letGo = resolve))
    stop = await telegram.receive(async (events) => {
      await held
      stored.push(...events.map((event) => event.text))
    })
    let answered = false
    const asking = fetch(url, { method: 'POST', headers: { [HEADER]: SECRET }, body: update('đk: một việc') }).then(
      (response) => {
        answered = true
        return response
      },
    )
    await new Promise((resolve) => setImmediate(resolve))
    expect(answered).toBe(false)
    letGo()
    expect((await asking).status).toBe(200)
    expect(stored).toEqual(['đk: một việc'])
    expect((await fetch(url, { method: 'POST', body: update('x') })).status).toBe(401)
    await new Promise((resolve) => web.close(resolve))
  })

  it('bounds the body by what arrives, not by what is claimed', async () => {
    const calls: InboundEvent[] = []
    stop = await telegram.receive(async (events) => void calls.push(...events))
    let pulled = 0
    const endless = new ReadableStream({
      pull(controller) {
        pulled += 1
        controller.enqueue(new TextEncoder().encode('x'.repeat(10_000)))
      },
    })
    expect((await post(endless)).status).toBe(413)
    expect(pulled).toBeLessThan(40)
    expect((await post('{}', { [HEADER]: SECRET, 'content-length': '99999999' })).status).toBe(413)
    expect(calls).toEqual([])
    // A long text with a long quote is well within.
    const large = {
      ...message('ế'.repeat(4_096)).message,
      reply_to_message: { message_id: 1, text: 'ế'.repeat(20_000) },
    }
    expect((await post(JSON.stringify({ update_id: 1, message: large }))).status).toBe(200)
    expect(calls.length).toBe(1)
  })

  it('looks at the secret before it reads anything', async () => {
    stop = await telegram.receive(async () => {})
    let pulled = false
    const pull = () => {
      pulled = true
    }
    const body = new ReadableStream({ pull }, { highWaterMark: 0 })
    expect((await post(body, { [HEADER]: 'wrong' })).status).toBe(401)
    expect(pulled).toBe(false)
  })

  it('acknowledges what carries nothing for us, and refuses other methods', async () => {
    const calls: unknown[] = []
    stop = await telegram.receive(async (events) => void calls.push(events))
    expect((await post(JSON.stringify({ update_id: 1, poll: {} }))).status).toBe(200)
    expect((await post(JSON.stringify({ update_id: 2, message: { message_id: 'x' } }))).status).toBe(200)
    expect(calls).toEqual([])
    const get = new Request(`${PUBLIC_URL}/webhooks/telegram`, { headers: { [HEADER]: SECRET } })
    expect((await telegram.webhooks[0]!.handle(get)).status).toBe(405)
  })

  it('logs refusals once, not each', async () => {
    stop = await telegram.receive(async () => {})
    for (let index = 0; index < 50; index++) await post('{}', {})
    expect(logged.filter((line) => line.event === 'telegram.webhook.refused').length).toBe(1)
  })

  it('waits with stopping for the request under way, then asks Telegram to come again', async () => {
    let letGo = () => {}
    let entered = false
    const held = new Promise<void>((resolve) => (letGo = resolve))
    const sink: Sink = async () => {
      entered = true
      await held
    }
    const end = await telegram.receive(sink)
    const asking = post(update('một'))
    await until(() => expect(entered).toBe(true))
    let isStopped = false
    const stopping = end().then(() => (isStopped = true))
    await new Promise((resolve) => setImmediate(resolve))
    expect(isStopped).toBe(false)
    letGo()
    expect((await asking).status).toBe(200)
    await stopping
    expect((await post(update('hai'))).status).toBe(503)
  })
})

describe('the secret', () => {
  it('is derived from the token where none is set: the same everywhere, in Telegram’s alphabet', async () => {
    expect(deriveSecret(BOT.token)).toMatch(/^[A-Za-z0-9_-]{43}$/)
    expect(deriveSecret(BOT.token)).toBe(deriveSecret(BOT.token))
    expect(deriveSecret(BOT.token)).not.toBe(deriveSecret(`${BOT.token}x`))
    const log = pino({ level: 'silent' })
    const options = { token: BOT.token, apiRoot: server.apiRoot, publicUrl: PUBLIC_URL }
    const other = await createTelegram({ ...options, log, commandMenu: [], tuning: FAST })
    stop = await other.receive(async () => {})
    await until(() => expect(server.callsOf('setWebhook')[0]?.payload.secret_token).toBe(deriveSecret(BOT.token)))
  })

  it('is compared whatever the lengths', () => {
    expect(isSecret(SECRET, SECRET)).toBe(true)
    for (const wrong of [null, '', SECRET.slice(1), `${SECRET} `, SECRET.toUpperCase(), 'ế'])
      expect(isSecret(wrong, SECRET)).toBe(false)
  })
})
