import { describe, expect, test } from 'vitest'
import {
  enCount,
  enDate,
  enDateTime,
  enDeed,
  enOrdinal,
  enPeriod,
  enRatio,
  enSome,
  enTenths,
} from '../../src/texts/en-forms.ts'
import { textsOf } from '../../src/texts/index.ts'
import {
  viCount,
  viDate,
  viDateTime,
  viDeed,
  viNumbered,
  viPeriod,
  viRatio,
  viTenths,
  viTwoDigits,
} from '../../src/texts/vi-forms.ts'

const zone = 'Asia/Ho_Chi_Minh'

describe('percentages', () => {
  test.each([
    [986, '98,6%', '98.6%'],
    [1000, '100%', '100%'],
    [999, '99,9%', '99.9%'],
    [950, '95%', '95%'],
    [1, '0,1%', '0.1%'],
    [0, '0%', '0%'],
    [null, '–', '–'],
  ])('%s tenths', (tenths, vi, en) => {
    expect(viTenths(tenths)).toBe(vi)
    expect(enTenths(tenths)).toBe(en)
  })

  test('stand behind numerator and denominator, and are left out where nobody counts', () => {
    expect(viRatio({ numerator: 18, denominator: 22 }, 818)).toBe('18/22 (81,8%)')
    expect(viRatio({ numerator: 4658, denominator: 4725 }, 986)).toBe('4.658/4.725 (98,6%)')
    expect(viRatio({ numerator: 0, denominator: 0 }, null)).toBe('0/0')
    expect(enRatio({ numerator: 4658, denominator: 4725 }, 986)).toBe('4,658/4,725 (98.6%)')
  })
})

describe('counts', () => {
  test.each([
    [0, '0', '00', '0'],
    [6, '6', '06', '6'],
    [10, '10', '10', '10'],
    [999, '999', '999', '999'],
    [4725, '4.725', '4.725', '4,725'],
    [1_234_567, '1.234.567', '1.234.567', '1,234,567'],
  ])('%s', (count, vi, two, en) => {
    expect(viCount(count)).toBe(vi)
    expect(viTwoDigits(count)).toBe(two)
    expect(enCount(count)).toBe(en)
  })

  test('agree with their noun in English', () => {
    expect([0, 1, 2].map((count) => enSome(count, 'deed'))).toEqual(['0 deeds', '1 deed', '2 deeds'])
    expect(enSome(2, 'person', 'people')).toBe('2 people')
    expect([1, 2, 3, 4, 5].map(enOrdinal)).toEqual(['first', 'second', 'third', 'fourth', 'fifth'])
  })
})

describe('dates', () => {
  test.each([
    ['2026-11-30', '30/11/2026', '30 November 2026'],
    ['2027-01-05', '05/01/2027', '5 January 2027'],
    ['2028-02-29', '29/02/2028', '29 February 2028'],
  ])('%s', (date, vi, en) => {
    expect(viDate(date)).toBe(vi)
    expect(enDate(date)).toBe(en)
  })

  test.each([
    ['2026-10-03T12:30:00Z', '19 giờ 30, thứ Bảy, ngày 03/10/2026', '19:30, Saturday, 3 October 2026'],
    ['2026-10-04T12:00:00Z', '19 giờ, Chủ nhật, ngày 04/10/2026', '19:00, Sunday, 4 October 2026'],
    ['2026-10-05T00:05:00Z', '7 giờ 05, thứ Hai, ngày 05/10/2026', '07:05, Monday, 5 October 2026'],
    ['2026-10-05T17:00:00Z', '0 giờ, thứ Ba, ngày 06/10/2026', '00:00, Tuesday, 6 October 2026'],
    ['2026-10-07T05:00:00Z', '12 giờ, thứ Tư, ngày 07/10/2026', '12:00, Wednesday, 7 October 2026'],
    ['2026-10-08T05:00:00Z', '12 giờ, thứ Năm, ngày 08/10/2026', '12:00, Thursday, 8 October 2026'],
    ['2026-12-31T18:00:00Z', '1 giờ, thứ Sáu, ngày 01/01/2027', '01:00, Friday, 1 January 2027'],
  ])('%s as people in Vietnam read it', (instant, vi, en) => {
    expect(viDateTime(new Date(instant), zone)).toBe(vi)
    expect(enDateTime(new Date(instant), zone)).toBe(en)
  })

  test.each([
    ['2026', 'năm 2026', '2026'],
    ['2026-01', 'tháng 1/2026', 'January 2026'],
    ['2026-12', 'tháng 12/2026', 'December 2026'],
    ['2026-Q1', 'quý I/2026', 'the first quarter of 2026'],
    ['2026-Q4', 'quý IV/2026', 'the fourth quarter of 2026'],
    ['2026-H1', '6 tháng đầu năm 2026', 'the first half of 2026'],
    ['2026-H2', '6 tháng cuối năm 2026', 'the second half of 2026'],
  ])('period %s', (period, vi, en) => {
    expect(viPeriod(period)).toBe(vi)
    expect(enPeriod(period)).toBe(en)
  })
})

describe('deeds and lists', () => {
  test('a deed stands with its deadline; erased words leave a note', () => {
    expect(viDeed({ content: 'giúp 1 hộ nghèo', dueOn: '2026-11-30' })).toBe('giúp 1 hộ nghèo – hạn 30/11/2026')
    expect(viDeed({ content: 'giúp 1 hộ nghèo', dueOn: null })).toBe('giúp 1 hộ nghèo')
    expect(viDeed({ content: null, dueOn: '2026-11-30' })).toBe('(đã xoá) – hạn 30/11/2026')
    expect(enDeed({ content: 'help a family', dueOn: '2026-11-30' })).toBe('help a family – by 30 November 2026')
    expect(enDeed({ content: null, dueOn: null })).toBe('(erased)')
  })

  test('lists are numbered from one', () => {
    expect(viNumbered(['An', 'Bình'])).toBe('1. An\n2. Bình')
    expect(viNumbered([])).toBe('')
  })
})

describe('the standing schedule', () => {
  const hall = { hour: 19, minute: 30, place: 'nhà văn hoá' }
  test.each([
    [{ day: 3, ...hall }, 'ngày 03, 19 giờ 30, tại nhà văn hoá', 'day 3 of the month, 19:30, nhà văn hoá'],
    [
      { weekday: 1, nth: 1, hour: 7, minute: 0, place: null },
      'thứ Hai đầu tiên của tháng, 7 giờ',
      'the first Monday of the month, 7:00',
    ],
    [
      { weekday: 0, nth: 2, hour: 8, minute: 5, place: null },
      'Chủ nhật lần thứ hai trong tháng, 8 giờ 05',
      'the second Sunday of the month, 8:05',
    ],
    [
      { weekday: 6, nth: 4, hour: 8, minute: 0, place: null },
      'thứ Bảy lần thứ tư trong tháng, 8 giờ',
      'the fourth Saturday of the month, 8:00',
    ],
    [
      { weekday: 5, nth: 'last' as const, hour: 19, minute: 0, place: null },
      'thứ Sáu cuối cùng của tháng, 19 giờ',
      'the last Friday of the month, 19:00',
    ],
  ])('%j', (rule, vi, en) => {
    expect(textsOf('vi').rule(rule)).toBe(vi)
    expect(textsOf('en').rule(rule)).toBe(en)
  })
})

describe('who was reminded', () => {
  test.each([
    [8, 1, 0, 'Đã nhắc riêng 08 đồng chí, nhắc chung trong nhóm (01 đồng chí chưa mở trò chuyện riêng).'],
    [2, 0, 3, 'Đã nhắc riêng 02 đồng chí. 03 đồng chí đã được nhắc đủ hai lần trong tuần nên không nhắc thêm.'],
    [0, 0, 3, '03 đồng chí đã được nhắc đủ hai lần trong tuần nên không nhắc thêm.'],
    [0, 0, 0, 'Không còn ai cần nhắc.'],
  ])('%i privately, %i in the group, %i no more this week', (privately, inGroup, held, text) => {
    expect(textsOf('vi').nudged(privately, inGroup, held)).toBe(text)
  })
})
