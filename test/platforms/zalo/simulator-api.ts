/** The HTTP side of the simulated Bot Platform: paths, parameters, envelopes, error codes. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ApiFault, ZaloSimulator } from './simulator.ts'

export interface BotCall {
  method: string
  params: Record<string, unknown>
  at: number
}

type Params = Record<string, unknown>

/** Thrown to answer `ok: false`. */
class Refusal extends Error {
  readonly code: number
  constructor(code: number, description: string) {
    super(description)
    this.code = code
  }
}

async function readParams(request: IncomingMessage, url: URL): Promise<Params> {
  const parts: Buffer[] = []
  for await (const part of request) parts.push(part as Buffer)
  const body = Buffer.concat(parts).toString('utf8')
  const fromQuery = Object.fromEntries(url.searchParams)
  const type = request.headers['content-type'] ?? ''
  if (type.includes('json') && body !== '') return { ...fromQuery, ...(JSON.parse(body) as Params) }
  if (type.includes('form-urlencoded')) return { ...fromQuery, ...Object.fromEntries(new URLSearchParams(body)) }
  return fromQuery
}

function answer(response: ServerResponse, status: number, body: string, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', ...headers })
  response.end(body)
}

function lengthBetween(text: unknown, name: string): string {
  if (typeof text !== 'string' || text.length < 1 || text.length > 2_000)
    throw new Refusal(400, `Bad Request: ${name} must be 1-2000 characters`)
  return text
}

function take(simulator: ZaloSimulator, method: 'sendMessage' | 'sendPhoto', params: Params) {
  const chatId = String(params.chat_id ?? '')
  if (!simulator.chats.has(chatId))
    throw new Refusal(simulator.random() < 0.5 ? 400 : 404, 'Bad Request: chat not found')
  if (simulator.sent.length >= simulator.quota) throw new Refusal(429, 'Quota exceeded')
  const isPhoto = method === 'sendPhoto'
  if (isPhoto && !/^https?:\/\//.test(String(params.photo ?? '')))
    throw new Refusal(400, 'Bad Request: photo is invalid')
  const shown = isPhoto
    ? params.caption === undefined
      ? ''
      : lengthBetween(params.caption, 'caption')
    : lengthBetween(params.text, 'text')
  const at = Date.now()
  const messageId = `${at.toString(16)}${simulator.sent.length.toString(16).padStart(6, '0')}`
  simulator.sent.push({
    method,
    chatId,
    text: shown,
    ...(isPhoto ? { photo: String(params.photo) } : {}),
    hasMarkup: params.parse_mode !== undefined || params.text_styles !== undefined,
    messageId,
    at,
  })
  return { message_id: messageId, date: at }
}

function isPrivateHost(hostname: string): boolean {
  return /^(localhost|127\.|10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|\[)/.test(hostname)
}

function setWebhook(simulator: ZaloSimulator, params: Params) {
  const secret = params.secret_token
  if (typeof secret !== 'string' || secret === '') throw new Refusal(400, 'The secret_token must not be empty')
  if (secret.length < 8 || secret.length > 256) throw new Refusal(400, 'The secret_token must be 8-256 characters')
  const url = URL.canParse(String(params.url)) ? new URL(String(params.url)) : undefined
  if (url?.protocol !== 'https:' || isPrivateHost(url.hostname)) throw new Refusal(400, 'The url is invalid')
  simulator.webhook = { url: url.href, secret, updatedAt: Date.now() }
  const verification = { ok: false, status_code: 0, outcome: 'unreachable', hint: 'check the address' }
  return { url: url.href, updated_at: simulator.webhook.updatedAt, verification }
}

async function getUpdates(simulator: ZaloSimulator, params: Params, response: ServerResponse) {
  if (simulator.webhook) throw new Refusal(400, 'getUpdates cannot be used while a webhook is set')
  const seconds = Number(params.timeout ?? 30)
  const update = await simulator.nextUpdate(Number.isFinite(seconds) ? seconds : 30, () => response.destroyed)
  if (!update) throw new Refusal(408, 'Request timeout')
  return update
}

async function perform(
  simulator: ZaloSimulator,
  { method, params }: BotCall,
  response: ServerResponse,
): Promise<unknown> {
  switch (method) {
    case 'getMe':
      // The document's own sample says false for a bot that is in groups.
      return { id: simulator.botId, account_name: 'bot.VDKyGxQvc', account_type: 'BASIC', can_join_groups: false }
    case 'getUpdates':
      return await getUpdates(simulator, params, response)
    case 'sendMessage':
    case 'sendPhoto':
      return take(simulator, method, params)
    case 'sendChatAction':
      return undefined
    case 'setWebhook':
      return setWebhook(simulator, params)
    case 'getWebhookInfo':
      if (!simulator.webhook) throw new Refusal(404, 'Not found')
      return { url: simulator.webhook.url, updated_at: simulator.webhook.updatedAt }
    case 'deleteWebhook':
      if (!simulator.webhook) throw new Refusal(simulator.random() < 0.5 ? 400 : 404, 'No webhook')
      simulator.webhook = null
      return { url: '', updated_at: Date.now() }
    default:
      // Names are case-sensitive, and there is no edit, delete, reaction, file or member list.
      throw new Refusal(400, 'Bad request: API name is invalid')
  }
}

async function strike(
  simulator: ZaloSimulator,
  fault: ApiFault,
  call: BotCall,
  response: ServerResponse,
): Promise<void> {
  if ('delivered' in fault && fault.delivered) await perform(simulator, call, response).catch(() => {})
  switch (fault.kind) {
    case 'status':
      return answer(response, fault.status, fault.body ?? `{"ok":false,"error_code":${fault.status}}`, fault.headers)
    case 'malformed':
      return answer(response, 200, '{"ok":true,"result":{"message_id":"abc')
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'refuse':
      response.socket?.destroy()
      return
    case 'hang':
      // Held until the caller gives up.
      await new Promise((resolve) => response.once('close', resolve))
  }
}

export async function answerCall(
  simulator: ZaloSimulator,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://simulator')
  const [, token, method] = /^\/bot([^/]+)\/(\w+)$/.exec(decodeURIComponent(url.pathname)) ?? []
  const call: BotCall = { method: method ?? '', params: await readParams(request, url), at: Date.now() }
  simulator.calls.push(call)
  const fault = simulator.takeFault(call.method)
  if (fault) return await strike(simulator, fault, call, response)
  try {
    if (token !== simulator.token) throw new Refusal(401, 'Unauthorized')
    const result = await perform(simulator, call, response)
    answer(response, 200, JSON.stringify(result === undefined ? { ok: true } : { ok: true, result }))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const body = JSON.stringify({ ok: false, description: error.message, error_code: error.code })
    // Seen both ways: the code only in the body, and in the HTTP status too.
    answer(response, simulator.random() < 0.5 ? 200 : error.code, body)
  }
}
