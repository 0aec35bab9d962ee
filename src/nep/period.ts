/** `nep period list|close|reopen`: the books of quarters, halves and years. */
import { type Command, InvalidArgumentError } from 'commander'
import { isClosable } from '../domain/closing.ts'
import type { PeriodView } from '../store/admin-periods.ts'
import { columns, localTime, print, subcommand, title, wholeNumber, withDatabase } from './command-line.ts'

const help = `
Closing freezes the figures and the roster of a period: nep summary prints them from then on, and what would alter the
period is refused in chats. A period may be closed from the first day of its last month on. Reopening takes a reason and
is written to the audit log; closing once more freezes the figures anew, and each closing stays readable.

Examples:
  nep period list --org 1
  nep period close --org 1 --period 2026-H1 --below
  nep period reopen --org 2 --period 2026-H1 --reason "thiếu biên bản tháng 6"
`

function closable(text: string): string {
  if (!isClosable(text))
    throw new InvalidArgumentError('It must be a quarter, a half or a year: 2026-Q1, 2026-H1, 2026.')
  return text
}

function rowOf(view: PeriodView, zone: string): string[] {
  const at = (instant: string | null) => (instant === null ? '' : localTime(new Date(instant), zone))
  const state =
    view.state === 'closed'
      ? `closed ${at(view.closedAt)}`
      : view.state === 'reopened'
        ? `reopened ${at(view.reopenedAt)}: ${view.reason}`
        : 'open'
  return [view.period, state, view.below.total > 0 ? `below: ${view.below.closed}/${view.below.total} closed` : '']
}

/** Adds `period`. */
export function addPeriodCommands(program: Command): void {
  const period = program
    .command('period')
    .description('closing the books of quarters, halves and years')
    .addHelpText('after', help)
  subcommand(period, 'list', 'the periods of a year and how their books stand')
    .requiredOption('--org <id>', 'the organisation', wholeNumber())
    .option('--year <year>', 'the year (default: this year)', wholeNumber(2000, 2200))
    .action(async (options: { org: number; year?: number }, command: Command) => {
      const { periods, zone } = await withDatabase(async ({ pool, now }) => {
        const { listPeriods } = await import('../store/admin-periods.ts')
        return listPeriods(pool, options.org, options.year ?? null, now())
      })
      print(command, periods, columns(periods.map((view) => rowOf(view, zone))))
    })
  subcommand(period, 'close', 'freeze the figures and the roster of a period')
    .requiredOption('--org <id>', 'the organisation', wholeNumber())
    .requiredOption('--period <period>', '2026-Q1, 2026-H1 or 2026', closable)
    .option('--below', 'everything below it as well')
    .addHelpText('after', help)
    .action(async (options: { org: number; period: string; below?: boolean }, command: Command) => {
      const done = await withDatabase(async ({ pool, now, config }) => {
        const { closePeriod } = await import('../store/admin-periods.ts')
        const of = { orgId: options.org, period: options.period, below: options.below ?? false }
        return closePeriod(pool, of, now(), config)
      })
      const value = { period: options.period, ...done }
      print(command, value, [`closed ${options.period} of organisation ${done.closed.join(', ')}`])
    })
  subcommand(period, 'reopen', 'let a closed period be changed again')
    .requiredOption('--org <id>', 'the organisation', wholeNumber())
    .requiredOption('--period <period>', '2026-Q1, 2026-H1 or 2026', closable)
    .requiredOption('--reason <reason>', 'why, in a few words without names', title)
    .addHelpText('after', help)
    .action(async (options: { org: number; period: string; reason: string }, command: Command) => {
      const done = await withDatabase(async ({ pool, now }) => {
        const { reopenPeriod } = await import('../store/admin-periods.ts')
        return reopenPeriod(pool, { orgId: options.org, period: options.period, reason: options.reason }, now())
      })
      print(command, done, [`reopened ${done.period} of organisation ${done.orgId}`])
    })
}
