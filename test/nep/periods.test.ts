/** `nep period` and `nep campaign open`: what they print, refuse and leave in the log. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { keptNep, type NepRun } from './run-nep.ts'

let database: TestDatabase
let nep: (...args: string[]) => Promise<NepRun>
let committee: string
let cell: string
/** A year that is over, whenever the test runs. */
const year = new Date().getFullYear() - 1
const h1 = `${year}-H1`

beforeAll(async () => {
  database = await createTestDatabase()
  nep = keptNep({ DATABASE_URL: database.url })
  committee = String((await nep('org', 'add', '--name', 'Đảng uỷ xã', '--json')).json<{ id: number }>().id)
  const added = await nep('cell', 'add', '--name', 'Chi bộ Đông', '--parent', committee, '--json')
  cell = String(added.json<{ id: number }>().id)
  await database.pool.query(`UPDATE organisation_history SET from_on = '0001-01-01'`)
})
afterAll(() => database.drop())

const audit = async (action: string) =>
  (
    await database.pool.query(
      'SELECT org_id, actor_kind, details FROM audit_entry WHERE action = $1 ORDER BY audit_id',
      [action],
    )
  ).rows

describe('nep period', () => {
  test('closes a period of an organisation and all below, once, and lists it', async () => {
    const closed = await nep('period', 'close', '--org', committee, '--period', h1, '--below', '--json')
    expect(closed.json()).toMatchObject({ period: h1, closed: [Number(committee), Number(cell)] })
    expect((await nep('period', 'close', '--org', committee, '--period', h1, '--below')).code).toBe(1)
    expect((await nep('period', 'close', '--org', committee, '--period', '2999')).stderr).toContain(
      'can be closed from 2999-12-01 on',
    )
    expect((await nep('period', 'close', '--org', committee, '--period', `${year}-03`)).code).toBe(2)
    expect((await nep('period', 'close', '--org', '999', '--period', h1)).code).toBe(1)
    const list = (await nep('period', 'list', '--org', committee, '--year', String(year), '--json')).json<
      Record<string, unknown>[]
    >()
    expect(list).toHaveLength(7)
    expect(list.find((each) => each.period === h1)).toMatchObject({
      ...{ state: 'closed', closedBy: 'operator', closings: 1, below: { closed: 1, total: 1 } },
    })
    expect(await audit('period.closed')).toMatchObject([
      { org_id: Number(committee), actor_kind: 'operator', details: { number: 1 } },
      { org_id: Number(cell), actor_kind: 'operator', details: { number: 1 } },
    ])
  })

  test('prints what was frozen, with its instant, whatever came later', async () => {
    await database.pool.query(
      `INSERT INTO member (org_id, display_name, folded_name) VALUES ($1, 'Nguyễn Văn An', 'nguyen van an')`,
      [cell],
    )
    const frozen = (await nep('summary', '--org', cell, '--period', h1, '--json')).json()
    expect(frozen).toMatchObject({ members: { denominator: 0 }, closed: { number: 1 }, review: null })
    expect((await nep('summary', '--org', cell, '--period', h1)).stdout).toContain('frozen figures')
    expect((await nep('summary', '--org', cell, '--json')).json()).toMatchObject({ closed: null })
  })

  test('reopens with a reason, once; the reason stands with the closing and not in the log', async () => {
    expect((await nep('period', 'reopen', '--org', cell, '--period', h1)).code).toBe(2)
    const reopened = await nep(
      'period',
      'reopen',
      '--org',
      cell,
      '--period',
      h1,
      '--reason',
      'thiếu biên bản',
      '--json',
    )
    expect(reopened.json()).toMatchObject({ orgId: Number(cell), period: h1, number: 1 })
    expect((await nep('period', 'reopen', '--org', cell, '--period', h1, '--reason', 'lần nữa')).code).toBe(1)
    expect(await audit('period.reopened')).toEqual([
      { org_id: Number(cell), actor_kind: 'operator', details: { number: 1 } },
    ])
    expect((await nep('period', 'list', '--org', cell, '--year', String(year))).stdout).toContain('thiếu biên bản')
  })
})

describe('nep campaign open', () => {
  test('opens what was set before, with its reminders; a closed year is refused', async () => {
    const now = String(new Date().getFullYear())
    const opened = await nep(
      'campaign',
      'open',
      '--org',
      committee,
      '--year',
      now,
      '--closes',
      `${now}-12-31`,
      '--leads',
      '7,1',
      '--json',
    )
    expect(opened.json()).toMatchObject({ closesOn: `${now}-12-31`, leadDays: [7, 1], setBy: Number(committee) })
    expect(opened.json<{ openedAt: string }>().openedAt).toMatch(/^\d{4}-/)
    expect((await nep('campaign', 'open', '--org', committee, '--year', now, '--leads', 'soon')).code).toBe(2)
    await nep('period', 'close', '--org', committee, '--period', String(year))
    const late = await nep('campaign', 'set', '--org', committee, '--year', String(year), '--theme', 'Muộn')
    expect(late.code).toBe(1)
    expect(late.stderr).toContain('are closed')
  })
})

describe('nep audit verify', () => {
  test("takes 0 for the program's own chain, and finds a kept count that was made up", async () => {
    const own = await nep('audit', 'verify', '--org', '0', '--json')
    expect(own.json()).toMatchObject({ isWhole: true, counts: 0, findings: [] })
    expect((await nep('audit', 'verify', '--org', '-1')).code).toBe(2)
    const before = (await nep('audit', 'verify', '--json')).stdout
    expect(before).not.toContain('countDiffers')
    await database.pool.query('UPDATE roster_count SET counted = counted + 1 WHERE org_id = $1', [Number(cell)])
    const after = await nep('audit', 'verify', '--org', cell)
    expect(after.code).toBe(1)
    expect(after.stdout).toContain(`organisation ${cell}: countDiffers, roster_count ${cell}`)
  })
})
