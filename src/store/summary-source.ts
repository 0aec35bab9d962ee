/** Reads what summaries are made from, for many organisations at once; `domain/summary-model` makes the model of it. */
import type { ClientBase } from 'pg'
import { dateOf, periodRange } from '../domain/calendar.ts'
import { type CampaignDefaults, campaignInForce, defaultCampaign } from '../domain/campaign.ts'
import { deedFiguresOf, deedsDueIn } from '../domain/deed-figures.ts'
import type { Campaign, Organisation } from '../domain/records.ts'
import type { SummarySource } from '../domain/summary-model.ts'
import { selectList } from './columns.ts'
import { deedCountsOfYears } from './kept-years.ts'
import { meetingSeriesOf } from './meeting-series.ts'
import { figuresOfYears } from './participation.ts'
import { organisationsBelowThen, organisationsThen } from './tree-at.ts'

type Client = Pick<ClientBase, 'query'>

/**
 * In the order asked for; all organisations count time in one zone or are asked about one by one. Throws for one that there is
 * not, and for a year before any campaign is known.
 */
export async function summarySourcesOf(
  client: Client,
  orgIds: readonly number[],
  period: string,
  now: Date,
  campaignDefaults: readonly CampaignDefaults[],
): Promise<SummarySource[]> {
  if (orgIds.length === 0) return []
  const { rows } = await client.query<Organisation>(
    `SELECT ${selectList('organisation')} FROM organisation WHERE org_id = ANY($1)`,
    [orgIds],
  )
  const byId = new Map(rows.map((row) => [row.orgId, row]))
  const orgs = orgIds.map((id) => {
    const org = byId.get(id)
    if (!org) throw new Error(`There is no organisation ${id}.`)
    return org
  })
  const year = Number(period.slice(0, 4))
  const today = dateOf(now, orgs[0]!.timeZone)
  const thisYear = Number(today.slice(0, 4))
  const wanted = orgIds.map((orgId) => ({ orgId, year }))
  const places = await organisationsThen(client, wanted, thisYear)
  const children = await organisationsBelowThen(client, wanted, thisYear)
  const all = [...new Set([...orgIds, ...children.flat().map((child) => child.orgId)])]
  const counted = await figuresOfYears(
    client,
    all.map((orgId) => ({ orgId, year })),
    thisYear,
  )
  const figures = new Map(all.map((orgId, at) => [orgId, counted[at]!]))
  const counts = await deedCountsOfYears(client, wanted, thisYear)
  const paths = orgs.map((org, at) => places[at]?.path ?? org.path)
  const campaigns = await client.query<Campaign>(
    `SELECT ${selectList('campaign')} FROM campaign WHERE year = $1 AND org_id = ANY($2)`,
    [year, [...new Set(paths.flatMap((path) => path.split('/').filter(Boolean).map(Number)))]],
  )
  const sources: SummarySource[] = []
  for (const [at, org] of orgs.entries()) {
    const { orgId, kind } = org
    sources.push({
      organisation: { id: orgId, name: (places[at] ?? org).name, kind },
      figures: figures.get(orgId)!,
      below: children[at]!.map((child) => figures.get(child.orgId)!),
      deeds: deedFiguresOf(counts[at]!, today),
      due: deedsDueIn(counts[at]!, periodRange(period), today),
      meetings: await meetingSeriesOf(client, orgId, period, now),
      campaign: campaignInForce(paths[at]!, campaigns.rows) ?? defaultCampaign(campaignDefaults, orgId, year, today),
    })
  }
  return sources
}
