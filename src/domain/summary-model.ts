/**
 * The summary of an organisation in a period as one plain value: what `nep summary --json` prints, what a closing of the
 * books freezes, and what the texts of a closed period are made from.
 */
import type { DeedFigures, DeedStage, StageFigures } from './deed-figures.ts'
import { stageRatio } from './deed-figures.ts'
import type { MeetingFigures, MeetingSeries } from './meeting-series.ts'
import { cellRatio, organisationRatio, percentTenths, type Ratio, type Registration } from './participation.ts'
import type { Campaign } from './records.ts'

/** Grows whenever the shape changes, so that a frozen model is still understood years later. */
export const summaryModelVersion = 3

/** A ratio with its percentage, to one decimal; null where nobody is counted. */
export interface Figure extends Ratio {
  percent: number | null
}

export function figure(ratio: Ratio): Figure {
  const tenths = percentTenths(ratio)
  const { numerator, denominator } = ratio
  return { numerator, denominator, percent: tenths === null ? null : tenths / 10 }
}

/**
 * What of a model is of the whole year in which its period lies, as it stood at `asOf`: members register once a year, so there is no
 * other register of a quarter. Everything else is of the period: deeds due in it, its meetings, ratings by their own periods.
 */
const yearFields = [
  ...(['title', 'opensOn', 'closesOn', 'members', 'approved', 'registeredBeyond', 'individualDeeds'] as const),
  ...(['collectiveDeeds', 'excluded', 'progress', 'collectiveFocus', 'commitments', 'commended', 'cells'] as const),
  'organisations' as const,
]

export function ofYear(period: string): { year: number; fields: readonly string[] } {
  return { year: Number(period.slice(0, 4)), fields: yearFields }
}

/** What a summary is made from. */
export interface SummarySource {
  organisation: { id: number; name: string; kind: 'cell' | 'committee' }
  figures: Registration
  /** Those directly below. */
  below: readonly Registration[]
  deeds: DeedFigures
  /** Those whose deadline lies in the period. */
  due: Pick<DeedFigures, 'individual' | 'collective'>
  meetings: MeetingSeries
  campaign: Pick<Campaign, 'title' | 'opensOn' | 'closesOn'>
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
  const { held, regularHeld, thematicHeld, cancelled, cancelledFor, grades, unrecorded, ahead, heldRate, attendance } =
    of
  const { expected, present, excused, unexcused, guests, rate } = attendance
  return {
    held,
    regularHeld,
    thematicHeld,
    cancelled,
    cancelledFor,
    grades,
    unrecorded,
    ahead,
    heldRate: figure(heldRate),
    attendance: { expected, present, excused, unexcused, guests, rate: figure(rate) },
  }
}

/** Every figure with its numerator and denominator, as of an instant. */
export function summaryModel(source: SummarySource, period: string, asOf: Date) {
  const { figures, below, campaign, organisation, deeds, due, meetings } = source
  const { members, approved, registeredBeyond, individualDeeds, collectiveDeeds, excludedByStatus } = figures
  return {
    organisation,
    period,
    title: campaign.title,
    opensOn: campaign.opensOn,
    closesOn: campaign.closesOn,
    asOf: asOf.toISOString(),
    ofYear: ofYear(period),
    due: { individual: stagesOf(due.individual), collective: stagesOf(due.collective) },
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

export type SummaryModel = ReturnType<typeof summaryModel>

const stages = (of: SummaryModel['progress']['individual']): StageFigures => ({
  approved: of.approved,
  stages: Object.fromEntries(
    (['done', 'inProgress', 'overdue', 'missed'] as const).map((stage) => [stage, of[stage].numerator]),
  ) as Record<DeedStage, number>,
})

/** The deeds due in the period of a model; null where it was frozen before they were counted. */
export function dueOfModel({ due }: SummaryModel): Pick<DeedFigures, 'individual' | 'collective'> | null {
  // Frozen by an earlier version.
  if (!(due as SummaryModel['due'] | undefined)) return null
  return { individual: stages(due.individual), collective: stages(due.collective) }
}

/** The figures that a model holds, as texts take them. */
export function figuresOfModel(model: SummaryModel): { registration: Registration; deeds: DeedFigures } {
  const ratio = ({ numerator, denominator }: Ratio): Ratio => ({ numerator, denominator })
  const { members, approved, registeredBeyond, individualDeeds, collectiveDeeds, excluded, cells, commended } = model
  return {
    registration: {
      members: ratio(members),
      approved: ratio(approved),
      registeredBeyond,
      individualDeeds,
      collectiveDeeds,
      excludedByStatus: excluded,
      cells: {
        total: cells.started.denominator,
        started: cells.started.numerator,
        complete: cells.complete.numerator,
      },
    },
    deeds: {
      individual: stages(model.progress.individual),
      collective: stages(model.progress.collective),
      focuses: model.collectiveFocus,
      commitments: { members: ratio(model.commitments.members), approved: ratio(model.commitments.approved) },
      commended: { members: commended.members, collectives: commended.collectives },
      models: commended.models,
      exemplars: commended.exemplars,
      ratings: model.ratings,
    },
  }
}
