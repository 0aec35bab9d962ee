import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { warnOfBreaches } from '../../src/engine/breach-warnings.ts'
import { addBreach, createBreachStore } from '../../src/store/breaches.ts'
import { readDataFiles } from '../../src/store/data-files.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { keptNep, type NepRun } from './run-nep.ts'

let database: TestDatabase
let dataDir: string
let nep: (...args: string[]) => Promise<NepRun>
const rows = async (text: string) => (await database.pool.query(text)).rows
const hour = 3_600_000
const instant = (ago: number) => new Date(Math.floor((Date.now() - ago * hour) / 60_000) * 60_000)
const written = (at: Date) => at.toISOString().slice(0, 16).concat('Z')

beforeAll(async () => {
  database = await createTestDatabase()
  dataDir = await mkdtemp(join(tmpdir(), 'nep-breach-'))
  nep = keptNep({ DATABASE_URL: database.url, DATA_DIR: dataDir })
  await nep('cell', 'add', '--name', 'Chi bộ Đông')
})
afterAll(async () => {
  await database.drop()
  await rm(dataDir, { recursive: true, force: true })
})

describe('nep breach', () => {
  const add = ['breach', 'add', '--kind', 'disclosed', '--data', 'tên và việc đăng ký']

  test('enters, lists the most urgent first, and lets the doctor fail while one is overdue', async () => {
    const discovered = instant(10)
    const first = await nep(...add, '--persons', '28', '--org', '1', '--discovered', written(discovered), '--json')
    expect(first.json()).toMatchObject({
      id: 1,
      persons: 28,
      orgIds: [1],
      discoveredAt: discovered.toISOString(),
      notifyBy: new Date(discovered.getTime() + 72 * hour).toISOString(),
      overdue: false,
    })
    const late = (await nep(...add, '--discovered', written(instant(80)), '--json')).json<{ hoursLeft: number }>()
    expect(late).toMatchObject({ id: 2, persons: null, overdue: true })
    expect(late.hoursLeft).toBeLessThan(-7)
    const list = await nep('breach', 'list')
    expect(list.stdout.split('\n').map((line) => line[0])).toEqual(['2', '1', undefined])
    expect(list.stdout).toMatch(/^2 .*OVERDUE by 8/m)
    const { checks } = (await nep('doctor', '--json')).json<{ checks: { name: string; ok: boolean }[] }>()
    expect(checks.find(({ name }) => name === 'breaches')).toMatchObject({ ok: false })
  })

  test('refuses what cannot be and reads an instant in the zone of the operator', async () => {
    expect((await nep(...add, '--discovered', written(instant(-2)))).code).toBe(1)
    expect((await nep(...add, '--org', '99')).code).toBe(1)
    expect((await nep(...add, '--discovered', '2026-02-30 10:00')).code).toBe(2)
    expect((await nep('breach', 'notify', '--id', '1')).code).toBe(2)
    expect((await nep('breach', 'close', '--id', '1')).code).toBe(2)
    expect((await nep('breach', 'show', '--id', '99')).code).toBe(1)
    const { discoveredAt } = (await nep(...add, '--discovered', '2026-01-05 06:00', '--json')).json()
    expect(discoveredAt).toBe('2026-01-04T23:00:00.000Z')
  })

  test('notes each notice once, closes with the measures, and then nothing changes any more', async () => {
    expect((await nep('breach', 'close', '--id', '1', '--measures', 'đổi mã')).code).toBe(1)
    const told = written(instant(1))
    const notified = await nep('breach', 'notify', '--id', '1', '--authority', told, '--persons', '30', '--json')
    expect(notified.json()).toMatchObject({ persons: 30, hoursLeft: null, overdue: false })
    expect((await nep('breach', 'notify', '--id', '1', '--authority', told)).code).toBe(1)
    expect((await nep('breach', 'notify', '--id', '1', '--persons-told', told)).code).toBe(0)
    const closed = await nep('breach', 'close', '--id', '1', '--measures', 'đổi mã', '--json')
    expect(closed.json()).toMatchObject({ measures: 'đổi mã', closedAt: expect.any(String) })
    expect((await nep('breach', 'notify', '--id', '1', '--persons', '31')).code).toBe(1)
    const close = ['breach', 'close', '--id', '3', '--measures', 'mã hoá, không ai đọc được']
    expect((await nep(...close)).code).toBe(1)
    expect((await nep(...close, '--without-notice')).code).toBe(0)
    expect((await nep('breach', 'list', '--json')).json<unknown[]>()).toHaveLength(1)
    expect((await nep('breach', 'list', '--all', '--json')).json<unknown[]>()).toHaveLength(3)
    for (const sql of [
      `UPDATE breach SET measures = 'x' WHERE breach_id = 1`,
      `UPDATE breach SET discovered_at = now() WHERE breach_id = 2`,
      'DELETE FROM breach',
      'TRUNCATE breach',
    ])
      await expect(database.pool.query(sql)).rejects.toThrow('completed, not changed')
  })

  test('leaves its steps in the chain of the organisation concerned, without a word of what was written', async () => {
    const log = await rows(
      `SELECT org_id, action, details FROM audit_entry WHERE subject = 'breach:1' ORDER BY audit_id`,
    )
    expect(log.map(({ org_id, action }) => [org_id, action])).toEqual([
      [1, 'breach.entered'],
      [1, 'breach.notified'],
      [1, 'breach.notified'],
      [1, 'breach.closed'],
    ])
    expect(JSON.stringify(log)).not.toMatch(/việc đăng ký|đổi mã/)
    expect(await rows(`SELECT org_id FROM audit_entry WHERE subject = 'breach:2'`)).toEqual([{ org_id: null }])
  })
})

describe('warnings of the tick', () => {
  test('come once at each stage, whoever restarts or runs beside, without a word of what was written', async () => {
    const { privacyRules: rules } = await readDataFiles()
    await database.pool.query('UPDATE breach SET next_warning_at = NULL WHERE closed_at IS NULL')
    const from = new Date('2027-05-01T00:00:00Z')
    const wanted = { kind: 'lost' as const, data: 'danh sách', persons: 5, orgIds: [1], discoveredAt: from }
    const { breachId } = await addBreach(database.pool, wanted, { rules, zone: 'Asia/Ho_Chi_Minh', now: from })
    const heard: object[] = []
    const log = { warn: (what: object) => void heard.push(what) } as never
    // Each tick with a store of its own, as after a restart, and two at once, as two processes.
    const tick = async (hours: number) => {
      heard.length = 0
      const now = new Date(from.getTime() + hours * hour)
      const run = () => warnOfBreaches(createBreachStore(database.pool), now, 500, log)
      await Promise.all([run(), run()])
      await run()
      return heard.map((each) => (each as { stage: string }).stage)
    }
    expect(await tick(47.9)).toEqual([])
    expect(await tick(48)).toEqual(['in24Hours'])
    expect(await tick(67)).toEqual([])
    expect(await tick(68)).toEqual(['in4Hours'])
    expect(await tick(90)).toEqual(['overdue'])
    expect(await tick(900)).toEqual([])
    // After days of silence only what stands now is told; what was late when entered is told at once.
    await addBreach(
      database.pool,
      { ...wanted, kind: 'altered' },
      { rules, zone: 'UTC', now: new Date('2027-05-03T12:00:00Z') },
    )
    expect(await tick(100)).toEqual(['overdue'])
    expect(await tick(101)).toEqual([])
    await tick(49)
    expect(breachId).toBeGreaterThan(3)
    const late = new Date(from.getTime() + 80 * hour)
    await addBreach(database.pool, wanted, { rules, zone: 'UTC', now: late })
    await warnOfBreaches(createBreachStore(database.pool), late, 500, log)
    expect(heard).toEqual([
      { event: 'breach', breach: expect.any(Number), stage: 'overdue', notifyBy: '2027-05-04T00:00:00.000Z' },
    ])
  })
})
