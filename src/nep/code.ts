/** `nep code`: a one-time code that binds a group's chat or a person's account. */
import { type Command, Option } from 'commander'
import { codeLifetimeHours } from '../domain/code.ts'
import type { CodePurpose } from '../domain/records.ts'
import { localTime, print, subcommand, WrongUse, wholeNumber, withDatabase } from './command-line.ts'

interface CodeOptions {
  org: number
  for: CodePurpose
  member?: number
}

const help = `
A group's code is typed in the group (/kichhoat CODE); every other code is typed by one person
in a private chat with the bot. It works once, allows five tries, and is shown only now.

Examples:
  nep code --org 2 --for group
  nep code --org 2 --for secretary
  nep code --org 2 --for member --member 17
`

/** Adds `code`. */
export function addCodeCommand(program: Command): void {
  subcommand(program, 'code', 'make a one-time code for a group or a person')
    .requiredOption('--org <id>', 'the organisation', wholeNumber())
    .addOption(
      new Option('--for <whom>', 'what the code gives').choices(Object.keys(codeLifetimeHours)).makeOptionMandatory(),
    )
    .option('--member <id>', 'the line of the roster that it binds to; needed for "member"', wholeNumber())
    .addHelpText('after', help)
    .action(async (options: CodeOptions, command: Command) => {
      const { org: orgId, for: purpose, member } = options
      if (purpose === 'member' && member === undefined)
        throw new WrongUse('A member\'s code needs --member: "nep member list" shows the numbers.')
      if (purpose === 'group' && member !== undefined)
        throw new WrongUse("A group's code is for nobody in particular: leave --member out.")
      const { code, expiresAt, zone } = await withDatabase(async ({ pool, config, now }) => {
        const { makeCode } = await import('../store/admin.ts')
        const made = await makeCode(pool, { orgId, purpose, memberId: member ?? null }, now())
        return { ...made, zone: config.timeZone }
      })
      const where = purpose === 'group' ? 'in the group' : 'in a private chat with the bot'
      print(command, { code, expiresAt: expiresAt.toISOString() }, [
        `Code: ${code}`,
        `To be typed ${where}: /kichhoat ${code}`,
        `Valid until ${localTime(expiresAt, zone)}, once.`,
      ])
    })
}
