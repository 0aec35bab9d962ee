/** A text read once: tokens with their places in the text, and the phrases of the lexicon found in them. */
import { vocabulary } from './lexicon.ts'
import { charCode, toStored } from './normalise.ts'
import type { PhraseMatch } from './phrase-trie.ts'
import { Bits, noBits, union } from './tag-sets.ts'
import type { WordInfo } from './vocabulary.ts'

export { hasAny } from './tag-sets.ts'

export type TokenKind = 'word' | 'number' | 'mark' | 'line'

export class Token {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
  /** Whether it touches the token before it. */
  readonly isGlued: boolean
  readonly word: WordInfo | null
  /** Value of a number in digits, −1 otherwise. */
  readonly value: number
  /** Character of a mark. */
  readonly mark: string
  /** Tags of the longest phrase it belongs to, and of the parts of that phrase. */
  bits: Bits
  /** Tags of the phrase as a whole. */
  own: Bits
  /** Whether it is the first word of its phrase. */
  isPhraseStart: boolean
  /** Index after the last token of its phrase. */
  phraseEnd: number

  constructor(
    kind: TokenKind,
    start: number,
    end: number,
    isGlued: boolean,
    word: WordInfo | null,
    value: number,
    mark: string,
  ) {
    this.kind = kind
    this.start = start
    this.end = end
    this.isGlued = isGlued
    this.word = word
    this.value = value
    this.mark = mark
    this.bits = noBits
    this.own = noBits
    this.isPhraseStart = true
    this.phraseEnd = 0
  }
}

export interface Reading {
  text: string
  tokens: Token[]
  /** All tags in the text. */
  all: Bits
  /** Whether the text was typed without any diacritics. */
  isBare: boolean
}

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

/** Codes of the text that is being read: a typed array is looked at several times faster than a string. */
let codes = new Uint16Array(2048)

/** The same for a text that `toStored` has already been through. */
export function readStored(text: string): Reading {
  const { length } = text
  if (codes.length <= length) codes = new Uint16Array(2 * length)
  for (let at = 0; at < length; at++) codes[at] = charCode(text, at)
  codes[length] = 0
  const tokens: Token[] = []
  let isBare = true
  let previousEnd = -1
  let at = 0
  while (at < length) {
    const kind = classes[codes[at]!]!
    if (kind === spaceClass || kind === emojiClass) {
      at++
      continue
    }
    const start = at++
    if (kind === letterClass) {
      at = endOfWord(text, start)
      const word = vocabulary.wordAt(text, codes, start, at, wordHash)
      if (word.isMarked) isBare = false
      if (word.parts) {
        let from = start
        for (const part of word.parts) {
          tokens.push(
            new Token('word', from, from + part.length, from === start && from === previousEnd, part.word, -1, ''),
          )
          from += part.length
        }
      } else tokens.push(new Token('word', start, at, start === previousEnd, word, -1, ''))
    } else if (kind === digitClass) {
      let value = codes[start]! - 48
      while (classes[codes[at]!] === digitClass) value = value * 10 + codes[at++]! - 48
      tokens.push(new Token('number', start, at, start === previousEnd, null, value, ''))
    } else if (kind === lineClass) {
      tokens.push(new Token('line', start, at, false, null, -1, '\n'))
      previousEnd = -1
      continue
    } else tokens.push(new Token('mark', start, at, start === previousEnd, null, -1, text.charAt(start)))
    previousEnd = at
  }
  return { text, tokens, all: tagPhrases(tokens), isBare }
}

/** Hash of the word that `endOfWord` passed last, as `Vocabulary.wordAt` wants it. */
let wordHash = 0

function endOfWord(text: string, start: number): number {
  let hash = codes[start]!
  let at = start + 1
  for (;;) {
    const code = codes[at]!
    if (classes[code] === letterClass || (isApostrophe(code) && classes[codes[at + 1]!] === letterClass)) {
      hash = (Math.imul(hash, 31) + code) | 0
      at++
    } else break
  }
  // `đ/c`, `d/c`, `đ.c` are one word with a mark inside.
  const after = codes[at]
  if (
    at === start + 1 &&
    (after === 0x2f || after === 0x2e) &&
    /^[đd][/.]c(?![\p{L}\p{M}])/iu.test(text.slice(start, start + 4))
  ) {
    hash = (Math.imul(Math.imul(hash, 31) + after, 31) + codes[at + 1]!) | 0
    at += 2
  }
  wordHash = hash
  return at
}

const isApostrophe = (code: number) => code === 0x27 || code === 0x2019

function tagPhrases(tokens: readonly Token[]): Bits {
  let a = 0
  let b = 0
  let c = 0
  let d = 0
  for (let at = 0; at < tokens.length; ) {
    const first = tokens[at]!
    const phrase = first.word ? vocabulary.longestPhrase(tokens, at) : null
    if (!phrase) {
      first.phraseEnd = ++at
      if (first.kind === 'number') {
        first.bits = numberBits
        first.own = numberBits
        d |= numberBits.d
      }
      continue
    }
    const end = at + phrase.length
    const bits = phrase.all ?? withParts(phrase, tokens, at, end)
    for (let index = at; index < end; index++) {
      const part = tokens[index]!
      part.bits = bits
      part.own = phrase.bits
      part.isPhraseStart = index === at
      part.phraseEnd = end
    }
    a |= bits.a
    b |= bits.b
    c |= bits.c
    d |= bits.d
    at = end
  }
  return new Bits(a, b, c, d)
}

/** Tags of the shorter phrases inside a longer one as well. */
function withParts(phrase: PhraseMatch, words: readonly Token[], from: number, end: number): Bits {
  let all = phrase.bits
  for (let at = from; at < end; ) {
    const part = vocabulary.longestPhrase(words, at, at === from ? end - from - 1 : end - at)
    if (part) all = union(all, part.bits)
    at += part?.length ?? 1
  }
  phrase.all = all
  return all
}
