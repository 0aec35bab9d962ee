/**
 * Last year's report says what it said: whatever is merged, split, renamed, moved, closed or transferred this year, every figure,
 * name and campaign of every organisation in every past year stays; and this year nothing is lost and nobody counted twice.
 */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Registration } from '../../src/domain/participation.ts'
import { Refused } from '../../src/store/admin.ts'
import { showCampaign } from '../../src/store/admin-campaign.ts'
import {
  closeOrganisation,
  mergeOrganisations,
  moveOrganisation,
  renameOrganisation,
  splitOrganisation,
  transferMembers,
} from '../../src/store/admin-tree.ts'
import { verifyCounts } from '../../src/store/audit-counts.ts'
import { deedCountsOf, inOrder, recountedDeedCountsOf } from '../../src/store/deed-counts.ts'
import { figuresOfYears, participationOf, recountedParticipationOf } from '../../src/store/participation.ts'
import { organisationsBelowThen, organisationsThen } from '../../src/store/tree-at.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'

const now = new Date('2026-07-01T10:00:00+07:00')
const thisYear = 2026
const pastYears = [2024, 2025]
let database: TestDatabase
const ids = async (sql: string, values: unknown[] = []): Promise<number[]> =>
  (await database.pool.query({ text: sql, values, rowMode: 'array' })).rows.map((row) => row[0])
const when = (on: string | null = null, isLate = false) => ({ on, isLate, now })

/** Provinces of communes of cells of members with deeds of three years, the same at every run. */
async function seed(provinces: number, communes: number, cells: number, members: number): Promise<number[]> {
  const add = (parents: readonly number[], each: number, kind: string, word: string) =>
    ids(
      `WITH made AS (
         SELECT p.path AS above, p.org_id AS parent, nextval(pg_get_serial_sequence('organisation', 'org_id'))::int AS id, n
         FROM unnest($1::int[]) WITH ORDINALITY u(parent, at) JOIN organisation p ON p.org_id = u.parent CROSS JOIN generate_series(1, $2) n ORDER BY u.at, n)
       INSERT INTO organisation (org_id, parent_id, kind, name, path, time_zone)
       SELECT id, parent, $3, $4 || ' ' || id, above || id || '/', 'Asia/Ho_Chi_Minh' FROM made RETURNING org_id`,
      [parents, each, kind, word],
    )
  const tops = await ids(
    `INSERT INTO organisation (org_id, kind, name, path, time_zone)
     SELECT id, 'committee', 'Tỉnh ' || id, '/' || id || '/', 'Asia/Ho_Chi_Minh'
     FROM (SELECT nextval(pg_get_serial_sequence('organisation', 'org_id'))::int AS id FROM generate_series(1, $1)) s RETURNING org_id`,
    [provinces],
  )
  const below = await add(tops, communes, 'committee', 'Đảng uỷ xã')
  const leaves = await add(below, cells, 'cell', 'Chi bộ thôn')
  await database.pool.query(
    `INSERT INTO member (org_id, display_name, folded_name, status, role)
     SELECT c, 'm', 'm', (ARRAY['official','official','official','probationary','exempt','away','left','temporarilyHere'])[1 + (c * 7 + n * 3) % 8],
       CASE WHEN n = 1 THEN 'secretary' ELSE 'member' END
     FROM unnest($1::int[]) c CROSS JOIN generate_series(1, $2) n`,
    [leaves, members],
  )
  await database.pool.query(
    `INSERT INTO deed (year, subject_kind, subject_id, number, org_id, content, state, due_on, done_on, updated_at)
     SELECT y, 'individual', member_id, 1, org_id, 'x', (ARRAY['approved','submitted','draft','approved','returned'])[1 + (member_id * 3 + y) % 5],
       make_date(y, 6, 30), CASE WHEN member_id % 3 = 0 THEN make_date(y, 6, 1) END, now()
     FROM member CROSS JOIN generate_series(2024, 2026) y WHERE (member_id + y) % 4 <> 0`,
  )
  await database.pool.query(
    `INSERT INTO deed (year, subject_kind, subject_id, number, org_id, content, state, updated_at)
     SELECT y, 'collective', org_id, 1, org_id, 'x', 'approved', now() FROM organisation CROSS JOIN generate_series(2024, 2026) y WHERE (org_id + y) % 3 <> 0`,
  )
  // Praised by their cell, and every other one by the top of the tree too: each counts once there.
  await database.pool.query(
    `INSERT INTO commendation (org_id, year, member_id, kind, at)
     SELECT by, y, member_id, 'praise', now() FROM member m JOIN organisation o USING (org_id) CROSS JOIN generate_series(2024, 2026) y
       CROSS JOIN LATERAL (SELECT m.org_id AS by UNION SELECT split_part(o.path, '/', 2)::int WHERE member_id % 2 = 0) b
     WHERE (member_id + y) % 5 = 0`,
  )
  await database.pool.query(
    `INSERT INTO deed_rating (year, subject_kind, subject_id, number, period, source, org_id, rating, at)
     SELECT year, subject_kind, subject_id, number, year::text, 'cell', org_id, (ARRAY['excellent','good','completed'])[1 + subject_id % 3], now()
     FROM deed WHERE subject_id % 4 = 1`,
  )
  await database.pool.query(
    `INSERT INTO campaign (org_id, year, title, opens_on, closes_on)
     SELECT t, y, t || ' in ' || y, make_date(y, 1, 1), make_date(y, 3 + t % 5, 15) FROM unnest($1::int[]) t CROSS JOIN generate_series(2024, 2026) y`,
    [tops],
  )
  await database.pool.query('ANALYZE')
  return tops
}

/** Every figure, name, place and list below, of every organisation that there was. */
async function reports(years: readonly number[], of: readonly number[]) {
  const wanted = of.flatMap((orgId) => years.map((year) => ({ orgId, year })))
  const { pool } = database
  return {
    wanted,
    figures: await figuresOfYears(pool, wanted, thisYear),
    deeds: (await deedCountsOf(pool, wanted, thisYear)).map(inOrder),
    places: await organisationsThen(pool, wanted, thisYear),
    below: await organisationsBelowThen(pool, wanted, thisYear),
  }
}

const everybody = 'SELECT org_id FROM organisation ORDER BY 1'
const add = (a: Registration, b: Registration) => ({
  counted: a.members.denominator + b.members.denominator,
  registered: a.members.numerator + b.members.numerator,
  individualDeeds: a.individualDeeds + b.individualDeeds,
  collectiveDeeds: a.collectiveDeeds + b.collectiveDeeds,
})
const plain = (one: Registration) => {
  const { counted, registered, individualDeeds, collectiveDeeds } = add(one, {
    ...one,
    members: { numerator: 0, denominator: 0 },
    individualDeeds: 0,
    collectiveDeeds: 0,
  })
  return { counted, registered, individualDeeds, collectiveDeeds }
}

async function expectKeptCounts(): Promise<void> {
  const wanted = (await ids(everybody)).map((orgId) => ({ orgId, year: thisYear }))
  const { pool } = database
  expect(await participationOf(pool, wanted)).toEqual(await recountedParticipationOf(pool, wanted))
  const anew = (await recountedDeedCountsOf(pool, wanted)).map(inOrder)
  expect((await deedCountsOf(pool, wanted, thisYear)).map(inOrder)).toEqual(anew)
  expect((await verifyCounts(pool)).findings).toEqual([])
}

describe('two provinces of 100 communes become one', () => {
  let first: number
  let second: number
  beforeAll(async () => {
    database = await createTestDatabase()
    ;[first, second] = (await seed(2, 100, 2, 5)) as [number, number]
  })
  afterAll(() => database.drop())

  test('every past report stays, this year nothing is lost and members count once', async () => {
    const { pool } = database
    const all = await ids(everybody)
    const before = await reports(pastYears, all)
    const campaigns = await Promise.all(all.slice(0, 8).map((id) => showCampaign(pool, id, 2025, now)))
    const [a, b] = await participationOf(
      pool,
      [first, second].map((orgId) => ({ orgId, year: thisYear })),
    )
    const looked = await mergeOrganisations(pool, { ids: [second], into: first, isApplied: false }, when())
    expect(looked).toMatchObject({ isApplied: false, organisations: 300, members: 0, on: '2026-07-01' })
    expect(await reports(pastYears, all)).toEqual(before)
    expect(await ids('SELECT count(*)::int FROM organisation WHERE closed_on IS NOT NULL')).toEqual([0])

    expect(await mergeOrganisations(pool, { ids: [second], into: first, isApplied: true }, when())).toMatchObject({
      isApplied: true,
      organisations: 300,
    })
    expect(await reports(pastYears, all)).toEqual(before)
    const after = await Promise.all(all.slice(0, 8).map((id) => showCampaign(pool, id, 2025, now)))
    expect(after).toEqual(campaigns)
    const [merged] = await participationOf(pool, [{ orgId: first, year: thisYear }])
    expect(plain(merged!)).toEqual(add(a!, b!))
    expect(merged!.cells.total).toBe(a!.cells.total + b!.cells.total)
    expect(await ids(`SELECT count(*)::int FROM organisation o WHERE o.path NOT LIKE '/${first}/%'`)).toEqual([0])
    expect(await ids('SELECT org_id FROM organisation WHERE closed_on IS NOT NULL')).toEqual([second])
    const [below] = await organisationsBelowThen(pool, [{ orgId: first, year: thisYear }], thisYear)
    expect(below).toHaveLength(200)
    await expectKeptCounts()
    // Of many organisations the paths are taken apart, of few they are looked through: both find the same.
    const some = all.slice(0, 25).map((orgId) => ({ orgId, year: 2025 }))
    const alone = await Promise.all(some.map(async (each) => (await figuresOfYears(pool, [each], thisYear))[0]))
    expect(await figuresOfYears(pool, some, thisYear)).toEqual(alone)
  })
})

describe('any changes of the tree', () => {
  beforeAll(async () => {
    database = await createTestDatabase()
    await seed(2, 3, 2, 4)
  })
  afterAll(() => database.drop())

  /** Numbers that choose whom it concerns, of those there are by then. */
  const change = fc.record({
    kind: fc.constantFrom('rename', 'move', 'mergeCells', 'mergeCommittees', 'split', 'transfer', 'close'),
    a: fc.nat(),
    b: fc.nat(),
    day: fc.integer({ min: 1, max: 181 }),
  })
  async function carryOut({ kind, a, b, day }: { kind: string; a: number; b: number; day: number }): Promise<void> {
    const { pool } = database
    const on = new Date(Date.UTC(2026, 0, day)).toISOString().slice(0, 10)
    const open = async (where: string) =>
      ids(`SELECT org_id FROM organisation WHERE closed_on IS NULL AND ${where} ORDER BY 1`)
    const [cells, committees] = [await open(`kind = 'cell'`), await open(`kind = 'committee'`)]
    const pick = (list: number[], n: number) => list[n % list.length]!
    switch (kind) {
      case 'rename':
        await renameOrganisation(pool, pick([...cells, ...committees], a), `Tên mới ${b}`, when(on))
        return
      case 'move':
        await moveOrganisation(pool, pick([...cells, ...committees], a), pick(committees, b), when(on))
        return
      case 'mergeCells':
        await mergeOrganisations(pool, { ids: [pick(cells, a)], into: pick(cells, b), isApplied: true }, when(on))
        return
      case 'mergeCommittees':
        await mergeOrganisations(
          pool,
          { ids: [pick(committees, a)], into: pick(committees, b), isApplied: true },
          when(on),
        )
        return
      case 'split': {
        const orgId = pick(cells, a)
        const roster = await ids(`SELECT member_id FROM member WHERE org_id = $1 AND status <> 'left' ORDER BY 1`, [
          orgId,
        ])
        const wanted = {
          orgId,
          name: `Chi bộ mới ${b}`,
          memberIds: roster.slice(0, 1 + (b % 3)),
          childIds: [],
          isApplied: true,
        }
        await splitOrganisation(pool, wanted, when(on))
        return
      }
      case 'transfer': {
        const members = await ids(`SELECT member_id FROM member WHERE status <> 'left' ORDER BY 1`)
        await transferMembers(pool, { memberIds: [pick(members, b)], to: pick(cells, a) }, when(on))
        return
      }
      default:
        await closeOrganisation(pool, pick(cells, a), when(on))
    }
  }

  test('leave every past report as it was and lose nobody', async () => {
    const all = await ids(everybody)
    const before = await reports(pastYears, all)
    const total = async () => {
      const tops = await ids('SELECT org_id FROM organisation WHERE parent_id IS NULL ORDER BY 1')
      const figures = await participationOf(
        database.pool,
        tops.map((orgId) => ({ orgId, year: thisYear })),
      )
      const none = { counted: 0, registered: 0, individualDeeds: 0, collectiveDeeds: 0 }
      return figures.map(plain).reduce(
        (sum, each) => ({
          counted: sum.counted + each.counted,
          registered: sum.registered + each.registered,
          individualDeeds: sum.individualDeeds + each.individualDeeds,
          collectiveDeeds: sum.collectiveDeeds + each.collectiveDeeds,
        }),
        none,
      )
    }
    const sum = await total()
    let applied = 0
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (list) => {
        for (const each of list)
          try {
            await carryOut(each)
            applied += 1
          } catch (error) {
            if (!(error instanceof Refused)) throw error
          }
        expect(await reports(pastYears, all)).toEqual(before)
        expect(await total()).toEqual(sum)
        await expectKeptCounts()
        const [broken] = await ids(
          `SELECT count(*)::int FROM organisation o LEFT JOIN organisation p ON p.org_id = o.parent_id
            WHERE o.path <> coalesce(p.path, '/') || o.org_id || '/'`,
        )
        expect(broken).toBe(0)
      }),
      { numRuns: 25, seed: 20260701 },
    )
    expect(applied).toBeGreaterThan(15)
    // Days follow each other without a gap and without two at once.
    expect(
      await ids(
        `SELECT count(*)::int FROM organisation_history h WHERE until_on IS NOT NULL AND NOT EXISTS
          (SELECT FROM organisation_history n WHERE n.org_id = h.org_id AND n.from_on = h.until_on)`,
      ),
    ).toEqual([0])
  })

  test('are refused where they make no sense or would rewrite a past report', async () => {
    const { pool } = database
    const [cell, other] = await ids(
      `SELECT org_id FROM organisation WHERE kind = 'cell' AND closed_on IS NULL ORDER BY 1 DESC`,
    )
    const [top] = await ids('SELECT org_id FROM organisation WHERE parent_id IS NULL AND closed_on IS NULL')
    const [closed] = await ids('SELECT org_id FROM organisation WHERE closed_on IS NOT NULL')
    const merge = (from: number, into: number) =>
      mergeOrganisations(pool, { ids: [from], into, isApplied: true }, when())
    await expect(merge(cell!, cell!)).rejects.toThrow(/part of itself/)
    await expect(merge(cell!, top!)).rejects.toThrow(/not of one kind/)
    await expect(merge(cell!, closed!)).rejects.toThrow(/no more/)
    await expect(renameOrganisation(pool, cell!, 'x', when('2025-12-31'))).rejects.toThrow(/Reports of 2025/)
    await expect(renameOrganisation(pool, cell!, 'x', when('2026-07-02'))).rejects.toThrow(/not come yet/)
    await expect(moveOrganisation(pool, top!, cell!, when())).rejects.toThrow(/is a cell/)
    await expect(closeOrganisation(pool, top!, when())).rejects.toThrow(/lie below it/)
    await renameOrganisation(pool, other!, 'Tên cuối', when('2026-06-30'))
    await expect(renameOrganisation(pool, other!, 'Tên trước', when('2026-06-29'))).rejects.toThrow(
      /cannot be dated before/,
    )
  })
})
