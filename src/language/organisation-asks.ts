/**
 * What a committee asks of what lies below it: one organisation by its name ("tổng hợp chi bộ thôn Đông"), those that are
 * so far ("đơn vị nào chưa triển khai"), names in one of them ("danh sách chưa đăng ký chi bộ thôn Đông"). Whole
 * sentences of these shapes only; the intents are `summary` and `summary.missing`, what is asked stands in the extras.
 */
import { withoutMention } from './bot-names.ts'
import type { Intent, OrganisationState, UnderstandContext } from './intents.ts'
import { fold } from './normalise.ts'
import { understand } from './understand.ts'

/** Words that a name of an organisation begins with; without one, nothing tells a name from talk. */
const kinds =
  '(?:chi bo|chi uy|dang bo|dang uy|dang doan|to dang|don vi|to chuc|co so|cau lac bo|clb|doi|doan|hoi|nhom|to|ban|cong doan|cell|committee|group|club|team|unit|branch)'
const courtesy = '(?: (?:nhe|nha|voi|giup|giup toi|cho toi|please))*'
const beginning = '(?:(?:da |a |cho toi |cho minh |toi muon |em muon |please )*(?:xem |biet |show (?:me )?)?)'

const one = new RegExp(
  String.raw`^${beginning}/?(?:tong hop|tonghop|so lieu|tinh hinh|ket qua dang ky|bao cao|summary)(?: (?:cua|o|tai|of|for))? (?<list>danh sach (?:cua |o |tai )?)?(?<name>${kinds} \S.*?)${courtesy}$`,
)
const listOf = new RegExp(
  String.raw`^${beginning}(?:danh sach|ds|list of) (?:(?:da )?(?:dang ky|dk) )?(?:cua |o |tai )?(?<name>${kinds} \S.*?)${courtesy}$`,
)
const missing = new RegExp(
  String.raw`^${beginning}(?:/?chuadk|/?missing|(?:danh sach |ds )?(?:con )?(?:nhung )?(?:ai |nguoi )?(?:con )?chua (?:dang ky|dk)|who has not registered)(?: (?:o|cua|tai|thuoc|trong|in|of))? (?<name>${kinds} \S.*?)${courtesy}$`,
)

const states: readonly [OrganisationState, RegExp][] = [
  [
    'incomplete',
    /^(?:con |van )?chua (?:(?:dang ky|dk|trien khai) )?(?:du|xong|het|day du|hoan thanh)$|^(?:are not|have not) (?:complete|completed|finished)$/,
  ],
  [
    'silent',
    /^(?:con |van )?chua (?:trien khai|dang ky|dk|bat dau|lam|co gi|dang ky gi)$|^(?:are|is) silent$|^(?:have|has) not (?:started|registered)$/,
  ],
  [
    'complete',
    /^(?:da |deu )?(?:(?:dang ky|dk|trien khai) (?:du|xong|het|day du|100%)|hoan thanh)(?: roi)?$|^(?:are|is) complete$|^(?:have|has) (?:completed|finished)$/,
  ],
  ['started', /^da (?:trien khai|dang ky|dk|bat dau)(?: roi)?$|^(?:have|has) (?:started|registered)$/],
]
const subjects =
  '(?<direct>don vi|to chuc|dang bo|dang uy|chi[, ]+dang bo|dau moi|units|unit|organisations|organisation)|chi bo|nhom|cau lac bo|clb|to|cells|cell|groups|group'
const which = new RegExp(
  String.raw`^${beginning}(?:/?(?:tong hop|tonghop|summary) )?(?:danh sach |ds )?(?:con )?(?:nhung |cac )?(?:which )?(?:${subjects})(?: truc thuoc| ben duoi| cap duoi)?(?<nao> nao)? (?<state>.+?)(?: (?:tu|from)(?: so)? (?<from>\d{1,5}))?${courtesy}$`,
)

/** "năm 2025", "quý 3 năm ngoái" behind a name. */
const periodWords =
  /\s+(?:trong )?(?:nam (?:\d{4}|nay|ngoai|truoc)|(?:quy|q) ?(?:[1-4]|i{1,3}|iv|nay|truoc)\b.*|thang (?:\d{1,2}|nay|truoc)\b.*|6 thang .*|(?:this|last) (?:year|quarter|month)|\d{4})$/

/** The words of `typed` that the folded `name` stands for: names are kept as typed, marks and all. */
function asTyped(typed: string, folded: string, name: string): string {
  // Folding takes marks away and never a word.
  const words = typed.normalize('NFC').trim().split(/\s+/)
  const before = folded.slice(0, folded.indexOf(name)).split(' ').filter(Boolean).length
  return words.slice(before, before + name.split(' ').length).join(' ')
}

/** The intent that such a question is; null for everything else. */
export function readOrganisationAsk(text: string, context: UnderstandContext): Intent | null {
  // An answer to an open question is not looked into for more than it says.
  if (context.addressed === 'none' || context.expecting === 'reason' || context.expecting === 'returnReason')
    return null
  const typed = withoutMention(text, context.botNames)
    .normalize('NFC')
    .trim()
    .replace(/[\s?.!,:]+$/u, '')
    .replace(/\s+/g, ' ')
    // With its mark: a name may end in A.
    .replace(/ ạ$/iu, '')
  if (typed.length > 200) return null
  const folded = fold(typed)
  const asked = which.exec(folded)?.groups
  if (asked) {
    const isAsked = asked.nao !== undefined || /\b(?:danh sach|ds|tong hop|tonghop|which|summary)\b/.test(folded)
    const state = states.find(([, shape]) => shape.test(asked.state!))?.[0]
    if (isAsked && state) {
      const scope = asked.direct === undefined ? 'cells' : 'direct'
      const from = Math.max(1, Number(asked.from ?? 1))
      return { intent: 'summary', slots: {}, extras: { organisations: { state, scope, from } } }
    }
  }
  const missed = missing.exec(folded)?.groups?.name
  if (missed) {
    return {
      intent: 'summary.missing',
      slots: { about: 'pledge' },
      extras: { organisation: asTyped(typed, folded, missed) },
    }
  }
  const named = one.exec(folded)?.groups
  const name = named?.name ?? listOf.exec(folded)?.groups?.name
  if (!name) return null
  const period = periodWords.exec(name)?.[0]
  const bare = period === undefined ? name : name.slice(0, -period.length)
  if (!new RegExp(`^${kinds} `).test(`${bare} `) || new RegExp(`^${kinds}$`).test(bare)) return null
  const plain = understand(`tổng hợp${period ?? ''}`, { ...context, addressed: 'private' })
  const slots = plain.intent === 'summary' ? plain.slots : {}
  const isList = named === undefined || named.list !== undefined
  return {
    intent: 'summary',
    slots,
    extras: { organisation: asTyped(typed, folded, bare), ...(isList ? { names: true as const } : {}) },
  }
}
