/** The inbox: every event once, durable before it is acknowledged, handled in order per chat. */
import { hash } from 'node:crypto'
import type { ClientBase, Pool } from 'pg'
import type { InboundEvent } from '../engine/platform.ts'
import type { InboxRow } from '../engine/store-port.ts'
import { retried } from './pool.ts'

function digest(...parts: string[]): string {
  return hash('sha256', JSON.stringify(parts), 'base64url').slice(0, 27)
}

/** Events of one chat share a lane; the lane tells nobody which chat it is. */
export function laneOf(platform: string, accountId: string, chatId: string): string {
  return digest(platform, accountId, chatId)
}

interface Row {
  platform: string
  accountId: string
  eventKey: string
  messageKey: string | null
  lane: string
  payload: InboundEvent
}

function rowOf(event: InboundEvent): Row {
  const { platform, accountId } = event
  return {
    platform,
    accountId,
    eventKey: digest(event.eventKey),
    messageKey: event.messageKey === undefined ? null : digest(event.messageKey),
    // What is said under the new id waits until the chat is known by it.
    lane: laneOf(platform, accountId, event.newChatId ?? event.chat.id),
    payload: event,
  }
}

const insertSql = `
  INSERT INTO inbox (platform, account_id, event_key, message_key, lane, payload)
  SELECT platform, "accountId", "eventKey", "messageKey", lane, payload FROM jsonb_to_recordset($1::jsonb)
    AS r(platform text, "accountId" text, "eventKey" text, "messageKey" text, lane text, payload jsonb)
  ON CONFLICT DO NOTHING RETURNING inbox_id, platform, account_id, event_key`

/** Inserts events; resolves with the inbox id of each, also of those that were there before. */
export async function insertEvents(
  client: Pick<ClientBase, 'query'>,
  events: readonly InboundEvent[],
): Promise<number[]> {
  const rows = events.map(rowOf)
  const inserted = await client.query({ name: 'inbox-insert', text: insertSql, values: [JSON.stringify(rows)] })
  const ids = new Map<string, number>(
    inserted.rows.map((row) => [`${row.platform}:${row.account_id}:${row.event_key}`, row.inbox_id]),
  )
  const lacking = rows.filter((row) => !ids.has(`${row.platform}:${row.accountId}:${row.eventKey}`))
  if (lacking.length > 0) {
    const known = await client.query({
      name: 'inbox-known',
      text: `SELECT k."eventKey" AS wanted, i.inbox_id, i.platform, i.account_id FROM jsonb_to_recordset($1::jsonb)
          AS k(platform text, "accountId" text, "eventKey" text, "messageKey" text)
        JOIN inbox i ON i.platform = k.platform AND i.account_id = k."accountId"
          AND (i.event_key = k."eventKey" OR i.message_key = k."messageKey")`,
      values: [JSON.stringify(lacking.map(({ payload: _, ...row }) => row))],
    })
    for (const row of known.rows) ids.set(`${row.platform}:${row.account_id}:${row.wanted}`, row.inbox_id)
  }
  return rows.map((row) => ids.get(`${row.platform}:${row.accountId}:${row.eventKey}`) ?? 0)
}

/**
 * Collects events that arrive while a write is under way into the next write: one commit serves many, and each caller
 * still waits until its own event is durable.
 */
export function createReceiver(pool: Pool, onReceived: () => void) {
  let waiting: { events: readonly InboundEvent[]; resolve(ids: number[]): void; reject(error: unknown): void }[] = []
  let isWriting = false

  async function writeWaiting(): Promise<void> {
    isWriting = true
    while (waiting.length > 0) {
      const batch = waiting
      waiting = []
      try {
        const events = batch.flatMap((each) => each.events)
        // Two processes may be handed the same events in differing order.
        const ids = await retried(() => insertEvents(pool, events))
        onReceived()
        let from = 0
        for (const each of batch) {
          each.resolve(ids.slice(from, from + each.events.length))
          from += each.events.length
        }
      } catch (error) {
        for (const each of batch) each.reject(error)
      }
    }
    isWriting = false
  }

  return (events: readonly InboundEvent[]): Promise<number[]> => {
    if (events.length === 0) return Promise.resolve([])
    const done = new Promise<number[]>((resolve, reject) => {
      waiting.push({ events, resolve, reject })
    })
    // Later in this turn of the loop: what arrives together is written together.
    if (!isWriting) {
      isWriting = true
      setImmediate(() => void writeWaiting())
    }
    return done
  }
}

/**
 * Claims waiting events within a transaction: whole lanes, and only lanes that no other process works on. The locks
 * end with the transaction, so a crash frees them at once.
 */
export async function claimEvents(client: ClientBase, limit: number): Promise<InboxRow[]> {
  const locked = await client.query({
    name: 'inbox-lock',
    // Materialised: a lane is locked once, and only if it is among the first.
    text: `WITH waiting AS MATERIALIZED (
        SELECT DISTINCT lane FROM (SELECT lane FROM inbox WHERE handled_at IS NULL ORDER BY inbox_id LIMIT $1) w)
      SELECT lane FROM waiting WHERE pg_try_advisory_xact_lock(hashtextextended(lane, 7))`,
    values: [limit],
  })
  if (locked.rows.length === 0) return []
  // Read after the lock: what another process has just handled is no longer there.
  const { rows } = await client.query({
    name: 'inbox-claim',
    text: `SELECT inbox_id AS "inboxId", payload AS event, attempts FROM inbox
      WHERE handled_at IS NULL AND lane = ANY($1) ORDER BY inbox_id LIMIT $2`,
    values: [locked.rows.map((row) => row.lane), limit],
  })
  return rows as InboxRow[]
}

/**
 * Locks the organisations that a batch speaks of, in one order: two chats of one cell (the group, a private chat) may
 * be handled by two processes, and neither may work on rows that the other is changing. With `more`, which the batch turned out to
 * change as well. Resolves with those that are locked.
 */
export async function lockOrganisations(
  client: ClientBase,
  rows: readonly InboxRow[],
  more: readonly number[],
): Promise<number[]> {
  const keys = rows.map(({ event }) => ({
    platform: event.platform,
    account: event.accountId,
    chat: event.chat.id,
    person: event.sender.id,
  }))
  const locked = await client.query<{ org_id: number }>({
    name: 'inbox-lock-organisations',
    text: `WITH k AS MATERIALIZED (SELECT DISTINCT * FROM jsonb_to_recordset($1::jsonb) AS r(platform text, account text, chat text, person text)),
      touched AS (
        SELECT c.org_id FROM k JOIN chat_alias a ON a.platform = k.platform AND a.account_id = k.account AND a.external_id = k.chat
          JOIN chat c ON c.chat_id = a.chat_id
        UNION SELECT m.org_id FROM k JOIN account a ON a.platform = k.platform AND a.external_id = k.person
          JOIN account_member l ON l.account_id = a.account_id JOIN member m ON m.member_id = l.member_id
        UNION SELECT unnest($2::int[]))
      SELECT org_id FROM organisation WHERE org_id IN (SELECT org_id FROM touched) ORDER BY org_id FOR NO KEY UPDATE`,
    values: [JSON.stringify(keys), more],
  })
  return locked.rows.map((row) => row.org_id)
}

/** Marks events as handled; their content goes, the keys stay against repeats. */
export async function markHandled(
  client: ClientBase,
  handled: readonly number[],
  failed: readonly { inboxId: number; failure: string }[],
) {
  if (handled.length > 0) {
    await client.query({
      name: 'inbox-handled',
      text: 'UPDATE inbox SET handled_at = now(), payload = NULL WHERE inbox_id = ANY($1)',
      values: [handled],
    })
  }
  if (failed.length > 0) {
    await client.query({
      name: 'inbox-failed',
      text: `UPDATE inbox i SET handled_at = now(), failure = f.failure, attempts = attempts + 1
        FROM jsonb_to_recordset($1::jsonb) AS f("inboxId" bigint, failure text) WHERE i.inbox_id = f."inboxId"`,
      values: [JSON.stringify(failed)],
    })
  }
}
