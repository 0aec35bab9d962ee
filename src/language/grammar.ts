/** The rows of rules.ts compiled to sets of tags, and the measure of what a row leaves unexplained. */
import type { Clock } from './calendar.ts'
import { keyOf } from './date-words.ts'
import { deedNumberIn } from './deed-numbers.ts'
import type { About, Intent, Slots } from './intents.ts'
import { vocabulary } from './lexicon.ts'
import { speaksOfOther } from './people.ts'
import { periodIn } from './period-slot.ts'
import { hasAny, type Reading, type Token } from './reading.ts'
import { behindAddress } from './report-address.ts'
import { type RuleRow, ruleRows } from './rules.ts'
import { Bits, noBits, union } from './tag-sets.ts'

interface Rule {
  row: RuleRow
  need: readonly Bits[]
  not: Bits
  /** Tags that the row names as needed or allowed. */
  named: Bits
  /** Those and courtesy. */
  allowed: Bits
  head: Bits | null
}

const courtesy = vocabulary.bitsOf('polite me title bot thanks')
export const courtesyBits = courtesy
const offTopicBits = vocabulary.bitsOf('offTopic meetingOffTopic')

const without = (a: Bits, b: Bits) => new Bits(a.a & ~b.a, a.b & ~b.b, a.c & ~b.c, a.d & ~b.d)

const rules: readonly Rule[] = ruleRows.map((row) => {
  const need = row.need.split(' ').map((group) => vocabulary.bitsOf(group.replaceAll('|', ' ')))
  const not = vocabulary.bitsOf(row.not ?? '')
  const named = without(
    need.reduce<Bits>((sum, bits) => union(sum, bits), vocabulary.bitsOf(row.also ?? '')),
    not,
  )
  const allowed = without(union(named, courtesy), not)
  return { row, need, not, named, allowed, head: row.head === undefined ? null : vocabulary.bitsOf(row.head) }
})

/**
 * The numbers of the rows that may hold where a tag is there, by tag. A row waits for the tags of the smallest group that it
 * needs: most texts hold none of them, and the row is never looked at.
 */
const rowsByTag: readonly (readonly number[])[] = Array.from({ length: 124 }, (_, tag) =>
  rules.flatMap(({ need }, index) =>
    hasTag(
      need.reduce((a, b) => (sizeOf(b) < sizeOf(a) ? b : a)),
      tag,
    )
      ? [index]
      : [],
  ),
)

function hasTag(bits: Bits, tag: number): boolean {
  const part = [bits.a, bits.b, bits.c, bits.d][Math.floor(tag / 31)]!
  return (part & (1 << (tag % 31))) !== 0
}

function sizeOf(bits: Bits): number {
  let size = 0
  for (let tag = 0; tag < 124; tag++) if (hasTag(bits, tag)) size++
  return size
}

/** Rows to look at, one bit a row; a typed array, for they may be more than 31. */
const candidates = new Int32Array(Math.ceil(rules.length / 31))

function addCandidates(part: number, firstTag: number): void {
  for (let left = part; left !== 0; left &= left - 1)
    for (const row of rowsByTag[firstTag + 31 - Math.clz32(left & -left)]!)
      candidates[Math.floor(row / 31)]! |= 1 << (row % 31)
}

/** Intent of the first row that explains the text, or null. `isRegister`: the text begins like a pledge. */
export function matchRules(reading: Reading, clock: () => Clock, isRegister: boolean): Intent | null {
  const { all } = reading
  candidates.fill(0)
  addCandidates(all.a, 0)
  addCandidates(all.b, 31)
  addCandidates(all.c, 62)
  addCandidates(all.d, 93)
  for (let word = 0; word < candidates.length; word++) {
    for (let left = candidates[word]!; left !== 0; left &= left - 1) {
      const intent = tryRow(rules[word * 31 + 31 - Math.clz32(left & -left)]!, reading, clock, isRegister)
      if (intent) return intent
    }
  }
  return null
}

function tryRow(rule: Rule, reading: Reading, clock: () => Clock, isRegister: boolean): Intent | null {
  const { row } = rule
  if (isRegister && !row.isOfRegister) return null
  if (!hasAll(reading.all, rule.need)) return null
  if (hasBlocked(reading, rule.not, rule.named)) return null
  if (rule.head && !hasAny(headOf(reading), rule.head)) return null
  if (unexplained(reading, rule.allowed, 0, reading.tokens.length, (row.spare ?? 0) + 1) > (row.spare ?? 0)) return null
  if (row.when === 'pastYear' && !(Number(periodIn(reading, clock).period) < clock().year)) return null
  if (row.isOwn && speaksOfOther(reading)) return null
  if ((row.intent === 'summary' || row.intent === 'pledge.withdraw') && isAboutDeeds(reading, row)) return null
  if (row.intent === 'summary' && isToldDone(reading)) return null
  return intentOf(row, reading, clock)
}

/** A summary is of no single deed, and one withdrawal is of one. */
function isAboutDeeds(reading: Reading, row: RuleRow): boolean {
  const first = deedNumberIn(reading.tokens)
  if (!first || row.intent === 'summary') return first !== null
  return reading.tokens.some((token, at) => at >= first.to && token.kind === 'number')
}

const doneBits = vocabulary.bitsOf('done')
const askingBits = vocabulary.bitsOf('what where who howMany when show')
const notYetBits = vocabulary.bitsOf('notYet')

/** `báo cáo đ/c bí thư tổ 2 đã làm xong` tells; with a question in it it asks. */
function isToldDone({ tokens, all }: Reading): boolean {
  if (!hasAny(all, doneBits) || hasAny(all, askingBits)) return false
  const last = tokens.filter((token) => token.word && !hasAny(token.own, politeBits)).at(-1)
  return !(last && hasAny(last.own, notYetBits)) && tokens.at(-1)!.mark !== '?' && behindAddress(tokens) > 0
}
const politeBits = vocabulary.bitsOf('polite')

function hasAll(all: Bits, need: readonly Bits[]): boolean {
  for (const bits of need) if (!hasAny(all, bits)) return false
  return true
}

/** A phrase blocks by a tag that must not be there, unless it may as well be something that the row names. */
function hasBlocked(reading: Reading, not: Bits, named: Bits): boolean {
  if (!hasAny(reading.all, not)) return false
  return reading.tokens.some((token) => token.isPhraseStart && hasAny(token.own, not) && !hasAny(token.own, named))
}

/** Tags of the first phrase that is more than politeness. */
export function headOf(reading: Reading): Bits {
  const at = headIndex(reading.tokens)
  return reading.tokens[at]?.own ?? noBits
}

/** Index of the first token that is more than politeness and pronouns. */
export function headIndex(tokens: readonly Token[]): number {
  let at = 0
  while (at < tokens.length) {
    const token = tokens[at]!
    if (token.kind === 'word' && !hasAny(token.own, courtesy)) return at
    if (token.kind === 'number') return at
    at++
  }
  return at
}

/** Weight of the words in tokens `from`–`to` that the set does not explain; counting stops at `limit`. */
export function unexplained(reading: Reading, allowed: Bits, from: number, to: number, limit: number): number {
  const { tokens } = reading
  let weight = 0
  for (let at = from; at < to && weight < limit; ) {
    const token = tokens[at]!
    const next = Math.max(at + 1, token.phraseEnd)
    if (token.kind === 'word' || token.kind === 'number') {
      if (!hasAny(token.bits, allowed)) weight += isTagged(token.bits) ? (hasAny(token.bits, offTopicBits) ? 3 : 2) : 1
    }
    at = next
  }
  return weight
}

const isTagged = (bits: Bits) => (bits.a | bits.b | bits.c | bits.d) !== 0

/** Whether tokens `from`–`to` hold nothing but politeness. */
export function isCourtesy(reading: Reading, from: number, to: number): boolean {
  return unexplained(reading, courtesy, from, to, 1) === 0
}

function intentOf(row: RuleRow, reading: Reading, clock: () => Clock): Intent {
  const intent = { intent: row.intent, slots: slotsOf(row, reading, clock) } as Intent
  if (row.names) intent.extras = { names: true }
  return intent
}

function slotsOf(row: RuleRow, reading: Reading, clock: () => Clock): Record<string, unknown> {
  switch (row.slots) {
    case 'period':
      return periodIn(reading, clock)
    case 'deed': {
      const found = deedNumberIn(reading.tokens)
      return found ? { deed: found.deed } : {}
    }
    case 'about': {
      const about = aboutOf(reading)
      return about ? { about } : {}
    }
    case 'format':
      return { ...formatOf(reading), ...periodIn(reading, clock) }
    default:
      return {}
  }
}

const formats = [
  ['xlsx', vocabulary.bitsOf('xlsx')],
  ['docx', vocabulary.bitsOf('docx')],
  ['csv', vocabulary.bitsOf('csv')],
] as const

/** File format named in a text. */
export function formatOf(reading: Reading): Pick<Slots['report.export'], 'format'> {
  for (const [format, bits] of formats) if (hasAny(reading.all, bits)) return { format }
  return {}
}

const meetingBits = vocabulary.bitsOf('meet attend willAttend canAttend present absent session rollCall sched')
const looseBits = vocabulary.bitsOf('into time polite')
const progressBits = vocabulary.bitsOf('progress done')
const pledgeBits = vocabulary.bitsOf('register')
const deedBits = vocabulary.bitsOf('deed')

/** What a reminder or a list of missing answers is about. */
export function aboutOf(reading: Reading): About | undefined {
  if (hasAny(reading.all, pledgeBits)) return 'pledge'
  if (hasAny(reading.all, progressBits)) return 'progress'
  if (reading.tokens.some((token) => hasAny(token.own, meetingBits) && !hasAny(token.own, looseBits))) return 'meeting'
  if (
    reading.tokens.some((token, at) => keyOf(token) === 'bao' && keyOf(reading.tokens[at + 1]) === 'cao') ||
    hasReport(reading)
  )
    return 'progress'
  return hasAny(reading.all, deedBits) ? 'pledge' : undefined
}

const hasReport = (reading: Reading) => reading.tokens.some((token) => /^(bc|bcao)$/.test(keyOf(token)))
