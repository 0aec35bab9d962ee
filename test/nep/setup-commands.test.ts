import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseCode } from '../../src/domain/code.ts'
import { verifyCode } from '../../src/store/code-hash.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { keptNep, type NepRun, runNep } from './run-nep.ts'

let database: TestDatabase
let nep: (...args: string[]) => Promise<NepRun>

beforeAll(async () => {
  database = await createTestDatabase()
  nep = keptNep({ DATABASE_URL: database.url })
})
afterAll(() => database.drop())

const audits = async (action: string) =>
  (await database.pool.query('SELECT * FROM audit_entry WHERE action = $1 ORDER BY audit_id', [action])).rows

describe('nep org and nep cell', () => {
  test('build a tree, tell the id as JSON, and list it', async () => {
    const root = (await nep('org', 'add', '--name', 'Đảng uỷ xã', '--json')).json<{ id: number }>()
    expect(Object.keys(root)).toEqual(['id'])
    const below = (
      await nep('org', 'add', '--name', 'Đảng uỷ bộ phận', '--kind', 'committee', '--parent', `${root.id}`, '--json')
    ).json<{ id: number }>()
    const decomposed = '  Chi bộ   thôn Đoài '.normalize('NFD')
    const cell = (await nep('cell', 'add', '--name', decomposed, '--parent', `${below.id}`, '--json')).json<{
      id: number
    }>()
    const list = (await nep('org', 'list', '--json')).json<unknown[]>()
    expect(list).toContainEqual({ id: root.id, name: 'Đảng uỷ xã', kind: 'committee', parentId: null, members: 0 })
    expect(list).toContainEqual({ id: cell.id, name: 'Chi bộ thôn Đoài', kind: 'cell', parentId: below.id, members: 0 })
    const { rows } = await database.pool.query('SELECT path, time_zone FROM organisation WHERE org_id = $1', [cell.id])
    expect(rows).toEqual([{ path: `/${root.id}/${below.id}/${cell.id}/`, time_zone: 'Asia/Ho_Chi_Minh' }])
    const tree = await nep('org', 'list')
    expect(tree.stdout).toMatch(new RegExp(`^    ${cell.id} +Chi bộ thôn Đoài`, 'm'))
    expect((await audits('organisation.added')).map((row) => [row.actor_kind, row.org_id])).toContainEqual([
      'operator',
      cell.id,
    ])
  })

  test('are listed with the figures of everything below where they are asked for', async () => {
    const add = async (...args: string[]) => (await nep(...args, '--json')).json<{ id: number }>().id
    const root = await add('org', 'add', '--name', 'Đảng uỷ phường')
    const cells = [
      await add('cell', 'add', '--name', 'Chi bộ Một', '--parent', `${root}`),
      await add('cell', 'add', '--name', 'Chi bộ Hai', '--parent', `${root}`),
    ]
    await database.pool.query(
      `WITH m AS (INSERT INTO member (org_id, status) SELECT org, s FROM unnest($1::int[]) org, unnest('{official,official,exempt}'::text[]) s RETURNING member_id, org_id)
       INSERT INTO deed (year, subject_kind, subject_id, number, org_id, state, updated_at)
       SELECT extract(year FROM now() AT TIME ZONE 'Asia/Ho_Chi_Minh'), 'individual', member_id, 1, org_id, 'submitted', now() FROM m WHERE org_id = $2`,
      [cells, cells[0]],
    )
    const list = (await nep('org', 'list', '--figures', '--json')).json<({ id: number } & Record<string, unknown>)[]>()
    const cellsOf = (total: number, started: number, complete: number) => ({
      total,
      started,
      complete,
      silent: total - started,
    })
    expect(list.find(({ id }) => id === root)).toMatchObject({
      registered: { numerator: 2, denominator: 4 },
      deeds: { individual: 3, collective: 0 },
      cells: cellsOf(2, 1, 1),
    })
    expect(list.find(({ id }) => id === cells[1])).toMatchObject({
      registered: { numerator: 0, denominator: 2 },
      cells: cellsOf(1, 0, 0),
    })
    const { stdout } = await nep('org', 'list', '--figures')
    expect(stdout).toMatch(/Đảng uỷ phường .* 2\/4 registered +3 deeds +2 cells: 1 started, 1 complete, 1 silent/)
    expect(stdout).toMatch(/Chi bộ Một .* 3 members +2\/2 registered +3 deeds +complete/)
    expect(stdout).toMatch(/Chi bộ Hai .* 0\/2 registered +0 deeds +silent/)
  })

  test('keep the zone that is given', async () => {
    const { id } = (await nep('cell', 'add', '--name', 'Paris', '--time-zone', 'Europe/Paris', '--json')).json()
    const { rows } = await database.pool.query('SELECT time_zone FROM organisation WHERE org_id = $1', [id])
    expect(rows[0].time_zone).toBe('Europe/Paris')
  })

  test.each([
    ['an unknown parent', ['cell', 'add', '--name', 'X', '--parent', '99999'], 1],
    ['an empty name', ['cell', 'add', '--name', ' \t '], 2],
    ['a name with a control character', ['cell', 'add', '--name', 'a\u0007b'], 2],
    ['no name', ['org', 'add'], 2],
    ['a parent that is no number', ['cell', 'add', '--name', 'X', '--parent', 'abc'], 2],
    ['a kind that does not exist', ['org', 'add', '--name', 'X', '--kind', 'party'], 2],
    ['a zone that does not exist', ['cell', 'add', '--name', 'X', '--time-zone', 'Asia/Hanoi2'], 2],
    ['an unknown option', ['org', 'list', '--all'], 2],
    ['an unknown command', ['organise'], 2],
    ['no subcommand', ['org'], 2],
  ])('refuse %s, with the reason on stderr and nothing changed', async (_what, args, code) => {
    const before = (await database.pool.query('SELECT count(*) AS n FROM organisation')).rows[0].n
    const run = await nep(...args, '--json')
    expect([run.code, run.stdout]).toEqual([code, ''])
    expect(run.stderr).not.toBe('')
    expect((await database.pool.query('SELECT count(*) AS n FROM organisation')).rows[0].n).toBe(before)
  })

  test('refuse a cell as parent', async () => {
    const { id } = (await nep('cell', 'add', '--name', 'Chi bộ', '--json')).json()
    const run = await nep('cell', 'add', '--name', 'Tổ', '--parent', `${id}`)
    expect(run.code).toBe(1)
    expect(run.stderr).toContain('is a cell')
  })
})

describe('nep code', () => {
  let cellId: string
  let committeeId: string
  let memberId: string

  beforeAll(async () => {
    cellId = String((await nep('cell', 'add', '--name', 'Chi bộ mã', '--json')).json<{ id: number }>().id)
    committeeId = String((await nep('org', 'add', '--name', 'Đảng uỷ mã', '--json')).json<{ id: number }>().id)
    const { rows } = await database.pool.query(
      `INSERT INTO member (org_id, display_name, folded_name) VALUES ($1, 'Nguyễn Văn An', 'nguyen van an') RETURNING member_id`,
      [cellId],
    )
    memberId = String(rows[0].member_id)
  })

  test.each(['group', 'secretary', 'deputy', 'clerk'])(
    'makes a code for %s that only the hash of is kept',
    async (whom) => {
      const before = Date.now()
      const made = (await nep('code', '--org', cellId, '--for', whom, '--json')).json<{
        code: string
        expiresAt: string
      }>()
      expect(Object.keys(made)).toEqual(['code', 'expiresAt'])
      expect(Date.parse(made.expiresAt) - before).toBeGreaterThanOrEqual(72 * 3_600_000)
      const { selector, verifier } = parseCode(made.code)!
      const { rows } = await database.pool.query('SELECT * FROM code WHERE selector = $1', [selector])
      expect(rows[0]).toMatchObject({ purpose: whom, org_id: Number(cellId), member_id: null, tries: 0, used_at: null })
      expect(rows[0].expires_at.toISOString()).toBe(made.expiresAt)
      // As the conversation verifies it.
      expect(await verifyCode(selector + verifier, rows[0])).toBe(true)
      expect(JSON.stringify(rows[0])).not.toContain(verifier)
      expect(JSON.stringify((await audits('code.made')).at(-1))).not.toContain(verifier)
    },
  )

  test('binds a code to a line of the roster', async () => {
    const { code } = (await nep('code', '--org', cellId, '--for', 'member', '--member', memberId, '--json')).json<{
      code: string
    }>()
    const { rows } = await database.pool.query('SELECT member_id FROM code WHERE selector = $1', [
      parseCode(code)!.selector,
    ])
    expect(rows[0].member_id).toBe(Number(memberId))
  })

  test('makes committee codes for committees only', async () => {
    expect((await nep('code', '--org', committeeId, '--for', 'committee')).code).toBe(0)
    expect((await nep('code', '--org', cellId, '--for', 'committee')).code).toBe(1)
  })

  test.each([
    ['a member without --member', () => ['--org', cellId, '--for', 'member'], 2],
    ['a group with --member', () => ['--org', cellId, '--for', 'group', '--member', memberId], 2],
    ['a purpose that does not exist', () => ['--org', cellId, '--for', 'king'], 2],
    ['no purpose', () => ['--org', cellId], 2],
    ['an unknown organisation', () => ['--org', '99999', '--for', 'group'], 1],
    ['a member of another organisation', () => ['--org', committeeId, '--for', 'secretary', '--member', memberId], 1],
    ['an unknown member', () => ['--org', cellId, '--for', 'member', '--member', '99999'], 1],
  ])('refuses %s', async (_what, args, code) => {
    const run = await nep('code', ...args(), '--json')
    expect([run.code, run.stdout]).toEqual([code, ''])
    expect(run.stderr).not.toBe('')
  })
})

describe('nep', () => {
  test.each([
    [['--help']],
    [['org', '--help']],
    [['org', 'add', '--help']],
    [['code', '--help']],
    [['import', '--help']],
    [['campaign', 'set', '--help']],
    [['webhook', '--help']],
    [['outbox', 'retry', '--help']],
  ])('helps with %j', async (args) => {
    const run = await nep(...args)
    expect([run.code, run.stderr]).toEqual([0, ''])
    expect(run.stdout).toContain('Usage: nep')
  })

  test('tells every problem of the environment and ends with 2', async () => {
    const run = await runNep({ DATABASE_URL: 'mysql://x', PORT: 'many' }, ['org', 'list'])
    expect([run.code, run.stdout]).toEqual([2, ''])
    expect(run.stderr).toMatch(/DATABASE_URL: .*\n(.*\n)*PORT: /)
  })

  test('ends with 1 and without the password when the database is away', async () => {
    const run = await runNep({ DATABASE_URL: 'postgres://me:topsecret@127.0.0.1:9/none' }, ['org', 'list', '--json'])
    expect([run.code, run.stdout]).toEqual([1, ''])
    expect(run.stderr).toMatch(/127\.0\.0\.1:9.*is PostgreSQL running/s)
    expect(run.stderr).not.toContain('topsecret')
  })

  test('works on an empty data folder, and twice on the same', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'nep operator '))
    try {
      // PostgreSQL runs under another account where we are root: the folder must let it through.
      const env = { DATA_DIR: join(dataDir, 'data') }
      await (await import('node:fs/promises')).chmod(dataDir, 0o711)
      const added = await runNep(env, ['cell', 'add', '--name', 'Chi bộ', '--json'])
      expect([added.stderr, added.json()]).toEqual(['', { id: 1 }])
      // Beside each other, as beside a running server.
      const lists = await Promise.all([1, 2].map(() => runNep(env, ['org', 'list', '--json'])))
      const wanted = [{ id: 1, name: 'Chi bộ', kind: 'cell', parentId: null, members: 0 }]
      expect(lists.map((run) => run.json())).toEqual([wanted, wanted])
      const doctor = await runNep(env, ['doctor', '--json'])
      expect(doctor.json()).toMatchObject({ ok: true })
    } finally {
      await rm(dataDir, { recursive: true, force: true })
    }
  })
})
