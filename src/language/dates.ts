/** One date phrase by itself: a day, a date-time, a period or a standing schedule, or the candidates to ask with. */
import { type Clock, clockAt, isoDay, isoMinute } from './calendar.ts'
import { is, keyOf, startsDate, T } from './date-words.ts'
import { deadlineIn, deadlineValue } from './deadlines.ts'
import { hourAt } from './hours.ts'
import { vocabulary } from './lexicon.ts'
import { titleEnd } from './people.ts'
import { periodIn } from './period-slot.ts'
import { periodLabel } from './periods.ts'
import { hasAny, type Reading, read, type Token } from './reading.ts'
import { scheduleIn } from './schedules.ts'
import { noBits } from './tag-sets.ts'
import { weekdayNameAt } from './weekdays.ts'
import { type WhenFound, whenAt } from './when.ts'

export type Resolved = { value: string } | { ask: string[] } | { value: null }

const nothing: Resolved = { value: null }
const recurringBits = vocabulary.bitsOf('recurring')
const monthWords = new Set(['2', '3', '4', '5', '6', '7'])

/**
 * Resolves a phrase against an instant: ISO date, date-time with offset, period (`2026-Q1`) or cron, `ask` where a guess is
 * forbidden, null where no date is named. Throws RangeError on a bad instant or zone.
 */
export function resolveDate(text: string, now: Date, timeZone: string): Resolved {
  const clock = clockAt(now, timeZone)
  const reading = read(text.slice(0, 2000))
  const { tokens } = reading
  if (tokens.length === 0) return nothing
  const short = shortMonthOrWeekday(reading, clock)
  if (short) return short
  if (isRecurring(reading)) {
    const { cron } = scheduleIn(tokens)
    return cron ? { value: cron } : firstInMonth(reading, clock)
  }
  const deadline = deadlineIn(tokens, 0, tokens.length, clock)
  if (deadline) return deadline.ask ? { ask: deadline.ask } : { value: deadline.due ?? null }
  const found = firstWhen(reading, clock)
  if (found) return resolved(found, clock)
  const { period } = periodIn(reading, () => clock)
  return period ? { value: period } : nothing
}

/** `T3`: Tuesday or March. */
function shortMonthOrWeekday(reading: Reading, clock: Clock): Resolved | null {
  const { tokens, text } = reading
  const words = tokens.filter((token) => token.kind !== 'mark')
  if (words.length !== 2 || keyOf(words[0]) !== 't' || words[1]!.kind !== 'number') return null
  const digit = text.slice(words[1]!.start, words[1]!.end)
  if (!monthWords.has(digit)) return null
  const weekday = Number(digit) - 1
  return { ask: [isoDay(clock.today + ((weekday - clock.weekday + 7) % 7)), `${clock.year}-0${digit}`] }
}

function isRecurring(reading: Reading): boolean {
  const { tokens } = reading
  if (tokens.some((token) => is(token, T.every))) return true
  // A weekday of a week of the month, no month named, recurs.
  for (let at = 0; at < tokens.length; at++) {
    const name = weekdayNameAt(tokens, at)
    if (!name || !hasAny(tokens[name.to]?.bits ?? noBits, recurringBits)) continue
    const end = tokens[name.to]!.phraseEnd
    const month = is(tokens[end - 1], T.month) ? end : is(tokens[end], T.month) ? end + 1 : -1
    if (month < 0) return false
    const next = tokens[month]
    const isMonthNumber =
      next?.kind === 'number' &&
      next.value <= 12 &&
      !is(tokens[month + 1], T.hour | T.half) &&
      tokens[month + 1]?.mark !== ':'
    return (
      !isMonthNumber &&
      !is(next, T.current | T.next | T.previous) &&
      tokens.some((_, index) => hourAt(tokens, index) !== null)
    )
  }
  return tokens.some((token) => /^(dinh|thuong)$/.test(keyOf(token)) && hasAny(token.bits, recurringBits))
}

/** `thứ hai đầu tháng` without an hour makes no schedule, but names a day. */
function firstInMonth(reading: Reading, clock: Clock): Resolved {
  if (reading.tokens.some((token) => is(token, T.every))) return nothing
  const found = firstWhen(reading, clock)
  return found ? resolved(found, clock) : nothing
}

function firstWhen(reading: Reading, clock: Clock): WhenFound | null {
  const { tokens } = reading
  for (let at = 0; at < tokens.length; at++) {
    if (!startsDate(tokens[at]!)) continue
    const found = whenAt(tokens, at, clock)
    if (!found || isNamedMai(tokens, at, found)) continue
    // `nhân dịp 3/2`, `1/2 số đơn`: a feast day and a fraction are no dates.
    const isFeast =
      keyOf(tokens[at - 1]) === 'dip' || (keyOf(tokens[at - 1]) === 'ngay' && keyOf(tokens[at - 2]) === 'dip')
    const next = tokens[found.to]
    const isFraction =
      tokens[at]!.kind === 'number' &&
      tokens[at + 1]?.mark === '/' &&
      found.to === at + 3 &&
      next?.word &&
      !startsDate(next) &&
      tokens[at]!.value < tokens[at + 2]!.value
    if (isFeast || isFraction || (found.isDoubtful && (tokens[at]!.value === 24 || found.to < tokens.length || at > 0)))
      return null
    return found
  }
  return null
}

/** `chị Mai`, `Mai Thị Hoa`: a name. Without capitals only where a title leads and nothing follows (`chi mai`). */
function isNamedMai(tokens: readonly Token[], at: number, found: WhenFound): boolean {
  const { word } = tokens[at]!
  if (word?.key !== 'mai') return false
  const hasTitle = [at - 1, at - 2].some((from) => from >= 0 && titleEnd(tokens, from) === at)
  if (word.capitals === 'first') {
    const next = tokens[at + 1]
    return hasTitle || (next?.word?.capitals === 'first' && !startsDate(next))
  }
  return hasTitle && found.to === at + 1 && found.to === tokens.length && !/^(em|e)$/.test(keyOf(tokens[at - 1]))
}

function resolved(found: WhenFound, clock: Clock): Resolved {
  const { minutes } = found
  const iso = (day: number) => (minutes === undefined ? isoDay(day) : isoMinute(day, minutes, clock.timeZone))
  if (found.ask) return { ask: found.ask.map(iso) }
  if (found.day !== undefined) return { value: iso(found.day) }
  if (found.period) {
    if (found.period.edge === 'whole') {
      const label = periodLabel(found.period)
      return { value: label }
    }
    const value = deadlineValue(found, false, clock)
    return value.ask ? { ask: value.ask } : { value: value.due ?? null }
  }
  if (minutes === undefined) return nothing
  return { value: iso(minutes > clock.minutes ? clock.today : clock.today + 1) }
}
