/** How numbers, dates and lists are written in Vietnamese party texts (domain notes §4.1, §7.3). */
import { DateTime } from 'luxon'

const weekdays = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy']

/** '2026-11-30' → '30/11/2026' */
export function viDate(localDate: string): string {
  const [year, month, day] = localDate.split('-')
  return `${day}/${month}/${year}`
}

/** '19 giờ 30, thứ Bảy, ngày 03/10/2026' */
export function viDateTime(instant: Date, zone: string): string {
  const local = DateTime.fromJSDate(instant, { zone })
  const minutes = local.minute === 0 ? '' : ` ${String(local.minute).padStart(2, '0')}`
  return `${local.hour} giờ${minutes}, ${weekdays[local.weekday % 7]}, ngày ${local.toFormat('dd/MM/yyyy')}`
}

/** '2026-10' → 'tháng 10/2026', '2026-Q4' → 'quý IV/2026', '2026-H1' → '6 tháng đầu năm 2026' */
export function viPeriod(period: string): string {
  const [year, part] = period.split('-')
  if (!part) return `năm ${year}`
  if (part === 'H1') return `6 tháng đầu năm ${year}`
  if (part === 'H2') return `6 tháng cuối năm ${year}`
  if (part.startsWith('Q')) return `quý ${['I', 'II', 'III', 'IV'][Number(part[1]) - 1]}/${year}`
  return `tháng ${Number(part)}/${year}`
}

/** 4725 → '4.725' */
export function viCount(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, '.')
}

/** 6 → '06': small counts in official text have two digits. */
export function viTwoDigits(count: number): string {
  return count < 10 ? `0${count}` : viCount(count)
}

/** '986' tenths → '98,6%', '1000' → '100%'; null where there is nothing to divide by. */
export function viTenths(tenths: number | null): string {
  if (tenths === null) return '–'
  return tenths % 10 === 0 ? `${tenths / 10}%` : `${Math.floor(tenths / 10)},${tenths % 10}%`
}

/** '18/22 (81,8%)' */
export function viRatio(ratio: { numerator: number; denominator: number }, tenths: number | null): string {
  const both = `${viCount(ratio.numerator)}/${viCount(ratio.denominator)}`
  return tenths === null ? both : `${both} (${viTenths(tenths)})`
}

/** Numbered lines, as members answer them by number. */
export function viNumbered(lines: readonly string[]): string {
  return lines.map((line, index) => `${index + 1}. ${line}`).join('\n')
}

export function viDeed(deed: { content: string | null; dueOn: string | null }): string {
  return `${deed.content ?? '(đã xoá)'}${deed.dueOn ? ` – hạn ${viDate(deed.dueOn)}` : ''}`
}
