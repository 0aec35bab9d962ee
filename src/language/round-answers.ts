/**
 * Answers to the monthly question that speak of all deeds at once: "xong cả 2", "cả hai được 50%", "chưa làm gì". Read only
 * while that question is open; elsewhere such words mean nothing.
 */
import { fold } from './normalise.ts'

/** `of`: how many deeds there are in the member's own words. */
export type RoundAnswer = ({ done: true } | { percent: number } | { nothing: true }) & { of?: number }

const polite = `(?: (?:a|ah|nhe|nha|roi|ca|dc|duoc|het))*[.!]*$`
const every = String.raw`(?:ca (?:hai|ba|bon|\d{1,2})(?: viec)?|tat ca(?: cac viec)?|toan bo|het|both(?: of them)?|all(?: of them)?|everything)`
const me = `^(?:(?:em|toi|minh|chau|da|vang|bao cao|i) )*`

const doneAfter = new RegExp(`${me}(?:da |moi )?(?:xong|hoan thanh)(?: roi)? ${every}${polite}`)
const doneBefore = new RegExp(`${me}${every}(?: deu| da| are| is)* (?:xong|hoan thanh|done|finished)${polite}`)
const percentOfAll = new RegExp(
  String.raw`${me}${every}(?: deu| da| moi| duoc| dat| xong| are| at)* (\d{1,3}) ?(?:%|phan tram|percent)${polite}`,
)
const nothing = new RegExp(
  `${me}(?:van )?(?:chua (?:lam|bat dau|trien khai|thuc hien|co)(?: duoc)?(?: gi| viec nao| moi)*|chua|not yet|not started(?: yet)?|nothing(?: yet)?)(?: het)?${polite}`,
)

const countOf = /\b(?:ca (hai|ba|bon|\d{1,2})|(both))\b/
const counts: Record<string, number> = { hai: 2, ba: 3, bon: 4, both: 2 }

/** What an answer says of every open deed, or null where it says something else. */
export function readRoundAnswer(text: string): RoundAnswer | null {
  const key = fold(text).replace(/\s+/g, ' ').trim()
  const [, words, both] = countOf.exec(key) ?? []
  const word = words ?? both
  const of = word === undefined ? {} : { of: counts[word] ?? Number(word) }
  if (doneAfter.test(key) || doneBefore.test(key)) return { done: true, ...of }
  const percent = Number(percentOfAll.exec(key)?.[1] ?? Number.NaN)
  if (percent >= 0 && percent <= 100) return { ...(percent === 100 ? { done: true as const } : { percent }), ...of }
  return nothing.test(key) ? { nothing: true } : null
}
