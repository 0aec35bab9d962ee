import { request } from 'node:http'
import { describe, expect, it } from 'vitest'
import { createFakeLocalChat, fakeChats } from './fake-local-chat.ts'
import { serveWeb } from './serve.ts'

/** What a test reads of an answer; the rest is compared whole. */
type Answer = { reason?: string; messages?: unknown }

async function serve() {
  const localChat = createFakeLocalChat()
  const { url } = await serveWeb({ localChat })
  const post = async (path: string, body: unknown) => {
    const response = await fetch(url + path, {
      method: 'POST',
      body: typeof body === 'string' ? body : JSON.stringify(body),
    })
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      body: (await response.json()) as Answer,
    }
  }
  const get = async (path: string) => {
    const response = await fetch(url + path)
    return {
      status: response.status,
      type: response.headers.get('content-type'),
      body: (await response.json()) as Answer,
    }
  }
  return { localChat, url, post, get }
}

const json = 'application/json; charset=UTF-8'
const at = '2026-10-05T02:00:00.000Z'

/** A request with headers that fetch would not send. */
function rawStatus(url: string, method: string, headers: Record<string, string>): Promise<number> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, setHost: false }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    sent.on('error', reject)
    sent.end(method === 'POST' ? '{"chat":"dm:an","from":"an","text":"chào"}' : undefined)
  })
}

describe('/local/chats', () => {
  it('lists every chat with its people and their roles', async () => {
    const { get } = await serve()
    expect(await get('/local/chats')).toEqual({ status: 200, type: json, body: fakeChats })
  })

  it('gives the transcript of a chat oldest first, after a message where asked', async () => {
    const { get, post } = await serve()
    await post('/local/messages', { chat: 'dm:an', from: 'an', text: 'chào' })
    const own = { id: '1', chat: 'dm:an', from: 'an', text: 'chào', at }
    const bots = { id: '2', chat: 'dm:an', from: null, text: 'Đã nghe: chào', at }
    expect(await get('/local/chats/dm:an/messages')).toEqual({ status: 200, type: json, body: [own, bots] })
    expect((await get('/local/chats/dm%3Aan/messages?after=1')).body).toEqual([bots])
    expect((await get('/local/chats/dm:an/messages?after=')).body).toEqual([own, bots])
    expect((await get('/local/chats/dm:an/messages?after=2')).body).toEqual([])
  })

  it('is 404 for a chat that does not exist and 400 for an impossible message', async () => {
    const { get } = await serve()
    expect(await get('/local/chats/nowhere/messages')).toMatchObject({
      status: 404,
      body: { reason: expect.stringMatching(/chat/) },
    })
    expect(await get('/local/chats/demo/messages?after=x')).toMatchObject({
      status: 400,
      body: { reason: expect.stringMatching(/after/) },
    })
  })
})

describe('POST /local/messages', () => {
  it('answers with the id and what the bot sent because of it, and nothing else', async () => {
    const { post } = await serve()
    expect(await post('/local/messages', { chat: 'demo', from: 'an', text: '@Bot Nếp chào' })).toEqual({
      status: 200,
      type: json,
      body: { id: '1', messages: [{ id: '2', chat: 'demo', text: 'Đã nghe: @Bot Nếp chào', at }] },
    })
    expect((await post('/local/messages', { chat: 'demo', from: 'an', text: 'mưa to' })).body).toEqual({
      id: '3',
      messages: [],
    })
  })

  it('passes on what is answered and the id, and a repeat is harmless', async () => {
    const { post, localChat } = await serve()
    localChat.post('demo', 'đồng chí đăng ký việc gì?')
    const said = { chat: 'demo', from: 'an', text: 'đọc sách', replyTo: '1', id: 'lần-1' }
    const first = await post('/local/messages', said)
    expect(localChat.said[0]).toEqual(said)
    expect(await post('/local/messages', said)).toEqual(first)
    expect((await localChat.transcript('demo')).length).toBe(3)
  })

  it('takes text as typed: marks, line breaks, characters of HTML, null for what is left out', async () => {
    const { post, localChat } = await serve()
    const text = 'đk:\n1. "A" & <b>B</b>\n2. 😀 \u202e'
    expect((await post('/local/messages', { chat: 'dm:an', from: 'an', text, replyTo: null, id: null })).status).toBe(
      200,
    )
    expect(localChat.said[0]).toEqual({ chat: 'dm:an', from: 'an', text })
  })

  const said = { chat: 'dm:an', from: 'an', text: 'chào' }
  it.each([
    ['no JSON', 'chat=demo', 'JSON'],
    ['nothing', '', 'JSON'],
    ['JSON that breaks off', '{"chat":', 'JSON'],
    ['null', 'null', 'object'],
    ['a list', '[]', 'object'],
    ['a text', '"chào"', 'object'],
    ['no chat', { ...said, chat: undefined }, 'chat'],
    ['no sender', { ...said, from: undefined }, 'from'],
    ['no text', { ...said, text: undefined }, 'text'],
    ['a number for a text', { ...said, text: 5 }, 'text'],
    ['a list for a chat', { ...said, chat: ['demo'] }, 'chat'],
    ['an empty text', { ...said, text: '' }, 'text'],
    ['a blank text', { ...said, text: ' \n\t' }, 'text'],
    ['an empty chat', { ...said, chat: '' }, 'chat'],
    ['U+0000', { ...said, text: 'a\0b' }, 'U+0000'],
    ['U+0000 in the id', { ...said, id: 'a\0' }, 'id'],
    ['a text without end', { ...said, text: 'x'.repeat(10_001) }, 'text'],
    ['an id without end', { ...said, id: 'x'.repeat(201) }, 'id'],
    ['an empty id', { ...said, id: '' }, 'id'],
    ['an answer to no message', { ...said, replyTo: 'x' }, 'replyTo'],
  ])('is 400 with a reason for %s', async (_title, body, reason) => {
    const { post, localChat } = await serve()
    const answer = await post('/local/messages', body)
    expect(answer).toMatchObject({ status: 400, type: json, body: { error: 'badBody' } })
    expect(answer.body.reason).toContain(reason)
    expect(localChat.said).toEqual([])
  })

  it.each([
    ['chat', { ...said, chat: 'nowhere' }],
    ['account', { ...said, from: 'nobody' }],
    ["somebody else's private chat", { ...said, chat: 'dm:binh' }],
  ])('is 404 with a reason for an unknown %s', async (_title, body) => {
    const { post } = await serve()
    expect(await post('/local/messages', body)).toMatchObject({
      status: 404,
      type: json,
      body: { error: 'unknown', reason: expect.stringMatching(/there is no such/) },
    })
  })

  it('is 413 for a body above a megabyte', async () => {
    const { post } = await serve()
    expect((await post('/local/messages', { ...said, text: 'x'.repeat(1024 * 1024) })).status).toBe(413)
  })
})

describe('/local/clock', () => {
  it('tells the time and moves it, with the messages sent meanwhile', async () => {
    const { get, post } = await serve()
    expect(await get('/local/clock')).toEqual({ status: 200, type: json, body: { now: at } })
    const moved = await post('/local/clock', { now: '2026-10-06T09:30:00+07:00' })
    expect(moved).toMatchObject({ status: 200, body: { now: '2026-10-06T02:30:00.000Z' } })
    expect(moved.body.messages).toEqual([
      { id: '1', chat: 'demo', text: expect.stringContaining('Nhắc'), at: '2026-10-06T02:00:00.000Z' },
    ])
    expect((await get('/local/clock')).body).toEqual({ now: '2026-10-06T02:30:00.000Z' })
  })

  it('takes the present instant, which moves nothing', async () => {
    const { post } = await serve()
    expect(await post('/local/clock', { now: at })).toMatchObject({ status: 200, body: { now: at, messages: [] } })
  })

  it.each([
    ['backwards', { now: '2026-10-05T01:59:59.999Z' }],
    ['by centuries', { now: '2226-10-05T02:00:00Z' }],
    ['to an instant without an offset', { now: '2026-10-06T09:00:00' }],
    ['to a day', { now: '2026-10-06' }],
    ['to a day that does not exist', { now: '2026-02-30T09:00:00Z' }],
    ['to a number', { now: 1_791_165_600_000 }],
    ['to nothing', {}],
    ['by no JSON', 'now'],
  ])('does not move %s: 400', async (_title, body) => {
    const { post, get } = await serve()
    expect(await post('/local/clock', body)).toMatchObject({
      status: 400,
      type: json,
      body: { reason: expect.any(String) },
    })
    expect((await get('/local/clock')).body).toEqual({ now: at })
  })
})

describe('/local/stream', () => {
  it('tells of each new message of any chat, with its line breaks', async () => {
    const { url, localChat } = await serve()
    const response = await fetch(`${url}/local/stream`)
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=UTF-8')
    const message = localChat.post('dm:binh', 'một\nhai')
    localChat.post('demo', 'ba')
    const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader()
    let text = ''
    while (!text.includes('"ba"')) text += (await reader.read()).value
    expect(text).toContain(`event: message\nid: 1\ndata: ${JSON.stringify(message)}\n\n`)
    await reader.cancel()
    await expect.poll(() => localChat.listeners).toBe(0)
  })
})

describe('HEAD /local/stream', () => {
  it('leaves no listener behind', async () => {
    const { url, localChat } = await serve()
    expect((await fetch(`${url}/local/stream`, { method: 'HEAD' })).status).toBe(200)
    expect(localChat.listeners).toBe(0)
  })
})

describe('other sites', () => {
  it.each([
    ['a foreign host name that resolves here', { host: 'evil.example' }],
    ['a host name that only looks local', { host: '127.0.0.1.evil.example' }],
    ['a host name that begins as a local one', { host: 'localhost.evil.example:80' }],
    ['an address of the network', { host: '192.168.1.5' }],
    ['a page of another site', { origin: 'https://evil.example' }],
    ['a page of another local program', { origin: 'http://127.0.0.1:1' }],
    ['a page without an origin of its own', { origin: 'null' }],
  ])('are refused: %s', async (_title, headers) => {
    const { url, localChat } = await serve()
    const own = { host: new URL(url).host }
    for (const [method, path] of [
      ['GET', '/local/chats'],
      ['POST', '/local/messages'],
      ['GET', '/local/stream'],
      ['POST', '/local/clock'],
      ['GET', '/chat'],
      ['POST', '/chat'],
      ['POST', '/chat/clock'],
    ] as const)
      expect(await rawStatus(url + path, method, { ...own, ...headers }), path).toBe(403)
    expect(localChat.said).toEqual([])
  })

  it.each(['localhost:3000', 'LOCALHOST', '127.0.0.1', '127.8.9.1:80', '[::1]:3000'])(
    'are not meant where the host is loopback: %s',
    async (host) => {
      const { url } = await serve()
      expect(await rawStatus(`${url}/local/chats`, 'GET', { host, origin: `http://${host}` })).toBe(200)
    },
  )
})
