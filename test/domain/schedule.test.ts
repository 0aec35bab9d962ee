import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { DateTime } from 'luxon'
import cron from 'node-cron'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { addToMonth } from '../../src/domain/calendar.ts'
import { type HolidayCalendar, noHolidays, readHolidays } from '../../src/domain/holidays.ts'
import {
  isSchedule,
  nextOccurrences,
  occurrenceIn,
  parseSchedule,
  ScheduleError,
  type Shift,
  shifts,
} from '../../src/domain/schedule.ts'

const seed = 20260203
const zone = 'Asia/Ho_Chi_Minh'
const holidays = readHolidays(
  JSON.parse(readFileSync(new URL('../../prisma/data/holidays-vn.json', import.meta.url), 'utf8')),
)
const on = (cronText: string, month: string, shift: Shift = 'same') =>
  occurrenceIn({ cron: cronText, shift }, month, zone, holidays)

describe('reading a cron', () => {
  it.each([
    ['30 19 3 * *', { kind: 'day', day: 3, time: '19:30' }],
    ['  5   7  31 * * ', { kind: 'day', day: 31, time: '07:05' }],
    ['0 7 * * 1#1', { kind: 'weekday', weekday: 1, nth: 1, time: '07:00' }],
    ['0 19 * * 5L', { kind: 'weekday', weekday: 5, nth: 'last', time: '19:00' }],
    ['0 8 * * 0#2', { kind: 'weekday', weekday: 0, nth: 2, time: '08:00' }],
    ['0 8 * * 7L', { kind: 'weekday', weekday: 0, nth: 'last', time: '08:00' }],
  ])('takes "%s"', (text, rule) => {
    expect(parseSchedule(text)).toEqual(rule)
    expect(isSchedule(text)).toBe(true)
  })

  it.each([
    ['', 'notFiveFields'],
    ['30 19 3 *', 'notFiveFields'],
    ['0 30 19 3 * *', 'notFiveFields'],
    ['60 19 3 * *', 'badTime'],
    ['30 24 3 * *', 'badTime'],
    ['*/5 * 3 * *', 'badTime'],
    ['30 19,20 3 * *', 'badTime'],
    ['-1 19 3 * *', 'badTime'],
    ['30 19 * * *', 'notMonthly'],
    ['30 19 3 * 1', 'notMonthly'],
    ['30 19 3 1 *', 'notMonthly'],
    ['30 19 3 */2 *', 'notMonthly'],
    ['30 19 0 * *', 'badDay'],
    ['30 19 32 * *', 'badDay'],
    ['30 19 1-7 * *', 'badDay'],
    ['30 19 L * *', 'badDay'],
    ['0 7 * * 1', 'badWeekday'],
    ['0 7 * * 1#5', 'badWeekday'],
    ['0 7 * * 8#1', 'badWeekday'],
    ['0 7 * * mon#1', 'badWeekday'],
    ['0 7 * * 1#1,2#1', 'badWeekday'],
  ])('refuses "%s" and says which part is wrong', (text, problem) => {
    expect(() => parseSchedule(text)).toThrow(ScheduleError)
    expect(() => parseSchedule(text)).toThrow(expect.objectContaining({ code: 'badSchedule', problem }))
    expect(isSchedule(text)).toBe(false)
  })
})

describe('real schedules (domain.md §3.2)', () => {
  it('put the hamlet of Huế on 3 October 2026 at 19:30', () => {
    expect(on('30 19 3 * *', '2026-10')).toEqual({
      startsAt: new Date('2026-10-03T19:30:00+07:00'),
      on: '2026-10-03',
      plannedOn: '2026-10-03',
      isShifted: false,
      holidaysKnown: true,
    })
  })

  it('move the first of the month in Hậu Giang off Saturday, Sunday and holidays to the next day worked', () => {
    expect(on('45 6 1 * *', '2026-11', 'nextWorkingDay').on).toBe('2026-11-02')
    expect(on('45 6 1 * *', '2026-05', 'nextWorkingDay').on).toBe('2026-05-04')
    expect(on('45 6 1 * *', '2026-01', 'nextWorkingDay').on).toBe('2026-01-05')
  })

  it('keep the flag salute of Bắc Ninh on the first Monday, Tết or not, unless it is to move', () => {
    expect(on('0 7 * * 1#1', '2026-02').on).toBe('2026-02-02')
    expect(on('0 7 * * 1#3', '2026-02').on).toBe('2026-02-16')
    expect(on('0 7 * * 1#3', '2026-02', 'nextWorkingDay')).toMatchObject({ on: '2026-02-23', isShifted: true })
    expect(on('0 7 * * 1#3', '2026-02', 'previousWorkingDay')).toMatchObject({ on: '2026-02-13', isShifted: true })
  })

  it('let a shift cross the border of the month and still count the meeting to its planned month', () => {
    expect(on('0 19 31 * *', '2026-05', 'nextWorkingDay')).toMatchObject({ on: '2026-06-01', plannedOn: '2026-05-31' })
    expect(on('0 19 1 * *', '2026-08', 'previousWorkingDay')).toMatchObject({
      on: '2026-07-31',
      plannedOn: '2026-08-01',
    })
    expect(on('0 19 1 * *', '2027-01', 'previousWorkingDay')).toMatchObject({
      on: '2026-12-31',
      plannedOn: '2027-01-01',
    })
  })

  it('hold the meeting of the 29th, 30th or 31st on the last day of a month that is too short', () => {
    expect(on('0 19 31 * *', '2026-02').on).toBe('2026-02-28')
    expect(on('0 19 29 * *', '2028-02').on).toBe('2028-02-29')
    expect(on('0 19 30 * *', '2028-02').on).toBe('2028-02-29')
    expect(on('0 19 31 * *', '2026-04').on).toBe('2026-04-30')
  })

  it('heed only weekends in a year without data, and say so', () => {
    expect(on('0 19 30 * *', '2029-04', 'nextWorkingDay')).toMatchObject({ on: '2029-04-30', holidaysKnown: false })
    expect(on('0 19 1 * *', '2025-01', 'previousWorkingDay')).toMatchObject({ on: '2024-12-31', holidaysKnown: false })
  })
})

describe('the next meetings', () => {
  const first = { cron: '0 19 1 * *', shift: 'previousWorkingDay' as const }

  it('include one that begins this very instant and leave out one that began a minute ago', () => {
    const starts = new Date('2026-10-03T12:30:00Z')
    const schedule = { cron: '30 19 3 * *', shift: 'same' as const }
    expect(nextOccurrences(schedule, starts, 1, zone, holidays)[0]!.startsAt).toEqual(starts)
    expect(nextOccurrences(schedule, new Date(starts.getTime() + 60_000), 1, zone, holidays)[0]!.plannedOn).toBe(
      '2026-11-03',
    )
  })

  it('find a meeting of next month that was brought forward into this one', () => {
    const found = nextOccurrences(first, new Date('2026-07-31T08:00:00+07:00'), 2, zone, holidays)
    expect(found.map((occurrence) => occurrence.on)).toEqual(['2026-07-31', '2026-08-28'])
  })

  it('find a meeting of last month that was put off into this one', () => {
    const last = { cron: '0 19 31 * *', shift: 'nextWorkingDay' as const }
    const found = nextOccurrences(last, new Date('2026-06-01T08:00:00+07:00'), 1, zone, holidays)
    expect(found[0]).toMatchObject({ on: '2026-06-01', plannedOn: '2026-05-31' })
  })

  it('are none when none are asked for', () => {
    expect(nextOccurrences(first, new Date('2026-07-31T08:00:00Z'), 0, zone, holidays)).toEqual([])
  })
})

const millisPerDay = 86_400_000
const isoOf = (millis: number) => new Date(millis).toISOString().slice(0, 10)
const weekdayAt = (millis: number) => new Date(millis).getUTCDay()

/** Walks the days of a month one by one and takes the one that answers the description. */
function walkMonth(month: string, description: { day?: number; weekday?: number; nth?: number | 'last' }): number {
  const days: number[] = []
  for (let day = Date.parse(`${month}-01T00:00:00Z`); isoOf(day).startsWith(month); day += millisPerDay) days.push(day)
  if (description.day !== undefined) return days[description.day - 1] ?? days.at(-1)!
  const those = days.filter((day) => weekdayAt(day) === description.weekday)
  return description.nth === 'last' ? those.at(-1)! : those[Number(description.nth) - 1]!
}

function walkShift(planned: number, shift: Shift, calendar: HolidayCalendar): number {
  let day = planned
  const isOff = () => {
    if (calendar.worked.has(isoOf(day))) return false
    return weekdayAt(day) % 6 === 0 || calendar.off.has(isoOf(day))
  }
  while (shift !== 'same' && isOff()) day += shift === 'nextWorkingDay' ? millisPerDay : -millisPerDay
  return day
}

const descriptions = fc.oneof(
  fc.integer({ min: 1, max: 31 }).map((day) => ({ fields: `${day} * *`, description: { day } })),
  fc
    .tuple(fc.integer({ min: 0, max: 6 }), fc.constantFrom<1 | 2 | 3 | 4 | 'last'>(1, 2, 3, 4, 'last'))
    .map(([weekday, nth]) => ({
      fields: `* * ${weekday}${nth === 'last' ? 'L' : `#${nth}`}`,
      description: { weekday, nth },
    })),
)

/** Random days off and random weekend days worked, besides the real ones. */
const calendars = fc
  .array(fc.integer({ min: 0, max: 365 * 31 }), { maxLength: 400 })
  .map((offsets): HolidayCalendar => {
    const off = new Map(holidays.off)
    const worked = new Map(holidays.worked)
    for (const offset of offsets) {
      const date = DateTime.fromISO('2015-01-01', { zone: 'utc' }).plus({ days: offset })
      const entry = { name: '', source: '', isConfirmed: true }
      if (date.isWeekend && offset % 3 === 0) worked.set(date.toISODate()!, entry)
      else off.set(date.toISODate()!, entry)
    }
    return { years: new Set(Array.from({ length: 32 }, (_, i) => 2015 + i)), off, worked }
  })

describe('thirty years of meetings', () => {
  it('fall where walking day by day finds them, for every shape, shift and table of holidays', () => {
    fc.assert(
      fc.property(
        descriptions,
        fc.constantFrom(...shifts),
        calendars,
        fc.integer({ min: 0, max: 23 }),
        fc.integer({ min: 0, max: 59 }),
        ({ fields, description }, shift, calendar, hour, minute) => {
          const [ours, walked]: [unknown[], unknown[]] = [[], []]
          let month = '2016-01'
          for (let i = 0; i < 360; i += 1, month = addToMonth(month, 1)) {
            const found = occurrenceIn({ cron: `${minute} ${hour} ${fields}`, shift }, month, zone, calendar)
            ours.push([found.plannedOn, found.on, found.isShifted, found.startsAt.getTime()])
            const planned = walkMonth(month, description)
            const expected = walkShift(planned, shift, calendar)
            // Viet Nam is seven hours ahead of UTC all year.
            const startsAt = expected + ((hour - 7) * 60 + minute) * 60_000
            walked.push([isoOf(planned), isoOf(expected), planned !== expected, startsAt])
          }
          expect(ours).toEqual(walked)
        },
      ),
      { seed, numRuns: 40 },
    )
  })

  it('are one a month, in order, none lost and none doubled, when listed from any instant', () => {
    fc.assert(
      fc.property(
        descriptions,
        fc.constantFrom(...shifts),
        calendars,
        fc.date({ min: new Date('2016-02-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
        ({ fields }, shift, calendar, from) => {
          const schedule = { cron: `30 19 ${fields}`, shift }
          const listed = nextOccurrences(schedule, from, 14, zone, calendar)
          for (let i = 1; i < listed.length; i += 1) {
            expect(listed[i]!.plannedOn.slice(0, 7)).toBe(addToMonth(listed[i - 1]!.plannedOn.slice(0, 7), 1))
            expect(listed[i]!.startsAt >= listed[i - 1]!.startsAt).toBe(true)
          }
          expect(listed[0]!.startsAt >= from).toBe(true)
          const before = occurrenceIn(schedule, addToMonth(listed[0]!.plannedOn.slice(0, 7), -1), zone, calendar)
          expect(before.startsAt < from).toBe(true)
        },
      ),
      { seed, numRuns: 200 },
    )
  })
})

describe('beside node-cron', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('unshifted meetings are the runs of the same cron, wherever the day exists in every month', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-12-31T13:00:00Z') })
    const texts = ['30 19 3 * *', '0 7 1 * *', '0 19 28 * *', '15 6 14 * *']
    for (let weekday = 0; weekday <= 6; weekday += 1) {
      for (const nth of ['#1', '#2', '#3', '#4', 'L']) texts.push(`30 19 * * ${weekday}${nth}`)
    }
    for (const text of texts) {
      const task = cron.createTask(text, () => {}, { timezone: zone })
      const ours = nextOccurrences({ cron: text, shift: 'same' }, new Date(), 40, zone, noHolidays)
      expect(
        ours.map((occurrence) => occurrence.startsAt.toISOString()),
        text,
      ).toEqual(task.getNextRuns(40).map((run) => run.toISOString()))
      task.destroy()
    }
  })

  it('the 31st meets also in the months that cron skips', () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date('2025-12-31T13:00:00Z') })
    const task = cron.createTask('0 19 31 * *', () => {}, { timezone: zone })
    const theirs = task.getNextRuns(7).map((run) => run.toISOString())
    task.destroy()
    const ours = nextOccurrences({ cron: '0 19 31 * *', shift: 'same' }, new Date(), 12, zone, noHolidays)
    expect(ours.filter((occurrence) => occurrence.on.endsWith('-31')).map((o) => o.startsAt.toISOString())).toEqual(
      theirs,
    )
    expect(ours).toHaveLength(12)
  })
})
