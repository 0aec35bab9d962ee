import { waitsForReview } from '../dialogue/approval.ts'
import { reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import { looksClassified } from '../dialogue/guard.ts'
import { type DeedDetails, describeDeed, maxDeedLength, standing } from '../domain/pledge.ts'
import type { Deed } from '../domain/records.ts'
import { type Command, inOrg, thisYear } from './command.ts'
import { deedChanged } from './deed-change.ts'
import { detailsOf } from './deed-details.ts'
import { namedMember } from './named-member.ts'
import { chosenDeed } from './own-deed.ts'

/** The deed of the organisation itself: by its number, or the only one. */
function collectiveDeed(facts: Facts, number: number | undefined): Deed | null {
  const { org } = inOrg(facts)
  const deeds = standing(facts.deeds('collective', org.orgId, thisYear(facts)))
  if (number === undefined) return deeds.length === 1 ? (deeds[0] ?? null) : null
  return deeds.find((deed) => deed.number === number) ?? null
}

/** Group, weakness, measure, target and who is in charge: nothing that has to be told, noted when it is. */
export const describe: Command<'deed.describe'> = {
  intents: ['deed.describe'],
  may: (_facts: Facts, request: Request & { intent: 'deed.describe' }) =>
    request.slots.collective ? 'pledge.collectiveRegister' : 'pledge.ownEdit',
  respond(facts, request) {
    const { texts, now } = facts
    const { me } = inOrg(facts)
    const { deed: number, category, weakness, measure, target, inCharge, collective } = request.slots
    const words = [weakness, measure, target].filter((each) => each !== undefined)
    if (!category && words.length === 0 && !inCharge) return [reply(texts.detailsHow)]
    if (words.some(looksClassified)) return [reply(texts.classified)]
    if (words.some((each) => each.length > maxDeedLength)) return [reply(texts.deedTooLong(maxDeedLength))]
    const chosen = collective
      ? collectiveDeed(facts, number)
      : chosenDeed(facts, request, number, (deed) => deed.content !== null)
    if (!chosen) return [reply(texts.noCollectiveDeed(facts.org?.kind === 'committee' ? 'committee' : true))]
    if ('effects' in chosen) return chosen.effects
    const deed = 'deed' in chosen ? chosen.deed : chosen
    const details: Partial<DeedDetails> = {
      ...(category ? { category } : {}),
      ...(weakness ? { weakness } : {}),
      ...(measure ? { measure } : {}),
      ...(target ? { target } : {}),
    }
    if (inCharge) {
      const found = namedMember(facts, request, inCharge)
      if ('effects' in found) return found.effects
      details.inChargeId = found.member.memberId
    }
    const change = describeDeed(deed, details, now, me.memberId)
    const again = change.deed.state === 'submitted' && deed.state !== 'submitted'
    return [
      ...deedChanged(change, 'deed.described'),
      ...(again ? [waitsForReview(facts, deed)] : []),
      reply(texts.described(deed.number, detailsOf(facts, change.deed).join('; '), again)),
    ]
  },
}
