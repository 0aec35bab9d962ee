/** The minutes of a meeting as the operator's tool reads them. */
import type { Pool } from 'pg'
import type { MinutesSource } from '../commands/minutes-view.ts'
import { themeFor } from '../domain/meeting.ts'
import type { Minutes, MinutesItem } from '../domain/minutes.ts'
import type { Meeting, Member, Theme } from '../domain/records.ts'
import { Refused } from './admin.ts'
import { selectList } from './columns.ts'

/** What there is of one meeting. Throws `Refused` where there is no such meeting. */
export async function minutesSource(pool: Pool, orgId: number, occurrence: string): Promise<MinutesSource> {
  const of = [orgId, occurrence]
  const where = 'WHERE org_id = $1 AND occurrence = $2'
  const { rows: meetings } = await pool.query<Meeting & { name: string; zone: string }>(
    `SELECT ${selectList('meeting', 'm')}, o.name, o.time_zone AS zone FROM meeting m JOIN organisation o USING (org_id) ${where}`,
    of,
  )
  const meeting = meetings[0]
  if (!meeting) throw new Refused(`Organisation ${orgId} has no meeting ${occurrence}.`)
  const [heads, items, members, themes] = await Promise.all([
    pool.query<Minutes>(`SELECT ${selectList('minutes')} FROM minutes ${where}`, of),
    pool.query<MinutesItem>(`SELECT ${selectList('minutesItem')} FROM minutes_item ${where}`, of),
    pool.query<Member>(
      `SELECT ${selectList('member')} FROM member WHERE member_id IN (SELECT in_charge_id FROM minutes_item ${where})`,
      of,
    ),
    pool.query<Theme>(`SELECT ${selectList('theme')} FROM theme WHERE org_id = $1`, [orgId]),
  ])
  return {
    ...{ organisation: meeting.name, timeZone: meeting.zone, meeting, items: items.rows },
    head: heads.rows[0] ?? null,
    theme: themeFor(occurrence, themes.rows),
    nameOf: (memberId) => members.rows.find((member) => member.memberId === memberId)?.displayName ?? null,
  }
}
