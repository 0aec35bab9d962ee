import { askWhich } from '../dialogue/choose.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import { deedKey, rate, rateSelf, standing } from '../domain/pledge.ts'
import { countRatings, excellentWarning, type Rating } from '../domain/rating.ts'
import type { Deed } from '../domain/records.ts'
import { type Command, inOrg, thisYear } from './command.ts'
import { deedChanged } from './deed-change.ts'
import { namedMember } from './named-member.ts'
import { chosenDeed } from './own-deed.ts'

/** Ratings of a named person never stand in a group. */
function privately(text: string): Effect {
  return { say: { audience: { to: 'sender' }, text } }
}

const isRateable = (deed: Deed) => deed.state === 'approved'

/** A member's own rating of a deed, in the four levels (Quy định 366-QĐ/TW, 30/8/2025). */
export const selfRate: Command<'deed.selfRate'> = {
  intents: ['deed.selfRate'],
  may: 'progress.ownReport',
  respond(facts, request) {
    const { texts, now } = facts
    const { me } = inOrg(facts)
    const chosen = chosenDeed(facts, request, request.slots.deed, isRateable)
    if ('effects' in chosen) return chosen.effects
    const { deed } = chosen
    if (!isRateable(deed)) return [reply(texts.rateOnlyApproved)]
    const { rating } = request.slots
    return [
      ...deedChanged(rateSelf(deed, rating, now, me.memberId), 'deed.selfRated'),
      reply(texts.selfRated(deed.number, rating)),
    ]
  },
}

/** Which deed of a member is meant: the number, the only one, or a numbered question. */
export function deedOf(
  facts: Facts,
  request: Request,
  member: { memberId: number; displayName: string | null },
  number: number | undefined,
): { deed: Deed } | { effects: Effect[] } {
  const { texts } = facts
  const name = member.displayName ?? ''
  const deeds = standing(facts.deeds('individual', member.memberId, thisYear(facts))).filter(isRateable)
  const byKey = deeds.find((deed) => deedKey(deed) === request.resolved?.deedKey)
  if (byKey) return { deed: byKey }
  if (number !== undefined) {
    const deed = deeds.find((each) => each.number === number)
    return deed ? { deed } : { effects: [privately(texts.noSuchDeedOf(name, number))] }
  }
  if (deeds.length === 0) return { effects: [privately(texts.noApprovedDeedOf(name))] }
  if (deeds.length === 1 && deeds[0]) return { deed: deeds[0] }
  const options = deeds.map((deed) => ({
    label: texts.deed(deed),
    request: { ...request, resolved: { ...request.resolved, memberId: member.memberId, deedKey: deedKey(deed) } },
  }))
  return { effects: askWhich(texts.whichOne(options.map((option) => option.label)), options) }
}

/** Ratings of the cell's deeds this year, the one being given included. */
function ratingsAfter(facts: Facts, orgId: number, changed: Deed, rating: Rating): Rating[] {
  const others = facts.deedsIn(orgId, thisYear(facts)).filter((deed) => deedKey(deed) !== deedKey(changed))
  return [...others.flatMap((deed) => (deed.cellRating ? [deed.cellRating] : [])), rating]
}

/** The cell's rating, given by its secretary; too many "excellent" is a warning, never a refusal. */
export const rateDeed: Command<'deed.rate'> = {
  intents: ['deed.rate'],
  may: 'deed.rate',
  respond(facts, request) {
    const { texts, now } = facts
    const { org, me } = inOrg(facts)
    const found = namedMember(facts, request, request.slots.name ?? '')
    if ('effects' in found) return found.effects
    const { member } = found
    const chosen = deedOf(facts, request, member, request.slots.deed)
    if ('effects' in chosen) return chosen.effects
    const { deed } = chosen
    const { rating } = request.slots
    const warning = excellentWarning(countRatings(ratingsAfter(facts, org.orgId, deed, rating)))
    const name = member.displayName ?? ''
    const told: Effect = {
      say: {
        audience: { to: 'member', memberId: member.memberId },
        text: texts.ratedToMember(deed.number, rating),
        rank: 'notice',
      },
    }
    return [
      ...deedChanged(rate(deed, rating, now, me.memberId), 'deed.rated'),
      privately(texts.rated(name, deed.number, rating, warning !== null)),
      told,
    ]
  },
}
