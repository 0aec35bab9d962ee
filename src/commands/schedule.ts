import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { addToMonth, minutesOfTime, monthOf } from '../domain/calendar.ts'
import { meetingsAround, mostSaluteMinutes, plannedMeeting, timed, upcoming } from '../domain/meeting.ts'
import type { MeetingSchedule } from '../domain/records.ts'
import { isSchedule, occurrenceIn, parseSchedule } from '../domain/schedule.ts'
import { type Command, inOrg } from './command.ts'
import { announce, meetingsOf, whenOf } from './meeting-facts.ts'

/** Sets the standing schedule. Meetings already moved or called off stay as they are; planned ones follow. */
export const setSchedule: Command<'meeting.schedule'> = {
  intents: ['meeting.schedule'],
  may: 'meeting.schedule',
  respond(facts, request) {
    const { texts, now, timeZone } = facts
    const { org } = inOrg(facts)
    const { cron, shift } = request.slots
    const { flagSalute } = request.extras ?? {}
    if (!cron && flagSalute !== undefined) return setSalute(facts, flagSalute)
    if (!cron || !isSchedule(cron)) return [reply(texts.scheduleUnclear)]
    const old = facts.schedule(org.orgId)
    const month = monthOf(now, timeZone)
    const rule = parseSchedule(cron)
    const wanted = flagSalute === undefined ? (old?.flagSaluteAt ?? null) : flagSalute
    const fits = wanted === null || isSaluteBefore(wanted, rule.time)
    if (!fits && flagSalute) return [reply(texts.saluteNotBefore(texts.hour(rule.time)))]
    const schedule: MeetingSchedule = {
      orgId: org.orgId,
      cron,
      shift: shift ?? 'same',
      place: request.extras?.place ?? old?.place ?? null,
      plannedUntil: addToMonth(month, 1),
      flagSaluteAt: fits ? wanted : null,
      updatedAt: now,
    }
    const holidays = facts.holidays()
    const rows = facts.meetings(org.orgId)
    const kept = rows.filter(
      (row) => row.kind === 'thematic' || row.isMoved || row.state !== 'planned' || row.startsAt <= now,
    )
    const { noticeDay } = facts.meetingRules(org.orgId)
    const planned = [month, addToMonth(month, 1)]
      .filter((each) => !kept.some((row) => row.occurrence === each))
      .map((each) => plannedMeeting(schedule, each, org, holidays, now))
      .map((each) => ({ ...each, kind: rows.find((row) => row.occurrence === each.occurrence)?.kind ?? each.kind }))
    // This month's day may be over already; the new rule then begins with the next month.
    const coming = planned.filter((meeting) => meeting.startsAt > now)
    const gone = rows.filter((row) => !kept.includes(row) && !coming.some((each) => each.occurrence === row.occurrence))
    const effects: Effect[] = [
      { put: 'schedule', row: schedule },
      ...gone.map((row): Effect => ({ remove: 'meeting', row })),
      ...coming.map(
        (row): Effect => ({
          put: 'meeting',
          row: timed(row, org, noticeDay, now),
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
    const [hour, minute] = rule.time.split(':').map(Number)
    const ruleText = texts.rule({
      ...(rule.kind === 'day' ? { day: rule.day } : { weekday: rule.weekday, nth: rule.nth }),
      hour: hour ?? 0,
      minute: minute ?? 0,
      place: schedule.place,
    })
    const next = shown.map((meeting) => texts.dateTime(meeting.startsAt, timeZone))
    const unknownYear = unknown && schedule.shift !== 'same' ? Number(unknown.occurrence.slice(0, 4)) : null
    const salute = schedule.flagSaluteAt ? [texts.flagSalute(texts.hour(schedule.flagSaluteAt))] : []
    const lines = [
      texts.scheduleSet(ruleText, next, texts.shiftNotes[schedule.shift], unknownYear),
      ...(fits ? salute : [texts.saluteDropped]),
    ]
    return [...effects, ...announce(facts, org.orgId, lines.join('\n'))]
  },
}

function isSaluteBefore(salute: string, start: string): boolean {
  const minutes = minutesOfTime(start) - minutesOfTime(salute)
  return minutes > 0 && minutes <= mostSaluteMinutes
}

/** "chào cờ 6h45 trước sinh hoạt": part of every regular meeting from now on; null ends it. */
function setSalute(facts: Facts, flagSaluteAt: string | null): Effect[] {
  const { texts, now } = facts
  const { org } = inOrg(facts)
  const schedule = facts.schedule(org.orgId)
  if (!schedule) return [reply(texts.noSchedule)]
  const { time } = parseSchedule(schedule.cron)
  if (flagSaluteAt && !isSaluteBefore(flagSaluteAt, time)) return [reply(texts.saluteNotBefore(texts.hour(time)))]
  const effects: Effect[] = [
    { put: 'schedule', row: { ...schedule, flagSaluteAt } },
    {
      audit: {
        orgId: org.orgId,
        action: 'meeting.saluteSet',
        subject: `schedule:${org.orgId}`,
        details: { flagSaluteAt },
      },
    },
  ]
  if (!flagSaluteAt) return [...effects, ...announce(facts, org.orgId, texts.saluteNone)]
  const regular = upcoming(meetingsOf(facts, org), now).find(({ kind }) => kind !== 'thematic')
  const text = texts.saluteSet(texts.hour(flagSaluteAt), regular ? whenOf(facts, regular) : '–')
  return [...effects, ...announce(facts, org.orgId, text)]
}
