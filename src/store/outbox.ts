/** The outbox: what is to be sent, once each, in order per chat, by one sender per bot account. */
import type { ClientBase, Pool } from 'pg'
import type { InboundEvent } from '../engine/platform.ts'
import type { ClaimedMessage, DeliverStore, OutboxDraft, Rank, Settlement } from '../engine/store-port.ts'
import { channels } from './channels.ts'
import { insertEvents, laneOf } from './inbox.ts'
import { holdLease, releaseLeases } from './lease.ts'
import { transaction } from './pool.ts'
import { holderOfThisProcess } from './process-identity.ts'

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

/** In order of time, the first of each lane only: what waits behind another message of its chat is left where it is. */
const claimSql = `
  WITH due AS MATERIALIZED (
    SELECT o.outbox_id FROM outbox o
    WHERE o.platform = $1 AND o.account_id = $2 AND o.state = 'queued' AND o.not_before <= now()
      AND (SELECT e.outbox_id FROM outbox e WHERE e.platform = $1 AND e.account_id = $2 AND e.lane = o.lane
        AND e.state IN ('queued', 'sending') ORDER BY e.platform, e.account_id, e.lane, e.outbox_id LIMIT 1) = o.outbox_id
    ORDER BY o.platform, o.account_id, o.outbox_id LIMIT $3 FOR UPDATE OF o SKIP LOCKED
  )
  UPDATE outbox o SET state = 'sending', attempts = o.attempts + 1, lease_until = now() + $4 * interval '1 second'
  FROM due WHERE o.outbox_id = due.outbox_id
  RETURNING o.outbox_id, o.key, o.attempts, o.lane, o.message, o.rank, o.is_repeatable, o.expires_at`

/**
 * @param now the program's clock: expiry is about meetings, leases and backoff are about the database's own time.
 */
export function createDeliverStore(pool: Pool, now: () => Date, monthOf: (at: Date) => string): DeliverStore {
  return {
    newHolder: holderOfThisProcess,
    holdLease: (platform, accountId, holder, seconds) => holdLease(pool, { platform, accountId }, holder, seconds),
    releaseLeases: (holder) => releaseLeases(pool, holder),
    async recover(platform, accountId, { isIdempotent, isGone, except }) {
      // Repeating is safe where it shows one message or does no harm; else only a person can tell whether it arrived.
      const { rows } = await pool.query(
        `WITH left_behind AS (
           SELECT outbox_id, $3 OR is_repeatable AS again, $4 OR lease_until < now() AS over FROM outbox
           WHERE platform = $1 AND account_id = $2 AND state = 'sending' AND outbox_id <> ALL($5)
         ), settled AS (
           UPDATE outbox o SET state = CASE WHEN again THEN 'queued' ELSE 'unknown' END, lease_until = NULL, outcome = 'senderGone',
             settled_at = CASE WHEN again THEN NULL ELSE now() END
           FROM left_behind l WHERE o.outbox_id = l.outbox_id AND l.over AND o.state = 'sending' RETURNING again
         )
         SELECT (SELECT count(*)::int FROM settled WHERE NOT again) AS unknown, (SELECT count(*)::int FROM left_behind WHERE NOT over) AS left`,
        [platform, accountId, isIdempotent, isGone, except],
      )
      return rows[0]
    },
    async unclaim(platform, accountId, except) {
      await pool.query(
        `UPDATE outbox SET state = 'queued', attempts = attempts - 1, lease_until = NULL
         WHERE platform = $1 AND account_id = $2 AND state = 'sending' AND outbox_id <> ALL($3)`,
        [platform, accountId, except],
      )
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
        : settlements.every((each) => each.state === 'sent')
          ? settleAll(pool, settlements, monthOf(now()))
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

async function settleAll(
  client: Pick<ClientBase, 'query'>,
  settlements: readonly Settlement[],
  month: string,
): Promise<void> {
  const sent = settlements.flatMap((each) =>
    each.state === 'sent' ? [{ id: each.outboxId, external: each.externalId ?? null }] : [],
  )
  if (sent.length > 0) {
    // The words go once they are delivered; what stays says that and when.
    // A message that is told twice (the first answer was lost) is counted once.
    await client.query({
      name: 'outbox-sent',
      text: `WITH sent AS (
          UPDATE outbox o SET state = 'sent', message = NULL, external_id = ($2::text[])[array_position($1::bigint[], o.outbox_id)], settled_at = now(), lease_until = NULL
          WHERE o.outbox_id = ANY($1::bigint[]) AND o.state <> 'sent'
          RETURNING o.platform, o.account_id)
        INSERT INTO send_count (platform, account_id, month, sent) SELECT platform, account_id, $3, count(*) FROM sent GROUP BY 1, 2
        ON CONFLICT (platform, account_id, month) DO UPDATE SET sent = send_count.sent + EXCLUDED.sent`,
      values: [sent.map((each) => each.id), sent.map((each) => each.external), month],
    })
  }
  for (const each of settlements) {
    if (each.state === 'sent') continue
    if (each.state === 'retry') {
      await client.query({
        name: 'outbox-retry',
        text: `UPDATE outbox SET state = 'queued', outcome = $2, lease_until = NULL, not_before = now() + $3 * interval '1 millisecond'
          WHERE outbox_id = $1 AND state = 'sending' AND attempts = $4`,
        values: [each.outboxId, each.outcome, each.afterMs, each.attempt],
      })
    } else if (each.state === 'migrated') {
      await migrate(client, each.outboxId, each.event)
    } else {
      await client.query({
        name: 'outbox-final',
        text: `UPDATE outbox SET state = $2, outcome = $3, lease_until = NULL, settled_at = now(),
          message = CASE WHEN $2 = 'dropped' THEN NULL ELSE message END
          WHERE outbox_id = $1 AND state = 'sending' AND attempts = $4`,
        values: [each.outboxId, each.state, each.outcome, each.attempt],
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

/** The chat lives on under another id: everything queued for it goes there, and the engine learns of it. */
async function migrate(client: Pick<ClientBase, 'query'>, outboxId: number, event: InboundEvent): Promise<void> {
  const { platform, accountId, newChatId = event.chat.id } = event
  await client.query(
    `UPDATE outbox SET state = 'queued', lease_until = NULL, lane = $2, message = jsonb_set(message, '{chat,id}', to_jsonb($3::text))
      WHERE lane = (SELECT lane FROM outbox WHERE outbox_id = $1) AND state IN ('queued', 'sending')`,
    [outboxId, laneOf(platform, accountId, newChatId), newChatId],
  )
  await insertEvents(client, [event])
  await client.query(`NOTIFY ${channels.inbox}`)
}
