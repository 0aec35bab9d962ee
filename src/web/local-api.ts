import { type Context, Hono } from 'hono'
import { z } from 'zod'
import { type LocalChat, type LocalMessageView, UnknownLocalName } from '../engine/local-chat.ts'
import type { WebEnv } from './env.ts'
import { streamMessages } from './local-stream.ts'
import { onlySameSite } from './same-site.ts'

/** Longest text that one message may hold, in UTF-16 units: above every platform's own limit (Slack: 4,000 advised). */
const MAX_TEXT = 10_000

/** How far one call may move the clock, in milliseconds: five years. A slip of the century would tick for hours. */
const MAX_ADVANCE_MS = 5 * 366 * 86_400_000

// PostgreSQL cannot keep U+0000 in a text.
const text = z.string('must be text').refine((value) => !value.includes('\0'), 'must not hold U+0000')
const name = text.min(1, 'must not be empty').max(200, 'must be at most 200 characters')

/** A message id as the transcript gives it. */
const messageId = z.string('must be a message id').regex(/^\d{1,18}$/, 'must be a message id')

/** What somebody says: the body of `POST /local/messages` and, as a form, of the page. */
export const sayBody = z.object(
  {
    chat: name,
    from: name,
    text: text
      .max(MAX_TEXT, `must be at most ${MAX_TEXT} characters`)
      .refine((value) => value.trim() !== '', 'must not be empty'),
    replyTo: messageId.nullish().transform((value) => value ?? undefined),
    id: name.nullish().transform((value) => value ?? undefined),
  },
  'must be a JSON object',
)

const clockBody = z.object(
  {
    now: z.iso.datetime({
      offset: true,
      error: 'must be an instant with its offset, such as 2026-10-05T09:00:00+07:00',
    }),
  },
  'must be a JSON object',
)

/** Why an instant cannot be the clock's next one, or null. */
export function problemOfAdvance(now: Date, to: Date): 'backwards' | 'tooFar' | null {
  if (to.getTime() < now.getTime()) return 'backwards'
  return to.getTime() - now.getTime() > MAX_ADVANCE_MS ? 'tooFar' : null
}

const advanceReasons = {
  backwards: 'now: the clock only moves forward',
  tooFar: 'now: the clock moves at most five years at once',
}

const sent = (messages: readonly LocalMessageView[]) =>
  messages.map(({ id, chat, text, at }) => ({ id, chat, text, at }))

/** JSON with its encoding named, for clients that would guess. */
function answer(c: Context<WebEnv>, body: unknown, status: 200 | 400 | 404 = 200): Response {
  return c.body(JSON.stringify(body), status, { 'content-type': 'application/json; charset=UTF-8' })
}

const badBody = (c: Context<WebEnv>, reason: string) => answer(c, { error: 'badBody', reason }, 400)
const unknown = (c: Context<WebEnv>, reason: string) => answer(c, { error: 'unknown', reason }, 404)

/** Reads a JSON body, whatever content type it claims, and checks it. */
async function readBody<T extends z.ZodType>(
  c: Context<WebEnv>,
  schema: T,
): Promise<{ body: z.output<T> } | { reason: string }> {
  let json: unknown
  try {
    json = JSON.parse(await c.req.text())
  } catch {
    return { reason: 'the body must be JSON' }
  }
  const checked = schema.safeParse(json)
  if (checked.success) return { body: checked.data }
  return {
    reason: checked.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`).join('; '),
  }
}

/** The JSON interface of the local chat, to be mounted at `/local` (contract: README). */
export function createLocalApi(localChat: LocalChat): Hono<WebEnv> {
  const api = new Hono<WebEnv>()
  api.use(onlySameSite)

  api.get('/chats', async (c) => answer(c, await localChat.chats()))

  api.get('/chats/:chat/messages', async (c) => {
    const chat = c.req.param('chat')
    const after = messageId.optional().safeParse(c.req.query('after') || undefined)
    if (!after.success) return badBody(c, 'after: must be a message id')
    if (!(await localChat.chats()).some((view) => view.chat === chat)) return unknown(c, 'chat: there is no such chat')
    return answer(c, await localChat.transcript(chat, after.data))
  })

  api.post('/messages', async (c) => {
    const read = await readBody(c, sayBody)
    if ('reason' in read) return badBody(c, read.reason)
    try {
      const { id, messages } = await localChat.say(read.body)
      return answer(c, { id, messages: sent(messages) })
    } catch (err) {
      if (err instanceof UnknownLocalName) return unknown(c, err.message)
      throw err
    }
  })

  api.get('/clock', (c) => answer(c, { now: localChat.now().toISOString() }))

  api.post('/clock', async (c) => {
    const read = await readBody(c, clockBody)
    if ('reason' in read) return badBody(c, read.reason)
    const to = new Date(read.body.now)
    const problem = problemOfAdvance(localChat.now(), to)
    if (problem !== null) return badBody(c, advanceReasons[problem])
    const messages = await localChat.advance(to)
    return answer(c, { now: localChat.now().toISOString(), messages: sent(messages) })
  })

  // Nobody would ever read or end the stream that answers a HEAD.
  api.get('/stream', (c) => (c.req.method === 'HEAD' ? c.body(null) : streamMessages(localChat, c.env.closing)))

  return api
}
