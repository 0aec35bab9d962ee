/** How numbers, dates and lists are written in English texts: 30 November 2026, 19:30, 98.6%. */
import { DateTime } from 'luxon'

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
]
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** 0 (Sunday) … 6 */
export function enWeekday(weekday: number): string {
  return weekdays[weekday % 7] ?? ''
}

/** '2026-11-30' → '30 November 2026' */
export function enDate(localDate: string): string {
  const [year, month, day] = localDate.split('-').map(Number)
  return `${day} ${months[(month ?? 1) - 1]} ${year}`
}

/** '19:30, Saturday, 3 October 2026' */
export function enDateTime(instant: Date, zone: string): string {
  const local = DateTime.fromJSDate(instant, { zone })
  return `${local.toFormat('HH:mm')}, ${enWeekday(local.weekday)}, ${enDate(local.toFormat('yyyy-MM-dd'))}`
}

/** '2026-10' → 'October 2026', '2026-Q4' → 'the fourth quarter of 2026', '2026-H1' → 'the first half of 2026' */
export function enPeriod(period: string): string {
  const [year, part] = period.split('-')
  if (!part) return `${year}`
  if (part === 'H1') return `the first half of ${year}`
  if (part === 'H2') return `the second half of ${year}`
  if (part.startsWith('Q')) return `the ${enOrdinal(Number(part[1]))} quarter of ${year}`
  return `${months[Number(part) - 1]} ${year}`
}

/** 1 → 'first' … 5 → 'fifth' */
export function enOrdinal(position: number): string {
  return ['first', 'second', 'third', 'fourth', 'fifth'][position - 1] ?? String(position)
}

/** 4725 → '4,725' */
export function enCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, ',')
}

/** '1 deed', '2 deeds' */
export function enSome(count: number, one: string, many = `${one}s`): string {
  return `${enCount(count)} ${count === 1 ? one : many}`
}

/** 986 tenths → '98.6%', 1000 → '100%'; null where there is nothing to divide by. */
export function enTenths(tenths: number | null): string {
  if (tenths === null) return '–'
  return tenths % 10 === 0 ? `${tenths / 10}%` : `${Math.floor(tenths / 10)}.${tenths % 10}%`
}

/** '18/22 (81.8%)' */
export function enRatio(ratio: { numerator: number; denominator: number }, tenths: number | null): string {
  const both = `${enCount(ratio.numerator)}/${enCount(ratio.denominator)}`
  return tenths === null ? both : `${both} (${enTenths(tenths)})`
}

/** Numbered lines, as members answer them by number. */
export function enNumbered(lines: readonly string[]): string {
  return lines.map((line, index) => `${index + 1}. ${line}`).join('\n')
}

export function enDeed(deed: { content: string | null; dueOn: string | null }): string {
  return `${deed.content ?? '(erased)'}${deed.dueOn ? ` – by ${enDate(deed.dueOn)}` : ''}`
}
