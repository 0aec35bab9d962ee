/** A cell's meetings: the standing schedule, and what was moved, called off or held against it. */
import { addToMonth, monthOf } from './calendar.ts'
import type { HolidayCalendar } from './holidays.ts'
import type { Meeting, MeetingSchedule, Organisation } from './records.ts'
import { nextDueAt, planReminders } from './reminder-plan.ts'
import { occurrenceIn } from './schedule.ts'

/** A meeting can still be answered and the roll called this long after it began. */
export const meetingHours = 3

/** The roll may be called this long before the start: people come early. */
export const rollCallLeadHours = 2

/** The meeting that a schedule gives a month, as a row not yet written. */
export function plannedMeeting(
  schedule: MeetingSchedule,
  occurrence: string,
  org: Pick<Organisation, 'timeZone' | 'leadMinutes' | 'quietFrom' | 'quietTo'>,
  holidays: HolidayCalendar,
  now: Date,
): Meeting {
  const { startsAt } = occurrenceIn(schedule, occurrence, org.timeZone, holidays)
  const meeting: Meeting = {
    orgId: schedule.orgId,
    occurrence,
    startsAt,
    place: schedule.place,
    state: 'planned',
    isMoved: false,
    reason: null,
    rollCallAt: null,
    rollClosedAt: null,
    nextReminderAt: null,
    updatedAt: now,
  }
  return { ...meeting, nextReminderAt: nextReminder(meeting, org, now) }
}

/** When a meeting is next reminded of; null when nothing is left or it will not take place. */
export function nextReminder(
  meeting: Pick<Meeting, 'startsAt' | 'state'>,
  org: Pick<Organisation, 'timeZone' | 'leadMinutes' | 'quietFrom' | 'quietTo'>,
  after: Date,
): Date | null {
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
  org: Pick<Organisation, 'timeZone' | 'leadMinutes' | 'quietFrom' | 'quietTo'>,
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
  return [...rows, ...planned].sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime())
}

function endOf(meeting: Meeting): number {
  return meeting.startsAt.getTime() + meetingHours * 3_600_000
}

/** Meetings that take place and are not over. */
export function upcoming(meetings: readonly Meeting[], now: Date): Meeting[] {
  return meetings.filter((meeting) => meeting.state === 'planned' && endOf(meeting) > now.getTime())
}
