import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MigrationList } from '@prisma/schema-engine-wasm/schema_engine_bg'

/** Advisory lock held by the transaction of each migration: who wants to know whether it was committed waits for its end. */
export const SCRIPT_LOCK = 7_310_005

/** Reads a folder of migrations the way the engine wants it: sorted by name, which begins with a time stamp. */
export async function readMigrations(directory: string): Promise<MigrationList> {
  const entries = await readdir(directory, { withFileTypes: true }).catch((err: NodeJS.ErrnoException) => {
    if (err.code === 'ENOENT') return []
    throw err
  })
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name)
  const lockPath = 'migration_lock.toml'
  const lock = await readFile(join(directory, lockPath), 'utf8').catch(() => null)
  return {
    baseDir: directory,
    lockfile: { path: lockPath, content: lock },
    shadowDbInitScript: '',
    migrationDirectories: await Promise.all(
      names.sort().map(async (name) => ({
        path: name,
        migrationFile: {
          path: 'migration.sql',
          content: { tag: 'ok' as const, value: await readFile(join(directory, name, 'migration.sql'), 'utf8') },
        },
      })),
    ),
  }
}
