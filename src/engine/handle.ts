/** Answers waiting events, many in one transaction: facts are loaded set-based, the answers are pure. */
import type { Logger } from 'pino'
import type { Effect } from '../dialogue/effects.ts'
import type { Asked } from '../dialogue/facts.ts'
import { type CapabilitiesOf, plan } from './apply.ts'
import { withoutClosed } from './closed-guard.ts'
import { baseKeyOf, createFacts, likelyNeeds, type Setting } from './facts.ts'
import type { InboundEvent } from './platform.ts'
import { askedOf, respond } from './respond.ts'
import type { Batch, HandleStore, InboxRow, Outcome } from './store-port.ts'
import { Missing, type Need, needKey, World } from './world.ts'

/** Events in one transaction: enough to share a commit among all that came meanwhile, few enough to answer quickly. */
const batchSize = 500

/** Loading in turn of what answers turned out to need, without one answer; more means a fact that is never there. */
const maxRounds = 40

export interface HandleDeps {
  store: HandleStore
  setting: Setting
  clock: { now(): Date }
  capabilitiesOf: CapabilitiesOf
  log: Logger
  /** Counts for metrics. */
  onHandled?(count: number, failed: number): void
}

interface Waiting {
  row: InboxRow
  asked: Asked
}

/** A message that had to wait, as an event of its own. */
function replayed(key: string, asked: Asked, now: Date, causeInboxId: number): InboundEvent {
  return {
    platform: asked.platform as InboundEvent['platform'],
    accountId: asked.botAccountId,
    eventKey: `replay:${key}`,
    kind: 'message',
    chat: { id: asked.chatExternalId, kind: asked.chatKind, ...(asked.threadId ? { threadId: asked.threadId } : {}) },
    sender: { id: asked.personExternalId, displayName: asked.displayName, isBot: false, isAnonymous: false },
    text: asked.text,
    addressed: asked.addressed,
    ...(asked.messageId ? { messageId: asked.messageId } : {}),
    occurredAt: now.toISOString(),
    causeInboxId,
  }
}

export function createHandler(deps: HandleDeps) {
  const { store, setting, clock, capabilitiesOf, log } = deps

  /** Answers one event against the batch's rows; throws `Missing` for what is not loaded yet, changing nothing. */
  function answerOne({ row, asked }: Waiting, world: World, outcome: Outcome): void {
    const now = clock.now()
    const usedIds = new Map<string, number>()
    const { event } = row
    const facts = createFacts(world, asked, now, setting, usedIds)
    const botNames = capabilitiesOf(event.platform, event.accountId)?.botNames ?? []
    const effects = withoutClosed(respond(event, facts, botNames), facts, world)
    const planned = plan(event, row.inboxId, effects, facts, world, capabilitiesOf)
    world.spendIds(usedIds)
    for (const change of planned.changes) world.apply(change)
    outcome.outbox.push(...planned.outbox)
    outcome.audits.push(...planned.audits)
    outcome.replays.push(
      ...effects.flatMap((effect: Effect) =>
        'replay' in effect
          ? [replayed(effect.replay.key, effect.replay.asked, now, event.causeInboxId ?? row.inboxId)]
          : [],
      ),
    )
    outcome.forgets.push(...effects.flatMap((effect: Effect) => ('forget' in effect ? [effect.forget] : [])))
    outcome.handled.push(row.inboxId)
  }

  /** What to say when our own code failed on an event: the person is told, the operator finds the row. */
  function fail(row: InboxRow, error: unknown, outcome: Outcome): void {
    const name = error instanceof Error ? error.name : 'unknown'
    log.error({ err: error, inboxId: row.inboxId, platform: row.event.platform, kind: row.event.kind }, 'event failed')
    outcome.failed.push({ inboxId: row.inboxId, failure: name })
    if (row.event.addressed === 'none') return
    const { event } = row
    outcome.outbox.push({
      key: `in:${row.inboxId}:failed`,
      platform: event.platform,
      accountId: event.accountId,
      message: {
        chat: {
          id: event.chat.id,
          kind: event.chat.kind,
          ...(event.chat.threadId ? { threadId: event.chat.threadId } : {}),
        },
        text: setting.texts.failed,
      },
      causeInboxId: event.causeInboxId ?? row.inboxId,
      expiresAt: null,
      isRepeatable: false,
      rank: 'receipt',
    })
  }

  async function work(batch: Batch, rows: readonly InboxRow[]): Promise<void> {
    const world = new World()
    const outcome: Outcome = { handled: [], failed: [], outbox: [], audits: [], replays: [], forgets: [] }
    const all = rows.map((row): Waiting => ({ row, asked: askedOf(row.event) }))
    const lanes = new Map<string, Waiting[]>()
    for (const waiting of all) {
      const { platform, accountId, chat, newChatId } = waiting.row.event
      const lane = `${platform}:${accountId}:${newChatId ?? chat.id}`
      const queue = lanes.get(lane)
      if (queue) queue.push(waiting)
      else lanes.set(lane, [waiting])
    }
    await batch.load(
      world,
      all.map(({ asked }) => ({ slice: 'base' as const, of: baseKeyOf(asked) })),
    )
    const likely = all.flatMap(({ row, asked }) =>
      row.event.addressed === 'none' ? [] : likelyNeeds(world, asked, clock.now()),
    )
    if (likely.length > 0) await batch.load(world, likely)
    for (let fruitless = 0; lanes.size > 0; fruitless += 1) {
      const needs = new Map<string, Need>()
      for (const [lane, queue] of lanes) {
        while (queue.length > 0) {
          const first = queue[0]!
          try {
            answerOne(first, world, outcome)
            // What one event changes, others may have to load anew: only rounds that answer nobody count.
            fruitless = 0
          } catch (error) {
            if (error instanceof Missing && fruitless < maxRounds) {
              for (const need of error.needs) needs.set(needKey(need), need)
              break
            }
            fail(first.row, error, outcome)
          }
          queue.shift()
        }
        if (queue.length === 0) lanes.delete(lane)
      }
      if (needs.size === 0) continue
      // What is loaded next may count or select over rows that this batch has changed.
      if (world.hasChanges()) await batch.write(world.takeChanges())
      await batch.load(world, [...needs.values()])
    }
    await batch.write(world.takeChanges())
    await batch.finish(outcome)
    deps.onHandled?.(outcome.handled.length, outcome.failed.length)
  }

  return {
    /** Handles what waits; resolves with the number of events. */
    handleSome: () => store.handle(batchSize, work),
    /** The same for a single event, to find the one that breaks a batch. */
    handleOne: () => store.handle(1, work),
  }
}
