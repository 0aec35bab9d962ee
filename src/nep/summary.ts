/** `nep summary`: the figures of an organisation, each with what it is of. */
import { type Command, InvalidArgumentError } from 'commander'
import { isPeriod } from '../domain/calendar.ts'
import type { Figure, SummaryModel } from '../domain/summary-model.ts'
import { columns, localTime, print, subcommand, wholeNumber, withDatabase } from './command-line.ts'

const help = `
x of y (%) is what the bot says in chats: y are members who count (official, probationary, temporarily here),
x those of them with a deed that is handed in. Members register once a year: of a quarter, a half or a month, the figures of
registration are those of its year, under a line that says so, as they stand now (with --json: the fields in ofYear). Of the
period itself are the deeds due in it, its meetings and what was rated for it.
A period whose books are closed prints what was frozen then, and says so.
Meetings are those of the period's months; held are those that are over and whose roll was called, and attendance is theirs.

Examples:
  nep summary --org 1
  nep summary --org 1 --period 2026 --json
`

/** A summary, and whether its figures are frozen. */
type Model = SummaryModel & {
  /** When the books of the period were closed, and for which time; null while they are open. */
  closed: { at: string; number: number } | null
  /** What the secretary wrote of the period. */
  review: { limits: string[]; tasks: string[] } | null
  /** The end of the chain of the log when this was printed. */
  auditHead: { seq: number; hash: string } | null
}

function linesOf(model: Model, zone: string, at: Date): string[] {
  const { members, approved, cells, organisations, excluded } = model
  const ratio = ({ numerator, denominator, percent }: Figure) =>
    `${numerator}/${denominator}${percent === null ? '' : ` (${percent.toFixed(1)} %)`}`
  const outside = Object.entries(excluded)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${status}`)
  // Frozen figures of an older version have none.
  const grades = Object.entries(model.meetings.grades ?? {})
  const stagesText = ({ done, inProgress, overdue, missed }: SummaryModel['progress']['individual']) =>
    `${ratio(done)} done, ${ratio(inProgress)} in progress, ${ratio(overdue)} overdue, ${ratio(missed)} missed`
  const ofPeriod = [
    [
      'meetings',
      `${ratio(model.meetings.heldRate)} held (${model.meetings.regularHeld} regular, ${model.meetings.thematicHeld} thematic), ${model.meetings.cancelled} called off, ${model.meetings.unrecorded} without a roll call`,
    ],
    ['attendance', ratio(model.meetings.attendance.rate)],
    ...(grades.length > 0 ? [['judged', grades.map(([grade, count]) => `${count} ${grade}`).join(', ')]] : []),
  ]
  // Frozen figures of an older version have none.
  const due = model.due as SummaryModel['due'] | undefined
  const isPart = model.period.includes('-')
  const rows = [
    ['members registered', ratio(members)],
    ['members approved', ratio(approved)],
    ['deeds of members', String(model.individualDeeds)],
    ['deeds of organisations', String(model.collectiveDeeds)],
    ...(['individual', 'collective'] as const).map((kind) => [
      kind === 'individual' ? 'of members, approved' : 'of organisations, approved',
      stagesText(model.progress[kind]),
    ]),
    ['commitments', ratio(model.commitments.members)],
    [
      'commended',
      `${model.commended.members} members, ${model.commended.collectives} organisations, ${model.commended.models} models, ${model.commended.exemplars} exemplars`,
    ],
    ...(isPart ? [] : ofPeriod),
    ['not counted', outside.join(', ') || 'nobody'],
    ['registered all the same', String(model.registeredBeyond)],
    ['cells started', ratio(cells.started)],
    ['cells complete', ratio(cells.complete)],
  ]
  if (organisations) {
    rows.push(['directly below, started', ratio(organisations.started)])
    rows.push(['directly below, complete', ratio(organisations.complete)])
  }
  const { closed, review } = model
  const numbered = (title: string, list: readonly string[]) =>
    list.length === 0 ? [] : [title, ...list.map((text, at) => `  ${at + 1}. ${text}`)]
  return [
    `${model.organisation.name}, ${model.period}${isPart ? '' : ` (closes ${model.closesOn})`}`,
    ...(closed ? [`books closed ${localTime(new Date(closed.at), zone)}: frozen figures`] : []),
    ...(isPart
      ? [
          ...columns([
            ...(due
              ? [
                  ['due in it, of members', stagesText(due.individual)],
                  ['due in it, of organisations', stagesText(due.collective)],
                ]
              : []),
            ...ofPeriod,
          ]),
          `registration of ${model.ofYear.year}, as of ${localTime(new Date(model.asOf), zone)} (closes ${model.closesOn})`,
        ]
      : []),
    ...columns(rows),
    ...numbered('limits', review?.limits ?? []),
    ...numbered('tasks', review?.tasks ?? []),
    ...(model.auditHead ? [`audit ${model.auditHead.hash} at ${at.toISOString()}`] : []),
  ]
}

function period(text: string): string {
  if (!isPeriod(text)) throw new InvalidArgumentError('It must be 2026, 2026-H1, 2026-Q1 or 2026-03.')
  return text
}

/** Adds `summary`. */
export function addSummaryCommand(program: Command): void {
  subcommand(program, 'summary', 'the figures of a cell, or of a committee with everything below it')
    .requiredOption('--org <id>', 'the organisation', wholeNumber())
    .option('--period <period>', 'year, half, quarter or month (default: this year)', period)
    .addHelpText('after', help)
    .action(async (options: { org: number; period?: string }, command: Command) => {
      const { model, zone, at } = await withDatabase(async ({ pool, now, config }) => {
        const { summaryOf } = await import('../store/admin-summary.ts')
        const at = now()
        const summary = await summaryOf(pool, options.org, options.period ?? null, at, config)
        return { ...summary, at }
      })
      print(command, model, linesOf(model, zone, at))
    })
}
