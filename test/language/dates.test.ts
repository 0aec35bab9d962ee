/** Date phrases by table: what is fixed is exact, what may not be guessed is asked about. */
import { describe, expect, it } from 'vitest'
import { isoDay } from '../../src/language/calendar.ts'
import { resolveDate } from '../../src/language/dates.ts'
import { tetDay } from '../../src/language/lunar.ts'

const monday = '2026-10-05T09:00:00+07:00'
const resolve = (text: string, now = monday, zone = 'Asia/Ho_Chi_Minh') => resolveDate(text, new Date(now), zone)

describe('a day', () => {
  it.each([
    ['30/11', '2026-11-30'],
    ['trước 30/11', '2026-11-30'],
    ['3/2', '2027-02-03'],
    ['03-02', '2027-02-03'],
    ['3.2.2026', '2026-02-03'],
    ['5/10', '2026-10-05'],
    ['4/10', '2027-10-04'],
    ['2026-11-30', '2026-11-30'],
    ['30/11/26', '2026-11-30'],
    ['ngày 03 tháng 02 năm 2026', '2026-02-03'],
    ['ngày 20', '2026-10-20'],
    ['ngày 3', '2026-11-03'],
    ['ngày 5', '2026-10-05'],
    ['ngày 31', '2026-10-31'],
    ['mùng 3', '2026-11-03'],
    ['mồng 3', '2026-11-03'],
    ['mùng 10 tháng 12', '2026-12-10'],
    ['hôm nay', '2026-10-05'],
    ['ngày mai', '2026-10-06'],
    ['ngày kia', '2026-10-07'],
    ['3 ngày nữa', '2026-10-08'],
    ['2 tuần nữa', '2026-10-19'],
    ['thứ 6', '2026-10-09'],
    ['thứ sáu tuần sau', '2026-10-16'],
    ['chủ nhật', '2026-10-11'],
    ['CN tuần này', '2026-10-11'],
    ['T3 tuần sau', '2026-10-13'],
    ['thứ 6 cuối tháng', '2026-10-30'],
    ['thứ 6 ngày 9/10', '2026-10-09'],
    ['Nov 30', '2026-11-30'],
    ['30th of November', '2026-11-30'],
    ['tomorrow', '2026-10-06'],
  ])('%s is %s', (text, value) => expect(resolve(text)).toEqual({ value }))
})

describe('a deadline is the last day meant', () => {
  it.each([
    ['hết quý I', '2027-03-31'],
    ['hết quý 4', '2026-12-31'],
    ['cuối năm', '2026-12-31'],
    ['xong trong tháng 6', '2027-06-30'],
    ['hết tháng 10', '2026-10-31'],
    ['hết tháng 2', '2027-02-28'],
    ['hết tháng 2 năm 2028', '2028-02-29'],
    ['trong tuần này', '2026-10-11'],
    ['cuối quý', '2026-12-31'],
    ['hết 6 tháng đầu năm 2027', '2027-06-30'],
    ['đến hết tháng 6/2027', '2027-06-30'],
    ['chậm nhất 25/10', '2026-10-25'],
    ['trước 12h đêm 20/10', '2026-10-20'],
    ['by the end of the year', '2026-12-31'],
  ])('%s is %s', (text, value) => expect(resolve(text)).toEqual({ value }))

  it.each([
    ['hết quý I', '2026-01-10T08:00:00+07:00', '2026-03-31'],
    ['xong trong tháng 6', '2026-01-10T08:00:00+07:00', '2026-06-30'],
    ['cuối năm', '2026-12-31T23:00:00+07:00', '2026-12-31'],
    ['ngày 1', '2026-12-31T23:00:00+07:00', '2027-01-01'],
    ['ngày mai', '2027-12-31T12:00:00+07:00', '2028-01-01'],
    ['thứ 2', '2027-12-31T12:00:00+07:00', '2028-01-03'],
    ['29/2', '2026-10-05T09:00:00+07:00', '2028-02-29'],
    ['29/2', '2028-02-29T09:00:00+07:00', '2028-02-29'],
    ['ngày 30', '2027-02-10T12:00:00+07:00', '2027-03-30'],
    ['hết tháng này', '2028-02-03T12:00:00+07:00', '2028-02-29'],
    ['tháng sau', '2026-12-10T12:00:00+07:00', '2027-01'],
    ['quý sau', '2026-12-10T12:00:00+07:00', '2027-Q1'],
    ['quý trước', '2027-02-10T12:00:00+07:00', '2026-Q4'],
    // One in the morning in Hanoi is still the day before in London.
    ['hôm nay', '2026-10-04T18:30:00Z', '2026-10-05'],
  ])('%s at %s is %s', (text, now, value) => expect(resolve(text, now)).toEqual({ value }))
})

describe('an hour', () => {
  it.each([
    ['7h30 tối thứ 6', '2026-10-09T19:30+07:00'],
    ['19h30 ngày 20/10', '2026-10-20T19:30+07:00'],
    ['19g30 ngày 20/10', '2026-10-20T19:30+07:00'],
    ['19 giờ 30 ngày 20/10', '2026-10-20T19:30+07:00'],
    ['19:30 20/10', '2026-10-20T19:30+07:00'],
    ['7 rưỡi tối mai', '2026-10-06T19:30+07:00'],
    ['tối mai 7 rưỡi', '2026-10-06T19:30+07:00'],
    ['8h kém 15 sáng mai', '2026-10-06T07:45+07:00'],
    ['chiều 2h thứ 4 tuần sau', '2026-10-14T14:00+07:00'],
    ['12h trưa mai', '2026-10-06T12:00+07:00'],
    ['12h đêm 20/10', '2026-10-21T00:00+07:00'],
    ['7pm friday', '2026-10-09T19:00+07:00'],
  ])('%s is %s', (text, value) => expect(resolve(text)).toEqual({ value }))

  it('carries the offset of the zone on that day', () => {
    expect(resolve('20/12 19h30', monday, 'Europe/Berlin')).toEqual({ value: '2026-12-20T19:30+01:00' })
    expect(resolve('20/10 19h30', monday, 'Europe/Berlin')).toEqual({ value: '2026-10-20T19:30+02:00' })
    expect(resolve('20/10 19h30', monday, 'America/St_Johns')).toEqual({ value: '2026-10-20T19:30-02:30' })
  })
})

describe('a period', () => {
  it.each([
    ['tháng này', '2026-10'],
    ['tháng 3', '2026-03'],
    ['T11', '2026-11'],
    ['quý 1', '2026-Q1'],
    ['quí III năm ngoái', '2025-Q3'],
    ['Q3/2025', '2025-Q3'],
    ['6 tháng đầu năm', '2026-H1'],
    ['6 tháng cuối năm 2025', '2025-H2'],
    ['năm ngoái', '2025'],
    ['năm nay', '2026'],
    ['2026', '2026'],
    ['last year', '2025'],
  ])('%s is %s', (text, value) => expect(resolve(text)).toEqual({ value }))
})

describe('a standing schedule', () => {
  it.each([
    ['mùng 3 hằng tháng lúc 19h30', '30 19 3 * *'],
    ['7h sáng thứ Hai tuần đầu tháng', '0 7 * * 1#1'],
    ['tối thứ 6 cuối tháng 19h', '0 19 * * 5L'],
    ['ngày 5 hằng tháng, 8h kém 15 sáng', '45 7 5 * *'],
    ['8h sáng CN đầu tháng', '0 8 * * 0#1'],
    ['chiều 2h thứ 6 tuần thứ hai hằng tháng', '0 14 * * 5#2'],
    ['thứ hai hằng tuần lúc 7h', '0 7 * * 1'],
    ['first Monday of every month at 7am', '0 7 * * 1#1'],
    ['chiều thứ năm cuối tháng 3 rưỡi', '30 15 * * 4L'],
  ])('%s is %s', (text, value) => expect(resolve(text)).toEqual({ value }))
})

describe('what may not be guessed is asked about', () => {
  it.each([
    ['mùng 3 Tết', ['2027-02-08']],
    ['mùng 3 âm lịch', ['2026-10-12', '2026-11-03']],
    ['20/10 âm lịch', ['2026-11-28', '2026-10-20']],
    ['31/11', ['2026-11-30', '2026-12-01']],
    ['29/2/2027', ['2027-02-28', '2027-03-01']],
    ['thứ 6 ngày 10/10', ['2026-10-10', '2026-10-09']],
    ['trước tháng 12', ['2026-11-30', '2026-12-31']],
    ['T3', ['2026-10-06', '2026-03']],
    ['30 Tết', ['2027-02-05']],
    ['hạn T3', ['2026-10-06', '2027-03-31']],
    ['trước T3', ['2026-10-06', '2027-02-28', '2027-03-31']],
    ['trong tháng 9 âm lịch', ['2026-11-08', '2027-09-30']],
    ['hết tháng Chạp', ['2027-02-05', '2026-12-31']],
  ])('%s', (text, candidates) => expect(resolve(text)).toEqual({ ask: candidates }))

  it('a day counted with mùng around Tết, as the moon may be meant', () => {
    expect(resolve('mùng 3', '2027-02-01T09:00:00+07:00')).toEqual({ ask: ['2027-02-03', '2027-02-08'] })
    expect(resolve('mùng 3', '2027-04-01T09:00:00+07:00')).toEqual({ value: '2027-04-03' })
  })

  it('the beginning and the middle of a period, which name no day', () => {
    for (const text of ['đầu tháng 12', 'giữa tháng 11', 'đầu năm 2027']) expect(resolve(text)).toHaveProperty('ask')
  })
})

describe('what is no date', () => {
  it.each([
    '',
    'trước hạn',
    'mỗi thứ 7',
    '24/7',
    '1/2 số đơn',
    'nhân dịp 3/2',
    'xin chào',
    '100%',
    '2.5%',
    '45/13',
    'ngày 45',
    'chị Mai',
    'cô Mai Lan',
    'trả lời dân trong 2 giờ',
    '2 giờ nữa',
    '   ',
  ])('%s', (text) => expect(resolve(text)).toEqual({ value: null }))
})

it('Tết falls where the Vietnamese calendar has it, also where the Chinese one differs', () => {
  const known = {
    2007: '2007-02-17',
    2024: '2024-02-10',
    2025: '2025-01-29',
    2026: '2026-02-17',
    2027: '2027-02-06',
    2028: '2028-01-26',
    2030: '2030-02-02',
  }
  for (const [year, day] of Object.entries(known)) expect(isoDay(tetDay(Number(year)))).toBe(day)
})

it('a bad instant or zone is refused, not guessed', () => {
  expect(() => resolve('mai', 'never')).toThrow(RangeError)
  expect(() => resolve('20/10 19h', monday, 'Mars/Olympus')).toThrow(RangeError)
})
