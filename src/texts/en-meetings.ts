/** What the bot says in English of thematic meetings, notices, agendas and meetings not held; part of en.ts. */
import { enCount, enPeriod, enRatio } from './en-forms.ts'
import type { viMeetings } from './vi-meetings.ts'

const at = (place: string | null) => (place ? `, ${place}` : '')
const about = (theme: string | null) => (theme ? ` Theme: ${theme}.` : '')

/** 'meeting of October 2026' */
export function enMeeting(month: string): string {
  return `${month.endsWith('-T') ? 'thematic meeting' : 'meeting'} of ${enPeriod(month.slice(0, 7))}`
}

const notHeldNames: ReturnType<typeof viMeetings>['notHeldNames'] = {
  weather: 'weather',
  epidemic: 'an epidemic',
  tooFew: 'too few people',
  place: 'the place',
  merged: 'joined with another meeting',
  holiday: 'a holiday',
  urgentWork: 'urgent work',
  other: 'another reason',
}

export const enMeetings: ReturnType<typeof viMeetings> = {
  hour: (time) => time.replace(/^0/, ''),
  notHeldNames,
  defaultAgenda: ['What was pledged, and how it goes', 'News', 'What was done last month', 'What is to be done next'],
  agendaIs: (agenda) => `Agenda of meetings\n${agenda.map((line, index) => `${index + 1}. ${line}`).join('\n')}`.trim(),
  agendaSet: (agenda) =>
    `Agenda of the coming meetings noted\n${agenda.map((line, index) => `${index + 1}. ${line}`).join('\n')}`.trim(),
  agendaTooLong: (lines, letters) =>
    `Nothing was noted: an agenda has ${enCount(lines)} lines at most, each of ${enCount(letters)} letters. Please shorten it and write again: "agenda: 1. … 2. …".`,
  meetingsHeld: (data) =>
    `Meetings of ${enPeriod(data.period)}: ${enCount(data.regular)} regular and ${enCount(data.thematic)} thematic held; ${enCount(data.notHeld)} not held; ${enCount(data.unrecorded)} without a roll call. Attendances: ${enRatio(data.rate, data.tenths)}.`,
  meetingName: (month) => enMeeting(month),
  thematicWhen: (when, place, theme, moved) =>
    `Thematic meeting at ${when}${at(place)}${moved ? ' (moved)' : ''}.${about(theme)}`,
  combinedToo: 'It has a thematic part.',
  flagSalute: (hour) => `Flag salute at ${hour}.`,
  saluteSet: (hour, when) => `Noted: flag salute at ${hour}, before the meeting. The next meeting: ${when}.`,
  saluteNone: 'Noted: no flag salute before the meeting.',
  saluteNotBefore: (hour) =>
    `Nothing was noted: the meeting is at ${hour}; the flag salute has to be before it, by three hours at most. For a meeting at 7:00: "flag salute at 6:45".`,
  saluteDropped: 'The flag salute no longer fits the new schedule and was dropped; please set it again if needed.',
  thematicPlanned: (when, place, theme, moved) =>
    `${moved ? 'The thematic meeting is moved to' : 'There is a thematic meeting at'} ${when}${at(place)}.${about(theme)}`,
  thematicCombined: (month, when, theme) =>
    `Noted: the ${enMeeting(month)} (${when}) has a thematic part.${about(theme)}`,
  thematicNeedsTime:
    'Nothing was noted: a thematic meeting of its own needs both a day and an hour. Please write again, for example "theme q3: …, 15/8 at 19:30 at the hall"; as part of a regular meeting write "part of the meeting of 8".',
  thematicHeldAlready: (month) =>
    `Nothing was noted: the ${enMeeting(month)} was held, and a month has one thematic meeting of its own.`,
  thematicPast: (month) =>
    `Nothing was noted: the time of the ${enMeeting(month)} has passed. If it was held, write "roll call: …"; a new thematic meeting belongs to another month.`,
  meetingNotice: (data) =>
    [
      `Announcement: ${data.org} ${data.isThematic ? 'has a thematic meeting' : 'meets'} for ${enPeriod(data.month.slice(0, 7))}${data.isCombined ? ', with a thematic part,' : ''} at ${data.when}${at(data.place)}${data.isMoved ? ' (moved)' : ''}.`,
      ...(data.flagSalute ? [`Flag salute at ${data.flagSalute}.`] : []),
      ...(data.theme ? [`Theme: ${data.theme}.`] : []),
      ...(data.agenda.length > 0 ? ['Agenda:', ...data.agenda.map((line, index) => `${index + 1}. ${line}`)] : []),
      'Please keep the time free; if you cannot come, let us know before: "I cannot attend" and why.',
    ].join('\n'),
  unrecordedMeeting: (month, when) =>
    [
      `The ${enMeeting(month)} (${when}) has no roll call yet. Was it held?`,
      '- If so, please write: "roll call: absent: An (work); the rest present", or "roll call: everybody here".',
      `- If not, please write: "${month.endsWith('-T') ? 'thematic ' : ''}meeting of ${month.slice(0, 7)} was not held because …".`,
      'You will not be asked again.',
    ].join('\n'),
  notHeldNoted: (month, kind) =>
    `Noted: the ${enMeeting(month)} was not held${kind ? `; reason: ${notHeldNames[kind]}` : ''}.${
      kind ? '' : ' To add a reason, please write the sentence again with "because …".'
    }`,
  notHeldWasHeld: (month) =>
    `Nothing was noted: the roll of the ${enMeeting(month)} was taken. To correct it, write "correct roll call: …".`,
  notHeldNone:
    'There is no such meeting. Please name its month: "meeting of 2026-09 was not held because of the storm".',
}
