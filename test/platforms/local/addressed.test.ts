import { describe, expect, it } from 'vitest'
import { addressedOf } from '../../../src/platforms/local/receive.ts'

describe('how a text in the local chat is meant for the bot', () => {
  const group: [string, string][] = [
    ['tối nay mưa to quá', 'none'],
    ['Nếp ơi, họp chưa?', 'none'],
    ['Bot Nếp ơi', 'none'],
    ['@Bot Nếp tổng hợp', 'mention'],
    ['tổng hợp giúp em @bot nếp', 'mention'],
    ['@BOT NẾP tổng hợp', 'mention'],
    ['@Bot  Nếp, tổng hợp', 'mention'],
    ['chào@BotNep', 'mention'],
    ['@Nếp: tổng hợp', 'mention'],
    ['@Nep tong hop', 'mention'],
    ['tong hop giup em @bot nep', 'mention'],
    ['@Nepal đẹp quá', 'none'],
    ['@Nếpnhà chào', 'none'],
    ['@Nguyễn Văn An chào', 'none'],
    ['/tonghop', 'command'],
    ['  /tonghop tháng này', 'command'],
    ['/tonghop@BotNep', 'command'],
    ['/tonghop@botnep quý 1', 'command'],
    ['/tonghop@Bot Nếp', 'command'],
    ['/tonghop@OtherBot', 'none'],
    ['/tonghop@BotNepKhac', 'none'],
    ['/tonghop@OtherBot nhờ @Bot Nếp', 'none'],
    ['việc 1/2 xong', 'none'],
    ['', 'none'],
  ]
  it.each(group)('in a group: %j is %s', (text, addressed) => {
    expect(addressedOf(text, 'group', false)).toBe(addressed)
    expect(addressedOf(text.normalize('NFD'), 'group', false)).toBe(addressed)
  })

  it.each([
    ['có mặt ạ', 'reply'],
    ['@Bot Nếp có mặt', 'mention'],
    ['/comat', 'command'],
    ['/comat@OtherBot', 'none'],
  ])('in a group, answering the bot: %j is %s', (text, addressed) => {
    expect(addressedOf(text, 'group', true)).toBe(addressed)
  })

  it.each([
    ['có mặt ạ', 'private'],
    ['@Bot Nếp có mặt', 'private'],
    ['/comat', 'command'],
  ])('in private: %j is %s', (text, addressed) => {
    expect(addressedOf(text, 'private', false)).toBe(addressed)
  })
})
