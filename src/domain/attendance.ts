/**
 * Attendance of one meeting (domain.md §3.4, from a published minutes form and Quy định 294-QĐ/TW):
 *
 *     total      = everyone on the roster who has not left
 *     notCounted = exempt and absent, temporarily away, suspended
 *     expected   = total − notCounted
 *     rate       = present / expected
 *
 * An exempt member who comes is counted, and then in both present and expected, so the rate cannot pass 100 %. One who is
 * temporarily away (counted where they are) or suspended and comes nevertheless is a guest: said, not counted.
 */
import type { MemberStatus } from './member.ts'
import type { Ratio } from './participation.ts'

/** `attending` and `excused` are what a member says before; `present` and `unexcused` what the roll call finds. */
export type AttendanceAnswer = 'attending' | 'excused' | 'present' | 'unexcused'

export interface AttendanceFigures {
  total: number
  notCounted: number
  expected: number
  /** Said they will come; nobody any more once the roll was called. */
  attending: number
  present: number
  excused: number
  /** Before the roll call: marked absent without leave. After it: also everyone who was not found present. */
  unexcused: number
  /** Expected, but nothing is known of them; none once the roll was called. */
  silent: number
  /** Exempt members among the present. */
  exemptPresent: number
  /** Away or suspended members who came; in no other figure. */
  guests: number
  /** present of expected. */
  rate: Ratio
}

/**
 * The figures of a meeting from its roster and the latest answer of each member (answers of others are ignored).
 * `isRollCalled`: from then on whoever is neither present nor excused was absent without leave, also those who had
 * said they would come. Always: attending + present + excused + unexcused + silent = expected = total − notCounted.
 */
export function attendance(
  members: readonly { memberId: number; status: MemberStatus }[],
  answers: readonly { memberId: number; answer: AttendanceAnswer }[],
  isRollCalled: boolean,
): AttendanceFigures {
  const answerOf = new Map(answers.map(({ memberId, answer }) => [memberId, answer]))
  const groups = members.map(({ memberId, status }) => ({ status, answer: answerOf.get(memberId) ?? null, count: 1 }))
  return attendanceOfCounts(groups, isRollCalled)
}

/** So many members of one status with one answer (null: none). */
export interface AttendanceCount {
  status: MemberStatus
  answer: AttendanceAnswer | null
  count: number
}

/** The same figures from counts: what a committee's thousands of meetings are added up from. */
export function attendanceOfCounts(groups: readonly AttendanceCount[], isRollCalled: boolean): AttendanceFigures {
  const counts = { attending: 0, present: 0, excused: 0, unexcused: 0, silent: 0 }
  let [total, notCounted, exemptPresent, guests] = [0, 0, 0, 0]
  for (const { status, answer, count } of groups) {
    if (status === 'left') continue
    total += count
    const comes = answer === 'present' || (answer === 'attending' && !isRollCalled)
    if (status === 'away' || status === 'suspended') {
      notCounted += count
      if (comes) guests += count
    } else if (status === 'exempt' && !comes) {
      notCounted += count
    } else {
      if (status === 'exempt' && answer === 'present') exemptPresent += count
      if (isRollCalled && answer !== 'present' && answer !== 'excused') counts.unexcused += count
      else counts[answer ?? 'silent'] += count
    }
  }
  const expected = total - notCounted
  return {
    total,
    notCounted,
    expected,
    ...counts,
    exemptPresent,
    guests,
    rate: { numerator: counts.present, denominator: expected },
  }
}

/** The figures over several meetings or cells, as in a year's report: 1,180 of 1,240 attendances. */
export function sumAttendance(list: readonly AttendanceFigures[]): AttendanceFigures {
  const add = (key: Exclude<keyof AttendanceFigures, 'rate'>) => list.reduce((sum, figures) => sum + figures[key], 0)
  return {
    total: add('total'),
    notCounted: add('notCounted'),
    expected: add('expected'),
    attending: add('attending'),
    present: add('present'),
    excused: add('excused'),
    unexcused: add('unexcused'),
    silent: add('silent'),
    exemptPresent: add('exemptPresent'),
    guests: add('guests'),
    rate: { numerator: add('present'), denominator: add('expected') },
  }
}
