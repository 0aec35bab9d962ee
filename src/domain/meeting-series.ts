/**
 * The meetings of a period, for reports: "tổ chức 6 kỳ sinh hoạt" (domain.md §4.1), and who came to them.
 *
 * Attendance is only summed over meetings whose roll call was closed: of the others nothing is known, and a meeting without a
 * roll call must not read as one that nobody came to. A meeting keeps its own counts from then on (`Meeting.rollCounts`): whoever
 * joins, leaves or is moved later changes nothing in them.
 */
import { type AttendanceFigures, attendanceOfCounts, sumAttendance } from './attendance.ts'
import { meetingHours } from './meeting.ts'
import { monthOfMeeting } from './meeting-notice.ts'
import type { Ratio } from './participation.ts'
import type { Meeting } from './records.ts'

/** A meeting as the series needs it, of any cell. */
export type CountedMeeting = Pick<
  Meeting,
  'occurrence' | 'kind' | 'reasonKind' | 'startsAt' | 'state' | 'rollCounts'
> & {
  /** What the cell judged it to be by its form; null where it did not. */
  grade?: string | null
}

export interface MeetingFigures {
  /** The roll was called and its result given. */
  held: number
  /** Of those held: regular ones ("6 kỳ sinh hoạt"), with or without a thematic part. */
  regularHeld: number
  /** Of those held: thematic ones ("1 chuyên đề"), of their own or as part of a regular one, which then counts in both. */
  thematicHeld: number
  cancelled: number
  /** Of those not held, by the kind of the reason given; without a reason: in none. */
  cancelledFor: Readonly<Record<string, number>>
  /** Over by the clock, but nobody gave the result of a roll call: whether it was held is not known. */
  unrecorded: number
  /** Still to come or going on, also where it is called off for that day. */
  ahead: number
  /** Held of all whose time is past. */
  heldRate: Ratio
  /** Of those held and judged, by grade. */
  grades: Readonly<Record<string, number>>
  /** Summed over the meetings held. */
  attendance: AttendanceFigures
}

export interface MeetingSeries extends MeetingFigures {
  /** The same by month, oldest first; months without a meeting are left out. */
  months: readonly ({ month: string } & MeetingFigures)[]
}

type Standing = 'held' | 'cancelled' | 'unrecorded' | 'ahead'

function standingOf(meeting: CountedMeeting, now: Date): Standing {
  if (meeting.state === 'held') return 'held'
  // Called off, it may still be put on another day: it was not held once its own is past.
  if (meeting.startsAt.getTime() + meetingHours * 3_600_000 > now.getTime()) return 'ahead'
  return meeting.state === 'cancelled' ? 'cancelled' : 'unrecorded'
}

function figuresOf(meetings: readonly CountedMeeting[], now: Date): MeetingFigures {
  const counts: Record<Standing, number> = { held: 0, cancelled: 0, unrecorded: 0, ahead: 0 }
  const called: AttendanceFigures[] = []
  const cancelledFor: Record<string, number> = {}
  const grades: Record<string, number> = {}
  let [regularHeld, thematicHeld] = [0, 0]
  for (const meeting of meetings) {
    const standing = standingOf(meeting, now)
    counts[standing] += 1
    if (standing === 'held') {
      called.push(attendanceOfCounts(meeting.rollCounts ?? [], true))
      if (meeting.kind !== 'thematic') regularHeld += 1
      if (meeting.kind !== 'regular') thematicHeld += 1
      if (meeting.grade) grades[meeting.grade] = (grades[meeting.grade] ?? 0) + 1
    }
    const { reasonKind } = meeting
    if (standing === 'cancelled' && reasonKind) cancelledFor[reasonKind] = (cancelledFor[reasonKind] ?? 0) + 1
  }
  return {
    ...counts,
    regularHeld,
    thematicHeld,
    cancelledFor,
    grades,
    heldRate: { numerator: counts.held, denominator: meetings.length - counts.ahead },
    attendance: sumAttendance(called),
  }
}

/** Counts the meetings of a period, of one cell or of many, in all and by the month they belong to. */
export function meetingSeries(meetings: readonly CountedMeeting[], now: Date): MeetingSeries {
  const months = [...new Set(meetings.map(({ occurrence }) => monthOfMeeting(occurrence)))].sort()
  const of = new Map<string, CountedMeeting[]>(months.map((month) => [month, []]))
  for (const meeting of meetings) of.get(monthOfMeeting(meeting.occurrence))?.push(meeting)
  return {
    ...figuresOf(meetings, now),
    months: [...of].map(([month, list]) => ({ month, ...figuresOf(list, now) })),
  }
}
