/** Updates as Telegram sends them, for tests. */
import { BOT } from './bot-api-server.ts'

export const PERSON = { id: 1001, is_bot: false, first_name: 'Trần Thị', last_name: 'Bình', language_code: 'vi' }
export const OTHER_BOT = { id: 2002, is_bot: true, first_name: 'Bot khác', username: 'other_bot' }
export const PRIVATE = { id: 1001, type: 'private', first_name: 'Trần Thị' }
export const GROUP = { id: -100_200_300, type: 'group', title: 'Chi bộ 3' }
export const SUPERGROUP = { id: -1_001_234_567_890, type: 'supergroup', title: 'Chi bộ 3' }

let nextMessageId = 1

/** A message of a person; `over` replaces or adds fields. */
export function message(text: string, over: Record<string, unknown> = {}): { message: Record<string, unknown> } {
  return {
    message: {
      message_id: nextMessageId++,
      date: Math.floor(Date.now() / 1000),
      from: PERSON,
      chat: PRIVATE,
      text,
      ...over,
    },
  }
}

/** A message in a group that mentions the bot at its start, marked as Telegram marks it. */
export function mention(text: string, over: Record<string, unknown> = {}): { message: Record<string, unknown> } {
  const name = `@${BOT.username}`
  const entities = [{ type: 'mention', offset: 0, length: name.length }]
  return message(`${name} ${text}`, { chat: GROUP, entities, ...over })
}

export const BOT_MESSAGE = {
  message_id: 77,
  date: 1_780_000_000,
  chat: GROUP,
  from: { id: BOT.id, is_bot: true, first_name: 'Nếp', username: BOT.username },
  text: 'Đồng chí có dự họp không?',
}

/** A pressed button. */
export function press(data: string, over: Record<string, unknown> = {}): { callback_query: Record<string, unknown> } {
  return {
    callback_query: {
      id: `${4_000_000_000_000 + nextMessageId++}`,
      from: PERSON,
      chat_instance: '-1',
      message: { ...BOT_MESSAGE, chat: PRIVATE },
      data,
      ...over,
    },
  }
}
