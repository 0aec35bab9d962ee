/** Slack over HTTP: three routes that take any of Slack's requests, for an operator may set one address for all. */
import type { Logger } from 'pino'
import type { WebhookRequest, WebhookRoute } from '../../engine/platform.ts'
import { isJsonObject, type JsonObject } from './json-fields.ts'
import type { Delivery, Inlet } from './receive.ts'
import { judgeSignature } from './signature.ts'

/** Slack's largest events (a 40,000 character message with its blocks) stay below 500 KB. */
const MAX_BODY_BYTES = 1024 * 1024

const STATUS: Readonly<Record<Delivery, number>> = { accepted: 200, malformed: 400, failed: 500, closed: 503 }

export interface WebhookOptions {
  signingSecret: string
  inlet: Inlet
  log: Logger
  now: () => number
}

/** Where Slack's requests come in. */
export const SLACK_WEBHOOK_PATHS = ['slack/events', 'slack/commands', 'slack/actions'] as const

/** The routes to mount. Nothing of a body is looked at before its signature is proved. */
export function slackWebhooks(options: WebhookOptions): WebhookRoute[] {
  return SLACK_WEBHOOK_PATHS.map((path) => ({
    path,
    handle: (request) => handle(request, path, options),
  }))
}

async function handle(request: WebhookRequest, path: string, options: WebhookOptions): Promise<Response> {
  const { signingSecret, inlet, log, now } = options
  if (request.method !== 'POST') return answer(405)
  const bytes = await readBounded(request)
  if (!bytes) return answer(413)
  const verdict = judgeSignature(
    signingSecret,
    {
      timestamp: request.headers.get('x-slack-request-timestamp'),
      signature: request.headers.get('x-slack-signature'),
      body: bytes,
    },
    now(),
  )
  if (verdict !== 'valid') {
    log.warn({ event: 'slack.refused', code: `signature_${verdict}`, path }, 'Slack request refused')
    return answer(401)
  }
  const body = parseBody(bytes)
  if (!body) return answer(400)
  if (body.type === 'url_verification') return answerChallenge(body)
  const retryNumber = Number(request.headers.get('x-slack-retry-num') ?? Number.NaN)
  const delivery = await inlet.deliver(body, Number.isInteger(retryNumber) ? retryNumber : undefined)
  return answer(STATUS[delivery])
}

/** Slack proves that an address is ours by having it say a word back. */
function answerChallenge(body: JsonObject): Response {
  const { challenge } = body
  if (typeof challenge !== 'string' || challenge.length > 1000) return answer(400)
  return new Response(challenge, { status: 200, headers: { 'content-type': 'text/plain; charset=utf-8' } })
}

/** Without a body: in answer to a command or a press Slack would show it to the person. */
function answer(status: number): Response {
  return new Response(null, { status })
}

/** JSON as it is, a form as its fields, a form with a `payload` as the JSON in it. */
function parseBody(bytes: Uint8Array): JsonObject | undefined {
  const text = Buffer.from(bytes).toString('utf8')
  try {
    if (text.trimStart().startsWith('{')) return objectOf(JSON.parse(text))
    const form = new URLSearchParams(text)
    const payload = form.get('payload')
    return payload === null ? Object.fromEntries(form) : objectOf(JSON.parse(payload))
  } catch {
    return undefined
  }
}

function objectOf(value: unknown): JsonObject | undefined {
  return isJsonObject(value) ? value : undefined
}

/** The whole body, or undefined where it is longer than any of Slack's or breaks off. */
async function readBounded(request: WebhookRequest): Promise<Uint8Array | undefined> {
  if (Number(request.headers.get('content-length') ?? 0) > MAX_BODY_BYTES) return undefined
  if (!request.body) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let length = 0
  try {
    for await (const chunk of request.body as AsyncIterable<Uint8Array>) {
      length += chunk.byteLength
      if (length > MAX_BODY_BYTES) return undefined
      chunks.push(chunk)
    }
    return Buffer.concat(chunks)
  } catch {
    return undefined
  }
}
