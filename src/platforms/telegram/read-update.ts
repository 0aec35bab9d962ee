/** One update of Telegram → one neutral event, or none. Pure and total: whatever comes in, nothing is thrown. */
import type { InboundEvent } from '../../engine/platform.ts'
import { addressedOf, type Me } from './addressed.ts'
import { MAX_TOKEN_BYTES } from './capabilities.ts'
import {
  parts,
  type TelegramChat,
  type TelegramMembership,
  type TelegramMessage,
  type TelegramPress,
  type TelegramUser,
  Update,
} from './update-shape.ts'

/** Kinds of update that are asked for; all others would only be thrown away here. */
export const ALLOWED_UPDATES = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const

/** Fake senders that stand for a chat: anonymous administrators, people who write as a channel, a linked channel's posts. */
const FAKE_SENDERS = new Set([1_087_968_824, 136_817_688, 777_000])

/** What a person may send and we cannot read. Any other message without text or photo is a service message: no event. */
const UNREADABLE = [
  ...['sticker', 'voice', 'video_note', 'video', 'animation', 'audio', 'document', 'live_photo', 'paid_media', 'story'],
  ...['contact', 'dice', 'game', 'poll', 'venue', 'location', 'checklist', 'rich_message'],
]

const MAX_NAME = 256

/** What the events of one bot have in common. */
export interface Reader {
  accountId: string
  me: Me
  /** Our clock, in milliseconds: for what Telegram gives no time (pressed buttons). */
  now(): number
}

/** `updateId` alone: an update that carries nothing for us. Undefined: not an update. */
export interface ReadUpdate {
  updateId: number
  event?: InboundEvent
}

type Base = Pick<InboundEvent, 'platform' | 'accountId' | 'eventKey'>

/** Reads an update as it came over the wire. */
export function readUpdate(raw: unknown, reader: Reader): ReadUpdate | undefined {
  const envelope = Update.safeParse(raw)
  if (!envelope.success) return undefined
  const { update_id: updateId, message, edited_message, callback_query, my_chat_member } = envelope.data
  const base: Base = { platform: 'telegram', accountId: reader.accountId, eventKey: String(updateId) }
  return { updateId, event: readParts() }

  function readParts(): InboundEvent | undefined {
    if (message !== undefined) return readMessage(parts.message.safeParse(message).data, base, reader)
    if (edited_message !== undefined) return readEdit(parts.message.safeParse(edited_message).data, base, reader)
    if (callback_query !== undefined) return readPress(parts.callbackQuery.safeParse(callback_query).data, base, reader)
    if (my_chat_member !== undefined)
      return readMembership(parts.myChatMember.safeParse(my_chat_member).data, base, reader)
    return undefined
  }
}

function readMessage(message: TelegramMessage | undefined, base: Base, reader: Reader): InboundEvent | undefined {
  if (message === undefined || message.from?.id === reader.me.id) return undefined
  if (message.migrate_to_chat_id !== undefined) {
    return readMigration(message, message.chat.id, message.migrate_to_chat_id, base, reader)
  }
  if (message.migrate_from_chat_id !== undefined) {
    return readMigration(message, message.migrate_from_chat_id, message.chat.id, base, reader)
  }
  const photoRef = largestPhoto(message)
  const isReadable = message.text !== undefined || photoRef !== undefined
  if (!isReadable && !UNREADABLE.some((field) => message[field] != null)) return undefined
  const event = describe(message, isReadable ? 'message' : 'unsupported', base, reader)
  if (event === undefined) return undefined
  // Ephemeral messages all have the id 0.
  if (message.message_id > 0) event.messageKey = `${message.chat.id}:${message.message_id}`
  if (photoRef !== undefined) event.photoRef = photoRef
  return event
}

/** An edit has no message key: it is another event than the message that was edited. */
function readEdit(message: TelegramMessage | undefined, base: Base, reader: Reader): InboundEvent | undefined {
  // Live locations and the like "edit" themselves every few seconds.
  if (message === undefined || (message.text ?? message.caption) === undefined) return undefined
  if (message.from?.id === reader.me.id) return undefined
  const event = describe(message, 'edited', base, reader)
  if (event !== undefined) event.occurredAt = instant(message.edit_date ?? message.date, reader)
  return event
}

function describe(
  message: TelegramMessage,
  kind: InboundEvent['kind'],
  base: Base,
  reader: Reader,
): InboundEvent | undefined {
  const chat = chatOf(message.chat, message)
  if (chat === undefined) return undefined
  // Written out, not spread: for every message, and spreading took as long as all the rest of the reading.
  const { platform, accountId, eventKey } = base
  const event: InboundEvent = {
    platform,
    accountId,
    eventKey,
    kind,
    chat,
    sender: authorOf(message),
    text: clean(message.text ?? message.caption ?? ''),
    addressed: addressedOf(message, chat.kind === 'private', reader.me),
    occurredAt: instant(message.date, reader),
  }
  if (message.message_id > 0) event.messageId = String(message.message_id)
  return event
}

/**
 * A group that became a supergroup is told twice, in the old chat and in the new one, in any order. Both become the same
 * event on the old chat, under one message key, so that the second is known to be a repetition.
 */
function readMigration(
  message: TelegramMessage,
  oldId: number,
  newId: number,
  base: Base,
  reader: Reader,
): InboundEvent | undefined {
  return {
    ...base,
    messageKey: `migrated:${oldId}:${newId}`,
    kind: 'migrated',
    chat: { id: String(oldId), kind: 'group', title: titleOf(message.chat) },
    sender: authorOf(message),
    text: '',
    addressed: 'none',
    newChatId: String(newId),
    occurredAt: instant(message.date, reader),
  }
}

function readPress(press: TelegramPress | undefined, base: Base, reader: Reader): InboundEvent | undefined {
  // Longer data was never put there by us; apps of strangers may send what they like.
  if (press === undefined || Buffer.byteLength(press.data) > MAX_TOKEN_BYTES) return undefined
  const token = clean(press.data)
  if (token === '') return undefined
  const chat = chatOf(press.message.chat, press.message)
  if (chat === undefined) return undefined
  const event: InboundEvent = {
    ...base,
    kind: 'action',
    chat,
    sender: personOf(press.from),
    text: '',
    // In a group a button is pressed under a message of ours, which is as good as replying to it.
    addressed: chat.kind === 'private' ? 'private' : 'reply',
    action: { token, pressId: clean(press.id) },
    occurredAt: new Date(reader.now()).toISOString(),
  }
  if (press.message.message_id > 0) event.messageId = String(press.message.message_id)
  return event
}

function readMembership(change: TelegramMembership | undefined, base: Base, reader: Reader): InboundEvent | undefined {
  if (change === undefined) return undefined
  const chat = chatOf(change.chat, {})
  if (chat === undefined) return undefined
  const isIn = isMember(change.new_chat_member)
  const wasIn = change.old_chat_member === undefined ? !isIn : isMember(change.old_chat_member)
  // Promoted, demoted, muted: still there.
  if (isIn === wasIn) return undefined
  const isPrivate = chat.kind === 'private'
  return {
    ...base,
    kind: 'membership',
    chat,
    sender: personOf(change.from),
    text: '',
    addressed: 'none',
    membership: isIn ? (isPrivate ? 'unblocked' : 'joined') : isPrivate ? 'blocked' : 'left',
    occurredAt: instant(change.date, reader),
  }
}

function isMember({ status, is_member: isRestrictedMember }: TelegramMembership['new_chat_member']): boolean {
  return status === 'restricted' ? isRestrictedMember === true : status !== 'left' && status !== 'kicked'
}

function chatOf(
  chat: TelegramChat,
  topic: { message_thread_id?: number; is_topic_message?: boolean },
): InboundEvent['chat'] | undefined {
  if (chat.type === 'channel') return undefined
  // Groups have negative ids; a server that tells no type, or a new one, is judged by that.
  const isPrivate = chat.type === 'private' || (chat.type !== 'group' && chat.type !== 'supergroup' && chat.id > 0)
  const neutral: InboundEvent['chat'] = { id: String(chat.id), kind: isPrivate ? 'private' : 'group' }
  // Without `is_topic_message` the thread is a chain of replies, not a topic, and cannot be written to.
  if (topic.is_topic_message === true && topic.message_thread_id !== undefined) {
    neutral.threadId = String(topic.message_thread_id)
    neutral.isTopic = true
  }
  const title = titleOf(chat)
  if (!isPrivate && title !== undefined) neutral.title = title
  return neutral
}

function titleOf(chat: TelegramChat): string | undefined {
  return chat.title === undefined ? undefined : clean(chat.title.slice(0, MAX_NAME))
}

/**
 * Who wrote. A chat that speaks (`sender_chat`) is looked at first: the user beside it is a stand-in. Such a sender is not
 * called a bot although the stand-in is one: people behind it deserve the answer that says why they are not obeyed.
 */
function authorOf(message: TelegramMessage): InboundEvent['sender'] {
  if (message.sender_chat === undefined && message.from !== undefined) return personOf(message.from)
  const chat = message.sender_chat ?? message.chat
  return { id: String(chat.id), displayName: titleOf(chat) ?? '', isBot: false, isAnonymous: true }
}

function personOf(user: TelegramUser): InboundEvent['sender'] {
  const name = [user.first_name, user.last_name].filter((part) => part !== undefined && part !== '').join(' ')
  const isAnonymous = FAKE_SENDERS.has(user.id)
  return {
    id: String(user.id),
    displayName: clean(name.slice(0, MAX_NAME)),
    isBot: user.is_bot && !isAnonymous,
    isAnonymous,
  }
}

function largestPhoto(message: TelegramMessage): string | undefined {
  const [first, ...others] = message.photo ?? []
  if (first === undefined) return undefined
  return clean(
    others.reduce((best, size) => (size.width * size.height > best.width * best.height ? size : best), first).file_id,
  )
}

/** Unix seconds → ISO; our clock where the time is missing or absurd. */
function instant(seconds: number | undefined, reader: Reader): string {
  const at = new Date((seconds ?? Number.NaN) * 1000)
  return Number.isNaN(at.getTime()) || at.getTime() <= 0 || at.getFullYear() > 9999
    ? new Date(reader.now()).toISOString()
    : at.toISOString()
}

/** NUL or any half of a surrogate pair, paired or not: rare, and cheap to look for. */
const SUSPECT = /[\0\ud800-\udfff]/

/** NFC, without what PostgreSQL cannot keep in a text: NUL and halves of surrogate pairs. */
function clean(text: string): string {
  const sound = SUSPECT.test(text) ? text.replaceAll('\0', '').replace(/\p{Surrogate}/gu, '\uFFFD') : text
  return sound.normalize('NFC')
}
