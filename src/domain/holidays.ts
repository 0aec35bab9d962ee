/**
 * Working days.
 *
 * Public holidays are announced year by year in Viet Nam (Bộ luật Lao động 45/2019/QH14, Điều 111 and 112; domain.md
 * §3.2: "Tết days must be a table per year"), so they are dated data: `prisma/data/holidays-vn.json`. A year that the
 * data do not hold is never taken for known: only its weekends are off, and every answer says so.
 */
import { addDays, datePartsOf, isLocalDate, type LocalDate, weekdayOf } from './calendar.ts'
import { DomainError } from './errors.ts'

/** One day that departs from the plain week, and where that stands. */
export interface SpecialDay {
  name: string
  source: string
  /** False while it is expected but not announced, or the announcement was not at hand. */
  isConfirmed: boolean
}

/** Which days are off (weekdays and weekends alike) and which weekend days are worked to make up for one. */
export interface HolidayCalendar {
  readonly years: ReadonlySet<number>
  readonly off: ReadonlyMap<LocalDate, SpecialDay>
  readonly worked: ReadonlyMap<LocalDate, SpecialDay>
}

/** A working day that was looked for, and whether all the years passed on the way are in the data. */
export interface FoundDay {
  on: LocalDate
  holidaysKnown: boolean
}

/** A calendar without any year: weekends only, and never `holidaysKnown`. */
export const noHolidays: HolidayCalendar = { years: new Set(), off: new Map(), worked: new Map() }

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function bad(where: string, what: string): never {
  throw new DomainError('badHolidays', `Holidays, ${where}: ${what}.`)
}

function addEntries(into: Map<LocalDate, SpecialDay>, entries: unknown, year: number, where: string): void {
  if (!Array.isArray(entries)) bad(where, 'expected a list')
  entries.forEach((entry: unknown, index) => {
    const at = `${where}[${index}]`
    if (!isRecord(entry)) bad(at, 'expected {from, to, name, source, confirmed}')
    const { from, to, name, source, confirmed } = entry
    if (typeof name !== 'string' || typeof source !== 'string') bad(at, 'name and source must be texts')
    if (typeof confirmed !== 'boolean') bad(at, 'confirmed must be true or false')
    if (typeof from !== 'string' || typeof to !== 'string' || !isLocalDate(from) || !isLocalDate(to)) {
      bad(at, 'from and to must be days, YYYY-MM-DD')
    }
    if (from > to) bad(at, 'from lies after to')
    if (datePartsOf(from).year !== year || datePartsOf(to).year !== year) bad(at, `lies outside ${year}`)
    for (let on = from; on <= to; on = addDays(on, 1)) {
      if (into.has(on)) bad(at, `${on} is there twice`)
      into.set(on, { name, source, isConfirmed: confirmed })
    }
  })
}

/**
 * Reads the shape of `prisma/data/holidays-vn.json`: `{years: {"2026": {off: […], worked: […]}}}` with entries
 * `{from, to, name, source, confirmed}`. Throws `badHolidays` naming the entry; a wrong table is never half used.
 */
export function readHolidays(json: unknown): HolidayCalendar {
  if (!isRecord(json) || !isRecord(json.years)) bad('top level', 'expected {years: {…}}')
  const years = new Set<number>()
  const off = new Map<LocalDate, SpecialDay>()
  const worked = new Map<LocalDate, SpecialDay>()
  for (const [key, value] of Object.entries(json.years)) {
    if (!/^\d{4}$/.test(key) || !isRecord(value)) bad(key, 'expected a year with {off, worked}')
    const year = Number(key)
    years.add(year)
    addEntries(off, value.off, year, `${key}.off`)
    addEntries(worked, value.worked, year, `${key}.worked`)
  }
  for (const on of worked.keys()) if (off.has(on)) bad(on, 'is both off and worked')
  return { years, off, worked }
}

/** Whether the data hold the year of this day. */
export function knowsYearOf(date: LocalDate, holidays: HolidayCalendar): boolean {
  return holidays.years.has(datePartsOf(date).year)
}

/** Monday to Friday but for days off, and the weekend days worked in their place. */
export function isWorkingDay(date: LocalDate, holidays: HolidayCalendar): boolean {
  const weekday = weekdayOf(date)
  if (holidays.worked.has(date)) return true
  return weekday !== 0 && weekday !== 6 && !holidays.off.has(date)
}

/**
 * Longest run of days off that is believed. The longest real one is the nine days of Tết; a table with a month off is
 * a mistake, and the search must end.
 */
const longestRunDays = 366

function findWorkingDay(date: LocalDate, step: 1 | -1, holidays: HolidayCalendar): FoundDay {
  let on = date
  let holidaysKnown = knowsYearOf(on, holidays)
  for (let passed = 0; !isWorkingDay(on, holidays); passed += 1) {
    if (passed === longestRunDays) bad(date, `no working day within ${longestRunDays} days`)
    on = addDays(on, step)
    holidaysKnown &&= knowsYearOf(on, holidays)
  }
  return { on, holidaysKnown }
}

/** The day itself if it is worked, else the next one that is (Hậu Giang, CV 747-CV/TU, 24/02/2023: "if Sat/Sun/holiday → next day"). */
export function nextWorkingDay(date: LocalDate, holidays: HolidayCalendar): FoundDay {
  return findWorkingDay(date, 1, holidays)
}

/** The day itself if it is worked, else the last one before it that is. */
export function previousWorkingDay(date: LocalDate, holidays: HolidayCalendar): FoundDay {
  return findWorkingDay(date, -1, holidays)
}
