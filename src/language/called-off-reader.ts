/**
 * That there was no meeting, or will be none, said without the words for a meeting's month: "tối qua chi bộ không họp vì mất điện",
 * "không họp nữa", "nghỉ họp tháng này". Whoever says "tôi" speaks of themselves and stays away. Where nobody is named and the
 * meeting is still ahead, both may be meant, and it is asked.
 */
import { addDays, addToMonth, dateOf, monthOf } from '../domain/calendar.ts'
import type { Extras, Intent, UnderstandContext } from './intents.ts'
import { read } from './reading.ts'
import { reasonKindIn } from './reasons.ts'

/** Everybody, never one member: "mình" alone may be the speaker. */
const group =
  '(?:(?:ca |toan )?(?:chi bo|cb|nhom|clb|cau lac bo|to dang|chi doan|chi hoi)(?: minh| ta| nha| chung ta| chung minh)?|chung ta|ca nha|moi nguoi)'
const pastDay =
  '(?<yesterday>(?:toi |sang |chieu |trua )?(?:hom )?qua)|(?<dayBefore>hom kia)|(?<lately>tuan truoc|tuan qua|vua roi|vua qua|hom no|hom truoc|bua truoc)'
const comingDay =
  '(?<today>(?:hom|toi|sang|chieu|trua|bua) nay|hnay)|(?<tomorrow>(?:ngay |toi |sang |chieu )?mai)|(?<soon>tuan nay|tuan toi|tuan sau|ky nay|ki nay|buoi nay|lan nay)|thang (?<month>nay|truoc|sau|toi|\\d{1,2})'
const day = `(?:${pastDay}|${comingDay}|(?:ngay |hom |toi |sang |chieu )(?<date>\\d{1,2}) ?/ ?(?<ofMonth>\\d{1,2}))`
const verb =
  '(?:khong|ko|k|kg|chang) (?:to chuc )?(?:hop|sinh hoat|sh)(?: chi bo| dinh ky| thuong ky)?(?<able> duoc)?(?<more> nua)?'
const rest = '(?:nghi|tam nghi|tam dung) (?:hop|sinh hoat|sh)(?: chi bo)?'
const because = '(?:[ ,;.–-]+(?:voi )?(?:ly do|li do|vi|do|boi|tai vi) ?:? ?(?:la |vi |do )?(?<reason>[^ ].*))?'
const audience = '(?<told>[ ,]+(?:nhe |nha )?(?:cac (?:dong chi|d/c|bac)|ca nha|moi nguoi|chi bo))?(?: nhe| nha| a)*'

/** JavaScript names a group once: each order of the words is a shape of its own. */
const shapes = [
  new RegExp(`^(?:${day}[ ,]+)?(?<who>${group} )?${verb}${because}${audience}[ .!]*$`),
  new RegExp(`^(?<who>${group} )(?:${day} )?${verb}${because}${audience}[ .!]*$`),
  new RegExp(`^(?<who>${group} )?${verb}(?: ${day})${because}${audience}[ .!]*$`),
]
const rests = [
  new RegExp(`^(?:${day}[ ,]+)?(?<who>${group} )?${rest}${because}${audience}[ .!]*$`),
  new RegExp(`^(?<who>${group} )(?:${day} )?${rest}${because}${audience}[ .!]*$`),
  new RegExp(`^(?<who>${group} )?${rest}(?: ${day})${because}${audience}[ .!]*$`),
]

type Groups = Record<string, string | undefined>

const first = (list: readonly RegExp[], key: string): Groups | null =>
  list.map((shape) => shape.exec(key)?.groups).find((groups) => groups !== undefined) ?? null

/** ISO day meant, the nearest to today where only day and month are named. */
function dayMeant(groups: Groups, today: string): string | undefined {
  if (groups.yesterday) return addDays(today, -1)
  if (groups.dayBefore) return addDays(today, -2)
  if (groups.today) return today
  if (groups.tomorrow) return addDays(today, 1)
  const [number, month] = [Number(groups.date), Number(groups.ofMonth)]
  if (!(number >= 1 && number <= 31 && month >= 1 && month <= 12)) return undefined
  const year = Number(today.slice(0, 4))
  const days = [year - 1, year, year + 1].map(
    (each) => `${each}-${String(month).padStart(2, '0')}-${String(number).padStart(2, '0')}`,
  )
  const distance = (iso: string) => Math.abs(Date.parse(iso) - Date.parse(today))
  return days.filter((iso) => !Number.isNaN(Date.parse(iso))).sort((a, b) => distance(a) - distance(b))[0]
}

function monthMeant(named: string | undefined, context: UnderstandContext): string | undefined {
  if (named === undefined) return undefined
  const now = monthOf(context.now, context.timeZone)
  const index = Number(now.slice(0, 4)) * 12 + Number(now.slice(5)) - 1
  const shift = { nay: 0, truoc: -1, sau: 1, toi: 1 }[named]
  if (shift !== undefined) return addToMonth(now, shift)
  const number = Number(named)
  if (!(number >= 1 && number <= 12)) return undefined
  const ahead = (number - 1 - (index % 12) + 12) % 12
  // Half a year back, half a year ahead.
  const at = ahead <= 5 ? index + ahead : index + ahead - 12
  return `${Math.floor(at / 12)}-${String((at % 12) + 1).padStart(2, '0')}`
}

/** Folded words with which such a message begins. */
const firstWords = new Set(
  (
    'chi cb ca toan nhom clb cau to chung moi hom toi sang chieu trua tuan vua bua hnay ngay mai ky ki buoi lan thang khong ko k kg ' +
    'chang nghi tam'
  ).split(' '),
)

/** A whole message of one of these shapes, or null; `key` is `typed` folded, letter for letter. */
export function readCalledOff(
  { typed, key }: { typed: string; key: string },
  context: UnderstandContext,
): Intent | null {
  if (!firstWords.has(/^\w+/.exec(key)?.[0] ?? '')) return null
  const denied = first(shapes, key)
  const groups = denied ?? first(rests, key)
  if (!groups) return null
  const today = dateOf(context.now, context.timeZone)
  const from = dayMeant(groups, today)
  const isEverybody = groups.who !== undefined || groups.told !== undefined
  const period = monthMeant(groups.month, context)
  const isPast =
    groups.lately !== undefined ||
    (from !== undefined && from < today) ||
    (period !== undefined && period < today.slice(0, 7))
  const isTimed = isPast || from !== undefined || groups.soon !== undefined || period !== undefined
  // "Không họp", "không họp được", "hôm qua không họp được", "nghỉ họp": of the speaker as long as nobody else is named.
  if (!isEverybody && (groups.able || (!isTimed && !groups.more))) return null
  if (!isEverybody && (context.expecting === 'attendance' || context.addressed === 'reply')) return null
  const said = groups.reason
  // An illness or a wedding keeps one person at home.
  if (!isEverybody && said !== undefined && /^(?:sick|family)$/.test(reasonKindIn(read(said).tokens) ?? '')) return null
  const reason = said === undefined ? '' : typed.slice(key.lastIndexOf(said)).replace(/[\s.,;:!–-]+$/u, '')
  const extras: Extras = {
    ...(isPast ? { notHeld: true as const } : { cancelled: true as const, asked: true as const }),
    ...(groups.lately ? { last: true as const } : {}),
    ...(period ? { period } : {}),
    ...(reason ? { reason } : {}),
    ...(isPast || isEverybody || groups.more ? {} : { orExcuse: true as const }),
  }
  return { intent: 'meeting.move', slots: from ? { from } : {}, extras }
}
