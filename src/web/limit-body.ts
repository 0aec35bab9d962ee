import type { Context } from 'hono'
import { bodyLimit } from 'hono/body-limit'

/** Largest body taken, in bytes. Real updates are below 100 kB; Telegram allows itself the most. */
export const MAX_BODY_BYTES = 1024 * 1024

export function refuseBody(c: Context): Response {
  return c.json({ error: 'tooLarge', reason: 'a body may hold one megabyte' }, 413, { connection: 'close' })
}

/**
 * Refuses larger bodies. The connection ends with the answer: what is left of the body would otherwise stand before the
 * next request.
 */
export const limitBody = bodyLimit({ maxSize: MAX_BODY_BYTES, onError: refuseBody })
