/** What a failed call to the Bot API means: for a message to send, and for the loop that receives. */
import { GrammyError, HttpError } from 'grammy'
import type { SendOutcome } from '../../engine/platform.ts'
import { TransportError } from './transport.ts'

/** A failed call, without anything that a log must not hold (address, payload, Telegram's words about a text). */
export interface Failure {
  /** One of the codes below, or `network.<reason>`. */
  code: string
  /** HTTP status or Telegram's `error_code`. */
  status?: number
  /** The refusal came from the Bot API, not from something between us and it. */
  fromTelegram: boolean
  /** The request may have reached the server, and nobody said what became of it. */
  uncertain: boolean
  retryAfterMs?: number
  migratedTo?: string
}

/**
 * Refusals by status and wording (tdlib/telegram-bot-api `Client.cpp`; the wording is not promised, so whatever is not
 * listed falls back to its status). First match wins.
 */
const WORDINGS: readonly { status: number; words: RegExp; code: string }[] = [
  { status: 400, words: /group chat was upgraded/i, code: 'migrated' },
  { status: 400, words: /message is not modified/i, code: 'notModified' },
  { status: 400, words: /chat not found|PEER_ID_INVALID|group chat was deactivated/i, code: 'chatNotFound' },
  { status: 400, words: /user is deactivated|USER_DEACTIVATED/i, code: 'userDeactivated' },
  { status: 400, words: /message thread not found|TOPIC_DELETED/i, code: 'threadNotFound' },
  { status: 400, words: /TOPIC_CLOSED/i, code: 'threadClosed' },
  { status: 400, words: /not enough rights|have no rights|CHAT_WRITE_FORBIDDEN|CHAT_RESTRICTED/i, code: 'noRights' },
  { status: 400, words: /message is too long|caption is too long/i, code: 'textTooLong' },
  { status: 400, words: /text is empty|text must be non-empty/i, code: 'textEmpty' },
  { status: 400, words: /query is too old/i, code: 'pressTooOld' },
  { status: 403, words: /kicked/i, code: 'botKicked' },
  { status: 403, words: /blocked/i, code: 'botBlocked' },
  { status: 403, words: /deactivated/i, code: 'userDeactivated' },
  { status: 403, words: /can't initiate conversation/i, code: 'notStarted' },
  { status: 403, words: /not a member/i, code: 'notMember' },
  { status: 409, words: /webhook is active|delete the webhook/i, code: 'webhookActive' },
  { status: 409, words: /./s, code: 'pollConflict' },
]

const BY_STATUS: Readonly<Record<number, string>> = {
  401: 'unauthorized',
  403: 'forbidden',
  404: 'unknownBot',
  409: 'pollConflict',
  413: 'tooLarge',
  429: 'tooManyRequests',
  504: 'gatewayTimeout',
}

/** Codes after which nothing can be sent to the chat until the bot is let in (again). */
const CHAT_GONE = new Set([
  'chatNotFound',
  'userDeactivated',
  'botKicked',
  'botBlocked',
  'notStarted',
  'notMember',
  'forbidden',
])
const ACCOUNT_INVALID = new Set(['unauthorized', 'unknownBot'])

/** Reads any error thrown by a call of the client. */
export function readFailure(error: unknown): Failure {
  if (error instanceof GrammyError) return readRefusal(error)
  const cause = error instanceof HttpError ? error.error : error
  if (cause instanceof TransportError) return readTransport(cause)
  // grammY's own time-out or a fault in building the upload: whether the request left is not known.
  return { code: 'network.unknown', fromTelegram: false, uncertain: true }
}

function readRefusal(error: GrammyError): Failure {
  const status = error.error_code
  const wording = WORDINGS.find((known) => known.status === status && known.words.test(error.description))
  const code = wording?.code ?? codeOf(status)
  const failure: Failure = { code, status, fromTelegram: true, uncertain: code === 'gatewayTimeout' }
  const { retry_after: retryAfter, migrate_to_chat_id: migratedTo } = error.parameters
  const seconds = Number(retryAfter ?? Number.NaN)
  if (seconds >= 0 && Number.isFinite(seconds)) failure.retryAfterMs = Math.ceil(seconds * 1000)
  if (/^-?\d{1,16}$/.test(String(migratedTo))) failure.migratedTo = String(migratedTo)
  return failure
}

function readTransport(error: TransportError): Failure {
  const { status } = error
  if (status !== undefined && status >= 300) {
    const code = codeOf(status)
    return { code, status, fromTelegram: false, uncertain: code === 'gatewayTimeout', retryAfterMs: error.retryAfterMs }
  }
  return { code: `network.${error.reason}`, status, fromTelegram: false, uncertain: error.left }
}

function codeOf(status: number): string {
  return BY_STATUS[status] ?? (status >= 500 ? 'serverError' : 'badRequest')
}

/**
 * What became of a message whose call failed. The table:
 *
 * | failure | outcome |
 * |---|---|
 * | 429, with or without `retry_after` | `retry`, `afterMs` where it was said |
 * | 400 "group chat was upgraded" with the new id | `migrated` |
 * | 400 "message is not modified" | `sent` |
 * | 403 of Telegram, 400 "chat not found", "user is deactivated" | `giveUp`, `chatGone` |
 * | 401, 404 of Telegram | `giveUp`, `accountInvalid` |
 * | other 4xx of Telegram | `giveUp` |
 * | 5xx but 504 | `retry`: the server answered that it failed; grammY's auto-retry and other libraries read it so too |
 * | 504 | `ambiguous`: a gateway that passed the request on and heard nothing back |
 * | any other status without Telegram's envelope (a proxy, a block page) | `retry`: whoever answered was not Telegram, so neither chat nor token is judged by it |
 * | no connection, TLS failed, upload not finished, aborted before that | `retry` |
 * | reset, time-out or abort after the request left; 2xx that cannot be read | `ambiguous` |
 */
export function toOutcome(failure: Failure): SendOutcome {
  const { code, fromTelegram } = failure
  if (failure.uncertain) return { outcome: 'ambiguous', code }
  if (code === 'tooManyRequests') return { outcome: 'retry', afterMs: failure.retryAfterMs, code }
  const status = failure.status ?? 0
  if (!fromTelegram || status >= 500 || status < 400) return { outcome: 'retry', afterMs: failure.retryAfterMs, code }
  if (failure.migratedTo !== undefined) return { outcome: 'migrated', newChatId: failure.migratedTo }
  // Upgraded, but not said to what: the update that says it is on its way.
  if (code === 'migrated') return { outcome: 'retry', afterMs: 30_000, code }
  if (code === 'notModified') return { outcome: 'sent' }
  if (ACCOUNT_INVALID.has(code)) return { outcome: 'giveUp', code, accountInvalid: true }
  if (CHAT_GONE.has(code)) return { outcome: 'giveUp', code, chatGone: true }
  return { outcome: 'giveUp', code }
}
