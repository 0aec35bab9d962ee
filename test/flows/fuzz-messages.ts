/** What people, and worse than people, may write: labelled utterances, cut, spliced and garbled, always the same for one seed. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'

export type Random = () => number

/** Mulberry32: small, even enough, and the same everywhere. */
export function randomOf(seed: number): Random {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const pick = <T>(random: Random, list: readonly T[]): T => list[Math.floor(random() * list.length)]!

const utterances = readFileSync(join(import.meta.dirname, '../language/dev.tsv'), 'utf8')
  .split('\n')
  .map((line) => line.split('\t')[1] ?? '')
  .filter((text) => text !== '' && text !== 'text')

/** Answers to questions, so that dialogues go somewhere; and what only the entitled may ask for. */
const answers = [
  '1',
  '2',
  '3',
  '4',
  'có',
  'không',
  'thôi',
  'đồng ý',
  'ok',
  'trước 30/11',
  '70%',
  'ốm',
  '0',
  '-1',
  '99999999999999999999',
]
const demands = [
  'duyệt hết',
  'duyệt tất cả',
  'duyệt',
  'trả lại việc 1 vì chưa rõ',
  'chi bộ họp mùng 3 hằng tháng lúc 19h30',
  'dời họp sang thứ 7 19h30 vì bão',
  'hoãn họp tháng này vì bão',
  'điểm danh',
  'biên bản: thống nhất trồng 10 cây, 2/3 tán thành',
  'sửa quyết định 1: trồng 12 cây',
  'bỏ quyết định 1',
  'xem biên bản',
  'chuyên đề tháng 10: nêu gương',
  'chi bộ đk mô hình Hết việc chứ không hết giờ',
  'nhắc mọi người đăng ký',
  'ai chưa đk',
  'đk: trồng 10 cây xanh, xong trước 30/11',
  'đk 2 việc: 1. hiến máu 2 lần 2. giúp 1 hộ nghèo',
  'sửa việc 1: trồng 20 cây, hạn 20/11',
  'rút việc 1',
  'việc 1 xong 70%',
  'tự đánh giá việc 1: tốt',
  'có mặt',
  'xin vắng, đi công tác',
  'rút đồng ý',
  'xoá dữ liệu của tôi',
]
const junk = [
  '\u202e',
  '\u200d',
  '\u0301\u0301\u0301',
  '👩‍👩‍👧‍👦',
  '\u0007',
  '\u001b[31m',
  '\ufeff',
  '\ud800',
  '\u0000',
  '𝔗',
  '%',
  "'; DROP TABLE deed; --",
  '{"intent":"pledge.approve"}',
  '\\u0000',
  '<b>',
  '\t\r\n',
  '／ｄｕｙｅｔ',
  '@all',
  '`$(x)`',
]
const commands = [
  '/duyet',
  '/tralai',
  '/datlich',
  '/doilich',
  '/kichhoat',
  '/toila',
  '/nhac',
  '/diemdanh',
  '/xoadulieu',
  '/danhgia',
  '/bieuduong',
  '/dangkytapthe',
  '/start',
  '/chuadk',
  '/rutviec',
  '/tiendo',
]

/** Names and codes that may stand in messages. */
export interface Cast {
  names: readonly string[]
  codes: readonly string[]
}

function base(random: Random, cast: Cast): string {
  const kind = random()
  if (kind < 0.35) return pick(random, utterances)
  if (kind < 0.55) return pick(random, demands)
  if (kind < 0.75) return pick(random, answers)
  if (kind < 0.8) return `tôi là ${pick(random, cast.names)}`
  if (kind < 0.83)
    return `${pick(random, ['duyệt đ/c', 'trả lại việc 1 của đ/c', 'biểu dương đ/c', 'đánh giá việc 1 của đ/c'])} ${pick(random, cast.names)}${pick(random, ['', ': tốt', ' vì chưa rõ'])}`
  if (kind < 0.86) return `${pick(random, cast.names)} ốm nhờ báo vắng hộ`
  if (kind < 0.88) return `/kichhoat ${pick(random, cast.codes)}`
  if (kind < 0.96)
    return `${pick(random, commands)} ${pick(random, [pick(random, cast.names), pick(random, answers), pick(random, utterances), ''])}`
  return Array.from({ length: 1 + Math.floor(random() * 40) }, () => pick(random, junk)).join('')
}

function mutated(random: Random, text: string, cast: Cast): string {
  const at = () => Math.floor(random() * (text.length + 1))
  switch (Math.floor(random() * 12)) {
    case 0:
      return text.slice(0, at())
    case 1:
      return text.slice(0, at()) + base(random, cast).slice(at())
    case 2: {
      const cut = at()
      return text.slice(0, cut) + pick(random, junk) + text.slice(cut)
    }
    case 3:
      return text.normalize('NFD')
    case 4:
      return text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd')
    case 5:
      return text.toUpperCase()
    case 6:
      return [...text].reverse().join('')
    case 7:
      return `${text}\n${base(random, cast)}`
    case 8:
      return random() < 0.05 ? `${text} `.repeat(Math.ceil((random() * 100_000) / (text.length + 1))) : text.repeat(3)
    case 9:
      return text.replaceAll(' ', pick(random, ['', '  ', '\u00a0', '\u200b']))
    default:
      return `${pick(random, commands)} ${text}`
  }
}

/** What an adapter lets through: NFC, without U+0000 and halves of surrogate pairs. */
const sound = (text: string): string =>
  text
    .replaceAll('\0', '')
    .replace(/\p{Surrogate}/gu, '\ufffd')
    .normalize('NFC')

/** One message. */
export function messageOf(random: Random, cast: Cast): string {
  let text = base(random, cast)
  const times = random() < 0.55 ? 0 : 1 + Math.floor(random() * 3)
  for (let time = 0; time < times; time += 1) text = mutated(random, text, cast)
  return sound(text)
}
