/** `nep member list|set|transfer`: the lines of a roster. */
import { type Command, Option } from 'commander'
import { type MemberStatus, memberStatuses, type Role, roles } from '../domain/member.ts'
import type { MemberView } from '../store/admin.ts'
import { columns, print, subcommand, WrongUse, wholeNumber, withDatabase } from './command-line.ts'
import { addTransferCommand } from './tree.ts'

const lineOf = ({ id, name, role, status, isLinked }: MemberView) => [
  ...[String(id), name ?? '(erased)', role, status, isLinked ? 'linked' : 'not linked'],
]

/** Adds `member`. */
export function addMemberCommands(program: Command): void {
  const member = program.command('member').description('the lines of a roster')
  subcommand(member, 'list', 'list the roster of an organisation')
    .requiredOption('--org <id>', 'the organisation', wholeNumber())
    .action(async (options: { org: number }, command: Command) => {
      const members = await withDatabase(async ({ pool }) => {
        const { listMembers } = await import('../store/admin.ts')
        return listMembers(pool, options.org)
      })
      print(command, members, members.length === 0 ? ['The roster is empty.'] : columns(members.map(lineOf)))
    })
  subcommand(member, 'set', "change a member's role or status")
    .requiredOption('--member <id>', 'the line of the roster', wholeNumber())
    .addOption(new Option('--role <role>', 'the new role').choices([...roles]))
    .addOption(new Option('--status <status>', 'the new status').choices([...memberStatuses]))
    .addHelpText(
      'after',
      '\nExamples:\n  nep member set --member 17 --status exempt\n  nep member set --member 17 --role deputy\n',
    )
    .action(async (options: { member: number; role?: Role; status?: MemberStatus }, command: Command) => {
      const { member: memberId, role, status } = options
      if (role === undefined && status === undefined) throw new WrongUse('Nothing to set: give --role or --status.')
      const changed = await withDatabase(async ({ pool, now }) => {
        const { changeMember } = await import('../store/admin.ts')
        return changeMember(pool, memberId, { role, status }, now())
      })
      print(command, changed, [lineOf(changed).join('  ')])
    })
  addTransferCommand(member)
}
