/** Which of one's own deeds is meant: the number, the only one, or a numbered question. */

import { askWhich } from '../dialogue/choose.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import type { Action } from '../domain/access.ts'
import { deedKey, standing } from '../domain/pledge.ts'
import type { Deed } from '../domain/records.ts'
import { inOrg, thisYear } from './command.ts'
import { deedLabel, ofBothYears, type Reach, yearMeant, yearNamed, yearOfKey } from './deed-year.ts'

/** The deeds a request speaks of: one's own, or the cell's where it says so, of the year named or the present one. */
export function ownDeeds(facts: Facts, request?: Request, year = yearMeant(facts, request)): Deed[] {
  const { org, me } = inOrg(facts)
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

/**
 * The deed a request is about, or what to answer instead. The request's `deed` slot is completed by the question.
 *
 * @param reach how far a request without a year goes back; none where a deed is changed: what was pledged for a year stands
 *   when it is over
 */
export function chosenDeed(
  facts: Facts,
  request: Request,
  number: number | undefined,
  eligible: (deed: Deed) => boolean = () => true,
  reach?: Reach,
): { deed: Deed } | { effects: Effect[] } {
  const { texts } = facts
  const { org } = inOrg(facts)
  const key = request.resolved?.deedKey
  const byKey = key && ownDeeds(facts, request, yearOfKey(key)).find((deed) => deedKey(deed) === key)
  if (byKey) return { deed: byKey }
  const year = yearMeant(facts, request)
  if (!reach && year < thisYear(facts)) return { effects: [reply(texts.yearIsOver(year))] }
  const isMeant = (deed: Deed) => (number === undefined ? eligible(deed) : deed.number === number)
  const named = ownDeeds(facts, request, year).filter(isMeant)
  const lastYears = () => ownDeeds(facts, request, year - 1).filter(isMeant)
  const deeds =
    reach && yearNamed(request) === undefined ? ofBothYears(facts, org.orgId, named, lastYears, reach) : named
  if (deeds.length === 1 && deeds[0]) return { deed: deeds[0] }
  if (deeds.length === 0) return { effects: [reply(noneText(facts, request, number))] }
  const options = deeds.map((deed) => ({
    label: deed.content ?? '',
    request: { ...request, resolved: { ...request.resolved, deedKey: deedKey(deed) } },
  }))
  const isOneYear = deeds.every((deed) => deed.year === deeds[0]?.year)
  const question = isOneYear
    ? texts.whichDeed(deeds)
    : texts.whichOne(deeds.map((deed) => deedLabel(facts, deed, deeds)))
  return { effects: askWhich(question, options) }
}

/** Why there is no such deed: of the year named, of the present one, or because it was last year's. */
function noneText(facts: Facts, request: Request, number: number | undefined): string {
  const { texts } = facts
  const year = yearMeant(facts, request)
  const collective = ofWhom(facts, request)
  if (number === undefined) return texts.noDeeds(year, collective)
  if (yearNamed(request) !== undefined && year !== thisYear(facts)) return texts.noSuchDeedIn(number, year, collective)
  const isLastYears = ownDeeds(facts, request, year - 1).some((deed) => deed.number === number)
  return isLastYears ? texts.onlyLastYears(number, year - 1, collective) : texts.noSuchDeed(number, collective)
}
