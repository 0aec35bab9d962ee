import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { PlatformCheck } from '../../../src/engine/platform.ts'
import { createTelegram, type TelegramOptions, TelegramSetupError } from '../../../src/platforms/telegram/index.ts'
import { deriveSecret } from '../../../src/platforms/telegram/webhook.ts'
import { BOT, BotApiServer } from './bot-api-server.ts'
import { FAST } from './tuning.ts'
import { mention, message } from './updates.ts'

let server: BotApiServer
let lines: string[] = []
let stop: (() => Promise<void>) | undefined

beforeEach(async () => {
  server = await new BotApiServer().start()
  lines = []
})

afterEach(async () => {
  await stop?.()
  stop = undefined
  await server.stop()
})

function create(over: Partial<TelegramOptions> = {}) {
  const log = pino({ level: 'trace' }, { write: (line) => void lines.push(line) })
  return createTelegram({ token: BOT.token, apiRoot: server.apiRoot, log, commandMenu: [], tuning: FAST, ...over })
}

const until = (condition: () => void) => vi.waitFor(condition, { interval: 2, timeout: 5_000 })

async function checksOf(over: Partial<TelegramOptions> = {}): Promise<Record<string, PlatformCheck>> {
  const checks = await (await create(over)).check()
  return Object.fromEntries(checks.map((check) => [check.name, check]))
}

describe('the start', () => {
  it('knows the account and the names of the bot', async () => {
    const telegram = await create()
    expect(telegram).toMatchObject({ name: 'telegram', accountId: String(BOT.id), webhooks: [] })
    expect(telegram.capabilities.botNames).toEqual([`@${BOT.username}`, BOT.username])
    expect(telegram.capabilities.rate).toEqual({ perSecond: 30, perChatPerSecond: 1, perGroupPerMinute: 20 })
  })

  it('refuses a token that Telegram refuses, and options that cannot work, without showing them', async () => {
    const wrong = '123456:WRONG-canary-token'
    const attempts: Partial<TelegramOptions>[] = [
      { token: wrong },
      { token: `${wrong}/../x` },
      { webhookSecret: 'có dấu' },
      { apiRoot: 'ftp://example.vn' },
    ]
    for (const over of attempts) {
      const error = await create(over).catch((thrown: unknown) => thrown)
      expect(error).toBeInstanceOf(TelegramSetupError)
      expect(`${(error as Error).stack}`).not.toContain('canary')
    }
    expect(lines.join('')).not.toContain('canary')
  })

  it('goes on without Telegram and begins to receive once it is back', async () => {
    await server.stop()
    const telegram = await create()
    expect(telegram.accountId).toBe(String(BOT.id))
    expect(telegram.capabilities.botNames).toEqual([])
    expect((await telegram.check())[0]).toMatchObject({ name: 'telegram token', ok: false })
    const texts: string[] = []
    stop = await telegram.receive(async (events) => void texts.push(...events.map((event) => event.addressed)))
    await until(() => expect(lines.some((line) => line.includes('telegram.account.unknown'))).toBe(true))
    server.push(mention('chào'))
    await server.start()
    await until(() => expect(texts).toEqual(['mention']))
    expect(telegram.capabilities.botNames).toContain(BOT.username)
  })

  it('can be stopped while Telegram is away, and answers webhooks with 503 until it knows who it is', async () => {
    await server.stop()
    const telegram = await create({ publicUrl: 'https://bot.example.vn', webhookSecret: 's' })
    stop = await telegram.receive(async () => {})
    const headers = { 'x-telegram-bot-api-secret-token': 's' }
    const body = JSON.stringify({ update_id: 1, ...message('x') })
    const request = new Request('https://bot.example.vn/webhooks/telegram', { method: 'POST', headers, body })
    expect((await telegram.webhooks[0]!.handle(request)).status).toBe(503)
    await stop()
  })

  it('tells at the start what the bot may hear', async () => {
    stop = await (await create()).receive(async () => {})
    await until(() => expect(lines.some((line) => line.includes('"readsAllGroupMessages":false'))).toBe(true))
  })
})

describe('the command menu', () => {
  const commandMenu = [
    { command: 'tonghop', description: 'Tổng hợp đăng ký của chi bộ' },
    { command: 'Không được', description: 'x' },
  ]

  it('is put up for every language and for Vietnamese, without what Telegram would refuse', async () => {
    stop = await (await create({ commandMenu })).receive(async () => {})
    await until(() => expect(server.callsOf('setMyCommands').length).toBe(2))
    const commands = [commandMenu[0]]
    expect(server.callsOf('setMyCommands').map((call) => call.payload)).toEqual([
      { commands },
      { commands, language_code: 'vi' },
    ])
  })

  it('stops nothing when it fails', async () => {
    server.plan = (call) =>
      call.method === 'setMyCommands' ? { kind: 'status', status: 500, body: '{"message":"no"}' } : undefined
    const texts: string[] = []
    server.push(message('chào'))
    stop = await (await create({ commandMenu })).receive(
      async (events) => void texts.push(...events.map((event) => event.text)),
    )
    await until(() => expect(texts).toEqual(['chào']))
    await until(() => expect(lines.some((line) => line.includes('telegram.menu.failed'))).toBe(true))
  })
})

describe('the checks', () => {
  it('are all in order with privacy mode on', async () => {
    const checks = await checksOf()
    expect(Object.values(checks).every((check) => check.ok)).toBe(true)
    expect(Object.keys(checks).sort()).toEqual(
      ['telegram clock', 'telegram groups', 'telegram privacy', 'telegram token', 'telegram webhook'].sort(),
    )
    expect(checks['telegram privacy']?.detail).toContain('is on')
    expect(checks['telegram token']?.detail).toContain(`@${BOT.username}`)
  })

  it('say so when privacy mode is off or groups are closed', async () => {
    server.me = { ...server.me, can_read_all_group_messages: true, can_join_groups: false }
    const checks = await checksOf()
    expect(checks['telegram privacy']?.detail).toContain('OFF')
    expect(checks['telegram groups']).toMatchObject({ ok: false, detail: expect.stringContaining('/setjoingroups') })
  })

  it('show the webhook: what waits, the last error, whether it is ours; never the token in it', async () => {
    const date = Math.floor(Date.now() / 1000) - 60
    server.webhook = {
      url: `https://old.example.vn/${BOT.token}`,
      pending_update_count: 321,
      last_error_date: date,
      last_error_message: 'Wrong response from the webhook: 502 Bad Gateway',
    }
    const { detail, ok } = (await checksOf({ publicUrl: 'https://bot.example.vn' }))['telegram webhook']!
    expect(ok).toBe(false)
    expect(detail).toMatch(
      /321 updates wait.*502 Bad Gateway.*should be https:\/\/bot\.example\.vn\/webhooks\/telegram/s,
    )
    expect(detail).not.toContain(BOT.token)
  })

  it('notice a clock that is wrong', async () => {
    server.plan = (call) => {
      const date = new Date(Date.now() - 600_000).toUTCString()
      if (call.method !== 'getWebhookInfo') return undefined
      return { kind: 'status', status: 200, body: '{"ok":true,"result":{"url":""}}', headers: { date } }
    }
    expect((await checksOf())['telegram clock']).toMatchObject({
      ok: false,
      detail: expect.stringMatching(/(599|600)\.\d s ahead/),
    })
  })

  it('survive a server that answers nothing of Telegram’s', async () => {
    const telegram = await create()
    server.plan = () => ({ kind: 'status', status: 500, body: '{"message":"not supported"}' })
    const checks = await telegram.check()
    expect(checks.map((check) => [check.name, check.ok])).toEqual([
      ['telegram token', false],
      ['telegram webhook', false],
      ['telegram clock', true],
    ])
  })
})

describe('the webhook commands', () => {
  it('set, show and delete', async () => {
    const { webhook } = await create()
    expect(await webhook!.set('https://bot.example.vn/')).toMatchObject({ ok: true })
    expect(server.callsOf('setWebhook')[0]?.payload).toMatchObject({
      url: 'https://bot.example.vn/webhooks/telegram',
      secret_token: deriveSecret(BOT.token),
    })
    expect((await webhook!.info()).detail).toContain('https://bot.example.vn/webhooks/telegram')
    expect(await webhook!.delete()).toMatchObject({ ok: true })
    expect(server.webhook.url).toBe('')
    server.plan = () => ({
      kind: 'refuse',
      code: 400,
      description: 'Bad Request: bad webhook: HTTPS url must be provided for webhook',
    })
    expect(await webhook!.set('http://bot.example.vn')).toMatchObject({ ok: false })
  })
})
