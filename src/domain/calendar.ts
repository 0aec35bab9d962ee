/**
 * Civil dates, zones and reporting periods.
 *
 * A civil date has no zone and no hour: a deadline, the day of a meeting. It is kept as 'YYYY-MM-DD', which sorts as
 * text and survives JSON and SQL unchanged. Days are reckoned with whole numbers (no `Date`, hence no zone to go wrong);
 * luxon is asked only where a zone matters.
 */
import { DateTime, IANAZone } from 'luxon'
import { DomainError } from './errors.ts'

/** A civil date 'YYYY-MM-DD' of the Gregorian calendar, years 0001–9999. */
export type LocalDate = string

/** A month 'YYYY-MM'. */
export type LocalMonth = string

/** A time of day 'HH:MM', 00:00–23:59. */
export type LocalTime = string

/** A reporting period: `2026`, `2026-H1`, `2026-Q1`, `2026-03` (docs/language.md, slot forms). */
export type Period = string

export type PeriodKind = 'year' | 'half' | 'quarter' | 'month'

/** Both ends are inside the range. */
export interface DateRange {
  from: LocalDate
  to: LocalDate
}

/** Day of the week as cron counts it: Sunday is 0, Saturday 6. */
export type Weekday = 0 | 1 | 2 | 3 | 4 | 5 | 6

const millisPerDay = 86_400_000
const datePattern = /^(\d{4})-(\d{2})-(\d{2})$/
const monthPattern = /^(\d{4})-(0[1-9]|1[0-2])$/
const timePattern = /^([01]\d|2[0-3]):([0-5]\d)$/
const periodPattern = /^(\d{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])))?$/

const pad = (value: number, width: number) => String(value).padStart(width, '0')

function isLeapYear(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
}

/** Days in a month (`month` 1–12). */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return isLeapYear(year) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

/** Whether the text is a civil date that exists: `2026-02-29` is not. */
export function isLocalDate(text: string): boolean {
  const match = datePattern.exec(text)
  if (!match) return false
  const [year, month, day] = [Number(match[1]), Number(match[2]), Number(match[3])]
  return year >= 1 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
}

/** A civil date from its numbers. Throws `badDate` where no such day exists. */
export function localDate(year: number, month: number, day: number): LocalDate {
  const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
  if (!isLocalDate(date)) throw new DomainError('badDate', `There is no day ${date}; expected YYYY-MM-DD.`)
  return date
}

/** The numbers of a civil date. Throws `badDate`. */
export function datePartsOf(date: LocalDate): { year: number; month: number; day: number } {
  if (!isLocalDate(date)) throw new DomainError('badDate', `There is no day ${date}; expected YYYY-MM-DD.`)
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)), day: Number(date.slice(8, 10)) }
}

/** Days since 1970-01-01. Two dates are as many days apart as their numbers. */
export function dayNumberOf(date: LocalDate): number {
  const { year, month, day } = datePartsOf(date)
  const instant = new Date(0)
  // setUTCFullYear, unlike Date.UTC, does not read the years 0–99 as 1900–1999.
  instant.setUTCFullYear(year, month - 1, day)
  return Math.round(instant.getTime() / millisPerDay)
}

/** The civil date so many days after 1970-01-01. */
export function dateOfDayNumber(dayNumber: number): LocalDate {
  const instant = new Date(dayNumber * millisPerDay)
  return localDate(instant.getUTCFullYear(), instant.getUTCMonth() + 1, instant.getUTCDate())
}

export function addDays(date: LocalDate, days: number): LocalDate {
  return dateOfDayNumber(dayNumberOf(date) + days)
}

/** Whole days from `from` to `to`, negative when `to` is earlier. */
export function daysBetween(from: LocalDate, to: LocalDate): number {
  return dayNumberOf(to) - dayNumberOf(from)
}

/** The same day so many months on; a day the month lacks becomes its last one (31 January + 1 month = 28 or 29 February). */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const { year, month, day } = datePartsOf(date)
  const index = year * 12 + (month - 1) + months
  const [toYear, toMonth] = [Math.floor(index / 12), (((index % 12) + 12) % 12) + 1]
  return localDate(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)))
}

export function weekdayOf(date: LocalDate): Weekday {
  // 1970-01-01 was a Thursday (4).
  return ((((dayNumberOf(date) + 4) % 7) + 7) % 7) as Weekday
}

export function endOfMonth(date: LocalDate): LocalDate {
  const { year, month } = datePartsOf(date)
  return localDate(year, month, daysInMonth(year, month))
}

export function endOfQuarter(date: LocalDate): LocalDate {
  const { year, month } = datePartsOf(date)
  const last = Math.ceil(month / 3) * 3
  return localDate(year, last, daysInMonth(year, last))
}

/** 30 June or 31 December: reports are due "every 6 months and year" (Hướng dẫn 40-HD/BTCTW, 10/10/2025). */
export function endOfHalf(date: LocalDate): LocalDate {
  const { year, month } = datePartsOf(date)
  return month <= 6 ? localDate(year, 6, 30) : localDate(year, 12, 31)
}

export function endOfYear(date: LocalDate): LocalDate {
  return localDate(datePartsOf(date).year, 12, 31)
}

/** The month of a civil date. */
export function monthOfDate(date: LocalDate): LocalMonth {
  datePartsOf(date)
  return date.slice(0, 7)
}

export function isLocalMonth(text: string): boolean {
  return monthPattern.test(text) && text >= '0001-01'
}

/** The year and month of 'YYYY-MM'. Throws `badMonth`. */
export function monthPartsOf(month: LocalMonth): { year: number; month: number } {
  if (!isLocalMonth(month)) throw new DomainError('badMonth', `"${month}" is no month; expected YYYY-MM.`)
  return { year: Number(month.slice(0, 4)), month: Number(month.slice(5, 7)) }
}

/** The month so many months after this one. */
export function addToMonth(month: LocalMonth, months: number): LocalMonth {
  const parts = monthPartsOf(month)
  return monthOfDate(addMonths(localDate(parts.year, parts.month, 1), months))
}

export function isLocalTime(text: string): boolean {
  return timePattern.test(text)
}

/** Minutes since midnight on the clock. Throws `badTime`. */
export function minutesOfTime(time: LocalTime): number {
  if (!isLocalTime(time)) throw new DomainError('badTime', `"${time}" is no time of day; expected HH:MM.`)
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

/** Whether luxon, and so the running ICU, knows the zone. */
export function isZone(zone: string): boolean {
  return IANAZone.isValidZone(zone)
}

/** 1973-01-01 in minutes since 1970. */
const year1973 = 1_577_880

/** The last answer of `localAt` for each zone; only valid zones get in, so it stays small. */
const lastLocal = new Map<string, { minute: number; on: LocalDate; time: LocalTime }>()

function inZone(instant: Date, zone: string): DateTime {
  const local = DateTime.fromJSDate(instant, { zone })
  if (!local.isValid) throw new DomainError('badZone', `Cannot place ${String(instant)} in the zone "${zone}".`)
  return local
}

/**
 * The instant at which the clocks of a zone show this date and time. Viet Nam has no summer time; where a zone has one,
 * a time the clocks show twice is the earlier of the two, and a time they skip is moved on by the length of the gap.
 */
export function instantAt(on: LocalDate, time: LocalTime, zone: string): Date {
  const { year, month, day } = datePartsOf(on)
  const minutes = minutesOfTime(time)
  const local = DateTime.fromObject(
    { year, month, day, hour: Math.floor(minutes / 60), minute: minutes % 60 },
    { zone },
  )
  if (!local.isValid)
    throw new DomainError('badZone', `"${zone}" is no time zone; expected a name such as Asia/Ho_Chi_Minh.`)
  const earliest = local.getPossibleOffsets().reduce((a, b) => (b.toMillis() < a.toMillis() ? b : a), local)
  return earliest.toJSDate()
}

/** What the clocks of a zone show at an instant, to the minute. */
export function localAt(instant: Date, zone: string): { on: LocalDate; time: LocalTime } {
  // Offsets have been whole minutes everywhere since 1972, and nearly every question is about the present minute.
  const minute = Math.floor(instant.getTime() / 60_000)
  const known = lastLocal.get(zone)
  if (known?.minute === minute && minute > year1973) return { on: known.on, time: known.time }
  const local = inZone(instant, zone)
  const on = localDate(local.year, local.month, local.day)
  const time = `${pad(local.hour, 2)}:${pad(local.minute, 2)}`
  lastLocal.set(zone, { minute, on, time })
  return { on, time }
}

/** The civil date of an instant in a zone. */
export function dateOf(instant: Date, zone: string): LocalDate {
  return localAt(instant, zone).on
}

/** The month of an instant in a zone: the same instant may lie in two months. */
/** The last instant of a civil day. */
export function endOfDay(date: LocalDate, zone: string): Date {
  return new Date(instantAt(addDays(date, 1), '00:00', zone).getTime() - 1)
}

export function monthOf(instant: Date, zone: string): LocalMonth {
  return monthOfDate(dateOf(instant, zone))
}

export function isPeriod(text: string): boolean {
  return periodPattern.test(text) && text >= '0001'
}

function periodMatch(period: Period): { year: number; kind: PeriodKind; index: number } {
  const match = isPeriod(period) ? periodPattern.exec(period) : null
  if (!match)
    throw new DomainError('badPeriod', `"${period}" is no period; expected 2026, 2026-H1, 2026-Q1 or 2026-03.`)
  const year = Number(match[1])
  if (match[2]) return { year, kind: 'half', index: Number(match[2]) }
  if (match[3]) return { year, kind: 'quarter', index: Number(match[3]) }
  if (match[4]) return { year, kind: 'month', index: Number(match[4]) }
  return { year, kind: 'year', index: 1 }
}

const monthsPer: Record<PeriodKind, number> = { year: 12, half: 6, quarter: 3, month: 1 }

export function periodKindOf(period: Period): PeriodKind {
  return periodMatch(period).kind
}

/** First and last day of a period. Throws `badPeriod`. */
export function periodRange(period: Period): DateRange {
  const { year, kind, index } = periodMatch(period)
  const last = index * monthsPer[kind]
  return {
    from: localDate(year, last - monthsPer[kind] + 1, 1),
    to: localDate(year, last, daysInMonth(year, last)),
  }
}

/** The period of a kind that a day belongs to. */
export function periodContaining(date: LocalDate, kind: PeriodKind): Period {
  const { year, month } = datePartsOf(date)
  const index = Math.ceil(month / monthsPer[kind])
  if (kind === 'year') return pad(year, 4)
  if (kind === 'month') return `${pad(year, 4)}-${pad(month, 2)}`
  return `${pad(year, 4)}-${kind === 'half' ? 'H' : 'Q'}${index}`
}

/** The period of the same kind just before: what "last quarter" is compared with. */
export function previousPeriod(period: Period): Period {
  return periodContaining(addDays(periodRange(period).from, -1), periodKindOf(period))
}
