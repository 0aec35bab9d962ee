/**
 * Takes away what is older than the operator keeps: a year is exported to a file and its figures are kept in one snapshot; only
 * then are its rows deleted, few at a time, so that nobody waits for long. Whatever breaks off is taken up where it stood.
 */
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Pool, PoolClient } from 'pg'
import { defaultRetention, lastYearToDelete, type RetentionPolicy, retentionSetting } from '../domain/retention.ts'
import { Refused, recordChange } from './admin.ts'
import { keepFigures } from './kept-years.ts'
import { transaction } from './pool.ts'
import { countSql, deleteSql, exportSql, yearsSql, yearTables } from './retention-rows.ts'
import { readSetting, writeSetting } from './setting.ts'

/** What the operator's tool and the program share. */
export interface RetentionSetting {
  dataDir: string
  now: Date
  /** By the operator's clock. */
  thisYear: number
}

/** A year that was, or is being, taken away. */
export interface RetentionRun {
  year: number
  exportedAt: Date | null
  file: string | null
  rows: Record<string, number> | null
  finishedAt: Date | null
  failure: string | null
}

const runList = `year, exported_at AS "exportedAt", file, rows, finished_at AS "finishedAt", failure`

export async function readPolicy(pool: Pool): Promise<RetentionPolicy> {
  return { ...defaultRetention, ...((await readSetting<Partial<RetentionPolicy>>(pool, retentionSetting)) ?? {}) }
}

/** Sets what is given and leaves the rest. */
export async function setPolicy(pool: Pool, change: Partial<RetentionPolicy>, now: Date): Promise<RetentionPolicy> {
  const policy = { ...(await readPolicy(pool)), ...change }
  await writeSetting(pool, retentionSetting, policy)
  await recordChange(pool, now, [
    { orgId: null, action: 'retention.set', subject: 'retention', details: { ...policy } },
  ])
  return policy
}

/** Years that are to go, the oldest first. */
async function dueYears(client: Pick<Pool, 'query'>, upTo: number): Promise<number[]> {
  const { rows } = await client.query<{ year: number }>(yearsSql, [upTo])
  return rows.map(({ year }) => year)
}

async function rowsOfYear(client: Pick<Pool, 'query'>, year: number): Promise<Record<string, number>> {
  const counts: Record<string, number> = {}
  for (const table of yearTables) {
    const { rows } = await client.query<{ count: number }>(countSql(table), [year])
    counts[table.table] = rows[0]!.count
  }
  return counts
}

/** What there is to do and what was done. */
export async function retentionStatus(pool: Pool, thisYear: number) {
  const policy = await readPolicy(pool)
  const deletesUpTo = lastYearToDelete(policy, thisYear)
  const waiting = []
  for (const year of await dueYears(pool, deletesUpTo)) waiting.push({ year, rows: await rowsOfYear(pool, year) })
  const { rows: runs } = await pool.query<RetentionRun>(`SELECT ${runList} FROM retention_run ORDER BY year`)
  return { ...policy, deletesUpTo, waiting, runs }
}

/** Lines fetched and written at once. */
const linesAtOnce = 1000

/**
 * Writes one JSON object a line, readable by its owner alone: first what it is, last how many rows of each table there are. It
 * bears its name only once it is complete and on the disk.
 */
async function writeExport(
  client: PoolClient,
  year: number,
  { dataDir, now }: RetentionSetting,
): Promise<{ file: string; rows: Record<string, number> }> {
  const directory = join(dataDir, 'exports')
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const file = `nep-${year}-${now.toISOString().replace(/\D/g, '').slice(0, 14)}.jsonl`
  const part = join(directory, `${file}.part`)
  await rm(part, { force: true })
  const handle = await open(part, 'wx', 0o600)
  const rows: Record<string, number> = {}
  try {
    const write = (value: unknown) => handle.write(`${JSON.stringify(value)}\n`)
    await write({ table: 'export', version: 1, year, madeAt: now.toISOString() })
    for (const table of yearTables) {
      rows[table.table] = 0
      await client.query(`DECLARE export CURSOR FOR ${exportSql(table).replaceAll('$1', String(year))}`)
      for (;;) {
        const { rows: lines } = await client.query<{ line: unknown }>(`FETCH ${linesAtOnce} FROM export`)
        if (lines.length === 0) break
        rows[table.table]! += lines.length
        await handle.write(lines.map(({ line }) => `${JSON.stringify(line)}\n`).join(''))
      }
      await client.query('CLOSE export')
    }
    await write({ table: 'end', rows })
    await handle.sync()
  } catch (error) {
    await handle.close()
    await rm(part, { force: true })
    throw error
  }
  await handle.close()
  await rename(part, join(directory, file))
  return { file, rows }
}

/** The export and the figures of one year, of one snapshot. Nothing is deleted before this is committed. */
async function exportYear(pool: Pool, year: number, setting: RetentionSetting): Promise<void> {
  await transaction(pool, async (client) => {
    await client.query('SET TRANSACTION ISOLATION LEVEL REPEATABLE READ')
    // Only reads, and its own tables: nobody waits for it, however large the year.
    await client.query(`SET LOCAL statement_timeout = '10min'`)
    const { file, rows } = await writeExport(client, year, setting)
    await keepFigures(client, year)
    await client.query(
      `INSERT INTO retention_run (year, exported_at, file, rows) VALUES ($1, $2, $3, $4) ON CONFLICT (year) DO UPDATE
        SET exported_at = $2, file = $3, rows = $4, finished_at = NULL, failure = NULL`,
      [year, setting.now, file, JSON.stringify(rows)],
    )
  })
}

/** Rows deleted in one transaction: some tens of milliseconds. Deeds have counts that follow from them in that time. */
const rowsAtOnce = (table: string) => (table === 'deed' || table === 'member' ? 500 : 10_000)

async function deleteYear(
  pool: Pool,
  year: number,
  now: Date,
  isStopping: () => boolean,
): Promise<Record<string, number>> {
  const deleted: Record<string, number> = {}
  for (const table of yearTables) {
    deleted[table.table] = 0
    const most = rowsAtOnce(table.table)
    for (;;) {
      if (isStopping()) return deleted
      const values = table.table === 'member' ? [year, most, now] : [year, most]
      const gone = await transaction(
        pool,
        async (client) => (await client.query(deleteSql(table), values)).rowCount ?? 0,
      )
      deleted[table.table]! += gone
      if (gone < most) break
    }
  }
  return deleted
}

async function record(client: Pick<Pool, 'query'>, now: Date, action: string, subject: string, details: object) {
  await client.query(
    `INSERT INTO audit_entry (at, actor_kind, action, subject, details) VALUES ($1, 'program', $2, $3, $4)`,
    [now, action, subject, JSON.stringify(details)],
  )
}

/** Consents of people who have gone, and requests that are closed, once they are older than is kept. */
async function deleteOldProofs(pool: Pool, logYears: number, now: Date): Promise<void> {
  const before = `$1::timestamptz - make_interval(years => $2)`
  const deleted = await transaction(pool, async (client) => {
    const consents = await client.query(
      // The agreement in force is the newest one of its account and is kept as long as it holds.
      `DELETE FROM consent c WHERE c.at < ${before} AND EXISTS (SELECT FROM consent n WHERE n.account_id = c.account_id AND n.consent_id > c.consent_id)`,
      [now, logYears],
    )
    const requests = await client.query(`DELETE FROM data_request WHERE closed_at < ${before}`, [now, logYears])
    return { consents: consents.rowCount ?? 0, requests: requests.rowCount ?? 0 }
  })
  if (deleted.consents + deleted.requests > 0) await record(pool, now, 'retention.deleted', 'proofs', deleted)
}

/** One at a time on a database, whoever asks. */
const retentionLock = 7_310_007

/**
 * Exports and takes away every year that is due. Resolves with the years done; throws what stopped it, with nothing of that
 * year deleted where its export was what failed. `Refused` where another process is at it.
 */
export async function runRetention(
  pool: Pool,
  setting: RetentionSetting,
  isStopping: () => boolean = () => false,
): Promise<{ year: number; file: string | null; deleted: Record<string, number> }[]> {
  const holder = await pool.connect()
  try {
    const { rows } = await holder.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1) AS mine', [retentionLock])
    if (!rows[0]!.mine) throw new Refused('Another process is deleting old years right now.')
    try {
      return await run(pool, setting, isStopping)
    } finally {
      await holder.query('SELECT pg_advisory_unlock($1)', [retentionLock])
    }
  } finally {
    holder.release()
  }
}

async function run(pool: Pool, setting: RetentionSetting, isStopping: () => boolean) {
  const { now, thisYear } = setting
  const policy = await readPolicy(pool)
  const done = []
  for (const year of await dueYears(pool, lastYearToDelete(policy, thisYear))) {
    if (isStopping()) break
    const { rows } = await pool.query<RetentionRun>(`SELECT ${runList} FROM retention_run WHERE year = $1`, [year])
    // A run that broke off in the middle has its export; rows that came to a finished year later are exported anew.
    const isUnderWay = rows[0]?.exportedAt && !rows[0].finishedAt
    try {
      if (!isUnderWay) await exportYear(pool, year, setting)
    } catch (error) {
      const failure = (error as { code?: string }).code ?? (error as Error).name
      await pool.query(
        `INSERT INTO retention_run (year, failure) VALUES ($1, $2) ON CONFLICT (year) DO UPDATE SET failure = $2`,
        [year, failure],
      )
      throw error
    }
    const deleted = await deleteYear(pool, year, now, isStopping)
    if (isStopping()) break
    const finished = await pool.query<RetentionRun>(
      `UPDATE retention_run SET finished_at = $2, failure = NULL WHERE year = $1 RETURNING ${runList}`,
      [year, now],
    )
    await record(pool, now, 'retention.deleted', `year:${year}`, deleted)
    done.push({ year, file: finished.rows[0]?.file ?? null, deleted })
  }
  await deleteOldProofs(pool, policy.logYears, now)
  return done
}
