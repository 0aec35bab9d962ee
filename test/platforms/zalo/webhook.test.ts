import pino from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { createZalo } from '../../../src/platforms/zalo/index.ts'
import { RecordingInbox, until } from '../contract/bench.ts'
import { deferred } from './deferred.ts'
import { openZalo, SECRET, type ZaloDriver } from './driver.ts'

const silent = pino({ level: 'silent' })
const closing: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

const sample = (event_name = 'message.text.received') => ({
  event_name,
  message: {
    from: { id: 'abc', display_name: 'An', is_bot: false },
    chat: { id: 'abc', chat_type: 'PRIVATE' },
    text: 'Xin chào',
    message_id: 'm1',
    date: Date.UTC(2026, 9, 3),
  },
})

async function route(log = silent) {
  const platform = await createZalo({
    token: '777:key',
    botNames: [],
    webhookSecret: SECRET,
    publicUrl: 'https://nep.example',
    log,
    fetch: async () => new Response(null, { status: 404 }),
  })
  const inbox = new RecordingInbox()
  const stop = await platform.receive(inbox.sink)
  closing.push(stop)
  const [webhook] = platform.webhooks
  const request = (init: RequestInit & { duplex?: 'half' }) =>
    new Request('https://nep.example/webhooks/zalo', { method: 'POST', ...init })
  const post = async (init: Parameters<typeof request>[0]) => (await webhook!.handle(request(init))).status
  return { inbox, stop, post, webhook: webhook! }
}

const headers = { 'x-bot-api-secret-token': SECRET }

describe('the webhook of Zalo', () => {
  it('stands under /webhooks/zalo, and only where there is a public address', async () => {
    expect((await route()).webhook.path).toBe('zalo')
    expect((await createZalo({ token: '777:key', botNames: [], webhookSecret: SECRET, log: silent })).webhooks).toEqual(
      [],
    )
  })

  it('answers the trial request of setWebhook, which has neither secret nor body', async () => {
    const { post, inbox } = await route()
    expect(await post({})).toBe(200)
    expect(await post({ body: '' })).toBe(200)
    expect(await post({ headers, body: ' ' })).toBe(200)
    expect(inbox.calls).toEqual([])
  })

  it('takes both envelopes, any content type and none', async () => {
    const { post, inbox } = await route()
    expect(await post({ headers, body: JSON.stringify(sample()) })).toBe(200)
    expect(await post({ headers, body: JSON.stringify({ ok: true, result: sample() }) })).toBe(200)
    expect(
      await post({
        headers: { ...headers, 'content-type': 'application/json' },
        body: Buffer.from(JSON.stringify(sample())),
      }),
    ).toBe(200)
    expect(inbox.events.map((event) => event.eventKey)).toEqual(Array(3).fill('abc|m1|message.text.received'))
  })

  it('acknowledges unknown events and hands nothing on', async () => {
    const { post, inbox } = await route()
    expect(await post({ headers, body: JSON.stringify(sample('message.link.received')) })).toBe(200)
    expect(inbox.calls).toEqual([])
  })

  it('answers 405 to anything but POST', async () => {
    const { webhook } = await route()
    for (const method of ['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])
      expect((await webhook.handle(new Request('https://nep.example/webhooks/zalo', { method, headers }))).status).toBe(
        405,
      )
  })

  it('stops reading after 64 KB, announced or not', async () => {
    const { post, inbox } = await route()
    const body = JSON.stringify({ ...sample(), pad: 'x'.repeat(65_536) })
    expect(await post({ headers, body })).toBe(413)
    let pulled = 0
    const endless = () =>
      new ReadableStream({
        pull(controller) {
          pulled++
          controller.enqueue(new Uint8Array(16_384).fill(32))
        },
      })
    expect(await post({ headers, body: endless(), duplex: 'half' })).toBe(413)
    expect(await post({ body: endless(), duplex: 'half' })).toBe(401)
    expect(pulled).toBeLessThan(20)
    expect(inbox.calls).toEqual([])
  })

  it('answers 400 to a body that breaks off or is not UTF-8', async () => {
    const { post } = await route()
    const broken = new ReadableStream({ start: (controller) => controller.error(new Error('gone')) })
    expect(await post({ headers, body: broken, duplex: 'half' })).toBe(400)
    expect(await post({ headers, body: Buffer.from([0x7b, 0xff, 0x7d]) })).toBe(400)
  })

  it('stops only when what it has taken in is stored', async () => {
    const { post, inbox, stop } = await route()
    const storing = deferred()
    inbox.beforeStored = () => storing.promise
    const answering = post({ headers, body: JSON.stringify(sample()) })
    await until(() => expect(inbox.calls.length).toBe(1))
    let isStopped = false
    const stopping = stop().then(() => {
      isStopped = true
    })
    await new Promise((resolve) => setImmediate(resolve))
    expect(isStopped).toBe(false)
    storing.resolve()
    await stopping
    expect(await answering).toBe(200)
    expect(inbox.events.length).toBe(1)
  })

  it('tells the log of refused requests once a minute, not each time', async () => {
    const lines: string[] = []
    const { post } = await route(pino({ level: 'warn' }, { write: (line: string) => void lines.push(line) }))
    for (let index = 0; index < 500; index++)
      await post({ headers: { 'x-bot-api-secret-token': `guess-${index}` }, body: '{}' })
    const refusals = lines.filter((line) => line.includes('zalo-webhook-refused'))
    expect(refusals.length).toBe(1)
    expect(lines.join('')).not.toContain('guess')
  })
})

describe("the operator's commands for Zalo", () => {
  async function opened(mode: 'polling' | 'webhook'): Promise<ZaloDriver> {
    const driver = await openZalo(mode, silent)
    closing.push(() => driver.close())
    driver.simulator.webhook = null
    return driver
  }
  const found = async ({ platform }: ZaloDriver) =>
    Object.fromEntries((await platform.check()).map(({ name, ok }) => [name, ok]))

  it('finds a polling bot in order when no webhook is set, and not when one is', async () => {
    const driver = await opened('polling')
    expect(await found(driver)).toEqual({ 'zalo token': true, 'zalo webhook': true, 'zalo bot names': true })
    expect(await driver.platform.webhook!.set('https://nep.example/')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('could not reach'),
    })
    expect(driver.simulator.webhook).toMatchObject({ url: 'https://nep.example/webhooks/zalo', secret: SECRET })
    expect(await found(driver)).toMatchObject({ 'zalo webhook': false })
  })

  it('finds a webhook bot in order only when Zalo holds our address', async () => {
    const driver = await opened('webhook')
    expect(await found(driver)).toMatchObject({ 'zalo webhook': false })
    expect((await driver.platform.webhook!.info()).detail).toContain('none is set')
    await driver.platform.webhook!.set('https://nep.example')
    expect(await found(driver)).toMatchObject({ 'zalo webhook': true })
    expect(await driver.platform.webhook!.info()).toMatchObject({ ok: true })
  })

  it('deletes a webhook, and is content when there was none', async () => {
    const { platform, simulator } = await opened('webhook')
    await platform.webhook!.set('https://nep.example')
    expect(await platform.webhook!.delete()).toMatchObject({ ok: true, detail: expect.stringContaining('deleted') })
    expect(simulator.webhook).toBeNull()
    for (let tries = 0; tries < 4; tries++)
      expect(await platform.webhook!.delete()).toMatchObject({ ok: true, detail: 'none was set' })
  })

  it('says in its own words what Zalo refuses', async () => {
    const { platform, simulator } = await opened('webhook')
    expect(await platform.webhook!.set('https://192.168.1.2')).toMatchObject({
      ok: false,
      detail: 'setWebhook failed (refused 400)',
    })
    simulator.fail('*', { kind: 'status', status: 401 }, { times: 2 })
    const details = (await platform.check()).map((check) => check.detail)
    expect(details).toContain('getMe failed (refused 401): take a new token from Zalo Bot Creator')
    expect(details).toContain('not known (refused 401)')
  })

  it('finds fault with names that cannot be the bot’s', async () => {
    for (const botNames of [[], ['Nếp']]) {
      const platform = await createZalo({
        token: '777:key',
        botNames,
        log: silent,
        fetch: async () => new Response(null, { status: 404 }),
      })
      expect((await platform.check()).find((check) => check.name === 'zalo bot names')?.ok).toBe(false)
    }
  })
})
