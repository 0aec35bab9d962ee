/**
 * Rows of sealed Slack installations, one for each workspace, and the key that seals them. The key lies in the data
 * directory and never in the database: a copy of the database alone opens nothing.
 */
import { randomBytes } from 'node:crypto'
import { link, mkdir, open, readFile, unlink } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool } from 'pg'

/** Opaque text by workspace; what it holds is known to the Slack adapter alone. */
export interface SlackInstallationRows {
  save(teamId: string, sealed: string): Promise<void>
  load(teamId: string): Promise<string | undefined>
  remove(teamId: string): Promise<void>
}

/** Keeps installations in `slack_installation`. */
export function createSlackInstallationRows(pool: Pool): SlackInstallationRows {
  return {
    async save(teamId, sealed) {
      await pool.query(
        `INSERT INTO slack_installation (team_id, sealed, updated_at) VALUES ($1, $2, now())
          ON CONFLICT (team_id) DO UPDATE SET sealed = EXCLUDED.sealed, updated_at = EXCLUDED.updated_at`,
        [teamId, sealed],
      )
    },
    async load(teamId) {
      const { rows } = await pool.query({
        name: 'slack-installation',
        text: 'SELECT sealed FROM slack_installation WHERE team_id = $1',
        values: [teamId],
      })
      return rows[0]?.sealed
    },
    async remove(teamId) {
      await pool.query('DELETE FROM slack_installation WHERE team_id = $1', [teamId])
    },
  }
}

/** AES-256. */
const keyBytes = 32
const keyFile = 'slack-installations.key'

/**
 * The sealing key of this installation of the program, made when it is first asked for; only its owner may read it.
 * Processes that start together agree on one.
 *
 * @throws where the file holds something else than a key: making a new one would lose every installation
 */
export async function readSealingKey(dataDir: string): Promise<Uint8Array> {
  const path = join(dataDir, keyFile)
  const read = async () => {
    const key = Buffer.from(await readFile(path, 'utf8'), 'base64url')
    if (key.byteLength !== keyBytes) throw new Error(`${keyFile} in the data directory does not hold a key of 32 bytes`)
    return key
  }
  try {
    return await read()
  } catch (error) {
    if ((error as { code?: string }).code !== 'ENOENT') throw error
  }
  await mkdir(dataDir, { recursive: true })
  // Written whole under another name first: a reader never sees half a key, and the first link wins.
  const draft = `${path}.${randomBytes(6).toString('hex')}`
  const file = await open(draft, 'wx', 0o600)
  try {
    await file.writeFile(randomBytes(keyBytes).toString('base64url'))
    await file.sync()
  } finally {
    await file.close()
  }
  await link(draft, path).catch((error) => {
    if ((error as { code?: string }).code !== 'EEXIST') throw error
  })
  await unlink(draft)
  return await read()
}
