/** Counts how far deeds are, commitments and praise of organisations and everything below; `domain/deed-figures` makes figures of them. */
import type { ClientBase } from 'pg'
import type { DeedCounts } from '../domain/deed-figures.ts'
import { standings } from '../domain/participation.ts'
import { daysJson, treeSql, type YearOf } from './tree-at.ts'

/**
 * In the order asked for. Approved pledges come grouped by deadline, at most one group for each day of a year, so that
 * what a date means is decided in one place and not in SQL. Members who left took their deeds along, as everywhere.
 */
export async function deedCountsOf(
  client: Pick<ClientBase, 'query'>,
  wanted: readonly YearOf[],
  thisYear: number,
): Promise<DeedCounts[]> {
  const { rows } = await client.query({
    name: 'deed-counts',
    text: `
      WITH ${treeSql}, standing_deed AS (
        SELECT r.root, r.year, d.subject_kind, d.focus, d.due_on, d.done_on FROM roster r
          JOIN deed d ON d.year = r.year AND d.subject_kind = 'individual' AND d.subject_id = r.member_id
        WHERE r.status <> 'left' AND d.state = 'approved' AND 'pledge' = ANY(d.forms)
        UNION ALL
        SELECT org.root, org.year, d.subject_kind, d.focus, d.due_on, d.done_on FROM org
          JOIN deed d ON d.year = org.year AND d.subject_kind = 'collective' AND d.subject_id = org.org_id
        WHERE d.state = 'approved' AND 'pledge' = ANY(d.forms)
      ), grouped AS (
        SELECT root, year, subject_kind, focus, due_on, done_on IS NOT NULL AS done, count(*)::int AS count
        FROM standing_deed GROUP BY 1, 2, 3, 4, 5, 6
      ), standing AS (
        SELECT r.root, r.year, r.status, coalesce(c.best, 0) AS best, count(*)::int AS count
        FROM roster r LEFT JOIN LATERAL (
          SELECT max(CASE d.state WHEN 'draft' THEN 1 WHEN 'returned' THEN 2 WHEN 'submitted' THEN 3 WHEN 'approved' THEN 4 ELSE 0 END) AS best
          FROM deed d WHERE d.year = r.year AND d.subject_kind = 'individual' AND d.subject_id = r.member_id AND 'commitment' = ANY(d.forms)
        ) c ON true
        GROUP BY 1, 2, 3, 4
      ), praised AS (
        SELECT org.root, org.year, c.kind, count(DISTINCT c.member_id)::int AS members,
          count(DISTINCT c.collective_id)::int AS collectives, count(*)::int AS entries
        FROM org JOIN commendation c ON c.org_id = org.org_id AND c.year = org.year GROUP BY 1, 2, 3
      ), rated AS (
        SELECT org.root, org.year, r.period, r.rating, count(*)::int AS count
        FROM org JOIN deed_rating r ON r.org_id = org.org_id AND r.year = org.year WHERE r.source = 'cell' GROUP BY 1, 2, 3, 4
      )
      SELECT w.root, w.year, coalesce(g.groups, '[]') AS groups, coalesce(s.commitments, '[]') AS commitments, coalesce(p.praise, '[]') AS praise,
        coalesce(r.ratings, '[]') AS ratings
      FROM wanted w LEFT JOIN (
        SELECT root, year, jsonb_agg(jsonb_build_object('subjectKind', subject_kind, 'focus', focus, 'dueOn', due_on, 'isDone', done, 'count', count)) AS groups
        FROM grouped GROUP BY 1, 2
      ) g USING (root, year) LEFT JOIN (
        SELECT root, year, jsonb_agg(jsonb_build_object('status', status, 'best', best, 'count', count)) AS commitments FROM standing GROUP BY 1, 2
      ) s USING (root, year) LEFT JOIN (
        SELECT root, year, jsonb_agg(jsonb_build_object('kind', kind, 'members', members, 'collectives', collectives, 'entries', entries)) AS praise
        FROM praised GROUP BY 1, 2
      ) p USING (root, year) LEFT JOIN (
        SELECT root, year, jsonb_agg(jsonb_build_object('period', period, 'rating', rating, 'count', count)) AS ratings FROM rated GROUP BY 1, 2
      ) r USING (root, year)`,
    values: [daysJson(wanted, thisYear)],
  })
  const found = new Map(rows.map((row) => [`${row.root}:${row.year}`, row]))
  return wanted.map(({ orgId, year }) => {
    const row = found.get(`${orgId}:${year}`)
    // An organisation that was not there then has no deeds.
    if (!row) return { year, groups: [], commitments: [], praise: [], ratings: [] }
    return {
      year,
      groups: row.groups as DeedCounts['groups'],
      commitments: (
        row.commitments as { status: DeedCounts['commitments'][number]['status']; best: number; count: number }[]
      ).map(({ status, best, count }) => ({ status, standing: standings[best] ?? 'none', count })),
      praise: row.praise as DeedCounts['praise'],
      ratings: row.ratings as DeedCounts['ratings'],
    }
  })
}
