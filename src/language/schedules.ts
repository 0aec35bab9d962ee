/** Standing schedules: `mùng 3 hằng tháng lúc 19h30` → `30 19 3 * *`, as node-cron reads it. */
import { codeOf, englishWeekday, is, keyOf, numberAt, T } from './date-words.ts'
import { hourAt, inPart, partAt } from './hours.ts'
import type { Shift } from './intents.ts'
import { vocabulary } from './lexicon.ts'
import { hasAny, type Token } from './reading.ts'
import { rankAt, weekdayNameAt } from './weekdays.ts'

export interface ScheduleFound {
  cron?: string
  shift?: Shift
}

interface Parts {
  minutes: number
  part: number
  /** Day of the month: number, or `L` for the last. */
  day: string
  weekday: number
  rank: number
  isWeekly: boolean
  isQuarterly: boolean
}

const ifBits = vocabulary.bitsOf('shiftIf')

/** Whether tokens speak of something that recurs: `hằng tháng`, `mỗi tháng`, a weekday of a week of the month. */
export function scheduleIn(tokens: readonly Token[]): ScheduleFound {
  const clause = shiftClause(tokens)
  const parts: Parts = { minutes: -1, part: 0, day: '', weekday: -1, rank: 0, isWeekly: false, isQuarterly: false }
  for (let at = 0; at < tokens.length; ) {
    if (clause && at === clause.from) {
      at = clause.to
      continue
    }
    at = readPart(tokens, at, parts)
  }
  const out: ScheduleFound = {}
  const cron = cronOf(parts)
  if (cron) out.cron = cron
  if (clause) out.shift = clause.shift
  return out
}

function readPart(tokens: readonly Token[], at: number, parts: Parts): number {
  const token = tokens[at]!
  const hour = parts.minutes < 0 ? hourAt(tokens, at) : null
  if (hour) {
    parts.minutes = hour.minutes
    const part = partAt(tokens[hour.to], true)
    if (part) parts.part = part
    return part ? hour.to + 1 : hour.to
  }
  const part = partAt(token, false)
  if (part) {
    parts.part = part
    return at + 1
  }
  const code = codeOf(token)
  if (code & T.every) {
    if (is(tokens[at + 1], T.week)) parts.isWeekly = true
    if (is(tokens[at + 1], T.quarter)) parts.isQuarterly = true
    if (keyOf(token) === 'weekly') parts.isWeekly = true
  }
  const weekday = weekdayNameAt(tokens, at)
  if (weekday && parts.weekday < 0) {
    parts.weekday = weekday.weekday
    return rankOfWeek(tokens, weekday.to, parts)
  }
  const english = englishWeekday(token)
  if (english >= 0 && parts.weekday < 0) {
    parts.weekday = english
    const before = keyOf(tokens[at - 1])
    const rank = { first: 1, second: 2, third: 3, fourth: 4, last: -1, '1st': 1 }[before]
    if (rank) parts.rank = rank
    return at + 1
  }
  if (code & T.week && parts.rank === 0) {
    // `tuần đầu tháng vào thứ Hai`: the week may come before the day.
    const rank = rankAt(tokens, at + 1)
    if (rank) {
      parts.rank = rank.rank
      return rank.to
    }
  }
  if (!parts.day && code & (T.day | T.lunarDay)) {
    const number = numberAt(tokens, at + 1)
    if (number && number.value >= 1 && number.value <= 31) {
      parts.day = String(number.value)
      return number.to
    }
    if (is(tokens[at + 1], T.end) && !weekdayNameAt(tokens, at + 2)) parts.day = 'L'
    if (is(tokens[at + 1], T.start) && is(tokens[keyOf(tokens[at + 2]) === 'tien' ? at + 3 : at + 2], T.month))
      parts.day = '1'
  }
  if (!parts.day && token.kind === 'number' && /^(st|nd|rd|th)$/.test(keyOf(tokens[at + 1])) && token.value <= 31)
    parts.day = String(token.value)
  return at + 1
}

/** `tuần đầu tháng`, `đầu tháng`, `cuối cùng của tháng`, `tuần thứ hai`, `đầu tiên`, `thứ 2 tuần 1`. */
function rankOfWeek(tokens: readonly Token[], at: number, parts: Parts): number {
  let to = at
  if (/^(cua|trong|vao)$/.test(keyOf(tokens[to]))) to++
  if (is(tokens[to], T.every) && is(tokens[to + 1], T.week)) {
    parts.isWeekly = true
    return to + 2
  }
  const from = is(tokens[to], T.week) ? to + 1 : to
  const isWeekWord = from > to
  if (!isWeekWord && !is(tokens[from], T.start | T.end)) return at
  const rank = rankAt(tokens, from)
  if (!rank) return at
  parts.rank = rank.rank
  return rank.to
}

function cronOf(parts: Parts): string | null {
  if (parts.minutes < 0) return null
  const minutes = inPart(parts.minutes, parts.part) % 1440
  const time = `${minutes % 60} ${Math.floor(minutes / 60)}`
  const months = parts.isQuarterly ? '1,4,7,10' : '*'
  if (parts.weekday >= 0 && parts.rank !== 0)
    return `${time} * ${months} ${parts.weekday}${parts.rank < 0 ? 'L' : `#${parts.rank}`}`
  if (parts.day) return `${time} ${parts.day} ${months} *`
  if (parts.weekday >= 0 && parts.isWeekly) return `${time} * * ${parts.weekday}`
  return null
}

interface ShiftClause {
  from: number
  to: number
  shift: Shift
}

const backward = /^(truoc|som|lien|len|ahead|earlier|previous|before)$/
const forward = /^(sau|tiep|toi|lui|hom|ke|next|following|after|doi|chuyen|day)$/

/** `trùng thứ bảy chủ nhật thì lùi sang ngày làm việc tiếp theo`: from the condition to the end of its sentence. */
function shiftClause(tokens: readonly Token[]): ShiftClause | null {
  for (let at = 0; at < tokens.length; at++) {
    if (!hasAny(tokens[at]!.bits, ifBits) || !isRestDay(tokens, at)) continue
    let to = at
    while (to < tokens.length && tokens[to]!.kind !== 'line' && tokens[to]!.mark !== '.' && tokens[to]!.mark !== ';')
      to++
    const direction = directionOf(tokens, at, to)
    return direction ? { from: at, to, shift: direction } : null
  }
  return null
}

function isRestDay(tokens: readonly Token[], at: number): boolean {
  for (let index = at; index < Math.min(tokens.length, at + 9); index++) {
    const key = keyOf(tokens[index])
    if (/^(nghi|le|cn|weekend|holiday|sunday|saturday)$/.test(key)) return true
    if (key === 'nhat' || (key === 'tuan' && keyOf(tokens[index - 1]) === 'cuoi')) return true
    if (weekdayNameAt(tokens, index)?.weekday === 6) return true
  }
  return false
}

function directionOf(tokens: readonly Token[], from: number, to: number): Shift | null {
  let seen: Shift | null = null
  for (let index = from + 1; index < to; index++) {
    const key = keyOf(tokens[index])
    if (backward.test(key) && !(key === 'lien' && keyOf(tokens[index + 1]) === 'sau')) return 'previousWorkingDay'
    if (forward.test(key)) seen ??= 'nextWorkingDay'
    // `thì thứ hai`, `thì thứ sáu`: the working day named outright.
    if (key === 'thi' || key === 'sang') {
      for (let next = index + 1; next < Math.min(to, index + 5); next++) {
        const day = weekdayNameAt(tokens, next)
        if (day?.weekday === 1) return 'nextWorkingDay'
        if (day?.weekday === 5) return 'previousWorkingDay'
      }
    }
  }
  return seen
}
