/** The local chat's accounts, chats and transcript: the tables `local_account`, `local_chat`, `local_message`. */
import type { Pool, PoolClient } from 'pg'
import { roles } from '../domain/member.ts'
import type { LocalAccountView, LocalChatView, LocalMessageView, LocalTranscript } from '../engine/local-chat.ts'

/** What both a pool and a client in a transaction can do. */
type Queryable = Pick<Pool | PoolClient, 'query'>

interface MessageRow {
  id: string
  chat: string
  from: string | null
  text: string
  at: Date
}

const MESSAGE = 'local_message_id::text AS id, chat, from_key AS "from", text, at'

/** An account that is linked to several members shows the highest of their roles. */
const ACCOUNTS = `
  SELECT local.key, local.name, coalesce(linked.role, 'newcomer') AS role
  FROM local_account local
  LEFT JOIN LATERAL (
    SELECT member.role
    FROM account
    JOIN account_member link ON link.account_id = account.account_id AND link.state = 'linked'
    JOIN member ON member.member_id = link.member_id
    WHERE account.platform = 'local' AND account.external_id = local.key
    ORDER BY array_position($1::text[], member.role)
    LIMIT 1
  ) linked ON true
  ORDER BY local.key`

/** Ids are decimal numbers; anything else names no message. */
const isId = (text: string): boolean => /^\d{1,18}$/.test(text)

/** The key of somebody's private chat with the bot. */
const privateChatKey = (accountKey: string): string => `dm:${accountKey}`

const toView = (row: MessageRow): LocalMessageView => ({
  id: row.id,
  chat: row.chat,
  from: row.from,
  text: row.text,
  at: row.at.toISOString(),
})

/** The transcript in PostgreSQL. Ids grow with time and are unique over all chats. */
export function createLocalTranscript(pool: Pool): LocalTranscript {
  return {
    async chats() {
      const accounts = (await pool.query<LocalAccountView>(ACCOUNTS, [roles])).rows
      const byKey = new Map(accounts.map((account) => [account.key, account]))
      const groups = await pool.query<{ key: string; title: string; accounts: string[] }>(
        "SELECT key, title, accounts FROM local_chat WHERE kind = 'group' ORDER BY key",
      )
      const views: LocalChatView[] = groups.rows.map((group) => ({
        chat: group.key,
        title: group.title,
        kind: 'group',
        accounts: group.accounts.flatMap((key) => byKey.get(key) ?? []),
      }))
      for (const account of accounts)
        views.push({ chat: privateChatKey(account.key), title: account.name, kind: 'private', accounts: [account] })
      return views
    },

    async append(message) {
      const inserted = await pool.query<MessageRow>(
        `INSERT INTO local_message (chat, from_key, text, at, dedupe_key, reply_to, cause_inbox_id)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (dedupe_key) DO NOTHING
         RETURNING ${MESSAGE}`,
        [
          message.chat,
          message.from,
          message.text,
          message.at,
          message.dedupeKey,
          message.replyTo !== undefined && isId(message.replyTo) ? message.replyTo : null,
          message.causeInboxId ?? null,
        ],
      )
      if (inserted.rows[0] !== undefined) return { ...toView(inserted.rows[0]), isNew: true }
      // A second statement, because the first one's snapshot may not see a row that another process has just added.
      const stored = await pool.query<MessageRow>(`SELECT ${MESSAGE} FROM local_message WHERE dedupe_key = $1`, [
        message.dedupeKey,
      ])
      if (stored.rows[0] === undefined)
        throw new Error('A message of the local chat was forgotten while it was repeated')
      return { ...toView(stored.rows[0]), isNew: false }
    },

    async messages(chat, after) {
      const { rows } = await pool.query<MessageRow>(
        `SELECT ${MESSAGE} FROM local_message WHERE chat = $1 AND local_message_id > $2 ORDER BY local_message_id`,
        [chat, after !== undefined && isId(after) ? after : '0'],
      )
      return rows.map(toView)
    },

    async sentAfter(afterId) {
      const { rows } = await pool.query<MessageRow>(
        `SELECT ${MESSAGE} FROM local_message
         WHERE from_key IS NULL AND local_message_id > $1 ORDER BY local_message_id`,
        [isId(afterId) ? afterId : '0'],
      )
      return rows.map(toView)
    },

    async find(id) {
      if (!isId(id)) return null
      const { rows } = await pool.query<MessageRow>(
        `SELECT ${MESSAGE} FROM local_message WHERE local_message_id = $1`,
        [id],
      )
      return rows[0] === undefined ? null : toView(rows[0])
    },

    async lastId() {
      const { rows } = await pool.query<{ id: string }>(
        'SELECT coalesce(max(local_message_id), 0)::text AS id FROM local_message',
      )
      return rows[0]?.id ?? '0'
    },
  }
}

/** Adds a person to the local chat, or gives them another name. */
export async function addLocalAccount(on: Queryable, account: { key: string; name: string }): Promise<void> {
  await on.query(
    'INSERT INTO local_account (key, name) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET name = excluded.name',
    [account.key, account.name.normalize('NFC')],
  )
}

/** Adds a group, or changes its title and people. Private chats need no row: every account has one. */
export async function addLocalChat(
  on: Queryable,
  chat: { key: string; title: string; kind: 'group'; accounts: readonly string[] },
): Promise<void> {
  await on.query(
    `INSERT INTO local_chat (key, title, kind, accounts) VALUES ($1, $2, $3, $4)
     ON CONFLICT (key) DO UPDATE SET title = excluded.title, accounts = excluded.accounts`,
    [chat.key, chat.title.normalize('NFC'), chat.kind, chat.accounts],
  )
}

/** Rows looked through at once when a person is forgotten: bounds memory, not the work. */
const FORGET_BATCH = 2000

/**
 * Removes from the local chat what says anything about a person: what they wrote, their private chat, every message that
 * holds one of their names or texts, and the name shown for their account. Runs in the caller's transaction.
 *
 * Comparing is done here and not in SQL, because PostgreSQL's `lower` knows Vietnamese letters only under some collations.
 */
export async function forgetPerson(
  client: Queryable,
  person: { accountKey: string; names: readonly string[]; texts: readonly string[] },
): Promise<void> {
  await client.query('DELETE FROM local_message WHERE from_key = $1 OR chat = $2', [
    person.accountKey,
    privateChatKey(person.accountKey),
  ])
  await client.query('UPDATE local_account SET name = key WHERE key = $1', [person.accountKey])
  await forgetMentions(client, [...person.names, ...person.texts])
}

/** Removes every message of the local chat that holds one of the phrases, whoever wrote it. */
export async function forgetMentions(client: Queryable, phrases: readonly string[]): Promise<void> {
  const isAbout = mentionOf(phrases)
  let last = '0'
  while (true) {
    const { rows } = await client.query<{ id: string; text: string }>(
      `SELECT local_message_id::text AS id, text FROM local_message
       WHERE local_message_id > $1 ORDER BY local_message_id LIMIT ${FORGET_BATCH}`,
      [last],
    )
    const ids = rows.filter((row) => isAbout(row.text)).map((row) => row.id)
    if (ids.length > 0)
      await client.query('DELETE FROM local_message WHERE local_message_id = ANY($1::bigint[])', [ids])
    if (rows.length < FORGET_BATCH) return
    last = rows[rows.length - 1]!.id
  }
}

const plain = (text: string): string => text.normalize('NFC').toLowerCase().replace(/\s+/g, ' ').trim()

const withoutMarks = (text: string): string =>
  text.normalize('NFD').replace(/\p{M}/gu, '').replaceAll('đ', 'd').normalize('NFC')

/**
 * Whether a text holds one of the phrases as whole words. A phrase of several words is found without its marks too, as
 * people type it; a single word is not, or forgetting "An" would take every message that says "ăn".
 */
function mentionOf(phrases: readonly string[]): (text: string) => boolean {
  const wanted = [...new Set(phrases.map(plain))].filter((phrase) => phrase !== '')
  const marked = wanted.map(wholeWords)
  const unmarked = wanted.filter((phrase) => phrase.includes(' ')).map((phrase) => wholeWords(withoutMarks(phrase)))
  return (text) => {
    const whole = plain(text)
    const bare = withoutMarks(whole)
    return marked.some((phrase) => phrase.test(whole)) || unmarked.some((phrase) => phrase.test(bare))
  }
}

function wholeWords(phrase: string): RegExp {
  const escaped = phrase.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped}(?![\\p{L}\\p{N}])`, 'u')
}
