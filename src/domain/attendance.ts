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
  const counts = { attending: 0, present: 0, excused: 0, unexcused: 0, silent: 0 }
  let [total, notCounted, exemptPresent, guests] = [0, 0, 0, 0]
  for (const { memberId, status } of members) {
    if (status === 'left') continue
    total += 1
    const answer = answerOf.get(memberId)
    const comes = answer === 'present' || (answer === 'attending' && !isRollCalled)
    if (status === 'away' || status === 'suspended') {
      notCounted += 1
      if (comes) guests += 1
    } else if (status === 'exempt' && !comes) {
      notCounted += 1
    } else {
      if (status === 'exempt' && answer === 'present') exemptPresent += 1
      if (isRollCalled && answer !== 'present' && answer !== 'excused') counts.unexcused += 1
      else counts[answer ?? 'silent'] += 1
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
