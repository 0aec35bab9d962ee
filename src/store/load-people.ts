/** Loads who is who: chats, accounts, rosters, organisations, codes and open questions. */
import type { Records } from '../domain/records.ts'
import { verifyCode } from './code-hash.ts'
import { selectList } from './columns.ts'
import { type Args, type LoadContext, type Loaders, learnAll } from './loader.ts'
import { together } from './pool.ts'

const orgList = selectList('organisation', 'o')

/** Organisations with everything above them, so that relations and inherited campaigns can be told. */
export async function loadOrganisations(context: LoadContext, ids: readonly number[]): Promise<void> {
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
  const chatsRead = client.query({
    name: 'load-base-chats',
    text: `SELECT a.external_id AS "aliasId", ${selectList('chat', 'c')} FROM jsonb_to_recordset($1::jsonb)
       AS k(platform text, "botAccountId" text, "chatExternalId" text)
       JOIN chat_alias a ON a.platform = k.platform AND a.account_id = k."botAccountId" AND a.external_id = k."chatExternalId"
       JOIN chat c ON c.chat_id = a.chat_id`,
    values: [json],
  })
  const peopleRead = client.query({
    name: 'load-base-people',
    text: `SELECT ${selectList('account', 'a')}, to_jsonb(l) AS link, to_jsonb(m) AS member, to_jsonb(p) AS "privateChat"
       FROM (SELECT DISTINCT platform, "personExternalId" FROM jsonb_to_recordset($1::jsonb) AS k(platform text, "personExternalId" text)) k
       JOIN account a ON a.platform = k.platform AND a.external_id = k."personExternalId"
       LEFT JOIN LATERAL (SELECT ${selectList('accountMember', 'l')} FROM account_member l WHERE l.account_id = a.account_id) l ON true
       LEFT JOIN LATERAL (SELECT ${selectList('member', 'm')} FROM member m WHERE m.member_id = l."memberId") m ON true
       LEFT JOIN LATERAL (SELECT ${selectList('chat', 'p')} FROM chat p WHERE p.chat_id = a.private_chat_id) p ON true`,
    values: [json],
  })
  const dialoguesRead = loadDialogues(
    context,
    keys.map((key) => key.dialogueKey),
  )
  const [chats, people] = await together([chatsRead, peopleRead, dialoguesRead])
  for (const { aliasId, ...chat } of chats.rows as (Records['chat'] & { aliasId: string })[]) {
    world.learn('chat', chat)
    world.learn('chatAlias', {
      platform: chat.platform,
      accountId: chat.accountId,
      externalId: aliasId,
      chatId: chat.chatId,
    })
  }
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

type PeopleSlice =
  | 'base'
  | 'organisation'
  | 'dialogue'
  | 'roster'
  | 'member'
  | 'membersNamed'
  | 'code'
  | 'codeRight'
  | 'groups'
  | 'links'
  | 'linksOf'
  | 'pendingClaims'
  | 'accountById'
  | 'dialoguesOf'
  | 'dialoguesAt'
  | 'chatAt'
  | 'chatsWithin'

export const peopleLoaders: Loaders<PeopleSlice> = {
  base: loadBase,
  organisation: loadOrganisations,
  dialogue: loadDialogues,
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
  async code(context, of) {
    const { rows: whose } = await context.client.query<{ org_id: number }>({
      name: 'load-code-organisations',
      text: 'SELECT org_id FROM code WHERE selector = ANY($1)',
      values: [of],
    })
    // Before the code is locked: whoever ends an organisation holds it and locks its codes then.
    context.hold.need(whose.map((row) => row.org_id))
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
      await peopleLoaders.member(
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
      await peopleLoaders.accountById(
        context,
        rows.map((row) => row.accountId),
      )
    for (const each of of) context.world.markLoaded({ slice: 'linksOf', of: each })
  },
  async pendingClaims(context, of) {
    const { rows } = await context.client.query({
      name: 'load-pending-claims',
      text: `SELECT m.org_id AS org, ${selectList('accountMember', 'l')} FROM member m JOIN account_member l ON l.member_id = m.member_id
        WHERE m.org_id = ANY($1) AND l.state IN ('claimed', 'reclaimed') ORDER BY l.linked_at`,
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
  async dialoguesAt(context, of) {
    await learnAll(
      context,
      'dialogue',
      `SELECT ${selectList('dialogue', 'd')} FROM jsonb_to_recordset($1::jsonb) AS k(platform text, "accountId" text, "chatExternalId" text)
       JOIN dialogue d ON d.address->>'chatId' = k."chatExternalId" AND d.address->>'platform' = k.platform
         AND d.address->>'botAccountId' = k."accountId"`,
      [JSON.stringify(of)],
      'dialogues-at',
    )
    for (const each of of) context.world.markLoaded({ slice: 'dialoguesAt', of: each })
  },
  async chatAt(context, of) {
    const rows = await learnAll(
      context,
      'chat',
      `SELECT DISTINCT ${selectList('chat', 'c')} FROM jsonb_to_recordset($1::jsonb) AS k(platform text, "accountId" text, "chatExternalId" text)
       JOIN chat_alias a ON a.platform = k.platform AND a.account_id = k."accountId" AND a.external_id = k."chatExternalId"
       JOIN chat c ON c.chat_id = a.chat_id`,
      [JSON.stringify(of)],
      'chats-at',
    )
    for (const each of of) {
      const found = rows.find(
        (row) =>
          row.platform === each.platform && row.accountId === each.accountId && row.externalId === each.chatExternalId,
      )
      context.world.markLoaded({ slice: 'chatAt', of: each }, found?.chatId ?? null)
    }
  },
  async chatsWithin(context, of) {
    const rows = await learnAll(
      context,
      'chat',
      `SELECT ${selectList('chat', 'c')} FROM jsonb_to_recordset($1::jsonb) AS k(platform text, "accountId" text, "workspaceId" text)
       JOIN chat c ON c.platform = k.platform AND c.account_id = k."accountId" AND starts_with(c.external_id, k."workspaceId" || ':')`,
      [JSON.stringify(of)],
      'chats-within',
    )
    await loadOrganisations(
      context,
      rows.flatMap((row) => (row.orgId === null ? [] : [row.orgId])),
    )
    for (const each of of) {
      const own = rows.filter(
        (row) =>
          row.platform === each.platform &&
          row.accountId === each.accountId &&
          row.externalId.startsWith(`${each.workspaceId}:`),
      )
      const ids = own.map((row) => row.chatId)
      context.world.markLoaded({ slice: 'chatsWithin', of: each }, ids)
    }
  },
}
