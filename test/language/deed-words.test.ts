/** Words of deadlines that belong to a deed, commitments in members' own words, and what is said of one's data. */
import { describe, expect, it } from 'vitest'
import { withExtras } from '../../src/language/extras.ts'
import type { UnderstandContext } from '../../src/language/intents.ts'
import { numberedWords } from '../../src/language/progress.ts'
import { understand } from '../../src/language/understand.ts'
import { botNames, now } from './corpus.ts'

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')
const context: UnderstandContext = { now, timeZone: 'Asia/Ho_Chi_Minh', addressed: 'private', botNames }
const read = (text: string) => withExtras(understand(text, context), text, context)
const both = (rows: readonly (readonly [string, object])[]) =>
  rows.flatMap(([text, want]) => [
    [text, want] as const,
    [plain(text), JSON.parse(plain(JSON.stringify(want))) as object] as const,
  ])

describe('a word of deadlines before the deadline', () => {
  const deed = (content: string, due?: string) => ({ deeds: [due ? { content, due } : { content }] })
  it.each(
    both([
      ['đk: giải quyết đơn thư đúng hạn, trước 31/12', deed('giải quyết đơn thư đúng hạn', '2026-12-31')],
      ['đk: giải quyết đơn thư đúng hạn trước 31/12', deed('giải quyết đơn thư đúng hạn', '2026-12-31')],
      ['đk: giải quyết hồ sơ trước hạn, xong trước 31/12', deed('giải quyết hồ sơ trước hạn', '2026-12-31')],
      ['đk: giải quyết hồ sơ trước hạn 2 ngày', deed('giải quyết hồ sơ trước hạn 2 ngày')],
      ['đk: ký hợp đồng có thời hạn, trước 30/11', deed('ký hợp đồng có thời hạn', '2026-11-30')],
      ['đk: giúp bà con đổi thẻ sắp hết hạn trước 30/11', deed('giúp bà con đổi thẻ sắp hết hạn', '2026-11-30')],
      ['đk: giúp bà con gia hạn thẻ BHYT, hạn 30/11', deed('giúp bà con gia hạn thẻ BHYT', '2026-11-30')],
      ['đk: nộp đảng phí đúng hạn, hết quý IV', deed('nộp đảng phí đúng hạn', '2026-12-31')],
    ]),
  )('is of the deed: %s', (text, slots) => {
    expect(read(text)).toEqual({ intent: 'pledge.register', slots })
  })

  it.each(
    both([
      ['đk: trồng 20 cây, hạn: trước 30/11', deed('trồng 20 cây', '2026-11-30')],
      ['đk: trồng 20 cây, thời hạn thực hiện đến hết 30/11', deed('trồng 20 cây', '2026-11-30')],
      ['đk: trồng 20 cây xong đúng hạn 30/11', deed('trồng 20 cây', '2026-11-30')],
      ['đk: trồng 20 cây xong trước hạn 30/11', deed('trồng 20 cây', '2026-11-30')],
    ]),
  )('goes with the date: %s', (text, slots) => {
    expect(read(text)).toEqual({ intent: 'pledge.register', slots })
  })
})

describe('commitments', () => {
  const form = 'commitment' as const
  const one = { deeds: [{ content: 'giữ gìn đoàn kết' }] }
  it.each(
    both([
      [
        'tôi đăng ký bản cam kết tu dưỡng, rèn luyện: giữ gìn đoàn kết',
        { intent: 'pledge.register', slots: one, extras: { form } },
      ],
      [
        'nộp bản cam kết tu dưỡng rèn luyện: giữ gìn đoàn kết',
        { intent: 'pledge.register', slots: one, extras: { form } },
      ],
      ['tôi đăng ký bản cam kết', { intent: 'pledge.register', slots: { deeds: [] }, extras: { form } }],
      ['bản cam kết của tôi', { intent: 'pledge.mine', slots: {} }],
      ['xem bản cam kết', { intent: 'pledge.mine', slots: {} }],
      ['sửa cam kết 1: giữ gìn đoàn kết', { intent: 'pledge.edit', slots: { deed: 1, content: 'giữ gìn đoàn kết' } }],
      ['rút bản cam kết', { intent: 'pledge.withdraw', slots: {}, extras: { form } }],
      ['rút cam kết 2', { intent: 'pledge.withdraw', slots: { deed: 2 }, extras: { form } }],
      ['ai chưa nộp bản cam kết', { intent: 'summary.missing', slots: { about: 'pledge' }, extras: { form } }],
    ]),
  )('are meant by %s', (text, want) => {
    expect(read(text)).toEqual(want)
  })

  it.each(
    both([
      ['đk: cam kết không lấn chiếm vỉa hè', { deeds: [{ content: 'cam kết không lấn chiếm vỉa hè' }] }],
      ['đk: vận động 5 hộ ký bản cam kết', { deeds: [{ content: 'vận động 5 hộ ký bản cam kết' }] }],
    ]),
  )('are not meant by a deed that speaks of one: %s', (text, slots) => {
    expect(read(text)).toEqual({ intent: 'pledge.register', slots })
  })
})

describe("one's own data", () => {
  it.each(
    both([
      ['xoá tên tôi khỏi danh sách', { intent: 'data.erase', slots: {} }],
      ['tôi không đồng ý nữa', { intent: 'consent.withdraw', slots: {} }],
      ['ai đã xem tên tôi', { intent: 'data.show', slots: {}, extras: { looked: true } }],
    ]),
  )('is meant by %s', (text, want) => {
    expect(read(text)).toEqual(want)
  })

  it.each([
    'xoá tên bác Tư khỏi danh sách',
    'không xoá tên tôi khỏi danh sách',
    'ai đã xem biên bản',
    'tôi đồng ý nữa',
  ])('is not meant by %s', (text) => {
    expect(read(text).intent).not.toMatch(/^(?:data\.|consent\.withdraw)/)
  })
})

it.each([
  ['việc 2 tháng nào cũng làm', { deed: 2, note: 'tháng nào cũng làm' }],
  ['v3: đang xin gỗ, việc 4 thì chờ mưa', { deed: 3, note: 'đang xin gỗ', rest: 'việc 4 thì chờ mưa' }],
  ['việc 2, ', null],
  ['tháng nào cũng làm', null],
])('words about a numbered deed: %s', (text, found) => {
  expect(numberedWords(text)).toEqual(found)
})

describe('the same told of several deeds', () => {
  const of = (slots: object, rest: string) => ({ intent: 'progress.report', slots, extras: { rest } })
  it.each([
    ['việc 1 và 2 xong rồi', of({ deed: 1, done: true }, 'việc 2 xong rồi')],
    ['viec 1 va 2 xong roi', of({ deed: 1, done: true }, 'việc 2 xong roi')],
    ['việc 1, việc 3 đều hoàn thành', of({ deed: 1, done: true }, 'việc 3 hoàn thành')],
    ['v1, v2, v3 được 50%', of({ deed: 1, percent: 50 }, 'việc 2 được 50%, việc 3 được 50%')],
    ['deeds 1 and 2 are done', of({ deed: 1, done: true }, 'việc 2 done')],
  ])('is read of each: %s', (text, want) => {
    expect(read(text)).toEqual(want)
  })

  it.each(['việc 1 với 2 cây đã trồng xong', 'việc 1, 2 tuần nữa xong'])(
    'and a number that counts things names no deed: %s',
    (text) => {
      expect(read(text).slots).toMatchObject({ deed: 1, note: expect.stringMatching(/2/) })
    },
  )
})

describe('an act for one deed, said of several', () => {
  it.each([
    ['rút việc 1 và việc 2', 'pledge.withdraw'],
    ['rut viec 1, 2', 'pledge.withdraw'],
    ['sửa hạn việc 1 và 2 thành 20/12', 'pledge.edit'],
    ['gia hạn việc 1, 2 đến 30/11', 'pledge.edit'],
    ['tự nhận xét việc 1 và 2 hoàn thành tốt', 'deed.selfRate'],
    ['xếp loại việc 1 và 2 của đ/c An tốt', 'deed.rate'],
    ['duyệt việc 1 và 2 của đ/c An', 'pledge.approve'],
    ['trả lại việc 1, 2 của đ/c An vì chưa rõ', 'pledge.return'],
  ])('does none of them by halves: %s', (text, intent) => {
    expect(understand(text, context).intent).toBe('none')
    const { extras, ...act } = read(text)
    expect(act.intent).toBe(intent)
    expect(extras).toEqual({ severalDeeds: true })
  })

  it.each([
    ['trả lại việc 1 của đ/c An vì trùng với việc 2, 3', 'pledge.return'],
    ['trả lại việc 2, 3 người làm thì ít quá', 'pledge.return'],
    ['rút việc 1 vì em ốm, 2 tháng nữa mới khoẻ', 'pledge.withdraw'],
    ['sửa việc 1: trồng 20 cây, 2 luống rau', 'pledge.edit'],
  ])('but a number that counts other things is no deed: %s', (text, intent) => {
    expect(understand(text, context).intent).toBe(intent)
  })
})
