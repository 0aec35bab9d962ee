import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { OutboundMessage, Platform, SendOutcome } from '../../../src/engine/platform.ts'
import { createTelegram } from '../../../src/platforms/telegram/index.ts'
import { BOT, BotApiServer, type ServerFault } from './bot-api-server.ts'
import { FAST } from './tuning.ts'

let server: BotApiServer
let telegram: Platform

beforeEach(async () => {
  server = await new BotApiServer().start()
  const log = pino({ level: 'silent' })
  telegram = await createTelegram({ token: BOT.token, apiRoot: server.apiRoot, log, commandMenu: [], tuning: FAST })
})

afterEach(() => server.stop())

let keys = 0
function send(over: Partial<OutboundMessage>, signal = new AbortController().signal): Promise<SendOutcome> {
  return telegram.send({ key: `k${keys++}`, chat: { id: '-100200', kind: 'group' }, text: 'chào', ...over }, signal)
}

/** The next calls of sending methods meet these, in order. */
function failNext(...faults: (ServerFault | undefined)[]): void {
  server.plan = (call) => (call.method.startsWith('send') ? faults.shift() : undefined)
}

function refusal(code: number, description: string, parameters?: Record<string, unknown>): ServerFault {
  return { kind: 'refuse', code, description, parameters }
}

describe('what is sent', () => {
  it('is plain text without previews, with buttons, in its topic, as a reply that may lose its original', async () => {
    const choices = [
      { label: '1. Có mặt', token: 'a:1' },
      { label: '2. Vắng', token: 'a:2' },
    ]
    const chat = { id: '-1001234567890', kind: 'group' as const, threadId: '12' }
    expect(await send({ chat, replyTo: '55', text: '<b>x</b> *y* @z', choices })).toEqual({
      outcome: 'sent',
      messageId: '9000',
    })
    expect(server.sent[0]?.payload).toEqual({
      chat_id: -1001234567890,
      message_thread_id: 12,
      reply_parameters: { message_id: 55, allow_sending_without_reply: true },
      text: '<b>x</b> *y* @z',
      link_preview_options: { is_disabled: true },
      reply_markup: {
        inline_keyboard: [
          [
            { text: '1. Có mặt', callback_data: 'a:1' },
            { text: '2. Vắng', callback_data: 'a:2' },
          ],
        ],
      },
    })
  })

  it('never names the General topic', async () => {
    await send({ chat: { id: '-1001', kind: 'group', threadId: '1' } })
    expect(server.sent[0]?.payload).not.toHaveProperty('message_thread_id')
  })

  it('puts long labels one below the other', async () => {
    const choices = ['Đọc hai cuốn sách về Bác', 'Giúp một hộ nghèo'].map((label, index) => ({
      label,
      token: `t${index}`,
    }))
    await send({ choices })
    const markup = server.sent[0]?.payload.reply_markup as { inline_keyboard: unknown[][] }
    expect(markup.inline_keyboard.map((row) => row.length)).toEqual([1, 1])
  })

  it('carries a picture with its caption, and a document with a Vietnamese name, byte for byte', async () => {
    const bytes = Uint8Array.from({ length: 70_000 }, (_, index) => index % 251)
    const choices = [{ label: 'Duyệt', token: 'ok' }]
    expect(await send({ photo: { bytes, fileName: 'tong hop.png' }, text: 'Tổng hợp', choices })).toMatchObject({
      outcome: 'sent',
    })
    const document = { bytes, fileName: 'Báo cáo; quý "1".xlsx', mimeType: 'application/vnd.ms-excel' }
    expect(await send({ document, text: 'Báo cáo' })).toMatchObject({ outcome: 'sent' })
    const [photo, file] = server.sent
    expect(photo).toMatchObject({ method: 'sendPhoto', payload: { caption: 'Tổng hợp', chat_id: '-100200' } })
    expect(JSON.parse(String(photo?.payload.reply_markup))).toEqual({
      inline_keyboard: [[{ text: 'Duyệt', callback_data: 'ok' }]],
    })
    expect(file).toMatchObject({ method: 'sendDocument', payload: { caption: 'Báo cáo' } })
    for (const call of [photo, file]) expect(Buffer.compare(Object.values(call!.files)[0]!.bytes, bytes)).toBe(0)
    expect(Object.values(file!.files)[0]?.fileName).toBe('Báo cáo; quý _1_.xlsx')
  })

  it('sends a text too long for a caption after the picture, and on a retry only what is missing', async () => {
    const message = { key: 'long', photo: { bytes: new Uint8Array(10), fileName: 'a.png' }, text: 'ấ'.repeat(1_500) }
    failNext(undefined, { kind: 'status', status: 502 })
    expect(await send(message)).toMatchObject({ outcome: 'retry' })
    expect(await send(message)).toMatchObject({ outcome: 'sent' })
    expect(server.sent.map((call) => call.method)).toEqual(['sendPhoto', 'sendMessage'])
    expect(server.sent[0]?.payload).not.toHaveProperty('caption')
  })

  it('sends the text alone where the picture is refused', async () => {
    failNext(refusal(400, 'Bad Request: PHOTO_INVALID_DIMENSIONS'))
    expect(await send({ photo: { bytes: new Uint8Array(10), fileName: 'a.png' } })).toMatchObject({ outcome: 'sent' })
    expect(server.sent.map((call) => call.method)).toEqual(['sendMessage'])
  })

  it('goes to the group where its topic was deleted', async () => {
    failNext(refusal(400, 'Bad Request: message thread not found'))
    expect(await send({ chat: { id: '-1001', kind: 'group', threadId: '9' } })).toMatchObject({ outcome: 'sent' })
    expect(server.sent[0]?.payload).not.toHaveProperty('message_thread_id')
  })

  it('is refused before it leaves where it could only go wrong', async () => {
    const token = (text: string) => ({ choices: [{ label: 'x', token: text }] })
    const cases: [Partial<OutboundMessage>, string][] = [
      [token(''), 'badChoice'],
      [token('x'.repeat(65)), 'badChoice'],
      [token('ế'), 'badChoice'],
      [{ text: 'x'.repeat(4_097) }, 'tooLong'],
      [{ text: ' \n' }, 'textEmpty'],
      [{ chat: { id: '@nhom', kind: 'group' } }, 'badChatId'],
      [{ ephemeral: true, onlyFor: '5' }, 'ephemeralUnsupported'],
    ]
    for (const [over, code] of cases) expect(await send(over)).toEqual({ outcome: 'giveUp', code })
    expect(await send(token('x'.repeat(64)))).toMatchObject({ outcome: 'sent' })
    expect(server.callsOf('sendMessage').length).toBe(1)
  })
})

describe('what became of it', () => {
  it.each<[string, ServerFault, SendOutcome]>([
    [
      '429',
      refusal(429, 'Too Many Requests: retry after 33', { retry_after: 33 }),
      { outcome: 'retry', afterMs: 33_000, code: 'tooManyRequests' },
    ],
    [
      '429 of a proxy',
      { kind: 'status', status: 429, headers: { 'retry-after': '4' } },
      { outcome: 'retry', afterMs: 4_000, code: 'tooManyRequests' },
    ],
    [
      '429 without a time',
      refusal(429, 'Too Many Requests'),
      { outcome: 'retry', afterMs: undefined, code: 'tooManyRequests' },
    ],
    [
      'upgraded',
      refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat', { migrate_to_chat_id: -1001234567890 }),
      { outcome: 'migrated', newChatId: '-1001234567890' },
    ],
    [
      'upgraded to what',
      refusal(400, 'Bad Request: group chat was upgraded to a supergroup chat'),
      { outcome: 'retry', afterMs: 30_000, code: 'migrated' },
    ],
    [
      'kicked',
      refusal(403, 'Forbidden: bot was kicked from the group chat'),
      { outcome: 'giveUp', code: 'botKicked', chatGone: true },
    ],
    [
      'blocked',
      refusal(403, 'Forbidden: bot was blocked by the user'),
      { outcome: 'giveUp', code: 'botBlocked', chatGone: true },
    ],
    [
      'deactivated',
      refusal(403, 'Forbidden: user is deactivated'),
      { outcome: 'giveUp', code: 'userDeactivated', chatGone: true },
    ],
    [
      'never started',
      refusal(403, "Forbidden: bot can't initiate conversation with a user"),
      { outcome: 'giveUp', code: 'notStarted', chatGone: true },
    ],
    [
      'no chat',
      refusal(400, 'Bad Request: chat not found'),
      { outcome: 'giveUp', code: 'chatNotFound', chatGone: true },
    ],
    [
      'no rights',
      refusal(400, 'Bad Request: not enough rights to send text messages to the chat'),
      { outcome: 'giveUp', code: 'noRights' },
    ],
    [
      'not modified',
      refusal(400, 'Bad Request: message is not modified: specified new message content…'),
      { outcome: 'sent' },
    ],
    ['something else', refusal(400, 'Bad Request: SOMETHING_NEW'), { outcome: 'giveUp', code: 'badRequest' }],
    ['token revoked', refusal(401, 'Unauthorized'), { outcome: 'giveUp', code: 'unauthorized', accountInvalid: true }],
    ['token unknown', refusal(404, 'Not Found'), { outcome: 'giveUp', code: 'unknownBot', accountInvalid: true }],
    [
      '500',
      refusal(500, 'Internal Server Error: restart'),
      { outcome: 'retry', afterMs: undefined, code: 'serverError' },
    ],
    ['502 of a proxy', { kind: 'status', status: 502 }, { outcome: 'retry', afterMs: undefined, code: 'serverError' }],
    ['504', { kind: 'status', status: 504 }, { outcome: 'ambiguous', code: 'gatewayTimeout' }],
    ['a block page', { kind: 'status', status: 403 }, { outcome: 'retry', afterMs: undefined, code: 'forbidden' }],
    [
      'a redirect',
      { kind: 'status', status: 302, headers: { location: 'http://127.0.0.1:1/' } },
      { outcome: 'retry', afterMs: undefined, code: 'badRequest' },
    ],
    [
      'an error that is not Telegram’s',
      { kind: 'status', status: 500, body: '{"message":"no"}' },
      { outcome: 'retry', afterMs: undefined, code: 'serverError' },
    ],
    [
      'refused without a code',
      { kind: 'status', status: 200, body: '{"ok":false}' },
      { outcome: 'retry', afterMs: undefined, code: 'badRequest' },
    ],
    ['reset', { kind: 'reset' }, { outcome: 'ambiguous', code: 'network.ECONNRESET' }],
    ['hang', { kind: 'hang' }, { outcome: 'ambiguous', code: 'network.timeout' }],
    ['rubbish', { kind: 'malformed' }, { outcome: 'ambiguous', code: 'network.badAnswer' }],
    ['another JSON', { kind: 'status', status: 200, body: '[]' }, { outcome: 'ambiguous', code: 'network.badAnswer' }],
    ['answer cut short', { kind: 'cut' }, { outcome: 'ambiguous', code: expect.stringMatching(/^network\./) as never }],
  ])('%s', async (_what, fault, outcome) => {
    failNext(fault)
    expect(await send({})).toEqual(outcome)
  })

  it('a picture follows the same table', async () => {
    const photo = { bytes: new Uint8Array(200_000), fileName: 'a.png' }
    failNext({ kind: 'reset' }, { kind: 'hang' }, refusal(429, 'Too Many Requests', { retry_after: 2 }))
    expect((await send({ photo })).outcome).toBe('ambiguous')
    expect((await send({ photo })).outcome).toBe('ambiguous')
    expect(await send({ photo })).toMatchObject({ outcome: 'retry', afterMs: 2_000 })
  })

  it('a server that is away, or a name that does not resolve, or TLS that fails: nothing left', async () => {
    await server.stop()
    expect(await send({})).toMatchObject({ outcome: 'retry', code: 'network.ECONNREFUSED' })
    await server.start()
    const log = pino({ level: 'silent' })
    for (const apiRoot of ['http://nothing.invalid', server.apiRoot.replace('http:', 'https:')]) {
      const other = await createTelegram({ token: BOT.token, apiRoot, log, commandMenu: [], tuning: FAST })
      const message = { key: 'k', chat: { id: '5', kind: 'private' as const }, text: 'x' }
      expect(await other.send(message, new AbortController().signal), apiRoot).toMatchObject({ outcome: 'retry' })
    }
    expect(server.sent).toEqual([])
  })

  it('is never decided by sending again', async () => {
    for (const fault of [{ kind: 'reset' }, { kind: 'status', status: 500 }, { kind: 'hang' }] as const) {
      const before = server.callsOf('sendMessage').length
      failNext(fault)
      await send({})
      expect(server.callsOf('sendMessage').length).toBe(before + 1)
    }
  })
})

describe('a pressed button', () => {
  it('is answered, with a note that fits', async () => {
    await telegram.acknowledgePress?.('123', 'x'.repeat(300))
    expect(server.callsOf('answerCallbackQuery')[0]?.payload).toEqual({
      callback_query_id: '123',
      text: 'x'.repeat(200),
    })
  })

  it('that is too old troubles nobody', async () => {
    server.plan = () =>
      refusal(400, 'Bad Request: query is too old and response timeout expired or query ID is invalid')
    await expect(telegram.acknowledgePress?.('123')).resolves.toBeUndefined()
  })
})
