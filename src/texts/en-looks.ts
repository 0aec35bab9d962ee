/** What the bot says in English of looks at names and of lists of commitments; part of en.ts. */
import { enCount, enNumbered, enRatio, enSome } from './en-forms.ts'
import type { viLooks } from './vi-looks.ts'

export const enLooks: ReturnType<typeof viLooks> = {
  whoLooked: (lines, total) =>
    [
      total === 0
        ? 'The log holds no look at a list with your name.'
        : `The log holds ${total} ${total === 1 ? 'look' : 'looks'} at lists with your name${total > lines.length ? `; the newest ${lines.length}` : ''}:`,
      ...lines.map(
        ({ at, byName, isOwn }, index) =>
          `${index + 1}. ${at}: ${isOwn ? `somebody in charge in ${byName}` : byName || 'the organisation above'}`,
      ),
      ...(total > lines.length ? [`${total - lines.length} earlier.`] : []),
      'Logged is each time that somebody in charge, in your group or above it, asks for a list with names (who has registered, handed in or answered and who has not, what one person does); of models and praise only looks from above. What was seen is not logged. Figures without names, approving, rating, the roll call and what the operator of the server does are not on this list.',
    ].join('\n'),
  commitmentCount: (year, members, tenths) => `Commitments handed in for ${year}: ${enRatio(members, tenths)} members.`,
  commitmentMissing: (year, names, members) =>
    names.length === 0
      ? `All ${enCount(members.denominator)} members have handed in their commitment for ${year}.`
      : `No commitment for ${year} yet: ${enCount(names.length)} of ${enSome(members.denominator, 'member')}:\n${enNumbered(names)}`,
  commitmentsOf: (nth, name, members, tenths) => `${nth}. ${name}: ${enRatio(members, tenths)}`,
  commitmentsRest: (rest) => `${enCount(rest)} more are not listed.`,
}
