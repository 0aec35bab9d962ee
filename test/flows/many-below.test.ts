/** Deciding on everything at once works however many wait: in a large cell, and above many cells. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { seedTree, type Tree, type TreeMember, TreeStage } from '../year/tree.ts'
import { type Rig, startRig } from './rig.ts'

const startsAt = new Date('2026-01-05T09:00:00+07:00')
const cells = 60
let rig: Rig
let tree: Tree
let stage: TreeStage

beforeAll(async () => {
  rig = await startRig({
    at: startsAt,
    async seed(pool) {
      const units = Array.from({ length: cells }, (_, at) => ({ name: `Chi bộ thôn ${at + 1}`, cells: 0 }))
      tree = await seedTree(pool, {
        name: 'Đảng uỷ xã',
        units,
        sizes: (at) => (at === 0 ? 60 : 1),
        at: startsAt,
        seed: 60,
      })
    },
  })
  stage = new TreeStage(rig)
  await stage.until('2026-02-02T09:00:00+07:00')
  const everybody = [...tree.members.values()].flat()
  const deed = 'đk: mỗi tháng đến thăm một gia đình khó khăn trong thôn, hạn 30/11'
  await stage.all(everybody.map((member): [TreeMember, string] => [member, deed]))
  await stage.all(everybody.map((member): [TreeMember, string] => [member, '1']))
})
afterAll(() => rig.stop())

const waiting = (orgId: number) =>
  rig.value<number>(`SELECT count(*)::int FROM deed WHERE org_id = $1 AND state = 'submitted'`, [orgId])

test('a secretary approves the deeds of 59 members with one message, and each is told', async () => {
  const [secretary, ...others] = tree.members.get(tree.cells[0]!)!
  expect(others).toHaveLength(59)
  expect(await waiting(tree.cells[0]!)).toBe(60)
  const heard = await stage.all([[secretary!, 'duyệt hết']])
  expect(heard.get(`private:${secretary!.key}`)?.join()).toContain('59')
  expect(await waiting(tree.cells[0]!)).toBe(1)
  const told = others.map(({ key }) => heard.get(`private:${key}`) ?? [])
  expect(told.filter((texts) => texts.length !== 1 || !texts[0]!.includes('đã thông qua việc'))).toEqual([])
})

test('a committee approves what 60 secretaries directly below it registered with one message', async () => {
  const heard = await stage.one(tree.heads.get(tree.root)!, 'duyệt hết')
  expect(heard).toContain('60')
  expect(await rig.value(`SELECT count(*)::int FROM deed WHERE state = 'submitted'`)).toBe(0)
  expect(await rig.value(`SELECT count(*)::int FROM inbox WHERE failure IS NOT NULL`)).toBe(0)
})

test('60 secretaries praise a member at the same instant, each with a row of its own', async () => {
  await stage.all(tree.cells.map((cell): [TreeMember, string] => [tree.members.get(cell)![0]!, 'biểu dương tập thể']))
  await stage.all(tree.cells.map((cell): [TreeMember, string] => [tree.members.get(cell)![0]!, '1']))
  const praised = await rig.value('SELECT count(*)::int FROM commendation')
  const failed = await rig.value('SELECT count(*)::int FROM inbox WHERE failure IS NOT NULL')
  expect({ praised, failed }).toEqual({ praised: 60, failed: 0 })
})
