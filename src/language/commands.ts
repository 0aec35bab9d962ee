/** Slash commands: what each stands for, and what its argument may say. */

import { readExcuse } from './attendance-readers.ts'
import type { Clock } from './calendar.ts'
import { commandNames } from './command-names.ts'
import { keyOf } from './date-words.ts'
import { deedNumberIn } from './deed-numbers.ts'
import { readDeedCommand } from './deed-readers.ts'
import { deedsIn, pieceOf } from './deeds.ts'
import { readEdit } from './edit-reader.ts'
import { aboutOf, courtesyBits, formatOf, isCourtesy, matchRules, unexplained } from './grammar.ts'
import type { Intent, IntentName, UnderstandContext } from './intents.ts'
import { vocabulary } from './lexicon.ts'
import { readMove, readSchedule, readTheme } from './meeting-readers.ts'
import { readMinutesCommand } from './minutes-reader.ts'
import { charCode, fold } from './normalise.ts'
import { endsNames, nameAt, titledNameIn, titleEnd, wholeName } from './people.ts'
import { readPeriodCommand } from './period-readers.ts'
import { periodIn } from './period-slot.ts'
import { progressIn } from './progress.ts'
import { readProgress } from './progress-reader.ts'
import { hasAny, type Reading, read } from './reading.ts'
import { reasonKindIn } from './reasons.ts'
import { readRegister, registerHead, withAsk } from './register-reader.ts'
import { readApprove, readCommend, readRating } from './secretary-readers.ts'
import { codeIn } from './start-readers.ts'
import { noBits, union } from './tag-sets.ts'
import { deedReading, understandWords } from './understand.ts'

const commandPattern = /^\s*\/([\p{L}\p{M}\p{N}_]+)(?:@[\w.-]+)?(?=$|[\s:,.;!?-])[ \t]*:?/u

/** Whether a slash is the first character that is no blank. */
function beginsWithSlash(text: string): boolean {
  let at = 0
  while (charCode(text, at) <= 0x20) at++
  return charCode(text, at) === 0x2f
}

/** The intent of a slash command, or null where the text is none. An unknown command is read as the words it is made of. */
export function readCommand(text: string, context: UnderstandContext, clock: () => Clock): Intent | null {
  if (!beginsWithSlash(text)) return null
  const match = commandPattern.exec(text)
  if (!match) return null
  const name = fold(match[1]!).replaceAll('_', '')
  const intent = commandNames[name]
  const rest = text.slice(match[0].length)
  const ofDeeds = intent ? null : readDeedCommand(name, rest, deedReading(context, clock))
  if (ofDeeds) return ofDeeds
  const ofPeriod = intent ? null : readPeriodCommand(name, rest, context, clock)
  if (ofPeriod) return ofPeriod
  const ofMinutes = intent ? null : readMinutesCommand(name, rest, context, clock)
  if (ofMinutes) return ofMinutes
  if (!intent) return understandWords(read(`${match[1]!.replaceAll('_', ' ')} ${rest}`), context, clock)
  return withArgument(intent, rest, context, clock)
}

/** Words put before an argument so that it reads as the free text that it abbreviates. */
const asFreeText: Partial<Record<IntentName, string>> = {
  'pledge.approve': 'duyệt ',
  commend: 'biểu dương ',
  'deed.rate': 'đánh giá ',
  'deed.selfRate': 'tự đánh giá ',
  'meeting.theme': 'chuyên đề ',
  'meeting.schedule': 'đặt lịch họp định kỳ ',
}

function withArgument(intent: IntentName, rest: string, context: UnderstandContext, clock: () => Clock): Intent {
  const argument = read(rest)
  const { tokens } = argument
  const plain = { intent, slots: {} } as Intent
  switch (intent) {
    case 'chat.activate': {
      const found = codeIn(argument, 0, true)
      return { intent, slots: { code: found?.code ?? '' } }
    }
    case 'member.claim':
      return {
        intent,
        slots: { name: wholeName(argument, 0, tokens.length, true) ?? pieceOf(argument, 0, tokens.length) },
      }
    case 'pledge.register':
    case 'pledge.registerCollective':
      return register(intent, rest, argument, clock)
    case 'pledge.edit':
      return edit(argument, rest, clock)
    case 'pledge.withdraw': {
      const deed = leadingDeed(argument)
      return { intent, slots: deed ? { deed: deed.deed } : {} }
    }
    case 'pledge.return':
      return giveBack(argument)
    case 'progress.report':
      return progress(argument, rest)
    case 'meeting.excuse':
      return excuse(argument, rest, context)
    case 'meeting.when':
    case 'praise.show':
    case 'summary':
      return { intent, slots: periodIn(argument, clock) }
    case 'meeting.move': {
      const moved =
        readMove(read(`đổi lịch họp ${rest}`), clock()) ?? readMove(read(`đổi lịch họp sang ${rest}`), clock())
      if (
        moved?.intent === 'meeting.move' &&
        Object.keys(moved.slots).length === 1 &&
        'from' in moved.slots &&
        !moved.extras?.cancelled
      )
        return readMove(read(`đổi lịch họp sang ${rest}`), clock()) ?? moved
      return moved ?? plain
    }
    case 'meeting.theme': {
      const set = readTheme(read(`chuyên đề ${rest}`), clock)
      return set ?? { intent, slots: periodIn(argument, clock) }
    }
    case 'meeting.schedule':
      return readSchedule(read(`${asFreeText[intent]}${rest}`)) ?? plain
    case 'summary.missing': {
      const about = aboutOf(argument)
      return { intent, slots: { about: about ?? 'pledge' } }
    }
    case 'remind.now': {
      const about = aboutOf(argument)
      return { intent, slots: about ? { about } : {} }
    }
    case 'report.export':
      return { intent, slots: { ...formatOf(argument), ...periodIn(argument, clock) } }
    case 'deed.rate':
    case 'deed.selfRate':
      return rate(intent, argument, rest)
    case 'pledge.approve':
    case 'commend':
      return target(intent, argument, rest)
    default:
      return plain
  }
}

/** Words that may turn `/dangky` into a copy of last year or a deed of the cell. */
const otherwiseBits = vocabulary.bitsOf('same cell collective')

function register(
  intent: 'pledge.register' | 'pledge.registerCollective',
  rest: string,
  argument: Reading,
  clock: () => Clock,
): Intent {
  if (intent === 'pledge.register' && hasAny(argument.all, otherwiseBits)) {
    const free = read(`đăng ký ${rest}`)
    const head = registerHead(free)
    const byWords = head && !head.isExplicit ? matchRules(free, clock, true) : null
    if (byWords?.intent === 'pledge.copy') return byWords
    if (head?.isCollective)
      return readRegister(free, head, clock()) ?? { intent: 'pledge.registerCollective', slots: { deeds: [] } }
  }
  const own = registerHead(argument)
  const found = deedsIn(argument, own && intent === 'pledge.register' ? own.to : 0, argument.tokens.length, clock())
  return withAsk({ intent, slots: { deeds: found.deeds } }, found.dueAsk)
}

/** `2`, `việc 2`, `v2`, `số 2` at the start of an argument. */
function leadingDeed(argument: Reading): { deed: number; to: number } | null {
  const { tokens } = argument
  const named = deedNumberIn(tokens, 0, Math.min(tokens.length, 4))
  if (named && isCourtesy(argument, 0, named.from)) return named
  const at = keyOf(tokens[0]) === 'so' || tokens[0]?.mark === '#' ? 1 : 0
  const number = tokens[at]
  if (number?.kind !== 'number' || number.value < 1 || number.value > 99) return null
  const next = tokens[at + 1]
  if (next?.isGlued && (next.mark === '%' || (next.mark === '/' && tokens[at + 2]?.isGlued))) return null
  return { deed: number.value, to: at + 1 }
}

function edit(argument: Reading, rest: string, clock: () => Clock): Intent {
  const deed = leadingDeed(argument)
  if (!deed) return readEdit(read(`sửa ${rest}`), clock()) ?? { intent: 'pledge.edit', slots: {} }
  const tail = pieceOf(argument, deed.to, argument.tokens.length)
  return (
    readEdit(read(`sửa việc ${deed.deed}: ${tail}`), clock()) ?? { intent: 'pledge.edit', slots: { deed: deed.deed } }
  )
}

function giveBack(argument: Reading): Intent {
  const { tokens } = argument
  const slots: Intent<'pledge.return'>['slots'] = {}
  const titled = titledNameIn(argument, 0, Math.min(tokens.length, 8))
  const name = titled && isCourtesy(argument, 0, titled.from) ? titled : leadingName(argument)
  let at = name?.to ?? 0
  if (name) slots.name = name.name
  const deed =
    deedNumberIn(tokens, at, Math.min(tokens.length, at + 3)) ??
    (tokens[at]?.kind === 'number' ? { deed: tokens[at]!.value, to: at + 1 } : null)
  if (deed) {
    slots.deed = deed.deed
    at = deed.to
    if (!name) {
      const later = titledNameIn(argument, at, Math.min(tokens.length, at + 8))
      if (later && later.from <= at + 1) {
        slots.name = later.name
        at = later.to
      }
    }
  }
  while (/^(vi|do|la|li)$/.test(keyOf(tokens[at]))) at++
  const reason = pieceOf(argument, at, tokens.length)
  if (reason) slots.reason = reason
  return { intent: 'pledge.return', slots }
}

/** A name in capitals, or a family name, at the start of an argument. */
function leadingName(argument: Reading): { name: string; from: number; to: number } | null {
  const { tokens } = argument
  const isShouted = argument.text === argument.text.toUpperCase()
  const found = nameAt(argument, 0, tokens.length, false)
  if (!found) return null
  if (tokens[0]!.word!.capitals !== 'none' && !isShouted) return found
  // Without capitals the name ends where the number stands.
  const number = tokens.findIndex((token) => token.kind !== 'word')
  const end = number < 0 ? tokens.length : number
  return end <= 5 && number > 0
    ? { name: argument.text.slice(tokens[0]!.start, tokens[end - 1]!.end), from: 0, to: end }
    : found
}

function progress(argument: Reading, rest: string): Intent {
  const deed = leadingDeed(argument)
  if (deed) {
    const said = progressIn(argument, deed.to, argument.tokens.length)
    return { intent: 'progress.report', slots: { deed: deed.deed, ...said } }
  }
  const read1 = readProgress(read(`báo cáo ${rest}`))
  return read1 ?? { intent: 'progress.report', slots: progressIn(argument, 0, argument.tokens.length) }
}

const reasonBits = vocabulary.bitsOf('work sick family other kin absent leave because permission neg')
function excuse(argument: Reading, rest: string, context: UnderstandContext): Intent {
  const { tokens } = argument
  const titled = titledNameIn(argument)
  const isLeading = titled && titled.from <= 1
  const plain =
    !isLeading &&
    tokens[0]?.word?.capitals === 'first' &&
    !/^(on|at|for|because)$/.test(keyOf(tokens[0])) &&
    !hasAny(tokens[0].bits, reasonBits)
      ? nameAt(argument, 0, tokens.length, true)
      : null
  const person = isLeading
    ? titled
    : plain &&
        (plain.to - plain.from >= 2 || tokens.length === 1 || isNameWithReason(argument, plain.to)) &&
        unexplained(argument, union(courtesyBits, reasonBits), 0, plain.from, 1) === 0
      ? plain
      : null
  const kind = reasonKindIn(tokens, person?.to ?? 0)
  const reason = kind ? { reasonKind: kind } : {}
  if (person) return { intent: 'meeting.excuseFor', slots: { name: person.name, ...reason } }
  const free = readExcuse(read(`xin vắng ${rest}`), context.addressed, true)
  if (free?.intent === 'meeting.excuseFor') return free
  if (kind) return { intent: 'meeting.excuse', slots: reason }
  return { intent: 'meeting.excuse', slots: isCourtesy(argument, 0, tokens.length) ? {} : { reasonKind: 'other' } }
}

/** `Lụa ốm`: one word in capitals that means nothing else, and a reason right behind it. */
function isNameWithReason({ tokens }: Reading, to: number): boolean {
  const [first, next] = [tokens[to - 1]!, tokens[to]]
  return !hasAny(first.bits, anyTag) && !endsNames.has(keyOf(first)) && hasAny(next?.own ?? noBits, personalReason)
}
const anyTag = vocabulary.bitsOf(vocabulary.tags.join(' '))
const personalReason = vocabulary.bitsOf('sick family work')

function rate(intent: 'deed.rate' | 'deed.selfRate', argument: Reading, rest: string): Intent {
  const deed = leadingDeed(argument)
  const tail = deed
    ? `việc ${deed.deed}: ${pieceOf(argument, deed.to, argument.tokens.length)}`
    : withDeedWord(argument, rest)
  const found = readRating(read(`${asFreeText[intent]}${tail}`))
  return found ?? ({ intent, slots: deed ? { deed: deed.deed } : {} } as Intent)
}

function target(intent: 'pledge.approve' | 'commend', argument: Reading, rest: string): Intent {
  const deed = leadingDeed(argument)
  const tail = deed
    ? `việc ${deed.deed} ${pieceOf(argument, deed.to, argument.tokens.length)}`
    : withDeedWord(argument, rest)
  const free = read(`${asFreeText[intent]}${tail}`)
  return (intent === 'commend' ? readCommend(free) : readApprove(free)) ?? ({ intent, slots: {} } as Intent)
}

/** `Trần Thị Mai 1` → `đ/c Trần Thị Mai việc 1`. */
function withDeedWord(argument: Reading, rest: string): string {
  const { tokens, text } = argument
  const number = tokens.findIndex((token) => token.kind === 'number')
  if (number < 1 || deedNumberIn(tokens)) return tokens.length > 0 && isBareName(argument) ? `đ/c ${rest}` : rest
  const name = text.slice(tokens[0]!.start, tokens[number - 1]!.end)
  const title = isBareName(argument) ? 'đ/c ' : ''
  return `${title}${name} việc ${tokens[number]!.value} ${text.slice(tokens[number]!.end)}`
}

/** A title that nothing but courtesy follows: "đồng chí nhé" names nobody. */
function isTitleAlone(argument: Reading): boolean {
  const { tokens } = argument
  const end = titleEnd(tokens, 0)
  const isTitle =
    /^(dong|d\/c|bac|anh|chi|co|chu|thay|ong)$/.test(keyOf(tokens[0])) && tokens[0]?.word?.capitals === 'none'
  return isTitle && end > 0 && isCourtesy(argument, end, tokens.length)
}

const isBareName = (argument: Reading) =>
  !isTitleAlone(argument) &&
  titledNameIn(argument) === null &&
  nameAt(argument, 0) !== null &&
  !/^(het|tat|toan|viec|cho)$/.test(keyOf(argument.tokens[0]))
