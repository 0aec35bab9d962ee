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

/** What a character is to the reader; 0 is a mark. */
const letterClass = 1
const digitClass = 2
const spaceClass = 3
const lineClass = 4
const emojiClass = 5

const classes = new Uint8Array(0x10000)
for (let code = 0; code < 0x10000; code++) {
  const char = String.fromCharCode(code)
  if (code >= 0x30 && code <= 0x39) classes[code] = digitClass
  else if (code === 10) classes[code] = lineClass
  else if (code <= 0x20) classes[code] = spaceClass
  else if (
    (code >= 0xd800 && code <= 0xdfff) ||
    (code >= 0x2190 && code <= 0x27bf && code !== 0x2022) ||
    code === 0xfe0f
  )
    classes[code] = emojiClass
  else if (/[\p{L}\p{M}]/u.test(char)) classes[code] = letterClass
}

/** Letters of a word end where digits begin: `19h30`, `v1`, `hạn30/11` are read alike with and without blanks. */
export function read(typed: string): Reading {
  return readStored(toStored(typed))
}

/** The same for a text that `toStored` has already been through. */
export function readStored(text: string): Reading {
  const tokens: Token[] = []
  let isBare = true
  let previousEnd = -1
  let at = 0
  const { length } = text
  while (at < length) {
    const kind = classes[text.charCodeAt(at)]!
    if (kind === spaceClass || kind === emojiClass) {
      at++
      continue
    }
    const start = at++
    if (kind === letterClass) {
      at = endOfWord(text, start)
      const word = vocabulary.wordAt(text, start, at, wordHash)
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
    } else if (kind === digitClass) {
      let value = text.charCodeAt(start) - 48
      while (at < length && classes[text.charCodeAt(at)] === digitClass) {
        value = value * 10 + text.charCodeAt(at) - 48
        at++
      }
      const number = token('number', start, at, start === previousEnd, null, value, '')
      number.bits = numberBits
      number.own = numberBits
      tokens.push(number)
    } else if (kind === lineClass) {
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

/** Hash of the word that `endOfWord` passed last, as `Vocabulary.wordAt` wants it. */
let wordHash = 0

function endOfWord(text: string, start: number): number {
  let hash = text.charCodeAt(start)
  let at = start + 1
  for (;;) {
    const code = text.charCodeAt(at)
    if (classes[code] === letterClass || (isApostrophe(code) && classes[text.charCodeAt(at + 1)] === letterClass)) {
      hash = (Math.imul(hash, 31) + code) | 0
      at++
    } else break
  }
  // `đ/c`, `d/c`, `đ.c` are one word with a mark inside.
  const after = text.charCodeAt(at)
  if (
    at === start + 1 &&
    (after === 0x2f || after === 0x2e) &&
    /^[đd][/.]c(?![\p{L}\p{M}])/iu.test(text.slice(start, start + 4))
  ) {
    hash = (Math.imul(Math.imul(hash, 31) + after, 31) + text.charCodeAt(at + 1)) | 0
    at += 2
  }
  wordHash = hash
  return at
}

const isApostrophe = (code: number) => code === 0x27 || code === 0x2019

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
  let [a, b, c, d] = noBits
  for (let at = 0; at < tokens.length; ) {
    const first = tokens[at]!
    const phrase = first.word ? vocabulary.longestPhrase(tokens, at) : null
    if (!phrase) {
      first.phraseEnd = ++at
      if (first.kind === 'number') d |= numberBits[3]
      continue
    }
    const end = at + phrase.length
    const bits = phrase.length > 1 && phrase.isOpen ? withParts(phrase.bits, tokens, at, end) : phrase.bits
    for (let index = at; index < end; index++) {
      const part = tokens[index]!
      part.bits = bits
      part.own = phrase.bits
      part.isPhraseStart = index === at
      part.phraseEnd = end
    }
    a |= bits[0]
    b |= bits[1]
    c |= bits[2]
    d |= bits[3]
    at = end
  }
  reading.all = [a, b, c, d]
}

/** Tags of the shorter phrases inside a longer one. */
function withParts(bits: Bits, words: readonly Token[], from: number, end: number): Bits {
  let all = bits
  for (let at = from; at < end; ) {
    const part = vocabulary.longestPhrase(words, at, at === from ? end - from - 1 : end - at)
    if (part) all = union(all, part.bits)
    at += part?.length ?? 1
  }
  return all
}

export const hasAny = (bits: Bits, mask: Bits) =>
  ((bits[0] & mask[0]) | (bits[1] & mask[1]) | (bits[2] & mask[2]) | (bits[3] & mask[3])) !== 0
