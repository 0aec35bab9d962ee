/** Requests as Slack makes them: events, slash commands and presses, and the signature over them. */
import { createHmac, randomUUID } from 'node:crypto'
import { BOT_USER, CHANNEL, PERSON, PRIVATE_CHANNEL, TEAM } from './slack-server.ts'

export const SIGNING_SECRET = '8f742231b10e8888abcd99yyyzzz85a5'

let counter = 0

/** A timestamp of its own for every message. */
export function nextTs(): string {
  return `${Math.floor(Date.now() / 1000)}.${String(++counter).padStart(6, '0')}`
}

export function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** An event in its envelope, as JSON. */
export function eventBody(event: Record<string, unknown>, envelope: Record<string, unknown> = {}): string {
  return JSON.stringify({
    token: 'legacy-verification',
    team_id: TEAM,
    api_app_id: 'A0NEP',
    event,
    type: 'event_callback',
    event_id: `Ev${randomUUID().replaceAll('-', '').toUpperCase()}`,
    event_time: Math.floor(Date.now() / 1000),
    authorizations: [
      { enterprise_id: null, team_id: TEAM, user_id: BOT_USER, is_bot: true, is_enterprise_install: false },
    ],
    is_ext_shared_channel: false,
    ...envelope,
  })
}

/** A person's message in the group; fields replace or add. */
export function groupMessage(text: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  const ts = nextTs()
  return {
    type: 'message',
    user: PERSON.userId,
    text: escaped(text),
    ts,
    channel: CHANNEL,
    channel_type: 'channel',
    event_ts: ts,
    client_msg_id: randomUUID(),
    team: TEAM,
    ...fields,
  }
}

/** A person's message to the bot alone. */
export function privateMessage(text: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  return groupMessage(text, { channel: PRIVATE_CHANNEL, channel_type: 'im', ...fields })
}

/** The bot mentioned in the group, as `app_mention`. */
export function appMention(text: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  const { channel_type: _, ...message } = groupMessage(text)
  return { ...message, type: 'app_mention', text: `<@${BOT_USER}> ${escaped(text)}`, ...fields }
}

/** A slash command's fields. */
export function slashCommand(
  command: string,
  text: string,
  fields: Record<string, string> = {},
): Record<string, string> {
  return {
    token: 'legacy-verification',
    team_id: TEAM,
    team_domain: 'chibo',
    channel_id: CHANNEL,
    channel_name: 'chi-bo-1',
    user_id: PERSON.userId,
    user_name: 'an',
    command,
    text,
    api_app_id: 'A0NEP',
    is_enterprise_install: 'false',
    response_url: 'https://hooks.slack.com/commands/T0CELL/1/abc',
    trigger_id: `${++counter}.98765.${randomUUID().replaceAll('-', '')}`,
    ...fields,
  }
}

/** A pressed button. */
export function buttonPress(token: string, fields: Record<string, unknown> = {}): Record<string, unknown> {
  const ts = nextTs()
  return {
    type: 'block_actions',
    user: { id: PERSON.userId, username: 'an', name: 'an', team_id: TEAM },
    api_app_id: 'A0NEP',
    token: 'legacy-verification',
    container: { type: 'message', message_ts: ts, channel_id: CHANNEL, is_ephemeral: false },
    trigger_id: `${++counter}.1234.abcdef`,
    team: { id: TEAM, domain: 'chibo' },
    channel: { id: CHANNEL, name: 'chi-bo-1' },
    message: { type: 'message', user: BOT_USER, ts, text: 'Chọn' },
    response_url: 'https://hooks.slack.com/actions/T0CELL/1/abc',
    actions: [{ action_id: 'choice-0', block_id: 'b', type: 'button', value: token, action_ts: nextTs() }],
    ...fields,
  }
}

export function form(fields: Record<string, string>): string {
  return new URLSearchParams(fields).toString()
}

export function payloadForm(payload: Record<string, unknown>): string {
  return form({ payload: JSON.stringify(payload) })
}

export interface SignOptions {
  path?: string
  secret?: string
  /** Seconds to add to the time that is signed. */
  shiftSeconds?: number
  headers?: Record<string, string | undefined>
}

/** A request to one of our routes, signed for exactly these bytes. */
export function signedRequest(body: string | Uint8Array, options: SignOptions = {}): Request {
  const bytes = Buffer.from(body as string)
  const timestamp = String(Math.floor(Date.now() / 1000) + (options.shiftSeconds ?? 0))
  const headers: Record<string, string | undefined> = {
    'content-type': bytes[0] === 0x7b ? 'application/json' : 'application/x-www-form-urlencoded',
    'x-slack-request-timestamp': timestamp,
    'x-slack-signature': signature(options.secret ?? SIGNING_SECRET, timestamp, bytes),
    ...options.headers,
  }
  const present = Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return new Request(`http://127.0.0.1/webhooks/${options.path ?? 'slack/events'}`, {
    method: 'POST',
    headers: present,
    body: bytes,
  })
}

export function signature(secret: string, timestamp: string, body: Uint8Array): string {
  return `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')}`
}

/** Every wrong proof: each must be refused. */
export function forgeries(body: string): { name: string; request: Request }[] {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const good = signature(SIGNING_SECRET, timestamp, Buffer.from(body))
  const proof = (name: string, options: SignOptions) => ({ name, request: signedRequest(body, options) })
  const headers = (name: string, changed: Record<string, string | undefined>) =>
    proof(name, { headers: { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': good, ...changed } })
  return [
    headers('no signature', { 'x-slack-signature': undefined }),
    headers('empty signature', { 'x-slack-signature': '' }),
    headers('no timestamp', { 'x-slack-request-timestamp': undefined }),
    headers('timestamp that is no number', { 'x-slack-request-timestamp': 'NaN' }),
    headers('timestamp with a fraction', { 'x-slack-request-timestamp': `${timestamp}.5` }),
    headers('other timestamp than signed', { 'x-slack-request-timestamp': String(Number(timestamp) - 1) }),
    headers('short signature', { 'x-slack-signature': good.slice(0, -2) }),
    headers('long signature', { 'x-slack-signature': `${good}00` }),
    headers('signature without version', { 'x-slack-signature': good.slice(3) }),
    headers('other version', { 'x-slack-signature': `v1=${good.slice(3)}` }),
    headers('upper case', { 'x-slack-signature': `v0=${good.slice(3).toUpperCase()}` }),
    headers('signature of another body', {
      'x-slack-signature': signature(SIGNING_SECRET, timestamp, Buffer.from('{}')),
    }),
    headers("Telegram's secret instead", {
      'x-slack-signature': undefined,
      'x-telegram-bot-api-secret-token': SIGNING_SECRET,
    }),
    headers("Zalo's secret instead", { 'x-slack-signature': undefined, 'x-bot-api-secret-token': SIGNING_SECRET }),
    headers('signing secret itself', { 'x-slack-signature': SIGNING_SECRET }),
    proof('wrong secret', { secret: 'ffffffffffffffffffffffffffffffff' }),
    proof('empty secret', { secret: '' }),
    proof('stale', { shiftSeconds: -302 }),
    proof('an hour old', { shiftSeconds: -3600 }),
    proof('future', { shiftSeconds: 302 }),
    proof('far future', { shiftSeconds: 10 ** 9 }),
  ]
}
