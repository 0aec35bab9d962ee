/** What of a year is tied to persons: written to its export, then taken away. One table, so that both speak of the same rows. */

interface YearTable {
  table: string
  /** Rows of the year $1, as `t`. */
  where: string
  /** The line of the roster that a row is about; null for what is the organisation's own. */
  member: string
  /** Columns that single out one row. */
  key: readonly string[]
}

const months = `t.occurrence BETWEEN $1::int || '-01' AND $1::int || '-12-T'`
const subject = `CASE WHEN t.subject_kind = 'individual' THEN t.subject_id END`
const deedKey = ['year', 'subject_kind', 'subject_id', 'number']

export const yearTables: readonly YearTable[] = [
  { table: 'deed_history', where: 't.year = $1', member: subject, key: [...deedKey, 'version'] },
  { table: 'deed_progress', where: 't.year = $1', member: subject, key: [...deedKey, 'version'] },
  { table: 'deed_rating', where: 't.year = $1', member: subject, key: [...deedKey, 'period', 'source'] },
  { table: 'commendation', where: 't.year = $1', member: 't.member_id', key: ['commendation_id'] },
  { table: 'attendance', where: months, member: 't.member_id', key: ['org_id', 'occurrence', 'member_id'] },
  // The organisation's own, whoever is in charge: its words go with its year.
  { table: 'minutes', where: months, member: 'NULL::int', key: ['org_id', 'occurrence'] },
  { table: 'minutes_item', where: months, member: 'NULL::int', key: ['org_id', 'occurrence', 'kind', 'number'] },
  { table: 'deed', where: 't.year = $1', member: subject, key: deedKey },
  // Where somebody stood until some day of the year: rosters at the end of later years do not need it.
  {
    table: 'membership_history',
    where: `t.until_on > make_date($1::int, 1, 1) AND t.until_on <= make_date($1::int + 1, 1, 1)`,
    member: 't.member_id',
    key: ['member_id', 'from_on'],
  },
  // Names of those who had left by the end of the year: taken away, the line stays as a number.
  {
    table: 'member',
    where: `t.status = 'left' AND t.erased_at IS NULL AND EXISTS (SELECT FROM membership_history h
      WHERE h.member_id = t.member_id AND h.until_on IS NULL AND h.status = 'left' AND h.from_on <= make_date($1::int + 1, 1, 1))`,
    member: 't.member_id',
    key: ['member_id'],
  },
]

/** Years up to $1 of which there is anything. */
export const yearsSql = `SELECT DISTINCT year FROM (
    SELECT year FROM deed UNION SELECT year FROM deed_history UNION SELECT year FROM deed_progress UNION SELECT year FROM deed_rating
    UNION SELECT year FROM commendation UNION SELECT left(occurrence, 4)::int FROM attendance UNION SELECT left(occurrence, 4)::int FROM minutes_item
    UNION SELECT left(occurrence, 4)::int FROM minutes
    UNION SELECT extract(year FROM until_on - 1)::int FROM membership_history WHERE until_on IS NOT NULL
    UNION SELECT greatest(extract(year FROM h.from_on - 1)::int, 0) FROM member m JOIN membership_history h USING (member_id)
      WHERE m.status = 'left' AND m.erased_at IS NULL AND h.until_on IS NULL AND h.status = 'left' AND h.from_on > DATE '0001-01-01'
  ) y WHERE year <= $1 AND year > 0 ORDER BY year`

/** Lines of the export: whose it is by number and name, and the row as the database has it. The erased are left out. */
export const exportSql = ({ table, where, member }: YearTable) => `
  SELECT jsonb_build_object('table', '${table}', 'memberId', m.member_id, 'name', m.display_name,
    'organisation', o.name, 'row', to_jsonb(t)) AS line
  FROM ${table} t LEFT JOIN member m ON m.member_id = ${member} LEFT JOIN organisation o ON o.org_id = m.org_id
  WHERE ${where} AND m.erased_at IS NULL`

/** Takes away up to $2 rows of the year. A member who has left loses the name and the accounts, not the line. */
export const deleteSql = ({ table, where, key }: YearTable) => {
  const chosen = `WITH chosen AS MATERIALIZED (SELECT ${key.map((column) => `t.${column}`).join(', ')} FROM ${table} t WHERE ${where} LIMIT $2)`
  const same = key.map((column) => `x.${column} = chosen.${column}`).join(' AND ')
  return table === 'member'
    ? `${chosen}, unlinked AS (DELETE FROM account_member l USING chosen WHERE l.member_id = chosen.member_id)
       UPDATE member x SET display_name = NULL, folded_name = NULL, role = 'member', erased_at = $3 FROM chosen WHERE ${same}`
    : `${chosen} DELETE FROM ${table} x USING chosen WHERE ${same}`
}

export const countSql = ({ table, where }: YearTable) => `SELECT count(*)::int AS count FROM ${table} t WHERE ${where}`
