import { describe, expect, it } from 'vitest'
import { createAddressing, normaliseBotNames } from '../../../src/platforms/zalo/mention.ts'
import { readUpdate } from '../../../src/platforms/zalo/update.ts'

const NOW = Date.UTC(2026, 9, 3, 12)
const names = normaliseBotNames(['Bot Nếp', '@Bot  Nếp Chi bộ 3', 'Bot Nếp'.normalize('NFD')])
const reader = { accountId: '1459232241454765289', addressing: createAddressing(names), now: () => NOW }
const read = (body: unknown) => readUpdate(body, reader)

const SENDER = '6ede9afa66b88fe6d6a9'
const GROUP = 'zgr-f8a7101d77709e2ec761'

function update(message: Record<string, unknown> = {}, event_name = 'message.text.received') {
  return {
    event_name,
    message: {
      from: { id: SENDER, display_name: 'Ted', is_bot: false },
      chat: { id: SENDER, chat_type: 'PRIVATE' },
      text: 'Xin chào',
      message_id: '2d758cb5e222177a4e35',
      date: 1_750_316_131_602,
      ...message,
    },
  }
}

function eventOf(body: unknown) {
  const result = read(body)
  if (result.is !== 'event') throw new Error(`${result.is}: ${result.why}`)
  return result.event
}

const addressedIn = (text: string, chat: unknown) => eventOf(update({ text, chat })).addressed
const inGroup = { id: GROUP, chat_type: 'GROUP' }
const inPrivate = { id: SENDER, chat_type: 'PRIVATE' }

describe('an update of Zalo', () => {
  it('reads the documented sample, wrapped and flat alike', () => {
    const expected = {
      platform: 'zalo',
      accountId: reader.accountId,
      eventKey: `${SENDER}|2d758cb5e222177a4e35|message.text.received`,
      kind: 'message',
      chat: { id: SENDER, kind: 'private' },
      sender: { id: SENDER, displayName: 'Ted', isBot: false, isAnonymous: false },
      text: 'Xin chào',
      addressed: 'private',
      messageId: '2d758cb5e222177a4e35',
      occurredAt: '2025-06-19T06:55:31.602Z',
    }
    expect(eventOf(update())).toEqual(expected)
    expect(eventOf({ ok: true, result: update() })).toEqual(expected)
  })

  it('takes the picture from photo_url and from photo, and its caption as the text', () => {
    for (const field of ['photo_url', 'photo']) {
      const picture = {
        text: undefined,
        caption: 'Ảnh trồng cây',
        [field]: 'https://photo.zdn.example/a.jpg',
        message_type: 'CHAT_PHOTO',
      }
      expect(eventOf(update(picture, 'message.image.received'))).toMatchObject({
        kind: 'message',
        text: 'Ảnh trồng cây',
        photoRef: 'https://photo.zdn.example/a.jpg',
      })
    }
  })

  it('keeps no picture reference that is no web address', () => {
    for (const photo_url of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'x'.repeat(9),
      `https://a/${'b'.repeat(3_000)}`,
      7,
      null,
    ])
      expect(eventOf(update({ photo_url }, 'message.image.received')).photoRef).toBeUndefined()
  })

  it('hands on voices, stickers and withheld messages as unsupported, without content', () => {
    for (const name of ['message.unsupported.received', 'message.voice.received', 'message.sticker.received'])
      expect(eventOf(update({ text: undefined, voice_url: 'https://v.example/1.aac' }, name))).toMatchObject({
        kind: 'unsupported',
        text: '',
      })
  })

  it('ignores events that it does not know, names of object members among them', () => {
    for (const name of [
      'message.link.received',
      'message.reaction.received',
      'user.joined',
      'constructor',
      '__proto__',
    ])
      expect(read(update({}, name))).toEqual({ is: 'ignored', why: 'unknown event' })
  })

  it('calls what lacks sender, chat or identity malformed', () => {
    for (const message of [
      { from: undefined },
      { from: { id: '' } },
      { chat: {} },
      { chat: { id: 'a b' } },
      { message_id: '', date: undefined },
    ])
      expect(read(update(message)).is).toBe('malformed')
    for (const body of [null, [], 'x', 1, {}, { event_name: '' }, { event_name: 'message.text.received' }])
      expect(read(body).is).toBe('malformed')
  })

  it('tells messages without an id apart by sender and millisecond', () => {
    const { eventKey, messageId } = eventOf(update({ message_id: undefined }, 'message.unsupported.received'))
    expect(eventKey).toBe(`${SENDER}|${SENDER}@1750316131602|message.unsupported.received`)
    expect(messageId).toBeUndefined()
  })

  it('reads dates as milliseconds and takes the clock where there is no sound one', () => {
    for (const date of [undefined, null, 0, -1, 1e300, Number.NaN, 'tomorrow', 1_750_316_131, {}])
      expect(eventOf(update({ date })).occurredAt).toBe(new Date(NOW).toISOString())
    expect(eventOf(update({ date: '1750316131602' })).occurredAt).toBe('2025-06-19T06:55:31.602Z')
  })

  it('knows a group by its type or its id, and takes a chat that it cannot place for one', () => {
    const kind = (chat: unknown) => eventOf(update({ chat })).chat.kind
    expect(kind(inGroup)).toBe('group')
    expect(kind({ id: GROUP, chat_type: 'PRIVATE' })).toBe('group')
    expect(kind({ id: GROUP })).toBe('group')
    expect(kind({ id: 'somethingelse', chat_type: 'CHANNEL' })).toBe('group')
    expect(kind({ id: SENDER })).toBe('private')
    expect(kind(inPrivate)).toBe('private')
  })

  it('marks bots, itself among them', () => {
    expect(eventOf(update({ from: { id: 'abc', display_name: 'Bot X', is_bot: true } })).sender.isBot).toBe(true)
    expect(eventOf(update({ from: { id: reader.accountId, display_name: 'Bot Nếp' } })).sender.isBot).toBe(true)
  })

  it('mends halves of characters and leaves out NUL in text and name', () => {
    const event = eventOf(
      update({ text: 'a\u0000b\ud83d', from: { id: SENDER, display_name: `${'x'.repeat(199)}😀\u0000` } }),
    )
    expect(event.text).toBe('ab\ufffd')
    expect(event.sender.displayName).toBe(`${'x'.repeat(199)}\ufffd`)
  })
})

describe('how a text addresses the bot', () => {
  it.each([
    ['@Bot Nếp đk: đọc sách', 'mention'],
    ['đk: đọc sách @Bot Nếp', 'mention'],
    ['@bot nếp chi bộ 3 tổng hợp', 'mention'],
    ['@Bot Nếp tổng hợp'.normalize('NFD'), 'mention'],
    ['@Bot\u00a0Nếp tổng hợp', 'mention'],
    ['nhờ @BOT NẾP, tổng hợp giúp', 'mention'],
    ['@Bot Nếp /tonghop', 'command'],
    ['/tonghop @Bot Nếp', 'command'],
    ['@Bot Nếp Chi bộ 3 /tonghop', 'command'],
    ['  @Bot Nếp   /diemdanh', 'command'],
    // Renamed since: still begins with "Bot", and otherwise the message would not have come.
    ['@Bot Tên mới tổng hợp', 'mention'],
    ['@Bothoven là ai', 'reply'],
    ['có mặt ạ', 'reply'],
    ['', 'reply'],
    ['1', 'reply'],
    ['hỏi @Nguyễn Văn An xem', 'reply'],
    ['/tonghop', 'command'],
  ])('in a group: %s → %s', (text, addressed) => {
    expect(addressedIn(text, inGroup)).toBe(addressed)
  })

  it.each([
    ['có mặt ạ', 'private'],
    ['@Bot Nếp tổng hợp', 'private'],
    ['/tonghop', 'command'],
    ['@Bot Nếp /tonghop', 'command'],
    ['1/2 số đơn', 'private'],
  ])('in private: %s → %s', (text, addressed) => {
    expect(addressedIn(text, inPrivate)).toBe(addressed)
  })

  it('works without any known name, and with names full of signs', () => {
    expect(createAddressing([])('@Bot Gì đó ơi', 'group')).toBe('mention')
    expect(createAddressing(['Bot (3) [*]'])('@Bot (3) [*] /tonghop', 'group')).toBe('command')
  })
})
