/**
 * What protects the figures from being made up afterwards: whoever changes the log or a row behind a figure in the database itself is
 * found, and nobody who works through the program is suspected.
 */
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { knowsHead, verifyAudit, verifyAuditIn } from '../../src/store/audit.ts'
import { verifyCounts } from '../../src/store/audit-counts.ts'
import { canonicalJson, sealAudit } from '../../src/store/audit-seal.ts'
import { watched } from '../../src/store/audit-watched.ts'
import { createRandom } from '../crash/random.ts'
import { monday, type Rig, startRig } from '../flows/rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation } from '../flows/seed.ts'

let rig: Rig
let cells: number[]

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      const root = await addOrganisation(pool, 'Đảng uỷ xã', 'committee')
      cells = [await addOrganisation(pool, 'Bắc', 'cell', root), await addOrganisation(pool, 'Nam', 'cell', root)]
      for (const [i, cell] of cells.entries()) {
        const names = ['Trần Thị Thư', 'Nguyễn Văn An', 'Đỗ Thị Bình', 'Vũ Văn Chín', 'Lê Thị Sáu']
        await addMembers(
          pool,
          cell,
          names.map((name, n) => ({ name, key: `m${i}${n}`, ...(n === 0 ? { role: 'secretary' as const } : {}) })),
          monday,
        )
        await addLocalChat(pool, {
          key: `g${i}`,
          title: 'Nhóm',
          kind: 'group',
          accounts: names.map((_, n) => `m${i}${n}`),
        })
        await addGroup(pool, 'local', `g${i}`, cell)
      }
    },
  })
  const second = await rig.second()
  // People of both cells at once, answered by two processes.
  const everybody = [0, 1].flatMap((i) => [1, 2, 3, 4].map((n) => `m${i}${n}`))
  await Promise.all(
    everybody.map(async (key) => {
      await rig.tell(key, 'đăng ký 2 việc: 1. trồng 10 cây trước 30/11 2. đọc 5 sách trước 20/12')
      await rig.tell(key, '1')
    }),
  )
  for (const i of [0, 1]) {
    await rig.tell(`m${i}0`, 'duyệt tất cả')
    await rig.tell(`m${i}0`, '1')
    for (const n of [1, 2]) await rig.tell(`m${i}${n}`, 'việc 1 xong 40%')
    await rig.tell(`m${i}4`, 'việc 2 xong rồi')
    await rig.tell(`m${i}3`, 'việc 1 xong 20%')
    await rig.tell(`m${i}0`, 'họp chi bộ ngày 3 hàng tháng lúc 19h30')
    await rig.tell(`m${i}0`, '1')
    await rig.tell(`m${i}1`, 'em đi họp')
    await rig.tell(`m${i}2`, 'em vắng vì ốm')
    await rig.tell(`m${i}0`, 'biểu dương Nguyễn Văn An')
    await rig.tell(`m${i}0`, '1')
    await rig.tell(`m${i}3`, 'xoá dữ liệu của tôi')
    await rig.tell(`m${i}3`, '1')
  }
  await second.stop()
}, 60_000)
afterAll(() => rig.stop())

test('canonical JSON is that of RFC 8785', () => {
  expect(canonicalJson({ b: [1, 'é\n"', null], a: { z: true, A: 0.5 } })).toBe(
    '{"a":{"A":0.5,"z":true},"b":[1,"é\\n\\"",null]}',
  )
})

describe('an untouched database', () => {
  test('is whole after conversations in two processes, also where somebody was erased', async () => {
    const report = await verifyAudit(rig.pool)
    expect(report.findings).toEqual([])
    expect(report.entries).toBeGreaterThan(40)
    expect(report.counts).toBeGreaterThan(30)
    // Reports stand in the chain of their deed's cell, not the program's.
    expect(
      await rig.rows(`SELECT DISTINCT org_id AS org FROM audit_entry WHERE subject = 'deed_progress' ORDER BY 1`),
    ).toEqual(cells.map((org) => ({ org })))
    expect(await rig.value(`SELECT count(*)::int FROM member WHERE erased_at IS NOT NULL`)).toBe(2)
    for (const table of ['deed', 'deed_progress', 'meeting', 'member', 'attendance'])
      expect(await rig.value(`SELECT count(*)::int FROM ${table}`), table).toBeGreaterThan(0)
    for (const { org, hash } of report.heads) expect(await knowsHead(rig.pool, org, hash.slice(0, 8))).toBe(true)
    expect(await knowsHead(rig.pool, cells[0]!, '00000000ff')).toBe(false)
  })

  test('nobody is in the log: the hash of a deed cannot be tried out once its salt is gone', async () => {
    const salts = await rig.rows(`SELECT salt FROM deed`)
    expect(new Set(salts.map(({ salt }) => salt)).size).toBe(salts.length)
    expect(await rig.rows(`SELECT 1 FROM audit_entry a WHERE a::text ~ 'trồng|Nguyễn'`)).toEqual([])
  })

  test('linking while others write and link loses no place and makes no second one', async () => {
    await Promise.all(
      Array.from({ length: 30 }, async (_, n) => {
        await rig.pool.query(`INSERT INTO audit_entry (org_id, at, actor_kind, action, subject, details)
          SELECT org_id, now(), 'program', 'test', 'x', '{"n": 1.50}' FROM organisation`)
        if (n % 3 === 0) await sealAudit(rig.pool)
      }),
    )
    expect((await verifyAudit(rig.pool)).findings).toEqual([])
    expect(
      await rig.value(
        `SELECT count(*)::int FROM audit_entry a WHERE NOT EXISTS (SELECT FROM audit_link l WHERE l.audit_id = a.audit_id)`,
      ),
    ).toBe(0)
  })

  test('what the database watches is what is verified', async () => {
    const rows =
      await rig.rows(`SELECT tgrelid::regclass::text AS name, replace(encode(tgargs, 'escape'), '\\000', ';') AS args
      FROM pg_trigger WHERE tgname = 'audit_update' ORDER BY 1`)
    const told = Object.entries(watched).map(([name, of]) => ({
      name,
      args: `${of.keys.join(',')};${of.without.join(',')};`,
    }))
    expect(rows).toEqual(told.sort((a, b) => (a.name < b.name ? -1 : 1)))
  })

  test('the log takes no change', async () => {
    for (const sql of [
      `UPDATE audit_entry SET action = 'x'`,
      'DELETE FROM audit_link',
      'TRUNCATE audit_entry',
      'DELETE FROM audit_head',
    ])
      await expect(rig.pool.query(sql)).rejects.toThrow('only ever added to')
  })
})

describe('a superuser', () => {
  const pick = (table: string, seed: number, where = 'true') =>
    `(SELECT ctid FROM ${table} WHERE ${where} ORDER BY md5(ctid::text || '${seed}') LIMIT 1)`
  const one = (table: string, change: string, seed: number, where?: string) =>
    change === 'DELETE'
      ? `DELETE FROM ${table} WHERE ctid = ${pick(table, seed, where)}`
      : `UPDATE ${table} SET ${change} WHERE ctid = ${pick(table, seed, where)}`
  const isLast = '(chain, seq) IN (SELECT chain, seq FROM audit_head)'
  const tamperings: ((seed: number) => string)[] = [
    ...[
      `details = details || '{"x": 1}'`,
      `at = at + interval '1 ms'`,
      `actor_id = coalesce(actor_id, 0) + 1`,
      `action = action || 'x'`,
      `subject = subject || 'x'`,
      `org_id = coalesce(org_id, 0) + 1`,
      'DELETE',
    ].map((change) => (seed: number) => one('audit_entry', change, seed)),
    ...[`hash = md5(hash)`, `previous = md5(previous)`, `seq = seq + 1000`, 'DELETE'].map(
      (change) => (seed: number) => one('audit_link', change, seed),
    ),
    // The end of a chain, with its entry.
    (seed) =>
      `WITH gone AS (DELETE FROM audit_link WHERE ctid = ${pick('audit_link', seed, isLast)} RETURNING audit_id)
        DELETE FROM audit_entry USING gone WHERE audit_entry.audit_id = gone.audit_id`,
    // Two entries change places.
    (seed) =>
      `UPDATE audit_link l SET audit_id = -o.audit_id FROM audit_link o
        WHERE l.ctid = ${pick('audit_link', seed)} AND o.chain = l.chain AND o.seq = CASE l.seq WHEN 1 THEN 2 ELSE l.seq - 1 END`,
    (seed) => one('audit_head', `hash = md5(hash)`, seed),
    (seed) => one('audit_head', 'DELETE', seed),
    ...[
      `state = CASE state WHEN 'approved' THEN 'submitted' ELSE 'approved' END`,
      `content = coalesce(content, '') || 'x'`,
      `percent = coalesce(percent, 0) + 1`,
      `number = number + 50`,
      `due_on = coalesce(due_on, '2026-01-01') + 1`,
      'DELETE',
    ].map((change) => (seed: number) => one('deed', change, seed)),
    (seed) =>
      `INSERT INTO deed (year, subject_kind, subject_id, number, org_id, content, state, updated_at)
        SELECT year, subject_kind, subject_id, number + 70, org_id, content, 'approved', updated_at FROM deed
        WHERE ctid = ${pick('deed', seed)}`,
    ...[
      'percent = coalesce(percent, 0) + 1',
      'done = NOT done',
      `note = coalesce(note, '') || 'x'`,
      `round = '2026-01'`,
      `at = at + interval '1 ms'`,
      'org_id = org_id % 3 + 1',
      'version = version + 50',
      'salt = gen_random_uuid()',
      'DELETE',
    ].map((change) => (seed: number) => one('deed_progress', change, seed)),
    (seed) =>
      `INSERT INTO deed_progress (year, subject_kind, subject_id, number, version, org_id, round, percent, at)
        SELECT year, subject_kind, subject_id, number, version + 70, org_id, round, 100, at FROM deed_progress
        WHERE ctid = ${pick('deed_progress', seed)}`,
    ...[
      `status = CASE status WHEN 'away' THEN 'official' ELSE 'away' END`,
      `role = CASE role WHEN 'clerk' THEN 'member' ELSE 'clerk' END`,
      `org_id = org_id % 3 + 1`,
      'DELETE',
    ].map((change) => (seed: number) => one('member', change, seed)),
    (seed) => one('attendance', `answer = CASE answer WHEN 'yes' THEN 'no' ELSE 'yes' END`, seed),
    (seed) => one('attendance', 'DELETE', seed),
    (seed) => one('meeting', `starts_at = starts_at + interval '1 day'`, seed),
    (seed) => one('organisation', `path = path || '9/'`, seed),
  ]

  // All thousand by NEP_TAMPERINGS=1000.
  const wanted = Number(process.env.NEP_TAMPERINGS ?? 150)

  test('is found at each of many random changes made past the program', { timeout: 300_000 }, async () => {
    const random = createRandom(5)
    let made = 0
    const client = new pg.Client({ connectionString: String(rig.pool.options.connectionString) })
    await client.connect()
    const unnoticed: string[] = []
    try {
      await client.query(`SET timezone = 'UTC'`)
      for (let n = 0; made < wanted && n < 3 * wanted; n += 1) {
        const sql = tamperings[n % tamperings.length]!(Math.floor(random.next() * 1e6))
        // Half of them silence the triggers, which a superuser can; the others are noted by them.
        const isSilent = sql.includes('audit_') || random.next() < 0.5
        await client.query(`BEGIN; SET LOCAL session_replication_role = ${isSilent ? 'replica' : 'origin'}`)
        await client.query(sql).then(
          async ({ rowCount }) => {
            if ((rowCount ?? 0) === 0) return
            made += 1
            if ((await verifyAuditIn(client)).findings.length === 0) unnoticed.push(sql)
          },
          // Refused by a constraint: nothing has changed.
          (err: pg.DatabaseError) => {
            if (!/^(23|P0001)/.test(err.code ?? '')) throw err
          },
        )
        await client.query('ROLLBACK')
      }
    } finally {
      await client.end()
    }
    expect(made).toBe(wanted)
    expect([...new Set(unnoticed.map((sql) => sql.slice(0, 90)))]).toEqual([])
  })
})

describe('a kept count', () => {
  const own = `(SELECT min(org_id) FROM pledge_count WHERE registered > 0)`
  const tally = (what: string, of = own) =>
    `ctid = (SELECT ctid FROM own_tally WHERE what LIKE '${what}' AND org_id = ${of} LIMIT 1)`
  test.each([
    [`UPDATE roster_count SET counted = counted + 1 WHERE org_id = ${own}`, 'roster_count'],
    [`UPDATE roster_count SET is_cell = true WHERE NOT is_cell`, 'roster_count'],
    [`UPDATE roster_count SET path = '/' || org_id || '/' WHERE org_id = ${own}`, 'roster_count'],
    [`DELETE FROM roster_count WHERE org_id = ${own}`, 'roster_count'],
    [`UPDATE pledge_count SET registered = registered + 1 WHERE org_id = ${own}`, 'pledge_count'],
    [`UPDATE pledge_count SET approved = approved - 1 WHERE org_id = ${own}`, 'pledge_count'],
    [`DELETE FROM pledge_count WHERE org_id = ${own}`, 'pledge_count'],
    [`INSERT INTO pledge_count (org_id, year, path, is_cell) VALUES (${own}, 2031, '/7/', true)`, 'pledge_count'],
    [`INSERT INTO subtree_delta (org_id, year, registered) VALUES (${own}, 2026, 1)`, 'subtree_count'],
    [`SELECT fold_counts(); UPDATE subtree_count SET complete = complete + 1 WHERE year = 2026`, 'subtree_count'],
    [`SELECT fold_counts(); DELETE FROM subtree_count WHERE org_id = ${own}`, 'subtree_count'],
    [`DELETE FROM subtree_delta; DELETE FROM subtree_count`, 'subtree_count'],
    [`UPDATE own_tally SET count = count + 1 WHERE ${tally('deed|%')}`, 'own_tally'],
    [`UPDATE own_tally SET what = replace(what, '|open', '|done') WHERE ${tally('deed|%')}`, 'own_tally'],
    [`UPDATE own_tally SET path = '/7/' WHERE ${tally('deed|%')}`, 'own_tally'],
    [`DELETE FROM own_tally WHERE ${tally('praise|entries|%')}`, 'own_tally'],
    [`DELETE FROM own_tally WHERE ${tally('praise|members|%')}`, 'own_tally'],
    [`UPDATE own_tally SET about = about + 1 WHERE ${tally('praise|members|%')}`, 'own_tally'],
    [`INSERT INTO own_tally VALUES (${own}, 2026, 'rating|2026|good', 0, '/7/', 3)`, 'own_tally'],
    [`INSERT INTO own_tally VALUES (999, 2026, 'deed|individual|||open', 0, '/999/', 1)`, 'own_tally'],
    [
      `INSERT INTO subtree_tally_delta (org_id, year, what, count) VALUES (${own}, 2026, 'rating|2026|good', 1)`,
      'subtree_tally',
    ],
    [`SELECT fold_counts(); UPDATE subtree_tally SET count = count + 1 WHERE what LIKE 'deed|%'`, 'subtree_tally'],
    [`DELETE FROM subtree_tally_delta; DELETE FROM subtree_tally`, 'subtree_tally'],
  ])('is held to its rows: %s', async (sql, table) => {
    const client = await rig.pool.connect()
    try {
      await client.query(`BEGIN; SET LOCAL timezone = 'UTC'; SET LOCAL session_replication_role = 'replica'`)
      expect((await verifyCounts(client)).findings).toEqual([])
      await client.query(sql)
      const { findings } = await verifyAuditIn(client)
      expect(findings.length).toBeGreaterThan(0)
      expect([...new Set(findings.map(({ problem, where }) => `${problem} ${where.split(' ')[0]}`))]).toEqual([
        `countDiffers ${table}`,
      ])
      for (const { org } of findings)
        expect((await verifyCounts(client, org)).findings.length, String(org)).toBeGreaterThan(0)
      expect(await verifyCounts(client, 0)).toEqual({ looked: 0, findings: [] })
    } finally {
      await client.query('ROLLBACK')
      client.release()
    }
  })
})
