/** `nep audit verify`: whether the log is whole, the rows behind figures are those that it tells of, and kept counts are theirs. */
import type { Command } from 'commander'
import { Failed, print, subcommand, WrongUse, wholeNumber, withDatabase } from './command-line.ts'

const help = `
Each organisation's log is a chain of hashes; 0 is the program's own. Summaries print its end: keep them, and compare
with --head, since whoever owns the database could write a whole chain anew.

Examples:
  nep audit verify
  nep audit verify --org 1 --head a1b2c3d4 --json
`

/** Adds `audit verify`. */
export function addAuditCommands(program: Command): void {
  const audit = program.command('audit').description('the log of every change')
  subcommand(
    audit,
    'verify',
    'finds any change of the log, any row behind a figure that it does not support, any kept count that is not what its rows say',
  )
    .option('--org <id>', 'one organisation (default: all)', wholeNumber(0))
    .option('--head <hash>', 'a hash that a summary printed, or its first digits; needs --org')
    .addHelpText('after', help)
    .action(async (options: { org?: number; head?: string }, command: Command) => {
      if (options.head !== undefined && options.org === undefined)
        throw new WrongUse('--head is the end of one chain: say with --org whose.')
      const { report, isHeadKnown } = await withDatabase(async ({ pool }) => {
        const { knowsHead, verifyAudit } = await import('../store/audit.ts')
        const { org, head } = options
        if (org) {
          // Nothing found of an organisation that is not there would read as "whole".
          const { listOrganisations } = await import('../store/admin.ts')
          if (!(await listOrganisations(pool, true)).some(({ id }) => id === org))
            throw new Error(`There is no organisation ${org}.`)
        }
        return {
          report: await verifyAudit(pool, org),
          isHeadKnown: head === undefined ? null : org !== undefined && (await knowsHead(pool, org, head)),
        }
      })
      const isWhole = report.findings.length === 0 && isHeadKnown !== false
      print(command, { isWhole, isHeadKnown, ...report }, [
        `${report.entries} entries in ${report.heads.length} chains, ${report.rows} rows, ${report.counts} kept counts: ${isWhole ? 'whole' : 'NOT WHOLE'}`,
        ...report.findings.map(({ org, problem, where }) => `organisation ${org}: ${problem}, ${where}`),
        ...(isHeadKnown === false ? [`No entry of the chain has the hash ${options.head}.`] : []),
      ])
      if (!isWhole) throw new Failed('The log, or rows it watches, were changed by other hands: the result says where.')
    })
}
