import type { MiddlewareHandler } from 'hono'
import type { WebEnv } from './env.ts'

/** Whether a `Host` header names this machine by its loopback address. */
function isLoopbackHost(host: string): boolean {
  if (!URL.canParse(`http://${host}`)) return false
  const { hostname } = new URL(`http://${host}`)
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname)
}

/**
 * Keeps other web sites away from the local chat, where anyone may speak as any member. Listening on loopback alone does
 * not: a page in the same browser can send forms here (caught by `Origin`), and a foreign name can be made to resolve
 * to 127.0.0.1 so that its page counts as ours (DNS rebinding, caught by `Host`).
 */
export const onlySameSite: MiddlewareHandler<WebEnv> = async (c, next) => {
  const host = c.req.header('host')?.toLowerCase()
  if (host === undefined || !isLoopbackHost(host)) {
    return c.json({ error: 'forbidden', reason: 'the local chat answers only under a loopback address' }, 403)
  }
  const origin = c.req.header('origin')?.toLowerCase()
  if (origin !== undefined && origin !== `http://${host}`) {
    return c.json({ error: 'forbidden', reason: 'the local chat takes no requests from other sites' }, 403)
  }
  await next()
}
