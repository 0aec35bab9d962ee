/**
 * Spelling, not meaning: one letter table that splits a Vietnamese letter into its ASCII base, its quality (ă â đ ê ô ơ ư)
 * and its tone. The text itself is kept as typed; only comparison works on what this file derives from it.
 */

/** Tones as this program numbers them; 0 is the level tone or none typed. */
const toneOfMark: Readonly<Record<string, number>> = { '\u0301': 1, '\u0300': 2, '\u0309': 3, '\u0303': 4, '\u0323': 5 }

interface Letter {
  /** ASCII base: `ở` → `o`. */
  base: string
  /** Letter without its tone: `ở` → `ơ`. */
  quality: string
  tone: number
}

const letters = new Map<number, Letter>()

function addLetter(char: string): void {
  const marks = char.normalize('NFD')
  let quality = marks[0] ?? ''
  let tone = 0
  for (const mark of marks.slice(1)) {
    const found = toneOfMark[mark]
    if (found !== undefined) tone = found
    else quality += mark
  }
  quality = quality.normalize('NFC')
  letters.set(char.charCodeAt(0), { base: quality === 'đ' ? 'd' : (marks[0] ?? ''), quality, tone })
}

for (const base of 'aăâbcdđeêfghijklmnoôơpqrstuưvwxyz') {
  addLetter(base)
  if (!'aăâeêioôơuưy'.includes(base)) continue
  for (const mark of Object.keys(toneOfMark)) addLetter((base + mark).normalize('NFC'))
}

/**
 * Code of a letter. Called by itself, not as a method of the text: texts come in more inner representations than the compiler
 * tells apart, and a method would be looked up anew each time.
 */
const { charCodeAt } = String.prototype
export const charCode = (text: string, at: number): number => charCodeAt.call(text, at)

/** NFC, and the odd spaces that phones insert made plain. The result is what is stored. */
export function toStored(text: string): string {
  const { length } = text
  for (let at = 0; at < length; at++) {
    const code = charCode(text, at)
    if (code < 0x80 ? code !== 13 : !isOdd(code)) continue
    return text
      .normalize('NFC')
      .replace(/[\u200b-\u200d\ufeff\u00ad]/g, '')
      .replace(/\r\n?/g, '\n')
      .replace(/[\u00a0\u2000-\u200a\u202f\u3000]/g, ' ')
  }
  return text
}

/** Combining marks, spaces that are none of the ASCII ones, and letters of no width. */
const isOdd = (code: number) =>
  (code >= 0x300 && code <= 0x36f) ||
  code === 0xa0 ||
  code === 0xad ||
  (code >= 0x2000 && code <= 0x200d) ||
  code === 0x202f ||
  code === 0x3000 ||
  code === 0xfeff

/** Lower case without diacritics, `đ` as `d`: the key under which spellings of one word meet. */
export function fold(text: string): string {
  const lower = toStored(text).toLowerCase()
  const { length } = lower
  let out = ''
  for (let i = 0; i < length; i++) {
    const letter = letters.get(charCode(lower, i))
    out += letter ? letter.base : lower.charAt(i)
  }
  return out
}

export interface Spelling {
  /** Folded, with the final `y` of `ký`, `kỷ`, `quý` as `i`. */
  key: string
  /** With quality letters but no tone: old and new tone placement (`hoà`, `hòa`) give the same. */
  plain: string
  tone: number
}

const finalY = /^(qu|[bcdđghklmnprstvx]+)y$/

/** Spelling of one word: what remains comparable when diacritics are missing or placed differently. */
export function spellingOf(word: string): Spelling {
  const lower = toStored(word).toLowerCase()
  let key = ''
  let plain = ''
  let tone = 0
  for (let i = 0; i < lower.length; i++) {
    const code = lower.charCodeAt(i)
    // can't = cant
    if (code === 0x27 || code === 0x2019) continue
    const letter = letters.get(code)
    if (letter) {
      key += letter.base
      plain += letter.quality
      if (letter.tone !== 0) tone = letter.tone
    } else {
      // đ.c = đ/c
      const char = code === 0x2e ? '/' : lower.charAt(i)
      key += char
      plain += char
    }
  }
  if (finalY.test(key)) {
    key = `${key.slice(0, -1)}i`
    plain = `${plain.slice(0, -1)}i`
  }
  return { key, plain, tone }
}

/** Hỏi and ngã sound alike from Nghệ An southwards and are mixed up in writing. */
const sameTone = (typed: number, meant: number) =>
  typed === meant || (typed === 3 && meant === 4) || (typed === 4 && meant === 3)

/** Whether what was typed may be the word meant: marks may be missing, a typed mark may not contradict. */
export function mayBe(typed: Spelling, meant: Spelling): boolean {
  if (typed.key !== meant.key) return false
  if (typed.tone !== 0 && !sameTone(typed.tone, meant.tone)) return false
  for (let i = 0; i < typed.plain.length; i++) {
    const char = typed.plain.charCodeAt(i)
    if (char !== meant.plain.charCodeAt(i) && char !== typed.key.charCodeAt(i)) return false
  }
  return true
}

/** Whether any letter carries a mark: such a text was not typed on a keyboard without diacritics. */
export function hasMarks(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i)
    if (code < 0x80) continue
    const letter = letters.get(code) ?? letters.get(text.charAt(i).toLowerCase().charCodeAt(0))
    if (letter && (letter.tone !== 0 || letter.quality !== letter.base)) return true
  }
  return false
}
