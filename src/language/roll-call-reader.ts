/**
 * What the secretary answers to a roll call: "vắng: An (công tác), Bình không phép; còn lại có mặt", "đủ cả", and
 * corrections later ("sửa điểm danh tháng 10: Bình có mặt"). Only these shapes are read: a name that stands where none is
 * expected makes the whole text something else, so that nobody is marked absent by a guess.
 */
import type { ReasonKind } from './intents.ts'
import { fold } from './normalise.ts'
import { read } from './reading.ts'
import { reasonKindIn } from './reasons.ts'

export interface RollCallEntry {
  /** As typed, without titles. */
  name: string
  mark: 'present' | 'absent' | 'excused' | 'unexcused'
  reasonKind?: ReasonKind
  /** Set once "which one?" was answered. */
  memberId?: number
}

export interface RollCallResult {
  entries: RollCallEntry[]
  /** Everybody who is not named was there. */
  restPresent?: true
  /** A correction of a roll call that was closed. */
  correction?: true
  /** Which meeting, where that was said; else the last one. */
  which?: WhichMeeting
}

export interface WhichMeeting {
  /** 1 to 12. */
  month?: number
  /** With its month. */
  day?: number
  thematic?: boolean
  /** Set once "which one?" was answered. */
  occurrence?: string
}

const everybody =
  /^(?:(?:có mặt|co mat|dự|du|họp|hop)\s+)?(?:đủ|du|đầy đủ|day du|đông đủ|dong du)(?:\s+(?:cả|ca|hết|het|rồi|roi|mặt|mat))*(?:\s+(?:ạ|a|nhé|nhe))?[.!]?$|^(?:không|khong|ko|k)\s+(?:có\s+|co\s+)?(?:ai|đồng chí nào|dong chi nao|đ\/c nào)\s+(?:vắng|vang)(?:\s+(?:mặt|mat|cả|ca))*[.!]?$|^(?:tất cả|tat ca|toàn bộ|toan bo|mọi người|moi nguoi|cả chi bộ|ca chi bo|đủ|du|đầy đủ|day du)(?:\s+(?:đều|deu))?\s+(?:có mặt|co mat)(?:\s+(?:đủ|du|đầy đủ|day du|cả|ca|hết|het|ạ|a))*[.!]?$|^(?:everybody|everyone|all)(?: is| are)? (?:here|present)[.!]?$|^nobody(?: is)? absent[.!]?$/iu
/** "buổi họp chuyên đề tháng 10", "ngày 5/12/2026", "hôm 5/12": of which meeting. */
const which = String.raw`(?:\s+(?:của|cua|of|for|cho))?(?:\s+(?:the\s+)?(?:buổi|buoi|kỳ|ky|cuộc|cuoc))?(?:\s+(?:họp|hop|sinh hoạt|sinh hoat|meeting))?(?:\s+(?<kind>chuyên đề|chuyen de|thường kỳ|thuong ky|thematic|regular)(?:\s+meeting)?)?(?:\s+(?:ngày|ngay|hôm|hom|on)?\s*(?<day>\d{1,2})\s*[/.-]\s*(?<dayMonth>\d{1,2})(?:[/.-]\d{4})?|\s+(?:của\s+|cua\s+)?(?:tháng|thang|of month|month)\s+(?<month>\d{1,2})(?:/\d{4})?)?`
const heading = new RegExp(
  String.raw`^/?(?:kết quả\s+|ket qua\s+)?(?:điểm danh|diem danh|diemdanh|roll ?call)(?:@\S+)?(?:${which}(?=\s*[:,–-]))?\s*[:,–-]?\s*`,
  'iu',
)
const correctionHeading = new RegExp(
  String.raw`^(?:sửa|sua|đính chính|dinh chinh|correct)\s+(?:kết quả\s+|ket qua\s+|the\s+)?(?:điểm danh|diem danh|roll ?call)${which}\s*[:,–-]\s*`,
  'iu',
)
const absentHeading =
  /^(?:(?:có|co)\s+)?(?:vắng|vang|absent)(?:\s+(?:mặt|mat))?(?:\s+(?:có|co)\s+(\d{1,3})(?=\s))?(?:\s+(\d{1,3})(?=\s))?(?:\s+(?:đồng chí|dong chi|đ\/c|đc))?(\s+(?:không|khong|ko|k)\s+(?:phép|phep|lý do|ly do|lí do)|\s+(?:có|co)\s+(?:phép|phep|lý do|ly do|lí do))?\s*:?\s*/iu
const rest =
  /^(?:(?:các|cac)\s+(?:đồng chí|dong chi|đ\/c)\s+)?(?:còn lại|con lai|số còn lại|so con lai|các đ\/c khác|the rest|others)(?:\s+(?:đều|deu|là|la|thì|thi|is|are))*\s+(?:có mặt|co mat|đủ|du|đủ cả|du ca|dự|dự đủ|du du|họp đủ|hop du|present|here)(?:\s+(?:cả|ca|hết|het|đủ|du|đầy đủ|day du|ạ|a))*[.!]?$/iu
const title = /^(?:(?:đồng chí|dong chi|đ\/c|đc|bác|anh|chị|cô|chú|bac|chi|co|chu|ông|bà)\s+)+(?=\S)/iu

const withoutLeave = /\b(?:khong|ko|k|chua)\s+(?:phep|ly do|li do|xin phep|bao)\b|\bunexcused\b|\bno reason\b/
const withLeave = /\b(?:co)\s+(?:phep|ly do|li do)\b|\b(?:co|da)\s+(?:xin|bao)\b|\bxin phep\b|\bexcused\b/
const here = /^(.*?)\s+(?:đã\s+|da\s+|có|co|vẫn|van)?\s*(?:có mặt|co mat|mặt|mat|present|đến|den|dự|du)[.!]?$/iu
const away = /^(.*?)\s+(?:vắng|vang|absent)(?:\s+(?:mặt|mat))?\b\s*(.*)$/iu
/** Reasons that are no name, so that they may stand behind one without a bracket. */
const plainReason =
  '(?:bị\\s+|bi\\s+|con\\s+)?(?:ốm|om|mệt|met)|(?:đi\\s+|di\\s+)?(?:công tác|cong tac)|(?:bận|ban)\\s+(?:việc|viec).*|bận|(?:có\\s+|co\\s+)?(?:việc|viec)\\s+.+|(?:đi|di)\\s+(?:viện|vien|khám|kham|học|hoc|vắng|vang|xa).*|(?:nằm|nam)\\s+(?:viện|vien)|(?:về|ve)\\s+(?:quê|que)'
/** A name and, in brackets or behind a dash or plainly, how the absence stands. */
const named = new RegExp(
  String.raw`^([\p{L}\s'’.]+?)\s*(?:\s((?:không|khong|ko|k|có|co|xin|no)\s+(?:phép|phep|lý do|ly do|lí do|reason)|${plainReason}))?\s*(?:\(([^)]*)\)|[–-]\s*(.+))?[.!]?$`,
  'iu',
)
const maxNameWords = 6

function markOf(words: string): Pick<RollCallEntry, 'mark' | 'reasonKind'> | null {
  const key = fold(words).trim()
  if (key === '') return { mark: 'absent' }
  if (withoutLeave.test(key)) return { mark: 'unexcused' }
  const reasonKind = reasonKindIn(read(words).tokens)
  if (reasonKind) return { mark: 'excused', reasonKind }
  return withLeave.test(key) ? { mark: 'excused' } : null
}

function entryOf(part: string, mark: RollCallEntry['mark'] | null): RollCallEntry | null {
  const found = named.exec(part.replace(title, ''))
  const name = found?.[1]?.trim()
  if (!found || !name || name.split(/\s+/).length > maxNameWords) return null
  const own = markOf([found[2], found[3] ?? found[4]].filter(Boolean).join(' '))
  if (!own) return null
  return { name, ...(own.mark === 'absent' && mark ? { mark } : own) }
}

/** Splits at commas, "và" and line breaks, but not within brackets. */
function partsOf(list: string): string[] {
  return list
    .split(/\s*(?:,|\n|\s(?:và|va|and)\s)\s*(?![^(]*\))/iu)
    .map((part) => part.trim())
    .filter((part) => part !== '')
}

/** Null where a day or month is none. */
function whichOf(found: RegExpExecArray): { which?: WhichMeeting } | null {
  const { kind, day, dayMonth, month } = found.groups ?? {}
  const said = {
    ...(month || dayMonth ? { month: Number(month ?? dayMonth) } : {}),
    ...(day ? { day: Number(day) } : {}),
    ...(kind ? { thematic: /chuy|thematic/i.test(kind) } : {}),
  }
  if (said.month !== undefined && (said.month < 1 || said.month > 12)) return null
  if (said.day !== undefined && (said.day < 1 || said.day > 31)) return null
  return Object.keys(said).length === 0 ? {} : { which: said }
}

function correctionOf(text: string, which: { which?: WhichMeeting }): RollCallResult | null {
  const entries: RollCallEntry[] = []
  for (const part of partsOf(text.replaceAll(';', ','))) {
    const absent = away.exec(part)
    const present = absent ? null : here.exec(part)
    if (absent) {
      const entry = entryOf(absent[1]!, null)
      const mark = markOf(absent[2]!.replace(/[()]/g, ' '))
      if (!entry || !mark) return null
      entries.push({ ...entry, ...mark })
    } else if (present) {
      const entry = entryOf(present[1]!, 'present')
      if (!entry) return null
      entries.push({ ...entry, mark: 'present' })
    } else return null
  }
  return entries.length === 0 ? null : { entries, correction: true, ...which }
}

/**
 * The result of a roll call, or null. `isOpen`: one was opened in this chat, so that "đủ cả" or a bare "vắng: An" is an
 * answer; otherwise the text has to say that it is about a roll call or the rest of the members.
 */
export function readRollCall(typed: string, isOpen: boolean): RollCallResult | null {
  const text = typed.normalize('NFC').trim()
  if (text.length > 1_500) return null
  const correcting = correctionHeading.exec(text)
  if (correcting) {
    const which = whichOf(correcting)
    return which && correctionOf(text.slice(correcting[0].length), which)
  }
  const headed = heading.exec(text)
  const isHeaded = headed !== null
  const meeting = headed ? whichOf(headed) : {}
  if (!meeting) return null
  const body = text.slice(headed?.[0].length ?? 0).trim()
  if (body === '') return null
  if (everybody.test(body)) return isHeaded || isOpen ? { entries: [], restPresent: true, ...meeting } : null
  const entries: RollCallEntry[] = []
  let restPresent = false
  for (const clause of body.split(
    /\s*(?:;|\n|\.(?=\s)|,\s*(?=(?:các (?:đồng chí|đ\/c) )?(?:còn lại|con lai|số còn lại|the rest)))\s*/iu,
  )) {
    if (clause === '') continue
    if (rest.test(clause)) {
      restPresent = true
      continue
    }
    const head = absentHeading.exec(clause)
    if (!head) return null
    const list = clause.slice(head[0].length)
    const kind = head[3] === undefined ? null : withoutLeave.test(fold(head[3])) ? 'unexcused' : 'excused'
    const found = partsOf(list).map((part) => entryOf(part, kind))
    if (found.length === 0 || found.some((entry) => entry === null)) return null
    const said = head[1] ?? head[2]
    // "vắng 3: An, Bình" contradicts itself: nothing is recorded on half of what was said.
    if (said !== undefined && Number(said) !== found.length) return null
    entries.push(...(found as RollCallEntry[]))
  }
  if (entries.length === 0) return null
  if (!isHeaded && !isOpen && !restPresent) return null
  return { entries, ...(restPresent ? { restPresent: true as const } : {}), ...meeting }
}
