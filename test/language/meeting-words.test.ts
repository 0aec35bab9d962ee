import { describe, expect, test } from 'vitest'
import { withExtras } from '../../src/language/extras.ts'
import type { UnderstandContext } from '../../src/language/intents.ts'
import { notHeldKindOf } from '../../src/language/not-held-reasons.ts'
import { understand } from '../../src/language/understand.ts'

const context: UnderstandContext = {
  now: new Date('2026-07-05T09:00:00+07:00'),
  timeZone: 'Asia/Ho_Chi_Minh',
  addressed: 'private',
  botNames: [],
}
const read = (text: string, more: Partial<UnderstandContext> = {}) =>
  withExtras(understand(text, { ...context, ...more }), text, { ...context, ...more })

describe('a thematic meeting', () => {
  const di = { theme: 'Học tập Di chúc', meetingAt: '2026-08-15T19:30+07:00' }
  test.each([
    ['chuyên đề quý 3: Học tập Di chúc, tối 15/8 19h30 tại nhà văn hoá', { ...di, place: 'nhà văn hoá' }],
    ['Chuyên đề quý III: Học tập Di chúc; 19 giờ 30 ngày 15/8', di],
    ['chuyên đề quý 3: Học tập Di chúc – 7 rưỡi tối 15/8, tại hội trường', { ...di, place: 'hội trường' }],
    ['họp chuyên đề quý 3: tối 15/8 19h30', { meetingAt: di.meetingAt }],
    ['họp chuyên đề ngày 15/8 lúc 19h30', { meetingAt: di.meetingAt }],
    ['hop chuyen de vao 19h30 ngay 15/8 tai nha van hoa', { meetingAt: di.meetingAt, place: 'nha van hoa' }],
    ['họp chuyên đề quý 3 ngày 15/8', { needsTime: true }],
    ['chuyên đề quý 3: Học tập Di chúc, gộp vào kỳ sinh hoạt tháng 8', { theme: di.theme, partOf: '2026-08' }],
    [
      'chuyên đề quý 3: Học tập Di chúc, kết hợp sinh hoạt thường kỳ tháng 9/2026',
      { theme: di.theme, partOf: '2026-09' },
    ],
    [
      'chuyên đề quý 3: Học tập Di chúc, ngày 15/8 tại hội trường',
      { theme: di.theme, place: 'hội trường', needsTime: true },
    ],
    ['chuyên đề quý 3: Học tập Di chúc', { theme: di.theme }],
    ['chuyên đề tháng 11: kỷ niệm ngày 20/11', { theme: 'kỷ niệm ngày 20/11' }],
    ['chuyên đề tháng 11: kỷ niệm 3/2, nêu gương', { theme: 'kỷ niệm 3/2, nêu gương' }],
    [
      'theme q3: Our pond, 15/8 at 19:30 at the hall',
      { theme: 'Our pond', meetingAt: di.meetingAt, place: 'the hall' },
    ],
  ])('%s', (text, extras) => {
    expect(read(text)).toMatchObject({ intent: 'meeting.theme' })
    expect(read(text).extras).toEqual(extras)
  })

  test('is moved and called off by its name', () => {
    expect(read('dời họp chuyên đề quý 3 sang 20/8 19h30')).toMatchObject({
      slots: { to: '2026-08-20T19:30+07:00' },
      extras: { thematic: true },
    })
    expect(read('hoãn họp tháng 8 vì bão').extras).not.toHaveProperty('thematic')
  })
})

describe('the flag salute', () => {
  test.each([
    ['chào cờ 6h45 trước sinh hoạt', '06:45'],
    ['Chào cờ lúc 6 giờ 45, trước khi họp', '06:45'],
    ['chao co 6g45', '06:45'],
    ['bỏ chào cờ', null],
    ['chi bộ họp 7h ngày 1 hằng tháng, chào cờ 6h45', '06:45'],
  ])('%s', (text, flagSalute) => {
    expect(read(text)).toMatchObject({ intent: 'meeting.schedule', extras: { flagSalute } })
  })
  test.each(['chào cờ đẹp quá', 'sáng mai chào cờ nhé các đồng chí', 'chào cờ lúc 26h', 'chào cờ mấy giờ'])(
    'not: %s',
    (text) => {
      expect(read(text).extras?.flagSalute).toBeUndefined()
    },
  )
})

describe('a meeting that was not held', () => {
  test.each([
    ['buổi họp tháng 6 không tổ chức, lý do mưa bão', '2026-06', 'mưa bão'],
    ['sinh hoạt chi bộ tháng 5 không họp được vì bão ạ', '2026-05', 'bão'],
    ['tháng 6 chi bộ không họp, do phòng chống bão', '2026-06', 'phòng chống bão'],
    ['ky hop thang truoc khong to chuc, ly do mat dien', '2026-06', 'mat dien'],
    ['buổi họp tháng 12 không tổ chức', '2026-12', undefined],
    ['buổi họp tháng 2 không tổ chức', '2026-02', undefined],
    ['buổi họp tháng 1/2026 không diễn ra (nghỉ Tết)', '2026-01', 'nghỉ Tết'],
    ['buổi họp vừa rồi không tổ chức vì mất điện', undefined, 'mất điện'],
    ['meeting of 2026-06 was not held because of storm', '2026-06', 'storm'],
  ])('%s', (text, period, reason) => {
    const { intent, extras } = read(text)
    expect(intent).toBe('meeting.move')
    expect([extras?.notHeld, extras?.period, extras?.reason]).toEqual([true, period, reason])
  })

  test('is the thematic one where it is named', () => {
    expect(read('buổi sinh hoạt chuyên đề tháng 6 không tổ chức, lý do bão').extras).toMatchObject({ thematic: true })
  })

  test.each(['buổi họp tháng 6 không tổ chức à?', 'họp tháng 6 không tổ chức phải không'])(
    'asked, is no statement: %s',
    (text) => {
      expect(read(text).extras?.notHeld ?? read(text).extras?.cancelled).toBeUndefined()
    },
  )

  test.each([
    'họp tháng 12 chưa tổ chức',
    'buổi họp tháng 5 chưa tổ chức',
    'tháng 6 chi bộ chưa họp',
    'họp chưa tổ chức được',
  ])('is not what has not been held yet: %s', (text) => {
    const { intent, extras } = read(text)
    expect(intent).not.toBe('meeting.move')
    expect(extras?.notHeld).toBeUndefined()
  })

  test('is the last one beyond doubt where that is said', () => {
    expect(read('buổi họp vừa rồi không tổ chức').extras).toMatchObject({ notHeld: true, last: true })
    expect(read('họp không tổ chức').extras).toEqual({ notHeld: true })
  })

  test('is nothing in small talk that is not for the bot, nor in a free answer', () => {
    expect(read('buổi họp tháng 6 không tổ chức', { addressed: 'none' }).intent).toBe('none')
    expect(read('buổi họp tháng 6 không tổ chức', { expecting: 'returnReason' }).extras?.notHeld).toBeUndefined()
  })

  test.each([
    ['mưa bão', 'weather'],
    ['dịch bệnh', 'epidemic'],
    ['không đủ người', 'tooFew'],
    ['mất điện', 'place'],
    ['gộp với tháng sau', 'merged'],
    ['nghỉ Tết', 'holiday'],
    ['nhiệm vụ đột xuất', 'urgentWork'],
    ['bí thư ốm', 'other'],
  ])('for a kind of reason: %s', (reason, kind) => {
    expect(notHeldKindOf(reason)).toBe(kind)
  })
})
