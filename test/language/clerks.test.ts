/** What secretaries and clerks of committees write in passing, and its neighbours that mean something else; with marks and without. */
import { describe, expect, it } from 'vitest'
import { withExtras } from '../../src/language/extras.ts'
import type { UnderstandContext } from '../../src/language/intents.ts'
import { understand } from '../../src/language/understand.ts'
import { botNames, canonical, changesData, now, rowsOf, understandRow } from './corpus.ts'

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')
const context: UnderstandContext = { now, timeZone: 'Asia/Ho_Chi_Minh', addressed: 'private', botNames }
const read = (text: string, more: Partial<UnderstandContext> = {}) => {
  const found = { ...context, ...more }
  return withExtras(understand(text, found), text, found)
}
/** Free words of an answer lose their marks with the text. */
const both = (rows: readonly (readonly [string, object])[]) =>
  rows.flatMap(([text, want]) => [
    [text, want] as const,
    [plain(text), JSON.parse(plain(JSON.stringify(want))) as object] as const,
  ])

describe('a meeting that was not held, or will not be', () => {
  const move = (slots: object, extras: object) => ({ intent: 'meeting.move', slots, extras })
  it.each(
    both([
      ['hôm qua không họp', move({ from: '2026-10-04' }, { notHeld: true })],
      ['tối qua chi bộ không họp vì mất điện', move({ from: '2026-10-04' }, { notHeld: true, reason: 'mất điện' })],
      ['chi bộ ta tối qua không họp được do mưa to', move({ from: '2026-10-04' }, { notHeld: true, reason: 'mưa to' })],
      ['ngày 3/10 chi bộ không họp', move({ from: '2026-10-03' }, { notHeld: true })],
      ['tuần trước chi bộ không sinh hoạt', move({}, { notHeld: true, last: true })],
      ['tháng 9 không họp vì bão', move({}, { notHeld: true, period: '2026-09', reason: 'bão' })],
      ['không họp nữa', move({}, { cancelled: true, asked: true })],
      ['chi bộ không họp nữa', move({}, { cancelled: true, asked: true })],
      ['tối nay chi bộ không họp', move({ from: '2026-10-05' }, { cancelled: true, asked: true })],
      ['mai không họp nhé các đồng chí', move({ from: '2026-10-06' }, { cancelled: true, asked: true })],
      ['chi bộ nghỉ họp tháng này', move({}, { cancelled: true, asked: true, period: '2026-10' })],
      ['nghỉ họp tháng này', move({}, { cancelled: true, asked: true, period: '2026-10', orExcuse: true })],
      ['tối nay không họp', move({ from: '2026-10-05' }, { cancelled: true, asked: true, orExcuse: true })],
    ]),
  )('%s', (text, want) => {
    expect(read(text)).toEqual(want)
  })

  it.each(
    both([
      ['tôi không họp nữa', {}],
      ['không họp được', {}],
      ['tối nay không họp được', {}],
      ['xin nghỉ họp tháng này', {}],
      ['tối nay không họp vì nhà có giỗ', { reasonKind: 'family' }],
    ]),
  )('of the speaker alone it is an absence: %s', (text, slots) => {
    expect(read(text)).toEqual({ intent: 'meeting.excuse', slots })
  })

  it('is an answer where it answers', () => {
    expect(read('tối nay không họp', { expecting: 'attendance' }).intent).toBe('meeting.excuse')
    expect(read('mai không họp', { addressed: 'reply' }).intent).toBe('meeting.excuse')
  })

  it.each(['tối nay không họp à', 'tối nay không họp phải không', 'sao hôm qua không họp', 'vì sao hôm qua không họp'])(
    'a question says nothing of the kind: %s',
    (text) => {
      expect(read(text).intent).toMatch(/^(?:none|meeting\.when)$/)
    },
  )

  it('is nothing where nobody is addressed', () => {
    expect(read('tối qua chi bộ không họp', { addressed: 'none' }).intent).toBe('none')
  })
})

describe('where a meeting is held', () => {
  const move = (slots: object, extras: object) => ({ intent: 'meeting.move', slots, extras })
  it.each(
    both([
      ['đổi địa điểm họp sang nhà đ/c Khoát', move({}, { place: 'nhà đ/c Khoát', placeOnly: true })],
      [
        'đổi chỗ họp tháng này sang nhà văn hoá thôn',
        move({}, { place: 'nhà văn hoá thôn', placeOnly: true, period: '2026-10' }),
      ],
      ['dời họp sang thứ 3 nhà đ/c Khoát', move({ to: '2026-10-06' }, { place: 'nhà đ/c Khoát', byWeekday: true })],
      ['dời họp sang tối 9/10 nhà văn hoá thôn', move({ to: '2026-10-09' }, { place: 'nhà văn hoá thôn' })],
      [
        'chi bộ họp mùng 3 hằng tháng lúc 19h30, nhà đ/c Khoát',
        { intent: 'meeting.schedule', slots: { cron: '30 19 3 * *' }, extras: { place: 'nhà đ/c Khoát' } },
      ],
    ]),
  )('%s', (text, want) => {
    expect(read(text)).toEqual(want)
  })

  it.each(['nhà đ/c Khoát', 'hôm nay nhà đ/c Khoát có giỗ', 'đổi chỗ ngồi họp'])('not: %s', (text) => {
    expect(read(text).intent).toBe('none')
  })
})

describe('those below a committee', () => {
  const which = (state: string, scope: string) => ({
    intent: 'summary',
    slots: {},
    extras: { organisations: { state, scope, from: 1 } },
  })
  it.each(
    both([
      ['chi bộ nào đăng ký chậm', which('incomplete', 'cells')],
      ['đơn vị nào còn chậm thế', which('incomplete', 'direct')],
      ['đơn vị nào xong rồi', which('complete', 'direct')],
      ['chi bộ nào làm xong rồi', which('complete', 'cells')],
      ['chi bộ nào chưa đăng ký', which('silent', 'cells')],
    ]),
  )('%s', (text, want) => {
    expect(read(text)).toEqual(want)
  })

  it.each(
    both([
      ['chi bộ thôn Đông đăng ký được bao nhiêu', { intent: 'summary', slots: {} }],
      ['chi bộ thôn Đông đăng ký đến đâu rồi', { intent: 'summary', slots: {} }],
      ['chi bộ thôn Đông còn ai chưa đăng ký', { intent: 'summary.missing', slots: { about: 'pledge' } }],
      ['chi bộ thôn Đông còn mấy người chưa đăng ký ạ', { intent: 'summary.missing', slots: { about: 'pledge' } }],
    ]),
  )('one of them by its name: %s', (text, want) => {
    const organisation = /[đôộ]/.test(text) ? 'chi bộ thôn Đông' : 'chi bo thon Dong'
    expect(read(text)).toEqual({ ...want, extras: { organisation } })
  })

  it.each(
    both([
      ['chi bộ nào đăng ký chậm', { about: 'pledge' }],
      ['ai đăng ký chậm', { about: 'pledge' }],
      ['ai nộp chậm', {}],
    ]),
  )('never a deed: %s', (text, slots) => {
    expect(understand(text, context)).toEqual({ intent: 'summary.missing', slots })
  })

  it.each(['đội bóng còn ai chưa đăng ký', 'chi bộ mình đăng ký được bao nhiêu'])(
    'one’s own, and a team that is none, have no name: %s',
    (text) => {
      expect(read(text).extras?.organisation).toBeUndefined()
    },
  )
})

describe('told to the secretary', () => {
  it.each(
    both([
      ['báo cáo đ/c bí thư tổ 2 đã làm xong', { done: true }],
      ['báo cáo bí thư, tôi làm xong rồi', { done: true }],
      ['báo cáo đồng chí bí thư, việc của em xong 70%', { percent: 70 }],
      ['báo cáo chi bộ tôi đã làm xong việc 2', { deed: 2, done: true }],
    ]),
  )('%s', (text, slots) => {
    expect(read(text)).toEqual({ intent: 'progress.report', slots })
  })

  it.each(
    both([
      ['báo cáo đ/c bí thư tình hình quý 3', { period: '2026-Q3' }],
      ['báo cáo chi bộ quý 3', { period: '2026-Q3' }],
      ['báo cáo chi bộ đã hoàn thành bao nhiêu việc', {}],
    ]),
  )('asked for, it is the summary: %s', (text, slots) => {
    expect(read(text)).toEqual({ intent: 'summary', slots })
  })

  it.each(['báo cáo bí thư tổ 3 chưa làm xong', 'báo cáo đ/c bí thư tổ 2 xong đường hoa'])(
    'what is not understood is nothing: %s',
    (text) => {
      expect(read(text).intent).toBe('none')
    },
  )
})

describe('books, deeds of those who lead, exemplars', () => {
  it.each([
    ['khoá sổ giúp em', {}],
    ['khoa so giup em', {}],
    ['chốt sổ quý 3 nhé các đồng chí', { period: '2026-Q3' }],
    ['khoá sổ nửa cuối năm', { period: '2026-H2' }],
    ['khoa so nua cuoi nam', { period: '2026-H2' }],
    ['khoá sổ nửa đầu năm', { period: '2026-H1' }],
  ])('%s', (text, slots) => {
    expect(read(text)).toEqual({ intent: 'period.close', slots })
  })
  it.each(['chốt số quý 3 nhé', 'khoá sổ hộ tịch', 'khoá sổ đỏ giúp em'])('no books: %s', (text) => {
    expect(read(text).intent).not.toBe('period.close')
  })

  it.each(
    both([
      [
        'sửa việc 1 của cấp uỷ: trồng cây',
        { intent: 'pledge.edit', slots: { deed: 1, content: 'trồng cây' }, extras: { ofCell: true } },
      ],
      [
        'sửa việc 1 của cấp ủy: trồng cây',
        { intent: 'pledge.edit', slots: { deed: 1, content: 'trồng cây' }, extras: { ofCell: true } },
      ],
      ['rút việc 1 của chi uỷ', { intent: 'pledge.withdraw', slots: { deed: 1 }, extras: { ofCell: true } }],
      [
        'đăng ký cho cấp uỷ: trồng cây',
        { intent: 'pledge.registerCollective', slots: { deeds: [{ content: 'trồng cây' }] } },
      ],
    ]),
  )('%s', (text, want) => {
    expect(read(text)).toEqual(want)
  })
  it('a deed that serves them is one’s own', () => {
    expect(read('đăng ký trồng cây cho cấp uỷ').intent).toBe('pledge.register')
    expect(read('sửa việc 1: tham mưu cho cấp uỷ').extras).toBeUndefined()
  })
})

describe('because of somebody else', () => {
  it.each(
    both([
      ['chú Ba ốm nên tôi xin vắng', { reasonKind: 'family' }],
      ['bác Tư mất nên em xin phép nghỉ họp', { reasonKind: 'family' }],
      ['vì chú Ba ốm, tôi xin vắng', { reasonKind: 'family' }],
      ['thưa đ/c Nam, tôi ốm nên xin vắng', { reasonKind: 'sick' }],
    ]),
  )('the speaker stays away: %s', (text, slots) => {
    expect(read(text)).toEqual({ intent: 'meeting.excuse', slots })
  })
  it.each(
    both([
      ['đ/c Ba ốm nên tôi báo vắng hộ', {}],
      ['chú Ba ốm nên nhờ tôi xin vắng', {}],
      ['chú Ba ốm nên tôi xin vắng giúp', {}],
      ['chú Ba ốm nên xin vắng', {}],
    ]),
  )('on their behalf: %s', (text) => {
    expect(read(text)).toEqual({ intent: 'meeting.excuseFor', slots: { name: 'Ba', reasonKind: 'sick' } })
  })
})

/** 150 rows written and labelled before they were run, as elderly members, busy secretaries and clerks of committees type. */
describe('clerks.tsv', () => {
  const rows = rowsOf('clerks.tsv')
  const readRow = (row: (typeof rows)[number], text = row.text) =>
    withExtras(understandRow(row, text), text, row.context)

  it('is understood wholly, intents and slots', () => {
    expect(rows).toHaveLength(156)
    const misses = rows.flatMap((row) => {
      const got = readRow(row)
      const isRight = got.intent === row.intent && canonical(got.slots) === canonical(row.slots)
      return isRight ? [] : [`${row.line} ${row.text} → ${got.intent} ${canonical(got.slots)}`]
    })
    expect(misses).toEqual([])
  })

  it('means the same where the marks are left out, and where nobody is addressed nothing', () => {
    const other = rows.filter((row) => readRow(row, plain(row.text)).intent !== row.intent)
    expect(other.filter((row) => changesData(readRow(row, plain(row.text)).intent)).map((row) => row.text)).toEqual([])
    // "đấy cháu" may be "dạy cháu", "tôi ốm" begins with "tới" as well.
    expect(other.map((row) => row.text)).toEqual([
      'tháng này họp ngày bao nhiêu đấy cháu',
      'tôi ốm mấy hôm nay, việc 1 chưa làm được gì',
    ])
    const none = { ...context, addressed: 'none' as const }
    expect(
      rows.filter((row) => withExtras(understandRow({ ...row, context: none }), row.text, none).intent !== 'none'),
    ).toEqual([])
  })
})
