/** One statement of time: day, hour and part of the day in whatever order they were typed. */
import { type Clock, isoDay, isoMinute, weekdayOf } from './calendar.ts'
import { is, keyOf, startsDate, T } from './date-words.ts'
import { type DayFound, dayAt } from './days.ts'
import { type HourFound, hourAt, inPart, partAt } from './hours.ts'
import { type PeriodFound, periodAt } from './periods.ts'
import type { Token } from './reading.ts'

/** A class, so that all have one hidden shape whatever was found. */
export class WhenFound {
  readonly from: number
  readonly to: number
  day: number | undefined = undefined
  /** Days to ask with where none may be fixed. */
  ask: number[] | undefined = undefined
  period: PeriodFound | undefined = undefined
  /** Minutes since midnight of `day`; may reach 1440 (`12h đêm`). */
  minutes: number | undefined = undefined
  isDoubtful = false
  /** Weekday typed without a week, and nothing else. */
  isBareWeekday = false

  constructor(from: number, to: number) {
    this.from = from
    this.to = to
  }
}

/** What was found so far, in whatever order. */
class Parts {
  day: DayFound | null = null
  period: PeriodFound | null = null
  hour: HourFound | null = null
  part = 0
}

/** `10%`, `2 hộ`: a number with what it counts. */
export function isCount(tokens: readonly Token[], at: number): boolean {
  const first = tokens[at]!
  if (first.kind !== 'number' || first.end - first.start === 4) return false
  const next = tokens[at + 1]
  if (!next) return false
  if (next.mark === '%') return true
  return next.word !== null && !startsDate(next) && !afterNumber.has(keyOf(next))
}
const afterNumber = new Set(['am', 'pm', 'st', 'nd', 'rd', 'th', 'of'])

const joiners = new Set(['luc', 'vao', 'hoi', 'khoang', 'tam', 'at', 'on', 'la', 'nham', 'cua'])

/** The statement of time that starts at a token, as long as it reaches. */
export function whenAt(tokens: readonly Token[], at: number, clock: Clock): WhenFound | null {
  const first = tokens[at]
  if (!first || !startsDate(first) || isCount(tokens, at)) return null
  const state = new Parts()
  let to = at
  let from = at
  for (;;) {
    const reached = step(tokens, from, clock, state)
    if (reached === null) break
    to = reached
    from = skipJoiners(tokens, to)
  }
  if (to === at || (state.hour && !state.day && !state.period && !state.part && isDuration(tokens, at, to))) return null
  return settle(at, to, state, clock)
}

/** `trong 2 giờ`, `2 giờ nữa`: how long, not when. */
const isDuration = (tokens: readonly Token[], from: number, to: number) =>
  /^(trong|vong|within)$/.test(keyOf(tokens[from - 1])) ||
  is(tokens[to], T.more) ||
  (keyOf(tokens[to]) === 'toi' && to + 1 === tokens.length)

function step(tokens: readonly Token[], at: number, clock: Clock, state: Parts): number | null {
  const token = tokens[at]
  if (!token) return null
  if (!state.hour) {
    const hour = hourAt(tokens, at)
    if (hour) {
      state.hour = hour
      const part = partAt(tokens[hour.to], true)
      if (part && !state.part) {
        state.part = part
        return afterPart(tokens, hour.to + 1, clock, state)
      }
      return hour.to
    }
  }
  if (!state.part && token.word) {
    const part = partAt(token, false)
    if (part && !(state.day && state.hour)) {
      state.part = part
      return afterPart(tokens, at + 1, clock, state)
    }
  }
  if (state.period) return null
  if (!state.day) {
    // `6/2027`, `tháng 6/2027`, `6 tháng đầu năm`: a period may begin like a day, the longer reading wins.
    const day = dayAt(tokens, at, clock)
    const period = monthAndYear(tokens, at) ?? periodAt(tokens, at, clock)
    if (day && (!period || day.to >= period.to)) {
      state.day = day
      return day.to
    }
    if (period && !state.part && !state.hour) {
      state.period = period
      return period.to
    }
    return null
  }
  if (!state.day.isBareWeekday) return null
  const date = dayAt(tokens, at, clock)
  if (!date || date.isBareWeekday || date.isDoubtful) return null
  if (date.day !== null && state.day.day !== null && weekdayOf(date.day) !== weekdayOf(state.day.day))
    state.day = { to: date.to, day: null, ask: [date.day, state.day.day] }
  else state.day = date
  return date.to
}

/** `tối nay`, `chiều hôm qua`, `tối mai`: `nay` names today only behind a part of the day. */
function afterPart(tokens: readonly Token[], at: number, clock: Clock, state: Parts): number {
  const key = keyOf(tokens[at])
  if (!state.day && (key === 'nay' || key === 'ni')) {
    state.day = { to: at + 1, day: clock.today }
    return at + 1
  }
  return at
}

/** `6/2027` */
function monthAndYear(tokens: readonly Token[], at: number): PeriodFound | null {
  const [month, slash, year] = [tokens[at], tokens[at + 1], tokens[at + 2]]
  if (month?.kind !== 'number' || slash?.mark !== '/' || year?.kind !== 'number' || !slash.isGlued || !year.isGlued)
    return null
  if (month.value < 1 || month.value > 12 || year.value < 1900 || year.value > 2199) return null
  return {
    to: at + 3,
    unit: 'month',
    year: year.value,
    index: month.value,
    hasYear: true,
    edge: 'whole',
    isNamed: true,
  }
}

function skipJoiners(tokens: readonly Token[], at: number): number {
  let to = at
  while (
    joiners.has(keyOf(tokens[to])) ||
    ((tokens[to]?.mark === ',' || tokens[to]?.mark === '(' || tokens[to]?.mark === '-') && to === at)
  )
    to++
  return to
}

function settle(at: number, to: number, state: Parts, clock: Clock): WhenFound | null {
  const found = new WhenFound(at, to)
  if (state.hour)
    found.minutes =
      state.hour.isFixed && state.part !== T.morning ? state.hour.minutes : inPart(state.hour.minutes, state.part)
  if (state.period) {
    found.period = state.period
    return found
  }
  if (state.day) {
    if (state.day.isDoubtful) found.isDoubtful = true
    if (state.day.isBareWeekday) {
      found.isBareWeekday = true
      // “thứ 2 8h” said on a Monday at nine: that hour has passed.
      if (state.day.day === clock.today && found.minutes !== undefined && found.minutes <= clock.minutes)
        found.day = clock.today + 7
    }
    if (state.day.day === null) found.ask = state.day.ask ?? []
    else found.day ??= state.day.day
    return found
  }
  if (state.part && !state.hour) return null
  return state.hour ? found : null
}

/** ISO date, or date-time where an hour was named. */
export function isoWhen(found: WhenFound, clock: Clock): string | null {
  if (found.day === undefined) return null
  return found.minutes === undefined ? isoDay(found.day) : isoMinute(found.day, found.minutes, clock.timeZone)
}
