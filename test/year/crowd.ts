/**
 * People as they are: some answer at once, some late, twice, wrongly or never, and many type without marks. Everything comes from one
 * seed. All names and deeds are invented.
 */
import { createRandom, type Random } from '../crash/random.ts'

/** How somebody takes part. */
export type Habit = 'prompt' | 'late' | 'twice' | 'wrong' | 'half' | 'never' | 'refuses'

export interface Person {
  /** Of their account on the local platform. */
  key: string
  name: string
  role: 'secretary' | 'deputy' | 'clerk' | 'member'
  status: 'official' | 'probationary' | 'exempt' | 'away' | 'temporarilyHere'
  habit: Habit
  /** Types without marks. */
  isBare: boolean
}

const families = [
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Hoàng',
  'Vũ',
  'Đặng',
  'Bùi',
  'Đỗ',
  'Hồ',
  'Ngô',
  'Dương',
  'Lý',
  'Đinh',
  'Phan',
]
const middles = ['Văn', 'Thị', 'Đình', 'Thị Thu', 'Minh', 'Xuân', 'Thị Kim', 'Quốc', 'Bá', 'Thị Ngọc']
const givens = [
  ...[
    'An',
    'Bình',
    'Cường',
    'Dung',
    'Giang',
    'Hà',
    'Hoà',
    'Hùng',
    'Khánh',
    'Lan',
    'Liên',
    'Long',
    'Mạnh',
    'Nam',
    'Nga',
  ],
  ...[
    'Oanh',
    'Phúc',
    'Quang',
    'Sơn',
    'Tâm',
    'Thảo',
    'Thắng',
    'Thuỷ',
    'Tiến',
    'Toàn',
    'Trung',
    'Tuấn',
    'Uyên',
    'Vinh',
    'Yến',
  ],
]

/** As people type who do without marks. */
export const bare = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').replaceAll('Đ', 'D').normalize('NFC')

/** Full names, each once; given names return after thirty. */
export function namesOf(count: number, random: Random): string[] {
  const names = new Set<string>()
  for (let at = 0; names.size < count; at += 1) {
    const family = families[random.between(0, families.length - 1)]
    const middle = middles[random.between(0, middles.length - 1)]
    names.add(`${family} ${middle} ${givens[at % givens.length]}`)
  }
  return [...names]
}

const works = [
  (n: number) => `giúp ${n} hộ nghèo sửa nhà`,
  (n: number) => `trồng ${n * 5} cây xanh ở đường thôn`,
  (n: number) => `tiết kiệm ${n + 4}% điện nước`,
  (n: number) => `đọc ${n} cuốn sách về Bác`,
  (n: number) => `dọn ${n} tuyến đường trong thôn`,
  (n: number) => `hiến máu ${n} lần`,
  (n: number) => `dạy ${n + 2} buổi tin học cho người cao tuổi`,
  (n: number) => `vận động ${n} hộ hiến đất làm đường`,
  (n: number) => `viết ${n} tin về người tốt, việc tốt`,
  (n: number) => `hướng dẫn ${n + 1} hộ phân loại rác`,
]
const ends = ['xong trước 30/6', 'hạn 30/9', 'xong trước 30/11', 'hạn 15/12', 'xong trước 20/12']

/** What one crowd says: each call another way of saying it. */
export function createVoices(seed: number) {
  const random = createRandom(seed)
  const pick = <T>(list: readonly T[]): T => list[random.between(0, list.length - 1)]!
  const typed = (person: Pick<Person, 'isBare'>, text: string) => (person.isBare ? bare(text) : text)
  const deed = () => pick(works)(random.between(1, 6))
  return {
    random,
    pick,
    typed,
    deed,
    end: () => pick(ends),
    coming: () => pick(['có mặt', 'tôi dự được', 'có mặt ạ', 'dự đc ạ', 'em có mặt nhé', 'Có mặt']),
    excuse: () =>
      pick([
        'xin vắng, đi công tác',
        'em không dự được ạ, con ốm',
        'xin phép vắng, đi tập huấn',
        'e k dự đc, e bị ốm',
        'xin vắng, việc gia đình',
      ]),
    progress: (number: number, percent: number) =>
      pick([
        `việc ${number} xong ${percent}%`,
        `v${number} xong ${percent}%`,
        `việc ${number} được ${percent}%`,
        `v${number} đạt ${percent}%`,
      ]),
    done: (number: number) => pick([`việc ${number} xong rồi`, `việc ${number} đã xong`, `v${number} hoàn thành rồi`]),
    nonsense: () => pick(['ừ để xem đã', 'hôm nay trời đẹp quá', 'việc 9 xong rồi', '??', 'ok nhé các bác']),
  }
}
export type Voices = ReturnType<typeof createVoices>

/** The cell of twenty-eight: who is who does not hang on the seed, names and ways of typing do. */
export function cellOf28(seed: number): Person[] {
  const random = createRandom(seed)
  const names = namesOf(28, random)
  const habits: Habit[] = [
    ...(['prompt', 'prompt', 'prompt', 'late', 'twice', 'wrong', 'half', 'prompt', 'late', 'prompt'] as const),
    ...(['twice', 'half', 'wrong', 'late', 'prompt', 'half', 'prompt', 'late', 'twice', 'never'] as const),
    ...(['refuses', 'half', 'prompt', 'late', 'prompt', 'half', 'prompt', 'never'] as const),
  ]
  return names.map((name, at) => ({
    key: `k${at + 1}`,
    name,
    role: at === 0 ? 'secretary' : at === 1 ? 'deputy' : at === 2 ? 'clerk' : 'member',
    status:
      at === 7 || at === 8
        ? 'exempt'
        : at === 9 || at === 22
          ? 'probationary'
          : at === 11
            ? 'away'
            : at === 12
              ? 'temporarilyHere'
              : 'official',
    habit: habits[at]!,
    isBare: at > 2 && random.isLucky(0.45),
  }))
}
