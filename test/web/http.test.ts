import { connect } from 'node:net'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { WebhookRequest } from '../../src/engine/platform.ts'
import { createWeb, startWeb, type WebPorts } from '../../src/web/server.ts'
import { createFakeLocalChat } from './fake-local-chat.ts'
import { LogLines, serveWeb } from './serve.ts'

const textOf = ({ body }: WebhookRequest) => new Response(body as never).text()

const echo = (path: string): WebPorts['webhooks'][number] => ({
  path,
  handle: async (request) => new Response(`${path}: ${await textOf(request)}`, { status: 202 }),
})

function gate(): { opened: Promise<void>; open(): void } {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

describe('what operators ask', () => {
  it('answers whether the process lives', async () => {
    const { url } = await serveWeb()
    const response = await fetch(`${url}/healthz`)
    expect([response.status, await response.json()]).toEqual([200, { ok: true, at: '2026-10-05T02:00:00.000Z' }])
    const dead = await serveWeb({ isAlive: () => false })
    expect((await fetch(`${dead.url}/healthz`)).status).toBe(503)
  })

  it('answers 200 when ready, else 503 and why', async () => {
    const { url } = await serveWeb()
    const checks = [{ name: 'database', ok: true, detail: 'answers' }]
    const ready = await fetch(`${url}/readyz`)
    expect([ready.status, await ready.json()]).toEqual([200, { ok: true, checks }])

    const late = { ok: false, checks: [{ name: 'tick', ok: false, detail: 'last ran 7 minutes ago' }] }
    const web = await serveWeb({ ready: async () => late })
    const response = await fetch(`${web.url}/readyz`)
    expect([response.status, await response.json()]).toEqual([503, late])
    expect(response.headers.get('content-type')).toContain('application/json')
  })

  it('counts checks that throw as failed, without saying what they threw', async () => {
    const { url } = await serveWeb({
      ready: async () => {
        throw new Error('password authentication failed for "nep"')
      },
    })
    const response = await fetch(`${url}/readyz`)
    expect(response.status).toBe(503)
    expect(await response.text()).not.toContain('password')
  })

  it('counts checks that never answer as failed', async () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const { log } = new LogLines()
    const app = createWeb({
      isAlive: () => true,
      ready: () => new Promise(() => {}),
      metrics: async () => ({ contentType: 'text/plain', body: '' }),
      webhooks: [],
      clock: { now: () => new Date() },
      log,
    })
    const answer = app.request('/readyz')
    await vi.advanceTimersByTimeAsync(5000)
    expect((await answer).status).toBe(503)
  })

  it('passes the metrics on as they are', async () => {
    const { url } = await serveWeb()
    const response = await fetch(`${url}/metrics`)
    expect([response.headers.get('content-type'), await response.text()]).toEqual([
      'text/plain; version=0.0.4',
      'nep_up 1\n',
    ])
  })

  it('says in Vietnamese what runs here, and where the chat is when it is on', async () => {
    const off = await (await fetch((await serveWeb()).url)).text()
    expect(off).toContain('<html lang="vi">')
    expect(off).not.toContain('/chat')
    const on = await (await fetch((await serveWeb({ localChat: createFakeLocalChat() })).url)).text()
    expect(on).toContain('href="/chat"')
  })
})

describe('every answer', () => {
  it.each([
    '/',
    '/healthz',
    '/readyz',
    '/metrics',
    '/chat',
    '/chat/app.js',
    '/assets/style.css',
    '/local/chats',
    '/no',
  ])('carries the security headers: %s', async (path) => {
    const { url } = await serveWeb({ localChat: createFakeLocalChat() })
    const { headers } = await fetch(url + path)
    expect(headers.get('content-security-policy')).toMatch(/default-src 'none'.*frame-ancestors 'none'/)
    expect(headers.get('content-security-policy')).not.toContain('unsafe')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('cache-control')).toMatch(/no-store|no-cache/)
  })

  it('refers to nothing outside', async () => {
    const { url } = await serveWeb({ localChat: createFakeLocalChat() })
    for (const path of ['/', '/chat', '/chat/app.js', '/assets/style.css']) {
      const text = await (await fetch(url + path)).text()
      expect(text, path).not.toMatch(
        /https?:\/\/|src="\/\/|@import|<script(?! type="module" src="\/chat\/app.js")|style=/,
      )
    }
  })

  it('is 404 where there is nothing, and so is the chat while it is off', async () => {
    const { url } = await serveWeb()
    for (const path of ['/no', '/chat', '/chat/app.js', '/local/chats', '/local/clock', '/local/stream'])
      expect((await fetch(url + path)).status, path).toBe(404)
  })

  it('is a bare 500 after an error, logged without what was sent', async () => {
    const localChat = createFakeLocalChat()
    localChat.beforeAnswer = async () => {
      throw new Error('could not store "bí mật"')
    }
    const { url, lines } = await serveWeb({ localChat })
    const response = await fetch(`${url}/local/messages`, {
      method: 'POST',
      body: JSON.stringify({ chat: 'dm:an', from: 'an', text: 'bí mật' }),
    })
    expect(response.status).toBe(500)
    expect(await response.text()).not.toContain('bí mật')
    expect(lines.join('')).toContain('/local/messages')
    expect(lines.join('')).not.toContain('bí mật')
  })
})

describe('webhooks', () => {
  it.each(['telegram', 'zalo', 'slack/events', 'slack/commands', 'slack/actions'])(
    'reach their adapter: %s',
    async (path) => {
      const { url } = await serveWeb({ webhooks: [echo('telegram'), echo('zalo'), echo(path)] })
      const response = await fetch(`${url}/webhooks/${path}`, { method: 'POST', body: 'thân' })
      expect([response.status, await response.text()]).toEqual([202, `${path}: thân`])
    },
  )

  it('are 404 for a platform that is not mounted and 405 for anything but POST', async () => {
    const { url } = await serveWeb({ webhooks: [echo('telegram')] })
    expect((await fetch(`${url}/webhooks/zalo`, { method: 'POST', body: '{}' })).status).toBe(404)
    expect((await fetch(`${url}/webhooks/telegram/x`, { method: 'POST', body: '{}' })).status).toBe(404)
    const get = await fetch(`${url}/webhooks/telegram`)
    expect([get.status, get.headers.get('allow')]).toEqual([405, 'POST'])
  })

  it('hand over an empty body, as a probe sends it', async () => {
    const { url } = await serveWeb({ webhooks: [echo('zalo')] })
    expect(await (await fetch(`${url}/webhooks/zalo`, { method: 'POST' })).text()).toBe('zalo: ')
  })

  it('take up to a megabyte, announced or not', async () => {
    const { url } = await serveWeb({
      webhooks: [{ path: 'zalo', handle: async (r) => new Response(`${(await textOf(r)).length}`) }],
    })
    const post = (size: number, isChunked: boolean) => {
      const bytes = new Uint8Array(size).fill(120)
      const body = isChunked ? new Blob([bytes]).stream() : bytes
      return fetch(`${url}/webhooks/zalo`, { method: 'POST', body, duplex: 'half' } as RequestInit)
    }
    for (const isChunked of [false, true]) {
      const whole = await post(1024 * 1024, isChunked)
      expect([whole.status, await whole.text()]).toEqual([200, '1048576'])
      expect((await post(1024 * 1024 + 1, isChunked)).status).toBe(413)
    }
  })

  it('answer 500 without detail when the adapter fails, and log no body', async () => {
    const { url, lines } = await serveWeb({
      webhooks: [
        {
          path: 'telegram',
          async handle(request) {
            throw new Error(`cannot read "${await textOf(request)}"`)
          },
        },
      ],
    })
    const response = await fetch(`${url}/webhooks/telegram`, { method: 'POST', body: 'chuyện riêng' })
    expect([response.status, await response.text()]).toEqual([500, 'Failed.'])
    expect(lines.join('')).toContain('web.webhookFailed')
    expect(lines.join('')).not.toContain('chuyện riêng')
  })
})

describe('the server', () => {
  it('says what to do when its port is taken', async () => {
    const first = await serveWeb()
    const port = Number(new URL(first.url).port)
    const { log } = new LogLines()
    const app = createWeb({
      isAlive: () => true,
      ready: async () => ({ ok: true, checks: [] }),
      metrics: async () => ({ contentType: 'text/plain', body: '' }),
      webhooks: [],
      clock: { now: () => new Date() },
      log,
    })
    await expect(startWeb(app, { host: '127.0.0.1', port })).rejects.toThrow(
      `Port ${port} on 127.0.0.1 is taken by another program: stop it, or set PORT`,
    )
    await expect(startWeb(app, { host: '203.0.113.7', port: 0 })).rejects.toThrow('set HOST')
  })

  it('finishes what is under way when it closes, and takes nothing new', async () => {
    const started = gate()
    const finish = gate()
    const web = await serveWeb({
      webhooks: [
        {
          path: 'zalo',
          async handle() {
            started.open()
            await finish.opened
            return new Response('xong')
          },
        },
      ],
    })
    const underWay = fetch(`${web.url}/webhooks/zalo`, { method: 'POST', body: '{}' })
    await started.opened
    const closed = web.close(30_000)
    await expect(fetch(`${web.url}/healthz`)).rejects.toThrow()
    finish.open()
    expect(await (await underWay).text()).toBe('xong')
    await closed
    await web.close(0)
  })

  it('cuts off at the deadline what never finishes', async () => {
    const started = gate()
    const web = await serveWeb({
      webhooks: [
        {
          path: 'zalo',
          handle() {
            started.open()
            return new Promise(() => {})
          },
        },
      ],
    })
    const underWay = fetch(`${web.url}/webhooks/zalo`, { method: 'POST', body: '{}' })
    const cut = expect(underWay).rejects.toThrow()
    await started.opened
    await web.close(20)
    await cut
  })

  it('does not wait for open streams or idle connections', async () => {
    const localChat = createFakeLocalChat()
    const web = await serveWeb({ localChat })
    const stream = await fetch(`${web.url}/local/stream`)
    const idle = connect(Number(new URL(web.url).port), '127.0.0.1')
    const idleClosed = new Promise((resolve) => idle.on('close', resolve))
    idle.on('error', () => {})
    await new Promise<void>((resolve) =>
      idle.write('GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n', () => idle.once('data', () => resolve())),
    )
    const startedAt = performance.now()
    await web.close(30_000)
    await idleClosed
    expect(performance.now() - startedAt).toBeLessThan(5000)
    expect(await stream.text()).toContain('retry:')
    expect(localChat.listeners).toBe(0)
  })
})
