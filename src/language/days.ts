/** Single days: `30/11`, `ngày 03 tháng 02 năm 2027`, `mùng 3`, `thứ 6 tuần sau`, `mai`, `Nov 30`, with ASK where no day may be fixed. */
import { type Clock, civilOf, dayNumber, lengthOfMonth } from './calendar.ts'
import { codeOf, englishMonth, is, keyOf, numberAt, partOfDay, T } from './date-words.ts'
import { lunarToDay, tetDay } from './lunar.ts'
import { monthAfter, yearAfter } from './months.ts'
import type { Token } from './reading.ts'
import { weekdayAt } from './weekdays.ts'

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
  if (token.word?.key === 'ram') return fromRam(tokens, at, clock)
  return (
    (code & T.day ? fromDayWord(tokens, at, clock) : null) ??
    (code & T.month ? lunarMonthAt(tokens, at, clock) : null) ??
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
  const hasThird = third?.isGlued && third.mark === mark.mark && last?.kind === 'number' && last.isGlued
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

/** `tháng 9 âm [lịch]`, `tháng Chạp`: the last day by the moon or by the sun. */
function lunarMonthAt(tokens: readonly Token[], at: number, clock: Clock): DayFound | null {
  const month = monthAfter(tokens, at, clock)
  if (!month) return null
  const mark = tokens[month.to]?.mark === '(' ? month.to + 1 : month.to
  const isStated = /^(am|al)$/.test(keyOf(tokens[mark])) && is(tokens[mark], T.lunar)
  if (!isStated && !month.isLunar) return null
  const named = lunarAsk(tokens, month.to, 29, month.month, clock, month.year)
  const last = (named.ask ?? []).map((day, index) => {
    if (index > 0) {
      const { year, month: real } = civilOf(day)
      return dayNumber(year, real, lengthOfMonth(year, real))
    }
    // A lunar month has 29 days or 30.
    const { year } = civilOf(day)
    return [year - 1, year].some((lunarYear) => lunarToDay(lunarYear, month.month, 30) === day + 1) ? day + 1 : day
  })
  return ask(named.to, last)
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
  // `chiều mốt`, `sáng mốt`: alone it may be the first half of a number or a mood of dress.
  if (key === 'mot' && code & T.dayAfter && codeOf(tokens[at - 1]) & partOfDay) return found(at + 1, clock.today + 2)
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
