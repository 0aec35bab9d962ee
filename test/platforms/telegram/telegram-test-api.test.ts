/** Against a server that others wrote: no long polling, no offset, foreign errors, results without most fields. */
import { createServer } from 'node:net'
import pino from 'pino'
import testApi from 'telegram-test-api'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { InboundEvent, Platform } from '../../../src/engine/platform.ts'
import { createTelegram } from '../../../src/platforms/telegram/index.ts'
import { FAST } from './tuning.ts'

// A CommonJS module whose export is the class itself; its types say otherwise.
const TelegramServer = testApi as unknown as typeof testApi.default

const TOKEN = '666:canary-token_of_the_test_api'

let peer: InstanceType<typeof TelegramServer>
let telegram: Platform
let stop: (() => Promise<void>) | undefined
let lines: string[] = []
let events: InboundEvent[] = []

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve))
  const { port } = probe.address() as { port: number }
  await new Promise((resolve) => probe.close(resolve))
  return port
}

beforeEach(async () => {
  lines = []
  events = []
  peer = new TelegramServer({ port: await freePort(), host: '127.0.0.1' })
  await peer.start()
  const log = pino({ level: 'trace' }, { write: (line) => void lines.push(line) })
  const commandMenu = [{ command: 'tonghop', description: 'Tổng hợp' }]
  telegram = await createTelegram({
    token: TOKEN,
    apiRoot: peer.config.apiURL,
    log,
    commandMenu,
    tuning: { ...FAST, idleMs: 20 },
  })
})

afterEach(async () => {
  await stop?.()
  stop = undefined
  await peer.stop()
  expect(lines.join('')).not.toContain(TOKEN)
})

async function receive(): Promise<void> {
  stop = await telegram.receive(async (batch) => void events.push(...batch))
}

const until = (condition: () => void) => vi.waitFor(condition, { interval: 2, timeout: 5_000 })
const group = { chatId: -500, type: 'group', chatTitle: 'Chi bộ 3', userId: 7, firstName: 'Bình' } as const

describe('against telegram-test-api', () => {
  it('is the bot that the server says it is', () => {
    expect(telegram.accountId).toBe('666')
    expect(telegram.capabilities.botNames).toContain('TestNameBot')
  })

  it('hears private messages, commands, mentions and presses, each once', async () => {
    await receive()
    const person = peer.getClient(TOKEN, { userId: 5, chatId: 5, firstName: 'An' })
    const member = peer.getClient(TOKEN, group)
    await person.sendMessage(person.makeMessage('đk: đọc sách'))
    await member.sendCommand(member.makeCommand('/tonghop@TestNameBot quý 1'))
    await member.sendCommand(member.makeCommand('/tonghop@OtherBot'))
    await member.sendMessage(member.makeMessage('nhờ @TestNameBot đk: trồng cây'))
    await person.sendCallback(person.makeCallbackQuery('pick:1', { message: { message_id: 3 } } as never))
    await until(() => expect(events.length).toBe(5))
    expect(events.map((event) => [event.kind, event.addressed, event.chat.kind, event.sender.id])).toEqual([
      ['message', 'private', 'private', '5'],
      ['message', 'command', 'group', '7'],
      ['message', 'none', 'group', '7'],
      ['message', 'mention', 'group', '7'],
      ['action', 'private', 'private', '5'],
    ])
    expect(new Set(events.map((event) => event.eventKey)).size).toBe(5)
    expect(events[4]?.action?.token).toBe('pick:1')
  })

  it('does not ask more often than its pause although the server never holds back', async () => {
    let asked = 0
    const original = peer.getUpdates.bind(peer)
    peer.getUpdates = (token: string) => {
      asked += 1
      return original(token)
    }
    const startedAt = performance.now()
    await receive()
    await until(() => expect(asked).toBeGreaterThanOrEqual(8))
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(7 * 19)
  })

  it('sends a text with buttons that the person sees', async () => {
    const person = peer.getClient(TOKEN, { userId: 5, chatId: 5 })
    const choices = [{ label: 'Có mặt', token: 'a:1' }]
    const message = {
      key: 'k',
      chat: { id: '5', kind: 'private' as const },
      text: 'Đồng chí có dự họp không?',
      choices,
    }
    expect(await telegram.send(message, new AbortController().signal)).toMatchObject({
      outcome: 'sent',
      messageId: expect.any(String),
    })
    const seen = await person.getUpdates()
    expect(seen.result[0]?.message).toMatchObject({
      text: 'Đồng chí có dự họp không?',
      reply_markup: { inline_keyboard: [[{ text: 'Có mặt', callback_data: 'a:1' }]] },
    })
    await telegram.acknowledgePress?.('1', 'Đã ghi')
  })

  it('survives methods that the server answers with an error that is not Telegram’s', async () => {
    const photo = { bytes: new Uint8Array(10), fileName: 'a.png' }
    const message = { key: 'k', chat: { id: '5', kind: 'private' as const }, text: 'x', photo }
    expect(await telegram.send(message, new AbortController().signal)).toMatchObject({
      outcome: 'retry',
      code: 'serverError',
    })
    const checks = await telegram.check()
    expect(checks.find((check) => check.name === 'telegram token')?.ok).toBe(true)
    expect(checks.find((check) => check.name === 'telegram webhook')?.ok).toBe(false)
    await receive()
    await until(() => expect(lines.some((line) => line.includes('telegram.menu.failed'))).toBe(true))
  })
})
