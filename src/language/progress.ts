/** Progress on a deed: percent, whether it is finished, and the free text that is left. */
import { keyOf, numberAt } from './date-words.ts'
import { pieceOf } from './deeds.ts'
import { courtesyBits } from './grammar.ts'
import type { Slots } from './intents.ts'
import { vocabulary } from './lexicon.ts'
import { hasAny, type Reading, type Token } from './reading.ts'

const doneBits = vocabulary.bitsOf('done')
const notBits = vocabulary.bitsOf('neg notYet')
const statusBits = vocabulary.bitsOf('done percent half progress already polite me number notYet can title bot thanks')
const statusWords =
  /^(da|duoc|dat|moi|chi|lam|hien|dang|khoang|tam|gan|con|len|roi|thuc|hien|tien|do|o|muc|den|chung|co|no|ket|qua|vua|van|cung|hon|va|cho|thi|la|xap|xi|cua|em|toi|nay|giai|doan|bao|cao|cap|nhat|chua|sap|uoc|at|about|is|so|far|already|now|only|not|yet|nhu|sau|nhe|a|da|xong|thanh|hoan|nua)$/

interface Clause {
  from: number
  to: number
}

/** Percent, `done` and note in tokens `from`–`to` (the deed number left out). */
export function progressIn(
  reading: Reading,
  from: number,
  to: number,
): Pick<Slots['progress.report'], 'percent' | 'note' | 'done'> {
  const { tokens } = reading
  const out: { percent?: number; note?: string; done?: true } = {}
  let isDone = false
  let noteFrom = -1
  let noteTo = to
  for (const clause of clausesOf(tokens, from, to)) {
    const status = statusOf(tokens, clause)
    if (noteFrom >= 0) {
      // `vướng thời tiết, chưa xong`: status words at the end are none of the note.
      const isStatus = status.isHard && status.to >= clause.to
      if (!isStatus) noteTo = to
      else if (noteTo === to) noteTo = clause.from
      if (isStatus && status.isDone) isDone = true
      if (isStatus && status.percent !== undefined && out.percent === undefined) out.percent = status.percent
      continue
    }
    if (status.percent !== undefined && out.percent === undefined) out.percent = status.percent
    if (status.isDone) isDone = true
    if (status.to < clause.to) noteFrom = status.isHard ? status.to : clause.from
  }
  if (out.percent === 100) isDone = true
  if (isDone && (out.percent === undefined || out.percent === 100)) out.done = true
  if (noteFrom >= 0) {
    const note = pieceOf(reading, noteFrom, noteTo)
    if (note !== '') out.note = note
  }
  return out
}

function clausesOf(tokens: readonly Token[], from: number, to: number): Clause[] {
  const out: Clause[] = []
  let start = from
  for (let at = from; at <= to; at++) {
    const token = tokens[at]
    const isCut =
      at === to ||
      token!.kind === 'line' ||
      (token!.kind === 'mark' && /[,.;:!?(–-]/.test(token!.mark) && !isInNumber(tokens, at))
    if (!isCut) continue
    if (at > start) out.push({ from: start, to: at })
    start = at + 1
  }
  return out
}

const isInNumber = (tokens: readonly Token[], at: number) =>
  tokens[at - 1]?.kind === 'number' &&
  tokens[at + 1]?.kind === 'number' &&
  tokens[at]!.isGlued &&
  tokens[at + 1]!.isGlued

interface Status {
  percent?: number
  isDone: boolean
  /** Percent or a word of finishing was found. */
  isHard: boolean
  /** First token that is no status. */
  to: number
}

/** The status words that lead a clause. A clause that goes on after `xong` speaks of a part, unless `rồi` ends the status. */
function statusOf(tokens: readonly Token[], clause: Clause): Status {
  const status: Status = { isDone: false, isHard: false, to: clause.from }
  let isNegated = false
  let doneAt = -1
  let at = clause.from
  while (at < clause.to) {
    const token = tokens[at]!
    const percent = percentAt(tokens, at, clause.to)
    if (percent) {
      status.percent ??= percent.value
      status.isHard = true
      at = percent.to
      status.to = at
      continue
    }
    if (token.word && hasAny(token.bits, notBits) && !hasAny(token.bits, doneBits)) {
      isNegated = true
      at++
      continue
    }
    if (token.word && hasAny(token.bits, doneBits)) {
      const isNear = /^(sap|gan|chua|khong|dang)$/.test(keyOf(tokens[at - 1])) || isNegated
      if (!isNear) doneAt = token.phraseEnd
      status.isHard = true
      at = token.phraseEnd
      status.to = at
      continue
    }
    if (!token.word || !(hasAny(token.bits, statusBits) || statusWords.test(keyOf(token)))) break
    if (token.kind === 'number') break
    at++
    if (status.isHard && /^(roi|a|het|ca|nhe|nha|r|ah|luon|day|xuoi|da|ban|do|oi|bot)$/.test(keyOf(token)))
      status.to = at
  }
  // `40% thôi em`: no more than that, and who is spoken to.
  if (status.isHard && tokens.slice(status.to, clause.to).every(isFarewell)) at = status.to = clause.to
  // `đang làm`, `chưa bắt đầu` say something; `chưa xong` says no more than the missing percent.
  if (at >= clause.to && (status.isHard || !(isNegated || isAtWork(tokens, clause)))) status.to = clause.to
  if (doneAt >= 0) {
    const rest = tokens[status.to]
    const isPart =
      status.to < clause.to &&
      status.percent === undefined &&
      !isAdverb(tokens, status.to) &&
      status.to === doneAt &&
      !endsStatus(tokens[doneAt - 1])
    if (isPart || (rest && status.to < clause.to && rest.kind === 'number' && status.percent === undefined))
      return { isDone: false, isHard: false, to: clause.from }
    status.isDone = true
  }
  return status
}

const isFarewell = (token: Token) => keyOf(token) === 'thoi' || hasAny(token.own, courtesyBits)

const isAtWork = (tokens: readonly Token[], clause: Clause) =>
  tokens.slice(clause.from, clause.to).some((token) => /^(dang|van)$/.test(keyOf(token))) &&
  tokens.slice(clause.from, clause.to).some((token) => /^(lam|trien|thuc)$/.test(keyOf(token)))

const endsStatus = (token: Token | undefined) => /^(roi|r|het|xuoi)$/.test(keyOf(token))

/** `xong trước hạn`, `xong hôm qua`, `hoàn thành tốt`: how or when, not what. */
function isAdverb(tokens: readonly Token[], at: number): boolean {
  return /^(truoc|som|dung|tu|hom|sang|chieu|toi|tot|ngay|luc|nho|vi|nen|va|nhung|voi|cach|cuoi|dau|tuan|thang|ahead|yesterday|xuat|day|tron|vuot|duoi|trong|o|ba)$/.test(
    keyOf(tokens[at]),
  )
}

/** `70%`, `75 phần trăm`, `một nửa`, `2,5%`. */
export function percentAt(tokens: readonly Token[], at: number, limit: number): { value: number; to: number } | null {
  const token = tokens[at]!
  if (token.kind === 'number') {
    let value = token.value
    let to = at + 1
    const [mark, digits] = [tokens[to], tokens[to + 1]]
    if ((mark?.mark === ',' || mark?.mark === '.') && digits?.kind === 'number' && digits.isGlued) {
      value = Number(`${value}.${'0'.repeat(digits.end - digits.start - String(digits.value).length)}${digits.value}`)
      to += 2
    }
    const unit = tokens[to]
    if (unit?.mark === '%') to++
    else if (keyOf(unit) === 'phan' && keyOf(tokens[to + 1]) === 'tram') to += 2
    else if (keyOf(unit) === 'percent' || keyOf(unit) === 'pt') to++
    else if (
      token.value === 1 &&
      tokens[to]?.mark === '/' &&
      tokens[to + 1]?.value === 2 &&
      (to + 2 >= limit ||
        tokens[to + 2]!.kind !== 'word' ||
        /^(roi|a|viec|chang|nhe|r|khoi|cong)$/.test(keyOf(tokens[to + 2])))
    )
      return { value: 50, to: to + 2 }
    else if (keyOf(unit) === 'nua' && token.value === 1) return { value: 50, to: to + 1 }
    else return null
    return value >= 0 && value <= 100 ? { value, to } : null
  }
  const key = keyOf(token)
  if (!token.word) return null
  const said = percentSaidAt(tokens, at)
  if (said) return said
  if ((key === 'mot' || key === 'phan') && keyOf(tokens[at + 1]) === 'nua') return halfEnd(tokens, at + 2)
  if (key === 'nua' && token.word.spelling.tone !== 4 && !/^(them|tuan|ngay|thang)$/.test(keyOf(tokens[at - 1]))) {
    const next = keyOf(tokens[at + 1])
    return at + 1 >= limit ||
      /^(roi|a|chang|viec|r|nhe|cong|khoi|chặng|duong|phan)$/.test(next) ||
      tokens[at + 1]!.kind !== 'word'
      ? halfEnd(tokens, at + 1)
      : null
  }
  if (key === 'half' || key === 'halfway') return { value: 50, to: at + 1 }
  return null
}

/** `ba mươi phần trăm`, `tám mươi lăm phần trăm`, `một trăm phần trăm`, `trăm phần trăm`. */
function percentSaidAt(tokens: readonly Token[], at: number): { value: number; to: number } | null {
  const number = numberAt(tokens, at)
  const hundredAt = keyOf(tokens[at]) === 'tram' ? at : number?.value === 1 ? number.to : -1
  const isHundred = hundredAt >= 0 && keyOf(tokens[hundredAt]) === 'tram'
  const to = isHundred ? hundredAt + 1 : number?.to
  if (to === undefined || keyOf(tokens[to]) !== 'phan' || keyOf(tokens[to + 1]) !== 'tram') return null
  return { value: isHundred ? 100 : number!.value, to: to + 2 }
}

function halfEnd(tokens: readonly Token[], at: number): { value: number; to: number } {
  let to = at
  if (/^(chang|khoi|cong)$/.test(keyOf(tokens[to]))) to += 2
  else if (/^(viec|phan|duong)$/.test(keyOf(tokens[to]))) to++
  return { value: 50, to }
}

const numbered = /^\s*(?:việc|viec|deed|v)\s*(?:(?:số|so)\s*)?(\d{1,2})(?:\s*[:,-]|\s+(?:thì|thi|is))?\s+(\S.*)$/isu
const nextNumber = /[,;.\n]\s*(?=(?:việc|viec|deed|v)\s*(?:(?:số|so)\s*)?\d{1,2}(?!\d|\s*%))/iu

/** "việc 2 tháng nào cũng làm, việc 3 …": what is told of one deed, and what follows about the next; null where no deed is numbered. */
export function numberedWords(text: string): { deed: number; note: string; rest?: string } | null {
  const found = numbered.exec(text)
  if (!found) return null
  const words = found[2]!
  const next = nextNumber.exec(words)
  const note = (next ? words.slice(0, next.index) : words).trim().replace(/[\s.!]+$/u, '')
  if (note === '') return null
  const rest = next ? words.slice(next.index + next[0].length) : undefined
  return { deed: Number(found[1]), note, ...(rest ? { rest } : {}) }
}
