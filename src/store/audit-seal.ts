/**
 * Links new entries of the audit log into the chain of their organisation (0: the program's own). Not in the transaction that wrote
 * them, which would cost every message: the tick does it each minute, and whoever prints a figure or verifies does it before.
 */
import { createHash } from 'node:crypto'
import type { ClientBase, Pool } from 'pg'
import { transaction } from './pool.ts'

/** Canonical JSON (RFC 8785): names in order of their UTF-16 code units, no blanks, numbers and strings as ECMAScript writes them. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${fields.map(([name, of]) => `${JSON.stringify(name)}:${canonicalJson(of)}`).join(',')}}`
}

/** What the hash of an entry is made of, with its place and the hash before it. */
export interface AuditContent {
  org: number | null
  /** UTC with milliseconds. */
  at: string
  actorKind: string
  actorId: number | null
  action: string
  subject: string
  details: Record<string, unknown>
}

/** SHA-256 of the canonical JSON, in hexadecimal digits. */
export function entryHash(seq: number, previous: string, content: AuditContent): string {
  const { org, at, actorKind, actorId, action, subject, details } = content
  return createHash('sha256')
    .update(canonicalJson({ seq, previous, org, at, actorKind, actorId, action, subject, details }))
    .digest('hex')
}

/** The columns of `AuditContent` from `audit_entry a`. */
export const contentColumns = `a.org_id AS org, to_char(a.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at,
  a.actor_kind AS "actorKind", a.actor_id AS "actorId", a.action, a.subject, a.details`

/** The end of a chain. */
export interface AuditHead {
  org: number
  seq: number
  hash: string
}

/** One process at a time links; the others wait for it, or leave it to them. The number is arbitrary. */
const SEAL_LOCK = 7_310_005
/** Entries linked in one transaction. */
const PAGE = 2000

interface Scope {
  /** One chain only; 0 is the program's. */
  chain?: number | undefined
  /** Entries up to this one need not be looked at. */
  after?: number
}

const unlinked = (chain: number | undefined) => `
  SELECT a.audit_id AS "auditId", ${contentColumns} FROM audit_entry a
  WHERE a.audit_id > $1 ${chain === undefined ? '' : chain === 0 ? 'AND a.org_id IS NULL' : `AND a.org_id = ${Number(chain)}`}
    AND NOT EXISTS (SELECT FROM audit_link l WHERE l.audit_id = a.audit_id)
  ORDER BY a.audit_id LIMIT ${PAGE}`

/** Links a page of entries in the caller's transaction, under the lock; returns how many there were. */
async function linkPage(client: ClientBase, { chain, after = 0 }: Scope): Promise<number> {
  const { rows: entries } = await client.query<AuditContent & { auditId: number }>(unlinked(chain), [after])
  if (entries.length === 0) return 0
  const chains = [...new Set(entries.map(({ org }) => org ?? 0))]
  const { rows: found } = await client.query<AuditHead>(
    'SELECT chain AS org, seq, hash FROM audit_head WHERE chain = ANY($1)',
    [chains],
  )
  const heads = new Map(found.map((head) => [head.org, head]))
  const links = entries.map((entry) => {
    const org = entry.org ?? 0
    const { seq: last, hash: previous } = heads.get(org) ?? { seq: 0, hash: '' }
    const link = {
      chain: org,
      seq: last + 1,
      auditId: entry.auditId,
      previous,
      hash: entryHash(last + 1, previous, entry),
    }
    heads.set(org, { org, seq: link.seq, hash: link.hash })
    return link
  })
  await client.query(
    `INSERT INTO audit_link (chain, seq, audit_id, previous, hash)
      SELECT chain, seq, "auditId", previous, hash FROM jsonb_to_recordset($1::jsonb)
        AS r(chain int, seq bigint, "auditId" bigint, previous text, hash text)`,
    [JSON.stringify(links)],
  )
  await client.query(
    `INSERT INTO audit_head (chain, seq, hash)
      SELECT org, seq, hash FROM jsonb_to_recordset($1::jsonb) AS r(org int, seq bigint, hash text)
      ON CONFLICT (chain) DO UPDATE SET seq = EXCLUDED.seq, hash = EXCLUDED.hash`,
    [JSON.stringify([...heads.values()])],
  )
  return entries.length
}

/** The end of a chain; null where nothing has happened. */
async function headOf(client: Pick<ClientBase, 'query'>, chain: number): Promise<AuditHead | null> {
  const { rows } = await client.query<AuditHead>('SELECT chain AS org, seq, hash FROM audit_head WHERE chain = $1', [
    chain,
  ])
  return rows[0] ?? null
}

/** Links whatever is committed and not linked yet: of one chain, whose end is returned, or of all. */
export async function sealAudit(pool: Pool, chain?: number, after = 0): Promise<AuditHead | null> {
  for (let linked = PAGE; linked === PAGE; ) {
    linked = await transaction(pool, async (client) => {
      await client.query('SELECT pg_advisory_xact_lock($1)', [SEAL_LOCK])
      return linkPage(client, { chain, after })
    })
  }
  return headOf(pool, chain ?? 0)
}

/**
 * So many entries before the last one linked are looked at in passing: those of transactions that took longer than others. What is
 * older is left to the tick.
 */
const LOOKED_BACK = 10_000

/**
 * The end of a chain for a text that is being answered, in the caller's transaction, and the instant up to which the chain holds the log.
 * What is committed and not linked yet is linked first, unless another process is linking: nobody waits for it here, since the caller
 * holds other locks. Then, or where there is more than one page, the instant is that of the last entry linked. Null: nothing is linked.
 */
export async function headInPassing(
  client: ClientBase,
  chain: number,
  now: Date,
): Promise<{ hash: string; at: Date } | null> {
  const last = `FROM audit_head h JOIN audit_link l USING (chain, seq) LEFT JOIN audit_entry a USING (audit_id) WHERE h.chain = $1`
  const lock = await client.query<{ isOurs: boolean }>('SELECT pg_try_advisory_xact_lock($1) AS "isOurs"', [SEAL_LOCK])
  let isWhole = false
  if (lock.rows[0]!.isOurs) {
    const { rows } = await client.query<{ auditId: number }>(`SELECT l.audit_id AS "auditId" ${last}`, [chain])
    const after = Math.max(0, (rows[0]?.auditId ?? 0) - LOOKED_BACK)
    isWhole = (await linkPage(client, { chain, after })) < PAGE
  }
  const { rows } = await client.query<{ hash: string; at: Date | null }>(`SELECT h.hash, a.at ${last}`, [chain])
  const head = rows[0]
  return head ? { hash: head.hash, at: isWhole ? now : (head.at ?? now) } : null
}

/** A transaction that writes may be open for so long before its entries are missed until the next look at all of them. */
const LATE_MS = 10 * 60_000
const ALL_AGAIN_MS = 6 * 60 * 60_000

/**
 * Links new entries again and again without reading the whole log each time: what lies before the last entry linked ten minutes
 * ago is looked at only every six hours, for an entry whose transaction took longer.
 */
export function createSealer(pool: Pool): { seal(): Promise<void> } {
  let marks: { at: number; auditId: number }[] = []
  let allAt = Number.NEGATIVE_INFINITY
  return {
    async seal() {
      const at = performance.now()
      const isAll = at - allAt > ALL_AGAIN_MS
      if (isAll) allAt = at
      const old = marks.findLast((mark) => at - mark.at > LATE_MS)
      await sealAudit(pool, undefined, isAll ? 0 : (old?.auditId ?? 0))
      const { rows } = await pool.query('SELECT coalesce(max(audit_id), 0) AS last FROM audit_link')
      marks = [...marks.filter((mark) => mark === old || at - mark.at <= LATE_MS), { at, auditId: rows[0].last }]
    },
  }
}
