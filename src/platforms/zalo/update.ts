/** One update of Zalo, from a webhook or from getUpdates, in neutral form. */
import type { InboundEvent } from '../../engine/platform.ts'
import type { Addressed } from '../../language/intents.ts'

/** What an update turned out to be. `malformed`: an event we know without what it must have. */
export type ReadUpdate =
  | { is: 'event'; event: InboundEvent }
  | { is: 'ignored'; why: string }
  | { is: 'malformed'; why: string }

export interface UpdateReader {
  accountId: string
  addressing: (text: string, chat: 'group' | 'private') => Addressed
  /** Milliseconds since 1970; used where an update has no usable date. */
  now(): number
}

/**
 * The events that are handed on. Stickers and voices hold nothing we can read, yet whoever answers a question with one should
 * learn that it was not understood. Everything else is acknowledged and dropped: Zalo adds events without notice.
 */
const KINDS: Record<string, 'message' | 'unsupported'> = {
  'message.text.received': 'message',
  'message.image.received': 'message',
  'message.voice.received': 'unsupported',
  'message.sticker.received': 'unsupported',
  'message.unsupported.received': 'unsupported',
}

const MAX_ID_LENGTH = 128
const MAX_NAME_LENGTH = 200
const MAX_URL_LENGTH = 2_048

/** Dates outside are a fault, not a time: messages of this platform exist since 2025. */
const EARLIEST = Date.UTC(2020, 0)
const LATEST = Date.UTC(2100, 0)

function record(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : undefined
}

/** NFC, without NUL (PostgreSQL refuses it: one such text would be retried for ever) and without halves of characters. */
function cleanText(value: unknown): string {
  if (typeof value !== 'string') return ''
  return value
    .replaceAll('\0', '')
    .replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '\ufffd')
    .normalize('NFC')
}

/** Ids are opaque text (`6ede9afa…`, `zgr-…`); a number is taken too, as other fields of this API come in both forms. */
function readId(value: unknown): string | undefined {
  const id = typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : value
  if (typeof id !== 'string' || id.length > MAX_ID_LENGTH || !/^[\x21-\x7e]+$/.test(id)) return undefined
  return id
}

function readName(value: unknown): string {
  return typeof value === 'string' ? cleanText(value.slice(0, MAX_NAME_LENGTH)).trim() : ''
}

function readDate(value: unknown): number | undefined {
  const ms = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof ms === 'number' && ms >= EARLIEST && ms <= LATEST ? Math.trunc(ms) : undefined
}

/** The document says `photo`, real updates say `photo_url`. */
function readPhoto(message: Record<string, unknown>): string | undefined {
  for (const candidate of [message.photo_url, message.photo])
    if (typeof candidate === 'string' && candidate.length <= MAX_URL_LENGTH && /^https?:\/\/[^\s\0]+$/i.test(candidate))
      return cleanText(candidate)
  return undefined
}

function readChat(message: Record<string, unknown>, senderId: string): InboundEvent['chat'] | undefined {
  const chat = record(message.chat)
  const id = readId(chat?.id)
  if (!id) return undefined
  const type = typeof chat?.chat_type === 'string' ? chat.chat_type.toUpperCase() : undefined
  // A chat we cannot place counts as a group: there the bot says least.
  const isPrivate = type === 'PRIVATE' || (type === undefined && id === senderId)
  return { id, kind: isPrivate && !id.startsWith('zgr-') ? 'private' : 'group' }
}

/** Documents wrap updates in `{ok, result}`, webhooks of September 2026 come flat: both are taken. */
export function unwrap(body: unknown): unknown {
  const outer = record(body)
  return outer && record(outer.result) && outer.event_name === undefined ? outer.result : body
}

/** Reads one update; never throws, whatever it is given. */
export function readUpdate(body: unknown, reader: UpdateReader): ReadUpdate {
  const update = record(unwrap(body))
  const eventName = update?.event_name
  if (!update || typeof eventName !== 'string' || eventName === '') return { is: 'malformed', why: 'no event_name' }
  const kind = Object.hasOwn(KINDS, eventName) ? KINDS[eventName] : undefined
  if (!kind) return { is: 'ignored', why: 'unknown event' }

  const message = record(update.message)
  const from = record(message?.from)
  const senderId = readId(from?.id)
  if (!message || !from || !senderId) return { is: 'malformed', why: 'no sender' }
  const chat = readChat(message, senderId)
  if (!chat) return { is: 'malformed', why: 'no chat' }
  const messageId = readId(message.message_id)
  const sentAt = readDate(message.date)
  // Without an id only its second names the message; without both, a repeat could not be told from a new one.
  const identity = messageId ?? (sentAt === undefined ? undefined : `${senderId}@${sentAt}`)
  if (!identity) return { is: 'malformed', why: 'no message_id' }

  const isReadable = kind === 'message'
  const text = isReadable ? cleanText(eventName === 'message.image.received' ? message.caption : message.text) : ''
  const photoRef = isReadable ? readPhoto(message) : undefined
  return {
    is: 'event',
    event: {
      platform: 'zalo',
      accountId: reader.accountId,
      eventKey: `${chat.id}|${identity}|${eventName}`,
      kind,
      chat,
      sender: {
        id: senderId,
        displayName: readName(from.display_name ?? from.name),
        isBot: from.is_bot === true || senderId === reader.accountId,
        isAnonymous: false,
      },
      text,
      addressed: reader.addressing(text, chat.kind),
      ...(messageId ? { messageId } : {}),
      ...(photoRef ? { photoRef } : {}),
      occurredAt: new Date(sentAt ?? reader.now()).toISOString(),
    },
  }
}
