/**
 * What can become of a request to Zalo, and what that means for a message that was to be sent.
 *
 * | what came back                                              | outcome   | why |
 * |-------------------------------------------------------------|-----------|-----|
 * | `ok: true`                                                  | sent      | |
 * | connection refused, name not found, TLS failed, no route    | retry     | nothing left this machine |
 * | 429                                                         | retry     | quota or rate; no `retry_after` is documented, so `send` waits longer each time |
 * | 403 "Internal server error" (sic)                           | retry     | Zalo's own fault under a wrong number; the outbox bounds the attempts |
 * | 401                                                         | giveUp    | `accountInvalid`: the token was reset |
 * | 400, 403, 404 naming a chat that does not exist or a block  | giveUp    | `chatGone` |
 * | other 400, 404 and 4xx with Zalo's envelope                 | giveUp    | the same request will be refused again |
 * | 404 without Zalo's envelope, 3xx                            | retry     | not Zalo that answered: a wrong API root, a proxy's page |
 * | 500, 502, 503 and other 5xx                                 | retry     | the server says that it failed |
 * | 408, 504, 520, 524                                          | ambiguous | a gateway stopped waiting; Zalo may have gone on |
 * | time-out, reset, our own stop after the request left        | ambiguous | it may have been delivered |
 * | 2xx that cannot be read                                     | ambiguous | most likely delivered |
 *
 * Zalo gives its code in the body (`error_code`), the HTTP status, or both; the body counts. Its `description` is read
 * to tell a chat that is gone and then dropped: it may quote what somebody wrote.
 */
import type { SendOutcome } from '../../engine/platform.ts'

export type ZaloFailure =
  /** An answer came, and it is no. */
  | {
      happened: 'refused'
      /** `error_code`, else the HTTP status; undefined where neither says anything. */
      code: number | undefined
      /** Answered by Zalo itself, not by something in between. */
      hasEnvelope: boolean
      isChatGone: boolean
      retryAfterMs?: number
    }
  /** The request certainly did not leave. */
  | { happened: 'unreached'; reason: string }
  /** The request may have arrived; no answer came. */
  | { happened: 'unanswered'; reason: 'timeout' | 'connectionLost' | 'stopped' }
  /** An answer of success that is not Zalo's form. */
  | { happened: 'unreadable' }

/** A request to Zalo that did not succeed. Holds neither URL nor token nor what was sent, nor the error it came from. */
export class ZaloError extends Error {
  readonly failure: ZaloFailure
  /** For the log: `refused 429`, `unreached ECONNREFUSED`. */
  readonly code: string
  constructor(method: string, failure: ZaloFailure) {
    const code = describeFailure(failure)
    super(`Zalo ${method}: ${code}`)
    this.name = 'ZaloError'
    this.failure = failure
    this.code = code
  }
}

function describeFailure(failure: ZaloFailure): string {
  switch (failure.happened) {
    case 'refused':
      return `refused ${failure.code ?? 'without a code'}`
    case 'unreached':
      return `unreached ${failure.reason}`
    case 'unanswered':
      return `unanswered ${failure.reason}`
    case 'unreadable':
      return 'unreadable answer'
  }
}

/** Whether `error` is Zalo's refusal with this code. */
export function isRefusal(error: unknown, ...codes: number[]): boolean {
  return (
    error instanceof ZaloError &&
    error.failure.happened === 'refused' &&
    error.failure.code !== undefined &&
    codes.includes(error.failure.code)
  )
}

const CHAT_GONE = [
  /\b(chat|chat_id|user|group|conversation|recipient|thread)\b.{0,40}\b(not (found|exist)|does ?n[o']t exist|deleted|disbanded|deactivated)/i,
  /\b(blocked|kicked|removed|not (a )?(member|participant))\b/i,
]

/** Reads Zalo's `description` for the one thing that changes what we do. The wording is not documented. */
export function tellsOfChatGone(code: number | undefined, description: unknown): boolean {
  if (typeof description !== 'string' || ![400, 403, 404].includes(code ?? 0)) return false
  return CHAT_GONE.some((pattern) => pattern.test(description))
}

/** Failures of `connect` and TLS: the request line was never written. */
const BEFORE_LEAVING = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'ENETDOWN', 'EADDRNOTAVAIL'],
  ...['UND_ERR_CONNECT_TIMEOUT', 'EPROTO', 'CERT_HAS_EXPIRED', 'CERT_NOT_YET_VALID', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
  ...['SELF_SIGNED_CERT_IN_CHAIN', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY'],
  ...['ERR_TLS_CERT_ALTNAME_INVALID', 'ERR_SSL_WRONG_VERSION_NUMBER'],
])

interface SystemError {
  code?: unknown
  syscall?: unknown
  cause?: unknown
  errors?: unknown
}

/**
 * What an error of `fetch` says about the request. Whatever is not known to have failed before the request left counts as
 * possibly delivered.
 */
export function failureOfFetch(error: unknown): ZaloFailure {
  const reason = reasonBeforeLeaving(error)
  return reason ? { happened: 'unreached', reason } : { happened: 'unanswered', reason: 'connectionLost' }
}

function reasonBeforeLeaving(error: unknown, depth = 0): string | undefined {
  if (typeof error !== 'object' || error === null || depth > 4) return undefined
  const { code, syscall, cause, errors } = error as SystemError
  // One host with several addresses: only if none of them could be reached did nothing leave.
  if (Array.isArray(errors) && errors.length > 0) {
    const reasons = errors.map((each) => reasonBeforeLeaving(each, depth + 1))
    return reasons.every((each) => each !== undefined) ? reasons[0] : undefined
  }
  if (typeof code === 'string') {
    if (BEFORE_LEAVING.has(code) || syscall === 'connect' || syscall === 'getaddrinfo') return code
    return undefined
  }
  return reasonBeforeLeaving(cause, depth + 1)
}

/** How long to leave Zalo alone after its 403, which passes by itself. */
const AFTER_INTERNAL_ERROR_MS = 30_000

/** Gateways that stopped waiting for Zalo (520 and 524 are Cloudflare's). */
const GAVE_UP_WAITING = [408, 504, 520, 524]

/** The table above. A 429 without a time carries no `afterMs`: `send` knows how often it has happened. */
export function outcomeOfFailure(failure: ZaloFailure): SendOutcome {
  switch (failure.happened) {
    case 'unreached':
      return { outcome: 'retry', code: failure.reason === 'stopped' ? 'stopped' : 'unreached' }
    case 'unanswered':
      return { outcome: 'ambiguous', code: failure.reason }
    case 'unreadable':
      return { outcome: 'ambiguous', code: 'unreadableAnswer' }
    case 'refused':
      return outcomeOfRefusal(failure)
  }
}

function outcomeOfRefusal(refusal: Extract<ZaloFailure, { happened: 'refused' }>): SendOutcome {
  const { code, retryAfterMs } = refusal
  const wait = retryAfterMs === undefined ? {} : { afterMs: retryAfterMs }
  if (code === 401) return { outcome: 'giveUp', code: 'tokenInvalid', accountInvalid: true }
  if (refusal.isChatGone) return { outcome: 'giveUp', code: 'chatGone', chatGone: true }
  if (code === 429) return { outcome: 'retry', code: 'quotaExceeded', ...wait }
  if (code === 403) return { outcome: 'retry', code: 'zaloInternalError', afterMs: AFTER_INTERNAL_ERROR_MS, ...wait }
  if (code === undefined || code < 400) return { outcome: 'retry', code: 'strangeAnswer', ...wait }
  if (GAVE_UP_WAITING.includes(code)) return { outcome: 'ambiguous', code: `gatewayTimeout${code}` }
  if (code >= 500) return { outcome: 'retry', code: `serverError${code}`, ...wait }
  if (code === 404 && !refusal.hasEnvelope) return { outcome: 'retry', code: 'notZalo' }
  return { outcome: 'giveUp', code: `refused${code}` }
}
