import { type Effect, reply } from '../dialogue/effects.ts'
import { addToMonth, monthOf } from '../domain/calendar.ts'
import { meetingsAround, nextReminder, plannedMeeting, upcoming } from '../domain/meeting.ts'
import type { MeetingSchedule } from '../domain/records.ts'
import { isSchedule, occurrenceIn, parseSchedule } from '../domain/schedule.ts'
import { type Command, inOrg } from './command.ts'

/** Sets the standing schedule. Meetings already moved or called off stay as they are; planned ones follow. */
export const setSchedule: Command<'meeting.schedule'> = {
  intents: ['meeting.schedule'],
  may: 'meeting.schedule',
  respond(facts, request) {
    const { texts, now, timeZone } = facts
    const { org } = inOrg(facts)
    const { cron, shift } = request.slots
    if (!cron || !isSchedule(cron)) return [reply(texts.scheduleUnclear)]
    const old = facts.schedule(org.orgId)
    const month = monthOf(now, timeZone)
    const schedule: MeetingSchedule = {
      orgId: org.orgId,
      cron,
      shift: shift ?? 'same',
      place: request.extras?.place ?? old?.place ?? null,
      plannedUntil: addToMonth(month, 1),
      updatedAt: now,
    }
    const holidays = facts.holidays()
    const rows = facts.meetings(org.orgId)
    const kept = rows.filter((row) => row.isMoved || row.state !== 'planned' || row.startsAt <= now)
    const planned = [month, addToMonth(month, 1)]
      .filter((each) => !kept.some((row) => row.occurrence === each))
      .map((each) => plannedMeeting(schedule, each, org, holidays, now))
    // This month's day may be over already; the new rule then begins with the next month.
    const coming = planned.filter((meeting) => meeting.startsAt > now)
    const gone = rows.filter((row) => !kept.includes(row) && !coming.some((each) => each.occurrence === row.occurrence))
    const effects: Effect[] = [
      { put: 'schedule', row: schedule },
      ...gone.map((row): Effect => ({ remove: 'meeting', row })),
      ...coming.map(
        (row): Effect => ({
          put: 'meeting',
          row: { ...row, nextReminderAt: nextReminder(row, org, now) },
        }),
      ),
      {
        audit: {
          orgId: org.orgId,
          action: 'meeting.scheduled',
          subject: `schedule:${org.orgId}`,
          details: { cron, shift: schedule.shift },
        },
      },
    ]
    const shown = upcoming(meetingsAround(schedule, [...kept, ...coming], org, holidays, now), now).slice(0, 3)
    const unknown = shown.find(
      (meeting) => !occurrenceIn(schedule, meeting.occurrence, timeZone, holidays).holidaysKnown,
    )
    const rule = parseSchedule(cron)
    const [hour, minute] = rule.time.split(':').map(Number)
    const ruleText = texts.rule({
      ...(rule.kind === 'day' ? { day: rule.day } : { weekday: rule.weekday, nth: rule.nth }),
      hour: hour ?? 0,
      minute: minute ?? 0,
      place: schedule.place,
    })
    const next = shown.map((meeting) => texts.dateTime(meeting.startsAt, timeZone))
    const unknownYear = unknown && schedule.shift !== 'same' ? Number(unknown.occurrence.slice(0, 4)) : null
    return [...effects, reply(texts.scheduleSet(ruleText, next, texts.shiftNotes[schedule.shift], unknownYear))]
  },
}
