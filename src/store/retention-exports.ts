/** Exports that stay behind: whoever has their data erased afterwards is taken out of them as well. */
import { open, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool } from 'pg'

/** Rewrites every export without the lines about these members. Resolves with the number of lines taken out. */
export async function forgetInExports(dataDir: string, memberIds: readonly number[]): Promise<number> {
  if (memberIds.length === 0) return 0
  const directory = join(dataDir, 'exports')
  const gone = new Set(memberIds)
  const names = await readdir(directory).catch((error: { code?: string }) => {
    if (error.code === 'ENOENT') return []
    throw error
  })
  let lines = 0
  for (const name of names.filter((each) => each.endsWith('.jsonl')))
    lines += await without(join(directory, name), gone)
  return lines
}

async function without(path: string, gone: ReadonlySet<number>): Promise<number> {
  const source = await open(path, 'r')
  const target = await open(`${path}.part`, 'w', 0o600)
  let left = 0
  try {
    for await (const line of source.readLines()) {
      const { memberId } = JSON.parse(line) as { memberId?: number | null }
      if (typeof memberId === 'number' && gone.has(memberId)) left += 1
      else await target.write(`${line}\n`)
    }
    await target.sync()
  } finally {
    await source.close().catch(() => {})
    await target.close()
  }
  await rename(`${path}.part`, path)
  return left
}

/** Members whose data were erased at their wish since an instant. */
export async function erasedSince(pool: Pick<Pool, 'query'>, since: Date): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(
    `SELECT DISTINCT member_id AS id FROM data_request WHERE kind = 'erase' AND outcome = 'fulfilled' AND member_id IS NOT NULL AND closed_at >= $1`,
    [since],
  )
  return rows.map(({ id }) => id)
}
