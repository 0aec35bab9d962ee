/** Why somebody cannot come: only the kind is kept, never the words. */
import { keyOf } from './date-words.ts'
import type { ReasonKind } from './intents.ts'
import { vocabulary } from './lexicon.ts'
import { hasAny, type Token } from './reading.ts'

const workBits = vocabulary.bitsOf('work')
const sickBits = vocabulary.bitsOf('sick')
const familyBits = vocabulary.bitsOf('family')
const kinBits = vocabulary.bitsOf('kin')
const anyBits = vocabulary.bitsOf('work sick family other')

/** Tokens `from`–`to` that name the member excused: a title in them is no relative. */
interface Excused {
  from: number
  to: number
}

/** The kind of the first reason named in tokens `from`–`to`; a relative's illness is `family`, not that of the one `excused`. */
export function reasonKindIn(
  tokens: readonly Token[],
  from = 0,
  to = tokens.length,
  excused: Excused | null = null,
): ReasonKind | undefined {
  let weak: ReasonKind | undefined
  for (let at = from; at < to; at = Math.max(at + 1, tokens[at]!.phraseEnd)) {
    const token = tokens[at]!
    if (!token.word || !hasAny(token.own, anyBits)) continue
    if (hasAny(token.own, sickBits))
      return isKinBefore(tokens, from, at, to, excused) ? 'family' : isAtWork(tokens, at, from, to) ? 'work' : 'sick'
    if (hasAny(token.own, familyBits)) {
      // `quê`, `gia đình`, `nhà` say little; a trip of duty there says more.
      return hasTag(tokens, to, from, workBits) && /^(que|gia)$/.test(keyOf(token)) ? 'work' : 'family'
    }
    if (hasAny(token.own, workBits))
      return hasTag(tokens, to, at, familyBits) && keyOf(token) === 'lam' ? 'family' : 'work'
    weak ??= 'other'
  }
  return weak
}

const hasTag = (tokens: readonly Token[], to: number, from: number, bits: typeof workBits) => {
  for (let at = from; at < to; at++) if (hasAny(tokens[at]!.own, bits)) return true
  return false
}

/** A relative within the words before the illness, or right behind it (`đưa con đi khám`, `khám cho mẹ`). */
function isKinBefore(tokens: readonly Token[], from: number, at: number, to: number, excused: Excused | null): boolean {
  for (let index = at - 1; index >= from && at - index <= 7; index--) {
    const token = tokens[index]!
    if (token.kind !== 'word') return false
    if (excused && index >= excused.from && index < excused.to) continue
    if (hasAny(token.own, kinBits) && !isSelf(tokens, index, to)) return true
    if (/^(em|toi|minh|t|e)$/.test(keyOf(token)) && index < at - 1 && !hasAny(tokens[index + 1]!.own, kinBits)) continue
  }
  for (let index = at + 1; index < to && index - at <= 4; index++) {
    if (tokens[index]!.kind !== 'word') return false
    if (/^(cho|con|me|bo|vo|chau|chong)$/.test(keyOf(tokens[index])) && hasAny(tokens[index]!.own, kinBits)) return true
  }
  return false
}

/** `cháu ốm` from a young member speaks of themselves unless another word for the speaker stands in the text. */
function isSelf(tokens: readonly Token[], at: number, to: number): boolean {
  if (keyOf(tokens[at]) !== 'chau') return false
  for (let index = 0; index < to; index++)
    if (index !== at && /^(em|toi|minh|e|t|chu|bac|co|anh)$/.test(keyOf(tokens[index]))) return false
  return !/^(nho|be|noi|ngoai|trai|gai)$/.test(keyOf(tokens[at + 1])) && keyOf(tokens[at - 1]) !== 'cac'
}

/** `trực ở bệnh viện`: a hospital as the place of work. */
function isAtWork(tokens: readonly Token[], at: number, from: number, to: number): boolean {
  if (!/^(benh|kham|cap|kiem|vien)$/.test(keyOf(tokens[at]))) return false
  for (let index = from; index < to; index++)
    if (hasAny(tokens[index]!.own, workBits) && index !== at && !hasAny(tokens[index]!.own, sickBits)) return true
  return false
}
