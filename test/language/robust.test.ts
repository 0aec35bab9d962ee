/** Whatever is typed: no exception, no text that takes long. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { resolveDate } from '../../src/language/dates.ts'
import { withExtras } from '../../src/language/extras.ts'
import { expectations } from '../../src/language/intents.ts'
import { maxLength, understand } from '../../src/language/understand.ts'
import { botNames, now } from './corpus.ts'

const addressed = ['command', 'mention', 'reply', 'private'] as const
const pieces =
  'đk|đăng ký|việc|1|2.|30/11|trước|hạn|xong|100%|/|/dk|@Bot Nếp|không|đi được|vắng|anh Nam|đ/c|lịch|họp|thứ 6|19h30|mùng 3|Tết|hằng tháng|;|\n|- |(|)|:|?|.|"|ạ|nhé|của|đổi|sang|duyệt|tốt|tự|xoá|dữ liệu|như|năm ngoái|quý|I|%|🎂|\u0300|\u200b|<@U1>|a'.split(
    '|',
  )

describe('random texts', () => {
  it('of any characters neither throw nor answer when nobody is addressed', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 60 }),
        fc.constantFrom(...addressed),
        fc.option(fc.constantFrom(...expectations), { nil: undefined }),
        (text, how, expecting) => {
          const context = { now, timeZone: 'Asia/Ho_Chi_Minh', addressed: how, botNames, expecting }
          expect(understand(text, context).intent).toBeTypeOf('string')
          expect(understand(text, { ...context, addressed: 'none' }).intent).toBe('none')
        },
      ),
      { seed: 7, numRuns: 20_000 },
    )
  })

  it('of the words of the grammar in any order do not throw, as requests or as dates', () => {
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces), { maxLength: 14 }),
        fc.constantFrom(...addressed),
        fc.option(fc.constantFrom(...expectations), { nil: undefined }),
        fc.constantFrom(' ', ''),
        (parts, how, expecting, gap) => {
          const text = parts.join(gap)
          const first = understand(text, { now, timeZone: 'Asia/Ho_Chi_Minh', addressed: how, botNames, expecting })
          const again = understand(text, { now, timeZone: 'Asia/Ho_Chi_Minh', addressed: how, botNames, expecting })
          expect(again).toEqual(first)
          resolveDate(text, now, 'Asia/Ho_Chi_Minh')
        },
      ),
      { seed: 11, numRuns: 20_000 },
    )
  })
})

describe('100,000 characters', () => {
  const repeated = [
    'a',
    ' ',
    'đk ',
    '1. ',
    'trước 30/11 ',
    'việc 1 ',
    '@Bot ',
    '@',
    '<@',
    'không đi được ',
    '- a\n',
    'anh Nam ',
    'lịch họp sang thứ 6 ',
    '(',
    '/',
    '%',
    'đk: giúp hộ nghèo trước 30/11; ',
    '\u0301',
    '1',
    '1/',
    'Bot Nếp, ',
    'ơi ',
    'x\n',
    'đăngký',
  ]
  it.each(repeated)('of %j are read within 50 ms', (piece) => {
    const text = piece.repeat(Math.ceil(100_000 / piece.length)).slice(0, 100_000)
    const context = { now, timeZone: 'Asia/Ho_Chi_Minh', addressed: 'private' as const, botNames }
    expect(leastCpu(() => understand(text, context), 50)).toBeLessThan(50)
  })

  // A run of spaces, an edge of a period, or a year beside a deed once took seconds, or the stack.
  const furtherPieces = [
    ...[' ', '\t', '\n', 'xe ', 'cuối ', 'cả ', 'end of the ', 'hết ', 'việc 1 của đ/c An ', 'việc của tôi năm ngoái '],
    ...[
      'năm 2026 ',
      'of 2026 ',
      'in  2026',
      'biểu dương tập thể ',
      'chi bộ A ',
      'vắng: ',
      'có mặt ',
      'đủ trừ ',
      'đ/c ',
    ],
    ...['kết luận: a\n', 'vì ', 'chào cờ ', 'tại nhà ', 'ạ ', 'trân trọng. ', 'khen ', 'gương ', 'điểm danh ', 'quý '],
  ]
  it.each([...repeated, ...furtherPieces])(
    'of %j are read to the end of all that they tell, within 250 ms',
    (piece) => {
      const text = piece.repeat(Math.ceil(maxLength / piece.length)).slice(0, maxLength)
      for (const expecting of [undefined, 'deeds', 'rollCall', 'progress'] as const) {
        const context = { now, timeZone: 'Asia/Ho_Chi_Minh', addressed: 'private' as const, botNames, expecting }
        expect(leastCpu(() => withExtras(understand(text, context), text, context), 250)).toBeLessThan(250)
      }
    },
  )
})

/** Milliseconds of CPU that it takes; where the first time was too long, the fastest of three more: the compiler may have been at work. */
function leastCpu(read: () => unknown, enough: number): number {
  const timed = () => {
    const from = process.cpuUsage()
    read()
    const { user, system } = process.cpuUsage(from)
    return (user + system) / 1000
  }
  const first = timed()
  return first < enough ? first : Math.min(timed(), timed(), timed())
}
