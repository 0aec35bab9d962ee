import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { WebhookRoute } from '../engine/platform.ts'
import { type Log, logError } from '../log.ts'
import type { WebEnv } from './env.ts'

/** Largest body taken, in bytes. Real updates are below 100 kB; Telegram allows itself the most. */
export const MAX_BODY_BYTES = 1024 * 1024

/**
 * The platforms' webhooks, to be mounted at `/webhooks`. The adapter verifies and answers; what it throws becomes a bare
 * 500, upon which every platform delivers again.
 */
export function createWebhooks(routes: readonly WebhookRoute[], log: Log): Hono<WebEnv> {
  const webhooks = new Hono<WebEnv>()
  webhooks.use(bodyLimit({ maxSize: MAX_BODY_BYTES, onError: (c) => c.text('The body is too large.', 413) }))
  for (const route of routes) {
    webhooks.post(`/${route.path}`, async (c) => {
      try {
        return await route.handle(c.req.raw)
      } catch (err) {
        logError(log, 'web.webhookFailed', err, { route: route.path })
        return c.text('Failed.', 500)
      }
    })
    webhooks.all(`/${route.path}`, (c) => c.text('Only POST is served here.', 405, { allow: 'POST' }))
  }
  return webhooks
}
