/** Organisations and people of a test's own, with accounts on the local platform or the rich one. */
import { createHash } from 'node:crypto'
import type { Pool } from 'pg'
import { codeExpiresAt, codeFrom, parseCode } from '../../src/domain/code.ts'
import { consentVersion } from '../../src/domain/consent.ts'
import type { MemberStatus, Role } from '../../src/domain/member.ts'
import type { CodePurpose } from '../../src/domain/records.ts'
import { LOCAL_BOT_ACCOUNT } from '../../src/engine/local-chat.ts'
import { fold } from '../../src/language/normalise.ts'
import { hashCode } from '../../src/store/code-hash.ts'
import { addLocalAccount, addLocalChat } from '../../src/store/local.ts'
import { RICH_BOT } from './rich-platform.ts'

export interface SeedMember {
  name: string
  role?: Role
  status?: MemberStatus
  /** Key of a linked account with consent; none has no account. */
  key?: string
}

const zone = 'Asia/Ho_Chi_Minh'

export async function addOrganisation(
  pool: Pool,
  name: string,
  kind: 'cell' | 'committee',
  parentId: number | null = null,
): Promise<number> {
  const { rows } = await pool.query(
    `INSERT INTO organisation (org_id, parent_id, kind, name, path, time_zone)
     SELECT id, $1, $2, $3, coalesce((SELECT path FROM organisation WHERE org_id = $1), '/') || id || '/', $4
     FROM nextval(pg_get_serial_sequence('organisation', 'org_id')) AS id RETURNING org_id`,
    [parentId, kind, name, zone],
  )
  return rows[0].org_id
}

async function addChat(pool: Pool, platform: string, externalId: string, kind: string, orgId: number | null) {
  const bot = platform === 'local' ? LOCAL_BOT_ACCOUNT : RICH_BOT
  const { rows } = await pool.query(
    'INSERT INTO chat (platform, account_id, external_id, kind, org_id) VALUES ($1, $2, $3, $4, $5) RETURNING chat_id',
    [platform, bot, externalId, kind, orgId],
  )
  await pool.query('INSERT INTO chat_alias (platform, account_id, external_id, chat_id) VALUES ($1, $2, $3, $4)', [
    platform,
    bot,
    externalId,
    rows[0].chat_id,
  ])
  return rows[0].chat_id as number
}

/** A group bound to an organisation. */
export const addGroup = (pool: Pool, platform: string, externalId: string, orgId: number) =>
  addChat(pool, platform, externalId, 'group', orgId)

/** Links an account (made with consent and a private chat, unless it has no chat of its own) to a line of a roster. */
export async function link(pool: Pool, platform: string, key: string, memberId: number, at: Date): Promise<number> {
  const known = await pool.query('SELECT account_id FROM account WHERE platform = $1 AND external_id = $2', [
    platform,
    key,
  ])
  let accountId = known.rows[0]?.account_id as number | undefined
  if (accountId === undefined) {
    const bot = platform === 'local' ? LOCAL_BOT_ACCOUNT : RICH_BOT
    const chatKey = platform === 'local' ? `dm:${key}` : `private:${key}`
    const chatId = await addChat(pool, platform, chatKey, 'private', null)
    const { rows } = await pool.query(
      `INSERT INTO account (platform, external_id, bot_account_id, private_chat_id, consent_version, consented_at)
       VALUES ($1, $2, $3, $4, $5, $6) RETURNING account_id`,
      [platform, key, bot, chatId, consentVersion, at],
    )
    accountId = rows[0].account_id as number
    await pool.query('INSERT INTO consent (account_id, version, given, at) VALUES ($1, $2, true, $3)', [
      accountId,
      consentVersion,
      at,
    ])
  }
  await pool.query(
    `INSERT INTO account_member (account_id, member_id, state, linked_at) VALUES ($1, $2, 'linked', $3)`,
    [accountId, memberId, at],
  )
  return accountId
}

/** Adds lines to a roster, linked where they have a key; resolves with the member ids in order. */
export async function addMembers(
  pool: Pool,
  orgId: number,
  members: readonly SeedMember[],
  at: Date,
  platform = 'local',
): Promise<number[]> {
  const ids: number[] = []
  for (const { name, role = 'member', status = 'official', key } of members) {
    const { rows } = await pool.query(
      'INSERT INTO member (org_id, display_name, folded_name, role, status) VALUES ($1, $2, $3, $4, $5) RETURNING member_id',
      [orgId, name, fold(name), role, status],
    )
    const memberId = rows[0].member_id as number
    ids.push(memberId)
    if (!key) continue
    if (platform === 'local') await addLocalAccount(pool, { key, name })
    await link(pool, platform, key, memberId, at)
  }
  return ids
}

/** A one-time code, as the operator's tool makes it. */
export async function addCode(
  pool: Pool,
  options: { orgId: number; purpose: CodePurpose; memberId?: number; madeAt: Date; seed: number },
): Promise<string> {
  const { orgId, purpose, memberId, madeAt, seed } = options
  const code = codeFrom(createHash('sha256').update(`code ${seed}`).digest())
  const { selector, verifier } = parseCode(code)!
  const { hash, salt } = await hashCode(selector + verifier)
  await pool.query(
    `INSERT INTO code (selector, hash, salt, org_id, purpose, member_id, created_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [selector, hash, salt, orgId, purpose, memberId ?? null, madeAt, codeExpiresAt(purpose, madeAt)],
  )
  return code
}

export { addLocalAccount, addLocalChat }

/** Counts of meetings that a test has written as held with `[]` for counts: their answers, by the roster as it is. */
export async function keepRolls(pool: Pool): Promise<void> {
  await pool.query(
    `UPDATE meeting m SET roll_counts = coalesce((
       SELECT jsonb_agg(c) FROM (SELECT p.status, a.answer, count(*) AS count FROM member p
         LEFT JOIN attendance a ON a.org_id = p.org_id AND a.occurrence = m.occurrence AND a.member_id = p.member_id
         WHERE p.org_id = m.org_id AND p.status <> 'left' GROUP BY 1, 2) c), '[]') WHERE roll_counts = '[]'`,
  )
}
