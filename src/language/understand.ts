/** From a text to an intent: pure and synchronous. docs/language.md says how, lexicon.ts and rules.ts hold the words. */

import { monthOf } from '../domain/calendar.ts'
import { readFreeAnswer, readLooseAnswer, readShortAnswer } from './answers.ts'
import { isOfMeetingAlone, readAttend, readComing, readExcuse } from './attendance-readers.ts'
import { withoutCall, withoutMention } from './bot-names.ts'
import { type Clock, clockAt } from './calendar.ts'
import { readCommand } from './commands.ts'
import { keyOf, keySet } from './date-words.ts'
import { type DeedReading, mayBeDeedWords, readDeedWords } from './deed-readers.ts'
import { readEdit, readWithdraw } from './edit-reader.ts'
import { readEnglishShape } from './english-shapes.ts'
import { isCourtesy, matchRules } from './grammar.ts'
import type { Expecting, Intent, UnderstandContext } from './intents.ts'
import { readMove, readMovedInstead, readSchedule, readTheme } from './meeting-readers.ts'
import { mayBeMinutesWords, readMinutes } from './minutes-reader.ts'
import { noActOf } from './no-acts.ts'
import { mayBePeriodWords, readPeriodWords } from './period-readers.ts'
import { readProgress } from './progress-reader.ts'
import { type Reading, readStored } from './reading.ts'
import { reasonKindIn } from './reasons.ts'
import { readRegister, registerHead } from './register-reader.ts'
import { readApprove, readCommend, readRating, readReturn } from './secretary-readers.ts'
import { readActivate, readClaim } from './start-readers.ts'

export const nothing: Intent<'none'> = Object.freeze({ intent: 'none', slots: Object.freeze({}) }) as Intent<'none'>

/** A text longer than this is no message of a member; the rest is not read. */
export const maxLength = 20_000

/** Meaning of a text. Throws RangeError where `now` or `timeZone` is invalid and a date is named. */
export function understand(text: string, context: UnderstandContext): Intent {
  if (context.addressed === 'none') return nothing
  const cut = text.length > maxLength ? text.slice(0, maxLength) : text
  const plain = withoutMention(cut, context.botNames)
  const clock = () => clockAt(context.now, context.timeZone)
  const command = readCommand(plain, context, clock)
  if (command) return command
  const english = readEnglishShape(plain, context.expecting, (why) => reasonKindIn(readStored(why).tokens))
  return 'intent' in english ? english.intent : understandShort(english.said, context, clock)
}

const denying = keySet('khong ko k kg chang thoi')

function understandShort(plain: string, context: UnderstandContext, clock: () => Clock): Intent {
  const reading = withoutCall(readStored(plain), context.botNames)
  const first = keyOf(reading.tokens[0])
  const ofDeeds = mayBeDeedWords(first) ? readDeedWords(plain, deedReading(context, clock)) : null
  const ofPeriod = ofDeeds === null && mayBePeriodWords(first) ? readPeriodWords(plain, context, clock) : null
  const ofMinutes =
    ofDeeds === null && ofPeriod === null && mayBeMinutesWords(reading) ? readMinutes(plain, context, clock) : null
  const instead = denying.has(first) && !context.expecting ? readMovedInstead(plain, clock()) : null
  return ofDeeds ?? ofPeriod ?? ofMinutes ?? instead ?? understandWords(reading, context, clock)
}

/** What reading of deeds takes from its surroundings. */
export function deedReading(context: UnderstandContext, clock: () => Clock): DeedReading {
  return {
    expecting: context.expecting,
    month: () => monthOf(context.now, context.timeZone),
    words: (text) => understandWords(readStored(text), { ...context, expecting: undefined }, clock),
  }
}

/** Free text, commands aside. */
export function understandWords(reading: Reading, context: UnderstandContext, clock: () => Clock): Intent {
  const { expecting } = context
  if (reading.tokens.length === 0) return nothing
  if (reading.tokens[0]!.mark === '?' && reading.tokens.every((token) => token.mark === '?'))
    return { intent: 'help', slots: {} }
  if (expecting) {
    const answer = readShortAnswer(reading, expecting, clock)
    if (answer) return unlessNoAct(answer, reading)
  }
  if (!expecting || !isFreeText(reading, expecting)) {
    const command = readRequest(reading, context, clock)
    if (command) return unlessNoAct(command, reading)
  }
  if (expecting) {
    const answer = readFreeAnswer(reading, expecting, clock)
    if (answer) return answer
  }
  if (isCry(reading)) return { intent: 'help', slots: {} }
  return (expecting ? null : readLooseAnswer(reading)) ?? nothing
}

function unlessNoAct(read: Intent, reading: Reading): Intent {
  const why = noActOf(read, reading)
  return why ? { ...nothing, extras: { noAct: { why, read } } } : read
}

const cries = keySet('giup help')
/** `giúp em với`: nothing but politeness, and a call for help in it. */
const isCry = (reading: Reading) =>
  reading.tokens.some((token) => cries.has(keyOf(token))) && isCourtesy(reading, 0, reading.tokens.length)

/** Asked for a deed: "duyệt hết", "trả lại việc 1 của …" are acts; "duyệt hồ sơ đúng hạn" may be a deed. */
function readOfficersAct(reading: Reading): Intent | null {
  const act = readReturn(reading) ?? readApprove(reading)
  if (!act) return null
  const isPlain = 'deed' in act.slots || act.extras?.all || act.extras?.noAct || reading.tokens.length <= 2
  return isPlain ? act : null
}

/** `có mặt`, `xin vắng` and nothing else: no deed. */
const isAttendanceAlone = ({ tokens }: Reading) =>
  /^(?:(?:em|toi|minh|xin|da) )?(?:co mat|vang|vang mat)(?: a)?$/.test(tokens.map(keyOf).join(' '))

/** A list answers “which deeds?” whatever words it holds. */
function isFreeText(reading: Reading, expecting: Expecting): boolean {
  if (expecting !== 'deeds') return false
  const first = reading.tokens[0]!
  return first.kind === 'number' || /[-+•*(]/.test(first.mark)
}

function readRequest(reading: Reading, context: UnderstandContext, clock: () => Clock): Intent | null {
  const { addressed, expecting } = context
  const head = registerHead(reading)
  if (head?.isExplicit) return readRegister(reading, head, clock())
  const isFree =
    expecting === 'deeds' || expecting === 'returnReason' || expecting === 'reason' || expecting === 'progress'
  // A date to move to and a recurring date leave no doubt; without them words like `lịch` decide.
  const standing = head ? null : readSchedule(reading)
  if (standing && 'cron' in standing.slots) return standing
  const moved = head ? null : readMove(reading, clock())
  if (moved && 'to' in moved.slots) return moved
  const byWords = readActivate(reading) ?? readClaim(reading) ?? matchRules(reading, clock, head !== null)
  if (byWords) return byWords
  if (head) return readComing(reading, head.to) ?? readRegister(reading, head, clock())
  const isAsked = expecting === 'attendance' || expecting === 'reason'
  if (expecting === 'deeds') {
    return (
      readEdit(reading, clock()) ??
      readWithdraw(reading) ??
      readProgress(reading) ??
      readOfficersAct(reading) ??
      moved ??
      (isAttendanceAlone(reading)
        ? (readExcuse(reading, addressed, true) ?? readAttend(reading, addressed, true))
        : null)
    )
  }
  return (
    readRating(reading) ??
    readEdit(reading, clock()) ??
    readWithdraw(reading) ??
    readReturn(reading) ??
    readApprove(reading) ??
    readCommend(reading) ??
    (expecting === 'returnReason' ? null : readProgress(reading)) ??
    standing ??
    moved ??
    readTheme(reading, clock) ??
    (expecting === 'returnReason' || (isFree && !isAsked && !(expecting === 'progress' && isOfMeetingAlone(reading)))
      ? null
      : (readExcuse(reading, addressed, isAsked) ?? readAttend(reading, addressed, isAsked)))
  )
}
