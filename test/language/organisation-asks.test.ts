/** Whose figures are asked for: an organisation by its name, one's own whatever stands behind it, or nobody's, where it is talk. */
import { describe, expect, it } from 'vitest'
import { withExtras } from '../../src/language/extras.ts'
import type { UnderstandContext } from '../../src/language/intents.ts'
import { organisationIn } from '../../src/language/organisation-words.ts'
import { understand } from '../../src/language/understand.ts'

const context: UnderstandContext = {
  now: new Date('2026-10-05T09:00:00+07:00'),
  timeZone: 'Asia/Ho_Chi_Minh',
  addressed: 'private',
  botNames: ['Bot Nếp'],
}
const read = (text: string) => {
  const found: UnderstandContext = { ...context, addressed: text.startsWith('/') ? 'command' : 'private' }
  return withExtras(understand(text, found), text, found)
}
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')

/** Behind "chi bộ": whose it is, when, how, please. None of it is a name. */
const tails = [
  ...[
    'mình',
    'ta',
    'này',
    'nhà',
    'tôi',
    'chúng ta',
    'mình nhé',
    'của mình',
    'bên mình',
    'nhé',
    'đi',
    'với',
    'xem',
    'giúp',
  ],
  ...[
    'cho tôi',
    'hôm nay',
    'đến nay',
    'từ đầu năm',
    'từ đầu năm đến nay',
    'thế nào',
    'ra sao',
    'thế nào rồi',
    'đầy đủ',
  ],
  ...['mình đến nay thế nào', 'ta ra sao rồi', 'giúp em với', 'mình cụ thể nhé', 'hiện nay'],
]
const timed = [
  ['năm nay', '2026'],
  ['quý 3', '2026-Q3'],
  ['tháng này', '2026-10'],
  ['mình quý 3 nhé', '2026-Q3'],
  ['ta 6 tháng đầu năm', '2026-H1'],
] as const

describe("one's own organisation", () => {
  it.each([...tails, ...tails.map(plain)])('is asked for by "tổng hợp chi bộ %s"', (tail) => {
    expect(read(`tổng hợp chi bộ ${tail}`)).toEqual({ intent: 'summary', slots: {} })
    expect(read(`/tonghop chi bộ ${tail}`).extras?.organisation).toBeUndefined()
    const { intent, slots, extras } = read(`ai chưa đăng ký ở chi bộ ${tail}`)
    expect([intent, slots, extras]).toEqual(['summary.missing', { about: 'pledge' }, undefined])
  })

  it.each(timed)('is asked for a period by "tổng hợp chi bộ %s"', (tail, period) => {
    for (const each of [tail, plain(tail)])
      expect(read(`tổng hợp chi bộ ${each}`)).toEqual({ intent: 'summary', slots: { period } })
  })

  it('is read with the particle that may be a name only where its mark is there', () => {
    expect(organisationIn('chi bộ ạ')?.name).toBeNull()
    expect(organisationIn('Chi bộ A')?.name).toBe('Chi bộ A')
    expect(organisationIn('chi bộ mình')?.name).toBeNull()
    expect(organisationIn('Chi bộ Minh')?.name).toBe('Chi bộ Minh')
    expect(organisationIn('TỔNG HỢP')).toBeNull()
  })
})

describe('an organisation with a name', () => {
  it.each([
    ['tổng hợp chi bộ thôn Đông đến nay', 'chi bộ thôn Đông', {}],
    ['tong hop chi bo thon dong nhe', 'chi bo thon dong', {}],
    ['tong hop chi bo minh khai', 'chi bo minh khai', {}],
    ['tổng hợp Chi bộ thôn Nam 2026', 'Chi bộ thôn Nam', { period: '2026' }],
    ['tổng hợp quý 3 của chi bộ thôn Đông', 'chi bộ thôn Đông', { period: '2026-Q3' }],
    ['/tonghop chi bộ thôn Đông quý 3 nhé', 'chi bộ thôn Đông', { period: '2026-Q3' }],
    ['số liệu đăng ký của Chi bộ Cảng hàng không thế nào', 'Chi bộ Cảng hàng không', {}],
    ['tình hình chi bộ thôn Đông', 'chi bộ thôn Đông', {}],
    ['tình hình Câu lạc bộ Cờ vua', 'Câu lạc bộ Cờ vua', {}],
    ['tổng hợp chi bộ 3, đảng bộ phường 2', 'chi bộ 3, đảng bộ phường 2', {}],
  ])('keeps its name and no more: %s', (text, organisation, slots) => {
    expect(read(text)).toEqual({ intent: 'summary', slots, extras: { organisation } })
  })
})

describe('talk', () => {
  it.each([
    'báo cáo tổ tôi hoàn thành việc 2',
    'bao cao to toi hoan thanh viec 2',
    'tình hình tổ dân phố dạo này',
    'tinh hinh to dan pho dao nay',
    'tình hình đội bóng hôm nay',
    'báo cáo ban tổ chức',
    'báo cáo nhóm mình chiều nay có mưa',
    'báo cáo chi bộ em đã nộp bài',
    'tình hình đơn vị tôi tháng 9 rất tốt',
    'tổng hợp đội ngũ cán bộ',
  ])('is about no organisation: %s', (text) => {
    expect(read(text).extras?.organisation).toBeUndefined()
    expect(read(text).intent).not.toMatch(/^summary/)
  })
})
