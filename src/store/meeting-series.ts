/** Reads the meetings of an organisation and of everything below it; `domain/meeting-series` makes figures of them. */
import type { ClientBase } from 'pg'
import { periodRange } from '../domain/calendar.ts'
import { type CountedMeeting, type MeetingSeries, meetingSeries } from '../domain/meeting-series.ts'

/** The meetings that belong to the months of a period ('2026', '2026-Q1', …), with figures as of `now`. */
export async function meetingSeriesOf(
  client: Pick<ClientBase, 'query'>,
  orgId: number,
  period: string,
  now: Date,
): Promise<MeetingSeries> {
  const { from, to } = periodRange(period)
  const { rows } = await client.query<CountedMeeting>(
    `SELECT m.occurrence, m.kind, m.reason_kind AS "reasonKind", m.starts_at AS "startsAt", m.state, m.roll_counts AS "rollCounts", s.grade
     FROM organisation root JOIN organisation o ON o.path LIKE root.path || '%' JOIN meeting m ON m.org_id = o.org_id
       LEFT JOIN meeting_score s ON s.org_id = m.org_id AND s.occurrence = m.occurrence
     WHERE root.org_id = $1 AND left(m.occurrence, 7) BETWEEN $2 AND $3`,
    [orgId, from.slice(0, 7), to.slice(0, 7)],
  )
  return meetingSeries(rows, now)
}
