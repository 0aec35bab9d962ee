/**
 * What a secretary is told once a roll call is closed, and nobody else: the criteria of a good meeting and of the Charter's
 * rules that this meeting touches. They tell, they never decide; exempt, away and suspended members are left out.
 */
import type { AttendanceAnswer, AttendanceFigures } from './attendance.ts'
import type { MemberStatus } from './member.ts'
import { countsInDenominator } from './participation.ts'

/** Thresholds change with guidance, so each line says from when it holds and where it stands. */
export interface AttendanceRule {
  /** 'YYYY-MM-DD'. */
  from: string
  /** Attendance has to be above so many percent. */
  abovePercent: number
  /** More excused absences in a row than this, within the year, are one too many. */
  mostExcusedInRow: number
  /** Months of a year without good reason after which the Charter's procedure may be considered. */
  monthsAbsent: number
  sources: { attendance: string; months: string }
}

/**
 * The rule in force on a day, of those of the group's profile (`prisma/data/<profile>/attendance.json`, newest last);
 * before the first one, the first one. Null where groups of that kind have no such rule.
 */
export function attendanceRuleOn(rules: readonly AttendanceRule[], today: string): AttendanceRule | null {
  return rules.findLast((rule) => rule.from <= today) ?? rules[0] ?? null
}

/**
 * One member's answers at the closed meetings of a year, oldest first, this one last. Null of an earlier one: the member was not on
 * the roster then or did not count, since a closed roll call leaves nobody else without an answer.
 */
export interface AttendanceHistory {
  memberId: number
  status: MemberStatus
  answers: readonly (AttendanceAnswer | null)[]
}

export interface AttendanceAlerts {
  /** Attendance is not above the threshold. */
  isLow: boolean
  /** Absent without leave at this meeting. */
  unexcused: number[]
  /** Excused more often in a row, up to this meeting, than the rule allows. */
  excusedInRow: { memberId: number; times: number }[]
  /** Absent without leave from all meetings of so many months of the year, this month among them. */
  monthsAbsent: { memberId: number; times: number }[]
}

/** Whether an answer is an absence without leave once the roll is closed: nobody was found, nobody had asked. */
const isUnexcused = (answer: AttendanceAnswer | null) => answer !== 'present' && answer !== 'excused'

function excusedRun(answers: AttendanceHistory['answers']): number {
  let run = 0
  for (let at = answers.length - 1; at >= 0 && answers[at] === 'excused'; at -= 1) run += 1
  return run
}

/**
 * The months in which somebody who was on the roster came to none of the meetings and asked leave from none; months with several
 * meetings are one.
 */
function monthsMissed(answers: AttendanceHistory['answers'], months: readonly string[]): Set<string> {
  const missed = new Set<string>()
  const last = answers.length - 1
  for (const [at, answer] of answers.entries())
    if (isUnexcused(answer) && (answer !== null || at === last)) missed.add(months[at]!)
  for (const [at, answer] of answers.entries()) if (!isUnexcused(answer)) missed.delete(months[at]!)
  return missed
}

/** What a closed meeting gives reason to tell its secretary: who was absent without leave, and what the rule minds. `months`: of each answer. */
export function attendanceAlerts(
  figures: Pick<AttendanceFigures, 'rate'>,
  histories: readonly AttendanceHistory[],
  rule: AttendanceRule | null,
  months: readonly string[],
): AttendanceAlerts {
  const counted = histories.filter(({ status }) => countsInDenominator(status))
  const { numerator, denominator } = figures.rate
  const unexcused = counted.filter(({ answers }) => answers.length > 0 && isUnexcused(answers.at(-1) ?? null))
  if (rule === null)
    return { isLow: false, unexcused: unexcused.map(({ memberId }) => memberId), excusedInRow: [], monthsAbsent: [] }
  return {
    isLow: denominator > 0 && numerator * 100 <= denominator * rule.abovePercent,
    unexcused: unexcused.map(({ memberId }) => memberId),
    excusedInRow: counted
      .map(({ memberId, answers }) => ({ memberId, times: excusedRun(answers) }))
      .filter(({ times }) => times > rule.mostExcusedInRow),
    monthsAbsent: unexcused
      .map(({ memberId, answers }) => ({ memberId, missed: monthsMissed(answers, months) }))
      .filter(({ missed }) => missed.size >= rule.monthsAbsent && missed.has(months.at(-1) ?? ''))
      .map(({ memberId, missed }) => ({ memberId, times: missed.size })),
  }
}
