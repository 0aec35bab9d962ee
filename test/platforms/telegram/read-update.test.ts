import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { InboundEvent } from '../../../src/engine/platform.ts'
import { type Reader, readUpdate } from '../../../src/platforms/telegram/read-update.ts'
import { BOT } from './bot-api-server.ts'
import { BOT_MESSAGE, GROUP, mention, message, PERSON, PRIVATE, press, SUPERGROUP } from './updates.ts'

const NOW = Date.UTC(2026, 9, 5, 2, 0, 0)
const reader: Reader = { accountId: '7000001', me: { id: BOT.id, username: BOT.username }, now: () => NOW }

function read(part: Record<string, unknown>): InboundEvent | undefined {
  return readUpdate({ update_id: 42, ...part }, reader)?.event
}

function addressed(text: string, over: Record<string, unknown> = {}): string | undefined {
  return read(message(text, { chat: GROUP, ...over }))?.addressed
}

describe('a message', () => {
  it('becomes an event with its keys, sender, chat and time', () => {
    const event = read(message('đk: đọc sách', { message_id: 5, date: 1_791_165_600, chat: GROUP, entities: [] }))
    expect(event).toEqual({
      platform: 'telegram',
      accountId: '7000001',
      eventKey: '42',
      messageKey: `${GROUP.id}:5`,
      kind: 'message',
      chat: { id: String(GROUP.id), kind: 'group', title: 'Chi bộ 3' },
      sender: { id: '1001', displayName: 'Trần Thị Bình', isBot: false, isAnonymous: false },
      text: 'đk: đọc sách',
      addressed: 'none',
      messageId: '5',
      occurredAt: '2026-10-05T02:00:00.000Z',
    })
  })

  it('is addressed as a command with our name, with none, and not with the name of another bot', () => {
    expect(addressed('/tonghop')).toBe('command')
    expect(addressed(`/tonghop@${BOT.username} quý 1`)).toBe('command')
    expect(addressed(`/tonghop@${BOT.username.toUpperCase()}`)).toBe('command')
    expect(addressed('/tonghop@OtherBot')).toBe('none')
    expect(addressed('/tonghop@OtherBot', { chat: PRIVATE })).toBe('none')
    expect(addressed('/tonghop@OtherBot', { reply_to_message: BOT_MESSAGE })).toBe('none')
    expect(addressed('/tonghop', { chat: PRIVATE })).toBe('command')
  })

  it('is no command where Telegram sees none', () => {
    for (const text of ['/home/an/việc', 'gõ /tonghop nhé', '/', '/tổng', '3/2 họp', '/x<y'])
      expect(addressed(text), text).toBe('none')
  })

  it('is a mention by entity, counted in UTF-16 units behind an emoji', () => {
    const text = `👩‍🌾🇻🇳 ơi @${BOT.username} đk: trồng cây`
    const offset = text.indexOf('@')
    const length = BOT.username.length + 1
    expect(addressed(text, { entities: [{ type: 'mention', offset, length }] })).toBe('mention')
    expect(addressed(text, { entities: [{ type: 'mention', offset: offset - 1, length }] })).toBe('none')
    expect(addressed(text, { entities: [{ type: 'code', offset, length }] })).toBe('none')
  })

  it('is a mention by name without entities too, never inside another word', () => {
    expect(addressed(`nhờ @${BOT.username}!`)).toBe('mention')
    expect(addressed(`nhờ @${BOT.username}_2`)).toBe('none')
    expect(addressed(`thư an@${BOT.username}`)).toBe('none')
  })

  it('is a mention by text_mention of our id only', () => {
    const entity = (id: number) => [{ type: 'text_mention', offset: 0, length: 3, user: { id, first_name: 'Nếp' } }]
    expect(addressed('Nếp ơi', { entities: entity(BOT.id) })).toBe('mention')
    expect(addressed('Nếp ơi', { entities: entity(5) })).toBe('none')
  })

  it('is a reply when it answers us, not when it merely stands in a topic that we opened', () => {
    expect(addressed('có ạ', { reply_to_message: BOT_MESSAGE })).toBe('reply')
    expect(addressed('có ạ', { reply_to_message: { ...BOT_MESSAGE, from: PERSON } })).toBe('none')
    const opened = { ...BOT_MESSAGE, text: undefined, forum_topic_created: { name: 'Họp', icon_color: 1 } }
    expect(addressed('có ạ', { reply_to_message: opened })).toBe('none')
  })

  it('keeps its topic only where it is one', () => {
    const topic = (over: object) =>
      read(message('x', { chat: SUPERGROUP, message_thread_id: 12, ...over }))?.chat.threadId
    expect(topic({ is_topic_message: true })).toBe('12')
    expect(topic({})).toBeUndefined()
  })

  it('carries the largest photo with its caption', () => {
    const photo = [
      { file_id: 'small', width: 90, height: 60 },
      { file_id: 'large', width: 1280, height: 853 },
      { file_id: 'middle', width: 320, height: 213 },
    ]
    const caption = `/tiendo@${BOT.username} việc 1 xong`
    const event = read(message('', { text: undefined, photo, caption, chat: GROUP }))
    expect(event).toMatchObject({ kind: 'message', text: caption, photoRef: 'large', addressed: 'command' })
    const entities = [{ type: 'mention', offset: 0, length: BOT.username.length + 1 }]
    const byMention = {
      text: undefined,
      photo,
      chat: GROUP,
      caption: `@${BOT.username} xong`,
      caption_entities: entities,
    }
    expect(read(message('', byMention))?.addressed).toBe('mention')
  })

  it('that cannot be read is unsupported; a service message is nothing', () => {
    for (const field of ['sticker', 'voice', 'document', 'video_note', 'location', 'poll', 'rich_message'])
      expect(read(message('', { text: undefined, [field]: {} }))).toMatchObject({ kind: 'unsupported', text: '' })
    for (const field of ['new_chat_members', 'pinned_message', 'forum_topic_created', 'new_chat_title'])
      expect(read(message('', { text: undefined, [field]: {} }))).toBeUndefined()
  })

  it('without an id (ephemeral) has no message key', () => {
    const event = read(message('x', { message_id: 0 }))
    expect(event?.messageKey).toBeUndefined()
    expect(event?.messageId).toBeUndefined()
  })

  it('of our own, of a channel and of other kinds of update is nothing, but is acknowledged', () => {
    expect(read(message('x', { from: { id: BOT.id, is_bot: true } }))).toBeUndefined()
    expect(read(message('x', { chat: { id: -100_1, type: 'channel', title: 'Kênh' } }))).toBeUndefined()
    expect(readUpdate({ update_id: 9, channel_post: {} }, reader)).toEqual({ updateId: 9, event: undefined })
  })

  it('loses what PostgreSQL cannot keep, and is NFC', () => {
    expect(read(message(`a\0b\ud800 ${'Hường'.normalize('NFD')}`))?.text).toBe(`ab\ufffd ${'Hường'.normalize('NFC')}`)
  })
})

describe('a sender that cannot be held to what it writes', () => {
  it.each([
    ['an anonymous administrator', { id: 1_087_968_824, is_bot: true, first_name: 'Group' }, GROUP],
    [
      'a person writing as a channel',
      { id: 136_817_688, is_bot: true, first_name: 'Channel' },
      { id: -5, type: 'channel' },
    ],
    [
      'a linked channel',
      { id: 777_000, is_bot: false, first_name: 'Telegram' },
      { id: -6, type: 'channel', title: 'Tin' },
    ],
    ['a stand-in without its chat', { id: 1_087_968_824, is_bot: true, first_name: 'Group' }, undefined],
    ['nobody', undefined, undefined],
  ])('%s is anonymous and no bot', (_who, from, senderChat) => {
    const event = read(message('/dangky', { chat: GROUP, from, sender_chat: senderChat }))
    expect(event).toMatchObject({ addressed: 'command', sender: { isAnonymous: true, isBot: false } })
    expect(event?.sender.id).not.toBe('')
  })
})

describe('what is not a message', () => {
  it('an edit is another event than the message, at the time of the edit', () => {
    const edited = message('đã sửa', { message_id: 5, date: 1_791_165_600, edit_date: 1_791_165_660 }).message
    const event = read({ edited_message: edited })
    expect(event).toMatchObject({
      kind: 'edited',
      messageId: '5',
      text: 'đã sửa',
      occurredAt: '2026-10-05T02:01:00.000Z',
    })
    expect(event?.messageKey).toBeUndefined()
    expect(read({ edited_message: { ...edited, text: undefined, location: {} } })).toBeUndefined()
  })

  it('a pressed button carries its token, its press and its message', () => {
    const event = read(
      press('pick:1', { id: '99', message: { ...BOT_MESSAGE, is_topic_message: true, message_thread_id: 4 } }),
    )
    expect(event).toMatchObject({
      kind: 'action',
      action: { token: 'pick:1', pressId: '99' },
      messageId: '77',
      chat: { id: String(GROUP.id), kind: 'group', threadId: '4' },
      sender: { id: '1001' },
      occurredAt: new Date(NOW).toISOString(),
    })
  })

  it('a press under a message that Telegram no longer shows still counts; one with foreign data does not', () => {
    expect(read(press('t', { message: { chat: GROUP, message_id: 3, date: 0 } }))).toMatchObject({ kind: 'action' })
    expect(read(press('ế'.repeat(22)))).toBeUndefined()
    expect(read(press('t', { message: undefined, inline_message_id: 'x' }))).toBeUndefined()
    expect(read(press('t', { data: undefined, game_short_name: 'g' }))).toBeUndefined()
  })

  it.each([
    ['left', 'member', GROUP, 'joined'],
    ['left', 'administrator', SUPERGROUP, 'joined'],
    ['member', 'kicked', GROUP, 'left'],
    ['member', 'left', SUPERGROUP, 'left'],
    ['kicked', 'member', PRIVATE, 'unblocked'],
    ['member', 'kicked', PRIVATE, 'blocked'],
  ])('membership from %s to %s', (before, after, chat, membership) => {
    const change = {
      chat,
      from: PERSON,
      date: 1_791_165_600,
      old_chat_member: { status: before },
      new_chat_member: { status: after },
    }
    const event = read({ my_chat_member: change })
    expect(event).toMatchObject({ kind: 'membership', membership, chat: { id: String(chat.id) } })
    expect(event?.messageKey).toBeUndefined()
  })

  it('a promotion is no change of membership; being muted is none, being shut out while restricted is', () => {
    const change = (before: object, after: object) =>
      read({ my_chat_member: { chat: GROUP, from: PERSON, date: 1, old_chat_member: before, new_chat_member: after } })
    expect(change({ status: 'member' }, { status: 'administrator' })).toBeUndefined()
    expect(change({ status: 'member' }, { status: 'restricted', is_member: true })).toBeUndefined()
    expect(change({ status: 'member' }, { status: 'restricted', is_member: false })?.membership).toBe('left')
  })

  it('a migration is the same event from both sides', () => {
    const service = { text: undefined, from: PERSON }
    const told = read(message('', { ...service, chat: GROUP, migrate_to_chat_id: SUPERGROUP.id }))
    const heard = read(message('', { ...service, chat: SUPERGROUP, migrate_from_chat_id: GROUP.id }))
    for (const event of [told, heard]) {
      expect(event).toMatchObject({
        kind: 'migrated',
        chat: { id: String(GROUP.id), kind: 'group' },
        newChatId: String(SUPERGROUP.id),
        eventKey: '42',
      })
    }
    expect(told?.messageKey).toBe(heard?.messageKey)
  })
})

describe('whatever comes', () => {
  it('nothing is thrown, and only objects with an update id are updates', () => {
    for (const raw of [null, undefined, 1, 'x', [], {}, { update_id: 'one' }, { update_id: -1 }, { update_id: 1.5 }])
      expect(readUpdate(raw, reader)).toBeUndefined()
    const anything = fc.jsonValue({ maxDepth: 4 })
    const fields = ['message', 'edited_message', 'callback_query', 'my_chat_member'] as const
    fc.assert(
      fc.property(fc.constantFrom(...fields), anything, anything, anything, (field, inner, chat, from) => {
        readUpdate({ update_id: 1, [field]: inner }, reader)
        readUpdate({ update_id: 1, [field]: { message_id: 1, text: inner, chat, from, message: inner } }, reader)
      }),
      { numRuns: 2_000, seed: 20_261_005 },
    )
  })

  it('an absurd time becomes now', () => {
    for (const date of [undefined, 0, -5, 1e300, Number.NaN, 9e12])
      expect(read(message('x', { date }))?.occurredAt).toBe(new Date(NOW).toISOString())
  })

  it('a mention helper says what it says', () => {
    expect(read(mention('đk: một việc'))?.addressed).toBe('mention')
  })
})
