import { expect } from 'vitest'
import { createTelegram } from '../../../src/platforms/telegram/index.ts'
import { until } from '../contract/bench.ts'
import { seededRandom } from '../contract/mutations.ts'
import { BOT, BotApiServer, type Call, type ServerFault } from '../telegram/bot-api-server.ts'
import { FAST } from '../telegram/tuning.ts'
import { BOT_MESSAGE, GROUP, mention, message, press } from '../telegram/updates.ts'
import type { Line, NetworkFault, OpenTown, Shown, Town } from './town.ts'

const SECRET = 'canary-secret_0123456789'
const PUBLIC_URL = 'https://bot.example.vn'

/** Telegram's stand-in for administrators who write as the group. */
const ANONYMOUS = { id: 1_087_968_824, is_bot: true, first_name: 'Group', username: 'GroupAnonymousBot' }

export interface TelegramTown extends Town {
  server: BotApiServer
  /** Any update, delivered until it is acknowledged. */
  deliver(update: Record<string, unknown>): Promise<void>
  /** A person's own fields, for updates made by hand. */
  user(who: string): Record<string, unknown>
  /** From now on the group is this chat. */
  moveTo(chat: { id: number; type: string; title: string }): void
}

/** Telegram by long polling or by webhook. */
export function telegramTown(way: 'polling' | 'webhook'): OpenTown {
  return async ({ log, people }): Promise<TelegramTown> => {
    const server = await new BotApiServer().start()
    const web = way === 'webhook' ? { publicUrl: PUBLIC_URL, webhookSecret: SECRET } : {}
    const options = {
      token: BOT.token,
      apiRoot: server.apiRoot,
      log,
      commandMenu: [],
      tuning: { ...FAST, sendMs: 1_500 },
    }
    const platform = await createTelegram({ ...options, ...web })
    const users = new Map(
      Object.entries(people).map(([who, name], index) => [who, { id: 1001 + index, is_bot: false, first_name: name }]),
    )
    const user = (who: string) => users.get(who)!
    const groups = new Set<number>([GROUP.id])
    let group: { id: number; type: string; title: string } = GROUP
    const chatOf = (who: string, where: 'group' | 'private') =>
      where === 'group' ? group : { id: user(who).id, type: 'private', first_name: user(who).first_name }
    let last = ''
    let pressed = 0

    async function post(body: string): Promise<void> {
      last = body
      const headers = { 'x-telegram-bot-api-secret-token': SECRET, 'content-type': 'application/json' }
      for (let attempt = 0; attempt < 10; attempt++) {
        const request = new Request(`${PUBLIC_URL}/webhooks/telegram`, { method: 'POST', body, headers })
        if ((await platform.webhooks[0]!.handle(request)).ok) return
      }
      throw new Error('the webhook was never taken')
    }

    async function deliver(update: Record<string, unknown>): Promise<void> {
      if (way === 'webhook') return post(JSON.stringify({ update_id: server.nextUpdateId++, ...update }))
      const before = server.acknowledgedAt.length
      server.push(update)
      await until(() => expect(server.acknowledgedAt.length).toBeGreaterThan(before))
    }

    function updateOf(line: Line): { message: Record<string, unknown> } {
      const base = { from: user(line.who), chat: chatOf(line.who, line.in) }
      if (line.in === 'private') return message(line.text, base)
      if (line.manner === 'mention') return mention(line.text, base)
      if (line.manner === 'reply')
        return message(line.text, { ...base, reply_to_message: { ...BOT_MESSAGE, chat: group } })
      return message(line.text, base)
    }

    function shownAs({ payload }: Call): Shown {
      const chatId = Number(payload.chat_id)
      const who = [...users].find(([, each]) => each.id === chatId)?.[0]
      const markup = payload.reply_markup as
        | { inline_keyboard?: { text: string; callback_data: string }[][] }
        | undefined
      return {
        where: groups.has(chatId) ? 'group' : (who ?? String(chatId)),
        text: String(payload.text),
        buttons: (markup?.inline_keyboard ?? [])
          .flat()
          .map((button) => ({ label: button.text, token: button.callback_data })),
      }
    }

    return {
      title: `Telegram by ${way}`,
      server,
      platform,
      unreadable: true,
      saysWhen: true,
      get groupId() {
        return String(group.id)
      },
      personId: (who) => String(user(who).id),
      user,
      deliver,
      moveTo(chat) {
        groups.add(chat.id)
        group = chat
      },
      say: (line) => deliver(updateOf(line)),
      updatesOf(line) {
        const update = { update_id: server.nextUpdateId++, ...updateOf(line) }
        return [() => deliver(update)]
      },
      disturb(fault, chance = 1) {
        const random = seededRandom(7)
        server.plan = (call) =>
          fault && call.method.startsWith('send') && random() < chance ? serverFault(fault) : undefined
      },
      shown: () => server.sent.map(shownAs),
      async repeat() {
        if (way === 'webhook') return post(last)
        const polls = server.callsOf('getUpdates').length
        server.repeatLast()
        await until(() => expect(server.callsOf('getUpdates').length).toBeGreaterThan(polls + 1))
      },
      press(who, where, token) {
        pressed++
        return deliver(press(token, { from: user(who), message: { ...BOT_MESSAGE, chat: chatOf(who, where) } }))
      },
      presses: () => ({ made: pressed, answered: server.callsOf('answerCallbackQuery').length }),
      edit: (line) => {
        const { message: edited } = updateOf(line)
        return deliver({ edited_message: { ...edited, edit_date: edited.date } })
      },
      unsupported: (who, where) =>
        deliver(
          message('', {
            from: user(who),
            chat: chatOf(who, where),
            text: undefined,
            voice: { file_id: 'x' },
            ...(where === 'group' ? { reply_to_message: BOT_MESSAGE } : {}),
          }),
        ),
      anonymous: (text) => deliver(mention(text, { from: ANONYMOUS, chat: group, sender_chat: group })),
      member: (membership) => {
        const [old, next] = membership === 'left' ? ['member', 'kicked'] : ['left', 'member']
        const bot = { id: BOT.id, is_bot: true, first_name: 'Nếp' }
        const date = Math.floor(Date.now() / 1000)
        return deliver({
          my_chat_member: {
            ...{ chat: group, from: [...users.values()][0], date },
            old_chat_member: { user: bot, status: old },
            new_chat_member: { user: bot, status: next },
          },
        })
      },
      close: () => server.stop(),
    }
  }
}

function serverFault(fault: NetworkFault): ServerFault {
  switch (fault.kind) {
    case 'serverError':
      return { kind: 'status', status: fault.status, body: '<html>Bad Gateway</html>' }
    case 'rateLimited': {
      const parameters = { retry_after: fault.retryAfterSeconds }
      return { kind: 'refuse', code: 429, description: 'Too Many Requests', parameters }
    }
    case 'resetAfterBody':
      return { kind: 'reset', delivered: true }
    case 'hang':
      return { kind: 'hang', delivered: true }
    case 'malformedJson':
      return { kind: 'malformed', delivered: true }
  }
}
