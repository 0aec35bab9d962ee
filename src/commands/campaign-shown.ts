/** What the year's registration is: its title and basis, theme, days, and how many deeds each takes. Nobody's names, so for all. */
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { inOrg, thisYear } from './command.ts'

export function campaignShown(facts: Facts): Effect[] {
  const { org } = inOrg(facts)
  const campaign = facts.campaign(org.orgId, thisYear(facts))
  return [reply(facts.texts.campaignShown({ ...campaign, isOver: campaign.closesOn < facts.today }))]
}
