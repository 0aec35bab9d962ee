/** Zalo Bot Platform (not Zalo OA): the adapter. Guide for operators: docs/zalo.md. */
import { createHash } from 'node:crypto'
import type { Logger } from 'pino'
import type { Platform, Sink } from '../../engine/platform.ts'
import { zaloCapabilities } from './capabilities.ts'
import { createCheck, createWebhookAdmin, judgeWebhook, webhookUrl } from './check.ts'
import { createZaloClient, systemClock, ZALO_API_ROOT, type ZaloClient, type ZaloClock } from './client.ts'
import { isRefusal, ZaloError } from './errors.ts'
import { createAddressing, normaliseBotNames } from './mention.ts'
import { type PollTimings, pollUpdates } from './receive.ts'
import { createSend, type SendTimings } from './send.ts'
import { readUpdate } from './update.ts'
import { createWebhook } from './webhook.ts'

export type { ZaloClock } from './client.ts'

export type ZaloTimings = PollTimings & SendTimings

/** Long poll 30 s and 5 s of margin; 20 s for a message; twice that for a picture, which Zalo fetches meanwhile. */
export const ZALO_TIMINGS: ZaloTimings = { pollSeconds: 30, pollMarginMs: 5_000, answerMs: 20_000, photoMs: 40_000 }

export interface ZaloOptions {
  token: string
  /** Default: Zalo's own. */
  apiRoot?: string | undefined
  /** 8 to 256 characters; needed with `publicUrl`. */
  webhookSecret?: string | undefined
  /** Display names of the bot, present and past. Zalo does not tell them. */
  botNames: readonly string[]
  /** Present means webhook, absent means long polling. */
  publicUrl?: string | undefined
  log: Logger
  fetch?: typeof fetch
  clock?: ZaloClock
  timings?: Partial<ZaloTimings>
}

/** A real token is `<bot id>:<key>`; the id outlives a reset of the key. */
const TOKEN_WITH_ID = /^(\d{3,64}):/

/** Tries of getMe where the token does not hold the id. */
const IDENTITY_TRIES = 6
const IDENTITY_WAIT_MS = 250

async function findAccountId(token: string, client: ZaloClient, clock: ZaloClock, timeoutMs: number): Promise<string> {
  const id = TOKEN_WITH_ID.exec(token)?.[1]
  // No request: the program also starts, and sends from its outbox later, while Zalo cannot be reached.
  if (id) return id
  for (let tries = 1; ; tries++) {
    try {
      const me = (await client.call('getMe', {}, { timeoutMs })) as { id?: unknown } | null | undefined
      if (typeof me?.id === 'string' && me.id !== '') return me.id
      if (typeof me?.id === 'number') return String(me.id)
      throw new ZaloError('getMe', { happened: 'unreadable' })
    } catch (error) {
      // A server that does not know getMe: the token itself names the account.
      if (isRefusal(error, 400, 404)) return createHash('sha256').update(token).digest('hex').slice(0, 20)
      if (tries >= IDENTITY_TRIES || isRefusal(error, 401)) throw error
      await clock.wait(IDENTITY_WAIT_MS * 2 ** tries, new AbortController().signal)
    }
  }
}

/**
 * Makes the adapter. Nothing is received before `receive`.
 * @throws {ZaloError} where the account cannot be told from the token and Zalo does not tell it
 */
export async function createZalo(options: ZaloOptions): Promise<Platform> {
  const { log, publicUrl, webhookSecret, clock = systemClock } = options
  const timings = { ...ZALO_TIMINGS, ...options.timings }
  if (publicUrl !== undefined && webhookSecret === undefined)
    throw new Error('ZALO_WEBHOOK_SECRET is needed with PUBLIC_URL')
  const apiRoot = (options.apiRoot ?? ZALO_API_ROOT).replace(/\/+$/, '')
  const client = createZaloClient({ token: options.token, apiRoot, fetch: options.fetch ?? fetch })
  const accountId = await findAccountId(options.token, client, clock, timings.answerMs)
  const botNames = normaliseBotNames(options.botNames)
  const reader = { accountId, addressing: createAddressing(botNames), now: clock.now }
  const read = (body: unknown) => readUpdate(body, reader)
  const checkOptions = { client, answerMs: timings.answerMs, botNames, webhookSecret, publicUrl }

  let sink: Sink | undefined
  const handing = new Set<Promise<void>>()
  const webhooks =
    publicUrl === undefined || webhookSecret === undefined
      ? []
      : [
          createWebhook({
            secret: webhookSecret,
            log,
            now: clock.now,
            read,
            async handOver(event) {
              if (!sink) throw new Error('not receiving')
              const handed = sink([event])
              handing.add(handed)
              await handed.finally(() => handing.delete(handed))
            },
          }),
        ]

  /** A webhook left on at Zalo silences polling, and one that points elsewhere silences us: say so at the start. */
  async function tellOfWebhook(signal: AbortSignal): Promise<void> {
    try {
      const check = judgeWebhook(await webhookUrl(client, timings.answerMs, signal), publicUrl)
      if (!check.ok) log.warn({ event: 'zalo-webhook-state', state: check.detail }, 'zalo-webhook-state')
    } catch (error) {
      if (!signal.aborted)
        log.warn({ event: 'zalo-webhook-state', code: (error as ZaloError).code }, 'zalo-webhook-state')
    }
  }

  return {
    name: 'zalo',
    accountId,
    capabilities: zaloCapabilities(botNames),
    webhooks,
    receivesAlone: publicUrl === undefined,
    async receive(given) {
      if (sink) throw new Error('already receiving')
      sink = given
      const stopping = new AbortController()
      const signal = stopping.signal
      const polling =
        publicUrl === undefined ? pollUpdates({ client, clock, log, timings, read, sink, signal }) : undefined
      const telling = tellOfWebhook(signal)
      return async () => {
        stopping.abort()
        await Promise.all([polling, telling])
        // Only the receiver that this function belongs to is ended by it.
        if (sink === given) sink = undefined
        await Promise.allSettled(handing)
      }
    },
    send: createSend(client, timings),
    check: createCheck(checkOptions),
    webhook: createWebhookAdmin(checkOptions),
  }
}
