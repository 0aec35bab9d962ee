/**
 * Compares every kept count with the rows it is of. Counted here anew, not by the database's functions that keep the counts:
 * whoever changes a count could change those as well. Cost is that of reading rosters, deeds, ratings and praise once, not once for each subtree.
 */
import type { ClientBase } from 'pg'
import { metricNames } from './participation.ts'

/** A kept count that its rows do not support. */
export interface CountFinding {
  org: number
  /** Table and key; sums over a subtree are the table and what is not yet added to it, together. */
  where: string
}

/** The organisation asked for ($1; null: all) with everything below it. What is closed is no cell any more. */
const scope = `
  scope AS MATERIALIZED (
    SELECT o.org_id, o.path, o.kind = 'cell' AND o.closed_on IS NULL AS is_cell FROM organisation o
    WHERE $1::int IS NULL OR o.path LIKE (SELECT path FROM organisation WHERE org_id = $1) || '%'
  )`
const isAsked = (table: string) => `($1::int IS NULL OR ${table}.org_id = $1)`
const counts = (status: string) => `${status} IN ('official', 'probationary', 'temporarilyHere')`
const above = (path: string) => `unnest(string_to_array(trim(BOTH '/' FROM ${path}), '/'))`
const isStanding = `d.state IN ('submitted', 'approved')`
const sums = `ARRAY[${metricNames.map((name) => `sum(${name})::bigint`).join(', ')}]`
const nothing = `array_fill(0::bigint, ARRAY[${metricNames.length}])`

const registration = `
  WITH ${scope}, roster AS MATERIALIZED (
    SELECT s.org_id, s.path, s.is_cell, count(*) FILTER (WHERE ${counts('m.status')})::int AS counted,
      count(*) FILTER (WHERE m.status = 'exempt')::int AS exempt, count(*) FILTER (WHERE m.status = 'away')::int AS away,
      count(*) FILTER (WHERE m.status = 'suspended')::int AS suspended, count(*) FILTER (WHERE m.status = 'left')::int AS former
    FROM scope s LEFT JOIN member m ON m.org_id = s.org_id AND s.is_cell GROUP BY 1, 2, 3
  ), person AS (
    SELECT m.org_id, d.year, m.member_id, m.status, count(*)::int AS deeds, bool_or(d.state = 'approved') AS is_approved
    FROM deed d JOIN member m ON m.member_id = d.subject_id JOIN scope s ON s.org_id = m.org_id AND s.is_cell
    WHERE d.subject_kind = 'individual' AND ${isStanding} AND 'pledge' = ANY(d.forms) GROUP BY 1, 2, 3, 4
  ), members AS (
    SELECT org_id, year, count(*) FILTER (WHERE ${counts('status')})::int AS registered,
      count(*) FILTER (WHERE ${counts('status')} AND is_approved)::int AS approved,
      count(*) FILTER (WHERE NOT ${counts('status')} AND status <> 'left')::int AS registered_beyond,
      coalesce(sum(deeds) FILTER (WHERE status <> 'left'), 0)::int AS individual_deeds
    FROM person GROUP BY 1, 2
  ), collective AS (
    SELECT s.org_id, d.year, count(*)::int AS collective_deeds FROM deed d JOIN scope s ON s.org_id = d.subject_id
    WHERE d.subject_kind = 'collective' AND ${isStanding} AND 'pledge' = ANY(d.forms) GROUP BY 1, 2
  ), pair AS (
    SELECT org_id, year FROM members UNION SELECT org_id, year FROM collective
    UNION SELECT org_id, year FROM pledge_count JOIN scope USING (org_id)
  ), pledge AS MATERIALIZED (
    SELECT org_id, year, r.path, r.is_cell, r.counted, coalesce(m.registered, 0) AS registered, coalesce(m.approved, 0) AS approved,
      coalesce(m.registered_beyond, 0) AS registered_beyond, coalesce(m.individual_deeds, 0) AS individual_deeds,
      coalesce(c.collective_deeds, 0) AS collective_deeds
    FROM pair JOIN roster r USING (org_id) LEFT JOIN members m USING (org_id, year) LEFT JOIN collective c USING (org_id, year)
  ), part AS (
    SELECT path, 0 AS year, counted, exempt, away, suspended, former, is_cell::int AS cells, 0 AS registered, 0 AS approved,
      0 AS registered_beyond, 0 AS individual_deeds, 0 AS collective_deeds, 0 AS started, 0 AS complete FROM roster
    UNION ALL
    SELECT path, year, 0, 0, 0, 0, 0, 0, registered, approved, registered_beyond, individual_deeds, collective_deeds,
      (is_cell AND individual_deeds + collective_deeds > 0)::int, (is_cell AND counted > 0 AND counted = registered)::int FROM pledge
  ), subtree AS (
    SELECT id::int AS org_id, year, ${sums} AS sums FROM part CROSS JOIN ${above('path')} AS id GROUP BY 1, 2
  ), kept AS (
    SELECT org_id, year, ${sums} AS sums FROM (
      SELECT org_id, year, ${metricNames.join(', ')} FROM subtree_count k WHERE ${isAsked('k')}
      UNION ALL SELECT org_id, year, ${metricNames.join(', ')} FROM subtree_delta k WHERE ${isAsked('k')}) k GROUP BY 1, 2
  ), compared AS (
    SELECT org_id, 'roster_count ' || org_id AS name, to_jsonb(f) IS DISTINCT FROM to_jsonb(k) AS differs
    FROM (SELECT * FROM roster f WHERE ${isAsked('f')}) f FULL JOIN (SELECT * FROM roster_count k WHERE ${isAsked('k')}) k USING (org_id)
    UNION ALL
    SELECT org_id, 'pledge_count ' || org_id || ':' || year, to_jsonb(f) IS DISTINCT FROM to_jsonb(k)
      -- No row: nothing was ever handed in by anybody who is still there.
      AND NOT (k.path IS NULL AND f.registered + f.registered_beyond + f.individual_deeds + f.collective_deeds = 0)
    FROM (SELECT * FROM pledge f WHERE ${isAsked('f')}) f FULL JOIN (SELECT * FROM pledge_count k WHERE ${isAsked('k')}) k USING (org_id, year)
    UNION ALL
    SELECT org_id, 'subtree_count ' || org_id || ':' || year, coalesce(f.sums, ${nothing}) <> coalesce(k.sums, ${nothing})
    FROM (SELECT * FROM subtree f WHERE ${isAsked('f')}) f FULL JOIN kept k USING (org_id, year)
  )`

// Whoever is praised counts once in every subtree, however many in it praised them: that is what is compared, for each of them, and not
// how the sums come about.
const tallies = `
  WITH ${scope}, counted_deed AS MATERIALIZED (
    SELECT s.org_id, s.path, d.*, ${counts('m.status')} AS counts FROM (
      SELECT year, subject_kind, subject_id, state, forms, focus, due_on, done_on FROM deed d WHERE subject_kind = 'individual' AND ${isStanding}) d
    JOIN member m ON m.member_id = d.subject_id AND m.status <> 'left' JOIN scope s ON s.org_id = m.org_id AND s.is_cell
    UNION ALL
    SELECT s.org_id, s.path, d.year, d.subject_kind, d.subject_id, d.state, d.forms, d.focus, d.due_on, d.done_on, false
    FROM deed d JOIN scope s ON s.org_id = d.subject_id WHERE d.subject_kind = 'collective' AND d.state = 'approved'
  ), own AS MATERIALIZED (
    SELECT org_id, path, year, 'deed|' || subject_kind || '|' || coalesce(focus, '') || '|' || coalesce(to_char(due_on, 'YYYY-MM-DD'), '')
      || CASE WHEN done_on IS NULL THEN '|open' ELSE '|done' END AS what, count(*) AS count
    FROM counted_deed WHERE state = 'approved' AND 'pledge' = ANY(forms) GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT org_id, path, year, 'commitment|' || v.what, count(DISTINCT subject_id) FROM counted_deed
    CROSS JOIN (VALUES ('registered'), ('approved')) AS v(what)
    WHERE counts AND 'commitment' = ANY(forms) AND (v.what = 'registered' OR state = 'approved') GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT s.org_id, s.path, r.year, 'rating|' || r.period || '|' || r.rating, count(*)
    FROM deed_rating r JOIN scope s USING (org_id) WHERE r.source = 'cell' GROUP BY 1, 2, 3, 4
    UNION ALL
    SELECT s.org_id, s.path, c.year, 'praise|entries|' || c.kind, count(*) FROM commendation c JOIN scope s USING (org_id) GROUP BY 1, 2, 3, 4
  ), praised AS MATERIALIZED (
    SELECT DISTINCT id::int AS org_id, c.year, v.what || c.kind AS what, v.about FROM commendation c JOIN scope s USING (org_id)
    CROSS JOIN ${above('s.path')} AS id
    CROSS JOIN LATERAL (VALUES ('praise|members|', c.member_id), ('praise|collectives|', c.collective_id)) AS v(what, about)
    WHERE v.about IS NOT NULL
  ), kept_praised AS (
    SELECT id::int AS org_id, t.year, t.what, t.about, sum(t.count) AS count FROM own_tally t JOIN scope s USING (org_id)
    CROSS JOIN ${above('s.path')} AS id WHERE t.about <> 0 GROUP BY 1, 2, 3, 4
  ), subtree AS (
    SELECT org_id, year, what, sum(count) AS count FROM (
      SELECT id::int AS org_id, year, what, count FROM own CROSS JOIN ${above('path')} AS id
      UNION ALL SELECT org_id, year, what, 1 FROM praised) f WHERE ${isAsked('f')} GROUP BY 1, 2, 3
  ), kept AS (
    SELECT org_id, year, what, sum(count) AS count FROM (
      SELECT org_id, year, what, count FROM subtree_tally k WHERE ${isAsked('k')}
      UNION ALL SELECT org_id, year, what, count FROM subtree_tally_delta k WHERE ${isAsked('k')}) k GROUP BY 1, 2, 3
  ), compared AS (
    SELECT org_id, 'own_tally ' || org_id || ':' || year || ' ' || what AS name, coalesce(f.count, 0) <> coalesce(k.count, 0) AS differs
    FROM (SELECT * FROM own f WHERE ${isAsked('f')}) f
    FULL JOIN (SELECT * FROM own_tally k WHERE about = 0 AND ${isAsked('k')}) k USING (org_id, year, what)
    UNION ALL
    SELECT org_id, 'own_tally ' || org_id || ':' || year || ' ' || what || ' of ' || about, (f.org_id IS NOT NULL)::int <> coalesce(k.count, 0)
    FROM (SELECT * FROM praised f WHERE ${isAsked('f')}) f
    FULL JOIN (SELECT * FROM kept_praised k WHERE ${isAsked('k')}) k USING (org_id, year, what, about)
    UNION ALL
    SELECT t.org_id, 'own_tally ' || t.org_id || ':' || t.year || ' ' || t.what || ', its place', true FROM own_tally t
    LEFT JOIN organisation o USING (org_id) WHERE ${isAsked('t')} AND t.path IS DISTINCT FROM o.path
    UNION ALL
    SELECT org_id, 'subtree_tally ' || org_id || ':' || year || ' ' || what, coalesce(f.count, 0) <> coalesce(k.count, 0)
    FROM subtree f FULL JOIN kept k USING (org_id, year, what)
  )`

const outcome = `
  SELECT count(*)::int AS looked,
    coalesce(jsonb_agg(jsonb_build_object('org', org_id, 'where', name) ORDER BY name) FILTER (WHERE differs), '[]') AS findings
  FROM compared`

/** Compares the kept counts of `orgId`, or of all organisations; the program's own chain (0) has none. */
export async function verifyCounts(
  client: Pick<ClientBase, 'query'>,
  orgId?: number,
): Promise<{ looked: number; findings: CountFinding[] }> {
  const found = { looked: 0, findings: [] as CountFinding[] }
  for (const compared of [registration, tallies]) {
    const { rows } = await client.query<typeof found>(compared + outcome, [orgId ?? null])
    found.looked += rows[0]!.looked
    found.findings.push(...rows[0]!.findings)
  }
  return found
}
