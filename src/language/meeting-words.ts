/**
 * What a secretary says of meetings in whole sentences of a few fixed shapes: a thematic meeting of its own or as part of a regular
 * one, the flag salute, a meeting that was not held. Read beside the intents of the contract: only these shapes are taken, and
 * a question is never one of them.
 */
import { withoutMention } from './bot-names.ts'
import { clockAt, isoMinute } from './calendar.ts'
import { readCalledOff } from './called-off-reader.ts'
import { keyOf } from './date-words.ts'
import type { Extras, Intent, UnderstandContext } from './intents.ts'
import { fold } from './normalise.ts'
import { read } from './reading.ts'
import { isoWhen, type WhenFound, whenAt } from './when.ts'

/** Text and its folded form of the same length, so that what is found in one can be cut from the other. */
interface Message {
  typed: string
  key: string
}

function aligned(text: string): Message | null {
  const typed = text.normalize('NFC').trim()
  const key = fold(typed)
  return key.length === typed.length ? { typed, key } : null
}

const cleaned = (text: string) => text.replace(/^[\s.,;:–-]+|[\s.,;:!–-]+$/gu, '').trim()

const question = /(?:\?|\s(?:à|hả|hở|nhỉ|chưa|phải không|đúng không|có không))\s*[.!?]*$/iu
/** "nhé", "ạ": nothing of it belongs to what was said. */
const politeEnd = /(?:\s{1,9}(?:ạ|nhé|nha|a|nhe)){1,9}\s{0,9}[.!]*$/iu

// ── The flag salute ──

const time = String.raw`(\d{1,2})(?:\s*(?:h|g|:|gio)\s*(\d{2}|ruoi)?)(?:\s*phut)?`
const salute = new RegExp(
  String.raw`^(?:le\s+)?(?:chao co|flag salute)\s*:?\s*(?:luc\s+|vao\s+|at\s+)?${time}(?:\s+(?:sang|am))?(?:\s*,?\s*(?:truoc|before)\s+(?:khi\s+|gio\s+|buoi\s+|the\s+)?(?:sinh hoat|hop|meeting)(?:\s+(?:chi bo|dinh ky|hang thang|thuong ky))*)?\s*[.!]?$`,
)
const saluteInside = new RegExp(String.raw`[\s,;]+(?:co\s+)?(?:le\s+)?chao co\s+(?:luc\s+|vao\s+)?${time}(?:\s+sang)?`)
const noSalute =
  /^(?:bo|khong|thoi)\s+(?:le\s+)?chao co(?:\s+truoc\s+(?:sinh hoat|hop))?\s*[.!]?$|^no flag salute[.!]?$/

function timeOf(hour: string | undefined, minute: string | undefined): string | null {
  const [hours, minutes] = [Number(hour), minute === 'ruoi' ? 30 : Number(minute ?? 0)]
  if (hours > 23 || minutes > 59) return null
  return `${String(hours).padStart(2, '0')}:${String(minutes).padStart(2, '0')}`
}

function readSalute({ key }: Message): Intent | null {
  if (noSalute.test(key)) return { intent: 'meeting.schedule', slots: {}, extras: { flagSalute: null } }
  const found = salute.exec(key)
  const at = found && timeOf(found[1], found[2])
  return at ? { intent: 'meeting.schedule', slots: {}, extras: { flagSalute: at } } : null
}

/** "họp 7h ngày 1 hằng tháng, chào cờ 6h45": the text without the salute, and its time. */
export function saluteIn(text: string): { rest: string; at: string } | null {
  const message = aligned(text)
  const found = message && saluteInside.exec(message.key)
  const at = found && timeOf(found[1], found[2])
  if (!message || !found || !at) return null
  const { typed } = message
  return { rest: typed.slice(0, found.index) + typed.slice(found.index + found[0].length), at }
}

// ── Not held ──

const meetingWords = String.raw`(?:(?:buoi|ky|ki|cuoc)\s+)?(?:sinh hoat|hop)(?:\s+(?:chi bo|dinh ky|thuong ky))*`
const monthWords = String.raw`(?:thang\s+(nay|truoc|\d{1,2})(?:\s*[/-]\s*(\d{4})|\s+nam\s+(\d{4}))?|(vua roi|vua qua|hom qua|toi qua))`
const thematicWords = String.raw`(\s+chuyen de(?:\s+(?:quy|q)\s*\S+)?)?`
// "Chưa tổ chức" says nothing of the kind: a meeting that was to come may still come.
const notHeldVerb = String.raw`(?:da\s+)?(?:khong|ko|k)\s+(?:to chuc|dien ra|tien hanh|hop|sinh hoat)(?:\s+duoc)?`
const reasonWords = String.raw`(?:[\s,;.–-]+(?:voi\s+)?(?:ly do|li do|vi|do|boi|tai vi)\s*:?\s*(?:la\s+|vi\s+|do\s+)?(\S.*))?`
const notHeld = [
  new RegExp(
    String.raw`^${meetingWords}${thematicWords}(?:\s+${monthWords})?\s+${notHeldVerb}(?:\s*\(([^)]+)\))?${reasonWords}\s*[.!]?$`,
    's',
  ),
  new RegExp(
    String.raw`^${monthWords}\s*,?\s*chi bo\s+${notHeldVerb}()(?:\s*\(([^)]+)\))?${reasonWords}\s*[.!]?$`,
    's',
  ),
  /^(?:the\s+)?(thematic\s+)?meeting of\s+(?:month\s+)?(\d{4})-(\d{2})\s+was not held(?:[\s,:–-]+(?:because(?:\s+of)?|reason:?)\s+(\S.*))?\s*[.!]?$/s,
]

/** The month named, the one nearest to now where no year is named: half a year back, half a year ahead. */
function monthNamed(named: string | undefined, year: string | undefined, context: UnderstandContext): string | null {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: context.timeZone, year: 'numeric', month: '2-digit' })
  const [thisYear, thisMonth] = parts.format(context.now).split('-').map(Number) as [number, number]
  const of = (index: number) => `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
  const now = thisYear * 12 + thisMonth - 1
  if (named === 'nay') return of(now)
  if (named === 'truoc') return of(now - 1)
  const number = Number(named)
  if (!(number >= 1 && number <= 12)) return null
  if (year) return `${year}-${String(number).padStart(2, '0')}`
  const ahead = (number - thisMonth + 12) % 12
  return of(ahead <= 5 ? now + ahead : now + ahead - 12)
}

/** "buổi họp tháng 9 không tổ chức à?" asks when it is; taken for a statement it would call the meeting off. */
function readAsQuestion({ typed }: Message, context: UnderstandContext): Intent | null {
  const asked = question.test(typed) ? aligned(typed.replace(question, '')) : null
  const stated = asked && (readNotHeld(asked, context) ?? readCalledOff(asked, context))
  if (!stated) return null
  const period = stated.extras?.period
  return { intent: 'meeting.when', slots: period ? { period } : {} }
}

function readNotHeld({ typed, key }: Message, context: UnderstandContext): Intent | null {
  const english = notHeld[2]!.exec(key)
  if (english) {
    const [, thematic, year, month, reason] = english
    return notHeldIntent({ month: `${year}-${month}`, thematic, said: reason && typed.slice(key.lastIndexOf(reason)) })
  }
  const plain = notHeld[0]!.exec(key)
  const byMonth = plain ? null : notHeld[1]!.exec(key)
  // "Buổi họp hôm qua": of that day.
  const groups = plain
    ? { thematic: plain[1], month: plain[2], year: plain[3] ?? plain[4], last: plain[5], said: plain[6] ?? plain[7] }
    : byMonth
      ? {
          thematic: undefined,
          month: byMonth[1],
          year: byMonth[2] ?? byMonth[3],
          last: byMonth[4],
          said: byMonth[6] ?? byMonth[7],
        }
      : null
  if (!groups) return null
  const month = groups.month === undefined ? undefined : monthNamed(groups.month, groups.year, context)
  if (month === null) return null
  const reason = groups.said === undefined ? undefined : typed.slice(key.lastIndexOf(groups.said))
  return notHeldIntent({ month, thematic: groups.thematic, last: groups.last, said: reason })
}

function notHeldIntent(told: { [part in 'month' | 'thematic' | 'last' | 'said']?: string | undefined }): Intent {
  const { month, thematic, last, said } = told
  const reason = said === undefined ? '' : cleaned(said.replace(/\)\s*[.!]?$/, ''))
  return {
    intent: 'meeting.move',
    slots: {},
    extras: {
      notHeld: true,
      ...(last ? { last: true as const } : {}),
      ...(month ? { period: month } : {}),
      ...(thematic ? { thematic: true as const } : {}),
      ...(reason ? { reason } : {}),
    },
  }
}

// ── The place alone ──

const placeChange =
  /^(?:doi|chuyen|thay(?: doi)?)\s+(?:dia diem|cho|noi)\s+(?:(?:buoi|ky|ki|cuoc)\s+)?(?:hop|sinh hoat)(?:\s+(?:chi bo|dinh ky|thuong ky))*(?:\s+thang\s+(nay|\d{1,2}))?\s*(?:sang|thanh|ve|den|qua|:)\s*(\S.*)$/

/** "đổi địa điểm họp sang nhà đ/c Khoát": when it is stays as it was. */
function readPlaceChange({ typed, key }: Message, context: UnderstandContext): Intent | null {
  const found = placeChange.exec(key)
  if (!found) return null
  const place = cleaned(typed.slice(key.length - found[2]!.length))
  const month = found[1] === undefined ? undefined : monthNamed(found[1], undefined, context)
  if (place === '' || place.length > maxPlaceLength || month === null || /\d\s*(?:h|g|gio|\/)/.test(found[2]!))
    return null
  return {
    intent: 'meeting.move',
    slots: {},
    extras: { place, placeOnly: true, ...(month ? { period: month } : {}) },
  }
}
/** A line on an invitation. */
const maxPlaceLength = 120

// ── Thematic meetings ──

const combinedClause =
  /[\s,;.–-]+(?:se\s+)?(?:gop|ghep|long ghep|ket hop|to chuc cung|part of)(?:\s+(?:vao|voi|trong|cung|the))*\s+(?:(?:ky|ki|buoi|regular)\s+)?(?:sinh hoat|hop|meeting)(?:\s+(?:chi bo|dinh ky|thuong ky))*\s+(?:thang|of)\s+(\d{1,2})(?:\s*\/\s*(\d{4}))?\s*[.!]?$/
const placeWords = /[\s,]+(?:tại|tai|ở|at)\s+(\p{L}[^,;]*?)\s*[.!]?$/iu
const dateFillers = /^(?:vao|luc|ngay|to chuc|on|at|hop|sinh hoat|,|;|\.|–|-)$/

/** The instant that a clause names, if it names nothing else; `day` alone where no hour stands in it. */
function instantIn(clause: string, context: UnderstandContext): { to?: string; ask?: string[]; day?: true } | null {
  const { tokens } = read(clause)
  const clock = clockAt(context.now, context.timeZone)
  let found: WhenFound | null = null
  for (let at = 0; at < tokens.length; ) {
    const here = whenAt(tokens, at, clock)
    if (here) {
      if (found) return null
      found = here
      at = here.to
    } else if (dateFillers.test(tokens[at]!.mark || keyOf(tokens[at]))) at++
    else return null
  }
  if (!found) return null
  if (found.ask) {
    const { minutes } = found
    if (minutes === undefined) return { day: true }
    return { ask: found.ask.map((day) => isoMinute(day, minutes, clock.timeZone)) }
  }
  if (found.day === undefined) return null
  if (found.minutes === undefined) return { day: true }
  const to = isoWhen(found, clock)
  return to ? { to } : null
}

/** What a theme says beyond itself: when and where a meeting of its own is held, or the month whose meeting it is part of. */
export function themeParts(text: string, context: UnderstandContext): Extras {
  const message = aligned(text)
  if (!message) return { theme: text }
  const { typed, key } = message
  const part = combinedClause.exec(` ${key}`)
  if (part) {
    const month = monthNamed(part[1], part[2], context)
    const theme = cleaned(typed.slice(0, Math.max(0, part.index - 1)))
    return month ? { ...(theme ? { theme } : {}), partOf: month } : { theme: text }
  }
  // From the longest tail to the shortest: the words of a theme may hold dates of their own.
  const cuts = [0, ...[...typed.matchAll(/[,;.\n]\s*|\s[–-]\s/g)].map((each) => each.index + each[0].length)]
  for (const cut of cuts) {
    const tail = typed.slice(cut)
    const place = placeWords.exec(` ${tail}`)
    const clause = place ? tail.slice(0, Math.max(0, place.index - 1)) : tail
    const when = instantIn(clause, context)
    if (!when) continue
    const theme = cleaned(typed.slice(0, cut))
    if (when.day && theme !== '' && !place) continue
    return {
      ...(theme ? { theme } : {}),
      ...(place ? { place: cleaned(place[1]!) } : {}),
      ...(when.to ? { meetingAt: when.to } : {}),
      ...(when.ask ? { ask: when.ask } : {}),
      ...(when.day ? { needsTime: true as const } : {}),
    }
  }
  return { theme: text }
}

// ── The agenda ──

/** Slash commands for the agenda. */
export const agendaCommandNames = { chuongtrinh: 'meeting.agenda', agenda: 'meeting.agenda' } as const

const agendaHead =
  /^(?:\/(?:chuongtrinh|agenda)(?:@\S+)?|(?:chuong trinh|agenda)(?:\s+(?:buoi|ky|hop|sinh hoat|chi bo|dinh ky|hang thang))*)(?=$|[\s:?])/
const agendaAsked = /^\s*(?::?\s*)(?:(?:la|the|gom|co)\s+)?(?:gi|nao|nhung gi|the nao)?\s*[?.]*$/

/** "chương trình: 1. … 2. …" sets the lines, numbered or one a line; "chương trình họp" asks for them. */
function readAgenda({ typed, key }: Message): Intent | null {
  const head = agendaHead.exec(key)
  if (!head) return null
  const rest = key.slice(head[0].length)
  if (agendaAsked.test(rest)) return { intent: 'meeting.agenda', slots: {} }
  if (!/^\s*:/.test(rest) && !key.startsWith('/')) return null
  const items = typed
    .slice(head[0].length)
    .replace(/^\s*:?\s*/, '')
    .split(/(?:^|[\s;.,]+)\d{1,2}[.)]\s+|\n+|\s*;\s*/)
    .map(cleaned)
    .filter((line) => line !== '')
  return items.length > 0 ? { intent: 'meeting.agenda', slots: { items } } : null
}

/** Folded words with which a message of one of these shapes begins: any other is not looked at further. */
const firstWords =
  /^(?:buoi|ky|ki|cuoc|sinh|hop|thang|chao|le|bo|khong|thoi|flag|no|the|meeting|thematic|chuong|agenda|doi|chuyen|thay|\/chuongtrinh|\/agenda)\b/

const freeAnswers: ReadonlySet<string> = new Set(['returnReason', 'reason', 'name', 'code', 'consent', 'deeds'])

/** A whole message of one of these shapes, or null. */
export function readMeetingWords(text: string, context: UnderstandContext): Intent | null {
  if (context.addressed === 'none' || (context.expecting && freeAnswers.has(context.expecting))) return null
  const message = aligned(withoutMention(text, context.botNames).replace(politeEnd, ''))
  if (!message) return null
  const found = firstWords.test(message.key)
    ? (readAgenda(message) ??
      readSalute(message) ??
      readAsQuestion(message, context) ??
      readPlaceChange(message, context) ??
      readNotHeld(message, context))
    : null
  return found ?? (question.test(message.typed) ? readAsQuestion(message, context) : readCalledOff(message, context))
}
