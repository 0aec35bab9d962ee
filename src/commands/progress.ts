import { reply } from '../dialogue/effects.ts'
import { askFor } from '../dialogue/fill.ts'
import { looksClassified } from '../dialogue/guard.ts'
import { deedKey, progress } from '../domain/pledge.ts'
import { type Command, inOrg } from './command.ts'
import { deedChanged } from './deed-change.ts'
import { chosenDeed } from './own-deed.ts'

/** How far a deed is: percent, a note, or that it is done. */
export const reportProgress: Command<'progress.report'> = {
  intents: ['progress.report'],
  may: 'progress.ownReport',
  respond(facts, request) {
    const { texts, now, today } = facts
    const { me } = inOrg(facts)
    const chosen = chosenDeed(facts, request, request.slots.deed, (deed) => deed.state !== 'draft')
    if ('effects' in chosen) return chosen.effects
    const { deed } = chosen
    if (deed.state === 'draft') return [reply(texts.progressNotApproved)]
    const { percent, note, done } = request.slots
    if (percent === undefined && !note && !done) {
      return askFor(texts.progressAsk(deed.number), { ...request, resolved: { deedKey: deedKey(deed) } }, 'progress')
    }
    if (note && looksClassified(note)) return [reply(texts.classified)]
    const change = progress(deed, { percent, note, done }, today, now, me.memberId)
    return [
      ...deedChanged(change, 'deed.progressed'),
      reply(texts.progressNoted(deed.number, change.deed.percent, done === true)),
    ]
  },
}
