import type { OutboundMessage, SendOutcome } from '../../engine/platform.ts'
import { localCapabilities } from './capabilities.ts'

type Refusal = Extract<SendOutcome, { outcome: 'giveUp' }>

/** Nobody can be written to under this chat's id. */
export const chatUnknown: Refusal = { outcome: 'giveUp', code: 'chatUnknown', chatGone: true }

/**
 * Every failed write may be tried again: the transcript keeps one message per key, so that even a write whose answer
 * was lost is harmless to repeat. This platform is therefore never ambiguous.
 */
export const transcriptFailed: SendOutcome = { outcome: 'retry', code: 'transcriptFailed' }

/** Told to stop before the transcript answered; harmless to repeat for the same reason. */
export const stopped: SendOutcome = { outcome: 'retry', code: 'stopped' }

/** Why this message can never be shown here, or null. It is what Zalo would refuse too. */
export function refusalOf(message: OutboundMessage): Refusal | null {
  if (message.photo !== undefined || message.document !== undefined) return { outcome: 'giveUp', code: 'textOnly' }
  if (message.text.trim() === '') return { outcome: 'giveUp', code: 'empty' }
  if (message.text.length > localCapabilities.maxText) return { outcome: 'giveUp', code: 'tooLong' }
  return null
}
