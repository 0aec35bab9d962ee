/** Installing into further workspaces by OAuth v2: where to send the administrator's browser, and what to do when it comes back. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Logger } from 'pino'
import { REQUIRED_SCOPES } from './capabilities.ts'
import { readFailure } from './errors.ts'
import type { SlackInstallationStore } from './installations.ts'
import { idField, type JsonObject, objectField, textField } from './json-fields.ts'
import { callMethod, createTransport } from './transport.ts'

/** How long an administrator may take on Slack's page. */
const STATE_LIFETIME_MS = 10 * 60_000

export interface SlackOAuthOptions {
  clientId: string
  clientSecret: string
  /** Signs the state; any secret of ours. */
  stateSecret: string
  /** Where Slack sends the browser back: must be listed in the app's settings. */
  redirectUri: string
  installations: SlackInstallationStore
  /** As for the adapter; the page to authorise on lies beside it. */
  apiRoot: string
  log: Logger
  now?: () => number
  timeoutMs?: number
}

export type SlackInstallResult = { installed: true; teamId: string } | { installed: false; code: string }

export interface SlackOAuth {
  /** The address on Slack, and the nonce to keep in the browser (an HttpOnly, SameSite=Lax cookie) until it comes back. */
  start(): { url: string; nonce: string }
  /** Takes the query that Slack sent the browser back with, and the nonce from its cookie. Stores the installation. */
  finish(query: URLSearchParams, nonce: string | undefined): Promise<SlackInstallResult>
}

/** Makes the two halves of the OAuth dance; the web server owns the routes and the words around it. */
export function slackOAuth(options: SlackOAuthOptions): SlackOAuth {
  const { clientId, redirectUri, log } = options
  const now = options.now ?? Date.now
  const apiRoot = options.apiRoot.replace(/\/*$/, '/')

  return {
    start() {
      const nonce = randomBytes(16).toString('base64url')
      const expires = String(now() + STATE_LIFETIME_MS)
      const url = new URL('../oauth/v2/authorize', apiRoot)
      url.searchParams.set('client_id', clientId)
      url.searchParams.set('scope', REQUIRED_SCOPES.join(','))
      url.searchParams.set('redirect_uri', redirectUri)
      url.searchParams.set('state', `${expires}.${sign(options.stateSecret, nonce, expires)}`)
      return { url: url.href, nonce }
    },

    async finish(query, nonce) {
      const refused = query.get('error')
      if (refused !== null) return { installed: false, code: /^[a-z_]{1,40}$/.test(refused) ? refused : 'refused' }
      const code = query.get('code')
      if (!code || !isOurState(query.get('state') ?? '', nonce)) return { installed: false, code: 'invalid_state' }
      const transport = createTransport({ apiRoot, log, timeoutMs: options.timeoutMs })
      try {
        const { clientSecret } = options
        const answer = await callMethod(transport.client(''), 'oauth.v2.access', {
          ...{ code, client_id: clientId, client_secret: clientSecret, redirect_uri: redirectUri },
        })
        return await keep(answer)
      } catch (error) {
        return { installed: false, code: readFailure(error).code }
      } finally {
        await transport.close()
      }
    },
  }

  /** A state is good for the browser that began, and for ten minutes: nobody can slip their own workspace's code to another. */
  function isOurState(state: string, nonce: string | undefined): boolean {
    const [expires, signature] = state.split('.')
    if (!nonce || !expires || !signature || !(Number(expires) >= now())) return false
    const expected = Buffer.from(sign(options.stateSecret, nonce, expires))
    const given = Buffer.from(signature)
    return given.length === expected.length && timingSafeEqual(given, expected)
  }

  async function keep(answer: JsonObject): Promise<SlackInstallResult> {
    const teamId = idField(objectField(answer, 'team'), 'id')
    const botToken = textField(answer, 'access_token')
    const botUserId = idField(answer, 'bot_user_id')
    if (!teamId || !botToken || !botUserId) return { installed: false, code: 'unreadable_answer' }
    const scopes = textField(answer, 'scope')?.split(',')
    const installedAt = new Date(Math.floor(now() / 1000) * 1000).toISOString()
    await options.installations.store({ teamId, botToken, botUserId, scopes, installedAt })
    return { installed: true, teamId }
  }
}

function sign(secret: string, nonce: string, expires: string): string {
  return createHmac('sha256', secret).update(`${nonce}.${expires}`).digest('base64url')
}
