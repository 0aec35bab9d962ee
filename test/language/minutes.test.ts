/** What is said of minutes: noted whole or not at all, asked for, corrected by number; and everything that only sounds like it. */
import { describe, expect, test } from 'vitest'
import type { Addressed, Expecting } from '../../src/language/intents.ts'
import { understand } from '../../src/language/understand.ts'

const read = (text: string, expecting?: Expecting, addressed: Addressed = 'private') =>
  understand(text, {
    now: new Date('2026-10-21T09:00:00+07:00'),
    timeZone: 'Asia/Ho_Chi_Minh',
    addressed,
    botNames: ['Bot Nếp'],
    ...(expecting ? { expecting } : {}),
  })
/** One item in one line: its kind, words, counts as for/against/other of all, who and by when. */
function told(text: string): string {
  const { intent, slots } = read(text)
  if (intent !== 'minutes.note') return intent
  const { items = [], period, thematic, speech, chair, keeper, speakers } = slots
  return [
    ...(period ? [period] : []),
    ...(thematic ? ['thematic'] : []),
    ...(speech ? ['speech'] : []),
    ...(chair ? [`chair ${chair}`] : []),
    ...(keeper ? [`keeper ${keeper}`] : []),
    ...(speakers === undefined ? [] : [`${speakers} spoke`]),
    ...items.map(({ kind, content, votes, everybody, inCharge, due, dueAsk, unclear }) =>
      [
        `${kind[0]}: ${content}`,
        ...(votes ? [`${votes.for ?? '-'}/${votes.against ?? '-'}/${votes.other ?? '-'} of ${votes.of ?? '-'}`] : []),
        ...(everybody ? ['all'] : []),
        ...(inCharge ? [`by ${inCharge.words}`] : []),
        ...(due ? [due] : []),
        ...(dueAsk ? [dueAsk.join(' or ')] : []),
        ...(unclear ? ['unclear'] : []),
      ].join(' | '),
    ),
  ].join('; ')
}

describe('what is noted', () => {
  test.each([
    [
      'biên bản: thống nhất mua 10 cây cho nhà văn hoá, 20/22 đồng chí biểu quyết tán thành, 1 không tán thành, 1 ý kiến khác',
      'd: thống nhất mua 10 cây cho nhà văn hoá | 20/1/1 of 22',
    ],
    [
      'bien ban: thong nhat mua 10 cay cho nha van hoa, 20/22 dong chi bieu quyet tan thanh, 1 khong tan thanh, 1 y kien khac',
      'd: thong nhat mua 10 cay cho nha van hoa | 20/1/1 of 22',
    ],
    ['/bienban thống nhất mua 10 cây, 20/22 tán thành', 'd: thống nhất mua 10 cây | 20/-/- of 22'],
    ['/bienban: thong nhat mua 10 cay, 20/22 tan thanh', 'd: thong nhat mua 10 cay | 20/-/- of 22'],
    ['/bienban tháng 9: thu quỹ quý 4, 18 tán thành', '2026-09; d: thu quỹ quý 4 | 18/-/- of -'],
    ['biên bản họp chi bộ tháng 9: thu quỹ, 18 tán thành', '2026-09; d: thu quỹ | 18/-/- of -'],
    ['BIÊN BẢN CHUYÊN ĐỀ THÁNG 10: DỌN VỆ SINH', '2026-10; thematic; d: DỌN VỆ SINH'],
    ['ghi biên bản: mua máy chiếu, tán thành 15, không tán thành 2', 'd: mua máy chiếu | 15/2/- of -'],
    ['ghi vao bien ban: mua may chieu, tan thanh: 15/17, khong tan thanh: 2', 'd: mua may chieu | 15/2/- of 17'],
    ['nghị quyết: xây tuyến đường hoa 500m, 20/20 nhất trí', 'd: xây tuyến đường hoa 500m | 20/-/- of 20'],
    ['nghi quyet thang 9: xay tuyen duong hoa, 20/20 nhat tri', '2026-09; d: xay tuyen duong hoa | 20/-/- of 20'],
    ['quyết định: mở lớp học tiếng Anh, 100% nhất trí', 'd: mở lớp học tiếng Anh | all'],
    ['bien ban: mo lop hoc, tat ca dong y', 'd: mo lop hoc | all'],
    ['biên bản: trồng cây với 20/22 (90,9%) đồng chí tán thành', 'd: trồng cây | 20/-/- of 22'],
    ['biên bản: trồng cây (20/22 tán thành, 2 không biểu quyết)', 'd: trồng cây | 20/-/2 of 22'],
    ['biên bản: trồng cây. 20 tán thành và 2 không tán thành', 'd: trồng cây | 20/2/- of -'],
    ['biên bản: trồng cây, 20 tán thành, không có ý kiến khác', 'd: trồng cây | 20/-/0 of -'],
    ['bien ban: trong cay, 20 tan thanh, khong ai phan doi', 'd: trong cay | 20/0/- of -'],
    ['biên bản: trồng cây, 18 tán thành, 1 ý kiến khác, 2 không biểu quyết', 'd: trồng cây | 18/-/3 of -'],
    ['biên bản: trồng cây - 20 đồng chí giơ tay đồng ý', 'd: trồng cây | 20/-/- of -'],
    ['biên bản: 1. mua cây, 20/22 tán thành 2. thu quỹ, nhất trí 100%', 'd: mua cây | 20/-/- of 22; d: thu quỹ | all'],
    [
      'bien ban: 1) mua cay, 20 tan thanh 2) thu quy, 19 tan thanh 3) giao d/c An don ve sinh, han 30/11',
      'd: mua cay | 20/-/- of -; d: thu quy | 19/-/- of -; t: don ve sinh | by An | 2026-11-30',
    ],
    ['biên bản:\n- mua cây, 20 tán thành\n- thu quỹ', 'd: mua cây | 20/-/- of -; d: thu quỹ'],
    [
      'biên bản: mua cây; 20 tán thành; 2 không tán thành; thu quỹ; 22 tán thành',
      'd: mua cây | 20/2/- of -; d: thu quỹ | 22/-/- of -',
    ],
    ['biên bản: giao đồng chí An kiểm tra đường nước, xong trước 30/11', 't: kiểm tra đường nước | by An | 2026-11-30'],
    [
      'biên bản: nhiệm vụ: sửa đường nước; phụ trách: đ/c Nguyễn Văn An; hạn 30/11',
      't: sửa đường nước | by Nguyễn Văn An | 2026-11-30',
    ],
    ['bien ban: nhiem vu: sua duong nuoc, phu trach: d/c An, han cuoi nam', 't: sua duong nuoc | by An | 2026-12-31'],
    ['biên bản: sửa đường nước, giao chi uỷ thực hiện', 't: sửa đường nước | by chi uỷ'],
    ['biên bản: sửa đường nước, do tổ 2 phụ trách, hạn 15/11', 't: sửa đường nước | by tổ 2 | 2026-11-15'],
    ['biên bản: nhiệm vụ: dọn nghĩa trang', 't: dọn nghĩa trang'],
    ['biên bản: dọn nghĩa trang, hạn T3', 't: dọn nghĩa trang | 2026-10-27 or 2027-03-31'],
    ['biên bản: chủ trì: đồng chí Bí thư; thư ký: phó bí thư', 'chair Bí thư; keeper phó bí thư'],
    ['bien ban: chu tri: bi thu', 'chair bi thu'],
    ['biên bản: chủ trì đ/c Lê Thị An, thư ký đ/c Bình', 'chair Lê Thị An; keeper Bình'],
    ['biên bản: 8 ý kiến phát biểu', '8 spoke'],
    ['bien ban: so y kien phat bieu: 8', '8 spoke'],
    ['minutes: buy 10 trees, 20/22 in favour, 1 against, 1 abstention', 'd: buy 10 trees | 20/1/1 of 22'],
    ['minutes of October: buy trees, 5 in favour', '2026-10; d: buy trees | 5/-/- of -'],
    ['minutes: task: mend the pipes; in charge: An; due 30/11', 't: mend the pipes | by An | 2026-11-30'],
    // Words that hold figures keep them.
    ['biên bản: chi 2.500.000 đồng cho 1/2 số hộ, 20 tán thành', 'd: chi 2.500.000 đồng cho 1/2 số hộ | 20/-/- of -'],
    ['biên bản: thống nhất kế hoạch 5, phương án 2', 'd: thống nhất kế hoạch 5, phương án 2'],
  ])('%s', (text, wanted) => expect(told(text)).toBe(wanted))

  test.each([
    'biên bản: mua cây, trên 20 đồng chí tán thành',
    'bien ban: mua cay 20/22 tan thanh',
    'biên bản: mua cây, đa số tán thành',
    'biên bản: mua cây, 20/22 biểu quyết',
    'biên bản: mua cây, 20 tán thành, 19 tán thành',
    'biên bản: mua cây, 20/22 tán thành, 2/23 không tán thành',
    'biên bản: mua cây, 20/22 (95%) tán thành',
    'biên bản: mua cây, 100% tán thành, 1 không tán thành',
  ])('%s: counts that are not clear', (text) => expect(told(text)).toContain('unclear'))
})

describe('somebody’s words', () => {
  test.each([
    'biên bản: đồng chí An phát biểu rằng nên mua cây',
    'bien ban: dong chi An phat bieu rang nen mua cay',
    'biên bản: ý kiến của đ/c Bình: không nên mua',
    'bien ban: y kien cua d/c Binh: khong nen mua',
    'biên bản: đ/c Bình: không nên mua',
    'biên bản: đồng chí Hoà đề nghị xem lại mức thu',
    'bien ban: d/c Hoa de nghi xem lai muc thu',
    'biên bản: bác Tư cho rằng mức thu cao',
    'nghị quyết: anh Nam nói: tôi không đồng ý',
    'biên bản: 1. mua cây, 20 tán thành 2. đ/c An có ý kiến mức thu cao',
    'biên bản: nhiều người phát biểu sôi nổi',
    'minutes: An said we should wait',
  ])('%s', (text) => expect(told(text)).toBe('speech'))

  test('are no correction either', () =>
    expect(read('sửa quyết định 2: đ/c An phát biểu rằng nên mua').slots).toMatchObject({ speech: true }))
})

describe('what is asked, corrected and removed', () => {
  test.each([
    ['xem biên bản', 'minutes.show', {}],
    ['xem bien ban', 'minutes.show', {}],
    ['biên bản', 'minutes.show', {}],
    ['/bienban', 'minutes.show', {}],
    ['/minutes', 'minutes.show', {}],
    ['biên bản tháng 10', 'minutes.show', { period: '2026-10' }],
    ['bien ban thang 9', 'minutes.show', { period: '2026-09' }],
    ['/bienban tháng 9', 'minutes.show', { period: '2026-09' }],
    ['cho tôi xem biên bản họp tháng trước', 'minutes.show', { period: '2026-09' }],
    ['xem lại biên bản chuyên đề tháng 10', 'minutes.show', { period: '2026-10', thematic: true }],
    ['xem nghị quyết tháng 9', 'minutes.show', { period: '2026-09' }],
    ['show minutes', 'minutes.show', {}],
    ['xem biên bản của Chi bộ Đông tháng 9', 'minutes.show', { period: '2026-09', organisation: 'Chi bộ Đông' }],
    ['bien ban cua chi bo thon Dong', 'minutes.show', { organisation: 'chi bo thon Dong' }],
    ['xem biên bản của chi bộ', 'minutes.show', {}],
    ['bỏ quyết định 2', 'minutes.remove', { kind: 'decision', number: 2 }],
    ['bo quyet dinh 2', 'minutes.remove', { kind: 'decision', number: 2 }],
    ['xoá nhiệm vụ số 1 trong biên bản', 'minutes.remove', { kind: 'task', number: 1 }],
    ['bỏ quyết định 2 tháng 9', 'minutes.remove', { kind: 'decision', number: 2, period: '2026-09' }],
    ['/bienban bỏ quyết định 2', 'minutes.remove', { kind: 'decision', number: 2 }],
    ['remove decision 2', 'minutes.remove', { kind: 'decision', number: 2 }],
    ['sửa quyết định 2', 'minutes.edit', { kind: 'decision', number: 2 }],
    [
      'sửa quyết định 2: mua 12 cây, 21/22 tán thành',
      'minutes.edit',
      {
        ...{ kind: 'decision', number: 2 },
        item: { kind: 'decision', content: 'mua 12 cây', votes: { for: 21, of: 22 } },
      },
    ],
    [
      'sua quyet dinh 2 thang 9: mua 12 cay',
      'minutes.edit',
      { kind: 'decision', number: 2, period: '2026-09', item: { kind: 'decision', content: 'mua 12 cay' } },
    ],
    [
      'sửa nhiệm vụ 1: phụ trách: đ/c Bình',
      'minutes.edit',
      { kind: 'task', number: 1, item: { kind: 'task', content: '', inCharge: { words: 'Bình', isTitled: true } } },
    ],
    [
      'sửa quyết định 2: 21/22 tán thành',
      'minutes.edit',
      { kind: 'decision', number: 2, item: { kind: 'decision', content: '', votes: { for: 21, of: 22 } } },
    ],
  ])('%s', (text, intent, slots) => expect(read(text)).toEqual({ intent, slots }))
})

describe('what only sounds like it', () => {
  test.each([
    'biên bản họp tháng này ai giữ',
    'tổng kết năm ngoái ai giữ biên bản cho em xin',
    'bien ban de o nha van hoa',
    'ghi biên bản giúp chi bộ nhé',
    'biên bản hôm qua đồng chí Thư giữ: hay để ở đâu',
    'quyết định hay đấy',
    'quyết định 2 đúng rồi',
    'nghị quyết học ở đâu',
    'đk: học nghị quyết đầy đủ, hạn 30/11',
    'sửa việc 2: ghi biên bản đúng hạn',
    'bỏ việc 2',
    'nhiệm vụ 6 tháng: 1. Đôn đốc đăng ký',
    // A day is named, not a month: which meeting it is would be a guess.
    'biên bản họp 20/9: mua cây, 5 tán thành',
    'xem biên bản kỳ 2',
  ])('%s', (text) => expect(read(text).intent).not.toMatch(/^minutes/))

  test('is not read where the text answers a question of another kind', () => {
    expect(read('nghị quyết: học đầy đủ', 'deeds').intent).not.toMatch(/^minutes/)
    expect(read('biên bản: chưa rõ', 'returnReason').intent).not.toMatch(/^minutes/)
  })

  test('is nothing where nobody speaks to the bot', () =>
    expect(read('biên bản: mua cây, 20 tán thành', undefined, 'none').intent).toBe('none'))
})
