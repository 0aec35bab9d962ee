/**
 * When a meeting is announced and when it is asked about afterwards. A secretary posts time and theme on the 20th of the
 * month before (domain.md §3.2, Trung Liệt 10B); the day is data of an organisation, inherited by all below.
 */
import { addDays, addToMonth, daysInMonth, instantAt, localAt, localDate, monthPartsOf } from './calendar.ts'
import type { Meeting, MeetingSetting, Organisation } from './records.ts'
import { quietUntil } from './reminder-plan.ts'

export const defaultNoticeDay = 20

/** Early enough to be read that day, late enough to wake nobody. */
const noticeTime = '08:00'

/**
 * So many days after a meeting its secretary is asked whether it was held: enough to give the result unasked, and early enough to
 * remember who was there.
 */
export const checkAfterDays = 3
const checkTime = '09:00'

type Hours = Pick<Organisation, 'timeZone' | 'quietFrom' | 'quietTo'>

function awake(at: Date, org: Hours): Date {
  return quietUntil(at, org.timeZone, { from: org.quietFrom, to: org.quietTo }) ?? at
}

/** The month a meeting belongs to, '2026-10', also of a thematic one ('2026-10-T'). */
export function monthOfMeeting(occurrence: string): string {
  return occurrence.slice(0, 7)
}

/**
 * When a meeting is announced: on a day (1–31) of the month before the one it belongs to, its last day where it is too short.
 * Null for day 0, for a meeting that is not planned, and where the day would not come before the meeting.
 */
export function noticeAt(
  meeting: Pick<Meeting, 'occurrence' | 'startsAt' | 'state'>,
  day: number,
  org: Hours,
): Date | null {
  if (day === 0 || meeting.state !== 'planned') return null
  const { year, month } = monthPartsOf(addToMonth(monthOfMeeting(meeting.occurrence), -1))
  const on = localDate(year, month, Math.min(day, daysInMonth(year, month)))
  const at = awake(instantAt(on, noticeTime, org.timeZone), org)
  return at < meeting.startsAt ? at : null
}

/** When its secretary is asked whether a meeting was held. */
export function checkAt(startsAt: Date, org: Hours): Date {
  const on = addDays(localAt(startsAt, org.timeZone).on, checkAfterDays)
  return awake(instantAt(on, checkTime, org.timeZone), org)
}

/** What holds for an organisation: its own settings, else those of the nearest one above, else the defaults. */
export interface MeetingRules {
  noticeDay: number
  /** Null: nobody set one, the profile's stands. */
  agenda: readonly string[] | null
  abovePercent: number | null
  mostExcusedInRow: number | null
  monthsAbsent: number | null
}

/** `path` is the organisation's ('/1/5/9/'); rows of others are ignored. */
export function meetingRules(path: string, rows: readonly MeetingSetting[]): MeetingRules {
  const ids = path.split('/').filter((id) => id !== '')
  const nearest = ids.reverse().flatMap((id) => rows.find((row) => String(row.orgId) === id) ?? [])
  const first = <K extends 'noticeDay' | 'abovePercent' | 'mostExcusedInRow' | 'monthsAbsent'>(key: K) =>
    nearest.find((row) => row[key] !== null)?.[key] ?? null
  return {
    noticeDay: first('noticeDay') ?? defaultNoticeDay,
    agenda: nearest.find((row) => row.agenda.length > 0)?.agenda ?? null,
    abovePercent: first('abovePercent'),
    mostExcusedInRow: first('mostExcusedInRow'),
    monthsAbsent: first('monthsAbsent'),
  }
}
