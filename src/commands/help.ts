import { reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { accessRoleOf, isOfficer, isSecretary } from '../domain/access.ts'
import type { Command } from './command.ts'

/** What somebody is in committees: whether they hold an office there, whether it acts, and whether they are in nothing else. */
function committeeOffice(facts: Facts): { canAct: boolean; isAll: boolean } | null {
  const lines = facts.memberships.filter((member) => accessRoleOf(member) !== 'former')
  const roles = lines
    .filter((member) => facts.organisation(member.orgId).kind === 'committee')
    .map(accessRoleOf)
    .filter((role) => role === 'committee' || isOfficer(role))
  if (roles.length === 0) return null
  const canAct = roles.some((role) => role === 'committee' || isSecretary(role))
  return { canAct, isAll: lines.every((member) => facts.organisation(member.orgId).kind === 'committee') }
}

/** What can I do: short, with examples to copy; what only officers can do is shown to officers, in private. */
export const help: Command<'help'> = {
  intents: ['help'],
  may: null,
  beforeConsent: true,
  respond(facts) {
    const { texts, asked, me, memberships, account, org } = facts
    const isPrivate = asked.chatKind === 'private'
    const office = account ? committeeOffice(facts) : null
    // Whoever only sits in a committee has no deeds of their own to register; in a cell's group its own help is due.
    const isOfCommittee = office?.isAll && (isPrivate || org?.kind === 'committee')
    const parts = isOfCommittee
      ? [texts.helpCommittee({ isFirst: true, canAct: office.canAct, isPrivate })]
      : [texts.helpMember(isPrivate)]
    const isOfCell = me !== null && facts.organisation(me.orgId).kind === 'cell'
    if (isPrivate && isOfCell && isOfficer(accessRoleOf(me))) parts.push(texts.helpOfficer)
    if (isPrivate && office && !office.isAll)
      parts.push(texts.helpCommittee({ isFirst: false, canAct: office.canAct, isPrivate }))
    if (!account || memberships.length === 0) parts.push(texts.helpNotLinked)
    return [reply(parts.join('\n'))]
  },
}
