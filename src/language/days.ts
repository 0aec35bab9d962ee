/** Single days: `30/11`, `ngày 03 tháng 02 năm 2027`, `mùng 3`, `thứ 6 tuần sau`, `mai`, `Nov 30`, with ASK where no day may be fixed. */
import { type Clock, civilOf, dayNumber, lengthOfMonth, weekdayOf } from './calendar.ts'
import { codeOf, englishMonth, englishWeekday, is, keyOf, numberAt, T } from './date-words.ts'
import { lunarToDay, tetDay } from './lunar.ts'
import type { Token } from './reading.ts'

export interface DayFound {
  to: number
  /** The day, or null where it may not be fixed: then `ask` holds the candidates. */
  day: number | null
  ask?: number[]
  /** A weekday without a week; a date that follows it decides. */
  isBareWeekday?: true
  /** Two numbers that may be no date at all (`2-3`, `2.5`) without a word that says so. */
  isDoubtful?: true
}

const found = (to: number, day: number): DayFound => ({ to, day })
const ask = (to: number, candidates: number[]): DayFound => ({ to, day: null, ask: candidates })

/** A single day that starts at a token. */
export function dayAt(tokens: readonly Token[], at: number, clock: Clock): DayFound | null {
  const token = tokens[at]
  if (!token) return null
  if (token.kind === 'number') return fromNumber(tokens, at, clock, false)
  const code = codeOf(token)
  if (code & T.lunarDay) return fromMung(tokens, at, clock)
  if (token.word?.spelling.key === 'ram') return fromRam(tokens, at, clock)
  return (
    (code & T.day ? fromDayWord(tokens, at, clock) : null) ??
    weekdayAt(tokens, at, clock) ??
    relativeDay(tokens, at, clock) ??
    fromEnglishMonth(tokens, at, clock)
  )
}

function fromDayWord(tokens: readonly Token[], at: number, clock: Clock): DayFound | null {
  const next = tokens[at + 1]
  if (keyOf(tokens[at]) === 'ngay' && is(next, T.lunarDay)) return fromMung(tokens, at + 1, clock)
  const relative = relativeDay(tokens, at, clock)
  if (relative) return relative
  if (!numberAt(tokens, at + 1)) return null
  return fromNumber(tokens, at + 1, clock, true)
}

/** `3 ngày nữa`, `2 tuần tới`. */
function daysAhead(tokens: readonly Token[], at: number, clock: Clock): DayFound | null {
  const number = numberAt(tokens, at)
  if (!number || number.value < 1 || number.value > 400) return null
  const unit = codeOf(tokens[number.to]) & (T.day | T.week | T.month)
  const more = tokens[number.to + 1]
  if (unit === 0 || !(is(more, T.more) || keyOf(more) === 'toi')) return null
  return found(number.to + 2, addUnits(clock, number.value, unit))
}

/** The day so many days, weeks or months ahead; a month without that day ends earlier. */
export function addUnits(clock: Clock, count: number, unit: number): number {
  if (unit & T.month) {
    const { year, month } = civilOf(dayNumber(clock.year, clock.month + count, 1))
    return dayNumber(year, month, Math.min(clock.day, lengthOfMonth(year, month)))
  }
  return clock.today + count * (unit & T.week ? 7 : 1)
}

/** Digits or a number word: numeric dates, `20 tháng 11`, a day of the month where a word before says that it is one. */
function fromNumber(tokens: readonly Token[], at: number, clock: Clock, isDay: boolean): DayFound | null {
  const numeric = numericDate(tokens, at, clock)
  if (numeric) return isDay ? { ...numeric, isDoubtful: undefined } : numeric
  const ahead = daysAhead(tokens, at, clock)
  if (ahead) return ahead
  const number = numberAt(tokens, at)
  if (!number || number.value < 1 || number.value > 31) return null
  const next = tokens[number.to]
  if (keyOf(next) === 'tet' || (isDay && isLunarWord(tokens, number.to)))
    return lunarAsk(tokens, number.to, number.value, 0, clock)
  if (is(next, T.month)) {
    const month = monthAfter(tokens, number.to, clock)
    if (month) {
      if (month.isLunar || isLunarWord(tokens, month.to))
        return lunarAsk(tokens, month.to, number.value, month.month, clock)
      return fix(month.to, month.year, month.month, number.value, clock)
    }
  }
  const english = englishMonth(tokens[skipOrdinal(tokens, number.to)])
  if (english && tokens[at]!.kind === 'number')
    return withEnglishYear(tokens, skipOrdinal(tokens, number.to) + 1, english, number.value, clock)
  if (!isDay) return null
  return found(number.to, nextDayOfMonth(number.value, clock))
}

const skipOrdinal = (tokens: readonly Token[], at: number) => {
  const to = /^(st|nd|rd|th)$/.test(keyOf(tokens[at])) ? at + 1 : at
  return keyOf(tokens[to]) === 'of' ? to + 1 : to
}

/** `30/11`, `30-11-2026`, `30.11.26`, `2026-11-30`. */
function numericDate(tokens: readonly Token[], at: number, clock: Clock): DayFound | null {
  const first = tokens[at]!
  const mark = tokens[at + 1]
  const second = tokens[at + 2]
  if (first.kind !== 'number' || !mark || second?.kind !== 'number') return null
  if (mark.mark !== '/' && mark.mark !== '-' && mark.mark !== '.') return null
  if (!mark.isGlued || !second.isGlued) return null
  const third = tokens[at + 3]
  const last = tokens[at + 4]
  const hasThird =
    third !== undefined && third.isGlued && third.mark === mark.mark && last?.kind === 'number' && last.isGlued
  if (first.end - first.start === 4) {
    return hasThird && first.value >= 1900 ? fix(at + 5, first.value, second.value, last.value, clock) : null
  }
  if (first.value < 1 || first.value > 31 || second.value < 1 || second.value > 12 || second.end - second.start > 2)
    return null
  // `100/1/2`, `2.5%`, `1/2/3/4`: longer chains are no dates.
  const after = tokens[hasThird ? at + 5 : at + 3]
  if (
    after?.isGlued &&
    (after.mark === '%' ||
      ((after.mark === '/' || after.mark === '.') &&
        tokens[hasThird ? at + 6 : at + 4]?.isGlued &&
        tokens[hasThird ? at + 6 : at + 4]?.kind === 'number'))
  )
    return null
  if (hasThird) {
    const width = last.end - last.start
    if (width !== 2 && width !== 4) return null
    return fixOrLunar(tokens, at + 5, width === 2 ? 2000 + last.value : last.value, second.value, first.value, clock)
  }
  let to = at + 3
  let year = 0
  if (is(tokens[to], T.year)) {
    const stated = yearAfter(tokens, to, clock)
    if (stated) ({ to, year } = stated)
  }
  const day = fixOrLunar(tokens, to, year, second.value, first.value, clock)
  // `24/7` is round the clock far more often than the 24th of July.
  const isRoundTheClock = first.value === 24 && second.value === 7 && to === at + 3
  return (mark.mark === '/' && !isRoundTheClock) || !day ? day : { ...day, isDoubtful: true }
}

function fixOrLunar(
  tokens: readonly Token[],
  to: number,
  year: number,
  month: number,
  day: number,
  clock: Clock,
): DayFound | null {
  if (isLunarWord(tokens, to)) return lunarAsk(tokens, to, day, month, clock, year)
  return fix(to, year, month, day, clock)
}

/** A date from its numbers; year 0 is the next that has not passed. A day that does not exist is asked about. */
function fix(to: number, year: number, month: number, day: number, clock: Clock): DayFound | null {
  if (month < 1 || month > 12 || day < 1 || day > 31) return null
  if (year > 0) {
    if (year < 1900 || year > 2199) return null
    return day <= lengthOfMonth(year, month) ? found(to, dayNumber(year, month, day)) : ask(to, aroundEnd(year, month))
  }
  for (let candidate = clock.year; candidate < clock.year + 9; candidate++) {
    if (day > lengthOfMonth(candidate, month)) continue
    const dayNo = dayNumber(candidate, month, day)
    if (dayNo >= clock.today) return found(to, dayNo)
  }
  const next =
    dayNumber(clock.year, month, lengthOfMonth(clock.year, month)) >= clock.today ? clock.year : clock.year + 1
  return ask(to, aroundEnd(next, month))
}

const aroundEnd = (year: number, month: number) => [
  dayNumber(year, month, lengthOfMonth(year, month)),
  dayNumber(year, month + 1, 1),
]

function nextDayOfMonth(day: number, clock: Clock): number {
  for (let month = clock.month; ; month++) {
    const { year, month: real } = civilOf(dayNumber(clock.year, month, 1))
    if (day > lengthOfMonth(year, real)) continue
    const dayNo = dayNumber(year, real, day)
    if (dayNo >= clock.today) return dayNo
  }
}

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
  if (
    number &&
    number.value >= 1 &&
    number.value <= 12 &&
    !(tokens[number.to]?.mark === '%' && tokens[number.to]!.isGlued)
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

/** `mùng 3`: the next third, unless the moon may be meant. */
function fromMung(tokens: readonly Token[], at: number, clock: Clock): DayFound | null {
  const number = numberAt(tokens, at + 1)
  if (!number || number.value < 1 || number.value > 10) return null
  if (keyOf(tokens[number.to]) === 'tet' || isLunarWord(tokens, number.to))
    return lunarAsk(tokens, number.to, number.value, 0, clock)
  const slash = fromNumber(tokens, at + 1, clock, true)
  if (!slash || slash.day === null) return slash
  const near = tetNear(slash.day) ?? tetNear(clock.today)
  if (near === null) return slash
  const candidates = [slash.day, near + number.value - 1].filter(
    (day, index, all) => day >= clock.today && all.indexOf(day) === index,
  )
  return ask(slash.to, candidates.length > 0 ? candidates : [slash.day])
}

/** `rằm tháng Bảy`: the fifteenth by the moon, always asked about. */
function fromRam(tokens: readonly Token[], at: number, clock: Clock): DayFound | null {
  if (!is(tokens[at + 1], T.month)) return tokens[at]!.word!.isMarked ? lunarAsk(tokens, at + 1, 15, 0, clock) : null
  const month = monthAfter(tokens, at + 1, clock)
  return month ? lunarAsk(tokens, month.to, 15, month.month, clock) : null
}

/** Around Tết people count days by the moon: half a lunar month on either side. */
function tetNear(day: number): number | null {
  const { year } = civilOf(day)
  const tet = tetDay(year)
  return Math.abs(day - tet) <= 15 ? tet : null
}

/** `âm`, `âm lịch`, `ta`: `ta` also means “we”, so only directly after a date. */
function isLunarWord(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]
  if (token?.mark === '(') return isLunarWord(tokens, at + 1)
  if (!is(token, T.lunar)) return false
  return keyOf(token) !== 'ta' || !/^(nen|se|phai|can|di|da|dang)$/.test(keyOf(tokens[at + 1]))
}

function lunarAsk(tokens: readonly Token[], at: number, day: number, month: number, clock: Clock, year = 0): DayFound {
  let to = at
  let isTet = false
  while (
    is(tokens[to], T.lunar | T.tet) ||
    keyOf(tokens[to]) === 'lich' ||
    tokens[to]?.mark === '(' ||
    (to > at && tokens[to]?.mark === ')')
  ) {
    if (is(tokens[to], T.tet)) isTet = true
    to++
  }
  const stated = yearAfter(tokens, to, clock)
  if (stated) to = stated.to
  const candidates: number[] = []
  const from = stated?.year ?? (year || clock.year - 1)
  for (let lunarYear = from; lunarYear < from + 3 && candidates.length < 1; lunarYear++) {
    const lunarMonths = month > 0 ? [month] : isTet ? [day > 20 ? 12 : 1] : [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]
    for (const lunarMonth of lunarMonths) {
      const dayNo = lunarToDay(lunarYear, lunarMonth, day)
      if (dayNo !== null && dayNo >= clock.today && candidates.length < 1) candidates.push(dayNo)
    }
  }
  const solar =
    month > 0 ? fix(to, year, month, day, clock) : isTet ? null : found(to, nextDayOfMonth(Math.min(day, 31), clock))
  if (solar?.day && !candidates.includes(solar.day)) candidates.push(solar.day)
  // The thirtieth that a short twelfth month lacks: its last day is meant.
  if (candidates.length === 0 && isTet) candidates.push(nextTet(clock) - 1)
  return ask(to, candidates)
}

function nextTet(clock: Clock): number {
  const tet = tetDay(clock.year)
  return tet > clock.today ? tet : tetDay(clock.year + 1)
}

/** Weekday at a token with what says which week: `thứ 6 tuần sau`, `T3`, `CN này`, `thứ hai tuần đầu tháng 11`. */
function weekdayAt(tokens: readonly Token[], at: number, clock: Clock): DayFound | null {
  const name = weekdayNameAt(tokens, at)
  if (!name) {
    const isNext = keyOf(tokens[at]) === 'next'
    const english = englishWeekday(tokens[isNext || keyOf(tokens[at]) === 'this' ? at + 1 : at])
    if (english < 0) return null
    if (isNext) return found(at + 2, clock.today - ((clock.weekday + 6) % 7) + 7 + ((english + 6) % 7))
    return { to: keyOf(tokens[at]) === 'this' ? at + 2 : at + 1, day: upcoming(english, clock), isBareWeekday: true }
  }
  const { to, weekday } = name
  const monday = clock.today - ((clock.weekday + 6) % 7)
  const offset = (weekday + 6) % 7
  const next = tokens[to]
  if (is(next, T.week)) {
    const inMonth = nthInMonth(tokens, to, weekday, clock)
    if (inMonth) return inMonth
    const shift = shiftOf(tokens, to + 1)
    if (shift) return found(shift.to, monday + 7 * shift.by + offset)
  }
  if (is(next, T.start | T.end) && is(tokens[to + 1], T.month)) {
    const month = monthAfter(tokens, to + 1, clock)
    const rank = is(next, T.start) ? 1 : -1
    return found(month?.to ?? to + 2, nthWeekday(weekday, rank, month, clock))
  }
  if (is(next, T.end | T.start) && is(tokens[to + 1], T.week)) {
    const shift = shiftOf(tokens, to + 2)
    return found(shift?.to ?? to + 2, monday + 7 * (shift?.by ?? 0) + offset)
  }
  if (is(next, T.current)) return found(to + 1, upcoming(weekday, clock))
  if (keyOf(next) === 'toi' && !numberAt(tokens, to + 1)) {
    const day = upcoming(weekday, clock)
    return found(keyOf(tokens[to + 1]) === 'day' ? to + 2 : to + 1, day === clock.today ? day + 7 : day)
  }
  if (keyOf(next) === 'sau' && (next!.word!.isMarked === false || is(next, T.next)) && !is(tokens[to + 1], T.day)) {
    const day = upcoming(weekday, clock)
    // “thứ 6 sau”: this coming Friday or the one after it; both are said.
    return ask(
      to + 1,
      day === clock.today ? [day + 7] : [day, monday + 7 + offset].filter((x, i, all) => all.indexOf(x) === i),
    )
  }
  return { to, day: upcoming(weekday, clock), isBareWeekday: true }
}

const upcoming = (weekday: number, clock: Clock) => clock.today + ((weekday - clock.weekday + 7) % 7)

/** `thứ 6`, `thứ sáu`, `T6`, `chủ nhật`, `CN`: Sunday 0. */
export function weekdayNameAt(tokens: readonly Token[], at: number): { to: number; weekday: number } | null {
  const token = tokens[at]
  const key = keyOf(token)
  if (key === 'thu' && is(token, T.weekdayPrefix)) {
    const number = numberAt(tokens, at + 1)
    if (!number || number.value < 2 || number.value > 7) return null
    const next = tokens[number.to]
    // “thứ 2/5”: the second of five, no Monday.
    if (
      next?.isGlued &&
      (next.mark === '/' || next.mark === '%') &&
      tokens[number.to + 1]?.isGlued &&
      tokens[number.to + 1]!.kind === 'number'
    )
      return null
    // “mười”, “mươi” would make a larger number of it
    return number.value <= 7 && number.to - at <= 2 ? { to: number.to, weekday: number.value - 1 } : null
  }
  if (key === 't') {
    const number = tokens[at + 1]
    if (
      number?.kind !== 'number' ||
      !number.isGlued ||
      number.value < 2 ||
      number.value > 7 ||
      number.end - number.start > 1
    )
      return null
    const next = tokens[at + 2]
    if (next?.isGlued && next.mark === '/') return null
    return { to: at + 2, weekday: number.value - 1 }
  }
  if ((key === 'chu' || key === 'chua') && keyOf(tokens[at + 1]) === 'nhat') return { to: at + 2, weekday: 0 }
  return key === 'cn' ? { to: at + 1, weekday: 0 } : null
}

/** `tuần đầu [tiên] [của] tháng [11]`, `tuần thứ 2 tháng 11`, `tuần cuối tháng`. `at` is the word `tuần`. */
function nthInMonth(tokens: readonly Token[], at: number, weekday: number, clock: Clock): DayFound | null {
  const rank = rankAt(tokens, at + 1)
  if (!rank) return null
  let to = rank.to
  if (/^(cua|trong|of)$/.test(keyOf(tokens[to]))) to++
  if (!is(tokens[to], T.month))
    return rank.rank > 0 && keyOf(tokens[at + 1]) !== 'cuoi' && keyOf(tokens[at + 1]) !== 'dau'
      ? null
      : found(rank.to, nthWeekday(weekday, rank.rank, null, clock))
  const month = monthAfter(tokens, to, clock)
  return found(month?.to ?? to + 1, nthWeekday(weekday, rank.rank, month, clock))
}

/** `đầu`, `đầu tiên`, `thứ 2`, `thứ hai`, `cuối`, `cuối cùng`: −1 is the last. */
export function rankAt(tokens: readonly Token[], at: number): { to: number; rank: number } | null {
  const token = tokens[at]
  if (is(token, T.start)) return { to: keyOf(tokens[at + 1]) === 'tien' ? at + 2 : at + 1, rank: 1 }
  if (is(token, T.end)) return { to: keyOf(tokens[at + 1]) === 'cung' ? at + 2 : at + 1, rank: -1 }
  const from = keyOf(token) === 'thu' ? at + 1 : at
  const number = numberAt(tokens, from)
  return number && number.value >= 1 && number.value <= 5 ? { to: number.to, rank: number.value } : null
}

/** The n-th weekday of a month (−1 the last), of the next month that has it still before it where none is stated. */
function nthWeekday(
  weekday: number,
  rank: number,
  month: { year: number; month: number } | null,
  clock: Clock,
): number {
  for (let ahead = 0; ; ahead++) {
    const start = month
      ? dayNumber(month.year || clock.year + (month.month < clock.month ? 1 : 0), month.month, 1)
      : dayNumber(clock.year, clock.month + ahead, 1)
    const civil = civilOf(start)
    const length = lengthOfMonth(civil.year, civil.month)
    const last = start + length - 1
    const day =
      rank < 0
        ? last - ((weekdayOf(last) - weekday + 7) % 7)
        : start + ((weekday - weekdayOf(start) + 7) % 7) + 7 * (rank - 1)
    if (month || (day >= clock.today && day <= last)) return day
  }
}

/** `hôm nay`, `mai`, `ngày kia`, `3 ngày nữa`: at a word. */
function relativeDay(tokens: readonly Token[], at: number, clock: Clock): DayFound | null {
  const token = tokens[at]!
  const key = keyOf(token)
  if (key === 'hnay' || key === 'today') return found(at + 1, clock.today)
  if (key === 'tonight') return found(at, clock.today)
  const code = codeOf(token)
  const next = tokens[at + 1]
  if (code & T.day) {
    if (keyOf(next) === 'nay' || keyOf(next) === 'ni') return found(at + 2, clock.today)
    if (is(next, T.tomorrow)) return found(at + 2, clock.today + 1)
    if (keyOf(next) === 'kia' || keyOf(next) === 'mot') return found(at + 2, clock.today + 2)
    if (keyOf(token) === 'hom' && keyOf(next) === 'qua') return found(at + 2, clock.today - 1)
    return null
  }
  if (code & T.tomorrow) return found(at + 1, clock.today + 1)
  return null
}

function fromEnglishMonth(tokens: readonly Token[], at: number, clock: Clock): DayFound | null {
  const month = englishMonth(tokens[at])
  const day = tokens[at + 1]
  if (!month || day?.kind !== 'number' || day.value > 31) return null
  return withEnglishYear(tokens, skipOrdinal(tokens, at + 2), month, day.value, clock)
}

function withEnglishYear(
  tokens: readonly Token[],
  at: number,
  month: number,
  day: number,
  clock: Clock,
): DayFound | null {
  const from = tokens[at]?.mark === ',' ? at + 1 : at
  const year = tokens[from]
  if (year?.kind === 'number' && year.value >= 1900 && year.value < 2200)
    return fix(from + 1, year.value, month, day, clock)
  return fix(at, 0, month, day, clock)
}
