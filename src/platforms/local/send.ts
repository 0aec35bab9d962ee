import type { LocalTranscript } from '../../engine/local-chat.ts'
import type { OutboundMessage, SendOutcome } from '../../engine/platform.ts'
import { type Log, logError } from '../../log.ts'
import { chatUnknown, refusalOf, stopped, transcriptFailed } from './errors.ts'

/** Writes the bot's message into the transcript, once per `message.key`. */
export function createSend(options: { transcript: LocalTranscript; clock: { now(): Date }; log: Log }) {
  const { transcript, clock, log } = options
  // Chats are never taken away, so that one look-up per chat is enough.
  const known = new Set<string>()

  async function isKnown(chat: string): Promise<boolean> {
    if (!known.has(chat)) for (const view of await transcript.chats()) known.add(view.chat)
    return known.has(chat)
  }

  async function write(message: OutboundMessage): Promise<SendOutcome> {
    if (!(await isKnown(message.chat.id))) return chatUnknown
    const stored = await transcript.append({
      chat: message.chat.id,
      from: null,
      text: message.text,
      at: clock.now(),
      dedupeKey: message.key,
      replyTo: message.replyTo,
    })
    return { outcome: 'sent', messageId: stored.id }
  }

  return async (message: OutboundMessage, signal: AbortSignal): Promise<SendOutcome> => {
    const refusal = refusalOf(message)
    if (refusal !== null) return refusal
    if (signal.aborted) return stopped
    let letGo = () => {}
    const abort = new Promise<SendOutcome>((resolve) => {
      letGo = () => resolve(stopped)
      signal.addEventListener('abort', letGo, { once: true })
    })
    const writing = write(message).catch((err: unknown) => {
      logError(log, 'local.sendFailed', err)
      return transcriptFailed
    })
    try {
      return await Promise.race([writing, abort])
    } finally {
      signal.removeEventListener('abort', letGo)
    }
  }
}
