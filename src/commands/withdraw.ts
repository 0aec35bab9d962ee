import { askFirst } from '../dialogue/confirm.ts'
import { reply } from '../dialogue/effects.ts'
import { deedKey, withdraw } from '../domain/pledge.ts'
import { type Command, inOrg } from './command.ts'
import { deedChanged } from './deed-change.ts'
import { chosenDeed, ofWhom, rightTo } from './own-deed.ts'

export const withdrawDeed: Command<'pledge.withdraw'> = {
  intents: ['pledge.withdraw'],
  may: rightTo('pledge.ownEdit'),
  respond(facts, request) {
    const { texts, now } = facts
    const { me } = inOrg(facts)
    const chosen = chosenDeed(facts, request, request.slots.deed)
    if ('effects' in chosen) return chosen.effects
    const { deed } = chosen
    // A draft was never sent: it goes without a trace.
    if (deed.state === 'draft') return [{ remove: 'deed', row: deed }, reply(texts.withdrawnDeed(deed.number))]
    if (!request.resolved?.confirmed) {
      const withDeed = { ...request, resolved: { ...request.resolved, deedKey: deedKey(deed) } }
      return askFirst(texts.withdrawConfirm(deed, deed.number, ofWhom(facts, request)), withDeed, texts.deedKept)
    }
    return [...deedChanged(withdraw(deed, now, me.memberId), 'deed.withdrawn'), reply(texts.withdrawnDeed(deed.number))]
  },
}
