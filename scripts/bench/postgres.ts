/** A PostgreSQL server of the benchmarks' own: the embedded one with its own settings, so with fsync on. */
import { readdirSync, readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { createLog } from '../../src/log.ts'
import { startDatabase } from '../../src/store/server.ts'

export interface BenchServer {
  /** Makes an empty database; resolves with its address. */
  createDatabase(name: string): Promise<string>
  /** Processor time of all processes of the server so far, in µs; null where the system does not tell. */
  cpuMicros(): number | null
  stop(): Promise<void>
}

/** What /proc counts in: 100 a second on every Linux that Node supports. */
const microsPerTick = 10_000

interface Stat {
  pid: number
  parent: number
  own: number
  reaped: number
}

function statOf(pid: number): Stat | null {
  try {
    // The name in parentheses may hold spaces; the fields after it are state, parent, …, utime, stime, cutime, cstime.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
    const ticks = (index: number) => Number(fields[index])
    return { pid, parent: ticks(1), own: ticks(11) + ticks(12), reaped: ticks(13) + ticks(14) }
  } catch {
    return null
  }
}

/** The server's time, its children's, and what children that have ended took. */
export function cpuOfTree(pid: number): number | null {
  const root = statOf(pid)
  if (!root) return null
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => statOf(Number(name)) ?? [])
    .filter((stat) => stat.parent === pid)
  const ticks = root.own + root.reaped + children.reduce((sum, child) => sum + child.own + child.reaped, 0)
  return ticks * microsPerTick
}

export async function startServer(): Promise<BenchServer> {
  const dataDir = await mkdtemp(join(tmpdir(), 'nep-bench-'))
  await chmod(dataDir, 0o711)
  const database = await startDatabase({ databaseUrl: undefined, dataDir }, createLog({ level: 'warn' }))
  const { pid } = database
  return {
    async createDatabase(name) {
      const client = new pg.Client({ connectionString: database.url })
      await client.connect()
      await client.query(`CREATE DATABASE ${name}`)
      await client.end()
      const url = new URL(database.url)
      url.pathname = `/${name}`
      return url.href
    },
    cpuMicros: () => (pid === undefined ? null : cpuOfTree(pid)),
    async stop() {
      await database.stop()
      await rm(dataDir, { recursive: true, force: true })
    },
  }
}
