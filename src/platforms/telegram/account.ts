/** Who the bot is, learnt from Telegram and kept. */
import type { UserFromGetMe } from 'grammy/types'
import type { Logger } from 'pino'
import type { TelegramClient } from './client.ts'
import { type Failure, readFailure } from './errors.ts'
import { type Backoff, pause, waitAfter } from './pause.ts'

/** What `getMe` says; servers other than Telegram's own leave out all but the id and the name. */
export type Account = Pick<UserFromGetMe, 'id' | 'username'> &
  Partial<Pick<UserFromGetMe, 'can_join_groups' | 'can_read_all_group_messages'>>

export interface AccountSource {
  /** The last answer, if there was one. */
  known(): Account | undefined
  /** Asks Telegram now; rejects with an error for `readFailure`. */
  ask(signal?: AbortSignal): Promise<Account>
  /** Asks until Telegram has answered; undefined when aborted before. */
  wait(signal: AbortSignal): Promise<Account | undefined>
}

/** Thrown where an answer to `getMe` came that names no bot. */
class NoAccountError extends Error {}

/** Makes the source; nothing is asked yet. */
export function createAccountSource(client: TelegramClient, log: Logger, backoff: Backoff): AccountSource {
  let account: Account | undefined

  async function ask(signal?: AbortSignal): Promise<Account> {
    const me: Partial<UserFromGetMe> | null = await client.call('getMe', {}, { signal })
    if (!Number.isSafeInteger(me?.id) || typeof me?.username !== 'string')
      throw new NoAccountError('getMe names no bot')
    account = me as Account
    return account
  }

  return {
    known: () => account,
    ask,
    async wait(signal) {
      for (let count = 1; !signal.aborted; count += 1) {
        if (account !== undefined) return account
        try {
          return await ask(signal)
        } catch (error) {
          if (signal.aborted) return undefined
          const failure: Failure = readFailure(error)
          log.warn(
            { event: 'telegram.account.unknown', code: failure.code, failures: count },
            'Telegram did not say who the bot is',
          )
          await pause(waitAfter(failure, count, backoff), signal)
        }
      }
      return undefined
    },
  }
}
