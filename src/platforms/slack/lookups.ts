import type { Logger } from 'pino'
import { BoundedMap } from './bounded-map.ts'
import { readFailure } from './errors.ts'
import { isJsonObject, type JsonObject, listField, objectField, textField } from './json-fields.ts'
import { storable } from './slack-text.ts'
import { callMethod, type Transport } from './transport.ts'
import type { Workspaces } from './workspaces.ts'

/** Longest a look-up may hold up an acknowledgement, which Slack awaits for 3 s. */
const BUDGET_MS = 800

/** How long Slack is not asked again after it did not answer or refused for being asked too often. */
const PAUSE_MS = 60_000

/** Answers of the newest API versions list at most five authors of replies; the first replies themselves show the others. */
const REPLIES_READ = 15

/**
 * What Slack's events leave out and one has to ask for: people's names, and whether the bot takes part in a thread. Best
 * effort: answers are kept in memory, a failure costs the name and never the event.
 */
export interface Lookups {
  /** The name shown in Slack, or undefined. */
  displayName(teamId: string, userId: string): Promise<string | undefined>
  /** Whether the bot wrote in this thread. */
  takesPart(teamId: string, channelId: string, threadTs: string): Promise<boolean>
  /** The bot has just written there. */
  rememberThread(teamId: string, channelId: string, threadTs: string): void
}

export interface LookupOptions {
  transport: Transport
  workspaces: Workspaces
  log: Logger
  now: () => number
  budgetMs?: number
}

/** Makes the look-ups over Slack's Web API. */
export function createLookups(options: LookupOptions): Lookups {
  const { transport, workspaces, log, now } = options
  const names = new BoundedMap<string, Promise<string | undefined>>(5_000)
  const threads = new BoundedMap<string, Promise<boolean>>(20_000)
  let pausedUntil = 0

  /** Asks once for each key, whoever wants to know meanwhile; what failed is asked again later. */
  function ask<T>(
    cache: BoundedMap<string, Promise<T>>,
    key: string,
    whenFailed: T,
    load: () => Promise<T>,
  ): Promise<T> {
    const known = cache.get(key)
    if (known) return known
    if (now() < pausedUntil) return Promise.resolve(whenFailed)
    const answer = load().catch((error: unknown) => {
      const failure = readFailure(error)
      // Slack's own refusal (no such user, scope missing) stands; anything else may pass.
      if (failure.kind === 'refused') return whenFailed
      cache.delete(key)
      pausedUntil = now() + (failure.retryAfterMs ?? PAUSE_MS)
      log.info({ event: 'slack.lookupFailed', code: failure.code }, 'Slack look-ups paused')
      return whenFailed
    })
    cache.set(key, answer)
    return answer
  }

  async function call(
    teamId: string,
    method: string,
    fields: Record<string, unknown>,
  ): Promise<JsonObject | undefined> {
    const installation = await workspaces.find(teamId)
    if (!installation) return undefined
    const client = transport.client(installation.botToken)
    const budget = AbortSignal.timeout(options.budgetMs ?? BUDGET_MS)
    return transport.within(budget, () => callMethod(client, method, fields))
  }

  return {
    displayName: (teamId, userId) =>
      ask(names, `${teamId}:${userId}`, undefined, async () => {
        const user = objectField(await call(teamId, 'users.info', { user: userId }), 'user')
        const profile = objectField(user, 'profile')
        const name =
          textField(profile, 'display_name') ??
          textField(profile, 'real_name') ??
          textField(user, 'real_name') ??
          textField(user, 'name')
        return name === undefined ? undefined : storable(name).normalize('NFC').slice(0, 100)
      }),

    takesPart: (teamId, channelId, threadTs) =>
      ask(threads, `${teamId}:${channelId}:${threadTs}`, false, async () => {
        const fields = { channel: channelId, ts: threadTs, limit: REPLIES_READ }
        const messages = listField(await call(teamId, 'conversations.replies', fields), 'messages').filter(isJsonObject)
        const botUserId = (await workspaces.find(teamId))?.botUserId
        return messages.some(
          (message) => message.user === botUserId || listField(message, 'reply_users').includes(botUserId),
        )
      }),

    rememberThread(teamId, channelId, threadTs) {
      threads.set(`${teamId}:${channelId}:${threadTs}`, Promise.resolve(true))
    },
  }
}
