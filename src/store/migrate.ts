import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg'
import pg from 'pg'
import type { Log } from '../log.ts'
import { readMigrations, SCRIPT_LOCK } from './migration-files.ts'

/** The database cannot be brought to this program's schema; the message says which migration and what to do. */
export class MigrationError extends Error {
  readonly migration: string | undefined
  constructor(message: string, migration: string | undefined, cause?: unknown) {
    super(message, { cause })
    this.name = 'MigrationError'
    this.migration = migration
  }
}

/** Advisory lock under which one process at a time migrates a database; arbitrary, and not Prisma's own (72707369). */
const MIGRATION_LOCK = 7_310_002

/** The project's folder `prisma`, found upwards so that sources and compiled files alike see it. */
export function prismaDirectory(): string {
  let directory = dirname(fileURLToPath(import.meta.url))
  while (!existsSync(join(directory, 'prisma', 'schema.prisma'))) {
    const parent = dirname(directory)
    if (parent === directory) throw new Error('the folder prisma/ with schema.prisma is missing from the installation')
    directory = parent
  }
  return join(directory, 'prisma')
}

/** What is wrong with the database's address and what to do, without its password. */
function unreachable(url: string, error: { code?: string; message: string }): Error {
  const { hostname, port, pathname, username } = new URL(url)
  const where = `${hostname || 'localhost'}:${port || 5432}${pathname}`
  const advice: Record<string, string> = {
    ECONNREFUSED: 'nothing answers there: is PostgreSQL running, are host and port right?',
    ENOTFOUND: 'no such host: is its name right?',
    EAI_AGAIN: 'its name cannot be looked up: is the network up?',
    ETIMEDOUT: 'no answer: does a firewall stand between?',
    '28P01': `user "${username}" or the password is refused`,
    '28000': `user "${username}" may not connect (pg_hba.conf)`,
    '3D000': 'there is no such database: create it first',
  }
  const why = advice[error.code ?? ''] ?? (error.code ? `it says ${error.code}` : 'no connection could be made in time')
  return Object.assign(
    new Error(`The database at ${where} cannot be reached (DATABASE_URL): ${why}${why.endsWith('?') ? '' : '.'}`),
    {
      code: error.code,
    },
  )
}

/**
 * Brings the database to the schema of `prisma/migrations`, keeping Prisma's own record of it (`_prisma_migrations`). Safe to call from
 * several processes at once: the first migrates, the others wait and find nothing to do. Each migration is one transaction.
 *
 * With nothing to do it costs one short connection; Prisma's engine is loaded only for work.
 *
 * @returns names of the migrations applied
 * @throws {MigrationError} when a migration failed now or earlier, or when the database is newer than this program
 */
export async function migrate(
  url: string,
  log: Log,
  directory: string = join(prismaDirectory(), 'migrations'),
): Promise<string[]> {
  const migrations = await readMigrations(directory)
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: 10_000,
    application_name: 'nep migrate',
  })
  client.on('error', () => undefined) // the query in flight reports it
  await client.connect().catch((error) => {
    throw unreachable(url, error)
  })
  try {
    // What is unfinished may be under way in another process: that is judged under the lock.
    if ((await unfinished(client)).length === 0 && (await isUpToDate(client, migrations))) return []
    await client.query('SELECT pg_advisory_lock($1)', [MIGRATION_LOCK])
    await settleInterrupted(client, log)
    // Another process may have done the work while we waited.
    if (await isUpToDate(client, migrations)) return []
    return await apply(url, migrations, log)
  } finally {
    // Ends the session and with it the lock.
    await client.end().catch(() => undefined)
  }
}

type Unfinished = { id: string; migration_name: string; applied_steps_count: number; logs: string | null }

async function unfinished(client: pg.Client): Promise<Unfinished[]> {
  const { rows: tables } = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists")
  if (!tables[0].exists) return []
  const { rows } = await client.query<Unfinished>(
    `SELECT id, migration_name, applied_steps_count, logs FROM _prisma_migrations
      WHERE finished_at IS NULL AND rolled_back_at IS NULL`,
  )
  return rows
}

/**
 * A migration whose process was killed in the middle was committed as a whole, which its mark says, or not at all: then it is done once
 * more. One that failed has its error on record and waits for a person.
 */
async function settleInterrupted(client: pg.Client, log: Log): Promise<void> {
  await client.query('BEGIN')
  try {
    // Its transaction may still be under way in the server.
    await client.query('SELECT pg_advisory_xact_lock($1)', [SCRIPT_LOCK])
    for (const { id, migration_name: migration, applied_steps_count: steps, logs } of await unfinished(client)) {
      if (logs) continue
      const statement =
        steps > 0
          ? 'UPDATE _prisma_migrations SET finished_at = now() WHERE id = $1'
          : 'DELETE FROM _prisma_migrations WHERE id = $1'
      await client.query(statement, [id])
      log.warn(
        { event: 'migration.interrupted', migration, wasCommitted: steps > 0 },
        'an earlier start was interrupted',
      )
    }
    await client.query('COMMIT')
  } catch (err) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw err
  }
}

type Applied = { migration_name: string; checksum: string; finished_at: Date | null; rolled_back_at: Date | null }

/** Compares Prisma's record with our files; throws for every state that applying more migrations would make worse. */
async function isUpToDate(client: pg.Client, migrations: MigrationList): Promise<boolean> {
  const { rows: tables } = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS exists")
  const applied: Applied[] = tables[0].exists
    ? (await client.query('SELECT migration_name, checksum, finished_at, rolled_back_at FROM _prisma_migrations')).rows
    : []
  const effective = applied.filter((row) => row.rolled_back_at === null)
  const failed = effective.find((row) => row.finished_at === null)
  if (failed !== undefined) {
    throw new MigrationError(
      `migration ${failed.migration_name} failed earlier and left nothing behind: mend its cause, remove its row from _prisma_migrations, start again`,
      failed.migration_name,
    )
  }
  const known = new Map(
    migrations.migrationDirectories.map(({ path, migrationFile }) => [path, checksum(migrationFile.content.value)]),
  )
  const unknown = effective.find((row) => !known.has(row.migration_name))
  if (unknown !== undefined) {
    throw new MigrationError(
      `the database has migration ${unknown.migration_name}, which this version does not know: it was used by a newer version; start that version or a newer one, or restore the backup made before`,
      unknown.migration_name,
    )
  }
  const edited = effective.find((row) => known.get(row.migration_name) !== row.checksum)
  if (edited !== undefined) {
    throw new MigrationError(
      `migration ${edited.migration_name} was changed after it was applied: restore the file and write a new migration`,
      edited.migration_name,
    )
  }
  return effective.length === known.size
}

function checksum(script: string): string {
  return createHash('sha256').update(script).digest('hex')
}

async function apply(url: string, migrations: MigrationList, log: Log): Promise<string[]> {
  const startedAt = performance.now()
  const { openSchemaEngine } = await import('./schema-engine.ts')
  const { engine, close } = await openSchemaEngine(url)
  try {
    const { appliedMigrationNames } = await engine.applyMigrations({
      migrationsList: migrations,
      filters: { externalTables: [], externalEnums: [] },
    })
    const durationMs = Math.round(performance.now() - startedAt)
    for (const migration of appliedMigrationNames)
      log.info({ event: 'migration.applied', migration, durationMs }, 'migrated')
    return appliedMigrationNames
  } catch (err) {
    const message = err instanceof Error ? err.message : String(err)
    // The engine appends where in its own source it stopped; only the migration's name in there is of use.
    const migration = /migration_name="([^"]+)"|Migration name: (\S+)/.exec(message)?.slice(1).find(Boolean)
    const [reason = ''] = message.split(/\n\s+0: /)
    const shortReason = reason.replace(/^external connector error\s+/, '').replace('Error querying the database: ', '')
    throw new MigrationError(`migration ${migration ?? ''} failed: ${shortReason}`, migration, err)
  } finally {
    await close()
  }
}
