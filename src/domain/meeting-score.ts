/**
 * How good a meeting was, by a form that the operator may edit. Provinces have forms of their own whose weights are not the same
 * (27-QĐ/TU of Nghệ An, 25-QĐi/TU of Đồng Nai), so the form is data; the criteria that ours shows are those of Hướng dẫn
 * 12-HD/BTCTW (06/7/2018). Nothing here is of a person.
 */
import type { Meeting } from './records.ts'

/** What records may tell of a meeting; of all but `unexcused`, more is better. */
export const measures = ['attendance', 'unexcused', 'unmoved', 'minutes', 'speakers', 'decisions'] as const
export type Measure = (typeof measures)[number]

/** Of this one, fewer is better: its steps say `atMost`, all others `from` or `above`. */
export const fewerIsBetter: Measure = 'unexcused'

/** One bound, and the points for whoever is within it. */
export type Step = { points: number } & ({ from: number } | { above: number } | { atMost: number })

export interface Criterion {
  id: string
  label: string
  /** The most there are. */
  points: number
  /** Counted from records, where they tell; else asked. */
  measure?: Measure
  steps?: readonly Step[]
  /** Kinds of meetings it is for; none given: all. */
  kinds?: readonly Meeting['kind'][]
}

export interface ScoreForm {
  title: string
  source: string
  criteria: readonly Criterion[]
  /** `from` percent of the maximum; best first, the last from 0. */
  grades: readonly { id: string; label: string; from: number }[]
}

/** What is known of a meeting; null: the records do not tell. Attendance in percent, `unmoved` 1 or 0, `minutes` in minutes. */
export type Measured = Readonly<Record<Measure, number | null>>

export interface CriterionScore {
  id: string
  label: string
  maximum: number
  /** Null where it is still to be answered. */
  points: number | null
  origin: 'records' | 'answer' | 'missing'
}

export interface MeetingScore {
  criteria: CriterionScore[]
  /** What is still to be answered. */
  missing: string[]
  /** Of what is known; the meeting's once nothing is missing. */
  total: number
  maximum: number
  /** Null while something is missing. */
  grade: string | null
}

/** The criteria that a kind of meeting is judged by. */
export function criteriaFor(form: ScoreForm, kind: Meeting['kind']): Criterion[] {
  return form.criteria.filter(({ kinds }) => kinds === undefined || kinds.includes(kind))
}

function isWithin(step: Step, value: number): boolean {
  if ('from' in step) return value >= step.from
  return 'above' in step ? value > step.above : value <= step.atMost
}

/** The best step that is reached, so that a better value never gets fewer points, in whatever order steps are written. */
function pointsFor(steps: readonly Step[], value: number): number {
  return Math.max(0, ...steps.filter((step) => isWithin(step, value)).map(({ points }) => points))
}

export type AnswerFault = 'unknown' | 'counted' | 'outOfRange'

/** What is wrong with the points that somebody gave, by criterion; records cannot be overruled. */
export function faultyAnswers(
  form: ScoreForm,
  kind: Meeting['kind'],
  measured: Measured,
  answers: ReadonlyMap<string, number>,
): { id: string; fault: AnswerFault; maximum: number }[] {
  const criteria = new Map(criteriaFor(form, kind).map((criterion) => [criterion.id, criterion]))
  return [...answers].flatMap(([id, points]): { id: string; fault: AnswerFault; maximum: number }[] => {
    const criterion = criteria.get(id)
    const maximum = criterion?.points ?? 0
    if (!criterion) return [{ id, fault: 'unknown', maximum }]
    if (criterion.measure && measured[criterion.measure] !== null) return [{ id, fault: 'counted', maximum }]
    const isHalf = Number.isInteger(points * 2)
    return isHalf && points >= 0 && points <= maximum ? [] : [{ id, fault: 'outOfRange', maximum }]
  })
}

/** Judges a meeting. Answers that `faultyAnswers` would name are left out. */
export function scoreMeeting(
  form: ScoreForm,
  kind: Meeting['kind'],
  measured: Measured,
  answers: ReadonlyMap<string, number>,
): MeetingScore {
  const faulty = new Set(faultyAnswers(form, kind, measured, answers).map(({ id }) => id))
  const criteria = criteriaFor(form, kind).map(({ id, label, points: maximum, measure, steps }): CriterionScore => {
    const value = measure ? measured[measure] : null
    if (value !== null) return { id, label, maximum, points: pointsFor(steps ?? [], value), origin: 'records' }
    const answer = faulty.has(id) ? undefined : answers.get(id)
    return { id, label, maximum, points: answer ?? null, origin: answer === undefined ? 'missing' : 'answer' }
  })
  const missing = criteria.filter(({ points }) => points === null).map(({ id }) => id)
  const total = criteria.reduce((sum, { points }) => sum + (points ?? 0), 0)
  const maximum = criteria.reduce((sum, each) => sum + each.maximum, 0)
  const grade = missing.length > 0 ? null : (form.grades.find(({ from }) => total * 100 >= maximum * from)?.id ?? null)
  return { criteria, missing, total, maximum, grade }
}
