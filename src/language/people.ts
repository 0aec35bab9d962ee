/** Names in a text: after a title (`đ/c Hoa`, `bác Tư`) or by their capitals. */
import { keyOf, keySet } from './date-words.ts'
import { vocabulary } from './lexicon.ts'
import { hasAny, type Reading, type Token } from './reading.ts'

export interface NameFound {
  name: string
  from: number
  to: number
}

/** Family names of Vietnam, folded. */
export const surnames: ReadonlySet<string> = new Set(
  (
    'nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh dao doan lam trinh truong mai to ha tong cao luong luu thai tang phung quach ta thach chu khuc kieu nong trieu ' +
    'la lo giang thao vang sung lau hau ma ly vi cam lu lieu luc hua chau lai khong mac nghiem nguy nhu ninh on pho phi quang son than tieu tan ton uong van vien vuong y a bach be che cu dam dau diep dieu du giap ' +
    'han hong hung huu khuat kha khong kim lang lenh lo lu mau mong nhan ong pha quan sam si thang thi tho thuong tra trang trung tu ung vua xa yen li hoa cu chang deo dieu dinh siu ksor rmah rcom nay kpa rah romah ro lan hra eban nie ayun h'
  ).split(' '),
)
const titles = new Set([
  'bac',
  'anh',
  'chi',
  'co',
  'chu',
  'em',
  'thay',
  'ong',
  'ba',
  'cu',
  'di',
  'cau',
  'mo',
  'thim',
  'duong',
  'ban',
  'd/c',
  'dc',
  'mr',
  'mrs',
  'ms',
  'comrade',
  'a',
  'c',
  'e',
  'o',
])
/** Short forms that are titles only where a capital follows. */
const shortTitles = new Set(['a', 'c', 'e', 'o', 'dc', 'ban', 'ba', 'cu', 'em'])
/** Offices, never names: `bác bí thư`, `đồng chí chủ trì`. */
const offices = keySet('bi chu pho truong dang nao oi minh em ay nay kia do viec chi cac toi hay cho khac thu bot')
/** Words that end a name typed without capitals. */
export const endsNames = new Set(
  (
    'viec v vi do tai la duoc khong ko k kh da chua xin nho bao vang om benh ban di nghi nhe a ah nha nhi oi voi va thi hom nay mai toi sang chieu hien nen tot xuat hoan xep danh vua moi dang bi co se can lam ve o cua cho hoac trong ngay ' +
    'khoi muc loai mac vuong ket bi len xuong nhan dat luon roi nua vay the ne giup ho gium dum phai ra len den tham du hop sinh cung deu chi theo bang hoi qua rat because for on is at cannot cant has gui tra duyet thong noi dung so ly'
  ).split(' '),
)
const nameBits = vocabulary.bitsOf('title')
/** Words that say what somebody does or suffers: never the first word of a name typed without capitals. */
const actBits = vocabulary.bitsOf(
  'attend canAttend willAttend present neg absent leave work sick family other because register already proxy permission',
)
const callings = /^(giao|si|khanh)$/

/** The end of a title at a token (`đ/c`, `đồng chí`, `bác`, `chú`), or −1. */
export function titleEnd(tokens: readonly Token[], at: number): number {
  const key = keyOf(tokens[at])
  if (key === 'dong' && keyOf(tokens[at + 1]) === 'chi')
    return titleEnd(tokens, at + 2) > 0 && isNameLike(tokens, at + 3) ? titleEnd(tokens, at + 2) : at + 2
  if (!titles.has(key) || (!hasAny(tokens[at]!.bits, nameBits) && !shortTitles.has(key))) return -1
  if (shortTitles.has(key) && tokens[at]!.word!.capitals === 'first' && key.length === 1) return -1
  // `cô giáo Lan`, `bác sĩ Hùng`
  if (
    /^(co|thay|bac)$/.test(key) &&
    callings.test(keyOf(tokens[at + 1])) &&
    tokens[at + 2]?.word &&
    tokens[at + 1]!.word!.capitals === 'none'
  )
    return at + 2
  return at + 1
}

const isNameLike = (tokens: readonly Token[], at: number) => {
  const word = tokens[at]?.word
  return word !== null && word !== undefined && word.capitals !== 'none'
}

/** The first name behind a title in tokens `from`–`to`; people spoken to (`bác Ba ơi`, `thưa đ/c Nam`) are passed over. */
export function titledNameIn(reading: Reading, from = 0, to = reading.tokens.length): NameFound | null {
  const { tokens } = reading
  for (let at = from; at < to; at++) {
    const start = titleEnd(tokens, at)
    if (start < 0 || start >= to) continue
    const found = nameAt(reading, start, to, shortTitles.has(keyOf(tokens[start - 1])))
    if (!found) continue
    if (isSpokenTo(tokens, at, found.to)) {
      at = found.to - 1
      continue
    }
    return { ...found, from: at }
  }
  return null
}

function isSpokenTo(tokens: readonly Token[], titleAt: number, end: number): boolean {
  const next = keyOf(tokens[end])
  if (next === 'oi' || next === 'ui') return true
  const before = keyOf(tokens[titleAt - 1])
  return (
    before === 'thua' ||
    before === 'gui' ||
    (before === 'cao' && keyOf(tokens[titleAt - 2]) === 'bao') ||
    before === 'chao' ||
    before === 'kinh'
  )
}

/** Capitals tell names only where most words go without: neither in shouting nor in Headline Style. */
function hasTellingCapitals(reading: Reading): boolean {
  const known = tellingCapitals.get(reading)
  if (known !== undefined) return known
  const isTelling = capitalsTell(reading)
  tellingCapitals.set(reading, isTelling)
  return isTelling
}
const tellingCapitals = new WeakMap<Reading, boolean>()

function capitalsTell(reading: Reading): boolean {
  const words = reading.tokens.filter((token) => token.word)
  if (reading.text === reading.text.toUpperCase()) return false
  return words.length <= 4 || words.some((token) => token.word!.capitals === 'none')
}

/** A name that starts at a token, without title. */
export function nameAt(
  reading: Reading,
  at: number,
  to = reading.tokens.length,
  needsCapital = false,
): NameFound | null {
  const { tokens, text } = reading
  const first = tokens[at]
  if (!first?.word || at >= to) return null
  const isShouted = !hasTellingCapitals(reading)
  const isCapital = (token: Token) => token.word !== null && token.word.capitals !== 'none' && !isShouted
  if (offices.has(keyOf(first)) && !isCapital(first)) return null
  if (/^(bi|chu)$/.test(keyOf(first)) && /^(thu|tri|tich)$/.test(keyOf(tokens[at + 1]))) return null
  let end = at
  if (isCapital(first) && !(hasAny(first.own, actBits) && tokens.every((token) => !token.word || isCapital(token)))) {
    while (end < to && end - at < 6 && tokens[end]!.word && isCapital(tokens[end]!)) end++
  } else {
    if (needsCapital || hasAny(first.own, actBits)) return null
    if (endsNames.has(keyOf(first)) && !surnames.has(keyOf(first)) && keyOf(first) !== 'mai') return null
    end = at + 1
    const limit = surnames.has(keyOf(first)) ? 5 : 2
    while (end < to && end - at < limit && tokens[end]!.word && !endsName(tokens, end, at)) end++
  }
  // `Hoa's deed 2`
  return { name: text.slice(first.start, tokens[end - 1]!.end).replace(/['’]s$/, ''), from: at, to: end }
}

function endsName(tokens: readonly Token[], at: number, from: number): boolean {
  const token = tokens[at]!
  const key = keyOf(token)
  if (at === from + 1 && (key === 'thi' || key === 'van')) return false
  // Inside a full name `thị`, `văn`, `mai`, `hoà` and the like may come; what follows decides for words that mean more.
  if (
    surnames.has(keyOf(tokens[from])) &&
    at > from &&
    /^(mai|hoa|an|binh|hai|tam|nam|ban|tu|thu|duc|long|son|ngoc)$/.test(key) &&
    at - from <= 3
  )
    return false
  return endsNames.has(key) || titles.has(key)
}

const groupBits = vocabulary.bitsOf('people cell title')
const claimStops =
  /^(gi|ai|nguoi|dang|bi|chu|thanh|can|bo|cong|giao|hoi|doan|nhan|dv|doi|pho|truong|moi|the|sao|mot|cac|nhung|o|thu|day|ma|cha|con|vo|chong|ban|khach)$/

/** `Chu Thị Bưởi`, `Duong Minh Duc`: a word that looks like a title and is a family name; `chú`, `ông` with their marks are titles. */
function isFamilyName({ tokens, text }: Reading, at: number, to: number): boolean {
  const [first, second, third] = [tokens[at]!, tokens[at + 1], tokens[at + 2]]
  if (!surnames.has(keyOf(first)) || !second?.word || !third?.word || at + 2 >= to) return false
  if (markedTitles.has(text.slice(first.start, first.end).toLowerCase())) return false
  if (/^(thi|van)$/.test(keyOf(second))) return true
  const capitals = [first, second, third].filter((token) => token.word!.capitals !== 'none').length
  return capitals !== 1 && capitals !== 2 && !commonSurnames.has(keyOf(second))
}
const commonSurnames = keySet(
  'nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo dinh trinh dao doan truong',
)
const markedTitles: ReadonlySet<string> = new Set(['chú', 'ông', 'cụ', 'dượng', 'bà', 'cô', 'cậu'])

/** A whole text that is a name: 1–6 words, capitals or a family name first, nothing else. */
export function wholeName(reading: Reading, from: number, to: number, isAsked: boolean): string | null {
  const { tokens, text } = reading
  let start = from
  while (start < to && titleEnd(tokens, start) > 0 && titleEnd(tokens, start) < to && !isFamilyName(reading, start, to))
    start = titleEnd(tokens, start)
  let end = to
  while (
    end > start &&
    (tokens[end - 1]!.kind === 'mark' || /^(a|ah|nhe|nha|nhi|day|ne|roi|do)$/.test(keyOf(tokens[end - 1])))
  ) {
    // A last word “A” in capitals is part of a name.
    if (
      keyOf(tokens[end - 1]) === 'a' &&
      /^[AÁ]$/.test(text.slice(tokens[end - 1]!.start, tokens[end - 1]!.end)) &&
      text !== text.toUpperCase()
    )
      break
    end--
  }
  const count = end - start
  if (count < 1 || count > 7) return null
  const isShouted = text === text.toUpperCase()
  for (let index = start; index < end; index++)
    if (tokens[index]!.kind !== 'word' && tokens[index]!.mark !== '-' && tokens[index]!.mark !== '.') return null
  // `đảng viên mới`, `bí thư chi bộ`: offices and groups are no names, however they begin.
  for (let index = start; index < end; index++) {
    const token = tokens[index]!
    if (token.isPhraseStart && token.phraseEnd - index > 1 && hasAny(token.own, groupBits)) return null
  }
  const capitals = tokens.slice(start, end).filter((token) => token.word && token.word.capitals !== 'none').length
  const first = keyOf(tokens[start])
  const secondIsNamePart = count >= 2 && (surnames.has(first) || (count >= 3 && keyOf(tokens[start + 1]) === 'thi'))
  if (capitals === count && !isShouted) {
    if (count === 1 && !isAsked && claimStops.test(first)) return null
    if (/^(bi|pho|chu|dang|truong|can)$/.test(first) && /^(thu|bi|tich|vien|bo|chi)$/.test(keyOf(tokens[start + 1])))
      return null
    return text.slice(tokens[start]!.start, tokens[end - 1]!.end)
  }
  if (secondIsNamePart && count <= 5 && (isShouted || capitals === 0 || capitals >= count - 1))
    return text.slice(tokens[start]!.start, tokens[end - 1]!.end)
  if (isAsked && count <= 2 && capitals === 0 && !claimStops.test(first))
    return text.slice(tokens[start]!.start, tokens[end - 1]!.end)
  return null
}

/** `… của anh Nam`: what is spoken of is somebody else's. */
export function speaksOfOther(reading: Reading): boolean {
  const { tokens } = reading
  for (let at = 0; at + 2 < tokens.length; at++) {
    if (keyOf(tokens[at]) !== 'cua') continue
    const start = titleEnd(tokens, at + 1)
    if (start > 0 && nameAt(reading, start, tokens.length, shortTitles.has(keyOf(tokens[at + 1])))) return true
  }
  return false
}

/** Whether a second person is named behind the first: `đ/c Hoa và đ/c Nam`. */
export function namesAnother(reading: Reading, first: NameFound): boolean {
  const joint = keyOf(reading.tokens[first.to])
  const isJoined = /^(va|voi|cung|and)$/.test(joint) || reading.tokens[first.to]?.mark === ','
  return isJoined && titleEnd(reading.tokens, first.to + 1) > 0 && titledNameIn(reading, first.to) !== null
}
