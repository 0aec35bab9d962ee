import { keyOf } from './date-words.ts'
import type { Token } from './reading.ts'

export interface Range {
  from: number
  to: number
}

export const bullets = new Set(['-', '+', '*', '•', '–', '—', '·', '►', '▪', '●', '○', '■', '~', '‣', '◦'])

/** Deeds of a list in any style, as ranges of tokens without their marks. */
export function splitList(tokens: readonly Token[], from: number, to: number): Range[] {
  if (from >= to) return []
  const first = markerAt(tokens, from, 1)
  if (first !== null) return splitNumbered(tokens, from, to)
  const lines = splitAt(from, to, (index) => tokens[index]!.kind === 'line')
  if (isBulletAt(tokens, from, from)) return splitBullets(tokens, from, to, lines)
  if (lines.length > 1) {
    const hasMarks = lines.some((line) => isLineMarked(tokens, line))
    if (!hasMarks) return lines.flatMap((line) => splitSemicolons(tokens, line))
    const out: Range[] = []
    for (const line of lines) {
      const last = out[out.length - 1]
      if (isLineMarked(tokens, line) || !last) out.push(line)
      else last.to = line.to
    }
    return out.flatMap((line) => splitSemicolons(tokens, afterMark(tokens, line)))
  }
  return splitSemicolons(tokens, { from, to })
}

function splitNumbered(tokens: readonly Token[], from: number, to: number): Range[] {
  const out: Range[] = []
  let expected = 2
  let start = markerAt(tokens, from, 1)!
  for (let index = start; index < to; index++) {
    const next = markerAt(tokens, index, expected)
    if (next === null || next >= to) continue
    out.push({ from: start, to: index })
    start = next
    expected++
    index = next - 1
  }
  out.push({ from: start, to })
  return out.length > 1 ? out : splitSemicolons(tokens, out[0]!)
}

function splitBullets(tokens: readonly Token[], from: number, to: number, lines: Range[]): Range[] {
  const mark = tokens[from]!.mark
  if (lines.length > 1) {
    const out: Range[] = []
    for (const line of lines) {
      const last = out[out.length - 1]
      if (isLineMarked(tokens, line) || !last) out.push({ ...line })
      else last.to = line.to
    }
    return out.map((line) => afterMark(tokens, line))
  }
  const isMark = (index: number) => tokens[index]!.mark === mark && isBulletAt(tokens, index, from)
  return splitAt(from, to, isMark)
}

const isLineMarked = (tokens: readonly Token[], line: Range) =>
  bullets.has(tokens[line.from]?.mark ?? '') || anyNumber(tokens, line.from) !== null

function afterMark(tokens: readonly Token[], line: Range): Range {
  if (bullets.has(tokens[line.from]?.mark ?? '')) return { from: line.from + 1, to: line.to }
  return { from: anyNumber(tokens, line.from) ?? line.from, to: line.to }
}

const anyNumber = (tokens: readonly Token[], at: number) => markerAt(tokens, at, numberOfMark(tokens, at))

function numberOfMark(tokens: readonly Token[], at: number): number {
  for (let index = at; index < at + 2; index++) if (tokens[index]?.kind === 'number') return tokens[index]!.value
  return letterOf(tokens[at])
}

const splitSemicolons = (tokens: readonly Token[], range: Range) =>
  splitAt(range.from, range.to, (index) => tokens[index]!.mark === ';' || tokens[index]!.kind === 'line')

function splitAt(from: number, to: number, isCut: (index: number) => boolean): Range[] {
  const out: Range[] = []
  let start = from
  for (let index = from; index <= to; index++) {
    if (index < to && !isCut(index)) continue
    if (index > start) out.push({ from: start, to: index })
    start = index + 1
  }
  return out
}

const letterOf = (token: Token | undefined) => {
  const key = keyOf(token)
  return key.length === 1 && key >= 'a' && key <= 'h' ? key.charCodeAt(0) - 96 : -1
}

/** End of the list mark with this number at a token (`2.`, `2)`, `2/`, `(2)`, `b)`, `việc 2:`, `thứ hai:`), or null. */
export function markerAt(tokens: readonly Token[], at: number, expected: number): number | null {
  const token = tokens[at]
  if (!token) return null
  if (token.mark === '(') {
    const isNumber = tokens[at + 1]?.value === expected || letterOf(tokens[at + 1]) === expected
    return isNumber && tokens[at + 2]?.mark === ')' ? at + 3 : null
  }
  if (token.kind === 'number') {
    if (
      token.value !== expected ||
      (token.isGlued && tokens[at - 1]?.mark !== '.' && tokens[at - 1]?.mark !== ',' && tokens[at - 1]?.mark !== ';')
    )
      return null
    return markEnd(tokens, at + 1)
  }
  const key = keyOf(token)
  if (key === '') return null
  if (letterOf(token) === expected && tokens[at + 1]?.isGlued && tokens[at + 1]!.mark === ')') return at + 2
  if (key === 'viec' || key === 'v') {
    const number = tokens[keyOf(tokens[at + 1]) === 'thu' || keyOf(tokens[at + 1]) === 'so' ? at + 2 : at + 1]
    const at2 = tokens.indexOf(number!, at)
    if (!number || ordinal(number) !== expected) return null
    const after = tokens[at2 + 1]
    if (
      after &&
      (after.mark === ':' || after.mark === '.' || after.mark === '-' || after.mark === '–' || after.mark === ')')
    )
      return at2 + 2
    return keyOf(after) === 'la' ? at2 + 2 : null
  }
  if (key === 'thu' && ordinal(tokens[at + 1]) === expected) {
    const after = tokens[at + 2]
    return after && (after.mark === ':' || after.mark === ',' || keyOf(after) === 'la') ? at + 3 : null
  }
  if (
    ordinal(token) === expected &&
    keyOf(tokens[at + 1]) === 'la' &&
    (at === 0 || tokens[at - 1]?.kind !== 'word' || expected > 1)
  )
    return at + 2
  return null
}

const ordinals = new Map(Object.entries({ nhat: 1, mot: 1, hai: 2, ba: 3, tu: 4, bon: 4, nam: 5, sau: 6 }))
const ordinal = (token: Token | undefined) =>
  token?.kind === 'number' ? token.value : (ordinals.get(keyOf(token)) ?? -1)

/** The mark behind a list number: none where the number goes on (`2.5`, `1/2`, `30/11`). */
function markEnd(tokens: readonly Token[], at: number): number | null {
  const mark = tokens[at]
  if (mark?.kind !== 'mark' || !/[.)/:,-]/.test(mark.mark)) return null
  const next = tokens[at + 1]
  if (mark.mark === ')' || mark.mark === ':')
    return mark.mark === ':' && next?.kind === 'number' && next.isGlued ? null : at + 1
  if (!mark.isGlued || mark.mark === ',') return null
  if (next?.kind === 'number' && next.isGlued) return null
  if (next?.mark === mark.mark && next.isGlued) return null
  if (mark.mark === '.' && next?.mark === ')') return at + 2
  return at + 1
}

/** A bullet at the start, or one that stands free between blanks. */
export function isBulletAt(tokens: readonly Token[], at: number, start: number): boolean {
  const token = tokens[at]
  if (!token || !bullets.has(token.mark)) return false
  const next = tokens[at + 1]
  if (!next) return false
  const isFree = !token.isGlued
  if (at === start) return isFree || at === 0 || tokens[at - 1]!.kind === 'mark'
  return isFree && (!next.isGlued || token.mark === '•' || tokens[at - 1]!.kind === 'line')
}
