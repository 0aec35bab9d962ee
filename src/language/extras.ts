/**
 * What a text tells beyond the slots of the contract, read from its words once the intent is known: the place of a
 * meeting, the month of one that is called off, whether names are asked for, the bare number of a list.
 */
import { withoutMention } from './bot-names.ts'
import { clockAt } from './calendar.ts'
import { readCampaignAsk } from './campaign-asks.ts'
import { ownGroups, ownGroupsEnglish, ownGroupsFolded } from './cell-words.ts'
import { mayBeOfCollective, readOfCollective } from './collective-asks.ts'
import { readDataRight, readDataWish } from './data-readers.ts'
import type { Intent, UnderstandContext } from './intents.ts'
import { readMeetingWords, saluteIn, themeParts } from './meeting-words.ts'
import { insteadOf } from './no-acts.ts'
import { fold } from './normalise.ts'
import { readOrganisationAsk } from './organisation-asks.ts'
import { collectiveIn } from './organisation-words.ts'
import { periodIn } from './period-slot.ts'
import { readPraiseAsk } from './praise-asks.ts'
import { read } from './reading.ts'
import { readRollCall } from './roll-call-reader.ts'
import { mayBeSecretaryAsk, readSecretaryAsk } from './secretary-asks.ts'
import { understand } from './understand.ts'
import { readWholeRating } from './whole-rating.ts'
import { isOfDeeds, withoutYear } from './year-words.ts'

/** "tại nhà văn hoá thôn", up to the next clause. */
const place =
  /(?:^|[\s,])(?:(?:tại|tai|ở|at)\s+|(?=nh[àa]\s+(?:đ\/c|d\/c|đc|đồng\s+chí|dong\s+chi|bác|bac|ông|ong|bà|ba|chú|chu|cô|co|văn\s+ho[áa]|van\s+hoa)(?![\p{L}\p{N}])))(?!đây|day\b|nhà\s+(?:tôi|em))(\p{L}[\p{L}\p{N}\s.'’/-]*?)(?=\s*(?:[,;.!?]|$)|\s+(?:lúc|luc|vào|vao|hằng|hàng|hang|mỗi|moi|trùng|trung|rơi|roi|vì|vi|do|thì|thi|nhé|nhe|ạ|từ|tu|sang|every|on)(?=[\s,;.!?]|$)|\s+(?:mùng|mung|mồng|mong|ngày|ngay|thứ|thu)\s+\d)/iu

/** Longest place kept: a line on an invitation. */
const maxPlaceLength = 120

function placeOf(text: string): string | undefined {
  const found = place.exec(text.normalize('NFC'))?.[1]?.trim()
  return found && found.length <= maxPlaceLength ? found : undefined
}

/** "dời họp sang thứ 3 tại nhà đ/c Khoát": the name of somebody at whose home it is hides the command; read without it. */
function readAtHome(text: string, context: UnderstandContext): Intent | null {
  const plain = text.normalize('NFC')
  const found = place.exec(plain)
  const where = found?.[1]?.trim()
  if (!found || !where || !/^nh[àa]\s+\p{L}/iu.test(where) || where.length > maxPlaceLength) return null
  const read = understand(plain.replace(found[0], ' '), context)
  if (read.intent !== 'meeting.move' && read.intent !== 'meeting.schedule') return null
  return { ...read, extras: { ...read.extras, place: where } }
}

/** 'YYYY-MM' of a month named on its own: this, next, or by number (the next such month). */
function monthOf(text: string, context: UnderstandContext): string | undefined {
  const folded = fold(text)
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone: context.timeZone, year: 'numeric', month: '2-digit' })
  const [year, month] = parts.format(context.now).split('-').map(Number) as [number, number]
  const shifted = (by: number) => {
    const index = year * 12 + (month - 1) + by
    return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`
  }
  if (/\bthang (?:nay)\b|\bthis month\b/.test(folded)) return shifted(0)
  if (/\bthang (?:sau|toi)\b|\bnext month\b/.test(folded)) return shifted(1)
  // "ngày 3 tháng 11" is a day, which `from` holds.
  const named = /(?<!\d )\bthang (\d{1,2})\b(?! nam)/.exec(folded)
  const number = named ? Number(named[1]) : 0
  return number >= 1 && number <= 12 ? shifted((number - month + 12) % 12) : undefined
}

/** "biểu dương tập thể Chi bộ Bắc": a collective, named or one's own. */
const collectiveCommended =
  /(?:biểu dương|bieu duong|tuyên dương|tuyen duong|commend|\/bieuduong(?:@\S+)?)\s+(?:tập thể|tap the|the group)(?!\p{L})\s*(.*?)[\s.!]*$/iu

const namesAsked = /\b(?:danh sach|co ten|kem ten|chi tiet|ho ten|with names|names|list)\b/
const listNumber = /^(?:[/]?(?:duyet|phe duyet|thong qua|approve|tra lai|return))\s+(?:so\s+)?(\d{1,2})(?=[\s,;:.]|$)/

/** "1, 3", "duyệt 1 và 3", "phê duyệt các việc 1, 2, 3". */
const listNumbers =
  /^(?<verb>\/?(?:duyet|phe duyet|thong qua|approve)(?:@\S+)? (?<except>(?:het|tat ca|all) ?,? ?(?:tru|ngoai tru|except|but) )?)?(?:(?:cac )?(?:viec|so|muc|deeds?|numbers?) )*(?<list>\d{1,2}(?:(?: ?[,;&+] ?(?:va |and )?| va | and | )(?:(?:viec|so|deed) )?\d{1,2})*)(?: (?:nhe|nha|a|voi|giup|please))*[ .!]*$/

/** Several numbers answer a list; without the verb only one that is being asked about. */
function readNumbers(given: Intent, text: string, context: UnderstandContext): Intent | null {
  const folded = fold(withoutMention(text, context.botNames)).trim().replace(/\s+/g, ' ')
  const found = folded.length > 80 ? null : listNumbers.exec(folded)?.groups
  if (!found || (found.verb === undefined && context.expecting !== 'choice')) return null
  const numbers = [...new Set(found.list!.match(/\d{1,2}/g)!.map(Number))]
  // A single number has its own reading.
  if (numbers.length === 1 && found.except === undefined) return null
  return found.verb === undefined
    ? { ...given, extras: { ...given.extras, numbers } }
    : { intent: 'pledge.approve', slots: {}, extras: { numbers, ...(found.except ? { except: true as const } : {}) } }
}

/** The quarter, half or year that a rating is for, where one is named. */
function periodOf(text: string, context: UnderstandContext): string | undefined {
  const { period } = periodIn(read(text), () => clockAt(context.now, context.timeZone))
  return period && /^\d{4}(?:-(?:Q[1-4]|H[12]))?$/.test(period) ? period : undefined
}

/** "việc 1 của chi bộ", "việc tập thể 2", "deed 1 of the group": whose deed is meant. */
const own = `(?:${[...ownGroups, ...ownGroupsFolded].join('|')})`
const ofCell = new RegExp(
  String.raw`(?<=(?:^|[\s,.:])(?:việc|viec|deeds?)(?:\s+(?:số|so))?(?:\s+\d{1,2})?)\s+(?:(?:của|cua)\s+(?:tập thể|tap the|${own})|tập thể|tap the|of\s+(?:the|our)\s+(?:${ownGroupsEnglish.join('|')}))(?:\s+(?:chi bộ|chi bo|mình|minh|ta))?(?=[\s,.:;?]|$)`,
  'iu',
)

/** What may be said of a deed of the cell itself; `none` because the words in between hide the command. */
const ofDeeds: ReadonlySet<Intent['intent']> = new Set([
  'pledge.edit',
  'pledge.withdraw',
  'pledge.mine',
  'progress.report',
])

/**
 * The text without the words that say it is the cell's deed, read again; null where it does not say so. "việc của tôi"
 * stands for a list that is asked for.
 */
function readAsCells(intent: Intent, text: string, context: UnderstandContext): Intent | null {
  if (intent.intent !== 'none' && !ofDeeds.has(intent.intent)) return null
  const plain = text.normalize('NFC')
  if (!ofCell.test(plain)) return null
  const without = understand(plain.replace(ofCell, ''), context)
  // Only a number says beyond doubt that it is not talk about what the cell does.
  const isNumbered = ofDeeds.has(without.intent) && 'deed' in without.slots && without.slots.deed !== undefined
  const read = isNumbered ? without : understand(plain.replace(ofCell, ' của tôi'), context)
  if (!isNumbered && read.intent !== 'pledge.mine') return null
  return { ...read, extras: { ...read.extras, ofCell: true } } as Intent
}

/** "dời họp tháng 12 | sang thứ 6": which meeting, and where to; folded. */
function parted(text: string): [string, string] {
  const folded = fold(text)
  const at = folded.search(/\b(?:sang|qua|den|toi|thanh|len|vao|xuong|ve|lai|bang|to|until)\s/)
  return at < 0 ? [folded, ''] : [folded.slice(0, at), folded.slice(at)]
}
const weekdayNamed =
  /\b(?:thu\s*(?:[2-7]|hai|ba|tu|nam|sau|bay)|t[2-7]|chu nhat|cn|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/
const dayNamed =
  /\d{1,2}\s*[/.-]\s*\d|\bngay\s*\d|\bm[uo]ng\b|\btuan (?:nay|sau|toi)\b|\b(?:this|next) (?:week|mon|tues|wednes|thurs|fri|satur|sun)|\b(?:mai|mot|kia)\b/

/** "Họp chuyên đề quý 1 ngày 15/3 lúc 19h30": a meeting of its own, with no colon before its time. */
const thematicAt =
  /^(?:chi bộ |chi bo |cb |nhóm |nhom )?(?:họp|hop|sinh hoạt|sinh hoat)\s+(?:chuyên đề|chuyen de)(?:\s+(?:quý|quy|q)\s*(?:[1-4]|iv|i{1,3})(?:\s*\/\s*\d{4})?)?\s+(?=(?:vào|vao|ngày|ngay|lúc|luc|tối|toi|sáng|sang|chiều|chieu|thứ|thu|chủ nhật|chu nhat)\s*\S*\d|\d)/iu

function readThematicAt(given: Intent, text: string, context: UnderstandContext): Intent | null {
  const plain = withoutMention(text, context.botNames).normalize('NFC').trim()
  const head = thematicAt.exec(plain)?.[0]
  if (!head) return null
  const { theme, ...parts } = themeParts(plain.slice(head.length), context)
  if (theme !== undefined || !(parts.meetingAt || parts.ask || parts.needsTime)) return null
  const named = given.intent === 'meeting.theme' ? given : understand(head, context)
  return { intent: 'meeting.theme', slots: named.intent === 'meeting.theme' ? named.slots : {}, extras: parts }
}

/** What a text about one's rights is otherwise taken for. */
const asksForRight: ReadonlySet<Intent['intent']> = new Set([
  'none',
  'data.show',
  'pledge.edit',
  'pledge.return',
  'consent.withdraw',
  'progress.report',
])

/** What questions about organisations below are taken for by their words alone. */
const ofOrganisations: ReadonlySet<Intent['intent']> = new Set([
  'none',
  'summary',
  'summary.missing',
  'pledge.registerCollective',
])

const ratingAsked = /\b(?:danh gia|xep loai|cham diem|rated?|rating)\b/
const selfRatingAsked = /\btu (?:danh gia|xep loai|nhan xet)\b|\b(?:themselves|self[ -]rat)/

/** Which year or month is asked about, and whether it is who has not been rated. */
function missingExtras(
  intent: Intent<'summary.missing'>,
  text: string,
  context: UnderstandContext,
): Intent<'summary.missing'> {
  const folded = fold(text)
  const { period } = periodIn(read(text), () => clockAt(context.now, context.timeZone))
  const isOfRating = intent.slots.about === undefined && ratingAsked.test(folded)
  if (!period && !isOfRating) return intent
  return {
    ...intent,
    extras: {
      ...intent.extras,
      ...(period ? { askedPeriod: period } : {}),
      ...(isOfRating ? { unrated: selfRatingAsked.test(folded) ? ('self' as const) : ('cell' as const) } : {}),
    },
  }
}

/** The intent with what its text tells beyond the slots; the intent itself where there is nothing. */
export function withExtras(understood: Intent, text: string, context: UnderstandContext, hasYear = false): Intent {
  if (context.addressed !== 'none') {
    const rollCall = readRollCall(withoutMention(text, context.botNames), context.expecting === 'rollCall')
    if (rollCall) return { intent: 'meeting.rollCall', slots: {}, extras: { rollCall } }
    const ofMeeting = readMeetingWords(text, context)
    if (ofMeeting) return ofMeeting
  }
  const mayListNumbers = understood.intent === 'none' || understood.intent === 'pledge.approve'
  const numbered = mayListNumbers && context.addressed !== 'none' ? readNumbers(understood, text, context) : null
  if (numbered) return numbered
  const { noAct } = understood.extras ?? {}
  const given = (noAct && insteadOf(noAct)) ?? understood
  const right =
    asksForRight.has(given.intent) && context.addressed !== 'none'
      ? readDataRight(withoutMention(text, context.botNames))
      : null
  if (right) return right
  const wish =
    given.intent === 'none' && !noAct && context.addressed !== 'none' && !context.expecting
      ? readDataWish(withoutMention(text, context.botNames))
      : null
  if (wish) return wish
  const ofWhole = given.intent === 'none' || given.intent === 'summary' ? readWholeRating(text, context) : null
  if (ofWhole) return ofWhole
  const ofBelow = ofOrganisations.has(given.intent) ? readOrganisationAsk(given, text, context) : null
  if (ofBelow) return ofBelow.intent === 'summary.missing' ? missingExtras(ofBelow, text, context) : ofBelow
  const ofYear = hasYear ? null : withoutYear(given, text, context)
  if (ofYear) {
    const read = withExtras(understand(ofYear.text, context), ofYear.text, context, true)
    if (read.intent !== 'none' && isOfDeeds(read))
      return { ...read, extras: { ...read.extras, year: ofYear.year } } as Intent
  }
  const ofCollective = mayBeOfCollective.has(given.intent) ? readOfCollective(given, text, context) : null
  if (ofCollective) return ofCollective
  const ofPraise = given.intent === 'none' || given.intent === 'summary.missing' ? readPraiseAsk(text, context) : null
  if (ofPraise) return ofPraise
  const ofCampaign = given.intent === 'none' && !noAct ? readCampaignAsk(text, context) : null
  if (ofCampaign) return ofCampaign
  const ofMembers = mayBeSecretaryAsk.has(given.intent) && !noAct ? readSecretaryAsk(given, text, context) : null
  if (ofMembers) return ofMembers
  const thematic =
    given.intent === 'meeting.theme' || given.intent === 'none' ? readThematicAt(given, text, context) : null
  if (thematic) return thematic
  const atHome = given.intent === 'none' && context.addressed !== 'none' ? readAtHome(text, context) : null
  const intent = readAsCells(given, text, context) ?? atHome ?? given
  switch (intent.intent) {
    case 'meeting.theme': {
      const { theme } = intent.extras ?? {}
      if (theme) return { ...intent, extras: themeParts(theme, context) }
      // "họp chuyên đề quý 3: tối 15/8 19h30": when it is, its theme having been told before.
      const tail = /^[^:]*(?<!\d)\s?:\s*(\S.*)$/s.exec(text)?.[1] ?? /^[^:]*\d\s*:\s+(\S.*)$/s.exec(text)?.[1]
      const parts = tail ? themeParts(tail, context) : {}
      return parts.meetingAt || parts.ask || parts.partOf
        ? { ...intent, extras: { ...parts, theme: undefined } }
        : intent
    }
    case 'meeting.schedule':
    case 'meeting.move': {
      const salute = intent.intent === 'meeting.schedule' ? saluteIn(text) : null
      if (salute) {
        const plain = withExtras(understand(salute.rest, context), salute.rest, context)
        if (plain.intent === 'meeting.schedule' && plain.slots.cron)
          return { ...plain, extras: { ...plain.extras, flagSalute: salute.at } }
      }
      const found = intent.extras?.place ?? placeOf(text)
      const isMove = intent.intent === 'meeting.move'
      const [which, target] = isMove ? parted(text) : [text, '']
      const period = isMove && !intent.slots.from ? monthOf(which, context) : undefined
      const byWeekday = isMove && weekdayNamed.test(target) && !dayNamed.test(target)
      const thematic = isMove && /\bchuyen de\b|\bthematic\b/.test(which)
      if (!found && !period && !byWeekday && !thematic) return intent
      return {
        ...intent,
        extras: {
          ...intent.extras,
          ...(found ? { place: found } : {}),
          ...(period ? { period } : {}),
          ...(byWeekday ? { byWeekday: true as const } : {}),
          ...(thematic ? { thematic } : {}),
        },
      }
    }
    case 'summary':
      return namesAsked.test(fold(text)) ? { ...intent, extras: { ...intent.extras, names: true } } : intent
    case 'summary.missing':
      return missingExtras(intent, text, context)
    case 'commend': {
      if (intent.extras?.collective !== undefined || intent.slots.name !== undefined) return intent
      const named = collectiveCommended.exec(text.normalize('NFC'))
      const collective = named ? collectiveIn(named[1]!) : null
      return collective === null ? intent : { ...intent, extras: { ...intent.extras, collective } }
    }
    case 'deed.rate':
    case 'deed.selfRate': {
      const ratedPeriod = periodOf(text, context)
      return ratedPeriod ? { ...intent, extras: { ...intent.extras, ratedPeriod } } : intent
    }
    case 'pledge.approve':
    case 'pledge.return': {
      if (intent.slots.name || intent.slots.deed !== undefined || intent.extras?.all) return intent
      const number = listNumber.exec(fold(text).trim())?.[1]
      return number ? { ...intent, slots: { ...intent.slots, deed: Number(number) } } : intent
    }
    default:
      return intent
  }
}
