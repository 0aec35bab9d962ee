/** Starts and stops receiving, by polling or by webhook. */
import type { Logger } from 'pino'
import type { Sink } from '../../engine/platform.ts'
import type { Account, AccountSource } from './account.ts'
import type { TelegramClient } from './client.ts'
import { type MenuEntry, publishCommands } from './commands.ts'
import { readFailure } from './errors.ts'
import { pause, waitAfter } from './pause.ts'
import { type PollTuning, poll } from './poll.ts'
import { ALLOWED_UPDATES, type Reader } from './read-update.ts'
import { WEBHOOK_PATH, type WebhookHandler } from './webhook.ts'

export interface ReceiveOptions {
  client: TelegramClient
  account: AccountSource
  /** What to read updates with, once the account is known. */
  reader: (account: Account) => Reader
  commandMenu: readonly MenuEntry[]
  log: Logger
  tuning: PollTuning
  /** Present means: by webhook, not by polling. */
  webhook?: { handler: WebhookHandler; publicUrl: string; secret: string }
}

/**
 * Starts receiving; returns how to stop. Resolves at once: whatever Telegram needs to be told is told in the background,
 * again and again until it listens, so that the program starts while Telegram cannot be reached.
 */
export function startReceiving(sink: Sink, options: ReceiveOptions): () => Promise<void> {
  const stopping = new AbortController()
  options.webhook?.handler.open(sink)
  const running = run(sink, options, stopping.signal)
  let stopped: Promise<unknown> | undefined
  return async () => {
    if (stopped === undefined) {
      stopping.abort()
      stopped = Promise.all([running, options.webhook?.handler.close()])
    }
    await stopped
  }
}

async function run(sink: Sink, options: ReceiveOptions, signal: AbortSignal): Promise<void> {
  const { client, log, tuning, webhook } = options
  const account = await options.account.wait(signal)
  if (account === undefined) return
  log.info(
    {
      event: 'telegram.receiving',
      mode: webhook === undefined ? 'polling' : 'webhook',
      readsAllGroupMessages: account.can_read_all_group_messages ?? null,
      canJoinGroups: account.can_join_groups ?? null,
    },
    'Receiving from Telegram',
  )
  const menu = publishCommands(client, options.commandMenu, log, signal)
  if (webhook === undefined) await poll({ client, reader: options.reader(account), sink, log, tuning, signal })
  else await keepWebhook(options, webhook, signal)
  await menu
}

/** Tells Telegram where we are, until it has been told. */
async function keepWebhook(
  { client, log, tuning }: ReceiveOptions,
  webhook: { publicUrl: string; secret: string },
  signal: AbortSignal,
): Promise<void> {
  for (let count = 1; !signal.aborted; count += 1) {
    try {
      await registerWebhook(client, webhook, signal)
      return
    } catch (error) {
      if (signal.aborted) return
      const failure = readFailure(error)
      log.warn(
        { event: 'telegram.webhook.notSet', code: failure.code, failures: count },
        'The webhook could not be set',
      )
      await pause(waitAfter(failure, count, tuning.pollBackoff), signal)
    }
  }
}

/** Sets the webhook; what waits at Telegram is kept. Rejects with an error for `readFailure`. */
export async function registerWebhook(
  client: TelegramClient,
  webhook: { publicUrl: string; secret: string },
  signal?: AbortSignal,
): Promise<void> {
  const url = webhookAddress(webhook.publicUrl)
  await client.call('setWebhook', { url, secret_token: webhook.secret, allowed_updates: ALLOWED_UPDATES }, { signal })
}

/** The address under which Telegram reaches the webhook. */
export function webhookAddress(publicUrl: string): string {
  return `${publicUrl.replace(/\/+$/, '')}/webhooks/${WEBHOOK_PATH}`
}
