/** One meeting moved or called off, the standing schedule, and the theme. */
import type { Clock } from './calendar.ts'
import { isoDay, isoMinute } from './calendar.ts'
import { is, keyOf, keySet, startsDate, T } from './date-words.ts'
import { deedNumberIn } from './deed-numbers.ts'
import { pieceOf } from './deeds.ts'
import { courtesyBits, headIndex, unexplained } from './grammar.ts'
import type { Extras, Intent } from './intents.ts'
import { vocabulary } from './lexicon.ts'
import { noActOf } from './no-acts.ts'
import { fold } from './normalise.ts'
import { periodIn } from './period-slot.ts'
import { hasAny, type Reading, read, type Token } from './reading.ts'
import { scheduleIn } from './schedules.ts'
import { union } from './tag-sets.ts'
import { isoWhen, WhenFound, whenAt } from './when.ts'

const becauseKeys = keySet('vi do boi because since due')
const sangKeys = keySet('sang qua den toi')
const bits = (names: string) => vocabulary.bitsOf(names)
const meBits = bits('me')
const questionBits = bits('what when where who howMany')
const moveBits = bits('move callOff')
const callOffBits = bits('callOff')
const aboutMeeting = bits('meet sched session')
const moveRest = union(
  courtesyBits,
  bits('move callOff meet sched session time number cell into because people set have absent leave'),
)
const blockMove = bits('what when who howMany neg notYet data register remind summary theme where')
const intoKeys = /^(sang|qua|den|toi|thanh|len|vao|xuong|ve|lai|to|vao|bang|until|for)$/

const thematicMeeting =
  /^(?:(?:buoi|ky|cuoc) (?:(?:sinh hoat|hop) )?|(?:sinh hoat|hop) )chuyen de(?! (?:hop|sinh hoat|cua))\b/

/** "Hoãn buổi sinh hoạt chuyên đề": the theme is the meeting itself that is put off, nothing that is set or asked. */
function namesThematicMeeting(tokens: readonly Token[], verb: number): boolean {
  return verb >= 0 && thematicMeeting.test(tokens.slice(tokens[verb]!.phraseEnd).map(keyOf).join(' '))
}

/** `dời họp từ ngày 8 sang ngày 10`, `hoãn họp tháng này vì bão`. */
export function readMove(reading: Reading, clock: Clock): Intent | null {
  const { tokens, all } = reading
  if (!hasAny(all, moveBits) || !hasAny(all, aboutMeeting) || deedNumberIn(tokens)) return null
  const verb = tokens.findIndex((token) => token.isPhraseStart && hasAny(token.bits, moveBits))
  const known = namesThematicMeeting(tokens, verb) ? union(moveRest, themeBits) : moveRest
  const because = tokens.findIndex((token, at) => at > verb && token.isPhraseStart && isBecause(token, tokens[at + 1]))
  const stop = because < 0 ? tokens.length : because
  for (let at = 0; at < stop; at++) {
    const token = tokens[at]!
    if (token.isPhraseStart && hasAny(token.bits, blockMove) && !hasAny(token.bits, known)) return null
  }
  if (
    hasAny(all, meBits) &&
    hasAny(all, bits('absent leave')) &&
    !tokens.some((token) => /^(doi|roi|chuyen|hoan|lui|day|huy|move)$/.test(keyOf(token)))
  )
    return null
  const place = placeIn(reading, verb, stop)
  const end = place ? place.from : stop
  if (unexplained(reading, known, 0, end, 3) > 0) return null
  const extras: Extras = {}
  if (place) extras.place = place.text
  const reason = because < 0 ? '' : pieceOf(reading, tokens[because]!.phraseEnd, tokens.length)
  if (reason) extras.reason = reason
  const times = timesIn(tokens, 0, end, clock)
  const moved = fromAndTo(tokens, times, clock)
  if (moved.ask) extras.ask = moved.ask
  const slots = { ...(moved.from ? { from: moved.from } : {}), ...(moved.to ? { to: moved.to } : {}) }
  if (!moved.to && !moved.ask) {
    if (hasShift(tokens) || !tokens.some((token) => token.isPhraseStart && hasAny(token.bits, callOffBits)))
      return { intent: 'meeting.move', slots, ...withExtras(extras) }
    if (times.length === 1 && times[0]!.day !== undefined && !slots.from) slots.from = isoDay(times[0]!.day)
    extras.cancelled = true
  }
  return { intent: 'meeting.move', slots, ...withExtras(extras) }
}

const rejected =
  /^(?:thoi\s*,?\s*)?(?:khong|ko|k|kg|chang)\s+(?:phai\s+)?(?:hop|sinh hoat|sh|doi|chuyen|lui|hoan)\b[^.!?;]{0,60}?(?:\s*,\s*|\s+nua\s+|\s+ma\s+)(?:(?:ma|thi|se|ta|minh|chi bo|nua|xin)\s+)*(?:doi|chuyen|lui|hoan)\s+(?:(?:lich|buoi)\s+)?(?:(?:hop|sinh hoat|sh)\s+)?(?=(?:sang|qua|vao|den|toi|ve)\s)/

/** "không họp thứ 6 nữa, dời sang thứ 7", "không dời sang thứ 6 nữa mà dời họp sang thứ 7": what is not to be is not read. */
export function readMovedInstead(text: string, clock: Clock): Intent | null {
  const typed = text.normalize('NFC').trim()
  const key = fold(typed)
  const found = key.length === typed.length ? rejected.exec(key) : null
  if (!found) return null
  const half = read(`dời họp ${typed.slice(found[0].length)}`)
  const moved = readMove(half, clock)
  if (!moved || noActOf(moved, half)) return null
  return ('to' in moved.slots && moved.slots.to) || moved.extras?.ask ? moved : null
}

/** `lùi 1 tuần`, `sớm hơn 1 tiếng`: by how much says nothing without the schedule. */
const hasShift = (tokens: readonly Token[]) =>
  tokens.some(
    (token, at) =>
      /^(som|muon)$/.test(keyOf(token)) ||
      (token.kind === 'number' && /^(ngay|tuan|thang|tieng|gio|phut|hom|bua)$/.test(keyOf(tokens[at + 1]))),
  )

const isBecause = (token: Token, next: Token | undefined) =>
  becauseKeys.has(keyOf(token)) || (keyOf(token) === 'tai' && keyOf(next) === 'vi')

const withExtras = (extras: Extras) => (Object.keys(extras).length > 0 ? { extras } : {})

function timesIn(tokens: readonly Token[], from: number, to: number, clock: Clock): WhenFound[] {
  const out: WhenFound[] = []
  for (let at = from; at < to; ) {
    const found = startsDate(tokens[at]!) ? whenAt(tokens, at, clock) : null
    if (found && found.to <= to && (found.day !== undefined || found.ask || found.minutes !== undefined)) {
      out.push(found)
      at = found.to
    } else if (
      sangKeys.has(keyOf(tokens[at])) &&
      tokens[at + 1]?.kind === 'number' &&
      out.length > 0 &&
      tokens[at + 1]!.value <= 31 &&
      !found
    ) {
      // `từ ngày 8 sang 10`
      const day = whenAt([{ ...tokens[at]!, word: vocabulary.wordOf('ngày') }, tokens[at + 1]!], 0, clock)
      if (day?.day !== undefined && !whenAt(tokens, at + 1, clock)) out.push(dayOf(day.day, at + 1))
      at += 1
      const next = whenAt(tokens, at, clock)
      if (!next) at += 1
    } else at++
  }
  return out
}

function dayOf(day: number, at: number): WhenFound {
  const found = new WhenFound(at, at + 1)
  found.day = day
  return found
}

function fromAndTo(
  tokens: readonly Token[],
  times: readonly WhenFound[],
  clock: Clock,
): { from?: string; to?: string; ask?: string[] } {
  const dated = times.filter((found) => found.day !== undefined || found.ask)
  if (times.length === 0) return {}
  const last = times[times.length - 1]!
  const first = times[0]!
  if (times.length === 1) {
    if (dated.length === 0) return {}
    if (isOldDate(tokens, first)) return first.day !== undefined ? { from: isoDay(first.day) } : {}
    return target(first, clock)
  }
  const out: { from?: string; to?: string; ask?: string[] } = {}
  if (first.day !== undefined) out.from = isoDay(first.day)
  if (last.day === undefined && !last.ask) {
    if (first.day !== undefined && last.minutes !== undefined)
      out.to = isoMinute(first.day, last.minutes, clock.timeZone)
    return out
  }
  return { ...out, ...target(last, clock) }
}

function target(found: WhenFound, clock: Clock): { to?: string; ask?: string[] } {
  if (found.ask) {
    const { minutes } = found
    return {
      ask: found.ask.map((day) => (minutes === undefined ? isoDay(day) : isoMinute(day, minutes, clock.timeZone))),
    }
  }
  const to = isoWhen(found, clock)
  return to ? { to } : {}
}

/** A single date names the old day where the verb follows it, or where it stands between the verb and no `sang`. */
function isOldDate(tokens: readonly Token[], found: WhenFound): boolean {
  const before = tokens[found.from - 1]
  if (intoKeys.test(keyOf(before)) || is(tokens[found.from], T.next)) return false
  if (keyOf(before) === 'ngay' && intoKeys.test(keyOf(tokens[found.from - 2]))) return false
  const callsOff = tokens.some(
    (token) =>
      token.isPhraseStart && /^(huy|hoan|tam|nghi|bo|cancel)$/.test(keyOf(token)) && hasAny(token.bits, callOffBits),
  )
  if (callsOff && !tokens.some((token, at) => at < found.from && intoKeys.test(keyOf(token)))) return true
  return tokens.some((token, at) => at >= found.to && token.isPhraseStart && hasAny(token.bits, moveBits))
}

/** `tại nhà văn hoá`, `ở hội trường uỷ ban`: to the end of the clause. */
function placeIn(reading: Reading, from: number, to: number): { from: number; text: string } | null {
  const { tokens } = reading
  for (let at = from + 1; at < to; at++) {
    const token = tokens[at]!
    const key = keyOf(token)
    if (key !== 'o' && key !== 'tai' && !(key === 'at' && tokens[at + 1]?.word)) continue
    if (key === 'tai' && token.word!.spelling.tone !== 5 && token.word!.spelling.tone !== 0) continue
    const next = tokens[at + 1]
    if (!next?.word || (startsDate(next) && next.word.forms.length > 0 && next.kind === 'number')) continue
    let end = at + 1
    while (
      end < to &&
      tokens[end]!.kind !== 'line' &&
      !(tokens[end]!.kind === 'mark' && /[,.;!?]/.test(tokens[end]!.mark)) &&
      !/^(luc|vao|ngay|nhe|nha|a)$/.test(keyOf(tokens[end])) &&
      !/^(trung|neu|roi)$/.test(keyOf(tokens[end]))
    )
      end++
    const text = pieceOf(reading, at + 1, end)
    if (text) return { from: at, text }
  }
  return null
}

const recurringBits = bits('recurring')
const setBits = bits('set')
const blockSchedule = bits('what when who howMany notYet remind data register deed where theme summary move')

/** `chi bộ họp mùng 3 hằng tháng lúc 19h30`. */
export function readSchedule(reading: Reading): Intent | null {
  const { tokens, all } = reading
  if (!hasAny(all, aboutMeeting)) return null
  const hasSet = hasAny(all, setBits)
  if (!hasAny(all, recurringBits)) return null
  for (const token of tokens)
    if (token.isPhraseStart && hasAny(token.bits, blockSchedule) && !hasAny(token.bits, scheduleOk)) return null
  if (
    hasAny(all, questionBits) &&
    tokens.some((token) => hasAny(token.bits, questionBits) && !hasAny(token.bits, scheduleOk))
  )
    return null
  const found = scheduleIn(tokens)
  const place = placeIn(reading, 0, tokens.length)
  const extras = withExtras(place ? { place: place.text } : {})
  if (found.cron) return { intent: 'meeting.schedule', slots: found, ...extras }
  return hasSet &&
    tokens.some(
      (token) => hasAny(token.bits, setBits) && /^(dat|lap|cai|thiet|an|len|tao|set|qui|xep|sap)$/.test(keyOf(token)),
    )
    ? { intent: 'meeting.schedule', slots: found, ...extras }
    : null
}
const scheduleOk = bits('time set recurring meet sched polite shiftIf cell into can')

const themeBits = bits('theme')

/** `chuyên đề tháng 11: …`: a theme with its content behind a colon or `là`. */
export function readTheme(reading: Reading, clock: () => Clock): Intent | null {
  const { tokens, all } = reading
  if (!hasAny(all, themeBits) || hasAny(all, bits('remind'))) return null
  const theme = tokens.findIndex((token) => hasAny(token.bits, themeBits))
  const head = headIndex(tokens)
  if (unexplained(reading, themeHead, head, theme, 1) > 0) return null
  for (let at = tokens[theme]!.phraseEnd; at < tokens.length; at++) {
    const token = tokens[at]!
    const isCut = token.mark === ':' || token.kind === 'line' || (keyOf(token) === 'la' && token.isPhraseStart)
    if (!isCut) {
      if (token.kind !== 'mark' && !hasAny(token.bits, themeRest)) return null
      continue
    }
    const text = pieceOf(reading, at + 1, tokens.length)
    if (text === '' || tokens.slice(at + 1).some((part) => part.isPhraseStart && /^(gi|what|ji)$/.test(keyOf(part))))
      return null
    if (tokens[tokens.length - 1]!.mark === '?') return null
    const before: Reading = { ...reading, tokens: tokens.slice(0, at) }
    return { intent: 'meeting.theme', slots: periodIn(before, clock), extras: { theme: text } }
  }
  return null
}
const themeHead = union(courtesyBits, bits('set edit meet cell time number into session'))
const themeRest = union(courtesyBits, bits('time number meet cell session theme into set'))
