/** What the bot says in English to those of a committee who ask what they can do, and of rating a whole group; part of en.ts. */
import { enCount, enRatio, enSome } from './en-forms.ts'
import type { viCommitteeHelp } from './vi-committee-help.ts'

export const enCommitteeHelp: ReturnType<typeof viCommitteeHelp> = {
  helpCommittee: ({ isFirst, canAct, isPrivate }) =>
    [
      isFirst
        ? 'I am Nếp, a program that shows a committee how the groups below it are doing. Just write to me like this:'
        : 'For the committee:',
      '- Figures: "summary"; one group: "summary group East"',
      `- Who is silent: "which groups have not registered", "list all groups"${canAct ? '; reminding: "remind all groups that have not registered"' : ''}`,
      ...(canAct
        ? [
            '- Names, where really needed (each look is logged): "who has not registered group East"',
            '- Approve deeds of groups and of their secretaries: "approve"',
            '- Commend: "commend the group East"',
          ]
        : []),
      ...(isFirst
        ? [
            '- Personal data: "my data", "export my data", "delete my data"',
            isPrivate
              ? 'To leave an open question: "cancel".'
              : 'In the group, mention me (@) or reply to me. To leave a question: "cancel".',
          ]
        : []),
    ].join('\n'),
  meetingsBelow: (data) =>
    [
      data.cells
        ? `- Meetings: ${enCount(data.cells.numerator)}/${enSome(data.cells.denominator, 'group')} have met; `
        : '- Meetings: ',
      `${enCount(data.regular)} regular and ${enCount(data.thematic)} thematic held; ${enCount(data.notHeld)} not held; ${enCount(data.unrecorded)} without a roll call`,
      data.rate.denominator > 0 ? `; present ${enRatio(data.rate, data.tenths)}` : '',
    ].join(''),
  wholeRating: (year) =>
    `I do not rate a group as a whole: that is decided by those in charge, and I neither record nor propose it. I only record ratings of single deeds, for example "rate deed 1 of Tom Brown: good"; group deeds are rated by the organisation above. Figures for a review: "summary ${year}".`,
}
