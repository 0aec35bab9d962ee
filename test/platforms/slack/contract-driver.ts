/** Slack for the contract suite, over HTTP or Socket Mode: the small server, and the deliveries that Slack would make. */
import { randomUUID } from 'node:crypto'
import { performance } from 'node:perf_hooks'
import { serve } from '@hono/node-server'
import type { Logger } from 'pino'
import type { Platform } from '../../../src/engine/platform.ts'
import { createSlack, SlackNotReady, type SlackOptions } from '../../../src/platforms/slack/index.ts'
import type { ContractDriver, Fault, Saying, SeenMessage } from '../contract.ts'
import * as payloads from './payloads.ts'
import { BOT_USER, CHANNEL, PERSON, type Post, PRIVATE_CHANNEL, SlackServer, TEAM } from './slack-server.ts'

export const BOT_TOKEN = 'xoxb-1234-5678-kanarienvogel'
export const APP_TOKEN = 'xapp-1-A0NEP-42-kanarienvogel'

/** How long Slack waits for an acknowledgement before it sends again; the real one waits 3 s. */
const RESEND_AFTER_MS = 100

interface Update {
  path: string
  body: string
  envelope: { type: string; payload: unknown }
}

export type Way = 'http' | 'socket'

export interface SlackBench extends ContractDriver {
  server: SlackServer
  deliver(update: Update): Promise<void>
}

/** Starts the server and an adapter for it. */
export async function openSlack(way: Way, { log }: { log: Logger }): Promise<SlackBench> {
  const server = await new SlackServer().listen()
  const platform = await patiently({
    botToken: BOT_TOKEN,
    ...(way === 'http' ? { signingSecret: payloads.SIGNING_SECRET } : { appToken: APP_TOKEN }),
    apiRoot: server.apiRoot,
    log,
    timeoutMs: 300,
    socketPauses: { firstMs: 10, longestMs: 100, helloMs: 500, closeMs: 200 },
  })
  const acknowledgedAt: number[] = []
  const hooks = way === 'http' ? await serveWebhooks(platform) : undefined
  let closed = false
  let refusing = false
  let last: Update | undefined

  async function deliver(update: Update): Promise<void> {
    last = update
    if (way === 'http') await deliverOverHttp(update)
    else await deliverOverSocket(update)
  }

  async function deliverOverHttp({ path, body }: Update): Promise<void> {
    for (let attempt = 0; attempt < 4 && !closed; attempt++) {
      const signed = payloads.signedRequest(body, {
        path,
        headers: attempt ? { 'x-slack-retry-num': String(attempt) } : {},
      })
      const { status } = await fetch(`${hooks!.url}/webhooks/${path}`, {
        method: 'POST',
        headers: signed.headers,
        body: await signed.arrayBuffer(),
      })
      if (status === 200) {
        acknowledgedAt.push(performance.now())
        return
      }
    }
    throw new Error('Slack gave up on the update')
  }

  async function deliverOverSocket({ envelope }: Update): Promise<void> {
    for (let attempt = 0; attempt < 20 && !closed; attempt++) {
      const id = randomUUID()
      const retry = attempt ? { retry_attempt: attempt, retry_reason: 'timeout' } : {}
      for (const peer of server.peers.slice(-1))
        peer.send(JSON.stringify({ ...envelope, envelope_id: id, accepts_response_payload: false, ...retry }))
      const until = performance.now() + RESEND_AFTER_MS
      while (performance.now() < until && !closed) {
        if (server.acknowledged.has(id)) return
        await new Promise((resolve) => setTimeout(resolve, 2))
      }
    }
  }

  return {
    server,
    deliver,
    platform: { ...platform, send },
    secrets: [BOT_TOKEN, APP_TOKEN, payloads.SIGNING_SECRET],
    privateChat: { id: `${TEAM}:${PERSON.userId}`, kind: 'private' },
    groupChat: { id: `${TEAM}:${CHANNEL}`, kind: 'group' },
    person: { id: `${TEAM}:${PERSON.userId}`, displayName: PERSON.name },
    say: (saying) => deliver(updateOf(saying)),
    redeliver: () => deliver(last!),
    acknowledgedAt: () => (way === 'http' ? acknowledgedAt : server.acknowledgedAt),
    sentMessages: () => server.posts.map(seen),
    fault,
    sayUnsupported: () =>
      deliver(
        event(
          payloads.privateMessage('', { subtype: 'file_share', files: [{ id: 'F0VOICE', mimetype: 'audio/mp4' }] }),
        ),
      ),
    press: (token) => deliver(action(payloads.buttonPress(token))),
    ...(way === 'http'
      ? {
          webhook: {
            body: (saying) =>
              updateOf({ ...saying, manner: saying.manner === 'command' ? 'plain' : saying.manner }).body,
            sign: (body) => payloads.signedRequest(body),
            forge: payloads.forgeries,
          },
        }
      : {}),
    async close() {
      closed = true
      await hooks?.close()
      await server.close()
    },
  }

  async function fault(fault: Fault): Promise<void> {
    if (fault.kind !== 'refuseConnection') {
      server.faults.push(fault)
      return
    }
    refusing = true
    await server.close()
  }

  async function send(...parameters: Parameters<Platform['send']>): ReturnType<Platform['send']> {
    try {
      return await platform.send(...parameters)
    } finally {
      if (refusing) await server.listen()
      refusing = false
    }
  }
}

/** The time-outs are short for the suite's sake: on a busy machine the first call of all may not make it. */
async function patiently(options: SlackOptions, attempts = 10): Promise<Platform> {
  try {
    return await createSlack(options)
  } catch (error) {
    if (attempts === 1 || !(error instanceof SlackNotReady && error.retryable)) throw error
    return patiently(options, attempts - 1)
  }
}

export function event(inner: Record<string, unknown>, envelope: Record<string, unknown> = {}): Update {
  const body = payloads.eventBody(inner, envelope)
  return { path: 'slack/events', body, envelope: { type: 'events_api', payload: JSON.parse(body) } }
}

export function command(fields: Record<string, string>): Update {
  return { path: 'slack/commands', body: payloads.form(fields), envelope: { type: 'slash_commands', payload: fields } }
}

export function action(payload: Record<string, unknown>): Update {
  return { path: 'slack/actions', body: payloads.payloadForm(payload), envelope: { type: 'interactive', payload } }
}

function updateOf({ in: where, manner, text, by }: Saying): Update {
  const otherBot = by === 'otherBot' ? { bot_id: 'B0OTHER', user: 'U0OTHER' } : {}
  if (manner === 'command') {
    const [name = '', ...rest] = text.split(' ')
    const place: Record<string, string> =
      where === 'private' ? { channel_id: PRIVATE_CHANNEL, channel_name: 'directmessage' } : {}
    return command(payloads.slashCommand(name, payloads.escaped(rest.join(' ')), place))
  }
  if (where === 'private') return event(payloads.privateMessage(text, otherBot))
  if (manner === 'mention') return event(payloads.appMention(text, otherBot))
  const inThread = manner === 'reply' ? { thread_ts: '1700000000.000001', parent_user_id: BOT_USER } : {}
  return event(payloads.groupMessage(text, { ...otherBot, ...inThread }))
}

function seen(post: Post): SeenMessage {
  const text = post.text ?? ''
  const unescaped = text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>' })[name as 'amp'] ?? '')
  const localId = post.channel === PRIVATE_CHANNEL ? PERSON.userId : post.channel
  // Unescaped `<…>` is a mention or a link whatever is switched off; the rest is markup unless it is.
  const hasMarkup = /<[^>]*>/.test(text) || post.mrkdwn !== 'false' || post.parse !== 'none'
  return { chatId: `${TEAM}:${localId}`, text: unescaped, hasMarkup }
}

export async function serveWebhooks(platform: Platform): Promise<{ url: string; close(): Promise<void> }> {
  const byPath = new Map(platform.webhooks.map((route) => [`/webhooks/${route.path}`, route]))
  const answer = (request: Request) =>
    byPath.get(new URL(request.url).pathname)?.handle(request) ?? new Response(null, { status: 404 })
  return new Promise((resolve) => {
    const server = serve({ fetch: answer, port: 0, hostname: '127.0.0.1' }, ({ port }) => {
      const close = () =>
        new Promise<void>((closed) => {
          server.close(() => closed())
          if ('closeAllConnections' in server) server.closeAllConnections()
        })
      resolve({ url: `http://127.0.0.1:${port}`, close })
    })
  })
}
