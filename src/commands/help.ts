import { reply } from '../dialogue/effects.ts'
import { accessRoleOf, isOfficer } from '../domain/access.ts'
import type { Command } from './command.ts'

/** What can I do: short, with examples to copy; what only officers can do is shown to officers, in private. */
export const help: Command<'help'> = {
  intents: ['help'],
  may: null,
  beforeConsent: true,
  respond({ texts, asked, me, memberships, account }) {
    const parts = [texts.helpMember(asked.chatKind === 'private')]
    if (asked.chatKind === 'private' && me && isOfficer(accessRoleOf(me))) parts.push(texts.helpOfficer)
    if (!account || memberships.length === 0) parts.push(texts.helpNotLinked)
    return [reply(parts.join('\n'))]
  },
}
