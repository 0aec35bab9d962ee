/** Counts members, deeds and cells of organisations and everything below them; `domain/participation` makes figures of them. */
import type { ClientBase } from 'pg'
import type { ParticipationCounts } from '../dialogue/facts.ts'

/**
 * Live counts per organisation and year, in the order asked for. `excluded` are the statuses outside the denominator.
 * Organisations are taken by their path, so any depth costs one scan of the subtree.
 */
export async function participationOf(
  client: Pick<ClientBase, 'query'>,
  wanted: readonly { orgId: number; year: number }[],
  excluded: readonly string[],
): Promise<ParticipationCounts[]> {
  const { rows } = await client.query({
    name: 'participation',
    text: `
      WITH wanted AS (
        SELECT k."orgId" AS root, k.year, o.path FROM jsonb_to_recordset($1::jsonb) AS k("orgId" int, year int)
        JOIN organisation o ON o.org_id = k."orgId"
      ), org AS (
        SELECT w.root, w.year, o.org_id, o.kind FROM wanted w JOIN organisation o ON o.path LIKE w.path || '%'
      ), standing AS (
        SELECT d.subject_id AS member_id, d.year,
          max(CASE d.state WHEN 'draft' THEN 1 WHEN 'returned' THEN 2 WHEN 'submitted' THEN 3 WHEN 'approved' THEN 4 ELSE 0 END) AS best,
          count(*) FILTER (WHERE d.state IN ('submitted', 'approved')) AS deeds
        FROM deed d WHERE d.subject_kind = 'individual' AND 'pledge' = ANY(d.forms) AND (d.org_id, d.year) IN (SELECT org_id, year FROM org WHERE kind = 'cell')
        GROUP BY 1, 2
      ), collective AS (
        SELECT d.org_id, d.year, count(*) AS deeds FROM deed d
        WHERE d.subject_kind = 'collective' AND 'pledge' = ANY(d.forms) AND d.state IN ('submitted', 'approved') AND (d.org_id, d.year) IN (SELECT org_id, year FROM org)
        GROUP BY 1, 2
      ), person AS (
        SELECT org.root, org.year, org.org_id, m.status, coalesce(s.best, 0) AS best, coalesce(s.deeds, 0) AS deeds
        FROM org JOIN member m ON m.org_id = org.org_id LEFT JOIN standing s ON s.member_id = m.member_id AND s.year = org.year
        WHERE org.kind = 'cell'
      ), cell AS (
        SELECT org.root, org.year, org.org_id,
          count(p.*) FILTER (WHERE p.status <> ALL($2)) AS counted,
          count(p.*) FILTER (WHERE p.status <> ALL($2) AND p.best >= 3) AS registered,
          coalesce(sum(p.deeds) FILTER (WHERE p.status <> 'left'), 0) + coalesce(max(c.deeds), 0) AS deeds
        FROM org LEFT JOIN person p ON p.root = org.root AND p.year = org.year AND p.org_id = org.org_id
          LEFT JOIN collective c ON c.org_id = org.org_id AND c.year = org.year
        WHERE org.kind = 'cell' GROUP BY 1, 2, 3
      )
      SELECT w.root, w.year,
        (SELECT coalesce(jsonb_agg(jsonb_build_object('status', t.status, 'best', t.best, 'count', t.count)), '[]')
           FROM (SELECT status, best, count(*) AS count FROM person p WHERE p.root = w.root AND p.year = w.year GROUP BY 1, 2) t) AS members,
        (SELECT coalesce(sum(deeds), 0)::int FROM person p WHERE p.root = w.root AND p.year = w.year AND p.status <> 'left') AS individual,
        (SELECT coalesce(sum(c.deeds), 0)::int FROM collective c JOIN org ON org.org_id = c.org_id AND org.year = c.year
           WHERE org.root = w.root AND org.year = w.year) AS collective,
        (SELECT count(*)::int FROM cell WHERE cell.root = w.root AND cell.year = w.year) AS total,
        (SELECT count(*)::int FROM cell WHERE cell.root = w.root AND cell.year = w.year AND cell.deeds > 0) AS started,
        (SELECT count(*)::int FROM cell WHERE cell.root = w.root AND cell.year = w.year AND counted > 0 AND counted = registered) AS complete
      FROM wanted w`,
    values: [JSON.stringify(wanted), excluded],
  })
  const standings = ['none', 'draft', 'returned', 'submitted', 'approved'] as const
  return wanted.map(({ orgId, year }) => {
    const row = rows.find((each) => each.root === orgId && each.year === year)
    if (!row) throw new Error(`no organisation ${orgId}`)
    return {
      members: (row.members as { status: string; best: number; count: number }[]).map((each) => ({
        status: each.status as ParticipationCounts['members'][number]['status'],
        standing: standings[each.best] ?? 'none',
        count: each.count,
      })),
      individualDeeds: row.individual,
      collectiveDeeds: row.collective,
      cells: { total: row.total, started: row.started, complete: row.complete },
    }
  })
}
