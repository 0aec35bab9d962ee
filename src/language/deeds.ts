/** Deeds: a list in any style split into drafts, each with its deadline cut off and its content as typed. */
import type { Clock } from './calendar.ts'
import { keyOf } from './date-words.ts'
import { type Deadline, deadlineIn } from './deadlines.ts'
import type { DeedDraft } from './intents.ts'
import { vocabulary } from './lexicon.ts'
import { hasAny, type Reading, type Token } from './reading.ts'

export interface DeedsFound {
  deeds: DeedDraft[]
  /** Per deed, candidates for a deadline that was stated but may not be guessed. */
  dueAsk?: (string[] | null)[]
}

interface Range {
  from: number
  to: number
}

const bullets = new Set(['-', '+', '*', '•', '–', '—', '·', '►', '▪', '●', '○', '■', '~', '‣', '◦'])
const closing = new Set([
  ',',
  ';',
  '.',
  ':',
  '!',
  '?',
  '…',
  '-',
  '–',
  '—',
  '+',
  '*',
  '•',
  '/',
  '&',
  '=',
  '(',
  '[',
  '“',
  '«',
  '\n',
  '|',
  '~',
])
const opening = new Set([
  ',',
  ';',
  '.',
  ':',
  '!',
  '?',
  '…',
  '-',
  '–',
  '—',
  '+',
  '*',
  '•',
  '/',
  '=',
  ')',
  ']',
  '”',
  '»',
  '\n',
  '|',
  '~',
  '>',
])
const headBits = vocabulary.bitsOf(
  'polite me title deed number followUncle time cell collective dueWord register people bot same done oldYear what',
)
const politeBits = vocabulary.bitsOf('polite thanks me title bot cell people')
const dateBits = vocabulary.bitsOf('time number')
const thankBits = vocabulary.bitsOf('thanks')

/** Deeds in tokens `from`–`to` of a reading; `from` is directly behind the word that registers. */
export function deedsIn(reading: Reading, from: number, to: number, clock: Clock): DeedsFound {
  const { tokens } = reading
  const head = skipHead(tokens, from, to)
  const end = dropFarewell(tokens, head, to)
  const headDeadline = head > from ? deadlineIn(tokens, from, head, clock) : null
  const drafts: DeedDraft[] = []
  const asks: (string[] | null)[] = []
  const add = (range: Range): void => {
    const cut = deadlineIn(tokens, range.from, range.to, clock)
    const content = contentOf(reading, range, cut)
    if (content === '') {
      // A line that holds nothing but a deadline belongs to the deed before it.
      const last = drafts[drafts.length - 1]
      if (cut && last && last.due === undefined) {
        if (cut.due) last.due = cut.due
        else if (cut.ask) asks[asks.length - 1] = cut.ask
      }
      return
    }
    drafts.push(cut?.due ? { content, due: cut.due } : { content })
    asks.push(cut?.ask ?? null)
    if (cut && drafts.length > 1 && appliesToAll(tokens, cut)) {
      drafts.forEach((draft, index) => {
        if (draft.due !== undefined || asks[index]) return
        if (cut.due) draft.due = cut.due
        else asks[index] = cut.ask ?? null
      })
    }
  }
  for (const range of splitList(tokens, head, end)) add(range)
  if (headDeadline?.due) for (const draft of drafts) draft.due ??= headDeadline.due
  return asks.some((candidates) => candidates) ? { deeds: drafts, dueAsk: asks } : { deeds: drafts }
}

/** `2 việc:`, `làm theo Bác năm nay:`, `như sau`: only where a colon, a new line or a list mark follows. */
function skipHead(tokens: readonly Token[], from: number, to: number): number {
  let at = from
  while (
    at < to &&
    tokens[at]!.kind === 'mark' &&
    !bullets.has(tokens[at]!.mark) &&
    tokens[at]!.mark !== '(' &&
    opening.has(tokens[at]!.mark)
  )
    at++
  const start = at
  const limit = Math.min(to, start + 24)
  for (let index = start; index < limit; index++) {
    const token = tokens[index]!
    if (markerAt(tokens, index, 1) !== null || isBulletAt(tokens, index, start)) return index
    if (token.mark === ':') return index + 1
    if (token.kind === 'line')
      return markerAt(tokens, index + 1, 1) !== null || index === start || isHeadOnly(tokens, start, index)
        ? index + 1
        : start
    if (token.kind === 'mark' ? !/[,/.()-]/.test(token.mark) : !isHeadWord(token)) break
  }
  return skipCourtesy(tokens, start, to)
}

const isHeadWord = (token: Token) =>
  token.kind === 'number' ||
  hasAny(token.bits, headBits) ||
  /^(nhu|gom|sau|thuc|hien|noi|dung|cu|the|them|day|bao)$/.test(keyOf(token))

function isHeadOnly(tokens: readonly Token[], from: number, to: number): boolean {
  for (let index = from; index < to; index++)
    if (tokens[index]!.kind !== 'mark' && !isHeadWord(tokens[index]!)) return false
  return true
}

/** `đk ạ giúp…`, `đk thêm: …`, `đăng ký với chi bộ giúp…`: words that lead to the deed and are none of it. */
function skipCourtesy(tokens: readonly Token[], from: number, to: number): number {
  let at = from
  while (at < to) {
    const key = keyOf(tokens[at])
    const next = tokens[at + 1]
    if (
      /^(a|ah|nhe|la|rang|them|nha|voi a|sau)$/.test(key) &&
      tokens[at]!.word!.capitals !== 'first' &&
      !(key === 'nha' && !tokens[at]!.word!.isMarked && next?.word)
    )
      at++
    else if (key === 'voi' && /^(chi|bot|dong|bi|bac)$/.test(keyOf(next))) at = tokens[at + 1]!.phraseEnd
    else if (key === 'thuc' && keyOf(next) === 'hien') return tokens[at + 2]?.word ? at : at + 2
    else if (tokens[at]!.kind === 'mark' && opening.has(tokens[at]!.mark)) at++
    else break
  }
  return at
}

function splitList(tokens: readonly Token[], from: number, to: number): Range[] {
  if (from >= to) return []
  const first = markerAt(tokens, from, 1)
  if (first !== null) return splitNumbered(tokens, from, to)
  const lines = splitAt(tokens, from, to, (index) => tokens[index]!.kind === 'line')
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
  return splitAt(tokens, from, to, isMark)
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
  splitAt(tokens, range.from, range.to, (index) => tokens[index]!.mark === ';' || tokens[index]!.kind === 'line')

function splitAt(tokens: readonly Token[], from: number, to: number, isCut: (index: number) => boolean): Range[] {
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
function markerAt(tokens: readonly Token[], at: number, expected: number): number | null {
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
  if (!mark || mark.kind !== 'mark' || !/[.)/:,-]/.test(mark.mark)) return null
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
function isBulletAt(tokens: readonly Token[], at: number, start: number): boolean {
  const token = tokens[at]
  if (!token || !bullets.has(token.mark)) return false
  const next = tokens[at + 1]
  if (!next) return false
  const isFree = !token.isGlued
  if (at === start) return isFree || at === 0 || tokens[at - 1]!.kind === 'mark'
  return isFree && (!next.isGlued || token.mark === '•' || tokens[at - 1]!.kind === 'line')
}

/** `đều xong trước…`, `cả hai xong…` at the end of the last deed speaks of all. */
function appliesToAll(tokens: readonly Token[], cut: Deadline): boolean {
  for (let index = cut.from; index < cut.to; index++) if (/^(deu|ca|all)$/.test(keyOf(tokens[index]))) return true
  return false
}

/** `Xin cảm ơn ạ.`, `Trân trọng!` at the end. */
function dropFarewell(tokens: readonly Token[], from: number, to: number): number {
  let end = to
  for (let index = to - 1; index > from; index--) {
    const token = tokens[index]!
    if (token.kind === 'mark' && !/[.!,;?]/.test(token.mark)) break
    if (token.kind !== 'word') {
      if (hasThanks(tokens, index + 1, end)) end = index
      continue
    }
    if (!hasAny(token.bits, politeBits) && !/^(tran|trong)$/.test(keyOf(token))) break
    if (hasAny(token.bits, dateBits) && !hasAny(token.bits, politeBits)) break
  }
  return end
}

function hasThanks(tokens: readonly Token[], from: number, to: number): boolean {
  for (let index = from; index < to; index++) {
    if (hasAny(tokens[index]!.bits, thankBits)) return true
    if (keyOf(tokens[index]) === 'tran' && keyOf(tokens[index + 1]) === 'trong') return true
  }
  return false
}

/** What is left of a deed once its deadline is cut out. */
export function contentOf(reading: Reading, range: Range, cut: Range | null): string {
  if (!cut) return pieceOf(reading, range.from, range.to)
  const left = pieceOf(reading, range.from, cut.from)
  const right = pieceOf(reading, cut.to, range.to)
  return left && right ? `${left} ${right}` : left || right
}

/** Text of a range of tokens without outer punctuation and closing particles. */
export function pieceOf(reading: Reading, from: number, to: number): string {
  const { tokens, text } = reading
  let first = from
  let end = to
  while (first < end && opening.has(tokens[first]!.mark)) first++
  for (; end > first; end--) {
    const last = tokens[end - 1]!
    if (closing.has(last.mark)) continue
    if (last.word && isClosingParticle(reading, last)) continue
    break
  }
  return first < end ? text.slice(tokens[first]!.start, tokens[end - 1]!.end) : ''
}

function isClosingParticle(reading: Reading, token: Token): boolean {
  const { spelling, isMarked, capitals } = token.word!
  if (capitals === 'first' && !isMarked) return false
  if (/^(a|ah|nhe|nhen)$/.test(spelling.key))
    return isMarked
      ? /[ạáàé]/.test(reading.text.slice(token.start, token.end).toLowerCase())
      : spelling.key !== 'a' || !token.isGlued
  return spelling.key === 'nha' && (spelling.tone === 1 || (spelling.tone === 0 && !reading.isBare))
}
