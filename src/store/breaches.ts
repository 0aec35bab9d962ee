/** The operator's log of breaches of personal data. What stands there is completed, never taken back (triggers see to it). */
import type { Pool, PoolClient } from 'pg'
import type { Breach, BreachKind } from '../domain/breach.ts'
import { breachStageAt, nextBreachWarningAt, notifyByOf } from '../domain/breach.ts'
import { dateOf } from '../domain/calendar.ts'
import { privacyRuleOn } from '../domain/data-request.ts'
import type { BreachStore } from '../engine/breach-warnings.ts'
import { Refused, recordChange } from './admin.ts'
import type { RequestSetting } from './data-requests.ts'
import { transaction } from './pool.ts'

type BreachSetting = Pick<RequestSetting, 'rules' | 'zone' | 'now'>

const columns = `breach_id AS "breachId", kind, data, persons, org_ids AS "orgIds", discovered_at AS "discoveredAt", notify_by AS "notifyBy",
  authority_at AS "authorityAt", persons_at AS "personsAt", closed_at AS "closedAt", measures, next_warning_at AS "nextWarningAt"`

/** Those that are not closed, what runs out first at the top; with `all` the closed ones after them. */
export async function listBreaches(pool: Pool, all: boolean): Promise<Breach[]> {
  const { rows } = await pool.query(
    `SELECT ${columns} FROM breach WHERE $1 OR closed_at IS NULL
     ORDER BY closed_at IS NOT NULL, authority_at IS NOT NULL, notify_by, breach_id LIMIT 1000`,
    [all],
  )
  return rows
}

/** `Refused` where there is no such breach. */
export async function readBreach(pool: Pick<Pool, 'query'>, id: number, lock = ''): Promise<Breach> {
  const { rows } = await pool.query(`SELECT ${columns} FROM breach WHERE breach_id = $1 ${lock}`, [id])
  if (rows.length === 0) throw new Refused(`There is no breach ${id}.`)
  return rows[0]
}

/** In the chain of each organisation concerned, or the program's; counts and instants, no words. */
async function record(client: PoolClient, breach: Breach, now: Date, action: string): Promise<void> {
  const { breachId, kind, persons, discoveredAt, notifyBy, authorityAt, personsAt, closedAt, orgIds } = breach
  const details = { kind, persons, discoveredAt, notifyBy, authorityAt, personsAt, closedAt }
  const chains = orgIds.length > 0 ? orgIds : [null]
  const changes = chains.map((orgId) => ({ orgId, action, subject: `breach:${breachId}`, details }))
  await recordChange(client, now, changes)
}

/** Enters a breach; its clock began with the discovery. `Refused` where an organisation is unknown or the instant is to come. */
export async function addBreach(
  pool: Pool,
  wanted: { kind: BreachKind; data: string; persons: number | null; orgIds: readonly number[]; discoveredAt: Date },
  { rules, zone, now }: BreachSetting,
): Promise<Breach> {
  const { kind, data, persons, discoveredAt } = wanted
  const orgIds = [...new Set(wanted.orgIds)].sort((a, b) => a - b)
  if (discoveredAt > now) throw new Refused('It cannot have been discovered at an instant that is still to come.')
  return transaction(pool, async (client) => {
    const known = await client.query('SELECT org_id FROM organisation WHERE org_id = ANY($1)', [orgIds])
    const unknown = orgIds.find((id) => !known.rows.some((row) => row.org_id === id))
    if (unknown !== undefined) throw new Refused(`There is no organisation ${unknown}.`)
    const notifyBy = notifyByOf(discoveredAt, privacyRuleOn(rules, dateOf(discoveredAt, zone)))
    const clock = { notifyBy, authorityAt: null, closedAt: null }
    // What has come near or passed before it was entered is told at once.
    const warnAt = breachStageAt(clock, now) ? now : nextBreachWarningAt(clock, now)
    const { rows } = await client.query<Breach>(
      `INSERT INTO breach (kind, data, persons, org_ids, discovered_at, notify_by, next_warning_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${columns}`,
      [kind, data, persons, orgIds, discoveredAt, notifyBy, warnAt],
    )
    await record(client, rows[0]!, now, 'breach.entered')
    return rows[0]!
  })
}

async function changed(
  pool: Pool,
  id: number,
  now: Date,
  action: string,
  change: (breach: Breach) => Partial<Breach>,
): Promise<Breach> {
  return transaction(pool, async (client) => {
    const breach = await readBreach(client, id, 'FOR NO KEY UPDATE')
    if (breach.closedAt) throw new Refused(`Breach ${id} is closed.`)
    const next = { ...breach, ...change(breach) }
    if (next.authorityAt) next.nextWarningAt = null
    if (next.closedAt) next.nextWarningAt = null
    await client.query(
      `UPDATE breach SET authority_at = $2, persons_at = $3, persons = $4, closed_at = $5, measures = $6, next_warning_at = $7 WHERE breach_id = $1`,
      [id, next.authorityAt, next.personsAt, next.persons, next.closedAt, next.measures, next.nextWarningAt],
    )
    await record(client, next, now, action)
    return next
  })
}

/** Notes when the authority and the persons were told; each is noted once. */
export const notifyBreach = (
  pool: Pool,
  id: number,
  told: { authorityAt?: Date; personsAt?: Date; persons?: number },
  now: Date,
) =>
  changed(pool, id, now, 'breach.notified', (breach) => {
    for (const field of ['authorityAt', 'personsAt'] as const) {
      const at = told[field]
      if (at === undefined) continue
      const whom = field === 'authorityAt' ? 'The authority was' : 'The persons were'
      if (breach[field]) throw new Refused(`${whom} told before; that is not changed.`)
      if (at < breach.discoveredAt) throw new Refused(`${whom} not told before it was discovered.`)
      if (at > now) throw new Refused(`${whom} not told at an instant that is still to come.`)
    }
    return Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined))
  })

/** Closes it with what was done. `Refused` while nobody told the authority, unless `isNoticeNeeded` is false. */
export const closeBreach = (
  pool: Pool,
  id: number,
  { measures, isNoticeNeeded }: { measures: string; isNoticeNeeded: boolean },
  now: Date,
) =>
  changed(pool, id, now, 'breach.closed', ({ authorityAt }) => {
    if (!authorityAt && isNoticeNeeded)
      throw new Refused('The authority was not told: "breach notify" first, or --without-notice and why in --measures.')
    return { closedAt: now, measures }
  })

/** Breaches that are not closed, and those whose clock has run out. */
export async function breachClocks(
  pool: Pick<Pool, 'query'>,
  now: Date,
): Promise<{ open: number; running: number; overdue: number }> {
  const { rows } = await pool.query(
    `SELECT count(*)::int AS open, count(*) FILTER (WHERE authority_at IS NULL)::int AS running,
      count(*) FILTER (WHERE authority_at IS NULL AND notify_by <= $1)::int AS overdue FROM breach WHERE closed_at IS NULL`,
    [now],
  )
  return rows[0]
}

/** What the tick needs. */
export function createBreachStore(pool: Pool): BreachStore {
  return {
    async dueBreaches(now, limit) {
      const { rows } = await pool.query(
        `SELECT ${columns} FROM breach WHERE next_warning_at <= $1 ORDER BY next_warning_at LIMIT $2`,
        [now, limit],
      )
      return rows
    },
    async noteBreachWarning({ breachId, nextWarningAt }, next) {
      const { rowCount } = await pool.query(
        'UPDATE breach SET next_warning_at = $3 WHERE breach_id = $1 AND next_warning_at = $2',
        [breachId, nextWarningAt, next],
      )
      return rowCount === 1
    },
  }
}
