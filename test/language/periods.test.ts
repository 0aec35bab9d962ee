/** Closing books, reviews and opening a campaign: what is read as such, and what is left to others. */
import { describe, expect, it } from 'vitest'
import type { UnderstandContext } from '../../src/language/intents.ts'
import { understand } from '../../src/language/understand.ts'

const context: UnderstandContext = {
  now: new Date('2026-10-05T09:00:00+07:00'),
  timeZone: 'Asia/Ho_Chi_Minh',
  addressed: 'private',
  botNames: ['Bot Nếp'],
}
const read = (text: string, more: Partial<UnderstandContext> = {}) => {
  const { intent, slots } = understand(text, { ...context, ...more })
  return { intent, ...slots }
}

describe('the books of a period', () => {
  it.each([
    ['khoá sổ 6 tháng', { intent: 'period.close', period: '2026-H1' }],
    ['khóa sổ 6 tháng đầu năm', { intent: 'period.close', period: '2026-H1' }],
    ['chốt số liệu 6 tháng đầu năm', { intent: 'period.close', period: '2026-H1' }],
    ['chot so lieu quy 3', { intent: 'period.close', period: '2026-Q3' }],
    ['khoa so nam nay', { intent: 'period.close', period: '2026' }],
    ['khoá sổ quý 3 của Chi bộ Đông', { intent: 'period.close', period: '2026-Q3', name: 'Chi bộ Đông' }],
    ['khoá sổ quý 3 cả cấp dưới', { intent: 'period.close', period: '2026-Q3', below: true }],
    ['khoá sổ quý 3 toàn đảng bộ', { intent: 'period.close', period: '2026-Q3', below: true }],
    ['/khoaso quý 3', { intent: 'period.close', period: '2026-Q3' }],
    ['/closebooks H1', { intent: 'period.close', period: '2026-H1' }],
    [
      'mở lại sổ quý 3 của Chi bộ Đông vì: ghi thiếu',
      { intent: 'period.reopen', period: '2026-Q3', name: 'Chi bộ Đông', reason: 'ghi thiếu' },
    ],
  ])('"%s"', (text, meaning) => expect(read(text)).toEqual(meaning))
})

describe('a review', () => {
  it.each([
    ['hạn chế 6 tháng: 1. Họp chậm. 2. Ít việc', { period: '2026-H1', limits: ['Họp chậm', 'Ít việc'] }],
    ['han che: hop cham', { limits: ['hop cham'] }],
    ['nhiệm vụ năm nay:\n- Đôn đốc\n- Họp đúng ngày', { period: '2026', tasks: ['Đôn đốc', 'Họp đúng ngày'] }],
    ['/hanche 1. Họp chậm', { limits: ['Họp chậm'] }],
  ])('"%s"', (text, slots) => expect(read(text)).toEqual({ intent: 'period.review', ...slots }))

  it('is written in private and never taken from an answer in free text', () => {
    expect(read('hạn chế: họp chậm', { addressed: 'mention' }).intent).toBe('none')
    expect(read('hạn chế: dùng túi ni lông', { expecting: 'deeds' }).intent).not.toBe('period.review')
    expect(read('nhiệm vụ: chưa rõ', { expecting: 'returnReason' }).intent).not.toBe('period.review')
  })
})

describe('a campaign', () => {
  it.each([
    ['mở đợt đăng ký năm nay đến 31/12', { closesOn: '2026-12-31' }],
    ['mở đợt đăng ký năm 2027 từ 5/1 đến hết 28/2', { year: 2027, opensOn: '2027-01-05', closesOn: '2027-02-28' }],
    ['phát động đăng ký làm theo Bác', {}],
    ['/modot 2027', { year: 2027 }],
  ])('"%s"', (text, slots) => expect(read(text)).toEqual({ intent: 'campaign.open', ...slots }))
})

describe('talk of the same words', () => {
  it.each([
    'chốt số lượng người ăn cơm',
    'chốt sổ nợ của quán cô Ba',
    'khoá sổ tiết kiệm ở ngân hàng',
    'mở lại bài hát lúc nãy',
    'mở sổ đăng ký kết hôn',
    'hạn chế ăn mặn thôi các bác',
    'nhiệm vụ của anh Nam hôm nay là gì: ăn',
  ])('"%s" is none of it', (text) => expect(read(text).intent).not.toMatch(/^(period|campaign)\./))
})
