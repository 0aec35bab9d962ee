/** The outbox: what is to be sent, once each, in order per chat, by one sender per bot account. */
import type { ClientBase, Pool } from 'pg'
import type { ClaimedMessage, DeliverStore, OutboxDraft, Rank, Settlement } from '../engine/store-port.ts'
import { laneOf } from './inbox.ts'
import { transaction } from './pool.ts'

const ranks: readonly Rank[] = ['receipt', 'answer', 'notice', 'courtesy']

/** Queues messages; one whose key is known already was queued before and is left alone. */
export async function enqueue(client: Pick<ClientBase, 'query'>, drafts: readonly OutboxDraft[]): Promise<void> {
  if (drafts.length === 0) return
  const rows = drafts.map((draft) => ({
    ...draft,
    rank: ranks.indexOf(draft.rank),
    lane: laneOf(draft.platform, draft.accountId, draft.message.chat.id),
  }))
  await client.query({
    name: 'outbox-enqueue',
    text: `INSERT INTO outbox (key, platform, account_id, lane, message, cause_inbox_id, expires_at, is_repeatable, rank)
      SELECT key, platform, "accountId", lane, message, "causeInboxId", "expiresAt", "isRepeatable", rank
      FROM jsonb_to_recordset($1::jsonb) AS r(key text, platform text, "accountId" text, lane text, message jsonb,
        "causeInboxId" bigint, "expiresAt" timestamptz, "isRepeatable" bool, rank int)
      ON CONFLICT (key) DO NOTHING`,
    values: [JSON.stringify(rows)],
  })
}

interface ClaimedRow {
  outbox_id: number
  key: string
  attempts: number
  lane: string
  message: Omit<ClaimedMessage['message'], 'key'>
  rank: number
  is_repeatable: boolean
  expires_at: Date | null
}

const claimSql = `
  WITH head AS (
    SELECT DISTINCT ON (lane) outbox_id, state, not_before FROM outbox
    WHERE platform = $1 AND account_id = $2 AND state IN ('queued', 'sending') ORDER BY lane, outbox_id
  ), due AS (
    SELECT o.outbox_id FROM outbox o JOIN head USING (outbox_id)
    WHERE head.state = 'queued' AND head.not_before <= now() AND o.state = 'queued' ORDER BY o.outbox_id LIMIT $3 FOR UPDATE OF o SKIP LOCKED
  )
  UPDATE outbox o SET state = 'sending', attempts = o.attempts + 1, lease_until = now() + $4 * interval '1 second'
  FROM due WHERE o.outbox_id = due.outbox_id
  RETURNING o.outbox_id, o.key, o.attempts, o.lane, o.message, o.rank, o.is_repeatable, o.expires_at`

/**
 * @param now the program's clock: expiry is about meetings, leases and backoff are about the database's own time.
 */
export function createDeliverStore(pool: Pool, now: () => Date, monthOf: (at: Date) => string): DeliverStore {
  return {
    async holdLease(platform, accountId, holder, seconds) {
      const { rowCount } = await pool.query({
        name: 'lease-hold',
        text: `INSERT INTO sender_lease (platform, account_id, holder, expires_at) VALUES ($1, $2, $3, now() + $4 * interval '1 second')
          ON CONFLICT (platform, account_id) DO UPDATE SET holder = $3, expires_at = EXCLUDED.expires_at
          WHERE sender_lease.holder = $3 OR sender_lease.expires_at < now()`,
        values: [platform, accountId, holder, seconds],
      })
      return rowCount === 1
    },
    async releaseLeases(holder) {
      await pool.query('DELETE FROM sender_lease WHERE holder = $1', [holder])
    },
    async recover(platform, accountId, isIdempotent) {
      // Rows left in 'sending' by a process that is gone: repeating is safe where it shows one message or does no harm.
      const { rows } = await pool.query(
        `UPDATE outbox SET state = CASE WHEN $3 OR is_repeatable THEN 'queued' ELSE 'unknown' END, lease_until = NULL,
           outcome = 'senderGone', message = CASE WHEN $3 OR is_repeatable THEN message ELSE NULL END,
           settled_at = CASE WHEN $3 OR is_repeatable THEN NULL ELSE now() END
         WHERE platform = $1 AND account_id = $2 AND state = 'sending' AND lease_until < now() RETURNING state`,
        [platform, accountId, isIdempotent],
      )
      return rows.filter((row) => row.state === 'unknown').length
    },
    async claim(platform, accountId, limit, leaseSeconds) {
      const { rows } = await pool.query<ClaimedRow>({
        name: 'outbox-claim',
        text: claimSql,
        values: [platform, accountId, limit, leaseSeconds],
      })
      return rows
        .sort((a, b) => a.outbox_id - b.outbox_id)
        .map((row) => ({
          outboxId: row.outbox_id,
          attempts: row.attempts,
          platform: platform as ClaimedMessage['platform'],
          accountId,
          lane: row.lane,
          message: { ...row.message, key: row.key },
          rank: ranks[row.rank] ?? 'receipt',
          isRepeatable: row.is_repeatable,
          isExpired: row.expires_at !== null && row.expires_at <= now(),
        }))
    },
    settle: (settlements) =>
      settlements.length === 0
        ? Promise.resolve()
        : transaction(pool, (client) => settleAll(client, settlements, monthOf(now()))),
    async nextDueInMs(platform, accountId) {
      const { rows } = await pool.query({
        name: 'outbox-next',
        text: `SELECT extract(epoch FROM min(not_before) - now()) * 1000 AS ms FROM outbox
          WHERE platform = $1 AND account_id = $2 AND state = 'queued'`,
        values: [platform, accountId],
      })
      return rows[0]?.ms === null || rows[0] === undefined ? null : Math.max(0, Number(rows[0].ms))
    },
    async sentThisMonth(platform, accountId, month) {
      const { rows } = await pool.query(
        'SELECT sent FROM send_count WHERE platform = $1 AND account_id = $2 AND month = $3',
        [platform, accountId, month],
      )
      return rows[0]?.sent ?? 0
    },
  }
}

async function settleAll(client: ClientBase, settlements: readonly Settlement[], month: string): Promise<void> {
  const sent = settlements.flatMap((each) =>
    each.state === 'sent' ? [{ id: each.outboxId, external: each.externalId ?? null }] : [],
  )
  if (sent.length > 0) {
    // The words go once they are delivered; what stays says that and when.
    await client.query({
      name: 'outbox-sent',
      text: `UPDATE outbox o SET state = 'sent', message = NULL, external_id = s.external, settled_at = now(), lease_until = NULL
        FROM jsonb_to_recordset($1::jsonb) AS s(id bigint, external text) WHERE o.outbox_id = s.id`,
      values: [JSON.stringify(sent)],
    })
    await client.query({
      name: 'outbox-count',
      text: `INSERT INTO send_count (platform, account_id, month, sent)
        SELECT platform, account_id, $2, count(*) FROM outbox WHERE outbox_id = ANY($1) GROUP BY 1, 2
        ON CONFLICT (platform, account_id, month) DO UPDATE SET sent = send_count.sent + EXCLUDED.sent`,
      values: [sent.map((each) => each.id), month],
    })
  }
  for (const each of settlements) {
    if (each.state === 'sent') continue
    if (each.state === 'retry') {
      await client.query({
        name: 'outbox-retry',
        text: `UPDATE outbox SET state = 'queued', outcome = $2, lease_until = NULL, not_before = now() + $3 * interval '1 millisecond' WHERE outbox_id = $1`,
        values: [each.outboxId, each.outcome, each.afterMs],
      })
    } else if (each.state === 'migrated') {
      await migrate(client, each.outboxId, each.newChatId)
    } else {
      await client.query({
        name: 'outbox-final',
        text: `UPDATE outbox SET state = $2, outcome = $3, message = NULL, lease_until = NULL, settled_at = now() WHERE outbox_id = $1`,
        values: [each.outboxId, each.state, each.outcome],
      })
      if (each.outcome === 'chatGone') {
        await client.query(
          `UPDATE chat c SET is_gone = true FROM outbox o WHERE o.outbox_id = $1 AND c.platform = o.platform AND c.account_id = o.account_id
             AND c.external_id = $2`,
          [each.outboxId, each.chatId ?? ''],
        )
      }
    }
  }
}

/** The chat lives on under another id: its row, and everything queued for it, goes there. */
async function migrate(client: ClientBase, outboxId: number, newChatId: string): Promise<void> {
  const { rows } = await client.query(
    `SELECT platform, account_id, lane, message->'chat'->>'id' AS old FROM outbox WHERE outbox_id = $1`,
    [outboxId],
  )
  const row = rows[0]
  if (!row) return
  const { rows: chats } = await client.query(
    `UPDATE chat SET external_id = $4 WHERE platform = $1 AND account_id = $2 AND external_id = $3 RETURNING chat_id`,
    [row.platform, row.account_id, row.old, newChatId],
  )
  if (chats[0]) {
    await client.query(
      `INSERT INTO chat_alias (platform, account_id, external_id, chat_id) VALUES ($1, $2, $3, $4) ON CONFLICT (platform, account_id, external_id) DO UPDATE SET chat_id = $4`,
      [row.platform, row.account_id, newChatId, chats[0].chat_id],
    )
  }
  await client.query(
    `UPDATE outbox SET state = 'queued', lease_until = NULL, lane = $2, message = jsonb_set(message, '{chat,id}', to_jsonb($3::text))
      WHERE lane = $1 AND state IN ('queued', 'sending')`,
    [row.lane, laneOf(row.platform, row.account_id, newChatId), newChatId],
  )
}
