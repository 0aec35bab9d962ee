import fc from 'fast-check'
import { DateTime } from 'luxon'
import { describe, expect, it } from 'vitest'
import {
  addDays,
  addMonths,
  addToMonth,
  dateOf,
  dayNumberOf,
  daysBetween,
  endOfHalf,
  endOfMonth,
  endOfQuarter,
  endOfYear,
  instantAt,
  isLocalDate,
  isPeriod,
  isZone,
  localAt,
  localDate,
  minutesOfTime,
  monthOf,
  periodContaining,
  periodKindOf,
  periodRange,
  previousPeriod,
  weekdayOf,
} from '../../src/domain/calendar.ts'
import { DomainError } from '../../src/domain/errors.ts'

const seed = 20260203
const zone = 'Asia/Ho_Chi_Minh'
const dates = fc
  .integer({ min: dayNumberOf('1900-01-01'), max: dayNumberOf('2199-12-31') })
  .map((days) => DateTime.fromObject({ year: 1970, month: 1, day: 1 }, { zone: 'utc' }).plus({ days }).toISODate()!)

describe('civil dates', () => {
  it.each([
    ['2024-02-29', true],
    ['2026-02-29', false],
    ['2100-02-29', false],
    ['2000-02-29', true],
    ['2026-04-31', false],
    ['2026-4-3', false],
    ['2026-13-01', false],
    ['2026-00-10', false],
    ['0000-01-01', false],
    ['03/02/2026', false],
    ['', false],
  ])('knows whether %s exists', (text, exists) => {
    expect(isLocalDate(text)).toBe(exists)
    if (!exists) expect(() => addDays(text, 1)).toThrow(DomainError)
  })

  it('agrees with luxon on weekday, adding days and months, and the ends of month, quarter, half and year', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -800, max: 800 }), (date, amount) => {
        const theirs = DateTime.fromISO(date, { zone: 'utc' })
        expect(weekdayOf(date)).toBe(theirs.weekday % 7)
        expect(addDays(date, amount)).toBe(theirs.plus({ days: amount }).toISODate())
        expect(addMonths(date, amount)).toBe(theirs.plus({ months: amount }).toISODate())
        expect(endOfMonth(date)).toBe(theirs.endOf('month').toISODate())
        expect(endOfQuarter(date)).toBe(theirs.endOf('quarter').toISODate())
        expect(endOfYear(date)).toBe(theirs.endOf('year').toISODate())
        expect(endOfHalf(date)).toBe(theirs.month <= 6 ? `${date.slice(0, 4)}-06-30` : `${date.slice(0, 4)}-12-31`)
        expect(daysBetween(date, addDays(date, amount))).toBe(amount)
      }),
      { seed, numRuns: 500 },
    )
  })

  it('keeps the day of the month where it can and falls on the last one where it cannot', () => {
    expect(addMonths('2026-01-31', 1)).toBe('2026-02-28')
    expect(addMonths('2028-01-31', 1)).toBe('2028-02-29')
    expect(addMonths('2026-03-31', -1)).toBe('2026-02-28')
    expect(addToMonth('2026-12', 1)).toBe('2027-01')
    expect(addToMonth('2026-01', -1)).toBe('2025-12')
  })

  it('refuses numbers and times that are none, with a code', () => {
    expect(() => localDate(2026, 2, 30)).toThrow(expect.objectContaining({ code: 'badDate' }))
    expect(() => localDate(2026, 2.5, 3)).toThrow(expect.objectContaining({ code: 'badDate' }))
    expect(() => minutesOfTime('24:00')).toThrow(expect.objectContaining({ code: 'badTime' }))
    expect(() => addToMonth('2026-13', 1)).toThrow(expect.objectContaining({ code: 'badMonth' }))
    expect(() => instantAt('2026-01-01', '08:00', 'Asia/Nowhere')).toThrow(expect.objectContaining({ code: 'badZone' }))
    expect(() => dateOf(new Date(Number.NaN), zone)).toThrow(expect.objectContaining({ code: 'badZone' }))
  })
})

describe('zones', () => {
  it('turns the evening of a meeting in Viet Nam into the instant seven hours earlier by UTC', () => {
    expect(instantAt('2026-10-03', '19:30', zone).toISOString()).toBe('2026-10-03T12:30:00.000Z')
    expect(isZone(zone)).toBe(true)
    expect(isZone('Asia/Nowhere')).toBe(false)
  })

  it('places one instant in the month of each zone', () => {
    const newYear = new Date('2025-12-31T18:00:00Z')
    expect(monthOf(newYear, zone)).toBe('2026-01')
    expect(monthOf(newYear, 'UTC')).toBe('2025-12')
  })

  it('comes back to the date and time it was given, whatever the day', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 0, max: 1439 }), (date, minutes) => {
        fc.pre(date >= '1980-01-01')
        const time = `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`
        expect(localAt(instantAt(date, time, zone), zone)).toEqual({ on: date, time })
      }),
      { seed, numRuns: 300 },
    )
  })

  it('takes the earlier instant of an hour that summer time repeats and moves on past an hour it skips', () => {
    expect(instantAt('2026-10-25', '02:30', 'Europe/Berlin').toISOString()).toBe('2026-10-25T00:30:00.000Z')
    expect(localAt(instantAt('2026-03-29', '02:30', 'Europe/Berlin'), 'Europe/Berlin')).toEqual({
      on: '2026-03-29',
      time: '03:30',
    })
  })
})

describe('periods', () => {
  it.each([
    ['2026', 'year', '2026-01-01', '2026-12-31'],
    ['2026-H1', 'half', '2026-01-01', '2026-06-30'],
    ['2026-H2', 'half', '2026-07-01', '2026-12-31'],
    ['2026-Q1', 'quarter', '2026-01-01', '2026-03-31'],
    ['2026-Q2', 'quarter', '2026-04-01', '2026-06-30'],
    ['2026-Q3', 'quarter', '2026-07-01', '2026-09-30'],
    ['2026-Q4', 'quarter', '2026-10-01', '2026-12-31'],
    ['2028-02', 'month', '2028-02-01', '2028-02-29'],
  ])('knows the days of %s', (period, kind, from, to) => {
    expect(periodRange(period)).toEqual({ from, to })
    expect(periodKindOf(period)).toBe(kind)
  })

  it.each(['2026-Q5', '2026-Q0', '2026-H3', '2026-13', '2026-1', '26', '2026-q1', '', '2026-03-01', '0000'])(
    'refuses "%s" as a period',
    (text) => {
      expect(isPeriod(text)).toBe(false)
      expect(() => periodRange(text)).toThrow(expect.objectContaining({ code: 'badPeriod' }))
    },
  )

  it('finds for every day one period of each kind, which holds it and touches the one before', () => {
    fc.assert(
      fc.property(dates, fc.constantFrom('year', 'half', 'quarter', 'month'), (date, kind) => {
        const period = periodContaining(date, kind)
        const { from, to } = periodRange(period)
        expect(from <= date && date <= to).toBe(true)
        expect(periodKindOf(period)).toBe(kind)
        expect(addDays(periodRange(previousPeriod(period)).to, 1)).toBe(from)
      }),
      { seed, numRuns: 300 },
    )
  })
})
