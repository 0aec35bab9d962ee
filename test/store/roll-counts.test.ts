/** Meetings held before they kept counts of their own get those of the roster of their day, or what was kept of a year whose rows are gone. */
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createLog } from '../../src/log.ts'
import { listMeetings } from '../../src/store/admin-meetings.ts'
import { verifyAudit } from '../../src/store/audit.ts'
import { migrate, prismaDirectory } from '../../src/store/migrate.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'

const log = createLog({ level: 'silent' })
let database: TestDatabase
let folder: string

beforeAll(async () => {
  database = await createTestDatabase({ empty: true })
  folder = await mkdtemp(join(tmpdir(), 'nep-roll-counts-'))
  const all = join(prismaDirectory(), 'migrations')
  const names = (await readdir(all)).sort()
  const own = names.findIndex((name) => name.endsWith('_roll_counts'))
  const copy = (name: string) => cp(join(all, name), join(folder, name), { recursive: true })
  for (const name of ['migration_lock.toml', ...names.slice(0, own)]) await copy(name)
  await migrate(database.url, log, folder)
  const { pool } = database
  await pool.query(`
    SET nep.effective_on = '2024-01-01';
    INSERT INTO organisation (org_id, kind, name, path, time_zone) VALUES
      (1, 'cell', 'Bắc', '/1/', 'Asia/Ho_Chi_Minh'), (2, 'cell', 'Nam', '/2/', 'No/Such_Zone');
    INSERT INTO member (member_id, org_id, status) SELECT n, 1, 'official' FROM generate_series(1, 5) n;
    INSERT INTO member (member_id, org_id, status) VALUES (6, 1, 'exempt'), (7, 2, 'official'), (8, 1, 'official');
    SET nep.effective_on = '2026-01-10';
    UPDATE member SET status = 'left' WHERE member_id = 8;
    -- The meeting of May ended on the 21st in UTC, on the 22nd where the cell is; that day one more joined.
    SET nep.effective_on = '2026-05-22';
    INSERT INTO member (member_id, org_id, status) VALUES (9, 1, 'official');
    SET nep.effective_on = '2026-06-01';
    UPDATE member SET status = 'left' WHERE member_id = 1;
    UPDATE member SET org_id = 2 WHERE member_id = 2;
    UPDATE member SET status = 'official' WHERE member_id = 6;
    INSERT INTO member (member_id, org_id, status) VALUES (10, 1, 'official');
    UPDATE member SET erased_at = now() WHERE member_id = 3;
    RESET nep.effective_on;
    INSERT INTO meeting (org_id, occurrence, starts_at, state, roll_call_at, roll_closed_at, updated_at) VALUES
      (1, '2024-03', '2024-03-20T12:30Z', 'held', '2024-03-20T12:30Z', '2024-03-20T13:30Z', now()),
      (1, '2026-04', '2026-04-20T12:30Z', 'cancelled', NULL, NULL, now()),
      (1, '2026-05', '2026-05-21T15:30Z', 'held', '2026-05-21T15:30Z', '2026-05-21T18:30Z', now()),
      (1, '2026-07', '2026-07-20T12:30Z', 'held', '2026-07-20T12:30Z', NULL, now()),
      (1, '2026-08', '2026-08-20T12:30Z', 'planned', '2026-08-20T12:30Z', NULL, now()),
      (2, '2026-05', '2026-05-20T12:30Z', 'held', NULL, NULL, now());
    INSERT INTO attendance (org_id, occurrence, member_id, answer, answered_at) VALUES
      (1, '2026-05', 1, 'present', now()), (1, '2026-05', 2, 'excused', now()), (1, '2026-05', 3, 'present', now()),
      (1, '2026-05', 4, 'present', now()), (1, '2026-05', 5, 'unexcused', now()), (1, '2026-05', 9, 'present', now()),
      (1, '2026-05', 8, 'present', now()), (1, '2026-07', 4, 'present', now()), (2, '2026-05', 7, 'present', now());
    INSERT INTO kept_attendance (org_id, occurrence, answers) VALUES
      (1, '2024-03', '[{"status": "official", "answer": "present", "count": 40}, {"status": "left", "answer": null, "count": 3}]')`)
  for (const name of names.slice(own)) await copy(name)
})
afterAll(async () => {
  await database.drop()
  await rm(folder, { recursive: true, force: true })
})

test('and the log goes on telling the truth of every row', async () => {
  // Today's `audit verify` reads a column that a later migration adds.
  await database.pool.query('ALTER TABLE deed_progress ADD COLUMN org_id int')
  const before = (await verifyAudit(database.pool)).findings
  await database.pool.query('ALTER TABLE deed_progress DROP COLUMN org_id')
  // What this test wrote is told as changed from outside, as it was.
  const others = before.filter(({ problem }) => problem !== 'changedOutside')
  expect(await migrate(database.url, log, folder)).toContainEqual(expect.stringMatching(/_roll_counts$/))
  const counts = async (orgId: number) =>
    Object.fromEntries(
      (await listMeetings(database.pool, orgId)).map(({ occurrence, attendance: of }) => [
        occurrence,
        of && [of.present, of.expected, of.excused, of.unexcused],
      ]),
    )
  expect(await counts(1)).toEqual({
    '2024-03': [40, 40, 0, 0],
    '2026-04': null,
    // 1 to 5 and 9 of that day; not 8, who had left, nor 10; 6 was exempt.
    '2026-05': [4, 6, 1, 1],
    // 3, 4, 5, 9, 10 and 6, who is exempt no longer.
    '2026-07': [1, 6, 0, 5],
    '2026-08': null,
  })
  expect(await counts(2)).toEqual({ '2026-05': [1, 1, 0, 0] })
  const after = (await verifyAudit(database.pool)).findings
  expect(after.filter(({ problem }) => problem !== 'changedOutside')).toEqual(
    others.filter(({ where }) => !where.startsWith('kept_attendance')),
  )
  expect(after.filter(({ problem }) => problem === 'changedOutside')).toHaveLength(
    before.filter(({ problem }) => problem === 'changedOutside').length,
  )
})

test('a meeting held has counts, any other has none', async () => {
  const set = (change: string) => database.pool.query(`UPDATE meeting SET ${change} WHERE occurrence = '2026-08'`)
  await expect(set(`state = 'held'`)).rejects.toThrow('meeting_roll_counts')
  await expect(set(`roll_counts = '[]'`)).rejects.toThrow('meeting_roll_counts')
})
