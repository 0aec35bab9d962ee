import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AttendanceAnswer, attendance, attendanceOfCounts } from '../../src/domain/attendance.ts'
import { type CountedMeeting, meetingSeries } from '../../src/domain/meeting-series.ts'
import { type MemberStatus, memberStatuses } from '../../src/domain/member.ts'

const now = new Date('2026-07-15T00:00:00Z')
const meetingOf = (occurrence: string, more: Partial<CountedMeeting> = {}): CountedMeeting => ({
  occurrence,
  kind: 'regular',
  reasonKind: null,
  startsAt: new Date(`${occurrence.slice(0, 7)}-03T12:30:00Z`),
  state: 'held',
  rollCounts: [
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

  it('are counted by the grade the cell gave those that were held', () => {
    const series = meetingSeries(
      [
        ...[meetingOf('2026-01', { grade: 'good' }), meetingOf('2026-02', { grade: 'good' })],
        ...[meetingOf('2026-03', { grade: 'fair' }), meetingOf('2026-04', { grade: null }), meetingOf('2026-05')],
        meetingOf('2026-06', { grade: 'good', state: 'cancelled' }),
      ],
      now,
    )
    expect(series.grades).toEqual({ good: 2, fair: 1 })
    expect(series.months.map(({ grades }) => grades)).toEqual([{ good: 1 }, { good: 1 }, { fair: 1 }, {}, {}, {}])
  })

  it('are those of its own in each month, whatever comes together, and all of them in all', () => {
    const meeting = fc.record({
      month: fc.integer({ min: 1, max: 12 }),
      kind: fc.constantFrom('regular' as const, 'thematic' as const, 'combined' as const),
      state: fc.constantFrom('planned' as const, 'cancelled' as const, 'held' as const),
      reasonKind: fc.constantFrom('weather', 'work', null),
      grade: fc.constantFrom('good', 'fair', null),
      present: fc.nat(50),
      absent: fc.nat(50),
    })
    type Drawn = typeof meeting extends fc.Arbitrary<infer T> ? T : never
    // All meetings begin on the third, and it is the fifteenth of July.
    const isOver = ({ month }: Drawn) => month <= 7
    const count = (list: readonly Drawn[], isSo: (each: Drawn) => boolean) => list.filter(isSo).length
    const tally = (words: readonly (string | null)[]) => {
      const counts: Record<string, number> = {}
      for (const word of words) if (word) counts[word] = (counts[word] ?? 0) + 1
      return counts
    }
    const figures = (list: readonly Drawn[]) => {
      const held = list.filter(({ state }) => state === 'held')
      const off = list.filter((each) => each.state === 'cancelled' && isOver(each))
      const present = held.reduce((sum, each) => sum + each.present, 0)
      const unexcused = held.reduce((sum, each) => sum + each.absent, 0)
      const unrecorded = count(list, (each) => each.state === 'planned' && isOver(each))
      return {
        held: held.length,
        regularHeld: count(held, ({ kind }) => kind !== 'thematic'),
        thematicHeld: count(held, ({ kind }) => kind !== 'regular'),
        cancelled: off.length,
        cancelledFor: tally(off.map(({ reasonKind }) => reasonKind)),
        unrecorded,
        ahead: count(list, (each) => each.state !== 'held' && !isOver(each)),
        heldRate: { numerator: held.length, denominator: held.length + off.length + unrecorded },
        grades: tally(held.map(({ grade }) => grade)),
        attendance: {
          ...{ total: present + unexcused, notCounted: 0, expected: present + unexcused, attending: 0, present },
          ...{ excused: 0, unexcused, silent: 0, exemptPresent: 0, guests: 0 },
          rate: { numerator: present, denominator: present + unexcused },
        },
      }
    }
    fc.assert(
      fc.property(fc.array(meeting, { maxLength: 30 }), (list) => {
        const meetings = list.map(({ month, present, absent, ...more }) =>
          meetingOf(`2026-${String(month).padStart(2, '0')}${more.kind === 'thematic' ? '-T' : ''}`, {
            ...more,
            rollCounts: [
              { status: 'official', answer: 'present', count: present },
              { status: 'probationary', answer: null, count: absent },
            ],
          }),
        )
        const months = [...new Set(list.map(({ month }) => month))].sort((a, b) => a - b)
        expect(meetingSeries(meetings, now)).toEqual({
          ...figures(list),
          months: months.map((month) => ({
            month: `2026-${String(month).padStart(2, '0')}`,
            ...figures(list.filter((each) => each.month === month)),
          })),
        })
      }),
      { seed: 20261125 },
    )
  })
})

describe('attendance from counts', () => {
  const group = fc.record({
    status: fc.constantFrom(...memberStatuses),
    answer: fc.constantFrom('attending' as const, 'excused' as const, 'present' as const, 'unexcused' as const, null),
    count: fc.nat(6),
  })
  /** Who is who, one person at a time, as domain.md §3.4 has it. */
  const placeOf = (status: MemberStatus, answer: AttendanceAnswer | null, isRollCalled: boolean): string[] => {
    if (status === 'left') return []
    const comes = answer === 'present' || (answer === 'attending' && !isRollCalled)
    if (status === 'away' || status === 'suspended') return ['total', 'notCounted', ...(comes ? ['guests'] : [])]
    if (status === 'exempt' && !comes) return ['total', 'notCounted']
    const own = ['total', 'expected', ...(status === 'exempt' && answer === 'present' ? ['exemptPresent'] : [])]
    if (answer === 'present' || answer === 'excused') return [...own, answer]
    return [...own, isRollCalled ? 'unexcused' : (answer ?? 'silent')]
  }

  it('is what counting the members one by one gives', () => {
    fc.assert(
      fc.property(fc.array(group, { maxLength: 12 }), fc.boolean(), (groups, isRollCalled) => {
        const people = groups.flatMap((each) => Array.from({ length: each.count }, () => each))
        const figures: Record<string, number> = {
          ...{ total: 0, notCounted: 0, expected: 0, attending: 0, present: 0, excused: 0, unexcused: 0 },
          ...{ silent: 0, exemptPresent: 0, guests: 0 },
        }
        for (const { status, answer } of people)
          for (const place of placeOf(status, answer, isRollCalled)) figures[place]! += 1
        const rate = { numerator: figures.present, denominator: figures.expected }
        expect(attendanceOfCounts(groups, isRollCalled)).toEqual({ ...figures, rate })
        const members = people.map(({ status }, memberId) => ({ memberId, status }))
        const answers = people.flatMap(({ answer }, memberId) => (answer ? [{ memberId, answer }] : []))
        expect(attendance(members, answers, isRollCalled)).toEqual({ ...figures, rate })
      }),
      { seed: 20261126 },
    )
  })
})
