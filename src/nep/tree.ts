/** `nep org rename|move|merge|split|close`, `nep member transfer`: changes of the tree, each from a day on. */
import type { Command } from 'commander'
import type { TreeChange } from '../store/admin-tree.ts'
import type { When } from '../store/tree-change.ts'
import { calendarDate, print, several, subcommand, title, WrongUse, wholeNumber, withDatabase } from './command-line.ts'

interface DayOptions {
  on?: string
  late?: boolean
}

const dayHelp = `
Reports of past years go on saying what they said: they are counted for the tree and the rosters as they were.
`

function withDay(command: Command): Command {
  return command
    .option('--on <date>', 'from which day, YYYY-MM-DD (default: today)', calendarDate)
    .option('--late', 'the day may lie in a past year, whose reports then change')
    .addHelpText('after', dayHelp)
}

const whenOf = ({ on, late }: DayOptions, now: Date): When => ({ on: on ?? null, isLate: late === true, now })

/** The module that changes the tree is large: it is loaded by what needs it. */
const changes = () => import('../store/admin-tree.ts')

function linesOf(change: TreeChange): string[] {
  const { organisations, members, officersEnded, groups, meetings, on, id, isApplied } = change
  const rows = [
    ...(organisations > 0 ? [`${organisations} organisations get another place.`] : []),
    ...(members > 0 ? [`${members} members get another roster.`] : []),
    ...(officersEnded.length > 0
      ? [`The office of members ${officersEnded.join(', ')} ends: "nep code" or "nep member set" gives a new one.`]
      : []),
    ...(groups > 0 ? [`${groups} groups are affected.`] : []),
    ...(meetings > 0 ? [`${meetings} planned meetings are called off.`] : []),
  ]
  return isApplied
    ? [...rows, `Done, from ${on} on.${id === null ? '' : ` The new organisation is ${id}.`}`]
    : [...rows, `It would be so from ${on} on. Nothing is written yet: add --apply.`]
}

/** Adds the changes of organisations to `org`. */
export function addTreeCommands(org: Command): void {
  withDay(subcommand(org, 'rename', 'give an organisation another name'))
    .requiredOption('--org <id>', 'the organisation', wholeNumber())
    .requiredOption('--name <name>', 'the new name', title)
    .option('--same-name', 'although one beside it has this name')
    .action(async (options: DayOptions & { org: number; name: string; sameName?: boolean }, command: Command) => {
      const mayShareName = options.sameName === true
      const result = await withDatabase(async ({ pool, now }) =>
        (await changes()).renameOrganisation(pool, options.org, options.name, whenOf(options, now()), mayShareName),
      )
      print(command, { id: options.org, ...result }, [
        `Organisation ${options.org} has its new name from ${result.on}.`,
      ])
    })
  withDay(subcommand(org, 'move', 'put an organisation, with everything below it, under another committee'))
    .requiredOption('--org <id>', 'the organisation', wholeNumber())
    .option('--parent <id>', 'the committee above it from then on', wholeNumber())
    .option('--top', 'no committee above: the top of a tree of its own')
    .action(async (options: DayOptions & { org: number; parent?: number; top?: boolean }, command: Command) => {
      if ((options.parent === undefined) === (options.top !== true)) throw new WrongUse('Give --parent or --top.')
      const result = await withDatabase(async ({ pool, now }) =>
        (await changes()).moveOrganisation(pool, options.org, options.parent ?? null, whenOf(options, now())),
      )
      const line = `Organisation ${options.org} has its new place from ${result.on}, ${result.organisations} with it and below it.`
      print(command, { id: options.org, ...result }, [line])
    })
  withDay(subcommand(org, 'merge', 'make organisations part of another one; without --apply, only look'))
    .requiredOption('--org <ids>', 'the organisations that end: 4,5', several)
    .requiredOption('--into <id>', 'the one that they become part of', wholeNumber())
    .option('--apply', 'do it')
    .addHelpText('after', '\nExample:\n  nep org merge --org 3,4 --into 2 --on 2026-07-01\n')
    .action(async (options: DayOptions & { org: number[]; into: number; apply?: boolean }, command: Command) => {
      const wanted = { ids: options.org, into: options.into, isApplied: options.apply === true }
      const result = await withDatabase(async ({ pool, now }) =>
        (await changes()).mergeOrganisations(pool, wanted, whenOf(options, now())),
      )
      const ended = options.org.join(', ')
      const [end, become] = options.org.length === 1 ? ['ends', 'becomes'] : ['end', 'become']
      print(command, result, [`${ended} ${end} and ${become} part of ${options.into}.`, ...linesOf(result)])
    })
  withDay(subcommand(org, 'split', 'found an organisation with part of another one; without --apply, only look'))
    .requiredOption('--org <id>', 'the organisation that is split', wholeNumber())
    .requiredOption('--name <name>', 'the name of the new one', title)
    .option('--members <ids>', 'of a cell: the members who go to the new one, 17,18', several)
    .option('--below <ids>', 'of a committee: the organisations below that go to the new one, 5,6', several)
    .option('--apply', 'do it')
    .action(
      async (
        options: DayOptions & { org: number; name: string; members?: number[]; below?: number[]; apply?: boolean },
        command: Command,
      ) => {
        const { org: orgId, name, members: memberIds = [], below: childIds = [] } = options
        const wanted = { orgId, name, memberIds, childIds, isApplied: options.apply === true }
        const result = await withDatabase(async ({ pool, now }) =>
          (await changes()).splitOrganisation(pool, wanted, whenOf(options, now())),
        )
        print(command, result, linesOf(result))
      },
    )
  withDay(subcommand(org, 'close', 'end an organisation that nobody belongs to any more'))
    .requiredOption('--org <id>', 'the organisation', wholeNumber())
    .action(async (options: DayOptions & { org: number }, command: Command) => {
      const result = await withDatabase(async ({ pool, now }) =>
        (await changes()).closeOrganisation(pool, options.org, whenOf(options, now())),
      )
      print(command, result, linesOf(result))
    })
}

/** Adds `transfer` to `member`. */
export function addTransferCommand(member: Command): void {
  withDay(subcommand(member, 'transfer', 'move members, with their pledges, to the roster of another cell'))
    .requiredOption('--member <ids>', 'the lines of the roster: 17,18', several)
    .requiredOption('--to <id>', 'the cell that they come to', wholeNumber())
    .action(async (options: DayOptions & { member: number[]; to: number }, command: Command) => {
      const wanted = { memberIds: options.member, to: options.to }
      const result = await withDatabase(async ({ pool, now }) =>
        (await changes()).transferMembers(pool, wanted, whenOf(options, now())),
      )
      const { members, officersEnded, on } = result
      const ended = officersEnded.length > 0 ? [`The office of members ${officersEnded.join(', ')} ends.`] : []
      print(command, result, [...ended, `${members} members are on the roster of ${options.to} from ${on} on.`])
    })
}
