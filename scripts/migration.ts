/**
 * `npm run migration -- NAME`: writes prisma/migrations/<time>_<name>/migration.sql with what takes a database from the migrations
 * there are to prisma/schema.prisma. Look it over and add by hand what Prisma cannot express (CHECKs, partial indexes, triggers).
 * With --empty it writes an empty migration for hand-written SQL alone.
 */
import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createLog } from '../src/log.ts'
import { migrate, prismaDirectory } from '../src/store/migrate.ts'
import { readMigrations } from '../src/store/migration-files.ts'
import { diffToSchema } from '../src/store/schema-drift.ts'
import { startDatabase } from '../src/store/server.ts'

/** YYYYMMDDHHMMSS in UTC, later than every migration there is even if this machine's clock is behind. */
function nextTimestamp(existing: string[], now: Date): string {
  const stamps = existing.map((name) => /^(\d{14})_/.exec(name)?.[1] ?? '')
  const latest = stamps.sort().at(-1) ?? ''
  const stamp = (instant: Date) => instant.toISOString().replace(/\D/g, '').slice(0, 14)
  let instant = now
  while (stamp(instant) <= latest) {
    const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(latest)!.slice(1).map(Number)
    const [year, month, day, hour, minute, second] = parts as [number, number, number, number, number, number]
    instant = new Date(Date.UTC(year, month - 1, day, hour, minute, second + 1))
  }
  return stamp(instant)
}

/**
 * Prisma's script from the migrations to the schema; empty when they agree. The migrations are replayed in a scratch database on a
 * server of its own, so that nobody's database is touched.
 */
async function scriptFor(migrations: string): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), 'nep-migration-'))
  await chmod(scratch, 0o711) // root's PostgreSQL runs under another account, which must pass through
  const log = createLog({ level: 'warn' })
  const database = await startDatabase({ databaseUrl: undefined, dataDir: scratch }, log, { fsync: 'off' })
  try {
    await migrate(database.url, log, migrations)
    return await diffToSchema(database.url)
  } finally {
    await database.stop()
    await rm(scratch, { recursive: true, force: true })
  }
}

async function writeMigration(migrations: string, name: string, script: string): Promise<string> {
  const existing = (await readMigrations(migrations)).migrationDirectories.map(({ path }) => path)
  const directory = `${nextTimestamp(existing, new Date())}_${name}`
  await mkdir(join(migrations, directory), { recursive: true })
  await writeFile(join(migrations, directory, 'migration.sql'), script)
  const lock = '# Read by Prisma; keep it under version control.\nprovider = "postgresql"\n'
  await writeFile(join(migrations, 'migration_lock.toml'), lock)
  return directory
}

async function main(): Promise<number> {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { empty: { type: 'boolean' } } })
  const name = positionals
    .join('_')
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replaceAll('đ', 'd')
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^_|_$/g, '')
  if (name === '') {
    process.stderr.write('usage: npm run migration -- NAME [--empty]\n')
    return 2
  }
  const migrations = join(prismaDirectory(), 'migrations')
  const script = values.empty ? '-- Written by hand: Prisma cannot express it.' : await scriptFor(migrations)
  if (script === '') {
    process.stderr.write(
      'schema.prisma and the migrations agree: nothing written (--empty begins one for SQL by hand)\n',
    )
    return 1
  }
  const directory = await writeMigration(migrations, name, `${script}\n`)
  process.stdout.write(`prisma/migrations/${directory}/migration.sql\n`)
  if (values.empty) return 0
  const remainder = await scriptFor(migrations)
  if (remainder === '') return 0
  process.stderr.write(
    `Warning: schema.prisma says something that Prisma cannot read back from PostgreSQL, so that they will never agree. Take it out of the schema and write it by hand in the migration:\n${remainder}\n`,
  )
  return 1
}

process.exitCode = await main()
