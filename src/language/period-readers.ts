/**
 * What is said of a period's books and of its review: "khoá sổ 6 tháng", "mở lại sổ quý 3 của Chi bộ Đông vì: …", "hạn chế 6
 * tháng: 1. … 2. …", "nhiệm vụ năm: …", and "mở đợt đăng ký năm 2026 đến 31/3". Only whole sentences of these shapes are read;
 * each has a slash command as well.
 */
import type { Clock } from './calendar.ts'
import { resolveDate } from './dates.ts'
import type { Expecting, Intent, Slots, UnderstandContext } from './intents.ts'
import { fold } from './normalise.ts'
import { isNobody, organisationIn, withoutCourtesy } from './organisation-words.ts'
import { periodIn } from './period-slot.ts'
import { read } from './reading.ts'

const shapes = {
  // "Chốt số liệu" asks for the figures; only what locks the books closes them.
  close:
    /^(?:(?:xin|de nghi)\s+)?(?:khoa so(?: lieu)?|(?:chot|dong|ket)\s+so(?! lieu)|close(?: the)? books)(?=[\s:,.!]|$)[\s:,]*/,
  reopen: /^(?:(?:xin|de nghi)\s+)?(?:mo lai (?:so(?: lieu)?|ki|ky)|reopen(?: the)? books)(?=[\s:,.!]|$)[\s:,]*/,
  limits: /^(?:cac\s+)?(?:han che|ton tai|limits)(?:,?\s+(?:ton tai|khuyet diem))?(\s+[^:\n]{0,40})?:\s*(?=\S)/,
  tasks:
    /^(?:cac\s+)?(?:nhiem vu|phuong huong|tasks)(?:\s+(?:trong tam|toi|thoi gian toi))?(\s+[^:\n]{0,40})?:\s*(?=\S)/,
  open: /^(?:xin\s+)?(?:mo|phat dong|open)\s+(?:dot\s+)?(?:dang k[iy]|registration)(?=[\s:,.!]|$)[\s:,]*/,
}

/** Questions whose answer is free text: "hạn chế: túi ni lông" may well be a deed. */
const freeAnswers: ReadonlySet<Expecting> = new Set([
  ...(['deeds', 'returnReason', 'reason', 'name', 'code', 'consent', 'rollCall'] as const),
])

/** Folded words with which a message of one of these shapes begins. */
const firstWords: ReadonlySet<string> = new Set(
  'xin de khoa chot dong ket close mo reopen cac han ton limits nhiem phuong tasks phat open nhan danh kiem so tong review'.split(
    ' ',
  ),
)
export const mayBePeriodWords = (firstWord: string): boolean => firstWords.has(firstWord)

/** Text and its folded form of the same length, so that what is found in one can be cut from the other. */
function aligned(text: string): { typed: string; key: string } | null {
  const typed = text.normalize('NFC').trim()
  const key = fold(typed)
  return key.length === typed.length ? { typed, key } : null
}

const cleaned = (text: string) => text.trim().replace(/[\s.;,!]+$/, '')

/** "1. … 2. …", lines, or `;`: the items of a list as typed. */
export function itemsOf(text: string): string[] {
  const plain = text.normalize('NFC').trim()
  const numbered = plain.split(/(?:^|[\s;])\d{1,2}\s*[.)]\s+/u).filter((part) => part.trim() !== '')
  const isNumbered = /^\d{1,2}\s*[.)]\s/u.test(plain)
  const parts = isNumbered ? numbered : plain.split(/\s*(?:\n|;)\s*/u)
  return parts.map((part) => cleaned(part.replace(/^\s*[-+•*–]\s*/u, ''))).filter((part) => part !== '')
}

const periodOf = (words: string, clock: () => Clock): { period?: string } => periodIn(read(words), clock)

/** What may stand beside the period when books are closed, folded. */
const everythingBelow =
  /(?:va |cua |cho )?(?:ca |toan |cac |tat ca )+(?:cap duoi|dang bo|don vi|chi bo)(?: truc thuoc)?|\ball below\b/
const known =
  /\b(?:so lieu|so|ki|ky|quy|thang|nam|nay|truoc|dau|cuoi|ngoai|nua|giup|ho|gium|nhe|nha|a|voi|toi|em|minh|cho|luon|cac (?:dong chi|d\/c|bac)|dong chi|ca nha|moi nguoi|cua|chi bo|di|i{1,3}|iv|h[12]|q[1-4]|the|of|for|period|year|quarter|half|this|last|[\d/.-]+)\b/g

/** "khoá sổ", "khoa so", but not "chốt số": a number is no book. */
const isOfBooks = (said: string) => !/(?:^|\s)(?:chốt|chot|đóng|dong|kết|ket)\s+số(?=[\s:,.!]|$)/iu.test(said)

/** What stands before the organisation, or everything where none is named, is period and particles alone. */
const isKnown = (key: string) => key.replace(known, ' ').replace(/[\s:,.!]+/g, '') === ''

/** The organisation that the words name: null is one's own, undefined where other things are told. */
function whoseBooks(words: string, key: string): { before: string; name: string | null } | undefined {
  const joint = /(?:^|\s)(?:cua|cho|of)\s+(?=\S)/.exec(key)
  // "quý 3 chi bộ Đông": the name begins with the word for what it is.
  const starts = [...key.matchAll(/(?:^|(?<=\s))\S/g)].map((each) => each.index)
  const bare = starts.find((at) => isKnown(key.slice(0, at)) && organisationIn(words.slice(at)) !== null)
  if (bare !== undefined && (!joint || bare <= joint.index + joint[0].length)) {
    const { name, period } = organisationIn(words.slice(bare))!
    return { before: `${words.slice(0, bare)} ${period}`, name }
  }
  const typed = joint ? withoutCourtesy(cleaned(words.slice(joint.index + joint[0].length))) : ''
  if (joint && typed !== '' && !isNobody(typed) && isKnown(key.slice(0, joint.index)))
    return { before: words.slice(0, joint.index), name: typed }
  return isKnown(key) ? { before: words, name: null } : undefined
}

function readClose(words: string, key: string, clock: () => Clock): Intent | null {
  const slots: Slots['period.close'] = periodOf(words, clock)
  if (everythingBelow.test(key)) {
    slots.below = true
    return isKnown(key.replace(everythingBelow, ' ')) ? { intent: 'period.close', slots } : null
  }
  const whose = whoseBooks(words, key)
  if (!whose) return null
  const named = whose.name === null ? {} : { name: whose.name }
  return { intent: 'period.close', slots: { ...periodOf(whose.before, clock), ...named } }
}

/**
 * Where the reason begins: "vì: …", "lý do …". "Vị" in "Đơn vị", also without its mark, and a capital in a name are none. With a
 * colon it is one beyond doubt.
 */
function reasonIn(words: string, key: string): { at: number; from: number } | null {
  const all = [...key.matchAll(/[\s,:;.]+(vi|ly do|li do|because|reason)(\s*:)?\s+(?=\S)/g)].filter((found) => {
    const at = found.index + found[0].indexOf(found[1]!)
    const typed = words.slice(at, at + found[1]!.length)
    if (found[1] !== 'vi') return true
    if (typed === 'vì' || typed === 'Vì' || typed === 'VÌ') return true
    return typed === 'vi' && !/(?:^|\s)don$/.test(key.slice(0, found.index))
  })
  const found = all.find((each) => each[2] !== undefined) ?? all[0]
  return found ? { at: found.index, from: found.index + found[0].length } : null
}

function readReopen(words: string, key: string, clock: () => Clock): Intent | null {
  const reason = reasonIn(words, key)
  const until = reason?.at ?? words.length
  const whose = whoseBooks(words.slice(0, until), key.slice(0, until))
  if (!whose) return null
  const slots: Slots['period.reopen'] = periodOf(whose.before, clock)
  if (whose.name !== null) slots.name = whose.name
  if (reason) slots.reason = cleaned(words.slice(reason.from))
  return { intent: 'period.reopen', slots }
}

function readOpen(words: string, context: UnderstandContext): Intent | null {
  const key = fold(words)
  const year = /\b(20\d{2})\b/.exec(key.replace(/\d{1,2}\s*[/.-]\s*\d{1,2}\s*[/.-]\s*20\d{2}/g, ' '))?.[1]
  const until = /(?:^|\s)(?:den het|den|het|truoc|han|until|by)\s+(?:ngay\s+)?(?=\S)/.exec(key)
  const slots: Slots['campaign.open'] = {}
  if (year) slots.year = Number(year)
  if (until) {
    const value = dateIn(words.slice(until.index + until[0].length), context)
    if (value === null) return { intent: 'campaign.open', slots }
    slots.closesOn = value
  }
  const from = /(?:^|\s)(?:tu|from)\s+(?:ngay\s+)?(?=\S)/.exec(key.slice(0, until?.index))
  if (from) {
    const value = dateIn(words.slice(from.index + from[0].length, until?.index), context)
    if (value !== null) slots.opensOn = value
  }
  const said = key.slice(0, Math.min(from?.index ?? key.length, until?.index ?? key.length))
  const rest = said.replace(
    /\b(?:viec|lam theo|bac|hoc tap|va|nam|nay|moi|cho|chi bo|ca|toan|the|of|for|year|20\d{2})\b/g,
    ' ',
  )
  return /^[\s:,.!]*$/.test(rest) ? { intent: 'campaign.open', slots } : null
}

function dateIn(words: string, { now, timeZone }: UnderstandContext): string | null {
  const found = resolveDate(cleaned(words), now, timeZone)
  return 'value' in found && typeof found.value === 'string' && /^\d{4}-\d{2}-\d{2}/.test(found.value)
    ? found.value.slice(0, 10)
    : null
}

/** A whole message of one of these shapes, or null. */
export function readPeriodWords(text: string, context: UnderstandContext, clock: () => Clock): Intent | null {
  const message = aligned(text)
  if (!message || (context.expecting && freeAnswers.has(context.expecting))) return null
  const { typed, key } = message
  const after = (found: RegExpExecArray) => [typed.slice(found[0].length), key.slice(found[0].length)] as const
  const close = shapes.close.exec(key)
  if (close) return isOfBooks(typed.slice(0, close[0].length)) ? readClose(...after(close), clock) : null
  const reopen = shapes.reopen.exec(key)
  if (reopen) return readReopen(...after(reopen), clock)
  const open = shapes.open.exec(key)
  if (open) return readOpen(after(open)[0], context)
  if (context.addressed !== 'private' && context.addressed !== 'command') return null
  return readReview(message, clock)
}

/** "Nhận xét quý 4: hạn chế: …; nhiệm vụ: …": the period once, for both parts. */
const reviewHead =
  /^(?:nhan xet|danh gia|kiem diem|so ket|tong ket|review(?: of)?)\s+([^:\n]{1,40}?)\s*[:,;.]\s*(?=(?:cac\s+)?(?:han che|ton tai|nhiem vu|phuong huong|limits|tasks)\b)/
/** Where the other part begins within one message. */
const otherPart = /[;.\n]\s*(?=(?:cac\s+)?(?:han che|ton tai|nhiem vu|phuong huong|limits|tasks)\b[^:;\n]{0,40}:)/

/** Only in private: in a group "nhiệm vụ: …" is what people write to each other. */
function readReview({ typed, key }: { typed: string; key: string }, clock: () => Clock): Intent | null {
  const head = reviewHead.exec(key)
  const period = head ? periodOf(head[1]!, clock) : {}
  if (head && !period.period) return null
  const from = head?.[0].length ?? 0
  const slots: Slots['period.review'] = period
  for (let at = from; at < key.length; ) {
    const next = otherPart.exec(key.slice(at))
    const end = next ? at + next.index : key.length
    const part = partOfReview(typed.slice(at, end), key.slice(at, end), clock)
    if (!part || (part.limits ? slots.limits : slots.tasks)) return null
    Object.assign(slots, part)
    at = next ? end + next[0].length : end
  }
  return slots.limits || slots.tasks ? { intent: 'period.review', slots } : null
}

/** "hạn chế quý 3: 1. … 2. …" */
function partOfReview(typed: string, key: string, clock: () => Clock): Slots['period.review'] | null {
  for (const [part, shape] of [
    ['limits', shapes.limits],
    ['tasks', shapes.tasks],
  ] as const) {
    const found = shape.exec(key)
    if (!found) continue
    const named = found[1] ?? ''
    const period = named.trim() === '' ? {} : periodOf(named, clock)
    // Words between the head and the colon that name no period: something else is being told.
    if (named.trim() !== '' && !period.period) return null
    const items = itemsOf(typed.slice(found[0].length))
    return items.length === 0 ? null : { ...period, [part]: items }
  }
  return null
}

/** Slash commands that `readPeriodCommand` reads, and what each is. */
export const periodCommandNames = {
  khoaso: 'period.close',
  closebooks: 'period.close',
  molaiso: 'period.reopen',
  reopenbooks: 'period.reopen',
  modot: 'campaign.open',
  opencampaign: 'campaign.open',
  hanche: 'period.review',
  limits: 'period.review',
  nhiemvu: 'period.review',
  tasks: 'period.review',
} as const

const commandHeads: Readonly<Record<string, string>> = {
  khoaso: 'khoá sổ',
  closebooks: 'close books',
  molaiso: 'mở lại sổ',
  reopenbooks: 'reopen books',
  modot: 'mở đợt đăng ký',
  opencampaign: 'open registration',
}

/** "/khoaso 6 tháng" and its like; null where the command is another one. */
export function readPeriodCommand(
  name: string,
  rest: string,
  context: UnderstandContext,
  clock: () => Clock,
): Intent | null {
  if (!Object.hasOwn(periodCommandNames, name)) return null
  const free = { ...context, expecting: undefined, addressed: 'command' as const }
  const head = commandHeads[name]
  if (head) {
    const found = readPeriodWords(`${head} ${rest}`, free, clock)
    if (found) return found
    if (name === 'modot' || name === 'opencampaign') return { intent: 'campaign.open', slots: {} }
    return { intent: name === 'khoaso' || name === 'closebooks' ? 'period.close' : 'period.reopen', slots: {} }
  }
  const part = ({ hanche: 'limits', limits: 'limits', nhiemvu: 'tasks', tasks: 'tasks' } as const)[name]
  if (!part) return null
  const word = part === 'limits' ? 'hạn chế' : 'nhiệm vụ'
  const found = readPeriodWords(`${word} ${rest}`, free, clock) ?? readPeriodWords(`${word}: ${rest}`, free, clock)
  return found ?? { intent: 'period.review', slots: {} }
}
