/** While a question is open members go on speaking of other things: which of it is an answer to the question. */
import { describe, expect, test } from 'vitest'
import { understand } from '../../src/language/understand.ts'

const asked = (text: string) => {
  const context = {
    addressed: 'reply' as const,
    now: new Date('2026-10-05T09:00:00+07:00'),
    timeZone: 'Asia/Ho_Chi_Minh',
    botNames: ['Bot Nếp'],
    expecting: 'progress' as const,
  }
  return understand(text, context).intent
}

describe('asked how far their deeds are', () => {
  test.each([
    ['có mặt', 'meeting.attend'],
    ['co mat a', 'meeting.attend'],
    ['tôi sẽ dự họp', 'meeting.attend'],
    ['mai tôi đi họp được', 'meeting.attend'],
    ['xin vắng', 'meeting.excuse'],
    ['em xin vắng, đi công tác', 'meeting.excuse'],
    ['vắng, tôi ốm', 'meeting.excuse'],
  ])('%j is still an answer for the meeting', (text, intent) => {
    expect(asked(text)).toBe(intent)
  })

  test.each([
    'đã có mặt cùng bà con dọn vệ sinh',
    'đã vận động 2 hộ, có mặt đầy đủ',
    'họp rồi, bà con đồng ý',
    'hôm qua đi họp về là làm luôn',
    'tôi đi công tác nên chưa làm được việc 1',
    'nghỉ ốm nên chưa triển khai',
    'bận quá chưa làm được',
    'em bận việc gia đình nên chậm',
  ])('%j is about the deed', (text) => {
    expect(asked(text)).toBe('progress.report')
  })
})
