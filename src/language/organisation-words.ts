/**
 * What stands behind "tổng hợp …", "khoá sổ … của …", "biểu dương tập thể …": the name of an organisation, one's own organisation
 * ("chi bộ mình"), or neither. Particles, times and questions behind a name belong to no name ("chi bộ thôn Đông nhé", "chi bộ
 * đến nay"); what tells of something done is no name at all.
 */
import { fold, hasMarks, mayBe, type Spelling, spellingOf } from './normalise.ts'

const listed = (words: string) => words.split(' | ')

/** Words that a name begins with and that hardly begin anything else. */
const firmKinds = listed(
  'chi bộ | chi uỷ | đảng bộ | đảng uỷ | tổ đảng | chi đoàn | đảng đoàn | công đoàn | câu lạc bộ | clb | cell | committee | ' +
    'club | branch',
)
/** Words that as often begin talk: "tổ dân phố dạo này", "đội bóng". */
const looseKinds = listed(
  'đơn vị | tổ chức | cơ sở | đoàn | đội | hội | nhóm | tổ | ban | giáo xứ | họ đạo | giáo họ | chi hội | group | team | ' +
    'unit | parish',
)

/** Places that an organisation is called by ("tổng hợp trường trung học cơ sở"); they begin talk, too: only where an organisation is asked for. */
const places = listed(
  'trường | thôn | xóm | bản | làng | buôn | ấp | khu phố | tổ dân phố | khu dân cư | xã | phường | thị trấn | trạm | bệnh viện | ' +
    'công ty | hợp tác xã | doanh nghiệp | nhà máy',
)

/** Whose it is, where it is the speaker's own. */
const ownWords = listed(
  'mình | ta | này | nhà | tôi | em | tui | đây | chúng ta | chúng tôi | chúng mình | chúng em | bọn mình | tụi mình | ' +
    'bên mình | bên ta | bên em | bên này | nhà mình | nhà ta | mình đây | us | here | của mình | của ta | của tôi | của em | ' +
    'của chúng ta | của chúng tôi | của chúng mình',
)

const askedOf = listed('tôi | em | mình | anh | chị | bác | chú | cô | tui | đồng chí | chúng tôi | chúng ta | với')
const courtesies = [
  ...listed(
    'nhé | nha | nhá | nghe | hen | ạ | ah | với | đi | nào | thôi | luôn | ngay | cái | một chút | một lượt | xem | coi | ' +
      'biết | xem nào | xem sao | giúp | giùm | dùm | hộ | please | được không | bot ơi | ơi | cho tôi xem | cho em xem | ' +
      'cho mình xem | cho tôi biết | cho em biết | cho mình biết | cho xem | gấp',
  ),
  ...askedOf.flatMap((whom) => [`cho ${whom}`, `giúp ${whom}`, `giùm ${whom}`, `hộ ${whom}`]),
]
const moments = listed(
  'hôm nay | bây giờ | giờ | lúc này | hiện nay | hiện tại | hiện giờ | nay | trong năm | cả năm | tuần này | tuần trước | ' +
    'tuần qua | đến nay | tới nay | đến giờ | tới giờ | đến hôm nay | tới hôm nay | đến bây giờ | tính đến nay | ' +
    'tính đến hôm nay | tính tới nay | cho đến nay | cho tới nay | đến thời điểm này | từ trước đến nay | từ đầu năm | ' +
    'từ đầu quý | từ đầu tháng | từ đầu đợt | đợt này | kỳ này | vừa qua | vừa rồi | so far | today | now',
)
const questions = listed(
  'thế nào | thế nào rồi | ra sao | ra sao rồi | sao rồi | sao | như thế nào | như nào | đến đâu | đến đâu rồi | tới đâu | ' +
    'tới đâu rồi | bao nhiêu | được bao nhiêu | được mấy | là bao nhiêu | có gì | rồi | chưa | không',
)
const amounts = listed(
  'đầy đủ | chi tiết | cụ thể | ngắn gọn | chung | tổng thể | tất cả | toàn bộ | hết | cả | đủ | danh sách | có tên | ' +
    'kèm tên | kèm danh sách | bằng số',
)

/** Particles that are none of the words names end with, also where their marks are missing. */
const plainParticles = /^(?:nhe|voi|di|giup|gium|luon|xem)$/

/** What tells that something is said and nothing named; with their marks, for without them they may be parts of names. */
const talk = new Set(
  (
    'đã đang sẽ rất quá lắm bị dạo thì mà nên vì xin vắng là rồi cũng đều vẫn ơi xong hãy đừng mấy gì nào sao thế tôi tui được cần phải ' +
    'chưa hôm đi với'
  ).split(' '),
)
const talkFolded =
  /^(?:ket qua|hoc tap|noi dung|tinh hinh|cong tac|dong chi|dang vien|moi nguoi)\b|\b(?:hoan thanh|dao nay|xong|roi|rat|xin|viec(?! lam)|(?<!(?:hang|phong) )khong)\b/

interface Phrase {
  words: readonly { text: string; spelling: Spelling }[]
}
const phrasesOf = (list: readonly string[]): Phrase[] =>
  list
    .map((phrase) => ({ words: phrase.split(' ').map((text) => ({ text, spelling: spellingOf(text) })) }))
    .sort((a, b) => b.words.length - a.words.length)

const kinds = [
  ...phrasesOf(firmKinds).map((phrase) => ({ phrase, isFirm: true })),
  ...phrasesOf(looseKinds).map((phrase) => ({ phrase, isFirm: false })),
].sort((a, b) => b.phrase.words.length - a.phrase.words.length)
const placeKinds = phrasesOf(places).map((phrase) => ({ phrase, isFirm: false }))
const own = phrasesOf(ownWords)
const polite = phrasesOf(courtesies)
const tails = phrasesOf([...courtesies, ...moments, ...questions, ...amounts])

/** "năm 2025", "quý 3 năm ngoái", "6 tháng đầu năm", "tháng 9", folded, from its first word. */
const year = String.raw`(?:nam )?(?:20\d{2}|(?<=nam )(?:nay|ngoai|truoc))`
const periodHere = new RegExp(
  String.raw`^(?:(?:trong|cua|cho|of|for|het|den het) )?(?:nam (?:20\d{2}|nay|ngoai|truoc)|(?:(?:quy|q) ?(?:[1-4]|i{1,3}|iv)|quy (?:nay|truoc)|thang (?:\d{1,2}(?:\/20\d{2})?|nay|truoc)|6 thang(?: dau| cuoi)?(?: nam)?|nua (?:dau|cuoi) nam|h[12])(?:[ /]${year})?|(?:this|last) (?:year|quarter|month)|20\d{2})(?= |$)`,
)

interface Words {
  typed: readonly string[]
  folded: readonly string[]
  isShouted: boolean
}

function isMeant({ typed, isShouted }: Words, at: number, { text, spelling }: Phrase['words'][number]): boolean {
  const word = typed[at]
  if (word === undefined) return false
  const lower = word.toLowerCase()
  if (lower === text) return true
  // "Chi bộ A": only the mark makes it a particle.
  if (text === 'ạ') return false
  // A capital without the mark is a name: "Chi bộ Minh" is not "chi bộ mình".
  if (word !== lower && !isShouted) return false
  return mayBe(spellingOf(word), spelling)
}

const stands = (words: Words, at: number, { words: meant }: Phrase) =>
  at >= 0 && meant.every((word, index) => isMeant(words, at + index, word))

/** How many words from `at` on are one of the phrases; 0 where none is. */
const lengthAt = (words: Words, at: number, list: readonly Phrase[]) =>
  list.find((phrase) => stands(words, at, phrase))?.words.length ?? 0

function periodLengthAt({ typed, folded }: Words, at: number): number {
  const found = periodHere.exec(folded.slice(at).join(' '))?.[0]
  // "Chi bộ thôn Nam 2026": the south, no year.
  if (found === undefined || typed[at] === 'Nam') return 0
  return found.split(' ').length
}

function wordsOf(text: string): Words {
  const typed = text.normalize('NFC').trim().split(/\s+/).filter(Boolean)
  return { typed, folded: typed.map(fold), isShouted: text === text.toUpperCase() }
}

/** The end of the words once phrases of the list, and periods where they are asked for, are taken off behind. */
function endBefore(words: Words, least: number, list: readonly Phrase[], periods?: string[]): number {
  let end = words.typed.length
  for (;;) {
    const phrase = list.find(({ words: meant }) => {
      const at = end - meant.length
      // "Cảng hàng không nhé": the last word of the name, no question.
      if (meant[0]!.text === 'không' && /^(?:hang|phong)$/.test(words.folded[at - 1] ?? '')) return false
      if (at < least || !meant.every((word, index) => isMeant(words, at + index, word))) return false
      // Without its mark a single word may as well end a name: "thon chung", "xom nha".
      const typed = words.typed[at]!
      return meant.length > 1 || typed.toLowerCase() === meant[0]!.text || plainParticles.test(typed) || words.isShouted
    })
    let length = phrase?.words.length ?? 0
    for (let at = Math.max(least, end - 6); length === 0 && periods && at < end; at++) {
      if (periodLengthAt(words, at) !== end - at) continue
      periods.unshift(words.typed.slice(at, end).join(' '))
      length = end - at
    }
    if (length === 0) return end
    end -= length
  }
}

/** The text without the particles behind it: "… nhé", "… giúp em với ạ". One word at least is left. */
export function withoutCourtesy(text: string): string {
  const words = wordsOf(text)
  return words.typed.slice(0, endBefore(words, 1, polite)).join(' ')
}

/** Whether nothing but particles, times and questions stands there; `isOwnToo`: or whose it is ("của mình"). */
export function isNobody(text: string, isOwnToo = true): boolean {
  const words = wordsOf(text)
  return past(words, 0, isOwnToo ? [own, tails] : [tails]) === words.typed.length
}

/** The first word from `from` on that belongs to none of the lists and to no period. */
function past(words: Words, from: number, lists: readonly (readonly Phrase[])[], periods: string[] = []): number {
  for (let at = from; ; ) {
    const period = periodLengthAt(words, at)
    if (period > 0) periods.push(words.typed.slice(at, at + period).join(' '))
    const length = period || Math.max(...lists.map((list) => lengthAt(words, at, list)))
    if (length === 0) return at
    at += length
  }
}

const joining = /^(?:cua|o|tai|thuoc|trong|cho|of|in|at|for)$/
const whole = /^(?:ca|toan|the|our|my)$/
const namesAsked = /(?:^| )(?:danh sach|co ten|kem ten)(?= |$)/

export interface OrganisationWords {
  /** As typed, with the word it begins with; null: one's own. */
  name: string | null
  /** The periods beside it, as typed; '' where there are none. */
  period: string
  /** Whether names are asked for ("kèm tên"). */
  names: boolean
  /** Whether it is a name beyond doubt: a capital or a number, or a first word that begins little else. */
  isFirm: boolean
  /** Whether the first word alone begins little else: "chi bộ", no "tổ". */
  isFirmKind: boolean
}

/** The first of the words that an organisation begins with: how many, and whether little else begins so. Capitals do not matter. */
function kindAt({ typed }: Words, at: number, isPlaceToo = false): { length: number; isFirm: boolean } | null {
  const kind = (isPlaceToo ? [...kinds, ...placeKinds] : kinds).find(({ phrase }) =>
    phrase.words.every(({ spelling }, index) => {
      const word = typed[at + index]
      return word !== undefined && mayBe(spellingOf(word), spelling)
    }),
  )
  return kind ? { length: kind.phrase.words.length, isFirm: kind.isFirm } : null
}

/**
 * The organisation that a whole text names, whatever period and courtesy stand beside it. Null where it names none: it begins
 * with no word for an organisation (`isPlaceToo`: or for a place), or it tells something.
 */
export function organisationIn(text: string, isPlaceToo = false): OrganisationWords | null {
  const words = wordsOf(text)
  const { typed, folded } = words
  if (typed.length > 30) return null
  const before: string[] = []
  // "Họ đạo" is a kind before it is "hộ".
  let from = kindAt(words, 0, isPlaceToo) ? 0 : past(words, 0, [tails], before)
  while (joining.test(folded[from] ?? '')) from++
  if (whole.test(folded[from] ?? '')) from++
  const kind = kindAt(words, from, isPlaceToo)
  if (!kind) return null
  const begin = from + kind.length
  const names = namesAsked.test(folded.join(' '))
  const behind: string[] = []
  if (past(words, begin, [own, tails], behind) === typed.length)
    return { name: null, period: [...before, ...behind].join(' '), names, isFirm: kind.isFirm, isFirmKind: kind.isFirm }
  const periods: string[] = []
  const end = endBefore(words, begin + 1, tails, periods)
  const rest = typed.slice(begin, end)
  const period = [...before, ...periods].join(' ')
  if (rest.length > maxNameLength || tells(rest, kind.isFirm)) return null
  const isFirm = kind.isFirm || /^\p{Lu}|^\d/u.test(rest[0]!) || (rest.length <= 5 && /^\d/.test(rest.at(-1)!))
  const name = typed
    .slice(from, end)
    .join(' ')
    .replace(/[\s.,!]+$/u, '')
  return { name, period, names, isFirm, isFirmKind: kind.isFirm }
}

/** Words; the longest names of organisations name what they belong to as well. */
const maxNameLength = 16

/** "Hội viên", "đội ngũ", "tổ trưởng": people and things, no organisation. */
const compounds = /^(?:vien|nghi|thi|ngu|dau|truong|hinh|tinh|vat)$/

function tells(rest: readonly string[], isFirmKind: boolean): boolean {
  if (!isFirmKind && compounds.test(fold(rest[0]!)) && rest[0] === rest[0]!.toLowerCase()) return true
  const text = rest.join(' ')
  if (/[:;?!\n]/.test(text) || talkFolded.test(fold(text))) return true
  // "Tổ tôi", "chi bộ em Lan": whose it is, and then no name.
  if (/^(?:mình|tôi|toi|tui|em|bọn|tụi|chúng|này)$/.test(rest[0]!)) return true
  return hasMarks(text) && rest.some((word) => talk.has(word))
}

const asksOrJoins =
  /^(?:va|hoac|hay|cung)\b|\b(?:nao|gi|ai|chua|khong|the nao|ra sao|bao nhieu|d\/c|dong chi)\b|[?:;\n]/

/**
 * The collective that praise names behind "tập thể": its name as typed, '' for one's own or where none is named; null where it is
 * asked about, or where others are praised.
 */
export function collectiveIn(text: string): string | null {
  const plain = text.trim().replace(/[\s.,!]+$/u, '')
  if (asksOrJoins.test(fold(plain))) return null
  if (plain === '' || isNobody(plain)) return ''
  const found = organisationIn(plain)
  return found ? (found.name ?? '') : withoutCourtesy(plain)
}
