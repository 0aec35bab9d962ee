/**
 * Retention takes away what is tied to persons and no figure: every summary of every year says afterwards what it said. Nothing
 * goes before it stands in the export, whoever was erased is not in it, and what breaks off is taken up.
 */
import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '../../src/log.ts'
import { driftedCounts } from '../../src/store/admin-checks.ts'
import { verifyAudit } from '../../src/store/audit.ts'
import { readDataFiles } from '../../src/store/data-files.ts'
import { meetingSeriesOf } from '../../src/store/meeting-series.ts'
import { readPolicy, retentionStatus, runRetention, setPolicy } from '../../src/store/retention.ts'
import { forgetInExports } from '../../src/store/retention-exports.ts'
import { createNightlyRetention } from '../../src/store/retention-nightly.ts'
import { summarySourcesOf } from '../../src/store/summary-source.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { keepRolls } from '../flows/seed.ts'

const now = new Date('2026-07-01T02:00:00+07:00')
const thisYear = 2026
let database: TestDatabase
let dataDir: string
const query = async <R = Record<string, number>>(sql: string, values: unknown[] = []): Promise<R[]> =>
  (await database.pool.query(sql, values)).rows as R[]
const setting = () => ({ dataDir, now, thisYear })

beforeAll(async () => {
  database = await createTestDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'nep-retention-'))
  await query(`INSERT INTO organisation (org_id, parent_id, kind, name, path, time_zone) VALUES
    (1, NULL, 'committee', 'Đảng uỷ xã', '/1/', 'Asia/Ho_Chi_Minh'), (2, 1, 'cell', 'Chi bộ Đông', '/1/2/', 'Asia/Ho_Chi_Minh'),
    (3, 1, 'cell', 'Chi bộ Tây', '/1/3/', 'Asia/Ho_Chi_Minh'), (4, 1, 'cell', 'Chi bộ Nam', '/1/4/', 'Asia/Ho_Chi_Minh')`)
  await query(`INSERT INTO member (member_id, org_id, display_name, folded_name, status, erased_at)
    SELECT n, 2 + n % 3, CASE WHEN n <> 5 THEN 'Người Thứ ' || n END, CASE WHEN n <> 5 THEN 'nguoi thu ' || n END,
      (ARRAY['official','official','probationary','exempt','away','official','temporarilyHere'])[1 + n % 7], CASE WHEN n = 5 THEN now() END
    FROM generate_series(1, 24) n`)
  await query(`INSERT INTO deed (year, subject_kind, subject_id, number, org_id, content, state, due_on, done_on, focus, forms, updated_at)
    SELECT y, 'individual', n, d, 2 + n % 3, 'việc ' || n || ' của năm ' || y, (ARRAY['approved','approved','submitted','returned','draft'])[1 + (n + y + d) % 5],
      make_date(y, 1 + n % 12, 15), CASE WHEN n % 2 = 0 THEN make_date(y, 3, 1) END, NULL,
      CASE WHEN n % 4 = 0 THEN ARRAY['pledge','commitment'] ELSE ARRAY['pledge'] END, now()
    FROM generate_series(1, 24) n, generate_series(2023, 2026) y, generate_series(1, 2) d WHERE (n + y) % 6 > 0
    UNION ALL SELECT y, 'collective', o, 1, o, 'tuyến đường hoa', 'approved', NULL, NULL, 'breakthrough', ARRAY['pledge'], now()
    FROM generate_series(2, 4) o, generate_series(2023, 2026) y WHERE (o + y) % 3 > 0`)
  await query(`INSERT INTO deed_progress (year, subject_kind, subject_id, number, version, org_id, round, percent, note, at)
    SELECT year, subject_kind, subject_id, number, 1, org_id, year || '-05', 50, 'đang làm', now() FROM deed`)
  await query(`INSERT INTO deed_history (year, subject_kind, subject_id, number, version, content, state, changed_at)
    SELECT year, subject_kind, subject_id, number, 1, 'câu cũ', 'draft', now() FROM deed WHERE number = 1`)
  await query(`INSERT INTO deed_rating (year, subject_kind, subject_id, number, period, source, org_id, rating, at)
    SELECT year, subject_kind, subject_id, number, year || '-Q3', 'cell', org_id, (ARRAY['excellent','good','completed'])[1 + subject_id % 3], now()
    FROM deed WHERE state = 'approved' AND subject_kind = 'individual'`)
  await query(`INSERT INTO commendation (org_id, year, member_id, kind, title, at)
    SELECT 2 + n % 3, y, n, (ARRAY['praise','model','exemplar'])[1 + n % 3], 'Mô hình ' || n, now() FROM generate_series(1, 24, 4) n, generate_series(2023, 2026) y`)
  await query(`INSERT INTO meeting (org_id, occurrence, starts_at, state, roll_counts, updated_at)
    SELECT o, y || '-' || lpad(m::text, 2, '0'), make_timestamptz(y, m, 3, 19, 30, 0), CASE WHEN m % 5 = 0 THEN 'cancelled' ELSE 'held' END,
      CASE WHEN m % 5 > 0 THEN '[]'::jsonb END, now()
    FROM generate_series(2, 4) o, generate_series(2024, 2026) y, generate_series(1, 6) m`)
  // The last meeting of a year by its key: a thematic one of its own in December.
  await query(`INSERT INTO meeting (org_id, occurrence, kind, starts_at, state, roll_counts, updated_at)
    SELECT o, y || '-12-T', 'thematic', make_timestamptz(y, 12, 10, 19, 30, 0), 'held', '[]', now() FROM generate_series(2, 4) o, generate_series(2024, 2025) y`)
  await query(
    `INSERT INTO minutes (org_id, occurrence, keeper, updated_at) SELECT org_id, occurrence, 'clerk', now() FROM meeting WHERE state = 'held'`,
  )
  await query(`INSERT INTO minutes_item (org_id, occurrence, kind, number, content, votes_for, noted_at, changed_at)
    SELECT org_id, occurrence, 'decision', 1, 'mua 10 cây', 5, now(), now() FROM meeting WHERE state = 'held'`)
  await query(`INSERT INTO attendance (org_id, occurrence, member_id, answer, reason_kind, answered_at)
    SELECT m.org_id, m.occurrence, p.member_id, (ARRAY['present','present','excused','unexcused'])[1 + (p.member_id + length(m.occurrence)) % 4],
      'sick', now() FROM meeting m JOIN member p USING (org_id) WHERE m.state = 'held' AND p.member_id % 8 > 0`)
  await keepRolls(database.pool)
  // One was transferred in 2024, one left in 2024: what they pledged stays where they stood at the end of each year.
  for (const [on, change] of [
    ['2024-04-01', 'UPDATE member SET org_id = 3 WHERE member_id = 3'],
    ['2024-09-01', `UPDATE member SET status = 'left' WHERE member_id = 7`],
  ]) {
    await query(`BEGIN; SELECT set_config('nep.effective_on', '${on}', true); ${change}; COMMIT`)
  }
})
afterAll(async () => {
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

/** Everything that is said of past years. */
async function everyReport() {
  const reports: Record<string, unknown> = {}
  for (const orgId of [1, 2, 3, 4]) {
    for (const year of [2023, 2024, 2025, 2026]) {
      const { campaignDefaults } = await readDataFiles()
      const [source] = await summarySourcesOf(database.pool, [orgId], String(year), now, campaignDefaults)
      const { figures, below, deeds, organisation } = source!
      reports[`${orgId} ${year}`] = { figures, below, deeds, organisation }
    }
    for (const period of ['2024', '2024-H1', '2024-Q2', '2024-03', '2025', '2026'])
      reports[`${orgId} meetings ${period}`] = await meetingSeriesOf(database.pool, orgId, period, now)
  }
  return reports
}

const countsOf = async (upTo: number) =>
  Object.fromEntries(
    await Promise.all(
      ['deed', 'deed_history', 'deed_progress', 'deed_rating', 'commendation'].map(async (table) => {
        const [row] = await query(`SELECT count(*)::int AS n FROM ${table} WHERE year <= $1`, [upTo])
        return [table, row!.n]
      }),
    ),
  )
const nothing = { deed: 0, deed_history: 0, deed_progress: 0, deed_rating: 0, commendation: 0 }
const linesOf = async (file: string) =>
  (await readFile(join(dataDir, 'exports', file), 'utf8'))
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('retention', () => {
  let before: Awaited<ReturnType<typeof everyReport>>
  let old: Awaited<ReturnType<typeof countsOf>>

  test('keeps this year and the last unless the operator says otherwise', async () => {
    expect(await readPolicy(database.pool)).toEqual({ isOn: true, keepYears: 1, logYears: 2 })
    await setPolicy(database.pool, { keepYears: 5 }, now)
    expect((await retentionStatus(database.pool, thisYear)).waiting).toEqual([])
    await setPolicy(database.pool, { keepYears: 1 }, now)
    const { deletesUpTo, waiting } = await retentionStatus(database.pool, thisYear)
    expect([deletesUpTo, waiting.map(({ year }) => year)]).toEqual([2024, [2023, 2024]])
  })

  test('deletes nothing when the export failed, says so, and tries again the next time', async () => {
    before = await everyReport()
    old = await countsOf(2024)
    const blocked = join(dataDir, 'a-file')
    await writeFile(blocked, '')
    await expect(runRetention(database.pool, { ...setting(), dataDir: blocked })).rejects.toThrow()
    expect(await countsOf(2024)).toEqual(old)
    expect((await retentionStatus(database.pool, thisYear)).runs).toMatchObject([
      { year: 2023, file: null, failure: 'ENOTDIR' },
    ])
    expect(await query('SELECT 1 FROM kept_year')).toEqual([])
  })

  test('is taken up where it broke off, by the running program at night and once a day', async () => {
    // Broken off after the export and the first table.
    let asked = 0
    await runRetention(database.pool, setting(), () => ++asked > 2)
    const midway = await countsOf(2023)
    expect(midway.deed_history).toBe(0)
    expect(midway.deed).toBeGreaterThan(0)
    expect(await everyReport()).toEqual(before)
    let at = new Date('2026-07-01T12:00:00+07:00')
    const log = createLog({ level: 'silent' })
    const nightly = createNightlyRetention({
      pool: database.pool,
      dataDir,
      zone: 'Asia/Ho_Chi_Minh',
      now: () => at,
      log,
    })
    await nightly.run()
    expect((await countsOf(2023)).deed).toBe(midway.deed)
    at = new Date('2026-07-02T01:17:00+07:00')
    await nightly.run()
    expect(await countsOf(2024)).toEqual(nothing)
    expect(await query(`SELECT 1 FROM attendance WHERE occurrence < '2025'`)).toEqual([])
    expect(await readdir(join(dataDir, 'exports'))).toHaveLength(2)
  })

  test('leaves every figure of every year as it was, and the kept counts true', async () => {
    expect(await everyReport()).toEqual(before)
    expect(before['2 2024']).toMatchObject({ figures: { members: { numerator: expect.any(Number) } } })
    expect((await driftedCounts(database.pool)).drifted).toEqual([])
  })

  test('takes minutes with their year, also those of December, once they are in the export', async () => {
    for (const table of ['minutes', 'minutes_item']) {
      expect(await query(`SELECT 1 FROM ${table} WHERE occurrence < '2025'`)).toEqual([])
      expect((await query(`SELECT 1 FROM ${table} WHERE occurrence LIKE '2025%'`)).length).toBeGreaterThan(3)
    }
    const [, file] = (await readdir(join(dataDir, 'exports'))).sort()
    const decisions = (await linesOf(file!)).filter(({ table }) => table === 'minutes_item')
    expect(decisions.map(({ row }) => row.occurrence)).toContain('2024-12-T')
    expect(decisions[0]).toMatchObject({ memberId: null, row: { content: 'mua 10 cây', votes_for: 5 } })
  })

  test('touches nothing of the years that are kept', async () => {
    for (const table of ['deed', 'deed_progress', 'commendation'])
      expect((await query(`SELECT count(*)::int AS n FROM ${table} WHERE year IN (2025, 2026)`))[0]!.n).toBeGreaterThan(
        5,
      )
    expect(await query(`SELECT org_id FROM membership_history WHERE member_id = 3`)).toEqual([{ org_id: 3 }])
  })

  test('takes the name of whoever had left by then', async () => {
    expect(await query('SELECT display_name, erased_at IS NOT NULL AS erased FROM member WHERE member_id = 7')).toEqual(
      [{ display_name: null, erased: true }],
    )
    expect(await query('SELECT 1 FROM member WHERE erased_at IS NOT NULL')).toHaveLength(2)
  })

  test('writes what it deletes to a file for its owner alone, without those who were erased', async () => {
    const files = (await readdir(join(dataDir, 'exports'))).sort()
    expect(files.map((file) => file.slice(0, 9))).toEqual(['nep-2023-', 'nep-2024-'])
    for (const file of files) expect((await stat(join(dataDir, 'exports', file))).mode & 0o777).toBe(0o600)
    const lines = await linesOf(files[1]!)
    expect(lines[0]).toMatchObject({ table: 'export', version: 1, year: 2024 })
    const end = lines.at(-1)
    expect(end.table).toBe('end')
    for (const [table, count] of Object.entries(end.rows))
      expect([table, lines.filter((line) => line.table === table).length]).toEqual([table, count])
    const deed = lines.find((line) => line.table === 'deed' && line.memberId === 2)
    expect(deed).toMatchObject({
      name: 'Người Thứ 2',
      organisation: 'Chi bộ Nam',
      row: { content: 'việc 2 của năm 2024' },
    })
    expect(lines.filter((line) => line.memberId === 5)).toEqual([])
    expect(JSON.stringify(lines)).not.toContain('việc 5 của')
  })

  test('tells the counts in the audit log, and nobody', async () => {
    const entries = await query<{ subject: string; details: Record<string, number> }>(
      `SELECT subject, details FROM audit_entry WHERE action = 'retention.deleted' ORDER BY 1`,
    )
    expect(entries.map(({ subject }) => subject)).toEqual(['year:2023', 'year:2024'])
    expect(entries[1]!.details.attendance).toBeGreaterThan(0)
    expect(JSON.stringify(entries)).not.toContain('Người')
  })

  test('leaves the audit log and the rows behind every figure provable', async () => {
    const { findings, rows } = await verifyAudit(database.pool)
    expect(findings).toEqual([])
    expect(rows).toBeGreaterThan(100)
  })

  test('has nothing left to do the second time', async () => {
    expect(await runRetention(database.pool, setting())).toEqual([])
    expect((await retentionStatus(database.pool, thisYear)).waiting).toEqual([])
  })

  test('takes a member who is erased later out of the exports the next night', async () => {
    await query(
      `INSERT INTO data_request (kind, source, member_id, received_at, answer_by, fulfil_by, answered_at, closed_at, outcome)
      VALUES ('erase', 'chat', 2, $1, '2026-07-05', '2026-07-17', $1, $1, 'fulfilled')`,
      [now],
    )
    const log = createLog({ level: 'silent' })
    const at = new Date('2026-07-03T01:17:00+07:00')
    await createNightlyRetention({ pool: database.pool, dataDir, zone: 'Asia/Ho_Chi_Minh', now: () => at, log }).run()
    for (const file of await readdir(join(dataDir, 'exports'))) {
      const lines = await linesOf(file)
      expect(lines.filter((line) => line.memberId === 2)).toEqual([])
      expect(lines.length).toBeGreaterThan(10)
      expect((await stat(join(dataDir, 'exports', file))).mode & 0o777).toBe(0o600)
    }
    expect(await forgetInExports(dataDir, [2])).toBe(0)
    expect(await forgetInExports(join(dataDir, 'nowhere'), [2])).toBe(0)
  })

  test('lets old proofs go, but never the agreement in force', async () => {
    await query(`INSERT INTO account (account_id, platform, external_id, bot_account_id) VALUES (1, 'local', 'a', 'b')`)
    await query(
      `INSERT INTO consent (account_id, version, given, at) VALUES (1, '1', true, '2022-01-01'), (1, '1', false, '2022-02-01'), (1, '1', true, '2022-03-01')`,
    )
    await runRetention(database.pool, setting())
    expect(await query(`SELECT given, at::date::text AS on FROM consent`)).toEqual([{ given: true, on: '2022-03-01' }])
  })
})
