/**
 * What a committee asks of what lies below it: one organisation by its name ("tổng hợp chi bộ thôn Đông"), those that are
 * so far ("đơn vị nào chưa triển khai"), names in one of them ("danh sách chưa đăng ký chi bộ thôn Đông"). Whole
 * sentences of these shapes only; the intents are `summary` and `summary.missing`, what is asked stands in the extras.
 */
import { withoutMention } from './bot-names.ts'
import type { Extras, Intent, OrganisationState, UnderstandContext } from './intents.ts'
import { fold } from './normalise.ts'
import { organisationIn } from './organisation-words.ts'
import { understand } from './understand.ts'

const courtesy = '(?: (?:nhe|nha|voi|giup|giup toi|giup em|cho toi|the|vay|nhi|please))*'
const beginning = '(?:(?:da |a |cho toi |cho minh |toi muon |em muon |please )*(?:xem |biet |show (?:me )?)?)'

/** What is asked of an organisation, up to where its name or "chi bộ mình" begins. */
const ofRegistration = '(?: (?:dang ky|dk)(?: (?:viec )?(?:lam theo|hoc tap)(?: bac)?)?)?'
const one = new RegExp(
  String.raw`^${beginning}/?(?:(?<weak>tinh hinh|bao cao)|(?<plain>tong hop|tonghop|thong ke|summary)|chot so lieu|so lieu|ket qua)(?: (?:so lieu|tinh hinh|ket qua|bao cao))?${ofRegistration}(?<list> danh sach)? (?=\S)`,
)
const listOf = new RegExp(
  String.raw`^${beginning}(?:danh sach|ds|list of) (?<registered>(?:da )?(?:dang ky|dk) )?(?=\S)`,
)
const missing = new RegExp(
  String.raw`^${beginning}(?:/?chuadk|/?missing|(?:danh sach |ds )?(?:con )?(?:nhung )?(?:ai |nguoi )?(?:con )?chua (?:dang ky|dk)|who has not registered) (?=\S)`,
)

const states: readonly [OrganisationState, RegExp][] = [
  [
    'incomplete',
    /^(?:con |van )?chua (?:(?:dang ky|dk|trien khai|lam) )?(?:du|xong|het|day du|hoan thanh)$|^(?:(?:dang ky|dk|trien khai|lam|nop) )?(?:con |bi |hoi )?(?:cham|tre|muon)(?: tien do| nhat| han)?(?: (?:dang ky|dk|trien khai))?$|^(?:are not|have not) (?:complete|completed|finished)$|^(?:are|is) late$/,
  ],
  [
    'silent',
    /^(?:con |van )?chua (?:trien khai|dang ky|dk|bat dau|lam|co gi|dang ky gi)$|^(?:con |van |dang )?im(?: lang| re| hoi lang tieng)?$|^(?:are|is) silent$|^(?:have|has) not (?:started|registered)$/,
  ],
  [
    'complete',
    /^(?:da |deu )?(?:(?:dang ky|dk|trien khai) (?:du|xong|het|day du|100%)|(?:lam )?xong(?: het)?|hoan thanh)(?: roi)?$|^(?:are|is) complete$|^(?:have|has) (?:completed|finished)$/,
  ],
  ['started', /^da (?:trien khai|dang ky|dk|bat dau)(?: roi)?$|^(?:have|has) (?:started|registered)$/],
]
const subjects =
  '(?<direct>don vi|to chuc|dang bo|dang uy|chi[, ]+dang bo|dau moi|units|unit|organisations|organisation)|chi bo|nhom|cau lac bo|clb|to|cells|cell|groups|group'
const which = new RegExp(
  String.raw`^${beginning}(?:/?(?:tong hop|tonghop|summary) )?(?:danh sach |ds )?(?:con )?(?:nhung |cac )?(?:which )?(?:${subjects})(?: truc thuoc| ben duoi| cap duoi)?(?<nao> nao)? (?<state>.+?)(?: (?:tu|from)(?: so)? (?<from>\d{1,5}))?${courtesy}$`,
)
/** "Tiến độ các chi bộ", "các đơn vị đăng ký đến đâu rồi", "danh sách các chi bộ". */
const each = new RegExp(
  String.raw`^${beginning}(?<what>(?:danh sach|ds|tien do|tinh hinh|ket qua|so lieu|tong hop|thong ke|list)(?: (?:dang ky|cua|theo|of|den))* )?(?:tat ca |toan bo )?(?:cac|tung|tat ca|all)(?: the)? (?:${subjects})(?: truc thuoc| ben duoi| cap duoi)?(?<far>(?: (?:da |moi )?(?:dang ky|dk|lam|trien khai))?(?: (?:viec|duoc))?(?: (?:den dau|toi dau|the nao|ra sao|bao nhieu))(?: roi)?)?(?: (?:tu|from)(?: so)? (?<from>\d{1,5}))?${courtesy}$`,
)

/** "Nhắc các chi bộ chưa đăng ký": those below, through their secretaries. */
const remind = new RegExp(
  String.raw`^${beginning}(?:nhac nho|nhac|don doc|remind) (?:(?:cac )?bi thu )?(?:cac |nhung |the |all )*(?:${subjects})(?: truc thuoc| ben duoi)?(?: nao)?(?: (?:con|van|that|which|that))?(?: (?:chua|have not|cham))?(?: (?:dang ky|dk|trien khai|nop|lam|registered|started))?(?: (?:du|xong|viec|lam theo))*${courtesy}$`,
)

/** "Chi bộ thôn Đông | đăng ký được bao nhiêu", "… | còn ai chưa đăng ký": the organisation stands first. */
const howFar =
  / (?:da |moi )?(?:dang ky|dk)(?: viec)?(?: lam theo(?: bac)?)?(?: (?:den dau|toi dau|the nao|ra sao|(?:duoc |la )?(?:bao nhieu|may)(?: (?:nguoi|viec|dong chi|dang vien|phan tram|%))?))(?: roi)?(?: (?:a|the|vay))?$/
const whoIsMissing =
  / (?:con )?(?:(?:nhung )?(?:ai|nguoi nao|dong chi nao|d\/c nao)|(?:bao nhieu|may) (?:nguoi|dong chi|dang vien))(?: (?:con|van|ma))? chua (?:dang ky|dk)(?: viec)?(?: lam theo(?: bac)?)?(?: (?:a|the|vay))?$/

/** What stands behind the head of a question, as typed: folding takes marks away and never a word. */
function behind(shape: RegExp, typed: string, folded: string): { rest: string; groups: Record<string, string> } | null {
  const found = shape.exec(folded)
  if (!found) return null
  const words = found[0].split(' ').filter(Boolean).length
  return { rest: typed.split(' ').slice(words).join(' '), groups: { ...found.groups } }
}

/** The intent that such a question is; null for everything else and for what `given` says already. */
export function readOrganisationAsk(given: Intent, text: string, context: UnderstandContext): Intent | null {
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
  return (
    readWhich(folded) ??
    readEach(folded) ??
    (given.intent === 'none' && remind.test(folded) ? { intent: 'remind.now', slots: { about: 'pledge' } } : null) ??
    readMissing(behind(missing, typed, folded)) ??
    readNamedFirst(typed, folded) ??
    readOne(given, behind(one, typed, folded) ?? behind(listOf, typed, folded), context)
  )
}

function readWhich(folded: string): Intent | null {
  const asked = which.exec(folded)?.groups
  if (!asked) return null
  const isAsked = asked.nao !== undefined || /\b(?:danh sach|ds|tong hop|tonghop|which|summary)\b/.test(folded)
  const state = states.find(([, shape]) => shape.test(asked.state!))?.[0]
  if (!isAsked || !state) return null
  const scope = asked.direct === undefined ? 'cells' : 'direct'
  const from = Math.max(1, Number(asked.from ?? 1))
  return { intent: 'summary', slots: {}, extras: { organisations: { state, scope, from } } }
}

function readEach(folded: string): Intent | null {
  const asked = each.exec(folded)?.groups
  if (!asked || (asked.what === undefined && asked.far === undefined)) return null
  const scope = asked.direct === undefined ? 'cells' : 'direct'
  const from = Math.max(1, Number(asked.from ?? 1))
  return { intent: 'summary', slots: {}, extras: { organisations: { state: 'any', scope, from } } }
}

/** Only where it is a name beyond doubt: one's own, and "đội bóng", are read by their words alone. */
function readNamedFirst(typed: string, folded: string): Intent | null {
  for (const [shape, intent] of [
    [howFar, 'summary'],
    [whoIsMissing, 'summary.missing'],
  ] as const) {
    const asked = shape.exec(folded)
    const words = asked ? folded.slice(0, asked.index).split(' ').length : 0
    const found = words > 0 ? organisationIn(typed.split(' ').slice(0, words).join(' ')) : null
    if (!found?.isFirm || found.name === null) continue
    const extras = { organisation: found.name }
    return intent === 'summary' ? { intent, slots: {}, extras } : { intent, slots: { about: 'pledge' }, extras }
  }
  return null
}

/** Words that begin as a place does. */
const noPlace = /\b(?:xa hoi|truong hop|ban be|xom giang|lang giang|lang nuoc)\b/

function readMissing(asked: ReturnType<typeof behind>): Intent | null {
  const found = asked && organisationIn(asked.rest, !noPlace.test(fold(asked.rest)))
  if (!found) return null
  const extras = found.name === null ? {} : { extras: { organisation: found.name } }
  return { intent: 'summary.missing', slots: { about: 'pledge' }, ...extras }
}

function readOne(given: Intent, asked: ReturnType<typeof behind>, context: UnderstandContext): Intent | null {
  const found = asked && organisationIn(asked.rest, asked.groups.plain !== undefined && !noPlace.test(fold(asked.rest)))
  if (!found) return null
  const { groups } = asked
  // "Báo cáo …", "tình hình …" begin talk as well: only with what is a name beyond doubt.
  if (groups.weak !== undefined && (!found.isFirm || found.name === null)) return null
  const isListOnly = 'registered' in groups
  // One's own is what was asked without the words beside it; a bare "danh sách chi bộ" asks for no figures.
  if (found.name === null && isListOnly && groups.registered === undefined) return null
  if (found.name === null && (given.intent === 'summary' || given.intent === 'summary.missing')) return null
  const plain = understand(`tổng hợp ${found.period}`, { ...context, expecting: undefined, addressed: 'private' })
  const slots = plain.intent === 'summary' ? plain.slots : {}
  const isList = isListOnly || groups.list !== undefined || found.names
  const extras: Extras = {
    ...(found.name === null ? {} : { organisation: found.name }),
    ...(isList ? { names: true as const } : {}),
  }
  return { intent: 'summary', slots, ...(Object.keys(extras).length > 0 ? { extras } : {}) }
}
