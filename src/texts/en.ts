/**
 * Everything the bot says in English, for any group of people that meets and pledges: plain words, nothing of one
 * organisation's customs. One file although long: in the order of vi.ts, and as there each topic of its own has a file beside it.
 */
import { enCallOff } from './en-call-off.ts'
import { enCommittee } from './en-committee.ts'
import { enCommitteeHelp } from './en-committee-help.ts'
import { enDeeds } from './en-deeds.ts'
import { enCount, enDate, enDateTime, enDeed, enNumbered, enPeriod, enRatio, enSome, enTenths } from './en-forms.ts'
import { enLooks } from './en-looks.ts'
import { enMeant } from './en-meant.ts'
import { enMeetings } from './en-meetings.ts'
import { enMinutes } from './en-minutes.ts'
import { enPages } from './en-pages.ts'
import { enPeriods } from './en-periods.ts'
import { enPrivacy } from './en-privacy.ts'
import { enRollCall } from './en-roll-call.ts'
import { enSchedule } from './en-schedule.ts'
import { enTree } from './en-tree.ts'
import { enYear } from './en-year.ts'
import type { Texts } from './texts.ts'

const ratingNames: Texts['ratingNames'] = {
  excellent: 'excellent',
  good: 'good',
  completed: 'completed',
  notCompleted: 'not completed',
}

export const en: Texts = {
  ...enCallOff,
  ...enDeeds,
  ...enLooks,
  ...enMeant,
  ...enCommittee,
  ...enCommitteeHelp,
  ...enYear,
  ...enPages,
  ...enMeetings,
  ...enPeriods,
  ...enMinutes,
  ...enRollCall,
  ...enSchedule,
  ...enTree,
  ...enPrivacy,
  locale: 'en',
  commandMenu: [
    { command: 'register', description: 'Register what I will do' },
    { command: 'mine', description: 'See my deeds' },
    { command: 'progress', description: 'Report progress' },
    { command: 'schedule', description: 'When do we meet' },
    { command: 'attend', description: 'I will be there' },
    { command: 'excuse', description: 'I cannot come' },
    { command: 'summary', description: 'Summary' },
    { command: 'minutes', description: 'Minutes of a meeting' },
    { command: 'approve', description: 'Approve deeds (secretary)' },
    { command: 'dulieu', description: 'My data' },
    { command: 'help', description: 'Help' },
  ],
  statusNames: {
    official: 'full member',
    probationary: 'probationary',
    exempt: 'exempt',
    away: 'away',
    temporarilyHere: 'here for a time',
    suspended: 'suspended',
    left: 'left',
  },
  roleNames: {
    secretary: 'secretary',
    deputy: 'deputy secretary',
    clerk: 'clerk',
    committee: 'committee member',
    member: 'member',
  },
  stateNames: {
    draft: 'draft, not sent',
    submitted: 'waits for approval',
    approved: 'approved',
    returned: 'returned for another look',
    withdrawn: 'withdrawn',
  },
  reasonNames: { work: 'work', sick: 'illness', family: 'family', other: 'another reason' },
  answerNames: {
    attending: 'will attend',
    excused: 'excused',
    present: 'present',
    unexcused: 'absent without a reason',
  },
  categoryNames: { thought: 'thought', morality: 'morality', style: 'style', exampleSetting: 'example' },
  focusNames: { breakthrough: 'main focus', pressing: 'pressing issue', model: 'model' },
  formNames: { pledge: 'pledge', commitment: 'commitment' },
  date: enDate,
  dateTime: enDateTime,
  period: enPeriod,
  count: enCount,
  tenths: enTenths,
  deed: enDeed,
  deedNumber: (number) => `deed ${number}`,
  numbered: enNumbered,

  // ── Everyone ──
  helpMember: (canSpeakFreely) =>
    [
      'I am Nếp, a program that keeps your group’s pledges, meetings and attendance. Just write to me like this:',
      '- Register: "register: help one poor family, by 30 November"',
      '- See, change, withdraw: "my deeds", "edit deed 1: help two families", "withdraw deed 2"',
      '- Progress: "deed 1 is 70% done", "deed 1 done"',
      '- Meetings: "when do we meet", "I will attend", "I cannot attend, work trip"',
      '- Figures of the group: "summary"',
      '- Personal data: "my data", "export my data", "delete my data"',
      canSpeakFreely
        ? 'To leave a question: "cancel".'
        : 'In the group, please mention me (@) or reply to my message. To leave a question: "cancel".',
    ].join('\n'),
  helpOfficer: [
    'For the secretary and deputy:',
    '- Approve: "approve", "/approve 1", "approve all", "return deed 2 of Tom Brown because no deadline"',
    '- Lists: "who has not registered"; reminding: "remind everyone to register"',
    '- Schedule: "we meet on the 3rd of every month at 19:30 at the hall", "move meeting to 10/10", "cancel the meeting"',
    '- Theme: "theme of November: thrift"; at the meeting: "roll call"',
    '- Minutes: "minutes: buy 10 trees, 20/22 in favour", "show minutes"',
  ].join('\n'),
  helpNotLinked: 'If you are not on the list yet, write "I am" and your full name as on the group’s list.',
  groupGreeting:
    'Hello everyone. I am Nếp, a program that keeps your pledges and reminds you of meetings. To begin, would the secretary please write in this group: /activate and the group’s code.',
  helloGroup: (orgName) =>
    `This group now belongs to ${orgName}. Mention me with "@" to register or ask for the schedule; write "help" to see how.`,
  groupGone: (org) =>
    `I am no longer in the group of ${org}, so I cannot remind people there. Please invite me again and write /activate with a new code.`,
  quotaWarning: (used, quota) =>
    `I have sent ${enCount(used)}/${enCount(quota)} messages this month. As few are left, I only send reminders of meetings and receipts; less important messages wait until next month.`,
  planWarning: (what, used, limit) =>
    what === 'users'
      ? `This bot's plan serves ${enCount(limit)} people at most, and I know ${enCount(used)}. Beyond that I do not receive what new people write. Please tell whoever runs me.`
      : `This bot's plan serves ${enCount(limit)} groups at most, and I am in ${enCount(used)}. To add a group, please tell whoever runs me.`,
  anonymous:
    'I cannot tell who wrote that, because it was sent anonymously. Please turn anonymous mode off and write again.',
  editedHint:
    'I cannot read edited messages. To change something, please write a new one, for example "edit deed 1: …".',
  unsupported: 'I can only read text. Please write it in words, for example "register: …".',
  classified: 'This is not a matter for a chat. Please speak to the secretary in person. I have not kept your message.',
  failed: 'Something went wrong with your message. It is kept, and the operator has been told; please try again later.',
  privateHint: 'I only send this in private. Please open a private chat with me, write "help", then ask again.',
  sentPrivately: 'I have answered you in our private chat.',
  notUnderstood: 'I did not understand the answer.',
  groupAnswerHint: '(Please reply to this message, or mention me with @.)',
  stillOpen: (question) => `Still open:\n${question}`,
  droppedOpen: 'The earlier question was dropped.',
  cancelled: 'Stopped. Write to me whenever you like.',
  erasedName: '(name erased)',
  nothingOpen: 'I am not asking you anything at the moment. Write "help" to see what I can do.',
  notServed: 'I cannot do that yet. Write "help" to see what I can do.',
  chooseRange: (count) => `Please answer with a number from 1 to ${count}, or "cancel".`,
  whichOne: (options) => `Which one do you mean?\n${enNumbered(options)}\nAnswer with a number, or "cancel".`,
  groupNeedsCode:
    'This group is not activated yet. Would the secretary please write in it: /activate and the group’s code.',

  // ── Rights ──
  refusals: {
    notLinked: 'You are not linked to the group’s list yet. Please write "I am" and your full name.',
    formerMember: 'You have left this group; you can still see, export and erase your data. Write "my data" to see it.',
    notCommittee: 'That is for the secretary, deputy and members of the committee. Please speak to the secretary.',
    notSecretary: 'That is for the secretary and deputy. Please speak to the secretary.',
    notOfficer: 'That is for the secretary, deputy and clerk. Please speak to the secretary.',
    notYourCell:
      'You are not on this group’s list, so I cannot do that here. Please write to me in private, or ask the secretary.',
    namesNotAllowed: 'Lists with names go to the secretary, deputy and clerk only. Write "summary" to see the figures.',
    onlyCommitteeAbove: 'That is for the committee directly above. Please contact it.',
    onlyReadingBelow:
      'That is for the group itself to do; the committee above sees figures. Write "summary" to see them.',
    unknownAction: 'You have not been given the right to do that. Please ask the secretary.',
  },
  notACell: 'That can only be done in a single group. Write "summary" to see the figures.',

  // ── Consent and personal data ──
  consentAsk: (held) =>
    [
      'Before I note anything about you, may I? I am the group’s own program. If you agree, I keep: this messaging account, your deeds and their progress, and your answers about meetings, so that the group can follow, remind and sum up. The group’s officers can see them; the committee above sees figures and, where it must, lists with names, each look being logged. The group holds the data. You may see, export, correct or erase it, or withdraw your consent, at any time.',
      `Answer "agree" or "no".${held ? ' Your message waits for the answer, for a day at most.' : ''}`,
    ].join('\n'),
  consentPrompt: 'Do you agree that I process your data? Answer "agree" or "no".',
  consentGiven: 'Thank you. I have noted your consent.',
  consentAlready: 'You agreed before. Thank you.',
  consentRefused: 'Very well. I keep nothing about you. Write again whenever you like.',
  withdrawAsk:
    'If you withdraw your consent, I stop: no registering, no reminders, and this account is no longer linked. Deeds already registered stay in the group’s book until you ask to erase them.\nAnswer "yes" to withdraw, "no" to leave things as they are.',
  withdrawn:
    'Your consent is withdrawn. From now on I do not process your data. To erase what there is, write "delete my data"; to come back, write "I agree".',
  eraseAsk:
    'I will erase: your name, the link to your account, the words and notes of your deeds, reasons for absence. The group’s figures stay (without your name). This cannot be undone; if you need a copy, write "export my data" first.\nAnswer "yes" to erase, "no" to leave things as they are.',
  erased: 'Your data is erased. The group’s book holds figures without your name. Thank you.',
  noData: 'I keep no data about you.',
  dataShow: (data) =>
    [
      'This is what I keep about you:',
      `- Account: ${data.account}`,
      `- Consent given: ${data.consent}`,
      ...data.lines.map((line) => `- On the list: ${line}`),
      ...data.history.map((line) => `- Before: ${line}`),
      `- Deeds:${data.deeds.length === 0 ? ' none' : ''}`,
      ...data.deeds.map((deed) => `  ${deed}`),
      `- Answers about meetings:${data.meetings.length === 0 ? ' none' : ''}`,
      ...data.meetings.map((meeting) => `  ${meeting}`),
      ...data.requests.map((request) => `- ${request}`),
      'You may write "export my data", "delete my data" or "withdraw consent". If something is wrong, please tell the secretary.',
    ].join('\n'),
  dataExport: (json) => `Your data (JSON, for machines to read):\n${json}`,

  // ── Linking ──
  askName: 'What is your full name, as on the group’s list? For example: "I am Mary Smith". To stop: "cancel".',
  nameUnknown: (name) =>
    `There is no "${name}" on the list. Please write your full name as on the list, or ask the secretary.`,
  nameUnknownOfficer: (name) =>
    `There is no "${name}" on the group’s list. Please check the name and write it again in full.`,
  nameNeedsGroup:
    'I do not know your group yet. Please write "I am …" in the group’s chat, or get a personal code from the secretary and write here: /activate and the code.',
  alreadyLinked: (name, org) => `This account is already linked to ${name}, ${org}.`,
  claimTaken: 'That name is already linked to another account. Please ask the secretary.',
  claimWaits: (isKept) =>
    `The secretary has not confirmed this account yet. ${
      isKept
        ? 'Your last message is kept until then, for a day at most; there is nothing else to do.'
        : 'Your message before this one is kept; please send this one again once you are confirmed.'
    }`,
  claimSent: 'I have asked the secretary to confirm. Once that is done, you can go on.',
  claimNoSecretary:
    'The group has no linked secretary yet who could confirm it. Please get a personal code from the operator and write to me in private: /activate and the code.',
  claimAsk: (displayName, platform, name, org) =>
    `A ${platform} account${displayName ? ` shown as "${displayName}"` : ''} says it is ${name}, ${org}. Is that right?\nAnswer "yes" or "no".`,
  claimConfirmed: (name) => `The account is linked to ${name}.`,
  claimRejected: 'Very well. That account is not linked.',
  settledByAnother: 'Somebody else has answered the question just sent; you need not.',
  claimGone: 'That request no longer waits for an answer.',
  linked: (name, org) => `${name}, you are linked to ${org}. Write "help" to see what I can do.`,
  notLinkedAnswer: 'The secretary has not confirmed this account. Please speak to the secretary.',
  platformNames: { zalo: 'Zalo', telegram: 'Telegram', slack: 'Slack', local: 'test' },

  // ── Codes ──
  codeWrong: 'The code is not right. Please check every character.',
  codeUsed: 'This code has been used. Please ask for a new one.',
  codeExpired: 'The code has expired. Please ask for a new one.',
  codeExhausted: 'The code was typed wrongly five times and no longer works. Please ask for a new one.',
  codeForGroup: 'This code is for the group. Please write it in the group’s chat.',
  codeForPerson:
    'A personal code must not be written in a group, so this one is now void. Please ask for a new one and write it to me in private.',
  codeOtherChat: (org) => `This chat belongs to ${org}. To change that, please ask the operator to release it first.`,
  codeNeedsName: (role, org) =>
    `The code is right: ${role}, ${org}. What is your full name? For example: "I am Mary Smith". To stop: "cancel".`,
  roleGranted: (name, role, org) => `${name} is now ${role}, ${org}. Write "help" to see what I can do.`,

  // ── Pledges ──
  askDeeds: (min, max) =>
    `What will you do? Please give ${min === max ? enSome(max, 'concrete deed') : `${min} to ${enSome(max, 'concrete deed')}`}, for example: "help one poor family mend their house, by 30 November". To stop: "cancel".`,
  askCollectiveDeeds: (collective) =>
    `What will the ${collective === 'committee' ? 'committee' : 'group'} do? For example: "plant 500 m of flowers, by 30 November". To stop: "cancel".`,
  askDue: (deed, yearEnd) =>
    `By when will "${deed}" be done? Answer with a date (for example 30/11), 1 for the end of the year (${enDate(yearEnd)}), or "cancel".`,
  askDueOf: (deed, candidates) =>
    `Which day is "${deed}" due?\n${enNumbered(candidates.map(enDate))}\nAnswer with a number, a date (for example 30/11/2026), or "cancel".`,
  confirmDeeds: (deeds, collective) =>
    [
      `${collective === 'committee' ? 'The committee registers' : collective ? 'The group registers' : 'You register'} ${enSome(deeds.length, 'deed')}:`,
      ...deeds.map((deed) => `- Deed ${deed.number}: ${enDeed(deed)}`),
      'Answer 1 to send, 2 to write again, or "cancel".',
    ].join('\n'),
  confirmLabels: ['Send', 'Write again'],
  yesNoLabels: ['Yes', 'No'],
  consentLabels: ['I agree', 'No'],
  vagueHint: 'A hint: a deed should be concrete and easy to check (what, how much, for whom).',
  submitted: (count, collective, route = 'cell') => {
    const noted = `Noted: ${enSome(count, 'deed')}${collective === 'committee' ? ' of the committee' : collective ? ' of the group' : ''}`
    switch (route) {
      case 'cell':
        return `${noted}, waiting for approval.`
      case 'above':
        return `${noted}, waiting for the committee above to approve.`
      case 'colleague':
        return collective
          ? `${noted}. Nobody above is linked to me, so the secretary or deputy approves.`
          : `${noted}. Nobody above is linked to me, so another secretary or deputy approves.`
      case 'nobody':
        return `${noted}. Nobody approves their own deeds, and neither the committee above nor a deputy is linked to me; once one is, they are asked.`
    }
  },
  lateNote: (closesOn) => `Registration closed on ${enDate(closesOn)}; this is noted as an addition.`,
  tooMany: (max, standing, incoming, collective) =>
    standing.length === 0
      ? `At most ${enSome(max, 'deed')} may be registered; your message has ${incoming}. Which one shall I leave out? Answer with a number, or "cancel".`
      : `There ${standing.length === 1 ? 'is' : 'are'} ${enSome(standing.length, 'deed')} already, at most ${max}:\n${enNumbered(standing.map(enDeed))}\n${collective ? 'To replace one, write "edit deed … of the group: new words" or "withdraw deed … of the group", with its number in "deeds of the group".' : 'To replace one, write "edit deed …: new words" or "withdraw deed …", with its number in "my deeds".'}`,
  dropDeed: (deed) => `Leave out: ${deed}`,
  deedTooLong: (max) => `The text is longer than ${enCount(max)} characters. Please make it shorter.`,
  draftWaits: 'The draft is kept; write "register" to go on.',
  draftReplaced: 'The earlier draft is replaced by the deeds you just wrote.',
  draftGone: 'Those deeds are no longer drafts. Write "my deeds" to see them.',
  draftExpired: 'The unfinished registration has waited too long. The draft is kept; write "register" to go on.',
  questionExpired: 'The earlier question has waited too long for an answer. Please write again if you need anything.',
  draftDropped: 'Stopped; nothing was sent. Write "register" whenever you like.',
  rewrite: 'Please write the deeds again, one a line, each with its date. To stop: "cancel".',
  noDeeds: (year, collective = false) =>
    collective
      ? `The group has not registered a deed for ${year} yet. For example: "group register: build 500 m of flower road, by 30 November".`
      : `You have not registered a deed for ${year} yet. For example: "register: help one poor family, by 30 November".`,
  myDeeds: (year, deeds, collective = false, name) =>
    [
      `${name === undefined ? (collective ? "The group's" : 'Your') : `${name}:`} deeds for ${year}:`,
      ...deeds.map(
        (deed) =>
          `${deed.number}. ${enDeed(deed)} (${deed.state}${deed.extra})${deed.details ? `\n   ${deed.details}` : ''}`,
      ),
    ].join('\n'),
  deedDetail: {
    category: (name) => `about ${name}`,
    weakness: (words) => `to mend: ${words}`,
    measure: (words) => `how: ${words}`,
    target: (words) => `target: ${words}`,
    inCharge: (name) => `in charge: ${name}`,
    forms: (words) => `counts as ${words}`,
    evidence: 'with a photo',
  },
  detailsOffer: (number) =>
    `If you like, add more: "deed ${number}: category morality", "target for deed ${number}: 3 families", "measure for deed ${number}: …", "weakness for deed ${number}: …".`,
  detailsHow:
    'Please give the number of the deed, for example: "deed 1: category morality", "target for deed 1: 3 families".',
  described: (number, details, again) =>
    `Noted for deed ${number}: ${details}.${again ? ' It has to be approved again.' : ''}`,
  noCollectiveDeed: () => 'The group has no deed with that number. Write "deeds of the group" to see them.',
  evidenceHow: 'Send me a photo in private; I will ask whether to keep it as evidence.',
  evidenceAsk: (number, deed) =>
    `Keep this photo as evidence for deed ${number}: ${enDeed(deed)}? I keep only its reference and download nothing.\nAnswer "yes" or "no".`,
  evidenceWhich: (deeds) =>
    `Keep this photo as evidence for which deed? I keep only its reference and download nothing.\n${enNumbered(deeds.map(enDeed))}\nAnswer with a number, or "cancel" to keep nothing.`,
  evidenceNoDeed: 'You have no approved deed to add evidence to. Write "my deeds" to see them.',
  evidenceKept: (number) => `The photo is noted as evidence for deed ${number}.`,
  evidenceNotKept: 'Very well, the photo is not kept.',
  deedProgress: (percent, doneOn) =>
    doneOn ? `, done on ${enDate(doneOn)}` : percent === null ? '' : `, ${percent}% done`,
  returnedBecause: (reason) => (reason ? `: ${reason}` : ''),
  whichDeed: (deeds) => `Which deed do you mean?\n${enNumbered(deeds.map(enDeed))}\nAnswer with a number, or "cancel".`,
  noSuchDeed: (number, collective = false) =>
    collective
      ? `The group has no deed ${number}. Write "deeds of the group" to see them.`
      : `You have no deed ${number}. Write "my deeds" to see them.`,
  noSuchDeedOf: (name, number) => `${name} has no deed ${number}. Please check the number.`,
  editAskWhat: (deed) => `It now says: ${enDeed(deed)}\nPlease write the new words or date. To leave it: "cancel".`,
  editAskDate: (candidates) =>
    `Which is the new date?\n${enNumbered(candidates.map(enDate))}\nAnswer with a number, or "cancel".`,
  edited: (deed, number, waits, { wasApproved = true } = {}) =>
    `Deed ${number} changed: ${enDeed(deed)}.${waits ? (wasApproved ? ' It has to be approved again.' : ' It waits for approval.') : ''}`,
  withdrawConfirm: (deed, number, collective = false) =>
    `Withdraw deed ${number}${collective === 'committee' ? ' of the committee' : collective ? ' of the group' : ''}: ${enDeed(deed)}?\nAnswer "yes" or "no".`,
  withdrawnDeed: (number) => `Deed ${number} is withdrawn.`,
  deedKept: 'Very well, nothing is changed.',
  copyNone: (year, collective) =>
    `${collective ? 'The group has' : 'You have'} no deeds of ${year} to take up again. Write "register" to register new ones.`,
  copyConfirm: (year, deeds, collective) =>
    `${collective ? 'Deeds of the group' : 'Your deeds'} for ${year}:\n${enNumbered(deeds.map(enDeed))}\nRegister the same for this year?\nAnswer "yes" or "no".`,

  // ── Review ──
  reviewNone: 'Nothing waits for approval.',
  reviewDecided: 'Somebody has decided on it already, or it was withdrawn.',
  reviewOwnOnly: (count) => `Nothing waits for you. ${enSome(count, 'deed')} of your own waits for somebody else.`,
  reviewList: (items) =>
    [
      `${enSome(items.length, 'deed')} waiting for approval:`,
      enNumbered(
        items.map(
          (item) =>
            `${item.name}, ${item.collective ? 'group, ' : ''}${item.extra}deed ${item.number}: ${enDeed(item.deed)}`,
        ),
      ),
      'Answer with a number to approve ("1", "1, 3"), or "approve all", "approve all except 2", "return 2 because …", "cancel".',
    ].join('\n'),
  reviewWaiting: (deeds, people, collectives = 0) =>
    `Waiting for approval: ${enSome(deeds, 'deed')} from ${[
      ...(people > 0 || collectives === 0 ? [enSome(people, 'person', 'people')] : []),
      ...(collectives > 0 ? [enSome(collectives, 'group')] : []),
    ].join(' and ')}. Write "approve" to see them.`,
  approved: (count, left) =>
    `${enSome(count, 'deed')} approved.${left > 0 ? ` ${enCount(left)} left; write "approve" to go on.` : ''}`,
  approvedToMember: (deeds, by = 'cell') =>
    `${by === 'cell' ? 'Approved' : 'Approved by the committee above'}:\n${deeds.map((deed) => `${deed.number}. ${enDeed(deed)}`).join('\n')}`,
  approvedToCell: (deeds, kind = 'cell') =>
    `The committee above approved what the ${kind === 'cell' ? 'group' : 'committee'} registered:\n${deeds.map((deed) => `${deed.number}. ${enDeed(deed)}`).join('\n')}`,
  rateWhom: 'Whose deed is rated? For example: "rate deed 1 of Hoa: good".',
  notForOneself:
    'Nobody rates or praises themselves for the group. Write "self rate deed 1: …"; the group\'s rating is for somebody else to note.',
  nothingToReview: (name) => `${name} has nothing waiting. Write "approve" to see the list.`,
  returnAskReason: (name, number) =>
    `Why should ${name} look at deed ${number} again? Please answer in a few words, or "cancel".`,
  returned: (name, number) => `Deed ${number} is given back to ${name}.`,
  reviewNotReached: (count, names) =>
    `${names?.length ? `Not written to me in private yet, and so not told: ${names.join(', ')}` : `${enSome(count, 'member')} not yet in a private chat with me will not hear of it`}. Please tell them yourself.`,
  returnedToMember: (number, deed, reason) =>
    `Please look at deed ${number} again: ${enDeed(deed)}.\nReason: ${reason}\nWrite "edit deed ${number}: …" to send it again.`,
  returnedToCell: (number, deed, reason, kind = 'cell') =>
    `The committee above asks the ${kind === 'cell' ? 'group' : 'committee'} to look at deed ${number} again: ${enDeed(deed)}.\nReason: ${reason}\nWrite "edit deed ${number} of the group: …" to send it again.`,

  // ── Progress ──
  progressNoted: (number, percent, done) =>
    done
      ? `Noted: deed ${number} is done.`
      : percent === null
        ? `Noted: progress of deed ${number}.`
        : `Noted: deed ${number} is ${percent}% done.`,
  progressNotApproved: 'This deed is still a draft. Write "register" to send it first.',
  progressAsk: (number) => `How far is deed ${number}? For example "70%" or "done". To stop: "cancel".`,

  // ── Rating and praise ──
  ratingNames,
  selfRated: (number, rating, part) =>
    `Noted: you rate deed ${number}${part ? `, ${part},` : ''} as ${ratingNames[rating]}.`,
  notRated: 'You are not rated at present (exempt, suspended or elsewhere), so nothing is noted.',
  notRatedOf: (name, state) => `${name} (${state}) is not rated at present, so nothing is noted.`,
  ratedYearly: 'Only whole years are rated at present; please leave out the quarter or half.',
  capWarning: (excellent, good, percent) =>
    `Please note: ${enCount(excellent)} rated "excellent" is more than ${percent}% of ${enCount(good)} rated "good"; the committee above decides.`,
  rateOnlyApproved: 'This deed is not approved yet, so it cannot be rated. Write "my deeds" to see it.',
  noApprovedDeedOf: (name) => `${name} has no approved deed to rate yet.`,
  rated: (name, number, rating, part) =>
    `Noted: deed ${number} of ${name}${part ? `, ${part},` : ''} is rated ${ratingNames[rating]}.`,
  ratedToMember: (number, rating, part) =>
    `Your deed ${number}${part ? `, ${part},` : ''} is rated: ${ratingNames[rating]}.`,
  commendWhom: 'Whom would you like to commend? For example: "/commend Mary Smith deed 2".',
  commended: (name, deed) => `With thanks and praise to ${name}${deed?.content ? `: ${deed.content}` : ''}.`,
  commendedAlready: (name) => `${name} has been commended before.`,
  commendedToMember: (number) =>
    number === null ? 'The group commends you.' : `The group commends you for deed ${number}.`,

  // ── Summary ──
  summaryCell: (data) =>
    [
      data.head ?? `${data.orgName}, ${data.year}, up to ${enDate(data.today)}:`,
      `- Members who have registered: ${enRatio(data.members, data.membersTenths)}`,
      `- Members with an approved deed: ${enRatio(data.approved, data.approvedTenths)}`,
      `- Deeds: ${enCount(data.individualDeeds)} of members, ${enCount(data.collectiveDeeds)} of the group`,
      ...(data.more ? [data.more] : []),
      `- Registration closes: ${enDate(data.closesOn)}`,
      ...(data.excluded ? [`Not counted: ${data.excluded}.`] : []),
    ].join('\n'),
  summaryTree: (data) =>
    [
      data.head ?? `${data.orgName}, ${data.year}, up to ${enDate(data.today)}:`,
      ...(data.details ? [data.details] : []),
      `- Groups that have started: ${enRatio(data.cellsStarted, data.cellsTenths)}`,
      `- Groups that are complete: ${enRatio(data.cellsComplete, data.completeTenths)}`,
      `- Members who have registered: ${enRatio(data.members, data.membersTenths)}`,
      `- Deeds: ${enCount(data.individualDeeds)} of members, ${enCount(data.collectiveDeeds)} of groups`,
      ...(data.more ? [data.more] : []),
      `- Registration closes: ${enDate(data.closesOn)}`,
      ...(data.excluded ? [`Not counted: ${data.excluded}.`] : []),
    ].join('\n'),
  stagesLine: (collective, stages) => {
    const ratio = ({ numerator, denominator }: { numerator: number; denominator: number }) =>
      `${enCount(numerator)}/${enCount(denominator)}`
    const missed = stages.missed.numerator > 0 ? `, not done ${ratio(stages.missed)}` : ''
    return `- ${collective ? 'Group deeds' : 'Deeds of members'}: done ${ratio(stages.done)}, in progress ${ratio(stages.inProgress)}, overdue ${ratio(stages.overdue)}${missed}`
  },
  commitmentsLine: (members, membersTenths) => `- Commitments: ${enRatio(members, membersTenths)}`,
  praiseLine: (members, collectives, models, exemplars) =>
    `- Commended: ${enSome(members, 'member')}, ${enSome(collectives, 'group')}; ${enSome(models, 'model')}; ${enSome(exemplars, 'example of a month', 'examples of a month')}`,
  excludedPart: (count, status) => `${enCount(count)} ${status}`,
  summaryNames: (data) =>
    [
      `Registered (${data.registered.length}):`,
      data.registered.length ? enNumbered(data.registered) : 'none yet',
      `Not yet registered (${data.missing.length}): ${data.missing.join(', ') || 'nobody'}`,
      `Waiting for approval (${data.waiting.length}): ${data.waiting.join('; ') || 'none'}`,
      ...(data.collective.length ? ['Group deeds:', enNumbered(data.collective)] : []),
      ...(data.excluded.length ? [`Not counted: ${data.excluded.join(', ')}`] : []),
    ].join('\n'),
  summaryAskNames: 'For names, write "who has not registered".',
  noOtherYear: (period) => `There are no figures for ${enPeriod(period)} yet.`,
  missingPledge: (names, ratio) =>
    names.length === 0
      ? `All ${enCount(ratio.denominator)} members have registered.`
      : `Not yet registered: ${enCount(names.length)} of ${enSome(ratio.denominator, 'member')}:\n${enNumbered(names)}`,
  missingMeeting: (when, names, of) =>
    names.length === 0
      ? `All ${enCount(of)} members have answered for the meeting at ${when}.`
      : `No answer yet for the meeting at ${when}: ${enCount(names.length)} of ${enSome(of, 'member')}:\n${enNumbered(names)}`,
  groupAboutNames: (when, answered, of) =>
    `Answers for the meeting at ${when}: ${enCount(answered)}/${enSome(of, 'member')}.`,

  // ── Reminding on request ──
  nudgePledge: (org, closesOn) =>
    `${org}: please register what you will do, by ${enDate(closesOn)}. For example: "register: help one poor family, by 30 November".`,
  nudgeMeeting: (org, when) =>
    `${org}: please answer for the meeting at ${when}: "I will attend", or "I cannot attend" and why.`,
  nudgeProgress: (org) => `${org}: how far are your deeds? For example "deed 1 is 70% done".`,
  nudgeGroup: {
    pledge: (closesOn) =>
      `Whoever has not registered yet, please reply to this message: "register: …". It closes on ${enDate(closesOn)}.`,
    meeting: (when) =>
      `Whoever has not answered for the meeting at ${when}, please reply to this message: "I will attend" or "I cannot attend".`,
    progress:
      'Whoever has an open deed, please reply to this message with its progress, for example "deed 1 is 70% done".',
  },
  nudged: (privately, inGroup, held, withdrawn = 0) => {
    const parts = [
      ...(privately > 0 ? [`${enSome(privately, 'member')} in private`] : []),
      ...(inGroup > 0
        ? [`${enSome(inGroup, 'member')} by one message in the group (no private chat with me yet)`]
        : []),
    ]
    const heldLine = held > 0 ? `${enSome(held, 'member')} not reminded again: twice a week is the most.` : ''
    const withdrawnLine =
      withdrawn > 0
        ? `${enSome(withdrawn, 'member')} who withdrew consent not reminded; please speak to them yourself.`
        : ''
    const rest = [heldLine, withdrawnLine].filter(Boolean).join(' ')
    if (parts.length === 0) return rest || 'Nobody is left to be reminded.'
    return `Reminded ${parts.join(', ')}.${rest ? ` ${rest}` : ''}`
  },
}
