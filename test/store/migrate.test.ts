import { createHash } from 'node:crypto'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createLog } from '../../src/log.ts'
import { MigrationError, migrate, prismaDirectory } from '../../src/store/migrate.ts'
import { SCRIPT_LOCK } from '../../src/store/migration-files.ts'
import { openPrisma } from '../../src/store/prisma.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'

const log = createLog({ level: 'silent' })

describe('migrate', () => {
  let folder: string
  let database: TestDatabase

  const write = async (name: string, script: string) => {
    await mkdir(join(folder, name), { recursive: true })
    await writeFile(join(folder, name, 'migration.sql'), script)
  }
  const names = async () =>
    (await database.pool.query('SELECT migration_name AS name FROM _prisma_migrations ORDER BY started_at')).rows.map(
      (row) => row.name,
    )

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'nep migrations '))
    await writeFile(join(folder, 'migration_lock.toml'), 'provider = "postgresql"\n')
    await write('20260101000000_first', 'CREATE TABLE first (id int);')
    database = await createTestDatabase({ empty: true })
  })
  afterEach(async () => {
    await database.drop()
    await rm(folder, { recursive: true, force: true })
  })

  test('applies what is missing, in order, and nothing the second time', async () => {
    expect(await migrate(database.url, log, folder)).toEqual(['20260101000000_first'])
    await write('20260102000000_second', 'CREATE TABLE second (id int);')
    expect(await migrate(database.url, log, folder)).toEqual(['20260102000000_second'])
    expect(await migrate(database.url, log, folder)).toEqual([])
    expect(await names()).toEqual(['20260101000000_first', '20260102000000_second'])
  })

  test('applies each migration once when five processes start at the same moment', async () => {
    const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(database.url, log, folder)))
    expect(applied.flat()).toEqual(['20260101000000_first'])
  })

  test('runs function bodies and several statements by hand', async () => {
    await write(
      '20260102000000_by_hand',
      `CREATE FUNCTION twice() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.id := NEW.id * 2; RETURN NEW; END; $$;
       CREATE TRIGGER twice BEFORE INSERT ON first FOR EACH ROW EXECUTE FUNCTION twice();
       ALTER TABLE first ADD CONSTRAINT positive CHECK (id > 0);
       CREATE UNIQUE INDEX one_big ON first ((id > 100)) WHERE id > 100; -- a semicolon; in a comment`,
    )
    await migrate(database.url, log, folder)
    expect((await database.pool.query('INSERT INTO first VALUES (4) RETURNING id')).rows).toEqual([{ id: 8 }])
  })

  test('leaves nothing of a migration that fails, names it, and refuses to go on until it is mended', async () => {
    await write('20260102000000_broken', 'CREATE TABLE second (id int); CREATE TABLE first (id int);')
    const failure = migrate(database.url, log, folder)
    await expect(failure).rejects.toBeInstanceOf(MigrationError)
    await expect(failure).rejects.toMatchObject({ migration: '20260102000000_broken' })
    await expect(failure).rejects.toThrow(/already exists/)
    expect((await database.pool.query("SELECT to_regclass('second') AS found")).rows).toEqual([{ found: null }])
    await expect(migrate(database.url, log, folder)).rejects.toThrow(/20260102000000_broken failed earlier/)

    await database.pool.query("DELETE FROM _prisma_migrations WHERE migration_name = '20260102000000_broken'")
    await write('20260102000000_broken', 'CREATE TABLE second (id int);')
    expect(await migrate(database.url, log, folder)).toEqual(['20260102000000_broken'])
  })

  describe('after a start that was killed in the middle', () => {
    const second = 'CREATE TABLE second (id int);'
    const begin = () =>
      database.pool.query(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at, applied_steps_count)
          VALUES ('2', $1, '20260102000000_second', now(), 0)`,
        [createHash('sha256').update(second).digest('hex')],
      )
    const mark = 'UPDATE _prisma_migrations SET applied_steps_count = 1 WHERE finished_at IS NULL'
    beforeEach(async () => {
      await migrate(database.url, log, folder)
      await write('20260102000000_second', second)
      await begin()
    })

    test('does again what was not committed', async () => {
      expect(await migrate(database.url, log, folder)).toEqual(['20260102000000_second'])
      expect(await migrate(database.url, log, folder)).toEqual([])
    })

    test('does not do again what was', async () => {
      await database.pool.query(`${second} ${mark}`)
      expect(await migrate(database.url, log, folder)).toEqual([])
      expect(await names()).toEqual(['20260101000000_first', '20260102000000_second'])
    })

    test('waits for a transaction that the server is still busy with', async () => {
      const client = await database.pool.connect()
      await client.query(`BEGIN; SELECT pg_advisory_xact_lock(${SCRIPT_LOCK}); ${second} ${mark}`)
      const migrated = migrate(database.url, log, folder)
      await vi.waitFor(async () => {
        const { rows } = await database.pool.query(
          `SELECT FROM pg_stat_activity WHERE application_name = 'nep migrate' AND wait_event = 'advisory'`,
        )
        expect(rows).toHaveLength(1)
      })
      await client.query('COMMIT')
      client.release()
      expect(await migrated).toEqual([])
    })
  })

  test('marks each migration within its own transaction', async () => {
    await write(
      '20260102000000_second',
      'CREATE TABLE second AS SELECT applied_steps_count AS steps FROM _prisma_migrations;',
    )
    await migrate(database.url, log, folder)
    const { rows } = await database.pool.query(
      'SELECT min(applied_steps_count) AS least, (SELECT min(steps) FROM second) AS before FROM _prisma_migrations',
    )
    expect(rows[0].least).toBeGreaterThan(0)
    expect(rows[0].before).toBe(0)
  })

  test('refuses a database that a newer version has used', async () => {
    await write('20270101000000_newer', 'CREATE TABLE newer (id int);')
    await migrate(database.url, log, folder)
    await rm(join(folder, '20270101000000_newer'), { recursive: true })
    await expect(migrate(database.url, log, folder)).rejects.toThrow(/20270101000000_newer.*newer version/)
  })

  test('refuses a migration that was changed after it was applied', async () => {
    await migrate(database.url, log, folder)
    await write('20260101000000_first', 'CREATE TABLE first (id bigint);')
    await expect(migrate(database.url, log, folder)).rejects.toThrow(/20260101000000_first was changed/)
  })

  test('says that the database cannot be reached', async () => {
    await expect(migrate('postgres://nobody:x@127.0.0.1:1/none', log, folder)).rejects.toMatchObject({
      code: 'ECONNREFUSED',
    })
  })

  test('brings an empty database to the schema of this version', async () => {
    await cp(join(prismaDirectory(), 'migrations'), folder, { recursive: true })
    await rm(join(folder, '20260101000000_first'), { recursive: true })
    const applied = await migrate(database.url, log, folder)
    expect(applied.length).toBeGreaterThan(0)
    expect(await migrate(database.url, log)).toEqual([])
  })
})

describe('the migrated template', () => {
  let database: TestDatabase
  beforeAll(async () => {
    database = await createTestDatabase()
  })
  afterAll(() => database.drop())

  test('is what Prisma’s client reads', async () => {
    const prisma = await openPrisma(database.pool)
    const [row] = await prisma.$queryRaw<
      { n: bigint; on: Date }[]
    >`SELECT count(*) AS n, DATE '2026-02-28' AS on FROM _prisma_migrations`
    expect(Number(row?.n)).toBeGreaterThan(0)
    expect(row?.on).toBeInstanceOf(Date)
  })

  test('gives the pool whole numbers, local dates as text and instants as Date', async () => {
    const { rows } = await database.pool.query(
      `SELECT 9007199254740991::int8 AS big, DATE '2026-02-28' AS day, TIMESTAMPTZ '2026-02-28 19:30+07' AS instant, NULL::int8 AS none`,
    )
    expect(rows).toEqual([
      { big: 9007199254740991, day: '2026-02-28', instant: new Date('2026-02-28T12:30:00Z'), none: null },
    ])
    await expect(database.pool.query('SELECT 9007199254740993::int8')).rejects.toThrow(RangeError)
  })
})
