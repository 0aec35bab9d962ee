/** Loads campaigns, deeds, counts and what was told about them. */
import { defaultCampaign } from '../domain/campaign.ts'
import type { OrganisationThen } from '../domain/records.ts'
import { selectList } from './columns.ts'
import { figuresBelow } from './figures-below.ts'
import { deedCountsOfYears } from './kept-years.ts'
import { loadOrganisations, peopleLoaders } from './load-people.ts'
import { type Args, type LoadContext, type Loaders, learnAll } from './loader.ts'
import { figuresOfYears } from './participation.ts'
import {
  daysJson,
  namesIn,
  onDay,
  organisationsBelowThen,
  organisationsThen,
  rostersThen,
  type YearOf,
} from './tree-at.ts'

async function loadCampaigns(context: LoadContext, wanted: Args<'campaign'>): Promise<void> {
  const { client, world } = context
  await loadOrganisations(
    context,
    wanted.map((each) => each.orgId),
  )
  // Last year's campaign is the one of the tree as it was last year.
  const then = await placesOf(context, wanted)
  const roots = wanted.map(({ orgId, year }, at) => {
    const path = then[at]?.path ?? world.get('organisation', String(orgId))?.path ?? `/${orgId}/`
    return { year, root: Number(path.split('/')[1]), ids: path.split('/').filter(Boolean).map(Number) }
  })
  const years = [...new Set(roots.map((each) => each.year))]
  const ids = [...new Set(roots.flatMap((each) => each.ids))]
  const select = `SELECT ${selectList('campaign')} FROM campaign WHERE org_id = ANY($1) AND year = ANY($2)`
  const found = await learnAll(context, 'campaign', select, [ids, years], 'campaigns')
  const lacking = roots.filter((each) => !found.some((row) => row.year === each.year && each.ids.includes(row.orgId)))
  if (lacking.length > 0) {
    const rows = lacking.map(({ root, year }) => defaultCampaign(context.campaignDefaults, root, year, context.today()))
    await client.query(
      `INSERT INTO campaign (org_id, year, title, legal_basis, theme, opens_on, closes_on, min_individual, max_individual, min_collective, max_collective, lead_days)
       SELECT "orgId", year, title, "legalBasis", theme, "opensOn", "closesOn", "minIndividual", "maxIndividual", "minCollective", "maxCollective", "leadDays"
       FROM jsonb_to_recordset($1::jsonb) AS r("orgId" int, year int, title text, "legalBasis" text[], theme text, "opensOn" date, "closesOn" date,
         "minIndividual" int, "maxIndividual" int, "minCollective" int, "maxCollective" int, "leadDays" int[])
       ON CONFLICT (org_id, year) DO NOTHING`,
      [JSON.stringify(rows)],
    )
    await learnAll(context, 'campaign', select, [ids, years], 'campaigns')
  }
  for (const each of wanted) world.markLoaded({ slice: 'campaign', of: each })
}

const thisYearOf = (context: LoadContext) => Number(context.today().slice(0, 4))

/** Where organisations stood in past years; null for the present year, which `organisation` tells, and where there is nothing to tell. */
async function placesOf(context: LoadContext, wanted: readonly YearOf[]): Promise<(OrganisationThen | null)[]> {
  const thisYear = thisYearOf(context)
  const past = wanted.filter(({ year }) => year < thisYear)
  const found = past.length > 0 ? await organisationsThen(context.client, past, thisYear) : []
  const byYear = new Map(past.map((each, at) => [each, found[at] ?? null]))
  return wanted.map((each) => {
    const then = byYear.get(each) ?? null
    context.world.markLoaded({ slice: 'organisationThen', of: { orgId: each.orgId, year: each.year } }, then)
    return then
  })
}

const deedList = selectList('deed', 'd')

type PledgeSlice =
  | 'commendations'
  | 'campaign'
  | 'progressOf'
  | 'progressRound'
  | 'ratingsOf'
  | 'ratingsIn'
  | 'deedCounts'
  | 'organisationsBelow'
  | 'figuresBelow'
  | 'organisationThen'
  | 'rosterThen'
  | 'namesIn'
  | 'deeds'
  | 'deedsIn'
  | 'waitingBelow'
  | 'participation'
  | 'nudges'
  | 'notice'

export const pledgeLoaders: Loaders<PledgeSlice> = {
  campaign: loadCampaigns,
  async deeds(context, of) {
    await learnAll(
      context,
      'deed',
      `SELECT ${deedList} FROM jsonb_to_recordset($1::jsonb) AS k("subjectKind" text, "subjectId" int, year int)
       JOIN deed d ON d.year = k.year AND d.subject_kind = k."subjectKind" AND d.subject_id = k."subjectId"`,
      [JSON.stringify(of)],
      'deeds',
    )
    for (const each of of) context.world.markLoaded({ slice: 'deeds', of: each })
  },
  async organisationThen(context, of) {
    await placesOf(context, of)
  },
  async rosterThen(context, of) {
    const rosters = await rostersThen(context.client, of, thisYearOf(context))
    const ids = [...new Set(rosters.flat().map((each) => each.memberId))]
    if (ids.length > 0) await peopleLoaders.member(context, ids)
    of.forEach((each, at) => {
      context.world.markLoaded({ slice: 'rosterThen', of: each }, rosters[at])
    })
  },
  async namesIn(context, of) {
    const found = await namesIn(context.client, of)
    await loadOrganisations(
      context,
      found.flat().map((each) => each.orgId),
    )
    of.forEach((each, at) => {
      context.world.markLoaded({ slice: 'namesIn', of: each }, found[at])
    })
  },
  async deedsIn(context, of) {
    // Deeds made here, and those that people brought along when they came.
    const rows = await learnAll(
      context,
      'deed',
      `WITH k AS MATERIALIZED (SELECT * FROM jsonb_to_recordset($1::jsonb) AS k("orgId" int, year int, day date)), key AS (
         SELECT d.year, d.subject_kind, d.subject_id FROM k JOIN deed d ON d.org_id = k."orgId" AND d.year = k.year
         UNION SELECT k.year, 'individual', m.member_id FROM k JOIN membership_history m ON m.org_id = k."orgId" AND ${onDay('m', 'k.day')}
       )
       SELECT ${deedList} FROM key JOIN deed d USING (year, subject_kind, subject_id)`,
      [daysJson(of, thisYearOf(context))],
      'deeds-in',
    )
    await peopleLoaders.roster(
      context,
      of.map((each) => each.orgId),
    )
    for (const row of rows)
      if (row.subjectKind === 'individual') context.world.markLoaded({ slice: 'member', of: row.subjectId })
    const members = rows.filter(
      (row) => row.subjectKind === 'individual' && !context.world.get('member', String(row.subjectId)),
    )
    if (members.length > 0)
      await peopleLoaders.member(
        context,
        members.map((row) => row.subjectId),
      )
    for (const each of of) context.world.markLoaded({ slice: 'deedsIn', of: each })
  },
  async waitingBelow(context, of) {
    const { rows } = await context.client.query({
      name: 'load-waiting-below',
      text: `SELECT o.parent_id AS parent, ${deedList} FROM organisation o JOIN deed d ON d.org_id = o.org_id
        LEFT JOIN member m ON d.subject_kind = 'individual' AND m.member_id = d.subject_id
        WHERE o.parent_id = ANY($1) AND d.state = 'submitted' AND (d.subject_kind = 'collective' OR m.role = 'secretary')`,
      values: [of],
    })
    await loadOrganisations(
      context,
      rows.map((row) => row.orgId),
    )
    const authors = rows.filter((row) => row.subjectKind === 'individual').map((row) => row.subjectId)
    if (authors.length > 0) await peopleLoaders.member(context, authors)
    for (const each of of) {
      const own = rows.filter((row) => row.parent === each).map(({ parent: _, ...deed }) => deed)
      context.world.markLoaded({ slice: 'waitingBelow', of: each }, own)
    }
  },
  async commendations(context, of) {
    await learnAll(
      context,
      'commendation',
      `SELECT ${selectList('commendation', 'c')} FROM jsonb_to_recordset($1::jsonb) AS k("orgId" int, year int)
       JOIN commendation c ON c.org_id = k."orgId" AND c.year = k.year`,
      [JSON.stringify(of)],
      'commendations',
    )
    for (const each of of) context.world.markLoaded({ slice: 'commendations', of: each })
  },
  async progressOf(context, of) {
    await learnAll(
      context,
      'deedProgress',
      `SELECT ${selectList('deedProgress', 'p')} FROM jsonb_to_recordset($1::jsonb) AS k("subjectKind" text, "subjectId" int, year int)
       JOIN deed_progress p ON p.year = k.year AND p.subject_kind = k."subjectKind" AND p.subject_id = k."subjectId"`,
      [JSON.stringify(of)],
      'progress-of',
    )
    for (const each of of) context.world.markLoaded({ slice: 'progressOf', of: each })
  },
  async progressRound(context, of) {
    await learnAll(
      context,
      'progressRound',
      `SELECT ${selectList('progressRound', 'r')} FROM jsonb_to_recordset($1::jsonb) AS k("orgId" int, round text)
       JOIN progress_round r ON r.org_id = k."orgId" AND r.round = k.round`,
      [JSON.stringify(of)],
      'progress-round',
    )
    for (const each of of) context.world.markLoaded({ slice: 'progressRound', of: each })
  },
  async ratingsOf(context, of) {
    await learnAll(
      context,
      'deedRating',
      `SELECT ${selectList('deedRating', 'r')} FROM jsonb_to_recordset($1::jsonb) AS k("subjectKind" text, "subjectId" int, year int)
       JOIN deed_rating r ON r.year = k.year AND r.subject_kind = k."subjectKind" AND r.subject_id = k."subjectId"`,
      [JSON.stringify(of)],
      'ratings-of',
    )
    for (const each of of) context.world.markLoaded({ slice: 'ratingsOf', of: each })
  },
  async ratingsIn(context, of) {
    await learnAll(
      context,
      'deedRating',
      `SELECT ${selectList('deedRating', 'r')} FROM jsonb_to_recordset($1::jsonb) AS k("orgId" int, year int)
       JOIN deed_rating r ON r.org_id = k."orgId" AND r.year = k.year`,
      [JSON.stringify(of)],
      'ratings-in',
    )
    for (const each of of) context.world.markLoaded({ slice: 'ratingsIn', of: each })
  },
  async deedCounts(context, of) {
    const counts = await deedCountsOfYears(context.client, of, thisYearOf(context))
    of.forEach((each, index) => {
      context.world.markLoaded({ slice: 'deedCounts', of: each }, counts[index])
    })
  },
  async organisationsBelow(context, of) {
    const below = await organisationsBelowThen(context.client, of, thisYearOf(context))
    await loadOrganisations(
      context,
      below.flat().map((each) => each.orgId),
    )
    of.forEach((each, at) => {
      context.world.markLoaded({ slice: 'organisationsBelow', of: each }, below[at])
    })
  },
  async figuresBelow(context, of) {
    for (const each of of)
      context.world.markLoaded(
        { slice: 'figuresBelow', of: each },
        await figuresBelow(context.client, each, thisYearOf(context)),
      )
  },
  async participation(context, of) {
    const counts = await figuresOfYears(context.client, of, thisYearOf(context))
    of.forEach((each, index) => {
      context.world.markLoaded({ slice: 'participation', of: each }, counts[index])
    })
  },
  async nudges(context, of) {
    const { rows } = await context.client.query({
      name: 'load-nudges',
      text: `SELECT m.org_id AS org, n.member_id AS member, count(*)::int AS count FROM member m JOIN nudge n ON n.member_id = m.member_id
        WHERE m.org_id = ANY($1) AND n.at > $2::timestamptz - interval '7 days' GROUP BY 1, 2`,
      values: [of, context.today()],
    })
    for (const each of of) {
      const own = rows.filter((row) => row.org === each).map((row): [number, number] => [row.member, row.count])
      context.world.markLoaded({ slice: 'nudges', of: each }, new Map(own))
    }
  },
  async notice(context, of) {
    await learnAll(
      context,
      'notice',
      `SELECT ${selectList('notice')} FROM notice WHERE org_id = ANY($1)`,
      [of],
      'notices',
    )
    for (const each of of) context.world.markLoaded({ slice: 'notice', of: each })
  },
}
