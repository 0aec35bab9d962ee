/** `nep request list|add|answer|close|extend`: what people asked about their own data, with the clocks of the law. */
import { type Command, Option } from 'commander'
import { dateOf } from '../domain/calendar.ts'
import type { DataRequest } from '../domain/data-request.ts'
import { type RequestKind, requestKinds } from '../domain/data-request.ts'
import type { RequestSetting } from '../store/data-requests.ts'
import {
  calendarDate,
  columns,
  print,
  type Session,
  subcommand,
  title,
  WrongUse,
  wholeNumber,
  withDatabase,
} from './command-line.ts'

const help = `
Requests in chat stand here by themselves; what the bot did at once is closed at once. The clocks are data with their
sources (prisma/data/privacy-vn.json): an answer within 2 working days, fulfilled within 15 days, once 15 days longer
with a reason. Keep names and what was said out of --reason: it is kept for years.

Examples:
  nep request add --kind erase --member 17 --received 2026-11-20
  nep request answer --id 3
  nep request extend --id 3 --reason "papers of 2019 are in the archive"
  nep request close --id 3 --outcome fulfilled
`

async function settingOf({ config, now }: Session): Promise<RequestSetting> {
  const { readDataFiles } = await import('../store/data-files.ts')
  const { privacyRules: rules, holidays } = await readDataFiles()
  return { rules, holidays, zone: config.timeZone, now: now() }
}

/** What is printed of a request: `overdue` names the clocks that have run out. */
function viewOf(request: DataRequest, today: string, zone: string) {
  const { dataRequestId, nextWarningAt: _, accountId: _account, ...rest } = request
  const overdue = request.closedAt
    ? []
    : [
        ...(!request.answeredAt && request.answerBy < today ? ['answer'] : []),
        ...(request.fulfilBy < today ? ['fulfilment'] : []),
      ]
  return { id: dataRequestId, ...rest, receivedOn: dateOf(request.receivedAt, zone), overdue }
}
type View = ReturnType<typeof viewOf>

function lineOf(view: View): string[] {
  const whose =
    view.memberId !== null ? `member ${view.memberId}` : view.orgId !== null ? `organisation ${view.orgId}` : ''
  const state = view.closedAt
    ? (view.outcome ?? '')
    : view.answeredAt
      ? `answered, fulfil by ${view.fulfilBy}`
      : `answer by ${view.answerBy}, fulfil by ${view.fulfilBy}`
  const late = view.overdue.length > 0 ? `OVERDUE: ${view.overdue.join(', ')}` : ''
  return [String(view.id), view.kind, view.source, whose, view.receivedOn, state, late]
}

async function withRequest(
  command: Command,
  work: (session: Session, setting: RequestSetting) => Promise<DataRequest>,
): Promise<void> {
  const view = await withDatabase(async (session) => {
    const setting = await settingOf(session)
    return viewOf(await work(session, setting), dateOf(setting.now, setting.zone), setting.zone)
  })
  print(command, view, columns([lineOf(view)]))
}

/** Adds `request`. */
export function addRequestCommands(program: Command): void {
  const request = program
    .command('request')
    .description('requests of people about their own data')
    .addHelpText('after', help)
  subcommand(request, 'list', 'list the requests that wait')
    .option('--all', 'also those that are closed')
    .action(async (options: { all?: boolean }, command: Command) => {
      const views = await withDatabase(async (session) => {
        const { listRequests } = await import('../store/data-requests.ts')
        const today = dateOf(session.now(), session.config.timeZone)
        return (await listRequests(session.pool, options.all === true)).map((each) =>
          viewOf(each, today, session.config.timeZone),
        )
      })
      print(command, views, views.length === 0 ? ['No request waits.'] : columns(views.map(lineOf)))
    })
  subcommand(request, 'add', 'enter a request that came on paper or by telephone')
    .addOption(new Option('--kind <kind>', 'what is asked for').choices([...requestKinds]).makeOptionMandatory())
    .option('--org <id>', 'the organisation it is about', wholeNumber())
    .option('--member <id>', 'whose data, by the number on the roster', wholeNumber())
    .option('--received <date>', 'the day on which it came (default: today)', calendarDate)
    .action((options: { kind: RequestKind; org?: number; member?: number; received?: string }, command: Command) =>
      withRequest(command, async ({ pool }, setting) => {
        const { addRequest } = await import('../store/data-requests.ts')
        const { kind, org, member, received } = options
        const wanted = { kind, orgId: org ?? null, memberId: member ?? null, receivedOn: received ?? null }
        return addRequest(pool, wanted, setting)
      }),
    )
  subcommand(request, 'answer', 'note that the person had the first answer')
    .requiredOption('--id <id>', 'the number that "request list" shows', wholeNumber())
    .action((options: { id: number }, command: Command) =>
      withRequest(command, async ({ pool }, setting) => {
        const { answerRequest } = await import('../store/data-requests.ts')
        return answerRequest(pool, options.id, setting)
      }),
    )
  subcommand(request, 'extend', 'give the fulfilment the further days that the law allows once')
    .requiredOption('--id <id>', 'the number that "request list" shows', wholeNumber())
    .requiredOption('--reason <text>', 'why it takes longer; no name', title)
    .action((options: { id: number; reason: string }, command: Command) =>
      withRequest(command, async ({ pool }, setting) => {
        const { extendRequest } = await import('../store/data-requests.ts')
        return extendRequest(pool, options.id, options.reason, setting)
      }),
    )
  subcommand(request, 'close', 'note what came of a request')
    .requiredOption('--id <id>', 'the number that "request list" shows', wholeNumber())
    .addOption(
      new Option('--outcome <outcome>', 'what came of it').choices(['fulfilled', 'refused']).default('fulfilled'),
    )
    .option('--reason <text>', 'why it was refused; no name', title)
    .action((options: { id: number; outcome: 'fulfilled' | 'refused'; reason?: string }, command: Command) => {
      const { id, outcome, reason } = options
      if (outcome === 'refused' && reason === undefined) throw new WrongUse('A refusal needs its --reason.')
      return withRequest(command, async ({ pool }, setting) => {
        const { closeRequest } = await import('../store/data-requests.ts')
        return closeRequest(pool, id, outcome, reason ?? null, setting)
      })
    })
}
