import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createLog } from '../../src/log.ts'
import { type Database, startDatabase } from '../../src/store/server.ts'

const log = createLog({ level: 'silent' })
const dist = pathToFileURL(join(import.meta.dirname, '..', '..', 'dist')).href

/** Quick settings would hide what a crash does; everything else is as in production. */
const start = (dataDir: string): Promise<Database> => startDatabase({ databaseUrl: undefined, dataDir }, log)

async function query<T extends pg.QueryResultRow>(url: string, statement: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => undefined)
  await client.connect()
  try {
    return (await client.query<T>(statement)).rows
  } finally {
    await client.end()
  }
}

async function until<T>(what: string, attempt: () => Promise<T | undefined>, deadlineMs = 50_000): Promise<T> {
  const deadline = Date.now() + deadlineMs
  while (Date.now() < deadline) {
    const result = await attempt().catch(() => undefined)
    if (result !== undefined) return result
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  throw new Error(`did not happen in ${deadlineMs} ms: ${what}`)
}

/** A process of its own that starts the database, says so, and stops it at SIGTERM. */
async function startInProcess(dataDir: string): Promise<{ child: ChildProcess; url: string; pid: number }> {
  const program = `
    const { startDatabase } = await import('${dist}/store/server.js')
    const { createLog } = await import('${dist}/log.js')
    const database = await startDatabase({ databaseUrl: undefined, dataDir: ${JSON.stringify(dataDir)} }, createLog({ level: 'silent' }))
    process.once('SIGTERM', async () => { await database.stop(); process.exit(0) })
    setInterval(() => {}, 1000)
    console.log(JSON.stringify({ url: database.url, pid: database.pid }))`
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(child.stdout!, 'data')
  return { child, ...JSON.parse(String(line)) }
}

async function kill(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

describe('the embedded PostgreSQL', () => {
  let root: string
  let dataDir: string

  beforeAll(async () => {
    root = await mkdtemp(join(await realpath(tmpdir()), "nep server's test "))
    await chmod(root, 0o711)
    dataDir = join(root, 'data with spaces')
  })
  afterAll(() => rm(root, { recursive: true, force: true }))

  test('is one server when two processes start on a fresh folder at once, and outlives the first to stop', async () => {
    const [first, second] = await Promise.all([startInProcess(dataDir), startInProcess(dataDir)])
    expect(second.pid).toBe(first.pid)
    expect(second.url).toBe(first.url)
    await query(first.url, 'CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)')
    await kill(first.child, 'SIGTERM')
    expect(await query(second.url, 'SELECT id FROM kept')).toEqual([{ id: 1 }])
    await kill(second.child, 'SIGTERM')
    await expect(query(first.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  test('keeps what was written, speaks UTF-8, and syncs to the disk', async () => {
    const database = await start(dataDir)
    expect(await query(database.url, 'SELECT id FROM kept')).toEqual([{ id: 1 }])
    const [settings] = await query(
      database.url,
      `SELECT current_setting('fsync') AS fsync, current_setting('server_encoding') AS encoding,
              current_setting('listen_addresses') AS address, lower('ĐẶNG') AS lower`,
    )
    expect(settings).toEqual({ fsync: 'on', encoding: 'UTF8', address: '127.0.0.1', lower: 'đặng' })
    await database.stop()
    await expect(query(database.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  test('asks for its password, and keeps it from other users', async () => {
    const database = await start(dataDir)
    const wrong = new URL(database.url)
    wrong.password = 'guess'
    await expect(query(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
    const { mode } = await stat(join(dataDir, 'postgres', 'connection.json'))
    expect(mode & 0o777).toBe(0o600)
    await database.stop()
  })

  test('is joined after a killed process left it behind', async () => {
    const killed = await startInProcess(dataDir)
    await kill(killed.child, 'SIGKILL')
    const database = await start(dataDir)
    expect(database.pid).toBe(killed.pid)
    expect(await query(database.url, 'SELECT id FROM kept')).toEqual([{ id: 1 }])
    await database.stop()
    await expect(query(database.url, 'SELECT 1')).rejects.toMatchObject({ code: 'ECONNREFUSED' })
  })

  test('starts again after it and its process were killed together', async () => {
    const killed = await startInProcess(dataDir)
    await query(killed.url, 'INSERT INTO kept VALUES (2)')
    process.kill(killed.pid, 'SIGKILL')
    await kill(killed.child, 'SIGKILL')
    const database = await start(dataDir)
    expect(await query(database.url, 'SELECT count(*)::int AS n FROM kept')).toEqual([{ n: 2 }])
    await database.stop()
  })

  test('comes back on the same address when it is killed while in use', async () => {
    const database = await start(dataDir)
    process.kill(database.pid!, 'SIGKILL')
    const rows = await until('an answer of the new server', () => query<{ n: number }>(database.url, 'SELECT 1 AS n'))
    expect(rows).toEqual([{ n: 1 }])
    await database.stop()
    await expect(query(database.url, 'SELECT 1')).rejects.toThrow()
  })

  test('gives up when it dies again and again', async () => {
    const database = await start(dataDir)
    let isLost = false
    const lost = database.lost.then((reason) => {
      isLost = true
      return reason
    })
    const pidFile = join(dataDir, 'postgres', 'cluster', 'postmaster.pid')
    let killed = 0
    await until('the loss', async () => {
      const [pid, , , , , , , status] = (await readFile(pidFile, 'utf8')).split('\n')
      if (!isLost && Number(pid) !== killed && status?.trim() === 'ready') {
        killed = Number(pid)
        process.kill(killed, 'SIGKILL')
      }
      return isLost ? true : undefined
    })
    expect((await lost).message).toMatch(/embedded PostgreSQL/)
    await database.stop()
  })

  test('starts when a stale pid file names a living process of another program', async () => {
    await (await start(dataDir)).stop()
    const pidFile = join(dataDir, 'postgres', 'cluster', 'postmaster.pid')
    await writeFile(pidFile, `${process.pid}\n${dirname(pidFile)}\n1\n1\n\n127.0.0.1\n\nready   \n`)
    const database = await start(dataDir)
    expect(database.pid).not.toBe(process.pid)
    await database.stop()
  })

  test('moves to another port when its own is taken, and keeps that', async () => {
    const before = await start(dataDir)
    await before.stop()
    const port = Number(new URL(before.url).port)
    const squatter = createServer().listen(port, '127.0.0.1')
    await once(squatter, 'listening')
    const moved = await start(dataDir)
    expect(moved.url).not.toBe(before.url)
    await moved.stop()
    await new Promise((resolve) => squatter.close(resolve))
    const after = await start(dataDir)
    expect(after.url).toBe(moved.url)
    await after.stop()
  })

  test.skipIf(process.getuid?.() !== 0)('runs for root in a folder that no other account can enter', async () => {
    const closed = join(root, 'closed')
    await mkdir(closed, { mode: 0o700 })
    const inside = join(closed, 'data')
    const database = await start(inside)
    const home = await realpath(join(inside, 'postgres'))
    try {
      expect(home.startsWith(root)).toBe(false)
      await query(database.url, 'CREATE TABLE kept (id int)')
      await database.stop()
      const again = await start(inside)
      expect(await query(again.url, 'SELECT id FROM kept')).toEqual([])
      await again.stop()
    } finally {
      await rm(home, { recursive: true, force: true })
    }
  })

  test('is not run at all when DATABASE_URL names a server', async () => {
    const database = await startDatabase(
      { databaseUrl: 'postgres://elsewhere/nep', dataDir: join(root, 'unused') },
      log,
    )
    expect(database).toMatchObject({ url: 'postgres://elsewhere/nep', embedded: false })
    await database.stop()
    await expect(readFile(join(root, 'unused'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})
