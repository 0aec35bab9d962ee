import { execFile, execFileSync, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import {
  chmod,
  chown,
  lstat,
  mkdir,
  mkdtemp,
  open,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { promisify } from 'node:util'
import type { Log } from '../log.ts'
import { type Account, canEnter, findPostgres, type PostgresProgram, SYSTEM_HOME } from './postgres-program.ts'

/** A PostgreSQL data directory of ours. `home` holds `cluster/`, `connection.json` and `server.log`. */
export type Cluster = {
  home: string
  directory: string
  account: Account
  user: string
  password: string
  port: number
}

/** What `postmaster.pid` says about the server of a cluster. */
export type Postmaster = { pid: number; port: number; status: string }

type ConnectionFile = { user: string; password: string; port: number }

const USER = 'nep'

/** PostgreSQL needs no more of our environment, and bot tokens have no business in another process. */
const CHILD_ENV = { PATH: process.env.PATH ?? '/usr/bin:/bin', LC_ALL: 'C', TZ: 'UTC' }

/**
 * Settings of the embedded server, for a machine that may have one core, 1 GB and a slow disk; given on the command line so that
 * a newer version of this program brings newer numbers to an old cluster.
 */
const SETTINGS: Record<string, string> = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '', // a socket's path may hold 107 bytes, a clone's path may be longer
  max_connections: '60', // three programs with a pool of 10 each, tools and maintenance, with room; ~10 kB shared each
  shared_buffers: '64MB', // a few thousand cells fit; half of the default, which is made for a server of its own
  work_mem: '4MB',
  maintenance_work_mem: '32MB',
  effective_cache_size: '256MB', // what a 1 GB machine leaves for the page cache
  io_method: 'sync', // three I/O workers fewer than the default; reads come from memory here
  max_parallel_workers_per_gather: '0', // statements are small; a worker process costs more than it saves
  max_worker_processes: '2',
  max_logical_replication_workers: '0',
  autovacuum_max_workers: '2',
  autovacuum_naptime: '30s', // inbox, outbox and leases are small tables that turn over quickly
  min_wal_size: '32MB', // two segments, the least allowed; the default keeps 80 MB
  max_wal_size: '256MB', // the default lets 1 GB of log grow
  wal_recycle: 'on',
  checkpoint_timeout: '10min',
  random_page_cost: '1.1', // flash
  jit: 'off',
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Privacy: an error's DETAIL holds key values, and its statement may hold text. Neither goes to the server's log.
  log_error_verbosity: 'terse',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
}

/**
 * Opens the cluster under `dataDir`, making it on first use. Several processes may do so at once: a new cluster is built aside and
 * put in place by one rename, so that the first wins and the others use it.
 */
export async function openCluster(dataDir: string, account: Account, log: Log): Promise<Cluster> {
  const place = join(dataDir, 'postgres')
  if (!(await isThere(place))) {
    const program = await findPostgres(account, dataDir, log)
    await createCluster(dataDir, place, account, program, log)
  }
  const home = await realpath(place).catch(() => {
    throw new Error(
      `${place} points to a folder that is gone: restore it, or remove ${place} to begin with an empty database`,
    )
  })
  const connection = await readConnection(home)
  return { home, directory: join(home, 'cluster'), account, ...connection }
}

async function isThere(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined)
  if (found?.isSymbolicLink()) return true
  // An empty folder (a fresh volume mounted there) is no cluster yet.
  return found !== undefined && (await readdir(path).catch(() => ['unreadable'])).length > 0
}

async function readConnection(home: string): Promise<ConnectionFile> {
  const path = join(home, 'connection.json')
  try {
    return JSON.parse(await readFile(path, 'utf8'))
  } catch (err) {
    const isDenied = (err as NodeJS.ErrnoException).code === 'EACCES'
    const reason = isDenied ? 'it belongs to another user: start as that user, or choose another DATA_DIR' : String(err)
    throw new Error(`cannot read ${path}: ${reason}`)
  }
}

async function createCluster(dataDir: string, place: string, account: Account, program: PostgresProgram, log: Log) {
  const isReachable = canEnter(account, dataDir)
  const parent = isReachable ? dataDir : SYSTEM_HOME
  await mkdir(parent, { recursive: true, mode: 0o755 })
  await removeAbandoned(parent)
  const fresh = await mkdtemp(join(parent, '.postgres-new-'))
  try {
    await initialise(fresh, account, program)
    if (isReachable) {
      await rename(fresh, place)
    } else {
      const home = join(parent, `postgres-${randomBytes(4).toString('hex')}`)
      await rename(fresh, home)
      await symlink(home, place).catch(async (err) => {
        await rm(home, { recursive: true, force: true })
        throw err
      })
      log.warn(
        { event: 'cluster.elsewhere', directory: home },
        'PostgreSQL cannot run as root and its account cannot enter DATA_DIR: the database is kept elsewhere, DATA_DIR links to it',
      )
    }
    log.info({ event: 'cluster.created', directory: place }, 'database created')
  } catch (err) {
    await rm(fresh, { recursive: true, force: true })
    const lostTheRace = ['ENOTEMPTY', 'EEXIST'].includes((err as NodeJS.ErrnoException).code ?? '')
    if (!lostTheRace) throw err
  }
}

/** Removes what a start that was killed in the middle left; a living one takes seconds, also on a slow machine, so ten minutes are ample. */
async function removeAbandoned(parent: string): Promise<void> {
  for (const name of await readdir(parent)) {
    if (!name.startsWith('.postgres-new-')) continue
    const path = join(parent, name)
    const found = await stat(path).catch(() => undefined)
    if (found !== undefined && Date.now() - found.mtimeMs > 600_000) await rm(path, { recursive: true, force: true })
  }
}

async function initialise(home: string, account: Account, program: PostgresProgram): Promise<void> {
  const connection: ConnectionFile = {
    user: USER,
    password: randomBytes(24).toString('hex'),
    port: await findFreePort(),
  }
  const passwordFile = join(home, 'password')
  await writeFile(passwordFile, connection.password, { mode: 0o600 })
  await writeFile(join(home, 'connection.json'), `${JSON.stringify(connection)}\n`, { mode: 0o600 })
  await chmod(home, 0o700)
  if (account !== undefined)
    for (const path of [home, passwordFile, join(home, 'connection.json')]) await chown(path, account.uid, account.gid)
  const args = [
    ...['--pgdata', join(home, 'cluster'), '--username', USER, '--pwfile', passwordFile, '--auth', 'scram-sha-256'],
    // The builtin provider sorts by code point on every machine: no dependence on the system's locales.
    ...['--encoding', 'UTF8', '--locale', 'C', '--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
    '--no-instructions',
  ]
  await promisify(execFile)(program.initdb, args, { ...account, cwd: '/', env: CHILD_ENV }).catch((err) => {
    throw new Error(`PostgreSQL could not make its data directory: ${String(err.stderr || err.message).trim()}`)
  })
  await rm(passwordFile)
}

/** A port of the loopback address that was free a moment ago. */
export async function findFreePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  if (address === null || typeof address === 'string') throw new Error('no free port')
  return address.port
}

/** Keeps the port for the next start, so that an operator's saved address goes on working. */
export async function keepPort(cluster: Cluster, port: number): Promise<void> {
  cluster.port = port
  const path = join(cluster.home, 'connection.json')
  const { user, password } = cluster
  await writeFile(`${path}.new`, `${JSON.stringify({ user, password, port })}\n`, { mode: 0o600 })
  if (cluster.account !== undefined) await chown(`${path}.new`, cluster.account.uid, cluster.account.gid)
  await rename(`${path}.new`, path)
}

/**
 * The server that runs on this cluster, if one does. A pid file whose process is gone, or whose number now belongs to some other
 * program (usual after a reboot of a container), counts as none.
 */
export function readPostmaster(cluster: Cluster): Postmaster | undefined {
  const lines = readPidFile(cluster)?.split('\n')
  if (lines === undefined) return undefined
  // Lines: pid, directory, start time, port, socket directory, address, shared memory, status.
  const pid = Number(lines[0])
  if (!Number.isInteger(pid) || pid <= 0 || !isPostmasterOf(cluster, pid)) return undefined
  return { pid, port: Number(lines[3] ?? 0), status: (lines[7] ?? 'starting').trim() }
}

function readPidFile(cluster: Cluster): string | undefined {
  try {
    return readFileSync(join(cluster.directory, 'postmaster.pid'), 'utf8')
  } catch {
    return undefined
  }
}

/**
 * Removes a pid file left by a killed server whose number now belongs to another living program: PostgreSQL would refuse to start.
 * (A number that belongs to nobody PostgreSQL handles itself.) The file is taken aside first and looked at again, because a second process
 * may have started a server since: its file is put back.
 */
export async function removeMisleadingPidFile(cluster: Cluster): Promise<void> {
  const found = readPidFile(cluster)
  const pid = Number(found?.split('\n')[0])
  if (found === undefined || !(pid > 0) || !isAlive(pid) || isPostmasterOf(cluster, pid)) return
  const path = join(cluster.directory, 'postmaster.pid')
  const aside = `${path}.${process.pid}`
  await rename(path, aside).catch(() => undefined)
  if ((await readFile(aside, 'utf8').catch(() => found)) === found) await rm(aside, { force: true })
  else await rename(aside, path)
}

/**
 * Whether a process was started as this cluster's server, told by its command line, which every user may read (its working directory would
 * need rights that root lacks in a container). When that cannot be seen, a living process counts as the server: taking it for
 * another program would let two servers write to one cluster.
 */
function isPostmasterOf(cluster: Cluster, pid: number): boolean {
  if (!isAlive(pid)) return false
  try {
    if (process.platform === 'linux') {
      // A zombie's command line is empty.
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(cluster.directory)
    }
    return execFileSync('ps', ['-p', String(pid), '-o', 'args='], { encoding: 'utf8' }).includes(cluster.directory)
  } catch (err) {
    return (err as NodeJS.ErrnoException).code !== 'ENOENT' && isAlive(pid)
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (err) {
    return (err as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** A server process just started; `ended` resolves with what it wrote to its log when it ends. */
export type Spawned = { pid: number; ended: Promise<string>; hasEnded(): boolean }

/**
 * Starts the server process: in a session of its own (Ctrl-C must reach us first, so that work is finished before the database
 * goes), writing to a file (a pipe would break when we are killed, and the server outlives us then).
 */
export async function spawnPostmaster(
  cluster: Cluster,
  program: PostgresProgram,
  port: number,
  settings: Record<string, string>,
): Promise<Spawned> {
  const logPath = join(cluster.home, 'server.log')
  const before = await stat(logPath).catch(() => undefined)
  // The server writes only faults; 5 MB of them is history enough.
  if (before !== undefined && before.size > 5_000_000) await rename(logPath, `${logPath}.old`)
  const output = await open(logPath, 'a', 0o600)
  // Made by root, it must still be writable for the owner of the cluster when they start the program themselves.
  if (cluster.account !== undefined) await output.chown(cluster.account.uid, cluster.account.gid)
  const offset = (await output.stat()).size
  const settingArgs = Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => [
    '-c',
    `${name}=${value}`,
  ])
  const child = spawn(program.postgres, ['-D', cluster.directory, '-p', String(port), ...settingArgs], {
    ...cluster.account,
    cwd: '/',
    env: CHILD_ENV,
    detached: true,
    stdio: ['ignore', output.fd, output.fd],
  })
  let hasEnded = false
  const ended = new Promise<string>((resolve) => {
    const finish = async (reason: string) => {
      hasEnded = true
      const written = await readFile(logPath).catch(() => Buffer.alloc(0))
      resolve(`${written.subarray(offset).toString('utf8').trim().slice(-2000)} (${reason})`)
    }
    child.once('error', (err) => void finish(err.message))
    child.once('exit', (code, signal) => void finish(`exit ${code ?? signal}`))
  })
  await output.close()
  child.unref()
  return { pid: child.pid ?? 0, ended, hasEnded: () => hasEnded }
}
