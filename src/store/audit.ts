/**
 * The audit log: a chain of hashes for each organisation (0: the program's own), and the check that nothing in it, and no row behind a
 * figure, was changed past the program. The migration `audit_chain` writes it; what is checked here is computed anew, not by the
 * database's own functions, which whoever changes rows could change as well.
 */
import { createHash } from 'node:crypto'
import type { ClientBase, Pool } from 'pg'
import { verifyCounts } from './audit-counts.ts'
import { type AuditContent, type AuditHead, contentColumns, entryHash, sealAudit } from './audit-seal.ts'
import { watched } from './audit-watched.ts'

export type AuditProblem =
  /** Of the log: an entry changed, missing, out of order, or the end cut off. */
  | 'entryChanged'
  | 'entryMissing'
  | 'gap'
  | 'brokenChain'
  | 'headDiffers'
  /** Of the rows: what the log says, and what there is. */
  | 'rowAdded'
  | 'rowRemoved'
  | 'rowChanged'
  | 'changedOutside'
  /** A kept count that is not what its rows say. */
  | 'countDiffers'

export interface AuditFinding {
  /** The organisation; 0 is the program's own chain. */
  org: number
  problem: AuditProblem
  /** The entry's place in the chain, or the table and key of the row. */
  where: string
}

export interface AuditReport {
  entries: number
  rows: number
  /** Kept counts compared with their rows. */
  counts: number
  heads: AuditHead[]
  findings: AuditFinding[]
}

interface LinkedEntry extends AuditContent {
  chain: number
  seq: number | null
  previous: string
  hash: string
  auditId: number | null
}

/** Entries read at a time. */
const PAGE = 5000

const digest = (text: string) => createHash('sha256').update(text).digest('hex')

const linkedEntries = `
  DECLARE linked NO SCROLL CURSOR FOR
  SELECT coalesce(l.chain, a.org_id, 0) AS chain, l.seq, l.previous, l.hash, a.audit_id AS "auditId",
    ${contentColumns}
  FROM audit_link l FULL JOIN audit_entry a USING (audit_id)
  WHERE $ORG ORDER BY 1, l.seq NULLS LAST, a.audit_id`

/**
 * Checks the chains of `orgId`, or of all, the rows against them, and the kept counts against the rows, in one snapshot.
 *
 * It finds whatever was changed by somebody who does not compute the whole rest of a chain anew; against that there are the heads
 * that were printed (`nep audit verify --head`).
 */
export async function verifyAudit(pool: Pool, orgId?: number): Promise<AuditReport> {
  await sealAudit(pool, orgId)
  const client = await pool.connect()
  try {
    await client.query(
      "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL timezone = 'UTC'; SET LOCAL statement_timeout = 0",
    )
    return await verifyAuditIn(client, orgId)
  } finally {
    await client.query('ROLLBACK').catch(() => undefined)
    client.release()
  }
}

/** The same within a transaction of the caller's, whose time zone must be UTC. */
export async function verifyAuditIn(client: ClientBase, orgId?: number): Promise<AuditReport> {
  const findings: AuditFinding[] = []
  const states = new Map<string, string>()
  const ends = new Map<number, { seq: number; hash: string }>()
  const ofChain = orgId === undefined ? '' : ` WHERE chain = ${Number(orgId)}`
  let entries = 0
  // Numbers only are put into these texts: a cursor takes no parameters.
  await client.query(
    linkedEntries.replace(
      '$ORG',
      orgId === undefined ? 'true' : `l.chain = ${Number(orgId)} OR coalesce(a.org_id, 0) = ${Number(orgId)}`,
    ),
  )
  for (;;) {
    const { rows } = await client.query<LinkedEntry>(`FETCH ${PAGE} FROM linked`)
    if (rows.length === 0) break
    for (const entry of rows) {
      const { chain, seq, previous, hash, auditId, ...content } = entry
      const find = (problem: AuditProblem) => findings.push({ org: chain, problem, where: `entry ${seq}` })
      entries += 1
      // Written since the log was last linked; its place will be after all that have one.
      if (seq !== null) {
        const end = ends.get(chain) ?? { seq: 0, hash: '' }
        if (seq !== end.seq + 1) find('gap')
        if (previous !== end.hash) find('brokenChain')
        ends.set(chain, { seq, hash })
        if (auditId === null) {
          find('entryMissing')
          continue
        }
        if ((content.org ?? 0) !== chain || entryHash(seq, previous, content) !== hash) find('entryChanged')
      }
      if (content.action !== 'rows.changed' && content.action !== 'rows.adopted') continue
      if (content.actorKind !== 'program') find('changedOutside')
      for (const [key, state] of Object.entries(content.details)) {
        const row = `${chain} ${content.subject} ${key}`
        if (state === null) states.delete(row)
        else states.set(row, String(state))
      }
    }
  }
  await client.query('CLOSE linked')
  const heads = (
    await client.query<AuditHead>(`SELECT chain AS org, seq, hash FROM audit_head${ofChain} ORDER BY chain`)
  ).rows
  const headOf = new Map(heads.map((head) => [head.org, head]))
  for (const chain of new Set([...ends.keys(), ...headOf.keys()])) {
    const [end, head] = [ends.get(chain), headOf.get(chain)]
    if (end?.seq !== head?.seq || end?.hash !== head?.hash)
      findings.push({ org: chain, problem: 'headDiffers', where: `entry ${end?.seq ?? 0}, head ${head?.seq ?? 0}` })
  }
  const rows = await verifyRows(client, states, findings, orgId)
  const counts = await verifyCounts(client, orgId)
  findings.push(...counts.findings.map((each) => ({ ...each, problem: 'countDiffers' as const })))
  return { entries, rows, counts: counts.looked, heads, findings }
}

async function verifyRows(
  client: ClientBase,
  states: Map<string, string>,
  findings: AuditFinding[],
  orgId?: number,
): Promise<number> {
  let rows = 0
  for (const [table, { keys, without }] of Object.entries(watched)) {
    const key = keys.map((name) => `(to_jsonb(t.${name}) #>> '{}')`).join(` || ':' || `)
    const found = await client.query<{ org: number; key: string; text: string }>(
      `SELECT t.org_id AS org, ${key} AS key, (jsonb_strip_nulls(to_jsonb(t)) - $1::text[])::text AS text FROM ${table} t
        ${orgId === undefined ? '' : `WHERE t.org_id = ${Number(orgId)}`}`,
      [without],
    )
    for (const row of found.rows) {
      rows += 1
      const name = `${row.org} ${table} ${row.key}`
      const state = states.get(name)
      states.delete(name)
      const problem = state === undefined ? 'rowAdded' : state === digest(row.text) ? null : 'rowChanged'
      if (problem) findings.push({ org: row.org, problem, where: `${table} ${row.key}` })
    }
  }
  for (const name of states.keys()) {
    const [org = '', ...where] = name.split(' ')
    findings.push({ org: Number(org), problem: 'rowRemoved', where: where.join(' ') })
  }
  return rows
}

/** Whether a head that was printed, whole or its first digits, is an entry of the chain. */
export async function knowsHead(pool: Pool, orgId: number, head: string): Promise<boolean> {
  const { rowCount } = await pool.query('SELECT 1 FROM audit_link WHERE chain = $1 AND starts_with(hash, $2) LIMIT 1', [
    orgId,
    head,
  ])
  return rowCount === 1
}
