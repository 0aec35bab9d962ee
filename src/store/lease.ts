/** Leases on bot accounts: one process at a time, by the database's clock. */
import type { Pool } from 'pg'
import type { LeaseState } from '../engine/store-port.ts'
import { isCertainlyGone } from './process-identity.ts'

export interface LeaseKey {
  platform: string
  accountId: string
}

/** Takes or renews a lease for so many seconds. */
export async function holdLease(
  pool: Pool,
  { platform, accountId }: LeaseKey,
  holder: string,
  seconds: number,
): Promise<LeaseState> {
  const take = async (goneHolder: string | null): Promise<LeaseState> => {
    const { rows } = await pool.query({
      name: 'lease-hold',
      text: `WITH before AS (SELECT holder FROM sender_lease WHERE platform = $1 AND account_id = $2)
        INSERT INTO sender_lease (platform, account_id, holder, expires_at) VALUES ($1, $2, $3, now() + $4 * interval '1 second')
        ON CONFLICT (platform, account_id) DO UPDATE SET holder = $3, expires_at = EXCLUDED.expires_at
        WHERE sender_lease.holder IN ($3, $5) OR sender_lease.expires_at < now()
        RETURNING (SELECT holder FROM before) AS before`,
      values: [platform, accountId, holder, seconds, goneHolder],
    })
    if (!rows[0]) return 'refused'
    const { before } = rows[0]
    if (before === holder) return 'held'
    return before === null || isCertainlyGone(before) ? 'taken' : 'takenOver'
  }
  const state = await take(null)
  if (state !== 'refused') return state
  const { rows } = await pool.query('SELECT holder FROM sender_lease WHERE platform = $1 AND account_id = $2', [
    platform,
    accountId,
  ])
  // A restart need not wait until the lease of the process before has run out.
  return rows[0] && isCertainlyGone(rows[0].holder) ? take(rows[0].holder) : 'refused'
}

/** Gives back everything that a holder has. */
export async function releaseLeases(pool: Pool, holder: string): Promise<void> {
  await pool.query('DELETE FROM sender_lease WHERE holder = $1', [holder])
}
