/** What the bot says in English where words sound like an act and are none: asked, denied, of the past, of somebody else; part of en.ts. */
import { enDate } from './en-forms.ts'
import type { viMeant } from './vi-meant.ts'

export const enMeant: ReturnType<typeof viMeant> = {
  moveAsk: (from, to) =>
    `Move the meeting at ${from} to ${to} and tell everybody? Answer "yes" or "no"; "cancel" leaves it.`,
  pastAttendance: (isOfficer) =>
    isOfficer
      ? 'Nothing was recorded: this is about a meeting that is over. To correct its roll write: "correct the roll call of month 10: An present, Binh absent excused".'
      : 'Nothing was recorded: this is about a meeting that is over. Please tell the secretary who was there. For the next meeting answer "I will attend" or "I cannot attend".',
  percentRange:
    'Nothing was recorded: progress is 0 to 100%. For example "deed 1 is 70% done"; for more than was planned write "deed 1 done, 150% of the target".',
  oneDeedAtATime: (intent) => {
    const examples: Partial<Record<typeof intent, string>> = {
      'pledge.withdraw': 'withdraw deed 1',
      'pledge.edit': 'extend deed 1 to 20/12',
      'deed.selfRate': 'self-rate deed 1: good',
      'deed.rate': 'rate deed 1 of An: good',
      'pledge.return': 'return deed 1 of An because it cannot be measured',
      'pledge.approve': 'approve deed 1 of An',
    }
    const example = examples[intent]
    return `Nothing was recorded: please write one deed in each message${example ? `, for example "${example}"` : ''}.`
  },
  duePassed: (content, dueOn) => `The deadline ${enDate(dueOn)} of "${content}" has passed.`,
  onForm: (form) => `Form: ${form}.`,
  noCommitment: (year) => `You have no commitments in ${year} yet. Write: "commitment: …".`,
  rollCallReported:
    'Nothing was recorded. To tell the result of a roll call write: "roll call: absent: An (work), Binh unexcused; others present".',
  othersDeed: (isOfficer) =>
    isOfficer
      ? 'Nothing was changed: deeds are changed by whoever registered them. To have one changed, return it with a reason: "return deed 1 of An because it cannot be measured".'
      : 'Nothing was changed: deeds are changed by whoever registered them. To change your own write: "edit deed 1: …".',
}
