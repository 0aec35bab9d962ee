/** The number of a deed as the member sees it: `việc 2`, `v2`, `việc thứ hai`, `deed 2`. */
import { keyOf, keySet, wordValue } from './date-words.ts'
import { vocabulary } from './lexicon.ts'
import { maskOf } from './phrase-trie.ts'
import { hasAny, type Token } from './reading.ts'

export interface DeedNumber {
  deed: number
  from: number
  to: number
}

const ordinals: Readonly<Record<string, number>> = {
  nhat: 1,
  hai: 2,
  ba: 3,
  tu: 4,
  nam: 5,
  sau: 6,
  bay: 7,
  tam: 8,
  chin: 9,
  muoi: 10,
}
const numberWords = keySet('so number no')
const deedBits = vocabulary.bitsOf('deed')
const deedForms = ['việc', 'v', 'deed', 'task', 'mục', 'item', 'dung', 'deeds'].map((word) => vocabulary.formId(word))
const deedMask = maskOf(deedForms)

/** The first deed number in tokens `from`–`to`. */
export function deedNumberIn(tokens: readonly Token[], from = 0, to = tokens.length): DeedNumber | null {
  for (let at = from; at < to; at++) {
    if (!hasAny(tokens[at]!.bits, deedBits)) continue
    const found = deedNumberAt(tokens, at)
    if (found) return found
  }
  return null
}

/** A deed number that starts at a token. */
export function deedNumberAt(tokens: readonly Token[], at: number): DeedNumber | null {
  const token = tokens[at]
  if (!token?.word || (token.word.mask & deedMask) === 0) return null
  if (!deedForms.some((form) => token.word!.forms.includes(form))) return null
  if (
    token.word.key === 'v' &&
    !(
      tokens[at + 1]?.kind === 'number' &&
      (tokens[at + 1]!.isGlued || tokens[at + 1]!.end - tokens[at + 1]!.start === 1)
    )
  )
    return null
  let index = at + 1
  if (keyOf(tokens[index]) === 'lam') index++
  const isOrdinal = keyOf(tokens[index]) === 'thu'
  if (isOrdinal || numberWords.has(keyOf(tokens[index]))) index++
  if (
    tokens[index]?.mark === '#' ||
    tokens[index]?.mark === '.' ||
    (tokens[index]?.mark === ':' && !isOrdinal && keyOf(token) === 'v')
  )
    index++
  const number = tokens[index]
  if (
    keyOf(tokens[index]) === 'dau' &&
    (keyOf(tokens[index + 1]) === 'tien' ||
      tokens[index]!.word!.isMarked === false ||
      tokens[index]!.word!.spelling.tone === 2)
  )
    return { deed: 1, from: start(tokens, at), to: keyOf(tokens[index + 1]) === 'tien' ? index + 2 : index + 1 }
  if (number?.kind === 'number') {
    if (number.value < 1 || number.value > 99 || number.end - number.start > 2) return null
    const next = tokens[index + 1]
    // `việc 100%`, `việc 1/2`, `việc 3.5`: no number of a deed.
    if (
      next?.isGlued &&
      (next.mark === '%' ||
        ((next.mark === '/' || next.mark === '.' || next.mark === ',') &&
          tokens[index + 2]?.isGlued &&
          tokens[index + 2]?.kind === 'number'))
    )
      return null
    return { deed: number.value, from: start(tokens, at), to: index + 1 }
  }
  const value = isOrdinal
    ? (ordinals[keyOf(number)] ?? -1)
    : number?.word && hasPlainNumber(number)
      ? wordValue(number)
      : -1
  return value > 0 && value <= 10 ? { deed: value, from: start(tokens, at), to: index + 1 } : null
}

/** Only words that stand for nothing else: `việc hai`, not `việc tư` (private) or `việc năm nay`. */
const hasPlainNumber = (token: Token) => /^(mot|hai|ba|bon|one|two|three)$/.test(keyOf(token))

/** `nội dung 2`, `hai việc`: where the phrase of the deed word begins. */
function start(tokens: readonly Token[], at: number): number {
  let from = at
  while (from > 0 && !tokens[from]!.isPhraseStart && hasAny(tokens[from - 1]!.bits, deedBits)) from--
  return from
}

/** Where the numbers end that are joined to a deed's, `việc 1 và 2`, `việc 1, việc 3`; where the deed's own ends without such. */
export function joinedEnd(tokens: readonly Token[], deed: DeedNumber): number {
  let end = deed.to
  for (;;) {
    const joint = tokens[end]
    if (joint?.mark !== ',' && !/^(va|voi|cung|and)$/.test(keyOf(joint))) return end
    const next = tokens[end + 1]
    const another = deedNumberAt(tokens, end + 1)
    const isBare = next?.kind === 'number' && next.value >= 1 && next.value <= 99 && endsNumber(tokens[end + 2])
    if (!another && !isBare) return end
    end = another ? another.to : end + 2
  }
}
/** `việc 1 và 20%`, `việc 1, 2/3`: no number of a deed. */
const endsNumber = (next: Token | undefined) => !/^[%/]$/.test(next?.mark ?? '')

/** How many different deeds a text numbers; one act is for one deed. */
export function deedsNamed(tokens: readonly Token[]): number {
  const named = new Set<number>()
  let joined = 0
  for (let at = 0; at < tokens.length; at++) {
    const found = deedNumberAt(tokens, at)
    if (!found) continue
    named.add(found.deed)
    if (joinedEnd(tokens, found) > found.to) joined = 1
  }
  return named.size + (named.size === 1 ? joined : 0)
}
