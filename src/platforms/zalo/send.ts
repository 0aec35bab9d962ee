import type { OutboundMessage, SendOutcome } from '../../engine/platform.ts'
import { MAX_TEXT } from './capabilities.ts'
import type { ZaloClient } from './client.ts'
import { outcomeOfFailure, ZaloError } from './errors.ts'

/** First wait after a 429 without a time, doubled for each further one until a message goes through. */
const QUOTA_WAIT_MS = 30_000
/** When the month's quota is used up no wait helps; asking twice an hour notices the first of the month soon enough. */
const QUOTA_WAIT_MAX_MS = 1_800_000

export interface SendTimings {
  /** Time for an answer to a message. */
  answerMs: number
  /** Zalo fetches the picture before it answers. */
  photoMs: number
}

/** What this platform cannot do, found before anything leaves; undefined where the message is fine. */
function refuseUnsendable(message: OutboundMessage): SendOutcome | undefined {
  const giveUp = (code: string): SendOutcome => ({ outcome: 'giveUp', code })
  if (message.document) return giveUp('documentsUnsupported')
  if (message.photo && !message.photo.url) return giveUp('photoNeedsUrl')
  if (!message.photo && message.text.trim() === '') return giveUp('emptyText')
  // Cutting would lose part of what the bot promised to say; the engine splits.
  if (message.text.length > MAX_TEXT) return giveUp('tooLong')
  // Zalo shows everything in a group to everyone: what is meant for one person must not go there.
  if (message.ephemeral && message.chat.kind === 'group') return giveUp('cannotHideInGroup')
  return undefined
}

/** Only plain text: without `parse_mode` Zalo shows every character as it is, so that nothing a user wrote becomes a style. */
function request(message: OutboundMessage): { method: string; params: Record<string, unknown> } {
  const chat_id = message.chat.id
  if (!message.photo) return { method: 'sendMessage', params: { chat_id, text: message.text } }
  const caption = message.text.trim() === '' ? {} : { caption: message.text }
  return { method: 'sendPhoto', params: { chat_id, photo: message.photo.url, ...caption } }
}

function readMessageId(result: unknown): { messageId?: string } {
  const id = (result as { message_id?: unknown } | null | undefined)?.message_id
  return (typeof id === 'string' && id !== '') || typeof id === 'number' ? { messageId: String(id) } : {}
}

/** Makes `Platform.send`. It never rejects: every end is an outcome of the table in errors.ts. */
export function createSend(client: ZaloClient, timings: SendTimings) {
  let refusedForQuota = 0

  return async function send(message: OutboundMessage, signal: AbortSignal): Promise<SendOutcome> {
    const unsendable = refuseUnsendable(message)
    if (unsendable) return unsendable
    const { method, params } = request(message)
    const timeoutMs = message.photo ? timings.photoMs : timings.answerMs
    try {
      const result = await client.call(method, params, { timeoutMs, signal })
      refusedForQuota = 0
      return { outcome: 'sent', ...readMessageId(result) }
    } catch (error) {
      if (!(error instanceof ZaloError)) throw error
      const outcome = outcomeOfFailure(error.failure)
      if (outcome.outcome !== 'retry' || outcome.code !== 'quotaExceeded') return outcome
      const waitMs = Math.min(QUOTA_WAIT_MS * 2 ** Math.min(refusedForQuota++, 16), QUOTA_WAIT_MAX_MS)
      return { afterMs: waitMs, ...outcome }
    }
  }
}
