/** What is said of meetings well ahead and afterwards: the announcement to the group, and the question whether one was held. */
import { answersText } from '../commands/meeting-facts.ts'
import { dateOf, endOfDay, localAt } from '../domain/calendar.ts'
import { flagSaluteOf, nextReminder, themeFor } from '../domain/meeting.ts'
import { noticeAt } from '../domain/meeting-notice.ts'
import type { Meeting } from '../domain/records.ts'
import { dueReminders, planReminders, quietUntil } from '../domain/reminder-plan.ts'
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

/** Reminds a group of its meeting; with the last reminder the secretaries hear, by name, who is expected. */
export function remindOf(due: DueMeeting, work: Work, say: Say, texts: Texts): void {
  const { world, now } = work
  const { orgId } = due
  world.require(
    { slice: 'organisation', of: orgId },
    { slice: 'meetings', of: orgId },
    { slice: 'groups', of: orgId },
    { slice: 'roster', of: orgId },
    { slice: 'attendance', of: { orgId, occurrence: due.occurrence } },
  )
  const org = world.get('organisation', String(orgId))!
  const meeting = world.get('meeting', `${orgId}:${due.occurrence}`)
  if (!meeting?.nextReminderAt || meeting.nextReminderAt > now) return
  const quiet = { from: org.quietFrom, to: org.quietTo }
  const wakesAt = quietUntil(now, org.timeZone, quiet)
  if (wakesAt && wakesAt < meeting.startsAt) {
    world.apply({ put: 'meeting', row: { ...meeting, nextReminderAt: wakesAt } })
    return
  }
  const plan = planReminders(meeting.startsAt, org.leadMinutes, org.timeZone, quiet)
  // Put off by a night of downtime, the due one lies before the stored instant: look from the last that was sent.
  const [reminder] = dueReminders(plan, null, now, meeting.startsAt)
  const next = nextReminder(meeting, org, now)
  // What is told the secretaries goes with the last one.
  if (reminder && !(next && isAnnouncedToday(meeting, org.timeZone, now))) {
    const when = texts.dateTime(meeting.startsAt, org.timeZone)
    const salute = flagSaluteOf(world.get('schedule', String(orgId)), meeting, org.timeZone)
    const text = texts.reminder({
      org: org.name,
      month: meeting.occurrence,
      when,
      place: meeting.place,
      theme: themeFor(meeting.occurrence, world.by('theme', 'org', String(orgId))),
      isThematic: meeting.kind === 'thematic',
      flagSalute: salute ? texts.hour(localAt(salute, org.timeZone).time) : null,
      answerHint: next !== null,
    })
    const key = `remind:${orgId}:${meeting.occurrence}:${meeting.startsAt.getTime()}:${reminder.leadMinutes}`
    if (next === null) tellSecretaries(meeting, work, when, `${key}:before`, say, texts)
    // The one message a cell cannot do without: it is the last to be spared.
    say(work, { to: 'group', orgId }, text, key, { expiresAt: meeting.startsAt, rank: 'receipt' })
  }
  world.apply({ put: 'meeting', row: { ...meeting, nextReminderAt: next } })
}

/** Expected, excused and silent, by name: for the secretaries alone. */
function tellSecretaries(meeting: Meeting, work: Work, when: string, key: string, say: Say, texts: Texts): void {
  const { world } = work
  const roster = world.by('member', 'org', String(meeting.orgId))
  const text = answersText(
    texts,
    when,
    roster,
    world.by('attendance', 'meeting', `${meeting.orgId}:${meeting.occurrence}`),
  )
  say(work, { to: 'secretaries', orgId: meeting.orgId }, text, key, { expiresAt: meeting.startsAt, rank: 'notice' })
}
