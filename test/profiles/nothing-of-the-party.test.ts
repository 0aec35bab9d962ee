/**
 * Nothing of one kind of group is in the program itself: its words stand in its profile, where the texts take them from,
 * and in what reads Vietnamese, which has to understand everybody. Comments may name the documents a rule comes from.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { rosterRoleOf, rosterStatusOf, rosterWord } from '../../src/domain/roster-words.ts'
import { fold } from '../../src/language/normalise.ts'
import { profileNames, profiles } from '../../src/profiles/index.ts'
import { readDataFiles, readDemo } from '../../src/store/data-files.ts'
import { loadMeetingForm } from '../../src/store/meeting-form.ts'

const root = join(import.meta.dirname, '..', '..')
const src = join(root, 'src')

/** Also without diacritics, and as abbreviations; "đảng" alone too. */
const ofTheParty =
  /đồng chí|dong chi|đ\/c|(?<!\p{L})đảng|(?<!\p{L})dang vien|chi bộ|chi bo(?!\p{L})|chi uỷ|chi ủy|bí thư|bi thu|cấp uỷ|cấp ủy|(?<!\p{L})Bác(?!\p{L})|làm theo|-QĐ\/TW|-HD\/BTCTW|Hồ Chí Minh|miễn sinh hoạt|\bcomrade|communist/iu

/** What reads what people write, or lists it: it must know every group's words. */
const readers = [
  'language/',
  // Signs of matters that are not for a chat; found in messages, never said.
  'domain/classified.ts',
  // Words of roster files.
  'domain/roster-words.ts',
]

function sources(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return entry.name === 'generated' ? [] : sources(path)
    return /\.tsx?$/.test(entry.name) ? [path] : []
  })
}

/** Every string, template and piece of markup of a file; no comments. */
function literalsOf(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true)
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isJsxText(node)) found.push(node.text)
    else if (ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) found.push(node.text)
    else if (ts.isRegularExpressionLiteral(node)) found.push(node.text)
    ts.forEachChild(node, visit)
  }
  visit(source)
  return found
}

describe('the program', () => {
  const files = sources(src).map((path) => ({ path, name: relative(src, path).split(sep).join('/') }))

  test('says nothing of the Party but by its profile', () => {
    const others = files.filter(({ name }) => ![...readers, 'profiles/chi-bo.ts'].some((each) => name.startsWith(each)))
    expect(others.length).toBeGreaterThan(150)
    const found = others.flatMap(({ path, name }) =>
      literalsOf(path)
        .filter((text) => ofTheParty.test(text))
        .map((text) => `${name}: ${text.trim().slice(0, 120)}`),
    )
    expect(found, 'words of one kind of group belong to src/profiles').toEqual([])
  })

  test('would be caught saying it', () => {
    const own = files.find(({ name }) => name === 'profiles/chi-bo.ts')!
    expect(literalsOf(own.path).filter((text) => ofTheParty.test(text)).length).toBeGreaterThan(15)
    expect(ofTheParty.test('Nhóm đã đăng ký, anh/chị trả lời')).toBe(false)
  })
})

/** A document by its kind and number: "Quy định 366-QĐ/TW". */
const document = /(?:Quy định|Hướng dẫn|Chỉ thị|Kết luận|Luật|Nghị định) \d+[-/]\S+/u

describe.each(profileNames)('the data of profile %s', (profile) => {
  test('is there, dated and oldest first, each rule with its source', async () => {
    const { campaignDefaults, ratingRules, attendanceRules, privacyRules } = await readDataFiles(profile)
    expect(campaignDefaults.length).toBeGreaterThan(0)
    expect(ratingRules.length).toBeGreaterThan(0)
    expect(privacyRules.length).toBeGreaterThan(0)
    for (const rules of [ratingRules, attendanceRules, privacyRules]) {
      const days = rules.map(({ from }) => from)
      expect(days).toEqual([...days].sort())
      for (const day of days) expect(day).toMatch(/^\d{4}-\d{2}-\d{2}$/)
    }
    const years = campaignDefaults.map(({ fromYear }) => fromYear)
    expect(years).toEqual([...years].sort((one, other) => one - other))
    const { form } = await loadMeetingForm({ dataDir: join(root, 'nowhere'), profile, locale: 'vi' })
    const sources = [
      ...ratingRules.flatMap(({ source, cap }) => (cap ? [source, cap.source] : [source])),
      ...attendanceRules.flatMap((rule) => [rule.sources.attendance, rule.sources.months]),
      ...campaignDefaults.flatMap(({ legalBasis }) => (profile === 'chi-bo' ? legalBasis.join('; ') : legalBasis)),
    ]
    const named = [
      ...privacyRules.map(({ source }) => source),
      ...(profile === 'chi-bo' ? [...sources, form.source] : []),
    ]
    for (const source of named) expect(source).toMatch(document)
    // A group without such documents says so in words.
    for (const source of [...sources, form.source]) expect(source).toMatch(/\S+ \S+/)
  })

  test('gives the operator words of roster files that are understood', () => {
    const { roster } = profiles[profile].vi.names
    const known = (list: string, read: (word: string) => unknown) =>
      list.split(', ').map((word) => [word, read(rosterWord(fold(word))) !== undefined])
    expect(known(roster.roles, (word) => rosterRoleOf(word, 'cell')).filter(([, isKnown]) => !isKnown)).toEqual([])
    expect(known(roster.statuses, rosterStatusOf).filter(([, isKnown]) => !isKnown)).toEqual([])
    expect(roster.statuses.split(', ').map((word) => rosterStatusOf(rosterWord(fold(word))))).toEqual([
      ...['official', 'probationary', 'exempt', 'away', 'temporarilyHere', 'suspended', 'left'],
    ])
  })

  test.each(['vi', 'en'] as const)('has people to try it with (%s)', async (locale) => {
    const { cells } = await readDemo(profile, locale)
    const accounts = cells.flatMap(({ members }) => members).filter(({ key }) => key !== undefined)
    expect(accounts.length).toBeGreaterThan(5)
    expect(cells[0]?.members.filter(({ role }) => role === 'secretary')).toHaveLength(1)
  })
})

test('data of the plain profile holds nothing of the Party', () => {
  const folder = join(root, 'prisma/data/plain')
  const files = readdirSync(folder)
  expect(files.length).toBeGreaterThanOrEqual(4)
  expect(files.filter((name) => ofTheParty.test(readFileSync(join(folder, name), 'utf8')))).toEqual([])
})
