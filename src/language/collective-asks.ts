/**
 * What is said of the deeds of a collective by its name: one's own organisation or one below ("việc của chi bộ thôn Đông", "đánh giá
 * việc 1 của chi bộ thôn Đông: tốt", "duyệt việc 1 của chi bộ", "giao đ/c Khoát phụ trách việc 2 của chi bộ", "đảng uỷ xã đăng ký: …"),
 * and what is asked of praise. Whole sentences of these shapes only; the rest of each is understood by its plain words.
 */
import { withoutMention } from './bot-names.ts'
import { ownGroups } from './cell-words.ts'
import type { Extras, Intent, UnderstandContext } from './intents.ts'
import { fold } from './normalise.ts'
import { organisationIn } from './organisation-words.ts'
import { understand } from './understand.ts'

/** What sentences of these shapes are taken for by their words alone. */
export const mayBeOfCollective: ReadonlySet<Intent['intent']> = new Set([
  'none',
  'deed.rate',
  'pledge.approve',
  'pledge.return',
  'pledge.copy',
  'pledge.registerCollective',
])

const courtesy = String.raw`(?: (?:nhe|nha|voi|a|giup toi|cho toi))*`
const verb = '(?<verb>danh gia|xep loai|duyet|phe duyet|thong qua|tra lai|chua duyet)'
const numbered = String.raw`viec(?: so)? (?<deed>\d{1,2})(?: tap the)?`
/** "đánh giá việc 1 của …", "duyệt việc của …", up to whose deed it is. */
const actOn = new RegExp(
  String.raw`^(?:xin |cho |de nghi )?${verb} (?:${numbered}|viec|cac viec)(?: tap the)? cua (?=\S)`,
)
const seen = /^(?:(?:cho )?(?:toi |em )?xem )?(?:cac |nhung |danh sach )?viec(?: tap the)? (?:dang ky )?cua (?=\S)/
/** Where whose it is ends: a colon, a comma, "vì". */
const tail = /[:,;]\s*|\s+(?:vì|vi|do|là|la)\s+/iu
const entrust =
  /^(?:xin |de nghi )?(?:giao|phan cong|cu|de)(?: cho)? (?<who>.+?) (?:lam |la )?(?:phu trach|chiu trach nhiem|dam nhan)(?: chinh)? viec(?: so)? (?<deed>\d{1,2})(?: (?:cua (?:tap the|chi bo|dang uy|dang bo|cap uy|nhom)|tap the))(?: (?:minh|ta))?$/
/** "Đảng uỷ xã Tân Hoà đăng ký: …": those who lead a committee, up to the verb. */
const registering = /^(?:ban thuong vu )?(?:dang uy|dang bo|cap uy)(?: \S+){0,6}? (?:dang ky|dk)(?= \S|:)/
const copying = /\b(?:nhu|giong|lai) (?:nam ngoai|nam truoc|nam vua roi)\b/
const ofCollective = new RegExp(String.raw`^(?:${[...new Set(ownGroups.map(fold))].join('|')}|tap the)\b`)

/** Folding takes marks away and never a word: what stands behind so many words, as typed. */
const behind = (typed: string, folded: string) =>
  typed.split(' ').slice(folded.split(' ').filter(Boolean).length).join(' ')

/** No name: one's own organisation, or those who lead it. */
const leaders = /^(?:tap the|(?:dang uy|dang bo|cap uy)(?: (?:xa|phuong))?)$/

/** Whose deeds are meant: the extras that say so; null where no organisation is named. */
function whose(words: string): { extras: Extras; period: string } | null {
  if (leaders.test(fold(words))) return { extras: { ofCell: true }, period: '' }
  const found = organisationIn(words)
  if (!found) return null
  // "Của chi bộ", "của đảng uỷ xã": one's own, whatever it is.
  const isOwn = found.name === null || leaders.test(fold(found.name))
  if (!isOwn && !found.isFirm) return null
  return { extras: isOwn ? { ofCell: true } : { ofCell: true, organisation: found.name! }, period: found.period }
}

function readAct(given: Intent, typed: string, folded: string, context: UnderstandContext): Intent | null {
  const found = actOn.exec(folded)
  if (!found?.groups) return null
  const rest = behind(typed, found[0])
  const end = tail.exec(rest)
  const at = whose(end ? rest.slice(0, end.index) : rest)
  const head = typed.split(' ').slice(0, found[0].split(' ').filter(Boolean).length - 1)
  const plain =
    at && understand(`${head.join(' ')}${end ? `${end[0]}${rest.slice(end.index + end[0].length)}` : ''}`, context)
  if (
    plain &&
    (plain.intent === 'deed.rate' || plain.intent === 'pledge.approve' || plain.intent === 'pledge.return')
  ) {
    const ratedPeriod = plain.intent === 'deed.rate' && at.period !== '' ? periodOf(at.period, context) : undefined
    return { ...plain, extras: { ...plain.extras, ...at.extras, ...(ratedPeriod ? { ratedPeriod } : {}) } } as Intent
  }
  // "đánh giá việc 1 của chi bộ tốt": the words alone say whose it is.
  const isOwn = /\bviec(?: so)? \d{1,2} cua (?:chi bo|tap the|dang uy|dang bo)\b/.test(folded)
  return given.intent === 'deed.rate' && given.slots.name === undefined && isOwn
    ? { ...given, extras: { ...given.extras, ofCell: true } }
    : null
}

function periodOf(typed: string, context: UnderstandContext): string | undefined {
  const read = understand(`tổng hợp ${typed}`, { ...context, expecting: undefined, addressed: 'private' })
  const { period } = read.intent === 'summary' ? read.slots : {}
  return period !== undefined && /^\d{4}(?:-(?:Q[1-4]|H[12]))?$/.test(period) ? period : undefined
}

function readSeen(typed: string, folded: string): Intent | null {
  const found = seen.exec(folded)
  const at = found && whose(behind(typed, found[0]))
  return at?.extras.organisation === undefined ? (at && found ? own(at.extras) : null) : own(at.extras)
}
const own = (extras: Extras): Intent => ({ intent: 'pledge.mine', slots: {}, extras })

function readEntrust(typed: string, folded: string, context: UnderstandContext): Intent | null {
  const found = entrust.exec(folded)
  if (!found?.groups) return null
  const words = typed.split(' ')
  const from = folded.slice(0, found[0].indexOf(found.groups.who!)).split(' ').filter(Boolean).length
  const name = words.slice(from, from + found.groups.who!.split(' ').length).join(' ')
  const read = understand(`phụ trách việc ${found.groups.deed} của chi bộ: ${name}`, context)
  return read.intent === 'deed.describe' && read.slots.inCharge !== undefined ? read : null
}

function readRegistering(typed: string, folded: string, context: UnderstandContext): Intent | null {
  const found = registering.exec(folded)
  if (!found) return null
  const words = found[0].split(' ')
  const verbAt = words.at(-1) === 'ky' ? words.length - 2 : words.length - 1
  const who = typed.split(' ').slice(0, verbAt).join(' ')
  const read = understand(`tập thể ${typed.split(' ').slice(verbAt).join(' ')}`, context)
  if (read.intent !== 'pledge.registerCollective' || read.slots.deeds.length === 0) return null
  const at = whose(who.replace(/^ban th\S+ v\S+ /iu, ''))
  if (!at) return null
  const { organisation } = at.extras
  return organisation === undefined ? read : { ...read, extras: { ...read.extras, organisation } }
}

/** "Chi bộ thôn Đông đăng ký: …": by its name, which may be another's than the speaker's own. */
function namedIn(given: Intent, typed: string, folded: string): Intent | null {
  if (given.extras?.organisation !== undefined) return null
  const at = /^(?:chi bo|dang bo|chi doan|chi hoi) (?:\S+ ){1,6}?(?=(?:dang ky|dk)[ :])/.exec(folded)?.[0]
  const found = at ? organisationIn(typed.split(' ').slice(0, at.trim().split(' ').length).join(' ')) : null
  if (!found?.isFirm || found.name === null) return null
  return { ...given, extras: { ...given.extras, organisation: found.name } } as Intent
}

/** The intent that such a sentence is; null for everything else. */
export function readOfCollective(given: Intent, text: string, context: UnderstandContext): Intent | null {
  if (context.addressed === 'none' || context.expecting === 'reason' || context.expecting === 'returnReason')
    return null
  const typed = withoutMention(text, context.botNames)
    .normalize('NFC')
    .trim()
    .replace(/[\s?.!]+$/u, '')
    .replace(/\s+/g, ' ')
  if (typed.length > 400) return null
  const folded = fold(typed).replace(new RegExp(`${courtesy}$`), '')
  if (given.intent === 'pledge.copy')
    return ofCollective.test(folded) ? { ...given, extras: { ...given.extras, ofCell: true } } : null
  if (given.intent === 'pledge.registerCollective') {
    const [only, ...more] = given.slots.deeds
    const isCopy = only && more.length === 0 && copying.test(fold(only.content)) && only.content.split(' ').length <= 6
    return isCopy ? { intent: 'pledge.copy', slots: {}, extras: { ofCell: true } } : namedIn(given, typed, folded)
  }
  return (
    readAct(given, typed, folded, context) ??
    (given.intent === 'none'
      ? (readSeen(typed, folded) ?? readEntrust(typed, folded, context) ?? readRegistering(typed, folded, context))
      : null)
  )
}
