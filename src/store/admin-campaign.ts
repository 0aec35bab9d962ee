/** Campaigns as the operator sets them. */
import type { Pool } from 'pg'
import type { Config } from '../config.ts'
import { dateOf } from '../domain/calendar.ts'
import { campaignInForce, defaultCampaign, leadDaysOf } from '../domain/campaign.ts'
import type { Campaign } from '../domain/records.ts'
import { Refused, recordWithPrisma } from './admin.ts'
import { readDataFiles } from './data-files.ts'
import type { Campaign as CampaignRow, Prisma } from './generated/client.ts'
import { openPrisma, prismaTransaction } from './prisma.ts'
import { organisationsThen } from './tree-at.ts'

/** A campaign with where it comes from: the organisation itself, one above it, or the defaults that ship (null). */
export type CampaignView = Omit<Campaign, 'campaignId'> & { setBy: number | null }

/** What can be set; what is left out keeps its value, inherited ones included. */
export type CampaignChange = Partial<Omit<Campaign, 'campaignId' | 'orgId' | 'year'>>

const toDate = (on: string) => new Date(`${on}T00:00:00Z`)
const dayOf = (at: Date) => at.toISOString().slice(0, 10)
const recordOf = (row: CampaignRow): Campaign => ({
  ...row,
  opensOn: dayOf(row.opensOn),
  closesOn: dayOf(row.closesOn),
  // Prisma reads a list that is not there as an empty one.
  leadDays: row.leadDays.length > 0 ? row.leadDays : null,
})

/** What decides the defaults. */
export type Kind = Partial<Pick<Config, 'profile' | 'locale'>>

type Reader = Pick<Prisma.TransactionClient, 'organisation' | 'campaign'>

/** `then` is where the organisation stood in a past year: last year's campaign is the one of last year's tree. */
async function inForce(
  prisma: Reader,
  orgId: number,
  year: number,
  now: Date,
  kind: Kind,
  then: { path: string } | null = null,
): Promise<CampaignView> {
  const org = await prisma.organisation.findUnique({ where: { orgId } })
  if (!org) throw new Refused(`There is no organisation ${orgId}.`)
  const { path } = then ?? org
  const chain = path.split('/').filter(Boolean).map(Number)
  const rows = await prisma.campaign.findMany({ where: { year, orgId: { in: chain } } })
  const found = campaignInForce(path, rows.map(recordOf))
  if (found) {
    const { campaignId: _, ...campaign } = found
    return { ...campaign, orgId, setBy: found.orgId }
  }
  const { campaignDefaults } = await readDataFiles(kind.profile, kind.locale)
  if (!campaignDefaults.some((entry) => entry.fromYear <= year))
    throw new Refused(`No campaign is known for ${year}: the first one is of ${campaignDefaults[0]?.fromYear}.`)
  return { ...defaultCampaign(campaignDefaults, orgId, year, dateOf(now, org.timeZone)), setBy: null }
}

/** The campaign in force for an organisation in a year. Nothing is written. */
export async function showCampaign(
  pool: Pool,
  orgId: number,
  year: number,
  now: Date,
  kind: Kind = {},
): Promise<CampaignView> {
  const [then] = await organisationsThen(pool, [{ orgId, year }], now.getUTCFullYear())
  return inForce(await openPrisma(pool), orgId, year, now, kind, then)
}

function refuseBadCampaign(campaign: CampaignView): void {
  const { opensOn, closesOn, minIndividual, maxIndividual, minCollective, maxCollective } = campaign
  if (opensOn > closesOn) throw new Refused(`It would close (${closesOn}) before it opens (${opensOn}).`)
  if (minIndividual > maxIndividual || minCollective > maxCollective)
    throw new Refused('The least number of deeds would be larger than the most.')
}

async function refuseClosedYear(prisma: Reader, { orgId, year }: { orgId: number; year: number }): Promise<void> {
  const org = await prisma.organisation.findUnique({ where: { orgId }, select: { closedPeriods: true } })
  if (org?.closedPeriods.includes(String(year)))
    throw new Refused(
      `The books of ${year} are closed for organisation ${orgId}: reopen them first (nep period reopen).`,
    )
}

const planOf = (campaign: Pick<Campaign, 'opensOn' | 'closesOn' | 'leadDays'>) =>
  [campaign.opensOn, campaign.closesOn, ...leadDaysOf(campaign)].join()

/** Sets the organisation's own campaign of a year; organisations below inherit it unless they have their own. */
export async function setCampaign(
  pool: Pool,
  key: { orgId: number; year: number },
  change: CampaignChange,
  now: Date,
  kind: Kind = {},
): Promise<CampaignView> {
  return prismaTransaction(pool, async (tx) => {
    const { setBy: _, ...before } = await inForce(tx, key.orgId, key.year, now, kind)
    await refuseClosedYear(tx, key)
    const given: CampaignView = { ...before, ...change, setBy: key.orgId }
    // What other days bring with them for reminding and has gone by already is not told late: the plan counts from now.
    const isOpenedAnew = before.openedAt !== null && planOf(given) !== planOf(before)
    const next = { ...given, openedAt: change.openedAt ?? (isOpenedAnew ? now : before.openedAt) }
    refuseBadCampaign(next)
    const { setBy, ...record } = next
    const leadDays = leadDaysOf(record)
    const data = { ...record, leadDays, opensOn: toDate(record.opensOn), closesOn: toDate(record.closesOn) }
    await tx.campaign.upsert({ where: { orgId_year: key }, create: data, update: data })
    const { year, opensOn, closesOn, minIndividual, maxIndividual, minCollective, maxCollective } = record
    // Which texts changed, not what they say: an audit entry holds no text.
    const changed = Object.keys(change)
    await recordWithPrisma(tx, now, {
      orgId: key.orgId,
      action: 'campaign.set',
      subject: `organisation:${key.orgId}`,
      details: { year, opensOn, closesOn, minIndividual, maxIndividual, minCollective, maxCollective, changed },
    })
    return next
  })
}
