/** Closing and reopening the books of a period, as the operator does. */
import type { Pool } from 'pg'
import { dateOf } from '../domain/calendar.ts'
import { detectClassified } from '../domain/classified.ts'
import { closableFrom, refusalToClose, standingClosing } from '../domain/closing.ts'
import type { Closing } from '../domain/period-records.ts'
import { Refused, recordChange } from './admin.ts'
import type { Kind } from './admin-campaign.ts'
import { closingsOf, frozenNow, inParts } from './closings.ts'
import { readDataFiles } from './data-files.ts'
import { transaction } from './pool.ts'

/** A period and how its books stand. */
export interface PeriodView {
  period: string
  state: 'open' | 'closed' | 'reopened'
  /** Of the last closing. */
  closedAt: string | null
  closedBy: 'operator' | number | null
  reopenedAt: string | null
  reopenedBy: 'operator' | number | null
  reason: string | null
  /** How often its books were closed. */
  closings: number
  /** Organisations below with books closed for the period, of all. */
  below: { closed: number; total: number }
}

async function zoneOf(pool: Pool, orgId: number): Promise<string> {
  const { rows } = await pool.query<{ zone: string }>('SELECT time_zone AS zone FROM organisation WHERE org_id = $1', [
    orgId,
  ])
  if (!rows[0]) throw new Refused(`There is no organisation ${orgId}.`)
  return rows[0].zone
}

const periodsOf = (year: number) =>
  ['Q1', 'Q2', 'H1', 'Q3', 'Q4', 'H2', ''].map((part) => (part === '' ? String(year) : `${year}-${part}`))

function viewOf(period: string, own: readonly Closing[], below: PeriodView['below']): PeriodView {
  const last = own.at(-1) ?? null
  const by = (at: Date | null, memberId: number | null) => (at === null ? null : (memberId ?? 'operator'))
  return {
    period,
    state: last === null ? 'open' : last.reopenedAt === null ? 'closed' : 'reopened',
    closedAt: last?.closedAt.toISOString() ?? null,
    closedBy: last ? by(last.closedAt, last.closedBy) : null,
    reopenedAt: last?.reopenedAt?.toISOString() ?? null,
    reopenedBy: last ? by(last.reopenedAt, last.reopenedBy) : null,
    reason: last?.reopenReason ?? null,
    closings: own.length,
    below,
  }
}

/** The quarters, halves and the year, in the order in which they end. */
export async function listPeriods(
  pool: Pool,
  orgId: number,
  year: number | null,
  now: Date,
): Promise<{ periods: PeriodView[]; zone: string }> {
  const zone = await zoneOf(pool, orgId)
  const of = year ?? Number(dateOf(now, zone).slice(0, 4))
  const closings = await closingsOf(pool, [orgId])
  const { rows } = await pool.query<{ period: string; closed: number; total: number }>(
    `SELECT p.period, count(*) FILTER (WHERE p.period = ANY(o.closed_periods))::int AS closed, count(o.org_id)::int AS total
     FROM unnest($2::text[]) AS p(period) JOIN organisation root ON root.org_id = $1
       LEFT JOIN organisation o ON starts_with(o.path, root.path) AND o.org_id <> root.org_id AND o.closed_on IS NULL
     GROUP BY p.period`,
    [orgId, periodsOf(of)],
  )
  const periods = periodsOf(of).map((period) => {
    const { closed = 0, total = 0 } = rows.find((row) => row.period === period) ?? {}
    return viewOf(
      period,
      closings.filter((each) => each.period === period),
      { closed, total },
    )
  })
  return { periods, zone }
}

/**
 * Closes the books of a period, with `below` of everything below as well; what is closed already is left as it is.
 *
 * @throws Refused where there is nothing left to close or it is too early
 */
export async function closePeriod(
  pool: Pool,
  of: { orgId: number; period: string; below: boolean },
  now: Date,
  kind: Kind = {},
): Promise<{ closed: number[]; closedAt: string }> {
  const zone = await zoneOf(pool, of.orgId)
  const { campaignDefaults } = await readDataFiles(kind.profile, kind.locale)
  const today = dateOf(now, zone)
  if (refusalToClose(of.period, today, []) === 'tooEarly')
    throw new Refused(`The books of ${of.period} can be closed from ${closableFrom(of.period)} on.`)
  return transaction(pool, async (client) => {
    const closings = await frozenNow(client, of, now, campaignDefaults)
    if (closings.length === 0) throw new Refused(`The books of ${of.period} are closed already.`)
    for (const part of inParts(closings))
      await client.query(
        `INSERT INTO closing (org_id, period, number, closed_at, model, model_version, roster)
       SELECT "orgId", period, number, "closedAt", model, "modelVersion", roster FROM jsonb_to_recordset($1::jsonb)
         AS r("orgId" int, period text, number int, "closedAt" timestamptz, model jsonb, "modelVersion" int, roster jsonb)`,
        [JSON.stringify(part)],
      )
    for (const part of inParts(closings))
      await recordChange(
        client,
        now,
        part.map(({ orgId, period, number }) => ({
          orgId,
          action: 'period.closed',
          subject: `period:${orgId}:${period}`,
          details: { number },
        })),
      )
    return { closed: closings.map(({ orgId }) => orgId), closedAt: now.toISOString() }
  })
}

/**
 * Reopens a closed period of one organisation; what was frozen stays readable.
 *
 * @throws Refused where it is open, and for a reason that has no place in the database
 */
export async function reopenPeriod(
  pool: Pool,
  of: { orgId: number; period: string; reason: string },
  now: Date,
): Promise<{ orgId: number; period: string; number: number; reopenedAt: string }> {
  await zoneOf(pool, of.orgId)
  if (detectClassified(of.reason) !== null)
    throw new Refused('The reason looks like a classified or personnel matter, which is not kept here.')
  return transaction(pool, async (client) => {
    await client.query('SELECT FROM organisation WHERE org_id = $1 FOR NO KEY UPDATE', [of.orgId])
    const closing = standingClosing(await closingsOf(client, [of.orgId]), of.period)
    if (!closing) throw new Refused(`The books of ${of.period} of organisation ${of.orgId} are open.`)
    const { orgId, period, number } = closing
    await client.query(
      `UPDATE closing SET reopened_at = $4, reopen_reason = $5 WHERE org_id = $1 AND period = $2 AND number = $3`,
      [orgId, period, number, now, of.reason],
    )
    // Why stands with the closing itself: an entry of the log holds no text.
    await recordChange(client, now, [
      { orgId, action: 'period.reopened', subject: `period:${orgId}:${period}`, details: { number } },
    ])
    return { orgId, period, number, reopenedAt: now.toISOString() }
  })
}
