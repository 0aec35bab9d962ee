/** Getting started: who somebody is, and the one-time code. */
import { normaliseCode } from '../domain/code.ts'
import { keyOf } from './date-words.ts'
import { courtesyBits, isCourtesy, unexplained } from './grammar.ts'
import type { Intent } from './intents.ts'
import { vocabulary } from './lexicon.ts'
import { wholeName } from './people.ts'
import { hasAny, type Reading, type Token } from './reading.ts'
import { union } from './tag-sets.ts'

const meBits = vocabulary.bitsOf('me')
const claimBits = vocabulary.bitsOf('claim')
const activateBits = vocabulary.bitsOf('activate')
const codeRest = union(courtesyBits, vocabulary.bitsOf('activate cell people yes time have personal bot into register'))

/** `tôi là Nguyễn Văn Hùng`, `tên em là…`, `I am …`. */
export function readClaim(reading: Reading): Intent | null {
  const { tokens } = reading
  if (!hasAny(reading.all, claimBits)) return null
  const from = claimStart(reading)
  if (from < 0) return null
  const comma = tokens.findIndex((token, at) => at > from && token.mark === ',')
  const end = comma > 0 && belongs.test(keyOf(tokens[comma + 1])) ? comma : tokens.length
  const name = wholeName(reading, from, end, false)
  return name ? { intent: 'member.claim', slots: { name } } : null
}

/** `…, tổ 4`, `…, ở thôn Đông`: where somebody belongs. */
const belongs = /^(to|thon|xom|khu|ap|chi|dang|doi|nhom|o|sinh)$/

function claimStart(reading: Reading): number {
  const { tokens } = reading
  for (let at = 0; at < Math.min(tokens.length, 12); at++) {
    const token = tokens[at]!
    const key = keyOf(token)
    const next = keyOf(tokens[at + 1])
    if (hasAny(token.bits, meBits) && (next === 'la' || next === 'ten')) {
      if (next === 'ten') return keyOf(tokens[at + 2]) === 'la' ? at + 3 : at + 2
      return keyOf(tokens[at + 2]) === 'ten' ? at + 3 : at + 2
    }
    if ((key === 'i' && next === 'am') || key === 'im') return key === 'im' ? at + 1 : at + 2
    if (key === 'mi' && next === 'name' && keyOf(tokens[at + 2]) === 'is') return at + 3
    if (key === 'ho' && (next === 'ten' || (next === 'va' && keyOf(tokens[at + 2]) === 'ten')))
      return skipIs(tokens, next === 'ten' ? at + 2 : at + 3)
    if (key === 'ten') return skipIs(tokens, at + 1)
    if (key === 'day' && next === 'la') return at + 2
    if (!(token.kind === 'word' && hasAny(token.bits, courtesyBits)) && token.kind !== 'mark') return -1
  }
  return -1
}

function skipIs(tokens: readonly Token[], at: number): number {
  let to = at
  while (/^(cua|toi|em|minh|e|t|la)$/.test(keyOf(tokens[to])) || tokens[to]?.mark === ':') to++
  return to
}

export interface CodeFound {
  code: string
  from: number
  to: number
}

/** A one-time code: 4–16 letters and digits with a digit (or only capitals where `isAsked`), hyphens inside. */
export function codeIn(reading: Reading, from: number, isAsked: boolean): CodeFound | null {
  const { tokens, text } = reading
  for (let at = from; at < tokens.length; ) {
    const first = tokens[at]!
    if (first.kind !== 'word' && first.kind !== 'number') {
      at++
      continue
    }
    let to = at + 1
    while (
      tokens[to] &&
      tokens[to]!.isGlued &&
      (tokens[to]!.kind !== 'mark' ||
        (tokens[to]!.mark === '-' && tokens[to + 1]?.isGlued && tokens[to + 1]!.kind !== 'mark'))
    )
      to++
    const halves = halvesAt(text, first.start)
    if (halves) {
      const end = tokens.findIndex((token) => token.start >= first.start + halves.length)
      return { code: halves, from: at, to: end < 0 ? tokens.length : end }
    }
    const code = text.slice(first.start, tokens[to - 1]!.end)
    if (/^[A-Za-z0-9]+(-[A-Za-z0-9]+)*$/.test(code) && code.length >= 4 && code.length <= 20) {
      const isCode = /\d/.test(code) || (isAsked && code === code.toUpperCase() && !hasAny(first.bits, courtesyBits))
      if (isCode) return { code, from: at, to }
    }
    at = to
  }
  return null
}

const twoHalves = /^([A-Za-z0-9]{4})(?:[ \t]+|[ \t]*[-–—.][ \t]*)([A-Za-z0-9]{4})(?![\p{L}\p{M}\d])/u
const isMixed = (half: string) => /\d/.test(half) && /[A-Za-z]/.test(half)

/**
 * `CF3K 92MH`: the halves of a code typed apart. Both mix letters and digits, or one does and together they are what a code
 * may look like: two words, a word and a year, two numbers never are.
 */
function halvesAt(text: string, from: number): string | null {
  const [typed, first, second] = twoHalves.exec(text.slice(from, from + 24)) ?? []
  if (!typed || !first || !second) return null
  if (isMixed(first) && isMixed(second)) return typed
  return (isMixed(first) || isMixed(second)) && /^[A-Z]/.test(normaliseCode(first + second) ?? '') ? typed : null
}

/** `kích hoạt nhóm này, mã BX41-90KC`. */
export function readActivate(reading: Reading): Intent | null {
  if (!hasAny(reading.all, activateBits)) return null
  const verb = reading.tokens.findIndex((token) => hasAny(token.bits, activateBits))
  const found = codeIn(reading, verb, true)
  // `ma vinh 2026`: a year is no code.
  if (!found || /^20\d\d$/.test(found.code)) return null
  const weight =
    unexplained(reading, codeRest, 0, found.from, 2) + (isCourtesy(reading, found.to, reading.tokens.length) ? 0 : 2)
  return weight <= 1 ? { intent: 'chat.activate', slots: { code: found.code } } : null
}
