/** Meetings as the operator sees and sets them up. */
import type { Pool } from 'pg'
import { attendanceOfCounts } from '../domain/attendance.ts'
import { type MeetingRules, meetingRules, noticeAt } from '../domain/meeting-notice.ts'
import type { Meeting, MeetingSetting, Organisation } from '../domain/records.ts'
import { Refused, recordChange } from './admin.ts'
import { placesOf } from './closings.ts'
import { selectList } from './columns.ts'
import { lockInOrder } from './hold.ts'
import { transaction } from './pool.ts'

export interface MeetingChange {
  noticeDay?: number
  agenda?: string[]
  abovePercent?: number
  mostExcusedInRow?: number
  monthsAbsent?: number
  leadMinutes?: number[]
  quietFrom?: string
  quietTo?: string
}

export interface MeetingSettings extends MeetingRules {
  id: number
  leadMinutes: number[]
  quietFrom: string
  quietTo: string
}

type Sql = Pick<Pool, 'query'>

async function organisationOf(sql: Sql, orgId: number): Promise<Organisation> {
  const { rows } = await sql.query(`SELECT ${selectList('organisation')} FROM organisation WHERE org_id = $1`, [orgId])
  if (!rows[0]) throw new Refused(`There is no organisation ${orgId}.`)
  return rows[0]
}

async function rulesFor(sql: Sql, path: string): Promise<MeetingRules> {
  const ids = path.split('/').filter((id) => id !== '')
  const { rows } = await sql.query<MeetingSetting>(
    `SELECT ${selectList('meetingSetting')} FROM meeting_setting WHERE org_id = ANY($1::int[])`,
    [ids],
  )
  return meetingRules(path, rows)
}

/** What holds for an organisation. Throws `Refused` where there is none. */
export async function meetingSettings(sql: Sql, orgId: number): Promise<MeetingSettings> {
  const org = await organisationOf(sql, orgId)
  const { leadMinutes, quietFrom, quietTo } = org
  return { id: orgId, ...(await rulesFor(sql, org.path)), leadMinutes, quietFrom, quietTo }
}

/**
 * Changes what is given. Meetings ahead that were not announced yet follow a new day, here and below; reminders follow new leads from
 * the next meeting that is planned or moved.
 */
export async function setMeetings(
  pool: Pool,
  orgId: number,
  change: MeetingChange,
  now: Date,
): Promise<MeetingSettings> {
  await transaction(pool, async (client) => {
    // What conversations do to meetings ahead is not to be overwritten: the organisations whose meetings follow are held.
    await lockInOrder(client, change.noticeDay === undefined ? [orgId] : await placesOf(client, orgId, true))
    const org = await organisationOf(client, orgId)
    const { noticeDay, agenda, abovePercent, mostExcusedInRow, monthsAbsent, leadMinutes, quietFrom, quietTo } = change
    await client.query(
      `INSERT INTO meeting_setting AS s (org_id, notice_day, agenda, above_percent, most_excused_in_row, months_absent)
       VALUES ($1, $2, coalesce($3::text[], '{}'), $4, $5, $6)
       ON CONFLICT (org_id) DO UPDATE SET notice_day = coalesce($2, s.notice_day), agenda = coalesce($3::text[], s.agenda),
         above_percent = coalesce($4, s.above_percent), most_excused_in_row = coalesce($5, s.most_excused_in_row),
         months_absent = coalesce($6, s.months_absent)`,
      [orgId, noticeDay, agenda, abovePercent, mostExcusedInRow, monthsAbsent],
    )
    await client.query(
      `UPDATE organisation SET lead_minutes = coalesce($2::int[], lead_minutes), quiet_from = coalesce($3, quiet_from),
         quiet_to = coalesce($4, quiet_to) WHERE org_id = $1`,
      [orgId, leadMinutes, quietFrom, quietTo],
    )
    if (noticeDay !== undefined) await replanNotices(client, org.path, now)
    const details = Object.fromEntries(
      Object.entries({ ...change, agenda: agenda?.length }).filter(([, value]) => value !== undefined),
    )
    const subject = `organisation:${orgId}`
    await recordChange(client, now, [{ orgId, action: 'meeting.settingsSet', subject, details }])
  })
  return meetingSettings(pool, orgId)
}

async function replanNotices(sql: Sql, path: string, now: Date): Promise<void> {
  const { rows: orgs } = await sql.query<Organisation>(
    `SELECT ${selectList('organisation')} FROM organisation WHERE path LIKE $1 || '%'`,
    [path],
  )
  for (const org of orgs) {
    const { rows } = await sql.query<Meeting>(
      `SELECT ${selectList('meeting')} FROM meeting WHERE org_id = $1 AND state = 'planned' AND starts_at > $2`,
      [org.orgId, now],
    )
    if (rows.length === 0) continue
    const { noticeDay } = await rulesFor(sql, org.path)
    for (const meeting of rows) {
      const due = noticeAt(meeting, noticeDay, org)
      const at = due && due > now ? due : null
      await sql.query('UPDATE meeting SET notice_at = $3 WHERE org_id = $1 AND occurrence = $2', [
        org.orgId,
        meeting.occurrence,
        at,
      ])
    }
  }
}

export interface MeetingView {
  orgId: number
  occurrence: string
  kind: string
  startsAt: Date
  place: string | null
  state: string
  reasonKind: string | null
  /** Null until the roll was called. */
  attendance: { expected: number; present: number; excused: number; unexcused: number } | null
}

/** The meetings of an organisation and everything below it, oldest first. */
export async function listMeetings(pool: Pool, orgId: number): Promise<MeetingView[]> {
  const { path } = await organisationOf(pool, orgId)
  const { rows } = await pool.query(
    `SELECT m.org_id AS "orgId", m.occurrence, m.kind, m.starts_at AS "startsAt", m.place, m.state, m.reason_kind AS "reasonKind",
       m.roll_counts AS counts
     FROM meeting m JOIN organisation o USING (org_id) WHERE o.path LIKE $1 || '%' ORDER BY m.starts_at, m.org_id`,
    [path],
  )
  return rows.map(({ counts, ...meeting }) => {
    if (!counts) return { ...meeting, attendance: null }
    const { expected, present, excused, unexcused } = attendanceOfCounts(counts, true)
    return { ...meeting, attendance: { expected, present, excused, unexcused } }
  })
}
