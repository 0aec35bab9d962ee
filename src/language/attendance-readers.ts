import { keyOf, keySet } from './date-words.ts'
import { courtesyBits, unexplained } from './grammar.ts'
import type { Addressed, Intent } from './intents.ts'
import { vocabulary } from './lexicon.ts'
import { type NameFound, nameAt, titledNameIn } from './people.ts'
import { hasAny, type Reading, type Token } from './reading.ts'
import { reasonKindIn } from './reasons.ts'
import { union } from './tag-sets.ts'

const forWords = keySet('cho ho giup gium dum thay for mat')
const becauseKeys = keySet('vi do tai because nen since')
const bits = (names: string) => vocabulary.bitsOf(names)
const attendBits = bits('attend canAttend willAttend present meet')
const comeBits = bits('attend canAttend willAttend present')
const strongComeBits = bits('canAttend willAttend present')
const meetBits = bits('meet')
const negBits = bits('neg')
const awayBits = bits('absent leave neg proxy')
const absentBits = bits('absent')
const leaveBits = bits('leave')
const proxyBits = bits('proxy')
const meBits = bits('me')
const reasonBits = bits('work sick family other')
const titleBits = bits('title')
const hasReason = (tokens: readonly Token[]) => tokens.some((token) => hasAny(token.own, reasonBits))
const questionBits = bits('what when where who howMany')
const offTopicBits = bits('offTopic meetingOffTopic')
const attendRest = union(
  courtesyBits,
  bits(
    'attend canAttend willAttend present meet session time number cell onTime yes already have can register answer cancel',
  ),
)
const blockAttend = bits(
  'neg notYet what when where who howMany maybe absent leave remind move callOff drop data deed summary set theme',
)

/** `dự được ạ`, `tối nay em đi họp`, `có mặt`. */
export function readAttend(reading: Reading, addressed: Addressed, isAsked: boolean): Intent | null {
  const { tokens, all } = reading
  if (!hasAny(all, comeBits)) return null
  const hasStrong = hasAny(all, strongComeBits)
  // `không thể tham gia`: whatever else the phrase holds, what denies is no attendance.
  if (tokens.some((token) => hasAny(token.own, negBits))) return null
  for (const token of tokens)
    if (
      token.isPhraseStart &&
      hasAny(token.bits, blockAttend) &&
      keyOf(token) !== 'thoi' &&
      !hasAny(token.bits, strongComeBits) &&
      !hasAny(token.bits, attendOk)
    )
      return null
  if (hasAny(all, questionBits) && !hasStrong) return null
  if (unexplainedAroundName(reading, hasAny(all, presentBits) ? presentRest : attendRest) > 0) return null
  if (hasStrong) return isNamedOther(reading) ? null : { intent: 'meeting.attend', slots: {} }
  const verb = tokens.find((token) => hasAny(token.bits, comeBits))!
  const isDu = tokens.some((token) => /^(du|tham|attend|join)$/.test(keyOf(token)) && hasAny(token.bits, comeBits))
  const isMine =
    hasAny(all, meBits) ||
    tokens.some((token) => /^(co|vang|ok|da|uh|yes)$/.test(keyOf(token)) || hasAny(token.own, titleBits))
  const isMeeting = tokens.some(
    (token) =>
      hasAny(token.own, meetBits) &&
      hasAny(token.own, comeBits) &&
      /^(di|du|toi|den|ra|len|vo|ve|vao|qua)$/.test(keyOf(token)),
  )
  if (isAsked || (addressed === 'reply' && (isDu || isMine || isMeeting)) || (isDu && isMine) || (isMeeting && isMine))
    return verb && !isNamedOther(reading) ? { intent: 'meeting.attend', slots: {} } : null
  return null
}
/** `Tôi Nguyễn Văn Bảy có mặt`: the speaker's own full name is passed over. */
function unexplainedAroundName(reading: Reading, rest: typeof attendRest): number {
  const { tokens } = reading
  const me = tokens.findIndex((token) => hasAny(token.own, meBits))
  const name = me >= 0 ? nameAt(reading, me + 1, tokens.length, true) : null
  if (!name || name.to - name.from < 2) return unexplained(reading, rest, 0, tokens.length, 1)
  return unexplained(reading, rest, 0, name.from, 1) + unexplained(reading, rest, name.to, tokens.length, 1)
}
const presentBits = bits('present')
/** `cho em điểm danh, có mặt ạ` */
const presentRest = union(attendRest, bits('rollCall'))

/** `đk tham dự buổi họp tối nay`: one meeting, while `đk dự đủ các buổi` is a pledge. */
export function readComing(reading: Reading, from: number): Intent | null {
  const { tokens } = reading
  if (from >= tokens.length || !hasAny(tokens[from]!.own, duBits)) return null
  for (let at = from; at < tokens.length; at++) {
    const token = tokens[at]!
    if (/^(cac|moi|day|dung|hang)$/.test(keyOf(token)) || (keyOf(token) === 'du' && !hasAny(token.own, duBits)))
      return null
  }
  return unexplained(reading, comingRest, from, tokens.length, 1) === 0 ? { intent: 'meeting.attend', slots: {} } : null
}
const duBits = bits('attend canAttend')
const comingRest = union(courtesyBits, bits('attend canAttend meet session time'))

const attendOk = bits('yes onTime can already time')

const isNamedOther = (reading: Reading) => {
  const name = titledNameIn(reading)
  return name !== null && /^(d\/c|dong|bac|anh|chi|co|chu|thay)$/.test(keyOf(reading.tokens[name.from]))
}

interface Absence {
  at: number
  to: number
  isStrong: boolean
  /** Said without anybody named: `nghỉ họp`, `vắng`. */
  isBare?: boolean
}

/** Where a text says that somebody does not come. */
function absenceIn(reading: Reading): Absence | null {
  const { tokens } = reading
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!
    if (!token.word || !token.isPhraseStart) continue
    // `không vắng đâu` says the contrary.
    if (hasAny(token.own, absentBits) && at > 0 && hasAny(tokens[at - 1]!.own, negBits)) return null
    if (hasAny(token.bits, absentBits))
      return {
        at,
        to: token.phraseEnd,
        isStrong: token.phraseEnd - at > 1 || !/^(vang|skip|miss)$/.test(keyOf(token)),
        isBare: keyOf(token) === 'vang',
      }
    // `nghỉ họp` alone may be the secretary calling the meeting off.
    if (hasAny(token.bits, leaveBits))
      return {
        at,
        to: token.phraseEnd,
        isStrong: /^(xin|cho|off)$/.test(keyOf(token)) || hasAny(reading.all, meBits),
        isBare: true,
      }
    if (!hasAny(token.bits, negBits) || (/^(chua|no|not)$/.test(keyOf(token)) && keyOf(tokens[at + 1]) === 'chac'))
      continue
    for (let next = token.phraseEnd; next < tokens.length && next - token.phraseEnd < 5; ) {
      const verb = tokens[next]!
      if (verb.kind !== 'word' && verb.kind !== 'number') break
      if (hasAny(verb.bits, attendBits) && !hasAny(verb.own, offTopicBits)) {
        const isChua = keyOf(token) === 'chua' && token.phraseEnd === at + 1
        if (isChua) break
        const isStrong =
          hasAny(verb.bits, meetBits) ||
          /^(du|tham|attend|join)$/.test(keyOf(verb)) ||
          (hasAny(verb.bits, bits('canAttend willAttend')) && /^(du|tham|hop|sinh|sh|co|sap|thu)$/.test(keyOf(verb))) ||
          keyOf(verb) === 'co'
        return { at, to: verb.phraseEnd, isStrong }
      }
      if (!hasAny(verb.bits, betweenBits)) break
      next = Math.max(next + 1, verb.phraseEnd)
    }
  }
  return null
}
const betweenBits = bits('polite me can time title yes have permission session')
const excuseRest = union(
  courtesyBits,
  bits(
    'attend canAttend willAttend meet session time number cell can cancel absent leave permission proxy neg because work sick family other kin halfway already have yes present onTime maybe',
  ),
)
const blockExcuse = bits('who howMany remind drop move register data summary set theme rollCall deed')

/** `k dự được`, `xin phép vắng, đi công tác`; with somebody's name `bác Tư ốm nhờ báo vắng hộ`. */
export function readExcuse(reading: Reading, addressed: Addressed, isAsked: boolean): Intent | null {
  const { tokens, all } = reading
  if (!hasAny(all, awayBits) || (isAsked && saysOnlyVang(tokens)) || asksWhy(tokens) || asksHowMany(tokens)) return null
  const absence = absenceIn(reading)
  const hasProxyWord =
    absence === null &&
    hasAny(all, proxyBits) &&
    tokens.some(
      (token) =>
        hasAny(token.bits, proxyBits) &&
        token.phraseEnd > tokens.indexOf(token) + 1 &&
        /^(bao|nho|xin|nhan)$/.test(keyOf(token)),
    )
  if (!absence && !hasProxyWord) return null
  const start = absence ?? { at: tokens.findIndex((token) => hasAny(token.bits, proxyBits)), to: 0, isStrong: true }
  for (const token of tokens) {
    if (!token.isPhraseStart || !hasAny(token.bits, blockExcuse)) continue
    if (hasAny(token.bits, excuseRest) || hasAny(token.bits, absentBits)) continue
    if (token.start > tokens[start.at]!.start && hasReason(tokens)) continue
    return null
  }
  if (hasAny(all, questionBits) && isQuestioned(tokens)) return null
  if (!start.isStrong && tokens.some((token) => isOffTopic(token))) return null
  if (tokens.some((token) => hasAny(token.bits, vangOff))) return null
  const isSomebody = hasAny(all, meBits) || hasAny(all, titleBits) || hasAny(all, proxyBits) || hasReason(tokens)
  if (absence?.isBare && !absence.isStrong && !isSomebody && addressed !== 'reply' && !isAsked) return null
  const [from, to] = clauseAround(tokens, start.at)
  const budget = start.isStrong ? 12 : addressed === 'reply' || isAsked ? 3 : hasReason(tokens) ? 3 : 0
  const name = excusedName(reading, start)
  const ranges = name ? [name] : []
  let weight = 0
  let at = from
  for (const range of ranges) {
    if (range.from >= from && range.to <= to) {
      weight += unexplained(reading, excuseRest, at, range.from, 20)
      at = range.to
    }
  }
  weight += unexplained(reading, excuseRest, at, to, 20)
  if (weight > budget) return null
  const other = name ? null : titledNameIn(reading)
  const told = reasonKindIn(tokens, 0, tokens.length, name)
  // Somebody else's illness.
  const kind = told === 'sick' && other && isIllBehind(tokens, other) ? 'family' : told
  const reason = kind ? { reasonKind: kind } : {}
  if (name) return { intent: 'meeting.excuseFor', slots: { name: name.name, ...reason } }
  if (
    hasAny(all, proxyBits) &&
    tokens.some(
      (token) =>
        hasAny(token.bits, proxyBits) &&
        /^(nho|nhan)$/.test(keyOf(token)) &&
        token.phraseEnd - tokens.indexOf(token) > 1,
    )
  )
    return null
  return { intent: 'meeting.excuse', slots: reason }
}
const sickBits = bits('sick')
const isIllBehind = (tokens: readonly Token[], name: NameFound) =>
  tokens.slice(name.to, name.to + 3).some((token) => hasAny(token.own, sickBits))

/** `vang ạ` without marks, asked about attendance: yes (`vâng`) or absent (`vắng`). Two readings, no answer taken. */
export const saysOnlyVang = (tokens: readonly Token[]) =>
  tokens.length <= 2 && tokens.some((token) => keyOf(token) === 'vang' && !token.word!.isMarked)
/** `sao hôm qua không họp`, `vì sao đ/c Ba vắng` */
const asksWhy = (tokens: readonly Token[]) =>
  keyOf(tokens[0]) === 'sao' || (/^(vi|tai|do)$/.test(keyOf(tokens[0])) && keyOf(tokens[1]) === 'sao')
/** `bao nhiêu đ/c báo vắng`: both words are also parts of telling an absence. */
const asksHowMany = (tokens: readonly Token[]) =>
  tokens.some((token, at) => keyOf(token) === 'bao' && keyOf(tokens[at + 1]) === 'nhieu')
const isOffTopic = (token: Token) => hasAny(token.own, bits0) && !hasAny(token.own, excuseRest)
const bits0 = bits('offTopic')
const vangOff = bits('meetingOffTopic')

const isQuestioned = (tokens: readonly Token[]) =>
  tokens.some(
    (token, at) =>
      hasAny(token.bits, questionBits) &&
      !hasAny(token.bits, excuseRest) &&
      !/^(gi|mo|dau)$/.test(keyOf(token)) &&
      at >= 0,
  )

function clauseAround(tokens: readonly Token[], at: number): [number, number] {
  let from = at
  while (from > 0 && tokens[from - 1]!.kind === 'word') from--
  let to = at
  while (
    to < tokens.length &&
    (tokens[to]!.kind === 'word' || tokens[to]!.kind === 'number') &&
    !(to > at && becauseKeys.has(keyOf(tokens[to])))
  )
    to++
  return [from, to]
}

/** The member excused: the subject before the absence, or the one named behind `cho`, `hộ`, `giúp`. */
function excusedName(reading: Reading, absence: Absence): NameFound | null {
  const { tokens } = reading
  const subject = titledNameIn(reading, 0, absence.at)
  if (subject && isReasonOfSpeaker(reading, subject, absence.at)) return null
  if (subject && !isPartOfReason(tokens, subject)) return subject
  for (let at = absence.to > 0 ? absence.at : 0; at < tokens.length; at++) {
    const token = tokens[at]!
    const isFor = forWords.has(keyOf(token))
    if (!isFor || (at >= absence.to && hasReasonBefore(tokens, absence.to, at))) continue
    const titled = titledNameIn(reading, at + 1, Math.min(tokens.length, at + 10))
    if (titled && titled.from <= at + 2) return titled
    const plain = nameAt(reading, at + 1, tokens.length, true)
    if (plain) return plain
  }
  // `Nam nhờ báo vắng`, `Nguyễn Thị Hoà vắng, đi tập huấn`
  const first = tokens.findIndex((token) => token.word !== null)
  if (first < 0 || first >= absence.at) return null
  const token = tokens[first]!
  if (token.word!.capitals !== 'first' || reading.text === reading.text.toUpperCase()) return null
  const plain = nameAt(reading, first, absence.at, true)
  if (!plain) return null
  const count = plain.to - plain.from
  const isTagged = tokens.slice(plain.from, plain.to).some((part) => hasAny(part.bits, excuseRest))
  return count >= 2 && !isTagged ? plain : count === 1 && !isTagged && hasAny(reading.all, proxyBits) ? plain : null
}

/** `chú Ba ốm nên tôi xin vắng`: who speaks stays away, unless it is asked on that member's behalf. */
function isReasonOfSpeaker(reading: Reading, subject: NameFound, absence: number): boolean {
  const { tokens } = reading
  const so = tokens.findIndex((token, at) => at >= subject.to && at < absence && /^(nen|so)$/.test(keyOf(token)))
  const me = tokens.findIndex((token, at) => at >= subject.to && at <= absence && hasAny(token.own, meBits))
  if (so < 0 || me < so) return false
  return !tokens.some(
    (token) => hasAny(token.own, proxyBits) && /^(ho|giup|gium|dum|nho|thay|bao|nhan)$/.test(lastKey(tokens, token)),
  )
}

/** The last word of the phrase that a token begins: `báo vắng hộ`. */
const lastKey = (tokens: readonly Token[], token: Token) => keyOf(tokens[token.phraseEnd - 1])

const isPartOfReason = (tokens: readonly Token[], name: NameFound) =>
  tokens
    .slice(0, name.from)
    .some((token) => hasAny(token.own, reasonBits) || /^(vi|do|con|vo|chong)$/.test(keyOf(token)))
const hasReasonBefore = (tokens: readonly Token[], from: number, to: number) =>
  tokens.slice(from, to).some((token) => token.kind === 'mark' || hasAny(token.own, reasonBits))

/**
 * Asked how far their deeds are, members go on answering for the meeting: "có mặt", "xin vắng, đi công tác". What was done, or not
 * yet, is about deeds whatever else is said.
 */
export function isOfMeetingAlone({ tokens }: Reading): boolean {
  const words = ` ${tokens.map(keyOf).join(' ')} `
  return tokens.length <= 10 && / (?:co mat|vang|hop) /.test(words) && !/ (?:da|roi|chua|xong|lam|qua) /.test(words)
}
