import { Hono } from 'hono'
import { deleteCookie, getCookie, setCookie } from 'hono/cookie'
import type { Log } from '../log.ts'
import type { Texts } from '../texts/texts.ts'
import type { WebEnv } from './env.ts'
import { Page } from './page.tsx'

/** The two halves of installing into a further Slack workspace; the adapter's own. */
export interface SlackInstall {
  start(): { url: string; nonce: string }
  finish(query: URLSearchParams, nonce: string | undefined): Promise<{ installed: boolean; code?: string }>
}

/** Binds what comes back from Slack to the browser that left; as long as the state in the address is good. */
const COOKIE = 'nep-slack-install'
const COOKIE_SECONDS = 600

/** `/slack/install` sends an administrator to Slack, `/slack/oauth_redirect` is where Slack sends them back. */
export function createSlackInstall(install: SlackInstall, texts: Texts, log: Log): Hono<WebEnv> {
  const slack = new Hono<WebEnv>()
  slack.get('/install', (c) => {
    const { url, nonce } = install.start()
    // Lax: Slack's page leads back by a plain link, on which a stricter cookie would be missing.
    setCookie(c, COOKIE, nonce, {
      ...{ path: '/', httpOnly: true, secure: true, sameSite: 'Lax', maxAge: COOKIE_SECONDS },
    })
    return c.redirect(url)
  })
  slack.get('/oauth_redirect', async (c) => {
    const result = await install.finish(new URL(c.req.url).searchParams, getCookie(c, COOKIE))
    deleteCookie(c, COOKIE, { path: '/', secure: true })
    if (result.installed) log.info({ event: 'slack.installed' }, 'A Slack workspace installed the bot')
    else log.warn({ event: 'slack.notInstalled', code: result.code }, 'A Slack workspace did not install the bot')
    return c.html(<Outcome texts={texts} isInstalled={result.installed} />, result.installed ? 200 : 400)
  })
  return slack
}

function Outcome(props: { texts: Texts; isInstalled: boolean }) {
  const { locale, page: say } = props.texts
  return (
    <Page lang={locale} title="Nếp">
      <main class="plain">
        <h1>Nếp</h1>
        <p class="lead">{props.isInstalled ? say.slackInstalled : say.slackNotInstalled}</p>
      </main>
    </Page>
  )
}
