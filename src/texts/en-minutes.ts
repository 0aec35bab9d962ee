/** What the bot says in English of minutes; part of en.ts. */
import { enCount, enDate, enRatio, enSome } from './en-forms.ts'
import type { MinutesItemsText, MinutesLineText, viMinutes } from './vi-minutes.ts'

const votesOf = ({ votes }: MinutesLineText): string => {
  if (!votes) return ''
  const yes = votes.rate ? enRatio(votes.rate, votes.tenths) : votes.for === null ? null : enCount(votes.for)
  const parts = [
    ...(yes === null ? [] : [`in favour ${yes}`]),
    ...(votes.against === null ? [] : [`against ${enCount(votes.against)}`]),
    ...(votes.other === null ? [] : [`other ${enCount(votes.other)}`]),
  ]
  return ` (${parts.join(', ')})`
}

const lineOf = (line: MinutesLineText): string =>
  [
    `${line.number}. ${line.content}${votesOf(line)}`,
    ...(line.inCharge ? [`in charge: ${line.inCharge}`] : []),
    ...(line.dueOn ? [`due ${enDate(line.dueOn)}`] : []),
  ].join('; ') + (line.isDoubtful ? '. The votes do not fit the roll call, please check' : '')

const linesOf = (view: MinutesItemsText): string[] => [
  ...(view.decisions.length > 0 ? ['Decisions:', ...view.decisions.map(lineOf)] : []),
  ...(view.tasks.length > 0 ? ['Tasks:', ...view.tasks.map(lineOf)] : []),
]

const numbers = (what: string, list: readonly number[]) => (list.length > 0 ? [`${what} ${list.join(', ')}`] : [])

export const enMinutes: ReturnType<typeof viMinutes> = {
  minutesKinds: { decision: 'decision', task: 'task' },
  minutesHow:
    'To note minutes, write for example "minutes: buy 10 trees for the hall, 20/22 in favour, 1 against, 1 abstention", "minutes: task: mend the pipes; in charge: An; due 30/11", "minutes: chair: secretary; 8 spoke". To see them: "show minutes".',
  minutesNoSpeech:
    'Nothing was noted: minutes here keep figures and decisions, never what a person said. Please write it as a decision, for example "minutes: buy 10 trees, 20/22 in favour"; how many spoke as "minutes: 8 spoke".',
  minutesNoNames:
    'Nothing was noted: a decision names no person. Whoever is to do something goes at the end, for example "minutes: task: mend the pipes; in charge: An; due 30/11".',
  minutesUnclear:
    'Nothing was noted because the votes are not clear. Please put them at the end, with commas, for example "minutes: buy 10 trees, 20/22 in favour, 1 against, 1 abstention".',
  minutesEverybody:
    'Nothing was noted: the roll has not been taken, so it is not known how many everybody is. Please write a figure such as "22/22 in favour", or take the roll first.',
  minutesSum: (counted, of) =>
    `Nothing was noted: the votes come to ${enCount(counted)}, not to ${enCount(of)}. Please check them and write the whole line again.`,
  minutesPresent: (counted, present) =>
    `Nothing was noted: ${enSome(counted, 'vote')}, but the roll call found ${enCount(present)} present. Please write the whole line again; if the roll is wrong, first write "correct roll call: Binh present".`,
  minutesTooLong: (letters) =>
    `Nothing was noted: an item has ${enCount(letters)} letters at most. Please shorten it to the decision.`,
  minutesFull: (items) => `Nothing was noted: the minutes of a meeting have ${enCount(items)} items at most.`,
  minutesOfficeUnknown:
    'Nothing was noted because the office is not clear. Please write for example "minutes: chair: secretary; keeper: clerk".',
  minutesNoMeeting:
    'There is no meeting that has taken place. Please name its month, for example "minutes of month 10: …", "show minutes of month 10".',
  minutesNone: (meeting) => `Nothing has been noted in the minutes of the ${meeting}.`,
  minutesNoSuch: (kind, number, meeting) =>
    `The minutes of the ${meeting} have no ${kind} ${number}. Write "show minutes" to see the numbers.`,
  minutesEditHow: (kind, number) =>
    `To correct it, write it anew, for example "correct ${kind} ${number}: buy 12 trees, 20/22 in favour". To remove it: "remove ${kind} ${number}".`,
  minutesRemoveAsk: (kind, number, meeting) =>
    `Remove ${kind} ${number} from the minutes of the ${meeting}? Please answer "yes" or "no".`,
  minutesKept: 'The minutes stay as they are.',
  minutesRemoved: (kind, number, meeting) => `Removed ${kind} ${number} from the minutes of the ${meeting}.`,
  minutesNoted: (meeting, decisions, tasks, view) => {
    const what = [...numbers('decision', decisions), ...numbers('task', tasks)].join('; ')
    const first = decisions.length > 0 ? `decision ${decisions[0]}` : tasks.length > 0 ? `task ${tasks[0]}` : null
    return [
      `Noted in the minutes of the ${meeting}${what ? `: ${what}` : ''}.`,
      ...(view ? linesOf(view) : []),
      ...(first === null ? [] : [`To correct: "correct ${first}: …"; to remove: "remove ${first}".`]),
      'To see: "show minutes".',
    ].join('\n')
  },
  minutesCorrected: (kind, number, meeting, view) =>
    [`Corrected ${kind} ${number} in the minutes of the ${meeting}.`, ...(view ? linesOf(view) : [])].join('\n'),
  minutesCounts: (organisation, meeting, decisions, tasks) =>
    `${organisation}, minutes of the ${meeting}: ${enSome(decisions, 'decision')}, ${enSome(tasks, 'task')}.`,
  minutesText: (view) => {
    const lines = linesOf(view)
    return [
      `Minutes of the ${view.meeting}, ${view.organisation}${view.isCombined ? ' (with a theme)' : ''}`,
      `Time: ${view.when}.`,
      ...(view.place ? [`Place: ${view.place}.`] : []),
      ...(view.theme ? [`Theme: ${view.theme}.`] : []),
      view.roll
        ? `Present ${enRatio(view.roll.rate, view.roll.tenths)}, excused ${enCount(view.roll.excused)}, absent without a reason ${enCount(view.roll.unexcused)}.`
        : 'The roll has not been taken.',
      ...(view.chair ? [`Chair: ${view.chair}.`] : []),
      ...(view.keeper ? [`Noted by: ${view.keeper}.`] : []),
      ...(view.speakers === null ? [] : [`Speakers: ${enCount(view.speakers)}.`]),
      ...(lines.length > 0 ? lines : ['No decision or task yet.']),
      'This record helps to keep the minutes book and does not replace it.',
    ].join('\n')
  },
}
