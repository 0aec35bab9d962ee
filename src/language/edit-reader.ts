/** A member changes a deed, sets its deadline, or withdraws it. Each reader answers null where the text is not for it. */
import type { Clock } from './calendar.ts'
import { codeOf, keyOf, startsDate, T } from './date-words.ts'
import { deadlineIn, deadlineValue, weekdayOrMonth } from './deadlines.ts'
import { deedNumberIn, deedsNamed, joinedEnd } from './deed-numbers.ts'
import { contentOf } from './deeds.ts'
import { courtesyBits, headIndex, isCourtesy, unexplained } from './grammar.ts'
import type { Intent, Slots } from './intents.ts'
import { vocabulary } from './lexicon.ts'
import { ofSeveral } from './no-acts.ts'
import { nameAt, speaksOfOther, titleEnd } from './people.ts'
import { hasAny, type Reading, type Token } from './reading.ts'
import { union } from './tag-sets.ts'
import { whenAt } from './when.ts'

const bits = (names: string) => vocabulary.bitsOf(names)
const becauseBits = bits('because')
const editBits = bits('edit')
const extendBits = bits('extend')
const dueBits = bits('dueWord')
const dropBits = bits('drop')
const reasonBits = bits('sick work family other')
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
  if (deed && isOfOther(reading, deed.to)) {
    const read: Intent = { intent: 'pledge.edit', slots: { deed: deed.deed } }
    return { intent: 'none', slots: {}, extras: { noAct: { why: 'other', read } } }
  }
  if (deed && hasVerb && joinedEnd(tokens, deed) > deed.to) {
    return ofSeveral({ intent: 'pledge.edit', slots: { deed: deed.deed } })
  }
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

/** `của đ/c Lụa`, `của Thuận` right behind the deed: nobody changes the words of another's deed, nor those of their own for it. */
function isOfOther(reading: Reading, at: number): boolean {
  const { tokens } = reading
  const next = tokens[at + 1]
  if (!/^(cua|of)$/.test(keyOf(tokens[at])) || !next?.word) return false
  // `của em` is one's own, `của em Hoa` is not.
  if (hasAny(next.bits, bits('me'))) return nameAt(reading, at + 2, tokens.length, true) !== null
  if (titleEnd(tokens, at + 1) < 0 && hasAny(next.bits, notOther)) return false
  return titleEnd(tokens, at + 1) > 0 || nameAt(reading, at + 1) !== null
}
const notOther = bits('cell collective time')

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
    // `hiến máu` is a deed, `hiện` a lead.
    !(keyOf(token) === 'hien' && token.word.spelling.tone !== 5) &&
    !(keyOf(token) === 'toi' && token.word.spelling.tone === 5) &&
    // `T6` is Friday or June, `t` the speaker.
    !(keyOf(token) === 't' && tokens[at + 1]?.kind === 'number' && tokens[at + 1]!.isGlued) &&
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
  return weekdayOrMonth(tokens, found, isUntil, clock) ?? deadlineValue(found, isUntil, clock)
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
    (token, at) =>
      at >= deed.to &&
      ((token.isPhraseStart && hasAny(token.own, becauseBits)) ||
        (token.mark === ',' && tokens.slice(at, at + 5).some((part) => hasAny(part.own, reasonBits)))),
  )
  const joined = joinedEnd(tokens, deed)
  const rest = unexplained(reading, dropRest, joined, because < 0 ? tokens.length : because, 1)
  if ((joined === deed.to && deedsNamed(tokens) > 1) || speaksOfOther(reading)) return null
  const isAsked = tokens.some((token, at) => (because < 0 || at < because) && hasAny(token.own, blockDrop))
  if (joined > deed.to && rest === 0 && !isAsked)
    return ofSeveral({ intent: 'pledge.withdraw', slots: { deed: deed.deed } })
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
