import type { Pool } from 'pg'

/** How many rows wait or were set aside, for metrics and `nep doctor`. */
export async function queueDepths(
  pool: Pick<Pool, 'query'>,
): Promise<{ queue: 'inbox' | 'outbox'; state: string; count: number }[]> {
  const { rows } = await pool.query(
    `SELECT 'inbox' AS queue, 'waiting' AS state, count(*)::int AS count FROM inbox WHERE handled_at IS NULL
     UNION ALL SELECT 'inbox', 'failed', count(*)::int FROM inbox WHERE failure IS NOT NULL
     UNION ALL SELECT 'outbox', state, count(*)::int FROM outbox WHERE state <> 'sent' AND state <> 'dropped' GROUP BY state`,
  )
  return rows
}
