/** What every subcommand shares: reading arguments, opening the database for the time of the command, printing. */
import { type Command, InvalidArgumentError } from 'commander'
import { type Config, loadConfig } from '../config.ts'
import { createLog, type Log } from '../log.ts'
import { profileNames, profiles } from '../profiles/index.ts'
import type { Profile } from '../profiles/profile.ts'
import type { createPool } from '../store/pool.ts'

/** The command was used wrongly, as far as can be seen without looking at the data: exit code 2. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse'
}

/** Ends the command with exit code 1 after its result is printed: the result says what was refused, the message sums it up. */
export class Failed extends Error {
  override readonly name = 'Failed'
}

/** Connections to the database. */
export type Pool = ReturnType<typeof createPool>

/** What a subcommand works with. */
export interface Session {
  config: Config
  log: Log
  pool: Pool
  /** The program's clock: real time, moved forward where the local chat moved it. */
  now(): Date
}

/** Warnings and worse, on stderr: stdout belongs to the result. */
function quietLog(config: Config): Log {
  const level = ['error', 'fatal', 'silent'].includes(config.logLevel) ? config.logLevel : 'warn'
  return createLog({ level, destination: { write: (line) => void process.stderr.write(line) } })
}

/** Whose words the help's examples take; a wrong `PROFILE` is reported by the command itself. */
export function ownProfile(): Profile {
  const name = process.env.PROFILE?.trim() ?? ''
  return profiles[profileNames.find((each) => each === name) ?? 'chi-bo']
}

/** For what needs no database. `instead` replaces variables. */
export function readEnvironment(instead: Record<string, string> = {}): { config: Config; log: Log } {
  const config = loadConfig({ ...process.env, ...instead })
  return { config, log: quietLog(config) }
}

/**
 * Opens the database (the embedded one is started, or joined where a server runs it), migrates it, and lets it go again
 * when `work` is done, also when the command is interrupted.
 */
export async function withDatabase<T>(work: (session: Session) => Promise<T>): Promise<T> {
  const { config, log } = readEnvironment()
  const [{ startDatabase }, { prepareDatabase }, { createPool }] = await Promise.all([
    import('../store/server.ts'),
    import('../store/program-role.ts'),
    import('../store/pool.ts'),
  ])
  const database = await startDatabase(config, log)
  const interrupt = (signal: 'SIGINT' | 'SIGTERM') => {
    void database.stop().finally(() => process.exit(signal === 'SIGINT' ? 130 : 143))
  }
  process.once('SIGINT', interrupt)
  process.once('SIGTERM', interrupt)
  try {
    await prepareDatabase(database, log)
    // An idle connection that breaks is replaced; the query in flight reports its own.
    const pool = createPool(database.programUrl, { max: 4, onError: () => undefined })
    try {
      const offsetMs = config.localChat ? await readClockOffset(pool) : 0
      return await work({ config, log, pool, now: () => new Date(Date.now() + offsetMs) })
    } finally {
      await pool.end()
    }
  } finally {
    await database.stop()
    process.off('SIGINT', interrupt)
    process.off('SIGTERM', interrupt)
  }
}

async function readClockOffset(pool: Pool): Promise<number> {
  const { clockOffsetMs } = await import('../store/admin-checks.ts')
  return clockOffsetMs(pool)
}

/** Options that every subcommand has. */
interface Shared {
  json?: boolean
}

/** Prints the result: one JSON value with `--json`, else lines for people. */
export function print(command: Command, value: unknown, lines: readonly string[]): void {
  const { json } = command.optsWithGlobals<Shared>()
  process.stdout.write(json ? `${JSON.stringify(value)}\n` : lines.map((line) => `${line}\n`).join(''))
}

/** Adds a subcommand with the options that all have. */
export function subcommand(parent: Command, nameAndArguments: string, description: string): Command {
  return parent.command(nameAndArguments).description(description).option('--json', 'print the result as JSON')
}

/** An identifier or another whole number. */
export function wholeNumber(from = 1, to = 2_147_483_647) {
  return (text: string): number => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN
    if (!(value >= from && value <= to))
      throw new InvalidArgumentError(`It must be a whole number from ${from} to ${to}.`)
    return value
  }
}

/** Several identifiers of one option: `4,5`, or the option again. */
export function several(text: string, before: number[] = []): number[] {
  const one = wholeNumber()
  return [...before, ...text.split(',').map((each) => one(each.trim()))]
}

/**
 * Makes an option that holds one value refuse a second: the last one would win in silence, and what was meant is unknown.
 * Switches may be repeated, they say the same.
 */
export function refuseRepeats(command: Command): void {
  for (const option of command.options) {
    if (option.isBoolean() || option.variadic || option.parseArg === several) continue
    let count = 0
    command.on(`option:${option.name()}`, () => {
      count += 1
      if (count > 1) command.error(`error: ${option.long} is given twice: give it once`, { exitCode: 2 })
    })
  }
  command.commands.forEach(refuseRepeats)
}

/** A date 'YYYY-MM-DD' that exists. */
export function calendarDate(text: string): string {
  const at = /^\d{4}-\d{2}-\d{2}$/.test(text) ? new Date(`${text}T00:00:00Z`) : undefined
  if (at === undefined || Number.isNaN(at.getTime()) || at.toISOString().slice(0, 10) !== text)
    throw new InvalidArgumentError('It must be a date that exists, written YYYY-MM-DD.')
  return text
}

/** A name or title: NFC, one line, trimmed, not empty, not absurdly long. */
export function title(text: string): string {
  const name = text.normalize('NFC').replace(/\s+/g, ' ').trim()
  if (name === '') throw new InvalidArgumentError('It must not be empty.')
  if (name.length > 200) throw new InvalidArgumentError('It must not be longer than 200 characters.')
  if (/[\p{Cc}\u200b-\u200f\u202a-\u202e\u2066-\u2069\ufeff]/u.test(name))
    throw new InvalidArgumentError('It must not have control characters or invisible ones.')
  return name
}

/** An IANA time zone. */
export function timeZone(text: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone
  } catch {
    throw new InvalidArgumentError('It must be an IANA time zone, such as Asia/Ho_Chi_Minh.')
  }
}

/** Columns side by side; widths count characters as people do. */
export function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = rows.reduce<number[]>(
    (most, row) => row.map((cell, i) => Math.max(most[i] ?? 0, [...cell].length)),
    [],
  )
  return rows.map((row) =>
    row
      .map((cell, i) => cell + ' '.repeat((widths[i] ?? 0) - [...cell].length))
      .join('  ')
      .trimEnd(),
  )
}

/** An instant as the operator's clock shows it. */
export function localTime(at: Date, zone: string): string {
  const text = at.toLocaleString('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' })
  return `${text} (${zone})`
}
