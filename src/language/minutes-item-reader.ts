/**
 * One decision or task of a meeting as a secretary writes it: "thống nhất mua 10 cây, 20/22 đồng chí tán thành, 1 không tán thành, 1
 * ý kiến khác", "giao đ/c An sửa đường ống, hạn 30/11". Behind the words stand, one by one, counts of hands, who is in charge and a
 * deadline; they are cut off from the end. Counts that are there and are not understood make the whole item unclear: nothing is
 * noted on half of what was said.
 */
import type { MinutesKind, Votes } from '../domain/minutes.ts'
import { resolveDate } from './dates.ts'
import type { UnderstandContext } from './intents.ts'
import { fold } from './normalise.ts'

export interface MinutesDraft {
  kind: MinutesKind
  content: string
  votes?: Votes
  /** All who were there, without a figure. */
  everybody?: true
  /** As typed; `isTitled`: a person for certain. */
  inCharge?: { words: string; isTitled: boolean; memberId?: number }
  due?: string
  /** Candidates for a deadline that may not be guessed (ISO). */
  dueAsk?: string[]
  /** Counts were told that are not understood. */
  unclear?: true
}

type Attribute = Pick<MinutesDraft, 'votes' | 'everybody' | 'inCharge' | 'due' | 'dueAsk'>

const count = String.raw`(\d{1,5})`
const outOf = String.raw`(?:\s*(?:\/|tren|of)\s*(?:tong so\s+)?(\d{1,5}))?`
const people = String.raw`(?:(?:dong chi|d\/c|dc|dang vien|nguoi|phieu|y kien|thanh vien|doan vien|hoi vien|anh chi|members?|people|votes?|voted)\s*)?(?:(?:co mat|du hop|chinh thuc|present)\s*)?(?:(?:da\s+)?(?:bieu quyet|gio tay|bo phieu|voted?)\s*)?`
const yes = String.raw`(?:tan thanh|dong y|nhat tri|thong nhat|dong thuan|ung ho|for|in favou?r|agreed|yes)`
const no = String.raw`(?:khong (?:tan thanh|dong y|nhat tri|thong nhat|ung ho)|phan doi|against|not agreed)`
const other = String.raw`(?:(?:co\s+)?y kien khac|(?:khong|chua) (?:co )?y kien|khong bieu quyet|khong bo phieu|phieu trang|trang|abstain(?:ed|ing)?|abstentions?|abstention|other(?: opinions?)?)`
const sides = [
  ['against', no],
  ['other', other],
  ['for', yes],
] as const

const shapes = sides.map(([side, words]) => ({
  side,
  before: new RegExp(String.raw`^${count}${outOf}\s*${people}(?:co\s+)?${words}$`),
  behind: new RegExp(String.raw`^${words}\s*[:=]?\s*${count}${outOf}\s*${people}$`),
}))
const nobodyElse = [
  ['against', new RegExp(String.raw`^(?:khong (?:ai|co(?: ai)?)|nobody|none|no one)\s*${people}${no}$`)],
  [
    'other',
    /^(?:khong (?:ai|co(?: ai)?)\s*(?:dong chi nao\s*)?(?:co\s+)?y kien khac|no other opinions?|no abstentions?)$/,
  ],
] as const
const everybody = new RegExp(
  String.raw`^(?:100 ?%|tat ca|toan the|toan bo|all)\s*(?:cac\s*)?${people}${yes}$|^${yes}\s*(?:100 ?%|tuyet doi|hoan toan)$`,
)
const leading = /^(?:(?:ket qua|trong do|voi|duoc|va|co|bieu quyet)\s*:?\s+)+/

/** Something that speaks of counts of hands: where it is left over, it was not understood. */
const looksLikeVotes =
  /\d[^,;]*\b(?:tan thanh|bieu quyet|phan doi|y kien khac|phieu trang|in favou?r|against|abstain)|\b(?:tan thanh|phan doi|y kien khac|in favou?r|against|abstain\w*)\b[^,;]*\d|\b(?:khong )?(?:tan thanh|y kien khac)$|\b(?:100 ?%|da so|qua ban|\d+ ?\/ ?\d+)[^,;]*\b(?:dong y|nhat tri|tan thanh|thong nhat|bieu quyet)\b/

/** Adds counts of one clause ("20 tán thành và 2 không tán thành") to what is known; null where it is another thing or said twice. */
function votesIn(clause: string): Attribute | null {
  const key = clause.replace(leading, '').trim()
  if (everybody.test(key)) return { everybody: true }
  let votes: Votes | null = null
  for (const part of key.split(/\s+(?:va|and)\s+(?=\d|khong)/)) {
    const one = oneCount(part.replace(leading, '').trim())
    if (!one) return null
    votes = joined(votes ?? {}, one)
    if (!votes) return null
  }
  return votes && { votes }
}

function oneCount(key: string): Votes | null {
  for (const [side, shape] of nobodyElse) if (shape.test(key)) return { [side]: 0 }
  for (const { side, before, behind } of shapes) {
    const found = before.exec(key) ?? behind.exec(key)
    if (found) return { [side]: Number(found[1]), ...(found[2] === undefined ? {} : { of: Number(found[2]) }) }
  }
  return null
}

/** Both together; null where they contradict each other. Two kinds of "other" (another opinion, no vote) add up. */
function joined(one: Votes, more: Votes): Votes | null {
  if ((one.for !== undefined && more.for !== undefined) || (one.against !== undefined && more.against !== undefined))
    return null
  if (one.of !== undefined && more.of !== undefined && one.of !== more.of) return null
  const both = one.other !== undefined && more.other !== undefined ? { other: one.other + more.other } : {}
  return { ...one, ...more, ...both }
}

const title = String.raw`(?:đồng chí|dong chi|đ\/c|đc|d\/c|bác|anh|chị|cô|chú|ông|bà)`
const titled = new RegExp(String.raw`^(?:${title}\s+)+(?=\S)`, 'iu')
const namedAfterTitle = new RegExp(
  String.raw`(?:^|[\s,(])${title}\s+((?:\p{L}[\p{L}'’]*)(?:\s+\p{Lu}[\p{L}'’]*)*(?:\s+\p{L}+)?)`,
  'giu',
)

/** What stands in capitals behind a title, with the word after it: "đ/c An", "đồng chí Bí thư". */
export function titledNamesIn(text: string): string[] {
  return [...text.matchAll(namedAfterTitle)].flatMap(([, name]) => (name && /^\p{Lu}/u.test(name) ? [name] : []))
}

const inChargeShapes = [
  /^(?:nguoi\s+|giao\s+|don vi\s+)?(?:phu trach|chiu trach nhiem|thuc hien|in charge|responsible)\s*:\s*(?=\S)(.+)$/d,
  /^(?:nguoi\s+)?phu trach (?:la\s+)?(.+)$/d,
  /^(?:do|giao(?: cho)?|phan cong)\s+(.+?)\s+(?:phu trach|thuc hien|chu tri|to chuc thuc hien|chiu trach nhiem|dam nhiem|lo)$/d,
]

function personIn(words: string): { words: string; isTitled: boolean } {
  const plain = words.replace(titled, '').trim()
  return { words: plain, isTitled: plain !== words.trim() }
}

function inChargeIn(typed: string, key: string): Attribute | null {
  for (const shape of inChargeShapes) {
    const at = shape.exec(key)?.indices?.[1]
    if (!at) continue
    const words = typed.slice(at[0], at[1]).trim()
    // "do An và Bình phụ trách": two are no one in charge; it stays in the words.
    if (words.split(/\s+/).length > 7 || /\s(?:va|and)\s|,/.test(fold(words))) return null
    return { inCharge: personIn(words) }
  }
  return null
}

const dueHead = /^(?:thoi han|han chot|han|hoan thanh|xong|truoc|cham nhat|deadline|due|by|until)\b/

function dueIn(typed: string, key: string, { now, timeZone }: UnderstandContext): Attribute | null {
  if (!dueHead.test(key)) return null
  const found = resolveDate(typed, now, timeZone)
  if ('ask' in found) return { dueAsk: found.ask }
  return found.value && /^\d{4}-\d{2}-\d{2}/.test(found.value) ? { due: found.value.slice(0, 10) } : null
}

/** Shares that only repeat what the counts say: "(90,9%)". A wrong one contradicts them. */
function withoutShares(text: string): { text: string; isWrong: boolean } {
  let isWrong = false
  const shape =
    /(\d{1,5})\s*\/\s*(\d{1,5})([^,;()/]{0,40}?)\s*(?:,?\s*(?:đạt|dat|=)\s*)?\(?\s*(\d{1,3}(?:[.,]\d{1,2})?)\s*%\s*\)?/giu
  const plain = text.replace(shape, (_, part: string, whole: string, between: string, share: string) => {
    const wanted = (100 * Number(part)) / Number(whole)
    if (Math.abs(wanted - Number(share.replace(',', '.'))) > 0.6) isWrong = true
    return `${part}/${whole}${between}`
  })
  return { text: plain, isWrong }
}

const taskHead = /^(?:nhiem vu|viec giao|phan cong|task)\s*:\s*(?=\S)/
const decisionHead = /^(?:quyet dinh|quyet nghi|nghi quyet|ket luan|decision|resolved)\s*:\s*(?=\S)/
/** "giao đ/c An kiểm tra đường ống": a name in capitals behind its title, then what is to be done. */
const given = new RegExp(
  String.raw`^(?:giao(?: cho)?|phân công|phan cong|Giao(?: cho)?|Phân công)\s+(?:${title})\s+((?:\p{Lu}[\p{L}'’]*\s+){1,5})(?=\p{Ll})`,
  'u',
)
const separator = /\s*(?:[,;()]|\.(?=\s|$)|\s[–-](?=\s))\s*/g

/** Clauses with the places where they stand in the text. */
function clausesOf(text: string): { from: number; to: number; start: number }[] {
  const found: { from: number; to: number; start: number }[] = []
  let [from, start] = [0, 0]
  for (const match of text.matchAll(separator)) {
    found.push({ from, to: match.index, start })
    start = match.index
    from = match.index + match[0].length
  }
  found.push({ from, to: text.length, start })
  return found
}

/** An attribute and nothing else: a part of a list that belongs to the item before it. */
export function isAttribute(typed: string, context: UnderstandContext): boolean {
  const text = typed.normalize('NFC').trim()
  const key = fold(text)
  return clausesOf(text).every(
    ({ from, to }) => from === to || attributeOf(text.slice(from, to), key.slice(from, to), context) !== null,
  )
}

function attributeOf(typed: string, key: string, context: UnderstandContext): Attribute | null {
  return votesIn(key.trim()) ?? inChargeIn(typed, key) ?? dueIn(typed, key, context)
}

/** One item, or null where nothing is left to note. */
export function readMinutesItem(typed: string, context: UnderstandContext, kind?: MinutesKind): MinutesDraft | null {
  const shares = withoutShares(typed.normalize('NFC').trim())
  let text = shares.text
  if (fold(text).length !== text.length) return null
  const head = taskHead.exec(fold(text))
  const decided = decisionHead.exec(fold(text))
  text = text.slice((head ?? decided)?.[0].length ?? 0)
  let found: Attribute = {}
  let unclear = shares.isWrong
  const who = given.exec(text)
  if (who) {
    found.inCharge = { words: who[1]!.trim(), isTitled: true }
    text = text.slice(who[0].length)
  }
  const key = fold(text)
  let end = text.length
  for (const { from, to, start } of clausesOf(text).reverse()) {
    if (start === 0 && from === 0) break
    if (from === to) {
      end = start
      continue
    }
    const attribute = attributeOf(text.slice(from, to), key.slice(from, to), context)
    if (!attribute) break
    const votes = attribute.votes && found.votes ? joined(attribute.votes, found.votes) : attribute.votes
    if (votes === null || Object.keys(attribute).some((name) => name !== 'votes' && name in found)) unclear = true
    found = { ...found, ...attribute, ...(votes ? { votes } : {}) }
    end = start
  }
  // "… với 20/22 đồng chí tán thành" without a comma.
  const joiner = /\s+(?:voi|duoc)\s+(?=(?:\d|100))/g
  const last = [...key.slice(0, end).matchAll(joiner)].at(-1)
  const tail = last && votesIn(key.slice(last.index + last[0].length, end).trim())
  if (last && tail) {
    const votes = tail.votes && found.votes ? joined(tail.votes, found.votes) : (tail.votes ?? found.votes)
    if (votes === null) unclear = true
    found = { ...found, ...tail, ...(votes ? { votes } : {}) }
    end = last.index
  }
  const content = text
    .slice(0, end)
    .replace(/[\s,;.–-]+$/u, '')
    .trim()
  if (content === '') return null
  if (looksLikeVotes.test(fold(content)) || (found.everybody && found.votes)) unclear = true
  const isTask = head !== null || (decided === null && !found.votes && !found.everybody && isGiven(found, content))
  return { kind: kind ?? (isTask ? 'task' : 'decision'), content, ...found, ...(unclear ? { unclear: true } : {}) }
}

/** A task says who or by when; "giao chi uỷ …" says who in its words. */
function isGiven(found: Attribute, content: string): boolean {
  if (found.inCharge || found.due || found.dueAsk) return true
  return /^(?:giao|phan cong)\b/.test(fold(content))
}
