/**
 * Who may do what: the one table. Whatever it does not grant is refused, with a reason that the texts explain.
 *
 * Its lines come from domain.md §8 ("member (own), secretary/deputy (cell), committee (aggregates; names only on
 * explicit request and logged)"), §2.4 (the direct upper committee approves the collective's registration and the
 * secretary's own) and from the law: sensitive data need internal access rules (Luật 91/2025/QH15, Nghị định
 * 356/2025/NĐ-CP, §6.1), and everyone may see, export and erase what is held about them, also after leaving.
 *
 * Rights hang on a line of a roster: a role in one organisation. What they are worth in another one depends on how that
 * one lies to it (`Relation`). A person with several lines has what any of them grants. Whether the account is linked to
 * the line, and has consented, is settled before this table is asked.
 */
import { type MemberStatus, type Role, roles } from './member.ts'

export const actions = [
  'data.own',
  'pledge.ownRegister',
  'pledge.ownEdit',
  'pledge.ownSee',
  'pledge.collectiveRegister',
  'pledge.review',
  'pledge.seeNames',
  'pledge.collectiveReview',
  'progress.ownReport',
  'deed.rate',
  'commend',
  'summary.counts',
  'summary.names',
  'meeting.see',
  'meeting.answer',
  'meeting.answerFor',
  'meeting.schedule',
  'meeting.move',
  'meeting.rollCall',
  'meeting.theme',
  'minutes.write',
  'minutes.see',
  'minutes.counts',
  'meeting.seeAnswers',
  'remind.now',
  'member.confirm',
  'report.export',
  'chat.bind',
  'campaign.manage',
  'period.close',
  'period.reopen',
  'period.review',
  'committee.act',
  'deed.rateBelow',
  'praise.see',
] as const
export type Action = (typeof actions)[number]

/** A role as the table knows it: `nobody` is an account without a line, `former` one whose line has status `left`. */
export const accessRoles = [...roles, 'former', 'nobody'] as const
export type AccessRole = (typeof accessRoles)[number]

/**
 * Where the organisation acted on lies, seen from the one where the role is held. `child` is directly below it, `below`
 * further down. `sibling` has the same parent.
 */
export const relations = ['own', 'child', 'below', 'above', 'sibling', 'other'] as const
export type Relation = (typeof relations)[number]

export const refusalReasons = [
  /** The account belongs to nobody on a roster. */
  'notLinked',
  /** The line of the roster is closed; only one's own data remain. */
  'formerMember',
  /** For secretary and deputy. */
  'notSecretary',
  /** For secretary, deputy and clerk. */
  'notOfficer',
  /** For those of the committee: secretary, deputy and its other members. */
  'notCommittee',
  /** Another organisation, not below one's own. */
  'notYourCell',
  /** Names with a status: counts are all that this person may see here. */
  'namesNotAllowed',
  /** For the committee directly above, not for the organisation itself and not from two levels up. */
  'onlyCommitteeAbove',
  /** An organisation below decides this itself; from above it can only be looked at. */
  'onlyReadingBelow',
  /** No such action. */
  'unknownAction',
] as const
export type RefusalReason = (typeof refusalReasons)[number]

/** `mustLog`: a look at names from above, written to the audit log. `needsConfirmation`: takes effect once a secretary, deputy or clerk says yes. */
export interface Grant {
  allowed: true
  mustLog?: true
  needsConfirmation?: true
}
export type Verdict = Grant | { allowed: false; why: RefusalReason }

/**
 * Those who run a cell and may see its names: secretary, deputy and clerk. Give it what `accessRoleOf` says of a line:
 * whoever is suspended or has left holds no office, whatever the line's role.
 */
export function isOfficer(role: AccessRole): boolean {
  return role === 'secretary' || role === 'deputy' || role === 'clerk'
}

/** Deputies act as secretaries. */
export function isSecretary(role: AccessRole): boolean {
  return role === 'secretary' || role === 'deputy'
}

/**
 * The role that a line of a roster gives. Who has left keeps the right to their own data and nothing else; who is
 * suspended is a member without office. No line at all: `nobody`.
 */
export function accessRoleOf(member: { role: Role; status: MemberStatus } | null): AccessRole {
  if (!member) return 'nobody'
  if (member.status === 'left') return 'former'
  return member.status === 'suspended' ? 'member' : member.role
}

interface Line extends Omit<Grant, 'allowed'> {
  who: readonly AccessRole[]
  where: readonly Relation[]
}

const secretaries = ['secretary', 'deputy'] as const
const officers = ['secretary', 'deputy', 'clerk'] as const
/** A committee is its secretaries as well as its other members: over those below they have the same rights. */
const committee = ['secretary', 'deputy', 'committee'] as const
const everyone = roles
const below = ['child', 'below'] as const

const ownOnly: readonly Line[] = [{ who: everyone, where: ['own'] }]
const bySecretary: readonly Line[] = [{ who: secretaries, where: ['own'] }]
const byOfficer: readonly Line[] = [{ who: officers, where: ['own'] }]
const namesOnRequest: readonly Line[] = [
  { who: officers, where: ['own'] },
  { who: ['committee'], where: ['own'], mustLog: true },
  { who: committee, where: below, mustLog: true },
]
const countsBelow: readonly Line[] = [
  { who: everyone, where: ['own'] },
  { who: [...officers, 'committee'], where: below },
]

const table: Readonly<Record<Action, readonly Line[]>> = {
  'data.own': [{ who: [...everyone, 'former'], where: relations }],
  'pledge.ownRegister': ownOnly,
  'pledge.ownEdit': ownOnly,
  'pledge.ownSee': ownOnly,
  'pledge.collectiveRegister': [{ who: committee, where: ['own'] }],
  'pledge.review': bySecretary,
  'pledge.seeNames': namesOnRequest,
  'pledge.collectiveReview': [{ who: committee, where: ['child'] }],
  'progress.ownReport': ownOnly,
  'deed.rate': bySecretary,
  commend: bySecretary,
  'summary.counts': countsBelow,
  'summary.names': namesOnRequest,
  'meeting.see': countsBelow,
  'meeting.answer': ownOnly,
  'meeting.answerFor': [
    { who: officers, where: ['own'] },
    { who: ['committee', 'member'], where: ['own'], needsConfirmation: true },
  ],
  'meeting.schedule': bySecretary,
  'meeting.move': bySecretary,
  'meeting.rollCall': byOfficer,
  'meeting.theme': byOfficer,
  'meeting.seeAnswers': byOfficer,
  'minutes.write': byOfficer,
  // Words of a meeting stay with those who belong there, counts go up (domain.md §6.2).
  'minutes.see': ownOnly,
  'minutes.counts': countsBelow,
  'remind.now': bySecretary,
  'member.confirm': bySecretary,
  'report.export': namesOnRequest,
  'chat.bind': bySecretary,
  'campaign.manage': [
    { who: committee, where: ['own'] },
    { who: committee, where: below },
  ],
  'period.close': [
    { who: secretaries, where: ['own'] },
    { who: committee, where: below },
  ],
  // Never by those whose books they are: whoever reopened one's own books had not closed them.
  'period.reopen': [{ who: committee, where: ['child'] }],
  'period.review': bySecretary,
  // What a cell leaves to its secretary a committee's members do for their committee: review and close its period, praise, remind
  // the cells below.
  // In an organisation that is a committee alone; commands ask for it there (`actionIn`).
  'committee.act': [{ who: committee, where: ['own'] }],
  // Whoever approves what a cell and its secretary pledge also says how it was done (domain.md §2.4, §2.5).
  'deed.rateBelow': [{ who: committee, where: ['child'] }],
  // Praise is told to all of a cell when it is given; from above it is a look at names.
  'praise.see': [
    { who: everyone, where: ['own'] },
    { who: committee, where: below, mustLog: true },
  ],
}

/** The right that it takes in an organisation of this kind: where a cell leaves it to its secretary, a committee's members act. */
export function actionIn(org: { kind: 'cell' | 'committee' }, action: Action): Action {
  return org.kind === 'committee' && committeeActs.includes(action) ? 'committee.act' : action
}
const committeeActs: readonly Action[] = ['period.close', 'period.review', 'commend', 'remind.now']

/** Actions that show people by name with what they did or did not do. */
const namesActions: readonly Action[] = ['pledge.seeNames', 'summary.names', 'meeting.seeAnswers', 'praise.see']
/** Actions that only the person concerned does: elsewhere they have no line to do it with. */
const personalActions: readonly Action[] = Object.entries(table).flatMap(([action, lines]) =>
  lines === ownOnly ? [action as Action] : [],
)

const onlyFromAbove: readonly Action[] = ['pledge.collectiveReview', 'period.reopen', 'deed.rateBelow']

const isBelow = (relation: Relation) => relation === 'child' || relation === 'below'
const grants = (line: Line, role: AccessRole, relation: Relation) =>
  line.who.includes(role) && line.where.includes(relation)

function reasonFor(role: AccessRole, action: Action, relation: Relation): RefusalReason {
  if (role === 'nobody') return 'notLinked'
  if (role === 'former') return 'formerMember'
  if (relation !== 'own' && (!isBelow(relation) || role === 'member')) return 'notYourCell'
  if (onlyFromAbove.includes(action)) return 'onlyCommitteeAbove'
  if (namesActions.includes(action)) return 'namesNotAllowed'
  if (isBelow(relation)) {
    if (personalActions.includes(action)) return 'notYourCell'
    return action === 'report.export' ? 'namesNotAllowed' : 'onlyReadingBelow'
  }
  if (action === 'committee.act') return 'notCommittee'
  return table[action].some((line) => grants(line, 'clerk', 'own')) ? 'notOfficer' : 'notSecretary'
}

/**
 * Whether a role may do something in an organisation that lies so to the one where the role is held; if not, why. Default
 * deny, also for a role, action or relation that comes from outside and is not in the lists.
 */
export function may(role: AccessRole, action: Action, relation: Relation): Verdict {
  if (!Object.hasOwn(table, action)) return { allowed: false, why: 'unknownAction' }
  const line = table[action].find((each) => grants(each, role, relation))
  if (!line) return { allowed: false, why: reasonFor(role, action, relation) }
  return {
    allowed: true,
    ...(line.mustLog ? { mustLog: true } : {}),
    ...(line.needsConfirmation ? { needsConfirmation: true } : {}),
  }
}

/** The ids on a path '/1/5/9/', from the root down. */
const idsOf = (path: string) => path.split('/').filter((id) => id !== '')

/** How the organisation acted on lies to the one where the role is held, by their paths '/1/5/9/' at the same moment. */
export function relationOf(held: { path: string }, actedOn: { path: string }): Relation {
  const [from, to] = [idsOf(held.path), idsOf(actedOn.path)]
  if (from.length === 0 || to.length === 0) return 'other'
  const common = from.findIndex((id, i) => id !== to[i])
  const shared = common === -1 ? from.length : common
  if (shared === from.length) {
    if (to.length === from.length) return 'own'
    return to.length === from.length + 1 ? 'child' : 'below'
  }
  if (shared === to.length) return 'above'
  return shared > 0 && shared === from.length - 1 && shared === to.length - 1 ? 'sibling' : 'other'
}
