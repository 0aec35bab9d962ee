/** What the bot says in English of closing the books of a period, of its review and of a campaign's days; part of en.ts. */
import { enCount, enDate, enDateTime, enNumbered, enPeriod, enSome } from './en-forms.ts'
import type { viPeriods } from './vi-periods.ts'

export const enPeriods: ReturnType<typeof viPeriods> = {
  periodClosed: (period, closedOn) =>
    `The books of ${enPeriod(period)} were closed on ${enDate(closedOn)}, so I have not noted this change. If it is needed, please ask the group above to reopen them.`,
  closeWhich: 'Which period do you close? For example: "/closebooks H1", "/closebooks Q3", "/closebooks 2026".',
  closeTooEarly: (period, opensOn) => `The books of ${enPeriod(period)} may be closed from ${enDate(opensOn)} on.`,
  closedAlready: (period, closedAt, zone) =>
    `The books of ${enPeriod(period)} were closed at ${enDateTime(closedAt, zone)}. Ask for the summary of that period to see its figures.`,
  closedAlreadyBelow: (period) => `All these groups have closed their books of ${enPeriod(period)}.`,
  closeAsk: ({ org, period, organisations, members, deeds, isRunning, lastOn }) =>
    [
      `Close the books of ${enPeriod(period)} for ${org}${organisations > 1 ? ` and all below it (${enSome(organisations, 'group')})` : ''}?`,
      `The figures at this moment${period.includes('-') ? `, of the registration of all ${period.slice(0, 4)}` : ''}: ${members.numerator} of ${members.denominator} members registered, ${enSome(deeds, 'deed')}.`,
      ...(isRunning ? [`The period runs until ${enDate(lastOn)}.`] : []),
      'Afterwards nothing of the period is added or changed; only the group above can reopen it.',
      'Answer "yes" to close, "no" or "cancel" to leave it.',
    ].join('\n'),
  closeLeft: 'Not closed. The books stay open.',
  closed: (period, organisations, closedAt, zone) =>
    `The books of ${enPeriod(period)} were closed at ${enDateTime(closedAt, zone)}${organisations > 1 ? ` for ${enSome(organisations, 'group')}` : ''}. The figures and the roster of the period stay as they are.`,
  closedByAbove: (period, org) =>
    `The group above has closed the books of ${enPeriod(period)} for ${org}. If something has to be corrected, please ask it to reopen them.`,
  reopenHow:
    'To reopen a period, name it, the group and the reason, for example: "/reopenbooks Q3 of Hill Lane because: a meeting is missing".',
  reopenOnlyAbove:
    'Only the group directly above or the operator reopens a closed period, with a reason. Please ask there.',
  reopenNotClosed: (period, org) => `The books of ${enPeriod(period)} of ${org} are open.`,
  reopenAsk: (period, org, reason) =>
    `Reopen the books of ${enPeriod(period)} of ${org}, because: ${reason}? It is written to the log. Answer "yes" or "no".`,
  reopenLeft: 'Not reopened. The books stay closed.',
  reopened: (period, org) =>
    `The books of ${enPeriod(period)} of ${org} are open again. Please have them closed once they are corrected.`,
  reopenedToSecretary: (period, org, reason) =>
    `The books of ${enPeriod(period)} of ${org} were reopened, because: ${reason}. Please close them again once they are corrected.`,
  reviewHow:
    'Write to me in private: "/limits H1: 1. … 2. …" or "/tasks 2026: 1. … 2. …", one number or one line for each.',
  reviewPrivate: 'Please write that to me in private, not in the group.',
  reviewNoNames: 'This is about the group and names nobody. Please write it again without names; nothing was noted.',
  reviewTooLong: (items, length) =>
    `At most ${enSome(items, 'point')} of at most ${length} characters each. Please shorten it and write again.`,
  reviewAsk: ({ period, part, items, replaces }) =>
    [
      `${part === 'limits' ? 'What fell short' : 'What is to be done'}, review of ${enPeriod(period)}:`,
      ...(items.length > 0 ? [enNumbered(items)] : []),
      ...(replaces > 0 ? [`In place of ${enSome(replaces, 'point')} noted before.`] : []),
      'Answer "yes" to keep it, "no" or "cancel" to leave it; to change it, write the whole part again.',
    ].join('\n'),
  reviewLeft: 'Nothing was noted.',
  reviewNoted: (period, part, count) =>
    `Noted ${enSome(count, part === 'limits' ? 'limit' : 'task')} of ${enPeriod(period)}. You can change them until the books are closed.`,
  reviewOf: (period, limits, tasks) =>
    [
      ...(limits.length > 0 ? [`Limits (${enPeriod(period)}):`, enNumbered(limits)] : []),
      ...(tasks.length > 0 ? [`Tasks (${enPeriod(period)}):`, enNumbered(tasks)] : []),
    ].join('\n'),
  campaignAsk: ({ org, year, opensOn, closesOn, leadDays }) =>
    [
      `Open the registration of ${year} for ${org}, from ${enDate(opensOn)} to ${enDate(closesOn)}?`,
      ...(leadDays.some((day) => day > 0)
        ? [
            `The group is reminded ${leadDays.filter((day) => day > 0).join(', ')} days before${leadDays.includes(0) ? ' and on the last day' : ''}, in figures only.`,
          ]
        : []),
      'Answer "yes" to open, "no" or "cancel" to leave it.',
    ].join('\n'),
  campaignLeft: 'Registration was not opened.',
  campaignBadDates:
    'The last day has to be today or later and not before the first. For example: "/opencampaign until 31 December".',
  campaignOpened: (year, opensOn, closesOn) =>
    `Registration of ${year} is open from ${enDate(opensOn)} to ${enDate(closesOn)}. I shall tell the group and remind it.`,
  campaignAnnounced: ({ org, title, theme, closesOn, members }) =>
    [
      `${org}: registration begins. ${title}.`,
      ...(theme ? [`Theme: ${theme}.`] : []),
      `So far ${members.numerator} of ${members.denominator} members registered. Last day: ${enDate(closesOn)}.`,
      'To register, reply to this message, for example "register: read to the children, done by 30 November".',
    ].join('\n'),
  campaignReminder: ({ org, closesOn, days, members }) =>
    `${org}: ${days === 0 ? 'today is the last day to register' : `${enSome(days, 'day')} left to register (${enDate(closesOn)})`}. ${members.numerator} of ${members.denominator} members have. If you have not, please reply "register: …".`,
  campaignMissing: (closesOn, names, of) =>
    `Last day to register: ${enDate(closesOn)}. Not yet registered, ${names.length} of ${of}:${names.length > 0 ? `\n${enNumbered(names)}` : ' –'}\nTo remind them in private: "remind everyone to register".`,
  periodDue: ({ org, period, isYear, silentDeeds, meetings, unrated, openBelow }) =>
    [
      `${org}: ${enPeriod(period)} is over; it can be reviewed and its books closed.`,
      ...(silentDeeds > 0 ? [`- ${enSome(silentDeeds, 'deed')} without a report in it`] : []),
      ...(meetings > 0 ? [`- ${enSome(meetings, 'meeting')} without the result of a roll call`] : []),
      ...(unrated > 0 ? [`- ${enSome(unrated, 'deed')} not rated`] : []),
      ...(openBelow > 0 ? [`- ${enSome(openBelow, 'group')} below with open books`] : []),
      `Review: "/limits ${isYear ? 'last year' : 'H1'}: 1. …", "/tasks ${isYear ? 'last year' : 'H1'}: 1. …"; close: "/closebooks ${isYear ? 'last year' : 'H1'}${openBelow > 0 ? ' all below' : ''}".`,
    ].join('\n'),
  periodHead: (orgName, period) => `${orgName}, ${enPeriod(period)}`,
  periodAhead: (period, year) => `${enPeriod(period)} has not begun; to see that of ${year}, please name the year.`,
  dueLine: (collective, stages) => {
    const ratio = ({ numerator, denominator }: { numerator: number; denominator: number }) =>
      `${enCount(numerator)}/${enCount(denominator)}`
    const missed = stages.missed.numerator > 0 ? `, not done ${ratio(stages.missed)}` : ''
    return `- ${collective ? 'Group deeds' : 'Deeds of members'} due in it: done ${ratio(stages.done)}, in progress ${ratio(stages.inProgress)}, overdue ${ratio(stages.overdue)}${missed}`
  },
  noneDue: '- No deed is due in it.',
  registrationHead: (year, at, zone) => `Registration of ${year}, as of ${enDateTime(at, zone)}`,
  auditHeadLine: (hash, at, zone) => `Check code ${hash}, ${enDateTime(at, zone)}.`,
  frozenLine: (period, closedAt, zone) =>
    `Figures of ${enPeriod(period)}; the books were closed at ${enDateTime(closedAt, zone)}.`,
}
