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
  /**
   * Asks until Telegram has answered; undefined when aborted before. A server that answers and does not know `getMe` is
   * worked with all the same, under the id that the token tells.
   */
  wait(signal: AbortSignal): Promise<Account | undefined>
}

/** Times that a server may refuse `getMe` before it is worked with without. */
const MAX_UNKNOWN = 2

/** Thrown where an answer to `getMe` came that names no bot. */
class NoAccountError extends Error {}

/** Makes the source; nothing is asked yet. */
export function createAccountSource(
  client: TelegramClient,
  log: Logger,
  backoff: Backoff,
  idInToken?: number,
): AccountSource {
  let account: Account | undefined

  async function ask(signal?: AbortSignal): Promise<Account> {
    const me: (Partial<Omit<UserFromGetMe, 'id'>> & { id?: unknown }) | null = await client.call(
      'getMe',
      {},
      { signal },
    )
    const id = typeof me?.id === 'string' && /^\d{1,15}$/.test(me.id) ? Number(me.id) : me?.id
    if (!Number.isSafeInteger(id)) throw new NoAccountError('getMe names no bot')
    // Every bot of Telegram's own has a username; without one mentions are not known, all else is.
    account = { ...me, id: id as number, username: typeof me?.username === 'string' ? me.username : '' }
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
          const isUnknownMethod = failure.fromTelegram ? failure.status === 400 : failure.status === 404
          const isAnswered = isUnknownMethod || error instanceof NoAccountError
          if (count >= MAX_UNKNOWN && isAnswered && idInToken !== undefined) {
            account = { id: idInToken, username: '' }
            return account
          }
          await pause(waitAfter(failure, count, backoff), signal)
        }
      }
      return undefined
    },
  }
}
