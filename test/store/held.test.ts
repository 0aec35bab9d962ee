/** Who waits for whom: what is read to be changed is held, what a conflict undid is done again, and the suspects of a circle are tried one by one. */
import type { PoolClient } from 'pg'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { World } from '../../src/engine/world.ts'
import { changeMember, Refused } from '../../src/store/admin.ts'
import { closePeriod, reopenPeriod } from '../../src/store/admin-periods.ts'
import { mergeOrganisations, transferMembers } from '../../src/store/admin-tree.ts'
import { readDataFiles } from '../../src/store/data-files.ts'
import { BatchError, createEngineStore } from '../../src/store/engine-store.ts'
import { isConflict, transaction } from '../../src/store/pool.ts'
import { prismaTransaction } from '../../src/store/prisma.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { addCode, addMembers, addOrganisation, link } from '../flows/seed.ts'

const now = new Date('2026-07-06T09:00:00+07:00')
const when = { on: null, isLate: false, now }
let database: TestDatabase
let store: ReturnType<typeof createEngineStore>
let root: number
let cells: number[]
let members: number[]

beforeAll(async () => {
  database = await createTestDatabase()
  const { pool } = database
  root = await addOrganisation(pool, 'Đảng uỷ xã', 'committee')
  cells = [
    await addOrganisation(pool, 'Chi bộ Bắc', 'cell', root),
    await addOrganisation(pool, 'Chi bộ Nam', 'cell', root),
    await addOrganisation(pool, 'Chi bộ Đông', 'cell', root),
  ]
  members = await addMembers(pool, cells[0]!, [{ name: 'Trần Thị Thư' }, { name: 'Lê Văn Phó' }], now)
  const { campaignDefaults } = await readDataFiles('chi-bo', 'vi')
  store = createEngineStore({ pool, campaignDefaults, today: () => '2026-07-06', now: () => now, onReceived() {} })
})
afterAll(() => database.drop())

/** Statements of one transaction that is committed by hand. */
async function held<T>(work: (client: PoolClient, commit: () => Promise<void>) => Promise<T>): Promise<T> {
  const client = await database.pool.connect()
  try {
    await client.query('BEGIN')
    return await work(client, async () => void (await client.query('COMMIT')))
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
}

/** Resolves once so many connections of this database wait for a lock. */
async function waiting(count: number): Promise<void> {
  for (;;) {
    const { rows } = await database.pool.query(
      `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`,
    )
    if (rows[0].n >= count) return
  }
}

const deadlocks = async () => {
  const { rows } = await database.pool.query(
    'SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()',
  )
  return rows[0].deadlocks as number
}

let before = 0
beforeEach(async () => {
  before = await deadlocks()
})

test('what somebody changes while a batch is answered is not written over', async () => {
  const [cell] = cells
  await database.pool.query(
    `INSERT INTO deed (year, subject_kind, subject_id, number, org_id, content, state, updated_at)
      VALUES (2026, 'collective', $1, 1, $1, 'như cũ', 'submitted', $2)`,
    [cell, now],
  )
  let isFirst = true
  // As a committee above decides: its own organisation alone is held at first.
  await store.within(
    async (batch) => {
      const world = new World()
      await batch.load(world, [{ slice: 'deedsIn', of: { orgId: cell!, year: 2026 } }])
      const [deed] = world.by('deed', 'org', `${cell}:2026`)
      if (isFirst) await database.pool.query(`UPDATE deed SET content = 'như mới' WHERE org_id = $1`, [cell])
      isFirst = false
      await batch.write([{ put: 'deed', row: { ...deed!, state: 'approved' } }])
    },
    [root],
  )
  const { rows } = await database.pool.query('SELECT content, state FROM deed WHERE org_id = $1', [cell])
  expect(rows).toEqual([{ content: 'như mới', state: 'approved' }])
})

test('what the tick is about is held while it works', async () => {
  await store.within(
    async (batch) => {
      await batch.load(new World(), [{ slice: 'organisation', of: cells[1]! }])
      const steal = database.pool.query('SELECT FROM organisation WHERE org_id = $1 FOR NO KEY UPDATE NOWAIT', [
        cells[1],
      ])
      await expect(steal).rejects.toMatchObject({ code: '55P03' })
    },
    [cells[1]!],
  )
})

test('who closes the books of everything below holds all of it at once, in order', async () => {
  const [north, south] = cells
  const signal = () => {
    let give: () => void = () => {}
    const given = new Promise<void>((resolve) => {
      give = resolve
    })
    return { give, given }
  }
  const [southIsHeld, northIsHeld] = [signal(), signal()]
  // Another batch holds the first cell and waits for the second, which this one holds already.
  const closed = store.within(
    async (batch) => {
      const world = new World()
      await batch.load(world, [{ slice: 'freezing', of: { orgId: south!, period: '2026-Q1', below: false } }])
      southIsHeld.give()
      await northIsHeld.given
      await batch.load(world, [{ slice: 'freezing', of: { orgId: root, period: '2026-Q1', below: true } }])
    },
    [south!],
  )
  const other = transaction(database.pool, async (client) => {
    await southIsHeld.given
    await client.query('SELECT FROM organisation WHERE org_id = $1 FOR NO KEY UPDATE', [north])
    northIsHeld.give()
    await client.query('SELECT FROM organisation WHERE org_id = $1 FOR NO KEY UPDATE', [south])
  })
  await Promise.all([closed, other])
  expect(await deadlocks()).toBe(before)
})

test('two operators who close the same books at once: one closes, the other is told', async () => {
  const committee = await addOrganisation(database.pool, 'Đảng uỷ phường', 'committee')
  const orgId = await addOrganisation(database.pool, 'Chi bộ Tây', 'cell', committee)
  const of = { orgId: committee, period: '2026-Q1', below: true }
  const results = await Promise.allSettled([closePeriod(database.pool, of, now), closePeriod(database.pool, of, now)])
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
  expect(results.find(({ status }) => status === 'rejected')).toMatchObject({ reason: expect.any(Refused) })
  // Reopened and closed by four who wait at once, in whatever order they are let in: each comes in turn with what the one
  // before it left, or is told; and each closing has a number of its own.
  const cell = { orgId, period: '2026-Q1' }
  const reopen = () => reopenPeriod(database.pool, { ...cell, reason: 'ghi thiếu' }, now)
  const close = () => closePeriod(database.pool, { ...cell, below: false }, now)
  const outcomes = await held(async (client, commit) => {
    await client.query('SELECT FROM organisation WHERE org_id = $1 FOR NO KEY UPDATE', [cell.orgId])
    const inRow: Promise<unknown>[] = []
    for (const each of [reopen, close, reopen, close]) {
      inRow.push(each())
      await waiting(inRow.length)
    }
    await commit()
    return Promise.allSettled(inRow)
  })
  for (const each of outcomes) if (each.status === 'rejected') expect(each.reason).toBeInstanceOf(Refused)
  const done = (at: number) => outcomes[at]!.status === 'fulfilled'
  const reopened = Number(done(0)) + Number(done(2))
  const closed = Number(done(1)) + Number(done(3))
  expect(reopened).toBeGreaterThan(0)
  expect([reopened, reopened - 1]).toContain(closed)
  const { rows } = await database.pool.query(
    'SELECT number, reopened_at IS NULL AS stands FROM closing WHERE org_id = $1 ORDER BY 1',
    [cell.orgId],
  )
  const standing = closed === reopened
  expect(rows).toEqual(
    Array.from({ length: 1 + closed }, (_, at) => ({ number: at + 1, stands: standing && at === closed })),
  )
})

test('ratings taken over in opposite directions do not wait in a circle', async () => {
  const [north, south] = cells
  await database.pool.query(
    `INSERT INTO deed_rating (year, subject_kind, subject_id, number, period, source, org_id, rating, at)
     SELECT 2026, 'collective', id, 1, '2026-Q3', 'cell', id, 'good', $2 FROM unnest($1::int[]) id`,
    [[north, south], now],
  )
  await held(async (client, commit) => {
    await client.query('SELECT FROM roster_count WHERE org_id = ANY($1) ORDER BY org_id FOR NO KEY UPDATE', [
      [north, south],
    ])
    const take = (from: number, to: number) =>
      database.pool.query('UPDATE deed_rating SET org_id = $2 WHERE subject_id = $1', [from, to])
    const both = Promise.all([take(north!, south!), take(south!, north!)])
    await waiting(2)
    await commit()
    await both
  })
  expect(await deadlocks()).toBe(before)
})

test('a code is taken while its organisation is held, as a merger takes it', async () => {
  const [, south, east] = cells
  const [member] = await addMembers(database.pool, south!, [{ name: 'Lý Thị Sen' }], now)
  await addCode(database.pool, {
    orgId: south!,
    purpose: 'member',
    memberId: member!,
    madeAt: now,
    seed: 5,
  })
  const accountId = await link(database.pool, 'local', 'sen', members[0]!, now)
  const { rows } = await database.pool.query<{ selector: string }>('SELECT selector FROM code WHERE org_id = $1', [
    south,
  ])
  let merger: Promise<unknown> | undefined
  await store.within(async (batch) => {
    await batch.load(new World(), [{ slice: 'code', of: rows[0]!.selector }])
    merger ??= mergeOrganisations(database.pool, { ids: [south!], into: east!, isApplied: false }, when)
    await waiting(1)
    // A link is of a line of the roster, which a merger moves.
    await batch.write([
      {
        put: 'accountMember',
        row: { accountId, memberId: member!, state: 'linked', linkedAt: now, confirmedBy: null },
      },
    ])
  }, [])
  await merger
  expect(await deadlocks()).toBe(before)
})

test('a member who is transferred while others change them stands where they came to', async () => {
  const [north, south, east] = cells
  const member = members[1]!
  await held(async (client, commit) => {
    await client.query('SELECT FROM organisation WHERE org_id = $1 FOR NO KEY UPDATE', [north])
    const first = transferMembers(database.pool, { memberIds: [member], to: south! }, when)
    await waiting(1)
    const second = transferMembers(database.pool, { memberIds: [member], to: east! }, when)
    await waiting(2)
    const changed = changeMember(database.pool, member, { status: 'exempt' }, now)
    await waiting(3)
    await commit()
    const [, , told] = await Promise.allSettled([first, second, changed])
    if (told.status === 'rejected') expect(told.reason).toBeInstanceOf(Refused)
  })
  const { rows } = await database.pool.query(
    `SELECT details->>'from' AS "from", details->>'to' AS "to" FROM audit_entry
      WHERE action = 'member.transferred' AND subject = $1 ORDER BY audit_id`,
    [`member:${member}`],
  )
  const [a, b, c] = [north, south, east].map(String)
  expect(rows).toEqual([
    { from: a, to: b },
    { from: a, to: b },
    { from: b, to: c },
    { from: b, to: c },
  ])
})

/** Two transactions that lock two cells in opposite orders, on purpose. */
async function collide(run: (work: (lock: (orgId: number) => Promise<unknown>) => Promise<void>) => Promise<void>) {
  const [north, south] = cells
  let arrived = 0
  let bothArrived: () => void = () => {}
  const both = new Promise<void>((resolve) => {
    bothArrived = resolve
  })
  const tries = [0, 0]
  const one = (at: number, order: readonly number[]) =>
    run(async (lock) => {
      tries[at]! += 1
      await lock(order[0]!)
      arrived += 1
      if (arrived === 2) bothArrived()
      await both
      await lock(order[1]!)
    })
  await Promise.all([one(0, [north!, south!]), one(1, [south!, north!])])
  return tries.sort()
}

test('what a conflict undid is done again, through pg and through Prisma', async () => {
  const sql = (orgId: number) => `UPDATE organisation SET progress_day = progress_day WHERE org_id = ${orgId}`
  const throughPg = await collide((work) =>
    transaction(database.pool, (client) => work((orgId) => client.query(sql(orgId)))),
  )
  expect(throughPg).toEqual([1, 2])
  const throughPrisma = await collide((work) =>
    prismaTransaction(database.pool, (tx) =>
      work((orgId) => tx.organisation.update({ where: { orgId }, data: { progressDay: 5 } })),
    ),
  )
  expect(throughPrisma).toEqual([1, 2])
  const raw = await collide((work) =>
    prismaTransaction(database.pool, (tx) => work((orgId) => tx.$executeRawUnsafe(sql(orgId)))),
  )
  expect(raw).toEqual([1, 2])
  expect(isConflict(Object.assign(new Error('x'), { code: '23505' }))).toBe(false)
})

test('a busy or vanished server is not the fault of an event; a refusal is', () => {
  const because = (code?: string, message = 'x') =>
    new BatchError([1], Object.assign(new Error(message), { code })).isTransient
  expect(
    ['40P01', '40001', '57014', '57P01', '53300', '08006', 'ECONNRESET'].map((code) => because(code)),
  ).not.toContain(false)
  expect(because(undefined, 'Connection terminated unexpectedly')).toBe(true)
  expect(['23505', '22P02', '42703', 'P0001'].map((code) => because(code))).not.toContain(true)
  expect(because(undefined, 'Cannot read properties of undefined')).toBe(false)
})
