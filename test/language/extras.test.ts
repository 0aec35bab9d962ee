/** What lies beyond the contract's slots but decides what a secretary gets: places, months, names, list numbers. */
import { describe, expect, it } from 'vitest'
import { withExtras } from '../../src/language/extras.ts'
import type { UnderstandContext } from '../../src/language/intents.ts'
import { understand } from '../../src/language/understand.ts'

const context: UnderstandContext = {
  now: new Date('2026-10-05T09:00:00+07:00'),
  timeZone: 'Asia/Ho_Chi_Minh',
  addressed: 'private',
  botNames: ['Bot Nếp'],
}
const read = (text: string) => withExtras(understand(text, context), text, context)

describe('the place of a meeting', () => {
  it.each([
    ['chi bộ họp mùng 3 hằng tháng lúc 19h30 tại nhà văn hoá thôn', 'nhà văn hoá thôn'],
    ['dời họp sang thứ 3 19h30 tại nhà đ/c Khoát', 'nhà đ/c Khoát'],
    ['chi bộ họp tại nhà văn hoá mùng 3 hằng tháng lúc 19h30', 'nhà văn hoá'],
    ['chi bo hop tai nha van hoa ngay 3 hang thang luc 19h30', 'nha van hoa'],
    ['chi bộ họp tại nhà văn hoá thôn 3 mùng 5 hằng tháng lúc 19h30', 'nhà văn hoá thôn 3'],
    ['chi bo hop mung 3 hang thang luc 19h30 tai nha van hoa', 'nha van hoa'],
    ['dời họp sang 10/10 19h30 tại hội trường UBND xã, vì mưa bão', 'hội trường UBND xã'],
    ['chi bộ họp mùng 3 hằng tháng lúc 19h30', undefined],
  ])('of "%s" is %s', (text, place) => {
    expect(read(text).extras?.place).toBe(place)
  })
})

describe('a meeting that is called off', () => {
  it.each([
    ['hoãn họp tháng 12 vì bão', '2026-12'],
    ['hoan hop thang nay vi bao', '2026-10'],
    ['hoãn họp tháng sau', '2026-11'],
    ['huỷ buổi họp tháng 3', '2027-03'],
  ])('"%s" is the one of %s', (text, period) => {
    expect(read(text)).toMatchObject({ intent: 'meeting.move', extras: { cancelled: true, period } })
  })
})

describe('names and numbers', () => {
  it('are asked for by "tổng hợp danh sách", not by "tổng hợp"', () => {
    expect(read('tổng hợp danh sách').extras?.names).toBe(true)
    expect(read('tổng hợp').extras?.names).toBeUndefined()
  })

  it('of a list are what stands behind the decision', () => {
    expect(read('duyệt 2')).toMatchObject({ intent: 'pledge.approve', slots: { deed: 2 } })
    expect(read('trả lại 2 vì chưa rõ')).toMatchObject({
      intent: 'pledge.return',
      slots: { deed: 2, reason: 'chưa rõ' },
    })
    expect(read('duyệt việc 1 của đ/c Hoa')).toMatchObject({ slots: { name: 'Hoa', deed: 1 } })
    expect(read('duyệt hết').slots).toEqual({})
  })
})

describe('praise of a collective', () => {
  it.each([
    ['biểu dương tập thể Chi bộ thôn Đông', 'Chi bộ thôn Đông'],
    ['bieu duong tap the dang bo co quan 07', 'dang bo co quan 07'],
    ['tuyên dương tập thể Chi bộ 3, Đảng bộ phường 2.', 'Chi bộ 3, Đảng bộ phường 2'],
  ])('%s names it, whatever it is called', (text, collective) => {
    expect(understand(text, context)).toMatchObject({ intent: 'commend', extras: { collective } })
  })
  it.each(['biểu dương tập thể nào', 'biểu dương tập thể nào chưa', 'biểu dương tập thể chi bộ không?'])(
    '%s is a question',
    (text) => {
      expect(understand(text, context).intent).not.toBe('commend')
    },
  )
})

describe('a particle is nobody', () => {
  it.each([
    ['biểu dương tập thể nhé', ''],
    ['bieu duong tap the nhe', ''],
    ['biểu dương tập thể', ''],
    ['biểu dương tập thể chi bộ mình nhé ạ', ''],
    ['khen chi bộ mình nhé', ''],
    ['/bieuduong tập thể nhé', ''],
    ['/bieuduong tập thể Chi bộ Bắc nhé', 'Chi bộ Bắc'],
    ['biểu dương tập thể Chi bộ thôn Đông nhé', 'Chi bộ thôn Đông'],
    ['biểu dương tập thể Trường Mầm non giúp em với', 'Trường Mầm non'],
  ])('of a collective: %s', (text, collective) => {
    const found = text.startsWith('/') ? { ...context, addressed: 'command' as const } : context
    expect(withExtras(understand(text, found), text, found)).toEqual({
      intent: 'commend',
      slots: {},
      extras: { collective },
    })
  })
  it.each(['biểu dương tập thể và cá nhân tiêu biểu', 'biểu dương tập thể, cá nhân', 'biểu dương chi bộ chưa'])(
    '%s praises no collective',
    (text) => expect(read(text).intent).not.toBe('commend'),
  )
  it.each([
    ['gương tháng 10: đ/c Lan nhé', { name: 'Lan', period: '2026-10' }],
    ['gương tháng 10: nhé', { period: '2026-10' }],
    ['gương tháng 10: đồng chí nhé', { period: '2026-10' }],
    ['phụ trách việc 1: đ/c Lan nhé', { deed: 1, inCharge: 'Lan', collective: true }],
    ['mô hình hay của chi bộ mình: thùng rác', { title: 'thùng rác' }],
    ['mô hình hay của đ/c Lan nhé: thùng rác', { title: 'thùng rác', owner: 'Lan' }],
  ])('of members: %s', (text, slots) => expect(read(text).slots).toEqual(slots))
  it('nor is a title alone', () => {
    const found = { ...context, addressed: 'command' as const }
    expect(understand('/bieuduong đồng chí nhé', found).slots).toEqual({})
  })
})

describe('a number or a date alone', () => {
  it.each(['1', '30/11', '2.', '12/2026'])('%s is no deed where deeds are asked for', (text) => {
    expect(understand(text, { ...context, expecting: 'deeds' }).intent).not.toBe('pledge.register')
  })
  it.each(['đk: 2', 'đk: 30/11', 'dk: 1, 2'])('%s registers nothing yet: what is asked next', (text) => {
    expect(understand(text, context)).toMatchObject({ intent: 'pledge.register', slots: { deeds: [] } })
  })
})

describe('consent', () => {
  const asked = (text: string) => understand(text, { ...context, expecting: 'consent' }).intent
  it.each(['đk: abc', 'đk', 'dk ạ', 'đk: a', 'đăng ký'])(
    'is never taken from "%s", which may have been a deed',
    (text) => {
      expect(asked(text)).not.toBe('consent.give')
    },
  )
  it.each(['đồng ý', 'được', 'ok ạ', 'vâng', 'có'])('is taken from "%s"', (text) => {
    expect(asked(text)).toBe('consent.give')
  })
})

describe('"thôi"', () => {
  it.each([
    ['thôi em dự được', 'meeting.attend'],
    ['thôi em không dự được', 'meeting.excuse'],
    ['thôi', 'dialogue.cancel'],
    ['thôi bỏ đi', 'dialogue.cancel'],
  ])('"%s" is %s', (text, intent) => expect(read(text).intent).toBe(intent))
})

it('"ai vắng" asks about the meeting, not about the pledge', () => {
  expect(read('ai vắng')).toMatchObject({ intent: 'summary.missing', slots: { about: 'meeting' } })
})

describe("a deed of the cell itself, not the sender's", () => {
  it.each([
    ['sửa việc 1 của chi bộ thành hạn 20/12', 'pledge.edit', { deed: 1, due: '2026-12-20' }],
    ['sua viec 2 cua chi bo: lam duong hoa 2 km', 'pledge.edit', { deed: 2, content: 'lam duong hoa 2 km' }],
    ['sửa việc tập thể 1: làm đường hoa 2 km', 'pledge.edit', { deed: 1, content: 'làm đường hoa 2 km' }],
    ['rút việc tập thể 1', 'pledge.withdraw', { deed: 1 }],
    ['xin rút việc 1 của chi bộ', 'pledge.withdraw', { deed: 1 }],
    ['việc 1 của chi bộ xong 70%', 'progress.report', { deed: 1, percent: 70 }],
    ['xem việc của chi bộ', 'pledge.mine', {}],
    ['việc của chi bộ', 'pledge.mine', {}],
    ['edit deed 1 of the group: clean 2 roads', 'pledge.edit', { deed: 1, content: 'clean 2 roads' }],
  ])('"%s"', (text, intent, slots) => {
    expect(read(text)).toEqual({ intent, slots, extras: { ofCell: true } })
  })

  it.each(['việc của chi bộ xong cả rồi', 'sửa việc 1: làm đường hoa của chi bộ', 'rút việc 1', 'việc của tôi'])(
    'not "%s"',
    (text) => expect(read(text).extras?.ofCell).toBeUndefined(),
  )
})
