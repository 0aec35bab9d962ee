/** The role that the program works as can add to the audit log and to nothing else of it; its data directory may be an older one. */
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '../../src/log.ts'
import { verifyAudit } from '../../src/store/audit.ts'
import { migrate } from '../../src/store/migrate.ts'
import { createPool, type Pool } from '../../src/store/pool.ts'
import { prepareDatabase } from '../../src/store/program-role.ts'
import { type Database, startDatabase } from '../../src/store/server.ts'

const log = createLog({ level: 'silent' })
let dataDir: string
let database: Database
let program: Pool
let owner: Pool

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'nep-role-'))
  await chmod(dataDir, 0o711) // root's PostgreSQL runs under another account, which must pass through
  database = await startDatabase({ databaseUrl: undefined, dataDir }, log, { fsync: 'off' })
  owner = createPool(database.url, { max: 1 })
  program = createPool(database.programUrl, { max: 2 })
  // As older versions left it: migrated by the owner, and the other role knows nothing of it.
  await migrate(database.url, log)
  await expect(program.query('SELECT FROM organisation')).rejects.toThrow('permission denied')
  await prepareDatabase(database, log)
}, 60_000)

afterAll(async () => {
  await owner.end()
  await program.end()
  await database.stop()
  await rm(dataDir, { recursive: true, force: true })
})

describe("the program's role", () => {
  test('reads and writes rows, and the log follows', async () => {
    await program.query(
      `INSERT INTO organisation (kind, name, path, time_zone) VALUES ('cell', 'Bắc', '', 'Asia/Ho_Chi_Minh')`,
    )
    await program.query(`UPDATE organisation SET path = '/' || org_id || '/'`)
    const report = await verifyAudit(program)
    expect(report.findings).toEqual([])
    expect(report.heads.length).toBe(1)
  })

  test.each([
    `UPDATE audit_entry SET action = 'x'`,
    'DELETE FROM audit_entry',
    'TRUNCATE audit_entry',
    `UPDATE audit_link SET hash = 'x'`,
    'DELETE FROM audit_link',
    'TRUNCATE audit_link',
    'DELETE FROM audit_head',
    'TRUNCATE audit_head',
    'ALTER TABLE audit_entry DISABLE TRIGGER audit_kept',
    'ALTER TABLE organisation DISABLE TRIGGER ALL',
    'DROP TRIGGER audit_update ON organisation',
    'DROP TABLE audit_entry',
    'CREATE OR REPLACE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RETURN NULL; END $$',
    'SET session_replication_role = replica',
    'DELETE FROM _prisma_migrations',
  ])('may not: %s', async (sql) => {
    await expect(program.query(sql)).rejects.toThrow(/permission denied|must be owner|no privileges/)
  })

  test('owns nothing and is no superuser, and granting again changes nothing', async () => {
    const what = `SELECT (SELECT count(*)::int FROM pg_class WHERE relowner = r.oid) AS owned, rolsuper, rolcreaterole, rolcreatedb
      FROM pg_roles r WHERE rolname = current_user`
    expect((await program.query(what)).rows).toEqual([
      { owned: 0, rolsuper: false, rolcreaterole: false, rolcreatedb: false },
    ])
    const before = await owner.query(`SELECT relacl FROM pg_class WHERE relname = 'audit_entry'`)
    await prepareDatabase(database, log)
    expect((await owner.query(`SELECT relacl FROM pg_class WHERE relname = 'audit_entry'`)).rows).toEqual(before.rows)
  })
})
