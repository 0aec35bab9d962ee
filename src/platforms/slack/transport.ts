/**
 * The HTTP under Slack's client. Its own tells neither whether a failed request had left nor (without `Retry-After`) that it was
 * a 429, and both decide between "send again" and "may have been delivered".
 */
import { AsyncLocalStorage } from 'node:async_hooks'
import { LogLevel, type Logger as SlackLogger, webApi } from '@slack/bolt'
import type { Logger } from 'pino'
import { Agent, DecoratorHandler, type Dispatcher, fetch } from 'undici'
import type { JsonObject } from './json-fields.ts'

/** Below the 35 s after which a hanging server is given up everywhere else, above what Slack needs on a bad day. */
const DEFAULT_TIMEOUT_MS = 15_000

export type SlackClient = webApi.WebClient

type FetchInit = NonNullable<Parameters<webApi.FetchFunction>[1]>

/** Calls a method by name; its answer is read field by field, for another server's may look different from Slack's. */
export async function callMethod(
  client: SlackClient,
  method: string,
  fields: Record<string, unknown>,
): Promise<JsonObject> {
  return (await client.apiCall(method, fields)) as unknown as JsonObject
}

/** A request that brought no answer. Its message holds no address and no payload. */
export class RequestFailed extends Error {
  /** The request, or a part of it, may have reached the server. */
  readonly left: boolean
  /** `ECONNREFUSED`, `aborted`, `timeout`…: a word for logs. */
  readonly reason: string

  constructor(reason: string, left: boolean) {
    super(`No answer of Slack: ${reason}`)
    this.name = 'RequestFailed'
    this.reason = reason
    this.left = left
  }
}

/** A 429 that does not say for how long. Slack's client would make an error of it that cannot be told from others. */
export class RateLimitedWithoutTime extends Error {
  override readonly name = 'RateLimitedWithoutTime'
}

export interface Transport {
  /** The client for a token; one per token, so that connections and nothing else are shared. */
  client(token: string): SlackClient
  /** To be given to Slack's own classes. */
  readonly clientOptions: webApi.WebClientOptions
  /** Runs calls that end when the signal does. */
  within<T>(signal: AbortSignal, calls: () => Promise<T>): Promise<T>
  /** The plain POST for a response_url or an upload. */
  post(url: string, body: string | Uint8Array, contentType: string): Promise<{ status: number }>
  /** Server's clock minus ours at the last answer, in milliseconds (to about a second); none before the first. */
  clockSkewMs(): number | undefined
  close(): Promise<void>
}

export interface TransportOptions {
  /** Ends in `/api/`. */
  apiRoot: string
  log: Logger
  timeoutMs?: number
}

interface ForwardingHandler {
  onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void
}

/** undici's types leave out what its class inherits. */
const Forwarding = DecoratorHandler as unknown as new (handler: Dispatcher.DispatchHandler) => ForwardingHandler

/** Notices the moment at which a request is written to an established connection. */
class DepartureWatch extends Forwarding {
  readonly #departed: () => void

  constructor(handler: Dispatcher.DispatchHandler, departed: () => void) {
    super(handler)
    this.#departed = departed
  }

  override onRequestStart(controller: Dispatcher.DispatchController, context: unknown): void {
    this.#departed()
    super.onRequestStart(controller, context)
  }
}

/** Makes the transport for one API root. */
export function createTransport(options: TransportOptions): Transport {
  const timeoutMs = options.timeoutMs ?? DEFAULT_TIMEOUT_MS
  // A connection for each request (0 turns keep-alive off): written into one that the server is just closing, a message would
  // be lost in doubt, and a person would have to look. At a few messages a second the handshake costs less than that.
  const agent = new Agent({ pipelining: 0, connect: { timeout: timeoutMs } })
  const currentSignal = new AsyncLocalStorage<AbortSignal>()
  const clients = new Map<string, SlackClient>()
  let skewMs: number | undefined

  async function watchedFetch(url: string | URL, init: FetchInit = {}): Promise<Response> {
    let left = false
    const watch: Dispatcher.DispatcherComposeInterceptor = (dispatch) => (request, handler) =>
      dispatch(request, new DepartureWatch(handler, () => (left = true)))
    const signals = [init.signal, currentSignal.getStore()].filter((signal) => signal !== undefined)
    try {
      const response = await fetch(url, {
        ...init,
        signal: signals.length > 0 ? AbortSignal.any(signals) : undefined,
        dispatcher: agent.compose(watch),
      } as Parameters<typeof fetch>[1])
      const at = Date.parse(response.headers.get('date') ?? '')
      // The header is cut to the second: its middle is the best guess.
      if (!Number.isNaN(at)) skewMs = at + 500 - Date.now()
      if (response.status === 429 && !/^\d+$/.test(response.headers.get('retry-after') ?? '')) {
        await response.body?.cancel()
        throw new RateLimitedWithoutTime('HTTP 429')
      }
      return response as unknown as Response
    } catch (error) {
      throw error instanceof RateLimitedWithoutTime ? error : new RequestFailed(reasonOf(error), left)
    }
  }

  // No `headers` here: Slack's client writes the first token into them, and all later clients would send that one.
  const clientOptions: webApi.WebClientOptions = {
    slackApiUrl: options.apiRoot,
    // Our outbox decides what is repeated and when; its lease must not be outlived by a sleep inside a call.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    // A queued call would run with the abort signal of the call that made room for it. The outbox bounds what is under way.
    maxRequestConcurrency: Number.POSITIVE_INFINITY,
    timeout: timeoutMs,
    fetch: watchedFetch as webApi.FetchFunction,
    logger: quietLogger(options.log),
  }

  return {
    clientOptions,
    client(token) {
      const known = clients.get(token)
      if (known) return known
      const client = new webApi.WebClient(token, clientOptions)
      clients.set(token, client)
      return client
    },
    within: (signal, calls) => currentSignal.run(signal, calls),
    async post(url, body, contentType) {
      const response = await watchedFetch(url, {
        method: 'POST',
        headers: { 'content-type': contentType },
        body: body as string,
        redirect: 'error',
        signal: AbortSignal.timeout(timeoutMs),
      } as FetchInit)
      await response.body?.cancel()
      return { status: response.status }
    },
    clockSkewMs: () => skewMs,
    close: () => agent.destroy(),
  }
}

/**
 * Slack's libraries log payloads, headers and addresses at `debug` and quote answers at `warn`. Only the fact gets through:
 * what went wrong reaches our log as the outcome of the call.
 */
export function quietLogger(log: Logger): SlackLogger {
  const note = (level: string) => () => log.debug({ event: 'slack.client', code: level }, 'Slack library message')
  return {
    debug: () => undefined,
    info: () => undefined,
    warn: note('warn'),
    error: note('error'),
    setLevel: () => undefined,
    getLevel: () => LogLevel.ERROR,
    setName: () => undefined,
  }
}

/** A word for what failed: the deepest error code, or why it was aborted. */
function reasonOf(error: unknown): string {
  let reason = 'network'
  for (let at = error, depth = 0; at instanceof Error && depth < 5; at = at.cause, depth++) {
    if (at.name === 'TimeoutError') return 'timeout'
    if (at.name === 'AbortError') return 'aborted'
    const code = (at as NodeJS.ErrnoException).code
    if (typeof code === 'string' && /^[A-Z_]{2,40}$/.test(code)) reason = code
  }
  return reason
}
