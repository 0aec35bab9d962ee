/** Slack over Socket Mode: we connect, Slack sends, and an envelope is answered once what it held is durable. */
import { setTimeout as sleep } from 'node:timers/promises'
import { type App, SocketModeReceiver } from '@slack/bolt'
import type { Logger } from 'pino'
import { readFailure } from './errors.ts'
import { isJsonObject, objectField, textField } from './json-fields.ts'
import type { Inlet } from './receive.ts'
import { quietLogger, type Transport } from './transport.ts'

/** Waits between attempts to connect: short after a connection that worked (Slack renews them every few hours), then doubling. */
export interface SocketPauses {
  firstMs: number
  longestMs: number
  /** How long Slack may take to say hello. */
  helloMs: number
  /** How long a connection may take to close before we go without it. */
  closeMs: number
}

const DEFAULT_PAUSES: SocketPauses = { firstMs: 1_000, longestMs: 30_000, helloMs: 20_000, closeMs: 1_000 }

/** Names under which Slack's client speaks to itself: an event of that type would be taken for its own. */
const INNER_EVENTS = new Set([
  ...['ws_message', 'slack_event', 'error', 'close', 'outgoing_message', 'connecting', 'connected', 'reconnecting'],
  ...['disconnecting', 'disconnected', 'authenticated'],
])

export interface SocketOptions {
  appToken: string
  transport: Transport
  inlet: Inlet
  log: Logger
  pauses?: Partial<SocketPauses>
}

type SocketClient = SocketModeReceiver['client']

/** Keeps one connection open until it is stopped. Resolves at once; connecting goes on in the background, whatever fails. */
export function openSocket(options: SocketOptions): { stop(): Promise<void> } {
  const pauses = { ...DEFAULT_PAUSES, ...options.pauses }
  const { log } = options
  const client = createClient(options)
  const stopping = new AbortController()
  const running = keepConnected()

  async function keepConnected(): Promise<void> {
    let failures = 0
    while (!stopping.signal.aborted) {
      const ended = new Promise<void>((resolve) => client.once('disconnected', () => resolve()))
      try {
        await connect(client, pauses, stopping.signal)
        failures = 0
        log.info({ event: 'slack.connected' }, 'Connected to Slack')
        await Promise.race([ended, aborted(stopping.signal)])
        log.info({ event: 'slack.disconnected' }, 'Disconnected from Slack')
      } catch (error) {
        failures++
        if (stopping.signal.aborted) break
        log.warn({ event: 'slack.connectFailed', code: codeOf(error), failures }, 'Could not connect to Slack')
        await disconnect(client, pauses.closeMs)
        const pause = Math.min(pauses.longestMs, pauses.firstMs * 2 ** Math.min(failures - 1, 10))
        // Up to a quarter more, so that many bots do not come back in one instant.
        await sleep(pause * (1 + Math.random() / 4), undefined, { signal: stopping.signal }).catch(() => undefined)
      }
    }
    await disconnect(client, pauses.closeMs)
  }

  return {
    async stop() {
      stopping.abort()
      await running
    },
  }
}

function createClient({ appToken, transport, inlet, log }: SocketOptions): SocketClient {
  const receiver = new SocketModeReceiver({
    appToken,
    logger: quietLogger(log),
    // Its own way of reconnecting ends in an unhandled rejection when Slack cannot be reached, and waits ever longer without bound.
    autoReconnectEnabled: false,
    installerOptions: { clientOptions: transport.clientOptions },
    // What was not kept is not acknowledged: Slack sends it again.
    processEventErrorHandler: async () => false,
  })
  // The receiver's part of an App: it hands over what came with a way to acknowledge it.
  const taker: Pick<App, 'processEvent'> = {
    async processEvent({ body, ack, retryNum }) {
      const delivery = await inlet.deliver(body, retryNum)
      if (delivery === 'accepted' || delivery === 'malformed') await ack()
    },
  }
  receiver.init(taker as App)
  guardMessages(receiver.client)
  return receiver.client
}

/** Slack's client throws, unheard, on frames that it does not expect: only those that it can read reach it. */
function guardMessages(client: SocketClient): void {
  const listeners = client.listeners('ws_message') as ((data: unknown, isBinary: boolean) => unknown)[]
  client.removeAllListeners('ws_message')
  client.on('ws_message', (data: unknown, isBinary: boolean) => {
    if (isBinary || typeof data !== 'string' || !isReadableFrame(data)) return
    for (const listener of listeners) Promise.resolve(listener(data, isBinary)).catch(() => undefined)
  })
}

function isReadableFrame(data: string): boolean {
  let frame: unknown
  try {
    frame = JSON.parse(data)
  } catch {
    return false
  }
  if (!isJsonObject(frame)) return false
  const type = textField(frame, 'type')
  if (type === 'hello' || type === 'disconnect') return true
  const payload = objectField(frame, 'payload')
  if (!payload || !textField(frame, 'envelope_id')) return false
  if (type === 'slash_commands' || type === 'interactive') return true
  const eventType = textField(objectField(payload, 'event'), 'type')
  return type === 'events_api' && eventType !== undefined && !INNER_EVENTS.has(eventType)
}

async function connect(client: SocketClient, pauses: SocketPauses, stopping: AbortSignal): Promise<void> {
  const attempt = client.start()
  // It may fail long after it was given up.
  attempt.catch(() => undefined)
  const patience = new AbortController()
  try {
    await Promise.race([
      attempt,
      sleep(pauses.helloMs, undefined, { signal: patience.signal }).then(() => {
        throw new Error('no hello')
      }),
      aborted(stopping),
    ])
  } finally {
    patience.abort()
  }
}

/** Closes the connection where there is one; a peer that does not answer is not waited for. */
async function disconnect(client: SocketClient, closeMs: number): Promise<void> {
  const patience = new AbortController()
  const closing = client.disconnect().catch(() => undefined)
  await Promise.race([closing, sleep(closeMs, undefined, { signal: patience.signal }).catch(() => undefined)])
  patience.abort()
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve()
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }))
}

function codeOf(error: unknown): string {
  return error instanceof Error && error.message === 'no hello' ? 'no_hello' : readFailure(error).code
}
