/** Whether what somebody said in the local chat has run its course, and what came of it. */
import type { Pool } from 'pg'
import type { LocalMessageView } from '../engine/local-chat.ts'

/** True once the event is handled, so is everything that waited behind it, and what they caused is delivered. */
export async function isSettled(pool: Pool, eventKey: string): Promise<boolean> {
  const { rows } = await pool.query({
    name: 'local-settled',
    text: `SELECT i.handled_at IS NOT NULL
        AND NOT EXISTS (SELECT FROM outbox o WHERE o.cause_inbox_id = i.inbox_id AND o.state IN ('queued', 'sending'))
        AND NOT EXISTS (SELECT FROM inbox r WHERE r.handled_at IS NULL AND (r.payload->>'causeInboxId')::bigint = i.inbox_id) AS done
      FROM inbox i WHERE i.platform = 'local' AND i.account_id = 'local' AND i.event_key = $1`,
    values: [eventKey],
  })
  return rows[0]?.done ?? false
}

/** The messages, in any chat, that one message has caused. */
export async function causedMessages(pool: Pool, eventKey: string): Promise<LocalMessageView[]> {
  const { rows } = await pool.query({
    name: 'local-caused',
    text: `SELECT m.local_message_id::text AS id, m.chat, m.from_key AS "from", m.text, m.at FROM inbox i
      JOIN outbox o ON o.cause_inbox_id = i.inbox_id JOIN local_message m ON m.dedupe_key = o.key
      WHERE i.platform = 'local' AND i.account_id = 'local' AND i.event_key = $1 ORDER BY m.local_message_id`,
    values: [eventKey],
  })
  return rows.map((row) => ({ ...row, at: (row.at as Date).toISOString() }))
}

/** True when nothing waits to be handled or delivered in the local chat. */
export async function isQuietNow(pool: Pool): Promise<boolean> {
  const { rows } = await pool.query(
    `SELECT NOT EXISTS (SELECT FROM inbox WHERE handled_at IS NULL)
      AND NOT EXISTS (SELECT FROM outbox WHERE platform = 'local' AND state IN ('queued', 'sending') AND not_before <= now()) AS quiet`,
  )
  return rows[0]?.quiet ?? false
}
