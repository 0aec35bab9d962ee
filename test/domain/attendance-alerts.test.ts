import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AttendanceAnswer } from '../../src/domain/attendance.ts'
import { attendanceAlerts, attendanceRuleOn } from '../../src/domain/attendance-alerts.ts'
import { readDataFiles } from '../../src/store/data-files.ts'

const rule = attendanceRuleOn((await readDataFiles()).attendanceRules, '2026-11-25')
const rate = (numerator: number, denominator: number) => ({ rate: { numerator, denominator } })
/** One meeting a month. */
const each = (answers: readonly unknown[]) => answers.map((_, at) => `2026-${String(at + 1).padStart(2, '0')}`)
const of = (answers: (AttendanceAnswer | null)[], status = 'official' as const) => [{ memberId: 1, status, answers }]

describe('a closed meeting', () => {
  test.each([
    [17, 20, true],
    [18, 20, false],
    [86, 100, false],
    [85, 100, true],
    [0, 0, false],
  ])('with %i of %i present is low: %s', (present, expected, isLow) => {
    expect(attendanceAlerts(rate(present, expected), [], rule, []).isLow).toBe(isLow)
  })

  test('tells of more than three excused in a row, up to now', () => {
    const times = (answers: AttendanceAnswer[]) =>
      attendanceAlerts(rate(1, 1), of(answers), rule, each(answers)).excusedInRow
    expect(times(['excused', 'excused', 'excused'])).toEqual([])
    expect(times(['excused', 'excused', 'excused', 'excused'])).toEqual([{ memberId: 1, times: 4 }])
    expect(times(['excused', 'excused', 'excused', 'excused', 'present'])).toEqual([])
    expect(times(['excused', 'excused', 'present', 'excused', 'excused'])).toEqual([])
  })

  test('tells of three months without a reason, and only when this is one of them', () => {
    const times = (answers: (AttendanceAnswer | null)[]) =>
      attendanceAlerts(rate(1, 1), of(answers), rule, each(answers)).monthsAbsent
    expect(times(['unexcused', 'present', 'unexcused'])).toEqual([])
    expect(times(['unexcused', 'attending', null])).toEqual([{ memberId: 1, times: 3 }])
    // Not on the roster then: whoever came in the third month was not absent in the first two.
    expect(times([null, null, 'unexcused'])).toEqual([])
    expect(times([null, 'unexcused', null, 'unexcused', 'unexcused'])).toEqual([{ memberId: 1, times: 3 }])
    expect(times(['unexcused', 'unexcused', 'unexcused', 'present'])).toEqual([])
  })

  test('counts a month once, whatever meetings it has, and not where one of them was attended', () => {
    const times = (answers: (AttendanceAnswer | null)[], months: string[]) =>
      attendanceAlerts(rate(1, 1), of(answers), rule, months).monthsAbsent
    expect(times(['unexcused', 'unexcused', null], ['2026-01', '2026-03', '2026-03'])).toEqual([])
    expect(times(['unexcused', 'unexcused', 'unexcused', null], ['2026-01', '2026-02', '2026-03', '2026-03'])).toEqual([
      { memberId: 1, times: 3 },
    ])
    const missed = ['unexcused', 'unexcused', 'unexcused'] as const
    expect(times([...missed, 'present', null], ['2026-01', '2026-02', '2026-03', '2026-04', '2026-04'])).toEqual([])
    // On no roster in February: that month is nobody's.
    expect(times(['unexcused', null, 'unexcused', null], ['2026-01', '2026-02', '2026-03', '2026-03'])).toEqual([])
  })
})

test('whoever does not count is in no alert, whatever they answered', () => {
  const answer = fc.constantFrom<AttendanceAnswer | null>('present', 'excused', 'unexcused', 'attending', null)
  const status = fc.constantFrom('exempt' as const, 'away' as const, 'suspended' as const, 'left' as const)
  fc.assert(
    fc.property(fc.array(answer), status, (answers, out) => {
      const alerts = attendanceAlerts(rate(1, 1), [{ memberId: 1, status: out, answers }], rule, each(answers))
      expect(alerts).toEqual({ isLow: false, unexcused: [], excusedInRow: [], monthsAbsent: [] })
    }),
    { seed: 1 },
  )
})
