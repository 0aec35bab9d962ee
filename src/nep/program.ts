/** The operator's tool: which subcommands there are, and how each of them ends. */
import { Command, CommanderError } from 'commander'
import { ConfigError } from '../config.ts'
import { scrub } from '../log.ts'
import { addAuditCommands } from './audit.ts'
import { addBreachCommands } from './breaches.ts'
import { addCampaignCommands } from './campaign.ts'
import { addCodeCommand } from './code.ts'
import { Failed, ownProfile, refuseRepeats, WrongUse } from './command-line.ts'
import { addDoctorCommand } from './doctor.ts'
import { addImportCommand } from './import.ts'
import { addMeetingCommands } from './meetings.ts'
import { addMemberCommands } from './members.ts'
import { addMessageCommands } from './messages.ts'
import { addOrganisationCommands } from './organisations.ts'
import { addPeriodCommands } from './period.ts'
import { addRequestCommands } from './requests.ts'
import { addRetentionCommands } from './retention.ts'
import { addSummaryCommand } from './summary.ts'
import { addWebhookCommands } from './webhook.ts'

const help = `
It works on an empty database and beside a running server, and reads the same environment
(DATABASE_URL, DATA_DIR, …; docs/operator.md). Exit code 0: done. 1: refused, nothing changed. 2: wrong use.

First steps:
  nep cell add --name "${ownProfile().examples.cell}"       prints the cell's number
  nep import roster.xlsx --org 1 --apply       its members
  nep code --org 1 --for group                 a code to type in the cell's group chat
  nep code --org 1 --for secretary             a code for the secretary's private chat with the bot
  nep doctor                                   is everything in order?
`

function createProgram(): Command {
  const program = new Command('nep')
  program
    .description("The operator's tool of Nếp.")
    .option('--json', 'print the result as JSON')
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(text) })
    .showHelpAfterError('(--help shows how it is used)')
    .addHelpText('after', help)
  addOrganisationCommands(program)
  addImportCommand(program)
  addMeetingCommands(program)
  addMemberCommands(program)
  addCodeCommand(program)
  addCampaignCommands(program)
  addSummaryCommand(program)
  addRequestCommands(program)
  addBreachCommands(program)
  addRetentionCommands(program)
  addPeriodCommands(program)
  addDoctorCommand(program)
  addAuditCommands(program)
  addWebhookCommands(program)
  addMessageCommands(program)
  refuseRepeats(program)
  return program
}

/** Runs the tool. @returns the exit code; errors have been written to stderr */
export async function runNep(args: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync(args, { from: 'user' })
    return 0
  } catch (err) {
    if (err instanceof CommanderError) return err.exitCode === 0 ? 0 : 2
    if (err instanceof Failed) {
      process.stderr.write(`error: ${err.message}\n`)
      return 1
    }
    // A command's own refusals and what the system or the database says; never a stack, never a secret.
    const message = err instanceof Error ? err.message || ((err as { code?: string }).code ?? err.name) : String(err)
    process.stderr.write(`error: ${message.split('\n').map(scrub).join('\n')}\n`)
    return err instanceof WrongUse || err instanceof ConfigError ? 2 : 1
  }
}
