/** What an operator does wrong is told in a sentence that says what to do, with the promised exit code and without a stack. */
import { execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { keptNep, type NepRun, runNep } from './run-nep.ts'

let database: TestDatabase
let folder: string
let nep: (...args: string[]) => Promise<NepRun>

beforeAll(async () => {
  database = await createTestDatabase()
  nep = keptNep({ DATABASE_URL: database.url, LOCALE: 'en' })
  folder = await mkdtemp(join(tmpdir(), 'nep-errors-'))
  await chmod(folder, 0o711)
  await mkdir(join(folder, 'rosters'))
  await writeFile(join(folder, 'empty.csv'), '')
  await writeFile(join(folder, 'bad.csv'), 'name,role\nPeter Brown,boss\n')
  await writeFile(join(folder, 'good.csv'), 'name\nPeter Brown\n')
  await symlink(join(folder, 'round'), join(folder, 'round'))
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await database.drop()
})

/** No stack, no code of the system, no name of a function of it. */
const raw = /\bat .*:\d+:\d+|\bE[A-Z]{4,}\b|\b(?:mkdir|scandir|getaddrinfo|syscall)\b/

/** Runs the program itself until it ends. */
function start(env: Record<string, string>): Promise<{ code: number; stderr: string }> {
  const entry = join(import.meta.dirname, '..', '..', 'dist', 'main.js')
  const clean = { PATH: process.env.PATH, HOME: process.env.HOME, LOG_LEVEL: 'silent', ...env } as NodeJS.ProcessEnv
  return new Promise((resolve) => {
    execFile(process.execPath, [entry], { env: clean, timeout: 60_000 }, (error, _stdout, stderr) =>
      resolve({ code: error === null ? 0 : Number(error.code ?? -1), stderr }),
    )
  })
}

describe('nep', () => {
  test.each<[string[], number, RegExp]>([
    [['import', '{folder}/none.csv', '--org', '1'], 1, /none\.csv cannot be opened: there is no such file\. Check/],
    [['import', '{folder}/round', '--org', '1'], 1, /round cannot be opened/],
    [['import', '{folder}/rosters', '--org', '1', '--json'], 1, /is a folder: name the \.csv or \.xlsx file in it/],
    [['import', '/dev/null', '--org', '1'], 1, /is no file: name a \.csv or \.xlsx file/],
    [['import', '{folder}/good.csv', '--org', '99'], 1, /There is no organisation 99\./],
    [['cell', 'add', '--name', 'A', '--name', 'B'], 2, /--name is given twice: give it once/],
    [['summary', '--org', '1', '--org', '2'], 2, /--org is given twice/],
    [['cell', 'add', '--name', 'A', '--nam', 'B'], 2, /unknown option '--nam'/],
    [['cell', 'add', '--name', 'A', 'B'], 2, /too many arguments/],
    [['cell', 'add', '--name', ' '], 2, /must not be empty/],
    [['cell', 'ad'], 2, /unknown command 'ad'/],
    [['cel'], 2, /unknown command 'cel'/],
    [['audit', 'verify', '--org', '99'], 1, /There is no organisation 99\./],
    [['audit', 'verify', '--head', 'a1b2c3d4'], 2, /say with --org whose/],
    [['code', '--org', '1', '--for', 'king'], 2, /Allowed choices are group/],
    [['code', '--org', 'one', '--for', 'group'], 2, /must be a whole number/],
    [['summary', '--org', '1', '--period', '2026-13'], 2, /must be 2026, 2026-H1/],
    [['org', 'set', '--org', '1', '--progress-day', '31'], 2, /whole number from 0 to 28/],
    [['cell', 'add', '--name', 'A', '--time-zone', 'Mars/Base'], 2, /IANA time zone/],
  ])('%j ends with %i and says why', async (args, code, why) => {
    const run = await nep(...args.map((each) => each.replace('{folder}', folder)))
    expect([run.code, run.stdout]).toEqual([code, ''])
    expect(run.stderr).toMatch(why)
    expect(run.stderr).not.toMatch(raw)
  })

  test('a roster with a fault: the result as JSON, a sentence on stderr, nothing written', async () => {
    const { id } = (await nep('cell', 'add', '--name', 'Garden club', '--json')).json<{ id: number }>()
    for (const [file, rows] of [
      ['bad', 1],
      ['empty', 0],
    ] as const) {
      const run = await nep('import', join(folder, `${file}.csv`), '--org', `${id}`, '--apply', '--json')
      expect([run.code, run.json()]).toMatchObject([1, { rows, imported: 0 }])
      expect(run.stderr).toMatch(/^error: Nothing is imported: 1 fault in .*\.csv, listed above\. Mend the file.*\n$/)
    }
    expect((await nep('member', 'list', '--org', `${id}`, '--json')).json<unknown[]>()).toEqual([])
  })

  test('a name that one beside has is refused, however it is written, unless it is meant', async () => {
    const add = (...more: string[]) => nep('cell', 'add', '--json', '--name', ...more)
    const { id: parent } = (await nep('org', 'add', '--name', 'Town', '--json')).json<{ id: number }>()
    const { id } = (await add('Choir', '--parent', `${parent}`)).json<{ id: number }>()
    const again = await add('choir', '--parent', `${parent}`)
    expect([again.code, again.stdout]).toEqual([1, ''])
    expect(again.stderr).toContain(`Organisation ${id} beside it has the name "Choir" already`)
    const meant = (await add('Choir', '--parent', `${parent}`, '--same-name')).json<{ id: number }>()
    const renamed = await nep('org', 'rename', '--org', `${meant.id}`, '--name', 'CHOIR')
    expect([renamed.code, renamed.stderr]).toEqual([1, expect.stringContaining('add --same-name')])
    expect((await add('Choir')).code).toBe(0)
  })

  test('a database that a newer version used', async () => {
    await database.pool.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ('n', 'n', '29990101000000_new', now(), 1)`,
    )
    const run = await nep('org', 'list')
    await database.pool.query(`DELETE FROM _prisma_migrations WHERE id = 'n'`)
    expect([run.code, run.stdout]).toEqual([1, ''])
    expect(run.stderr).toMatch(/used by a newer version; start that version or a newer one, or restore the backup/)
  })

  test.each([
    ['a file', '{folder}/empty.csv', /empty\.csv cannot be used: .* is a file: name a folder\.$/m],
    ['below a file', '{folder}/empty.csv/data', /data cannot be used: .* is a file: name a folder\.$/m],
    ['where no folder can be', '/proc/nep', /cannot be used: .*: name another one\.$|name another folder\.$/m],
    ['a link to itself', '{folder}/round', /cannot be used: /],
  ])('DATA_DIR that is %s', async (_what, path, why) => {
    const run = await runNep({ DATA_DIR: path.replace('{folder}', folder) }, ['org', 'list'])
    expect([run.code, run.stdout]).toEqual([1, ''])
    expect(run.stderr).toMatch(why)
    expect(run.stderr).not.toMatch(raw)
  })
})

describe('the program does not start', () => {
  test.each<[string, Record<string, string>, number, RegExp]>([
    ['without a folder to keep things in', { DATA_DIR: '/dev/null/x' }, 1, /^DATA_DIR .* is a file: name a folder\.$/m],
    [
      'with a Telegram token torn apart',
      { TELEGRAM_BOT_TOKEN: 'abc Secret' },
      2,
      /^TELEGRAM_BOT_TOKEN: .*123456789:AA/m,
    ],
    ['with a Zalo token torn apart', { ZALO_BOT_TOKEN: 'abc Secret' }, 2, /^ZALO_BOT_TOKEN: .*Zalo Bot Creator/m],
    ['in no zone', { TZ_DEFAULT: 'Mars/Base', LOCALE: 'fr' }, 2, /^TZ_DEFAULT: .*\nLOCALE: must be vi or en$/m],
    ['with no database there', { DATABASE_URL: 'postgres://127.0.0.1:9/x' }, 1, /is PostgreSQL running.*\?$/m],
    ['in the open with the local chat', { HOST: 'nope.invalid' }, 2, /set LOCAL_CHAT=off, or HOST=127\.0\.0\.1/],
  ])('%s', async (_what, env, code, why) => {
    const run = await start(env)
    expect(run.code).toBe(code)
    expect(run.stderr).toMatch(why)
    expect(run.stderr).not.toMatch(raw)
    expect(run.stderr).not.toContain('abc Secret')
  })

  test('on a host that is none, or a port that is taken', async () => {
    const other = createServer()
    const port = await new Promise<number>((resolve) => {
      other.listen(0, '127.0.0.1', () => resolve((other.address() as { port: number }).port))
    })
    const env = { DATABASE_URL: database.url, LOCAL_CHAT: 'off' }
    const runs = [await start({ ...env, HOST: 'nope.invalid' }), await start({ ...env, PORT: `${port}` })]
    other.close()
    expect(runs.map((run) => run.code)).toEqual([1, 1])
    expect(runs[0]!.stderr).toMatch(/^nope\.invalid cannot be resolved: set HOST to an address of this machine/)
    expect(runs[1]!.stderr).toMatch(/^Port \d+ on 127\.0\.0\.1 is taken by another program: stop it, or set PORT/)
  })
})
