/** `nep breach list|show|add|notify|close`: breaches of personal data, with the hours of the law. */
import { type Command, InvalidArgumentError, Option } from 'commander'
import { type Breach, type BreachKind, breachKinds, hoursLeft } from '../domain/breach.ts'
import { instantAt } from '../domain/calendar.ts'
import {
  calendarDate,
  columns,
  localTime,
  print,
  type Session,
  several,
  subcommand,
  title,
  WrongUse,
  wholeNumber,
  withDatabase,
} from './command-line.ts'

const help = `
The clock runs from the discovery (72 hours; prisma/data/privacy-vn.json has the figure and its source) until "breach notify
--authority". The log of the server warns 24 and 4 hours before its end and when it has passed. Write kinds of data and numbers
of organisations, never a name: entries are kept and are not taken back. An instant is "2026-11-20 14:30" in the zone of
TZ_DEFAULT, or carries its own: 2026-11-20T14:30+07:00.

Examples:
  nep breach add --kind disclosed --data "names and pledges, a lost laptop" --persons 28 --org 4 --discovered "2026-11-20 14:30"
  nep breach notify --id 1 --authority "2026-11-21 09:00" --persons-told "2026-11-21 10:00"
  nep breach close --id 1 --measures "token replaced, disk wiped"
`

interface Setting {
  zone: string
  now: Date
}
const settingOf = ({ config, now }: Session): Setting => ({ zone: config.timeZone, now: now() })

/** An instant as the operator writes it: read later, because the zone is not known yet. */
function instantText(text: string): (zone: string) => Date {
  const found = /^(\d{4}-\d\d-\d\d)[ T]((?:[01]\d|2[0-3]):[0-5]\d)(Z|[+-](?:0\d|1[0-4]):[0-5]\d)?$/.exec(text.trim())
  if (!found) throw new InvalidArgumentError('It must be an instant, written "YYYY-MM-DD HH:MM".')
  const [, on, time, offset] = found as unknown as [string, string, string, string | undefined]
  calendarDate(on)
  return (zone) => (offset === undefined ? instantAt(on, time, zone) : new Date(`${on}T${time}:00${offset}`))
}
type Instant = ReturnType<typeof instantText>

/** What is printed: `hoursLeft` null where the clock does not run. */
function viewOf(breach: Breach, { now }: Setting) {
  const { breachId, nextWarningAt: _, ...rest } = breach
  const left = hoursLeft(breach, now)
  return { id: breachId, ...rest, hoursLeft: left, overdue: left !== null && breach.notifyBy <= now }
}
type View = ReturnType<typeof viewOf>

function lineOf(view: View, zone: string): string[] {
  const left = view.overdue
    ? `OVERDUE by ${-view.hoursLeft!} h`
    : view.hoursLeft !== null
      ? `${view.hoursLeft} h left, until ${localTime(view.notifyBy, zone)}`
      : view.closedAt
        ? `closed ${localTime(view.closedAt, zone)}`
        : 'authority told'
  const persons = view.persons === null ? 'how many is not known' : `about ${view.persons} persons`
  const where = view.orgIds.length > 0 ? `organisations ${view.orgIds.join(', ')}` : ''
  return [String(view.id), view.kind, localTime(view.discoveredAt, zone), persons, where, left]
}

function detailsOf(view: View, zone: string): string[] {
  const at = (name: string, instant: Date | null) => (instant ? [`${name}: ${localTime(instant, zone)}`] : [])
  return [
    ...columns([lineOf(view, zone)]),
    `data: ${view.data}`,
    ...at('notice due', view.notifyBy),
    ...at('authority told', view.authorityAt),
    ...at('persons told', view.personsAt),
    ...(view.measures ? [`measures: ${view.measures}`] : []),
  ]
}

async function withBreach(
  command: Command,
  work: (session: Session, setting: Setting) => Promise<Breach>,
): Promise<void> {
  const { view, zone } = await withDatabase(async (session) => {
    const setting = settingOf(session)
    return { view: viewOf(await work(session, setting), setting), zone: setting.zone }
  })
  print(command, view, detailsOf(view, zone))
}

const id = () => wholeNumber()

/** Adds `breach`. */
export function addBreachCommands(program: Command): void {
  const breach = program
    .command('breach')
    .description('breaches of personal data and the clock of their notice')
    .addHelpText('after', help)
  subcommand(breach, 'list', 'list the breaches that are not closed, the most urgent first')
    .option('--all', 'also those that are closed')
    .action(async (options: { all?: boolean }, command: Command) => {
      const { views, zone } = await withDatabase(async (session) => {
        const { listBreaches } = await import('../store/breaches.ts')
        const setting = settingOf(session)
        const found = await listBreaches(session.pool, options.all === true)
        return { views: found.map((each) => viewOf(each, setting)), zone: setting.zone }
      })
      const lines = views.length === 0 ? ['No breach is open.'] : columns(views.map((view) => lineOf(view, zone)))
      print(command, views, lines)
    })
  subcommand(breach, 'show', 'show everything that is noted of a breach')
    .requiredOption('--id <id>', 'the number that "breach list" shows', id())
    .action((options: { id: number }, command: Command) =>
      withBreach(command, async ({ pool }) => (await import('../store/breaches.ts')).readBreach(pool, options.id)),
    )
  subcommand(breach, 'add', 'enter a breach: its clock runs from the discovery')
    .addOption(new Option('--kind <kind>', 'what happened').choices([...breachKinds]).makeOptionMandatory())
    .requiredOption('--data <text>', 'what kinds of data; no name', title)
    .option('--persons <count>', 'about how many persons (default: not known yet)', wholeNumber(0))
    .option('--org <ids>', 'the organisations concerned: 4,5', several)
    .option('--discovered <instant>', 'when it was discovered (default: now)', instantText)
    .action(
      (
        options: { kind: BreachKind; data: string; persons?: number; org?: number[]; discovered?: Instant },
        command: Command,
      ) =>
        withBreach(command, async ({ pool }, setting) => {
          const [{ addBreach }, { readDataFiles }] = await Promise.all([
            import('../store/breaches.ts'),
            import('../store/data-files.ts'),
          ])
          const { kind, data, persons = null, org: orgIds = [], discovered } = options
          const discoveredAt = discovered?.(setting.zone) ?? setting.now
          const { privacyRules: rules } = await readDataFiles()
          return addBreach(pool, { kind, data, persons, orgIds, discoveredAt }, { ...setting, rules })
        }),
    )
  subcommand(breach, 'notify', 'note when the authority and the persons concerned were told')
    .requiredOption('--id <id>', 'the number that "breach list" shows', id())
    .option('--authority <instant>', 'when the authority was told: this stops the clock', instantText)
    .option('--persons-told <instant>', 'when the persons concerned were told', instantText)
    .option('--persons <count>', 'how many they are, now that it is known', wholeNumber(0))
    .action(
      (options: { id: number; authority?: Instant; personsTold?: Instant; persons?: number }, command: Command) => {
        const { authority, personsTold, persons } = options
        if (!authority && !personsTold && persons === undefined)
          throw new WrongUse('Give --authority, --persons-told or --persons.')
        return withBreach(command, async ({ pool }, { zone, now }) => {
          const { notifyBreach } = await import('../store/breaches.ts')
          const told = { authorityAt: authority?.(zone), personsAt: personsTold?.(zone), persons }
          const known = Object.fromEntries(Object.entries(told).filter(([, value]) => value !== undefined))
          return notifyBreach(pool, options.id, known, now)
        })
      },
    )
  subcommand(breach, 'close', 'close a breach with what was done')
    .requiredOption('--id <id>', 'the number that "breach list" shows', id())
    .requiredOption('--measures <text>', 'what was done; no name', title)
    .option('--without-notice', 'no notice to the authority was needed; why stands in --measures')
    .action((options: { id: number; measures: string; withoutNotice?: boolean }, command: Command) =>
      withBreach(command, async ({ pool }, { now }) => {
        const { closeBreach } = await import('../store/breaches.ts')
        const { measures, withoutNotice } = options
        return closeBreach(pool, options.id, { measures, isNoticeNeeded: withoutNotice !== true }, now)
      }),
    )
}
