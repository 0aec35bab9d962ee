/** Counts how far deeds are, commitments and praise of organisations and everything below; `domain/deed-figures` makes figures of them. */
import type { ClientBase } from 'pg'
import type { DeedCounts } from '../domain/deed-figures.ts'
import { standings } from '../domain/participation.ts'

/**
 * In the order asked for. Approved pledges come grouped by deadline, at most one group for each day of a year, so that
 * what a date means is decided in one place and not in SQL. Members who left took their deeds along, as everywhere.
 */
export async function deedCountsOf(
  client: Pick<ClientBase, 'query'>,
  wanted: readonly { orgId: number; year: number }[],
): Promise<DeedCounts[]> {
  const { rows } = await client.query({
    name: 'deed-counts',
    text: `
      WITH wanted AS (
        SELECT k."orgId" AS root, k.year, o.path FROM jsonb_to_recordset($1::jsonb) AS k("orgId" int, year int)
        JOIN organisation o ON o.org_id = k."orgId"
      ), org AS (
        SELECT w.root, w.year, o.org_id, o.kind FROM wanted w JOIN organisation o ON o.path LIKE w.path || '%'
      ), grouped AS (
        SELECT org.root, org.year, d.subject_kind, d.focus, d.due_on, d.done_on IS NOT NULL AS done, count(*)::int AS count
        FROM org JOIN deed d ON d.org_id = org.org_id AND d.year = org.year
        WHERE d.state = 'approved' AND 'pledge' = ANY(d.forms)
          AND (d.subject_kind = 'collective'
            OR (org.kind = 'cell' AND EXISTS (SELECT FROM member m WHERE m.member_id = d.subject_id AND m.org_id = org.org_id AND m.status <> 'left')))
        GROUP BY 1, 2, 3, 4, 5, 6
      ), committed AS (
        SELECT d.subject_id AS member_id, d.year,
          max(CASE d.state WHEN 'draft' THEN 1 WHEN 'returned' THEN 2 WHEN 'submitted' THEN 3 WHEN 'approved' THEN 4 ELSE 0 END) AS best
        FROM deed d WHERE d.subject_kind = 'individual' AND 'commitment' = ANY(d.forms)
          AND (d.org_id, d.year) IN (SELECT org_id, year FROM org WHERE kind = 'cell')
        GROUP BY 1, 2
      ), standing AS (
        SELECT org.root, org.year, m.status, coalesce(c.best, 0) AS best, count(*)::int AS count
        FROM org JOIN member m ON m.org_id = org.org_id
          LEFT JOIN committed c ON c.member_id = m.member_id AND c.year = org.year
        WHERE org.kind = 'cell' GROUP BY 1, 2, 3, 4
      ), praised AS (
        SELECT org.root, org.year, c.kind, count(DISTINCT c.member_id)::int AS members,
          count(DISTINCT c.collective_id)::int AS collectives, count(*)::int AS entries
        FROM org JOIN commendation c ON c.org_id = org.org_id AND c.year = org.year GROUP BY 1, 2, 3
      ), rated AS (
        SELECT org.root, org.year, r.period, r.rating, count(*)::int AS count
        FROM org JOIN deed_rating r ON r.org_id = org.org_id AND r.year = org.year WHERE r.source = 'cell' GROUP BY 1, 2, 3, 4
      )
      SELECT w.root, w.year,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('subjectKind', g.subject_kind, 'focus', g.focus, 'dueOn', g.due_on, 'isDone', g.done, 'count', g.count)), '[]')
           FROM grouped g WHERE g.root = w.root AND g.year = w.year) AS groups,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('status', s.status, 'best', s.best, 'count', s.count)), '[]')
           FROM standing s WHERE s.root = w.root AND s.year = w.year) AS commitments,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', p.kind, 'members', p.members, 'collectives', p.collectives, 'entries', p.entries)), '[]')
           FROM praised p WHERE p.root = w.root AND p.year = w.year) AS praise,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('period', r.period, 'rating', r.rating, 'count', r.count)), '[]')
           FROM rated r WHERE r.root = w.root AND r.year = w.year) AS ratings
      FROM wanted w`,
    values: [JSON.stringify(wanted)],
  })
  return wanted.map(({ orgId, year }) => {
    const row = rows.find((each) => each.root === orgId && each.year === year)
    if (!row) throw new Error(`no organisation ${orgId}`)
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
