import { spawnSync } from 'node:child_process'
import { chmod, mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { createLog } from '../src/log.ts'
import { migrate } from '../src/store/migrate.ts'
import { startDatabase } from '../src/store/server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Address of the run's PostgreSQL server; its path names the maintenance database. */
    serverUrl: string
    /** Name of the migrated database that test databases are cloned from. */
    templateDatabase: string
  }
}

const TEMPLATE = 'nep_template'

/** Nothing here outlives the run, so nothing needs to reach the disk; two workers open many small pools. */
const TEST_SETTINGS = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', max_connections: '300' }

/** Once per run: compiles what tests start as a process, and makes one server with one migrated template database. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await buildIfChanged()
  const dataDir = await mkdtemp(join(tmpdir(), 'nep-test-'))
  await chmod(dataDir, 0o711) // root's PostgreSQL runs under another account, which must pass through
  const log = createLog({ level: 'warn' })
  const server = await startDatabase({ databaseUrl: undefined, dataDir }, log, TEST_SETTINGS)
  const admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
  await admin.query(`CREATE DATABASE ${TEMPLATE}`)
  await admin.end()
  const templateUrl = new URL(server.url)
  templateUrl.pathname = `/${TEMPLATE}`
  await migrate(templateUrl.href, log)
  project.provide('serverUrl', server.url)
  project.provide('templateDatabase', TEMPLATE)
  return async () => {
    await server.stop()
    await rm(dataDir, { recursive: true, force: true })
  }
}

/**
 * Brings dist/ up to date with src/. Type errors are `npm run check`'s business: the compiler writes its output all the same, and
 * a test of something else should still run.
 */
async function buildIfChanged(): Promise<void> {
  const root = join(import.meta.dirname, '..')
  const built = await stat(join(root, 'dist', '.tsbuildinfo')).catch(() => undefined)
  if (built !== undefined && (await latestChange(join(root, 'src'))) <= built.mtimeMs) return
  const compiler = join(root, 'node_modules', 'typescript', 'lib', 'tsc.js')
  const build = spawnSync(process.execPath, [compiler, '-p', 'tsconfig.build.json'], { cwd: root, encoding: 'utf8' })
  if (build.status !== 0) process.stderr.write(`the build reports problems:\n${build.stdout}${build.stderr}`)
}

async function latestChange(directory: string): Promise<number> {
  let latest = (await stat(directory)).mtimeMs
  for (const entry of await readdir(directory, { withFileTypes: true })) {
    const path = join(directory, entry.name)
    latest = Math.max(latest, entry.isDirectory() ? await latestChange(path) : (await stat(path)).mtimeMs)
  }
  return latest
}
