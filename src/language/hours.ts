/** Times of day: `19h30`, `7 rưỡi tối`, `8h kém 15`, `chiều 2h`, `7pm`. */
import { codeOf, is, keyOf, numberAt, partOfDay, T } from './date-words.ts'
import type { Token } from './reading.ts'

export interface HourFound {
  to: number
  /** Minutes since midnight, not yet moved by a part of the day. */
  minutes: number
  /** Whether the text fixed the half of the day itself (`pm`, hours past 12). */
  isFixed: boolean
}

/** An hour at a token, without the part of the day around it. */
export function hourAt(tokens: readonly Token[], at: number): HourFound | null {
  const number = numberAt(tokens, at)
  if (!number || number.value > 24) return null
  const hour = number.value
  const next = tokens[number.to]
  if (next?.mark === ':' && next.isGlued) {
    const minute = tokens[number.to + 1]
    if (minute?.kind !== 'number' || !minute.isGlued || minute.value > 59 || minute.end - minute.start !== 2)
      return null
    return meridiem(tokens, number.to + 2, hour * 60 + minute.value)
  }
  if (is(next, T.half) && hour < 24) return { to: number.to + 1, minutes: hour * 60 + 30, isFixed: hour > 12 }
  if (keyOf(next) === 'am' || keyOf(next) === 'pm') return hour <= 12 ? meridiem(tokens, number.to, hour * 60) : null
  if (!is(next, T.hour) || (keyOf(next) !== 'gio' && tokens[at]!.kind !== 'number')) return null
  return meridiem(tokens, ...minutesAfter(tokens, number.to + 1, hour))
}

/** `30`, `30 phút`, `rưỡi`, `kém 15` after an hour. */
function minutesAfter(tokens: readonly Token[], at: number, hour: number): [number, number] {
  if (is(tokens[at], T.half)) return [at + 1, hour * 60 + 30]
  if (is(tokens[at], T.short)) {
    const less = numberAt(tokens, at + 1)
    if (less && less.value < 60) return [skipMinuteWord(tokens, less.to), hour * 60 - less.value]
  }
  const minute = numberAt(tokens, at)
  const token = tokens[at]
  // `8h 15 người`: a number that does not touch the hour needs its word, or two digits and nothing that it counts.
  if (minute && minute.value < 60 && token?.mark !== '.' && !isDateNumber(tokens, minute.to)) {
    if (token?.isGlued || is(tokens[minute.to], T.minute))
      return [skipMinuteWord(tokens, minute.to), hour * 60 + minute.value]
    if (keyOf(tokens[at - 1]) === 'gio' && minute.value >= 10 && minute.value % 5 === 0)
      return [minute.to, hour * 60 + minute.value]
  }
  return [at, hour * 60]
}

const isDateNumber = (tokens: readonly Token[], to: number) => {
  const next = tokens[to]
  return next?.isGlued && (next.mark === '/' || next.mark === '-' || next.mark === '%')
}

const skipMinuteWord = (tokens: readonly Token[], at: number) => {
  const next = tokens[at]
  if (next && (next.mark === "'" || next.mark === '’')) return at + 1
  return is(next, T.minute) ? at + 1 : at
}

function meridiem(tokens: readonly Token[], at: number, minutes: number): HourFound {
  const key = keyOf(tokens[at])
  if (key === 'pm') return { to: at + 1, minutes: minutes < 720 ? minutes + 720 : minutes, isFixed: true }
  if (key === 'am') return { to: at + 1, minutes: minutes >= 720 ? minutes - 720 : minutes, isFixed: true }
  return { to: at, minutes, isFixed: minutes >= 13 * 60 }
}

/** Part of the day at a token (one bit of `partOfDay`), 0 where there is none. `sang` alone may mean “to”. */
export function partAt(token: Token | undefined, isAfterHour: boolean): number {
  const code = codeOf(token) & partOfDay
  if (code === 0 || !token?.word) return 0
  if (code === T.morning && !token.word.isMarked && token.word.key === 'sang' && !isAfterHour) return 0
  return code & -code
}

/** Minutes since midnight once the part of the day is known; 1440 is the midnight that ends the day. */
export function inPart(minutes: number, part: number): number {
  const hour = minutes / 60
  if (part === T.morning) return hour >= 12 && hour < 13 ? minutes - 720 : minutes
  if (part === T.noon) return hour < 4 ? minutes + 720 : minutes
  if (part === T.afternoon) return hour < 12 ? minutes + 720 : minutes
  if (part === T.evening)
    return hour >= 12 && hour < 13 ? minutes + 720 : hour < 12 && hour >= 4 ? minutes + 720 : minutes
  if (part === T.night) {
    if (hour >= 12 && hour < 13) return minutes + 720
    return hour >= 7 && hour < 12 ? minutes + 720 : minutes
  }
  return minutes
}
