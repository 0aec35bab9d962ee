import { Hono } from 'hono'
import type { LocalChat } from '../engine/local-chat.ts'
import type { KeptPicture } from '../engine/pictures.ts'
import type { WebhookRoute } from '../engine/platform.ts'
import { type Log, logError } from '../log.ts'
import { textsOf } from '../texts/index.ts'
import type { Texts } from '../texts/texts.ts'
import { createAssets } from './assets.ts'
import { createChat } from './chat.tsx'
import type { WebEnv } from './env.ts'
import { HomePage } from './home-page.tsx'
import { limitBody } from './limit-body.ts'
import { createLocalApi } from './local-api.ts'
import { createPictureRoutes } from './pictures.ts'
import { createSlackInstall, type SlackInstall } from './slack-install.tsx'
import { createWebhooks } from './webhooks.ts'

/** The outcome of every readiness check. `detail` says what is wrong, never a secret. */
interface Readiness {
  ok: boolean
  checks: { name: string; ok: boolean; detail: string }[]
}

/** What HTTP needs of the program. */
export interface WebPorts {
  isAlive(): boolean
  ready(): Promise<Readiness>
  /** Prometheus text. */
  metrics(): Promise<{ contentType: string; body: string }>
  webhooks: readonly WebhookRoute[]
  /** Given means: the chat page and `/local/*` exist. */
  localChat?: LocalChat
  /** Given means: platforms fetch pictures from `/pictures`. */
  openPicture?(token: string): Promise<KeptPicture | null>
  /** Given means: further Slack workspaces may install the bot. */
  slackInstall?: SlackInstall
  log: Log
  clock: { now(): Date }
  /** Zone in which the chat page shows times; `Asia/Ho_Chi_Minh` where not given. */
  timeZone?: string
  /** The words of the pages; those of a chi bộ in Vietnamese where not given. */
  texts?: Texts
}

/** After this long a readiness check that does not answer counts as failed, in milliseconds. Probes give up at 10 s. */
const READY_DEADLINE_MS = 5000

/** Nothing but our own files, never inside another site's frame, no inline script or style. */
const securityHeaders: Record<string, string> = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; " +
    "base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // Not `no-referrer`: forms would then be sent with `Origin: null` and be taken for another site's.
  'referrer-policy': 'same-origin',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), microphone=(), geolocation=()',
}

/** Every HTTP route of the program (contract: README). Listening is `startWeb`'s. */
export function createWeb(ports: WebPorts): Hono<WebEnv> {
  const { log, localChat, texts = textsOf('vi') } = ports
  const app = new Hono<WebEnv>()

  app.use(async (c, next) => {
    await next()
    // Platforms are no browsers, and theirs are nearly all requests there are.
    if (c.req.path.startsWith('/webhooks/')) return
    for (const [name, value] of Object.entries(securityHeaders)) if (!c.res.headers.has(name)) c.header(name, value)
    if (!c.res.headers.has('cache-control')) c.header('cache-control', 'no-store')
  })
  app.onError((err, c) => {
    // The path of a picture is what opens it.
    const path = c.req.path.startsWith('/pictures/') ? '/pictures' : c.req.path
    logError(log, 'web.failed', err, { method: c.req.method, path })
    return c.json({ error: 'internal', reason: 'the program failed; its log says more' }, 500)
  })
  app.notFound((c) => c.json({ error: 'notFound', reason: 'there is nothing under this address' }, 404))

  app.get('/healthz', (c) => {
    const ok = ports.isAlive()
    return c.json({ ok, at: ports.clock.now().toISOString() }, ok ? 200 : 503)
  })
  app.get('/readyz', async (c) => {
    const readiness = await readinessOf(ports)
    return c.json(readiness, readiness.ok ? 200 : 503)
  })
  app.get('/metrics', async (c) => {
    const { contentType, body } = await ports.metrics()
    return c.body(body, 200, { 'content-type': contentType })
  })

  app.route('/webhooks', createWebhooks(ports.webhooks, log))
  app.route('/assets', createAssets())
  if (ports.openPicture !== undefined) app.route('/pictures', createPictureRoutes(ports.openPicture))
  if (ports.slackInstall !== undefined) app.route('/slack', createSlackInstall(ports.slackInstall, texts, log))
  app.get('/', async (c) => {
    const { ok } = await readinessOf(ports)
    return c.html(<HomePage texts={texts} isReady={ok} hasChat={localChat !== undefined} />)
  })

  if (localChat !== undefined) {
    app.use('/local/*', limitBody)
    app.use('/chat/*', limitBody)
    app.route('/local', createLocalApi(localChat))
    app.route('/chat', createChat({ localChat, texts, timeZone: ports.timeZone ?? 'Asia/Ho_Chi_Minh' }))
  }
  return app
}

async function readinessOf({ ready, log }: WebPorts): Promise<Readiness> {
  const failed = (detail: string): Readiness => ({ ok: false, checks: [{ name: 'readiness', ok: false, detail }] })
  let deadline: NodeJS.Timeout | undefined
  try {
    const late = new Promise<Readiness>((resolve) => {
      deadline = setTimeout(() => resolve(failed('the checks did not answer in time')), READY_DEADLINE_MS)
    })
    return await Promise.race([ready(), late])
  } catch (err) {
    logError(log, 'web.readinessFailed', err)
    return failed('the checks failed; the log says why')
  } finally {
    clearTimeout(deadline)
  }
}
