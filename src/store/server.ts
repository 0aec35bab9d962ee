import { join, resolve } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import type { Config } from '../config.ts'
import { type Log, logError } from '../log.ts'
import {
  type Cluster,
  findFreePort,
  isAlive,
  keepPort,
  openCluster,
  type Postmaster,
  readPostmaster,
  removeMisleadingPidFile,
  spawnPostmaster,
} from './cluster.ts'
import { makeDataFolder } from './data-folder.ts'
import { chooseAccount, findPostgres, type PostgresProgram } from './postgres-program.ts'
import { ensureProgramRole, PROGRAM_ROLE, programPassword } from './program-role.ts'

/** A database to use. */
export type Database = {
  /** The owner's, for migrations; where none was told apart, the program's. */
  url: string
  /** What everything but migrations connects to. */
  programUrl: string
  /** True when the server is the one this program runs under DATA_DIR. */
  embedded: boolean
  /** Process id of the embedded server at the time of the start. */
  pid?: number
  /** Resolves with the reason when the embedded server is gone and could not be brought back; the program must end then. */
  lost: Promise<Error>
  /** Lets the embedded server go; the last process that uses it stops it. Close pools first. Never throws. */
  stop(): Promise<void>
}

/** Name of the application's database in the embedded server. */
const DATABASE = 'nep'

/**
 * Advisory lock in the maintenance database by which processes share the embedded server: each holds it shared while it uses the server,
 * who stops it needs it alone. Locks die with their connection, so a killed process leaves none behind. The number is arbitrary.
 */
const USE_LOCK = 7_310_001

/** Crash recovery of a small database takes seconds; a server that needs longer than this is stuck. */
const START_DEADLINE_MS = 120_000

/** Time a stopping server has for its checkpoint before we leave it to finish alone. */
const STOP_DEADLINE_MS = 15_000

/** A busy server takes a moment to notice that a process was killed; until then its share looks alive. */
const PARTING_MS = 500

/** Bringing a crashed server back more often than this within RESTART_WINDOW_MS hides a fault that a person must see. */
const MAX_RESTARTS = 3
const RESTART_WINDOW_MS = 60_000

/**
 * Gives a database: the one of DATABASE_URL, or the embedded PostgreSQL under DATA_DIR, started or, when a process of this program
 * already runs it (or was killed and left it behind), joined. Any number of processes may share it; the last to stop ends it.
 * If the server dies meanwhile it is started again on the same port, and pools reconnect by themselves.
 *
 * `settings` adds to or replaces the server's settings if this process is the one that starts it (tests turn fsync off).
 *
 * @throws when the server cannot be started; the message says why and names the log
 */
export async function startDatabase(
  config: Pick<Config, 'databaseUrl' | 'dataDir'> & Partial<Pick<Config, 'databaseOwnerUrl'>>,
  log: Log,
  settings: Record<string, string> = {},
): Promise<Database> {
  if (config.databaseUrl !== undefined) {
    const { databaseUrl: programUrl, databaseOwnerUrl: url = programUrl } = config
    return { url, programUrl, embedded: false, lost: new Promise(() => {}), stop: async () => {} }
  }
  const dataDir = resolve(config.dataDir)
  await makeDataFolder(dataDir)
  const account = await chooseAccount(join(dataDir, 'postgres'), log)
  const cluster = await openCluster(dataDir, account, log)
  const embedded = new EmbeddedServer(cluster, () => findPostgres(account, dataDir, log), settings, log)
  return embedded.start()
}

/** One process's share in the embedded server. */
class EmbeddedServer {
  readonly #cluster: Cluster
  readonly #findProgram: () => Promise<PostgresProgram>
  readonly #settings: Record<string, string>
  readonly #log: Log
  #program: PostgresProgram | undefined
  #anchor: pg.Client | undefined
  #isStopping = false
  #recovery: Promise<void> = Promise.resolve()
  #restartedAt: number[] = []
  #declareLost: (reason: Error) => void = () => {}

  constructor(
    cluster: Cluster,
    findProgram: () => Promise<PostgresProgram>,
    settings: Record<string, string>,
    log: Log,
  ) {
    this.#cluster = cluster
    this.#findProgram = findProgram
    this.#settings = settings
    this.#log = log
  }

  async start(): Promise<Database> {
    const startedAt = performance.now()
    const server = await this.#join()
    if (server.port !== this.#cluster.port) await keepPort(this.#cluster, server.port)
    const durationMs = Math.round(performance.now() - startedAt)
    this.#log.info(
      { event: 'database.ready', port: server.port, pid: server.pid, durationMs },
      'embedded PostgreSQL ready',
    )
    const { user, password } = this.#cluster
    const lost = new Promise<Error>((resolve) => {
      this.#declareLost = resolve
    })
    return {
      url: `postgres://${user}:${password}@127.0.0.1:${server.port}/${DATABASE}`,
      programUrl: `postgres://${PROGRAM_ROLE}:${programPassword(password)}@127.0.0.1:${server.port}/${DATABASE}`,
      embedded: true,
      pid: server.pid,
      lost,
      stop: () => this.#stop(),
    }
  }

  /** Starts the server or joins the running one, and holds on to it. `port` forbids to move to another port. */
  async #join(port?: number): Promise<Postmaster> {
    const deadline = Date.now() + START_DEADLINE_MS
    let lastProblem = 'no answer'
    while (Date.now() < deadline && !this.#isStopping) {
      const running = readPostmaster(this.#cluster)
      if (running === undefined) {
        const problem = await this.#spawn(port)
        if (problem !== undefined) lastProblem = problem
      } else if (running.status === 'ready') {
        try {
          await this.#holdOn(running.port)
          return running
        } catch (err) {
          if (!isPassing(err)) throw err
          lastProblem = (err as Error).message
        }
      }
      await pause(10)
    }
    throw new Error(
      `the embedded PostgreSQL did not start: ${lastProblem}; see ${join(this.#cluster.home, 'server.log')}`,
    )
  }

  /** Starts the server process and waits until it is ready; returns why it ended when trying again may help. */
  async #spawn(fixedPort: number | undefined): Promise<string | undefined> {
    const port = fixedPort ?? this.#cluster.port
    await removeMisleadingPidFile(this.#cluster)
    this.#program ??= await this.#findProgram()
    const spawned = await spawnPostmaster(this.#cluster, this.#program, port, this.#settings)
    const isReady = async () => {
      while (!spawned.hasEnded()) {
        const running = readPostmaster(this.#cluster)
        if (running?.status === 'ready') return undefined
        await pause(5)
      }
      return spawned.ended
    }
    const problem = await isReady()
    if (problem === undefined) return undefined
    if (/lock file .* already exists|pre-existing shared memory/.test(problem)) return problem
    if (/could not bind|could not create any TCP/.test(problem) && fixedPort === undefined) {
      await keepPort(this.#cluster, await findFreePort())
      return problem
    }
    throw new Error(`the embedded PostgreSQL ended at its start: ${problem}`)
  }

  async #holdOn(port: number): Promise<void> {
    const { user, password } = this.#cluster
    const anchor = new pg.Client({
      ...{ host: '127.0.0.1', port, user, password, database: 'postgres' },
      application_name: 'nep anchor',
      connectionTimeoutMillis: 2_000, // it is this machine: what takes longer met a server that dies, try the next
      keepAlive: true,
    })
    anchor.on('error', () => undefined) // 'end' follows, where it is acted upon
    try {
      await anchor.connect()
      await anchor.query('SELECT pg_advisory_lock_shared($1)', [USE_LOCK])
      await ensureDatabase(anchor)
      await ensureProgramRole(anchor, programPassword(password))
    } catch (err) {
      await anchor.end().catch(() => undefined)
      throw err
    }
    this.#anchor = anchor
    anchor.once('end', () => {
      this.#anchor = undefined
      if (!this.#isStopping) this.#recovery = this.#recover(port)
    })
  }

  async #recover(port: number): Promise<void> {
    const now = Date.now()
    this.#restartedAt = [...this.#restartedAt.filter((at) => now - at < RESTART_WINDOW_MS), now]
    this.#log.error({ event: 'database.gone', port }, 'the embedded PostgreSQL is gone, starting it again')
    try {
      if (this.#restartedAt.length > MAX_RESTARTS) throw new Error('the embedded PostgreSQL died again and again')
      const server = await this.#join(port)
      this.#log.info({ event: 'database.ready', port: server.port, pid: server.pid }, 'the embedded PostgreSQL is back')
    } catch (err) {
      if (this.#isStopping) return
      logError(this.#log, 'database.lost', err)
      this.#declareLost(err instanceof Error ? err : new Error(String(err)))
    }
  }

  async #stop(): Promise<void> {
    if (this.#isStopping) return
    this.#isStopping = true
    try {
      // A recovery under way sees that we stop and ends; the server it may have started is ours to stop as well.
      await this.#recovery
      const running = readPostmaster(this.#cluster)
      if (running === undefined) return
      if (this.#anchor === undefined) await this.#holdOn(running.port)
      if (await this.#isAlone()) {
        // SIGINT is PostgreSQL's fast shutdown: sessions are ended, the state is written, nothing is to be recovered.
        process.kill(running.pid, 'SIGINT')
        await this.#awaitEnd(running.pid)
      }
    } catch (err) {
      // Two that stop at the same moment meet here: the other one ended the server.
      if (!isPassing(err)) logError(this.#log, 'database.stop', err)
    } finally {
      await this.#anchor?.end().catch(() => undefined)
    }
  }

  /** Gives up our share; true when nobody else has one, in which case new ones wait for the lock, then find the server gone. */
  async #isAlone(): Promise<boolean> {
    const anchor = this.#anchor!
    await anchor.query('SELECT pg_advisory_unlock_shared($1)', [USE_LOCK])
    const deadline = Date.now() + PARTING_MS
    for (;;) {
      const { rows } = await anchor.query('SELECT pg_try_advisory_lock($1) AS alone', [USE_LOCK])
      if (rows[0].alone || Date.now() > deadline) return rows[0].alone
      await pause(20)
    }
  }

  async #awaitEnd(pid: number): Promise<void> {
    const deadline = Date.now() + STOP_DEADLINE_MS
    while (isAlive(pid) && readPostmaster(this.#cluster)?.pid === pid) {
      if (Date.now() > deadline) {
        this.#log.warn(
          { event: 'database.slow', pid },
          'the embedded PostgreSQL is still writing; left to finish alone',
        )
        return
      }
      await pause(5)
    }
  }
}

async function ensureDatabase(client: pg.Client): Promise<void> {
  const found = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [DATABASE])
  if (found.rowCount !== 0) return
  await client.query(`CREATE DATABASE ${DATABASE}`).catch((err: { code?: string }) => {
    // Another process starting at the same time was first.
    if (err.code !== '42P04' && err.code !== '23505') throw err
  })
}

/** True for what goes by itself: the server starts, recovers or stops, or we met the moment between two servers. */
function isPassing(err: unknown): boolean {
  const code = (err as { code?: string }).code ?? ''
  // 57P01/57P02/57P03: shutting down, crashed, cannot connect now. The others: no listener, connection cut.
  if (['57P01', '57P02', '57P03', 'ECONNREFUSED', 'ECONNRESET', 'EPIPE'].includes(code)) return true
  // The rest is what pg says, without a code, when a connection breaks under it.
  return /Connection terminated|connection error|timeout/i.test((err as Error).message ?? '')
}
