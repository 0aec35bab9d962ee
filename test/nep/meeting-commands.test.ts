/** What an operator sets and sees of meetings. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { type NepRun, runNep } from './run-nep.ts'

let database: TestDatabase
let nep: (...args: string[]) => Promise<NepRun>
let [above, cell] = ['', '']

beforeAll(async () => {
  database = await createTestDatabase()
  nep = (...args) => runNep({ DATABASE_URL: database.url }, args)
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

  test('list tells states, and counts of those held', async () => {
    const run = await nep('meeting', 'list', '--org', above, '--json')
    expect(run.json()).toMatchObject([{ occurrence: '2199-03', kind: 'regular', state: 'planned', attendance: null }])
  })
})
