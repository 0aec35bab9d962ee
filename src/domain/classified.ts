/**
 * What a cell's chat must not carry (domain.md §6.2, deny list): classified documents (Luật Bảo vệ bí mật nhà nước
 * 117/2025/QH15, from 01/3/2026), personnel matters, discipline, complaints, and numbers that identify a person (Luật
 * 91/2025/QH15: telephone, identity and card numbers). The bot gives one fixed answer to such a text and stores nothing.
 *
 * A deed may speak of secrecy or discipline without carrying any: "giữ kỷ luật lao động", "không phát tán tài liệu mật". So
 * words that are sensitive only about somebody need a named person beside them, and words that are sensitive in
 * themselves are let pass where the text promises to guard or to settle such things. This is a net, not a lock: it
 * cannot judge meaning, and the texts of the bot never say that what passed was fit to be sent.
 */

export const classifiedKinds = ['classified', 'personnel', 'discipline', 'complaint', 'personalNumber'] as const
export type ClassifiedKind = (typeof classifiedKinds)[number]

/** What was found. `sign` is the entry of our own list (or the kind of number), never a piece of the text. */
export interface Finding {
  kind: ClassifiedKind
  sign: string
}

interface Sign {
  kind: ClassifiedKind
  words: string
  /** Only counts with a named person: within so many words after it, or before it. */
  personAfter?: number
  personBefore?: number
  /** Let pass when one of these stands before it in the clause and no person is named after it. */
  unless?: readonly string[]
  /** Counts only when typed with its marks: "toi mat" is mostly "tôi mất", "bao cao mat" "báo cáo mất". */
  isMarked?: true
}

const guarding = [
  ...['chia sẻ', 'phát tán', 'đăng', 'gửi', 'chuyển', 'để lộ', 'làm lộ', 'sao chụp', 'chụp', 'lưu', 'soạn', 'mang'].map(
    (verb) => `không ${verb}`,
  ),
  ...['bảo vệ', 'quản lý', 'bảo quản', 'giữ gìn', 'phòng ngừa', 'chống lộ', 'quy định về', 'lộ lọt'],
]
const settling = ['giải quyết', 'xử lý', 'tiếp nhận', 'phân loại', 'không có', 'không để', 'hạn chế', 'giảm', 'bảo vệ']

const sign = (kind: ClassifiedKind, rule: Omit<Sign, 'kind' | 'words'>, ...all: string[]): Sign[] =>
  all.map((words) => ({ kind, words, ...rule }))

const signs: readonly Sign[] = [
  ...sign('classified', { unless: guarding }, 'tuyệt mật', 'tài liệu tối mật', 'văn bản tối mật', 'công văn tối mật'),
  ...sign('classified', { unless: guarding }, 'tài liệu mật', 'văn bản mật', 'công văn mật'),
  ...sign(
    'classified',
    { unless: guarding, isMarked: true },
    'tối mật',
    'dấu mật',
    'độ mật',
    'hồ sơ mật',
    'báo cáo mật',
  ),
  ...sign(
    'classified',
    { unless: guarding, isMarked: true },
    'kế hoạch mật',
    'thông báo mật',
    'quyết định mật',
    'nghị quyết mật',
  ),
  ...sign(
    'personnel',
    {},
    'nhân sự đại hội',
    'phương án nhân sự',
    'danh sách nhân sự',
    'nhân sự cấp ủy',
    'dự kiến nhân sự',
  ),
  ...sign(
    'personnel',
    {},
    'danh sách quy hoạch',
    'phiếu tín nhiệm',
    'kết quả bỏ phiếu',
    'kết quả lấy phiếu',
    'phiếu bầu',
  ),
  ...sign('personnel', { personAfter: 6 }, 'hồ sơ kết nạp', 'hồ sơ đảng viên', 'hồ sơ cán bộ', 'lý lịch', 'quy hoạch'),
  ...sign('personnel', { personAfter: 3 }, 'bổ nhiệm', 'miễn nhiệm', 'điều động', 'luân chuyển', 'xóa tên'),
  ...sign('personnel', { personBefore: 6 }, 'vào quy hoạch', 'diện quy hoạch'),
  // Who is asked about or brought in is nobody's pledge; "giúp đỡ quần chúng ưu tú" names nobody.
  ...sign('personnel', {}, 'thu thập lý lịch', 'thẩm tra lý lịch', 'xác minh lý lịch', 'lý lịch người xin vào đảng'),
  ...sign('personnel', { personAfter: 4 }, 'giới thiệu quần chúng', 'xét kết nạp', 'kết nạp'),
  ...sign('personnel', { personBefore: 8 }, 'vào đảng'),
  ...sign('discipline', {}, 'quyết định kỷ luật', 'xét kỷ luật', 'đề nghị kỷ luật', 'hồ sơ kỷ luật', 'họp kỷ luật'),
  ...sign(
    'discipline',
    { personAfter: 8 },
    'xử lý kỷ luật',
    'thi hành kỷ luật',
    'hình thức kỷ luật',
    'dấu hiệu vi phạm',
  ),
  ...sign('discipline', { personAfter: 3 }, 'kỷ luật', 'khiển trách', 'cảnh cáo', 'khai trừ', 'cách chức', 'đình chỉ'),
  ...sign(
    'discipline',
    { personBefore: 5 },
    'bị kỷ luật',
    'bị khiển trách',
    'bị cảnh cáo',
    'bị khai trừ',
    'bị cách chức',
  ),
  ...sign('discipline', { personBefore: 5 }, 'bị xử lý', 'bị đình chỉ', 'bị kiểm tra', 'bị khởi tố', 'bị bắt'),
  ...sign('complaint', { unless: settling }, 'đơn tố cáo', 'thư tố cáo', 'nội dung tố cáo', 'người tố cáo', 'nặc danh'),
  ...sign('complaint', { personAfter: 3 }, 'tố cáo', 'đơn khiếu nại'),
  ...sign('complaint', { personBefore: 5 }, 'bị tố cáo'),
]

/** Words that make "mật" something else: honey, density, password. */
const afterMat = ['ong', 'độ', 'khẩu', 'mía', 'thiết']
const personalTitles = ['ông', 'bà', 'anh', 'chị', 'cô', 'chú', 'bác', 'em', 'thầy', 'cậu']
const plurals = ['các', 'mọi', 'những', 'mỗi', 'từng', 'nhiều']
/** After "đồng chí" these speak of nobody in particular. */
const anybody = ['nào', 'trong', 'đảng', 'trẻ', 'khác', 'hội', 'mình', 'ở']
const familyNames = new Set(
  'nguyen tran le pham hoang huynh phan vu vo dang bui do ho ngo duong ly dinh luong truong trinh doan dao mai cao'
    .replaceAll('y', 'i')
    .split(' '),
)

interface Token {
  text: string
  /** Lower case, without marks, y as i. */
  folded: string
  /** Equal for all spellings of one word (tone placement, i and y); null when typed without any mark. */
  exact: string | null
}

const toneMarks = /[\u0300\u0301\u0303\u0309\u0323]/g

/** Base letter of each Latin letter with marks, by char code; 0 elsewhere. Looking up is several times faster than decomposing. */
const baseOf = new Uint16Array(0x1f00)
for (let code = 0xc0; code < baseOf.length; code += 1) {
  const base = String.fromCharCode(code).normalize('NFD')[0]!
  if (/[a-z]/.test(base)) baseOf[code] = base.charCodeAt(0)
}
baseOf['đ'.charCodeAt(0)] = 'd'.charCodeAt(0)

/** Without marks, đ as d. */
function fold(lower: string): string {
  let folded = ''
  for (let i = 0; i < lower.length; i += 1) {
    const code = lower.charCodeAt(i)
    if (code < 0xc0 || code >= baseOf.length) folded += lower[i]
    else if (code < 0x300 || code > 0x36f) folded += String.fromCharCode(baseOf[code] || code)
  }
  return folded
}

function tokenOf(text: string): Token {
  const lower = text.toLowerCase()
  const apart = lower.normalize('NFD')
  const folded = fold(lower)
  if (apart === folded) return { text, folded: folded.replaceAll('y', 'i'), exact: null }
  const tone = apart.match(toneMarks)?.[0] ?? ''
  const exact = (apart.replace(toneMarks, '') + tone).replaceAll('y', 'i')
  return { text, folded: folded.replaceAll('y', 'i'), exact }
}

const tokenPattern = /[đd]\/c(?![\p{L}])|[\p{L}\p{M}\d]+|[.;!?\n]/giu
const tokensOf = (text: string) => (text.match(tokenPattern) ?? []).map(tokenOf)
const isBoundary = (token: Token | undefined) => token === undefined || '.;!?\n'.includes(token.text)
const isCapital = (token: Token | undefined) => token !== undefined && /^\p{Lu}/u.test(token.text)

const wordsOf = (phrase: string) => tokensOf(phrase)
const compiled = signs.map((each) => ({
  ...each,
  tokens: wordsOf(each.words),
  guards: (each.unless ?? []).map(wordsOf),
}))
const [titleWords, pluralWords, anybodyWords, matWords] = [personalTitles, plurals, anybody, afterMat].map((list) =>
  list.flatMap(wordsOf),
) as [Token[], Token[], Token[], Token[]]
const [comrade, honey] = [wordsOf('đồng chí'), wordsOf('mật')] as [Token[], Token[]]

/** Whether a typed word is a word of ours: the same with its marks, or typed without any. */
function isWord(typed: Token | undefined, ours: Token, isMarked = false): boolean {
  if (typed === undefined || typed.folded !== ours.folded) return false
  return typed.exact === null ? !(isMarked && ours.exact !== null) : typed.exact === ours.exact
}

const isOneOf = (typed: Token | undefined, list: readonly Token[]) => list.some((ours) => isWord(typed, ours))

function isPhrase(tokens: readonly Token[], at: number, phrase: readonly Token[], isMarked = false): boolean {
  return phrase.every((ours, i) => isWord(tokens[at + i], ours, isMarked))
}

/** Whether a person is named from this word on: "đ/c B", "ông Tư", "Nguyễn Văn An". */
function isPerson(tokens: readonly Token[], at: number): boolean {
  const [word, next] = [tokens[at]!, tokens[at + 1]]
  if (isBoundary(next)) return false
  const length = word.folded === 'd/c' || word.text.toLowerCase() === 'đc' ? 1 : isPhrase(tokens, at, comrade) ? 2 : 0
  if (length > 0) {
    const after = tokens[at + length]
    return !isBoundary(after) && !isOneOf(after, anybodyWords) && !isOneOf(tokens[at - 1], pluralWords)
  }
  if (isOneOf(word, titleWords)) return isCapital(next) && next?.folded !== 'ho'
  if (!familyNames.has(word.folded)) return false
  if (next?.folded === 'chi' && tokens[at + 2]?.folded === 'minh') return false
  return (isCapital(word) && isCapital(next)) || next?.folded === 'van' || next?.folded === 'thi'
}

function namesPerson(tokens: readonly Token[], from: number, to: number): boolean {
  for (let at = Math.max(0, from); at < to && at < tokens.length; at += 1) {
    if (!isBoundary(tokens[at]) && isPerson(tokens, at)) return true
  }
  return false
}

/** How far around a sign its clause is looked at, in words; it also keeps a very long text cheap. */
const clauseWords = 12

/** First word of the clause that a word stands in, and the end of it. */
function clauseAround(tokens: readonly Token[], at: number): { begins: number; ends: number } {
  let [begins, ends] = [at, at]
  while (begins > Math.max(0, at - clauseWords) && !isBoundary(tokens[begins - 1])) begins -= 1
  while (ends < at + clauseWords && !isBoundary(tokens[ends])) ends += 1
  return { begins, ends }
}

function holds(tokens: readonly Token[], at: number, each: (typeof compiled)[number]): boolean {
  const end = at + each.tokens.length
  if (each.kind === 'classified' && isOneOf(tokens[end], matWords)) return false
  const { begins, ends } = clauseAround(tokens, at)
  if (each.personAfter !== undefined) return namesPerson(tokens, end, Math.min(ends, end + each.personAfter))
  if (each.personBefore !== undefined) return namesPerson(tokens, Math.max(begins, at - each.personBefore), at)
  const isGuarded = each.guards.some((guard) => {
    for (let i = begins; i + guard.length <= at; i += 1) if (isPhrase(tokens, i, guard)) return true
    return false
  })
  return !isGuarded || (each.kind === 'complaint' && namesPerson(tokens, end, Math.min(ends, end + 4)))
}

/** A stamp copied along: MẬT in capitals inside a text that is not. */
function hasStamp(tokens: readonly Token[], text: string): boolean {
  if (!/\p{Ll}/u.test(text)) return false
  return tokens.some(
    (token, i) =>
      /^\p{Lu}{3}$/u.test(token.text) && token.exact === honey[0]!.exact && !isOneOf(tokens[i + 1], matWords),
  )
}

const units = /^\s*(đ|₫|đồng|dong|vnđ|vnd|d\b|usd|kwh|triệu|trieu|lượt|luot|m2|m3|ha\b|kg)/iu
/** 9 digits: old identity card; 10: telephone, social insurance; 11: +84…; 12: identity card; more: bank accounts. */
const digitRun = /(?<!\d)(?<!\d[.,])\d{9,19}(?!\d)(?![.,]\d)/g
/** Telephone and identity numbers in groups: 0912 345 678, 0912.345.678, +84 912 345 678, 001 099 012 345. */
const groupedNumber =
  /(?<![\d.,/-])(?!\d{1,2}[ .-]\d{1,2}[ .-](?:19|20)\d{2}(?!\d))(?:\+?84[ .-]?\d{2,3}|0\d{1,3})(?:[ .-]\d{2,4}){2,4}(?![\d/])/g

const nineDigits = /\d(?:[ .-]?\d){8}/

/** The kind of number that identifies a person, or null. Amounts (500.000.000đ, 500000000 đồng, round thousands) are none. */
function personalNumber(text: string): string | null {
  if (!nineDigits.test(text)) return null
  for (const match of text.matchAll(digitRun)) {
    const isAmount =
      !match[0].startsWith('0') && (match[0].endsWith('000') || units.test(text.slice(match.index + match[0].length)))
    if (!isAmount) return `${match[0].length} digits`
  }
  for (const match of text.matchAll(groupedNumber)) {
    const digits = match[0].replace(/\D/g, '').length
    if (digits >= 10 && digits <= 12) return `${digits} digits in groups`
  }
  return null
}

/** What somebody pays: "đóng đảng phí đúng hạn" is a deed, an amount beside it is not for the chat. */
const duesAmount = /\bdang phi\b[^.;!?\n]{0,40}?\d[\d.,]*\s*(?:k|d|₫|vnd|dong|nghin|ngan|trieu|tr)(?![\p{L}\d])/u

/** Whether a text calls somebody by a title and a name in capitals: "Đồng chí Lụa", "ông Tư"; an office is no name. */
export function namesByTitle(text: string): boolean {
  const tokens = tokensOf(text.normalize('NFC'))
  return tokens.some((token, at) => {
    const isComrade = token.folded === 'd/c' || token.text.toLowerCase() === 'đc'
    const length = isPhrase(tokens, at, comrade) ? 2 : isComrade || isOneOf(token, titleWords) ? 1 : 0
    const next = tokens[at + length]
    return length > 0 && isCapital(next) && !/^(bi|pho|chu|truong|uy|cap|dang|ban)$/.test(next!.folded)
  })
}

/** Cheap first look, so that ordinary messages cost one pass: all signs folded. The stamp is the one sign of one word. */
const anySign = new RegExp(
  `\\b(?:mat\\b|${[...new Set(signs.map((each) => fold(each.words)))].join('|')})`
    .replaceAll(/[iy]/g, '[iy]')
    .replaceAll(' ', '\\W+'),
)

/**
 * Looks for what must not stand in a cell's chat. Null for a text that may pass. Pure; a few microseconds for a
 * message without any of the words.
 */
export function detectClassified(text: string): Finding | null {
  const number = personalNumber(/[\uff10-\uff19]/.test(text) ? text.normalize('NFKC') : text)
  if (number) return { kind: 'personalNumber', sign: number }
  const folded = fold(text.toLowerCase())
  if (duesAmount.test(folded)) return { kind: 'personnel', sign: 'đảng phí' }
  if (!anySign.test(folded)) return null
  const tokens = tokensOf(text.normalize('NFC'))
  if (hasStamp(tokens, text)) return { kind: 'classified', sign: 'MẬT' }
  for (let at = 0; at < tokens.length; at += 1) {
    for (const each of compiled) {
      if (tokens[at]!.folded !== each.tokens[0]!.folded) continue
      if (isPhrase(tokens, at, each.tokens, each.isMarked) && holds(tokens, at, each)) {
        return { kind: each.kind, sign: each.words }
      }
    }
  }
  return null
}
