/** `việc 1 xong rồi`, `v1 xong 70%`, `báo cáo việc 2 được 60%, đang chờ kinh phí`. */
import { keyOf, keySet } from './date-words.ts'
import { deedNumberAt, deedNumberIn } from './deed-numbers.ts'
import { courtesyBits, unexplained } from './grammar.ts'
import type { Intent } from './intents.ts'
import { vocabulary } from './lexicon.ts'
import { nameAt, titleEnd } from './people.ts'
import { percentAt, progressIn } from './progress.ts'
import { hasAny, type Reading, type Token } from './reading.ts'
import { behindAddress } from './report-address.ts'
import { noBits, union } from './tag-sets.ts'

const bits = (names: string) => vocabulary.bitsOf(names)
const leadBits = union(
  courtesyBits,
  bits(
    'progress done summary submit already edit percent number half notYet yes can have into level register time neg show',
  ),
)
const statusLead = bits('progress done summary percent half')
const blockBits = bits('what when who howMany approve giveBack rate commend drop remind data where')
const actBits = bits('approve giveBack rate commend drop remind data')
const progressBits = bits('progress')
const doneBits = bits('done')
const reportBits = bits('summary progress edit submit')
const deedBits = bits('deed')
const saidOfDeed = bits('done percent half progress already notYet neg number')
const waits = keySet('cho doi')
const freeBlock = bits('what when who howMany where')

export function readProgress(reading: Reading): Intent | null {
  const { tokens, all } = reading
  const deed = deedNumberIn(tokens)
  const to = behindAddress(tokens)
  if (!deed) return (to > 0 ? addressed(reading, to) : null) ?? withoutDeed(reading)
  if (tellsOfAnother(reading, deed.from)) return null
  const lead = to > 0 ? Math.min(to, deed.from) : behindExcuse(tokens, deed.from)
  if (unexplained(reading, leadBits, lead, deed.from, 1) > 0) return null
  for (let at = 0; at < deed.from; at++)
    if (hasAny(tokens[at]!.own, actBits) && !hasAny(tokens[at]!.own, statusLead)) return null
  let after = deed.to
  // `việc 1 của em`, `việc 1 thì`, `việc 1 em làm …`
  while (/^(cua|em|e|toi|minh|t|thi|la|nhu|sau|nay|ay)$/.test(keyOf(tokens[after])) || tokens[after]?.mark === ':')
    after++
  if (keyOf(tokens[deed.to]) === 'cua') {
    const whose = deed.to + 1
    // `việc 1 của bác`: an elder of themselves, as long as no name follows.
    const elder = titleEnd(tokens, whose)
    const isElder = elder === whose + 1 && /^(bac|chu|co|anh|chi|ong|ba|cu)$/.test(keyOf(tokens[whose]))
    if (isElder && !hasAny(tokens[elder]?.bits ?? noBits, saidOfDeed) && nameAt(reading, elder)) return null
    if (isElder) after = elder
    else if (!/^(em|e|toi|minh|t|con|chau|tui)$/.test(keyOf(tokens[whose]))) return null
  }
  if (asksOrActs(reading, deed.to)) return null
  const before = progressIn(reading, Math.max(leadStart(reading, deed.from), Math.min(to, deed.from)), deed.from)
  const second = nextDeed(tokens, after)
  const behind = progressIn(reading, after, second)
  const slots: Intent<'progress.report'>['slots'] = { deed: deed.deed }
  const percent = before.percent ?? behind.percent
  if (percent !== undefined) slots.percent = percent
  if ((before.done || behind.done) && (percent === undefined || percent === 100)) slots.done = true
  if (behind.note !== undefined) slots.note = behind.note
  const isEmpty = percent === undefined && !slots.done && slots.note === undefined
  if (isEmpty && !hasAny(all, statusLead) && !hasAny(all, bits('notYet'))) return null
  if (isEmpty && hasAny(all, reportBits) && !hasAny(all, bits('progress done notYet summary'))) return null
  // Free words behind a bare deed number need something that reports.
  const rest = second < tokens.length ? reading.text.slice(tokens[second]!.start) : ''
  return rest ? { intent: 'progress.report', slots, extras: { rest } } : { intent: 'progress.report', slots }
}

/** `đồng chí An đã xong việc 1`: a title, a name with its capitals, and what they did. Whoever is spoken to has an `ơi`, a comma or an `em`. */
function tellsOfAnother(reading: Reading, end: number): boolean {
  const { tokens } = reading
  const start = tokens.findIndex((token) => token.word !== null && keyOf(token) !== 'da')
  const title = start < 0 || /^(em|e|con|chau)$/.test(keyOf(tokens[start])) ? -1 : titleEnd(tokens, start)
  const name = title > 0 ? nameAt(reading, title, end, true) : null
  return name !== null && name.to < end && hasAny(tokens[name.to]!.bits, didBits)
}
const didBits = bits('done already percent half')

/** Where the report goes on with another deed: at the start of a clause, or right behind the first report. */
function nextDeed(tokens: readonly Token[], from: number): number {
  for (let at = from + 1; at < tokens.length; at++) {
    const found = deedNumberAt(tokens, at)
    if (!found) continue
    const before = tokens[at - 1]!
    const isStart = before.kind !== 'word' || /^(va|con|thi|roi|xong)$/.test(keyOf(before))
    if (isStart && before.kind !== 'number') return /^(va|con)$/.test(keyOf(before)) ? at - 1 : at
  }
  return tokens.length
}

const leadStart = (reading: Reading, to: number) => {
  let at = to
  while (at > 0 && reading.tokens[at - 1]!.kind !== 'line') at--
  while (at < to && hasAny(reading.tokens[at]!.bits, courtesyBits) && !hasAny(reading.tokens[at]!.bits, statusLead))
    at++
  return at
}

/** A question or an act in the first clause behind the deed; further on it is free text. */
function asksOrActs(reading: Reading, from: number): boolean {
  const { tokens } = reading
  let hasStatus = false
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at]!
    if (token.kind === 'mark' && /[,:;]/.test(token.mark) && at > from) return false
    if (percentAt(tokens, at, tokens.length) || hasAny(token.bits, doneBits)) hasStatus = true
    if (!token.isPhraseStart) continue
    // `đang chờ duyệt kinh phí` tells what is waited for.
    const isAwaited = waits.has(keyOf(tokens[at - 1])) && tokens[token.phraseEnd]?.kind === 'word'
    if (hasAny(token.bits, blockBits) && !isAwaited && !hasStatus && at < from + 8 && !isDenied(tokens, from, at))
      return true
  }
  const last = tokens[tokens.length - 1]
  if (last?.mark === '?' || /^(?:à|hả|hử)$/i.test(reading.text.slice(last?.start, last?.end))) return true
  const end = tokens.filter((token) => token.word && !hasAny(token.bits, courtesyBits)).pop()
  if (end && isDenied(tokens, from, tokens.indexOf(end))) return false
  return end !== undefined && (hasAny(end.bits, freeBlock) || (/^chua$/.test(keyOf(end)) && hasStatus))
}

/** `tôi ốm mấy hôm nay, việc 1 …`: why so little was done, in a clause of its own in front. The token behind it. */
function behindExcuse(tokens: readonly Token[], end: number): number {
  if (tokens[end - 1]?.mark !== ',') return 0
  const clause = tokens.slice(0, end - 1)
  return clause.length < 10 &&
    clause.some((token) => hasAny(token.own, excuseBits)) &&
    clause.every((token) => token.mark === '')
    ? end
    : 0
}
const excuseBits = bits('sick work family other')

/** What is told is that something is done or how far it is, and nothing else. */
function addressed(reading: Reading, from: number): Intent | null {
  const { tokens, all } = reading
  if (hasAny(all, blockBits)) return null
  if (tokens[tokens.length - 1]!.mark === '?' || hasAny(all, notYetBits)) return null
  const { percent, done, note } = progressIn(reading, from, tokens.length)
  if (note !== undefined || (percent === undefined && !done)) return null
  return {
    intent: 'progress.report',
    slots: { ...(percent === undefined ? {} : { percent }), ...(done ? { done } : {}) },
  }
}
const notYetBits = bits('notYet')

/** `chưa làm được gì`, `chưa có gì`: nothing is asked. */
const isDenied = (tokens: readonly Token[], from: number, at: number) =>
  keyOf(tokens[Math.max(at, tokens[at]!.phraseEnd - 1)]) === 'gi' &&
  tokens.slice(from, at).some((token) => /^(chua|khong|ko|k)$/.test(keyOf(token)))

/** `tiến độ 70%`, `em làm được 70% rồi`, `việc của em xong rồi`: the one deed there is. */
function withoutDeed(reading: Reading): Intent | null {
  const { tokens, all } = reading
  if (!hasAny(all, progressBits) && !hasAny(all, deedBits) && !hasAny(all, bits('summary'))) return null
  if (hasAny(all, blockBits) || hasAny(all, bits('people cell oldYear meet self register'))) return null
  if (tokens.some((_, at) => deedNumberAt(tokens, at))) return null
  const start = tokens.findIndex(
    (token) =>
      hasAny(token.bits, progressBits) ||
      hasAny(token.bits, deedBits) ||
      hasAny(token.bits, doneBits) ||
      hasAny(token.bits, bits('summary')),
  )
  if (unexplained(reading, leadBits, 0, Math.max(0, start), 1) > 0) return null
  const progress = progressIn(reading, start, tokens.length)
  if (progress.percent === undefined && !progress.done) return null
  const rest = union(leadBits, deedBits)
  if (progress.note === undefined && unexplained(reading, rest, 0, tokens.length, 1) > 0) return null
  return progress.note === undefined ? { intent: 'progress.report', slots: progress } : null
}
