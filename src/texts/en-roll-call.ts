/** What the bot says in English of a roll call; part of en.ts. */
import { enCount, enRatio, enSome } from './en-forms.ts'
import { enMeeting } from './en-meetings.ts'
import type { viRollCall } from './vi-roll-call.ts'

export const enRollCall: ReturnType<typeof viRollCall> = {
  rollCallHow:
    'Once everyone is here, whoever leads the meeting replies: "absent: An (work), Binh no reason; the rest present", or "everybody here". To stop: "cancel".',
  rollCallClosedAlready:
    'The roll of this meeting has been taken. To correct it, write for example "correct roll call: Binh present".',
  rollCallNoMeeting: 'There is no recent meeting to take the roll of. Write "when do we meet" to see the schedule.',
  noRollClosed: 'No roll has been closed yet. Please write "roll call" at the meeting.',
  rollCallNothingToCorrect:
    'There is no meeting whose roll could be corrected. Please name its month, for example "correct roll call of month 10: Binh present".',
  rollCallUnknown: (names) =>
    `Nothing was noted: the list of members has no ${names}. Please check the names and write the whole line again.`,
  rollCallTwice: (name) => `Nothing was noted: ${name} is named twice. Please write the whole line again.`,
  rollCallRest: (absent) =>
    `You named ${enSome(absent, 'member')} as absent. Was everybody else here? Please answer "yes" or "no".`,
  rollCallNotNoted: 'Nothing was noted. Please write the line again with everybody who was absent.',
  rollCallClosed: (data) =>
    `${data.isCorrected ? 'Roll corrected' : 'Roll taken'}, ${enMeeting(data.month)}: present ${enRatio(data.rate, data.tenths)}, excused ${enCount(data.excused)}, absent without a reason ${enCount(data.unexcused)}.`,
  rollCallNames: (data) =>
    [
      `Roll of the ${enMeeting(data.month)}: present ${enRatio(data.rate, data.tenths)}.`,
      ...(data.excused.length > 0 ? [`Excused: ${data.excused.join(', ')}.`] : []),
      ...(data.unexcused.length > 0 ? [`Absent without a reason: ${data.unexcused.join(', ')}.`] : []),
      ...(data.rule && data.isLow ? [`Please note: attendance is not above ${data.rule.abovePercent}%.`] : []),
      ...(data.excusedInRow.length > 0
        ? [
            `Excused several times in a row: ${data.excusedInRow.map(({ name, times }) => `${name} (${times})`).join(', ')}.`,
          ]
        : []),
      ...(data.monthsAbsent.length > 0
        ? [
            `Absent without a reason several times this year: ${data.monthsAbsent.map(({ name, times }) => `${name} (${times})`).join(', ')}.`,
          ]
        : []),
      'If something is wrong, write for example "correct roll call: Binh present".',
    ].join('\n'),
}
