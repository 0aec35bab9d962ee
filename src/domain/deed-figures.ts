/**
 * How far deeds are, by date, and what was praised: the one place where that is decided. Text, JSON and reports take
 * their figures from here.
 *
 * Only approved deeds are followed (domain.md §1.5: approved, then in progress). A deed is `done` from the day it was
 * reported finished; `missed` when it was not by the end of its campaign's year; `overdue` when its own deadline has
 * passed while the year still runs; else it is `inProgress`. So done + inProgress + overdue + missed = all, always.
 */
import type { DateRange } from './calendar.ts'
import { isOfForm } from './forms.ts'
import { type Ratio, registrationOfCounts, type StandingCount } from './participation.ts'
import { countRatings, type Rating, type RatingCounts } from './rating.ts'
import type { Commendation, Deed, DeedFocus, DeedState, SubjectKind } from './records.ts'

export const deedStages = ['done', 'inProgress', 'overdue', 'missed'] as const
export type DeedStage = (typeof deedStages)[number]

/** What decides a stage: 'YYYY-MM-DD' days; `dueOn` null is the end of the year. */
export interface DatedDeed {
  year: number
  dueOn: string | null
  isDone: boolean
}

/** Last day of the campaign of a year: deeds of a year are done within it. */
export const lastDayOfYear = (year: number): string => `${year}-12-31`

/** Where a deed stands on a day; the day itself is still in time. */
export function stageOf({ year, dueOn, isDone }: DatedDeed, today: string): DeedStage {
  if (isDone) return 'done'
  if (today > lastDayOfYear(year)) return 'missed'
  return today > (dueOn ?? lastDayOfYear(year)) ? 'overdue' : 'inProgress'
}

/** Approved and not finished: what its owner is asked about. */
export function isOpenDeed(deed: Pick<Deed, 'state' | 'doneOn'>): boolean {
  return deed.state === 'approved' && deed.doneOn === null
}

/** Of last year's pledge, what may be taken up again because it was not finished. */
export function leftUndone(deeds: readonly Deed[]): Deed[] {
  const handedIn: readonly DeedState[] = ['submitted', 'approved']
  return deeds
    .filter((deed) => handedIn.includes(deed.state) && isOfForm(deed, 'pledge'))
    .filter((deed) => deed.doneOn === null && deed.content !== null)
    .sort((a, b) => a.number - b.number)
}

/** Approved deeds that are alike in everything that figures ask for. */
export interface DeedGroup {
  subjectKind: SubjectKind
  focus: DeedFocus | null
  dueOn: string | null
  isDone: boolean
  count: number
}

/** What the database counts of an organisation and everything below it. */
export interface DeedCounts {
  year: number
  groups: DeedGroup[]
  /** Members who count, and of those the ones whose commitment is handed in and approved. */
  commitments: { counted: number; registered: number; approved: number }
  /** Praise by kind and by whose it is; each member and collective counts once. */
  praise: { kind: Commendation['kind']; members: number; collectives: number; entries: number }[]
  /** Ratings that cells gave, by period and level. */
  ratings: { period: string; rating: Rating; count: number }[]
}

export interface StageFigures {
  /** All approved deeds: what the others are of. */
  approved: number
  stages: Record<DeedStage, number>
}

export interface DeedFigures {
  individual: StageFigures
  collective: StageFigures
  /** Approved deeds of collectives by what they are; others are not named. */
  focuses: Record<DeedFocus, number>
  /** x/y of the commitment form, counted as the pledge's are. */
  commitments: { members: Ratio; approved: Ratio }
  commended: { members: number; collectives: number }
  models: number
  exemplars: number
  /** Deeds that cells rated, by period ('2026', '2026-H1', '2026-Q3') in order. */
  ratings: Record<string, RatingCounts>
}

/** Of members by status and their best state on the commitment form: counted as the pledge's are. */
export function commitmentCounts(members: readonly StandingCount[]): DeedCounts['commitments'] {
  const cells = { total: 0, started: 0, complete: 0 }
  const figures = registrationOfCounts({ members, individualDeeds: 0, collectiveDeeds: 0, cells })
  const { numerator: registered, denominator: counted } = figures.members
  return { counted, registered, approved: figures.approved.numerator }
}

const noStages = (): StageFigures => ({ approved: 0, stages: { done: 0, inProgress: 0, overdue: 0, missed: 0 } })

/** The figures of a year as of a day. */
export function deedFiguresOf(counts: DeedCounts, today: string): DeedFigures {
  const figures = { individual: noStages(), collective: noStages() }
  const focuses: Record<DeedFocus, number> = { breakthrough: 0, pressing: 0, model: 0 }
  for (const group of counts.groups) {
    const of = figures[group.subjectKind]
    of.approved += group.count
    of.stages[stageOf({ ...group, year: counts.year }, today)] += group.count
    if (group.subjectKind === 'collective' && group.focus) focuses[group.focus] += group.count
  }
  const { counted: denominator, registered, approved } = counts.commitments
  const praise = (kind: Commendation['kind']) =>
    counts.praise.find((each) => each.kind === kind) ?? { members: 0, collectives: 0, entries: 0 }
  const { members: praised, collectives } = praise('praise')
  return {
    ...figures,
    focuses,
    commitments: {
      members: { numerator: registered, denominator },
      approved: { numerator: approved, denominator },
    },
    commended: { members: praised, collectives },
    models: praise('model').entries,
    exemplars: praise('exemplar').entries,
    ratings: ratingsOf(counts),
  }
}

/** Of the approved deeds, those whose deadline lies in a period (its days included), as of a day. */
export function deedsDueIn(
  counts: DeedCounts,
  { from, to }: DateRange,
  today: string,
): Pick<DeedFigures, 'individual' | 'collective'> {
  const isIn = ({ dueOn }: DeedGroup) => {
    const day = dueOn ?? lastDayOfYear(counts.year)
    return from <= day && day <= to
  }
  const { individual, collective } = deedFiguresOf({ ...counts, groups: counts.groups.filter(isIn) }, today)
  return { individual, collective }
}

function ratingsOf({ ratings }: DeedCounts): Record<string, RatingCounts> {
  const byPeriod: Record<string, RatingCounts> = {}
  for (const { period, rating, count } of [...ratings].sort((a, b) => (a.period < b.period ? -1 : 1))) {
    byPeriod[period] ??= countRatings([])
    byPeriod[period][rating] += count
  }
  return byPeriod
}

/** Part of all approved deeds, as every figure is said. */
export function stageRatio(figures: StageFigures, stage: DeedStage): Ratio {
  return { numerator: figures.stages[stage], denominator: figures.approved }
}
