import type { PlatformCheck } from '../../engine/platform.ts'
import { REQUIRED_SCOPES } from './capabilities.ts'
import { readFailure } from './errors.ts'
import { idField, isJsonObject, type JsonObject, listField, objectField, textField } from './json-fields.ts'
import type { Transport } from './transport.ts'

/** Slack refuses nothing for it, but we refuse requests that are five minutes off. */
const MAX_SKEW_MS = 60_000

export interface CheckOptions {
  transport: Transport
  botToken?: string
  appToken?: string
  signingSecret?: string
  publicUrl?: string
}

/** The checks of `nep doctor`: tokens, scopes, clock and the way in. None shows a token. */
export async function checkSlack(options: CheckOptions): Promise<PlatformCheck[]> {
  const { botToken, appToken, signingSecret, transport } = options
  const checks = botToken ? await checkBotToken(transport, botToken) : [noBotToken]
  if (appToken) checks.push(await checkAppToken(transport, appToken))
  if (signingSecret) checks.push(checkWayIn(signingSecret, options.publicUrl))
  checks.push(checkClock(transport))
  return checks
}

const noBotToken: PlatformCheck = {
  name: 'slack token',
  ok: true,
  detail: 'no token configured: workspaces come from their installations',
}

async function checkBotToken(transport: Transport, botToken: string): Promise<PlatformCheck[]> {
  try {
    const answer = (await transport.client(botToken).auth.test()) as unknown as JsonObject
    const identity = `${idField(answer, 'team_id') ?? '?'}:${idField(answer, 'user_id') ?? '?'}`
    return [{ name: 'slack token', ok: true, detail: `accepted, bot ${identity}` }, checkScopes(answer)]
  } catch (error) {
    return [{ name: 'slack token', ok: false, detail: `auth.test: ${readFailure(error).code}` }]
  }
}

function checkScopes(answer: JsonObject): PlatformCheck {
  const scopes = listField(objectField(answer, 'response_metadata'), 'scopes')
  if (scopes.length === 0) return { name: 'slack scopes', ok: true, detail: 'not told by the server' }
  const missing = REQUIRED_SCOPES.filter((scope) => !scopes.includes(scope))
  if (missing.length === 0) return { name: 'slack scopes', ok: true, detail: 'all granted' }
  return {
    name: 'slack scopes',
    ok: false,
    detail: `missing: ${missing.join(', ')}; add them and install the app again`,
  }
}

async function checkAppToken(transport: Transport, appToken: string): Promise<PlatformCheck> {
  const name = 'slack socket mode'
  try {
    const answer: unknown = await transport.client(appToken).apps.connections.open({})
    const url = isJsonObject(answer) ? textField(answer, 'url') : undefined
    return { name, ok: url !== undefined, detail: url === undefined ? 'no address was given' : 'app token accepted' }
  } catch (error) {
    return { name, ok: false, detail: `apps.connections.open: ${readFailure(error).code}` }
  }
}

/** Slack has no method that tells which addresses are set: they are part of the app's manifest. */
function checkWayIn(signingSecret: string, publicUrl: string | undefined): PlatformCheck {
  const name = 'slack webhooks'
  if (!/^[0-9a-f]{32}$/.test(signingSecret)) {
    return {
      name,
      ok: true,
      detail: 'the signing secret has not the usual form of 32 hexadecimal digits; is it the right one?',
    }
  }
  const root = publicUrl?.replace(/\/+$/, '')
  return { name, ok: true, detail: root ? `expected at ${root}/webhooks/slack/events` : 'PUBLIC_URL is not set' }
}

function checkClock(transport: Transport): PlatformCheck {
  const skewMs = transport.clockSkewMs()
  if (skewMs === undefined) return { name: 'slack clock', ok: true, detail: 'not told by the server' }
  const ok = Math.abs(skewMs) <= MAX_SKEW_MS
  return { name: 'slack clock', ok, detail: `${Math.round(Math.abs(skewMs) / 1000)} s from Slack's` }
}
