/** A cell's meetings: the standing schedule, and what was moved, called off or held against it. */
import { addToMonth, instantAt, localAt, monthOf } from './calendar.ts'
import type { HolidayCalendar } from './holidays.ts'
import { checkAt, monthOfMeeting, noticeAt } from './meeting-notice.ts'
import type { Meeting, MeetingSchedule, Organisation, Theme } from './records.ts'
import { nextDueAt, planReminders } from './reminder-plan.ts'
import { occurrenceIn } from './schedule.ts'

/** A meeting can still be answered and the roll called this long after it began. */
export const meetingHours = 3

/** The roll may be called this long before the start: people come early. */
export const rollCallLeadHours = 2

/** The flag is saluted so long before a meeting at most; a meeting moved to another time of day goes without. */
export const mostSaluteMinutes = 180

/** When the flag is saluted before a meeting (Hậu Giang: 6:45 before 7:00, domain.md §3.2); null where it is not. */
export function flagSaluteOf(
  schedule: Pick<MeetingSchedule, 'flagSaluteAt'> | null,
  meeting: Pick<Meeting, 'kind' | 'startsAt'>,
  zone: string,
): Date | null {
  if (!schedule?.flagSaluteAt || meeting.kind === 'thematic') return null
  const salute = instantAt(localAt(meeting.startsAt, zone).on, schedule.flagSaluteAt, zone)
  const minutes = (meeting.startsAt.getTime() - salute.getTime()) / 60_000
  return minutes > 0 && minutes <= mostSaluteMinutes ? salute : null
}

/** The theme of a meeting: its own, its month's or its quarter's; one of its own has no other. */
export function themeFor(occurrence: string, themes: readonly Theme[]): string | null {
  const month = monthOfMeeting(occurrence)
  const quarter = `${month.slice(0, 4)}-Q${Math.ceil(Number(month.slice(5, 7)) / 3)}`
  const periods = occurrence === month ? [month, quarter] : [occurrence]
  return periods.flatMap((period) => themes.find((row) => row.period === period)?.theme ?? [])[0] ?? null
}

/** What is told and asked of a meeting at its time; put anew whenever its time or its state changes. */
export type MeetingOrg = Pick<Organisation, 'timeZone' | 'leadMinutes' | 'quietFrom' | 'quietTo'>

/**
 * A meeting with the instants at which something about it falls due. `noticeDay` null: it is not announced ahead (any more). With
 * `catchUp` an announcement that should have gone out already still does; without, whoever plans it now has told the group.
 */
export function timed(
  meeting: Meeting,
  org: MeetingOrg,
  noticeDay: number | null,
  now: Date,
  catchUp = false,
): Meeting {
  const due = noticeDay === null ? null : noticeAt(meeting, noticeDay, org)
  return {
    ...meeting,
    nextReminderAt: nextReminder(meeting, org, now),
    noticeAt: due && (due > now || catchUp) ? due : null,
    checkAt: meeting.state === 'planned' ? checkAt(meeting.startsAt, org) : null,
  }
}

/** The meeting that a schedule gives a month, as a row not yet written and not announced. */
export function plannedMeeting(
  schedule: MeetingSchedule,
  occurrence: string,
  org: MeetingOrg,
  holidays: HolidayCalendar,
  now: Date,
): Meeting {
  const { startsAt } = occurrenceIn(schedule, occurrence, org.timeZone, holidays)
  return timed(newMeeting(schedule.orgId, occurrence, startsAt, schedule.place, now), org, null, now)
}

/** The key of a thematic meeting of its own in a month; one a month at most. */
export function thematicOccurrence(month: string): string {
  return `${month}-T`
}

/** A meeting of which nothing is known but when and where; `timed` gives it its instants. */
export function newMeeting(
  orgId: number,
  occurrence: string,
  startsAt: Date,
  place: string | null,
  now: Date,
): Meeting {
  return {
    orgId,
    occurrence,
    kind: occurrence === monthOfMeeting(occurrence) ? 'regular' : 'thematic',
    startsAt,
    place,
    state: 'planned',
    isMoved: false,
    reason: null,
    reasonKind: null,
    rollCallAt: null,
    rollClosedAt: null,
    rollCounts: null,
    nextReminderAt: null,
    noticeAt: null,
    checkAt: null,
    updatedAt: now,
  }
}

/** When a meeting is next reminded of; null when nothing is left or it will not take place. */
export function nextReminder(meeting: Pick<Meeting, 'startsAt' | 'state'>, org: MeetingOrg, after: Date): Date | null {
  if (meeting.state !== 'planned' || meeting.startsAt <= after) return null
  const quiet = { from: org.quietFrom, to: org.quietTo }
  return nextDueAt(planReminders(meeting.startsAt, org.leadMinutes, org.timeZone, quiet), after)
}

/** The month a lookout begins with: a meeting moved out of last month may still be ahead. */
function monthsAround(now: Date, zone: string, ahead: number): string[] {
  const month = monthOf(now, zone)
  return Array.from({ length: ahead + 2 }, (_, index) => addToMonth(month, index - 1))
}

/**
 * Meetings of last month and the coming ones, by time: rows where there are rows, else what the schedule says.
 * A schedule only speaks for the time after it was set: it does not invent meetings of the past.
 */
export function meetingsAround(
  schedule: MeetingSchedule | null,
  rows: readonly Meeting[],
  org: MeetingOrg,
  holidays: HolidayCalendar,
  now: Date,
  ahead = 2,
): Meeting[] {
  const known = new Set(rows.map((row) => row.occurrence))
  const planned = schedule
    ? monthsAround(now, org.timeZone, ahead)
        .filter((month) => !known.has(month))
        .map((month) => plannedMeeting(schedule, month, org, holidays, now))
        .filter((meeting) => meeting.startsAt >= schedule.updatedAt)
    : []
  const all = [...rows, ...planned].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
  // Where all of the next months are called off, the first that is not is looked for further ahead.
  const isFarther = schedule !== null && ahead < farthestMonths && upcoming(all, now).length === 0
  return isFarther ? meetingsAround(schedule, rows, org, holidays, now, ahead + 2) : all
}
const farthestMonths = 12

function endOf(meeting: Meeting): number {
  return meeting.startsAt.getTime() + meetingHours * 3_600_000
}

/** Meetings that take place and are not over. */
export function upcoming(meetings: readonly Meeting[], now: Date): Meeting[] {
  return meetings.filter((meeting) => meeting.state === 'planned' && endOf(meeting) > now.getTime())
}
