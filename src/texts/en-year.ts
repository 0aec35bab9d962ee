/** What the bot says in English of deeds of another year than the present one; part of en.ts. */
import { enCount, enDate, enDeed, enNumbered, enPeriod, enSome } from './en-forms.ts'
import type { viYear } from './vi-year.ts'

const enFrom = (min: number, max: number) =>
  min === max ? enSome(max, 'deed') : `${enCount(min)} to ${enSome(max, 'deed')}`

export const enYear: ReturnType<typeof viYear> = {
  campaignShown: (data) =>
    [
      `${data.title}.`,
      `Registration from ${enDate(data.opensOn)} until ${enDate(data.closesOn)}${data.isOver ? ' (over)' : ''}.`,
      `Each member ${enFrom(data.minIndividual, data.maxIndividual)}, the group ${enFrom(data.minCollective, data.maxCollective)}.`,
      ...(data.theme ? [`Theme: ${data.theme}.`] : []),
      ...(data.legalBasis.length > 0 ? [`Basis: ${data.legalBasis.join('; ')}.`] : []),
    ].join('\n'),
  notedOfYear: (year) => `It counts for ${year}, whose books are open.`,
  deedOfYear: (number, year, deed) => `Deed ${number} of ${year}: ${enDeed(deed)}`,
  yearUnclear: (number, last, year) =>
    `There is a deed ${number} of ${last} and one of ${year}. Nothing is noted; please name the year, for example "deed ${number} of ${last} is done".`,
  yearIsOver: (year) =>
    `${year} is over, so its deeds are not changed or withdrawn any more. Until its books are closed you can report on them and rate them, for example "deed 1 of ${year} is done".`,
  noSuchDeedIn: (number, year, collective = false) =>
    `There is no deed ${number} of ${year}. Write "${collective ? 'deeds of the group' : 'my deeds'} of ${year}" to see them.`,
  onlyLastYears: (number, year, collective = false) =>
    `There is no deed ${number} this year; deed ${number} is of ${year}. Write "${collective ? 'deeds of the group' : 'my deeds'} last year" to see it.`,
  noDeedsIn: (year) => `There are no deeds of ${year}.`,
  lastYearsHow: (year, count, collective = false) =>
    `There ${count === 1 ? 'is' : 'are'} ${enSome(count, 'deed')} of ${year}; write "${collective ? 'deeds of the group' : 'my deeds'} last year" to see ${count === 1 ? 'it' : 'them'}.`,
  noApprovedDeedOfIn: (name, year) => `${name} has no approved deed of ${year} to rate.`,
  noSuchDeedOfIn: (name, number, year) => `${name} has no approved deed ${number} of ${year}. Please check the number.`,
  ratedBefore: (period, year) =>
    `${enPeriod(period)} has not begun, so nothing is noted. If you mean that of ${year}, please name the year.`,
  namesGone: (year) =>
    `The names and deeds of ${year} were deleted when their time was over; only the figures are kept.`,
  missingPledgeIn: (year, names, ratio) =>
    names.length === 0
      ? `${year}: all ${enCount(ratio.denominator)} have registered.`
      : `${year}, not registered: ${enCount(names.length)} of ${enCount(ratio.denominator)}:\n${enNumbered(names)}`,
  missingInRound: (data) => {
    const asked = data.askedOn ? 'asked' : 'with a deed in progress'
    return [
      data.askedOn
        ? `Progress asked about in ${enPeriod(data.month)}, from ${enDate(data.askedOn)} on.`
        : `Progress was not asked about in ${enPeriod(data.month)}.`,
      data.of === 0
        ? `There was nobody ${asked}.`
        : data.names.length === 0
          ? `All ${enCount(data.of)} members ${asked} have reported.`
          : `No report yet: ${enCount(data.names.length)} of ${enSome(data.of, 'member')} ${asked}:\n${enNumbered(data.names)}`,
    ].join('\n')
  },
  missingRating: (data) => {
    const unrated = data.lines.reduce((sum, { numbers }) => sum + numbers.length, 0)
    const what = data.isSelf ? 'rated by their owners' : 'rated'
    if (data.deeds === 0) return `There is no approved deed of ${enPeriod(data.period)} to rate.`
    if (unrated === 0) return `Deeds of ${enPeriod(data.period)}: all ${enCount(data.deeds)} are ${what}.`
    return [
      `Deeds of ${enPeriod(data.period)} not ${what}: ${enCount(unrated)} of ${enCount(data.deeds)}.`,
      enNumbered(
        data.lines.map(
          ({ person, numbers }) => `${person}: ${numbers.length === 1 ? 'deed' : 'deeds'} ${numbers.join(', ')}`,
        ),
      ),
    ].join('\n')
  },
  dueBeyond: (dueOn, yearEnd) =>
    `${enDate(dueOn)} is in another year, and a deed is registered for this one (until ${enDate(yearEnd)}).`,
  editDueBeyond: (dueOn, yearEnd) =>
    `${enDate(dueOn)} is in another year, and a deed is registered for this one; nothing is changed. Please give a day up to ${enDate(yearEnd)}, and register the rest next year.`,
}
