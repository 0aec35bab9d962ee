/** Telegram's webhook: the request's secret, its size and shape, then the sink, then the answer. */
import { createHmac, hash, timingSafeEqual } from 'node:crypto'
import type { Logger } from 'pino'
import type { InboundEvent, Sink, WebhookRequest } from '../../engine/platform.ts'
import { type Reader, readUpdate } from './read-update.ts'

/** Path under `/webhooks/`. */
export const WEBHOOK_PATH = 'telegram'

/** The largest real updates (a long text with entities, a reply and a quote) are below 64 KB; this leaves room. */
const MAX_BODY_BYTES = 256 * 1024

/** Refused requests are counted and logged once in this time, so that a scanner cannot fill the log. */
const REFUSAL_LOG_MS = 60_000

const SECRET_HEADER = 'x-telegram-bot-api-secret-token'

/**
 * The secret where none was configured: the same in every replica and after every restart, and not to be guessed without
 * the token. Fits Telegram's alphabet (A–Z a–z 0–9 _ -).
 */
export function deriveSecret(token: string): string {
  return createHmac('sha256', token).update('nep telegram webhook').digest('base64url')
}

/** Compares in constant time whatever the lengths: both sides are hashed first. */
export function isSecret(given: string | null, expected: string): boolean {
  if (given === null) return false
  return timingSafeEqual(sha256(given), sha256(expected))
}

export interface WebhookHandler {
  /**
   * 200: durable, or nothing for us. 400, 401, 405, 413: will never be taken. 500, 503: not stored, to be sent again,
   * which Telegram does for a day.
   */
  handle(request: WebhookRequest): Promise<Response>
  /** Begins to hand over. */
  open(sink: Sink): void
  /** Refuses what comes from now on (503); resolves when the requests under way are answered. */
  close(): Promise<void>
}

/** Makes the handler. `reader` gives undefined while the bot does not know its own name yet. */
export function createWebhookHandler(options: {
  secret: string
  reader: () => Reader | undefined
  log: Logger
}): WebhookHandler {
  const { secret, log } = options
  const underWay = new Set<Promise<Response>>()
  let sink: Sink | undefined
  let refused = 0
  let refusalLoggedAt = Number.NEGATIVE_INFINITY

  async function answer(request: WebhookRequest): Promise<Response> {
    if (request.method !== 'POST') return plain(405)
    if (!isSecret(request.headers.get(SECRET_HEADER), secret)) {
      noteRefusal()
      return plain(401)
    }
    const body = await readBody(request)
    if (body === undefined) return plain(413)
    const reader = options.reader()
    if (sink === undefined || reader === undefined) return plain(503)
    const update = readUpdate(parseJson(body), reader)
    if (update === undefined) return plain(400)
    return update.event === undefined ? plain(200) : store(update.event, sink)
  }

  async function store(event: InboundEvent, into: Sink): Promise<Response> {
    try {
      await into([event])
      return plain(200)
    } catch {
      log.error({ event: 'telegram.sink.refused' }, 'An update could not be stored; Telegram will send it again')
      return plain(500)
    }
  }

  function noteRefusal(): void {
    refused += 1
    if (performance.now() - refusalLoggedAt < REFUSAL_LOG_MS) return
    refusalLoggedAt = performance.now()
    log.warn(
      { event: 'telegram.webhook.refused', count: refused },
      'Webhook requests without the right secret were refused',
    )
    refused = 0
  }

  return {
    async handle(request) {
      const response = answer(request).catch(() => plain(400))
      underWay.add(response)
      try {
        return await response
      } finally {
        underWay.delete(response)
      }
    },
    open(opened) {
      sink = opened
    },
    async close() {
      sink = undefined
      await Promise.all(underWay)
    },
  }
}

function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer')
}

function plain(status: number): Response {
  return new Response(null, { status })
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'))
  } catch {
    return undefined
  }
}

/** The body, or undefined where it is too long: stopped at the bound, whatever the header claims. */
async function readBody(request: WebhookRequest): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get('content-length')) > MAX_BODY_BYTES) return undefined
  const chunks: Uint8Array[] = []
  let bytes = 0
  if (request.body === null) return new Uint8Array()
  for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength
    if (bytes > MAX_BODY_BYTES) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
