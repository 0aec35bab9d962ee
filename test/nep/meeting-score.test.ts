/** `nep meeting score`: counts what records tell, asks for the rest, keeps what is complete, by the operator's own form. */
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { keepRolls } from '../flows/seed.ts'
import { keptNep, type NepRun } from './run-nep.ts'

let database: TestDatabase
let dataDir: string
let nep: (...args: string[]) => Promise<NepRun>
let cell: string

beforeAll(async () => {
  database = await createTestDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'nep-score-'))
  nep = keptNep({ DATABASE_URL: database.url, DATA_DIR: dataDir })
  cell = String((await nep('cell', 'add', '--name', 'Cell', '--json')).json<{ id: number }>().id)
  await database.pool.query(
    `INSERT INTO meeting (org_id, occurrence, starts_at, state, roll_counts, updated_at) VALUES
       ($1, '2026-09', '2026-09-03T12:30Z', 'held', '[]', now()), ($1, '2026-10', '2026-10-03T12:30Z', 'planned', NULL, now()),
       ($1, '2026-11', '2026-11-03T12:30Z', 'cancelled', NULL, now())`,
    [cell],
  )
  await database.pool.query(
    `WITH m AS (INSERT INTO member (org_id, display_name, folded_name)
       SELECT $1, 'M' || n, 'm' || n FROM generate_series(1, 10) n RETURNING member_id)
     INSERT INTO attendance (org_id, occurrence, member_id, answer, answered_at)
       SELECT $1, '2026-09', member_id, CASE WHEN row_number() OVER () = 1 THEN 'excused' ELSE 'present' END, now() FROM m`,
    [cell],
  )
  await keepRolls(database.pool)
})
afterAll(async () => {
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

const score = (...more: string[]) => nep('meeting', 'score', '--org', cell, '--occurrence', '2026-09', ...more)
const rest = ['prepared=15', 'content=10', 'duration=10', 'speakers=5', 'principles=10', 'carried-out=7.5']
const stored = async () => (await database.pool.query('SELECT total, grade, points FROM meeting_score')).rows

describe('nep meeting score', () => {
  test('shows what is counted and what is missing, and keeps nothing of it', async () => {
    expect((await score('--json')).json()).toMatchObject({
      ...{ total: 30, maximum: 100, grade: null, kept: null },
      missing: ['prepared', 'content', 'duration', 'speakers', 'principles', 'carried-out'],
    })
    expect((await score('--answer', 'prepared=15')).stdout).toContain('missing: content, duration')
    expect((await score('--keep')).code).toBe(1)
    expect(await stored()).toEqual([])
  })

  test('keeps what is complete, once, in the log and in the summary', async () => {
    expect((await score('--answer', ...rest)).stdout).toContain('total 87.5/100: Khá')
    expect(await stored()).toMatchObject([{ total: 87.5, grade: 'fair', points: { attendance: 15, speakers: 5 } }])
    const { rows } = await database.pool.query(`SELECT details FROM audit_entry WHERE action = 'meeting.scored'`)
    expect(rows).toMatchObject([{ details: { total: 87.5, maximum: 100, grade: 'fair' } }])
    const summary = await nep('summary', '--org', cell, '--period', '2026', '--json')
    expect(summary.json()).toMatchObject({ meetings: { grades: { fair: 1 } } })
    expect((await nep('summary', '--org', cell, '--period', '2026')).stdout).toMatch(/judged +1 fair/)
  })

  test('one answer more changes only that; a corrected roll call only shows, until it is kept', async () => {
    expect((await score('--answer', 'speakers=10', '--json')).json()).toMatchObject({ total: 92.5, grade: 'good' })
    await database.pool.query(`UPDATE attendance SET answer = 'unexcused' WHERE answer = 'excused'`)
    await database.pool.query(`UPDATE meeting SET roll_counts = '[]' WHERE state = 'held'`)
    await keepRolls(database.pool)
    expect((await score('--json')).json()).toMatchObject({ total: 87.5, kept: { total: 92.5 } })
    expect((await score('--keep', '--json')).json()).toMatchObject({ kept: { total: 87.5, grade: 'fair' } })
  })

  test('refuses meetings that were not held, points that are none, and closed books', async () => {
    const of = (occurrence: string) => nep('meeting', 'score', '--org', cell, '--occurrence', occurrence)
    expect((await of('2026-10')).stderr).toContain('roll was not called')
    expect((await of('2026-11')).stderr).toContain('was not held')
    expect((await of('2026-12')).code).toBe(1)
    expect((await of('2026-13')).code).toBe(2)
    expect((await score('--answer', 'prepared')).code).toBe(2)
    expect((await score('--answer', 'prepared=16')).stderr).toContain('from 0 to 15')
    expect((await score('--answer', 'attendance=15')).stderr).toContain('counted from the records')
    await database.pool.query(
      `INSERT INTO closing (org_id, period, number, closed_at, model, model_version, roster) VALUES ($1, '2026-Q3', 1, now(), '{}', 2, '[]')`,
      [cell],
    )
    expect((await score('--answer', 'prepared=10')).stderr).toContain('books of 2026-Q3 are closed')
  })

  test("goes by the operator's own form, and tells its faults by line", async () => {
    await mkdir(join(dataDir, 'forms'))
    const path = join(dataDir, 'forms', 'meeting-score.yaml')
    const form =
      'title: Own\nsource: Ours\ncriteria:\n  - { id: ready, label: Ready, points: 4 }\ngrades:\n  - { id: ok, label: OK, from: 0 }\n'
    await writeFile(path, form)
    expect((await score()).stdout).toMatch(/Own, 2026-09[\s\S]*ready +\?\/4[\s\S]*kept .* 87.5\/100, fair/)
    await writeFile(path, form.replace('points: 4', 'points: many'))
    const run = await score()
    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining('meeting-score.yaml:4: criteria.0.points')])
  })
})
