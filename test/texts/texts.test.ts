import { describe, expect, test } from 'vitest'
import { maxDeedLength } from '../../src/domain/pledge.ts'
import { split } from '../../src/engine/split.ts'
import type { ProfileName } from '../../src/profiles/index.ts'
import { textsOf } from '../../src/texts/index.ts'
import type { Texts } from '../../src/texts/texts.ts'
import { plainTexts, sampleCalls, textAt, type Vocabulary } from './samples.ts'

/** The narrowest platform (Zalo). */
const maxText = 2000

const long = (words: string) =>
  words
    .repeat(Math.ceil(maxDeedLength / words.length))
    .slice(0, maxDeedLength - 1)
    .trim()

const vocabularies: Record<'vi' | 'en', Vocabulary> = {
  vi: {
    person: 'Nguyễn Thị Hồng Phương Thảo',
    organisation: 'Chi bộ Trường Trung học cơ sở',
    place: 'nhà văn hoá thôn Đông',
    words: 'việc đột xuất ở cơ quan',
    deed: long('giúp một hộ nghèo sửa lại nhà trước mùa mưa, '),
    when: '19 giờ 30, thứ Bảy, ngày 03/10/2026',
  },
  en: {
    person: 'Mary Ann Smith-Robinson',
    organisation: 'The Riverside Volunteers',
    place: 'the village hall',
    words: 'urgent work elsewhere',
    deed: long('help a family mend the roof before the rains, '),
    when: '19:30, Saturday, 3 October 2026',
  },
}

/** Lists as long as the cell's book, or a whole personal file: the engine sends them in several messages. */
const mayBeSplit = new Set([
  'minutesText',
  'minutesNoted',
  'minutesCorrected',
  'summaryNames',
  'rollCallNames',
  'dataShow',
  'dataExport',
  'reviewList',
  'reviewNotReached',
  'missingRating',
  'whoLooked',
])

/** Sent to a whole group: nothing in them may depend on who somebody is. */
const forGroups = [
  'reminder',
  'meetingNotice',
  'thematicPlanned',
  'rollCallOpen',
  'moved',
  'cancelledMeeting',
  'summaryCell',
  'summaryTree',
  'nudgeGroup.pledge',
  'nudgeGroup.meeting',
  'rollCallCounts',
  'rollCallClosed',
  'helloGroup',
]

interface Rendered {
  name: string
  args: unknown[]
  text: string
}

function rendered(
  locale: 'vi' | 'en',
  say = vocabularies[locale],
  profile: ProfileName | undefined = undefined,
): Rendered[] {
  const texts = textsOf(locale, profile)
  const called = [...sampleCalls(say)].flatMap(([name, calls]) =>
    calls.map((args) => ({ name, args, text: (textAt(texts, name) as (...args: unknown[]) => string)(...args) })),
  )
  return [...plainTexts(texts).map(([name, text]) => ({ name, args: [], text })), ...called]
}

const all = { vi: rendered('vi'), en: rendered('en') }

/** What is wrong, by text: one line for each, so that a failure names its text. */
function faults(locale: 'vi' | 'en', isWrong: (each: Rendered) => unknown): string[] {
  const wrong = all[locale].filter((each) => isWrong(each)).map(({ name, text }) => `${name}: ${text.slice(0, 200)}`)
  return [...new Set(wrong)]
}

const locales = ['vi', 'en'] as const

describe.each(locales)('every text (%s)', (locale) => {
  test('is there and is text', () => {
    expect(all[locale].length).toBeGreaterThan(400)
    expect(faults(locale, ({ text }) => typeof text !== 'string')).toEqual([])
  })

  test('shows nothing of the program', () => {
    expect(faults(locale, ({ text }) => /undefined|null|NaN|Infinity|\[object|\$\{|function/.test(text))).toEqual([])
  })

  test('fits one message of the narrowest platform', () => {
    expect(faults(locale, ({ name, text }) => !mayBeSplit.has(name) && text.length > maxText)).toEqual([])
  })

  test('keeps a line whole that fits into a message of its own, so that an export can be put together again', () => {
    const [short, long] = ['{"deeds": [', JSON.stringify({ content: 'trồng cây, chăm cây; '.repeat(70) })]
    expect(long.length).toBeGreaterThan(maxText / 2)
    expect(split(`${short}\n${long}\n]}`, long.length + 3)).toEqual([short, `${long}\n]}`])
    expect(split(`${short}\n${long}\n]}`, long.length)).toEqual([short, long, ']}'])
  })

  test('that is longer is split into messages that each fit, without a lost word', () => {
    const words = (text: string) => text.split(/\s+/).filter(Boolean)
    const long = all[locale].filter(({ text }) => text.length > maxText)
    expect(long.length).toBeGreaterThan(0)
    for (const { text } of long) {
      const parts = split(text, maxText)
      expect(Math.max(...parts.map((part) => part.length))).toBeLessThanOrEqual(maxText)
      expect(words(parts.join('\n'))).toEqual(words(text))
    }
  })

  test('holds no emoji and no shouting', () => {
    expect(faults(locale, ({ text }) => /\p{Extended_Pictographic}|!|\p{Lu}{6,}/u.test(text))).toEqual([])
  })

  test('is cleanly set: no double or trailing spaces, no stray punctuation, composed letters', () => {
    const stray = /\S {2}|[ \t]$|\n{2}| [.,;:?](?=\s|$)|\.\.|,\.|;\.|\(\)|""/m
    const isWrong = ({ text }: Rendered) => stray.test(text) || /:\s*$/.test(text) || text !== text.normalize('NFC')
    expect(faults(locale, (each) => each.text !== '' && isWrong(each))).toEqual([])
  })

  test('that asks says how to leave the question', () => {
    const asks =
      /^(ask|which|copyConfirm|withdrawConfirm|consentPrompt|reviewList$|confirmDeeds|codeNeedsName|rewrite)|Ask(?!ed|Names)/
    const leave = locale === 'vi' ? /"thôi"|"không"/ : /"cancel"|"no"/
    const questions = all[locale].filter(({ name }) => asks.test(name))
    expect(new Set(questions.map(({ name }) => name)).size).toBeGreaterThan(20)
    expect(faults(locale, ({ name, text }) => asks.test(name) && !leave.test(text))).toEqual([])
  })

  test('that refuses says what to do next', () => {
    const next = locale === 'vi' ? /Đề nghị|đề nghị|[Nn]hắn|hỏi đồng chí/ : /[Pp]lease|[Ww]rite/
    const refuses =
      /^(refusals\.|code(Wrong|Used|Expired|Exhausted|For)|not(ACell|Served)|nameUnknown|claimTaken|groupNeedsCode)/
    expect(faults(locale, ({ name, text }) => refuses.test(name) && !next.test(text))).toEqual([])
  })

  test('for a group names nobody', () => {
    const { person } = vocabularies[locale]
    expect(faults(locale, ({ name, text }) => forGroups.includes(name) && text.includes(person))).toEqual([])
  })
})

/** Without what somebody is to type: quoted examples and slash commands keep their own language. */
function spoken(text: string): string {
  return text.replace(/"[^"\n]*"/g, ' ').replace(/\/[a-z]+/g, ' ')
}

describe('Vietnamese texts', () => {
  test('say "đồng chí", never "bạn", and shame nobody', () => {
    const rude = /(^|[^\p{L}])(bạn|mày|chậm trễ|vi phạm|lười|yêu cầu đồng chí|phê bình|trốn|thiếu ý thức)(?!\p{L})/iu
    expect(faults('vi', ({ text }) => rude.test(text))).toEqual([])
  })

  test('hold no English', () => {
    const english =
      /(^|[^\p{L}])(the|and|or|of|you|your|please|error|failed|fail|deed|deeds|pledge|ok|okay|group|bot|admin|user|link|click|menu|private|summary|cancel|confirm|message|file|code|reset|update|online|email|report|export|list|yes|no|help|member|secretary|meeting|by)(?!\p{L})/iu
    // The page for trying it out is for operators, who say "bot".
    const isPage = (name: string) => name.startsWith('page.')
    expect(faults('vi', ({ name, text }) => !isPage(name) && english.test(spoken(text)))).toEqual([])
  })

  test('set tone marks in one way: hoà, xoá, uỷ', () => {
    const old = /[òóỏõọ][ae](?!\p{L})|(?<!q)[ùúủũụ]y(?!\p{L})/iu
    expect(faults('vi', ({ text }) => old.test(text))).toEqual([])
  })

  test('write numbers with a decimal comma', () => {
    expect(faults('vi', ({ text }) => /\d\.\d%/.test(text))).toEqual([])
  })
})

describe('Vietnamese texts for any group', () => {
  const neutral: Vocabulary = { ...vocabularies.vi, organisation: 'Câu lạc bộ Đọc sách' }
  const plain = rendered('vi', neutral, 'plain')

  test('are as many as those for a chi bộ', () => {
    expect(plain.map(({ name }) => name)).toEqual(all.vi.map(({ name }) => name))
  })

  test('hold nothing of the Party', () => {
    const ofTheParty = /đồng chí|đ\/c|(?<!\p{L})đảng|chi bộ|chi uỷ|bí thư|cấp uỷ|(?<!\p{L})Bác(?!\p{L})|làm theo/iu
    const wrong = plain.filter(({ text }) => ofTheParty.test(text)).map(({ name, text }) => `${name}: ${text}`)
    expect(wrong).toEqual([])
  })

  test('read as well as the others: no gap, no word said twice', () => {
    const twice = /(?<!\p{L})(\p{L}+) \1(?!\p{L})|\S {2}| [.,;:?](?=\s|$)|\(\)|undefined/iu
    const wrong = plain.filter(({ text }) => twice.test(text)).map(({ name, text }) => `${name}: ${text.slice(0, 200)}`)
    expect(wrong).toEqual([])
  })
})

describe('English texts', () => {
  test('hold no Vietnamese but the name of the bot', () => {
    const vietnamese = /[ăâđêôơưàáảãạằắẳẵặầấẩẫậèéẻẽẹềếểễệìíỉĩịòóỏõọồốổỗộờớởỡợùúủũụừứửữựỳýỷỹỵ]/iu
    expect(faults('en', ({ text }) => vietnamese.test(text.replaceAll('Nếp', '')))).toEqual([])
  })

  test('have nothing of one organisation in them', () => {
    expect(faults('en', ({ text }) => /\b(party|comrade|cell|uncle ho)\b/i.test(text))).toEqual([])
  })

  test('write numbers with a decimal point', () => {
    expect(faults('en', ({ text }) => /\d,\d%/.test(text))).toEqual([])
  })
})

describe('both languages', () => {
  test('have the same texts', () => {
    const shape = (texts: Texts) =>
      plainTexts(texts)
        .map(([name]) => name)
        .sort()
    expect(shape(textsOf('en'))).toEqual(shape(textsOf('vi')))
  })

  test('say the same things: what one repeats of what was typed, the other repeats too', () => {
    const mark: Vocabulary = {
      person: 'Pers0n',
      organisation: '0rganisation',
      place: 'P1ace',
      words: 'W0rds',
      deed: 'D33d',
      when: 'Wh3n',
    }
    const [vi, en] = [rendered('vi', mark), rendered('en', mark)]
    const told = ({ name, text }: Rendered) =>
      `${name}: ${Object.values(mark)
        .filter((each) => text.includes(each))
        .sort()
        .join(' ')}`
    const distinct = (list: Rendered[]) => [...new Set(list.map(told))].sort()
    expect(distinct(en)).toEqual(distinct(vi))
  })

  test('offer the same choices by number and a menu of known commands', () => {
    const [vi, en] = [textsOf('vi'), textsOf('en')]
    expect(en.confirmLabels.length).toBe(vi.confirmLabels.length)
    expect(en.excuseLabels.length).toBe(vi.excuseLabels.length)
    for (const { commandMenu } of [vi, en]) {
      expect(new Set(commandMenu.map(({ command }) => command)).size).toBe(commandMenu.length)
      for (const { command, description } of commandMenu) {
        expect(command).toMatch(/^[a-z]{1,32}$/)
        expect(description.length).toBeLessThanOrEqual(256)
      }
    }
  })
})
