/** Days as whole numbers since 1970-01-01, and what the clock of a zone shows. No `Date` arithmetic, hence no zone to go wrong. */

const minuteMillis = 60_000
const dayMillis = 86_400_000

/**
 * Day number of a civil date (month 1–12; months beyond run into the next year, days past the end of a month into the next).
 * Years are counted from March, so that the leap day comes last (Howard Hinnant, chrono-compatible low-level date algorithms).
 */
export function dayNumber(year: number, month: number, day: number): number {
  const months = year * 12 + month - 1
  const marchYear = Math.floor((months - 2) / 12)
  const marchMonth = months - 2 - marchYear * 12
  const era = Math.floor(marchYear / 400)
  const yearOfEra = marchYear - era * 400
  const dayOfYear = Math.floor((153 * marchMonth + 2) / 5) + day - 1
  return era * 146_097 + yearOfEra * 365 + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100) + dayOfYear - 719_468
}

export interface Civil {
  year: number
  month: number
  day: number
}

/** Civil date of a day number. */
export function civilOf(dayNo: number): Civil {
  const shifted = dayNo + 719_468
  const era = Math.floor(shifted / 146_097)
  const dayOfEra = shifted - era * 146_097
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  )
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100))
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153)
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1,
  }
}

/** Day of the week of a day number, Sunday 0. */
export function weekdayOf(dayNo: number): number {
  return (((dayNo + 4) % 7) + 7) % 7
}

/** Days in a month (month 1–12). */
export function lengthOfMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31
}

const two = (value: number) => (value < 10 ? `0${value}` : `${value}`)

/** `YYYY-MM-DD`. */
export function isoDay(dayNo: number): string {
  const { year, month, day } = civilOf(dayNo)
  return `${year > 999 ? year : String(year).padStart(4, '0')}-${two(month)}-${two(day)}`
}

/** `YYYY-MM-DDTHH:MM+07:00`; minutes past midnight may reach into the next day. */
export function isoMinute(dayNo: number, minutes: number, timeZone: string): string {
  const day = dayNo + Math.floor(minutes / 1440)
  const minute = ((minutes % 1440) + 1440) % 1440
  const wall = day * dayMillis + minute * minuteMillis
  // The offset of the zone at that wall time: one correction settles it outside the hour that a zone skips.
  let offset = offsetMinutes(timeZone, wall)
  offset = offsetMinutes(timeZone, wall - offset * minuteMillis)
  const size = Math.abs(offset)
  return `${isoDay(day)}T${two(Math.floor(minute / 60))}:${two(minute % 60)}${offset < 0 ? '-' : '+'}${two(Math.floor(size / 60))}:${two(size % 60)}`
}

/** What the wall clock shows when a text is written. */
export interface Clock {
  timeZone: string
  today: number
  year: number
  month: number
  day: number
  weekday: number
  /** Minutes since midnight. */
  minutes: number
}

let lastClock: { at: number; timeZone: string; clock: Clock } | null = null

/** The clock of a zone at an instant. The last answer is kept: messages come in bursts. Throws RangeError on a bad zone or instant. */
export function clockAt(now: Date, timeZone: string): Clock {
  const at = now.getTime()
  if (lastClock && lastClock.at === at && lastClock.timeZone === timeZone) return lastClock.clock
  if (Number.isNaN(at)) throw new RangeError('`now` is no instant.')
  const wall = at + offsetMinutes(timeZone, at) * minuteMillis
  const today = Math.floor(wall / dayMillis)
  const clock: Clock = {
    timeZone,
    today,
    ...civilOf(today),
    weekday: weekdayOf(today),
    minutes: Math.floor((wall - today * dayMillis) / minuteMillis),
  }
  lastClock = { at, timeZone, clock }
  return clock
}

const formats = new Map<string, Intl.DateTimeFormat>()

function offsetMinutes(timeZone: string, at: number): number {
  // Vietnam has kept +07:00 without summer time since 1975.
  if (timeZone === 'Asia/Ho_Chi_Minh') return 420
  let format = formats.get(timeZone)
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' })
    formats.set(timeZone, format)
  }
  const name = format.formatToParts(at).find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name)
  if (!match) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 60 + Number(match[3]))
}
