/** Starts everything on one machine and stops it in order. */

import { ConfigError, loadConfig } from './config.ts'
import { dateOf, monthOf } from './domain/calendar.ts'
import { defaultQuietHours, quietUntil } from './domain/reminder-plan.ts'
import { startEngine } from './engine/engine.ts'
import type { Platform } from './engine/platform.ts'
import { clockSetting, createClock, createLocalChat, watched } from './local-program.ts'
import { createLog, logError } from './log.ts'
import { createMetrics } from './metrics.ts'
import { createLocal, type LocalPlatform } from './platforms/local/index.ts'
import { createPlatforms } from './platforms.ts'
import { createCoordinator, housekeep, listen } from './store/coordination.ts'
import { readDataFiles } from './store/data-files.ts'
import { isEmpty, seedDemo } from './store/demo.ts'
import { createEngineStore } from './store/engine-store.ts'
import { createLocalTranscript } from './store/local.ts'
import { migrate } from './store/migrate.ts'
import { createDeliverStore } from './store/outbox.ts'
import { createPool } from './store/pool.ts'
import { startDatabase } from './store/server.ts'
import { readSetting } from './store/setting.ts'
import { createTickStore } from './store/tick-store.ts'
import { textsOf } from './texts/index.ts'
import { createWeb, startWeb } from './web/server.ts'

/** Everything under way must end within this; then the process ends anyway and the database knows where we were. */
const stopDeadlineMs = 15_000
/** A tick older than this means that reminders may be late. */
const freshTickSeconds = 180

async function main(): Promise<void> {
  const config = loadConfig(process.env)
  const log = createLog({ level: config.logLevel })
  const texts = textsOf(config.locale)
  const database = await startDatabase(config, log)
  await migrate(database.url, log)
  const pool = createPool(database.url, { onError: (err) => logError(log, 'database.connection', err) })
  const { holidays, campaignDefaults } = await readDataFiles()
  const offset = config.localChat ? ((await readSetting<number>(pool, clockSetting)) ?? 0) : 0
  const clock = createClock(offset)
  const { timeZone } = config
  if (config.localChat && (await isEmpty(pool))) await seedDemo(pool, timeZone, clock.now())

  const platforms: Platform[] = await createPlatforms(config, texts, log)
  const { transcript, subscribe } = watched(createLocalTranscript(pool))
  let local: LocalPlatform | undefined
  if (config.localChat) {
    local = createLocal({ transcript, clock, log })
    platforms.push(local)
  }

  const coordinator = createCoordinator(pool)
  const metrics = createMetrics(pool, coordinator.secondsSinceTick)
  const monthIn = (at: Date) => monthOf(at, timeZone)
  let nudge = () => {}
  const store = createEngineStore({
    pool,
    campaignDefaults,
    today: () => dateOf(clock.now(), timeZone),
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
    setting: { texts, defaultTimeZone: timeZone, holidays },
    clock,
    monthOf: monthIn,
    log,
    coordinator,
    listen: (on) => listen(database.url, log, on),
    housekeep: () => housekeep(pool),
    onSettled: metrics.onSettled,
    onHandled: metrics.onHandled,
  })
  nudge = engine.nudge

  const app = createWeb({
    isAlive: () => true,
    ready: () => readiness(pool, coordinator.secondsSinceTick),
    metrics: metrics.text,
    webhooks: platforms.flatMap((platform) => [...platform.webhooks]),
    ...(local ? { localChat: createLocalChat({ pool, clock, local, engine, transcript, subscribe }) } : {}),
    log,
    clock,
    timeZone,
  })
  const web = await startWeb(app, { host: config.host, port: config.port })
  process.stdout.write(`Nếp: ${web.url}${local ? '/chat' : ''}\n`)

  let isStopping = false
  const stop = async (reason: string, exitCode: number) => {
    if (isStopping) return
    isStopping = true
    log.info({ event: 'stopping', reason }, 'stopping')
    // Whatever hangs, the process ends: the inbox and outbox hold what was not finished.
    setTimeout(() => process.exit(exitCode || 1), stopDeadlineMs).unref()
    try {
      await web.close(stopDeadlineMs / 3)
      await engine.stop()
      await pool.end()
      await database.stop()
    } catch (error) {
      logError(log, 'stop', error)
    }
    process.exit(exitCode)
  }
  process.on('SIGTERM', () => void stop('SIGTERM', 0))
  process.on('SIGINT', () => void stop('SIGINT', 0))
  process.on('unhandledRejection', (error) => {
    logError(log, 'unhandledRejection', error)
    void stop('unhandledRejection', 1)
  })
  void database.lost.then((error) => {
    logError(log, 'database.lost', error)
    void stop('databaseLost', 1)
  })
}

async function readiness(pool: ReturnType<typeof createPool>, secondsSinceTick: () => Promise<number | null>) {
  const check = async (name: string, look: () => Promise<string | null>) => {
    try {
      const problem = await look()
      return { name, ok: problem === null, detail: problem ?? 'ok' }
    } catch {
      return { name, ok: false, detail: 'no answer' }
    }
  }
  const checks = await Promise.all([
    check('database', async () => {
      await pool.query('SELECT 1')
      return null
    }),
    check('migrations', async () => {
      const { rows } = await pool.query(
        'SELECT count(*)::int AS open FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL',
      )
      return rows[0]?.open === 0 ? null : `${rows[0]?.open} not finished`
    }),
    check('tick', async () => {
      const age = await secondsSinceTick()
      if (age === null) return 'no tick yet'
      return age <= freshTickSeconds ? null : `last tick ${Math.round(age)} s ago`
    }),
  ])
  return { ok: checks.every((each) => each.ok), checks }
}

main().catch((error) => {
  if (error instanceof ConfigError) {
    for (const problem of error.problems) process.stderr.write(`${problem}\n`)
    process.exit(2)
  }
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
