/** Weekdays with what says which week: `thứ 6 tuần sau`, `T3`, `thứ hai tuần đầu tháng 11`. */
import { type Clock, civilOf, dayNumber, lengthOfMonth, weekdayOf } from './calendar.ts'
import { englishWeekday, is, keyOf, numberAt, T } from './date-words.ts'
import type { DayFound } from './days.ts'
import { monthAfter, shiftOf } from './months.ts'
import type { Token } from './reading.ts'

const found = (to: number, day: number): DayFound => ({ to, day })
const ask = (to: number, candidates: number[]): DayFound => ({ to, day: null, ask: candidates })

/** Weekday at a token with what says which week: `thứ 6 tuần sau`, `T3`, `CN này`, `thứ hai tuần đầu tháng 11`. */
export function weekdayAt(tokens: readonly Token[], at: number, clock: Clock): DayFound | null {
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
