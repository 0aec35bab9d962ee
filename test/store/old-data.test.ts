/**
 * A database of an earlier version, with rows in all the tables that it had, is brought to this version with every migration since:
 * its figures are those of a new database that was given the same rows, its log is whole and holds what was there, and nothing that
 * is kept differs from what is counted.
 */
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Pool } from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '../../src/log.ts'
import { driftedCounts } from '../../src/store/admin-checks.ts'
import { listMeetings } from '../../src/store/admin-meetings.ts'
import { summaryOf } from '../../src/store/admin-summary.ts'
import { verifyAudit } from '../../src/store/audit.ts'
import { verifyCounts } from '../../src/store/audit-counts.ts'
import { deedCountsOf, inOrder } from '../../src/store/deed-counts.ts'
import { migrate, prismaDirectory } from '../../src/store/migrate.ts'
import { figuresOfYears, participationOf } from '../../src/store/participation.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { keepRolls } from '../flows/seed.ts'

const log = createLog({ level: 'silent' })
const all = join(prismaDirectory(), 'migrations')
const now = new Date('2026-11-26T09:00:00+07:00')
/** A district, two communes, four cells. */
const orgs = [1, 2, 3, 4, 5, 6, 7]
const years = [2025, 2026]
const wanted = orgs.flatMap((orgId) => years.map((year) => ({ orgId, year })))

const hasColumn = async (pool: Pool, table: string, column: string) => {
  const { rowCount } = await pool.query(
    'SELECT FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1 AND column_name = $2',
    [table, column],
  )
  return rowCount === 1
}

/** Rows in all the tables of the first version, and in those of later ones that are there. */
async function fill(pool: Pool): Promise<void> {
  const run = (sql: string) => pool.query(sql)
  await run(`INSERT INTO organisation (org_id, parent_id, kind, name, path, time_zone, created_at)
    SELECT id, parent, kind, name, path, 'Asia/Ho_Chi_Minh', '2025-01-02' FROM (VALUES
      (1, NULL::int, 'committee', 'Đảng uỷ huyện', '/1/'), (2, 1, 'committee', 'Đảng uỷ xã Bắc', '/1/2/'),
      (3, 1, 'committee', 'Đảng uỷ xã Nam', '/1/3/'), (4, 2, 'cell', 'Chi bộ 4', '/1/2/4/'), (5, 2, 'cell', 'Chi bộ 5', '/1/2/5/'),
      (6, 3, 'cell', 'Chi bộ 6', '/1/3/6/'), (7, 3, 'cell', 'Chi bộ 7', '/1/3/7/')) v(id, parent, kind, name, path)`)
  await run(`INSERT INTO member (member_id, org_id, display_name, folded_name, role, status, created_at)
    SELECT n, 4 + n % 4, 'Đồng chí ' || n, 'dong chi ' || n, CASE WHEN n <= 4 THEN 'secretary' ELSE 'member' END,
      (ARRAY['official','official','probationary','exempt','away','suspended','left','temporarilyHere'])[1 + n % 8], '2025-01-02'
    FROM generate_series(1, 40) n`)
  await run(`INSERT INTO chat (chat_id, platform, account_id, external_id, kind, org_id)
    SELECT n, 'telegram', 'bot', 'c' || n, CASE WHEN n <= 20 THEN 'private' ELSE 'group' END, CASE WHEN n > 20 THEN 4 + n % 4 END
    FROM generate_series(1, 24) n`)
  await run(`INSERT INTO chat_alias SELECT platform, account_id, external_id, chat_id FROM chat`)
  await run(`INSERT INTO account (account_id, platform, external_id, bot_account_id, private_chat_id, consent_version, consented_at, withdrawn_at)
    SELECT n, 'telegram', 'p' || n, 'bot', n, '1', '2025-02-01', CASE WHEN n % 5 = 0 THEN '2025-06-01'::timestamptz END FROM generate_series(1, 20) n`)
  await run(`INSERT INTO account_member (account_id, member_id, state, linked_at)
    SELECT n, n, CASE WHEN n % 7 = 0 THEN 'claimed' ELSE 'linked' END, '2025-02-01' FROM generate_series(1, 20) n`)
  await run(`INSERT INTO consent (account_id, version, given, at) SELECT account_id, '1', true, consented_at FROM account
    UNION ALL SELECT account_id, '1', false, withdrawn_at FROM account WHERE withdrawn_at IS NOT NULL`)
  await run(
    `INSERT INTO code (selector, hash, salt, org_id, purpose, expires_at) VALUES ('ABC', 'h', 's', 4, 'group', '2026-12-31')`,
  )
  await run(`INSERT INTO dialogue (dialogue_key, flow, version, state, address, updated_at, expires_at)
    VALUES ('k', 'register', 1, '{}', '{"chatKind":"private"}', '2026-11-01', '2026-12-01')`)
  await run(`INSERT INTO campaign (org_id, year, title, legal_basis, theme, opens_on, closes_on)
    SELECT o, y, 'Làm theo gương', '{x}', 'c', make_date(y, 1, 1), make_date(y, 3, 31) FROM unnest(ARRAY[1, 3]) o, unnest(ARRAY[2025, 2026]) y`)
  await run(`INSERT INTO deed (year, subject_kind, subject_id, number, org_id, content, due_on, state, submitted_at, decided_at, decided_by, percent, done_on, updated_at)
    SELECT y, 'individual', member_id, k, org_id, 'việc ' || k, make_date(y, 6 + k, 15), (ARRAY['draft','submitted','approved','approved','returned','withdrawn'])[1 + (member_id + k + y) % 6],
      make_date(y, 2, 1), make_date(y, 2, 3), 1, (member_id * 10) % 101, CASE WHEN member_id % 3 = 0 THEN make_date(y, 6, 20) END, make_date(y, 6, 21)
    FROM member, generate_series(1, 2) k, unnest(ARRAY[2025, 2026]) y WHERE (member_id + k) % 5 > 0
    UNION ALL
    SELECT y, 'collective', org_id, 1, org_id, 'việc chung', make_date(y, 11, 30), (ARRAY['submitted','approved'])[1 + (org_id + y) % 2],
      make_date(y, 2, 1), NULL, NULL, 50, NULL, make_date(y, 6, 21) FROM organisation, unnest(ARRAY[2025, 2026]) y`)
  await run(`INSERT INTO deed_history (year, subject_kind, subject_id, number, version, content, state, changed_at)
    SELECT year, subject_kind, subject_id, number, 1, content, 'draft', updated_at FROM deed`)
  await run(`INSERT INTO nudge (member_id, about, at) SELECT n, 'x', '2026-11-25' FROM generate_series(1, 4) n`)
  await run(
    `INSERT INTO notice (org_id, kind, waits_from) SELECT org_id, 'review', '2026-11-25' FROM organisation WHERE kind = 'cell'`,
  )
  await run(
    `INSERT INTO schedule (org_id, cron, place, updated_at) SELECT org_id, '30 19 5 * *', 'Nhà văn hoá', '2026-01-01' FROM organisation WHERE kind = 'cell'`,
  )
  if (await hasColumn(pool, 'meeting', 'roll_counts'))
    await run('ALTER TABLE meeting DROP CONSTRAINT meeting_roll_counts')
  await run(`INSERT INTO meeting (org_id, occurrence, starts_at, state, is_moved, roll_call_at, updated_at)
    SELECT org_id, to_char(d, 'YYYY-MM'), d + interval '4 days 12 hours 30 minutes', CASE WHEN d > '2026-11-10' THEN 'planned' WHEN extract(month FROM d) = 7 THEN 'cancelled' ELSE 'held' END,
      extract(month FROM d) = 3, d + interval '4 days 13 hours', d FROM organisation, generate_series('2025-01-01'::timestamptz, '2026-12-01', '1 month') d WHERE kind = 'cell'`)
  await run(`INSERT INTO attendance (org_id, occurrence, member_id, answer, reason_kind, answered_at)
    SELECT m.org_id, occurrence, member_id, (ARRAY['present','present','excused','unexcused'])[1 + (member_id + right(occurrence, 1)::int) % 4], NULL, starts_at
    FROM meeting m JOIN member p USING (org_id) WHERE m.state = 'held' AND p.status <> 'left'`)
  await run(`INSERT INTO theme (org_id, period, theme) VALUES (4, '2026-10', 'c')`)
  await run(`INSERT INTO inbox (platform, account_id, event_key, lane, payload, handled_at, failure) VALUES
    ('telegram', 'bot', 'e1', 'l', NULL, '2026-11-25', NULL), ('telegram', 'bot', 'e2', 'l', '{"kind":"message"}', '2026-11-25', 'x'), ('telegram', 'bot', 'e3', 'l', '{"kind":"message"}', NULL, NULL)`)
  await run(
    `INSERT INTO outbox (key, platform, account_id, lane, message, state) VALUES ('o1', 'telegram', 'bot', 'l', '{"text":"x"}', 'queued'), ('o2', 'telegram', 'bot', 'l', NULL, 'sent')`,
  )
  await run(`INSERT INTO send_count VALUES ('telegram', 'bot', '2026-11', 7)`)
  await run(`INSERT INTO tick_run VALUES ('last', '2026-11-25', '2026-11-25')`)
  await run(`INSERT INTO audit_entry (org_id, at, actor_kind, actor_id, action, subject, details)
    SELECT CASE WHEN n % 8 > 0 THEN n % 8 END, '2025-03-01'::timestamptz + n * interval '1 day', CASE WHEN n % 3 = 0 THEN 'operator' ELSE 'member' END, n % 5, 'deed.approved', 'deed:' || n, '{"số": 1}'
    FROM generate_series(1, 30) n`)
  await run(`INSERT INTO setting VALUES ('x', '1')`)
  await run(`INSERT INTO local_account VALUES ('a', 'An')`)
  await run(`INSERT INTO local_chat VALUES ('g', 'Nhóm', 'group', '{a}')`)
  await run(`INSERT INTO local_message (chat, text, at, dedupe_key) VALUES ('g', 'x', '2026-11-25', 'd')`)
  for (const [table, column] of [
    ['organisation', 'org_id'],
    ['member', 'member_id'],
    ['chat', 'chat_id'],
    ['account', 'account_id'],
  ])
    await run(`SELECT setval(pg_get_serial_sequence('${table}', '${column}'), (SELECT max(${column}) FROM ${table}))`)
  await fillLater(pool)
}

/** What later versions have; ratings stood with the deed first. */
async function fillLater(pool: Pool): Promise<void> {
  const run = (sql: string) => pool.query(sql)
  const approved = `deed WHERE subject_kind = 'individual' AND state = 'approved' AND year = 2025`
  if (await hasColumn(pool, 'deed_rating', 'rating')) {
    await run(`INSERT INTO deed_rating (year, subject_kind, subject_id, number, period, source, org_id, rating, at)
      SELECT year, subject_kind, subject_id, number, year::text, s, org_id, CASE WHEN s = 'self' THEN 'good' ELSE 'excellent' END, updated_at FROM unnest('{self,cell}'::text[]) s, ${approved}`)
    await run(
      `UPDATE deed SET forms = '{pledge,commitment}', focus = 'model', in_charge_id = 1 WHERE subject_id % 4 = 0`,
    )
    const org = (await hasColumn(pool, 'deed_progress', 'org_id')) ? 'org_id, ' : ''
    await run(`INSERT INTO deed_progress (year, subject_kind, subject_id, number, version, ${org}round, percent, at)
      SELECT year, subject_kind, subject_id, number, 1, ${org}year || '-06', percent, updated_at FROM deed WHERE state = 'approved'`)
    await run(`INSERT INTO progress_round VALUES (4, '2026-06', '2026-06-25', NULL)`)
  } else if (await hasColumn(pool, 'deed', 'self_rating'))
    await run(
      `UPDATE deed SET self_rating = 'good', cell_rating = 'excellent' WHERE ctid IN (SELECT ctid FROM ${approved})`,
    )
  if (await hasColumn(pool, 'commendation', 'year'))
    await run(
      `INSERT INTO commendation (org_id, year, member_id, at) SELECT o, 2026, m, '2026-05-19' FROM (VALUES (1, 5), (2, 5), (4, 8), (4, 8), (3, 6)) v(o, m)`,
    )
  if (await hasColumn(pool, 'meeting', 'roll_closed_at'))
    await run(`UPDATE meeting SET roll_closed_at = roll_call_at + interval '1 hour' WHERE state = 'held'`)
  const keepsRolls = await hasColumn(pool, 'meeting', 'roll_counts')
  if (keepsRolls) {
    // By the rosters as they are: none of these members came or left in between.
    await run(`UPDATE meeting SET roll_counts = '[]' WHERE state = 'held'`)
    await keepRolls(pool)
  }
  if (await hasColumn(pool, 'slack_installation', 'team_id'))
    await run(`INSERT INTO slack_installation VALUES ('T', 'x')`)
  if (await hasColumn(pool, 'picture', 'bytes'))
    await run(`INSERT INTO picture (bytes, mime_type, expires_at) VALUES ('\\x00', 'image/png', '2026-12-31')`)
  if (await hasColumn(pool, 'organisation', 'merged_into'))
    await run(`UPDATE organisation SET closed_on = '2026-06-01', merged_into = 6 WHERE org_id = 7`)
  if (await hasColumn(pool, 'meeting_setting', 'agenda'))
    await run(`INSERT INTO meeting_setting (org_id, notice_day) VALUES (1, 20)`)
  if (await hasColumn(pool, 'data_request', 'kind'))
    await run(
      `INSERT INTO data_request (kind, source, org_id, member_id, received_at, answer_by, fulfil_by) VALUES ('show', 'chat', 4, 4, '2026-11-20', '2026-11-25', '2026-12-05')`,
    )
  if (await hasColumn(pool, 'retention_run', 'file')) {
    await run(`INSERT INTO retention_run (year, exported_at, file) VALUES (2023, '2025-01-02', 'nep-2023.jsonl')`)
    if (!keepsRolls) await run(`INSERT INTO kept_attendance VALUES (4, '2023-05', '[]')`)
  }
}

/** Everything that anybody is told in figures. */
async function toldBy(pool: Pool) {
  const summaries = []
  for (const { orgId, year } of wanted) {
    const { auditHead: _, ...model } = (await summaryOf(pool, orgId, String(year), now)).model
    summaries.push(model)
  }
  const meetings = await Promise.all(orgs.map((orgId) => listMeetings(pool, orgId)))
  return {
    summaries,
    meetings,
    registration: await participationOf(pool, wanted),
    byYears: await figuresOfYears(pool, wanted, 2026),
    deeds: (await deedCountsOf(pool, wanted, 2026)).map(inOrder),
    links: (await pool.query('SELECT state, count(*)::int FROM account_member GROUP BY 1 ORDER BY 1')).rows,
  }
}

const stages = [
  ['the first days, when ratings stood with the deed', 'slack_installations'],
  ['counts kept, no history of the tree', 'roll_call_closed'],
  ['the last version without a chain of the log', 'kept_deed_counts'],
] as const

describe.each(stages)('a database of %s', (_, last) => {
  let folder: string
  let old: TestDatabase
  let fresh: TestDatabase

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nep-old-'))
    const names = (await readdir(all)).filter((name) => /^\d/.test(name)).sort()
    const until = names.findIndex((name) => name.endsWith(`_${last}`))
    await cp(join(all, 'migration_lock.toml'), join(folder, 'migration_lock.toml'))
    for (const name of names.slice(0, until + 1)) await cp(join(all, name), join(folder, name), { recursive: true })
    old = await createTestDatabase({ empty: true })
    fresh = await createTestDatabase()
    await migrate(old.url, log, folder)
    await fill(old.pool)
    // What this version does not hold any more, or holds elsewhere.
    const { kept_attendance: _, ...rowsBefore } = await counts(old.pool)
    expect(Object.values(rowsBefore).every((n) => n > 0)).toBe(true)
    expect(await migrate(old.url, log)).toHaveLength(names.length - until - 1)
    expect(await counts(old.pool, Object.keys(rowsBefore))).toMatchObject({
      ...rowsBefore,
      audit_entry: expect.any(Number),
    })
    await fill(fresh.pool)
    await alike(old.pool, fresh.pool)
  })
  afterAll(async () => {
    await old.drop()
    await fresh.drop()
    await rm(folder, { recursive: true })
  })

  test('tells the figures of a new one with the same rows', async () => {
    expect(await toldBy(old.pool)).toEqual(await toldBy(fresh.pool))
  })

  test('has nothing kept that differs from what is counted, and a log that is whole with all that was in it', async () => {
    expect((await driftedCounts(old.pool)).drifted).toEqual([])
    expect((await verifyCounts(old.pool)).findings).toEqual([])
    const report = await verifyAudit(old.pool)
    expect(report.findings).toEqual([])
    const { rows } = await old.pool.query(
      `SELECT count(*)::int AS kept, count(l.audit_id)::int AS linked FROM audit_entry a LEFT JOIN audit_link l USING (audit_id) WHERE a.action = 'deed.approved'`,
    )
    expect(rows).toEqual([{ kept: 30, linked: 30 }])
  })

  test('notes what is changed from now on, and finds what is changed past the log', async () => {
    await old.pool.query(`UPDATE member SET status = 'official' WHERE member_id = 4`)
    await old.pool.query(`UPDATE deed SET state = 'approved' WHERE org_id = 4`)
    await old.pool.query(`UPDATE attendance SET answer = 'present' WHERE org_id = 5 AND occurrence = '2026-05'`)
    expect((await verifyAudit(old.pool)).findings).toEqual([])
    expect((await verifyCounts(old.pool)).findings).toEqual([])
    await old.pool.query('ALTER TABLE deed DISABLE TRIGGER audit_update')
    await old.pool.query(`UPDATE deed SET percent = 99 WHERE org_id = 6 AND year = 2025 AND number = 1`)
    expect((await verifyAudit(old.pool)).findings).not.toEqual([])
    await old.pool.query('ALTER TABLE deed ENABLE TRIGGER audit_update')
  })
})

describe("progress that goes from the program's chain to its organisation's", () => {
  let folder: string
  let old: TestDatabase

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nep-old-'))
    await cp(all, folder, { recursive: true })
    for (const name of await readdir(folder))
      if (/^\d/.test(name) && name >= '20261126140000') await rm(join(folder, name), { recursive: true })
    old = await createTestDatabase({ empty: true })
    await migrate(old.url, log, folder)
    await fill(old.pool)
  })
  afterAll(async () => {
    await old.drop()
    await rm(folder, { recursive: true })
  })

  test('hides nothing that had been changed past the log before', async () => {
    const { rows: had } = await old.pool.query<{ key: string; org: number }>(
      `SELECT concat_ws(':', p.year, p.subject_kind, p.subject_id, p.number, p.version) AS key, d.org_id AS org FROM deed_progress p
        JOIN deed d USING (year, subject_kind, subject_id, number) ORDER BY p.year, p.subject_id, p.number`,
    )
    const [changed, removed, renewed] = had.map(({ key }) => key)
    const only = (key: string | undefined) =>
      `concat_ws(':', year, subject_kind, subject_id, number, version) = '${key}'`
    await old.pool.query(`UPDATE deed_progress SET percent = 33 WHERE ${only(renewed)}`)
    await old.pool.query('ALTER TABLE deed_progress DISABLE TRIGGER USER')
    await old.pool.query(`UPDATE deed_progress SET percent = 77 WHERE ${only(changed)}`)
    await old.pool.query(`DELETE FROM deed_progress WHERE ${only(removed)}`)
    await old.pool.query(
      `INSERT INTO deed_progress (year, subject_kind, subject_id, number, version, round, percent, at) VALUES (2025, 'collective', 4, 9, 1, '2025-06', 5, now())`,
    )
    await old.pool.query('ALTER TABLE deed_progress ENABLE TRIGGER USER')
    await migrate(old.url, log)
    const { findings } = await verifyAudit(old.pool)
    const named = [changed, removed, '2025:collective:4:9:1'].map((key) => `0 rowRemoved deed_progress ${key}`)
    expect(findings.map(({ org, problem, where }) => `${org} ${problem} ${where}`).sort()).toEqual(named.sort())
  })

  test('is found by its own organisation when it is changed later', async () => {
    const before = (await verifyAudit(old.pool, 4)).findings
    expect(before).toEqual([])
    await old.pool.query('ALTER TABLE deed_progress DISABLE TRIGGER USER')
    await old.pool.query(`UPDATE deed_progress SET percent = 1 WHERE org_id = 4`)
    await old.pool.query('ALTER TABLE deed_progress ENABLE TRIGGER USER')
    const { findings } = await verifyAudit(old.pool, 4)
    expect(new Set(findings.map(({ org, problem }) => `${org} ${problem}`))).toEqual(new Set(['4 rowChanged']))
  })
})

/** Rows of each table; those that keep sums or histories are the migrations' own. */
async function counts(pool: Pool, tables?: readonly string[]): Promise<Record<string, number>> {
  const own =
    /^(_prisma_migrations|roster_count|pledge_count|subtree_.*|own_tally|.*_history|audit_(link|head)|sender_lease|kept_year|picture_link)$/
  const { rows } = await pool.query<{ name: string }>(
    `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = current_schema() ORDER BY 1`,
  )
  const found: Record<string, number> = {}
  for (const { name } of rows)
    if (tables ? tables.includes(name) : !own.test(name))
      found[name] = (await pool.query(`SELECT count(*)::int AS n FROM ${name}`)).rows[0].n
  return found
}

/** What the old one could not hold is taken from the new one. */
async function alike(old: Pool, fresh: Pool): Promise<void> {
  const { rows } = await old.query(`SELECT
    (SELECT count(*)::int FROM deed_rating) AS ratings, (SELECT count(*)::int FROM commendation) AS praise,
    (SELECT count(*)::int FROM organisation WHERE closed_on IS NOT NULL) AS closed,
    (SELECT count(*)::int FROM deed WHERE focus IS NOT NULL) AS focus, (SELECT count(*)::int FROM deed_progress) AS progress,
    (SELECT count(*)::int FROM meeting WHERE roll_closed_at IS NOT NULL) AS rolls`)
  const has = rows[0]
  if (has.ratings === 0) await fresh.query('DELETE FROM deed_rating')
  if (has.praise === 0) await fresh.query('DELETE FROM commendation')
  if (has.focus === 0) await fresh.query(`UPDATE deed SET focus = NULL, forms = '{pledge}', in_charge_id = NULL`)
  if (has.progress === 0) await fresh.query('DELETE FROM deed_progress')
  if (has.rolls === 0) await fresh.query('UPDATE meeting SET roll_closed_at = NULL')
  if (has.closed === 0) {
    await fresh.query('UPDATE organisation SET closed_on = NULL, merged_into = NULL')
    await fresh.query('DELETE FROM organisation_history WHERE until_on IS NOT NULL')
    await fresh.query(`UPDATE organisation_history SET from_on = '0001-01-01'`)
  }
  // Links of those who had withdrawn.
  await fresh.query(
    `UPDATE account_member l SET state = 'withdrawn' FROM account a WHERE a.account_id = l.account_id AND a.withdrawn_at IS NOT NULL AND l.state = 'linked'`,
  )
}
