/** Reads the meetings of an organisation and of everything below it; `domain/meeting-series` makes figures of them. */
import type { ClientBase } from 'pg'
import type { MeetingsBelow } from '../dialogue/facts.ts'
import { periodRange } from '../domain/calendar.ts'
import { type CountedMeeting, type MeetingSeries, meetingSeries } from '../domain/meeting-series.ts'

/** The meetings that belong to the months of a period ('2026', '2026-Q1', …), with figures as of `now`. */
export async function meetingSeriesOf(
  client: Pick<ClientBase, 'query'>,
  orgId: number,
  period: string,
  now: Date,
): Promise<MeetingSeries> {
  return meetingSeries(await meetingsWithin(client, orgId, period), now)
}

/** The same with how many of the cells have held one. Reads every meeting: for trees of some hundred cells. */
export async function meetingsBelowOf(
  client: Pick<ClientBase, 'query'>,
  orgId: number,
  period: string,
  now: Date,
): Promise<MeetingsBelow> {
  const rows = await meetingsWithin(client, orgId, period)
  const held = rows.filter((row) => row.isCell && row.state === 'held').map((row) => row.orgId)
  return { figures: meetingSeries(rows, now), cellsHeld: new Set(held).size }
}

async function meetingsWithin(client: Pick<ClientBase, 'query'>, orgId: number, period: string) {
  const { from, to } = periodRange(period)
  const { rows } = await client.query<CountedMeeting & { orgId: number; isCell: boolean }>(
    `SELECT m.org_id AS "orgId", o.kind = 'cell' AND o.closed_on IS NULL AS "isCell", m.occurrence, m.kind, m.reason_kind AS "reasonKind", m.starts_at AS "startsAt", m.state, m.roll_counts AS "rollCounts", s.grade
     FROM organisation root JOIN organisation o ON o.path LIKE root.path || '%' JOIN meeting m ON m.org_id = o.org_id
       LEFT JOIN meeting_score s ON s.org_id = m.org_id AND s.occurrence = m.occurrence
     WHERE root.org_id = $1 AND left(m.occurrence, 7) BETWEEN $2 AND $3`,
    [orgId, from.slice(0, 7), to.slice(0, 7)],
  )
  return rows
}
