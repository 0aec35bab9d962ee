/** `nep retention status|set|run|forget`: how long records of persons are kept, and what happens to older ones. */
import type { Command } from 'commander'
import { dateOf } from '../domain/calendar.ts'
import { columns, print, type Session, subcommand, WrongUse, wholeNumber, withDatabase } from './command-line.ts'

const help = `
Pledges, progress, ratings, praise and attendance of this year and the last are kept (unless set otherwise). At night the
running program exports an older year to DATA_DIR/exports (JSON lines, readable by its owner alone), keeps its figures
without persons, and only then deletes its rows. Consents that are over and closed requests go after two years.

Examples:
  nep retention status
  nep retention set --years 2
  nep retention run --apply
`

const thisYearOf = ({ config, now }: Session) => Number(dateOf(now(), config.timeZone).slice(0, 4))
const total = (rows: Record<string, number>) => Object.values(rows).reduce((sum, count) => sum + count, 0)

/** Adds `retention`. */
export function addRetentionCommands(program: Command): void {
  const retention = program
    .command('retention')
    .description('how long records of persons are kept')
    .addHelpText('after', help)
  subcommand(retention, 'status', 'show what is kept, what is due to go and what has gone').action(
    async (_options: unknown, command: Command) => {
      const status = await withDatabase(async (session) => {
        const { retentionStatus } = await import('../store/retention.ts')
        return retentionStatus(session.pool, thisYearOf(session))
      })
      const { isOn, keepYears, logYears, deletesUpTo, waiting, runs } = status
      print(command, status, [
        `${isOn ? 'on' : 'OFF'}: kept are this year and ${keepYears} before it; ${deletesUpTo} and older goes. Consents and requests: ${logYears} years.`,
        ...waiting.map(({ year, rows }) => `${year}: ${total(rows)} rows are due`),
        ...runs.map(({ year, file, finishedAt, failure }) =>
          failure
            ? `${year}: the export FAILED (${failure}); nothing was deleted`
            : `${year}: exported to ${file}${finishedAt ? ', deleted' : ', not deleted to the end yet'}`,
        ),
      ])
    },
  )
  subcommand(retention, 'set', 'change how long records are kept')
    .option('--years <n>', 'past years kept beside this one (1 unless set)', wholeNumber(1, 50))
    .option(
      '--log-years <n>',
      'years for consents that are over and closed requests (2 unless set)',
      wholeNumber(2, 50),
    )
    .option('--on', 'delete by itself, at night (so it is unless set)')
    .option('--off', 'delete only by "retention run"')
    .action(async (options: { years?: number; logYears?: number; on?: true; off?: true }, command: Command) => {
      const { years, logYears, on, off } = options
      if (on && off) throw new WrongUse('Either --on or --off.')
      const change = {
        ...(years === undefined ? {} : { keepYears: years }),
        ...(logYears === undefined ? {} : { logYears }),
        ...(on || off ? { isOn: on === true } : {}),
      }
      if (Object.keys(change).length === 0)
        throw new WrongUse('Nothing to set: give --years, --log-years, --on or --off.')
      const policy = await withDatabase(async ({ pool, now }) => {
        const { setPolicy } = await import('../store/retention.ts')
        return setPolicy(pool, change, now())
      })
      print(command, policy, [`${policy.isOn ? 'on' : 'off'}, this year and ${policy.keepYears} before it`])
    })
  subcommand(retention, 'run', 'export and delete what is due, now; only looks unless --apply is given')
    .option('--apply', 'do it')
    .option('--dry-run', 'only look (so it is without --apply)')
    .action(async (options: { apply?: true; dryRun?: true }, command: Command) => {
      if (options.apply && options.dryRun) throw new WrongUse('Either --apply or --dry-run.')
      const isApplied = options.apply === true
      const years = await withDatabase(async (session) => {
        const { retentionStatus, runRetention } = await import('../store/retention.ts')
        const { pool, config, now } = session
        const thisYear = thisYearOf(session)
        if (isApplied) return runRetention(pool, { dataDir: config.dataDir, now: now(), thisYear })
        const { waiting } = await retentionStatus(pool, thisYear)
        return waiting.map(({ year, rows }) => ({ year, file: null, deleted: rows }))
      })
      const rows = years.map(({ year, file, deleted }) => [String(year), `${total(deleted)} rows`, file ?? ''])
      const note = isApplied ? 'Exported and deleted.' : 'Nothing was changed: add --apply.'
      print(command, { isApplied, years }, years.length === 0 ? ['Nothing is due.'] : [...columns(rows), note])
    })
  subcommand(retention, 'forget', 'take a member out of the exports that were made before their data were erased')
    .requiredOption('--member <id>', 'the number on the roster', wholeNumber())
    .action(async (options: { member: number }, command: Command) => {
      const lines = await withDatabase(async ({ config }) => {
        const { forgetInExports } = await import('../store/retention-exports.ts')
        return forgetInExports(config.dataDir, [options.member])
      })
      print(command, { member: options.member, lines }, [
        lines === 0
          ? `No line of member ${options.member} is in the exports of this machine.`
          : `${lines} lines taken out.`,
      ])
    })
}
