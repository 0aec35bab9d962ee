/** The engine's store: claims events, loads and writes rows, queues messages; each batch is one transaction. */
import type { ClientBase, Pool } from 'pg'
import type { Forget } from '../dialogue/effects.ts'
import type { CampaignDefaults } from '../domain/campaign.ts'
import type { AuditDraft, Batch, HandleStore, InboxRow, Outcome } from '../engine/store-port.ts'
import { channels } from './channels.ts'
import { type Hold, holding, holdOf, lockInOrder, ownersOf, Unheld } from './hold.ts'
import { claimEvents, createReceiver, insertEvents, lockOrganisations, markHandled } from './inbox.ts'
import { loadNeeds } from './load.ts'
import { forgetMentions, forgetPerson } from './local.ts'
import { enqueue } from './outbox.ts'
import { together, transaction } from './pool.ts'
import { writeChanges } from './write.ts'

export interface EngineStoreOptions {
  pool: Pool
  campaignDefaults: readonly CampaignDefaults[]
  /** Today by the program's clock in its zone, 'YYYY-MM-DD'. */
  today(): string
  /** The program's clock. */
  now(): Date
  onReceived(): void
}

/** Classes of SQLSTATE: connection, transaction undone, resources, object in use, operator or time-out, system; none: no answer at all. */
const transientClass = /^(08|25P0[34]|40|53|55P03|57|58)/

function isTransient(error: unknown): boolean {
  const { code } = error as { code?: unknown }
  if (error instanceof Unheld) return true
  // Errors of sockets have names (ECONNRESET), those of our own code have none and no word of a connection.
  if (typeof code !== 'string') return /connection/i.test((error as Error | null)?.message ?? '')
  return transientClass.test(code) || /^E[A-Z]+$/.test(code)
}

/** Thrown where a batch failed in the database: names the events that were in it. */
export class BatchError extends Error {
  readonly inboxIds: readonly number[]
  /** Not the events' fault, as far as can be told: a conflict, a time-out, a server that went away. */
  readonly isTransient: boolean
  constructor(inboxIds: readonly number[], cause: unknown) {
    super('a batch of events failed in the database', { cause })
    this.inboxIds = inboxIds
    this.isTransient = isTransient(cause)
  }
}

export function createEngineStore(
  options: EngineStoreOptions,
): HandleStore & { park(inboxId: number, failure: string): Promise<void> } {
  const { pool, campaignDefaults, today, now } = options

  function batchOf(client: ClientBase, hold: Hold): Batch {
    return {
      load: (world, needs) => loadNeeds({ client, world, campaignDefaults, today, now, hold }, needs),
      async write(changes) {
        hold.need(ownersOf(changes))
        await writeChanges(client, changes, today())
      },
      finish: (outcome) => finish(client, outcome),
    }
  }

  return {
    receive: createReceiver(pool, options.onReceived),
    async handle(limit, work) {
      let rows: InboxRow[] = []
      try {
        return await holding((more) =>
          transaction(pool, async (client) => {
            rows = await claimEvents(client, limit)
            if (rows.length === 0) return 0
            const held = new Set<number>()
            const locked = lockOrganisations(client, rows, more).then((orgIds) => {
              for (const orgId of orgIds) held.add(orgId)
            })
            // Statements are carried out in order: what the work reads, it reads under the lock.
            await together([locked, work(batchOf(client, holdOf(held)), rows)])
            return rows.length
          }),
        )
      } catch (error) {
        throw rows.length > 0
          ? new BatchError(
              rows.map((row) => row.inboxId),
              error,
            )
          : error
      }
    },
    within: (work, orgIds) =>
      holding((more) =>
        transaction(pool, async (client) => {
          const held = [...orgIds, ...more]
          await lockInOrder(client, held)
          await work(batchOf(client, holdOf(new Set(held))))
        }),
      ),
    /** Sets an event aside that the database keeps refusing; its content stays for the operator. */
    async park(inboxId, failure) {
      await transaction(pool, (client) => markHandled(client, [], [{ inboxId, failure }]))
    },
  }
}

async function writeAudits(client: ClientBase, audits: readonly AuditDraft[]): Promise<void> {
  if (audits.length === 0) return
  await client.query({
    name: 'audit-insert',
    text: `INSERT INTO audit_entry (org_id, at, actor_kind, actor_id, action, subject, details)
      SELECT "orgId", at, "actorKind", "actorId", action, subject, coalesce(details, '{}') FROM jsonb_to_recordset($1::jsonb)
        AS r("orgId" int, at timestamptz, "actorKind" text, "actorId" int, action text, subject text, details jsonb)`,
    values: [JSON.stringify(audits)],
  })
}

async function finish(client: ClientBase, outcome: Outcome): Promise<void> {
  for (const forget of outcome.forgets) await forgetEverywhere(client, forget)
  await together([
    enqueue(client, outcome.outbox),
    writeAudits(client, outcome.audits),
    markHandled(client, outcome.handled, outcome.failed),
    ...(outcome.replays.length > 0
      ? [insertEvents(client, outcome.replays), client.query(`NOTIFY ${channels.inbox}`)]
      : []),
    ...(outcome.outbox.length > 0 ? [client.query(`NOTIFY ${channels.outbox}`)] : []),
  ])
}

/**
 * Removes what names or describes a person wherever conversations do not reach: older deeds and their history, queued
 * messages, questions open with others, events set aside, the local transcript.
 */
async function forgetEverywhere(client: ClientBase, forget: Forget): Promise<void> {
  const { memberIds, people, chatIds, names, texts } = forget
  const words = [...names, ...texts]
  await client.query(
    `UPDATE deed SET content = NULL, note = NULL, return_reason = NULL, weakness = NULL, measure = NULL, target = NULL, evidence = NULL
      WHERE subject_kind = 'individual' AND subject_id = ANY($1)`,
    [memberIds],
  )
  await client.query('UPDATE deed SET in_charge_id = NULL WHERE in_charge_id = ANY($1)', [memberIds])
  await client.query(
    `UPDATE deed_progress SET note = NULL WHERE subject_kind = 'individual' AND subject_id = ANY($1)`,
    [memberIds],
  )
  await client.query('UPDATE commendation SET title = NULL, result = NULL WHERE member_id = ANY($1)', [memberIds])
  await client.query(
    `UPDATE deed_history SET content = NULL WHERE subject_kind = 'individual' AND subject_id = ANY($1)`,
    [memberIds],
  )
  await client.query('UPDATE data_request SET reason = NULL WHERE member_id = ANY($1)', [memberIds])
  await client.query('UPDATE attendance SET reason_kind = NULL WHERE member_id = ANY($1)', [memberIds])
  await client.query(
    `UPDATE outbox SET state = 'dropped', outcome = 'erased', message = NULL, settled_at = now()
      WHERE state IN ('queued', 'unknown', 'parked') AND EXISTS (SELECT FROM unnest($1::text[]) w WHERE position(w in message->>'text') > 0)`,
    [words],
  )
  await client.query(
    // As they stand in JSON: quotation marks and line breaks are escaped there.
    `DELETE FROM dialogue WHERE EXISTS (SELECT FROM unnest($1::text[]) w WHERE position(w in state::text) > 0)`,
    [words.map((word) => JSON.stringify(word).slice(1, -1))],
  )
  await client.query(`DELETE FROM chat WHERE chat_id = ANY($1) AND kind = 'private'`, [chatIds])
  for (const { platform, externalId } of people) {
    await client.query(
      `DELETE FROM chat WHERE platform = $1 AND kind = 'private' AND external_id IN ($2, 'dm:' || $2)`,
      [platform, externalId],
    )
    await client.query(
      `UPDATE inbox SET payload = NULL WHERE platform = $1 AND failure IS NOT NULL AND payload->'sender'->>'id' = $2`,
      [platform, externalId],
    )
    if (platform === 'local') await forgetPerson(client, { accountKey: externalId, names, texts })
  }
  // Others may have spoken of them there, also of somebody who writes on another platform.
  await forgetMentions(client, words)
}
