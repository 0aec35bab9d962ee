/** Counts how far deeds are, commitments and praise of organisations and everything below; `domain/deed-figures` makes figures of them. */
import type { ClientBase } from 'pg'
import { commitmentCounts, type DeedCounts } from '../domain/deed-figures.ts'
import { type StandingCount, standings } from '../domain/participation.ts'
import { together } from './pool.ts'
import { areMany, daysJson, treeSql, type YearOf } from './tree-at.ts'

type Client = Pick<ClientBase, 'query'>

/**
 * In the order asked for: of the present year from the kept counts, of past years for the tree and the rosters at their
 * end. Approved pledges come grouped by deadline, at most some groups for each day of a year, so that what a date means is
 * decided in one place and not in SQL.
 */
export async function deedCountsOf(client: Client, wanted: readonly YearOf[], thisYear: number): Promise<DeedCounts[]> {
  const [past, present] = [wanted.filter(({ year }) => year < thisYear), wanted.filter(({ year }) => year >= thisYear)]
  const [then, now] = await together([
    past.length > 0 ? countedDeedCountsOf(client, past, thisYear) : [],
    present.length > 0 ? keptDeedCountsOf(client, present) : [],
  ])
  const found = new Map([
    ...past.map((each, at) => [each, then[at]!] as const),
    ...present.map((each, at) => [each, now[at]!] as const),
  ])
  return wanted.map((each) => found.get(each)!)
}

/** The same, counted anew from rosters and deeds: slow, and what the kept counts are held to. */
export function recountedDeedCountsOf(client: Client, wanted: readonly YearOf[]): Promise<DeedCounts[]> {
  return countedDeedCountsOf(client, wanted, 0)
}

/** With its lists in one order, to compare two. */
export function inOrder(counts: DeedCounts): DeedCounts {
  const sorted = <T extends object>(list: readonly T[]) => {
    const key = (each: T) => JSON.stringify(Object.entries(each).sort(([a], [b]) => (a < b ? -1 : 1)))
    return [...list].sort((a, b) => (key(a) < key(b) ? -1 : 1))
  }
  const { groups, praise, ratings } = counts
  return { ...counts, groups: sorted(groups), praise: sorted(praise), ratings: sorted(ratings) }
}

/** How a sum is named in `subtree_tally` (see the migration): its kind, then what it is of. */
function learn(counts: DeedCounts, what: string, count: number): void {
  const [kind, a = '', b = '', dueOn = '', state = ''] = what.split('|')
  switch (kind) {
    case 'roster':
      counts.commitments.counted += count
      break
    case 'commitment':
      counts.commitments[a as 'registered' | 'approved'] += count
      break
    case 'deed': {
      type Group = DeedCounts['groups'][number]
      const subjectKind = a as Group['subjectKind']
      const focus = b === '' ? null : (b as Group['focus'])
      counts.groups.push({ subjectKind, focus, dueOn: dueOn === '' ? null : dueOn, isDone: state === 'done', count })
      break
    }
    case 'rating':
      counts.ratings.push({ period: a, rating: b as DeedCounts['ratings'][number]['rating'], count })
      break
    case 'praise': {
      const praised = b as DeedCounts['praise'][number]['kind']
      let entry = counts.praise.find((each) => each.kind === praised)
      if (!entry) {
        entry = { kind: praised, members: 0, collectives: 0, entries: 0 }
        counts.praise.push(entry)
      }
      entry[a as 'members' | 'collectives' | 'entries'] += count
      break
    }
    default:
      throw new Error(`a kept count of an unknown kind: ${what}`)
  }
}

/** From the counts that triggers keep in the transaction of every change: a tree of any size costs a few hundred rows. */
async function keptDeedCountsOf(client: Client, wanted: readonly YearOf[]): Promise<DeedCounts[]> {
  const { rows } = await client.query<[at: number, what: string, count: number]>({
    name: 'deed-counts-kept',
    rowMode: 'array',
    // One snapshot sees each change either added up or among the deltas; looked up one by one, as in `participationOf`.
    text: `
      WITH wanted AS (
        SELECT k.at, k."orgId" AS org_id, k.year FROM jsonb_to_recordset($1::jsonb) AS k(at int, "orgId" int, year int)
      ), part AS (
        SELECT w.at, k.* FROM wanted w CROSS JOIN LATERAL (
          SELECT what, count FROM subtree_tally t WHERE t.org_id = w.org_id AND t.year = w.year OFFSET 0) k
        UNION ALL SELECT w.at, k.* FROM wanted w CROSS JOIN LATERAL (
          SELECT what, count FROM subtree_tally_delta d WHERE d.org_id = w.org_id AND d.year = w.year OFFSET 0) k
        UNION ALL SELECT w.at, 'roster', k.counted FROM wanted w CROSS JOIN LATERAL (
          SELECT counted FROM subtree_count c WHERE c.org_id = w.org_id AND c.year = 0 OFFSET 0) k
        UNION ALL SELECT w.at, 'roster', k.counted FROM wanted w CROSS JOIN LATERAL (
          SELECT counted FROM subtree_delta d WHERE d.org_id = w.org_id AND d.year = 0 OFFSET 0) k
      )
      SELECT at, what, sum(count)::int FROM part GROUP BY 1, 2 HAVING sum(count) <> 0`,
    values: [JSON.stringify(wanted.map(({ orgId, year }, at) => ({ at, orgId, year })))],
  })
  const found = wanted.map(({ year }) => noCounts(year))
  for (const [at, what, count] of rows) learn(found[at]!, what, count)
  return found
}

const noCounts = (year: number): DeedCounts => ({
  year,
  groups: [],
  commitments: { counted: 0, registered: 0, approved: 0 },
  praise: [],
  ratings: [],
})

/** Members who left took their deeds along, as everywhere. */
async function countedDeedCountsOf(client: Client, wanted: readonly YearOf[], thisYear: number): Promise<DeedCounts[]> {
  const { rows } = await client.query({
    name: areMany(wanted) ? 'deed-counts-many' : 'deed-counts',
    text: `
      WITH ${treeSql(wanted)}, standing_deed AS (
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
    if (!row) return noCounts(year)
    const members = (row.commitments as { status: StandingCount['status']; best: number; count: number }[]).map(
      ({ status, best, count }): StandingCount => ({ status, standing: standings[best] ?? 'none', count }),
    )
    return {
      year,
      groups: row.groups as DeedCounts['groups'],
      commitments: commitmentCounts(members),
      praise: row.praise as DeedCounts['praise'],
      ratings: row.ratings as DeedCounts['ratings'],
    }
  })
}
