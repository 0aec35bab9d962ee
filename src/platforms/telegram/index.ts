/** Telegram as a platform: grammY for the Bot API, our own loop and webhook so that nothing is acknowledged too early. */
import type { Logger } from 'pino'
import type { Platform } from '../../engine/platform.ts'
import { type Account, createAccountSource } from './account.ts'
import { capabilitiesOf } from './capabilities.ts'
import { checkTelegram, createWebhookCommands } from './checks.ts'
import { createClient } from './client.ts'
import type { MenuEntry } from './commands.ts'
import { readFailure } from './errors.ts'
import type { PollTuning } from './poll.ts'
import type { Reader } from './read-update.ts'
import { startReceiving } from './receive.ts'
import { createSend, type SendTuning } from './send.ts'
import { createWebhookHandler, deriveSecret, WEBHOOK_PATH } from './webhook.ts'

const TELEGRAM_API_ROOT = 'https://api.telegram.org'

/** Longest text of the note that a pressed button may bring up. */
const MAX_PRESS_NOTE = 200

/** Times, all in milliseconds but `pollSeconds`. */
export interface TelegramTuning extends PollTuning, SendTuning {
  /** How long the start waits for Telegram before it goes on without. */
  startMs: number
}

const TUNING: TelegramTuning = {
  startMs: 10_000,
  pollSeconds: 25,
  pollGraceMs: 10_000,
  idleMs: 250,
  pollBackoff: { minMs: 1_000, maxMs: 30_000 },
  sendMs: 30_000,
  uploadMs: 120_000,
}

export interface TelegramOptions {
  /** BotFather's token. */
  token: string
  /** Another Bot API server than Telegram's own. */
  apiRoot?: string
  /** 1–256 of A–Z a–z 0–9 _ -; derived from the token where not given. */
  webhookSecret?: string
  /** Present means: receive by webhook at `<publicUrl>/webhooks/telegram`; else by long polling. */
  publicUrl?: string
  log: Logger
  /** The menu of commands, in the order shown. */
  commandMenu: readonly MenuEntry[]
  tuning?: Partial<TelegramTuning>
}

/** The options are wrong, or Telegram refuses the token. The message tells the fix and holds no secret. */
export class TelegramSetupError extends Error {
  override readonly name = 'TelegramSetupError'
}

/**
 * Makes the platform. Rejects with `TelegramSetupError` when Telegram refuses the token; when it merely cannot be reached,
 * the platform is made all the same and goes on asking once it receives.
 */
export async function createTelegram(options: TelegramOptions): Promise<Platform> {
  const { token, publicUrl, commandMenu } = options
  const apiRoot = (options.apiRoot ?? TELEGRAM_API_ROOT).replace(/\/+$/, '')
  const secret = options.webhookSecret ?? deriveSecret(token)
  refuseBadOptions(token, apiRoot, secret)
  const tuning = { ...TUNING, ...options.tuning }
  const client = createClient({ token, apiRoot })
  const idInToken = /^(\d{1,15}):/.exec(token)?.[1]
  const account = createAccountSource(
    client,
    options.log,
    tuning.pollBackoff,
    idInToken ? Number(idInToken) : undefined,
  )
  const accountId = await identify()
  const log = options.log.child({ platform: 'telegram', accountId })

  const readerOf = (me: Account): Reader => ({ accountId, me, now: Date.now })
  const handler =
    publicUrl === undefined
      ? undefined
      : createWebhookHandler({
          secret,
          log,
          reader: () => {
            const me = account.known()
            return me === undefined ? undefined : readerOf(me)
          },
        })
  const checkOptions = { client, account, publicUrl, secret, scrub: (text: string) => scrub(text, [token, secret]) }

  return {
    name: 'telegram',
    accountId,
    /** Read it anew where the bot's name matters: it is empty until Telegram has been reached. */
    get capabilities() {
      return capabilitiesOf(account.known()?.username)
    },
    receivesAlone: handler === undefined,
    webhooks: handler === undefined ? [] : [{ path: WEBHOOK_PATH, handle: handler.handle }],
    async receive(sink) {
      const webhook = handler === undefined || publicUrl === undefined ? undefined : { handler, publicUrl, secret }
      return startReceiving(sink, { client, account, reader: readerOf, commandMenu, log, tuning, webhook })
    },
    send: createSend(client, tuning),
    check: () => checkTelegram(checkOptions),
    async acknowledgePress(pressId, text) {
      try {
        await client.call('answerCallbackQuery', { callback_query_id: pressId, text: text?.slice(0, MAX_PRESS_NOTE) })
      } catch (error) {
        // Too old, or Telegram is away: the person's app stops waiting by itself.
        log.debug(
          { event: 'telegram.press.unanswered', code: readFailure(error).code },
          'A pressed button was not answered',
        )
      }
    },
    webhook: createWebhookCommands(checkOptions),
  }

  /** The bot's id: the number before the token's colon, so that it is known without Telegram too. */
  async function identify(): Promise<string> {
    const inToken = /^(\d+):/.exec(token)?.[1]
    try {
      const me = await account.ask(AbortSignal.timeout(tuning.startMs))
      return inToken ?? String(me.id)
    } catch (error) {
      const { code, fromTelegram } = readFailure(error)
      // A page of whoever stands between says nothing of the token.
      if (fromTelegram && (code === 'unauthorized' || code === 'unknownBot')) {
        throw new TelegramSetupError(
          'Telegram does not know this bot token: copy it again from BotFather (/mybots, API Token).',
        )
      }
      if (inToken === undefined) throw new TelegramSetupError(`Telegram did not say who the bot is (${code}).`)
      options.log.warn({ event: 'telegram.unreachable', code }, 'Telegram cannot be reached; going on without for now')
      return inToken
    }
  }
}

function refuseBadOptions(token: string, apiRoot: string, secret: string): void {
  if (!/^[A-Za-z0-9:_-]+$/.test(token)) throw new TelegramSetupError('The bot token has characters that no token has.')
  if (!/^https?:\/\/[^\s?#]+$/.test(apiRoot)) throw new TelegramSetupError('The API root must be an http(s) address.')
  if (!/^[A-Za-z0-9_-]{1,256}$/.test(secret)) {
    throw new TelegramSetupError('The webhook secret must be 1 to 256 of A-Z a-z 0-9 _ -.')
  }
}

function scrub(text: string, secrets: readonly string[]): string {
  return secrets.reduce((rest, secret) => rest.replaceAll(secret, '[secret]'), text)
}
