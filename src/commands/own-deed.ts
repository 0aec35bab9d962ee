/** Which of one's own deeds is meant: the number, the only one, or a numbered question. */

import { askWhich } from '../dialogue/choose.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import type { Action } from '../domain/access.ts'
import { deedKey, standing } from '../domain/pledge.ts'
import type { Deed } from '../domain/records.ts'
import { inOrg, thisYear } from './command.ts'

/** The deeds a request speaks of: one's own, or the cell's where it says so. */
export function ownDeeds(facts: Facts, request?: Request): Deed[] {
  const { org, me } = inOrg(facts)
  const year = thisYear(facts)
  return standing(
    isOfCell(request) ? facts.deeds('collective', org.orgId, year) : facts.deeds('individual', me.memberId, year),
  )
}

export const isOfCell = (request: Request | undefined) => request?.extras?.ofCell === true

/** In whose name it is spoken of: the sender's (false), the cell's (true) or the committee's. */
export const ofWhom = (facts: Facts, request: Request | undefined) =>
  isOfCell(request) && (facts.org?.kind === 'committee' ? ('committee' as const) : true)

/** Whoever registers for the cell also changes what it registered. */
export const rightTo = (own: Action) => (_facts: Facts, request: Request) =>
  isOfCell(request) ? ('pledge.collectiveRegister' as const) : own

/** The deed a request is about, or what to answer instead. The request's `deed` slot is completed by the question. */
export function chosenDeed(
  facts: Facts,
  request: Request,
  number: number | undefined,
  eligible: (deed: Deed) => boolean = () => true,
): { deed: Deed } | { effects: Effect[] } {
  const { texts } = facts
  const all = ownDeeds(facts, request)
  const collective = ofWhom(facts, request)
  const byKey = request.resolved?.deedKey && all.find((deed) => deedKey(deed) === request.resolved?.deedKey)
  if (byKey) return { deed: byKey }
  if (number !== undefined) {
    const deed = all.find((each) => each.number === number)
    return deed ? { deed } : { effects: [reply(texts.noSuchDeed(number, collective))] }
  }
  const deeds = all.filter(eligible)
  if (deeds.length === 0) return { effects: [reply(texts.noDeeds(thisYear(facts), collective))] }
  if (deeds.length === 1 && deeds[0]) return { deed: deeds[0] }
  const options = deeds.map((deed) => ({
    label: deed.content ?? '',
    request: { ...request, resolved: { ...request.resolved, deedKey: deedKey(deed) } },
  }))
  return { effects: askWhich(texts.whichDeed(deeds), options) }
}
