/**
 * A Zalo Bot Platform on loopback, holding what was observed of the real one: one object per getUpdates and never twice,
 * 408 when idle, webhooks flat or wrapped, `photo_url`, millisecond dates, a secret that setWebhook requires, mentions as plain
 * text, `zgr-` groups of which the bot hears only mentions and replies, 429 without a time, 403 "Internal server error".
 *
 * What is not documented and assumed here: that a webhook is sent again when it is not answered 2xx (`webhookTries`), and
 * the wording for a chat that does not exist.
 */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { performance } from 'node:perf_hooks'
import { seededRandom } from '../contract/mutations.ts'
import { answerCall, type BotCall } from './simulator-api.ts'
import { makeMessages, type SimulatedChat, type SimulatedUser, type Update } from './simulator-messages.ts'

export type { SimulatedChat, SimulatedUser, Update } from './simulator-messages.ts'

/** What goes wrong with a call. `delivered`: a message is sent all the same, and only the answer is lost. */
export type ApiFault =
  | { kind: 'status'; status: number; body?: string; headers?: Record<string, string> }
  | { kind: 'reset' | 'hang' | 'malformed'; delivered: boolean }
  /** The connection is closed as soon as it is made. */
  | { kind: 'refuse' }

export interface SentMessage {
  method: 'sendMessage' | 'sendPhoto'
  chatId: string
  /** Text or caption. */
  text: string
  photo?: string
  /** Asked for markup: then `text` was not shown as it stands. */
  hasMarkup: boolean
  messageId: string
  at: number
}

export interface SimulatorOptions {
  seed?: number
  token?: string
  botName?: string
  /** Length of Zalo's second when a long poll is held: small, so that tests do not wait. */
  secondMs?: number
  /** `flat`, `wrapped`, or one of both by chance. */
  envelope?: 'flat' | 'wrapped' | 'either'
  /** How often a webhook is tried until it is answered 2xx. */
  webhookTries?: number
  /** Outbound messages of the month; 3,000 as in the free plan. */
  quota?: number
}

type FaultRule = { method: string; fault: ApiFault; times: number; chance: number }

export class ZaloSimulator {
  readonly token: string
  readonly botId = '1459232241454765289'
  readonly botName: string
  readonly secondMs: number
  readonly random: () => number
  readonly sent: SentMessage[] = []
  /** Every call that came in, in order. */
  readonly calls: BotCall[] = []
  /** When updates were acknowledged: the webhook answered 2xx, or the next update was asked for. */
  readonly acknowledgedAt: number[] = []
  /** Status of every webhook request that was answered. */
  readonly webhookAnswers: number[] = []
  /** What chats exist, by id. */
  readonly chats = new Map<string, SimulatedChat>()
  readonly say: ReturnType<typeof makeMessages>
  webhook: { url: string; secret: string; updatedAt: number } | null = null
  quota: number
  /** Times that getUpdates was asked while somebody else's was still held. */
  overlaps = 0

  private readonly envelope: NonNullable<SimulatorOptions['envelope']>
  private readonly webhookTries: number
  private readonly faults: FaultRule[] = []
  private readonly queue: Update[] = []
  private readonly polls = new Set<() => boolean>()
  private readonly sockets = new Set<Socket>()
  private wake: (() => void) | null = null
  private handedOut = 0
  private lastUpdate: Update | undefined
  private server: Server
  private webhookChain: Promise<void> = Promise.resolve()
  private isClosed = false

  constructor(options: SimulatorOptions = {}) {
    this.token = options.token ?? `${this.botId}:SimulatedKeyThatNobodyMaySee`
    this.botName = options.botName ?? 'Bot Nếp Chi bộ 3'
    this.secondMs = options.secondMs ?? 5
    this.random = seededRandom(options.seed ?? 1)
    this.envelope = options.envelope ?? 'either'
    this.webhookTries = options.webhookTries ?? 6
    this.quota = options.quota ?? 3_000
    this.say = makeMessages(this)
    this.server = createServer((request, response) => void this.serve(request, response))
    this.server.on('connection', (socket) => {
      this.sockets.add(socket)
      socket.on('close', () => this.sockets.delete(socket))
    })
  }

  async start(): Promise<this> {
    await new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve))
    return this
  }

  get apiRoot(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`
  }

  async close(): Promise<void> {
    this.isClosed = true
    this.wake?.()
    for (const socket of this.sockets) socket.destroy()
    await new Promise((resolve) => this.server.close(resolve))
  }

  /** Applies to the next `times` calls of `method` (`*`: any), each with `chance`. */
  fail(method: string, fault: ApiFault, { times = 1, chance = 1 } = {}): void {
    this.faults.push({ method, fault, times, chance })
  }

  /** No faults any more. */
  heal(): void {
    this.faults.length = 0
  }

  /** Puts an update on its way: to the webhook where one is set, else into the queue. */
  deliver(update: Update): void {
    this.lastUpdate = update
    if (this.webhook) this.webhookChain = this.webhookChain.then(() => this.post(update))
    else {
      this.queue.push(update)
      this.wake?.()
    }
  }

  redeliver(): void {
    if (this.lastUpdate) this.deliver(this.lastUpdate)
  }

  /** Holds updates back, then delivers them in another order, some twice. */
  deliverDisordered(updates: readonly Update[], duplicateChance: number): number {
    const all = updates.flatMap((update) => (this.random() < duplicateChance ? [update, update] : [update]))
    for (let index = all.length - 1; index > 0; index--) {
      const other = Math.floor(this.random() * (index + 1))
      ;[all[index], all[other]] = [all[other] as Update, all[index] as Update]
    }
    for (const update of all) this.deliver(update)
    return all.length
  }

  /** Updates that nobody has fetched. */
  get waiting(): number {
    return this.queue.length
  }

  /** getUpdates: hands out one update and forgets it, or says 408 after `seconds`. */
  async nextUpdate(seconds: number, isGone: () => boolean): Promise<Update | null> {
    if ([...this.polls].some((isOtherGone) => !isOtherGone())) this.overlaps++
    this.polls.add(isGone)
    try {
      return await this.wait(seconds, isGone)
    } finally {
      this.polls.delete(isGone)
    }
  }

  private async wait(seconds: number, isGone: () => boolean): Promise<Update | null> {
    if (this.handedOut > this.acknowledgedAt.length) this.acknowledgedAt.push(performance.now())
    this.wake?.()
    if (this.queue.length === 0) {
      await new Promise<void>((resolve) => {
        const done = () => {
          clearTimeout(timer)
          if (this.wake === done) this.wake = null
          resolve()
        }
        const timer = setTimeout(done, seconds * this.secondMs)
        this.wake = done
      })
    }
    if (this.isClosed || isGone()) return null
    const update = this.queue.shift()
    if (update) this.handedOut++
    return update ?? null
  }

  /** The body of a webhook request for this update. */
  webhookBody(update: Update): string {
    const isWrapped = this.envelope === 'wrapped' || (this.envelope === 'either' && this.random() < 0.5)
    return JSON.stringify(isWrapped ? { ok: true, result: update } : update)
  }

  /** POST to the webhook as Zalo does, until it is taken. */
  private async post(update: Update): Promise<void> {
    for (let tries = 0; tries < this.webhookTries && this.webhook && !this.isClosed; tries++) {
      try {
        const { status } = await fetch(this.webhook.url, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            'x-bot-api-secret-token': this.webhook.secret,
            'user-agent': 'Java/17.0.9',
            connection: 'close',
          },
          body: this.webhookBody(update),
        })
        this.webhookAnswers.push(status)
        if (status >= 200 && status < 300) {
          this.acknowledgedAt.push(performance.now())
          return
        }
      } catch {
        // Nobody listens: tried again.
      }
    }
  }

  takeFault(method: string): ApiFault | undefined {
    const rule = this.faults.find(
      (each) => each.times > 0 && (each.method === '*' || each.method === method) && this.random() < each.chance,
    )
    if (!rule) return undefined
    rule.times--
    return rule.fault
  }

  private async serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    try {
      await answerCall(this, request, response)
    } catch {
      // The other side went away.
      response.destroy()
    }
  }
}

export async function startSimulator(options?: SimulatorOptions): Promise<ZaloSimulator> {
  return await new ZaloSimulator(options).start()
}

export type { BotCall } from './simulator-api.ts'
export type SimulatorUser = SimulatedUser
