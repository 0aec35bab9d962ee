/** The summary of an organisation as the operator asks for it: live, or as it was frozen. */
import type { Pool } from 'pg'
import { dateOf } from '../domain/calendar.ts'
import { standingClosing } from '../domain/closing.ts'
import { ofYear, type SummaryModel, summaryModel } from '../domain/summary-model.ts'
import { Refused } from './admin.ts'
import type { Kind } from './admin-campaign.ts'
import { sealAudit } from './audit-seal.ts'
import { closingsOf } from './closings.ts'
import { readDataFiles } from './data-files.ts'
import { summarySourcesOf } from './summary-source.ts'

export interface SummaryView extends Record<string, unknown> {
  closed: { at: string; number: number } | null
  review: { limits: string[]; tasks: string[] } | null
  /** The end of the chain of the log: of every row that the figures rest on. */
  auditHead: { seq: number; hash: string } | null
}

/**
 * The figures of a period, of this year where none is given; frozen ones where its books are closed.
 *
 * @throws Refused where there is no such organisation
 */
export async function summaryOf(
  pool: Pool,
  orgId: number,
  given: string | null,
  now: Date,
  kind: Kind = {},
): Promise<{ model: SummaryModel & SummaryView; zone: string }> {
  const { rows } = await pool.query<{ zone: string }>('SELECT time_zone AS zone FROM organisation WHERE org_id = $1', [
    orgId,
  ])
  const zone = rows[0]?.zone
  if (zone === undefined) throw new Refused(`There is no organisation ${orgId}.`)
  const period = given ?? dateOf(now, zone).slice(0, 4)
  const closing = standingClosing(await closingsOf(pool, [orgId]), period)
  const written = await pool.query<{ limits: string[]; tasks: string[] }>(
    'SELECT limits, tasks FROM review WHERE org_id = $1 AND period = $2',
    [orgId, period],
  )
  const review = written.rows[0] ?? null
  if (closing) {
    const closed = { at: closing.closedAt.toISOString(), number: closing.number }
    // What an earlier version froze does not tell what of it is the year's.
    const model = { ...closing.model, ofYear: ofYear(period) }
    return { model: { ...model, closed, review, auditHead: await headOf(pool, orgId) }, zone }
  }
  const { campaignDefaults } = await readDataFiles(kind.profile, kind.locale)
  const [source] = await summarySourcesOf(pool, [orgId], period, now, campaignDefaults)
  // Linked after they were read: the head is of every row they rest on.
  const auditHead = await headOf(pool, orgId)
  return { model: { ...summaryModel(source!, period, now), closed: null, review, auditHead }, zone }
}

async function headOf(pool: Pool, orgId: number): Promise<SummaryView['auditHead']> {
  const head = await sealAudit(pool, orgId)
  return head && { seq: head.seq, hash: head.hash }
}
