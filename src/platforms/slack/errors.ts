/** What a failed call to Slack's Web API means for the message that it should have delivered. */
import { webApi } from '@slack/bolt'
import type { SendOutcome } from '../../engine/platform.ts'
import { RateLimitedWithoutTime, RequestFailed } from './transport.ts'

/** A failed call, without anything that a log must not hold (address, payload, Slack's words about a text). */
export interface Failure {
  /** Slack's error code, `http_<status>` or `network_<reason>`. */
  code: string
  kind: 'refused' | 'rateLimited' | 'unavailable' | 'notSent' | 'uncertain'
  retryAfterMs?: number
}

/** Nothing can be sent to this chat (any more). */
const CHAT_GONE = new Set([
  ...['channel_not_found', 'is_archived', 'not_in_channel', 'is_inactive', 'channel_is_limited_access'],
  ...[
    'user_not_found',
    'users_not_found',
    'user_disabled',
    'user_not_visible',
    'cannot_dm_bot',
    'messages_tab_disabled',
  ],
])

/** The token is worth nothing: no message of this workspace can be sent. */
const ACCOUNT_INVALID = new Set([
  ...['account_inactive', 'invalid_auth', 'not_authed', 'token_revoked', 'token_expired', 'user_removed_from_team'],
  ...['team_disabled', 'org_login_required', 'not_allowed_token_type', 'no_permission', 'access_denied'],
])

/** Whether Slack's code says that the token is worth nothing. */
export function isAccountInvalid(code: string): boolean {
  return ACCOUNT_INVALID.has(code)
}

/** Refused for now, by Slack's own description of the code: certainly nothing was posted. */
const UNAVAILABLE = new Set([
  ...['service_unavailable', 'team_added_to_org', 'request_timeout', 'rollup_error', 'message_limit_exceeded'],
  ...['accesslimited', 'invalid_charset', 'metadata_unavailable'],
])

const RATE_LIMITED = new Set(['ratelimited', 'rate_limited'])

/** "It's possible some aspect of the operation succeeded before the error was raised" (docs.slack.dev, chat.postMessage). */
const UNCERTAIN = new Set(['internal_error', 'fatal_error'])

/** Reads any error thrown by a call of Slack's client. */
export function readFailure(error: unknown): Failure {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return { code: 'ratelimited', kind: 'rateLimited', retryAfterMs: error.retryAfter * 1000 }
  }
  if (error instanceof webApi.WebAPIPlatformError) return readRefusal(error)
  if (error instanceof webApi.WebAPIHTTPError) return readStatus(error)
  const cause = error instanceof webApi.WebAPIRequestError ? error.original : error
  if (cause instanceof RateLimitedWithoutTime) return { code: 'ratelimited', kind: 'rateLimited' }
  if (cause instanceof RequestFailed) {
    return { code: `network_${cause.reason}`, kind: cause.left ? 'uncertain' : 'notSent' }
  }
  // The answer broke off or was no JSON object: Slack had the request.
  return { code: 'unreadable_answer', kind: 'uncertain' }
}

function readRefusal(error: webApi.WebAPIPlatformError): Failure {
  const code: unknown = error.data.error
  // Slack's client puts an answer that is no JSON into `error`, whole.
  if (typeof code !== 'string' || !/^[a-z][a-z0-9_]{1,63}$/.test(code))
    return { code: 'unreadable_answer', kind: 'uncertain' }
  if (UNCERTAIN.has(code)) return { code, kind: 'uncertain' }
  const retryAfter = error.data.response_metadata?.retryAfter
  if (RATE_LIMITED.has(code)) {
    return { code, kind: 'rateLimited', retryAfterMs: typeof retryAfter === 'number' ? retryAfter * 1000 : undefined }
  }
  return { code, kind: UNAVAILABLE.has(code) ? 'unavailable' : 'refused' }
}

function readStatus(error: webApi.WebAPIHTTPError): Failure {
  const status = error.statusCode
  const code = `http_${status}`
  if (status === 504 || status < 300) return { code, kind: 'uncertain' }
  const retryAfter = error.headers['retry-after']
  const retryAfterMs = /^\d{1,5}$/.test(String(retryAfter)) ? Number(retryAfter) * 1000 : undefined
  return { code, kind: 'unavailable', retryAfterMs }
}

/**
 * What became of a message whose call failed. The table:
 *
 * | failure | outcome |
 * |---|---|
 * | 429, `ratelimited` | `retry`, `afterMs` from `Retry-After` where it was said |
 * | `channel_not_found`, `is_archived`, `not_in_channel`, `user_not_found` … (`CHAT_GONE`) | `giveUp`, `chatGone` |
 * | `account_inactive`, `invalid_auth`, `token_revoked` … (`ACCOUNT_INVALID`) | `giveUp`; `accountInvalid` where the token is the configured one, else `chatGone` |
 * | `service_unavailable`, `team_added_to_org` … (`UNAVAILABLE`) | `retry` |
 * | `internal_error`, `fatal_error` | `ambiguous`: Slack itself says that the message may have been posted |
 * | any other code of Slack | `giveUp` |
 * | HTTP 5xx but 504, and 4xx without an answer of Slack (a proxy, a block page) | `retry`: whoever answered says that it failed; Slack's own client repeats these too |
 * | HTTP 504 | `ambiguous`: a gateway that passed the request on and heard nothing back |
 * | no connection, TLS failed, aborted before the request was written | `retry` |
 * | reset, time-out or abort after that; an answer that is no JSON object | `ambiguous` |
 */
export function toOutcome(failure: Failure, scope: { onlyWorkspace: boolean }): SendOutcome {
  const { code, kind } = failure
  switch (kind) {
    case 'uncertain':
      return { outcome: 'ambiguous', code }
    case 'rateLimited':
    case 'unavailable':
    case 'notSent':
      return { outcome: 'retry', code, afterMs: failure.retryAfterMs }
    case 'refused':
      if (CHAT_GONE.has(code)) return { outcome: 'giveUp', code, chatGone: true }
      if (!ACCOUNT_INVALID.has(code)) return { outcome: 'giveUp', code }
      return scope.onlyWorkspace
        ? { outcome: 'giveUp', code, accountInvalid: true }
        : { outcome: 'giveUp', code, chatGone: true }
  }
}

/** The same for a call that only prepares (opens a conversation, asks for an upload address): nothing was delivered yet. */
export function toOutcomeBeforeSending(failure: Failure, scope: { onlyWorkspace: boolean }): SendOutcome {
  const outcome = toOutcome(failure, scope)
  return outcome.outcome === 'ambiguous' ? { outcome: 'retry', code: outcome.code } : outcome
}
