/** Answers to what the open dialogue asked last. */
import { isOfMeetingAlone, saysOnlyVang } from './attendance-readers.ts'
import type { Clock } from './calendar.ts'
import { keyOf, wordValue } from './date-words.ts'
import { deedsIn, pieceOf } from './deeds.ts'
import { readDue } from './edit-reader.ts'
import { courtesyBits, isCourtesy, unexplained } from './grammar.ts'
import type { Expecting, Intent } from './intents.ts'
import { vocabulary } from './lexicon.ts'
import { wholeName } from './people.ts'
import { progressIn } from './progress.ts'
import { ratingIn } from './ratings.ts'
import { hasAny, type Reading, type Token } from './reading.ts'
import { reasonKindIn } from './reasons.ts'
import { registerHead, withAsk } from './register-reader.ts'
import { codeIn } from './start-readers.ts'
import { union } from './tag-sets.ts'

const bits = (names: string) => vocabulary.bitsOf(names)
const yesBits = bits('yes')
const noBits = bits('no')
const cancelBits = bits('cancel')
const chooseBits = bits('choose ordinal number')
const yesRest = union(courtesyBits, bits('yes have already onTime can approve'))
const noRest = union(courtesyBits, bits('no neg notYet yes can agree have where'))
const cancelRest = union(courtesyBits, bits('cancel anymore drop neg stop everything'))
const agreeBits = bits('agree')

export type ShortAnswer = 'yes' | 'no' | 'cancel'

/** Yes, no or cancel and nothing else. `không` wins over `đúng` in `k đúng ạ`. */
export function shortAnswer(reading: Reading): ShortAnswer | null {
  if (reading.tokens.length > 16) return null
  // `dung` typed without marks is `đúng` far more often than `dừng` or `đừng`.
  const isBareDung =
    reading.tokens.some((token) => keyOf(token) === 'dung' && !token.word!.isMarked) &&
    !/dung l/.test(foldedStart(reading))
  if (!isBareDung && isCancel(reading)) return 'cancel'
  if (isNo(reading)) return 'no'
  if (hasAny(reading.all, yesBits) && explains(reading, yesRest)) return 'yes'
  return isBareDung && isCancel(reading) ? 'cancel' : null
}

const explains = (reading: Reading, rest: ReturnType<typeof bits>) =>
  unexplained(reading, rest, 0, reading.tokens.length, 1) === 0

const isCancel = (reading: Reading) =>
  hasAny(reading.all, cancelBits) &&
  explains(reading, cancelRest) &&
  startsWith(reading, cancelBits) &&
  !isWellThen(reading) &&
  !isOfCells(reading) &&
  !isComing(reading)

function isNo(reading: Reading): boolean {
  const denies = (token: Token) => hasAny(token.own, noBits) && !(keyOf(token) === 'dung' && !token.word!.isMarked)
  return reading.tokens.some(denies) && explains(reading, noRest) && !endsAsking(reading)
}

const foldedStart = (reading: Reading) => reading.tokens.slice(0, 6).map(keyOf).join(' ')

/** `thôi được`: neither. */
const isWellThen = (reading: Reading) =>
  reading.tokens.some(
    (token, at) => keyOf(token) === 'thoi' && /^(duoc|dc|cung|ok)$/.test(keyOf(reading.tokens[at + 1])),
  )

/** `cac chi bo` without marks is `chi bộ` sooner than `các chị bỏ`. */
const isOfCells = ({ tokens }: Reading) =>
  tokens.some((token, at) => keyOf(token) === 'bo' && !token.word!.isMarked && keyOf(tokens[at - 1]) === 'chi') &&
  !tokens.some((token) => /^(thoi|huy|khoi|dung|ngung|stop|cancel)$/.test(keyOf(token)))

/** `thôi em dự được`: a change of mind about the meeting. */
const isComing = ({ tokens }: Reading) =>
  tokens.some((token, at) => /^(du|di|den)$/.test(keyOf(token)) && /^(duoc|dc)$/.test(keyOf(tokens[at + 1])))

/** `đúng không?`: a question back. */
const endsAsking = (reading: Reading) => {
  const words = reading.tokens.filter((token) => token.word)
  const last = words[words.length - 1]
  return (
    words.length > 1 &&
    /^(khong|ko|k|chua)$/.test(keyOf(last)) &&
    hasAny(words[0]!.bits, yesBits) &&
    !/^(da|vang)$/.test(keyOf(words[0]))
  )
}

const startsWith = (reading: Reading, mask: ReturnType<typeof bits>) => {
  for (const token of reading.tokens) {
    if (token.kind !== 'word') continue
    if (hasAny(token.bits, mask)) return true
    if (!hasAny(token.bits, courtesyBits)) return false
  }
  return false
}

/** `thôi không trả lại nữa, huỷ`: what was begun is given up, named once more. */
const givesUp = (reading: Reading) =>
  reading.tokens.length <= 12 &&
  keyOf(reading.tokens[0]) === 'thoi' &&
  hasAny(reading.all, noBits) &&
  hasAny(reading.all, giveUpBits) &&
  unexplained(reading, giveUpRest, 0, reading.tokens.length, 1) === 0
const giveUpBits = bits('anymore')
const giveUpRest = union(
  cancelRest,
  bits('register deed giveBack approve rate progress summary absent leave attend meet no can'),
)

/** The short answer to a question, before a full command is looked for. */
export function readShortAnswer(reading: Reading, expecting: Expecting, clock: () => Clock): Intent | null {
  const { tokens } = reading
  if (expecting === 'choice') {
    const choice = choiceIn(reading)
    if (choice) return { intent: 'dialogue.choose', slots: { choice } }
  }
  if (expecting === 'due') {
    const due = readDue(reading, clock())
    if (due) return due
  }
  if (expecting === 'code') {
    const found = codeIn(reading, 0, true)
    if (found && isCourtesy(reading, 0, found.from) && isCourtesy(reading, found.to, tokens.length))
      return { intent: 'chat.activate', slots: { code: found.code } }
  }
  if (expecting === 'rating') {
    const rating = ratingIn(tokens)
    if (rating && unexplained(reading, ratingRest, 0, onlyEnd(tokens), 1) === 0)
      return { intent: 'deed.selfRate', slots: { rating: rating.rating } }
  }
  if (expecting === 'progress' && tokens.length <= 40) {
    const progress = progressIn(reading, 0, tokens.length)
    if ((progress.percent !== undefined || progress.done) && progress.note === undefined)
      return { intent: 'progress.report', slots: progress }
  }
  if (givesUp(reading)) return { intent: 'dialogue.cancel', slots: {} }
  if ((expecting === 'confirm' || expecting === 'consent') && putsOff(tokens))
    return { intent: 'dialogue.no', slots: {} }
  const answer = shortAnswer(reading)
  if (answer === 'cancel') return { intent: 'dialogue.cancel', slots: {} }
  if (answer === null) return null
  // `chưa cụ thể`, `không có số liệu` say what is wrong with the deed.
  if (expecting === 'returnReason' && answer === 'no' && saysWhatIsWrong(reading)) return null
  // `đk` is `được` as well as the word that registers: consent is never taken from what may have meant a deed.
  if (answer === 'yes' && registerHead(reading)?.isExplicit) return null
  // `đk ạ` answers; `đk` by itself, which sends a whole draft off, may as well be how a registration begins.
  const isDk = answer === 'yes' && saysOnlyDk(reading)
  if (isDk && (expecting === 'consent' || (expecting !== 'attendance' && saysNothingElse(reading)))) return null
  if (expecting === 'consent')
    return answer === 'yes' ? { intent: 'consent.give', slots: {} } : { intent: 'dialogue.no', slots: {} }
  if (expecting === 'attendance') {
    if (answer === 'yes' && saysOnlyVang(tokens)) return null
    if (hasAny(reading.all, bits('notYet')) && keyOf(tokens[0]) === 'chua') return null
    return answer === 'yes' ? { intent: 'meeting.attend', slots: {} } : { intent: 'meeting.excuse', slots: {} }
  }
  if (expecting === 'progress' && answer === 'no' && tokens.length > 2) return null
  if (expecting === 'progress' && answer === 'no') return { intent: 'dialogue.no', slots: {} }
  return { intent: answer === 'yes' ? 'dialogue.yes' : 'dialogue.no', slots: {} }
}

/** `chưa, để tôi xem lại`: not yet, whatever the looking is for. */
const notYetLetMe =
  /^(?:chua|khong|ko|k|khoan|tu tu)(?: da)? (?:de|cho) (?:toi|em|minh|chau|t|anh|chi|bac) (?:con )?(?:xem|hoi|nghi|suy nghi|ban|tinh|doc|kiem tra|can nhac)(?: (?:lai|da|ky|them|y kien|gia dinh|vo|chong|con|chi uy|chi bo|voi|cac|dong chi|a|nhe|nha))*$/
const putsOff = (tokens: readonly Token[]) =>
  tokens.length <= 14 && notYetLetMe.test(tokens.flatMap((token) => (token.word ? [keyOf(token)] : [])).join(' '))

/** Behind a denial, words that are courtesy elsewhere (`nói cụ thể giúp em`) tell what the deed lacks. */
const saysWhatIsWrong = (reading: Reading) =>
  /(^| )(chua|khong|ko|k|thieu|chang|not) .*\b(cu the|chi tiet|day du|so lieu|ro rang|ro|thoi han|dung han|do duoc|dem duoc)\b/.test(
    reading.tokens.map(keyOf).join(' '),
  )

const agreeingBits = bits('yes agree')
/** No other word than `đk`/`dk` agrees. */
const saysOnlyDk = ({ tokens }: Reading) =>
  tokens.every((token) => !hasAny(token.own, agreeingBits) || /^(dk|dang|dky)$/.test(keyOf(token)))

const saysNothingElse = ({ tokens }: Reading) => tokens.filter((token) => token.word).length === 1

/** Without `thôi` (`hoàn thành thôi ạ`): no more than that. */
function onlyEnd(tokens: readonly Token[]): number {
  let end = tokens.length
  while (end > 1 && (tokens[end - 1]!.kind === 'mark' || hasAny(tokens[end - 1]!.bits, courtesyBits))) end--
  return end > 1 && keyOf(tokens[end - 1]) === 'thoi' ? end - 1 : tokens.length
}

const ratingRest = union(courtesyBits, bits('excellent good completed notCompleted level self rate number deed'))

/** `2`, `số 2 ạ`, `cái thứ hai`, `phương án 1`, `the second one`. */
function choiceIn(reading: Reading): number | null {
  const { tokens } = reading
  if (tokens.length > 10) return null
  let choice: number | null = null
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!
    if (token.kind === 'mark' || token.kind === 'line') continue
    const value = choiceValue(reading, at)
    if (value > 0) {
      if (choice !== null && choice !== value) return null
      choice = value
    } else if (!hasAny(token.bits, courtesyBits) && !hasAny(token.bits, chooseBits) && !/^(thu|so)$/.test(keyOf(token)))
      return null
  }
  return choice
}

function choiceValue(reading: Reading, at: number): number {
  const token = reading.tokens[at]!
  if (token.kind === 'number') return token.value >= 1 && token.value <= 50 ? token.value : -1
  const key = keyOf(token)
  if (key === 'dau' && (keyOf(reading.tokens[at - 1]) !== 'lan' || true)) return 1
  if (key === 'tren') return 1
  const value = wordValue(token)
  return value > 0 && !/^(i|v)$/.test(key) ? value : -1
}

const thanksBits = bits('thanks')
const smallTalkBits = bits('offTopic')

/** Free text as the answer, where no command was found. */
export function readFreeAnswer(reading: Reading, expecting: Expecting, clock: () => Clock): Intent | null {
  const { tokens, all } = reading
  const isReason = expecting === 'returnReason' && saysWhatIsWrong(reading)
  if ((isCourtesy(reading, 0, tokens.length) && !isReason) || isThanks(reading)) return null
  switch (expecting) {
    case 'deeds': {
      if (saysRegistered(tokens)) return null
      const found = deedsIn(reading, 0, tokens.length, clock())
      return found.deeds.length > 0
        ? withAsk({ intent: 'pledge.register', slots: { deeds: found.deeds } }, found.dueAsk)
        : null
    }
    case 'name': {
      let at = 0
      while (
        at < tokens.length - 1 &&
        /^(da|vang|u|thua)$/.test(keyOf(tokens[at])) &&
        hasAny(tokens[at]!.own, courtesyBits)
      )
        at++
      const name = wholeName(reading, at, tokens.length, true)
      return name ? { intent: 'member.claim', slots: { name } } : null
    }
    case 'reason':
      return { intent: 'meeting.excuse', slots: { reasonKind: reasonKindIn(tokens) ?? 'other' } }
    case 'returnReason': {
      const reason = pieceOf(reading, skipBecause(reading), vocativeStart(tokens))
      return reason ? { intent: 'pledge.return', slots: { reason } } : null
    }
    case 'progress': {
      const isSmallTalk = tokens.some((token) => hasAny(token.own, smallTalkBits) && !hasAny(token.own, courtesyBits))
      // "mưa quá nên chưa làm được" says what became of the deed.
      if (isSmallTalk && !tokens.some((token) => /^(chua|xong|duoc|lam)$/.test(keyOf(token)))) return null
      if (isOfMeetingAlone(reading) || isCommandLike(reading)) return null
      // A bare number is neither a percent nor a note.
      if (tokens.length === 1 && tokens[0]!.kind === 'number') return null
      const progress = progressIn(reading, 0, tokens.length)
      // "con tôi ốm": why somebody does not come, not how far a deed is.
      const isNote = progress.percent === undefined && !progress.done
      const hasAct = tokens.some((token) => /^(chua|da|duoc|dang|lam)$/.test(keyOf(token)))
      if (isNote && !hasAct && tokens.length <= 5 && reasonKindIn(tokens)) return null
      return Object.keys(progress).length > 0 || hasAny(all, bits('done'))
        ? { intent: 'progress.report', slots: progress }
        : null
    }
    case 'attendance': {
      const kind = reasonKindIn(tokens)
      return kind && !hasAny(all, bits('who what when where')) && !hasAny(all, bits('canAttend willAttend present'))
        ? { intent: 'meeting.excuse', slots: { reasonKind: kind } }
        : null
    }
    default:
      return null
  }
}

/** `(em) đăng ký rồi mà`: no deed is told. */
const saysRegistered = (tokens: readonly Token[]) =>
  /^(?:(?:da|toi|em|minh|chau|e) )*(?:da )?(?:dang ki|dk|dki) roi(?: (?:ma|sao|co|the|a|day|nhe)|$)/.test(
    tokens.slice(0, 8).map(keyOf).join(' '),
  )

/** Begins like a request that was not understood: to be asked about, never kept as what was said of a deed. */
const isCommandLike = ({ tokens }: Reading) =>
  commandLike.test(
    tokens
      .slice(0, 10)
      .map((token) => (token.kind === 'number' ? '0' : keyOf(token)))
      .join(' '),
  )
const commandLike = new RegExp(
  `^(?:(?:xin|cho|de nghi|toi|em|chau|bot|nep) )*(?:${[
    'diem danh|duyet|thong qua|tra lai (?:viec|cua)|(?:gui |xem |doc |sua |bo sung )?bien ban|(?:ra )?nghi quyet',
    'sua (?:viec|lai|quyet dinh|ban|cam ket|ket qua|ten)|xoa (?:viec|ten|du lieu|quyet dinh|toi)|huy (?:viec|hop|dang ky|ban)|rut (?:viec|ban|dang ky|cam ket|dong y|lai)',
    'mo (?:dot|lai|dang ky)|gia han (?:dang ky|dot|den|them dot)|khoa so|chot (?:so|dot|danh sach)|han che (?:0|sau|nam|quy|cua|:)|nhiem vu (?:0|sau|nam|quy|:)',
    'xem (?:lai|danh sach|viec|lich|ket qua|ai|cac)|danh sach (?:chua|dang|chi|vang|viec|hop|dong)|tong hop|thong ke|bao cao (?:quy|nam|thang)|lich hop|doi lich|doi hop|nhac (?:dong|cac|moi|ai|nhung|hop)',
    'bieu duong|khen (?:dong|d|tap|anh|chi|bac|ong|ba)|danh gia (?:viec|dong|d|cua|0)|xep loai|phan doi|(?:chi bo|dang uy|dang bo|cap uy) (?:dk|dang ky|dki|danh gia)|giup$',
  ].join('|')})(?: |$)(?!(?:da|duoc|dang|moi|xong|roi) )`,
)

const isThanks = (reading: Reading) => hasAny(reading.all, thanksBits) && reading.tokens.length <= 6

/** `… đồng chí ạ`, `… bác nhé`: who is spoken to, at the end; `với đồng chí ạ` belongs to what is said. */
function vocativeStart(tokens: readonly Token[]): number {
  let at = tokens.length - 1
  while (at > 0 && tokens[at]!.kind === 'mark') at--
  if (at < 2 || !/^(a|nhe|oi)$/.test(keyOf(tokens[at]))) return tokens.length
  const title = tokens[at - 1]!
  if (title.word?.capitals !== 'none' || !hasAny(title.own, titleBits)) return tokens.length
  let from = at - 1
  while (from > 0 && !tokens[from]!.isPhraseStart) from--
  const before = keyOf(tokens[from - 1])
  return from < 1 || /^(voi|cua|cho|hoi|gap|tu|den|toi|la|va|voi|nho|cac|nhung|moi|mot|giup|ho|thay)$/.test(before)
    ? tokens.length
    : from
}
const titleBits = bits('title')

function skipBecause(reading: Reading): number {
  let at = 0
  while (
    at < reading.tokens.length &&
    /^(vi|do|li|la|tai)$/.test(keyOf(reading.tokens[at])) &&
    reading.tokens.length > 2
  )
    at++
  return at
}

/** `đồng ý` where nothing was asked still answers a question; so does giving up. */
export function readLooseAnswer(reading: Reading): Intent | null {
  const answer = shortAnswer(reading)
  if (answer === 'cancel' && hasAny(reading.all, bits('drop stop'))) return { intent: 'dialogue.cancel', slots: {} }
  if (answer === 'yes' && hasAny(reading.all, agreeBits)) return { intent: 'dialogue.yes', slots: {} }
  if (answer === 'no' && hasAny(reading.all, agreeBits)) return { intent: 'dialogue.no', slots: {} }
  return null
}
