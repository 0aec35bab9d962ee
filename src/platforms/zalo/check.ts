/** What the operator asks for: `nep doctor` and `nep webhook set|info|delete`. */
import type { Platform, PlatformCheck } from '../../engine/platform.ts'
import type { ZaloClient } from './client.ts'
import { isRefusal, ZaloError } from './errors.ts'
import { WEBHOOK_PATH } from './webhook.ts'

export interface CheckOptions {
  client: ZaloClient
  answerMs: number
  botNames: readonly string[]
  webhookSecret: string | undefined
  /** Present means that updates come by webhook. */
  publicUrl: string | undefined
}

/** Where Zalo sends updates to, `null` where no webhook is set. */
export async function webhookUrl(client: ZaloClient, timeoutMs: number, signal?: AbortSignal): Promise<string | null> {
  try {
    const info = await client.call('getWebhookInfo', {}, { timeoutMs, ...(signal ? { signal } : {}) })
    const url = (info as { url?: unknown } | null | undefined)?.url
    return typeof url === 'string' && url !== '' ? url : null
  } catch (error) {
    // That is how Zalo says that there is none.
    if (isRefusal(error, 404)) return null
    throw error
  }
}

export function webhookAddress(publicUrl: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/webhooks/${WEBHOOK_PATH}`
}

const reason = (error: unknown) => (error instanceof ZaloError ? error.code : 'unexpected error')

/** Whether what Zalo holds is what this program expects, in words. */
export function judgeWebhook(url: string | null, publicUrl: string | undefined): PlatformCheck {
  const name = 'zalo webhook'
  if (publicUrl === undefined) {
    if (url === null) return { name, ok: true, detail: 'none is set; long polling is used' }
    return {
      name,
      ok: false,
      detail: `set to ${safe(url)}, so that long polling receives nothing: run "nep webhook delete", or set PUBLIC_URL`,
    }
  }
  const wanted = webhookAddress(publicUrl)
  if (url === wanted) return { name, ok: true, detail: `set to ${safe(wanted)}` }
  const now = url === null ? 'none is set' : `set to ${safe(url)}`
  return { name, ok: false, detail: `${now}, wanted is ${safe(wanted)}: run "nep webhook set"` }
}

/** An address without what may be a secret in it. */
function safe(url: string): string {
  if (!URL.canParse(url)) return 'an address that cannot be read'
  const { origin, pathname } = new URL(url)
  return `${origin}${pathname}`
}

async function checkToken({ client, answerMs }: CheckOptions): Promise<PlatformCheck> {
  const name = 'zalo token'
  try {
    const me = (await client.call('getMe', {}, { timeoutMs: answerMs })) as Record<string, unknown> | null | undefined
    const plan =
      typeof me?.account_type === 'string' && /^[A-Z]{1,20}$/.test(me.account_type) ? `, plan ${me.account_type}` : ''
    // False is also shown for bots that are in groups, so that it is told, not judged.
    const groups = me?.can_join_groups === true ? ', may join groups' : ', groups not confirmed by Zalo'
    return { name, ok: true, detail: `accepted${plan}${groups}` }
  } catch (error) {
    const advice = isRefusal(error, 401) ? ': take a new token from Zalo Bot Creator' : ''
    return { name, ok: false, detail: `getMe failed (${reason(error)})${advice}` }
  }
}

function checkNames(botNames: readonly string[]): PlatformCheck {
  const name = 'zalo bot names'
  if (botNames.length === 0)
    return { name, ok: false, detail: 'ZALO_BOT_NAMES is empty: mentions stay in the text. Put the display name there' }
  const strange = botNames.filter((each) => !/^bot(?![\p{L}\p{N}])/iu.test(each))
  return strange.length > 0
    ? {
        name,
        ok: false,
        detail: `a bot's name on Zalo begins with "Bot", these do not: ${strange.length} of ZALO_BOT_NAMES`,
      }
    : { name, ok: true, detail: `${botNames.length} known` }
}

/** Makes `Platform.check`. */
export function createCheck(options: CheckOptions): Platform['check'] {
  return async () => {
    const webhook = webhookUrl(options.client, options.answerMs).then(
      (url) => judgeWebhook(url, options.publicUrl),
      (error): PlatformCheck => ({ name: 'zalo webhook', ok: false, detail: `not known (${reason(error)})` }),
    )
    return [await checkToken(options), await webhook, checkNames(options.botNames)]
  }
}

/** Makes `Platform.webhook`. */
export function createWebhookAdmin({
  client,
  answerMs,
  webhookSecret,
  publicUrl,
}: CheckOptions): NonNullable<Platform['webhook']> {
  const name = 'zalo webhook'
  const attempt = async (what: string, run: () => Promise<PlatformCheck>): Promise<PlatformCheck> => {
    try {
      return await run()
    } catch (error) {
      return { name, ok: false, detail: `${what} failed (${reason(error)})` }
    }
  }
  return {
    set: (address) =>
      attempt('setWebhook', async () => {
        if (webhookSecret === undefined)
          return { name, ok: false, detail: 'ZALO_WEBHOOK_SECRET is missing, and Zalo requires a secret' }
        const url = webhookAddress(address)
        const result = await client.call('setWebhook', { url, secret_token: webhookSecret }, { timeoutMs: answerMs })
        const verification = (result as { verification?: { ok?: unknown; status_code?: unknown } } | null)?.verification
        // Zalo keeps the address even where its trial request failed.
        if (verification?.ok === false) {
          const status = Number.isInteger(verification.status_code) ? ` (it got ${verification.status_code})` : ''
          return { name, ok: false, detail: `set to ${safe(url)}, but Zalo could not reach it${status}` }
        }
        return { name, ok: true, detail: `set to ${safe(url)}` }
      }),
    info: () => attempt('getWebhookInfo', async () => judgeWebhook(await webhookUrl(client, answerMs), publicUrl)),
    delete: () =>
      attempt('deleteWebhook', async () => {
        try {
          await client.call('deleteWebhook', {}, { timeoutMs: answerMs })
        } catch (error) {
          if (!isRefusal(error, 400, 404)) throw error
          return { name, ok: true, detail: 'none was set' }
        }
        return { name, ok: true, detail: 'deleted; long polling works again' }
      }),
  }
}
