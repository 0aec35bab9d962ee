/** What an operator sets and sees of meetings. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { keepRolls } from '../flows/seed.ts'
import { keptNep, type NepRun } from './run-nep.ts'

let database: TestDatabase
let nep: (...args: string[]) => Promise<NepRun>
let [above, cell] = ['', '']

beforeAll(async () => {
  database = await createTestDatabase()
  nep = keptNep({ DATABASE_URL: database.url })
  above = String((await nep('org', 'add', '--name', 'Above', '--json')).json<{ id: number }>().id)
  cell = String((await nep('cell', 'add', '--name', 'Cell', '--parent', above, '--json')).json<{ id: number }>().id)
})
afterAll(() => database.drop())

describe('nep meeting', () => {
  test('set holds for everything below; a meeting ahead is announced on the new day', async () => {
    await database.pool.query(
      `INSERT INTO meeting (org_id, occurrence, starts_at, notice_at, updated_at) VALUES ($1, '2199-03', '2199-03-03T12:30Z', '2199-02-20T01:00Z', now())`,
      [cell],
    )
    const run = await nep('meeting', 'set', '--org', above, '--notice-day', '30', '--agenda', 'A', 'B', '--json')
    expect(run.json()).toMatchObject({ noticeDay: 30, agenda: ['A', 'B'], leadMinutes: [7200, 1440, 120] })
    const shown = await nep('meeting', 'show', '--org', cell, '--json')
    expect(shown.json()).toMatchObject({ noticeDay: 30, agenda: ['A', 'B'], abovePercent: null })
    const { rows } = await database.pool.query('SELECT notice_at FROM meeting')
    expect(rows).toEqual([{ notice_at: new Date('2199-02-28T01:00:00Z') }])
  })

  test('set refuses what is no day, no hour, no organisation or nothing', async () => {
    expect((await nep('meeting', 'set', '--org', cell, '--notice-day', '32')).code).toBe(2)
    expect((await nep('meeting', 'set', '--org', cell, '--quiet-from', '25:00')).code).toBe(2)
    expect((await nep('meeting', 'set', '--org', cell)).code).toBe(2)
    expect((await nep('meeting', 'set', '--org', '999', '--notice-day', '0')).code).toBe(1)
  })

  test('show tells the minutes of a meeting as members read them, counts only of who was there', async () => {
    const month = ['--org', cell, '--occurrence', '2026-10']
    expect((await nep('meeting', 'show', ...month)).code).toBe(1)
    expect((await nep('meeting', 'show', '--org', cell, '--occurrence', 'October')).code).toBe(2)
    await database.pool.query(
      `WITH a AS (INSERT INTO member (org_id, display_name, folded_name) VALUES ($1, 'An', 'an'), ($1, 'Binh', 'binh') RETURNING *),
         m AS (INSERT INTO meeting (org_id, occurrence, starts_at, state, roll_closed_at, roll_counts, updated_at) VALUES ($1, '2026-10', '2026-10-20T12:30Z', 'held', now(), '[]', now())),
         h AS (INSERT INTO minutes (org_id, occurrence, chair, keeper, speakers, updated_at) VALUES ($1, '2026-10', 'secretary', 'clerk', 3, now())),
         p AS (INSERT INTO attendance (org_id, occurrence, member_id, answer, answered_at)
           SELECT $1, '2026-10', member_id, CASE display_name WHEN 'An' THEN 'present' ELSE 'excused' END, now() FROM a)
       INSERT INTO minutes_item (org_id, occurrence, kind, number, content, votes_for, votes_of, in_charge_id, noted_at, changed_at)
         SELECT $1, '2026-10', kind, number, content, yes, yes, CASE WHEN kind = 'task' THEN (SELECT member_id FROM a WHERE display_name = 'An') END, now(), now()
         FROM (VALUES ('decision', 1, 'mua cây', 1), ('decision', 2, NULL, NULL), ('task', 1, 'dọn vườn', NULL)) v (kind, number, content, yes)`,
      [cell],
    )
    await keepRolls(database.pool)
    const { stdout } = await nep('meeting', 'show', ...month)
    expect(stdout).toContain('Có mặt 1/2 (50%), vắng có lý do 1, vắng không lý do 0.')
    expect(stdout).toContain('1. mua cây (tán thành 1/1 (100%))')
    expect(stdout).toContain('1. dọn vườn; phụ trách: An')
    expect(stdout).not.toContain('Binh')
    expect((await nep('meeting', 'show', ...month, '--json')).json()).toMatchObject({
      ...{ speakers: 3, roll: { rate: { numerator: 1, denominator: 2 } } },
      ...{ decisions: [{ number: 1, content: 'mua cây' }], tasks: [{ number: 1, inCharge: 'An' }] },
    })
    await database.pool.query(`DELETE FROM meeting WHERE occurrence = '2026-10'`)
  })

  test('list tells states, and counts of those held', async () => {
    const run = await nep('meeting', 'list', '--org', above, '--json')
    expect(run.json()).toMatchObject([{ occurrence: '2199-03', kind: 'regular', state: 'planned', attendance: null }])
  })
})
