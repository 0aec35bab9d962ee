/**
 * The city of an article: 35 organisations directly below its committee, 183 cells, 95 % of members. Every deed is registered by
 * conversation through the real engine; the article's figures come out of the rows, in the chat and from the operator's tool.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Rig, startRig } from '../flows/rig.ts'
import { bare, createVoices } from './crowd.ts'
import { nepSummary } from './nep-summary.ts'
import { recount } from './recount.ts'
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
  for (const head of tree.heads.values()) await stage.one(head, 'tổng hợp')
  answer = await stage.one(tree.heads.get(tree.root)!, 'tổng hợp')
}, 600_000)
afterAll(() => rig.stop())

test('every number that was printed agrees with the rows', () => {
  expect(stage.printed.findings.slice(0, 10)).toEqual([])
  expect(stage.printed.checked).toBeGreaterThan(8_000)
})

test('the sentence of the article: 35/35 organisations, 183/183 cells, 95 % of members', async () => {
  const { model, counted } = await nepSummary(rig.pool, tree.root, '2026', stage.now)
  expect(model).toMatchObject(counted)
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

test('each organisation says what its part of the whole is', async () => {
  const rows = await stage.rows()
  const parts = tree.units.map(({ id }) => recount(rows, id, 2026, '2026-03-31'))
  const whole = recount(rows, tree.root, 2026, '2026-03-31')
  for (const figure of ['members', 'approved', 'started', 'complete'] as const)
    for (const side of ['x', 'y'] as const)
      expect(
        parts.reduce((sum, part) => sum + part[figure][side], 0),
        figure,
      ).toBe(whole[figure][side])
  expect(whole.complete.x).toBeLessThan(whole.complete.y)
})
