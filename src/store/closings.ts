/** Freezing the books of a period, and what was frozen. */
import type { ClientBase } from 'pg'
import { dateOf } from '../domain/calendar.ts'
import type { CampaignDefaults } from '../domain/campaign.ts'
import { refusalToClose } from '../domain/closing.ts'
import type { Closing, FrozenRoster } from '../domain/period-records.ts'
import { summaryModel, summaryModelVersion } from '../domain/summary-model.ts'
import { selectList } from './columns.ts'
import { lockInOrder } from './hold.ts'
import { summarySourcesOf } from './summary-source.ts'
import { daysJson, treeSql } from './tree-at.ts'

type Client = Pick<ClientBase, 'query'>

export interface ClosingOf {
  orgId: number
  period: string
  /** With everything below it. */
  below: boolean
}

/**
 * The closings that would freeze a period now, of the organisation and, where asked, of everything below it; those that are
 * closed already or cannot be closed yet are left out. The organisations are locked: what was being changed is seen, what comes
 * next finds them closed.
 */
export async function frozenNow(
  client: Client,
  { orgId, period, below }: ClosingOf,
  now: Date,
  campaignDefaults: readonly CampaignDefaults[],
): Promise<Closing[]> {
  const ids = await placesOf(client, orgId, below)
  await lockInOrder(client, ids)
  // A statement of its own: it sees what those have committed who held the locks before.
  const { rows } = await client.query<{
    orgId: number
    timeZone: string
    closedPeriods: string[] | null
    last: number
  }>(
    `SELECT o.org_id AS "orgId", o.time_zone AS "timeZone", o.closed_periods AS "closedPeriods",
       coalesce((SELECT max(number) FROM closing c WHERE c.org_id = o.org_id AND c.period = $2), 0) AS last
     FROM organisation o WHERE o.org_id = ANY($1) ORDER BY o.org_id`,
    [ids, period],
  )
  const open = rows.filter((org) => refusalToClose(period, dateOf(now, org.timeZone), org.closedPeriods ?? []) === null)
  if (open.length === 0) return []
  const [year, thisYear] = [period, dateOf(now, open[0]!.timeZone)].map((date) => Number(date.slice(0, 4)))
  const sources: Awaited<ReturnType<typeof summarySourcesOf>> = []
  const rosters: FrozenRoster[] = []
  for (const ids of inParts(open.map((org) => org.orgId))) {
    sources.push(...(await summarySourcesOf(client, ids, period, now, campaignDefaults)))
    rosters.push(...(await rostersOf(client, ids, year!, thisYear!)))
  }
  return open.map((org, at) => ({
    orgId: org.orgId,
    period,
    number: org.last + 1,
    closedAt: now,
    closedBy: null,
    model: summaryModel(sources[at]!, period, now),
    modelVersion: summaryModelVersion,
    roster: rosters[at]!,
    reopenedAt: null,
    reopenedBy: null,
    reopenReason: null,
  }))
}

/** So many organisations in one statement: of 10,000 at once a statement takes longer than any may (`statement_timeout`). */
const partSize = 500

/** A long list, part by part. */
export function inParts<T>(list: readonly T[]): T[][] {
  return Array.from({ length: Math.ceil(list.length / partSize) }, (_, at) =>
    list.slice(at * partSize, (at + 1) * partSize),
  )
}

/** The organisation and, where asked, everything below it that there still is. */
export async function placesOf(client: Client, orgId: number, below: boolean): Promise<number[]> {
  const { rows } = await client.query<{ orgId: number }>(
    `SELECT o.org_id AS "orgId" FROM organisation root JOIN organisation o ON o.org_id = root.org_id
       OR ($2 AND starts_with(o.path, root.path) AND o.closed_on IS NULL)
     WHERE root.org_id = $1`,
    [orgId, below],
  )
  return rows.map((row) => row.orgId)
}

/** Who is on the rosters of the cells of an organisation, by status: those that its figures count. */
async function rostersOf(
  client: Client,
  orgIds: readonly number[],
  year: number,
  thisYear: number,
): Promise<FrozenRoster[]> {
  const wanted = orgIds.map((orgId) => ({ orgId, year }))
  const { rows } = await client.query<{ root: number; status: keyof FrozenRoster; ids: number[] }>(
    `WITH ${treeSql(wanted)} SELECT root, status, array_agg(member_id ORDER BY member_id) AS ids FROM roster GROUP BY 1, 2 ORDER BY 1, 2`,
    [daysJson(wanted, thisYear)],
  )
  const found = new Map<number, FrozenRoster>(orgIds.map((orgId) => [orgId, {}]))
  for (const { root, status, ids } of rows) found.get(root)![status] = ids
  return orgIds.map((orgId) => found.get(orgId)!)
}

const closingList = selectList('closing', 'c')

/** All closings of an organisation, oldest first. */
export async function closingsOf(client: Client, orgIds: readonly number[]): Promise<Closing[]> {
  const { rows } = await client.query<Closing>(
    `SELECT ${closingList} FROM closing c WHERE c.org_id = ANY($1) ORDER BY c.org_id, c.period, c.number`,
    [orgIds],
  )
  return rows
}

/** Frozen rosters that a member stands on. */
export interface FrozenLine {
  memberId: number
  orgId: number
  period: string
  number: number
  closedAt: Date
  status: string
}

/** In which frozen rosters of cells members stand, and how. */
export async function frozenLinesOf(client: Client, memberIds: readonly number[]): Promise<FrozenLine[]> {
  const { rows } = await client.query<FrozenLine>(
    `SELECT DISTINCT m.member_id AS "memberId", c.org_id AS "orgId", c.period, c.number, c.closed_at AS "closedAt", s.key AS status
     FROM (SELECT DISTINCT member_id, org_id FROM membership_history WHERE member_id = ANY($1)) m
       JOIN closing c ON c.org_id = m.org_id CROSS JOIN LATERAL jsonb_each(c.roster) s
     WHERE s.value @> to_jsonb(m.member_id) ORDER BY 1, 2, 3, 4`,
    [memberIds],
  )
  return rows
}
