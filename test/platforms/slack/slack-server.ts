/** A small Slack for faults: the Web API methods that the adapter calls, Socket Mode, and a hand on what goes wrong. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'
import type { Fault } from '../contract.ts'
import { acceptWebSocket, type WebSocketPeer } from './web-socket-server.ts'

export const TEAM = 'T0CELL'
export const BOT_USER = 'U0BOT'
export const BOT_ID = 'B0BOT'
export const PERSON = { userId: 'U0AN', name: 'Nguyễn Văn An' }
export const CHANNEL = 'C0CELL'
export const PRIVATE_CHANNEL = 'D0AN'

type Fields = Record<string, string>

export interface Post extends Fields {
  method: string
  token: string
  /** As it came. */
  body: string
}

export class SlackServer {
  readonly posts: Post[] = []
  readonly calls: Post[] = []
  readonly acknowledgedAt: number[] = []
  /** Envelope ids that the bot acknowledged. */
  readonly acknowledged = new Set<string>()
  /** Answers by method, before the usual ones. */
  readonly answers = new Map<string, (fields: Fields, token: string) => Record<string, unknown> | undefined>()
  /** Added to every answer. */
  headers: Record<string, string> = {}
  /** Applied to posts, one after another. */
  readonly faults: Fault[] = []
  peers: WebSocketPeer[] = []
  connections = 0
  port = 0
  readonly #hanging = new Set<ServerResponse>()
  readonly #server = createServer((request, response) => void this.#handle(request, response))
  #timestamps = 0

  constructor() {
    this.#server.on('upgrade', (request, socket) => {
      this.connections++
      const peer = acceptWebSocket(request, socket, {
        text: (text) => this.#onEnvelopeAnswer(text),
        closed: () => {
          this.peers = this.peers.filter((other) => other !== peer)
        },
      })
      this.peers.push(peer)
      peer.send(JSON.stringify({ type: 'hello', num_connections: 1 }))
    })
  }

  get apiRoot(): string {
    return `http://127.0.0.1:${this.port}/api/`
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(this.port, '127.0.0.1', resolve))
    this.port = (this.#server.address() as AddressInfo).port
    return this
  }

  async close(): Promise<void> {
    for (const peer of this.peers) peer.destroy()
    if (!this.#server.listening) return
    const closed = new Promise((resolve) => this.#server.close(resolve))
    this.#server.closeAllConnections()
    await closed
  }

  /** A timestamp as Slack gives them: unique in a channel, the time in seconds. */
  nextTs(): string {
    return `${Math.floor(Date.now() / 1000)}.${String(++this.#timestamps).padStart(6, '0')}`
  }

  #onEnvelopeAnswer(text: string): void {
    const { envelope_id: id } = JSON.parse(text) as { envelope_id: string }
    this.acknowledged.add(id)
    this.acknowledgedAt.push(performance.now())
  }

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = []
    try {
      for await (const chunk of request) chunks.push(chunk as Buffer)
    } catch {
      return
    }
    const method = new URL(request.url ?? '/', 'http://slack').pathname.replace('/api/', '')
    const body = Buffer.concat(chunks).toString('utf8')
    const fields = Object.fromEntries(new URLSearchParams(body))
    const token = (request.headers.authorization ?? '').replace('Bearer ', '')
    const call = { ...fields, method, token, body }
    this.calls.push(call)
    const isPost = method.startsWith('chat.post') || method === 'files.completeUploadExternal'
    const fault = isPost ? this.faults.shift() : undefined
    if (fault) return this.#misbehave(fault, request, response)
    const own = this.answers.get(method)?.(fields, token)
    if (isPost && own === undefined) this.posts.push(call)
    json(response, own ?? this.#answer(method, fields), this.headers)
  }

  #misbehave(fault: Fault, request: IncomingMessage, response: ServerResponse): void {
    switch (fault.kind) {
      case 'serverError':
        response.writeHead(fault.status).end('<html>upstream</html>')
        return
      case 'rateLimited':
        response
          .writeHead(429, { 'retry-after': String(fault.retryAfterSeconds) })
          .end('{"ok":false,"error":"ratelimited"}')
        return
      case 'resetAfterBody':
        request.socket.resetAndDestroy()
        return
      case 'hang':
        this.#hanging.add(response)
        return
      case 'malformedJson':
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":tr')
        return
      case 'tokenInvalid':
        json(response, { ok: false, error: 'invalid_auth' })
        return
      case 'chatGone':
        json(response, { ok: false, error: 'channel_not_found' })
        return
      case 'refuseConnection':
        throw new Error('a server that answers has not refused')
    }
  }

  #answer(method: string, fields: Fields): Record<string, unknown> {
    const port = this.port
    switch (method) {
      case 'auth.test':
        return { ok: true, team_id: TEAM, user_id: BOT_USER, bot_id: BOT_ID, user: 'nep' }
      case 'conversations.open':
        return { ok: true, channel: { id: fields.users === PERSON.userId ? PRIVATE_CHANNEL : `D${fields.users}` } }
      case 'conversations.replies':
        return { ok: true, messages: [] }
      case 'users.info':
        if (fields.user !== PERSON.userId) return { ok: false, error: 'user_not_found' }
        return { ok: true, user: { id: fields.user, profile: { display_name: PERSON.name } } }
      case 'apps.connections.open':
        return { ok: true, url: `ws://127.0.0.1:${port}/socket` }
      case 'files.getUploadURLExternal':
        return { ok: true, upload_url: `http://127.0.0.1:${port}/upload`, file_id: 'F0FILE' }
      case 'chat.postEphemeral':
        return { ok: true, message_ts: this.nextTs() }
      case 'chat.postMessage':
        return { ok: true, channel: fields.channel, ts: this.nextTs() }
      default:
        return { ok: true }
    }
  }
}

function json(response: ServerResponse, body: unknown, headers: Record<string, string> = {}): void {
  response.writeHead(200, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
}
