import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { pino } from 'pino'
import { afterEach, describe, expect, it } from 'vitest'
import { createSlack, SlackNotReady } from '../../../src/platforms/slack/index.ts'
import { until } from '../contract/bench.ts'
import { openBench, type SlackTestBench } from './bench.ts'
import { APP_TOKEN } from './contract-driver.ts'
import { eventBody, privateMessage } from './payloads.ts'

const socketPauses = { firstMs: 5, longestMs: 40, helloMs: 300, closeMs: 100 }

let bench: SlackTestBench
afterEach(() => bench.close())

async function open(): Promise<SlackTestBench> {
  bench = await openBench({ appToken: APP_TOKEN, signingSecret: undefined, socketPauses })
  await until(() => expect(bench.server.peers).toHaveLength(1))
  return bench
}

let envelopes = 0
function deliver(text: string): string {
  const id = `envelope-${++envelopes}`
  const payload = JSON.parse(eventBody(privateMessage(text)))
  bench.server.peers.at(-1)!.send(JSON.stringify({ type: 'events_api', envelope_id: id, payload }))
  return id
}

describe('Socket Mode', () => {
  it('is not acknowledged what was not kept', async () => {
    await open()
    bench.inbox.failures = 1
    const lost = deliver('một')
    const kept = deliver('hai')
    await until(() => expect(bench.server.acknowledged.has(kept)).toBe(true))
    expect(bench.server.acknowledged.has(lost)).toBe(false)
    expect(bench.inbox.events.map((event) => event.text)).toEqual(['hai'])
  })

  it('connects again when Slack renews the connection, closes it, or breaks it', async () => {
    await open()
    const ends = [
      () => bench.server.peers[0]!.send(JSON.stringify({ type: 'disconnect', reason: 'refresh_requested' })),
      () => bench.server.peers[0]!.close(),
      () => bench.server.peers[0]!.destroy(),
    ]
    for (const [index, end] of ends.entries()) {
      end()
      await until(() => expect(bench.server.connections).toBe(index + 2))
      await until(() => expect(bench.server.peers).toHaveLength(1))
      const id = deliver(`sau lần ${index}`)
      await until(() => expect(bench.server.acknowledged.has(id)).toBe(true))
    }
    expect(bench.inbox.events).toHaveLength(3)
  })

  it('keeps trying while Slack is down, refuses or hangs, without an unhandled rejection', async () => {
    const unhandled: unknown[] = []
    const listener = (reason: unknown) => unhandled.push(reason)
    process.on('unhandledRejection', listener)
    await open()
    await bench.server.close()
    await until(() => expect(bench.logged().split('slack.connectFailed').length).toBeGreaterThan(3))
    for (const answer of [{ ok: false, error: 'invalid_auth' }, { ok: true }, { ok: true, url: 'ws://127.0.0.1:1/' }])
      bench.server.answers.set('apps.connections.open', () => answer)
    await bench.server.listen()
    const seen = bench.logged().length
    await until(() => expect(bench.logged().slice(seen)).toContain('slack.connectFailed'))
    bench.server.answers.clear()
    await until(() => expect(bench.server.peers).toHaveLength(1))
    const id = deliver('trở lại')
    await until(() => expect(bench.server.acknowledged.has(id)).toBe(true))
    process.off('unhandledRejection', listener)
    expect(unhandled).toEqual([])
    expect(bench.logged()).not.toContain(APP_TOKEN)
  })

  it('gives up a connection on which nobody says hello', async () => {
    const sockets: Socket[] = []
    const silent = createServer((socket) => void sockets.push(socket)).listen(0, '127.0.0.1')
    await once(silent, 'listening')
    const { port } = silent.address() as { port: number }
    await open()
    bench.server.answers.set('apps.connections.open', () => ({ ok: true, url: `ws://127.0.0.1:${port}/` }))
    bench.server.peers[0]!.destroy()
    await until(() => expect(bench.logged()).toContain('no_hello'))
    bench.server.answers.clear()
    await until(() => expect(bench.server.peers).toHaveLength(1))
    for (const socket of sockets) socket.destroy()
    silent.close()
  })

  it('survives frames that it does not expect', async () => {
    await open()
    const strange = [
      '',
      'null',
      '[]',
      '0',
      '{',
      '{}',
      '{"type":"events_api"}',
      '{"type":"events_api","payload":null,"envelope_id":"x"}',
    ]
    strange.push('{"type":"events_api","envelope_id":"x","payload":{"event":{"type":"close"}}}')
    strange.push('{"type":"slash_commands","envelope_id":"x","payload":{"command":"/x"}}')
    strange.push('{"type":"interactive","envelope_id":"x","payload":{"type":"block_actions","actions":[null]}}')
    strange.push('{"type":"hello"}', '{"type":"tomorrow","envelope_id":"x","payload":{}}')
    for (const frame of strange) bench.server.peers[0]!.send(frame)
    const id = deliver('vẫn nghe')
    await until(() => expect(bench.server.acknowledged.has(id)).toBe(true))
    expect(bench.server.connections).toBe(1)
    expect(bench.inbox.events).toHaveLength(1)
  })

  it('lets what it holds be acknowledged before it stops', async () => {
    await open()
    let finish = () => {}
    bench.inbox.beforeStored = () => new Promise((resolve) => (finish = resolve))
    const id = deliver('vừa kịp')
    await until(() => expect(bench.inbox.calls).toHaveLength(1))
    const stopped = bench.close()
    finish()
    await stopped
    expect(bench.inbox.events).toHaveLength(1)
    expect(bench.server.acknowledged.has(id)).toBe(true)
  })

  it('gives way to HTTP where there is an address and a signing secret', async () => {
    bench = await openBench({ appToken: APP_TOKEN, publicUrl: 'https://nep.example' })
    expect(bench.platform.webhooks.map((route) => route.path)).toEqual([
      'slack/events',
      'slack/commands',
      'slack/actions',
    ])
    expect(bench.server.connections).toBe(0)
  })
})

describe('starting', () => {
  it('says what is missing or refused, and whether trying again may help', async () => {
    bench = await openBench()
    const log = pino({ level: 'silent' })
    const start = (options: object) => createSlack({ apiRoot: bench.server.apiRoot, log, timeoutMs: 200, ...options })
    const both = { botToken: 'xoxb-kanarienvogel', appToken: APP_TOKEN }
    await expect(start({ botToken: 'x' })).rejects.toMatchObject({ code: 'needs_app_token_or_signing_secret' })
    await expect(start({ appToken: APP_TOKEN })).rejects.toMatchObject({ code: 'needs_bot_token_or_installations' })
    bench.server.answers.set('auth.test', () => ({ ok: false, error: 'invalid_auth' }))
    await expect(start(both)).rejects.toMatchObject({ code: 'invalid_auth', retryable: false })
    await bench.server.close()
    await expect(start(both)).rejects.toMatchObject({
      code: 'network_ECONNREFUSED',
      retryable: true,
    })
    const error = await start(both).catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(SlackNotReady)
    expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain('kanarienvogel')
  })
})
