/** Figures of years whose rows are gone: taken while the rows were there, read instead of counting. */
import type { ClientBase } from 'pg'
import type { DeedCounts } from '../domain/deed-figures.ts'
import type { Registration } from '../domain/participation.ts'
import { deedCountsOf } from './deed-counts.ts'
import { countedParticipationOf, type YearOf } from './tree-at.ts'

type Sql = Pick<ClientBase, 'query'>

interface Kept {
  registration: Registration
  deedCounts: DeedCounts
}

/** What was kept of those asked for, by '<orgId>:<year>'; years whose rows are there are not in it. */
export async function keptFigures(client: Sql, wanted: readonly YearOf[]): Promise<Map<string, Kept>> {
  if (wanted.length === 0) return new Map()
  const { rows } = await client.query<Kept & YearOf>({
    name: 'kept-figures',
    text: `SELECT k."orgId", k.year, y.registration, y.deed_counts AS "deedCounts"
      FROM jsonb_to_recordset($1::jsonb) AS k("orgId" int, year int) JOIN kept_year y ON y.org_id = k."orgId" AND y.year = k.year`,
    values: [JSON.stringify(wanted.map(({ orgId, year }) => ({ orgId, year })))],
  })
  return new Map(rows.map(({ orgId, year, ...kept }) => [`${orgId}:${year}`, kept]))
}

/** Those asked for in their order: kept ones as they were kept, the others counted. */
export async function orKept<T>(
  client: Sql,
  wanted: readonly YearOf[],
  thisYear: number,
  kept: (figures: Kept) => T,
  count: (rest: readonly YearOf[]) => Promise<T[]>,
): Promise<T[]> {
  const found = await keptFigures(
    client,
    wanted.filter(({ year }) => year < thisYear),
  )
  const keyOf = ({ orgId, year }: YearOf) => `${orgId}:${year}`
  const rest = wanted.filter((each) => !found.has(keyOf(each)))
  const counted = rest.length > 0 ? await count(rest) : []
  const byKey = new Map(rest.map((each, at) => [keyOf(each), counted[at]!]))
  return wanted.map((each) => {
    const figures = found.get(keyOf(each))
    return figures ? kept(figures) : byKey.get(keyOf(each))!
  })
}

/** The counts of deeds as they are said, of whatever year. */
export const deedCountsOfYears = (client: Sql, wanted: readonly YearOf[], thisYear: number): Promise<DeedCounts[]> =>
  orKept(
    client,
    wanted,
    thisYear,
    (kept) => kept.deedCounts,
    (rest) => deedCountsOf(client, rest, thisYear),
  )

/** Organisations counted in one statement: a city's cells in a few seconds, and no statement is long. */
const organisationsAtOnce = 200

/** Takes the figures of a year, of every organisation that there was at its end; its meetings keep their own. */
export async function keepFigures(client: Sql, year: number): Promise<number> {
  const { rows } = await client.query<{ id: number }>(
    `SELECT org_id AS id FROM organisation_history WHERE from_on <= $1::date AND (until_on IS NULL OR until_on > $1::date) ORDER BY 1`,
    [`${year}-12-31`],
  )
  for (let at = 0; at < rows.length; at += organisationsAtOnce) {
    const wanted = rows.slice(at, at + organisationsAtOnce).map(({ id }) => ({ orgId: id, year }))
    // A year is past for whoever asks the year after it.
    const registrations = await countedParticipationOf(client, wanted, year + 1)
    const counts = await deedCountsOf(client, wanted, year + 1)
    const kept = wanted.map(({ orgId }, i) => ({ orgId, registration: registrations[i], deedCounts: counts[i] }))
    await client.query(
      `INSERT INTO kept_year (org_id, year, registration, deed_counts)
       SELECT "orgId", $2, registration, "deedCounts" FROM jsonb_to_recordset($1::jsonb) AS r("orgId" int, registration jsonb, "deedCounts" jsonb)
       ON CONFLICT (org_id, year) DO NOTHING`,
      [JSON.stringify(kept), year],
    )
  }
  return rows.length
}
