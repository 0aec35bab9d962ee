/** Weeks, months, quarters, half years and years: as a period to report on, or as a deadline (its last day). */
import { type Clock, civilOf, dayNumber, lengthOfMonth } from './calendar.ts'
import { englishMonth, is, keyOf, numberAt, T } from './date-words.ts'
import { monthAfter, shiftOf, yearAfter } from './months.ts'
import type { Token } from './reading.ts'

export type PeriodUnit = 'week' | 'month' | 'quarter' | 'half' | 'year'

export interface PeriodFound {
  to: number
  unit: PeriodUnit
  /** Year of the period; where none was stated, this year's. */
  year: number
  /** Month 1–12, quarter 1–4, half 1–2; weeks count from this one (0). */
  index: number
  hasYear: boolean
  /** `đầu`, `giữa`, `cuối` before it: only the end is a day. */
  edge: 'whole' | 'start' | 'middle' | 'end'
  /** Whether it was named by itself: `tháng`, `quý`, `năm` without saying which mean the current one. */
  isNamed: boolean
}

/** A period that starts at a token; `depth` counts the edges passed ("đến hết cả năm"), of which nobody says more than two. */
export function periodAt(tokens: readonly Token[], at: number, clock: Clock, depth = 0): PeriodFound | null {
  const token = tokens[at]
  if (!token || depth > 2) return null
  const half = halfYearAt(tokens, at, clock)
  if (half) return half
  if (token.kind === 'number') return bareYear(tokens, at) ?? englishHalf(tokens, at)
  if (is(token, T.start | T.middle | T.end) && !is(tokens[at + 1], T.every)) {
    // English: “end of the year”.
    let from = at + 1
    if (keyOf(tokens[from]) === 'of') from++
    if (keyOf(tokens[from]) === 'the') from++
    const period = periodAt(tokens, from, clock, depth + 1) ?? unnamed(tokens, from, clock)
    if (period?.edge !== 'whole') return null
    const edge = is(token, T.end) ? 'end' : is(token, T.start) ? 'start' : 'middle'
    return { ...period, edge }
  }
  if (is(token, T.whole)) {
    const period = periodAt(tokens, at + 1, clock, depth + 1) ?? unnamed(tokens, at + 1, clock)
    return period && period.edge === 'whole' ? { ...period, isNamed: true } : null
  }
  return (
    monthAt(tokens, at, clock) ??
    quarterAt(tokens, at, clock) ??
    yearAt(tokens, at, clock) ??
    weekAt(tokens, at) ??
    english(tokens, at, clock)
  )
}

function monthAt(tokens: readonly Token[], at: number, clock: Clock): PeriodFound | null {
  const key = keyOf(tokens[at])
  if (key === 't') {
    // T2–T7 are weekdays as well; the caller knows which it wants.
    const number = tokens[at + 1]
    if (
      number?.kind !== 'number' ||
      !number.isGlued ||
      number.value < 1 ||
      number.value > 12 ||
      number.end - number.start > 2
    )
      return null
    const month = monthAfter(tokens, at, clock)
    return month && !month.isLunar ? monthOf(month, clock) : null
  }
  if (!is(tokens[at], T.month) || key.startsWith('month')) return null
  const month = monthAfter(tokens, at, clock)
  return month && !month.isLunar && !/^(am|al)$/.test(keyOf(tokens[month.to])) ? monthOf(month, clock) : null
}

const monthOf = (month: { to: number; year: number; month: number }, clock: Clock): PeriodFound => ({
  to: month.to,
  unit: 'month',
  year: month.year || clock.year,
  index: month.month,
  hasYear: month.year > 0,
  edge: 'whole',
  isNamed: true,
})

function quarterAt(tokens: readonly Token[], at: number, clock: Clock): PeriodFound | null {
  const isShort = keyOf(tokens[at]) === 'q' && tokens[at + 1]?.isGlued && tokens[at + 1]?.kind === 'number'
  if (!isShort && !is(tokens[at], T.quarter)) return null
  const number = numberAt(tokens, at + 1)
  if (number && number.value >= 1 && number.value <= 4) {
    const year = yearBehind(tokens, number.to, clock)
    return {
      to: year?.to ?? number.to,
      unit: 'quarter',
      year: year?.year ?? clock.year,
      index: number.value,
      hasYear: year !== null,
      edge: 'whole',
      isNamed: true,
    }
  }
  const shift = shiftOf(tokens, at + 1)
  if (!shift) return null
  const { year, month } = civilOf(dayNumber(clock.year, clock.month + 3 * shift.by, 1))
  return {
    to: shift.to,
    unit: 'quarter',
    year,
    index: Math.ceil(month / 3),
    hasYear: true,
    edge: 'whole',
    isNamed: true,
  }
}

/** `/2027`, `năm 2027`, `năm nay`, `2027` behind a month or quarter. */
function yearBehind(tokens: readonly Token[], at: number, clock: Clock): { to: number; year: number } | null {
  const mark = tokens[at]
  const digits = tokens[at + 1]
  if (
    mark &&
    (mark.mark === '/' || mark.mark === '-' || mark.mark === '.' || mark.mark === ',') &&
    digits?.kind === 'number' &&
    digits.value >= 1900 &&
    digits.value < 2200
  )
    return { to: at + 2, year: digits.value }
  if (mark?.mark === ',') return yearAfter(tokens, at + 1, clock)
  return yearAfter(tokens, at, clock)
}

/** `6 tháng đầu năm [2027]`, `nửa cuối năm`, `nửa đầu năm nay`, `H1`; `6 tháng` alone is the first half, as reports say it. */
function halfYearAt(tokens: readonly Token[], at: number, clock: Clock): PeriodFound | null {
  let to: number
  let index = 1
  const number = numberAt(tokens, at)
  if (number?.value === 6 && keyOf(tokens[number.to]) === 'thang') {
    to = number.to + 1
    if (is(tokens[to], T.start | T.end) && keyOf(tokens[to]) !== 'early') {
      index = is(tokens[to], T.end) ? 2 : 1
      to++
    } else return null
  } else if (keyOf(tokens[at]) === 'nua' && is(tokens[at + 1], T.start | T.end)) {
    index = is(tokens[at + 1], T.end) ? 2 : 1
    to = at + 2
  } else if (keyOf(tokens[at]) === 'nua' && keyOf(tokens[at + 1]) === 'nam' && is(tokens[at + 2], T.start | T.end)) {
    index = is(tokens[at + 2], T.end) ? 2 : 1
    to = at + 3
  } else if (
    keyOf(tokens[at]) === 'h' &&
    tokens[at + 1]?.isGlued &&
    (tokens[at + 1]!.value === 1 || tokens[at + 1]!.value === 2) &&
    tokens[at]!.kind === 'word' &&
    !tokens[at]!.isGlued
  ) {
    index = tokens[at + 1]!.value
    to = at + 2
  } else return null
  if (keyOf(tokens[to]) === 'cua') to++
  const stated = yearBehind(tokens, to, clock)
  if (stated)
    return { to: stated.to, unit: 'half', year: stated.year, index, hasYear: true, edge: 'whole', isNamed: true }
  if (is(tokens[to], T.year)) to++
  return { to, unit: 'half', year: clock.year, index, hasYear: false, edge: 'whole', isNamed: true }
}

function yearAt(tokens: readonly Token[], at: number, clock: Clock): PeriodFound | null {
  if (!is(tokens[at], T.year)) return null
  const year = yearAfter(tokens, at, clock)
  return year
    ? { to: year.to, unit: 'year', year: year.year, index: 0, hasYear: true, edge: 'whole', isNamed: true }
    : null
}

function bareYear(tokens: readonly Token[], at: number): PeriodFound | null {
  const token = tokens[at]!
  const next = tokens[at + 1]
  if (token.end - token.start !== 4 || token.value < 2000 || token.value > 2099) return null
  if (next?.isGlued && next.kind === 'mark' && tokens[at + 2]?.isGlued && tokens[at + 2]?.kind === 'number') return null
  return { to: at + 1, unit: 'year', year: token.value, index: 0, hasYear: true, edge: 'whole', isNamed: true }
}

function weekAt(tokens: readonly Token[], at: number): PeriodFound | null {
  if (!is(tokens[at], T.week)) return null
  const shift = shiftOf(tokens, at + 1)
  return shift
    ? { to: shift.to, unit: 'week', year: 0, index: shift.by, hasYear: true, edge: 'whole', isNamed: true }
    : null
}

/** `tháng`, `quý`, `năm`, `tuần` after `cuối`, `hết`, `giữa`: the current one. */
function unnamed(tokens: readonly Token[], at: number, clock: Clock): PeriodFound | null {
  const token = tokens[at]
  const base = { to: at + 1, hasYear: true, edge: 'whole' as const, isNamed: false, year: clock.year }
  // `cuối tháng Chạp`, `hết tháng 9 âm`: another month than this one.
  if (is(token, T.month)) return monthAfter(tokens, at, clock) ? null : { ...base, unit: 'month', index: clock.month }
  if (is(token, T.quarter)) return { ...base, unit: 'quarter', index: Math.ceil(clock.month / 3) }
  if (is(token, T.year)) return { ...base, unit: 'year', index: 0 }
  if (is(token, T.week)) return { ...base, unit: 'week', index: 0 }
  return null
}

const englishShifts = new Map([
  ['this', 0],
  ['next', 1],
  ['last', -1],
  ['previous', -1],
])

/** `this month`, `next quarter`, `last year`. */
function english(tokens: readonly Token[], at: number, clock: Clock): PeriodFound | null {
  const named = englishMonth(tokens[at])
  // `may` without marks is “mấy” far more often.
  const isMonth = keyOf(tokens[at]) !== 'may' || /^(of|in|bi|before|until|till)$/.test(keyOf(tokens[at - 1]))
  if (named && isMonth) {
    const year = yearAfter(tokens, at + 1, clock)
    return monthOf({ to: year?.to ?? at + 1, year: year?.year ?? 0, month: named }, clock)
  }
  const by = englishShifts.get(keyOf(tokens[at]))
  if (by === undefined) return null
  const period = unnamed(tokens, at + 1, clock)
  if (!period || !/^(week|month|quarter|year)s?$/.test(keyOf(tokens[at + 1]))) return null
  if (period.unit === 'week') return { ...period, index: by, isNamed: true }
  if (period.unit === 'year') return { ...period, year: clock.year + by, isNamed: true }
  const step = period.unit === 'month' ? 1 : 3
  const { year, month } = civilOf(dayNumber(clock.year, clock.month + by * step, 1))
  return { ...period, year, index: step === 1 ? month : Math.ceil(month / 3), isNamed: true }
}

const englishHalf = (_tokens: readonly Token[], _at: number): PeriodFound | null => null

/** `2026`, `2026-Q1`, `2026-H1`, `2026-03`; a week is no period. */
export function periodLabel(period: PeriodFound): string | null {
  if (period.unit === 'week') return null
  const year = String(period.year)
  if (period.unit === 'year') return year
  if (period.unit === 'quarter') return `${year}-Q${period.index}`
  if (period.unit === 'half') return `${year}-H${period.index}`
  return `${year}-${String(period.index).padStart(2, '0')}`
}

/** Last day of a period; one without a year is the next that has not passed. */
export function lastDayOf(period: PeriodFound, clock: Clock): number {
  if (period.unit === 'week') return clock.today - ((clock.weekday + 6) % 7) + 7 * period.index + 6
  const lastMonth = { month: period.index, quarter: period.index * 3, half: period.index * 6, year: 12 }[period.unit]
  const day = dayNumber(period.year, lastMonth, lengthOfMonth(period.year, lastMonth))
  return period.hasYear || day >= clock.today
    ? day
    : dayNumber(period.year + 1, lastMonth, lengthOfMonth(period.year + 1, lastMonth))
}

/** First day of a period, rolled forward with its last day. */
export function firstDayOf(period: PeriodFound, clock: Clock): number {
  const last = lastDayOf(period, clock)
  if (period.unit === 'week') return last - 6
  const { year, month } = civilOf(last)
  const months = { month: 1, quarter: 3, half: 6, year: 12 }[period.unit]
  return dayNumber(year, month - months + 1, 1)
}
