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
    ['chốt sổ 6 tháng đầu năm nhé', { intent: 'period.close', period: '2026-H1' }],
    ['chot so quy 3', { intent: 'period.close', period: '2026-Q3' }],
    ['đóng sổ quý 3', { intent: 'period.close', period: '2026-Q3' }],
    ['khoá sổ quý 3 của chi bộ mình nhé', { intent: 'period.close', period: '2026-Q3' }],
    ['khoá sổ quý 3 của Khối cơ quan nhé', { intent: 'period.close', period: '2026-Q3', name: 'Khối cơ quan' }],
    ['khoá sổ quý 3 của Chi bộ Nam', { intent: 'period.close', period: '2026-Q3', name: 'Chi bộ Nam' }],
    ['khoá sổ quý 3 chi bộ thôn Đông', { intent: 'period.close', period: '2026-Q3', name: 'chi bộ thôn Đông' }],
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

  it.each([
    ['chốt số liệu quý 3', { period: '2026-Q3' }],
    ['chot so lieu 6 thang dau nam', { period: '2026-H1' }],
    ['chốt số liệu giúp em nhé', {}],
    ['chốt số quý 3', { period: '2026-Q3' }],
  ])('are not closed by who asks for the figures: "%s"', (text, slots) =>
    expect(read(text)).toEqual({ intent: 'summary', ...slots }),
  )

  it.each([
    ['quý 3 của Đơn vị Đông vì: ghi thiếu', 'Đơn vị Đông', 'ghi thiếu'],
    ['quý 3 của Don vi Dong vi: ghi thieu', 'Don vi Dong', 'ghi thieu'],
    ['quy 3 cua don vi dong vi ghi thieu', 'don vi dong', 'ghi thieu'],
    ['quý 3 của Đơn vị Đông', 'Đơn vị Đông', undefined],
    ['quý 3 của Chi bộ Vi Văn Minh vì ghi thiếu', 'Chi bộ Vi Văn Minh', 'ghi thiếu'],
    ['quý 3 của Chi bộ Đông vì: thiếu việc vì mất điện', 'Chi bộ Đông', 'thiếu việc vì mất điện'],
    ['quý 3 của Chi bộ Đông, lý do: ghi thiếu', 'Chi bộ Đông', 'ghi thiếu'],
    ['của Chi bộ Đông quý 3 vì ghi thiếu', 'Chi bộ Đông', 'ghi thiếu'],
    ['quý 3 của chi bộ mình vì: ghi thiếu', undefined, 'ghi thiếu'],
  ])('are opened again with a name and a reason: "mở lại sổ %s"', (rest, name, reason) =>
    expect(read(`mở lại sổ ${rest}`)).toEqual({
      intent: 'period.reopen',
      period: '2026-Q3',
      ...(name === undefined ? {} : { name }),
      ...(reason === undefined ? {} : { reason }),
    }),
  )
})

describe('a review', () => {
  it.each([
    ['hạn chế 6 tháng: 1. Họp chậm. 2. Ít việc', { period: '2026-H1', limits: ['Họp chậm', 'Ít việc'] }],
    [
      'nhận xét quý 3: hạn chế: 1. Họp chậm 2. Ít việc; nhiệm vụ: thăm hộ nghèo',
      { period: '2026-Q3', limits: ['Họp chậm', 'Ít việc'], tasks: ['thăm hộ nghèo'] },
    ],
    ['hạn chế quý 3: họp muộn. Nhiệm vụ: họp sớm', { period: '2026-Q3', limits: ['họp muộn'], tasks: ['họp sớm'] }],
    ['hạn chế: nhiệm vụ chưa rõ; chậm', { limits: ['nhiệm vụ chưa rõ', 'chậm'] }],
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
    'mở lại kỳ thi cho các cháu',
    'mở lại sổ tay đảng viên xem',
    'mở sổ đăng ký kết hôn',
    'hạn chế ăn mặn thôi các bác',
    'nhiệm vụ của anh Nam hôm nay là gì: ăn',
  ])('"%s" is none of it', (text) => expect(read(text).intent).not.toMatch(/^(period|campaign)\./))
})
