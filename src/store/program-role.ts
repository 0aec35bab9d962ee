/**
 * The role that the program works as: it reads and writes rows, owns nothing, and can neither change the audit log nor switch the
 * triggers off that write it. Migrations are the owner's work.
 */
import { createHmac } from 'node:crypto'
import pg from 'pg'
import type { Log } from '../log.ts'
import { MigrationError, migrate } from './migrate.ts'
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

/** What a role may do of the rest that nobody should but the owner, of the log, or may not do that the program has to. */
const wrongSql = `
  SELECT FROM pg_class c WHERE c.relnamespace = current_schema()::regnamespace AND (
    (c.relkind = 'r' AND NOT has_table_privilege($1, c.oid, 'SELECT'))
    OR (c.relkind = 'S' AND NOT has_sequence_privilege($1, c.oid, 'USAGE'))
    OR (c.relkind = 'r' AND has_table_privilege($1, c.oid, 'TRUNCATE, TRIGGER'))
    OR (c.relname IN ('audit_entry', 'audit_link') AND has_table_privilege($1, c.oid, 'UPDATE, DELETE'))
    OR (c.relname = 'audit_head' AND has_table_privilege($1, c.oid, 'DELETE'))) LIMIT 1`

/** Why a role is not kept from changing the log, each reason by a word; empty where it is. */
export type LogAccess = 'superuser' | 'owner' | 'memberOfOwner' | 'rights'

const accessSql = `
  SELECT r.rolsuper AS superuser, c.relowner = r.oid AS owner,
    c.relowner <> r.oid AND pg_has_role(r.oid, c.relowner, 'MEMBER') AS "memberOfOwner",
    EXISTS (SELECT FROM pg_class t WHERE t.relnamespace = c.relnamespace AND t.relkind = 'r' AND (
      has_table_privilege(r.oid, t.oid, 'TRUNCATE, TRIGGER')
      OR t.relname IN ('audit_entry', 'audit_link') AND has_table_privilege(r.oid, t.oid, 'UPDATE, DELETE')
      OR t.relname = 'audit_head' AND has_table_privilege(r.oid, t.oid, 'DELETE'))) AS rights
  FROM pg_roles r CROSS JOIN pg_class c WHERE r.rolname = coalesce($1, current_user) AND c.oid = 'audit_entry'::regclass`

/** What lets a role (null: the connection's own) change the audit log or switch its triggers off. */
export async function logAccessOf(client: Pick<pg.ClientBase, 'query'>, role: string | null): Promise<LogAccess[]> {
  const { rows } = await client.query<Record<LogAccess, boolean>>(accessSql, [role])
  const found = rows[0] ?? { superuser: false, owner: false, memberOfOwner: false, rights: false }
  // Who is one of the first has all rights anyway.
  for (const reason of ['superuser', 'owner', 'memberOfOwner'] as const) if (found[reason]) return [reason]
  return found.rights ? ['rights'] : []
}

/** One process at a time; the number is arbitrary. */
const GRANT_LOCK = 7_310_006

async function grant(ownerUrl: string, role: string): Promise<LogAccess[]> {
  const owner = new pg.Client({
    connectionString: ownerUrl,
    connectionTimeoutMillis: 10_000,
    application_name: 'nep migrate',
  })
  owner.on('error', () => undefined) // the query in flight reports it
  await owner.connect()
  try {
    if ((await owner.query(wrongSql, [role])).rowCount === 0) return await logAccessOf(owner, role)
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
      `REVOKE TRUNCATE, TRIGGER ON ALL TABLES IN SCHEMA ${schema} FROM ${quoted}`,
      `REVOKE UPDATE, DELETE ON audit_entry, audit_link FROM ${quoted}`,
      `REVOKE DELETE ON audit_head FROM ${quoted}`,
      `REVOKE INSERT, UPDATE, DELETE ON _prisma_migrations FROM ${quoted}`,
    ])
      await owner.query(sql)
    await owner.query('COMMIT')
    return await logAccessOf(owner, role)
  } finally {
    await owner.end().catch(() => undefined)
  }
}

/** Whether an error says that a role may not do what migrating takes. */
function lacksRights(error: unknown): boolean {
  const { code, message } = error as { code?: string; message?: string }
  return code === '42501' || /permission denied|must be owner/.test(message ?? '')
}

/** That the program's address leads where the owner's does. */
async function refuseOtherDatabase(programUrl: string): Promise<void> {
  const program = new pg.Client({
    connectionString: programUrl,
    connectionTimeoutMillis: 10_000,
    application_name: 'nep migrate',
  })
  program.on('error', () => undefined) // the query in flight reports it
  await program.connect()
  try {
    const { rows } = await program.query(`SELECT to_regclass('audit_entry') IS NOT NULL AS "isThere"`)
    if (!rows[0].isThere)
      throw new MigrationError(
        'DATABASE_URL and DATABASE_OWNER_URL lead to different databases (or schemas): the tables were made in the second and are not in the first',
        undefined,
      )
  } finally {
    await program.end().catch(() => undefined)
  }
}

/**
 * Migrates as the owner and gives the program's role what it needs and no more; nothing is granted where both are one. A role that can
 * change the audit log all the same is told in the log.
 *
 * @throws {MigrationError} as `migrate`, and where the addresses or the rights of the roles do not fit
 */
export async function prepareDatabase(
  { url, programUrl, embedded = false }: Pick<Database, 'url' | 'programUrl'> & Partial<Pick<Database, 'embedded'>>,
  log: Log,
): Promise<void> {
  const isOne = url === programUrl
  try {
    await migrate(url, log)
    if (isOne) {
      log.info(
        { event: 'database.oneRole' },
        'one role owns the tables and runs the program: only triggers keep the audit log',
      )
      return
    }
    const access = await grant(url, decodeURIComponent(new URL(programUrl).username))
    if (access.length > 0)
      log.warn({ event: 'database.roles', access }, 'the role of DATABASE_URL can change the audit log all the same')
  } catch (error) {
    if (!lacksRights(error)) throw error
    const whose = isOne
      ? 'the role of DATABASE_URL does not own the database: give its owner in DATABASE_OWNER_URL as well'
      : 'the role of DATABASE_OWNER_URL does not own the tables: give the role that made them'
    throw new MigrationError(`${whose} (${(error as Error).message})`, undefined, error)
  }
  if (!embedded) await refuseOtherDatabase(programUrl)
}
