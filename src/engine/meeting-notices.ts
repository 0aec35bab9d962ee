/** What is said of meetings well ahead and afterwards: the announcement to the group, and the question whether one was held. */
import { dateOf, endOfDay, localAt } from '../domain/calendar.ts'
import { flagSaluteOf, nextReminder, themeFor } from '../domain/meeting.ts'
import { noticeAt } from '../domain/meeting-notice.ts'
import type { Meeting } from '../domain/records.ts'
import { quietUntil } from '../domain/reminder-plan.ts'
import type { Texts } from '../texts/texts.ts'
import { meetingRulesOf } from './facts.ts'
import type { Say, Work } from './tick.ts'

export type DueMeeting = Pick<Meeting, 'orgId' | 'occurrence'>

/** After so many days a result can no longer be given by chat, so nothing is asked. */
const askableDays = 31

function loaded({ orgId, occurrence }: DueMeeting, { world }: Work) {
  world.require({ slice: 'organisation', of: orgId }, { slice: 'meetings', of: orgId }, { slice: 'groups', of: orgId })
  return { org: world.get('organisation', String(orgId))!, meeting: world.get('meeting', `${orgId}:${occurrence}`) }
}

/**
 * Announces a meeting to its group, once: on its day, or after a downtime for as long as the meeting lies ahead of that day. A
 * meeting that was called off is not announced, one that was moved with its new time. The announcement stands for a reminder of
 * the same day.
 */
export function publishNotice(due: DueMeeting, work: Work, say: Say, texts: Texts): void {
  const { world, now } = work
  const { org, meeting } = loaded(due, work)
  if (!meeting?.noticeAt || meeting.noticeAt > now) return
  const put = (change: Partial<Meeting>) => world.apply({ put: 'meeting', row: { ...meeting, ...change } })
  const { orgId, timeZone } = org
  const rules = meetingRulesOf(world, org)
  // The day may have been set anew since, or the meeting moved.
  const wanted = noticeAt(meeting, rules.noticeDay, org)
  const today = dateOf(now, timeZone)
  if (!wanted || dateOf(meeting.startsAt, timeZone) <= today) {
    put({ noticeAt: null })
    return
  }
  if (wanted > now) {
    put({ noticeAt: wanted })
    return
  }
  const wakesAt = quietUntil(now, timeZone, { from: org.quietFrom, to: org.quietTo })
  if (wakesAt) {
    put({ noticeAt: wakesAt })
    return
  }
  const salute = flagSaluteOf(world.get('schedule', String(orgId)), meeting, timeZone)
  const text = texts.meetingNotice({
    org: org.name,
    month: meeting.occurrence,
    isThematic: meeting.kind === 'thematic',
    isCombined: meeting.kind === 'combined',
    when: texts.dateTime(meeting.startsAt, timeZone),
    place: meeting.place,
    isMoved: meeting.isMoved,
    theme: themeFor(meeting.occurrence, world.by('theme', 'org', String(orgId))),
    flagSalute: salute ? texts.hour(localAt(salute, timeZone).time) : null,
    agenda: rules.agenda ?? texts.defaultAgenda,
  })
  const key = `publish:${orgId}:${meeting.occurrence}`
  say(work, { to: 'group', orgId }, text, key, { expiresAt: meeting.startsAt, rank: 'notice' })
  const { nextReminderAt } = meeting
  const later = nextReminder(meeting, org, endOfDay(today, timeZone))
  const isToday = nextReminderAt !== null && dateOf(nextReminderAt, timeZone) <= today
  put({ noticeAt: null, nextReminderAt: isToday && later ? later : nextReminderAt })
}

/** Whether the announcement of a meeting stands for a reminder of it that is due now. */
export function isAnnouncedToday(meeting: Meeting, zone: string, now: Date): boolean {
  const today = dateOf(now, zone)
  return meeting.noticeAt !== null && dateOf(meeting.noticeAt, zone) <= today && dateOf(meeting.startsAt, zone) > today
}

/** Asks the secretaries, once and in private, about a meeting whose roll was never called. */
export function askWhetherHeld(due: DueMeeting, work: Work, say: Say, texts: Texts): void {
  const { world, now } = work
  const { org, meeting } = loaded(due, work)
  if (!meeting?.checkAt || meeting.checkAt > now) return
  const put = (at: Date | null) => world.apply({ put: 'meeting', row: { ...meeting, checkAt: at } })
  const isOpen = meeting.state === 'planned' && meeting.startsAt < now
  if (!isOpen || now.getTime() - meeting.startsAt.getTime() > askableDays * 86_400_000) {
    put(null)
    return
  }
  const wakesAt = quietUntil(now, org.timeZone, { from: org.quietFrom, to: org.quietTo })
  if (wakesAt) {
    put(wakesAt)
    return
  }
  const { orgId, occurrence, startsAt } = meeting
  const text = texts.unrecordedMeeting(occurrence, texts.dateTime(startsAt, org.timeZone))
  say(work, { to: 'secretaries', orgId }, text, `held:${orgId}:${occurrence}:${startsAt.getTime()}`, { rank: 'notice' })
  put(null)
}
