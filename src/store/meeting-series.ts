/** Reads the meetings of an organisation and of everything below it; `domain/meeting-series` makes figures of them. */
import type { ClientBase } from 'pg'
import type { AttendanceCount } from '../domain/attendance.ts'
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
  // Counted here by status and answer: the rows of a large committee's members need not travel.
  const { rows } = await client.query<CountedMeeting & { answers: AttendanceCount[] }>(
    `WITH met AS (
       SELECT m.* FROM organisation root JOIN organisation o ON o.path LIKE root.path || '%' JOIN meeting m ON m.org_id = o.org_id
       WHERE root.org_id = $1 AND left(m.occurrence, 7) BETWEEN $2 AND $3
     ), counted AS (
       SELECT met.org_id, met.occurrence, p.status, a.answer, count(*)::int AS count
       FROM met JOIN member p ON p.org_id = met.org_id
         LEFT JOIN attendance a ON a.org_id = met.org_id AND a.occurrence = met.occurrence AND a.member_id = p.member_id
       GROUP BY 1, 2, 3, 4
     )
     SELECT met.occurrence, met.kind, met.reason_kind AS "reasonKind", met.starts_at AS "startsAt", met.state, s.grade,
       coalesce(k.answers, jsonb_agg(jsonb_build_object('status', c.status, 'answer', c.answer, 'count', c.count))
         FILTER (WHERE c.org_id IS NOT NULL), '[]') AS answers
     FROM met LEFT JOIN counted c ON c.org_id = met.org_id AND c.occurrence = met.occurrence
       LEFT JOIN kept_attendance k ON k.org_id = met.org_id AND k.occurrence = met.occurrence
       LEFT JOIN meeting_score s ON s.org_id = met.org_id AND s.occurrence = met.occurrence
     GROUP BY met.org_id, met.occurrence, met.kind, met.reason_kind, met.starts_at, met.state, s.grade, k.answers`,
    [orgId, from.slice(0, 7), to.slice(0, 7)],
  )
  return meetingSeries(rows, now)
}
