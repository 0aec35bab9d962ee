/** What the bot says in English of commitments, the monthly question, models and exemplars; part of en.ts. */
import { enCount, enDeed, enNumbered, enPeriod, enSome } from './en-forms.ts'
import type { viDeeds } from './vi-deeds.ts'

const enStages = { done: 'done', open: 'not done yet', overdue: 'overdue' }

export const enDeeds: ReturnType<typeof viDeeds> = {
  deedsOfStage: (stage, year, of, lines) =>
    lines.length === 0
      ? `${year}: ${enStages[stage]} 0/${enSome(of, 'accepted deed')}.`
      : `${year}, ${enStages[stage]} ${enCount(lines.length)}/${enSome(of, 'accepted deed')}:\n${enNumbered(lines)}`,
  deedOf: (who, deed, progress) => `${who}: ${deed}${progress}`,
  titledName: (name) => name,
  memberHasNone: (name, year) => `${name} has not registered anything for ${year}.`,
  askCommitments: (min, max) =>
    `What do you commit yourself to this year? Please give ${min === max ? enSome(max, 'point') : `${min} to ${enSome(max, 'point')}`}, one a line. To stop: "cancel".`,
  undoneLine: (year, deeds) =>
    deeds.length === 0
      ? ''
      : `Not done in ${year}: ${deeds.map((deed) => deed.content).join('; ')}. To take it up again: "same as last year".`,
  progressQuestion: (deeds) =>
    [
      'How far are your deeds?',
      ...deeds.map((deed) => `- Deed ${deed.number}: ${enDeed(deed)}`),
      `Answer in any way, for example "deed ${deeds[0]?.number ?? 1} is 70% done", ${deeds.length > 1 ? '"all done"' : '"done"'}, "nothing yet"; to leave it: "cancel".`,
    ].join('\n'),
  progressHowMany: (open) =>
    `Nothing is noted: you have ${enSome(open, 'open deed')}. Please say which, for example "deed 1 is 70% done"${open > 1 ? ', or "all done"' : ''}; to leave it: "cancel".`,
  progressGroup: (people, deeds) =>
    `This month’s progress: no word yet from ${enSome(people, 'member')} with ${enSome(deeds, 'open deed')} whom I cannot write to in private. Please reply to this message, for example "deed 1 is 70% done".`,
  progressNothing: 'Noted: nothing new this month. Thank you.',
  modelHow:
    'Please give the name of the model and what came of it, for example: "good practice: Open door, result: answers within a day".',
  modelAlready: (deed) => `The model "${deed}" is recorded already.`,
  modelNoted: (deed, reason, owner) => `Noted as a model, by ${owner}: ${deed}.${reason ? ` Result: ${reason}.` : ''}`,
  exemplarHow: 'Who is the example of the month? For example: "/exemplar 10 Mary Smith".',
  exemplarNoted: (period, name) => `Example of ${enPeriod(period)}: ${name}.`,
  exemplarOne: (period, options) =>
    `There is one example each month. Who is that of ${enPeriod(period)}?\n${enNumbered(options)}\nAnswer with a number, or "cancel".`,
  commendWhichCollective: 'Which group would you like to commend? For example: "commend the group East".',
  collectiveCommended: (org) => `With thanks and praise to all of ${org}.`,
  collectiveCommendedAlready: (org) => `${org} has been commended this year already.`,
  copyChoice: (year, deeds, undone, collective) =>
    [
      `${collective ? 'Deeds of the group' : 'Your deeds'} for ${year}:`,
      ...deeds.map((deed) => `- ${enDeed(deed)}${deed.undone ? ' (not done)' : ''}`),
      'Register again for this year:',
      `1. Only what was not done (${enSome(undone, 'deed')})`,
      '2. All of them',
      'Answer with a number, or "cancel".',
    ].join('\n'),
  copyUndone: 'Not done',
  copyAll: 'All',
}
