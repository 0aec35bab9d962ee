/** How processes on one database share the work: one tick a minute, and a word to each other when something waits. */
import pg from 'pg'
import type { Logger } from 'pino'
import { channels } from './channels.ts'

/** Elects one process for each run of each task, and keeps when the last tick was done. */
export function createCoordinator(pool: pg.Pool) {
  return {
    /** True for the first process that asks for this run. A run whose process dies is made up for by the next. */
    async shouldRun(key: string): Promise<boolean> {
      const { rowCount } = await pool.query(
        'INSERT INTO tick_run (name, last_at, due_until) VALUES ($1, now(), now()) ON CONFLICT (name) DO NOTHING',
        [key],
      )
      return rowCount === 1
    },
    async ran(now: Date): Promise<void> {
      await pool.query(
        `INSERT INTO tick_run (name, last_at, due_until) VALUES ('last', now(), $1)
          ON CONFLICT (name) DO UPDATE SET last_at = now(), due_until = $1`,
        [now],
      )
    },
    /** Seconds of real time since the last tick; null before the first. */
    async secondsSinceTick(): Promise<number | null> {
      const { rows } = await pool.query(
        `SELECT extract(epoch FROM now() - last_at)::float8 AS s FROM tick_run WHERE name = 'last'`,
      )
      return rows[0]?.s ?? null
    },
  }
}

/** Listens on a connection of its own and comes back when it breaks; polling covers the time between. */
export async function listen(
  url: string,
  log: Logger,
  on: { inbox(): void; outbox(): void; clock(): void },
): Promise<() => Promise<void>> {
  let isStopping = false
  let client: pg.Client | null = null
  let again: NodeJS.Timeout | undefined

  async function connect(): Promise<void> {
    const next = new pg.Client({ connectionString: url, application_name: 'nep listen', keepAlive: true })
    next.on('error', () => {
      if (isStopping || client !== next) return
      client = null
      log.warn({ event: 'listenLost' }, 'connection for notifications lost')
      retry()
    })
    next.on('notification', ({ channel }) => {
      if (channel === channels.inbox) on.inbox()
      else if (channel === channels.outbox) on.outbox()
      else on.clock()
    })
    await next.connect()
    for (const channel of Object.values(channels)) await next.query(`LISTEN ${channel}`)
    client = next
    on.inbox()
    on.outbox()
    on.clock()
  }
  function retry(): void {
    again = setTimeout(() => connect().catch(() => (isStopping ? undefined : retry())), 1_000)
  }
  await connect()
  return async () => {
    isStopping = true
    clearTimeout(again)
    await client?.end().catch(() => {})
  }
}

/** What need not be kept: dedupe keys as long as platforms may repeat (a day; 30 to be safe), settled messages as long. */
export async function housekeep(pool: pg.Pool): Promise<void> {
  await pool.query(`DELETE FROM inbox WHERE handled_at < now() - interval '30 days' AND failure IS NULL`)
  await pool.query(`DELETE FROM outbox WHERE settled_at < now() - interval '400 days'`)
  // The operator had a month to decide; the words are not kept longer.
  await pool.query(
    `UPDATE outbox SET message = NULL WHERE state IN ('parked', 'unknown') AND message IS NOT NULL AND settled_at < now() - interval '30 days'`,
  )
  await pool.query(`DELETE FROM tick_run WHERE name <> 'last' AND last_at < now() - interval '1 day'`)
  await pool.query(`DELETE FROM code WHERE expires_at < now() - interval '30 days'`)
  await pool.query(`DELETE FROM picture WHERE expires_at < now()`)
  await pool.query(`DELETE FROM picture_link WHERE expires_at < now()`)
  await pool.query(`DELETE FROM nudge WHERE at < now() - interval '30 days'`)
}
