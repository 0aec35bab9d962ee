/** Typed names against the roster: the best matches only, and never one silently where two are as good. */
import { mayBe, type Spelling, spellingOf } from './normalise.ts'
import { surnames } from './people.ts'
import { isSyllable } from './slips.ts'

export interface NameCandidate {
  id: number
  name: string
}

const titles = new Set(['dong', 'chi', 'd/c', 'bac', 'anh', 'co', 'chu', 'em', 'thay', 'ong', 'ba', 'cu', 'di', 'cau'])

/**
 * Members whom a typed name may mean, best kind of match only: the full name as written; the full name where marks were left
 * out; the last words of a name (given name, or middle and given name; the first of a name that is not Vietnamese), or other words of it in order; one slip of the
 * finger. A mark that was typed and contradicts is no match (`Hoà` is not `Hoa`); one that was left out is forgiven (`Hoa`
 * typed without marks may be all of Hoa, Hoà, Hoá), except that one who is written exactly so among members matched by the
 * same words is still asked about. One result: take it. Several: ask. None: say so.
 */
export function matchName(typed: string, roster: readonly NameCandidate[]): NameCandidate[] {
  const words = wordsOf(typed)
  if (words.length === 0) return []
  const known = roster.map((candidate) => ({ candidate, words: wordsOf(candidate.name) }))
  for (const wanted of withoutTitles(words)) {
    for (const fits of [isExact, isFull, isEither, isPart, isSlip]) {
      const found = known.filter((entry) => fits(wanted, entry.words)).map((entry) => entry.candidate)
      if (found.length > 0) return found
    }
  }
  return []
}

const wordsOf = (name: string) =>
  name
    .normalize('NFC')
    .split(/[\s.,;:()]+/u)
    .filter((word) => word !== '')
    .map(spellingOf)

/** The words as typed, and without a leading title: `chị Hoa`, but also the name `Anh Thư`. */
function withoutTitles(words: Spelling[]): Spelling[][] {
  let from = 0
  while (from < words.length - 1 && titles.has(words[from]!.key)) from++
  return from === 0 ? [words] : [words, words.slice(from)]
}

const isSame = (a: Spelling, b: Spelling) => a.key === b.key && a.plain === b.plain && a.tone === b.tone

const isExact = (typed: readonly Spelling[], name: readonly Spelling[]) =>
  typed.length > 1 && typed.length === name.length && typed.every((word, index) => isSame(word, name[index]!))

const isFull = (typed: readonly Spelling[], name: readonly Spelling[]) =>
  typed.length === name.length && typed.every((word, index) => mayBe(word, name[index]!))

const isEnding = (typed: readonly Spelling[], name: readonly Spelling[]) =>
  typed.length < name.length && typed.every((word, index) => mayBe(word, name[name.length - typed.length + index]!))

/**
 * The first words of a name that is no Vietnamese one: there the given name leads (`Amy` for `Amy Hill`). Of a Vietnamese name they are
 * the family's, by which nobody is meant.
 */
const isBeginning = (typed: readonly Spelling[], name: readonly Spelling[]) =>
  typed.length < name.length &&
  !surnames.has(name[0]!.key) &&
  name.some((word) => !isSyllable(word.key)) &&
  typed.every((word, index) => mayBe(word, name[index]!))

const isEither = (typed: readonly Spelling[], name: readonly Spelling[]) =>
  isEnding(typed, name) || isBeginning(typed, name)

/** Words of the name in their order with the given name among them: `Nguyễn Hoa` for `Nguyễn Thị Hoa`. */
function isPart(typed: readonly Spelling[], name: readonly Spelling[]): boolean {
  if (typed.length < 2 || typed.length >= name.length || !mayBe(typed[typed.length - 1]!, name[name.length - 1]!))
    return false
  let at = 0
  for (const word of typed) {
    while (at < name.length && !mayBe(word, name[at]!)) at++
    if (at === name.length) return false
    at++
  }
  return true
}

/** One letter too many, missing, wrong or swapped, in all of the words together. A word that is a syllable of its own (`Khải`, `Khôi`) is no slip. */
function isSlip(typed: readonly Spelling[], name: readonly Spelling[]): boolean {
  const tail = name.slice(Math.max(0, name.length - typed.length))
  if (tail.length !== typed.length) return false
  let slips = 0
  for (let index = 0; index < typed.length; index++) {
    const [word, meant] = [typed[index]!, tail[index]!]
    if (mayBe(word, meant)) continue
    if (isSyllable(word.key) || Math.min(word.key.length, meant.key.length) < 3 || !isOneSlip(word.key, meant.key))
      return false
    slips++
  }
  return slips === 1
}

/** Whether two words are one insertion, deletion, substitution or swap of neighbours apart. */
export function isOneSlip(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let from = 0
  while (from < a.length && from < b.length && a[from] === b[from]) from++
  let endA = a.length
  let endB = b.length
  while (endA > from && endB > from && a[endA - 1] === b[endB - 1]) {
    endA--
    endB--
  }
  const [restA, restB] = [endA - from, endB - from]
  if (restA <= 1 && restB <= 1) return true
  return restA === 2 && restB === 2 && a[from] === b[from + 1] && a[from + 1] === b[from]
}

/** "Lan và Hoa", "Lan, Hoa": each without its title. */
export function namesIn(typed: string): string[] {
  const title = /^(?:đồng chí|đ\/c|đc|bác|anh|chị|cô|chú|ông|bà)\s+/iu
  return typed
    .normalize('NFC')
    .split(/\s*(?:[,;&+]|\s(?:và|va|and|với|cùng)\s)\s*/iu)
    .map((each) => each.replace(title, '').trim())
    .filter((each) => each !== '')
}
