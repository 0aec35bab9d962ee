/**
 * Of which year somebody speaks: "việc 1 năm ngoái xong rồi", "việc của tôi năm 2026", "năm 2026: việc 1 xong". Only where the
 * year stands directly beside the deed: anywhere else it belongs to what is told of it.
 */
import { withoutMention } from './bot-names.ts'
import { clockAt } from './calendar.ts'
import type { Expecting, Intent, UnderstandContext } from './intents.ts'
import { fold } from './normalise.ts'

/** What may be said of a deed of another year; `none` because the year in between hides the command. */
const ofDeeds: ReadonlySet<Intent['intent']> = new Set([
  ...(['none', 'pledge.mine', 'pledge.edit', 'pledge.withdraw', 'pledge.approve', 'pledge.return'] as const),
  ...(['progress.report', 'deed.describe', 'deed.evidence', 'deed.rate', 'deed.selfRate'] as const),
])

/** Questions whose answer is free text. */
const freeAnswers: ReadonlySet<Expecting> = new Set([
  ...(['deeds', 'returnReason', 'reason', 'name', 'code', 'consent', 'rollCall'] as const),
])

const year = String.raw`(?:(?:của|cua|trong|of|in|from)\s+)?(?:(?:năm|nam)\s+(ngoái|ngoai|trước|truoc|rồi|roi|nay|này|20\d{2})|(last year|this year)|(?<=\b(?:of|in|from)\s{1,9})(20\d{2}))(?:\s+(?:vừa rồi|vua roi|vừa qua|vua qua))?`
const deed = String.raw`(?:việc|viec|deeds?|v|\/(?:vieccuatoi|mine)(?:@\S+)?)`
const number = String.raw`(?:\s*(?:(?:số|so)\s*)?\d{1,2})`
const whose = String.raw`(?:\s+(?:của|cua)\s+(?:tôi|toi|mình|minh|em|chi bộ|chi bo|tập thể|tap the|đảng uỷ|đảng ủy|dang uy|(?:đ\/c|đc|đồng chí|dong chi|dc)\s+\p{L}+(?:\s+\p{Lu}\p{L}*)*)|\s+(?:tập thể|tap the|of the group))`
/** "việc 1 năm ngoái", "việc của tôi năm 2026", "việc 1 của chi bộ năm ngoái": the year, and what its deed must end with before it. */
const yearAfter = new RegExp(String.raw`(?<=\S)(?:\s{0,9},)?\s{1,9}${year}(?=[\s,.:;?!]|$)`, 'giu')
const deedBefore = new RegExp(String.raw`(?:^|[\s,.:])${deed}${number}?${whose}?$`, 'iu')
/** A deed and whose it is are told in fewer characters. */
const longestDeed = 120
/** "năm 2026: việc 1 xong". */
const before = new RegExp(String.raw`^\s*${year}\s*[:,]?\s+(?=${deed}(?:${number}|\s+(?:của|cua)\s))`, 'iu')

const asks = String.raw`(?:tôi|toi|mình|minh|em|cháu|chau)\s+(?:(?:đã|da)\s+)?(?:đăng ký|đăng kí|dang ky|dang ki|đk|dk|có|co|làm|lam)(?:\s+(?:được|duoc))?\s+(?:(?:những|nhung|các|cac)\s+)?(?:(?:việc|viec)\s+)?(?:gì|gi|nào|nao|mấy việc|may viec|bao nhiêu việc|bao nhieu viec)`
/** "năm ngoái tôi đăng ký những gì", "tôi đăng ký những gì năm ngoái": one's own list, of that year. */
const askedFirst = new RegExp(String.raw`^\s*${year}\s*[:,]?\s+(?:thì\s+|thi\s+)?${asks}[\s?.!ạa]*$`, 'iu')
const askedLast = new RegExp(String.raw`^\s*${asks}\s+${year}[\s?.!ạa]*$`, 'iu')

function yearOf(found: RegExpExecArray, context: UnderstandContext): number {
  const word = fold(found[1] ?? found[2] ?? found[3] ?? '')
  if (/^20\d{2}$/.test(word)) return Number(word)
  const { year: present } = clockAt(context.now, context.timeZone)
  return word === 'nay' || word === 'this year' ? present : present - 1
}

function besideDeed(text: string): RegExpExecArray | null {
  for (const found of text.matchAll(yearAfter))
    if (deedBefore.test(text.slice(Math.max(0, found.index - longestDeed), found.index))) return found
  return null
}

/** The text without the year that stands beside a deed, and that year; null where none does. */
export function withoutYear(
  given: Intent,
  text: string,
  context: UnderstandContext,
): { text: string; year: number } | null {
  if (context.addressed === 'none' || (context.expecting && freeAnswers.has(context.expecting))) return null
  const plain = withoutMention(text, context.botNames).normalize('NFC')
  const asked = plain.length > longestDeed ? null : (askedFirst.exec(plain) ?? askedLast.exec(plain))
  if (asked) return { text: 'việc của tôi', year: yearOf(asked, context) }
  if (!isOfDeeds(given)) return null
  const found = before.exec(plain) ?? besideDeed(plain)
  if (!found) return null
  const rest = `${plain.slice(0, found.index)}${plain.slice(found.index + found[0].length)}`
  return { text: rest, year: yearOf(found, context) }
}

export const isOfDeeds = ({ intent }: Intent): boolean => ofDeeds.has(intent)
