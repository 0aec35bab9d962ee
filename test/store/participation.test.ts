/**
 * The kept counts are the live ones: after any history of changes, by writers at once, every organisation's figures of every year
 * are what its rosters and deeds say when counted anew.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { driftedCounts } from '../../src/store/admin-checks.ts'
import { verifyCounts } from '../../src/store/audit-counts.ts'
import { deedCountsOf, inOrder, recountedDeedCountsOf } from '../../src/store/deed-counts.ts'
import { participationOf, recountedParticipationOf } from '../../src/store/participation.ts'
import { transaction } from '../../src/store/pool.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { addOrganisation } from '../flows/seed.ts'

let database: TestDatabase
/** A committee over two committees over two cells each, and a cell of its own. */
let orgs: number[]
let cells: number[]
beforeAll(async () => {
  database = await createTestDatabase()
  const { pool } = database
  const root = await addOrganisation(pool, 'Tỉnh', 'committee')
  const communes = [
    await addOrganisation(pool, 'Xã A', 'committee', root),
    await addOrganisation(pool, 'Xã B', 'committee', root),
  ]
  cells = []
  for (const parent of [...communes, ...communes, root])
    cells.push(await addOrganisation(pool, `Chi bộ ${cells.length}`, 'cell', parent))
  orgs = [root, ...communes, ...cells]
  for (const orgId of [...cells, root])
    for (const n of [1, 2, 3])
      await pool.query(
        `INSERT INTO member (org_id, display_name, folded_name, status) VALUES ($1, $2, $2, 'official')`,
        [orgId, `m${n}`],
      )
})
afterAll(() => database.drop())

const years = [2025, 2026]
const wantedOf = (ids: readonly number[]) => ids.flatMap((orgId) => years.map((year) => ({ orgId, year })))

async function expectNoDrift(): Promise<void> {
  const wanted = wantedOf(orgs)
  const counted = await recountedParticipationOf(database.pool, wanted)
  expect(await participationOf(database.pool, wanted)).toEqual(counted)
  const deeds = (await recountedDeedCountsOf(database.pool, wanted)).map(inOrder)
  // Of no year before the one asked for: all come from the kept counts.
  expect((await deedCountsOf(database.pool, wanted, 0)).map(inOrder)).toEqual(deeds)
  expect((await verifyCounts(database.pool)).findings).toEqual([])
}

const member = fc.nat({ max: 17 })
const cell = fc.nat({ max: 4 })
const year = fc.constantFrom(...years)
const state = fc.constantFrom('draft', 'submitted', 'approved', 'returned', 'withdrawn')
const forms = fc.constantFrom(['pledge'], ['commitment'], ['pledge', 'commitment'])
const status = fc.constantFrom('official', 'probationary', 'exempt', 'away', 'temporarilyHere', 'suspended', 'left')
const number = fc.integer({ min: 1, max: 2 })
const nth = '(SELECT member_id FROM member ORDER BY member_id OFFSET $1 LIMIT 1)'

const org = fc.nat({ max: 7 })
const dueOn = fc.constantFrom(null, '2026-06-30', '2026-12-20')
const doneOn = fc.constantFrom(null, null, '2026-06-01')
const focus = fc.constantFrom(null, 'breakthrough', 'model')
const praise = fc.constantFrom('praise', 'praise', 'model')

/** One statement of a kind that the engine, the operator's tool or a merge of organisations makes. */
const change: fc.Arbitrary<[string, unknown[]]> = fc.oneof(
  fc.tuple(member, year, number, state).map(([n, y, num, s]): [string, unknown[]] => [
    `INSERT INTO deed (year, subject_kind, subject_id, number, org_id, state, updated_at)
       SELECT $2, 'individual', member_id, $3, org_id, $4, now() FROM member WHERE member_id = ${nth}
       ON CONFLICT (year, subject_kind, subject_id, number) DO UPDATE SET state = EXCLUDED.state`,
    [n, y, num, s],
  ]),
  fc.tuple(cell, year, number, state).map(([n, y, num, s]): [string, unknown[]] => [
    `INSERT INTO deed (year, subject_kind, subject_id, number, org_id, state, updated_at) VALUES ($2, 'collective', $1, $3, $1, $4, now())
       ON CONFLICT (year, subject_kind, subject_id, number) DO UPDATE SET state = EXCLUDED.state`,
    [cells[n], y, num, s],
  ]),
  fc
    .tuple(member, status)
    .map(([n, s]): [string, unknown[]] => [`UPDATE member SET status = $2 WHERE member_id = ${nth}`, [n, s]]),
  fc
    .tuple(member, cell)
    .map(([n, to]): [string, unknown[]] => [`UPDATE member SET org_id = $2 WHERE member_id = ${nth}`, [n, cells[to]]]),
  fc
    .tuple(member, forms)
    .map(([n, f]): [string, unknown[]] => [
      `UPDATE deed SET forms = $2 WHERE subject_kind = 'individual' AND subject_id = ${nth}`,
      [n, f],
    ]),
  fc
    .tuple(cell, state)
    .map(([n, s]): [string, unknown[]] => [`UPDATE deed SET state = $2 WHERE org_id = $1`, [cells[n], s]]),
  fc
    .tuple(member, year)
    .map(([n, y]): [string, unknown[]] => [
      `DELETE FROM deed WHERE subject_kind = 'individual' AND subject_id = ${nth} AND year = $2`,
      [n, y],
    ]),
  fc
    .tuple(org, dueOn, doneOn, focus)
    .map(([n, due, done, f]): [string, unknown[]] => [
      `UPDATE deed SET due_on = $2, done_on = $3, focus = $4 WHERE org_id = $1`,
      [orgs[n], due, done, f],
    ]),
  fc.tuple(member, state, dueOn).map(([n, s, due]): [string, unknown[]] => [
    `INSERT INTO deed (year, subject_kind, subject_id, number, org_id, state, forms, due_on, updated_at)
       SELECT 2026, 'individual', member_id, 3, org_id, $2, '{pledge,commitment}', $3, now() FROM member WHERE member_id = ${nth}
       ON CONFLICT (year, subject_kind, subject_id, number) DO UPDATE SET state = EXCLUDED.state, due_on = EXCLUDED.due_on`,
    [n, s, due],
  ]),
  // A few people and collectives, praised by organisations all over the tree.
  fc
    .tuple(fc.nat({ max: 1 }), org, fc.constant(2026), praise, fc.boolean())
    .map(([n, by, y, kind, isCollective]): [string, unknown[]] => [
      `INSERT INTO commendation (org_id, year, member_id, collective_id, kind, at)
       SELECT $2, $3, CASE WHEN $5 THEN NULL ELSE member_id END, CASE WHEN $5 THEN org_id END, $4, now() FROM member WHERE member_id = ${nth}`,
      [n, orgs[by], y, kind, isCollective],
    ]),
  fc
    .tuple(org, praise)
    .map(([n, kind]): [string, unknown[]] => ['UPDATE commendation SET kind = $2 WHERE org_id = $1', [orgs[n], kind]]),
  fc
    .tuple(fc.nat({ max: 5 }))
    .map(([n]): [string, unknown[]] => [
      'DELETE FROM commendation WHERE commendation_id IN (SELECT commendation_id FROM commendation ORDER BY 1 OFFSET $1 LIMIT 1)',
      [n],
    ]),
  fc
    .tuple(member, cell, fc.constantFrom('self', 'cell'), fc.constantFrom('good', 'excellent'))
    .map(([n, by, source, rating]): [string, unknown[]] => [
      `INSERT INTO deed_rating (year, subject_kind, subject_id, number, period, source, org_id, rating, at)
       SELECT 2026, 'individual', member_id, 1, '2026-Q3', $3, $2, $4, now() FROM member WHERE member_id = ${nth}
       ON CONFLICT (year, subject_kind, subject_id, number, period, source) DO UPDATE SET org_id = EXCLUDED.org_id, rating = EXCLUDED.rating`,
      [n, cells[by], source, rating],
    ]),
  fc.tuple(cell).map(([n]): [string, unknown[]] => ['DELETE FROM deed_rating WHERE org_id = $1', [cells[n]]]),
  fc
    .tuple(cell, fc.boolean())
    .map(([n, isClosed]): [string, unknown[]] => [
      `UPDATE organisation SET closed_on = CASE WHEN $2 THEN DATE '2026-05-01' END WHERE org_id = $1`,
      [cells[n], isClosed],
    ]),
  fc.tuple(fc.constantFrom(1, 2), fc.boolean()).map(([n, isTop]): [string, unknown[]] => [
    `UPDATE organisation o SET path = replace(o.path, k.before, k.after), parent_id = CASE WHEN o.org_id = k.id THEN k.parent ELSE o.parent_id END
       FROM (SELECT m.org_id AS id, m.path AS before, CASE WHEN $2 THEN '/' ELSE r.path END || m.org_id || '/' AS after, CASE WHEN $2 THEN NULL ELSE r.org_id END AS parent
         FROM organisation m, organisation r WHERE m.org_id = $1 AND r.org_id = $3) k WHERE starts_with(o.path, k.before)`,
    [orgs[n], isTop, orgs[0]],
  ]),
  fc
    .tuple(cell, fc.nat({ max: 2 }))
    .map(([n, under]): [string, unknown[]] => [
      `UPDATE organisation o SET parent_id = p.org_id, path = p.path || o.org_id || '/' FROM organisation p WHERE o.org_id = $1 AND p.org_id = $2`,
      [cells[n], orgs[under]],
    ]),
)

test('are the live counts after any history of changes', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 12 }), async (changes) => {
      for (const [sql, values] of changes) await database.pool.query(sql, values)
      await expectNoDrift()
    }),
    { seed: 20_261_125, numRuns: 40 },
  )
})

/** Changes of the tree one after the other, as the operator's tool makes them: each reads places that the one before wrote. */
async function write(sql: string, values: unknown[]): Promise<void> {
  await transaction(database.pool, async (client) => {
    if (sql.startsWith('UPDATE organisation')) await client.query('SELECT pg_advisory_xact_lock(7310003)')
    await client.query(sql, values)
  })
}

test('are the live counts when many write at once', async () => {
  const changes = fc.sample(change, { seed: 7, numRuns: 400 })
  const writers = Array.from({ length: 8 }, (_, writer) => changes.filter((_, at) => at % 8 === writer))
  await Promise.all(
    writers.map(async (own) => {
      for (const [sql, values] of own) {
        // Two that lock cells in opposite order: PostgreSQL ends one of them, as the engine's retries expect.
        await write(sql, values).catch((error: { code?: string }) => {
          if (error.code !== '40P01') throw error
        })
      }
    }),
  )
  await expectNoDrift()
})

test('that somebody changed by hand are found', async () => {
  const { pool } = database
  expect((await driftedCounts(pool)).drifted).toEqual([])
  await pool.query('UPDATE roster_count SET counted = counted + 1 WHERE org_id = $1', [cells[0]])
  const { drifted } = await driftedCounts(pool)
  const { rows } = await pool.query('SELECT path FROM organisation WHERE org_id = $1', [cells[0]])
  expect(drifted.sort()).toEqual(rows[0].path.split('/').filter(Boolean).map(Number).sort())
  await pool.query('SELECT recount_rosters($1)', [[cells[0]]])
  expect((await driftedCounts(pool)).drifted).toEqual([])
  await pool.query(
    `INSERT INTO subtree_tally_delta (org_id, year, what, count) VALUES ($1, 2026, 'commitment|registered', 1)`,
    [orgs[0]],
  )
  expect((await driftedCounts(pool)).drifted).toEqual([orgs[0]])
})
