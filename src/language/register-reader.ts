/** Registering: the word that registers at the head of a text, and the deeds behind it. */
import { type Clock, dayNumber, weekdayOf } from './calendar.ts'
import { keyOf, keySet } from './date-words.ts'
import { deedsIn } from './deeds.ts'
import { courtesyBits, unexplained } from './grammar.ts'
import type { Intent } from './intents.ts'
import { vocabulary } from './lexicon.ts'
import { notedHead } from './noted-heads.ts'
import { hasAny, type Reading, type Token } from './reading.ts'
import { union } from './tag-sets.ts'

const denials = keySet('khong ko k chang')
const negations = keySet('khong ko k chua chang da')
const greetings = keySet('kinh gui thua cao')
const forWords = keySet('cho viec cua thay a for the')
const bits = (names: string) => vocabulary.bitsOf(names)
const registerBits = bits('register')
const groupBits = bits('cell collective')
const collectiveBits = bits('collective')
const cellForms = ['bộ', 'cb', 'cell', 'nhóm', 'clb', 'đội', 'xứ', 'đạo', 'đoàn', 'hội', 'group', 'club'].map((word) =>
  vocabulary.formId(word),
)
const meBits = bits('me')
const prefixBits = bits(
  'polite me title bot time number cell collective deed thanks have followUncle people permission',
)
const askBits = bits('what where when who howMany')
const questionEnd = bits('notYet what where when who howMany')

export interface RegisterHead {
  /** Token behind the word that registers. */
  to: number
  isCollective: boolean
  /** A colon or a list follows: nothing but a pledge can be meant. */
  isExplicit: boolean
  /** The year named before the word that registers (`năm 2027 tôi đăng ký: …`). */
  year?: number
  /** Without a deadline it is no deed (`tôi nhận việc ở xã`). */
  needsDue?: boolean
}

/** The word that registers at the head of a text, behind nothing but courtesy. */
export function registerHead(reading: Reading): RegisterHead | null {
  const noted = notedHead(reading)
  if (noted) return { ...noted, isCollective: false, isExplicit: !noted.needsDue }
  if (!hasAny(reading.all, registerBits)) return null
  const { tokens } = reading
  let year: number | undefined
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
      const head = { to: end, isCollective: collective || after !== null, isExplicit: isExplicit(tokens, end) }
      return year === undefined ? head : head.isExplicit ? { ...head, year } : null
    }
    if (token.kind === 'line' || (token.kind === 'mark' && /[,.:;!]/.test(token.mark))) {
      if (cellAt >= 0 && at > cellAt) meAfterCell = true
      continue
    }
    if (token.kind !== 'word') {
      if (token.kind === 'number' && keyOf(tokens[at - 1]) === 'nam' && token.value > 2000 && token.value < 2100) {
        year = token.value
        continue
      }
      if (token.kind === 'number' && cellAt >= 0) continue
      if (token.kind === 'mark' && /[()-]/.test(token.mark)) continue
      return null
    }
    const key = keyOf(token)
    // `toi dk don ve sinh` is no `tới được`: what follows belongs to no meeting.
    if (isUnmarkedI(tokens, at) && unexplained(reading, comingBits, at + 2, tokens.length, 1) > 0)
      return { to: at + 2, isCollective: cellAt >= 0 && !isGreeting, isExplicit: isExplicit(tokens, at + 2) }
    if (greetings.has(key)) isGreeting = true
    // "Chi bộ nào đăng ký chậm", "ai đăng ký rồi" ask.
    if (key === 'ai' || (key === 'nao' && at > 0 && hasAny(tokens[at - 1]!.own, groupBits))) return null
    if (hasAny(token.own, groupBits) && token.isPhraseStart) cellAt = cellAt < 0 ? at : cellAt
    else if (cellAt >= 0 && isGreeting && hasAny(token.own, meBits)) meAfterCell = true
    else if (!hasAny(token.own, prefixBits) && !(cellAt >= 0 && at - cellAt < 7) && !isOwnName(tokens, at)) return null
    if (hasAny(token.own, askBits) && !hasAny(token.own, prefixBits)) return null
  }
  return null
}

const isUnmarkedI = (tokens: readonly Token[], at: number) =>
  keyOf(tokens[at]) === 'toi' && !tokens[at]!.word!.isMarked && /^(dk|dki|dky)$/.test(keyOf(tokens[at + 1]))
const comingBits = union(
  courtesyBits,
  bits(
    'attend canAttend willAttend present meet session time number cell onTime yes already what when where who howMany notYet neg',
  ),
)

const isNegatedHead = (tokens: readonly Token[], at: number) =>
  negations.has(keyOf(tokens[at - 1])) && !/[:]/.test(tokens[tokens[at]!.phraseEnd]?.mark || ' ')

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
  while (forWords.has(keyOf(tokens[index]))) {
    if (/^(cho|for|cua|thay)$/.test(keyOf(tokens[index]))) seenFor = true
    index++
  }
  const token = tokens[index]
  const ofCommittee = seenFor || keyOf(tokens[at]) === 'viec' ? committeeEnd(tokens, index) : 0
  if (ofCommittee > 0) return ofCommittee
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

/** `cấp uỷ`, `ban chi uỷ`, `đảng uỷ`: those who lead the organisation register for it. The end of the words, 0 where there are none. */
function committeeEnd(tokens: readonly Token[], at: number): number {
  const from = keyOf(tokens[at]) === 'ban' ? at + 1 : at
  return /^(cap|chi|dang)$/.test(keyOf(tokens[from])) && keyOf(tokens[from + 1]) === 'uy' ? from + 2 : 0
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
  if (!head.isExplicit && saysAlready(tokens[head.to])) return null
  if (head.year !== undefined && head.year < clock.year) return null
  const found = deedsIn(reading, head.to, tokens.length, inYear(clock, head.year))
  if (head.needsDue && !found.deeds.some((deed) => deed.due)) return null
  // What has a deadline is a deed, whatever else its words may be (`dk phat 50 to roi truoc chu nhat`).
  const isEmpty =
    unexplained(reading, emptyBits, head.to, tokens.length, 1) === 0 &&
    !head.isExplicit &&
    !found.deeds.some((deed) => deed.due)
  if (isEmpty) {
    if (tokens.some((token, at) => at >= head.to && hasAny(token.bits, doneOrAskBits))) return null
    return { intent: head.isCollective ? 'pledge.registerCollective' : 'pledge.register', slots: { deeds: [] } }
  }
  if (!head.isExplicit && isQuestion(reading, head.to)) return null
  if (found.deeds.length === 0) {
    // `đk: 2`, `đk: 30/11`: somebody registers, but has not said what.
    const behind = tokens.slice(head.to)
    const isOnlyNumbers = behind.some(({ kind }) => kind === 'number') && !behind.some(({ kind }) => kind === 'word')
    if (!head.isExplicit || !isOnlyNumbers) return null
    return { intent: head.isCollective ? 'pledge.registerCollective' : 'pledge.register', slots: { deeds: [] } }
  }
  return withAsk(
    { intent: head.isCollective ? 'pledge.registerCollective' : 'pledge.register', slots: { deeds: found.deeds } },
    found.dueAsk,
  )
}

/** `đăng ký rồi mà sao còn nhắc`: tells that it was done. */
const saysAlready = (token: Token | undefined) =>
  keyOf(token) === 'roi' && (!token!.word!.isMarked || token!.word!.spelling.tone === 2)

/** Deadlines of a coming year are counted from its first day: "năm 2027 tôi đăng ký: …, hạn 30/11". */
function inYear(clock: Clock, year: number | undefined): Clock {
  if (year === undefined || year <= clock.year) return clock
  const today = dayNumber(year, 1, 1)
  return { ...clock, today, year, month: 1, day: 1, weekday: weekdayOf(today), minutes: 0 }
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
  const isDenied = tokens.slice(from, at).some((token) => denials.has(keyOf(token)))
  if (isDenied && /^(nao|gi|ai|dau)$/.test(keyOf(last))) return false
  return (
    hasAny(last.bits, questionEnd) ||
    (/^(khong|ko|hong|k)$/.test(keyOf(last)) && (hasMark || keyOf(tokens[at - 1]) === 'duoc')) ||
    hasMark
  )
}
