import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { addDays, weekdayOf } from '../../src/domain/calendar.ts'
import {
  isWorkingDay,
  knowsYearOf,
  nextWorkingDay,
  noHolidays,
  previousWorkingDay,
  readHolidays,
} from '../../src/domain/holidays.ts'

const json = JSON.parse(readFileSync(new URL('../../prisma/data/holidays-vn.json', import.meta.url), 'utf8'))
const holidays = readHolidays(json)

describe('the holiday data', () => {
  it('hold 2025 to 2027 with a source for every day', () => {
    expect([...holidays.years].sort()).toEqual([2025, 2026, 2027])
    for (const day of [...holidays.off.values(), ...holidays.worked.values()]) {
      expect(day.name).not.toBe('')
      expect(day.source).not.toBe('')
    }
  })

  it.each([
    ['2025-01-29', 'Tết Ất Tỵ'],
    ['2025-04-07', 'Giỗ Tổ'],
    ['2025-05-02', 'hoán đổi'],
    ['2026-02-17', 'Tết Bính Ngọ'],
    ['2026-04-27', 'Nghỉ bù Giỗ Tổ'],
    ['2026-04-30', 'Ngày Chiến thắng'],
    ['2026-05-01', 'Quốc tế lao động'],
    ['2026-09-02', 'Quốc khánh'],
    ['2027-02-08', 'Tết Đinh Mùi'],
    ['2027-04-16', 'Giỗ Tổ'],
    ['2027-05-03', 'Nghỉ bù'],
  ])('have %s off (%s)', (date, name) => {
    expect(isWorkingDay(date, holidays)).toBe(false)
    expect(holidays.off.get(date)?.name).toContain(name)
  })

  it('mark what was not announced as unconfirmed and what the law names as confirmed', () => {
    expect(holidays.off.get('2027-02-10')?.isConfirmed).toBe(false)
    expect(holidays.off.get('2026-11-24')?.isConfirmed).toBe(false)
    expect(holidays.off.get('2027-02-06')?.isConfirmed).toBe(true)
    expect(holidays.off.get('2026-02-17')?.isConfirmed).toBe(true)
  })

  it('make up for days off only on days of the weekend', () => {
    for (const on of holidays.worked.keys()) {
      expect([0, 6]).toContain(weekdayOf(on))
      expect(isWorkingDay(on, holidays)).toBe(true)
    }
  })

  it('give every named holiday of each year', () => {
    for (const year of holidays.years) {
      for (const day of ['01-01', '04-30', '05-01', '09-02']) expect(holidays.off.has(`${year}-${day}`)).toBe(true)
      expect(
        [...holidays.off].filter(([on, { name }]) => on.startsWith(`${year}`) && /^Tết /.test(name)).length,
      ).toBeGreaterThanOrEqual(6)
    }
  })
})

describe('working days', () => {
  it('carry a day in Tết to the first Monday after it and back to the last Friday before it', () => {
    expect(nextWorkingDay('2026-02-14', holidays)).toEqual({ on: '2026-02-23', holidaysKnown: true })
    expect(previousWorkingDay('2026-02-22', holidays)).toEqual({ on: '2026-02-13', holidaysKnown: true })
  })

  it('leave a working day where it is', () => {
    expect(nextWorkingDay('2026-03-03', holidays).on).toBe('2026-03-03')
    expect(previousWorkingDay('2026-03-03', holidays).on).toBe('2026-03-03')
  })

  it('say so when a year is not in the data, and also when the search only passes into one', () => {
    expect(knowsYearOf('2031-03-03', holidays)).toBe(false)
    expect(nextWorkingDay('2031-03-01', holidays)).toEqual({ on: '2031-03-03', holidaysKnown: false })
    expect(previousWorkingDay('2025-01-01', holidays)).toEqual({ on: '2024-12-31', holidaysKnown: false })
    expect(nextWorkingDay('2026-03-03', noHolidays).holidaysKnown).toBe(false)
  })

  it('heed weekends alone where nothing is known', () => {
    for (let on = '2031-01-01'; on < '2032-01-01'; on = addDays(on, 1)) {
      expect(isWorkingDay(on, holidays)).toBe(![0, 6].includes(weekdayOf(on)))
    }
  })
})

describe('reading a table', () => {
  const entry = { from: '2028-01-01', to: '2028-01-01', name: 'Tết Dương lịch', source: 'Điều 112', confirmed: true }
  const table = (off: unknown, worked: unknown = []) => ({ years: { '2028': { off, worked } } })

  it('accepts a plain one', () => {
    expect(readHolidays(table([entry])).off.has('2028-01-01')).toBe(true)
  })

  it.each<[string, unknown, string]>([
    ['no table at all', null, 'top level'],
    ['a year that is none', { years: { soon: { off: [], worked: [] } } }, 'soon'],
    ['a missing list', table(undefined), '2028.off'],
    ['an entry that is a text', table(['2028-01-01']), '2028.off[0]'],
    ['a day that does not exist', table([{ ...entry, to: '2028-02-30' }]), 'YYYY-MM-DD'],
    ['ends before it begins', table([{ ...entry, from: '2028-01-02' }]), 'after'],
    ['a day of another year', table([{ ...entry, to: '2029-01-01' }]), 'outside 2028'],
    ['a day named twice', table([entry, entry]), 'twice'],
    ['a day both off and worked', table([entry], [entry]), 'both'],
    ['no source', table([{ ...entry, source: undefined }]), 'source'],
    ['no word on whether it is confirmed', table([{ ...entry, confirmed: 'yes' }]), 'confirmed'],
  ])('refuses %s and says where', (_, given, message) => {
    expect(() => readHolidays(given)).toThrow(expect.objectContaining({ code: 'badHolidays' }))
    expect(() => readHolidays(given)).toThrow(message)
  })

  it('stops instead of searching for ever when a table has no working day left', () => {
    const off = new Map<string, { name: string; source: string; isConfirmed: boolean }>()
    for (let on = '2028-01-01'; on < '2030-01-01'; on = addDays(on, 1))
      off.set(on, { name: '', source: '', isConfirmed: true })
    expect(() => nextWorkingDay('2028-01-01', { years: new Set([2028]), off, worked: new Map() })).toThrow(
      'no working day',
    )
  })
})
