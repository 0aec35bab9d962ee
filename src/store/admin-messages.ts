/** Chats, and messages that need the operator: set aside by delivery, or never handled. None of it shows a text. */
import type { Pool } from 'pg'
import { Refused, recordChange } from './admin.ts'
import { channels } from './channels.ts'
import { laneOf } from './inbox.ts'
import { transaction } from './pool.ts'
import { openPrisma } from './prisma.ts'

/** A group that was ever bound. */
export interface ChatView {
  id: number
  platform: string
  /** The platform's own id of the chat. */
  externalId: string
  threadId: string | null
  orgId: number | null
  orgName: string | null
  isGone: boolean
}

/** Group chats; private ones belong to their persons and are nobody else's business. */
export async function listGroups(pool: Pool): Promise<ChatView[]> {
  const prisma = await openPrisma(pool)
  const rows = await prisma.chat.findMany({
    where: { kind: 'group' },
    include: { org: { select: { name: true } } },
    orderBy: { chatId: 'asc' },
  })
  return rows.map(({ chatId, platform, externalId, threadId, orgId, org, isGone }) => ({
    ...{ id: chatId, platform, externalId, threadId, orgId, orgName: org?.name ?? null, isGone },
  }))
}

/** Unbinds a group from its organisation; what still waits to be sent there is dropped. */
export async function unbindGroup(pool: Pool, chatId: number, now: Date): Promise<{ dropped: number; orgId: number }> {
  return transaction(pool, async (client) => {
    const { rows } = await client.query('SELECT * FROM chat WHERE chat_id = $1 FOR UPDATE', [chatId])
    const chat = rows[0]
    if (!chat) throw new Refused(`There is no chat ${chatId}.`)
    if (chat.kind !== 'group') throw new Refused(`Chat ${chatId} is a person's private chat: only groups are bound.`)
    if (chat.org_id === null) throw new Refused(`Chat ${chatId} is not bound to any organisation.`)
    await client.query('UPDATE chat SET org_id = NULL WHERE chat_id = $1', [chatId])
    const { rowCount } = await client.query(
      `UPDATE outbox SET state = 'dropped', outcome = 'unbound', message = NULL, settled_at = now()
        WHERE state = 'queued' AND lane = $1`,
      [laneOf(chat.platform, chat.account_id, chat.external_id)],
    )
    const dropped = rowCount ?? 0
    const details = { platform: chat.platform, dropped }
    await recordChange(client, now, [
      { orgId: chat.org_id, action: 'chat.unbound', subject: `chat:${chatId}`, details },
    ])
    return { dropped, orgId: chat.org_id }
  })
}

/** A message that was set aside: refused for good (parked), or of unknown fate (unknown). */
export interface ParkedView {
  id: number
  platform: string
  state: 'parked' | 'unknown'
  outcome: string | null
  attempts: number
  createdAt: Date
  settledAt: Date | null
  /** Whether its words are still kept, so that it can be sent again. */
  canRetry: boolean
}

/** Messages that were set aside, oldest first. */
export async function listParked(pool: Pool): Promise<ParkedView[]> {
  const { rows } = await pool.query(
    `SELECT outbox_id AS id, platform, state, outcome, attempts, created_at AS "createdAt", settled_at AS "settledAt",
        message IS NOT NULL AS "canRetry"
      FROM outbox WHERE state IN ('parked', 'unknown') ORDER BY outbox_id`,
  )
  return rows as ParkedView[]
}

/**
 * Settles a message that was set aside: queued again, or dropped for good. One of unknown fate is queued only with
 * `mayRepeat`, because it may have been delivered.
 */
export async function settleParked(
  pool: Pool,
  outboxId: number,
  wanted: { settle: 'retry'; mayRepeat: boolean } | { settle: 'drop' },
  now: Date,
): Promise<{ state: 'queued' | 'dropped' }> {
  return transaction(pool, async (client) => {
    const { rows } = await client.query(
      `SELECT state, platform, message IS NOT NULL AS "hasWords" FROM outbox WHERE outbox_id = $1 FOR UPDATE`,
      [outboxId],
    )
    const row = rows[0]
    if (!row) throw new Refused(`There is no message ${outboxId}.`)
    if (row.state !== 'parked' && row.state !== 'unknown')
      throw new Refused(`Message ${outboxId} is not set aside: it is ${row.state}.`)
    if (wanted.settle === 'retry') {
      if (!row.hasWords) throw new Refused(`The words of message ${outboxId} are no longer kept: it cannot be sent.`)
      if (row.state === 'unknown' && !wanted.mayRepeat)
        throw new Refused(`Message ${outboxId} may have been delivered: look in the chat, then use --may-repeat.`)
      await client.query(
        `UPDATE outbox SET state = 'queued', outcome = NULL, attempts = 0, not_before = now(), lease_until = NULL, settled_at = NULL
          WHERE outbox_id = $1`,
        [outboxId],
      )
      await client.query(`NOTIFY ${channels.outbox}`)
    } else {
      await client.query(
        `UPDATE outbox SET state = 'dropped', outcome = 'operator', message = NULL, settled_at = now() WHERE outbox_id = $1`,
        [outboxId],
      )
    }
    const action = wanted.settle === 'retry' ? 'outbox.retried' : 'outbox.dropped'
    const details = { platform: row.platform, was: row.state }
    await recordChange(client, now, [{ orgId: null, action, subject: `outbox:${outboxId}`, details }])
    return { state: wanted.settle === 'retry' ? 'queued' : 'dropped' }
  })
}

/** An event that could not be handled. */
export interface FailedView {
  id: number
  platform: string
  failure: string
  receivedAt: Date
  failedAt: Date | null
}

/** Events that could not be handled, oldest first. */
export async function listFailed(pool: Pool): Promise<FailedView[]> {
  const prisma = await openPrisma(pool)
  const rows = await prisma.inbox.findMany({
    where: { failure: { not: null } },
    select: { inboxId: true, platform: true, failure: true, receivedAt: true, handledAt: true },
    orderBy: { inboxId: 'asc' },
  })
  return rows.map(({ inboxId, platform, failure, receivedAt, handledAt }) => ({
    ...{ id: Number(inboxId), platform, failure: failure ?? '', receivedAt, failedAt: handledAt },
  }))
}
