/**
 * Rights over one's own data that only people can fulfil: to object, to have the processing restricted, to have a mistake
 * mended. Narrow on purpose: the sender's own data must be named, at the start of the sentence and with nothing behind it.
 */
import type { Intent } from './intents.ts'
import { fold } from './normalise.ts'

type Right = 'correct' | 'object' | 'restrict'

const polite = '(?:kinh |da |thua |bao cao )*(?:(?:dong chi|nep|bot)[ ,]+)?'
const me = '(?:toi|em|minh|chau|con|t)'
const own = `(?:du lieu|thong tin)(?: ca nhan)?(?: (?:cua|ve) ${me})`
const asks = `(?:${me} )?(?:xin |muon |de nghi |yeu cau |nho )*(?:duoc |hay )?`
const ends = '(?: (?:a|nhe|di|giup|voi|gium|ho|nua))*[ .!]*$'
const work = '(?:viec )?(?:xu ly|su dung|luu giu|luu tru|luu|dung|thu thap)'

const patterns: readonly [Right, RegExp][] = [
  ['object', new RegExp(`^${polite}${asks}phan doi ${work} ${own}${ends}`)],
  ['restrict', new RegExp(`^${polite}${asks}han che ${work} ${own}${ends}`)],
  [
    'correct',
    new RegExp(`^${polite}${asks}(?:dinh chinh|chinh sua|sua lai|sua|sua sai) ${own}(?: (?:bi )?(?:ghi )?sai)?${ends}`),
  ],
  [
    'correct',
    new RegExp(
      `^${polite}(?:ho ten|ten|${own.replace(`(?: (?:cua|ve) ${me})`, '')}) cua ${me} (?:dang )?(?:bi )?(?:ghi )?sai(?: roi)?${ends}`,
    ),
  ],
  [
    // Behind it may stand what it should be: a person mends it, and asks again.
    'correct',
    new RegExp(
      `^${polite}(?:ho (?:va )?ten|ten)(?: cua)? ${me} (?:dang )?(?:bi )?(?:ghi |viet |danh )?(?:sai|nham|khong dung)(?: roi)?(?:[ ,.;:–-]+(?:(?:xin|de nghi|nho) )*(?:sua|chinh|doi)(?: lai)?(?: (?:thanh|la))?[^?]{0,60})?$`,
    ),
  ],
  ['object', /^(?:i )?(?:want to )?object to (?:the )?(?:processing|use|storing) of my (?:personal )?data[ .!]*$/],
  ['restrict', /^(?:please )?restrict (?:the )?(?:processing|use) of my (?:personal )?data[ .!]*$/],
  ['correct', /^(?:please )?correct my (?:personal )?data[ .!]*$/],
]

export const rightCommands: Readonly<Record<string, Right>> = {
  phandoi: 'object',
  object: 'object',
  hanchexuly: 'restrict',
  restrict: 'restrict',
  dinhchinh: 'correct',
  correct: 'correct',
}

const leaving = new RegExp(
  `^${polite}${asks}(?:xoa|go|bo|rut) (?:bo )?(?:ho )?ten (?:cua )?${me} (?:ra )?(?:khoi|trong|o) (?:danh sach|bot|he thong|so|du lieu)(?: (?:nay|cua bot))?${ends}`,
)
const noMore = new RegExp(
  `^${polite}${me} (?:khong|ko|k) (?:con )?dong y (?:cho (?:bot |nep )?(?:xu ly|luu|dung|su dung) (?:du lieu|thong tin)(?: ca nhan)?(?: cua ${me})? )?nua${ends}`,
)
const whoLooked = new RegExp(
  `^${polite}(?:cho ${me} (?:hoi|biet) )?(?:nhung )?ai (?:da |duoc |tung |vua )*(?:xem|nhin|doc|tra cuu|biet) (?:duoc )?(?:ho )?(?:ten|du lieu|thong tin)(?: ca nhan)? (?:(?:cua|ve) )?${me}(?: (?:a|vay|the|nhi|roi))*[ .!?]*$`,
)

/** What is asked about one's own data in words that no listed intent has; only looked at where nothing else was understood. */
export function readDataWish(text: string): Intent | null {
  const folded = fold(text).trim()
  if (leaving.test(folded)) return { intent: 'data.erase', slots: {} }
  if (noMore.test(folded)) return { intent: 'consent.withdraw', slots: {} }
  if (whoLooked.test(folded)) return { intent: 'data.show', slots: {}, extras: { looked: true } }
  return null
}

/** What of these a text asks for; null where it does not. */
export function readDataRight(text: string): Intent<'data.request'> | null {
  const folded = fold(text).trim()
  const command = /^\/([a-z_]+)(?:@[\w.-]+)?\s*$/.exec(folded)?.[1]?.replaceAll('_', '')
  const right =
    command === undefined ? patterns.find(([, pattern]) => pattern.test(folded))?.[0] : rightCommands[command]
  return right ? { intent: 'data.request', slots: { right } } : null
}
