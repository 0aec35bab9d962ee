/** A text read once: tokens with their places in the text, and the phrases of the lexicon found in them. */
import { vocabulary } from './lexicon.ts'
import { toStored } from './normalise.ts'
import { type Bits, union, type WordInfo } from './vocabulary.ts'

export type TokenKind = 'word' | 'number' | 'mark' | 'line'

export interface Token {
  kind: TokenKind
  start: number
  end: number
  /** Whether it touches the token before it. */
  isGlued: boolean
  word: WordInfo | null
  /** Value of a number in digits, −1 otherwise. */
  value: number
  /** Character of a mark. */
  mark: string
  /** Tags of the longest phrase it belongs to, and of the parts of that phrase. */
  bits: Bits
  /** Tags of the phrase as a whole. */
  own: Bits
  /** Whether it is the first word of its phrase. */
  isPhraseStart: boolean
  /** Index after the last token of its phrase. */
  phraseEnd: number
}

export interface Reading {
  text: string
  tokens: Token[]
  /** All tags in the text. */
  all: Bits
  /** Whether the text was typed without any diacritics. */
  isBare: boolean
}

const noBits: Bits = [0, 0, 0, 0]
const numberBits = vocabulary.bitsOf('number')

enum CharClass {
  Mark = 0,
  Letter = 1,
  Digit = 2,
  Space = 3,
  Line = 4,
  Emoji = 5,
}

const classes = new Uint8Array(0x10000)
for (let code = 0; code < 0x10000; code++) {
  const char = String.fromCharCode(code)
  if (code >= 0x30 && code <= 0x39) classes[code] = CharClass.Digit
  else if (code === 10) classes[code] = CharClass.Line
  else if (code <= 0x20) classes[code] = CharClass.Space
  else if (
    (code >= 0xd800 && code <= 0xdfff) ||
    (code >= 0x2190 && code <= 0x27bf && code !== 0x2022) ||
    code === 0xfe0f
  )
    classes[code] = CharClass.Emoji
  else if (/[\p{L}\p{M}]/u.test(char)) classes[code] = CharClass.Letter
}

/** Letters of a word end where digits begin: `19h30`, `v1`, `hạn30/11` are read alike with and without blanks. */
export function read(typed: string): Reading {
  const text = toStored(typed)
  const tokens: Token[] = []
  let isBare = true
  let previousEnd = -1
  let at = 0
  const { length } = text
  while (at < length) {
    const kind = classes[text.charCodeAt(at)]!
    if (kind === CharClass.Space || kind === CharClass.Emoji) {
      at++
      continue
    }
    const start = at++
    if (kind === CharClass.Letter) {
      at = endOfWord(text, start)
      const word = vocabulary.wordOf(text.slice(start, at))
      if (word.isMarked) isBare = false
      if (word.parts) {
        let from = start
        for (const part of word.parts) {
          tokens.push(
            token('word', from, from + part.length, from === start && from === previousEnd, part.word, -1, ''),
          )
          from += part.length
        }
      } else tokens.push(token('word', start, at, start === previousEnd, word, -1, ''))
    } else if (kind === CharClass.Digit) {
      let value = text.charCodeAt(start) - 48
      while (at < length && classes[text.charCodeAt(at)] === CharClass.Digit) {
        value = value * 10 + text.charCodeAt(at) - 48
        at++
      }
      const number = token('number', start, at, start === previousEnd, null, value, '')
      number.bits = numberBits
      number.own = numberBits
      tokens.push(number)
    } else if (kind === CharClass.Line) {
      tokens.push(token('line', start, at, false, null, -1, '\n'))
      previousEnd = -1
      continue
    } else tokens.push(token('mark', start, at, start === previousEnd, null, -1, text.charAt(start)))
    previousEnd = at
  }
  const reading: Reading = { text, tokens, all: noBits, isBare }
  tagPhrases(reading)
  return reading
}

function endOfWord(text: string, start: number): number {
  let at = start + 1
  for (;;) {
    const kind = classes[text.charCodeAt(at)]
    if (kind === CharClass.Letter) at++
    else if (isApostrophe(text.charAt(at)) && classes[text.charCodeAt(at + 1)] === CharClass.Letter && at > start)
      at += 2
    else break
  }
  // `đ/c`, `d/c`, `đ.c` and `m.n` are words with a mark inside.
  if (at === start + 1 && /^[đd][/.]c(?![\p{L}\p{M}])/iu.test(text.slice(start, start + 4))) return start + 3
  return at
}

const isApostrophe = (char: string) => char === "'" || char === '’'

function token(
  kind: TokenKind,
  start: number,
  end: number,
  isGlued: boolean,
  word: WordInfo | null,
  value: number,
  mark: string,
): Token {
  return { kind, start, end, isGlued, word, value, mark, bits: noBits, own: noBits, isPhraseStart: true, phraseEnd: 0 }
}

function tagPhrases(reading: Reading): void {
  const { tokens } = reading
  const wordAt = (index: number) => tokens[index]?.word ?? null
  let all: Bits = noBits
  let at = 0
  while (at < tokens.length) {
    const first = tokens[at]!
    first.phraseEnd = at + 1
    if (first.word && first.word.forms.length > 0) {
      const phrase = vocabulary.longestPhrase(at, wordAt)
      if (phrase) {
        const bits =
          phrase.length > 1 && phrase.isOpen ? withParts(phrase.bits, at, phrase.length, wordAt) : phrase.bits
        for (let index = at; index < at + phrase.length; index++) {
          const part = tokens[index]!
          part.bits = bits
          part.own = phrase.bits
          part.isPhraseStart = index === at
          part.phraseEnd = at + phrase.length
        }
        all = union(all, bits)
        at += phrase.length
        continue
      }
    }
    if (first.kind === 'number') all = union(all, first.bits)
    at++
  }
  reading.all = all
}

/** Tags of the shorter phrases inside a longer one. */
function withParts(bits: Bits, from: number, length: number, wordAt: (index: number) => WordInfo | null): Bits {
  let all = bits
  for (let at = from; at < from + length; ) {
    const part = vocabulary.longestPhrase(at, wordAt, Math.min(length - 1, from + length - at))
    if (part) all = union(all, part.bits)
    at += part?.length ?? 1
  }
  return all
}

export const hasAny = (bits: Bits, mask: Bits) =>
  ((bits[0] & mask[0]) | (bits[1] & mask[1]) | (bits[2] & mask[2]) | (bits[3] & mask[3])) !== 0
