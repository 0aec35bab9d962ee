/** Opening the registration of a year: from then on groups hear of its first day and are reminded until its last. */
import { askFirst } from '../dialogue/confirm.ts'
import { reply } from '../dialogue/effects.ts'
import { leadDaysOf } from '../domain/campaign.ts'
import { lastDayOfYear } from '../domain/deed-figures.ts'
import type { Campaign } from '../domain/records.ts'
import { type Command, inOrg, thisYear } from './command.ts'

export const openCampaign: Command<'campaign.open'> = {
  intents: ['campaign.open'],
  may: 'campaign.manage',
  respond(facts, request) {
    const { texts, today, now } = facts
    const { org } = inOrg(facts)
    const year = request.slots.year ?? thisYear(facts)
    if (year < thisYear(facts) || year > thisYear(facts) + 1) return [reply(texts.campaignBadDates)]
    if (facts.closedPeriods(org.orgId).includes(String(year))) return [reply(texts.periodClosed(String(year), today))]
    const inForce = facts.campaign(org.orgId, year)
    // Once opened, its first day has been told: another last day leaves it where it is.
    const usualOpening = inForce.openedAt ? inForce.opensOn : [inForce.opensOn, today].sort()[1]!
    const opensOn = request.slots.opensOn ?? usualOpening
    const closesOn = request.slots.closesOn ?? inForce.closesOn
    // "Đến 10/1", said on the 19th, is no day of next January: nobody registers for a year that is over.
    if (closesOn < today || closesOn < opensOn || closesOn > lastDayOfYear(year)) return [reply(texts.campaignBadDates)]
    if (!request.resolved?.confirmed) {
      const question = texts.campaignAsk({ org: org.name, year, opensOn, closesOn, leadDays: leadDaysOf(inForce) })
      const asked = { ...request, slots: { year, opensOn, closesOn } }
      return askFirst(question, asked, texts.campaignLeft)
    }
    const isOwn = inForce.orgId === org.orgId
    const row: Campaign = {
      ...inForce,
      ...(isOwn ? {} : { campaignId: facts.newId('campaign'), orgId: org.orgId }),
      opensOn,
      closesOn,
      openedAt: now,
    }
    return [
      { put: 'campaign', row },
      {
        audit: {
          orgId: org.orgId,
          action: 'campaign.opened',
          subject: `organisation:${org.orgId}`,
          details: { year, opensOn, closesOn },
        },
      },
      reply(texts.campaignOpened(year, opensOn, closesOn)),
    ]
  },
}
