/** What the database tells of the program's health. */
import type { Pool } from 'pg'

/** How far the local chat has moved the program's clock, in milliseconds; kept by `local-program`. */
export async function clockOffsetMs(pool: Pool): Promise<number> {
  const { rows } = await pool.query("SELECT value FROM setting WHERE key = 'localClockOffsetMs'")
  return typeof rows[0]?.value === 'number' ? rows[0].value : 0
}
