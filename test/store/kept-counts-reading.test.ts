/** What a figure costs: one organisation's counts are looked up however large the tree is, and a change appends no more than it moves. */
import type { ClientBase } from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deedCountsOf } from '../../src/store/deed-counts.ts'
import { participationOf, recountedParticipationOf } from '../../src/store/participation.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'

let database: TestDatabase

beforeAll(async () => {
  database = await createTestDatabase()
  // A committee, thirty below it, a hundred cells below each.
  await database.pool.query(
    `INSERT INTO organisation (org_id, parent_id, kind, name, path, time_zone)
     SELECT 1, NULL::int, 'committee', 'Tỉnh', '/1/', 'UTC'
     UNION ALL SELECT 1 + n, 1, 'committee', 'Xã ' || n, '/1/' || (1 + n) || '/', 'UTC' FROM generate_series(1, 30) n
     UNION ALL SELECT 100 + n, 2 + n % 30, 'cell', 'Chi bộ ' || n, '/1/' || (2 + n % 30) || '/' || (100 + n) || '/', 'UTC' FROM generate_series(1, 3000) n`,
  )
  await database.pool.query(
    `INSERT INTO member (member_id, org_id, status) SELECT n, 100 + n, 'official' FROM generate_series(1, 3000) n
     UNION ALL SELECT 3000 + n, 101, 'official' FROM generate_series(1, 2) n`,
  )
  await database.pool.query('SELECT fold_counts()')
  await database.pool.query('ANALYZE')
})
afterAll(() => database.drop())

test('the figures of one organisation are looked up, not searched for in those of all', async () => {
  const plans: string[] = []
  const explained = {
    async query(statement: { text: string; values: unknown[] }) {
      const { rows } = await database.pool.query(`EXPLAIN ${statement.text}`, statement.values)
      plans.push(rows.map((row) => row['QUERY PLAN']).join('\n'))
      return database.pool.query({ ...statement, name: undefined })
    },
  } as unknown as ClientBase
  await participationOf(explained, [{ orgId: 1, year: 2026 }])
  await deedCountsOf(explained, [{ orgId: 1, year: 2026 }], 2026)
  expect(plans).toHaveLength(2)
  for (const plan of plans) {
    expect(plan).toMatch(/Index (Only )?Scan using subtree_count_pkey/)
    expect(plan).not.toMatch(/Seq Scan on subtree_count\b/)
  }
})

test('a change appends one row for each organisation above, and none where nothing moves', async () => {
  // Nobody adds up meanwhile.
  const holder = await database.pool.connect()
  await holder.query('SELECT pg_advisory_lock(7310002)')
  try {
    const appended = async (sql: string) => {
      const last = `SELECT coalesce(max(delta_id), 0) AS last FROM subtree_delta`
      const before = (await database.pool.query(last)).rows[0].last
      await database.pool.query(sql)
      const { rows } = await database.pool.query(
        'SELECT org_id AS org, registered FROM subtree_delta WHERE delta_id > $1 ORDER BY 1',
        [before],
      )
      return rows
    }
    const deed = (member: number, state: string) =>
      `INSERT INTO deed (year, subject_kind, subject_id, number, org_id, state, updated_at) VALUES (2026, 'individual', ${member}, 1, 101, '${state}', now())
        ON CONFLICT (year, subject_kind, subject_id, number) DO UPDATE SET state = EXCLUDED.state`
    await database.pool.query(deed(1, 'submitted'))
    expect(await appended(deed(3001, 'submitted'))).toEqual([1, 3, 101].map((org) => ({ org, registered: 1 })))
    expect(await appended(deed(3001, 'returned'))).toEqual([1, 3, 101].map((org) => ({ org, registered: -1 })))
    // Who is exempt and has no deed moves the roster and no registration.
    const exempt = await appended(`UPDATE member SET status = 'exempt' WHERE member_id = 3002`)
    expect(exempt.every(({ registered }) => registered === 0)).toBe(true)
  } finally {
    await holder.query('SELECT pg_advisory_unlock(7310002)')
    holder.release()
  }
  const wanted = [1, 3, 101].map((orgId) => ({ orgId, year: 2026 }))
  expect(await participationOf(database.pool, wanted)).toEqual(await recountedParticipationOf(database.pool, wanted))
})
