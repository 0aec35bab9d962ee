/** One outbound message → calls of the Bot API → what became of it. Nothing is ever sent again in here. */
import { InputFile } from 'grammy'
import type { InlineKeyboardMarkup } from 'grammy/types'
import type { Choice, OutboundMessage, Platform, SendOutcome } from '../../engine/platform.ts'
import { MAX_BUTTONS, MAX_CAPTION, MAX_TEXT, MAX_TOKEN_BYTES } from './capabilities.ts'
import type { CallOptions, TelegramClient } from './client.ts'
import { readFailure, toOutcome } from './errors.ts'

export interface SendTuning {
  /** Milliseconds until a message without an answer counts as ambiguous. */
  sendMs: number
  /** The same for a picture or document, which first has to be carried there. */
  uploadMs: number
}

/** Messages that are half sent and remembered so, at most. */
const MAX_HALF_SENT = 1_000

/** Buttons in one row, where their labels are short enough to be read side by side on a phone. */
const ROW_BUTTONS = 4
const ROW_CHARACTERS = 28

/** The General topic has this id in updates, and must not be named when sending. */
const GENERAL_TOPIC = '1'

type Target = {
  chat_id: number
  message_thread_id?: number
  reply_parameters?: { message_id: number; allow_sending_without_reply: true }
}

/** Makes `Platform.send`. Never rejects. */
export function createSend(client: TelegramClient, tuning: SendTuning): Platform['send'] {
  /** Keys of messages whose picture or document has arrived and whose text, too long for a caption, has not yet. */
  const halfSent = new Set<string>()

  async function deliver(message: OutboundMessage, target: Target, signal: AbortSignal): Promise<SendOutcome> {
    const attachment = message.photo ?? message.document
    const textCall: CallOptions = { signal, timeoutMs: tuning.sendMs }
    const sendText = () =>
      attempt(() =>
        client.call(
          'sendMessage',
          {
            ...target,
            text: message.text,
            link_preview_options: { is_disabled: true },
            reply_markup: keyboard(message.choices),
          },
          textCall,
        ),
      )
    if (attachment === undefined) return sendText()

    const uploadCall: CallOptions = { signal, timeoutMs: tuning.uploadMs }
    const isCaption = message.text.length <= MAX_CAPTION
    const captioned = isCaption ? { caption: message.text, reply_markup: keyboard(message.choices) } : {}
    const upload = () =>
      message.photo === undefined
        ? client.call('sendDocument', { ...target, ...captioned, document: fileOf(attachment) }, uploadCall)
        : client.call('sendPhoto', { ...target, ...captioned, photo: fileOf(attachment) }, uploadCall)

    if (!halfSent.has(message.key)) {
      const outcome = await attempt(upload)
      const isPhotoRefused =
        outcome.outcome === 'giveUp' && message.photo !== undefined && !outcome.chatGone && !outcome.accountInvalid
      // A picture adds to its text; where Telegram will not have it, the text is what must arrive.
      if (isPhotoRefused) return sendText()
      if (isCaption || outcome.outcome !== 'sent') return outcome
      remember(message.key)
    }
    const outcome = await sendText()
    if (outcome.outcome === 'sent' || outcome.outcome === 'giveUp') halfSent.delete(message.key)
    return outcome
  }

  function remember(key: string): void {
    halfSent.add(key)
    for (const oldest of halfSent) {
      if (halfSent.size <= MAX_HALF_SENT) return
      halfSent.delete(oldest)
    }
  }

  return async (message, signal) => {
    const problem = problemOf(message)
    if (problem !== undefined) return { outcome: 'giveUp', code: problem }
    const target = targetOf(message)
    const outcome = await deliver(message, target, signal)
    const isTopicGone = outcome.outcome === 'giveUp' && outcome.code === 'threadNotFound'
    // A deleted topic: what was to stand there belongs in the group all the same. Certainly not sent yet.
    if (isTopicGone && target.message_thread_id !== undefined) {
      return deliver(message, { ...target, message_thread_id: undefined }, signal)
    }
    return outcome
  }
}

/** Calls once and tells what became of it. */
async function attempt(call: () => Promise<{ message_id: number }>): Promise<SendOutcome> {
  try {
    const sent: { message_id?: unknown } | null = await call()
    const id = sent?.message_id
    return /^\d{1,16}$/.test(String(id)) ? { outcome: 'sent', messageId: String(id) } : { outcome: 'sent' }
  } catch (error) {
    return toOutcome(readFailure(error))
  }
}

/** What Telegram would refuse, or would do wrong, known before asking. */
function problemOf(message: OutboundMessage): string | undefined {
  if (!isId(message.chat.id)) return 'badChatId'
  if (message.text.length > MAX_TEXT) return 'tooLong'
  if (message.text.trim() === '' && message.photo === undefined && message.document === undefined) return 'textEmpty'
  // Shown to all in the group it would tell them what is one person's business.
  if (message.ephemeral === true && message.chat.kind === 'group') return 'ephemeralUnsupported'
  if (message.choices?.some((choice) => !isToken(choice.token))) return 'badChoice'
  if (message.photo !== undefined && message.photo.bytes === undefined && message.photo.url === undefined)
    return 'noPhoto'
  return undefined
}

function targetOf({ chat, replyTo }: OutboundMessage): Target {
  const target: Target = { chat_id: Number(chat.id) }
  if (chat.threadId !== undefined && chat.threadId !== GENERAL_TOPIC && isId(chat.threadId)) {
    target.message_thread_id = Number(chat.threadId)
  }
  if (replyTo !== undefined && isId(replyTo)) {
    // The person may have deleted what they wrote; the answer is due all the same.
    target.reply_parameters = { message_id: Number(replyTo), allow_sending_without_reply: true }
  }
  return target
}

/** The choices as inline buttons: in one row where all are short, else one below the other. */
function keyboard(choices: readonly Choice[] | undefined): InlineKeyboardMarkup | undefined {
  if (choices === undefined || choices.length === 0) return undefined
  const buttons = choices.slice(0, MAX_BUTTONS).map(({ label, token }) => ({ text: label, callback_data: token }))
  const characters = buttons.reduce((sum, { text }) => sum + text.length, 0)
  const isOneRow = buttons.length <= ROW_BUTTONS && characters <= ROW_CHARACTERS
  return { inline_keyboard: isOneRow ? [buttons] : buttons.map((button) => [button]) }
}

function fileOf(file: { bytes?: Uint8Array; url?: string; fileName: string }): InputFile | string {
  if (file.bytes === undefined) return file.url ?? ''
  // grammY writes the name as it is into a header: in quotes a space or a semicolon does not end it.
  const name = file.fileName.replace(/["\\\p{Cc}]/gu, '_')
  return new InputFile(file.bytes, `"${name}"`)
}

function isId(id: string): boolean {
  return /^-?[1-9]\d{0,15}$/.test(id)
}

function isToken(token: string): boolean {
  return /^[\x20-\x7e]+$/.test(token) && token.length <= MAX_TOKEN_BYTES
}
