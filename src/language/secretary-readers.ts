import { keyOf } from './date-words.ts'
import { deedNumberAt, deedNumberIn, deedsNamed, joinedEnd } from './deed-numbers.ts'
import { pieceOf } from './deeds.ts'
import { courtesyBits, headIndex, isCourtesy, unexplained } from './grammar.ts'
import type { Intent, Slots } from './intents.ts'
import { vocabulary } from './lexicon.ts'
import { ofSeveral } from './no-acts.ts'
import { nameAt, namesAnother, titledNameIn, titleEnd } from './people.ts'
import { ratingIn } from './ratings.ts'
import { hasAny, type Reading, type Token } from './reading.ts'
import { noBits, union } from './tag-sets.ts'

const bits = (names: string) => vocabulary.bitsOf(names)
const approveBits = bits('approve')
const returnBits = bits('giveBack')
const strongApprove = /^(duyet|phe|thong|approve|approved|chuan|xet|ok)$/
const approveRest = union(
  courtesyBits,
  bits('approve register deed number people everything already yes into cell have collective into'),
)
const becauseBits = bits('because')

/** `duyệt việc 1 của đ/c Hoa`, `duyệt hết`. */
export function readApprove(reading: Reading): Intent | null {
  const { tokens } = reading
  if (!hasAny(reading.all, approveBits) || tokens.some((token) => hasAny(token.own, returnBits))) return null
  const head = headIndex(tokens)
  const verb = tokens[head]
  if (!verb || !hasAny(verb.bits, approveBits) || hasAny(reading.all, blockApprove)) return null
  const isStrong = tokens.slice(head, verb.phraseEnd).some((token) => strongApprove.test(keyOf(token)))
  const target = targetOf(reading, verb.phraseEnd, tokens.length)
  const isAll =
    tokens.some((token, at) => at >= head && /^(het|tat|toan|ca|all|everything|luot|loat)$/.test(keyOf(token))) &&
    target.name === undefined &&
    target.deed === undefined
  const first = deedNumberIn(tokens, head)
  if (first && isStrong && joinedEnd(tokens, first) > first.to && target.name !== undefined) {
    return ofSeveral({ intent: 'pledge.approve', slots: { name: target.name, deed: first.deed } })
  }
  if (deedsNamed(tokens) > 1) return null
  if (!isAll && !isStrong && target.deed === undefined && target.name === undefined) return null
  if (!isStrong && target.deed === undefined && !hasAny(reading.all, pledgeWords)) return null
  if (unexplainedOutside(reading, approveRest, target, head) > 0) return null
  const slots: Slots['pledge.approve'] = {}
  if (target.name !== undefined) slots.name = target.name
  if (target.deed !== undefined) slots.deed = target.deed
  return isAll ? { intent: 'pledge.approve', slots, extras: { all: true } } : { intent: 'pledge.approve', slots }
}
const pledgeWords = bits('register deed')
const blockApprove = bits('notYet what when who howMany data where')

export interface Target {
  name?: string
  deed?: number
  /** Two people are named: an act is for one. */
  isSeveral?: true
  /** Token ranges of both. */
  ranges: { from: number; to: number }[]
}

/** The member and the deed that an act is about. */
export function targetOf(reading: Reading, from: number, to: number): Target {
  const { tokens } = reading
  const out: Target = { ranges: [] }
  const deed = deedNumberIn(tokens, from, to)
  if (deed) {
    out.deed = deed.deed
    out.ranges.push(deed)
  }
  const titled = titledNameIn(reading, from, to)
  const name = titled ?? plainName(reading, from, to)
  if (name) {
    if (namesAnother(reading, name)) out.isSeveral = true
    out.name = name.name
    out.ranges.push(name)
  }
  return out
}

/** A name without title: behind `của`, `cho`, or in capitals. */
function plainName(reading: Reading, from: number, to: number): { name: string; from: number; to: number } | null {
  const { tokens } = reading
  for (let at = from; at < to; at++) {
    const token = tokens[at]!
    if (!token.word || deedNumberAt(tokens, at)) continue
    const before = keyOf(tokens[at - 1])
    if (titleEnd(tokens, at) > 0) continue
    const isIntroduced = before === 'cua' || before === 'cho'
    const found = nameAt(reading, at, to, !isIntroduced)
    if (!found) continue
    if (isIntroduced && token.word.capitals === 'none' && hasAny(token.bits, notName)) continue
    if (!isIntroduced && hasAny(token.bits, notName)) continue
    return found
  }
  return null
}
const notName = bits(
  'me register deed cell collective what who people everything because approve giveBack rate self excellent good completed notCompleted commend into done progress level',
)

export function unexplainedOutside(
  reading: Reading,
  allowed: ReturnType<typeof bits>,
  target: Target,
  from: number,
  to = reading.tokens.length,
): number {
  if (target.isSeveral) return 9
  let at = from
  let weight = 0
  const ranges = [...target.ranges].sort((a, b) => a.from - b.from)
  for (const range of ranges) {
    if (range.from > at) weight += unexplained(reading, allowed, at, Math.min(range.from, to), 9)
    at = Math.max(at, range.to)
  }
  return weight + (at < to ? unexplained(reading, allowed, at, to, 9) : 0)
}

/** `trả lại việc 2 của đ/c Bình vì chưa cụ thể`. */
export function readReturn(reading: Reading): Intent | null {
  const { tokens } = reading
  if (!hasAny(reading.all, returnBits)) return null
  const head = headIndex(tokens)
  const verb = tokens[head]
  if (!verb || !hasAny(verb.bits, returnBits) || hasAny(verb.bits, bits('drop'))) return null
  const reasonAt = reasonStart(tokens, verb.phraseEnd)
  const target = targetOf(reading, verb.phraseEnd, reasonAt.from)
  if (unexplainedOutside(reading, returnRest, target, head, reasonAt.from) > 0) return null
  const slots: Slots['pledge.return'] = {}
  if (target.name !== undefined) slots.name = target.name
  if (target.deed !== undefined) slots.deed = target.deed
  const first = deedNumberIn(tokens, verb.phraseEnd)
  const joined = first && slots.deed === first.deed ? joinedEnd(tokens, first) : 0
  // `trả lại việc 2, 3 người làm thì ít quá`: behind a comma the reason may begin with a number.
  const behind = tokens[joined]
  const endsThere = !behind?.word || keyOf(behind) === 'cua' || hasAny(behind.bits, becauseBits)
  if (first && joined > first.to && endsThere) return ofSeveral({ intent: 'pledge.return', slots })
  const reason = pieceOf(reading, reasonAt.to, tokens.length)
  if (reason !== '' && !isCourtesy(reading, reasonAt.to, tokens.length)) slots.reason = reason
  const isBare = slots.reason === undefined && slots.name === undefined && slots.deed === undefined
  return isBare && keyOf(verb) === 'tra' && verb.phraseEnd === head + 1 ? null : { intent: 'pledge.return', slots }
}
const returnRest = union(courtesyBits, bits('giveBack register deed number already people into cell have because edit'))

/** Where the reason begins: behind `vì`, a colon or a comma, or behind the deed. */
function reasonStart(tokens: readonly Token[], from: number): { from: number; to: number } {
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at]!
    // `không duyệt, trả lại việc 2…`: the verb said twice.
    if (token.mark === ',' && tokens[at + 1] && hasAny(tokens[at + 1]!.bits, returnBits)) continue
    if (
      token.mark === ':' ||
      token.mark === ',' ||
      token.mark === ';' ||
      token.kind === 'line' ||
      (token.mark === '-' && !token.isGlued)
    ) {
      let to = at + 1
      while (hasAny(tokens[to]?.bits ?? noBits, becauseBits)) to = tokens[to]!.phraseEnd
      if (keyOf(tokens[to]) === 'la') to++
      return { from: at, to: tokens[to]?.mark === ':' ? to + 1 : to }
    }
    if (
      token.word &&
      hasAny(token.bits, becauseBits) &&
      token.isPhraseStart &&
      !(keyOf(token) === 'do' && token.word.isMarked)
    ) {
      let to = token.phraseEnd
      if (keyOf(tokens[to]) === 'la' || tokens[to]?.mark === ':') to++
      return { from: at, to }
    }
  }
  return { from: tokens.length, to: tokens.length }
}

const rateBits = bits('rate level')
const selfBits = bits('self')
const ratingBits = bits('excellent good completed notCompleted')
const rateRest = union(
  courtesyBits,
  bits(
    'rate level self excellent good completed notCompleted register deed number cell collective into already have done yes progress people time',
  ),
)

/** `tự đánh giá việc 1: tốt`; `xếp loại đ/c Nam hoàn thành xuất sắc`. */
export function readRating(reading: Reading): Intent | null {
  const { tokens, all } = reading
  if (!hasAny(all, ratingBits) || hasAny(all, blockRating)) return null
  const isSelf = hasAny(all, selfBits)
  if (!isSelf && !hasAny(all, rateBits)) return null
  const found = ratingIn(tokens)
  if (!found) return null
  if (isSelf) {
    const deed = deedNumberIn(tokens)
    if (deed && joinedEnd(tokens, deed) > deed.to) {
      return ofSeveral({ intent: 'deed.selfRate', slots: { deed: deed.deed, rating: found.rating } })
    }
    const target: Target = { ranges: deed ? [deed] : [] }
    // "Hoàn thành thôi": no more than that.
    const end = keyOf(tokens.at(-1)) === 'thoi' ? tokens.length - 1 : tokens.length
    if (unexplainedOutside(reading, rateRest, target, 0, end) > 0) return null
    return {
      intent: 'deed.selfRate',
      slots: deed ? { deed: deed.deed, rating: found.rating } : { rating: found.rating },
    }
  }
  if (!tokens.some((token) => hasAny(token.bits, rateVerb))) return null
  const verb = tokens.findIndex((token) => hasAny(token.bits, rateVerb))
  const target = targetOf(reading, 0, found.from > verb ? found.from : tokens.length)
  if (unexplainedOutside(reading, rateRest, target, 0) > 0) return null
  if (target.name === undefined && target.deed === undefined) return null
  const slots: Slots['deed.rate'] = { rating: found.rating }
  if (target.name !== undefined) slots.name = target.name
  if (target.deed !== undefined) slots.deed = target.deed
  const first = deedNumberIn(tokens)
  if (first && joinedEnd(tokens, first) > first.to) return ofSeveral({ intent: 'deed.rate', slots })
  return { intent: 'deed.rate', slots }
}
const rateVerb = bits('rate')
const blockRating = bits('what when who notYet howMany edit')

const commendBits = bits('commend')
const commendRest = union(
  courtesyBits,
  bits('commend register deed number because done good excellent progress people have into cell'),
)

/** `biểu dương đ/c Lan việc 2`. */
export function readCommend(reading: Reading): Intent | null {
  const { tokens } = reading
  if (!hasAny(reading.all, commendBits)) return null
  const head = headIndex(tokens)
  let verb = head
  while (verb < tokens.length && verb < head + 4 && !hasAny(tokens[verb]!.bits, commendBits)) verb++
  const token = tokens[verb]
  if (
    !token ||
    !hasAny(token.bits, commendBits) ||
    (verb > head && unexplained(reading, union(courtesyBits, bits('cell collective')), 0, verb, 1) > 0)
  )
    return null
  if (hasAny(reading.all, blockCommend)) return null
  const because = tokens.findIndex((part, at) => at > verb && part.isPhraseStart && hasAny(part.bits, becauseBits))
  const end = because < 0 ? tokens.length : because
  const target = targetOf(reading, token.phraseEnd, tokens.length)
  if (target.name === undefined && target.deed === undefined) return null
  if (unexplainedOutside(reading, commendRest, target, verb, end) > 0) return null
  const slots: Slots['commend'] = {}
  if (target.name !== undefined) slots.name = target.name
  if (target.deed !== undefined) slots.deed = target.deed
  return { intent: 'commend', slots }
}
const blockCommend = bits('what when who notYet howMany')
