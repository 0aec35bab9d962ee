import { randomBytes } from 'node:crypto'
import pg from 'pg'
import { inject } from 'vitest'
import { createPool } from '../src/store/pool.ts'

/** A database of the test file's own. */
export type TestDatabase = { url: string; pool: pg.Pool; drop(): Promise<void> }

/**
 * Makes a migrated, empty database for one test file by cloning the run's template (tens of milliseconds). Call it in `beforeAll` and
 * `drop()` in `afterAll`; `drop` ends the pool and cuts whatever connections are left.
 *
 * `{ empty: true }` gives a database without any table, for tests of migrating.
 */
export async function createTestDatabase(options: { empty?: boolean } = {}): Promise<TestDatabase> {
  const serverUrl = inject('serverUrl')
  const name = `test_${randomBytes(6).toString('hex')}`
  await runOnServer(
    serverUrl,
    `CREATE DATABASE ${name} TEMPLATE ${options.empty ? 'template0' : inject('templateDatabase')}`,
  )
  const url = new URL(serverUrl)
  url.pathname = `/${name}`
  const pool = createPool(url.href)
  return {
    url: url.href,
    pool,
    async drop() {
      await pool.end()
      await runOnServer(serverUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)
    },
  }
}

async function runOnServer(serverUrl: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: serverUrl })
  await client.connect()
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
