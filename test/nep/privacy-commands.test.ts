import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { addDays, dateOf } from '../../src/domain/calendar.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { keptNep, type NepRun, runNep } from './run-nep.ts'

let database: TestDatabase
let nep: (...args: string[]) => Promise<NepRun>
let memberId: number
let dataDir: string
const one = async (text: string, values: unknown[] = []) => (await database.pool.query(text, values)).rows[0]

beforeAll(async () => {
  database = await createTestDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'nep-privacy-'))
  nep = keptNep({ DATABASE_URL: database.url, DATA_DIR: dataDir })
  const cell = (await nep('cell', 'add', '--name', 'Chi bộ Đông', '--json')).json<{ id: number }>().id
  const row = await one(`INSERT INTO member (org_id, display_name) VALUES ($1, 'Nguyễn Văn An') RETURNING member_id`, [
    cell,
  ])
  memberId = row.member_id
})
afterAll(async () => {
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

const audit = (action: string) => one('SELECT * FROM audit_entry WHERE action = $1 ORDER BY audit_id DESC', [action])

describe('nep request', () => {
  const today = dateOf(new Date(), 'Asia/Ho_Chi_Minh')

  test('enters a paper request with the clocks of the law, and tells those that have run out', async () => {
    const received = addDays(today, -20)
    const added = await nep(
      'request',
      'add',
      '--kind',
      'erase',
      '--member',
      String(memberId),
      '--received',
      received,
      '--json',
    )
    expect(added.json()).toMatchObject({
      id: 1,
      kind: 'erase',
      source: 'paper',
      memberId,
      fulfilBy: addDays(received, 15),
      overdue: ['answer', 'fulfilment'],
    })
    expect((await nep('request', 'list', '--json')).json<unknown[]>()).toHaveLength(1)
    const doctor = (await nep('doctor', '--json')).json<{ ok: boolean; checks: { name: string; ok: boolean }[] }>()
    expect(doctor.checks.find(({ name }) => name === 'data requests')).toMatchObject({ ok: false })
    expect(await audit('request.received')).toMatchObject({ subject: 'request:1', details: { kind: 'erase' } })
    expect((await nep('request', 'extend', '--id', '1', '--reason', 'late')).code).toBe(1)
  })

  test('extends once with a reason, answers, closes; what is closed stays closed', async () => {
    const added = (await nep('request', 'add', '--kind', 'restrict', '--json')).json<{ id: number; fulfilBy: string }>()
    expect(added.fulfilBy).toBe(addDays(today, 15))
    const id = String(added.id)
    expect((await nep('request', 'extend', '--id', id)).code).toBe(2)
    const longer = (await nep('request', 'extend', '--id', id, '--reason', 'archive', '--json')).json()
    expect(longer).toMatchObject({ fulfilBy: addDays(today, 30), reason: 'archive' })
    expect((await nep('request', 'extend', '--id', id, '--reason', 'archive')).code).toBe(1)
    expect((await nep('request', 'answer', '--id', id, '--json')).json()).toHaveProperty(
      'answeredAt',
      expect.any(String),
    )
    expect((await nep('request', 'close', '--id', id, '--outcome', 'refused')).code).toBe(2)
    expect((await nep('request', 'close', '--id', id, '--json')).json()).toMatchObject({
      outcome: 'fulfilled',
      overdue: [],
    })
    expect((await nep('request', 'close', '--id', id)).code).toBe(1)
    expect((await nep('request', 'list', '--all', '--json')).json<unknown[]>()).toHaveLength(2)
    expect((await nep('request', 'close', '--id', '99')).code).toBe(1)
    const coming = await nep('request', 'add', '--kind', 'show', '--received', addDays(today, 1))
    expect([coming.code, coming.stderr]).toEqual([1, expect.stringContaining('still to come')])
  })
})

describe('nep retention', () => {
  test('looks by default, exports and deletes with --apply, and shows what was done', async () => {
    const old = Number(dateOf(new Date(), 'Asia/Ho_Chi_Minh').slice(0, 4)) - 2
    await database.pool.query(
      `INSERT INTO deed (year, subject_kind, subject_id, number, org_id, content, state, updated_at) VALUES ($1, 'individual', $2, 1, 1, 'x', 'approved', now())`,
      [old, memberId],
    )
    expect((await nep('retention', 'set')).code).toBe(2)
    expect((await nep('retention', 'set', '--years', '0')).code).toBe(2)
    expect((await nep('retention', 'set', '--years', '1', '--off', '--json')).json()).toEqual({
      isOn: false,
      keepYears: 1,
      logYears: 2,
    })
    const looked = (await nep('retention', 'run', '--json')).json()
    expect(looked).toMatchObject({ isApplied: false, years: [{ year: old, file: null, deleted: { deed: 1 } }] })
    const applied = (await nep('retention', 'run', '--apply', '--json')).json()
    expect(applied).toMatchObject({ isApplied: true, years: [{ year: old, deleted: { deed: 1 } }] })
    const status = (await nep('retention', 'status', '--json')).json()
    expect(status).toMatchObject({ isOn: false, deletesUpTo: old, waiting: [], runs: [{ year: old, failure: null }] })
    expect((await nep('retention', 'forget', '--member', String(memberId), '--json')).json()).toEqual({
      member: memberId,
      lines: 1,
    })
    expect(await audit('retention.set')).toMatchObject({ details: { isOn: false } })
  })
})

describe('an unreachable DATABASE_URL', () => {
  test('is named with what to do and without its password', async () => {
    const run = await runNep({ DATABASE_URL: 'postgres://nep:secret-word@127.0.0.1:1/nep' }, ['org', 'list'])
    expect([run.code, run.stderr]).toEqual([1, expect.stringContaining('127.0.0.1:1/nep cannot be reached')])
    expect(run.stderr).toContain('is PostgreSQL running')
    expect(run.stderr).not.toContain('secret-word')
  })
})
