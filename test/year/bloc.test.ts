/**
 * The bloc of an article through two years: 61 organisations (42 committees, 19 cells of their own), 4,725 members, more than 2,500
 * deeds of collectives and 3,000 of individuals, 30 collectives and 50 members praised, 98.6 % at the study meeting. Everybody is on
 * a roster; who says something says it to the real engine.
 *
 * The suite takes an eighth of it (5 committees and 2 cells of their own, in the same shares), since all of it costs minutes of
 * processor; `YEAR=full` takes all. In both the monthly question goes to ten cells and meetings begin in the second year.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { setCampaign } from '../../src/store/admin-campaign.ts'
import { type Rig, startRig } from '../flows/rig.ts'
import { runNep } from '../nep/run-nep.ts'
import { bare, createVoices } from './crowd.ts'
import { nepSummary } from './nep-summary.ts'
import { seedTree, type Tree, type TreeMember, TreeStage, type Unit } from './tree.ts'

const isFull = process.env.YEAR === 'full'
const startsAt = new Date('2026-01-05T09:00:00+07:00')
const two = (n: number) => String(n).padStart(2, '0')
const committees = isFull ? 42 : 5
const ownCells = isFull ? 19 : 2
/** Of all: 42 × 3 + 19 = 145. */
const cellCount = committees * 3 + ownCells
const units: Unit[] = [
  ...Array.from({ length: committees }, (_, at) => ({ name: `Đảng bộ cơ quan ${two(at + 1)}`, cells: 3 })),
  ...Array.from({ length: ownCells }, (_, at) => ({ name: `Chi bộ cơ sở ${two(at + 1)}`, cells: 0 })),
]
/** 145 cells: 85 of 33 and 60 of 32 make 4,725. */
const sizes = (cell: number) => (cell < 85 ? 33 : 32)
const memberCount = Array.from({ length: cellCount }, (_, cell) => sizes(cell)).reduce((sum, size) => sum + size, 0)
/** Who registers a deed in a year: of each cell the first eleven, 1,595 in all. */
const registering = 11
/** Of a collective in a year: 7 × (145 + 42) = 1,309. */
const collective = 7
/** 4,659 of 4,725 are 98.6 %, and so are 553 of 561. */
const absent = isFull ? 66 : 8
/** Of the article: 30 collectives and 50 members. */
const praised = isFull ? { collectives: 30, members: 50 } : { collectives: 4, members: 7 }

const voices = createVoices(61)
let rig: Rig
let tree: Tree
let stage: TreeStage
let sentence: string

type Said = [TreeMember, string]
const say = (text: string) => (voices.random.isLucky(0.4) ? bare(text) : text)

beforeAll(async () => {
  rig = await startRig({
    at: startsAt,
    async seed(pool) {
      tree = await seedTree(pool, { name: 'Đảng uỷ Khối các cơ quan', units, sizes, at: startsAt, seed: 61 })
      const asking = tree.cells.slice(0, isFull ? 10 : 3)
      await pool.query('UPDATE organisation SET progress_day = 0 WHERE NOT org_id = ANY($1)', [asking])
      for (const year of [2026, 2027])
        await setCampaign(pool, { orgId: tree.root, year }, { maxCollective: 8 }, startsAt)
    },
  })
  stage = new TreeStage(rig)
  await liveThrough(2026)
  await liveThrough(2027)
  sentence = await stage.one(tree.heads.get(tree.root)!, 'tổng hợp')
}, 3_600_000)
afterAll(() => rig.stop())

const cells = () => [...tree.members.values()]
const secretaries = () => cells().map(([first]) => first!)
/** Committees below the root: the root has nobody above. */
const heads = () => [...tree.heads].filter(([id]) => id !== tree.root).map(([, head]) => head)
const everyDay = (day: string) => stage.until(`${day}T09:00:00+07:00`)

async function liveThrough(year: number): Promise<void> {
  await register(year)
  await registerCollectives(year)
  await review(year)
  if (year === 2027) await study(year)
  await everyDay(`${year}-05-19`)
  if (year === 2027) await praise()
  await finish(year)
  await everyDay(`${year}-12-30`)
  for (const [id, head] of tree.heads) if (id % 5 === 0 || id === tree.root) await stage.one(head, 'tổng hợp')
}

async function register(year: number): Promise<void> {
  await everyDay(`${year}-02-02`)
  const people = cells().flatMap((cell) => cell.slice(0, registering))
  for (let from = 0; from < people.length; from += 320) {
    const wave = people.slice(from, from + 320)
    await stage.all(wave.map((each): Said => [each, say(`đk: ${voices.deed()}, ${voices.end()}`)]))
    await stage.all(wave.map((each): Said => [each, '1']))
    await stage.until(new Date(stage.now.getTime() + 86_400_000).toISOString())
  }
}

async function registerCollectives(year: number): Promise<void> {
  await everyDay(`${year}-02-12`)
  const speakers = [...secretaries(), ...heads()]
  const list = () =>
    Array.from({ length: collective }, (_, at) => `${at + 1}. ${voices.deed()} đợt ${at + 1}, ${voices.end()}`)
  const said = speakers.map((each): Said => [each, `/dangkytapthe ${collective} việc: ${list().join(' ')}`])
  for (const [, text] of said)
    for (const deed of text.matchAll(/\d+\. (.+? đợt \d)/g)) stage.printed.words.add(deed[1]!)
  await stage.all(said)
  await stage.all(speakers.map((each): Said => [each, '1']))
}

async function review(year: number): Promise<void> {
  await everyDay(`${year}-02-20`)
  await stage.all(secretaries().map((each): Said => [each, say('duyệt hết')]))
  await stage.all(heads().map((each): Said => [each, say('duyệt hết')]))
  await stage.one(tree.heads.get(tree.root)!, 'duyệt hết')
}

async function schedule(day: string): Promise<void> {
  await everyDay(day)
  await stage.all(secretaries().map((each): Said => [each, say('chi bộ họp mùng 3 hằng tháng lúc 19h30')]))
}

/** The evening on which all study the theme: each secretary names who was not there. */
async function study(year: number): Promise<void> {
  await schedule(`${year}-02-25`)
  await everyDay(`${year}-03-03`)
  await stage.until(`${year}-03-03T20:30:00+07:00`)
  let left = absent
  const said = cells().map((cell, at): Said => {
    const count = Math.min(left, at % 3)
    left -= count
    const named = cell
      .slice(20, 20 + count)
      .map(({ name }, nth) => (nth === 0 ? `${name} (công tác)` : `${name} không phép`))
    return [cell[0]!, count === 0 ? '/diemdanh đủ cả' : `/diemdanh vắng: ${named.join(', ')}; còn lại có mặt`]
  })
  await stage.all(said)
}

async function praise(): Promise<void> {
  const root = tree.heads.get(tree.root)!
  for (const { name } of units.slice(0, praised.collectives)) await stage.one(root, say(`biểu dương tập thể ${name}`))
  await stage.all(
    cells()
      .slice(0, praised.members)
      .map(([secretary, , member]): Said => [secretary!, `biểu dương đ/c ${member!.name}`]),
  )
}

async function finish(year: number): Promise<void> {
  await everyDay(`${year}-11-20`)
  const people = cells().flatMap((cell) => cell.slice(0, registering - 3))
  for (let from = 0; from < people.length; from += 400)
    await stage.all(people.slice(from, from + 400).map((each): Said => [each, say(voices.done(1))]))
  await stage.all(secretaries().map((each): Said => [each, `việc ${1 + (each.id % collective)} của chi bộ xong rồi`]))
  await everyDay(`${year}-12-15`)
  await stage.all(
    cells().map(([secretary, , member]): Said => [secretary!, `đánh giá việc 1 của đ/c ${member!.name}: tốt`]),
  )
}

test('every number that was printed in two years agrees with the rows', () => {
  expect(stage.printed.findings.slice(0, 10)).toEqual([])
  expect(stage.printed.checked).toBeGreaterThan(isFull ? 40_000 : 8_000)
})

test('nothing failed on the way', async () => {
  expect(await rig.rows('SELECT failure, count(*) FROM inbox WHERE failure IS NOT NULL GROUP BY 1')).toEqual([])
  expect(await rig.rows(`SELECT state, count(*) FROM outbox WHERE state <> 'sent' GROUP BY 1`)).toEqual([])
})

test('the sentences of the article come out of the rows', async () => {
  const summaries = []
  for (const year of ['2026', '2027']) {
    const { model, counted } = await nepSummary(rig.pool, tree.root, year, stage.now)
    expect(model, year).toEqual(counted)
    summaries.push(model as unknown as { collectiveDeeds: number; individualDeeds: number })
  }
  expect(summaries.reduce((sum, { collectiveDeeds }) => sum + collectiveDeeds, 0)).toBeGreaterThan(isFull ? 2_500 : 300)
  expect(summaries.reduce((sum, { individualDeeds }) => sum + individualDeeds, 0)).toBeGreaterThan(isFull ? 3_000 : 350)
  expect(summaries[1]).toMatchObject({
    members: { numerator: cellCount * registering, denominator: memberCount },
    organisations: { started: { numerator: units.length, denominator: units.length, percent: 100 } },
    commended: praised,
  })
  // "Biểu dương 30 tập thể, 50 cá nhân", of 4.725 members.
  expect(sentence).toContain(`- Biểu dương: ${praised.members} đảng viên, ${praised.collectives} tập thể;`)
  expect(sentence).toContain(isFull ? '1.595/4.725 (33,8%)' : '187/561 (33,3%)')
})

test('98,6% of members were at the study meeting', async () => {
  const { model, counted } = await nepSummary(rig.pool, tree.root, '2027-03', stage.now)
  expect(model).toEqual(counted)
  expect(model).toMatchObject({
    meetings: {
      held: cellCount,
      attendance: { rate: { numerator: memberCount - absent, denominator: memberCount, percent: 98.6 } },
    },
  })
})

test('the tree is that of the article', async () => {
  const env = { DATABASE_URL: rig.pool.options.connectionString! }
  const list = (await runNep(env, ['org', 'list', '--json'])).json<
    { parentId: number; kind: string; members: number }[]
  >()
  const below = (list as unknown as { id: number; parentId: number | null; kind: string; members: number }[]).filter(
    ({ parentId }) => parentId === tree.root,
  )
  expect(below.filter(({ kind }) => kind === 'committee')).toHaveLength(committees)
  expect(below.filter(({ kind }) => kind === 'cell')).toHaveLength(ownCells)
  const members = (list as unknown as { kind: string; members: number }[]).filter(({ kind }) => kind === 'cell')
  expect(members.reduce((sum, each) => sum + each.members, 0)).toBe(memberCount)
})
