/** Deeds noted without the word that registers, percents said in words, and what tells, denies or supposes and so acts on nothing. */
import { describe, expect, it } from 'vitest'
import type { Expecting, UnderstandContext } from '../../src/language/intents.ts'
import { understand } from '../../src/language/understand.ts'
import { botNames, now } from './corpus.ts'

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')
const both = (texts: readonly string[]) => [...new Set(texts.flatMap((text) => [text, plain(text)]))]
const bothOf = (rows: readonly (readonly [string, object])[]) =>
  rows.flatMap(([text, want]) => [
    [text, want] as const,
    [plain(text), JSON.parse(plain(JSON.stringify(want))) as object] as const,
  ])
const read = (text: string, expecting?: Expecting) => {
  const context: UnderstandContext = { now, timeZone: 'Asia/Ho_Chi_Minh', addressed: 'private', botNames }
  const { intent, slots } = understand(text, expecting ? { ...context, expecting } : context)
  return { intent, slots }
}
const one = (content: string, due?: string) => ({
  intent: 'pledge.register',
  slots: { deeds: [due ? { content, due } : { content }] },
})

describe('a deed without the word that registers', () => {
  it.each(
    bothOf([
      ['nhờ bot ghi cho tôi: hiến 20m2 đất làm đường', one('hiến 20m2 đất làm đường')],
      [
        'ghi cho tôi việc: ủng hộ quỹ khuyến học 500 nghìn trước 30/10',
        one('ủng hộ quỹ khuyến học 500 nghìn', '2026-10-30'),
      ],
      ['ghi giúp em một việc: sơn lại tường nhà văn hoá', one('sơn lại tường nhà văn hoá')],
      ['bổ sung cho tôi thêm 1 việc: kèm cháu Nam học Toán', one('kèm cháu Nam học Toán')],
      ['tôi nhận việc sửa loa phát thanh xóm, xong tháng 11', one('sửa loa phát thanh xóm', '2026-11-30')],
      ['em nhận làm việc dọn vệ sinh đình làng, hạn 20/11', one('dọn vệ sinh đình làng', '2026-11-20')],
      ['năm 2027 tôi đăng ký: trồng 10 cây, hạn 30/6', one('trồng 10 cây', '2027-06-30')],
      ['năm 2027 tôi đăng ký: trồng 10 cây, hạn 30/11', one('trồng 10 cây', '2027-11-30')],
      ['đk cho tôi trồng 10 cây', one('trồng 10 cây')],
      ['đk cho em việc dạy bơi', one('dạy bơi')],
      ['đăng ký cho em gái đi học bơi', one('cho em gái đi học bơi')],
    ]),
  )('is registered as it was said: %s', (text, want) => {
    expect(read(text)).toEqual(want)
  })

  it.each(
    both([
      'tôi nhận việc ở xã từ năm 2019',
      'tôi nhận việc ở xã từ tháng 11',
      'tôi nhận việc này xong lâu rồi',
      'anh Ba nhận việc sửa loa, xong tháng 11',
      'ghi giúp tôi: cuộc họp kết thúc lúc 9h',
      'nhờ bot ghi nhận tấm lòng của bà con',
      'năm 2025 tôi đăng ký: trồng 10 cây',
      'đăng ký rồi mà sao còn nhắc',
      'tôi đăng ký rồi sao bot cứ nhắc',
    ]),
  )('is none: %s', (text) => {
    expect(read(text).intent).toBe('none')
  })

  it('is none where deeds are asked for and somebody has registered', () => {
    for (const text of both(['đăng ký rồi mà sao còn nhắc', 'em đăng ký rồi mà']))
      expect(read(text, 'deeds').intent).not.toBe('pledge.register')
  })

  it('leaves what else is noted to its own intent', () => {
    expect(read('ghi giúp tôi: xin vắng họp tối nay vì ốm').intent).toBe('meeting.excuse')
  })
})

describe('a meeting that is left where it is', () => {
  it.each(
    both([
      'không dời lịch họp',
      'tôi không chuyển lịch họp',
      'em không dời họp nữa',
      'chúng tôi không hoãn họp',
      'tôi không muốn dời buổi họp',
    ]),
  )('moves nothing and excuses nobody: %s', (text) => {
    expect(read(text).intent).toBe('none')
  })
})

describe('what is only supposed', () => {
  it.each(both(['nếu mai mưa thì tôi không đi họp', 'nếu rảnh tôi sẽ đi họp', 'lỡ mai ốm thì tôi xin vắng']))(
    'is no answer: %s',
    (text) => {
      expect(read(text).intent).toBe('none')
    },
  )

  it.each(
    both(['nếu được cho em xin vắng họp', 'nếu không có gì thay đổi em xin vắng họp', 'nhờ bot báo vắng giúp em']),
  )('is courtesy: %s', (text) => {
    expect(read(text).intent).toBe('meeting.excuse')
  })
})

describe('small words with two readings', () => {
  it.each([
    ['cho rút việc 1', 'pledge.withdraw'],
    ['cho sửa việc 2 thành dạy bơi', 'pledge.edit'],
    ['cho xoá dữ liệu của tôi', 'data.erase'],
    ['chớ rút việc 1', 'none'],
    ['chớ xoá dữ liệu của tôi', 'none'],
    ['cac chi bo', 'none'],
    ['các chị bỏ', 'dialogue.cancel'],
    ['thoi bo', 'dialogue.cancel'],
    ['toi bao cao: da giup duoc 1 ho', 'none'],
    ['tôi báo cáo quý 1', 'summary'],
  ])('%s is %s', (text, want) => {
    expect(read(text).intent).toBe(want)
  })
})

describe('percents and hours in words', () => {
  it.each(
    bothOf([
      ['việc 1 xong ba mươi phần trăm', { deed: 1, percent: 30 }],
      ['việc 2 đạt hai mươi lăm phần trăm', { deed: 2, percent: 25 }],
      ['việc 1 một trăm phần trăm rồi', { deed: 1, percent: 100, done: true }],
      ['việc 1: năm mươi phần trăm thôi bác ạ', { deed: 1, percent: 50 }],
    ]),
  )('are read: %s', (text, slots) => {
    expect(read(text)).toEqual({ intent: 'progress.report', slots })
  })

  it('half past seven in the evening as a clock of 24 hours says it', () => {
    expect(read('dời họp sang tối thứ Sáu 19 rưỡi').slots).toEqual({ to: '2026-10-09T19:30+07:00' })
    expect(read('họp 19 rưỡi mùng 3 hằng tháng').slots).toEqual({ cron: '30 19 3 * *' })
  })
})

describe('answers with a word to whoever asks', () => {
  it.each([
    ['hoàn thành thôi ạ', 'rating', { rating: 'completed' }],
    ['khoảng 40% thôi em', 'progress', { percent: 40 }],
    ['chưa có con số cụ thể đồng chí ạ', 'returnReason', { reason: 'chưa có con số cụ thể' }],
    ['cần trao đổi với đồng chí ạ', 'returnReason', { reason: 'cần trao đổi với đồng chí' }],
  ] as const)('%s (%s)', (text, expecting, slots) => {
    expect(read(text, expecting).slots).toEqual(slots)
  })
})

describe('a day that is given up for another', () => {
  it.each(
    bothOf([
      ['không dời sang thứ 6 nữa mà dời họp sang thứ 7', { to: '2026-10-10' }],
      ['không họp thứ 6 nữa, dời sang thứ 7', { to: '2026-10-10' }],
      ['không họp tối nay nữa ạ, chuyển sang tối mai 19h30', { to: '2026-10-06T19:30+07:00' }],
    ]),
  )('is not read: %s', (text, slots) => {
    expect(read(text)).toMatchObject({ intent: 'meeting.move', slots })
  })
})

describe('what somebody else did', () => {
  it.each(['đồng chí An đã xong việc 1', 'bác Tư xong việc 1 rồi', 'anh Nam xong việc 1 được 70%'])(
    'is no report of one’s own: %s',
    (text) => {
      expect(read(text).intent).toBe('none')
    },
  )
  it.each(['bác An ơi việc 1 xong rồi', 'báo cáo bác Tư, việc 1 xong rồi ạ', 'em An đã xong việc 1'])(
    'and whoever is told is not the one who did it: %s',
    (text) => {
      expect(read(text)).toMatchObject({ intent: 'progress.report', slots: { deed: 1, done: true } })
    },
  )
})

describe('what waits, and what somebody at home does', () => {
  it.each(
    both([
      'khoan duyệt việc 1 của chị Hoa',
      'khoan hãy duyệt việc 1 của chị Hoa',
      'tạm chưa duyệt việc 1 của đ/c Hoa',
      'con tôi đăng ký lớp bơi rồi',
      'vợ tôi đã đăng ký trồng cây',
    ]),
  )('is no act: %s', (text) => {
    expect(read(text).intent).toBe('none')
  })
  it('and the young who call themselves con register', () => {
    expect(read('con đăng ký trồng 10 cây nghen')).toEqual(one('trồng 10 cây'))
  })
})
