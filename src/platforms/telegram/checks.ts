/** What an operator wants to know of the bot at Telegram: `nep doctor` and `nep webhook`. */
import type { WebhookInfo } from 'grammy/types'
import type { Platform, PlatformCheck } from '../../engine/platform.ts'
import type { AccountSource } from './account.ts'
import type { TelegramClient } from './client.ts'
import { readFailure } from './errors.ts'
import { registerWebhook, webhookAddress } from './receive.ts'

/** Clocks further apart than this are reported: reminders would come at the wrong minute. */
const MAX_SKEW_MS = 30_000

/** A delivery error of Telegram older than this is history. */
const RECENT_ERROR_MS = 15 * 60_000

/** Updates that wait at Telegram; more than this means that they are not taken in. */
const MAX_PENDING = 100

export interface CheckOptions {
  client: TelegramClient
  account: AccountSource
  /** Takes the token and the secret out of a text. */
  scrub: (text: string) => string
  publicUrl?: string
  secret: string
}

/** All checks of the platform; never rejects, and no detail holds a secret. */
export async function checkTelegram(options: CheckOptions): Promise<PlatformCheck[]> {
  const checks = [...(await checkAccount(options)), await checkWebhook(options), checkClock(options.client)]
  return checks.map((check) => ({ ...check, detail: options.scrub(check.detail) }))
}

async function checkAccount({ account }: CheckOptions): Promise<PlatformCheck[]> {
  const name = 'telegram token'
  try {
    const me = await account.ask()
    const readsAll = me.can_read_all_group_messages
    return [
      { name, ok: true, detail: `Telegram knows the bot as @${me.username} (${me.id}).` },
      {
        name: 'telegram groups',
        ok: me.can_join_groups !== false,
        detail:
          me.can_join_groups === false
            ? 'The bot may not be added to groups: BotFather, /setjoingroups, Enable.'
            : 'The bot may be added to groups.',
      },
      { name: 'telegram privacy', ok: true, detail: describePrivacy(readsAll) },
    ]
  } catch (error) {
    return [
      {
        name,
        ok: false,
        detail: `Telegram did not accept the token or cannot be reached (${readFailure(error).code}).`,
      },
    ]
  }
}

function describePrivacy(readsAll: boolean | undefined): string {
  if (readsAll === undefined) return 'The server does not say whether privacy mode is on.'
  return readsAll
    ? 'Privacy mode is OFF: the bot is sent every message of its groups. It needs only those meant for it; turn it on (BotFather, /setprivacy, Enable), then remove the bot from its groups and add it again.'
    : 'Privacy mode is on, as it should be: in groups the bot hears commands, mentions and replies only, and whatever is written where it is an administrator.'
}

async function checkWebhook(options: CheckOptions): Promise<PlatformCheck> {
  const name = 'telegram webhook'
  try {
    const info = await options.client.call('getWebhookInfo', {})
    return { name, ...judgeWebhook(info, options.publicUrl) }
  } catch (error) {
    return { name, ok: false, detail: `The webhook's state is not known (${readFailure(error).code}).` }
  }
}

function judgeWebhook(info: WebhookInfo | null, publicUrl: string | undefined): Pick<PlatformCheck, 'ok' | 'detail'> {
  const url = info?.url ?? ''
  const wanted = publicUrl === undefined ? '' : webhookAddress(publicUrl)
  const pending = info?.pending_update_count ?? 0
  const facts = [url === '' ? 'No webhook is set.' : `Webhook: ${url}.`, `${pending} updates wait.`]
  const erredAt = (info?.last_error_date ?? 0) * 1000
  const hasRecentError = url !== '' && Date.now() - erredAt < RECENT_ERROR_MS
  if (url !== '' && erredAt > 0) {
    facts.push(`Last delivery error at ${new Date(erredAt).toISOString()}: ${info?.last_error_message ?? 'not said'}.`)
  }
  if (url !== wanted) {
    facts.push(
      wanted === ''
        ? 'This program polls and will remove it.'
        : `It should be ${wanted}; it is set when the program starts.`,
    )
  }
  if (pending > MAX_PENDING) facts.push('That is a jam: is the program running and reachable?')
  return { ok: url === wanted && !hasRecentError && pending <= MAX_PENDING, detail: facts.join(' ') }
}

function checkClock(client: TelegramClient): PlatformCheck {
  const skewMs = client.clockSkewMs()
  const name = 'telegram clock'
  if (skewMs === undefined) return { name, ok: true, detail: "Telegram's clock is not known: no answer yet." }
  const seconds = Math.abs(skewMs / 1000).toFixed(1)
  const ok = Math.abs(skewMs) <= MAX_SKEW_MS
  const side = skewMs > 0 ? 'behind' : 'ahead of'
  return {
    name,
    ok,
    detail: `This machine's clock is ${seconds} s ${side} Telegram's.${ok ? '' : ' Set the clock (NTP).'}`,
  }
}

/** `nep webhook set|info|delete`. None of them rejects. */
export function createWebhookCommands(options: CheckOptions): NonNullable<Platform['webhook']> {
  const { client, scrub, secret } = options
  const name = 'telegram webhook'
  async function report(work: () => Promise<PlatformCheck>): Promise<PlatformCheck> {
    try {
      const check = await work()
      return { ...check, detail: scrub(check.detail) }
    } catch (error) {
      return { name, ok: false, detail: `Telegram refused or cannot be reached (${readFailure(error).code}).` }
    }
  }
  return {
    set: (publicUrl) =>
      report(async () => {
        await registerWebhook(client, { publicUrl, secret })
        const detail = `Telegram sends to ${webhookAddress(publicUrl)}. Start the program with PUBLIC_URL=${publicUrl}; without it, it polls and removes the webhook.`
        return { name, ok: true, detail }
      }),
    info: () => report(() => checkWebhook(options)),
    delete: () =>
      report(async () => {
        await client.call('deleteWebhook', { drop_pending_updates: false })
        return { name, ok: true, detail: 'The webhook is removed; updates wait at Telegram for a day.' }
      }),
  }
}
