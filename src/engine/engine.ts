/** The running engine: receives, answers, delivers and ticks, until it is stopped. */
import cron from 'node-cron'
import type { Logger } from 'pino'
import { createSender } from './deliver.ts'
import type { Setting } from './facts.ts'
import { createHandler } from './handle.ts'
import type { Pictures } from './pictures.ts'
import type { Platform, Sink } from './platform.ts'
import { receiveAlone } from './receive-alone.ts'
import type { DeliverStore, HandleStore, Settlement } from './store-port.ts'
import { createTick, type TickStore } from './tick.ts'

export interface EngineDeps {
  store: HandleStore & { park(inboxId: number, failure: string): Promise<void> }
  deliverStore: DeliverStore
  tickStore: TickStore
  platforms: readonly Platform[]
  setting: Setting
  clock: { now(): Date }
  monthOf(at: Date): string
  log: Logger
  /** Elects one process per minute; records when the last tick ran. */
  coordinator: { shouldRun(key: string): Promise<boolean>; ran(now: Date): Promise<void> }
  /** Calls back whenever another process says that something waits. */
  listen(on: { inbox(): void; outbox(): void }): Promise<() => Promise<void>>
  housekeep(): Promise<void>
  /** Pictures that queued messages name. */
  pictures?: Pictures
  onSettled?(settled: readonly Settlement[]): void
  onHandled?(count: number, failed: number): void
}

/** How long to rest when nobody says that something waits: another process may have died before it could. */
const idlePollMs = 5_000
/** Times an event may break the transaction it is in before it is set aside. */
const maxBatchFailures = 3
/** The same where the database was busy or gone, each time after a rest: some minutes at least. */
const maxTransientFailures = 60

export type Engine = Awaited<ReturnType<typeof startEngine>>

export async function startEngine(deps: EngineDeps) {
  const { store, log, clock } = deps
  const platforms = [...deps.platforms]
  const capabilitiesOf = (platform: string, accountId: string) =>
    platforms.find((each) => each.name === platform && each.accountId === accountId)?.capabilities ?? null
  const handler = createHandler({
    store,
    setting: deps.setting,
    clock,
    capabilitiesOf,
    log,
    onHandled: deps.onHandled,
  })
  const tick = createTick({ store: deps.tickStore, setting: deps.setting, capabilitiesOf, accounts: platforms, log })
  const senderOf = (platform: Platform) =>
    createSender(platform, {
      store: deps.deliverStore,
      clock,
      monthOf: deps.monthOf,
      log,
      pictures: deps.pictures,
      onSettled: (settled) => {
        for (const each of settledListeners) each()
        deps.onSettled?.(settled)
      },
    })
  const senders = platforms.map(senderOf)
  const settledListeners = new Set<() => void>()
  const nudgeSenders = () => {
    for (const sender of senders) sender.nudge()
  }

  let isStopping = false
  let isAwake = false
  let wake: () => void = () => {}
  const nudge = () => {
    isAwake = true
    wake()
  }
  const rest = () =>
    new Promise<void>((resolve) => {
      if (isAwake || isStopping) return resolve()
      const timer = setTimeout(done, idlePollMs)
      function done() {
        clearTimeout(timer)
        wake = () => {}
        resolve()
      }
      wake = done
    })

  /** A batch that the database refuses is taken apart: one bad event must not hold up the others. */
  const failures = new Map<number, number>()
  async function handleLoop(): Promise<void> {
    let failedBefore = false
    while (!isStopping) {
      isAwake = false
      try {
        const count = failedBefore ? await handler.handleOne() : await handler.handleSome()
        if (count > 0) {
          nudgeSenders()
          for (const each of settledListeners) each()
          continue
        }
        failedBefore = false
      } catch (error) {
        log.error({ err: error }, 'handling interrupted')
        const { inboxIds: ids = [], isTransient = false } = error as {
          inboxIds?: readonly number[]
          isTransient?: boolean
        }
        const [only] = ids
        if (ids.length === 1 && only !== undefined) {
          const times = (failures.get(only) ?? 0) + 1
          failures.set(only, times)
          if (times >= (isTransient ? maxTransientFailures : maxBatchFailures)) {
            failures.delete(only)
            await store.park(only, 'databaseRefused').catch(() => {})
          }
        }
        failedBefore = true
        if (ids.length === 0 || isTransient) await rest()
        continue
      }
      await rest()
    }
  }

  /**
   * What is meant for nobody is nobody's business: it is not even written to the inbox. A pressed button is answered
   * as soon as the press is durable, so that the person's app stops waiting.
   */
  const sinkOf = (platform: Platform): Sink => {
    return async (events) => {
      await store.receive(events.filter((event) => event.kind !== 'message' || event.addressed !== 'none'))
      nudge()
      for (const { action } of events) {
        if (!action) continue
        platform.acknowledgePress?.(action.pressId).catch((error) => log.warn({ err: error }, 'press not acknowledged'))
      }
    }
  }
  const stopListening = await deps.listen({ inbox: nudge, outbox: nudgeSenders })
  const handling = handleLoop()
  const receive = (platform: Platform) =>
    platform.receivesAlone
      ? receiveAlone(platform, sinkOf(platform), { store: deps.deliverStore, log })
      : platform.receive(sinkOf(platform))
  const stops = await Promise.all(platforms.map(receive))

  async function runTick(): Promise<void> {
    const now = clock.now()
    await tick.run(now)
    await deps.coordinator.ran(now)
    nudgeSenders()
  }
  const task = cron.schedule('* * * * *', () => runTick().catch((error) => log.error({ err: error }, 'tick failed')), {
    name: 'nep-tick',
    timezone: 'UTC',
    noOverlap: true,
    distributed: true,
    runCoordinator: { shouldRun: (key) => deps.coordinator.shouldRun(key) },
    suppressMissedWarning: true,
  })
  const housekeeping = cron.schedule(
    '17 * * * *',
    () => deps.housekeep().catch((error) => log.error({ err: error }, 'housekeeping failed')),
    {
      name: 'nep-housekeeping',
      timezone: 'UTC',
      noOverlap: true,
      distributed: true,
      runCoordinator: { shouldRun: (key) => deps.coordinator.shouldRun(key) },
      suppressMissedWarning: true,
    },
  )
  // What fell due while nothing ran is decided now, not at the next full minute.
  await runTick()

  return {
    nudge,
    runTick,
    nextDueAt: tick.nextDueAt,
    nudgeSenders,
    /** Takes in a platform that could not be reached at the start: it receives, and what was queued for it goes out. */
    async add(platform: Platform): Promise<void> {
      if (isStopping) return
      platforms.push(platform)
      senders.push(senderOf(platform))
      stops.push(await receive(platform))
    },
    /** Calls back after each batch handled or delivered. */
    onProgress(listener: () => void): () => void {
      settledListeners.add(listener)
      return () => settledListeners.delete(listener)
    },
    /** Stops receiving, finishes what is under way, delivers what is being sent. */
    async stop(): Promise<void> {
      await task.stop()
      await housekeeping.stop()
      await Promise.all(stops.map((stop) => stop()))
      isStopping = true
      nudge()
      await handling
      await Promise.all(senders.map((sender) => sender.stop()))
      await stopListening()
    },
  }
}
