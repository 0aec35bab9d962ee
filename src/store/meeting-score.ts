/** Scores of meetings: counted from records and from what is answered, and kept once nothing is missing. */
import type { Pool } from 'pg'
import { attendanceOfCounts } from '../domain/attendance.ts'
import { periodContaining } from '../domain/calendar.ts'
import { standingClosing } from '../domain/closing.ts'
import { faultyAnswers, type Measured, type MeetingScore, scoreMeeting } from '../domain/meeting-score.ts'
import type { Meeting } from '../domain/records.ts'
import { Refused, recordChange } from './admin.ts'
import { closingsOf } from './closings.ts'
import { selectList } from './columns.ts'
import type { FormFile } from './meeting-form.ts'

type Sql = Pick<Pool, 'query'>

export interface ScoreView extends MeetingScore {
  orgId: number
  occurrence: string
  title: string
  source: string
  /** The form that this is counted by. */
  form: { path: string; version: string }
  gradeLabel: string | null
  /** What is kept, perhaps by another form or from records that were corrected since; null: nothing. */
  kept: { total: number; maximum: number; grade: string; form: string; at: Date } | null
}

interface Kept {
  form: string
  points: Record<string, number>
  answered: string[]
  total: number
  maximum: number
  grade: string
  at: Date
}

async function heldMeeting(sql: Sql, orgId: number, occurrence: string): Promise<Meeting> {
  const { rows } = await sql.query<Meeting>(
    `SELECT ${selectList('meeting')} FROM meeting WHERE org_id = $1 AND occurrence = $2 FOR UPDATE`,
    [orgId, occurrence],
  )
  const meeting = rows[0]
  if (!meeting) throw new Refused(`Organisation ${orgId} has no meeting ${occurrence}.`)
  if (meeting.state === 'cancelled') throw new Refused('The meeting was not held: there is nothing to judge.')
  if (meeting.state !== 'held') throw new Refused('The roll was not called: until then nothing can be counted.')
  return meeting
}

function measuredOf(meeting: Meeting): Measured {
  const { rate, unexcused } = attendanceOfCounts(meeting.rollCounts ?? [], true)
  return {
    attendance: rate.denominator === 0 ? null : (rate.numerator * 100) / rate.denominator,
    unexcused,
    unmoved: meeting.isMoved ? 0 : 1,
    // Minutes are not kept yet, so these are asked.
    minutes: null,
    speakers: null,
    decisions: null,
  }
}

async function refuseWhereClosed(sql: Pool, orgId: number, occurrence: string): Promise<void> {
  const day = `${occurrence.slice(0, 7)}-01`
  const closings = await closingsOf(sql, [orgId])
  const closed = (['quarter', 'half', 'year'] as const)
    .map((kind) => periodContaining(day, kind))
    .find((period) => standingClosing(closings, period))
  if (closed) throw new Refused(`The books of ${closed} are closed; "nep period reopen" opens them.`)
}

/**
 * Judges a meeting by a form. Answers that were kept hold until others are given. Where answers are given and nothing is missing any
 * more, the score is kept and noted in the log; `keep` keeps it without new answers, as after a correction of the roll call.
 *
 * @throws Refused where it is to be kept and answers are missing, where there is no such meeting, its roll was not called, its books are closed, or an answer is none
 */
export async function scoreOf(
  pool: Pool,
  of: { orgId: number; occurrence: string },
  { form, path, version }: FormFile,
  { given, keep }: { given: ReadonlyMap<string, number>; keep: boolean },
  now: Date,
): Promise<ScoreView> {
  const { orgId, occurrence } = of
  if (given.size > 0 || keep) await refuseWhereClosed(pool, orgId, occurrence)
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const meeting = await heldMeeting(client, orgId, occurrence)
    const measured = measuredOf(meeting)
    const faults = faultyAnswers(form, meeting.kind, measured, given)
    if (faults.length > 0)
      throw new Refused(
        faults
          .map(({ id, fault, maximum }) => {
            if (fault === 'unknown') return `${id}: the form has no such criterion for a ${meeting.kind} meeting.`
            if (fault === 'counted') return `${id}: is counted from the records.`
            return `${id}: must be from 0 to ${maximum}, in halves.`
          })
          .join('\n'),
      )
    const { rows } = await client.query<Kept>(
      `SELECT form, points, answered, total, maximum, grade, at FROM meeting_score WHERE org_id = $1 AND occurrence = $2`,
      [orgId, occurrence],
    )
    const before = rows[0] ?? null
    const earlier = (before?.answered ?? []).map((id): [string, number] => [id, before?.points[id] ?? 0])
    const score = scoreMeeting(form, meeting.kind, measured, new Map([...earlier, ...given]))
    if (keep && score.grade === null) throw new Refused(`Still to be answered: ${score.missing.join(', ')}.`)
    let kept = before
    if (score.grade !== null && (given.size > 0 || keep)) {
      kept = { ...keptOf(score), form: version, at: now }
      await client.query(
        `INSERT INTO meeting_score (org_id, occurrence, form, points, answered, total, maximum, grade, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (org_id, occurrence) DO UPDATE SET form = $3, points = $4, answered = $5, total = $6, maximum = $7, grade = $8, at = $9`,
        [orgId, occurrence, kept.form, kept.points, kept.answered, kept.total, kept.maximum, kept.grade, now],
      )
      const { total, maximum, grade } = kept
      const details = { form: version, total, maximum, grade }
      await recordChange(client, now, [
        { orgId, action: 'meeting.scored', subject: `meeting:${orgId}:${occurrence}`, details },
      ])
    }
    await client.query('COMMIT')
    return {
      ...{ orgId, occurrence, title: form.title, source: form.source, form: { path, version } },
      ...score,
      gradeLabel: form.grades.find(({ id }) => id === score.grade)?.label ?? null,
      kept: kept && { total: kept.total, maximum: kept.maximum, grade: kept.grade, form: kept.form, at: kept.at },
    }
  } catch (error) {
    await client.query('ROLLBACK')
    throw error
  } finally {
    client.release()
  }
}

function keptOf({ criteria, total, maximum, grade }: MeetingScore): Omit<Kept, 'form' | 'at'> {
  const points = Object.fromEntries(criteria.map((each) => [each.id, each.points ?? 0]))
  const answered = criteria.filter(({ origin }) => origin === 'answer').map(({ id }) => id)
  return { points, answered, total, maximum, grade: grade ?? '' }
}
