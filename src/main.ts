/** Starts everything on one machine and stops it in order. */

import { ConfigError, loadConfig } from './config.ts'
import { createLog, logError } from './log.ts'
import { startProgram } from './program.ts'
import type { Pool } from './store/pool.ts'
import { createWeb, startWeb } from './web/server.ts'

/** Everything under way must end within this; then the process ends anyway and the database knows where we were. */
const stopDeadlineMs = 15_000
/** A tick older than this means that reminders may be late. */
const freshTickSeconds = 180

async function main(): Promise<void> {
  const config = loadConfig(process.env)
  const log = createLog({ level: config.logLevel })
  const closers: (() => Promise<void>)[] = []
  let hasStarted = () => {}
  const started = new Promise<void>((resolve) => {
    hasStarted = resolve
  })
  let isStopping = false
  const stop = async (cause: string, exitCode: number) => {
    if (isStopping) return
    isStopping = true
    log.info({ event: 'stopping', cause }, 'stopping')
    // Whatever hangs, the process ends: the inbox and outbox hold what was not finished.
    setTimeout(() => process.exit(exitCode || 1), stopDeadlineMs).unref()
    // Asked in the middle of a start, it ends what it began: a database being made or migrated is not left half done.
    await started
    try {
      for (const close of closers.reverse()) await close()
    } catch (error) {
      logError(log, 'stop', error)
    }
    process.exit(exitCode)
  }
  process.on('SIGTERM', () => void stop('SIGTERM', 0))
  process.on('SIGINT', () => void stop('SIGINT', 0))
  process.on('SIGHUP', () => void stop('SIGHUP', 0))
  process.on('unhandledRejection', (error) => {
    logError(log, 'unhandledRejection', error)
    void stop('unhandledRejection', 1)
  })

  const program = await startProgram(config, log)
  closers.push(() => program.stop())
  if (isStopping) return hasStarted()
  void program.databaseLost.then((error) => {
    logError(log, 'database.lost', error)
    void stop('databaseLost', 1)
  })
  const { localChat } = program
  const app = createWeb({
    isAlive: () => true,
    ready: () => readiness(program.pool, program.secondsSinceTick),
    metrics: program.metrics,
    webhooks: program.webhooks,
    ...(localChat ? { localChat } : {}),
    ...(program.slackInstall ? { slackInstall: program.slackInstall } : {}),
    ...(config.publicUrl === undefined ? {} : { openPicture: program.pictures.open }),
    log,
    clock: program.clock,
    timeZone: config.timeZone,
    texts: program.texts,
  })
  const web = await startWeb(app, { host: config.host, port: config.port }).catch(async (error) => {
    await program.stop()
    throw error
  })
  closers.push(() => web.close(stopDeadlineMs / 3))
  if (!isStopping) process.stdout.write(`Nếp: ${web.url}${localChat ? '/chat' : ''}\n`)
  hasStarted()
}

async function readiness(pool: Pool, secondsSinceTick: () => Promise<number | null>) {
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
