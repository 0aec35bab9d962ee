/**
 * A small Bot API server over real HTTP, after the documented behaviour: long polling with a confirming offset, one poller
 * at a time, answers in Telegram's envelope. Faults are put in front of it per method.
 */
import { EventEmitter } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { performance } from 'node:perf_hooks'

export const BOT = {
  id: 7_000_001,
  username: 'nep_test_bot',
  token: '7000001:CANARY-token_AbCdEfGhIjKlMnOpQrStUvWxYz0',
}

export interface Call {
  method: string
  payload: Record<string, unknown>
  /** Uploaded files by the name under which they were attached. */
  files: Record<string, { fileName: string; bytes: Buffer }>
  at: number
}

export type ServerFault =
  | { kind: 'status'; status: number; body?: string; headers?: Record<string, string> }
  | { kind: 'refuse'; code: number; description: string; parameters?: Record<string, unknown> }
  /** `delivered`: the call took effect before the connection broke, hung or was answered with rubbish. */
  | { kind: 'reset' | 'hang' | 'malformed' | 'cut'; delivered?: boolean }

type Update = { update_id: number } & Record<string, unknown>

/** What a test wants of a call: a fault, or undefined for the ordinary answer. */
export type FaultPlan = (call: Call) => ServerFault | undefined

const SENDING = /^send/

export class BotApiServer {
  readonly calls: Call[] = []
  readonly sent: Call[] = []
  /** `performance.now()` when an offset moved past an update. */
  readonly acknowledgedAt: number[] = []
  plan: FaultPlan = () => undefined
  /** False: answers at once and hands the same updates out whatever the offset. */
  obeysOffset = true
  longPolls = true
  webhook: Record<string, unknown> = { url: '', pending_update_count: 0, has_custom_certificate: false }
  me: Record<string, unknown> = {
    id: BOT.id,
    is_bot: true,
    first_name: 'Nếp',
    username: BOT.username,
    can_join_groups: true,
    can_read_all_group_messages: false,
  }
  queue: Update[] = []
  /** Polls that another poll of the same bot ended. */
  conflicts = 0
  nextUpdateId = 500_000

  private readonly changed = new EventEmitter().setMaxListeners(0)
  private readonly hanging = new Set<ServerResponse>()
  private poller: ((answer: 'conflict') => void) | undefined
  private repeated: Update[] = []
  private last: Update | undefined
  private nextMessageId = 9_000
  private server: Server | undefined
  private port = 0

  get apiRoot(): string {
    return `http://127.0.0.1:${this.port}`
  }

  async start(): Promise<this> {
    const server = createServer((request, response) => {
      this.serve(request, response).catch(() => response.destroy())
    })
    await new Promise<void>((resolve) => server.listen(this.port, '127.0.0.1', resolve))
    this.port = (server.address() as AddressInfo).port
    this.server = server
    return this
  }

  /** Stops listening and drops every connection; the port stays this server's for `start`. */
  async stop(): Promise<void> {
    const { server } = this
    this.server = undefined
    this.hanging.clear()
    if (server === undefined) return
    await new Promise<void>((resolve) => {
      server.close(() => resolve())
      server.closeAllConnections()
    })
  }

  get isListening(): boolean {
    return this.server !== undefined
  }

  /** An update as Telegram queues it; returns it with its id. */
  push(part: Record<string, unknown>): Update {
    const update = { update_id: this.nextUpdateId++, ...part }
    this.queue.push(update)
    this.last = update
    this.changed.emit('update')
    return update
  }

  /** The last update comes once more, whatever was confirmed. */
  repeatLast(): void {
    if (this.last !== undefined) this.repeated.push(this.last)
    this.changed.emit('update')
  }

  callsOf(method: string): Call[] {
    return this.calls.filter((call) => call.method === method)
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const call = await readCall(request)
    const [, token, method] = /^\/bot([^/]+)\/(\w+)$/.exec(request.url ?? '') ?? []
    call.method = method ?? ''
    this.calls.push(call)
    if (token !== BOT.token) return refuse(response, 401, 'Unauthorized')
    const fault = this.plan(call)
    if (fault === undefined) {
      const result = await this.perform(call, response)
      if (result === 'conflict') {
        this.conflicts++
        refuse(
          response,
          409,
          'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
        )
      } else if (result !== 'gone') json(response, 200, { ok: true, result })
      return
    }
    if ('delivered' in fault && fault.delivered) await this.perform(call, response)
    switch (fault.kind) {
      case 'status':
        response.writeHead(fault.status, fault.headers).end(fault.body ?? '<html>no</html>')
        return
      case 'refuse':
        return refuse(response, fault.code, fault.description, fault.parameters)
      case 'reset':
        request.socket.resetAndDestroy()
        return
      case 'malformed':
        response.writeHead(200, { 'content-type': 'application/json' }).end('{"ok":true,"result":{"message_id":')
        return
      case 'cut':
        response.writeHead(200, { 'content-length': '1000' })
        response.write('{"ok":true,')
        response.destroy()
        return
      case 'hang':
        this.hanging.add(response)
    }
  }

  private async perform(call: Call, response: ServerResponse): Promise<unknown> {
    if (SENDING.test(call.method)) {
      this.sent.push(call)
      this.changed.emit('sent')
      return {
        message_id: this.nextMessageId++,
        date: Math.floor(Date.now() / 1000),
        chat: { id: call.payload.chat_id },
      }
    }
    switch (call.method) {
      case 'getMe':
        return this.me
      case 'getUpdates':
        return this.getUpdates(call, response)
      case 'getWebhookInfo':
        return this.webhook
      case 'setWebhook':
        this.webhook = { ...this.webhook, url: call.payload.url }
        return true
      case 'deleteWebhook':
        this.webhook = { ...this.webhook, url: '' }
        return true
      default:
        return true
    }
  }

  private async getUpdates(call: Call, response: ServerResponse): Promise<unknown> {
    this.poller?.('conflict')
    const { offset, timeout } = call.payload
    if (typeof offset === 'number' && this.obeysOffset) {
      const confirmed = this.queue.filter((update) => update.update_id < offset)
      for (const _ of confirmed) this.acknowledgedAt.push(performance.now())
      this.queue = this.queue.filter((update) => update.update_id >= offset)
    }
    const waiting = () => [...this.repeated.splice(0), ...this.queue.slice(0, 100)]
    const now = waiting()
    if (now.length > 0 || !this.longPolls) return now
    return new Promise((resolve) => {
      const finish = (result: unknown) => {
        clearTimeout(timer)
        this.changed.off('update', onUpdate)
        response.off('close', onClose)
        if (this.poller === finish) this.poller = undefined
        resolve(result)
      }
      const onUpdate = () => finish(waiting())
      const onClose = () => finish('gone')
      const timer = setTimeout(() => finish([]), Number(timeout ?? 0) * 1000)
      this.poller = finish
      this.changed.on('update', onUpdate)
      response.on('close', onClose)
    })
  }
}

function json(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

function refuse(response: ServerResponse, code: number, description: string, parameters?: unknown): void {
  json(response, code, { ok: false, error_code: code, description, parameters })
}

async function readCall(request: IncomingMessage): Promise<Call> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  const call: Call = { method: '', payload: {}, files: {}, at: performance.now() }
  const boundary = /boundary=(.+)$/.exec(request.headers['content-type'] ?? '')?.[1]
  if (boundary === undefined) call.payload = body.length === 0 ? {} : JSON.parse(body.toString('utf8'))
  else readParts(body.toString('latin1'), boundary, call)
  return call
}

/** Enough of multipart/form-data for what grammY writes. */
function readParts(body: string, boundary: string, call: Call): void {
  for (const part of body.split(`--${boundary}`).slice(1, -1)) {
    const split = part.indexOf('\r\n\r\n')
    const head = Buffer.from(part.slice(0, split), 'latin1').toString('utf8')
    const content = Buffer.from(part.slice(split + 4, -2), 'latin1')
    const name = /;\s*name="([^"]*)"/.exec(head)?.[1] ?? ''
    const fileName = /;\s*filename="([^"]*)"/.exec(head)?.[1]
    if (fileName !== undefined) call.files[name] = { fileName, bytes: content }
    else call.payload[name] = content.toString('utf8')
  }
}
