import pino from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import type { OutboundMessage, SendOutcome } from '../../../src/engine/platform.ts'
import { failureOfFetch } from '../../../src/platforms/zalo/errors.ts'
import { createZalo } from '../../../src/platforms/zalo/index.ts'
import { TEST_TIMINGS } from './driver.ts'
import { startSimulator, type ZaloSimulator } from './simulator.ts'

const log = pino({ level: 'silent' })
const never = new AbortController().signal
const open: ZaloSimulator[] = []
afterEach(async () => {
  for (const simulator of open.splice(0)) await simulator.close()
})

async function simulated(options?: Parameters<typeof startSimulator>[0]) {
  const simulator = await startSimulator(options)
  open.push(simulator)
  const { token, apiRoot, botName } = simulator
  const platform = await createZalo({ token, apiRoot, botNames: [botName], log, timings: TEST_TIMINGS })
  const member = simulator.say.user('Nguyễn Văn An')
  const send = (message: Partial<OutboundMessage>) =>
    platform.send({ key: 'k', chat: { id: member.id, kind: 'private' }, text: 'Chào', ...message }, never)
  return { simulator, member, send }
}

/** One send whose answer is given. */
async function sendAnswered(answer: () => Response | Promise<Response>): Promise<SendOutcome> {
  const platform = await createZalo({ token: '123456:key', botNames: [], log, fetch: async () => await answer() })
  return await platform.send({ key: 'k', chat: { id: 'abc', kind: 'private' }, text: 'Chào' }, never)
}

const envelope = (error_code: unknown, description = 'x', more = {}) =>
  JSON.stringify({ ok: false, error_code, description, ...more })

describe('what an answer of Zalo means for the message', () => {
  const tokenInvalid = { outcome: 'giveUp', code: 'tokenInvalid', accountInvalid: true }
  const gone = { outcome: 'giveUp', code: 'chatGone', chatGone: true }
  it.each<[string, number, string, unknown]>([
    [
      'sent',
      200,
      '{"ok":true,"result":{"message_id":"m1","date":1750316131602}}',
      { outcome: 'sent', messageId: 'm1' },
    ],
    ['sent without an id', 200, '{"ok":true}', { outcome: 'sent' }],
    ['401 in the body', 200, envelope(401), tokenInvalid],
    ['401 in the status', 401, 'no', tokenInvalid],
    ['401 as a string', 200, envelope('401'), tokenInvalid],
    [
      '403 sic',
      200,
      envelope(403, 'Internal server error'),
      { outcome: 'retry', code: 'zaloInternalError', afterMs: 30_000 },
    ],
    ['403 of a proxy', 403, '<html>', { outcome: 'retry', code: 'zaloInternalError', afterMs: 30_000 }],
    ['403 blocked', 403, envelope(403, 'Forbidden: bot was blocked by the user'), gone],
    ['400 chat', 400, envelope(400, 'Bad Request: chat not found'), gone],
    ['404 chat', 404, envelope(404, 'chat_id does not exist'), gone],
    ['400 other', 400, envelope(400, 'Bad Request: text is empty'), { outcome: 'giveUp', code: 'refused400' }],
    ['404 other', 200, envelope(404, 'Not found'), { outcome: 'giveUp', code: 'refused404' }],
    ['404 of something else', 404, '<h1>nginx</h1>', { outcome: 'retry', code: 'notZalo' }],
    ['413', 413, '', { outcome: 'giveUp', code: 'refused413' }],
    ['426', 200, envelope(426), { outcome: 'giveUp', code: 'refused426' }],
    ['429', 429, envelope(429, 'Quota exceeded'), { outcome: 'retry', code: 'quotaExceeded', afterMs: 30_000 }],
    [
      '429 with a time',
      429,
      envelope(429, 'x', { parameters: { retry_after: 9 } }),
      { outcome: 'retry', code: 'quotaExceeded', afterMs: 9_000 },
    ],
    ['500', 500, envelope(500), { outcome: 'retry', code: 'serverError500' }],
    ['502', 502, '<html>', { outcome: 'retry', code: 'serverError502' }],
    ['503', 503, '', { outcome: 'retry', code: 'serverError503' }],
    ['408', 200, envelope(408, 'Request timeout'), { outcome: 'ambiguous', code: 'gatewayTimeout408' }],
    ['504', 504, '', { outcome: 'ambiguous', code: 'gatewayTimeout504' }],
    ['524', 524, '', { outcome: 'ambiguous', code: 'gatewayTimeout524' }],
    ['cut JSON', 200, '{"ok":tr', { outcome: 'ambiguous', code: 'unreadableAnswer' }],
    ['another form', 200, '{"message_id":"m1"}', { outcome: 'ambiguous', code: 'unreadableAnswer' }],
    ['an array', 200, '[]', { outcome: 'ambiguous', code: 'unreadableAnswer' }],
    ['no without a code', 200, '{"ok":false}', { outcome: 'retry', code: 'strangeAnswer' }],
  ])('%s', async (_title, status, body, expected) => {
    expect(await sendAnswered(() => new Response(body, { status }))).toEqual(expected)
  })

  it('follows no redirect', async () => {
    const answer = () => new Response(null, { status: 302, headers: { location: 'https://elsewhere.example/' } })
    expect(await sendAnswered(answer)).toEqual({ outcome: 'retry', code: 'strangeAnswer' })
  })

  it('calls an answer without end ambiguous instead of reading it', async () => {
    let pulled = 0
    const endless = new ReadableStream({
      pull(controller) {
        pulled++
        controller.enqueue(new Uint8Array(65_536).fill(32))
      },
    })
    expect(await sendAnswered(() => new Response(endless))).toMatchObject({ outcome: 'ambiguous' })
    expect(pulled).toBeLessThan(30)
  })

  it.each([
    ['a refused connection', { cause: { code: 'ECONNREFUSED', syscall: 'connect' } }, 'unreached'],
    ['a name that is not found', { cause: { code: 'ENOTFOUND', syscall: 'getaddrinfo' } }, 'unreached'],
    ['a connect that timed out', { cause: { code: 'UND_ERR_CONNECT_TIMEOUT' } }, 'unreached'],
    ['a certificate that is not trusted', { cause: { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' } }, 'unreached'],
    ['all addresses refused', { cause: { errors: [{ code: 'ECONNREFUSED' }, { code: 'ENETUNREACH' }] } }, 'unreached'],
    [
      'one address reset',
      { cause: { errors: [{ code: 'ECONNREFUSED' }, { code: 'ECONNRESET', syscall: 'read' }] } },
      'unanswered',
    ],
    ['a reset', { cause: { code: 'ECONNRESET', syscall: 'read' } }, 'unanswered'],
    ['a closed socket', { cause: { code: 'UND_ERR_SOCKET' } }, 'unanswered'],
    ['anything else', new Error('?'), 'unanswered'],
    ['nothing', undefined, 'unanswered'],
  ])('%s', (_title, error, happened) => {
    expect(failureOfFetch(error).happened).toBe(happened)
  })
})

describe('sending over Zalo', () => {
  it('sends a picture by address with the text as caption, and without one', async () => {
    const { simulator, send } = await simulated()
    const photo = { url: 'https://nep.example/files/abc.png', fileName: 'abc.png' }
    expect((await send({ photo, text: 'Tổng hợp' })).outcome).toBe('sent')
    expect((await send({ photo, text: '' })).outcome).toBe('sent')
    expect(simulator.sent.map(({ method, photo: url, text }) => [method, url, text])).toEqual([
      ['sendPhoto', photo.url, 'Tổng hợp'],
      ['sendPhoto', photo.url, ''],
    ])
    expect(simulator.calls.at(-1)?.params).not.toHaveProperty('caption')
  })

  it('asks for no markup', async () => {
    const { simulator, send } = await simulated()
    await send({ text: '**x**' })
    expect(simulator.calls.at(-1)).toMatchObject({ method: 'sendMessage', params: { text: '**x**' } })
    expect(Object.keys(simulator.calls.at(-1)?.params ?? {}).sort()).toEqual(['chat_id', 'text'])
  })

  it.each<[string, Partial<OutboundMessage>, string]>([
    ['a document', { document: { bytes: new Uint8Array(), fileName: 'a', mimeType: 'b' } }, 'documentsUnsupported'],
    ['a picture without an address', { photo: { bytes: new Uint8Array(), fileName: 'a.png' } }, 'photoNeedsUrl'],
    ['nothing', { text: ' \n ' }, 'emptyText'],
    ['2,001 characters', { text: 'x'.repeat(2_001) }, 'tooLong'],
    [
      'something for one person in a group',
      { ephemeral: true, onlyFor: 'a', chat: { id: 'zgr-1', kind: 'group' } },
      'cannotHideInGroup',
    ],
  ])('refuses %s before anything leaves', async (_title, message, code) => {
    const { simulator, send } = await simulated()
    expect(await send(message)).toEqual({ outcome: 'giveUp', code })
    expect(simulator.calls).toEqual([])
  })

  it('waits longer after each 429 until a message goes through', async () => {
    const { simulator, send } = await simulated({ quota: 1 })
    expect((await send({})).outcome).toBe('sent')
    const waits: unknown[] = []
    for (let tries = 0; tries < 8; tries++) waits.push(((await send({})) as { afterMs?: number }).afterMs)
    expect(waits).toEqual([30_000, 60_000, 120_000, 240_000, 480_000, 960_000, 1_800_000, 1_800_000])
    simulator.quota = 3_000
    expect((await send({})).outcome).toBe('sent')
    simulator.quota = 0
    expect(await send({})).toMatchObject({ afterMs: 30_000 })
  })

  it('gives up on a chat that Zalo does not know', async () => {
    const { send } = await simulated()
    expect(await send({ chat: { id: 'zgr-0000', kind: 'group' } })).toMatchObject({ outcome: 'giveUp', chatGone: true })
  })
})

describe('the account', () => {
  it('is told by the token, without asking anybody', async () => {
    const platform = await createZalo({
      token: '777:key',
      botNames: [],
      log,
      fetch: () => Promise.reject(new Error('asked')),
    })
    expect(platform.accountId).toBe('777')
  })

  it('is asked for, more than once, where the token does not tell it', async () => {
    const { simulator } = await simulated({ token: 'opaque-token' })
    simulator.fail('getMe', { kind: 'status', status: 502, body: '' }, { times: 3 })
    simulator.calls.length = 0
    const clock = { now: Date.now, wait: async () => {} }
    const platform = await createZalo({
      token: 'opaque-token',
      apiRoot: `${simulator.apiRoot}/`,
      botNames: [],
      log,
      clock,
    })
    expect(platform.accountId).toBe(simulator.botId)
    expect(simulator.calls.filter((call) => call.method === 'getMe').length).toBe(4)
  })

  it('is refused at once where Zalo refuses the token, in words that hold no token', async () => {
    const { simulator } = await simulated()
    const creating = createZalo({ token: 'wrong-token-canary', apiRoot: simulator.apiRoot, botNames: [], log })
    await expect(creating).rejects.toThrow(/^Zalo getMe: refused 401$/)
  })

  it('needs a secret with a public address, and an address that is one', async () => {
    await expect(createZalo({ token: '777:key', botNames: [], publicUrl: 'https://nep.example', log })).rejects.toThrow(
      'ZALO_WEBHOOK_SECRET',
    )
    const creating = createZalo({ token: '777:secret-key', apiRoot: 'no address', botNames: [], log })
    await expect(creating).rejects.toThrow(/^(?!.*secret-key)/)
  })
})
