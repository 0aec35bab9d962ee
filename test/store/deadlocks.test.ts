/**
 * Nobody waits in a circle: members, secretaries and the committees above them write through two processes while operators import,
 * change statuses, transfer, move, merge and close, and the tick runs beside them. PostgreSQL ends no transaction to free another
 * one, nothing is refused that was not meant to be, and every kept figure is what the rows say.
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { changeMember, Refused } from '../../src/store/admin.ts'
import { closePeriod, reopenPeriod } from '../../src/store/admin-periods.ts'
import { mergeOrganisations, moveOrganisation, transferMembers } from '../../src/store/admin-tree.ts'
import { verifyCounts } from '../../src/store/audit-counts.ts'
import { sealAudit } from '../../src/store/audit-seal.ts'
import { createPool, type Pool } from '../../src/store/pool.ts'
import { importRoster } from '../../src/store/roster-import.ts'
import { createRandom, type Random } from '../crash/random.ts'
import { richEvent } from '../flows/rich-platform.ts'
import { type Rig, settled, startRig } from '../flows/rig.ts'
import { seedTree, type Tree } from '../year/tree.ts'

const startsAt = new Date('2026-07-06T09:00:00+07:00')
const cellsPerCommune = 4
const rounds = Number(process.env.NEP_STRESS_ROUNDS ?? 5)
let rig: Rig
let tree: Tree
let operators: Pool
let directory: string

beforeAll(async () => {
  rig = await startRig({
    at: startsAt,
    async seed(pool) {
      const units = ['Bắc', 'Nam'].map((name) => ({ name: `Đảng uỷ xã ${name}`, cells: cellsPerCommune }))
      tree = await seedTree(pool, { name: 'Đảng uỷ huyện', units, sizes: () => 6, at: startsAt, seed: 40 })
      await pool.query(
        `INSERT INTO meeting (org_id, occurrence, starts_at, state, kind, updated_at)
         SELECT org_id, '2026-07', $1, 'planned', 'regular', $1 FROM organisation WHERE kind = 'cell'`,
        [new Date(startsAt.getTime() - 3_600_000)],
      )
    },
  })
  operators = createPool((rig.pool as unknown as { options: { connectionString: string } }).options.connectionString, {
    max: 8,
  })
  directory = await mkdtemp(join(tmpdir(), 'nep-'))
})
afterAll(async () => {
  await rm(directory, { recursive: true })
  await rig.stop()
})

const pick = <T>(random: Random, of: readonly T[]): T => of[random.between(0, of.length - 1)]!

const statuses = ['official', 'probationary', 'exempt', 'away', 'suspended', 'official'] as const

/** What one operator does next, of all that the operator's tool can do to a tree that others are working in. */
function operation(random: Random): () => Promise<unknown> {
  const now = startsAt
  const when = { on: null, isLate: false, now }
  const cell = () => pick(random, tree.cells)
  const member = () => pick(random, [...tree.members.values()].flat()).id
  const communes = tree.units.map(({ id }) => id)
  return pick(random, [
    () => changeMember(operators, member(), { status: pick(random, statuses) }, now),
    () => transferMembers(operators, { memberIds: [member(), member(), member()], to: cell() }, when),
    () => moveOrganisation(operators, cell(), pick(random, communes), when),
    () => mergeOrganisations(operators, { ids: [cell()], into: cell(), isApplied: false }, when),
    () =>
      closePeriod(operators, { orgId: pick(random, [tree.root, ...communes]), period: '2026-Q1', below: true }, now),
    () => reopenPeriod(operators, { orgId: cell(), period: '2026-Q1', reason: 'ghi thiếu' }, now),
    async () => {
      const orgId = cell()
      const file = join(directory, `${orgId}-${random.between(0, 1_000_000)}.csv`)
      const names = ['Hoàng Văn Kết', 'Trịnh Thị Lụa', 'Mạc Văn Sáu'].slice(random.between(0, 2))
      await writeFile(
        file,
        `name,status\n${names.map((name) => `${name},${pick(random, ['official', 'away'])}`).join('\n')}\n`,
      )
      return importRoster(operators, file, { orgId, apply: true, now })
    },
    // By hand, as the operator may: a rating taken over from another cell.
    () => operators.query('UPDATE deed_rating SET org_id = $1 WHERE org_id = $2', [cell(), cell()]),
    () =>
      operators.query(`UPDATE member SET status = $2 WHERE org_id = $1 AND role = 'member'`, [
        cell(),
        pick(random, statuses),
      ]),
  ])
}

/** What people say next: members register, secretaries decide, rate, praise and call the roll, committees decide above them. */
function words(random: Random, role: 'head' | 'secretary' | 'member'): string {
  const registering = [
    'đk: mỗi tháng thăm một gia đình khó khăn, hạn 30/11',
    '1',
    '1',
    'việc 1 xong 50%',
    'việc 1 xong rồi',
  ]
  if (role === 'member') return pick(random, [...registering, 'rút việc 1', 'có'])
  if (role === 'head')
    return pick(random, ['duyệt hết', 'duyệt hết', 'duyệt', '1', 'biểu dương tập thể', '1', 'khoá sổ quý 2', 'có'])
  return pick(random, [
    ...registering,
    ...['duyệt hết', 'duyệt hết', 'chi bộ đk: làm 2 km đường hoa, hạn 30/11', '1', 'rút việc tập thể 1', 'có'],
    ...['biểu dương tập thể', '1', 'vắng: không ai; còn lại có mặt', 'có mặt đủ', 'khoá sổ quý 2', 'có'],
    ...['sửa việc 1 của chi bộ: làm 3 km đường hoa', 'việc 1 của chi bộ xong 50%', 'chuyển họp sang 20/7'],
  ])
}

test('conversations, operators and the tick at once end in no deadlock, and no figure is off', {
  timeout: 180_000,
}, async () => {
  const random = createRandom(20_261_126)
  const second = await rig.second()
  const people = [
    ...[...tree.members.values()].flat().map((each) => [each.key, each.role] as const),
    ...[...tree.heads.values()].map((each) => [each.key, 'head'] as const),
  ]
  const failed: unknown[] = []
  let isOver = false
  const operator = async () => {
    while (!isOver) {
      const work = operation(random)
      await work().catch((error: unknown) => {
        if (!(error instanceof Refused)) failed.push(error)
      })
    }
  }
  const work = [operator(), operator(), operator()]
  for (let round = 0; round < rounds; round += 1) {
    rig.clock.set(new Date(rig.clock.now().getTime() + 60_000))
    const events = people.map(([key, role]) =>
      richEvent(key, words(random, role), { occurredAt: rig.clock.now().toISOString() }),
    )
    // In portions, so that the two processes share them.
    for (let from = 0; from < events.length; from += 6) {
      await rig.rich.emit(events.slice(from, from + 6))
      if (from % 24 === 0) await Promise.all([rig.program.engine.runTick(), second.engine.runTick()])
    }
    await settled(rig.program)
  }
  isOver = true
  await Promise.all(work)
  await second.stop()
  await operators.end()
  // Whoever has left has told the statistics what it knew.
  await rig.restart()
  const deadlocks = await rig.value<number>('SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()')
  const refused = await rig.rows('SELECT failure, count(*)::int FROM inbox WHERE failure IS NOT NULL GROUP BY 1')
  const done = await rig.rows(
    'SELECT action, count(*)::int FROM audit_entry WHERE action NOT LIKE $1 GROUP BY 1 ORDER BY 1',
    ['rows.%'],
  )
  if (process.env.NEP_STRESS_ROUNDS) console.log({ deadlocks, failed: failed.map(String), refused, done })
  expect((await verifyCounts(rig.pool)).findings).toEqual([])
  await sealAudit(rig.pool)
  expect({ deadlocks, failed: failed.map(String), refused }).toEqual({ deadlocks: 0, failed: [], refused: [] })
})
