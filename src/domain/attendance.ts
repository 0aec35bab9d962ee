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
  return attendanceOfCounts(countsOf(members, answers), isRollCalled)
}

/** So many members of one status with one answer (null: none). */
export interface AttendanceCount {
  status: MemberStatus
  answer: AttendanceAnswer | null
  count: number
}

/** What a meeting keeps when its roll is closed: its roster without whoever has left, by status and answer, in one order. */
export function countsOf(
  members: readonly { memberId: number; status: MemberStatus }[],
  answers: readonly { memberId: number; answer: AttendanceAnswer }[],
): AttendanceCount[] {
  const answerOf = new Map(answers.map(({ memberId, answer }) => [memberId, answer]))
  const found = new Map<string, AttendanceCount>()
  for (const { memberId, status } of members) {
    if (status === 'left') continue
    const place = { status, answer: answerOf.get(memberId) ?? null }
    found.set(keyOf(place), { ...place, count: (found.get(keyOf(place))?.count ?? 0) + 1 })
  }
  return inOrder([...found.values()])
}

type Place = Pick<AttendanceCount, 'status' | 'answer'>

const keyOf = ({ status, answer }: Place) => `${status} ${answer ?? ''}`
const isAt = (place: Place) => (each: Place) => keyOf(each) === keyOf(place)
const inOrder = (counts: AttendanceCount[]) => counts.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))

/** One member more (or, with -1, less) at a place. */
function add(counts: readonly AttendanceCount[], place: Place, by: 1 | -1): AttendanceCount[] {
  const rest = counts.filter((each) => !isAt(place)(each))
  const count = (counts.find(isAt(place))?.count ?? 0) + by
  return inOrder(count > 0 ? [...rest, { status: place.status, answer: place.answer, count }] : rest)
}

/**
 * The counts once one member's answer is another. `was` are the statuses the member may have been counted with, the likeliest
 * first: rosters of the past are known by the day, and one may have changed on that very evening. Where they hold nobody with
 * the answer before, the member was not counted and is from now on, as what they are (`status`).
 */
export function corrected(
  counts: readonly AttendanceCount[],
  { was, status }: { was: readonly MemberStatus[]; status: MemberStatus },
  before: AttendanceAnswer | null,
  after: AttendanceAnswer,
): AttendanceCount[] {
  const from = was.map((each) => ({ status: each, answer: before })).find((place) => counts.some(isAt(place)))
  return from
    ? add(add(counts, from, -1), { status: from.status, answer: after }, 1)
    : add(counts, { status, answer: after }, 1)
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
