/** The Zalo adapter over the simulator, as the contract suite drives it. */

import type { AddressInfo } from 'node:net'
import { createServer } from 'node:net'
import { serve } from '@hono/node-server'
import type { Logger } from 'pino'
import type { Platform } from '../../../src/engine/platform.ts'
import { createZalo } from '../../../src/platforms/zalo/index.ts'
import type { ContractDriver, Fault, Forgery, Saying } from '../contract.ts'
import { type ApiFault, type SimulatorOptions, startSimulator, type Update, type ZaloSimulator } from './simulator.ts'

export const SECRET = 'webhook-secret-that-nobody-may-see'
const PUBLIC_URL = 'https://nep.example'

/** Short where the adapter waits for a server that hangs; long polls of ten simulated seconds. */
export const TEST_TIMINGS = { pollSeconds: 10, pollMarginMs: 300, answerMs: 1_500, photoMs: 1_500 }

/** The bot's web server: the platform's routes under `/webhooks/`. */
export async function serveWebhooks(platform: Platform): Promise<{ url: string; close(): Promise<void> }> {
  const server = await new Promise<ReturnType<typeof serve>>((resolve) => {
    const started = serve(
      {
        hostname: '127.0.0.1',
        port: 0,
        fetch: async (request) => {
          const path = new URL(request.url).pathname.replace('/webhooks/', '')
          return (
            (await platform.webhooks.find((route) => route.path === path)?.handle(request)) ??
            new Response(null, { status: 404 })
          )
        },
      },
      () => resolve(started),
    )
  })
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no address')
  return {
    url: `http://127.0.0.1:${address.port}`,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  }
}

function utter(
  simulator: ZaloSimulator,
  saying: Saying,
  people: { person: Person; otherBot: Person; group: Chat },
): Update {
  const by = saying.by === 'otherBot' ? people.otherBot : people.person
  if (saying.in === 'private') return textOf(simulator, by, simulator.say.privateChat(by), saying.text)
  const isMention = saying.manner === 'mention' || saying.manner === 'command'
  return textOf(simulator, by, people.group, isMention ? `@${simulator.botName} ${saying.text}` : saying.text)
}

type Person = ReturnType<ZaloSimulator['say']['user']>
type Chat = ReturnType<ZaloSimulator['say']['group']>

function textOf(simulator: ZaloSimulator, by: Person, chat: Chat, text: string): Update {
  return simulator.say.compose('message.text.received', by, chat, { text, message_type: 'CHAT_TEXT' })
}

function webhookRequest(body: string | Uint8Array, secret: string | null, header = 'x-bot-api-secret-token'): Request {
  return new Request(`${PUBLIC_URL}/webhooks/zalo`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(secret === null ? {} : { [header]: secret }) },
    body: typeof body === 'string' ? body : Buffer.from(body),
  })
}

function forge(body: string): Forgery[] {
  return [
    { name: 'no secret', request: webhookRequest(body, null) },
    { name: 'wrong secret', request: webhookRequest(body, 'x'.repeat(SECRET.length)) },
    { name: 'short secret', request: webhookRequest(body, SECRET.slice(0, -1)) },
    { name: 'one letter', request: webhookRequest(body, SECRET.slice(0, 1)) },
    { name: 'empty secret', request: webhookRequest(body, '') },
    { name: 'secret and more', request: webhookRequest(body, `${SECRET}${SECRET}`) },
    { name: 'other case', request: webhookRequest(body, SECRET.toUpperCase()) },
    { name: "Telegram's header", request: webhookRequest(body, SECRET, 'x-telegram-bot-api-secret-token') },
    { name: "Slack's signature", request: webhookRequest(body, `v0=${'a'.repeat(64)}`, 'x-slack-signature') },
    { name: "Zalo OA's signature", request: webhookRequest(body, `mac=${'a'.repeat(64)}`, 'x-zevent-signature') },
    { name: 'bearer', request: webhookRequest(body, `Bearer ${SECRET}`, 'authorization') },
    { name: 'wrong secret, empty body', request: webhookRequest('', 'wrong-secret') },
  ]
}

function answerWith(status: number, body?: string): ApiFault {
  return { kind: 'status', status, ...(body ? { body } : {}) }
}

export function apiFault(fault: Exclude<Fault, { kind: 'refuseConnection' }>): ApiFault {
  switch (fault.kind) {
    case 'serverError':
      return answerWith(fault.status, '<html>Bad gateway</html>')
    case 'rateLimited':
      return answerWith(429, '{"ok":false,"error_code":429,"description":"Quota exceeded"}')
    case 'resetAfterBody':
      return { kind: 'reset', delivered: true }
    case 'hang':
      return { kind: 'hang', delivered: true }
    case 'malformedJson':
      return { kind: 'malformed', delivered: true }
    case 'tokenInvalid':
      return answerWith(401)
    case 'chatGone':
      return answerWith(400, '{"ok":false,"error_code":400,"description":"Bad Request: chat not found"}')
  }
}

/** A port on which nobody listens. */
async function deadPort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** A `fetch` that can be pointed, for one send, at a port on which nobody listens. */
async function fetchWithDeadPort(): Promise<{ fetch: typeof fetch; refuseNextSend(): void }> {
  const port = await deadPort()
  let isRefusing = false
  return {
    fetch: (input, init) => {
      const url = String(input)
      if (!isRefusing || !url.endsWith('/sendMessage')) return fetch(input, init)
      isRefusing = false
      return fetch(url.replace(/127\.0\.0\.1:\d+/, `127.0.0.1:${port}`), init)
    },
    refuseNextSend: () => {
      isRefusing = true
    },
  }
}

export interface ZaloDriver extends ContractDriver {
  simulator: ZaloSimulator
}

export async function openZalo(
  mode: 'polling' | 'webhook',
  log: Logger,
  options: SimulatorOptions = {},
): Promise<ZaloDriver> {
  const simulator = await startSimulator(options)
  const { fetch: ownFetch, refuseNextSend } = await fetchWithDeadPort()
  const platform = await createZalo({
    token: simulator.token,
    apiRoot: simulator.apiRoot,
    webhookSecret: SECRET,
    botNames: [simulator.botName],
    ...(mode === 'webhook' ? { publicUrl: PUBLIC_URL } : {}),
    log,
    fetch: ownFetch,
    timings: TEST_TIMINGS,
  })
  const web = mode === 'webhook' ? await serveWebhooks(platform) : undefined
  // The real setWebhook refuses loopback addresses, and so does the simulator: registered behind its back.
  if (web) simulator.webhook = { url: `${web.url}/webhooks/zalo`, secret: SECRET, updatedAt: Date.now() }
  const person = simulator.say.user('Nguyễn Văn An')
  const otherBot = simulator.say.user('Bot Thời tiết', { isBot: true })
  const group = simulator.say.group()
  const people = { person, otherBot, group }

  return {
    simulator,
    platform,
    secrets: [simulator.token, simulator.token.split(':')[1] as string, SECRET],
    privateChat: { id: person.id, kind: 'private' },
    groupChat: { id: group.id, kind: 'group' },
    person: { id: person.id, displayName: person.name },
    async say(saying) {
      simulator.deliver(utter(simulator, saying, people))
    },
    async redeliver() {
      simulator.redeliver()
    },
    acknowledgedAt: () => simulator.acknowledgedAt,
    sentMessages: () => simulator.sent.map(({ chatId, text, hasMarkup }) => ({ chatId, text, hasMarkup })),
    fault: (fault) =>
      fault.kind === 'refuseConnection' ? refuseNextSend() : simulator.fail('sendMessage', apiFault(fault)),
    async sayUnsupported() {
      simulator.say.unsupported(person, simulator.say.privateChat(person))
    },
    ...(mode === 'webhook'
      ? {
          webhook: {
            body: (saying) => simulator.webhookBody(utter(simulator, saying, people)),
            sign: (body) => webhookRequest(body, SECRET),
            forge,
          },
        }
      : {}),
    async close() {
      await simulator.close()
      await web?.close()
    },
  }
}
