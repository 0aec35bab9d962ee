/**
 * The Zalo Bot Platform over HTTP: one POST with JSON per call, `{ok, result}` back. No SDK on npm is usable, and
 * this is all of it. The token stands in the URL, therefore the URL never leaves this file.
 */
import { failureOfFetch, tellsOfChatGone, ZaloError, type ZaloFailure } from './errors.ts'

export const ZALO_API_ROOT = 'https://bot-api.zaloplatforms.com'

/** Largest answer that is read; real ones are below 1 KB. */
const MAX_ANSWER_BYTES = 1_048_576

/** Longest wait that Zalo can ask of us: a day. */
const MAX_RETRY_AFTER_S = 86_400

export interface ZaloClock {
  /** Milliseconds since 1970. */
  now(): number
  /** Resolves after `ms`, or at once when the signal aborts; never rejects. */
  wait(ms: number, signal: AbortSignal): Promise<void>
}

export const systemClock: ZaloClock = {
  now: Date.now,
  wait: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve()
      const done = () => {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      const timer = setTimeout(done, ms)
      signal.addEventListener('abort', done)
    }),
}

export interface CallOptions {
  timeoutMs: number
  /** Gives the request up while no answer has begun; an answer that has begun is read to its end. */
  signal?: AbortSignal
}

export interface ZaloClient {
  /**
   * Calls a method and resolves with its `result`.
   * @throws {ZaloError} whatever goes wrong; nothing else
   */
  call(method: string, params: Record<string, unknown>, options: CallOptions): Promise<unknown>
}

/** Makes the client. `apiRoot` without a trailing slash. */
export function createZaloClient(options: { token: string; apiRoot: string; fetch: typeof fetch }): ZaloClient {
  const { token, apiRoot } = options
  if (!URL.canParse(`${apiRoot}/bot${token}/getMe`))
    throw new Error('ZALO_API_ROOT or ZALO_BOT_TOKEN does not make an address')

  return {
    async call(method, params, { timeoutMs, signal }) {
      if (signal?.aborted) throw new ZaloError(method, { happened: 'unreached', reason: 'stopped' })
      const abort = new AbortController()
      let reason: 'timeout' | 'stopped' | undefined
      const giveUp = (why: 'timeout' | 'stopped') => {
        reason ??= why
        abort.abort()
      }
      const onStop = () => giveUp('stopped')
      const timer = setTimeout(() => giveUp('timeout'), timeoutMs)
      signal?.addEventListener('abort', onStop, { once: true })
      try {
        const response = await options.fetch(`${apiRoot}/bot${token}/${method}`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            // A connection kept open may be closed by the other side just as we write to it: a send that was never
            // read would look like one that may have arrived.
            connection: 'close',
          },
          body: JSON.stringify(params),
          // The token must not follow a redirect to another host.
          redirect: 'manual',
          signal: abort.signal,
        })
        // getUpdates hands an update out once: what has begun to arrive is not thrown away by a stop.
        signal?.removeEventListener('abort', onStop)
        const text = await readText(response)
        return interpret(method, response, text)
      } catch (error) {
        if (error instanceof ZaloError) throw error
        // The original error is not passed on: fetch puts URLs into some of its messages.
        throw new ZaloError(method, reason ? { happened: 'unanswered', reason } : failureOfFetch(error))
      } finally {
        clearTimeout(timer)
        signal?.removeEventListener('abort', onStop)
      }
    },
  }
}

async function readText(response: Response): Promise<string | undefined> {
  if (!response.body) return ''
  const parts: Uint8Array[] = []
  let size = 0
  for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
    size += part.byteLength
    if (size > MAX_ANSWER_BYTES) return undefined
    parts.push(part)
  }
  return Buffer.concat(parts).toString('utf8')
}

function parseRecord(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}

/** HTTP 200 is not success and an error status may come with or without Zalo's envelope: look at `ok`, then at the status. */
function interpret(method: string, response: Response, text: string | undefined): unknown {
  const body = parseRecord(text)
  const isSuccess = response.status >= 200 && response.status < 300
  if (isSuccess && body?.ok === true) return body.result
  if (isSuccess && body?.ok !== false) throw new ZaloError(method, { happened: 'unreadable' })
  throw new ZaloError(method, refusal(response, body))
}

function refusal(response: Response, body: Record<string, unknown> | undefined): ZaloFailure {
  const hasEnvelope = body?.ok === false
  const inBody = hasEnvelope ? Number(body.error_code) : Number.NaN
  const code = Number.isInteger(inBody) && inBody > 0 ? inBody : response.status >= 300 ? response.status : undefined
  const retryAfterMs = readRetryAfter(response, body)
  return {
    happened: 'refused',
    code,
    hasEnvelope,
    isChatGone: hasEnvelope && tellsOfChatGone(code, body.description),
    ...(retryAfterMs === undefined ? {} : { retryAfterMs }),
  }
}

/** Zalo documents none; if it ever says when to come back, that is obeyed. */
function readRetryAfter(response: Response, body: Record<string, unknown> | undefined): number | undefined {
  const parameters = body?.parameters as { retry_after?: unknown } | null | undefined
  for (const candidate of [parameters?.retry_after, body?.retry_after, response.headers.get('retry-after')]) {
    const seconds = Number(candidate ?? Number.NaN)
    if (seconds > 0) return Math.min(seconds, MAX_RETRY_AFTER_S) * 1_000
  }
  return undefined
}
