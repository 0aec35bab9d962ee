/** Which of one's own deeds is meant: the number, the only one, or a numbered question. */

import { askWhich } from '../dialogue/choose.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import { deedKey, standing } from '../domain/pledge.ts'
import type { Deed } from '../domain/records.ts'
import { inOrg, thisYear } from './command.ts'

export function ownDeeds(facts: Facts): Deed[] {
  const { me } = inOrg(facts)
  return standing(facts.deeds('individual', me.memberId, thisYear(facts)))
}

/** The deed a request is about, or what to answer instead. The request's `deed` slot is completed by the question. */
export function chosenDeed(
  facts: Facts,
  request: Request,
  number: number | undefined,
  eligible: (deed: Deed) => boolean = () => true,
): { deed: Deed } | { effects: Effect[] } {
  const { texts } = facts
  const all = ownDeeds(facts)
  const byKey = request.resolved?.deedKey && all.find((deed) => deedKey(deed) === request.resolved?.deedKey)
  if (byKey) return { deed: byKey }
  if (number !== undefined) {
    const deed = all.find((each) => each.number === number)
    return deed ? { deed } : { effects: [reply(texts.noSuchDeed(number))] }
  }
  const deeds = all.filter(eligible)
  if (deeds.length === 0) return { effects: [reply(texts.noDeeds(thisYear(facts)))] }
  if (deeds.length === 1 && deeds[0]) return { deed: deeds[0] }
  const options = deeds.map((deed) => ({
    label: deed.content ?? '',
    request: { ...request, resolved: { ...request.resolved, deedKey: deedKey(deed) } },
  }))
  return { effects: askWhich(texts.whichDeed(deeds), options) }
}
