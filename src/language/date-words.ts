/** Words of dates and hours as data: what each means to the date grammar of when.ts. */
import { vocabulary } from './lexicon.ts'
import type { Token } from './reading.ts'
import type { WordInfo } from './vocabulary.ts'

/** One bit each; a word typed without marks may carry several (`sau`: sau, sáu; `nam`: năm, nằm). */
export const T = {
  day: 1,
  lunarDay: 2,
  month: 4,
  quarter: 8,
  year: 16,
  week: 32,
  weekdayPrefix: 64,
  sunday: 128,
  morning: 256,
  noon: 512,
  afternoon: 1024,
  evening: 2048,
  night: 4096,
  current: 8192,
  next: 16384,
  previous: 32768,
  start: 65536,
  end: 131072,
  middle: 262144,
  whole: 524288,
  tomorrow: 1048576,
  dayAfter: 2097152,
  hour: 4194304,
  minute: 8388608,
  half: 16777216,
  short: 33554432,
  lunar: 67108864,
  tet: 134217728,
  every: 268435456,
  more: 536870912,
} as const

export const partOfDay = T.morning | T.noon | T.afternoon | T.evening | T.night

const words: Readonly<Record<keyof typeof T, string>> = {
  day: 'ngày day hôm bữa',
  lunarDay: 'mùng mồng',
  month: 'tháng month months',
  quarter: 'quý quarter quarters',
  year: 'năm year years',
  week: 'tuần week weeks',
  weekdayPrefix: 'thứ',
  sunday: 'cn sunday',
  morning: 'sáng morning',
  noon: 'trưa noon',
  afternoon: 'chiều afternoon',
  evening: 'tối evening tonight',
  night: 'đêm khuya night',
  current: 'này nay ni this',
  next: 'sau tới kế tiếp next',
  previous: 'trước ngoái qua rồi last previous',
  start: 'đầu beginning start early',
  end: 'cuối end',
  middle: 'giữa mid middle',
  whole: 'hết cả toàn trọn all whole nguyên',
  tomorrow: 'mai tomorrow',
  dayAfter: 'mốt kia',
  hour: 'giờ h g',
  minute: 'phút p',
  half: 'rưỡi',
  short: 'kém',
  lunar: 'âm ta al âl',
  tet: 'tết',
  every: 'mỗi hằng hàng mọi every each monthly weekly',
  more: 'nữa',
}

const numbers: Readonly<Record<string, number>> = {
  một: 1,
  hai: 2,
  ba: 3,
  bốn: 4,
  tư: 4,
  năm: 5,
  lăm: 5,
  nhăm: 5,
  sáu: 6,
  bảy: 7,
  bẩy: 7,
  tám: 8,
  chín: 9,
  mười: 10,
  i: 1,
  ii: 2,
  iii: 3,
  iv: 4,
  nhất: 1,
  nhì: 2,
  one: 1,
  two: 2,
  three: 3,
  first: 1,
  second: 2,
  third: 3,
  fourth: 4,
}

const englishMonths = 'january february march april may june july august september october november december'.split(' ')
const englishWeekdays = 'sunday monday tuesday wednesday thursday friday saturday'.split(' ')

const codes = new Map<number, number>()
const values = new Map<number, number>()
const months = new Map<number, number>()
const weekdays = new Map<number, number>()

for (const [name, list] of Object.entries(words)) {
  for (const word of list.split(' ')) {
    const form = vocabulary.formId(word)
    codes.set(form, (codes.get(form) ?? 0) | T[name as keyof typeof T])
  }
}
for (const [word, value] of Object.entries(numbers)) {
  const form = vocabulary.formId(word)
  if (!values.has(form)) values.set(form, value)
}
englishMonths.forEach((name, index) => {
  for (const word of [name, name.slice(0, 3), ...(name === 'september' ? ['sept'] : [])])
    months.set(vocabulary.formId(word), index + 1)
})
englishWeekdays.forEach((name, index) => {
  for (const word of [name, ...(['monday', 'tuesday', 'wednesday', 'friday'].includes(name) ? [name.slice(0, 3)] : [])])
    weekdays.set(vocabulary.formId(word), index)
})

/** Set where the date grammar can start with the word. */
const starts = 1 << 30

/** Looks a word up once for all its uses. The first form that is a number, a month, a weekday says which. */
function computeCode(word: WordInfo): number {
  let code = 0
  for (const form of word.forms) {
    code |= codes.get(form) ?? 0
    if (word.number < 0) word.number = values.get(form) ?? -1
    if (word.month < 0) word.month = months.get(form) ?? -1
    if (word.weekday < 0) word.weekday = weekdays.get(form) ?? -1
  }
  if (code !== 0 || word.number >= 0 || word.month >= 0 || word.weekday >= 0 || startKeys.has(word.key)) code |= starts
  word.dateCode = code
  return code
}

const codeOfWord = (word: WordInfo) => (word.dateCode < 0 ? computeCode(word) : word.dateCode)

const startKeys = new Set(['hnay', 'chu', 'chua', 't', 'q', 'ram', 'today', 'h', 'nua'])

/** Codes of a token, 0 where it is no word of dates. */
export function codeOf(token: Token | undefined): number {
  const word = token?.word
  return word ? codeOfWord(word) & ~starts : 0
}

export const is = (token: Token | undefined, code: number) => (codeOf(token) & code) !== 0

/** Value of a number word, −1 where it is none. */
export function wordValue(token: Token | undefined): number {
  const word = token?.word
  return word && codeOfWord(word) !== 0 ? word.number : -1
}

/** English month 1–12, 0 where it is none. */
export function englishMonth(token: Token | undefined): number {
  const word = token?.word
  return word && codeOfWord(word) !== 0 && word.month > 0 ? word.month : 0
}

/** English weekday, Sunday 0, −1 where it is none. */
export function englishWeekday(token: Token | undefined): number {
  const word = token?.word
  return word && codeOfWord(word) !== 0 ? word.weekday : -1
}

/** Folded key of a word token, '' otherwise. */
export const keyOf = (token: Token | undefined) => token?.word?.key ?? ''

export interface NumberFound {
  value: number
  to: number
}

/** A number in digits or words (`hai mươi lăm`, `mười hai`) at a token. */
export function numberAt(tokens: readonly Token[], at: number): NumberFound | null {
  const first = tokens[at]
  if (!first) return null
  if (first.kind === 'number') return { value: first.value, to: at + 1 }
  const value = wordValue(first)
  if (value < 0) return null
  if (value === 10) {
    const unit = wordValue(tokens[at + 1])
    return unit > 0 && unit < 10 ? { value: 10 + unit, to: at + 2 } : { value: 10, to: at + 1 }
  }
  if (keyOf(tokens[at + 1]) === 'muoi' && value < 10) {
    const unit = keyOf(tokens[at + 2]) === 'mot' ? 1 : wordValue(tokens[at + 2])
    return unit > 0 && unit < 10 ? { value: value * 10 + unit, to: at + 3 } : { value: value * 10, to: at + 2 }
  }
  return { value, to: at + 1 }
}

/** Whether the date grammar can start with a token: used to skip those that cannot. */
export function startsDate(token: Token): boolean {
  const { word } = token
  return word ? (codeOfWord(word) & starts) !== 0 : token.kind === 'number'
}

/** The folded keys named, to look a token up in. */
export const keySet = (keys: string): ReadonlySet<string> => new Set(keys.split(' '))
