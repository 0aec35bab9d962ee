import type { IncomingMessage } from 'node:http'
import { Hono } from 'hono'
import type { WebhookRequest, WebhookRoute } from '../engine/platform.ts'
import { type Log, logError } from '../log.ts'
import type { WebEnv } from './env.ts'
import { MAX_BODY_BYTES, refuseBody } from './limit-body.ts'

/**
 * The platforms' webhooks, to be mounted at `/webhooks`. The adapter verifies and answers; what it throws becomes a bare
 * 500, upon which every platform delivers again.
 */
export function createWebhooks(routes: readonly WebhookRoute[], log: Log): Hono<WebEnv> {
  const webhooks = new Hono<WebEnv>()
  for (const route of routes) {
    webhooks.post(`/${route.path}`, async (c) => {
      try {
        const { incoming } = c.env
        const body = await readBody(incoming)
        return body === null ? refuseBody(c) : await route.handle(requestOf(incoming, body))
      } catch (err) {
        logError(log, 'web.webhookFailed', err, { route: route.path })
        return c.text('Failed.', 500)
      }
    })
    webhooks.all(`/${route.path}`, (c) => c.text('Only POST is served here.', 405, { allow: 'POST' }))
  }
  return webhooks
}

/** The whole body, null where it is too large. Straight from Node: building a web `Request` would cost as much as the rest. */
function readBody(incoming: IncomingMessage): Promise<Buffer | null> {
  if (Number(incoming.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return Promise.resolve(null)
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    let bytes = 0
    let isWhole = false
    incoming.on('data', (part: Buffer) => {
      bytes += part.byteLength
      if (bytes <= MAX_BODY_BYTES) parts.push(part)
      else resolve(null)
    })
    incoming.once('end', () => {
      isWhole = true
      resolve(parts.length === 1 ? parts[0]! : Buffer.concat(parts))
    })
    incoming.once('error', reject)
    // Every request closes, most after they were read: an error is made for the others alone.
    incoming.once('close', () => {
      if (!isWhole) reject(new Error('the request broke off'))
    })
  })
}

function requestOf(incoming: IncomingMessage, body: Buffer): WebhookRequest {
  const { headers, method = 'POST' } = incoming
  const get = (name: string) => {
    const value = headers[name.toLowerCase()]
    return value === undefined ? null : typeof value === 'string' ? value : value.join(', ')
  }
  return { method, headers: { get }, body: body.byteLength === 0 ? null : once(body) }
}

async function* once(body: Buffer): AsyncGenerator<Uint8Array> {
  yield body
}
