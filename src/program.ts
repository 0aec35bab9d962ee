/** The running program without its web server and signals: database → platforms → engine. */
import type { Config } from './config.ts'
import { dateOf, monthOf } from './domain/calendar.ts'
import { defaultQuietHours, quietUntil } from './domain/reminder-plan.ts'
import { type Engine, startEngine } from './engine/engine.ts'
import type { LocalChat } from './engine/local-chat.ts'
import type { Platform, WebhookRoute } from './engine/platform.ts'
import { clockSetting, createClock, createLocalChat, type MovableClock, watched } from './local-program.ts'
import { type Log, logError } from './log.ts'
import { createMetrics } from './metrics.ts'
import { createLocal, type LocalPlatform } from './platforms/local/index.ts'
import { createPlatforms, slackInstall } from './platforms.ts'
import { profiles } from './profiles/index.ts'
import { createCoordinator, housekeep, listen } from './store/coordination.ts'
import { readDataFiles, readDemo } from './store/data-files.ts'
import { isEmpty, seedDemo } from './store/demo.ts'
import { createEngineStore } from './store/engine-store.ts'
import { createLocalTranscript } from './store/local.ts'
import { createDeliverStore } from './store/outbox.ts'
import { createPictures, type PictureStore } from './store/pictures.ts'
import { createPool, type Pool } from './store/pool.ts'
import { prepareDatabase } from './store/program-role.ts'
import { createNightlyRetention } from './store/retention-nightly.ts'
import { type Database, startDatabase } from './store/server.ts'
import { readSetting } from './store/setting.ts'
import { createTickStore } from './store/tick-store.ts'
import { textsOf } from './texts/index.ts'
import type { Texts } from './texts/texts.ts'

export interface Program {
  pool: Pool
  engine: Engine
  platforms: readonly Platform[]
  /** Of every platform, those included that are not there yet. */
  webhooks: readonly WebhookRoute[]
  /** Pictures on their way to chats. */
  pictures: PictureStore
  /** How further Slack workspaces install the bot; only where the environment asks for it. */
  slackInstall: Awaited<ReturnType<typeof slackInstall>>
  clock: MovableClock
  texts: Texts
  /** Only where the local chat is on. */
  localChat: LocalChat | null
  metrics(): Promise<{ contentType: string; body: string }>
  secondsSinceTick(): Promise<number | null>
  /** Resolves with the reason when the database of our own has ended. */
  databaseLost: Promise<Error>
  /** Finishes what is under way and ends the database of our own. */
  stop(): Promise<void>
}

/** What may stand in for the real thing. */
export interface ProgramParts {
  /** In place of the system's clock, moved by what the local chat remembers. */
  clock?: MovableClock
  /** Beside those that the environment asks for. */
  platforms?: readonly Platform[]
}

/** Starts everything but the web server. Whoever calls it stops it. */
export async function startProgram(config: Config, log: Log, parts: ProgramParts = {}): Promise<Program> {
  const database = await startDatabase(config, log)
  try {
    return await startOn(database, config, log, parts)
  } catch (error) {
    // A server of our own must not stay behind a program that never ran.
    await database.stop()
    throw error
  }
}

async function startOn(database: Database, config: Config, log: Log, parts: ProgramParts): Promise<Program> {
  const texts = textsOf(config.locale, config.profile)
  await prepareDatabase(database, log)
  const pool = createPool(database.programUrl, { onError: (err) => logError(log, 'database.connection', err) })
  const { campaignDefaults, ...rules } = await readDataFiles(config.profile, config.locale)
  const offset = config.localChat ? ((await readSetting<number>(pool, clockSetting)) ?? 0) : 0
  const clock = parts.clock ?? createClock(offset)
  /** Another process moved the clock; it is never turned back. */
  async function followClock(): Promise<void> {
    if (!config.localChat || parts.clock) return
    const moved = await readSetting<number>(pool, clockSetting).catch(() => null)
    const to = new Date(Date.now() + (moved ?? 0))
    if (to > clock.now()) clock.set(to)
  }
  const { timeZone } = config
  const hasPlatform = config.zalo || config.telegram || config.slack
  if (config.localChat && !hasPlatform && (await isEmpty(pool)))
    await seedDemo(pool, await readDemo(config.profile, config.locale), timeZone, clock.now())

  const outside = await createPlatforms(config, texts, log, pool)
  const platforms: Platform[] = [...outside.ready, ...(parts.platforms ?? [])]
  const { transcript, subscribe } = watched(createLocalTranscript(pool))
  let local: LocalPlatform | undefined
  if (config.localChat) {
    local = createLocal({ transcript, clock, log })
    platforms.push(local)
  }

  const coordinator = createCoordinator(pool)
  const pictures = createPictures(pool, config.publicUrl)
  const today = () => dateOf(clock.now(), timeZone)
  const metrics = createMetrics(pool, coordinator.secondsSinceTick, today)
  const monthIn = (at: Date) => monthOf(at, timeZone)
  const retention = createNightlyRetention({ pool, dataDir: config.dataDir, zone: timeZone, now: clock.now, log })
  let nudge = () => {}
  const store = createEngineStore({
    pool,
    campaignDefaults,
    today,
    now: clock.now,
    onReceived: () => nudge(),
  })
  const engine = await startEngine({
    store,
    deliverStore: createDeliverStore(pool, clock.now, monthIn),
    tickStore: createTickStore(
      pool,
      store,
      (at) => quietUntil(at, timeZone, defaultQuietHours) ?? new Date(at.getTime() + 3_600_000),
    ),
    platforms,
    setting: { texts, defaultTimeZone: timeZone, ...rules, forms: profiles[config.profile].forms },
    clock,
    monthOf: monthIn,
    log,
    coordinator,
    listen: (on) => listen(database.programUrl, log, { ...on, clock: () => void followClock() }),
    housekeep: async () => {
      await housekeep(pool)
      await retention.run()
    },
    pictures,
    onSettled: metrics.onSettled,
    onHandled: metrics.onHandled,
  })
  nudge = engine.nudge
  const stopWaiting = outside.awaitLate(async (platform) => {
    await engine.add(platform)
    platforms.push(platform)
  })

  return {
    pool,
    engine,
    platforms,
    webhooks: [...outside.webhooks, ...(parts.platforms ?? []).flatMap(({ webhooks }) => [...webhooks])],
    pictures,
    slackInstall: await slackInstall(config, log, pool),
    clock,
    texts,
    localChat: local ? createLocalChat({ pool, clock, local, engine, transcript, subscribe }) : null,
    metrics: metrics.text,
    secondsSinceTick: coordinator.secondsSinceTick,
    databaseLost: database.lost,
    async stop() {
      stopWaiting()
      await retention.stop()
      await engine.stop()
      await pool.end()
      await database.stop()
    },
  }
}
