/** Pledges: registering, changing, approving, returning, rating, commending. Each reader answers null where the text is not for it. */
import type { Clock } from './calendar.ts'
import { codeOf, keyOf, startsDate, T } from './date-words.ts'
import { deadlineIn, deadlineValue } from './deadlines.ts'
import { deedNumberAt, deedNumberIn } from './deed-numbers.ts'
import { contentOf, deedsIn, pieceOf } from './deeds.ts'
import { courtesyBits, headIndex, isCourtesy, unexplained } from './grammar.ts'
import type { Intent, Slots } from './intents.ts'
import { vocabulary } from './lexicon.ts'
import { nameAt, speaksOfOther, titledNameIn, titleEnd } from './people.ts'
import { ratingIn } from './ratings.ts'
import { hasAny, type Reading, type Token } from './reading.ts'
import { union } from './vocabulary.ts'
import { whenAt } from './when.ts'

const bits = (names: string) => vocabulary.bitsOf(names)
const registerBits = bits('register')
const groupBits = bits('cell collective')
const collectiveBits = bits('collective')
const cellForms = ['bộ', 'cb', 'cell'].map((word) => vocabulary.formId(word))
const meBits = bits('me')
const prefixBits = bits('polite me title bot time number cell collective deed thanks have followUncle people')
const askBits = bits('what where when who howMany')
const questionEnd = bits('notYet what where when who howMany')

export interface RegisterHead {
  /** Token behind the word that registers. */
  to: number
  isCollective: boolean
  /** A colon or a list follows: nothing but a pledge can be meant. */
  isExplicit: boolean
}

/** The word that registers at the head of a text, behind nothing but courtesy. */
export function registerHead(reading: Reading): RegisterHead | null {
  if (!hasAny(reading.all, registerBits)) return null
  const { tokens } = reading
  let cellAt = -1
  let meAfterCell = false
  let isGreeting = false
  for (let at = 0; at < tokens.length && at < 30; at++) {
    const token = tokens[at]!
    if (token.word && hasAny(token.own, registerBits)) {
      const to = token.phraseEnd
      if (keyOf(tokens[at - 1]) === 'nhu' || isNegatedHead(tokens, at)) return null
      const collective = cellAt >= 0 && !isGreeting && !meAfterCell
      const after = collectiveAfter(tokens, to)
      const end = after ?? to
      return { to: end, isCollective: collective || after !== null, isExplicit: isExplicit(tokens, end) }
    }
    if (token.kind === 'line' || (token.kind === 'mark' && /[,.:;!]/.test(token.mark))) {
      if (cellAt >= 0 && at > cellAt) meAfterCell = true
      continue
    }
    if (token.kind !== 'word') {
      if (token.kind === 'number' && cellAt >= 0) continue
      if (token.kind === 'mark' && /[()-]/.test(token.mark)) continue
      return null
    }
    const key = keyOf(token)
    if (/^(kinh|gui|thua|cao)$/.test(key)) isGreeting = true
    if (hasAny(token.own, groupBits) && token.isPhraseStart) cellAt = cellAt < 0 ? at : cellAt
    else if (cellAt >= 0 && isGreeting && hasAny(token.own, meBits)) meAfterCell = true
    else if (!hasAny(token.own, prefixBits) && !(cellAt >= 0 && at - cellAt < 7) && !isOwnName(tokens, at)) return null
    if (hasAny(token.own, askBits) && !hasAny(token.own, prefixBits)) return null
  }
  return null
}

const isNegatedHead = (tokens: readonly Token[], at: number) =>
  /^(khong|ko|k|chua|chang|da)$/.test(keyOf(tokens[at - 1])) && !/[:]/.test(tokens[tokens[at]!.phraseEnd]?.mark || ' ')

const actBits = bits(
  'drop edit approve giveBack show remind commend rate progress done summary export same self neg notYet already',
)

/** `em Hùng đk…`, `tôi là Nguyễn Văn A, đăng ký…` */
function isOwnName(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]!
  if (!token.word || token.word.capitals === 'none' || hasAny(token.own, actBits)) return false
  let before = at - 1
  while (
    before >= 0 &&
    tokens[before]!.word &&
    tokens[before]!.word!.capitals !== 'none' &&
    !hasAny(tokens[before]!.bits, meBits)
  )
    before--
  return /^(em|toi|minh|e|t|la|con|chau|ten|chi)$/.test(keyOf(tokens[before]))
}

/** `đk cho [tập thể] chi bộ:`, `đăng ký tập thể chi bộ:` behind the word that registers. */
function collectiveAfter(tokens: readonly Token[], at: number): number | null {
  let index = at
  let seenFor = false
  while (/^(cho|viec|cua|thay|a|for|the)$/.test(keyOf(tokens[index]))) {
    if (/^(cho|for|cua|thay)$/.test(keyOf(tokens[index]))) seenFor = true
    index++
  }
  const token = tokens[index]
  if (!token?.word || !hasAny(token.bits, groupBits)) return null
  const isCell = cellForms.some((form) =>
    tokens.slice(index, token.phraseEnd).some((part) => part.word?.forms.includes(form)),
  )
  if (!hasAny(token.bits, collectiveBits) && !(seenFor && isCell)) return null
  let end = token.phraseEnd
  while (
    tokens[end]?.word &&
    (hasAny(tokens[end]!.bits, groupBits) || /^(minh|ta|em|toi|chung|nha)$/.test(keyOf(tokens[end])))
  )
    end = Math.max(end + 1, tokens[end]!.phraseEnd)
  return end
}

function isExplicit(tokens: readonly Token[], at: number): boolean {
  for (let index = at; index < Math.min(tokens.length, at + 12); index++) {
    const token = tokens[index]!
    if (token.mark === ':' || token.kind === 'line') return index + 1 < tokens.length
    if (token.kind === 'word' && !hasAny(token.bits, prefixBits) && !/^(nhu|sau|gom|them)$/.test(keyOf(token)))
      return false
  }
  return false
}

/** Deeds behind a head; empty where somebody only says that they want to register. */
export function readRegister(reading: Reading, head: RegisterHead, clock: Clock): Intent | null {
  const { tokens } = reading
  const found = deedsIn(reading, head.to, tokens.length, clock)
  const isEmpty = unexplained(reading, emptyBits, head.to, tokens.length, 1) === 0 && !head.isExplicit
  if (isEmpty) {
    if (tokens.some((token, at) => at >= head.to && hasAny(token.bits, doneOrAskBits))) return null
    return { intent: head.isCollective ? 'pledge.registerCollective' : 'pledge.register', slots: { deeds: [] } }
  }
  if (!head.isExplicit && isQuestion(reading, head.to)) return null
  if (found.deeds.length === 0) return null
  return withAsk(
    { intent: head.isCollective ? 'pledge.registerCollective' : 'pledge.register', slots: { deeds: found.deeds } },
    found.dueAsk,
  )
}

const emptyBits = union(courtesyBits, bits('already what where howMany deed number notYet neg when'))
const doneOrAskBits = bits('already what where howMany notYet neg when')

export function withAsk<I extends Intent>(intent: I, dueAsk: (string[] | null)[] | undefined): I {
  if (dueAsk) intent.extras = { ...intent.extras, dueAsk }
  return intent
}

/** A text that ends by asking (`…chưa mn ơi`, `… không?`, `…được không ạ`) registers nothing. */
function isQuestion(reading: Reading, from: number): boolean {
  const { tokens } = reading
  let at = tokens.length - 1
  let hasMark = false
  while (
    at > from &&
    (tokens[at]!.kind !== 'word' ||
      (hasAny(tokens[at]!.bits, courtesyBits) &&
        !hasAny(tokens[at]!.bits, questionEnd) &&
        !/^khong$/.test(keyOf(tokens[at]))) ||
      /^(people|mn)$/.test(keyOf(tokens[at])))
  ) {
    if (tokens[at]!.mark === '?') hasMark = true
    at--
  }
  const last = tokens[at]
  if (!last || at <= from) return false
  // “không vắng buổi nào” denies, it does not ask.
  const isDenied = tokens.slice(from, at).some((token) => /^(khong|ko|k|chang)$/.test(keyOf(token)))
  if (isDenied && /^(nao|gi|ai|dau)$/.test(keyOf(last))) return false
  return (
    hasAny(last.bits, questionEnd) ||
    (/^(khong|ko|hong|k)$/.test(keyOf(last)) && (hasMark || keyOf(tokens[at - 1]) === 'duoc')) ||
    hasMark
  )
}

const editBits = bits('edit')
const extendBits = bits('extend')
const dueBits = bits('dueWord')
const dropBits = bits('drop')
const approveBits = bits('approve')
const intoKey =
  /^(thanh|bang|sang|la|lai|den|toi|qua|into|to|with|as|len|ve|noi|dung|cua|minh|e|em|t|nhe|a|con|xuong|them|cho|dum|giup|ho|nhu|sau|moi|hien)$/

/** `sửa việc 2 thành …`, `đổi hạn việc 1 sang 15/12`, `việc 2 xin gia hạn đến 30/11`. */
export function readEdit(reading: Reading, clock: Clock): Intent | null {
  const { tokens, all } = reading
  if (!hasAny(all, editBits) && !hasAny(all, extendBits) && !hasAny(all, dueBits)) return null
  const deed = deedNumberIn(tokens)
  const head = headIndex(tokens)
  const verb = tokens.findIndex(
    (token) => hasAny(token.bits, editBits) || hasAny(token.bits, extendBits) || hasAny(token.bits, dueBits),
  )
  if (verb < 0) return null
  const isDueVerb = tokens.some(
    (token, at) =>
      at <= (deed?.to ?? head) + 4 &&
      (hasAny(token.bits, dueBits) || (hasAny(token.bits, extendBits) && !hasAny(token.bits, editBits))),
  )
  // The verb or the deed comes first; a verb further inside belongs to free text.
  const first = Math.min(verb, deed?.from ?? verb)
  if (!onlyBefore(tokens, first)) return null
  if (deed ? Math.abs(verb - deed.from) > 6 : !tokens.some((token) => hasAny(token.bits, dueBits))) return null
  if (!deed && !isDueVerb) return null
  if (deed && verb > deed.to && !isCourtesy(reading, deed.to, verb) && !hasAny(tokens[deed.to]!.bits, dueBits))
    return null
  if (deed && verb < deed.from && unexplained(reading, editHeadBits, verb, deed.from, 1) > 0) return null
  const hasVerb = hasAny(tokens[verb]!.bits, editBits) || hasAny(tokens[verb]!.bits, extendBits)
  let at = Math.max(deed?.to ?? 0, tokens[verb]!.phraseEnd)
  while (at < tokens.length && isLeadToNew(tokens, at)) at++
  if (at >= tokens.length) return deed && hasVerb ? { intent: 'pledge.edit', slots: { deed: deed.deed } } : null
  const slots: Slots['pledge.edit'] = deed ? { deed: deed.deed } : {}
  const due = dateOnly(reading, at, clock, isDueVerb)
  if (due) {
    if (due.due) slots.due = due.due
    const intent: Intent<'pledge.edit'> = { intent: 'pledge.edit', slots }
    if (due.ask) intent.extras = { ask: due.ask }
    return intent
  }
  if (isDueVerb && !hasAny(tokens[verb]!.bits, editBits)) return null
  if (!hasVerb || !deed) return null
  if (keyOf(tokens[verb]) === 'cap' && !/^(noi|thanh|bang|lai)$/.test(keyOf(tokens[tokens[verb]!.phraseEnd])))
    return null
  const cut = deadlineIn(tokens, at, tokens.length, clock)
  const content = contentOf(reading, { from: at, to: tokens.length }, cut)
  if (content !== '') slots.content = content
  if (cut?.due) slots.due = cut.due
  const intent: Intent<'pledge.edit'> = { intent: 'pledge.edit', slots }
  if (cut?.ask) intent.extras = { ask: cut.ask }
  return content !== '' || cut ? intent : null
}

const editHeadBits = union(courtesyBits, bits('edit extend dueWord register deed into what'))

function isLeadToNew(tokens: readonly Token[], at: number): boolean {
  const token = tokens[at]!
  if (token.kind === 'mark') return /[:,.\->–=]/.test(token.mark)
  if (token.kind === 'line') return true
  if (!token.word) return false
  if (hasAny(token.bits, editBits) && /^(sua|doi|thay|chinh)$/.test(keyOf(token))) return true
  if (codeOf(token) & (T.end | T.whole | T.start | T.middle) && !intoKey.test(keyOf(token))) return false
  return (
    intoKey.test(keyOf(token)) &&
    !(keyOf(token) === 'toi' && token.word.spelling.tone === 5) &&
    !(keyOf(token) === 'giup' && !/^(em|toi|e|t|minh|voi)$/.test(keyOf(tokens[at + 1]))) &&
    !(keyOf(token) === 'con' && token.word.isMarked === false && !/^\d/.test(String(tokens[at + 1]?.value ?? '')))
  )
}

/** A tail that is nothing but a date, with or without `hạn`. */
function dateOnly(
  reading: Reading,
  from: number,
  clock: Clock,
  isDue: boolean,
): { due?: string; ask?: string[] } | null {
  const { tokens } = reading
  let at = from
  let isUntil = false
  let isMarked = isDue
  while (
    at < tokens.length &&
    (tokens[at]!.kind === 'mark' ||
      /^(han|thoi|chot|cuoi|hoan|thanh|xong|truoc|den|toi|la|vao|het|trong|cham|muon|nhat|sang|qua|deadline|due|bi|ngay|moi)$/.test(
        keyOf(tokens[at]),
      ))
  ) {
    const found = startsDate(tokens[at]!) ? whenAt(tokens, at, clock) : null
    if (found && (found.day !== undefined || found.ask || found.period)) break
    if (/^(han|truoc|xong|deadline|due|bi|cham|muon)$/.test(keyOf(tokens[at]))) isMarked = true
    isUntil = keyOf(tokens[at]) === 'truoc'
    at++
  }
  const token = tokens[at]
  if (!token || !startsDate(token)) return null
  const found = whenAt(tokens, at, clock)
  if (!found || (found.day === undefined && !found.ask && !found.period)) return null
  if (!isCourtesy(reading, found.to, tokens.length)) return null
  if (found.isDoubtful && !isMarked) return null
  return deadlineValue(found, isUntil, clock)
}

/** A date alone as the answer to “by when?”. */
export function readDue(reading: Reading, clock: Clock): Intent<'pledge.edit'> | null {
  let at = 0
  while (
    at < reading.tokens.length &&
    reading.tokens[at]!.kind === 'word' &&
    hasAny(reading.tokens[at]!.bits, courtesyBits) &&
    !startsDate(reading.tokens[at]!)
  )
    at++
  for (const from of at === 0 ? [0] : [0, at]) {
    const due = dateOnly(reading, from, clock, true)
    if (!due) continue
    const intent: Intent<'pledge.edit'> = { intent: 'pledge.edit', slots: due.due ? { due: due.due } : {} }
    if (due.ask) intent.extras = { ask: due.ask }
    return intent
  }
  return null
}

function onlyBefore(tokens: readonly Token[], end: number): boolean {
  for (let at = 0; at < end; at++) {
    const token = tokens[at]!
    if (token.kind === 'word' && !hasAny(token.own, courtesyBits) && !hasAny(token.own, verbLead)) return false
    if (token.kind === 'number' || token.mark === ':') return false
  }
  return true
}
const verbLead = bits('permission into have register dueWord edit extend deed already')

/** `rút việc 1`, `việc 2 xin rút`: behind the deed as well as before it. */
export function readWithdraw(reading: Reading): Intent | null {
  const { tokens } = reading
  if (!hasAny(reading.all, dropBits)) return null
  const deed = deedNumberIn(tokens)
  if (!deed) return null
  if (!onlyBeforeOrDrop(tokens, deed.from)) return null
  // A reason may follow; it is not kept.
  const because = tokens.findIndex(
    (token, at) => at >= deed.to && token.isPhraseStart && hasAny(token.own, becauseBits),
  )
  const rest = unexplained(reading, dropRest, deed.to, because < 0 ? tokens.length : because, 1)
  if (deedsNamed(tokens) > 1 || speaksOfOther(reading)) return null
  const isAsked = tokens.some((token, at) => (because < 0 || at < because) && hasAny(token.own, blockDrop))
  return rest === 0 && !isAsked ? { intent: 'pledge.withdraw', slots: { deed: deed.deed } } : null
}
const onlyBeforeOrDrop = (tokens: readonly Token[], end: number) =>
  onlyBefore(tokens, end) ||
  onlyBefore(
    tokens,
    tokens.findIndex((token) => hasAny(token.own, dropBits)),
  )
const dropRest = union(courtesyBits, bits('drop register deed anymore neg can permission into'))
const blockDrop = bits('what when who approve done notYet collective')

/** How many different deeds a text numbers; one act is for one deed. */
function deedsNamed(tokens: readonly Token[]): number {
  const named = new Set<number>()
  for (let at = 0; at < tokens.length; at++) {
    const found = deedNumberAt(tokens, at)
    if (!found) continue
    named.add(found.deed)
    // `việc 1 và 2`, `việc 1, 2`
    const joint = tokens[found.to]
    const next = tokens[found.to + 1]
    if (
      (joint?.mark === ',' || /^(va|voi|and)$/.test(keyOf(joint))) &&
      next?.kind === 'number' &&
      tokens[found.to + 2]?.mark !== '%'
    )
      named.add(next.value)
  }
  return named.size
}

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
    if (
      token.mark === ':' ||
      token.mark === ',' ||
      token.mark === ';' ||
      token.kind === 'line' ||
      (token.mark === '-' && !token.isGlued)
    ) {
      let to = at + 1
      while (hasAny(tokens[to]?.bits ?? [0, 0, 0, 0], becauseBits)) to = tokens[to]!.phraseEnd
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
    const target: Target = { ranges: deed ? [deed] : [] }
    if (unexplainedOutside(reading, rateRest, target, 0) > 0) return null
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
