import { routeOf } from '../dialogue/approval.ts'
import { type Command, thisYear } from './command.ts'
import { detailsOf } from './deed-details.ts'
import { ofWhom, ownDeeds } from './own-deed.ts'

export const mine: Command<'pledge.mine'> = {
  intents: ['pledge.mine'],
  may: 'pledge.ownSee',
  respond(facts, request) {
    const { texts } = facts
    const deeds = ownDeeds(facts, request)
    const year = thisYear(facts)
    const routes = facts.together(deeds, (deed) => routeOf(facts, deed))
    const text =
      deeds.length === 0
        ? texts.noDeeds(year, ofWhom(facts, request))
        : texts.myDeeds(
            year,
            deeds.map((deed, index) => ({
              number: deed.number,
              content: deed.content,
              dueOn: deed.dueOn,
              state:
                texts.deedState(deed.state, routes[index]!, ofWhom(facts, request)) ?? texts.stateNames[deed.state],
              extra:
                deed.state === 'returned'
                  ? texts.returnedBecause(deed.returnReason)
                  : texts.deedProgress(deed.percent, deed.doneOn),
              details: detailsOf(facts, deed).join('; '),
            })),
            ofWhom(facts, request),
          )
    return [{ say: { audience: { to: 'sender' }, text, isRepeatable: true } }]
  },
}
