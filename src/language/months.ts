/** Months and years as they lead or follow a day: `tháng 11 năm 2026`, `tháng sau`, `năm ngoái`. */
import { type Clock, civilOf, dayNumber } from './calendar.ts'
import { codeOf, is, keyOf, numberAt, T } from './date-words.ts'
import type { Token } from './reading.ts'

interface MonthFound {
  to: number
  /** 0: the next such month. */
  year: number
  month: number
  isLunar: boolean
}

/** Month words that lead a day: `tháng 11 [năm 2026]`, `tháng này`, `tháng Giêng`. `at` is the word `tháng`. */
export function monthAfter(tokens: readonly Token[], at: number, clock: Clock): MonthFound | null {
  const next = tokens[at + 1]
  const key = keyOf(next)
  if (key === 'gieng' || key === 'chap') return { to: at + 2, year: 0, month: key === 'gieng' ? 1 : 12, isLunar: true }
  // `tháng sau` typed without marks is next month, `tháng sáu` June.
  const isNextMonth = key === 'sau' && next?.word?.spelling.tone === 0
  const number = isNextMonth ? null : numberAt(tokens, at + 1)
  // `cuối tháng 3 rưỡi`, `cuối tháng 7h`: the number is the hour.
  if (
    number &&
    number.value >= 1 &&
    number.value <= 12 &&
    !(tokens[number.to]?.mark === '%' && tokens[number.to]!.isGlued) &&
    !is(tokens[number.to], T.half | T.hour) &&
    !(tokens[number.to]?.mark === ':' && tokens[number.to + 1]?.isGlued && tokens[number.to + 1]!.kind === 'number')
  ) {
    const separator = tokens[number.to]
    const year = tokens[number.to + 1]
    if (
      separator &&
      (separator.mark === '/' || separator.mark === '-' || separator.mark === '.') &&
      separator.isGlued &&
      year?.kind === 'number' &&
      year.isGlued &&
      year.value >= 1900
    )
      return { to: number.to + 2, year: year.value, month: number.value, isLunar: false }
    if (tokens[number.to]?.kind === 'number' && tokens[number.to]!.value >= 1900 && tokens[number.to]!.value < 2200)
      return { to: number.to + 1, year: tokens[number.to]!.value, month: number.value, isLunar: false }
    const stated = yearAfter(tokens, separator?.mark === ',' ? number.to + 1 : number.to, clock)
    return { to: stated?.to ?? number.to, year: stated?.year ?? 0, month: number.value, isLunar: false }
  }
  const shift = shiftOf(tokens, at + 1)
  if (!shift) return null
  const { year, month } = civilOf(dayNumber(clock.year, clock.month + shift.by, 1))
  return { to: shift.to, year, month, isLunar: false }
}

/** `này` 0, `sau` +1, `trước` −1, `vừa rồi` −1. */
export function shiftOf(tokens: readonly Token[], at: number): { to: number; by: number } | null {
  const code = codeOf(tokens[at])
  if (keyOf(tokens[at]) === 'vua' && is(tokens[at + 1], T.previous)) return { to: at + 2, by: -1 }
  if (keyOf(tokens[at]) === 'ke' && is(tokens[at + 1], T.next)) return { to: at + 2, by: 1 }
  if (keyOf(tokens[at]) === 'tiep') return { to: keyOf(tokens[at + 1]) === 'theo' ? at + 2 : at + 1, by: 1 }
  if (keyOf(tokens[at]) === 'sap' && keyOf(tokens[at + 1]) === 'toi') return { to: at + 2, by: 1 }
  if (code & T.current) return { to: at + 1, by: 0 }
  if (code & T.next)
    return { to: keyOf(tokens[at + 1]) === 'day' && keyOf(tokens[at]) === 'toi' ? at + 2 : at + 1, by: 1 }
  if (code & T.previous) return { to: at + 1, by: -1 }
  return null
}

/** `năm 2027`, `năm nay`, `năm sau`, `2027`. */
export function yearAfter(tokens: readonly Token[], at: number, clock: Clock): { to: number; year: number } | null {
  const first = tokens[at]
  if (first?.kind === 'number' && first.end - first.start === 4 && first.value >= 1900 && first.value < 2200)
    return { to: at + 1, year: first.value }
  if (!is(first, T.year)) return null
  const next = tokens[at + 1]
  if (next?.kind === 'number' && next.value >= 1900 && next.value < 2200) return { to: at + 2, year: next.value }
  const shift = shiftOf(tokens, at + 1)
  return shift ? { to: shift.to, year: clock.year + shift.by } : null
}
