/** Counts members, deeds and cells of organisations and everything below them; `domain/participation` makes figures of them. */
import type { ClientBase } from 'pg'
import type { MemberStatus } from '../domain/member.ts'
import {
  type Registration,
  type RegistrationTotals,
  registrationOfCounts,
  registrationOfTotals,
} from '../domain/participation.ts'

const metricNames = [
  ...(['counted', 'exempt', 'away', 'suspended', 'former', 'cells', 'registered', 'approved'] as const),
  ...(['registered_beyond', 'individual_deeds', 'collective_deeds', 'started', 'complete'] as const),
]
type Metrics = Record<(typeof metricNames)[number], number>
const metrics = (table: string) => metricNames.map((name) => `${table}.${name}`).join(', ')

function totalsOf(sums: Metrics): RegistrationTotals {
  const { counted, registered, approved, exempt, away, suspended, former, cells, started, complete } = sums
  return {
    counted,
    registered,
    approved,
    registeredBeyond: sums.registered_beyond,
    individualDeeds: sums.individual_deeds,
    collectiveDeeds: sums.collective_deeds,
    excludedByStatus: { exempt, away, suspended, left: former },
    cells: { total: cells, started, complete },
  }
}

type Wanted = readonly { orgId: number; year: number }[]

/**
 * The figures per organisation and year, in the order asked for, from the counts that triggers keep in the transaction of every
 * change: never stale, and a tree of any size costs what one cell costs.
 */
export async function participationOf(client: Pick<ClientBase, 'query'>, wanted: Wanted): Promise<Registration[]> {
  const { rows } = await client.query<Metrics & { at: number }>({
    name: 'participation',
    // Rosters stand in year 0; what is not added up yet stands in the deltas, and one snapshot sees each change in one of both.
    text: `
      WITH wanted AS (
        SELECT k.at, o.org_id, k.year FROM jsonb_to_recordset($1::jsonb) AS k(at int, "orgId" int, year int) JOIN organisation o ON o.org_id = k."orgId"
      ), part AS (
        SELECT w.at, ${metrics('c')} FROM wanted w JOIN subtree_count c ON c.org_id = w.org_id AND c.year IN (0, w.year)
        UNION ALL
        SELECT w.at, ${metrics('d')} FROM wanted w JOIN subtree_delta d ON d.org_id = w.org_id AND d.year IN (0, w.year)
      )
      SELECT w.at, ${metricNames.map((name) => `coalesce(sum(p.${name}), 0)::int AS ${name}`).join(', ')}
      FROM wanted w LEFT JOIN part p ON p.at = w.at GROUP BY w.at`,
    values: [JSON.stringify(wanted.map((each, at) => ({ at, ...each })))],
  })
  const found = new Map(rows.map((row) => [row.at, row]))
  return wanted.map(({ orgId }, at) => {
    const totals = found.get(at)
    if (!totals) throw new Error(`no organisation ${orgId}`)
    return registrationOfTotals(totalsOf(totals))
  })
}

/**
 * The same, counted anew from rosters and deeds: slow, and what the kept counts are held to (`nep doctor`, tests, benchmark).
 * `excluded` are the statuses outside the denominator.
 */
export async function recountedParticipationOf(
  client: Pick<ClientBase, 'query'>,
  wanted: Wanted,
  excluded: readonly string[],
): Promise<Registration[]> {
  const { rows } = await client.query({
    name: 'participation-recounted',
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
        FROM deed d WHERE d.subject_kind = 'individual' AND 'pledge' = ANY(d.forms) AND d.year IN (SELECT year FROM org)
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
    return registrationOfCounts({
      members: (row.members as { status: string; best: number; count: number }[]).map((each) => ({
        status: each.status as MemberStatus,
        standing: standings[each.best] ?? 'none',
        count: each.count,
      })),
      individualDeeds: row.individual,
      collectiveDeeds: row.collective,
      cells: { total: row.total, started: row.started, complete: row.complete },
    })
  })
}
