/** What the bot says in English of organisations below a committee; part of en.ts. */
import { enCount, enDate, enRatio, enSome } from './en-forms.ts'
import type { viTree } from './vi-tree.ts'

const stateNames = {
  silent: 'have not started',
  started: 'have started',
  complete: 'are complete',
  incomplete: 'are not complete',
  any: 'have started',
}
const scopeNames = { direct: 'organisations', cells: 'groups' }

export const enTree: ReturnType<typeof viTree> = {
  organisationUnknown: (orgName) =>
    `There is no organisation named "${orgName}" within yours. Please check the name and write it again.`,
  organisationTooMany: (orgName) =>
    `Many organisations are named "${orgName}". Please write the full name and ask again.`,
  organisationOption: (orgName, parentOrgName, formerOrgName) =>
    `${orgName}${parentOrgName === '' ? '' : `, part of ${parentOrgName}`}${formerOrgName === '' ? '' : ` (formerly ${formerOrgName})`}`,
  namesOfHow: (orgName) =>
    `For names write "who has not registered in ${orgName}" or "list of ${orgName}". Each look is logged.`,
  nothingBelow: 'There are no organisations below to look at. Write "summary" to see the figures.',
  remindCell: (data) =>
    `${data.above} asks ${data.orgName} to go on registering: ${enRatio(data.members, data.tenths)} of the members so far, until ${enDate(data.closesOn)}. Write "who has not registered" to see them, "remind everybody to register" to remind them.`,
  remindedBelow: (data) =>
    [
      data.sent > 0
        ? `Reminded ${enSome(data.sent, 'group')} through those who lead them.`
        : 'No further group was reminded.',
      ...(data.held > 0 ? [`Reminded this week already: ${enSome(data.held, 'group')}.`] : []),
      ...(data.unreachable > 0 ? [`Nobody to write to in private: ${enSome(data.unreachable, 'group')}.`] : []),
    ].join(' '),
  remindNoneBelow: 'All groups below are complete.',
  remindTooManyBelow: (cells, most) =>
    `${enSome(cells, 'group')} are not complete, and one request reminds at most ${enCount(most)}. Please let the committees below remind theirs.`,
  organisationsCount: (data) =>
    `${data.orgName}: ${scopeNames[data.scope]} that ${stateNames[data.state]}: ${enRatio(data.ratio, data.tenths)}.`,
  organisationLine: (data) =>
    [
      `${enCount(data.nth)}. ${data.orgName}${data.parentOrgName === '' ? '' : ` (${data.parentOrgName})`}: `,
      data.cells ? `${enCount(data.cells.numerator)}/${enSome(data.cells.denominator, 'group')}, ` : '',
      `members ${enRatio(data.members, data.membersTenths)}`,
    ].join(''),
  organisationsRest: (state, scope, first, last, of) =>
    `Listed so far: ${enCount(first)} to ${enCount(last)} of ${enCount(of)}. For the rest please write: "${state === 'any' ? `list of all ${scopeNames[scope]}` : `which ${scopeNames[scope]} ${stateNames[state]}`} from ${last + 1}".`,
  treeBelow: (data) =>
    [
      `- ${enSome(data.committees + data.directCells, 'organisation')} directly below (${enSome(data.committees, 'committee')}, ${enSome(data.directCells, 'group')}), ${enSome(data.cells, 'group')} in all, ${enSome(data.members, 'member')}`,
      `- Directly below, started: ${enRatio(data.started, data.startedTenths)}`,
      `- Directly below, complete: ${enRatio(data.complete, data.completeTenths)}`,
    ].join('\n'),
}
