/** What the bot says in English of the monthly meeting: its schedule, moving it, answers to it, reminders and its theme; part of en.ts. */
import { enCount, enNumbered, enOrdinal, enPeriod, enSome, enWeekday } from './en-forms.ts'
import { enMeeting } from './en-meetings.ts'
import type { viSchedule } from './vi-schedule.ts'

export const enSchedule: ReturnType<typeof viSchedule> = {
  noSchedule:
    'No meeting is planned. The secretary sets the schedule by a message, for example: "we meet on the 3rd of every month at 19:30 at the hall".',
  meetingWhen: (when, place, theme, moved) =>
    `We meet at ${when}${place ? `, ${place}` : ''}${moved ? ' (moved)' : ''}.${theme ? ` Theme: ${theme}.` : ''}`,
  meetingNoneIn: (period) => `No meeting is planned for ${enPeriod(period)}.`,
  meetingCancelled: (period, reason) => `The ${enMeeting(period)} is called off${reason ? `: ${reason}` : ''}.`,
  scheduleSet: (rule, next, shiftNote, unknownYear) =>
    [
      `Monthly meeting set: ${rule}.${shiftNote ? ` ${shiftNote}` : ''}`,
      next.length > 0 ? `Next: ${next.join('; ')}.` : 'The next meetings are called off; this holds after them.',
      ...(unknownYear ? [`I do not know the holidays of ${unknownYear} yet, only weekends.`] : []),
    ].join('\n'),
  scheduleUnclear:
    'I am not sure of the day and time. Please write again, for example: "we meet on the 3rd of every month at 19:30 at the hall".',
  rule: (rule) => {
    const day =
      rule.day !== undefined
        ? `day ${rule.day}`
        : `the ${rule.nth === 'last' ? 'last' : enOrdinal(Number(rule.nth))} ${enWeekday(rule.weekday ?? 0)}`
    const time = `${rule.hour}:${String(rule.minute).padStart(2, '0')}`
    return `${day} of the month, ${time}${rule.place ? `, ${rule.place}` : ''}`
  },
  shiftNotes: {
    same: '',
    nextWorkingDay: 'On a day off, the next working day.',
    previousWorkingDay: 'On a day off, the working day before.',
  },
  moveNone: 'There is no coming meeting to move or call off. Write "when do we meet" to see the schedule.',
  moveAskTo: (when) =>
    `To when shall the meeting at ${when} be moved? For example "Friday 19:30" or "10/10 19:30". To leave it: "cancel".`,
  moveAskDate: (candidates) => `Which day do you mean?\n${enNumbered(candidates)}\nAnswer with a number, or "cancel".`,
  moveSame: (when: string) => `The meeting is still on ${when}; nothing has changed.`,
  movePast: 'That time is past. Please write again, for example "move meeting to Friday 19:30".',
  moved: (from, to, place, reason) =>
    `Please note: the meeting at ${from} is moved to ${to}${place ? `, ${place}` : ''}.${reason ? ` Reason: ${reason}.` : ''} Please reply to this message again: "I will attend" or "I cannot attend".`,
  movedNoGroup: (to) => `The meeting is moved to ${to}.`,
  cancelledMeeting: (when, reason) =>
    `Please note: the meeting at ${when} is called off.${reason ? ` Reason: ${reason}.` : ''} A new date will be told.`,
  told: 'The group has been told.',
  noGroupTold: 'No group chat is linked to me yet: please tell the others yourself.',
  attendNoted: (when) => `Noted: you will attend the meeting at ${when}.`,
  attendPresent: 'Noted: you are present.',
  excuseNoted: (when) => `Noted: you cannot attend the meeting at ${when}.`,
  excuseAskReason:
    'May I note why?\n1. Work\n2. Illness\n3. Family\n4. Another reason\nAnswer with a number; "cancel" if you prefer not to say.',
  excuseLabels: ['Work', 'Illness', 'Family', 'Another reason'],
  noMeetingToAnswer: 'No meeting is coming up at the moment. Write "when do we meet" to see the schedule.',
  answerClosed: 'The roll of this meeting is closed. To correct it, please tell the secretary.',
  excuseForAsked: 'I have asked the secretary to confirm the absence.',
  excuseForAsk: (by, name, reason, when) =>
    `${by} says that ${name} cannot attend${reason ? ` (${reason})` : ''} the meeting at ${when}. Is that right?\nAnswer "yes" or "no".`,
  excuseForNoted: (name) => (name ? `Noted: ${name} is excused.` : 'Noted: the absence is excused.'),
  noOfficerToConfirm: 'No secretary is linked yet who could confirm this. Please tell the secretary directly.',
  excuseForRejected: 'Very well, nothing is noted.',
  reminder: (data) =>
    [
      `Please note: ${data.org} ${data.isThematic ? 'has a thematic meeting' : 'meets'} for ${enPeriod(data.month.slice(0, 7))} at ${data.when}${data.place ? `, ${data.place}` : ''}.`,
      ...(data.flagSalute ? [`Flag salute at ${data.flagSalute}.`] : []),
      ...(data.theme ? [`Theme: ${data.theme}.`] : []),
      data.answerHint
        ? 'Please reply to this message: "I will attend", or "I cannot attend" and why.'
        : 'Please be on time; if you cannot come, let us know before.',
    ].join('\n'),
  beforeMeeting: (data) =>
    [
      `Before the meeting at ${data.when}:`,
      `- Will attend: ${enCount(data.expected)}/${enSome(data.total, 'member')}`,
      `- Excused (${data.excused.length}): ${data.excused.join(', ') || 'none'}`,
      `- No answer yet (${data.silent.length}): ${data.silent.join(', ') || 'nobody'}`,
      ...(data.notCounted ? [`Not counted: ${data.notCounted}.`] : []),
    ].join('\n'),
  rollCallOpen: (when) =>
    `Roll call of the meeting at ${when}: everyone here, please reply to this message: "present".`,
  rollCallEarly: (when) =>
    `It is too early: the meeting is at ${when}. Please write "roll call" at the earliest two hours before.`,
  rollCallCounts: (present, total) => `Present so far: ${enCount(present)}/${enSome(total, 'member')}.`,
  themeIs: (period, theme) => `Theme for ${enPeriod(period)}: ${theme}.`,
  themeNone: (period) => `There is no theme for ${enPeriod(period)} yet.`,
  themeSet: (period, theme) => `Theme for ${enPeriod(period)} noted: ${theme}.`,
}
