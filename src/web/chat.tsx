import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { DateTime } from 'luxon'
import { type LocalChat, UnknownLocalName } from '../engine/local-chat.ts'
import type { Texts } from '../texts/texts.ts'
import { serveChatScript } from './assets.ts'
import { type ChatWish, chatAddress, loadChat } from './chat-model.ts'
import { ChatPage, EmptyChatPage } from './chat-page.tsx'
import type { WebEnv } from './env.ts'
import { problemOfAdvance, sayBody } from './local-api.ts'
import { onlySameSite } from './same-site.ts'

type Form = Record<string, unknown>

/** The fields of a form; none where the body is no form. */
const readForm = (c: Context<WebEnv>): Promise<Form> => c.req.parseBody().catch(() => ({}))

const field = (form: Form, name: string): string | undefined => {
  const value = form[name]
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** The chat page and its forms, to be mounted at `/chat`. Everything works by plain forms; the script only saves reloads. */
export function createChat(options: { localChat: LocalChat; texts: Texts; timeZone: string }): Hono<WebEnv> {
  const { localChat, texts, timeZone } = options
  const { problems } = texts.page
  const chat = new Hono<WebEnv>()
  chat.use(onlySameSite)

  async function show(
    c: Context<WebEnv>,
    wish: ChatWish,
    failed?: { problem: string; draft?: string; status: 400 | 404 },
  ): Promise<Response> {
    const model = await loadChat(localChat, texts, timeZone, wish)
    if (model === null) return c.html(<EmptyChatPage texts={texts} />)
    return c.html(
      <ChatPage model={model} problem={failed?.problem} draft={failed?.draft} sendId={randomUUID()} />,
      failed?.status ?? 200,
    )
  }

  chat.get('/', (c) => show(c, { from: c.req.query('from'), chat: c.req.query('chat'), reply: c.req.query('reply') }))
  chat.get('/app.js', () => serveChatScript())

  chat.post('/', async (c) => {
    const form = await readForm(c)
    const here: ChatWish = { from: field(form, 'from'), chat: field(form, 'chat') }
    const draft = field(form, 'text')
    const said = sayBody.safeParse({
      ...here,
      // A browser sends line breaks in forms as CR LF.
      text: draft?.replaceAll('\r\n', '\n'),
      replyTo: field(form, 'replyTo'),
      id: field(form, 'id'),
    })
    if (!said.success) {
      const wish = { ...here, reply: field(form, 'replyTo') }
      return show(c, wish, { problem: problems.empty, draft, status: 400 })
    }
    try {
      await localChat.say(said.data)
    } catch (err) {
      if (err instanceof UnknownLocalName) return show(c, here, { problem: problems.unknown, draft, status: 404 })
      throw err
    }
    return c.redirect(chatAddress(here), 303)
  })

  chat.post('/clock', async (c) => {
    const form = await readForm(c)
    const here: ChatWish = { from: field(form, 'from'), chat: field(form, 'chat') }
    const now = localChat.now()
    const to = instantOf(now, timeZone, field(form, 'step'), field(form, 'until'))
    const problem = to === null ? 'noInstant' : problemOfAdvance(now, to)
    if (to === null || problem !== null)
      return show(c, here, { problem: problems[problem ?? 'noInstant'], status: 400 })
    await localChat.advance(to)
    return c.redirect(chatAddress(here), 303)
  })

  return chat
}

/** Where a button of the clock leads; a day keeps the hour on the wall. */
function instantOf(now: Date, zone: string, step: string | undefined, until: string | undefined): Date | null {
  const start = DateTime.fromJSDate(now, { zone })
  if (step === 'hour') return start.plus({ hours: 1 }).toJSDate()
  if (step === 'day') return start.plus({ days: 1 }).toJSDate()
  if (until === undefined) return null
  const wanted = DateTime.fromISO(until, { zone })
  return wanted.isValid ? wanted.toJSDate() : null
}
