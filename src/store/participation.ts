/** Counts members, deeds and cells of organisations and everything below them; `domain/participation` makes figures of them. */
import type { ClientBase } from 'pg'
import { type Registration, type RegistrationTotals, registrationOfTotals } from '../domain/participation.ts'
import { orKept } from './kept-years.ts'
import { together } from './pool.ts'
import { countedParticipationOf } from './tree-at.ts'

/** What is kept of registration, as the columns are called. */
export const metricNames = [
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
    // Looked up one by one (OFFSET keeps it so): taking a list for a hundred rows, the planner read the counts of the whole tree.
    text: `
      WITH wanted AS (
        SELECT k.at, o.org_id, k.year FROM jsonb_to_recordset($1::jsonb) AS k(at int, "orgId" int, year int) JOIN organisation o ON o.org_id = k."orgId"
      ), place AS (
        SELECT at, org_id, year FROM wanted UNION ALL SELECT at, org_id, 0 FROM wanted
      ), part AS (
        SELECT p.at, k.* FROM place p
          CROSS JOIN LATERAL (SELECT ${metrics('c')} FROM subtree_count c WHERE c.org_id = p.org_id AND c.year = p.year OFFSET 0) k
        UNION ALL
        SELECT p.at, k.* FROM place p
          CROSS JOIN LATERAL (SELECT ${metrics('d')} FROM subtree_delta d WHERE d.org_id = p.org_id AND d.year = p.year OFFSET 0) k
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
 */
export function recountedParticipationOf(client: Pick<ClientBase, 'query'>, wanted: Wanted): Promise<Registration[]> {
  return countedParticipationOf(client, wanted, 0)
}

/**
 * The figures as they are said: of the present year from the kept counts, of past years for the tree and the rosters at
 * their end.
 */
export async function figuresOfYears(
  client: Pick<ClientBase, 'query'>,
  wanted: Wanted,
  thisYear: number,
): Promise<Registration[]> {
  const [past, present] = [wanted.filter(({ year }) => year < thisYear), wanted.filter(({ year }) => year >= thisYear)]
  const [then, now] = await together([
    orKept(
      client,
      past,
      thisYear,
      (kept) => kept.registration,
      (rest) => countedParticipationOf(client, rest, thisYear),
    ),
    present.length > 0 ? participationOf(client, present) : [],
  ])
  const found = new Map([
    ...past.map((each, at) => [each, then[at]!] as const),
    ...present.map((each, at) => [each, now[at]!] as const),
  ])
  return wanted.map((each) => found.get(each)!)
}
