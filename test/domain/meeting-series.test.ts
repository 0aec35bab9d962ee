import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attendance, attendanceOfCounts } from '../../src/domain/attendance.ts'
import { type CountedMeeting, meetingSeries } from '../../src/domain/meeting-series.ts'
import { memberStatuses } from '../../src/domain/member.ts'

const now = new Date('2026-07-15T00:00:00Z')
const meetingOf = (occurrence: string, more: Partial<CountedMeeting> = {}): CountedMeeting => ({
  occurrence,
  kind: 'regular',
  reasonKind: null,
  startsAt: new Date(`${occurrence.slice(0, 7)}-03T12:30:00Z`),
  state: 'held',
  answers: [
    { status: 'official', answer: 'present', count: 9 },
    { status: 'official', answer: null, count: 1 },
    { status: 'exempt', answer: null, count: 2 },
  ],
  ...more,
})

describe('the meetings of a period', () => {
  it('are six held in half a year, with attendance of those expected', () => {
    const series = meetingSeries(
      ['2026-06', '2026-01', '2026-02', '2026-03', '2026-04', '2026-05'].map((month) => meetingOf(month)),
      now,
    )
    expect(series).toMatchObject({ held: 6, heldRate: { numerator: 6, denominator: 6 } })
    expect(series.attendance.rate).toEqual({ numerator: 54, denominator: 60 })
    expect(series.months.map(({ month }) => month)).toEqual([1, 2, 3, 4, 5, 6].map((month) => `2026-0${month}`))
  })

  it('are "six regular and one thematic", a combined one counting as both', () => {
    const thematic = meetingOf('2026-03-T', { kind: 'thematic' })
    const months = ['2026-01', '2026-02', '2026-03', '2026-04', '2026-05']
    const combined = meetingOf('2026-06', { kind: 'combined' })
    const series = meetingSeries([...months.map((month) => meetingOf(month)), combined, thematic], now)
    expect(series).toMatchObject({ held: 7, regularHeld: 6, thematicHeld: 2 })
    expect(series.months.map(({ month, held, thematicHeld }) => [month, held, thematicHeld])).toEqual([
      ['2026-01', 1, 0],
      ['2026-02', 1, 0],
      ['2026-03', 2, 1],
      ['2026-04', 1, 0],
      ['2026-05', 1, 0],
      ['2026-06', 1, 1],
    ])
  })

  it('are counted by the kind of reason they were not held for', () => {
    const off = (month: string, reasonKind: string | null) => meetingOf(month, { state: 'cancelled', reasonKind })
    const series = meetingSeries([off('2026-01', 'weather'), off('2026-02', 'weather'), off('2026-03', null)], now)
    expect(series).toMatchObject({ held: 0, cancelled: 3, cancelledFor: { weather: 2 } })
  })

  it('do not count as attended by nobody when the roll was not called, was called off or is still to come', () => {
    const series = meetingSeries(
      [
        meetingOf('2026-05', { state: 'planned' }),
        meetingOf('2026-06', { state: 'cancelled' }),
        meetingOf('2026-08', { state: 'planned' }),
      ],
      now,
    )
    expect(series).toMatchObject({ held: 0, unrecorded: 1, cancelled: 1, ahead: 1 })
    expect(series.heldRate).toEqual({ numerator: 0, denominator: 2 })
    expect(series.attendance.rate).toEqual({ numerator: 0, denominator: 0 })
  })

  it('are ahead until three hours after they began, also while the roll is being called', () => {
    const meeting = meetingOf('2026-07', { startsAt: new Date('2026-07-14T22:00:00Z'), state: 'planned' })
    expect(meetingSeries([meeting], now)).toMatchObject({ ahead: 1, unrecorded: 0 })
    expect(meetingSeries([meeting], new Date('2026-07-15T01:00:00Z'))).toMatchObject({ ahead: 0, unrecorded: 1 })
    expect(meetingSeries([{ ...meeting, state: 'held' }], now)).toMatchObject({ ahead: 0, held: 1 })
  })

  it('sum to the same by month as in all', () => {
    const meeting = fc.record({
      month: fc.integer({ min: 1, max: 9 }),
      state: fc.constantFrom('planned' as const, 'cancelled' as const, 'held' as const),
      present: fc.nat(50),
      absent: fc.nat(50),
    })
    fc.assert(
      fc.property(fc.array(meeting, { maxLength: 30 }), (list) => {
        const series = meetingSeries(
          list.map(({ month, state, present, absent }) =>
            meetingOf(`2026-0${month}`, {
              state,
              answers: [
                { status: 'official', answer: 'present', count: present },
                { status: 'probationary', answer: null, count: absent },
              ],
            }),
          ),
          now,
        )
        for (const key of ['held', 'cancelled', 'unrecorded', 'ahead'] as const) {
          expect(series.months.reduce((sum, each) => sum + each[key], 0)).toBe(series[key])
        }
        expect(series.months.reduce((sum, each) => sum + each.attendance.present, 0)).toBe(series.attendance.present)
        expect(series.held + series.cancelled + series.unrecorded + series.ahead).toBe(list.length)
      }),
      { seed: 20261125 },
    )
  })
})

describe('attendance from counts', () => {
  it('is what it is from the members one by one', () => {
    const group = fc.record({
      status: fc.constantFrom(...memberStatuses),
      answer: fc.constantFrom('attending' as const, 'excused' as const, 'present' as const, 'unexcused' as const, null),
      count: fc.nat(6),
    })
    fc.assert(
      fc.property(fc.array(group, { maxLength: 12 }), fc.boolean(), (groups, isRollCalled) => {
        const people = groups
          .flatMap((each) => Array.from({ length: each.count }, () => each))
          .map((each, memberId) => ({ ...each, memberId }))
        const given = people.flatMap(({ memberId, answer }) => (answer ? [{ memberId, answer }] : []))
        expect(attendanceOfCounts(groups, isRollCalled)).toEqual(attendance(people, given, isRollCalled))
      }),
      { seed: 20261126 },
    )
  })
})
