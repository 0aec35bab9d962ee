/** Deeds: a list in any style split into drafts, each with its deadline cut off and its content as typed. */
import type { Clock } from './calendar.ts'
import { keyOf } from './date-words.ts'
import { type Deadline, deadlineIn } from './deadlines.ts'
import { bullets, isBulletAt, markerAt, type Range, splitList } from './deed-lists.ts'
import type { DeedDraft } from './intents.ts'
import { vocabulary } from './lexicon.ts'
import { hasAny, type Reading, type Token } from './reading.ts'

export interface DeedsFound {
  deeds: DeedDraft[]
  /** Per deed, candidates for a deadline that was stated but may not be guessed. */
  dueAsk?: (string[] | null)[]
}

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
    // Without a letter it is a number or a date that answers something else.
    if (!/\p{L}/u.test(content)) {
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
    else if (key === 'cho' && forMeEnd(tokens, at + 1) > 0) at = forMeEnd(tokens, at + 1)
    else if (key === 'voi' && /^(chi|bot|dong|bi|bac)$/.test(keyOf(next))) at = tokens[at + 1]!.phraseEnd
    else if (key === 'thuc' && keyOf(next) === 'hien') return opening.has(tokens[at + 2]?.mark ?? ':') ? at + 2 : at
    else if (tokens[at]!.kind === 'mark' && opening.has(tokens[at]!.mark)) at++
    else break
  }
  return at
}

/** `đk cho tôi …`, `đk cho em việc …`: behind `em` a word may name a sister, so that a word of deeds is needed. 0 where it is none. */
function forMeEnd(tokens: readonly Token[], at: number): number {
  const isDeed = keyOf(tokens[at + 1]) === 'viec' && tokens[at + 2]?.kind === 'word'
  if (!/^(toi|minh|tui|em|e|chau)$/.test(keyOf(tokens[at]))) return 0
  if (isDeed) return at + 2
  return /^(toi|minh|tui)$/.test(keyOf(tokens[at])) && tokens[at + 1]?.kind === 'word' ? at + 1 : 0
}

/** `đều xong trước…`, `cả hai xong…` at the end of the last deed speaks of all. */
function appliesToAll(tokens: readonly Token[], cut: Deadline): boolean {
  for (let index = cut.from; index < cut.to; index++) if (/^(deu|ca|all)$/.test(keyOf(tokens[index]))) return true
  return false
}

/** In words and marks. */
const longestFarewell = 40

/** `Xin cảm ơn ạ.`, `Trân trọng!` at the end. */
function dropFarewell(tokens: readonly Token[], from: number, to: number): number {
  let end = to
  for (let index = to - 1; index > Math.max(from, to - longestFarewell); index--) {
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
  if (/^(nghen|nhen)$/.test(spelling.key)) return !isMarked
  if (/^(a|ah|nhe)$/.test(spelling.key))
    return isMarked
      ? /[ạáàé]/.test(reading.text.slice(token.start, token.end).toLowerCase())
      : spelling.key !== 'a' || !token.isGlued
  return spelling.key === 'nha' && (spelling.tone === 1 || (spelling.tone === 0 && !reading.isBare))
}
