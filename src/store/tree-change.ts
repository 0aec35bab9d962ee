/** What changes of the tree share: the day from which they are so, locks, places and rosters. */
import type { PoolClient } from 'pg'
import { dateOf } from '../domain/calendar.ts'
import { Refused } from './admin.ts'
import { setEffectiveOn } from './effective-on.ts'

/** From when; without a day, from today where the organisation is. */
export interface When {
  on: string | null
  /** A day of a past year is meant: its reports then say something else. */
  isLate: boolean
  now: Date
}

/** An organisation that a change is about. */
export interface Row {
  orgId: number
  parentId: number | null
  kind: 'cell' | 'committee'
  name: string
  path: string
  timeZone: string
  closedOn: string | null
  /** Since when it is as it is. */
  sinceOn: string
}

/** Changes of the tree are made one after the other: paths are read and written as one. */
const treeLock = 7_310_003

/** Holds back every other change of the tree until the end of the transaction. */
export async function holdTree(client: PoolClient): Promise<void> {
  await client.query('SELECT pg_advisory_xact_lock($1)', [treeLock])
}

/** Locked with everything below, in the order asked for. Throws `Refused` where one is not there (any more). */
export async function organisations(client: PoolClient, ids: readonly number[]): Promise<Row[]> {
  await holdTree(client)
  // Conversations lock the organisations they speak of, in this order.
  const { rows } = await client.query<Row & { isWanted: boolean }>(
    `SELECT o.org_id AS "orgId", o.parent_id AS "parentId", o.kind, o.name, o.path, o.time_zone AS "timeZone", o.closed_on AS "closedOn",
       h.from_on AS "sinceOn", o.org_id = ANY($1) AS "isWanted"
     FROM organisation o JOIN organisation_history h ON h.org_id = o.org_id AND h.until_on IS NULL
     WHERE EXISTS (SELECT FROM organisation r WHERE r.org_id = ANY($1) AND starts_with(o.path, r.path))
     ORDER BY o.org_id FOR NO KEY UPDATE OF o`,
    [ids],
  )
  return ids.map((id) => {
    const row = rows.find((each) => each.isWanted && each.orgId === id)
    if (!row) throw new Refused(`There is no organisation ${id}.`)
    if (row.closedOn !== null) throw new Refused(`Organisation ${id} is no more since ${row.closedOn}.`)
    return row
  })
}

/** The day of a change, which is from then on the day of the transaction. */
export async function dated(
  client: PoolClient,
  { on, isLate, now }: When,
  timeZone: string,
  sinceOn: string,
): Promise<string> {
  const today = dateOf(now, timeZone)
  const day = on ?? today
  if (day > today) throw new Refused(`${day} has not come yet: record the change on the day or later.`)
  if (day.slice(0, 4) < today.slice(0, 4) && !isLate)
    throw new Refused(
      `Reports of ${day.slice(0, 4)} would change. Give a day of this year, or --late where that is meant.`,
    )
  if (day < sinceOn) throw new Refused(`There is a later change, of ${sinceOn}: this one cannot be dated before it.`)
  await setEffectiveOn(client, day)
  return day
}

/** Since when all of them are as they are. */
export const latest = (rows: readonly { sinceOn: string }[]) =>
  rows
    .map((row) => row.sinceOn)
    .sort()
    .at(-1) ?? ''

/** Puts an organisation below another one (null: at the top), with everything beneath. */
export async function place(client: PoolClient, row: Pick<Row, 'orgId' | 'path'>, parent: Row | null): Promise<number> {
  const path = `${parent?.path ?? '/'}${row.orgId}/`
  const { rowCount } = await client.query(
    `UPDATE organisation SET path = $2 || substr(path, length($3) + 1), parent_id = CASE WHEN org_id = $1 THEN $4 ELSE parent_id END
      WHERE starts_with(path, $3)`,
    [row.orgId, path, row.path, parent?.orgId ?? null],
  )
  return rowCount ?? 0
}

/** Moves lines of rosters. Whoever held an office holds none where they come to: rights come from codes alone. */
export async function moveMembers(
  client: PoolClient,
  where: string,
  values: unknown[],
  to: number,
  now: Date,
): Promise<{ moved: { memberId: number; from: number }[]; officersEnded: number[] }> {
  const { rows } = await client.query<{ memberId: number; from: number; role: string }>(
    `SELECT member_id AS "memberId", org_id AS "from", role FROM member WHERE status <> 'left' AND ${where} ORDER BY member_id FOR UPDATE`,
    values,
  )
  const ids = rows.map((row) => row.memberId)
  await client.query(
    `DELETE FROM attendance a USING meeting m WHERE a.member_id = ANY($1) AND m.org_id = a.org_id AND m.occurrence = a.occurrence AND m.starts_at > $2`,
    [ids, now],
  )
  await client.query(`UPDATE member SET org_id = $2, role = 'member' WHERE member_id = ANY($1)`, [ids, to])
  const officersEnded = rows.filter((row) => row.role !== 'member').map((row) => row.memberId)
  return { moved: rows.map(({ memberId, from }) => ({ memberId, from })), officersEnded }
}
