/**
 * What has the words of an act and is none: a question ("việc 1 xong rồi à"), a denial ("không rút việc 1 nữa"), what was
 * ("tuần trước em vắng"), what is not certain ("có lẽ em vắng"), absences that a secretary reports. Only looked for once an act
 * was read, and none is ever added here: the worst that a row too many does is that the bot asks.
 */
import { keyOf } from './date-words.ts'
import type { Intent, IntentName } from './intents.ts'
import type { Reading, Token } from './reading.ts'

/** `other`: of somebody else's deed, `several`: of more than one; the readers of acts find them. */
export type NoActKind = 'question' | 'denial' | 'past' | 'unsure' | 'reported' | 'other' | 'several'

/** An act that is for one deed, said of several: the bot asks for one after the other. */
export const ofSeveral = (read: Intent): Intent => ({
  intent: 'none',
  slots: {},
  extras: { noAct: { why: 'several', read } },
})

/** Words looked at: a message with an act in it is short. */
const mostTokens = 60

/** `chớ` denies, `cho` (and `chờ`) does not: told apart by their marks alone. */
const keyOrNot = (token: Token) =>
  token.word!.spelling.plain === 'chơ' && token.word!.spelling.tone === 1 ? 'dung' : keyOf(token)

/** Folded words and numbers; whatever ends a clause is a bar. */
const keyed = (tokens: readonly Token[]) =>
  tokens
    .slice(0, mostTokens)
    .map((token) => (token.kind === 'number' ? String(token.value) : token.kind === 'word' ? keyOrNot(token) : '|'))
    .join(' ')

const callers = '(?:(?:da|thua|u|uh|the|ma|oi|a|vay|bac|anh|chi|em|dong chi|d/c|bot|nep|\\|) )*'
/** "sao bác lại …", "hay là …", "nếu …": "hay" alone is as often "hãy". */
const leadsQuestion = new RegExp(
  `^${callers}(?:sao|vi sao|tai sao|lam sao|co nen|nen hay|neu|lieu|gia su|hay la|hay (?:minh|ta|chi bo|chung ta|cac|moi nguoi)|ai|why|should|what if|how about)(?: |$)`,
)
const vocatives = '(?: (?:the|vay|a|nhi|nhe|bac|anh|chi|em|dong chi|d/c|cac|bot|nep|ho|oi))*'
const asksBack = new RegExp(` (?:phai khong|phai ko|dung khong|dung ko|chua|hay sao|hay chua|nhi)${vocatives}[ |]*$`)
const asksLeave = new RegExp(
  ` (?:(?:duoc|dc|co|hay|nen|on|tien|hop ly)(?: (?:khong|ko|hong|k|chua|chu))|khong|ko)${vocatives}[ |]*$`,
)
const polite = /(?:^| )(?:giup|ho|gium|dum|nho|xin|cho (?:em|toi|minh|t|e))(?: |$)/

/** `à`, `hả`, `hở`, `hử` with their marks: without them they are as often `ạ` and `ha`. */
function endsWithParticle(tokens: readonly Token[]): boolean {
  for (let at = tokens.length - 1; at >= 0 && at >= tokens.length - 5; at--) {
    const token = tokens[at]!
    if (token.mark === '?') return true
    if (!token.word) continue
    const key = keyOf(token)
    if (key === 'a' && token.word.spelling.tone === 2) return true
    if (/^(ha|ho|hu)$/.test(key) && token.word.spelling.tone === 3) return true
    if (!/^(the|vay|bac|anh|chi|em|dong|d\/c|bot|nep|oi)$/.test(key)) return false
  }
  return false
}

const negation = '(?:khong|ko|k|kg|chua|dung|chang|cha|khoi|dont|not|never)'
const between = '(?:(?:he|phai|muon|dinh|can|nen|noi|bao|yeu cau|nho|xin|co y|la|ai|bac|dong chi|bot|want|to|my) )*'
const denialOf = (verbs: string) => new RegExp(`(?:^| )${negation} ${between}(?:${verbs})(?: |$)`)
/** The meeting stays where it is: nobody moves it, nobody stays away. */
const keptMeeting =
  /(?:^| )(?:khong|ko|k|kg|chua|dung|chang|dont|not|never) (?:(?:he|phai|muon|dinh|can|nen|noi|bao|yeu cau|co|the|duoc|xin|want|to) )*(?:doi|chuyen|hoan|lui|huy|move|postpone|reschedule|cancel)(?: (?:the|lich|buoi|cuoc|ngay|gio|ky))* (?:hop|sinh hoat|sh|meeting)(?: |$)/
/** `khoan duyệt việc 1`: it waits, and nothing is given back. */
const putOff =
  /^(?:(?:da|thua|a|bac|anh|chi|em|dong chi|d\/c|\|) )*(?:khoan|tam(?: thoi)?|tu tu|thong tha)(?: (?:da|hay|thi|chua|dung|khoan|voi|\|))* (?:duyet|phe duyet|thong qua|tra lai|tra)(?: |$)/
const denials: Partial<Record<IntentName, RegExp>> = {
  'pledge.approve': putOff,
  'pledge.return': putOff,
  'pledge.withdraw': denialOf('rut|huy|bo|xoa|go|withdraw|drop|cancel|delete'),
  'data.erase': denialOf('xoa|huy|go|loai|tieu huy|delete|erase|remove|wipe'),
  'consent.withdraw': denialOf('rut|thu hoi|huy|withdraw|revoke'),
  'pledge.edit': denialOf('sua|doi|gia han|chinh'),
  'meeting.move': keptMeeting,
  'meeting.excuse': keptMeeting,
}

const pastWords =
  '(?:(?:tuan|thang|buoi|ky|ki|lan|hom|bua|cuoc|dot|quy)(?: hop| sinh hoat)?(?: dinh ky| chi bo)? (?:truoc|qua|roi|no|kia|vua roi|vua qua|lan truoc)' +
  '|(?:sang|chieu|trua|dem) qua|nam ngoai|nam truoc|vua roi|vua qua|khi truoc|last (?:week|month|time|meeting)|yesterday)'
const isPastSaid = new RegExp(`(?<!(?:^| )(?:tu|nhu|giong|sau|ke tu) )(?:^| )${pastWords}(?: |$)`)
const isPastAlone = new RegExp(
  `^(?:(?:hoi|luc|cua|vao|o|thi|a|nhe|co|mat|ma) )*${pastWords}(?: (?:a|nhe|ma|co|day|do))*$`,
)
/** The meeting itself is a past one, whatever kept somebody from it. */
const ofPastMeeting =
  /(?:^| )(?:buoi|ky|ki|cuoc)(?: hop| sinh hoat)?(?: chi bo| dinh ky| thuong ky)? (?:hom qua|toi qua|hom kia|hom truoc|hom no|tuan truoc|tuan qua|thang truoc|truoc|vua roi|vua qua)(?: |$)/
/** `tối qua`; `toi qua họp` without marks is `tôi qua họp` as well. */
const lastNight = /(?:^| )toi qua(?= )(?! (?:hop|du|den|sinh hoat|duoc)(?: |$))/
const aheadSaid =
  /(?:^| )(?:hom nay|hnay|toi nay|sang nay|chieu nay|trua nay|mai|ngay kia|(?:ky|ki|lan|buoi|thang|tuan|bua|dot|cuoc)(?: hop| sinh hoat)? (?:nay|sau|toi)|sap toi|toi day|today|tonight|tomorrow|next)(?: |$)/
const ofAttendance =
  /(?:^| )(?:vang|hop|du|co mat|tham gia|tham du|sinh hoat|diem danh|nghi hop|absent|attend|attended|missed|present|here|came|come)(?: |$)/
const clauseEnds = / ?\| ?| (?:nen|vi|do|tai|boi|bay gio|so|because) /

/** Said of a meeting that is over: each clause that speaks of coming names a day that was, or one clause is that day alone. */
function isOfThePast(key: string): boolean {
  const mayBePast = (clause: string) => isPastSaid.test(clause) || lastNight.test(` ${clause} `)
  if (!mayBePast(key) || aheadSaid.test(key)) return false
  if (ofPastMeeting.test(key)) return true
  const clauses = key.split(clauseEnds).map((clause) => clause.trim())
  if (clauses.some((clause) => isPastAlone.test(clause))) return true
  const ofComing = clauses.filter((clause) => ofAttendance.test(clause))
  return ofComing.length > 0 && ofComing.every(mayBePast)
}

/** "chắc em không dự được" declines politely; "chắc em vắng" is not known yet. */
const unsure =
  /(?:^| )(?:co le|hinh nhu|chua chac|khong chac|ko chac|khong biet(?: la)?(?: co)?|co khi|de xem|chac(?: la)?(?! chan)(?!.* (?:khong|ko|k|kg|chang|kho|not) )|maybe|perhaps|probably|might)(?: |$)/
const unsureAbsence = /(?:^| )co the (?:la )?(?:(?:em|toi|minh|chau|t|e|con) )?(?:se |phai |xin )?(?:vang|nghi)(?: |$)/

/** "vắng 2 đồng chí: …", "có mặt 6, vắng 1 (…)", "vắng: An, Bình": told of others. */
const reported = [
  /(?:^| )vang(?: mat)?(?: co(?: mat)?)?(?: (?:phep|ly do))? \d{1,3}(?! (?:buoi|hom|ngay|tuan|ky|ki|lan|gio|h|g|phut|p|thang|bua|tieng))/,
  /(?:^| )co mat \d{1,3}(?: |$)(?!(?:buoi|ngay|ky|gio|h|thang))/,
  /(?:^| )\d{1,3} (?:dong chi|d\/c|dc|nguoi|dang vien|dv) (?:xin )?vang(?: |$)/,
  /(?:^| )(?:danh sach|ds|so) (?:\S+ ){0,2}vang(?: |$)/,
  /^(?:hop |buoi hop )?vang(?: mat)? \| (?!(?:em|toi|minh|chau|bi|do|vi|di|om|dau|met|sot|ban|con|ly|viec|nha|gia|cong)(?: |$))\S/,
]
/** "tháng 1 không họp": of the meeting, not of who says so. */
const ofTheMeeting = /^thang \d{1,2} (?:nay )?(?:khong|ko|k) (?:to chuc )?(?:hop|sinh hoat)(?: |$)/
const ofSpeaker = /(?:^| )(?:em|toi|minh|chau|con|t|e|tui)(?: |$)/

/** `nếu mai mưa thì em không đi họp`; `nếu được`, `nếu không phiền` are courtesy. */
const onlyIf = new RegExp(
  `^${callers}(?:(?:em|toi|minh|chau|t|e) )?(?:neu|(?:lo|nho) nhu|lo mai|gia su|gia ma|gia nhu|if|in case)(?! (?:duoc|dc|co the|khong phien|ko phien|khong co gi|dong y|thay|bac|dong chi|possible)(?: |$)) `,
)
/** `tôi báo cáo: đã giúp được 1 hộ` tells of a deed, whose number is missing; nobody asks for figures. */
const toldOfDeed =
  /(?:^|\| |(?:da|thua|a) )(?:toi|em|minh|chau|tui|e) (?:xin )?(?:bao cao|bc) (?:\| )?(?:da|vua|moi)(?: |$)/

/** `con tôi đăng ký lớp bơi rồi`: somebody at home; `con đăng ký` is the speaker. */
const ofFamily = new RegExp(
  `^${callers}(?:(?:con|chau)(?: gai| trai| dau| re)?|vo|chong|ba xa|ong xa|bo|me|ba|ma) (?:nha )?(?:toi|tui|minh|em)(?: (?:da|moi|cung|vua|dang|dinh|muon))* (?:dang ky|dang ki|dk)(?: |$)`,
)

const ofComing: ReadonlySet<IntentName> = new Set(['meeting.attend', 'meeting.excuse', 'meeting.excuseFor'])
/** What a question may not set off. A request for one's own is often put as a question ("cho em rút việc 1 được không"). */
const ofOthers: ReadonlySet<IntentName> = new Set([
  'pledge.approve',
  'pledge.return',
  'commend',
  'deed.rate',
  'remind.now',
])
const ofOwn: ReadonlySet<IntentName> = new Set([
  'progress.report',
  'pledge.withdraw',
  'pledge.edit',
  'data.erase',
  'consent.withdraw',
  'deed.selfRate',
])

/** Why what was read as an act is none; null where it may be carried out. */
export function noActOf(read: Intent, { tokens }: Reading): NoActKind | null {
  const { intent } = read
  const isMove = intent === 'meeting.move'
  const isComing = ofComing.has(intent)
  if (intent === 'summary') return toldOfDeed.test(keyed(tokens)) ? 'reported' : null
  if (intent === 'pledge.register') return ofFamily.test(keyed(tokens)) ? 'reported' : null
  if (!isMove && !isComing && !ofOthers.has(intent) && !ofOwn.has(intent)) return null
  const key = keyed(tokens)
  if (isComing) {
    if (isOfThePast(key)) return 'past'
    if (intent !== 'meeting.attend' && reported.some((shape) => shape.test(key))) return 'reported'
    if (intent === 'meeting.excuse' && ofTheMeeting.test(key) && !ofSpeaker.test(key)) return 'reported'
    if (denials[intent]?.test(key)) return 'denial'
    if (unsure.test(key) || onlyIf.test(key) || (intent !== 'meeting.attend' && unsureAbsence.test(key)))
      return 'unsure'
    return endsWithParticle(tokens) || asksBack.test(key) ? 'question' : null
  }
  if (leadsQuestion.test(key)) return 'question'
  if (denials[intent]?.test(key)) return 'denial'
  // What is typed freely may end like a question: a reason, a note, the words of a deed.
  const { slots } = read
  if (intent === 'progress.report' && !key.includes('|') && / (?:phai|dung) (?:khong|ko)(?: \S+)?$/.test(key))
    return 'question'
  if ('note' in slots || 'reason' in slots || 'content' in slots) return null
  if (endsWithParticle(tokens) || asksBack.test(key)) return 'question'
  if (isMove || (ofOthers.has(intent) && !polite.test(key))) return asksLeave.test(key) ? 'question' : null
  return null
}

/** What is answered instead of the act, where there is an answer: an intent that changes nothing, or asks before it does. */
export function insteadOf({ why, read }: { why: NoActKind; read: Intent }): Intent | null {
  if (why === 'past') return { intent: 'meeting.attend', slots: {}, extras: { past: true } }
  if (why === 'reported')
    return read.intent === 'meeting.excuse' || read.intent === 'meeting.excuseFor'
      ? { intent: 'meeting.rollCall', slots: {}, extras: { reported: true } }
      : null
  if (why === 'several') return { ...read, extras: { ...read.extras, severalDeeds: true } }
  if (why === 'other') return { intent: 'pledge.edit', slots: {}, extras: { ofOther: true } }
  // `co le em vang`: Lê is nobody here.
  const isPerhaps = read.intent === 'meeting.excuseFor' && /^l[eẽ]$/iu.test(read.slots.name)
  if (why === 'unsure' && isPerhaps) return { intent: 'meeting.excuse', slots: {}, extras: { unsure: true } }
  if (why === 'unsure' && read.intent === 'meeting.excuse') return { ...read, extras: { ...read.extras, unsure: true } }
  if (why === 'question' && read.intent === 'meeting.move') return { ...read, extras: { ...read.extras, asked: true } }
  return null
}
