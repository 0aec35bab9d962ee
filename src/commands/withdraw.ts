import { askFirst } from '../dialogue/confirm.ts'
import { reply } from '../dialogue/effects.ts'
import { isOfForm } from '../domain/forms.ts'
import { deedKey, withdraw } from '../domain/pledge.ts'
import type { Deed } from '../domain/records.ts'
import { type Command, inOrg, thisYear } from './command.ts'
import { deedChanged } from './deed-change.ts'
import { chosenDeed, ofWhom, ownDeeds, rightTo } from './own-deed.ts'

export const withdrawDeed: Command<'pledge.withdraw'> = {
  intents: ['pledge.withdraw'],
  may: rightTo('pledge.ownEdit'),
  respond(facts, request) {
    const { texts, now } = facts
    const { me } = inOrg(facts)
    const { form } = request.extras ?? {}
    const isMeant = (deed: Deed) => form === undefined || isOfForm(deed, form)
    if (form && !ownDeeds(facts, request).some(isMeant)) return [reply(texts.noCommitment(thisYear(facts)))]
    const chosen = chosenDeed(facts, request, request.slots.deed, isMeant)
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
