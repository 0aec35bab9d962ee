import { routeOf } from '../dialogue/approval.ts'
import type { Effect } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import { standing } from '../domain/pledge.ts'
import type { Deed } from '../domain/records.ts'
import { type Command, thisYear } from './command.ts'
import { detailsOf } from './deed-details.ts'
import { yearMeant } from './deed-year.ts'
import { entitledTo, namedOrganisation } from './organisation-named.ts'
import { ofWhom, ownDeeds } from './own-deed.ts'

/** As they are listed: where each stands, and with whom. */
export function shown(facts: Facts, deeds: readonly Deed[], collective: boolean | 'committee') {
  const { texts } = facts
  const routes = facts.together(deeds, (deed) => routeOf(facts, deed))
  return deeds.map((deed, index) => ({
    number: deed.number,
    content: deed.content,
    dueOn: deed.dueOn,
    state: texts.deedState(deed.state, routes[index]!, collective) || texts.stateNames[deed.state],
    extra:
      deed.state === 'returned'
        ? texts.returnedBecause(deed.returnReason)
        : texts.deedProgress(deed.percent, deed.doneOn),
    details: detailsOf(facts, deed).join('; '),
  }))
}

/** "Việc của chi bộ thôn Đông": for the committee directly above, which decides on them; who is in charge stays below. */
function ofNamed(facts: Facts, request: Request, typed: string): Effect[] {
  const { texts } = facts
  const year = thisYear(facts)
  const named = namedOrganisation(facts, request, typed, year)
  if ('effects' in named) return named.effects
  const { org } = named
  const isOwn = facts.memberships.some((member) => member.orgId === org.orgId)
  const entitled = isOwn ? null : entitledTo(facts, 'pledge.collectiveReview', org)
  if (entitled && 'effects' in entitled) return entitled.effects
  const deeds = standing(facts.deeds('collective', org.orgId, year))
    .filter((deed) => isOwn || deed.state !== 'draft')
    .map((deed) => (isOwn ? deed : { ...deed, inChargeId: null }))
  const collective = org.kind === 'committee' ? 'committee' : true
  const text =
    deeds.length === 0
      ? texts.collectiveNone(org.name, year)
      : texts.myDeeds(year, shown(facts, deeds, collective), collective, org.name)
  return [{ say: { audience: { to: 'sender' }, text, isRepeatable: true } }]
}

export const mine: Command<'pledge.mine'> = {
  intents: ['pledge.mine'],
  may: 'pledge.ownSee',
  respond(facts, request) {
    const { texts } = facts
    const typed = request.extras?.organisation
    if (typed !== undefined) return ofNamed(facts, request, typed)
    const deeds = ownDeeds(facts, request)
    const year = yearMeant(facts, request)
    // In the new year members look for what they have been doing: it is one message away.
    const last = year === thisYear(facts) && deeds.length === 0 ? ownDeeds(facts, request, year - 1).length : 0
    const text =
      deeds.length === 0
        ? [
            year < thisYear(facts)
              ? texts.noDeedsIn(year, ofWhom(facts, request))
              : texts.noDeeds(year, ofWhom(facts, request)),
            ...(last > 0 ? [texts.lastYearsHow(year - 1, last, ofWhom(facts, request))] : []),
          ].join('\n')
        : texts.myDeeds(year, shown(facts, deeds, ofWhom(facts, request)), ofWhom(facts, request))
    return [{ say: { audience: { to: 'sender' }, text, isRepeatable: true } }]
  },
}
