/** What the bot says in English where a committee speaks or is spoken of; part of en.ts. */
import { enDeed, enNumbered, enPeriod } from './en-forms.ts'
import type { viCommittee } from './vi-committee.ts'

const enRatings = { excellent: 'excellent', good: 'good', completed: 'completed', notCompleted: 'not completed' }

export const enCommittee: ReturnType<typeof viCommittee> = {
  deedState: (state, route) => (state === 'submitted' && route === 'above' ? 'waits for approval from above' : ''),
  praisedLine: (row) => {
    if (row.kind === 'exemplar') return `${row.period === null ? '' : `${enPeriod(row.period)}: `}${row.name}`
    if (row.kind === 'model')
      return `${row.title ?? '(erased)'} (${row.name})${row.result ? `. Result: ${row.result}` : ''}`
    return `${row.name}${row.number === null ? '' : `, deed ${row.number}`}`
  },
  praisedList: (kind, org, period, lines) => {
    const head = { praise: 'Commended', model: 'Good practices', exemplar: 'Examples of the month' }[kind]
    return lines.length === 0
      ? `${head}, ${org}, ${enPeriod(period)}: none recorded.`
      : `${head}, ${org}, ${enPeriod(period)}:\n${enNumbered(lines)}`
  },
  registerOwnOnly: (own, named) =>
    `You can register for ${own} only; ${named} registers its own deeds. For ${own} write "the group registers: …".`,
  nothingToReviewOf: (org) => `${org} has no deed with that number waiting. Write "approve" to see what waits.`,
  collectiveNone: (org, year) => `${org} has registered no deeds of its own for ${year}.`,
  rateWhichCollective: 'Whose deed is rated? For example: "rate deed 1 of the group East: good".',
  rateBelowOnly:
    'A committee rates the deeds of the groups directly below and of their secretaries; members are rated by their own group. For example: "rate deed 1 of the group East: good".',
  rateByNumber: (name) => `Please write to me in private, with the number of the deed: "rate deed 1 of ${name}: good".`,
  rateAsk: (name, deed, rating, before) =>
    `I note ratings of deeds only, not of people. Rate deed ${deed.number} of ${name}, ${enDeed(deed)}: ${enRatings[rating]}${before ? ` (before: ${enRatings[before]})` : ''}?\nAnswer "yes" or "no".`,
  ratedInstead: (before) => `It was: ${enRatings[before]}.`,
  ratedFromAbove: (number, rating, part) =>
    `The committee above rates your deed ${number}${part ? `, ${part}` : ''}: ${enRatings[rating]}.`,
  ratedCollective: (org, number, rating, part) =>
    `Noted, deed ${number} of ${org}${part ? `, ${part}` : ''}: ${enRatings[rating]}.`,
  ratedToCollective: (org, number, rating, part) =>
    `Deed ${number} of ${org}${part ? `, ${part}` : ''} is rated: ${enRatings[rating]}.`,
  collectiveNotRateable: (org) => `${org} has no approved deed with that number. Write "deeds of ${org}" to see them.`,
  titledName: (name) => name,
  numberedDeed: (deed) => `(deed ${deed.number}) ${enDeed(deed)}`,
  committeeRefusals: {
    notSecretary: 'That is for the secretary and deputy of the committee. Please speak to the secretary.',
    notOfficer: 'That is for the secretary, deputy and clerk of the committee. Please speak to the secretary.',
    notCommittee: 'That is for the committee: secretary, deputy and its members. Please speak to the secretary.',
  },
}
