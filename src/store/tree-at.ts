/**
 * The tree and the rosters as they were: a past year is counted for what stood at its end, the present one for what
 * stands now. Last year's report says the same whatever is merged, renamed or transferred afterwards.
 */
import type { ClientBase } from 'pg'
import type { MemberStatus } from '../domain/member.ts'
import {
  excludedStatuses,
  type Registration,
  registrationOfCounts,
  type StandingCount,
} from '../domain/participation.ts'
import type { OrganisationThen } from '../domain/records.ts'

/** A year of an organisation, and the day whose tree and rosters it is counted for: 'YYYY-MM-DD' or 'infinity' (now). */
export interface YearOf {
  orgId: number
  year: number
}

/** The last day of a past year; of the present or a coming one, now. */
export function dayOf(year: number, thisYear: number): string {
  return year < thisYear ? `${year}-12-31` : 'infinity'
}

export const onDay = (history: string, day: string): string =>
  `${history}.from_on <= ${day} AND (${history}.until_on IS NULL OR ${history}.until_on > ${day})`

/**
 * `wanted`, `org` (everything below, with what it was then) and `roster` (who stood on it) as common table expressions.
 * Parameter $1 are the years as `daysJson` writes them. Of a few organisations all paths are looked through; of many, each path is
 * taken apart once instead: 500 of 10,000 cells took 1.5 s by looking, and 0.1 s so.
 */
export const treeSql = (wanted: readonly YearOf[]): string => `wanted AS MATERIALIZED (
    SELECT k."orgId" AS root, k.year, k.day, h.path, h.kind
    FROM jsonb_to_recordset($1::jsonb) AS k("orgId" int, year int, day date)
    JOIN organisation_history h ON h.org_id = k."orgId" AND ${onDay('h', 'k.day')}
  ), ${areMany(wanted) ? placeSql : ''}org AS MATERIALIZED (
    SELECT w.root, w.year, w.day, h.org_id, h.kind = 'cell' AND NOT h.is_closed AS is_cell
    FROM wanted w JOIN ${areMany(wanted) ? 'place h ON h.above = w.root' : 'organisation_history h ON true'}
    WHERE starts_with(h.path, w.path) AND ${onDay('h', 'w.day')}
  ), roster AS MATERIALIZED (
    SELECT org.root, org.year, org.org_id, m.member_id, m.status
    FROM org JOIN membership_history m ON m.org_id = org.org_id AND ${onDay('m', 'org.day')}
    WHERE org.is_cell
  )`

/** Every organisation with each that it lay below; materialised, or the planner looks through all paths after all. */
const placeSql = `place AS MATERIALIZED (
    SELECT h.*, above.id::int AS above
    FROM organisation_history h CROSS JOIN LATERAL unnest(string_to_array(trim(BOTH '/' FROM h.path), '/')) AS above(id)
  ), `

export const areMany = (wanted: readonly YearOf[]): boolean => wanted.length > 20

export function daysJson(wanted: readonly YearOf[], thisYear: number): string {
  return JSON.stringify(wanted.map(({ orgId, year }) => ({ orgId, year, day: dayOf(year, thisYear) })))
}

const standings = ['none', 'draft', 'returned', 'submitted', 'approved'] as const

interface Row {
  root: number
  year: number
  members: { status: MemberStatus; best: number; count: number }[]
  individual: number
  collective: number
  total: number
  started: number
  complete: number
}

/**
 * The figures per organisation and year, in the order asked for, counted from rows. An organisation that was not there
 * on that day has figures of nothing.
 */
export async function countedParticipationOf(
  client: Pick<ClientBase, 'query'>,
  wanted: readonly YearOf[],
  thisYear: number,
): Promise<Registration[]> {
  if (wanted.length === 0) return []
  const { rows } = await client.query<Row>({
    name: areMany(wanted) ? 'participation-counted-many' : 'participation-counted',
    text: `
      WITH ${treeSql(wanted)}, person AS (
        SELECT r.root, r.year, r.org_id, r.status, coalesce(d.best, 0) AS best, coalesce(d.deeds, 0) AS deeds
        FROM roster r LEFT JOIN LATERAL (
          SELECT max(CASE d.state WHEN 'draft' THEN 1 WHEN 'returned' THEN 2 WHEN 'submitted' THEN 3 WHEN 'approved' THEN 4 ELSE 0 END) AS best,
            count(*) FILTER (WHERE d.state IN ('submitted', 'approved')) AS deeds
          FROM deed d WHERE d.year = r.year AND d.subject_kind = 'individual' AND d.subject_id = r.member_id AND 'pledge' = ANY(d.forms)
        ) d ON true
      ), collective AS (
        SELECT org.root, org.year, org.org_id, count(*) AS deeds
        FROM org JOIN deed d ON d.year = org.year AND d.subject_kind = 'collective' AND d.subject_id = org.org_id
        WHERE 'pledge' = ANY(d.forms) AND d.state IN ('submitted', 'approved') GROUP BY 1, 2, 3
      ), cell AS (
        SELECT org.root, org.year, org.org_id, coalesce(p.counted, 0) AS counted, coalesce(p.registered, 0) AS registered,
          coalesce(p.deeds, 0) + coalesce(c.deeds, 0) AS deeds
        FROM org LEFT JOIN (
          SELECT root, year, org_id, count(*) FILTER (WHERE status <> ALL($2)) AS counted,
            count(*) FILTER (WHERE status <> ALL($2) AND best >= 3) AS registered, sum(deeds) FILTER (WHERE status <> 'left') AS deeds
          FROM person GROUP BY 1, 2, 3
        ) p USING (root, year, org_id) LEFT JOIN collective c USING (root, year, org_id)
        WHERE org.is_cell
      )
      SELECT w.root, w.year, coalesce(p.members, '[]') AS members, coalesce(p.individual, 0)::int AS individual,
        coalesce(c.deeds, 0)::int AS collective, coalesce(l.total, 0)::int AS total, coalesce(l.started, 0)::int AS started,
        coalesce(l.complete, 0)::int AS complete
      FROM wanted w LEFT JOIN (
        SELECT root, year, jsonb_agg(jsonb_build_object('status', status, 'best', best, 'count', count)) AS members,
          sum(deeds) FILTER (WHERE status <> 'left') AS individual
        FROM (SELECT root, year, status, best, count(*) AS count, sum(deeds) AS deeds FROM person GROUP BY 1, 2, 3, 4) t GROUP BY 1, 2
      ) p USING (root, year) LEFT JOIN (
        SELECT root, year, sum(deeds) AS deeds FROM collective GROUP BY 1, 2
      ) c USING (root, year) LEFT JOIN (
        SELECT root, year, count(*) AS total, count(*) FILTER (WHERE deeds > 0) AS started,
          count(*) FILTER (WHERE counted > 0 AND counted = registered) AS complete
        FROM cell GROUP BY 1, 2
      ) l USING (root, year)`,
    values: [daysJson(wanted, thisYear), excludedStatuses],
  })
  const found = new Map(rows.map((row) => [`${row.root}:${row.year}`, row]))
  return wanted.map(({ orgId, year }) => {
    const row = found.get(`${orgId}:${year}`)
    return registrationOfCounts({
      members: (row?.members ?? []).map(
        ({ status, best, count }): StandingCount => ({ status, standing: standings[best] ?? 'none', count }),
      ),
      individualDeeds: row?.individual ?? 0,
      collectiveDeeds: row?.collective ?? 0,
      cells: { total: row?.total ?? 0, started: row?.started ?? 0, complete: row?.complete ?? 0 },
    })
  })
}

const thenList = `h.org_id AS "orgId", h.parent_id AS "parentId", h.kind, h.name, h.path, h.is_closed AS "isClosed"`

/** Organisations as they were, in the order asked for; null where one was not there yet. */
export async function organisationsThen(
  client: Pick<ClientBase, 'query'>,
  wanted: readonly YearOf[],
  thisYear: number,
): Promise<(OrganisationThen | null)[]> {
  const { rows } = await client.query<OrganisationThen & { at: number }>({
    name: 'organisations-then',
    text: `SELECT k.at::int, ${thenList} FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS e(item, at)
      CROSS JOIN LATERAL (SELECT e.at, (e.item->>'orgId')::int AS org_id, (e.item->>'day')::date AS day) k
      JOIN organisation_history h ON h.org_id = k.org_id AND ${onDay('h', 'k.day')}`,
    values: [daysJson(wanted, thisYear)],
  })
  const found = new Map(rows.map(({ at, ...row }) => [at - 1, row]))
  return wanted.map((_, at) => found.get(at) ?? null)
}

/** What lay directly below, by the order in which it was founded; without what was closed by then. */
export async function organisationsBelowThen(
  client: Pick<ClientBase, 'query'>,
  wanted: readonly YearOf[],
  thisYear: number,
): Promise<OrganisationThen[][]> {
  const { rows } = await client.query<OrganisationThen & { year: number }>({
    name: 'organisations-below-then',
    text: `SELECT k.year, ${thenList} FROM jsonb_to_recordset($1::jsonb) AS k("orgId" int, year int, day date)
      JOIN organisation_history h ON h.parent_id = k."orgId" AND NOT h.is_closed AND ${onDay('h', 'k.day')} ORDER BY h.org_id`,
    values: [daysJson(wanted, thisYear)],
  })
  return wanted.map(({ orgId, year }) =>
    rows.filter((row) => row.parentId === orgId && row.year === year).map(({ year: _, ...row }) => row),
  )
}

/** Who stood on a roster, and how. */
export async function rostersThen(
  client: Pick<ClientBase, 'query'>,
  wanted: readonly YearOf[],
  thisYear: number,
): Promise<{ memberId: number; status: MemberStatus }[][]> {
  const { rows } = await client.query<{ org: number; year: number; memberId: number; status: MemberStatus }>({
    name: 'rosters-then',
    text: `SELECT k."orgId" AS org, k.year, m.member_id AS "memberId", m.status
      FROM jsonb_to_recordset($1::jsonb) AS k("orgId" int, year int, day date)
      JOIN membership_history m ON m.org_id = k."orgId" AND ${onDay('m', 'k.day')} ORDER BY m.member_id`,
    values: [daysJson(wanted, thisYear)],
  })
  return wanted.map(({ orgId, year }) =>
    rows.filter((row) => row.org === orgId && row.year === year).map(({ memberId, status }) => ({ memberId, status })),
  )
}

/** Names that an organisation and those below it bear or bore, folded. */
export interface NameFound {
  orgId: number
  name: string
  /** Borne now. */
  isCurrent: boolean
}

/** Names under which organisations in a tree are or were known and that hold all the words. */
export async function namesIn(
  client: Pick<ClientBase, 'query'>,
  wanted: readonly { orgId: number; words: string }[],
): Promise<NameFound[][]> {
  const found = await client.query<NameFound & { at: number }>({
    name: 'names-in-tree',
    text: `SELECT k.at::int, n."orgId", n.name, n."isCurrent"
      FROM jsonb_array_elements($1::jsonb) WITH ORDINALITY AS e(item, at)
      CROSS JOIN LATERAL (SELECT e.at, (e.item->>'orgId')::int AS org_id, e.item->>'words' AS words) k
      JOIN organisation root ON root.org_id = k.org_id
      CROSS JOIN LATERAL (
        SELECT h.org_id AS "orgId", h.name, bool_or(h.until_on IS NULL) AS "isCurrent"
        FROM organisation o JOIN organisation_history h ON h.org_id = o.org_id
        WHERE starts_with(o.path, root.path) AND fold_name(h.name) LIKE ALL (
          SELECT '%' || replace(replace(w, '%', ''), '_', '') || '%' FROM unnest(string_to_array(k.words, ' ')) w)
        GROUP BY h.org_id, h.name ORDER BY h.org_id LIMIT 400
      ) n`,
    values: [JSON.stringify(wanted)],
  })
  return wanted.map((_, at) => found.rows.filter((row) => row.at === at + 1).map(({ at: _at, ...row }) => row))
}
