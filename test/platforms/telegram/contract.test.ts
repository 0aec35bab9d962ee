import type { Platform } from '../../../src/engine/platform.ts'
import { createTelegram } from '../../../src/platforms/telegram/index.ts'
import {
  type ContractDriver,
  type ContractOptions,
  describePlatformContract,
  type Fault,
  type Saying,
} from '../contract.ts'
import { BOT, BotApiServer, type ServerFault } from './bot-api-server.ts'
import { FAST } from './tuning.ts'
import { BOT_MESSAGE, GROUP, mention, message, OTHER_BOT, PERSON, PRIVATE, press } from './updates.ts'

const SECRET = 'canary-secret_0123456789'
const PUBLIC_URL = 'https://bot.example.vn'

function updateOf(saying: Saying): Record<string, unknown> {
  const from = saying.by === 'otherBot' ? OTHER_BOT : PERSON
  const chat = saying.in === 'group' ? GROUP : PRIVATE
  if (saying.manner === 'mention') return mention(saying.text, { from, chat })
  if (saying.manner === 'reply') return message(saying.text, { from, chat, reply_to_message: BOT_MESSAGE })
  return message(saying.text, { from, chat })
}

function serverFault(fault: Exclude<Fault, { kind: 'refuseConnection' }>): ServerFault {
  switch (fault.kind) {
    case 'serverError':
      return { kind: 'status', status: fault.status, body: '<html>Bad Gateway</html>' }
    case 'rateLimited': {
      const seconds = fault.retryAfterSeconds
      const description = `Too Many Requests: retry after ${seconds}`
      return { kind: 'refuse', code: 429, description, parameters: { retry_after: seconds } }
    }
    case 'resetAfterBody':
      return { kind: 'reset' }
    case 'hang':
      return { kind: 'hang' }
    case 'malformedJson':
      return { kind: 'malformed' }
    case 'tokenInvalid':
      return { kind: 'refuse', code: 401, description: 'Unauthorized' }
    case 'chatGone':
      return { kind: 'refuse', code: 403, description: 'Forbidden: bot was kicked from the supergroup chat' }
  }
}

/** Parts of the driver that do not depend on the way of receiving. */
function commonDriver(server: BotApiServer, platform: Platform) {
  return {
    platform,
    secrets: [BOT.token, BOT.token.slice(BOT.token.indexOf(':') + 1), SECRET],
    privateChat: { id: String(PRIVATE.id), kind: 'private' as const },
    groupChat: { id: String(GROUP.id), kind: 'group' as const },
    person: { id: String(PERSON.id), displayName: 'Trần Thị Bình' },
    sentMessages: () =>
      server.sent.map(({ payload }) => ({
        chatId: String(payload.chat_id),
        text: String(payload.text),
        hasMarkup: payload.parse_mode !== undefined || payload.entities !== undefined,
      })),
    async fault(fault: Fault) {
      if (!server.isListening) await server.start()
      if (fault.kind === 'refuseConnection') {
        await server.stop()
        // The adapter's idle sockets learn of it in the next turns of the loop they share with the server.
        for (let turn = 0; turn < 10; turn++) await new Promise((resolve) => setImmediate(resolve))
        return
      }
      let isOpen = true
      server.plan = (call) => {
        if (!isOpen || !call.method.startsWith('send')) return undefined
        isOpen = false
        return serverFault(fault)
      }
    },
    close: () => server.stop(),
  }
}

const polling: ContractOptions = {
  lacks: { webhook: 'this set-up receives by polling' },
  async setup({ log }): Promise<ContractDriver> {
    const server = await new BotApiServer().start()
    const platform = await createTelegram({
      token: BOT.token,
      apiRoot: server.apiRoot,
      log,
      commandMenu: [],
      tuning: FAST,
    })
    const push = (part: Record<string, unknown>) => {
      server.push(part)
      return Promise.resolve()
    }
    return {
      ...commonDriver(server, platform),
      say: (saying) => push(updateOf(saying)),
      redeliver: async () => server.repeatLast(),
      acknowledgedAt: () => server.acknowledgedAt,
      sayUnsupported: () => push(message('', { text: undefined, sticker: { file_id: 'x' } })),
      press: (token) => push(press(token)),
    }
  },
}

const webhook: ContractOptions = {
  lacks: {},
  async setup({ log }): Promise<ContractDriver> {
    const server = await new BotApiServer().start()
    const options = { token: BOT.token, apiRoot: server.apiRoot, publicUrl: `${PUBLIC_URL}/`, webhookSecret: SECRET }
    const platform = await createTelegram({ ...options, log, commandMenu: [], tuning: FAST })
    const acknowledged: number[] = []
    let last = ''
    const request = (body: string | Uint8Array, headers: Record<string, string>) =>
      new Request(`${PUBLIC_URL}/webhooks/telegram`, { method: 'POST', body, headers })
    const sign = (body: string | Uint8Array) => request(body, { 'x-telegram-bot-api-secret-token': SECRET })
    const bodyOf = (part: Record<string, unknown>) => JSON.stringify({ update_id: server.nextUpdateId++, ...part })
    /** As Telegram does: until it is taken. */
    const deliver = async (body: string) => {
      last = body
      for (let attempt = 0; attempt < 10; attempt++) {
        const response = await platform.webhooks[0]!.handle(sign(body))
        if (response.ok) {
          acknowledged.push(performance.now())
          return
        }
      }
      throw new Error('the webhook was never taken')
    }
    return {
      ...commonDriver(server, platform),
      say: (saying) => deliver(bodyOf(updateOf(saying))),
      redeliver: () => deliver(last),
      acknowledgedAt: () => acknowledged,
      sayUnsupported: () => deliver(bodyOf(message('', { text: undefined, voice: { file_id: 'x' } }))),
      press: (token) => deliver(bodyOf(press(token))),
      webhook: {
        body: (saying) => bodyOf(updateOf(saying)),
        sign,
        forge: (body) =>
          Object.entries({
            missing: {},
            empty: { 'x-telegram-bot-api-secret-token': '' },
            wrong: { 'x-telegram-bot-api-secret-token': 'canary-secret_0123456780' },
            short: { 'x-telegram-bot-api-secret-token': SECRET.slice(0, -1) },
            long: { 'x-telegram-bot-api-secret-token': `${SECRET}0` },
            'other case': { 'x-telegram-bot-api-secret-token': SECRET.toUpperCase() },
            'token instead': { 'x-telegram-bot-api-secret-token': BOT.token },
            "Zalo's header": { 'x-bot-api-secret-token': SECRET },
            "Slack's header": { 'x-slack-signature': `v0=${SECRET}`, 'x-slack-request-timestamp': '1' },
          }).map(([name, headers]) => ({ name, request: request(body, headers as Record<string, string>) })),
      },
    }
  },
}

describePlatformContract('Telegram by polling', polling)
describePlatformContract('Telegram by webhook', webhook)
