/** `nep org …` and `nep cell …`: the tree of committees and cells. */
import { type Command, Option } from 'commander'
import { dateOf } from '../domain/calendar.ts'
import type { OrganisationFigures, OrganisationView } from '../store/admin.ts'
import { columns, ownProfile, print, subcommand, timeZone, title, wholeNumber, withDatabase } from './command-line.ts'
import { addTreeCommands } from './tree.ts'

interface AddOptions {
  name: string
  kind?: 'committee' | 'cell'
  parent?: number
  timeZone?: string
  sameName?: boolean
}

async function add(kind: 'committee' | 'cell', options: AddOptions, command: Command): Promise<void> {
  const { id } = await withDatabase(async ({ pool, config, now }) => {
    const { addOrganisation } = await import('../store/admin.ts')
    const zone = options.timeZone ?? config.timeZone
    const mayShareName = options.sameName === true
    const wanted = { name: options.name, kind, parentId: options.parent ?? null, timeZone: zone, mayShareName }
    return addOrganisation(pool, wanted, now())
  })
  print(command, { id }, [`${kind === 'cell' ? 'Cell' : 'Committee'} ${id} added.`])
}

function withAddOptions(command: Command): Command {
  return command
    .requiredOption('--name <name>', 'its name, as people write it', title)
    .option('--parent <id>', 'the committee above it; without, it is the top of a tree', wholeNumber())
    .option('--same-name', 'although one beside it has this name')
    .option('--time-zone <zone>', 'IANA time zone (default: TZ_DEFAULT)', timeZone)
}

/** An organisation of the list, with figures where they were asked for. */
type Line = OrganisationView & Partial<OrganisationFigures>

/** What a line says beside the roster: of a cell how far it is, of a committee how many of its cells are. */
function figuresOf({ kind, registered, deeds, cells }: Line): string[] {
  if (!registered || !deeds || !cells) return []
  const { numerator, denominator } = registered
  const work = deeds.individual + deeds.collective
  const own = cells.complete > 0 ? 'complete' : cells.started > 0 ? 'started' : 'silent'
  const state =
    kind === 'cell'
      ? own
      : `${cells.total} cells: ${cells.started} started, ${cells.complete} complete, ${cells.silent} silent`
  return [`${numerator}/${denominator} registered`, `${work} deeds`, state]
}

/** The tree, children indented below their parent. */
function treeLines(organisations: readonly Line[]): string[] {
  const rows: string[][] = []
  const below = new Map<number | null, Line[]>()
  for (const each of organisations) below.set(each.parentId, [...(below.get(each.parentId) ?? []), each])
  const walk = (parentId: number | null, depth: number) => {
    for (const organisation of below.get(parentId) ?? []) {
      const { id, name, kind, members, closedOn, mergedInto } = organisation
      const into = mergedInto === undefined ? '' : `, part of ${mergedInto}`
      const state = closedOn === undefined ? `${members} members` : `until ${closedOn}${into}`
      const figures = closedOn === undefined ? figuresOf(organisation) : []
      rows.push([`${'  '.repeat(depth)}${id}`, name, kind, state, ...figures])
      walk(id, depth + 1)
    }
  }
  walk(null, 0)
  return rows.length === 0 ? ['No organisation yet: add one with "nep org add" or "nep cell add".'] : columns(rows)
}

/** Adds `org` and `cell`. */
export function addOrganisationCommands(program: Command): void {
  const org = program.command('org').description('committees and cells')
  withAddOptions(subcommand(org, 'add', 'add a committee or a cell'))
    .addOption(new Option('--kind <kind>', 'what it is').choices(['committee', 'cell']).default('committee'))
    .action((options: AddOptions, command: Command) => add(options.kind ?? 'committee', options, command))
    .addHelpText('after', `\nExample:\n  nep org add --name "${ownProfile().examples.committee}"\n`)
  subcommand(org, 'list', 'list all organisations with the size of their rosters')
    .option('--with-closed', 'also those that are no more')
    .option('--figures', 'with the figures of this year, of each with everything below it')
    .action(async (options: { withClosed?: boolean; figures?: boolean }, command: Command) => {
      const organisations = await withDatabase(async ({ pool, config, now }): Promise<Line[]> => {
        const { listOrganisations, withFigures } = await import('../store/admin.ts')
        const found = await listOrganisations(pool, options.withClosed)
        return options.figures ? withFigures(pool, found, Number(dateOf(now(), config.timeZone).slice(0, 4))) : found
      })
      print(command, organisations, treeLines(organisations))
    })
  addTreeCommands(org)

  subcommand(org, 'set', "set an organisation's own rhythm")
    .requiredOption('--org <id>', 'the organisation', wholeNumber())
    .requiredOption(
      '--progress-day <day>',
      'day of the month of the question about progress; 0: never',
      wholeNumber(0, 28),
    )
    .action(async (options: { org: number; progressDay: number }, command: Command) => {
      const set = await withDatabase(async ({ pool, now }) => {
        const { setOrganisation } = await import('../store/admin-settings.ts')
        return setOrganisation(pool, options.org, { progressDay: options.progressDay }, now())
      })
      const day = set.progressDay === 0 ? 'never' : `on day ${set.progressDay} of each month`
      print(command, set, [`Organisation ${set.id} asks about progress ${day}.`])
    })

  const cell = program.command('cell').description('cells')
  withAddOptions(subcommand(cell, 'add', 'add a cell'))
    .action((options: AddOptions, command: Command) => add('cell', options, command))
    .addHelpText('after', `\nExample:\n  nep cell add --name "${ownProfile().examples.cell}" --parent 1\n`)
}
