import type { Pool } from 'pg'

/** A value the program keeps between starts; null where none was kept. */
export async function readSetting<T>(pool: Pool, key: string): Promise<T | null> {
  const { rows } = await pool.query('SELECT value FROM setting WHERE key = $1', [key])
  return rows[0]?.value ?? null
}

export async function writeSetting(pool: Pool, key: string, value: unknown): Promise<void> {
  await pool.query('INSERT INTO setting (key, value) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET value = $2', [
    key,
    JSON.stringify(value),
  ])
}
