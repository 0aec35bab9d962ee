/**
 * Closing the books of a period ("khoá sổ, chốt số liệu"): its figures and roster are frozen, and what belongs to it is
 * refused from then on until it is reopened. Reports are due every six months and every year (Hướng dẫn 40-HD/BTCTW,
 * 10/10/2025), and collectives and members are also judged by quarters (Quy định 366-QĐ/TW, 30/8/2025), so quarters, halves
 * and years can be closed; they are closed one by one, and each freezes what stood at that instant.
 *
 * Registration, deeds and their progress are of the year, so a closed half or quarter holds them as they stood in the year when
 * it was closed: members register once a year, and what is asked of a half year is its review ("sơ kết") and "statistics of
 * organisations and members" (domain.md §2.4, §4.1: every 6 months and yearly), not another register. Meetings and who came
 * to them are those of the period's own months.
 *
 * A period may be closed from the first day of its last month on: reports go out before the last day.
 *
 * Which change belongs to which period:
 *
 * - a deed handed in, edited, decided, withdrawn or reported on: to the quarter, the half and the year of the day on which
 *   that happens; before or after the deed's own year, of the first or last day of that year. A deed reported as done on an
 *   earlier day, or no longer done on it, to those of that day as well;
 * - what was said of a deed's progress: to those of the month it is told for;
 * - a rating: to the period rated and to those that contain it, whenever it is given;
 * - praise and models: as deeds, by the day; the exemplar of a month to those of that month;
 * - a roll call, its correction, a meeting held or called off, of what kind it then is and why it was not held, and the minutes:
 *   to those of the meeting's month; so is another time for a meeting that is over without a result. Answers before the roll
 *   call and new days of a meeting still to come are no figures and belong to none.
 *
 * Rosters, the tree and campaigns go on changing: what they were is in what was frozen. So does erasing one's own data:
 * figures hold nobody's words.
 */
import {
  datePartsOf,
  isPeriod,
  type LocalDate,
  type Period,
  periodContaining,
  periodKindOf,
  periodRange,
} from './calendar.ts'
import { meetingHours } from './meeting.ts'
import type { Closing } from './period-records.ts'
import type {
  Attendance,
  Commendation,
  Deed,
  DeedProgress,
  DeedRating,
  Meeting,
  RecordName,
  Records,
} from './records.ts'

/** Quarters, halves and years. */
export function isClosable(period: string): boolean {
  return isPeriod(period) && periodKindOf(period) !== 'month'
}

/** The first day on which a period may be closed. */
export function closableFrom(period: Period): LocalDate {
  return `${periodRange(period).to.slice(0, 7)}-01`
}

export type ClosingRefusal = 'noSuchPeriod' | 'tooEarly' | 'alreadyClosed'

/** Why a period cannot be closed on a day, or null. */
export function refusalToClose(period: string, today: LocalDate, closed: readonly string[]): ClosingRefusal | null {
  if (!isClosable(period)) return 'noSuchPeriod'
  if (closed.includes(period)) return 'alreadyClosed'
  return today < closableFrom(period) ? 'tooEarly' : null
}

/**
 * The period that is reviewed on a day where none is named: the half year ("sơ kết") from June to October, the year ("tổng
 * kết") in November and December, when cells judge themselves (domain.md §2.4), and until May the year before.
 */
export function periodReviewed(today: LocalDate): Period {
  const { year, month } = datePartsOf(today)
  if (month >= 11) return String(year)
  return month >= 6 ? `${year}-H1` : String(year - 1)
}

/** The closing that stands, of those of one period; null while it is open. */
export function standingClosing(closings: readonly Closing[], period: string): Closing | null {
  return closings.find((each) => each.period === period && each.reopenedAt === null) ?? null
}

const kinds = ['quarter', 'half', 'year'] as const

/** The quarter, the half and the year of a day. */
function periodsOfDay(day: LocalDate): Period[] {
  return kinds.map((kind) => periodContaining(day, kind))
}

/** The same within one year: a day before or after it counts as its first or last. */
function periodsWithinYear(day: LocalDate, year: number): Period[] {
  const own = datePartsOf(day).year
  return periodsOfDay(own < year ? `${year}-01-01` : own > year ? `${year}-12-31` : day)
}

/** A period and those that contain it. */
function periodsAround(period: Period): Period[] {
  const { from, to } = periodRange(period)
  return kinds.map((kind) => periodContaining(from, kind)).filter((each) => periodRange(each).to >= to)
}

/** A row that is written or removed; `before` is what stands now, as far as it is known. */
export type RowChange = {
  [K in RecordName]: { record: K; row: Records[K]; before: Records[K] | null; isRemoved: boolean }
}[RecordName]

const ratingFields: readonly (keyof Deed)[] = ['selfRating', 'cellRating', 'ratedBy', 'version', 'updatedAt']

function changedFields(row: Deed, before: Deed): (keyof Deed)[] {
  return (Object.keys(row) as (keyof Deed)[]).filter(
    (field) => JSON.stringify(row[field] ?? null) !== JSON.stringify(before[field] ?? null),
  )
}

function ofDeed(row: Deed, before: Deed | null, today: LocalDate): Period[] {
  // Erased: the words go, the counts stay.
  if (row.content === null && row.state === (before?.state ?? row.state)) return []
  if (before && changedFields(row, before).every((field) => ratingFields.includes(field))) return [String(row.year)]
  const doneDays = row.doneOn === (before?.doneOn ?? null) ? [] : [row.doneOn, before?.doneOn ?? null]
  return [today, ...doneDays].flatMap((day) => (day === null ? [] : periodsWithinYear(day, row.year)))
}

function ofProgress(row: DeedProgress, before: DeedProgress | null): Period[] {
  const isErased = before !== null && row.percent === before.percent && row.done === before.done
  return isErased ? [] : periodsWithinYear(`${row.round}-01`, row.year)
}

function ofPraise(row: Commendation, today: LocalDate): Period[] {
  return [...periodsWithinYear(today, row.year), ...(row.period === null ? [] : periodsAround(row.period))]
}

/** What a row of a meeting gives to figures; of one still planned only that it stands there. */
function countedOf(meeting: Meeting | null): string {
  if (meeting === null || meeting.state === 'planned') return String(meeting?.rollClosedAt?.getTime() ?? 'planned')
  const { state, kind, reasonKind, rollClosedAt } = meeting
  return JSON.stringify([state, kind, state === 'cancelled' ? reasonKind : null, rollClosedAt?.getTime() ?? null])
}

const isOverAt = (meeting: Meeting, at: Date) => meeting.startsAt.getTime() + meetingHours * 3_600_000 <= at.getTime()

function ofMeeting(row: Meeting, before: Meeting | null, isRemoved: boolean): Period[] {
  const isCounted = countedOf(isRemoved ? null : row) !== countedOf(before)
  // Over and without a result it was counted as that: at another time it would not be.
  const wasOver = before !== null && before.state === 'planned' && isOverAt(before, row.updatedAt)
  const isTakenAway = wasOver && (isRemoved || row.startsAt.getTime() !== before.startsAt.getTime())
  return isCounted || isTakenAway ? periodsAround(row.occurrence.slice(0, 7)) : []
}

function ofAttendance(
  row: Attendance,
  before: Attendance | null,
  meeting: Meeting | null,
  isRemoved: boolean,
): Period[] {
  if (before !== null && before.answer === row.answer && !isRemoved) return []
  const isResult = row.answer === 'present' || row.answer === 'unexcused' || meeting?.state === 'held'
  return isResult ? periodsAround(row.occurrence.slice(0, 7)) : []
}

const ofRating = (row: DeedRating): Period[] => periodsAround(row.period)

/**
 * The periods that a change belongs to, by the rule above; none for what is no figure.
 *
 * @param today where the organisation is
 * @param meeting the meeting that an answer is about, as it stands
 */
export function periodsOfChange(change: RowChange, today: LocalDate, meeting: Meeting | null = null): Period[] {
  switch (change.record) {
    case 'deed':
      return change.isRemoved ? periodsWithinYear(today, change.row.year) : ofDeed(change.row, change.before, today)
    case 'deedProgress':
      return ofProgress(change.row, change.before)
    case 'deedRating':
      return ofRating(change.row)
    case 'commendation':
      return ofPraise(change.row, today)
    case 'meeting':
      return ofMeeting(change.row, change.before, change.isRemoved)
    case 'minutes':
    case 'minutesItem':
      return periodsAround(change.row.occurrence.slice(0, 7))
    case 'attendance':
      return ofAttendance(change.row, change.before, meeting, change.isRemoved)
    default:
      return []
  }
}

/** The first closed period that a change belongs to, the smallest first; null where it may be made. */
export function closedPeriodOf(
  change: RowChange,
  closed: readonly string[],
  today: LocalDate,
  meeting: Meeting | null = null,
): Period | null {
  if (closed.length === 0) return null
  return periodsOfChange(change, today, meeting).find((period) => closed.includes(period)) ?? null
}
