/** What has the words of an act and is none, and its neighbours that are one; with marks and without. */
import { describe, expect, it } from 'vitest'
import { withExtras } from '../../src/language/extras.ts'
import type { UnderstandContext } from '../../src/language/intents.ts'
import { understand } from '../../src/language/understand.ts'
import { botNames, now } from './corpus.ts'

const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D')
const both = (texts: readonly string[]) => [...new Set(texts.flatMap((text) => [text, plain(text)]))]
const contextOf = (more: Partial<UnderstandContext>): UnderstandContext => ({
  now,
  timeZone: 'Asia/Ho_Chi_Minh',
  addressed: 'private',
  botNames,
  ...more,
})
const understood = (text: string, more: Partial<UnderstandContext> = {}) => understand(text, contextOf(more)).intent
const answered = (text: string, more: Partial<UnderstandContext> = {}) =>
  withExtras(understand(text, contextOf(more)), text, contextOf(more))

describe('a meeting that is over', () => {
  it.each(
    both([
      'tuần trước em vắng',
      'hôm qua em có mặt',
      'buổi trước tôi có mặt mà',
      'tháng trước tôi xin vắng',
      'hôm qua tôi vắng họp',
      'hôm qua tôi không họp được',
      'hôm qua không họp vì đau chân',
      'hôm qua bác Ba không họp',
      'buổi họp hôm qua tôi ốm nên không dự được',
      'em có mặt mà, buổi trước ấy',
    ]),
  )('is no answer for the next one: %s', (text) => {
    expect(understood(text)).toBe('none')
  })

  it.each(both(['tuần trước em vắng', 'buổi trước tôi có mặt mà']))('is spoken of as such: %s', (text) => {
    expect(answered(text)).toEqual({ intent: 'meeting.attend', slots: {}, extras: { past: true } })
  })

  it.each(
    both([
      'hôm qua em ốm nên hôm nay xin vắng',
      'em bị ốm từ hôm qua, xin vắng họp',
      'xin vắng, hôm qua em ngã đau chân',
      'em xin vắng vì tuần trước mới mổ',
      'như tháng trước, em xin vắng',
    ]),
  )('may be why somebody stays away from the next: %s', (text) => {
    expect(understood(text)).toBe('meeting.excuse')
  })
})

describe('what is not certain', () => {
  it.each(both(['chắc em vắng', 'có lẽ em vắng', 'có lẽ em xin vắng họp', 'hình như em vắng']))(
    'is asked about: %s',
    (text) => {
      expect(understood(text)).toBe('none')
      expect(answered(text)).toMatchObject({ intent: 'meeting.excuse', extras: { unsure: true } })
    },
  )

  it('is nothing where it would be attendance', () => {
    expect(understood('có lẽ đi được', { expecting: 'attendance' })).toBe('none')
    expect(understood('có lẽ vắng', { expecting: 'attendance' })).toBe('none')
  })

  it.each(both(['chắc e không dự được', 'em chắc chắn vắng']))('is no polite or sure refusal: %s', (text) => {
    expect(understood(text)).toBe('meeting.excuse')
  })
})

describe('a question', () => {
  it.each(
    both([
      'dời họp sang ngày 9/1 được không',
      'hay là dời họp sang thứ 6',
      'dời họp sang thứ 6 nhỉ',
      'hay mình dời họp sang thứ 6',
    ]),
  )('about moving a meeting is asked back: %s', (text) => {
    expect(understood(text)).toBe('none')
    expect(answered(text)).toMatchObject({ intent: 'meeting.move', extras: { asked: true } })
  })

  it.each(
    both([
      'việc 1 xong chưa',
      'việc 1 xong rồi phải không',
      'sao chưa duyệt việc 1 của Thuận',
      'sao bác lại xoá dữ liệu của tôi',
      'sao lại rút việc 1',
      'biểu dương đ/c Lan việc 2 được không',
      'đ/c Thuận vắng phải không',
    ]).concat('việc 1 xong rồi à', 'đ/c Thuận vắng à', 'việc 1 xong rồi hả bác', 'việc 1 xong 50%?'),
  )('sets nothing off: %s', (text) => {
    expect(answered(text).intent).toBe('none')
  })

  it.each([
    ['việc 1 xong rồi ạ', 'progress.report'],
    ['viec 1 xong roi a', 'progress.report'],
    ['việc 1 xong rồi, sao chưa duyệt', 'progress.report'],
    ['dời họp sang thứ 6 nhé', 'meeting.move'],
    ['xin dời họp sang thứ 6', 'meeting.move'],
    ['em xin vắng được không ạ', 'meeting.excuse'],
    ['bác Tư ốm nhờ báo vắng hộ', 'meeting.excuseFor'],
    ['cho em rút việc 1 được không ạ', 'pledge.withdraw'],
    ['nhắc mọi người đăng ký giúp tôi được không', 'remind.now'],
    ['trả lại việc 2 của đ/c Bình vì chưa rõ đã làm chưa', 'pledge.return'],
  ])('is not all that sounds like one: %s', (text, intent) => {
    expect(answered(text).intent).toBe(intent)
    expect(answered(text).extras?.asked).toBeUndefined()
  })
})

describe('a denial', () => {
  it.each(
    both([
      'không rút việc 1 nữa',
      'tôi không muốn rút việc 1',
      'tôi không muốn xoá dữ liệu của tôi',
      'đừng xoá dữ liệu của tôi',
      'tôi không muốn rút đồng ý',
    ]),
  )('does nothing: %s', (text) => {
    expect(answered(text).intent).toBe('none')
  })

  it.each([
    ['không làm được, rút việc 1', 'pledge.withdraw'],
    ['dữ liệu không đúng, xoá dữ liệu của tôi', 'data.erase'],
    ['tôi muốn xoá dữ liệu của tôi', 'data.erase'],
    ['tôi không đồng ý nữa, rút đồng ý', 'consent.withdraw'],
  ])('of something else hinders nothing: %s', (text, intent) => {
    expect(answered(text).intent).toBe(intent)
  })
})

describe('absences reported', () => {
  it.each(
    both([
      'vắng 2 đồng chí: Thuận, Gấm',
      'có mặt 6, vắng 1 (Thuận ốm)',
      'danh sách vắng họp tháng 7',
      'vắng mặt 2: An, Bình',
    ]),
  )('are not the own one: %s', (text) => {
    expect(understood(text)).toBe('none')
    expect(answered(text)).toEqual({ intent: 'meeting.rollCall', slots: {}, extras: { reported: true } })
  })

  it.each(both(['tháng 1 không họp']))('of a meeting are none either: %s', (text) => {
    expect(understood(text)).toBe('none')
  })

  it.each(both(['em vắng 2 buổi tới', 'em vắng, đi công tác 2 ngày', 'vắng: em ốm', 'tháng 1 tôi không họp được']))(
    'or are the own one: %s',
    (text) => {
      expect(answered(text).intent).toBe('meeting.excuse')
    },
  )
})

describe("somebody else's deed", () => {
  it.each(
    both([
      'sửa việc 1 của Thuận: giúp hai hộ',
      'sửa việc 1 của thuận: giúp hai hộ',
      'sửa việc 1 của đ/c Lụa: giúp hai hộ',
      'sửa việc 1 của bác Tư thành giúp hai hộ',
      'đổi hạn việc 1 của đ/c Lụa sang 15/12',
    ]),
  )('is not edited: %s', (text) => {
    expect(understood(text)).toBe('none')
    expect(answered(text)).toEqual({ intent: 'pledge.edit', slots: {}, extras: { ofOther: true } })
  })

  it.each([
    ['sửa việc 1 của em thành trồng cây', 'trồng cây'],
    ['sửa việc 1 của tôi: trồng cây', 'trồng cây'],
    ['sửa việc 1: giúp đỡ con của Thuận', 'giúp đỡ con của Thuận'],
    ['sửa việc 1 của chi bộ: trồng cây', 'trồng cây'],
  ])('is another matter than one’s own: %s', (text, content) => {
    expect(answered(text).slots).toEqual({ deed: 1, content })
  })
})

describe('"đk" by itself', () => {
  it.each(['đk', 'đk:', 'dk', 'ĐK'])('agrees to nothing: %s', (text) => {
    expect(understood(text, { expecting: 'confirm' })).toBe('pledge.register')
    expect(understood(text, { expecting: 'consent' })).toBe('pledge.register')
  })

  it.each(['được', 'đk ạ', 'dc', 'ok'])('is not what agrees: %s', (text) => {
    expect(understood(text, { expecting: 'confirm' })).toBe('dialogue.yes')
  })
})
