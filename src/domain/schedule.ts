/**
 * The standing schedule of a cell: once a month, on a day or on a weekday of the month, in the cell's zone, moved off
 * days that are not worked where the cell wants it (domain.md §3.2 lists the real ones).
 *
 * A schedule is written as five cron fields (docs/language.md, slot `cron`). Three shapes are accepted:
 *
 *     30 19 3 * *     the 3rd at 19:30
 *     0 7 * * 1#1     the first Monday at 7:00 (n 1–4: a fifth one is not there every month)
 *     0 19 * * 5L     the last Friday at 19:00
 *
 * Day 29, 30 and 31 mean the last day of a month that is too short for them: the meeting is monthly (Điều lệ Đảng), so
 * no month may go without. Plain cron would skip those months.
 */
import {
  addToMonth,
  daysInMonth,
  instantAt,
  type LocalDate,
  type LocalMonth,
  type LocalTime,
  localDate,
  monthOf,
  monthPartsOf,
  type Weekday,
  weekdayOf,
} from './calendar.ts'
import { DomainError } from './errors.ts'
import { type HolidayCalendar, knowsYearOf, nextWorkingDay, previousWorkingDay } from './holidays.ts'

export const shifts = ['same', 'nextWorkingDay', 'previousWorkingDay'] as const
export type Shift = (typeof shifts)[number]

export interface Schedule {
  cron: string
  /** What becomes of a planned day that is not worked. */
  shift: Shift
  place: string | null
}

/** What a cron of the accepted shapes says. */
export type MonthlyRule =
  | { kind: 'day'; day: number; time: LocalTime }
  | { kind: 'weekday'; weekday: Weekday; nth: 1 | 2 | 3 | 4 | 'last'; time: LocalTime }

export interface Occurrence {
  startsAt: Date
  /** The day it is held, in the cell's zone. */
  on: LocalDate
  /** The day the schedule names; its month is the month the meeting belongs to, wherever it is moved. */
  plannedOn: LocalDate
  isShifted: boolean
  /** False when a year among its days is not in the holiday data: there only weekends were heeded. */
  holidaysKnown: boolean
}

/** Why a cron was not accepted, for the texts. */
export type ScheduleProblem = 'notFiveFields' | 'badTime' | 'notMonthly' | 'badDay' | 'badWeekday'

/** A cron that is no monthly schedule. `problem` says which part, the message what is accepted. */
export class ScheduleError extends DomainError {
  readonly problem: ScheduleProblem

  constructor(problem: ScheduleProblem, cron: string) {
    super(
      'badSchedule',
      `"${cron}" is no monthly schedule (${problem}); accepted: "30 19 3 * *", "0 7 * * 1#1", "0 19 * * 5L".`,
    )
    this.name = 'ScheduleError'
    this.problem = problem
  }
}

const whole = /^\d{1,2}$/
const weekdayField = /^([0-7])(?:#([1-4])|(L))$/

/** Reads the cron of a schedule. Throws `ScheduleError` for anything but the three monthly shapes. */
export function parseSchedule(cron: string): MonthlyRule {
  const fields = cron.trim().split(/\s+/)
  if (fields.length !== 5) throw new ScheduleError('notFiveFields', cron)
  const [minute, hour, day, month, weekday] = fields as [string, string, string, string, string]
  if (!whole.test(minute) || !whole.test(hour) || Number(minute) > 59 || Number(hour) > 23) {
    throw new ScheduleError('badTime', cron)
  }
  const time = `${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`
  // A day and a weekday together mean "either" in cron: several times a month.
  if (month !== '*' || (day === '*') === (weekday === '*')) throw new ScheduleError('notMonthly', cron)
  if (weekday === '*') {
    const number = Number(day)
    if (!whole.test(day) || number < 1 || number > 31) throw new ScheduleError('badDay', cron)
    return { kind: 'day', day: number, time }
  }
  const match = weekdayField.exec(weekday)
  if (!match) throw new ScheduleError('badWeekday', cron)
  const nth = match[3] ? 'last' : (Number(match[2]) as 1 | 2 | 3 | 4)
  return { kind: 'weekday', weekday: (Number(match[1]) % 7) as Weekday, nth, time }
}

/** Whether `parseSchedule` accepts it. */
export function isSchedule(cron: string): boolean {
  try {
    parseSchedule(cron)
    return true
  } catch {
    return false
  }
}

/** The day of a month that a rule names, before any shift. */
export function plannedDay(rule: MonthlyRule, month: LocalMonth): LocalDate {
  const { year, month: number } = monthPartsOf(month)
  const last = daysInMonth(year, number)
  if (rule.kind === 'day') return localDate(year, number, Math.min(rule.day, last))
  if (rule.nth === 'last') {
    const back = (weekdayOf(localDate(year, number, last)) - rule.weekday + 7) % 7
    return localDate(year, number, last - back)
  }
  const first = 1 + ((rule.weekday - weekdayOf(localDate(year, number, 1)) + 7) % 7)
  return localDate(year, number, first + (rule.nth - 1) * 7)
}

function shifted(plannedOn: LocalDate, shift: Shift, holidays: HolidayCalendar) {
  if (shift === 'same') return { on: plannedOn, holidaysKnown: knowsYearOf(plannedOn, holidays) }
  return shift === 'nextWorkingDay' ? nextWorkingDay(plannedOn, holidays) : previousWorkingDay(plannedOn, holidays)
}

/**
 * The meeting of one month. A shift may carry it over the border of the month (the 31st, a Sunday, to the 1st); it
 * still belongs to the month it was planned in, so that each month has exactly one.
 */
export function occurrenceIn(
  schedule: Pick<Schedule, 'cron' | 'shift'>,
  month: LocalMonth,
  zone: string,
  holidays: HolidayCalendar,
): Occurrence {
  const rule = parseSchedule(schedule.cron)
  const plannedOn = plannedDay(rule, month)
  const { on, holidaysKnown } = shifted(plannedOn, schedule.shift, holidays)
  return { startsAt: instantAt(on, rule.time, zone), on, plannedOn, isShifted: on !== plannedOn, holidaysKnown }
}

/** The next `count` meetings that begin at or after `from`, in the order of their months. */
export function nextOccurrences(
  schedule: Pick<Schedule, 'cron' | 'shift'>,
  from: Date,
  count: number,
  zone: string,
  holidays: HolidayCalendar,
): Occurrence[] {
  const found: Occurrence[] = []
  // The meeting planned in the month before may have been carried into this one.
  for (let month = addToMonth(monthOf(from, zone), -1); found.length < count; month = addToMonth(month, 1)) {
    const occurrence = occurrenceIn(schedule, month, zone, holidays)
    if (occurrence.startsAt >= from) found.push(occurrence)
  }
  return found
}
