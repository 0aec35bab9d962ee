/** Loads what answers need, one statement per kind of slice for all events of a batch. */
import type { ClientBase, QueryResultRow } from 'pg'
import { type CampaignDefaults, defaultCampaign } from '../domain/campaign.ts'
import { excludedStatuses } from '../domain/participation.ts'
import type { RecordName, Records } from '../domain/records.ts'
import type { Need, Slices, World } from '../engine/world.ts'
import { verifyCode } from './code-hash.ts'
import { selectList } from './columns.ts'
import { participationOf } from './participation.ts'

type Args<K extends keyof Slices> = readonly Slices[K][]

export interface LoadContext {
  client: ClientBase
  world: World
  campaignDefaults: readonly CampaignDefaults[]
  today(): string
}

async function learnAll<K extends RecordName>(
  context: LoadContext,
  record: K,
  sql: string,
  values: unknown[],
  name: string,
): Promise<Records[K][]> {
  const { rows } = await context.client.query<QueryResultRow>({ name: `load-${name}`, text: sql, values })
  for (const row of rows) context.world.learn(record, row as Records[K])
  return rows as Records[K][]
}

const orgList = selectList('organisation', 'o')

/** Organisations with everything above them, so that relations and inherited campaigns can be told. */
async function loadOrganisations(context: LoadContext, ids: readonly number[]): Promise<void> {
  const wanted = [...new Set(ids)].filter((id) => !context.world.isLoaded({ slice: 'organisation', of: id }))
  if (wanted.length === 0) return
  const rows = await learnAll(
    context,
    'organisation',
    `SELECT DISTINCT ${orgList} FROM organisation w JOIN organisation o
       ON o.org_id = ANY(string_to_array(trim(both '/' from w.path), '/')::int[]) WHERE w.org_id = ANY($1)`,
    [wanted],
    'organisations',
  )
  for (const row of rows) context.world.markLoaded({ slice: 'organisation', of: row.orgId })
  for (const id of wanted) context.world.markLoaded({ slice: 'organisation', of: id })
}

async function loadBase(context: LoadContext, keys: Args<'base'>): Promise<void> {
  const { client, world } = context
  const json = JSON.stringify(keys)
  const chats = await client.query({
    name: 'load-base-chats',
    text: `SELECT a.external_id AS "aliasId", ${selectList('chat', 'c')} FROM jsonb_to_recordset($1::jsonb)
       AS k(platform text, "botAccountId" text, "chatExternalId" text)
       JOIN chat_alias a ON a.platform = k.platform AND a.account_id = k."botAccountId" AND a.external_id = k."chatExternalId"
       JOIN chat c ON c.chat_id = a.chat_id`,
    values: [json],
  })
  for (const { aliasId, ...chat } of chats.rows as (Records['chat'] & { aliasId: string })[]) {
    world.learn('chat', chat)
    world.learn('chatAlias', {
      platform: chat.platform,
      accountId: chat.accountId,
      externalId: aliasId,
      chatId: chat.chatId,
    })
  }
  const people = await client.query({
    name: 'load-base-people',
    text: `SELECT ${selectList('account', 'a')}, to_jsonb(l) AS link, to_jsonb(m) AS member, to_jsonb(p) AS "privateChat"
       FROM (SELECT DISTINCT platform, "personExternalId" FROM jsonb_to_recordset($1::jsonb) AS k(platform text, "personExternalId" text)) k
       JOIN account a ON a.platform = k.platform AND a.external_id = k."personExternalId"
       LEFT JOIN LATERAL (SELECT ${selectList('accountMember', 'l')} FROM account_member l WHERE l.account_id = a.account_id) l ON true
       LEFT JOIN LATERAL (SELECT ${selectList('member', 'm')} FROM member m WHERE m.member_id = l."memberId") m ON true
       LEFT JOIN LATERAL (SELECT ${selectList('chat', 'p')} FROM chat p WHERE p.chat_id = a.private_chat_id) p ON true`,
    values: [json],
  })
  const orgIds = chats.rows.flatMap((chat) => (chat.orgId === null ? [] : [chat.orgId as number]))
  for (const { link, member, privateChat, ...account } of people.rows) {
    world.learn('account', account as Records['account'])
    world.markLoaded({ slice: 'accountById', of: account.accountId })
    world.markLoaded({ slice: 'links', of: account.accountId })
    if (privateChat) world.learn('chat', privateChat)
    if (!link) continue
    world.learn('accountMember', { ...link, linkedAt: new Date(link.linkedAt) })
    world.learn('member', { ...member, erasedAt: member.erasedAt && new Date(member.erasedAt) })
    world.markLoaded({ slice: 'member', of: member.memberId })
    orgIds.push(member.orgId)
  }
  await loadOrganisations(context, orgIds)
  const keysOf = keys.map((key) => key.dialogueKey)
  await loadDialogues(context, keysOf)
  for (const key of keys) world.markLoaded({ slice: 'base', of: key })
}

async function loadDialogues(context: LoadContext, keys: readonly string[]): Promise<void> {
  await learnAll(
    context,
    'dialogue',
    `SELECT ${selectList('dialogue')} FROM dialogue WHERE dialogue_key = ANY($1)`,
    [keys],
    'dialogues',
  )
  for (const key of keys) context.world.markLoaded({ slice: 'dialogue', of: key })
}

/** Accounts with their private chats. */
async function loadAccounts(
  context: LoadContext,
  where: string,
  ids: readonly number[],
  name: string,
): Promise<Records['account'][]> {
  const accounts = await learnAll(
    context,
    'account',
    `SELECT ${selectList('account', 'a')} FROM account a WHERE ${where}`,
    [ids],
    name,
  )
  const chatIds = accounts.flatMap((account) => (account.privateChatId === null ? [] : [account.privateChatId]))
  if (chatIds.length > 0) {
    await learnAll(
      context,
      'chat',
      `SELECT ${selectList('chat')} FROM chat WHERE chat_id = ANY($1)`,
      [chatIds],
      'chats',
    )
  }
  return accounts
}

async function loadCampaigns(context: LoadContext, wanted: Args<'campaign'>): Promise<void> {
  const { client, world } = context
  await loadOrganisations(
    context,
    wanted.map((each) => each.orgId),
  )
  const roots = wanted.map(({ orgId, year }) => {
    const path = world.get('organisation', String(orgId))?.path ?? `/${orgId}/`
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
      `INSERT INTO campaign (org_id, year, title, legal_basis, theme, opens_on, closes_on, min_individual, max_individual, min_collective, max_collective)
       SELECT "orgId", year, title, "legalBasis", theme, "opensOn", "closesOn", "minIndividual", "maxIndividual", "minCollective", "maxCollective"
       FROM jsonb_to_recordset($1::jsonb) AS r("orgId" int, year int, title text, "legalBasis" text[], theme text, "opensOn" date, "closesOn" date,
         "minIndividual" int, "maxIndividual" int, "minCollective" int, "maxCollective" int)
       ON CONFLICT (org_id, year) DO NOTHING`,
      [JSON.stringify(rows)],
    )
    await learnAll(context, 'campaign', select, [ids, years], 'campaigns')
  }
  for (const each of wanted) world.markLoaded({ slice: 'campaign', of: each })
}

const deedList = selectList('deed', 'd')

const loaders: { [K in keyof Slices]: (context: LoadContext, of: Args<K>) => Promise<void> } = {
  base: loadBase,
  organisation: loadOrganisations,
  dialogue: loadDialogues,
  campaign: loadCampaigns,
  async roster(context, of) {
    await learnAll(
      context,
      'member',
      `SELECT ${selectList('member')} FROM member WHERE org_id = ANY($1)`,
      [of],
      'rosters',
    )
    for (const each of of) context.world.markLoaded({ slice: 'roster', of: each })
  },
  async member(context, of) {
    const rows = await learnAll(
      context,
      'member',
      `SELECT ${selectList('member')} FROM member WHERE member_id = ANY($1)`,
      [of],
      'members',
    )
    await loadOrganisations(
      context,
      rows.map((row) => row.orgId),
    )
    for (const each of of) context.world.markLoaded({ slice: 'member', of: each })
  },
  async membersNamed(context, of) {
    const rows = await learnAll(
      context,
      'member',
      `SELECT ${selectList('member')} FROM member WHERE folded_name = ANY($1) AND erased_at IS NULL LIMIT 50`,
      [of],
      'named',
    )
    await loadOrganisations(
      context,
      rows.map((row) => row.orgId),
    )
    for (const row of rows) context.world.markLoaded({ slice: 'member', of: row.memberId })
    for (const each of of) context.world.markLoaded({ slice: 'membersNamed', of: each })
  },
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
  async deedsIn(context, of) {
    const rows = await learnAll(
      context,
      'deed',
      `SELECT ${deedList} FROM jsonb_to_recordset($1::jsonb) AS k("orgId" int, year int)
       JOIN deed d ON d.org_id = k."orgId" AND d.year = k.year`,
      [JSON.stringify(of)],
      'deeds-in',
    )
    await loaders.roster(
      context,
      of.map((each) => each.orgId),
    )
    for (const row of rows)
      if (row.subjectKind === 'individual') context.world.markLoaded({ slice: 'member', of: row.subjectId })
    const members = rows.filter(
      (row) => row.subjectKind === 'individual' && !context.world.get('member', String(row.subjectId)),
    )
    if (members.length > 0)
      await loaders.member(
        context,
        members.map((row) => row.subjectId),
      )
    for (const each of of) context.world.markLoaded({ slice: 'deedsIn', of: each })
  },
  async collectiveWaiting(context, of) {
    const { rows } = await context.client.query({
      name: 'load-collective-waiting',
      text: `SELECT o.parent_id AS parent, ${deedList} FROM organisation o JOIN deed d ON d.org_id = o.org_id
        WHERE o.parent_id = ANY($1) AND d.subject_kind = 'collective' AND d.state = 'submitted'`,
      values: [of],
    })
    await loadOrganisations(
      context,
      rows.map((row) => row.orgId),
    )
    for (const each of of) {
      const own = rows.filter((row) => row.parent === each).map(({ parent: _, ...deed }) => deed)
      context.world.markLoaded({ slice: 'collectiveWaiting', of: each }, own)
    }
  },
  async meetings(context, of) {
    await learnAll(
      context,
      'schedule',
      `SELECT ${selectList('schedule')} FROM schedule WHERE org_id = ANY($1)`,
      [of],
      'schedules',
    )
    // A year back and everything ahead: what can still be asked about.
    await learnAll(
      context,
      'meeting',
      `SELECT ${selectList('meeting')} FROM meeting WHERE org_id = ANY($1) AND starts_at > $2::timestamptz - interval '400 days'`,
      [of, context.today()],
      'meetings',
    )
    await learnAll(context, 'theme', `SELECT ${selectList('theme')} FROM theme WHERE org_id = ANY($1)`, [of], 'themes')
    for (const each of of) context.world.markLoaded({ slice: 'meetings', of: each })
  },
  async attendance(context, of) {
    await learnAll(
      context,
      'attendance',
      `SELECT ${selectList('attendance', 'a')} FROM jsonb_to_recordset($1::jsonb) AS k("orgId" int, occurrence text)
       JOIN attendance a ON a.org_id = k."orgId" AND a.occurrence = k.occurrence`,
      [JSON.stringify(of)],
      'attendance',
    )
    for (const each of of) context.world.markLoaded({ slice: 'attendance', of: each })
  },
  async answersOf(context, of) {
    await learnAll(
      context,
      'attendance',
      `SELECT ${selectList('attendance')} FROM attendance WHERE member_id = ANY($1)`,
      [of],
      'answers',
    )
    for (const each of of) context.world.markLoaded({ slice: 'answersOf', of: each })
  },
  async participation(context, of) {
    const counts = await participationOf(context.client, of, excludedStatuses)
    of.forEach((each, index) => {
      context.world.markLoaded({ slice: 'participation', of: each }, counts[index])
    })
  },
  async code(context, of) {
    // Locked: two messages with one code must not both use it.
    const rows = await learnAll(
      context,
      'code',
      `SELECT ${selectList('code')} FROM code WHERE selector = ANY($1) FOR UPDATE`,
      [of],
      'codes',
    )
    await loadOrganisations(
      context,
      rows.map((row) => row.orgId),
    )
    for (const each of of) context.world.markLoaded({ slice: 'code', of: each })
  },
  async codeRight(context, of) {
    for (const each of of) {
      const code = context.world.get('code', each.selector)
      const isRight = code !== null && (await verifyCode(each.selector + each.verifier, code))
      context.world.markLoaded({ slice: 'codeRight', of: each }, isRight)
    }
  },
  async groups(context, of) {
    await learnAll(
      context,
      'chat',
      `SELECT ${selectList('chat')} FROM chat WHERE org_id = ANY($1) AND kind = 'group'`,
      [of],
      'groups',
    )
    for (const each of of) context.world.markLoaded({ slice: 'groups', of: each })
  },
  async links(context, of) {
    const rows = await learnAll(
      context,
      'accountMember',
      `SELECT ${selectList('accountMember')} FROM account_member WHERE account_id = ANY($1)`,
      [of],
      'links',
    )
    if (rows.length > 0)
      await loaders.member(
        context,
        rows.map((row) => row.memberId),
      )
    for (const each of of) context.world.markLoaded({ slice: 'links', of: each })
  },
  async linksOf(context, of) {
    const rows = await learnAll(
      context,
      'accountMember',
      `SELECT ${selectList('accountMember')} FROM account_member WHERE member_id = ANY($1)`,
      [of],
      'links-of',
    )
    if (rows.length > 0)
      await loaders.accountById(
        context,
        rows.map((row) => row.accountId),
      )
    for (const each of of) context.world.markLoaded({ slice: 'linksOf', of: each })
  },
  async pendingClaims(context, of) {
    const { rows } = await context.client.query({
      name: 'load-pending-claims',
      text: `SELECT m.org_id AS org, ${selectList('accountMember', 'l')} FROM member m JOIN account_member l ON l.member_id = m.member_id
        WHERE m.org_id = ANY($1) AND l.state = 'claimed' ORDER BY l.linked_at`,
      values: [of],
    })
    for (const row of rows) {
      const { org: _, ...link } = row
      context.world.learn('accountMember', link)
    }
    for (const each of of) {
      const own = rows.filter((row) => row.org === each).map(({ org: _, ...link }) => link)
      context.world.markLoaded({ slice: 'pendingClaims', of: each }, own)
    }
  },
  async accountById(context, of) {
    await loadAccounts(context, 'a.account_id = ANY($1)', of, 'accounts')
    for (const each of of) context.world.markLoaded({ slice: 'accountById', of: each })
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
  async dialoguesOf(context, of) {
    await learnAll(
      context,
      'dialogue',
      `SELECT ${selectList('dialogue')} FROM dialogue WHERE account_id = ANY($1)`,
      [of],
      'dialogues-of',
    )
    for (const each of of) context.world.markLoaded({ slice: 'dialoguesOf', of: each })
  },
  async ids(context, of) {
    for (const { record, count } of of) {
      const { rows } = await context.client.query(
        `SELECT nextval(pg_get_serial_sequence($1, $2))::int AS id FROM generate_series(1, $3)`,
        [record, `${record}_id`, count],
      )
      context.world.giveIds(
        record,
        rows.map((row) => row.id as number),
      )
    }
  },
}

/** Slices that others rely on come first. */
const sequence: readonly (keyof Slices)[] = [
  'base',
  'organisation',
  'code',
  ...(Object.keys(loaders) as (keyof Slices)[]),
]

export async function loadNeeds(context: LoadContext, needs: readonly Need[]): Promise<void> {
  const bySlice = new Map<keyof Slices, Map<string, unknown>>()
  for (const need of needs) {
    const list = bySlice.get(need.slice) ?? new Map<string, unknown>()
    list.set(JSON.stringify(need.of), need.of)
    bySlice.set(need.slice, list)
  }
  for (const slice of sequence) {
    const of = bySlice.get(slice)
    if (!of) continue
    bySlice.delete(slice)
    await (loaders[slice] as (context: LoadContext, of: unknown[]) => Promise<void>)(context, [...of.values()])
  }
}
