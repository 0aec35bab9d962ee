/** `nep summary`: the figures of an organisation, each with what it is of. */
import { type Command, InvalidArgumentError } from 'commander'
import { isPeriod } from '../domain/calendar.ts'
import { type StageFigures, stageRatio } from '../domain/deed-figures.ts'
import type { MeetingFigures, MeetingSeries } from '../domain/meeting-series.ts'
import { cellRatio, organisationRatio, percentTenths, type Ratio } from '../domain/participation.ts'
import type { FiguresView } from '../store/admin-campaign.ts'
import type { AuditHead } from '../store/audit-seal.ts'
import { columns, print, subcommand, wholeNumber, withDatabase } from './command-line.ts'

const help = `
x of y (%) is what the bot says in chats: y are members who count (official, probationary, temporarily here),
x those of them with a deed that is handed in. Registration is by year: a period stands for the year it lies in.
Meetings are those of the period's months; held are those that are over and whose roll was called, and attendance is theirs.

Examples:
  nep summary --org 1
  nep summary --org 1 --period 2026 --json
`

/** A ratio with its percentage, to one decimal; null where nobody is counted. */
function figure(ratio: Ratio) {
  const tenths = percentTenths(ratio)
  return { ...ratio, percent: tenths === null ? null : tenths / 10 }
}

/** Of the approved deeds: done, in progress, overdue (its deadline passed), missed (its year passed). */
function stagesOf(of: StageFigures) {
  return {
    approved: of.approved,
    done: figure(stageRatio(of, 'done')),
    inProgress: figure(stageRatio(of, 'inProgress')),
    overdue: figure(stageRatio(of, 'overdue')),
    missed: figure(stageRatio(of, 'missed')),
  }
}

function meetingsOf(of: MeetingFigures) {
  const { held, regularHeld, thematicHeld, cancelled, cancelledFor, unrecorded, ahead, heldRate, attendance } = of
  const { expected, present, excused, unexcused, guests, rate } = attendance
  return {
    held,
    regularHeld,
    thematicHeld,
    cancelled,
    cancelledFor,
    unrecorded,
    ahead,
    heldRate: figure(heldRate),
    attendance: { expected, present, excused, unexcused, guests, rate: figure(rate) },
  }
}

function modelOf(view: FiguresView, meetings: MeetingSeries, period: string, asOf: Date, head: AuditHead | null) {
  const { figures, below, campaign, organisation, deeds } = view
  const { members, approved, registeredBeyond, individualDeeds, collectiveDeeds, excludedByStatus } = figures
  return {
    organisation,
    period,
    title: campaign.title,
    opensOn: campaign.opensOn,
    closesOn: campaign.closesOn,
    asOf: asOf.toISOString(),
    auditHead: head && { seq: head.seq, hash: head.hash },
    members: figure(members),
    approved: figure(approved),
    registeredBeyond,
    individualDeeds,
    collectiveDeeds,
    excluded: excludedByStatus,
    progress: { individual: stagesOf(deeds.individual), collective: stagesOf(deeds.collective) },
    collectiveFocus: deeds.focuses,
    commitments: { members: figure(deeds.commitments.members), approved: figure(deeds.commitments.approved) },
    ratings: deeds.ratings,
    commended: { ...deeds.commended, models: deeds.models, exemplars: deeds.exemplars },
    meetings: {
      ...meetingsOf(meetings),
      months: meetings.months.map((each) => ({ month: each.month, ...meetingsOf(each) })),
    },
    cells: { started: figure(cellRatio(figures, 'started')), complete: figure(cellRatio(figures, 'complete')) },
    ...(organisation.kind === 'committee'
      ? {
          organisations: {
            started: figure(organisationRatio(below, 'started')),
            complete: figure(organisationRatio(below, 'complete')),
          },
        }
      : {}),
  }
}

type Model = ReturnType<typeof modelOf>

function linesOf(model: Model): string[] {
  const { members, approved, cells, organisations, excluded } = model
  const ratio = ({ numerator, denominator, percent }: ReturnType<typeof figure>) =>
    `${numerator}/${denominator}${percent === null ? '' : ` (${percent.toFixed(1)} %)`}`
  const outside = Object.entries(excluded)
    .filter(([, count]) => count > 0)
    .map(([status, count]) => `${count} ${status}`)
  const rows = [
    ['members registered', ratio(members)],
    ['members approved', ratio(approved)],
    ['deeds of members', String(model.individualDeeds)],
    ['deeds of organisations', String(model.collectiveDeeds)],
    ...(['individual', 'collective'] as const).map((kind) => {
      const { done, inProgress, overdue, missed } = model.progress[kind]
      return [
        kind === 'individual' ? 'of members, approved' : 'of organisations, approved',
        `${ratio(done)} done, ${ratio(inProgress)} in progress, ${ratio(overdue)} overdue, ${ratio(missed)} missed`,
      ]
    }),
    ['commitments', ratio(model.commitments.members)],
    [
      'commended',
      `${model.commended.members} members, ${model.commended.collectives} organisations, ${model.commended.models} models, ${model.commended.exemplars} exemplars`,
    ],
    [
      'meetings',
      `${ratio(model.meetings.heldRate)} held (${model.meetings.regularHeld} regular, ${model.meetings.thematicHeld} thematic), ${model.meetings.cancelled} called off, ${model.meetings.unrecorded} without a roll call`,
    ],
    ['attendance', ratio(model.meetings.attendance.rate)],
    ['not counted', outside.join(', ') || 'nobody'],
    ['registered all the same', String(model.registeredBeyond)],
    ['cells started', ratio(cells.started)],
    ['cells complete', ratio(cells.complete)],
  ]
  if (organisations) {
    rows.push(['directly below, started', ratio(organisations.started)])
    rows.push(['directly below, complete', ratio(organisations.complete)])
  }
  return [
    `${model.organisation.name}, ${model.period} (closes ${model.closesOn})`,
    ...columns(rows),
    ...(model.auditHead ? [`audit ${model.auditHead.hash} at ${model.asOf}`] : []),
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
      const model = await withDatabase(async ({ pool, now, config }) => {
        const { figuresOf } = await import('../store/admin-campaign.ts')
        const { meetingSeriesOf } = await import('../store/meeting-series.ts')
        const at = now()
        const year = options.period === undefined ? null : Number(options.period.slice(0, 4))
        const view = await figuresOf(pool, options.org, year, at, config)
        const { sealAudit } = await import('../store/audit-seal.ts')
        const period = options.period ?? view.today.slice(0, 4)
        const meetings = await meetingSeriesOf(pool, options.org, period, at)
        // Linked after they were read: the head is of every row they rest on.
        return modelOf(view, meetings, period, at, await sealAudit(pool, options.org))
      })
      print(command, model, linesOf(model))
    })
}
