/**
 * Protects: the real process starts and converses with servers that are poorer than the platforms: unknown methods are 404
 * or `ok: false` under HTTP 200, numbers come as text, sent messages have no id, updates are handed out again and again.
 */
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../database.ts'
import { until } from '../contract/bench.ts'
import { event } from '../slack/contract-driver.ts'
import * as payloads from '../slack/payloads.ts'
import { BOT_USER, TEAM } from '../slack/slack-server.ts'
import { seedCell } from './cell.ts'
import { freePort, nep, type RunningProgram, SECRETS, startProcess, temporaryDirectory } from './process.ts'

type Answer = { status?: number; body: unknown }

const TOKENS = {
  telegram: '7000001:CANARY-hostile',
  zalo: 'canary-zalo-token-without-an-id',
  slack: 'xoxb-canary-hostile',
}
const NOT_FOUND: Answer = { status: 404, body: '<html>Not Found</html>' }

let server: Server
let calls: { platform: string; method: string; params: Record<string, unknown> }[]
/** What is waiting to be handed out; Telegram's is handed out for ever. */
let waiting: { telegram: unknown[]; zalo: unknown[] }
let database: TestDatabase
let directory: Awaited<ReturnType<typeof temporaryDirectory>>
let program: RunningProgram | undefined
let env: Record<string, string>

function answer(platform: string, method: string): Answer {
  switch (`${platform} ${method}`) {
    case 'telegram getMe':
      // No username, no `is_bot`, the id as text.
      return { body: { ok: true, result: { id: '7000001', first_name: 'Nếp' } } }
    case 'telegram getUpdates':
      return { body: { ok: true, result: waiting.telegram } }
    case 'telegram sendMessage':
      return { body: { ok: true, result: true } }
    case 'telegram setMyCommands':
      return { body: { ok: false, description: 'no such method' } }
    case 'zalo getUpdates': {
      const next = waiting.zalo.shift()
      return next ? { body: next } : { body: { ok: false, error_code: '408', description: 'Request timeout' } }
    }
    case 'zalo sendMessage':
      return { body: { ok: true } }
    case 'slack auth.test':
      return { body: { ok: true, team_id: TEAM, user_id: BOT_USER } }
    case 'slack chat.postMessage':
      return { body: { ok: true } }
    case 'slack conversations.open':
      return { body: { ok: false, error: 'unknown_method' } }
    default:
      return NOT_FOUND
  }
}

async function read(request: IncomingMessage): Promise<Record<string, unknown>> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const body = Buffer.concat(parts).toString('utf8')
  try {
    return body.startsWith('{') ? JSON.parse(body) : Object.fromEntries(new URLSearchParams(body))
  } catch {
    return {}
  }
}

beforeEach(async () => {
  calls = []
  waiting = { telegram: [], zalo: [] }
  server = createServer(async (request, response) => {
    const [, platform = '', method = ''] = /^\/(\w+)\/(?:bot[^/]+\/|api\/)([\w.]+)/.exec(request.url ?? '') ?? []
    calls.push({ platform, method, params: await read(request) })
    const { status = 200, body } = answer(platform, method)
    response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/html' : 'application/json' })
    response.end(typeof body === 'string' ? body : JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  database = await createTestDatabase()
  await seedCell(database.pool)
  directory = await temporaryDirectory()
  const root = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  env = {
    ...{ TELEGRAM_BOT_TOKEN: TOKENS.telegram, TELEGRAM_API_ROOT: `${root}/telegram` },
    ...{ ZALO_BOT_TOKEN: TOKENS.zalo, ZALO_API_ROOT: `${root}/zalo` },
    ...{ SLACK_BOT_TOKEN: TOKENS.slack, SLACK_API_ROOT: `${root}/slack/api/` },
    ...{ DATABASE_URL: database.url, DATA_DIR: directory.path, LOG_LEVEL: 'debug' },
  }
})
afterEach(async () => {
  await program?.kill()
  program = undefined
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
  await directory.remove()
  await database.drop()
})

const sentTo = (platform: string, id: string) =>
  calls.filter(
    ({ platform: of, method, params }) =>
      of === platform &&
      /^(sendMessage|chat\.postMessage)$/.test(method) &&
      String(params.chat_id ?? params.channel) === id,
  )

test('by polling: Telegram and Zalo', { timeout: 90_000 }, async () => {
  const { SLACK_BOT_TOKEN: _token, SLACK_API_ROOT: _root, ...polled } = env
  program = await startProcess(polled)
  waiting.telegram.push(
    {
      update_id: '900001',
      message: {
        ...{ message_id: '11', date: String(Math.floor(Date.now() / 1000)), text: 'giúp' },
        ...{ from: { id: '41', first_name: 'Yến' }, chat: { id: '41', type: 'private' } },
      },
    },
    { update_id: 900_002, unheard_of: {} },
    'rubbish',
  )
  const zalo = {
    event_name: 'message.text.received',
    message: {
      ...{ from: { id: 77, display_name: 'Yến' }, chat: { id: 77, chat_type: 'private' } },
      ...{ text: 'giúp', message_id: 5, date: String(Date.now()) },
    },
  }
  waiting.zalo.push([zalo, zalo], { ok: true }, 'rubbish', { ok: true, result: zalo })
  await until(() => {
    expect(sentTo('telegram', '41')).toHaveLength(1)
    expect(sentTo('zalo', '77')).toHaveLength(1)
  }, 30_000)
  const polls = () => calls.filter(({ method }) => method === 'getUpdates').length
  const before = polls()
  await new Promise((resolve) => setTimeout(resolve, 2_000))
  // Handed out again all the while, answered once; and a server that does not hold requests back is not flooded.
  expect(sentTo('telegram', '41')).toHaveLength(1)
  expect(sentTo('zalo', '77')).toHaveLength(1)
  expect(polls() - before).toBeLessThan(40)
  expect((await fetch(`${program.url}/readyz`)).status).toBe(200)
  const doctor = await nep(polled, 'doctor')
  expect(doctor.output).toContain('telegram token')
  const { rows } = await database.pool.query(`SELECT state FROM outbox WHERE state <> 'sent'`)
  expect(rows).toEqual([])
  expect(await program.stop()).toBe(0)
  for (const token of Object.values(TOKENS)) expect(program.output() + doctor.output).not.toContain(token)
})

test('by webhook: Slack, with Telegram and Zalo not knowing the methods for webhooks', {
  timeout: 90_000,
}, async () => {
  const port = await freePort()
  program = await startProcess({
    ...{ ...env, PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` },
    ...{ TELEGRAM_WEBHOOK_SECRET: SECRETS.telegramWebhook, ZALO_WEBHOOK_SECRET: SECRETS.zaloWebhook },
    SLACK_SIGNING_SECRET: SECRETS.slackSigning,
  })
  const { body } = event(payloads.privateMessage('giúp', { user: 'U0CANARY', channel: 'D0CANARY' }))
  const headers = Object.fromEntries(payloads.signedRequest(body).headers)
  const post = () => fetch(`${program!.url}/webhooks/slack/events`, { method: 'POST', body, headers })
  expect((await post()).status).toBe(200)
  expect((await post()).status).toBe(200)
  await until(() => expect(sentTo('slack', 'D0CANARY')).toHaveLength(1), 20_000)
  expect((await fetch(`${program.url}/readyz`)).status).toBe(200)
  expect(await program.stop()).toBe(0)
  expect(program.output()).not.toContain(TOKENS.slack)
})
