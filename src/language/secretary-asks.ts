/**
 * What a secretary asks about members, in words that no listed intent has: what waits for approval ("còn việc nào chờ duyệt không"),
 * which deeds are overdue, done or open, what one member has registered ("đ/c Lụa làm đến đâu rồi"), who comes to the meeting and who
 * came. Whole sentences of these shapes only; whoever may not see the answer is told so.
 */
import { withoutMention } from './bot-names.ts'
import type { AskedStage, Intent, UnderstandContext } from './intents.ts'
import { fold } from './normalise.ts'

/** What such questions are taken for by their words alone. */
export const mayBeSecretaryAsk: ReadonlySet<Intent['intent']> = new Set([
  ...(['none', 'help', 'summary', 'summary.missing', 'meeting.rollCall'] as const),
])

const beginning =
  '(?:(?:xin|cho|de nghi|nho) )*(?:(?:toi|em|minh|chau) )?(?:(?:muon|can|xin) )?(?:(?:xem|hoi|biet|liet ke|kiem tra) )*(?:la )?'
const list = '(?<list>(?:(?:danh sach|ds|cac|nhung|tat ca|toan bo) )*)'
const asked =
  '(?<tail>(?: (?:khong|ko|k|chua|nua|vay|the|roi|a|nhi|ha|nhe|voi|den|gio|nay|bao|may|dang|hien|trong nam|nam nay))*)'
const who =
  '(?<who>viec|dang ky|ai|(?:dong chi|d/c|dang vien|nguoi|bac|thanh vien)(?: nao)?|(?:bao nhieu|may) (?:viec|nguoi|dong chi|d/c|dang vien)|gi)'

const waiting = new RegExp(
  `^${beginning}(?:con |co |hien |dang )*${list}${who}?(?: (?:nao|gi|viec|dang ky|lam theo|cua ai))*(?: ?(?:con|dang|can))*(?: (?:toi|em))? ?(?:cho|can|doi|chua|chua duoc) (?:toi |em )?(?:duyet|phe duyet|thong qua|xet duyet)${asked}$`,
)

const stageOf: readonly [AskedStage, string][] = [
  [
    'overdue',
    '(?:da |dang |bi |con )*(?:qua han|tre han|cham han|het han|qua thoi han|lo han)(?: ma)?(?: chua xong| chua lam| chua hoan thanh)?',
  ],
  [
    'open',
    '(?:van |con |dang |van con )*(?:chua (?:lam )?xong|chua hoan thanh|dang lam|dang thuc hien|do dang|dang do)',
  ],
  ['done', '(?:da |lam |deu )*(?:xong|hoan thanh)(?: roi)?'],
]
const stages = stageOf.map(
  ([stage, words]) =>
    [
      stage,
      new RegExp(
        `^${beginning}(?<co>(?:con|co|hien) )*${list}${who}(?: (?:dang ky|lam theo))*(?<nao> nao| gi)?(?: (?:cua ai|cua chi bo|trong chi bo))? ${words}(?: (?:viec|dang ky))?${asked}$`,
      ),
    ] as const,
)

const title = '(?<title>dong chi|d/c|dc|d\\.c|bac|anh|chi|co|chu|ong|ba|em|chau|thay|member|mr|mrs|ms)'
const name = '(?<name>[a-z]+(?: [a-z]+){0,4}?)'
const howFar = '(?: (?:den dau|toi dau|the nao|ra sao|sao|nhu the nao|bao nhieu|may phan tram))'
const ofMember = [
  // "đ/c Lụa đăng ký gì", "đồng chí Thuận có việc gì", "bác Ba đăng ký chưa"
  new RegExp(
    `^${beginning}${title} ${name}(?: (?:da|co|nam nay))*(?: (?:dang ky|dk|nop|co|lam))(?: (?:duoc|lam|viec|nhung|cac|lam theo|dang ky))*(?: (?:gi|nao|nhung gi|may viec|bao nhieu viec|chua|roi chua|den dau|toi dau|the nao|ra sao))${asked}$`,
  ),
  // "việc của đ/c Lụa", "tiến độ của bác Ba đến đâu rồi"
  new RegExp(
    `^${beginning}${list}(?:viec|tien do|ket qua|dang ky|ban dang ky|viec dang ky|viec lam theo|tien do viec)(?: (?:lam theo|dang ky))* (?:cua )?(?:${title} )?${name}${howFar}?${asked}$`,
  ),
]
/** A name does not begin so: an organisation, a kind of people, the asker, a question. */
const noName =
  /^(?:bo|doan|hoi|uy|dang|ban|tap the|moi|ca|cac|nhung|toi|em|minh|chau|ta|tui|chung|nao|gi|ai|nay|kia|ay|do|may|bao|vien|ho|nha|con|nhom|clb|cau lac|to|xa|phuong|don vi|co quan|trong|khac|chua|thang|quy|nam|ky|nguoi|tat|so|da|dang ky)\b/

const people =
  '(?:ai|(?:dong chi|d/c|dang vien|nguoi|bac)(?: nao)?|(?:bao nhieu|may) (?:nguoi|dong chi|d/c|dang vien|bac))'
const coming = new RegExp(
  `^${beginning}(?:co |con )?(?:(?:buoi|ky)(?: (?:hop|toi|sau|nay|sinh hoat))* |hom nay |toi nay )?(?:co )?${list}(?:${people} )?(?:da |se |co )*(?:(?:xin |bao |xin phep )?vang(?: mat)?|(?:bao |tra loi )?(?:co mat|di duoc|du duoc|tham du|du hop|se du|di hop|hop duoc)|du)(?: (?:hop|buoi|ky|toi|nay|sap|sinh hoat|hom|sau|chi bo))*${asked}$`,
)
const unrated = new RegExp(
  `^${beginning}(?:con |co )?${list}viec (?:nao |gi )?(?:con |van )*chua (?:duoc )?(?:danh gia|xep loai|cham)${asked}$`,
)
const rollResult =
  /^(?:(?:cho )?(?:toi |em )?xem )?(?:ket qua|tong hop|so lieu|thong ke|bao cao) (?:diem danh|(?:buoi|cuoc|ky) (?:hop|sinh hoat)(?: chi bo)?(?= (?:vua|hom|truoc)))(?: (?:cua|buoi|ky|hop|chi bo|vua roi|vua qua|hom qua|hom nay|truoc|nhe|a))*$/
const isPeopleAsked = new RegExp(String.raw`\b(?:${people}|danh sach|ds)\b`)
const isPast = /\b(?:hom qua|hom kia|vua roi|vua qua|truoc|lan truoc|thang truoc|qua)\b/
const isToday = /\b(?:hom nay|toi nay|chieu nay|sang nay)\b/
const whichMeeting = (folded: string) =>
  isPast.test(folded) ? ('last' as const) : isToday.test(folded) ? ('today' as const) : ('coming' as const)
const pastWords =
  / ?\b(?:(?:buoi|ky|cuoc) )?(?:hop |sinh hoat )?(?:hom qua|hom kia|vua roi|vua qua|lan truoc|thang truoc|truoc|qua)\b/g

/** The same in English. */
const english: readonly [RegExp, (found: RegExpExecArray) => Intent][] = [
  [
    /^(?:what|who|which deeds|anything|show me what|is anything) ?(?:is |are |s )?(?:still )?(?:waiting(?: for (?:approval|me))?|to approve|pending)$|^(?:show )?(?:me )?(?:the )?(?:waiting|pending) (?:list|deeds)$/,
    () => ({ intent: 'pledge.approve', slots: {} }),
  ],
  [
    /^(?:which|what|show|list|who)(?: me)?(?: the)?(?: deeds)? ?(?:is |are |has |have )?(?<stage>overdue|late|done|finished|not done|not finished|still open|open)(?: deeds)?$/,
    ({ groups }) => ({ intent: 'summary', slots: {}, extras: { stage: englishStage(groups!.stage!) } }),
  ],
  [
    /^who (?:is |will |can |cannot |can not |cant |has )+(?:be )?(?:com(?:e|ing)|attend(?:ing)?|there|absent|excused(?: themselves)?|not coming)(?: (?:to )?(?:the )?(?:next )?meeting)?$/,
    () => ({ intent: 'summary.missing', slots: { about: 'meeting' }, extras: { answers: 'coming' } }),
  ],
  [
    /^who (?:was|were|did) (?:not )?(?:absent|there|present|missing|excused|come)(?: (?:at|from|to) (?:the )?(?:last )?meeting)?$/,
    () => ({ intent: 'summary.missing', slots: { about: 'meeting' }, extras: { answers: 'last' } }),
  ],
]
const englishStage = (word: string): AskedStage =>
  /not|open/.test(word) ? 'open' : /done|finished/.test(word) ? 'done' : 'overdue'
const ofMemberEnglish =
  /^(?:what (?:has|did) (?<a>[a-z]+(?: [a-z]+){0,3}) (?:register(?:ed)?|pledged?|signed up for|sign up for)|(?:show |see )?(?:me )?(?:the )?deeds of (?<b>[a-z]+(?: [a-z]+){0,3})|how far is (?<c>[a-z]+(?: [a-z]+){0,3}))$/
const noNameEnglish =
  /^(?:i|you|we|they|he|she|it|the|our|my|your|this|that|everyone|everybody|all|each|someone|who|a|an)(?: |$)/

/** Folding takes marks away and never a word: the words of `typed` where `part` stands in `folded`. */
function asTyped(typed: string, folded: string, part: string, from: number): string {
  const at = folded.indexOf(part, from)
  const before = folded.slice(0, at).split(' ').filter(Boolean).length
  return typed
    .split(' ')
    .slice(before, before + part.split(' ').length)
    .join(' ')
}

function readMember(typed: string, folded: string): Intent | null {
  const inEnglish = ofMemberEnglish.exec(folded)?.groups
  const called = inEnglish && (inEnglish.a ?? inEnglish.b ?? inEnglish.c)
  if (called !== undefined && !noNameEnglish.test(called)) {
    const head = folded.slice(0, folded.lastIndexOf(` ${called}`) + 1)
    return { intent: 'summary', slots: {}, extras: { member: asTyped(typed, folded, called, head.length) } }
  }
  for (const shape of ofMember) {
    const groups = shape.exec(folded)?.groups
    const found = groups?.name
    if (!groups || found === undefined || noName.test(found)) continue
    const from = groups.title === undefined ? 0 : folded.indexOf(`${groups.title} ${found}`) + groups.title.length
    const member = asTyped(typed, folded, found, from)
    // "Việc của Lụa": without a title only what is written as a name.
    if (groups.title === undefined && !/^\p{Lu}/u.test(member)) continue
    return { intent: 'summary', slots: {}, extras: { member } }
  }
  return null
}

/** The intent that such a question is; null for everything else. */
export function readSecretaryAsk(given: Intent, text: string, context: UnderstandContext): Intent | null {
  if (context.addressed === 'none' || context.expecting === 'reason' || context.expecting === 'returnReason')
    return null
  const typed = withoutMention(text, context.botNames)
    .normalize('NFC')
    .replace(/[?.!,:;"“”]+/gu, ' ')
    .trim()
    .replace(/\s+/g, ' ')
  if (typed.length > 120) return null
  const folded = fold(typed)
  if (given.intent === 'summary.missing') {
    const isOfMeeting = given.slots.about === 'meeting' && /\bvang\b/.test(folded) && !/\btra loi\b/.test(folded)
    if (!isOfMeeting) return null
    return { ...given, extras: { ...given.extras, answers: whichMeeting(folded) } }
  }
  if (rollResult.test(folded))
    return { intent: 'summary.missing', slots: { about: 'meeting' }, extras: { answers: 'last' } }
  const member = readMember(typed, folded)
  if (member) return member
  if (given.intent !== 'none') return null
  for (const [shape, meaning] of english) {
    const found = shape.exec(folded)
    if (found) return meaning(found)
  }
  const wait = waiting.exec(folded)?.groups
  if (wait && (wait.who !== undefined || wait.list !== '' || /^(?:cho|can) duyet$/.test(folded)))
    return { intent: 'pledge.approve', slots: {} }
  for (const [stage, shape] of stages) {
    const groups = shape.exec(folded)?.groups
    if (!groups) continue
    const isQuestion =
      groups.list !== '' || groups.nao !== undefined || groups.co !== undefined || groups.who !== 'viec'
    if (isQuestion) return { intent: 'summary', slots: {}, extras: { stage } }
  }
  if (unrated.test(folded)) return { intent: 'summary.missing', slots: {}, extras: { unrated: 'cell' } }
  const past = isPast.test(folded)
  const ofMeeting = past ? folded.replace(pastWords, '').trim() : folded
  if (isPeopleAsked.test(folded) && coming.test(ofMeeting))
    return { intent: 'summary.missing', slots: { about: 'meeting' }, extras: { answers: whichMeeting(folded) } }
  return null
}
