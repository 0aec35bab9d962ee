/**
 * The HTTP under grammY. Its own (node-fetch) tells neither whether a failed request had left nor the status of an answer
 * that is not Telegram's, and both decide between "send again" and "may have been delivered".
 */
import { type ClientRequest, Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'
import { Readable } from 'node:stream'
import { setImmediate } from 'node:timers/promises'

/**
 * Idle sockets are closed after this long: below the 5 s of a default Node server and the 60 s and more of nginx, so that
 * a request is hardly ever written into a connection that the server is just closing (which would be ambiguous).
 */
const IDLE_SOCKET_MS = 4_000

/** A hundred updates with the largest texts stay far below; more is not an answer of the Bot API. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024

/** A request that brought no answer of the Bot API. Holds no address, for the address holds the token. */
export class TransportError extends Error {
  /** The whole request may have reached the server. */
  readonly left: boolean
  /** `ECONNREFUSED`, `aborted`, `badAnswer`, `tooLong`…: a word for logs. */
  readonly reason: string
  /** HTTP status, where an answer came that was not the Bot API's. */
  readonly status?: number
  readonly retryAfterMs?: number

  constructor(reason: string, left: boolean, answer: { status?: number; retryAfterMs?: number } = {}) {
    super(`No answer of the Bot API: ${answer.status === undefined ? reason : `${reason}, HTTP ${answer.status}`}`)
    this.name = 'TransportError'
    this.reason = reason
    this.left = left
    this.status = answer.status
    this.retryAfterMs = answer.retryAfterMs
  }
}

/** What grammY hands to its `fetch`, as far as it is used here. */
interface FetchInit {
  method?: string
  headers?: Record<string, string>
  body?: string | Readable
  signal?: AbortListenable
}

interface AbortListenable {
  readonly aborted: boolean
  addEventListener(type: 'abort', listener: () => void): void
  removeEventListener(type: 'abort', listener: () => void): void
}

interface Answer {
  status: number
  text: string
  retryAfterMs?: number
}

/** The answer in Telegram's envelope; gaps that other servers leave are filled from the HTTP status. */
interface Envelope {
  ok: boolean
  [field: string]: unknown
}

export interface Transport {
  /** To be given to grammY as `client.fetch`. Rejects with `TransportError` alone. */
  fetch(url: string | URL, init: FetchInit): Promise<{ json(): Promise<unknown> }>
  /** Server's clock minus ours at the last answer, in milliseconds (to about a second); none before the first. */
  clockSkewMs(): number | undefined
}

/** Makes the transport for one API root (its own connections, kept alive). */
export function createTransport(apiRoot: string): Transport {
  const secure = apiRoot.startsWith('https:')
  const agentOptions = { keepAlive: true, timeout: IDLE_SOCKET_MS }
  const agent = secure ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions)
  let skewMs: number | undefined

  function exchange(url: string | URL, init: FetchInit): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const { body, signal } = init
      let connected = false
      // A body that is a stream is known to the server as a whole only once its end was written.
      let written = !(body instanceof Readable)
      const fail = (reason: string, answer = {}) => {
        signal?.removeEventListener('abort', abort)
        reject(new TransportError(reason, connected && written, answer))
        if (body instanceof Readable) body.destroy()
        request?.destroy()
      }
      const abort = () => fail('aborted')
      let request: ClientRequest | undefined
      if (signal?.aborted) return abort()
      signal?.addEventListener('abort', abort)

      const send = secure ? httpsRequest : httpRequest
      request = send(url, { method: init.method ?? 'POST', headers: init.headers, agent })
      request.on('socket', (socket) => {
        if (request?.reusedSocket) connected = true
        else socket.once(secure ? 'secureConnect' : 'connect', () => (connected = true))
      })
      request.on('error', (error: NodeJS.ErrnoException) => fail(error.code ?? 'network'))
      request.on('response', (response) => {
        noteClock(response)
        collect(response, (reason) => fail(reason, { status: response.statusCode }))
          .then((text) => {
            signal?.removeEventListener('abort', abort)
            resolve({ status: response.statusCode ?? 0, text, retryAfterMs: retryAfterOf(response) })
          })
          .catch(() => undefined)
      })
      if (body instanceof Readable) {
        body.on('error', () => fail('unreadableUpload'))
        body.once('end', () => (written = true))
        body.pipe(request)
      } else request.end(body)
    })
  }

  function noteClock(response: IncomingMessage): void {
    const at = Date.parse(response.headers.date ?? '')
    // The header is cut to the second: its middle is the best guess.
    if (!Number.isNaN(at)) skewMs = at + 500 - Date.now()
  }

  return {
    async fetch(url, init) {
      // Two turns, so that one whole round of the event loop lies between: an idle connection that the server has already
      // closed is noticed and not written into.
      await setImmediate()
      await setImmediate()
      const answer = await exchange(url, init)
      const envelope = readEnvelope(answer)
      return { json: () => Promise.resolve(envelope) }
    },
    clockSkewMs: () => skewMs,
  }
}

function collect(response: IncomingMessage, fail: (reason: string) => void): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = []
    let bytes = 0
    const give = (reason: string) => {
      fail(reason)
      reject(new Error(reason))
    }
    response.on('data', (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > MAX_ANSWER_BYTES) give('tooLong')
      else chunks.push(chunk)
    })
    response.on('end', () => (response.complete ? resolve(Buffer.concat(chunks).toString('utf8')) : give('cutShort')))
    response.on('error', (error: NodeJS.ErrnoException) => give(error.code ?? 'cutShort'))
    response.on('aborted', () => give('cutShort'))
  })
}

/** `Retry-After` in seconds, as proxies before a Bot API server send it; its date form is not used by any. */
function retryAfterOf(response: IncomingMessage): number | undefined {
  const seconds = Number(response.headers['retry-after'])
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined
}

function readEnvelope(answer: Answer): Envelope {
  let body: unknown
  try {
    body = JSON.parse(answer.text)
  } catch {
    throw new TransportError('badAnswer', true, answer)
  }
  if (typeof body !== 'object' || body === null || !('ok' in body) || typeof body.ok !== 'boolean') {
    throw new TransportError('badAnswer', true, answer)
  }
  const envelope = body as Envelope
  if (envelope.ok) return envelope
  if (/^\d{3}$/.test(String(envelope.error_code))) envelope.error_code = Number(envelope.error_code)
  else envelope.error_code = answer.status
  if (typeof envelope.description !== 'string') envelope.description = ''
  if (typeof envelope.parameters !== 'object' || envelope.parameters === null) {
    envelope.parameters = answer.retryAfterMs === undefined ? {} : { retry_after: answer.retryAfterMs / 1000 }
  }
  return envelope
}
