/**
 * `npm run migration -- NAME`: writes prisma/migrations/<time>_<name>/migration.sql with what takes a database from the migrations
 * there are to prisma/schema.prisma. Look it over and add by hand what Prisma cannot express (CHECKs, partial indexes, triggers).
 * With --empty it writes an empty migration for hand-written SQL alone.
 */
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { createLog } from '../src/log.ts'
import { prismaDirectory } from '../src/store/migrate.ts'
import { readMigrations } from '../src/store/migration-files.ts'
import { NO_FILTERS, openSchemaEngine } from '../src/store/schema-engine.ts'
import { startDatabase } from '../src/store/server.ts'

/** YYYYMMDDHHMMSS in UTC, later than every migration there is even if this machine's clock is behind. */
function nextTimestamp(existing: string[], now: Date): string {
  const latest = existing.map((name) => /^(\d{14})_/.exec(name)?.[1] ?? '').reduce((a, b) => (a > b ? a : b), '')
  const stamp = (instant: Date) => instant.toISOString().replace(/\D/g, '').slice(0, 14)
  let instant = now
  while (stamp(instant) <= latest) {
    const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(latest)!.slice(1).map(Number)
    const [year, month, day, hour, minute, second] = parts as [number, number, number, number, number, number]
    instant = new Date(Date.UTC(year, month - 1, day, hour, minute, second + 1))
  }
  return stamp(instant)
}

/** Prisma's script from the migrations to the schema; empty when they agree. A scratch server replays the migrations. */
async function scriptFor(prisma: string): Promise<string> {
  const scratch = await mkdtemp(join(tmpdir(), 'nep-migration-'))
  await chmod(scratch, 0o711) // root's PostgreSQL runs under another account, which must pass through
  const log = createLog({ level: 'warn' })
  const database = await startDatabase({ databaseUrl: undefined, dataDir: scratch }, log, { fsync: 'off' })
  const schema = { path: join(prisma, 'schema.prisma'), content: await readFile(join(prisma, 'schema.prisma'), 'utf8') }
  const migrations = await readMigrations(join(prisma, 'migrations'))
  const isFirst = migrations.migrationDirectories.length === 0
  try {
    const { engine, close } = await openSchemaEngine(database.url, schema)
    try {
      const { stdout } = await engine.diff({
        from: isFirst ? { tag: 'empty' } : { tag: 'migrations', ...migrations },
        to: { tag: 'schemaDatamodel', files: [schema] },
        script: true,
        exitCode: null,
        filters: NO_FILTERS,
      })
      const script = stdout ?? ''
      return /^\s*(-- This is an empty migration\.)?\s*$/.test(script) ? '' : script
    } finally {
      await close()
    }
  } finally {
    await database.stop()
    await rm(scratch, { recursive: true, force: true })
  }
}

const { positionals, values } = parseArgs({ allowPositionals: true, options: { empty: { type: 'boolean' } } })
const name = positionals.join('_').toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_|_$/g, '')
if (name === '') {
  process.stderr.write('usage: npm run migration -- NAME [--empty]\n')
  process.exit(2)
}
const prisma = prismaDirectory()
const migrations = join(prisma, 'migrations')
const script = values.empty ? '-- Written by hand: Prisma cannot express it.\n' : await scriptFor(prisma)
if (script === '') {
  process.stderr.write('prisma/schema.prisma and prisma/migrations agree: nothing written (--empty writes a migration for SQL by hand)\n')
  process.exit(1)
}
const existing = (await readMigrations(migrations)).migrationDirectories.map(({ path }) => path)
const directory = `${nextTimestamp(existing, new Date())}_${name}`
await mkdir(join(migrations, directory), { recursive: true })
await writeFile(join(migrations, directory, 'migration.sql'), script)
await writeFile(
  join(migrations, 'migration_lock.toml'),
  '# Read by Prisma; keep it under version control.\nprovider = "postgresql"\n',
)
process.stdout.write(`prisma/migrations/${directory}/migration.sql\n`)
