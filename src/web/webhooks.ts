import { Hono } from 'hono'
import type { WebhookRoute } from '../engine/platform.ts'
import { type Log, logError } from '../log.ts'
import type { WebEnv } from './env.ts'
import { limitBody } from './limit-body.ts'

/**
 * The platforms' webhooks, to be mounted at `/webhooks`. The adapter verifies and answers; what it throws becomes a bare
 * 500, upon which every platform delivers again.
 */
export function createWebhooks(routes: readonly WebhookRoute[], log: Log): Hono<WebEnv> {
  const webhooks = new Hono<WebEnv>()
  webhooks.use(limitBody)
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
