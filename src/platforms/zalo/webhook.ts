import { createHash, timingSafeEqual } from 'node:crypto'
import type { Logger } from 'pino'
import type { InboundEvent, WebhookRequest, WebhookRoute } from '../../engine/platform.ts'
import type { ReadUpdate } from './update.ts'

export const WEBHOOK_PATH = 'zalo'
const SECRET_HEADER = 'x-bot-api-secret-token'

/** Real bodies have 270 to 420 bytes; a caption of 2,000 characters in Vietnamese stays below 10 KB. */
const MAX_BODY_BYTES = 65_536

/** Refused requests are told to the log at most this often: anybody can send them. */
const REFUSAL_LOG_EVERY_MS = 60_000

export interface WebhookOptions {
  secret: string
  log: Logger
  now(): number
  read(body: unknown): ReadUpdate
  /** Resolves once the event is durable. Rejects while nothing is received (not started, stopped). */
  handOver(event: InboundEvent): Promise<void>
}

const digest = (text: string) => createHash('sha256').update(text).digest()

function answer(status: number): Response {
  return new Response(null, { status, ...(status === 405 ? { headers: { allow: 'POST' } } : {}) })
}

/** The body, or the status that refuses it. */
async function readBody(request: WebhookRequest): Promise<string | number> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) return 413
  if (!request.body) return ''
  const parts: Uint8Array[] = []
  let size = 0
  try {
    for await (const part of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += part.byteLength
      if (size > MAX_BODY_BYTES) return 413
      parts.push(part)
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(parts))
  } catch {
    // Broken off, or not UTF-8.
    return 400
  }
}

/**
 * `POST /webhooks/zalo`: the secret is judged first, then size and form, then the sink is awaited, then it is answered.
 *
 * - No secret and an empty body: 200. `setWebhook` tries the address so, and an empty body says nothing to act on.
 * - Wrong secret, or none with a body: 401.
 * - Right secret: 413 over 64 KB, 400 for what is no update, 200 for events that are unknown (Zalo adds them without
 *   notice), 500 while the inbox does not take it: whether Zalo sends again is not documented, a 200 would certainly lose it.
 */
export function createWebhook(options: WebhookOptions): WebhookRoute {
  // Hashed, so that the comparison takes as long for a short guess as for a long one.
  const expected = digest(options.secret)
  let refusedSinceLog = 0
  let loggedAt = Number.NEGATIVE_INFINITY

  const refuse = (status: number, cause: string): Response => {
    refusedSinceLog++
    if (options.now() - loggedAt >= REFUSAL_LOG_EVERY_MS) {
      loggedAt = options.now()
      options.log.warn({ event: 'zalo-webhook-refused', status, cause, count: refusedSinceLog }, 'zalo-webhook-refused')
      refusedSinceLog = 0
    }
    return answer(status)
  }

  async function handleProven(body: string): Promise<Response> {
    let parsed: unknown
    try {
      parsed = JSON.parse(body)
    } catch {
      return refuse(400, 'no JSON')
    }
    const update = options.read(parsed)
    if (update.is === 'malformed') return refuse(400, update.why)
    if (update.is === 'ignored') return answer(200)
    try {
      await options.handOver(update.event)
      return answer(200)
    } catch (error) {
      const name = error instanceof Error ? error.name : typeof error
      options.log.error({ event: 'zalo-webhook-not-stored', class: name }, 'zalo-webhook-not-stored')
      return answer(500)
    }
  }

  return {
    path: WEBHOOK_PATH,
    async handle(request) {
      if (request.method !== 'POST') return answer(405)
      const given = request.headers.get(SECRET_HEADER)
      if (given !== null && !timingSafeEqual(digest(given), expected)) return refuse(401, 'wrong secret')
      const body = await readBody(request)
      if (typeof body === 'number') return refuse(given === null ? 401 : body, 'body too large or broken')
      if (body.trim() === '') return answer(200)
      if (given === null) return refuse(401, 'no secret')
      return await handleProven(body)
    },
  }
}
