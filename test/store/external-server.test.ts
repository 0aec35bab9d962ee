/**
 * On a PostgreSQL of the operator's own, with a role that owns the database and one that runs the program: everything works as the
 * second, which can add to the audit log and neither change it nor become somebody who can; and what is set up wrongly is told.
 */
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { loadConfig } from '../../src/config.ts'
import { createLog } from '../../src/log.ts'
import { type Program, startProgram } from '../../src/program.ts'
import { verifyAudit } from '../../src/store/audit.ts'
import { createPool, type Pool } from '../../src/store/pool.ts'
import { runNep } from '../nep/run-nep.ts'

const tag = randomBytes(4).toString('hex')
const [owner, role, name, other] = ['owner', 'program', 'database', 'other'].map((what) => `nep_${what}_${tag}`)
const password = 'p@ss/word'
let admin: pg.Client
let dataDir: string
let program: Program
let pool: Pool

const address = (user: string, database: string) => {
  const url = new URL(inject('serverUrl'))
  url.username = user
  url.password = encodeURIComponent(password)
  url.pathname = `/${database}`
  return url.href
}
const programUrl = () => address(role!, name!)
const ownerUrl = () => address(owner!, name!)
const doctor = async (env: Record<string, string>) => {
  const run = await runNep({ DATA_DIR: dataDir, ...env }, ['doctor', '--json'])
  const { checks } = run.json<{ checks: { name: string; ok: boolean; detail: string }[] }>()
  return (wanted: string) => checks.find((check) => check.name === wanted)
}

beforeAll(async () => {
  admin = new pg.Client({ connectionString: inject('serverUrl') })
  await admin.connect()
  for (const each of [owner, role]) await admin.query(`CREATE ROLE ${each} LOGIN PASSWORD '${password}'`)
  for (const each of [name, other]) await admin.query(`CREATE DATABASE ${each} OWNER ${owner} TEMPLATE template0`)
  dataDir = await mkdtemp(join(tmpdir(), 'nep-external-'))
})
afterAll(async () => {
  for (const each of [name, other]) await admin.query(`DROP DATABASE IF EXISTS ${each} WITH (FORCE)`)
  for (const each of [role, owner]) await admin.query(`DROP ROLE IF EXISTS ${each}`)
  await admin.end()
  await rm(dataDir, { recursive: true, force: true })
})

test('the role of the program alone cannot make the tables, and is told whose address is missing', async () => {
  const run = await runNep({ DATABASE_URL: programUrl(), DATA_DIR: dataDir }, ['org', 'list'])
  expect(run.code).toBe(1)
  expect(run.stderr).toContain('DATABASE_OWNER_URL')
  expect((await doctor({ DATABASE_URL: programUrl() }))('migrations')).toMatchObject({
    ok: false,
    detail: expect.stringContaining('DATABASE_OWNER_URL'),
  })
})

describe('with both addresses', () => {
  beforeAll(async () => {
    const config = loadConfig({
      DATABASE_URL: programUrl(),
      DATABASE_OWNER_URL: ownerUrl(),
      LOCAL_CHAT: 'on',
      PORT: '0',
    })
    program = await startProgram(config, createLog({ level: 'fatal' }))
    pool = createPool(programUrl(), { max: 2 })
  })
  afterAll(async () => {
    await pool.end()
    await program.stop()
  })

  test('members are heard, the tick runs, the operator works, and the log is whole', async () => {
    const { rows } = await pool.query(`SELECT key FROM local_account ORDER BY key`)
    const said = await program.localChat!.say({ chat: `dm:${rows[0].key}`, from: rows[0].key, text: 'giúp tôi' })
    expect(said.messages.length).toBeGreaterThan(0)
    await program.engine.runTick()
    const env = { DATABASE_URL: programUrl(), DATABASE_OWNER_URL: ownerUrl(), DATA_DIR: dataDir }
    expect(
      (await runNep(env, ['cell', 'add', '--name', 'Chi bộ Mới', '--parent', '1', '--json'])).json(),
    ).toHaveProperty('id')
    expect((await verifyAudit(pool)).findings).toEqual([])
    const check = await doctor({ DATABASE_URL: programUrl(), DATABASE_OWNER_URL: ownerUrl() })
    expect(check('audit log')).toMatchObject({ ok: true, detail: expect.stringContaining('not change it') })
    // The program alone starts as well, as long as nothing is to be migrated.
    expect((await runNep({ DATABASE_URL: programUrl(), DATA_DIR: dataDir }, ['org', 'list'])).code).toBe(0)
    const owned = await pool.query('SELECT count(*)::int AS n FROM pg_class WHERE relowner = current_user::regrole')
    expect(owned.rows).toEqual([{ n: 0 }])
  })

  test.each([
    `UPDATE audit_entry SET action = 'x'`,
    'DELETE FROM audit_entry',
    'TRUNCATE audit_entry CASCADE',
    `UPDATE audit_link SET hash = 'x'`,
    'DELETE FROM audit_link',
    'DELETE FROM audit_head',
    'TRUNCATE organisation CASCADE',
    'ALTER TABLE audit_entry DISABLE TRIGGER ALL',
    'ALTER TABLE deed DISABLE TRIGGER audit_update',
    'ALTER TABLE audit_entry OWNER TO CURRENT_USER',
    'DROP TRIGGER audit_kept ON audit_entry',
    'CREATE TRIGGER mine BEFORE INSERT ON audit_entry FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()',
    'CREATE RULE mine AS ON INSERT TO audit_entry DO INSTEAD NOTHING',
    'ALTER TABLE deed RENAME TO mine',
    `SET session_replication_role = 'replica'`,
    'CREATE TABLE public.mine (id int)',
    'DROP FUNCTION refuse_audit_change CASCADE',
    `SELECT watch_rows('chat', 'chat_id', '')`,
    'INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES (1, 1, 1)',
    'OWNER',
    'SESSION',
    'GRANT',
    'SUPERUSER',
    `COPY audit_entry TO PROGRAM 'cat'`,
  ])('the role of the program may not: %s', async (sql) => {
    const statements: Record<string, string> = {
      OWNER: `SET ROLE ${owner}`,
      SESSION: `SET SESSION AUTHORIZATION ${owner}`,
      GRANT: `GRANT ${owner} TO ${role}`,
      SUPERUSER: `ALTER ROLE ${role} SUPERUSER`,
    }
    await expect(pool.query(statements[sql] ?? sql)).rejects.toThrow(
      /permission denied|must be owner|must be a superuser/,
    )
  })

  test('rights that an operator gave by the handful are taken back at the next start', async () => {
    const asOwner = createPool(ownerUrl(), { max: 1 })
    await asOwner.query(`GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role}`)
    await asOwner.end()
    const check = await doctor({ DATABASE_URL: programUrl(), DATABASE_OWNER_URL: ownerUrl() })
    expect(check('audit log')).toMatchObject({ ok: true })
    await expect(pool.query('DELETE FROM audit_entry')).rejects.toThrow('permission denied')
  })

  test('a role that is a member of the owner, or has rights through everybody, is told and fails the doctor', async () => {
    const both = { DATABASE_URL: programUrl(), DATABASE_OWNER_URL: ownerUrl() }
    await admin.query(`GRANT ${owner} TO ${role}`)
    expect((await doctor(both))('audit log')).toMatchObject({ ok: false, detail: expect.stringContaining('member') })
    expect((await runNep({ ...both, DATA_DIR: dataDir }, ['org', 'list'])).stderr).toContain('can change the audit log')
    await admin.query(`REVOKE ${owner} FROM ${role}`)
    const asOwner = createPool(ownerUrl(), { max: 1 })
    await asOwner.query('GRANT DELETE ON audit_entry TO PUBLIC')
    expect((await doctor(both))('audit log')).toMatchObject({ ok: false, detail: expect.stringContaining('PUBLIC') })
    await asOwner.query('REVOKE DELETE ON audit_entry FROM PUBLIC')
    await asOwner.end()
    expect((await doctor(both))('audit log')).toMatchObject({ ok: true })
  })

  test('one role for all is told for what it is', async () => {
    expect((await doctor({ DATABASE_URL: ownerUrl() }))('audit log')).toMatchObject({
      ok: true,
      detail: expect.stringContaining('DATABASE_OWNER_URL'),
    })
  })

  test('two addresses of two databases are refused', async () => {
    const env = { DATABASE_URL: address(role!, other!), DATABASE_OWNER_URL: ownerUrl(), DATA_DIR: dataDir }
    const run = await runNep(env, ['org', 'list'])
    expect(run.code).toBe(1)
    expect(run.stderr).toContain('different databases')
  })
})
