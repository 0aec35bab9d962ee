/** The whole program over one platform or several, on a database of the test's own and with a clock that is moved by hand. */
import type { Pool } from 'pg'
import { vi } from 'vitest'
import { loadConfig } from '../../../src/config.ts'
import type { Platform } from '../../../src/engine/platform.ts'
import type { MovableClock } from '../../../src/local-program.ts'
import { createLog, type Log } from '../../../src/log.ts'
import { type Program, startProgram } from '../../../src/program.ts'
import { createTestDatabase } from '../../database.ts'
import type { Line, OpenTown, Shown, Town } from './town.ts'

/** A Monday morning. */
export const MONDAY = new Date('2026-10-05T09:00:00+07:00')

const UNLIMITED = { perSecond: Number.POSITIVE_INFINITY, perChatPerSecond: Number.POSITIVE_INFINITY }

/** The adapter as it is, without its pace: conversations would take minutes. The pace has tests of its own. */
export function unhurried(platform: Platform): Platform {
  return new Proxy(platform, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target)
      return property === 'capabilities' ? { ...target.capabilities, rate: UNLIMITED } : value
    },
  })
}

export interface Stage {
  readonly pool: Pool
  readonly program: Program
  readonly towns: readonly Town[]
  readonly clock: MovableClock
  readonly logged: () => string
  /** Waits until nothing is left to handle or to send, then gives the messages that appeared since the last call. */
  news(town?: Town): Promise<Shown[]>
  /** Says it a second later than whatever was before, and gives what the bot wrote because of it. */
  say(line: Line, town?: Town): Promise<Shown[]>
  /** Moves the clock and lets the tick run. */
  tick(at: string | Date, town?: Town): Promise<Shown[]>
  rows<R = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<R[]>
  stop(): Promise<void>
}

export interface StageOptions {
  towns: readonly OpenTown[]
  people: Readonly<Record<string, string>>
  seed(pool: Pool): Promise<void>
  level?: string
}

/** Moves only when told to. */
export function handClock(at: Date): MovableClock {
  let now = at.getTime()
  return {
    now: () => new Date(now),
    set(to) {
      now = to.getTime()
    },
    offsetMs: () => 0,
  }
}

/** Resolves once every event is handled and nothing waits to be sent. */
export async function quiet(pool: Pool, timeoutMs = 20_000): Promise<void> {
  await vi.waitFor(
    async () => {
      const { rows } = await pool.query(
        `SELECT (SELECT count(*) FROM inbox WHERE handled_at IS NULL)::int AS inbox,
                (SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending'))::int AS outbox`,
      )
      if (rows[0].inbox + rows[0].outbox > 0) throw new Error(`still waiting: ${JSON.stringify(rows[0])}`)
    },
    { interval: 10, timeout: timeoutMs },
  )
}

/** A log that is kept; everything the program would write to its output. */
export function keptLog(level: string): { log: Log; logged: () => string } {
  const lines: string[] = []
  const log = createLog({ level, destination: { write: (line: string) => void lines.push(line) } })
  return { log, logged: () => lines.join('') }
}

export async function openStage(options: StageOptions): Promise<Stage> {
  const database = await createTestDatabase()
  const { pool } = database
  await options.seed(pool)
  const { log, logged } = keptLog(options.level ?? 'info')
  const towns: Town[] = []
  for (const open of options.towns) towns.push(await open({ log, people: options.people }))
  const isLocal = towns.some((town) => town.platform === undefined)
  const config = loadConfig({ DATABASE_URL: database.url, LOCAL_CHAT: isLocal ? 'on' : 'off', PORT: '0' })
  const clock = handClock(MONDAY)
  const platforms = towns.flatMap((town) => (town.platform ? [unhurried(town.platform)] : []))
  const program = await startProgram(config, log, { clock, platforms })
  for (const town of towns) town.open?.(program)
  const seen = new Map<Town, number>()

  const stage: Stage = {
    pool,
    program,
    towns,
    clock,
    logged,
    async news(town = towns[0]!) {
      await quiet(pool)
      const all = await town.shown()
      const fresh = all.slice(seen.get(town) ?? 0)
      seen.set(town, all.length)
      return fresh
    },
    async say(line, town = towns[0]!) {
      clock.set(new Date(clock.now().getTime() + 1_000))
      await town.say(line)
      return await stage.news(town)
    },
    async tick(at, town = towns[0]!) {
      clock.set(new Date(at))
      await program.engine.runTick()
      return await stage.news(town)
    },
    rows: async (sql, values = []) => (await pool.query(sql, values)).rows,
    async stop() {
      await program.stop()
      for (const town of towns) await town.close()
      await database.drop()
    },
  }
  return stage
}
