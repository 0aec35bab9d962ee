/** What the bot says in English where a committee speaks or is spoken of; part of en.ts. */
import { enDeed, enNumbered, enPeriod } from './en-forms.ts'
import type { viCommittee } from './vi-committee.ts'

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
  titledName: (name) => name,
  numberedDeed: (deed) => `(deed ${deed.number}) ${enDeed(deed)}`,
  committeeRefusals: {
    notSecretary: 'That is for the secretary and deputy of the committee. Please speak to the secretary.',
    notOfficer: 'That is for the secretary, deputy and clerk of the committee. Please speak to the secretary.',
    notCommittee: 'That is for the committee: secretary, deputy and its members. Please speak to the secretary.',
  },
}
