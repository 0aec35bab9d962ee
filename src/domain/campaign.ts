/** The yearly campaign of registering: what it is called and founded on changes, so it is dated data of a profile. */
import type { Campaign } from './records.ts'

/** One entry of `prisma/data/<profile>/campaigns.json`. */
export interface CampaignDefaults {
  fromYear: number
  title: string
  /** Where the program speaks English; without it the title is the same. */
  titleEn?: string
  legalBasis: string[]
  /** 'MM-DD': the usual end of registration; a campaign opened after it runs to the end of the year. */
  closesOn: string
  individual: { min: number; max: number }
  collective: { min: number; max: number }
  /** Days before the end of registration on which groups are reminded. */
  leadDays: number[]
}

/**
 * The campaign a tree starts from when nobody has set one: the newest defaults that apply to the year, at the root.
 * `today` decides whether the usual end of registration can still be met.
 */
export function defaultCampaign(
  all: readonly CampaignDefaults[],
  orgId: number,
  year: number,
  today: string,
): Omit<Campaign, 'campaignId'> {
  const defaults = all.filter((entry) => entry.fromYear <= year).sort((a, b) => b.fromYear - a.fromYear)[0]
  if (!defaults) throw new Error(`no campaign defaults for ${year}`)
  const usual = `${year}-${defaults.closesOn}`
  return {
    orgId,
    year,
    title: defaults.title.replaceAll('{year}', String(year)),
    legalBasis: defaults.legalBasis,
    theme: null,
    opensOn: `${year}-01-01`,
    closesOn: today <= usual ? usual : `${year}-12-31`,
    minIndividual: defaults.individual.min,
    maxIndividual: defaults.individual.max,
    minCollective: defaults.collective.min,
    maxCollective: defaults.collective.max,
    leadDays: defaults.leadDays,
    openedAt: null,
  }
}

/** What stands where a campaign says nothing of it. */
export const defaultLeadDays: readonly number[] = [14, 7, 3, 1, 0]

/** Days before the end of registration on which groups are reminded, the longest first; 0 is the last day itself. */
export function leadDaysOf({ leadDays }: Pick<Campaign, 'leadDays'>): number[] {
  return [...new Set(leadDays ?? defaultLeadDays)].sort((a, b) => b - a)
}

/** Among campaigns of a year, the one in force for an organisation: its own, else the nearest above. */
export function campaignInForce(path: string, campaigns: readonly Campaign[]): Campaign | null {
  const chain = path.split('/').filter(Boolean).map(Number)
  for (const orgId of chain.reverse()) {
    const own = campaigns.find((campaign) => campaign.orgId === orgId)
    if (own) return own
  }
  return null
}
