/**
 * The role that the program works as: it reads and writes rows, owns nothing, and can neither change the audit log nor switch the
 * triggers off that write it. Migrations are the owner's work.
 */
import { createHmac } from 'node:crypto'
import pg from 'pg'
import type { Log } from '../log.ts'
import { migrate } from './migrate.ts'
import type { Database } from './server.ts'

/** The program's role in the embedded server. */
export const PROGRAM_ROLE = 'nep_program'

/** Its password there: follows from the owner's, so that nothing more is to be kept, and does not give that away. */
export function programPassword(ownerPassword: string): string {
  return createHmac('sha256', ownerPassword).update(PROGRAM_ROLE).digest('hex')
}

/** Makes the role in the embedded server where it is not there yet. */
export async function ensureProgramRole(owner: pg.Client, password: string): Promise<void> {
  const { rowCount } = await owner.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [PROGRAM_ROLE])
  if (rowCount !== 0) return
  await owner
    .query(`CREATE ROLE ${PROGRAM_ROLE} LOGIN PASSWORD ${pg.escapeLiteral(password)}`)
    .catch((err: { code?: string }) => {
      // Another process starting at the same time was first.
      if (err.code !== '42710' && err.code !== '23505') throw err
    })
}

/** What of the log a role may do that nobody should, and what of the rest it may not do. */
const wrongSql = `
  SELECT FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND (
    (c.relkind = 'r' AND NOT has_table_privilege($1, c.oid, 'SELECT'))
    OR (c.relkind = 'S' AND NOT has_sequence_privilege($1, c.oid, 'USAGE'))
    OR (c.relname IN ('audit_entry', 'audit_link') AND has_table_privilege($1, c.oid, 'UPDATE, DELETE, TRUNCATE, TRIGGER'))
    OR (c.relname = 'audit_head' AND has_table_privilege($1, c.oid, 'DELETE, TRUNCATE, TRIGGER'))) LIMIT 1`

/** One process at a time; the number is arbitrary. */
const GRANT_LOCK = 7_310_006

async function grant(ownerUrl: string, role: string): Promise<void> {
  const owner = new pg.Client({
    connectionString: ownerUrl,
    connectionTimeoutMillis: 10_000,
    application_name: 'nep migrate',
  })
  owner.on('error', () => undefined) // the query in flight reports it
  await owner.connect()
  try {
    if ((await owner.query(wrongSql, [role])).rowCount === 0) return
    await owner.query('BEGIN')
    await owner.query('SELECT pg_advisory_xact_lock($1)', [GRANT_LOCK])
    const { rows } = await owner.query('SELECT quote_ident(current_schema()) AS schema, quote_ident($1) AS role', [
      role,
    ])
    const { schema, role: quoted } = rows[0]
    for (const sql of [
      `GRANT USAGE ON SCHEMA ${schema} TO ${quoted}`,
      `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA ${schema} TO ${quoted}`,
      `GRANT USAGE, SELECT, UPDATE ON ALL SEQUENCES IN SCHEMA ${schema} TO ${quoted}`,
      `REVOKE UPDATE, DELETE, TRUNCATE, TRIGGER ON audit_entry, audit_link FROM ${quoted}`,
      `REVOKE DELETE, TRUNCATE, TRIGGER ON audit_head FROM ${quoted}`,
      `REVOKE INSERT, UPDATE, DELETE ON _prisma_migrations FROM ${quoted}`,
    ])
      await owner.query(sql)
    await owner.query('COMMIT')
  } finally {
    await owner.end().catch(() => undefined)
  }
}

/**
 * Migrates as the owner and gives the program's role what it needs and no more; nothing is granted where both are one.
 *
 * @throws {MigrationError} as `migrate`
 */
export async function prepareDatabase(
  { url, programUrl }: Pick<Database, 'url' | 'programUrl'>,
  log: Log,
): Promise<void> {
  await migrate(url, log)
  if (url !== programUrl) await grant(url, decodeURIComponent(new URL(programUrl).username))
}
