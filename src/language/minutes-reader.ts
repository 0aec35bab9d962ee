/**
 * What is said of a meeting's minutes: "biên bản: …", "nghị quyết: …", "biên bản tháng 10: 1. … 2. …" notes; "xem biên bản", "biên bản
 * tháng 10" asks; "sửa quyết định 2: …", "bỏ quyết định 2" correct. Only whole sentences that begin so are read, and words between the
 * head and its colon must name the meeting and nothing else. What looks like somebody's words is told apart here and never kept.
 */
import type { MinutesKind } from '../domain/minutes.ts'
import type { Clock } from './calendar.ts'
import { keyOf } from './date-words.ts'
import type { Expecting, Intent, MeetingOf, Slots, UnderstandContext } from './intents.ts'
import { isAttribute, type MinutesDraft, readMinutesItem } from './minutes-item-reader.ts'
import { fold } from './normalise.ts'
import { itemsOf } from './period-readers.ts'
import { periodIn } from './period-slot.ts'
import { type Reading, read } from './reading.ts'

/** Questions whose answer is free text. */
const freeAnswers: ReadonlySet<Expecting> = new Set([
  ...(['deeds', 'returnReason', 'reason', 'name', 'code', 'consent', 'rollCall'] as const),
])

const firstWords: ReadonlySet<string> = new Set(
  'bien ghi them bo xin xem doc cho gui nghi quyet cac sua dinh cap xoa huy go minutes note show decision resolution correct edit change remove delete the'.split(
    ' ',
  ),
)
/** One of these stands in every such message, near its beginning. */
const bookWords: ReadonlySet<string> = new Set('bien quyet nhiem giao minutes decision resolution task'.split(' '))
/** A glance at the words, so that other messages cost nothing. */
export const mayBeMinutesWords = ({ tokens }: Reading): boolean =>
  firstWords.has(keyOf(tokens[0])) && tokens.slice(0, 9).some((token) => bookWords.has(keyOf(token)))

const book = '(?:bien ban|minutes)'
const noteHead = new RegExp(
  String.raw`^(?:(?:xin\s+)?(?:ghi|them|bo sung|note)\s+(?:them\s+)?(?:vao\s+|in\s+)?(?:the\s+)?)?(?:${book}|nghi quyet|quyet nghi|quyet dinh|decision|resolution)(?:\s+([^:\n]{1,60}))?\s*:\s*(?=\S)`,
)
const showHead = new RegExp(
  String.raw`^(?:(?:xin|cho|de nghi)\s+(?:(?:toi|em|minh|phep)\s+)?)?(?:(?:xem|doc|gui|show)\s+(?:lai\s+)?(?:cac\s+|the\s+)?(?:${book}|nghi quyet|quyet dinh)|${book})(?=[\s?.!]|$)`,
)
const kindWords = '(?<kind>quyet dinh|quyet nghi|nghi quyet|nhiem vu|viec giao|decision|task)'
const inBook = String.raw`(?:\s+(?:trong|cua|o|of|in)?\s*(?:the\s+)?${book})?`
const editHead = new RegExp(
  String.raw`^(?:sua|dinh chinh|cap nhat|correct|edit|change)\s+(?:lai\s+)?(?:${book}(?<before>[^:\d]*(?:thang \d{1,2}[^:\d]*)?)[\s:,]+)?${kindWords}\s*(?:so\s+)?(?<number>\d{1,2})${inBook}(?<behind>\s+[^:]{1,40}?)?\s*(?::|\bthanh\b|\bto\b|$)\s*`,
)
const removeHead = new RegExp(
  String.raw`^(?:bo|xoa|huy|go|remove|delete)\s+(?:${book}(?<before>[^:\d]*(?:thang \d{1,2}[^:\d]*)?)[\s:,]+)?${kindWords}\s*(?:so\s+)?(?<number>\d{1,2})${inBook}(?<behind>\s+.{1,40}?)?[\s.!]*$`,
)
/** What may stand beside a month, folded. */
const known =
  /\b(?:cuoc hop|buoi hop|ki hop|ky hop|hop|sinh hoat|chi bo|nhom|thuong ki|thuong ky|dinh ki|dinh ky|chuyen de|thang|nam|nay|truoc|vua roi|vua qua|gan day|gan nhat|hom nay|toi nay|toi qua|cua|o|ki|ky|kia|qua|moi nhat|giup|nhe|a|voi|cho|toi|em|of|for|the|last|this|month|meeting|thematic|please|january|february|march|april|may|june|july|august|september|october|november|december|[\d/.-]+)\b/g

/** The meeting that the words name; null where they say something else. */
function meetingIn(words: string, clock: () => Clock): MeetingOf | null {
  const key = fold(words)
  if (key.replace(known, ' ').replace(/[\s:,.!?]+/g, '') !== '') return null
  const { period } = periodIn(read(words), clock)
  // A month that is named and not understood must not come to mean the last meeting.
  if (period === undefined && /\d|\b(?:thang|month|nam)\b/.test(key)) return null
  // Minutes are of a meeting, and a meeting is of a month.
  if (period !== undefined && !/^\d{4}-\d{2}$/.test(period)) return null
  return { ...(period ? { period } : {}), ...(/chuyen de|thematic/.test(key) ? { thematic: true as const } : {}) }
}

const person = String.raw`(?:(?:cac\s+)?(?:dong chi|d\/c|dc|bac|anh|chi|co|chu|ong|ba)\s+)`
const act = String.raw`(?:phat bieu|noi|neu|cho (?:rang|biet|hay)|de nghi|de xuat|kien nghi|phan anh|trinh bay|bao cao|hoi|gop y|co y kien|y kien|thac mac|phe binh|tu phe binh|ban khoan|chia se|phan tich|tham luan|nhan xet|tra loi)`
const speech = [
  new RegExp(
    String.raw`(?:^|[\s,.;:])${person}[^\s,.;:]+(?:\s+[^\s,.;:]+){0,4}?\s+(?:da\s+|cung\s+|tiep tuc\s+)?${act}(?=[\s,.:;]|$)`,
  ),
  /\b(?:noi|cho|phat bieu|de xuat|khang dinh|nhan manh|neu|bao)\s*(?:rang|la:|:)/,
  /\b(?:y kien|phat bieu|loi|tham luan|bai phat bieu|gop y) (?:cua|tu)\b/,
  new RegExp(String.raw`\b(?:y kien|phat bieu|tham luan)\s*(?:\d+\s*)?:?\s*${person}`),
  new RegExp(String.raw`(?:^|[\n;]\s*|\d[.)]\s*)${person}[^\s,.;:]+(?:\s+[^\s,.;:]+){0,4}\s*:`),
  /\bphat bieu\b/,
  /\b(?:said|says|spoke|argued|stated|remarked|opinion of|speech)\b/,
  /:\s*["“]/,
]
const spoke =
  /^(?:(?:so\s+)?(?:luot\s+)?y kien phat bieu\s*:?\s*(\d{1,3})|(?:co\s+)?(\d{1,3})\s+(?:luot\s+|dong chi\s+|nguoi\s+|thanh vien\s+)?(?:y kien\s+)?(?:phat bieu|tham gia y kien)(?:\s+y kien)?|(\d{1,3}) (?:people )?spoke)$/
const chaired = /^(?:nguoi\s+)?(?:chu tri|dieu hanh|chu toa|chaired by|chair)\s*:?\s*(?=\S)/
const kept = /^(?:(?:nguoi\s+)?(?:ghi bien ban|thu k[iy])|minutes by|keeper)\s*:?\s*(?=\S)/
const titleTyped = /^(?:(?:đồng chí|dong chi|đ\/c|đc)\s+)+(?=\S)/iu

/** Parts of a list, each behind the attributes that stand alone ("…; phụ trách: đ/c An; hạn 30/11"). */
function partsOf(body: string, context: UnderstandContext): string[] {
  const parts: string[] = []
  for (const part of itemsOf(body)) {
    if (parts.length > 0 && isAttribute(part, context)) parts[parts.length - 1] += `, ${part}`
    else parts.push(part)
  }
  return parts
}

const office = /^(?:nguoi\s+)?(?:chu tri|dieu hanh|chu toa|ghi bien ban|thu k[iy]|chaired by|chair|minutes by|keeper)\b/
/** "chủ trì đ/c Nguyệt, thư ký đ/c Gấm": both offices in one part. */
function byOffice(part: string): string[] {
  if (!office.test(fold(part))) return [part]
  const pieces: string[] = []
  for (const piece of part.split(/,\s*/)) {
    if (pieces.length === 0 || office.test(fold(piece))) pieces.push(piece)
    else pieces[pieces.length - 1] += `, ${piece}`
  }
  return pieces
}

/** What a body of minutes holds. `speech`: somebody's words are in it, and nothing of it is given. */
function bodyOf(body: string, context: UnderstandContext): Omit<Slots['minutes.note'], 'period' | 'thematic'> {
  const parts = partsOf(body, context).flatMap(byOffice)
  const items: MinutesDraft[] = []
  const slots: Slots['minutes.note'] = {}
  for (const part of parts) {
    const key = fold(part)
    if (key.length !== part.length) return {}
    const count = spoke.exec(key)
    const [chair, keeper] = [chaired.exec(key), kept.exec(key)]
    if (count) slots.speakers = Number(count[1] ?? count[2] ?? count[3])
    else if (chair) slots.chair = part.slice(chair[0].length).replace(titleTyped, '')
    else if (keeper) slots.keeper = part.slice(keeper[0].length).replace(titleTyped, '')
    else if (isSpeech(key)) return { speech: true }
    else {
      const item = readMinutesItem(part, context)
      if (item) items.push(item)
    }
  }
  return { ...slots, ...(items.length > 0 ? { items } : {}) }
}

const isSpeech = (key: string): boolean => speech.some((shape) => shape.test(key))

const kindOf = (words: string): MinutesKind => (/^(?:nhiem vu|viec giao|task)$/.test(words) ? 'task' : 'decision')

const namedActing = /^((?:\p{Lu}[\p{L}'’]*\s+){1,5})(?=\p{Ll})/u

/** "An đề nghị hoãn": the words in capitals before what somebody does who speaks; whether it is anybody, the roster says. */
export function speakerIn(text: string): string | null {
  const name = namedActing.exec(text)?.[1]
  return name && new RegExp(`^(?:da |cung )?${act}(?=[\\s,.:;]|$)`).test(fold(text.slice(name.length)))
    ? name.trim()
    : null
}

/** A whole message of one of these shapes, or null. */
export function readMinutes(text: string, context: UnderstandContext, clock: () => Clock): Intent | null {
  const typed = text.normalize('NFC').trim()
  const key = fold(typed)
  if (key.length !== typed.length || (context.expecting && freeAnswers.has(context.expecting))) return null
  return readEditing(typed, key, context, clock) ?? readShow(typed, key, clock) ?? readNote(typed, key, context, clock)
}

function readNote(typed: string, key: string, context: UnderstandContext, clock: () => Clock): Intent | null {
  const found = noteHead.exec(key)
  if (!found) return null
  const named = found[1] === undefined ? {} : meetingIn(wordsOf(typed, key, found[1]), clock)
  if (!named) return null
  return { intent: 'minutes.note', slots: { ...named, ...bodyOf(typed.slice(found[0].length), context) } }
}

/** The words as typed that a folded piece stands for. */
function wordsOf(typed: string, key: string, piece: string): string {
  const at = key.indexOf(piece)
  return typed.slice(at, at + piece.length)
}

const ofOrganisation =
  /\s+(?:cua|o|tai|of)\s+(?=(?:chi bo|chi uy|dang bo|dang uy|clb|cau lac bo|nhom|to|doi|hoi|ban|don vi|cell|group|club|team)\s+\S)/

function readShow(typed: string, key: string, clock: () => Clock): Intent | null {
  const found = showHead.exec(key)
  if (!found) return null
  const rest = key.slice(found[0].length)
  const of = ofOrganisation.exec(rest)
  const named = meetingIn(typed.slice(found[0].length, of ? found[0].length + of.index : undefined), clock)
  if (!named) return null
  if (!of) return { intent: 'minutes.show', slots: named }
  const from = found[0].length + of.index + of[0].length
  const month = /\s+(?:thang \d{1,2}(?:\s*(?:\/|nam)\s*\d{4})?|thang nay|thang truoc)\s*[?.!]*$/.exec(key.slice(from))
  const period = month ? meetingIn(typed.slice(from + month.index), clock) : {}
  const organisation = typed.slice(from, month ? from + month.index : undefined).replace(/[\s?.!]+$/u, '')
  // "biên bản của chi bộ": one's own.
  if (/^(?:chi bo|nhom|to|clb)(?: (?:minh|ta|toi|em))?$/.test(fold(organisation)))
    return { intent: 'minutes.show', slots: named }
  return { intent: 'minutes.show', slots: { ...named, ...period, organisation } }
}

function readEditing(typed: string, key: string, context: UnderstandContext, clock: () => Clock): Intent | null {
  const edit = editHead.exec(key)
  const remove = edit ? null : removeHead.exec(key)
  const groups = (edit ?? remove)?.groups
  if (!groups) return null
  const named = meetingIn(`${groups.before ?? ''} ${groups.behind ?? ''}`, clock)
  if (!named) return null
  const which = { kind: kindOf(groups.kind!), number: Number(groups.number), ...named }
  if (remove) return { intent: 'minutes.remove', slots: which }
  const body = typed.slice(edit![0].length).trim()
  if (body === '') return { intent: 'minutes.edit', slots: which }
  if (isSpeech(fold(body))) return { intent: 'minutes.edit', slots: { ...which, speech: true } }
  // "sửa quyết định 2: 21/22 tán thành": the words stay as they are.
  if (isAttribute(body, context)) {
    const counted = readMinutesItem(`x, ${body}`, context, which.kind)
    return { intent: 'minutes.edit', slots: { ...which, ...(counted ? { item: { ...counted, content: '' } } : {}) } }
  }
  const item = readMinutesItem(body, context, which.kind)
  return { intent: 'minutes.edit', slots: { ...which, ...(item ? { item } : {}) } }
}

/** Slash commands that `readMinutesCommand` reads: without words they show. */
export const minutesCommandNames = { bienban: 'minutes.show', minutes: 'minutes.show' } as const

/** "/bienban thống nhất …", "/bienban tháng 10", "/bienban sửa quyết định 2: …"; null where the command is another one. */
export function readMinutesCommand(
  name: string,
  rest: string,
  context: UnderstandContext,
  clock: () => Clock,
): Intent | null {
  if (!Object.hasOwn(minutesCommandNames, name)) return null
  const free = { ...context, expecting: undefined, addressed: 'command' as const }
  const body = rest.trim()
  if (body === '') return { intent: 'minutes.show', slots: {} }
  const direct = readMinutes(body, free, clock)
  if (direct) return direct
  const found = readMinutes(`biên bản ${body}`, free, clock) ?? readMinutes(`biên bản: ${body}`, free, clock)
  return found ?? { intent: 'minutes.note', slots: {} }
}
