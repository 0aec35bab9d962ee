/**
 * The city of an article: 35 organisations directly below its committee, 183 cells, 95 % of members. Every deed is registered by
 * conversation through the real engine; the article's figures come out of the rows, in the chat and from the operator's tool.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Rig, startRig } from '../flows/rig.ts'
import { bare, createVoices } from './crowd.ts'
import { nepSummary } from './nep-summary.ts'
import { seedTree, type Tree, type TreeMember, TreeStage, type Unit } from './tree.ts'

const startsAt = new Date('2026-01-05T09:00:00+07:00')
/** 15 cells directly below and 20 committees with 168 cells: 35 organisations, 183 cells. */
const units: Unit[] = [
  ...Array.from({ length: 20 }, (_, at) => ({ name: `Đảng bộ phường ${at + 1}`, cells: at < 8 ? 9 : 8 })),
  ...Array.from({ length: 15 }, (_, at) => ({ name: `Chi bộ trực thuộc ${at + 1}`, cells: 0 })),
]
/** 183 × 8 = 1,464 members, of whom 73 stay silent: 1,391 are 95.01 %. */
const silent = 73
const voices = createVoices(183)
let rig: Rig
let tree: Tree
let stage: TreeStage
let answer: string
/** What the bot told each of the 35 of themselves. */
const answers: string[] = []

beforeAll(async () => {
  rig = await startRig({
    at: startsAt,
    async seed(pool) {
      tree = await seedTree(pool, { name: 'Thành uỷ', units, sizes: () => 8, at: startsAt, seed: 35 })
    },
  })
  stage = new TreeStage(rig)
  const cells = [...tree.members.values()]
  const secretaries = cells.map(([first]) => first!)
  // The silent sit in every third cell, so that some cells are complete and some are not.
  const never = new Set(
    cells
      .filter((_, at) => at % 3 === 0)
      .flatMap((cell) => cell.slice(6))
      .slice(0, silent),
  )
  const others = cells.flat().filter((member) => !never.has(member))
  const say = (text: string) => (voices.random.isLucky(0.4) ? bare(text) : text)
  await stage.until('2026-02-02T09:00:00+07:00')
  for (let from = 0; from < others.length; from += 500) {
    const wave = others.slice(from, from + 500)
    await stage.all(wave.map((member): [TreeMember, string] => [member, say(`đk: ${voices.deed()}, ${voices.end()}`)]))
    await stage.all(wave.map((member): [TreeMember, string] => [member, '1']))
    await stage.until(new Date(stage.now.getTime() + 86_400_000).toISOString())
  }
  const model = 'mô hình Hết việc chứ không hết giờ, hạn 30/11'
  await stage.all(secretaries.map((each): [TreeMember, string] => [each, say(`chi bộ đk ${model}`)]))
  await stage.all(secretaries.map((each): [TreeMember, string] => [each, '1']))
  await stage.until('2026-02-20T09:00:00+07:00')
  await stage.all(secretaries.map((each): [TreeMember, string] => [each, say('duyệt hết')]))
  for (const head of [...tree.heads.values()].reverse()) await stage.one(head, 'duyệt hết')
  await stage.until('2026-03-31T09:00:00+07:00')
  for (const unit of tree.units)
    answers.push(await stage.one(unit.isCell ? tree.members.get(unit.id)![0]! : tree.heads.get(unit.id)!, 'tổng hợp'))
  answer = await stage.one(tree.heads.get(tree.root)!, 'tổng hợp')
}, 600_000)
afterAll(() => rig.stop())

test('every number that was printed agrees with the rows', () => {
  expect(stage.printed.findings.slice(0, 10)).toEqual([])
  expect(stage.printed.checked).toBeGreaterThan(8_000)
})

test('the sentence of the article: 35/35 organisations, 183/183 cells, 95 % of members', async () => {
  const { model, counted } = await nepSummary(rig.pool, tree.root, '2026', stage.now)
  expect(model).toEqual(counted)
  expect(model).toMatchObject({
    organisations: { started: { numerator: 35, denominator: 35, percent: 100 } },
    cells: { started: { numerator: 183, denominator: 183, percent: 100 } },
    members: { numerator: 1391, denominator: 1464, percent: 95 },
    approved: { numerator: 1391, denominator: 1464, percent: 95 },
    collectiveDeeds: 183,
  })
  expect(answer).toContain('35/35 (100%)')
  expect(answer).toContain('183/183 (100%)')
  expect(answer).toContain('1.391/1.464 (95%)')
})

test('what the organisations were told of themselves adds up to what the committee was told', () => {
  const plain = (number: string) => Number(number.replaceAll('.', ''))
  const ratio = (text: string, words: string) =>
    new RegExp(`${words}: ([\\d.]+)/([\\d.]+)`).exec(text)?.slice(1).map(plain)
  const sumOf = (parts: readonly string[], words: string) =>
    parts
      .map((part) => ratio(part, words) ?? [Number.NaN, Number.NaN])
      .reduce(([x, y], [ofX, ofY]) => [x! + ofX!, y! + ofY!], [0, 0])
  expect(answers).toHaveLength(35)
  expect(sumOf(answers, 'Đảng viên đã đăng ký')).toEqual([1391, 1464])
  expect(ratio(answer, 'Đảng viên đã đăng ký')).toEqual([1391, 1464])
  const deeds = (text: string) => /Số việc: ([\d.]+) của cá nhân, (\d+) của tập thể/.exec(text)!.slice(1).map(plain)
  expect(answers.map(deeds).reduce(([x, y], [ofX, ofY]) => [x! + ofX!, y! + ofY!])).toEqual(deeds(answer))
  // Cells say of themselves alone how many have registered: the 20 committees, and what the 15 cells add.
  const isFull = (text: string, words: string) => {
    const [x, y] = ratio(text, words)!
    return x === y
  }
  const committees = answers.filter((_, at) => !tree.units[at]!.isCell)
  const cells = answers.filter((_, at) => tree.units[at]!.isCell)
  const fullCells = cells.filter((text) => isFull(text, 'Đảng viên đã đăng ký')).length
  const fullCommittees = committees.filter((text) => isFull(text, 'Chi bộ đăng ký đủ')).length
  expect(sumOf(committees, 'Chi bộ đã triển khai')).toEqual([168, 168])
  expect(ratio(answer, 'Chi bộ đã triển khai')).toEqual([183, 183])
  expect(ratio(answer, 'Chi bộ đăng ký đủ')).toEqual([sumOf(committees, 'Chi bộ đăng ký đủ')[0]! + fullCells, 183])
  expect(ratio(answer, 'Chi, đảng bộ trực thuộc đăng ký đủ')).toEqual([fullCommittees + fullCells, 35])
  // Neither all nor none: else this would say little.
  expect(fullCommittees).toBeGreaterThan(0)
  expect(fullCommittees).toBeLessThan(20)
})
