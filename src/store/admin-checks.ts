/** What the database tells of the program's health. */
import { isDeepStrictEqual } from 'node:util'
import type { Pool } from 'pg'
import { deedCountsOf, inOrder, recountedDeedCountsOf } from './deed-counts.ts'
import { participationOf, recountedParticipationOf } from './participation.ts'

/** How far the local chat has moved the program's clock, in milliseconds; kept by `local-program`. */
export async function clockOffsetMs(pool: Pool): Promise<number> {
  const { rows } = await pool.query("SELECT value FROM setting WHERE key = 'localClockOffsetMs'")
  return typeof rows[0]?.value === 'number' ? rows[0].value : 0
}

/** What of the database's state the doctor judges. Ages are in seconds by the database's clock. */
export interface Health {
  serverVersion: string
  migrations: number
  /** Database's clock less ours, in milliseconds; negative where ours is ahead. */
  clockSkewMs: number
  /** Zones of organisations that PostgreSQL does not know. */
  badZones: number
  /** Processes that serve chats on this database, and the age of the oldest. */
  servers: number
  serverAge: number | null
  tickAge: number | null
  /** Messages that wait, and for how long the longest could have been sent. */
  queued: number
  queuedAge: number | null
  /** Set aside within the last week, and longer ago. */
  parked: { recent: number; older: number }
  unknown: { recent: number; older: number }
  failed: { recent: number; older: number }
  /** Events received and not handled, and how long the oldest waits. */
  waiting: number
  waitingAge: number | null
}

const recent = `interval '7 days'`

const healthSql = `
  SELECT current_setting('server_version') AS "serverVersion",
    (SELECT count(*)::int FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL) AS migrations,
    (SELECT count(*)::int FROM organisation o WHERE NOT EXISTS (SELECT FROM pg_timezone_names z WHERE z.name = o.time_zone)) AS "badZones",
    s.servers, s."serverAge",
    (SELECT extract(epoch FROM now() - last_at)::float8 FROM tick_run WHERE name = 'last') AS "tickAge",
    b.*, i.waiting, i."waitingAge", i.failed
  FROM (SELECT count(*)::int AS servers, max(extract(epoch FROM now() - backend_start))::float8 AS "serverAge"
      FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'nep listen') s,
    (SELECT count(*) FILTER (WHERE state IN ('queued', 'sending'))::int AS queued,
        max(extract(epoch FROM now() - not_before)) FILTER (WHERE state = 'queued')::float8 AS "queuedAge",
        jsonb_build_object('recent', count(*) FILTER (WHERE state = 'parked' AND settled_at > now() - ${recent}),
          'older', count(*) FILTER (WHERE state = 'parked' AND settled_at <= now() - ${recent})) AS parked,
        jsonb_build_object('recent', count(*) FILTER (WHERE state = 'unknown' AND settled_at > now() - ${recent}),
          'older', count(*) FILTER (WHERE state = 'unknown' AND settled_at <= now() - ${recent})) AS unknown
      FROM outbox WHERE state IN ('queued', 'sending', 'parked', 'unknown')) b,
    (SELECT count(*) FILTER (WHERE handled_at IS NULL)::int AS waiting,
        max(extract(epoch FROM now() - received_at)) FILTER (WHERE handled_at IS NULL)::float8 AS "waitingAge",
        jsonb_build_object('recent', count(*) FILTER (WHERE failure IS NOT NULL AND handled_at > now() - ${recent}),
          'older', count(*) FILTER (WHERE failure IS NOT NULL AND handled_at <= now() - ${recent})) AS failed
      FROM inbox WHERE handled_at IS NULL OR failure IS NOT NULL) i`

/** Asks everything at once, and the clock so that the way there and back does not count. */
export async function readHealth(pool: Pool): Promise<Health> {
  const { rows } = await pool.query(healthSql)
  const before = Date.now()
  const { rows: clock } = await pool.query('SELECT clock_timestamp() AS at')
  const after = Date.now()
  return { ...(rows[0] as Omit<Health, 'clockSkewMs'>), clockSkewMs: clock[0].at.getTime() - (before + after) / 2 }
}

/** Messages sent by one bot account in a month 'YYYY-MM', as delivery counts them. */
export async function sentInMonth(pool: Pool, platform: string, accountId: string, month: string): Promise<number> {
  const { rows } = await pool.query(
    'SELECT sent FROM send_count WHERE platform = $1 AND account_id = $2 AND month = $3',
    [platform, accountId, month],
  )
  return rows[0]?.sent ?? 0
}

/**
 * Organisations whose kept counts differ from what rosters and deeds say, of all that have no parent and some others, in the
 * years there are deeds of. Both are read in one snapshot.
 */
export async function driftedCounts(pool: Pool): Promise<{ looked: number; drifted: number[] }> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
    const { rows } = await client.query<{ orgId: number; year: number }>(
      `SELECT o.org_id AS "orgId", y.year FROM (
         (SELECT org_id FROM organisation WHERE parent_id IS NULL ORDER BY org_id LIMIT 10)
         UNION (SELECT org_id FROM organisation ORDER BY md5(org_id::text) LIMIT 50)) o
       CROSS JOIN (SELECT DISTINCT year FROM pledge_count UNION SELECT extract(year FROM now())::int) y`,
    )
    const kept = await participationOf(client, rows)
    const counted = await recountedParticipationOf(client, rows)
    const keptDeeds = (await deedCountsOf(client, rows, 0)).map(inOrder)
    const countedDeeds = (await recountedDeedCountsOf(client, rows)).map(inOrder)
    const drifted = rows
      .filter((_, at) => !isDeepStrictEqual([kept[at], keptDeeds[at]], [counted[at], countedDeeds[at]]))
      .map(({ orgId }) => orgId)
    return { looked: rows.length, drifted: [...new Set(drifted)] }
  } finally {
    await client.query('ROLLBACK').catch(() => {})
    client.release()
  }
}

/** People and groups that a bot account is known to serve; whoever has not agreed to anything is not known. */
export async function servedBy(
  pool: Pool,
  platform: string,
  accountId: string,
): Promise<{ users: number; groups: number }> {
  const { rows } = await pool.query({
    name: 'served-by',
    text: `SELECT (SELECT count(*)::int FROM account WHERE platform = $1 AND bot_account_id = $2) AS users,
      (SELECT count(*)::int FROM chat WHERE platform = $1 AND account_id = $2 AND kind = 'group' AND NOT is_gone) AS groups`,
    values: [platform, accountId],
  })
  return rows[0]
}
