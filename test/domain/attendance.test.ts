import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AttendanceAnswer,
  attendance,
  attendanceOfCounts,
  corrected,
  countsOf,
  sumAttendance,
} from '../../src/domain/attendance.ts'
import { type MemberStatus, memberStatuses } from '../../src/domain/member.ts'
import { percentTenths } from '../../src/domain/participation.ts'

const seed = 20260203
const answers = ['attending', 'excused', 'present', 'unexcused'] as const
const people = fc.array(
  fc.record({ status: fc.constantFrom(...memberStatuses), answer: fc.option(fc.constantFrom(...answers)) }),
  { maxLength: 40 },
)
type Person = { status: MemberStatus; answer: AttendanceAnswer | null }

function figuresOf(list: readonly Person[], isRollCalled: boolean) {
  const members = list.map(({ status }, memberId) => ({ memberId, status }))
  const given = list.flatMap(({ answer }, memberId) => (answer === null ? [] : [{ memberId, answer }]))
  return attendance(members, given, isRollCalled)
}
const many = (count: number, status: MemberStatus, answer: AttendanceAnswer | null): Person[] =>
  Array.from({ length: count }, () => ({ status, answer }))

describe('attendance of a meeting', () => {
  it('is 12 of 15 expected, 80 %, as the form of a local app has it', () => {
    const figures = figuresOf(
      [
        ...many(11, 'official', 'present'),
        ...many(1, 'probationary', 'present'),
        ...many(2, 'official', 'excused'),
        ...many(1, 'official', null),
        ...many(3, 'exempt', null),
        ...many(2, 'away', null),
        ...many(1, 'suspended', null),
        ...many(1, 'left', 'present'),
      ],
      true,
    )
    expect(figures).toMatchObject({
      total: 21,
      notCounted: 6,
      expected: 15,
      present: 12,
      excused: 2,
      unexcused: 1,
      silent: 0,
    })
    expect(percentTenths(figures.rate)).toBe(800)
  })

  it('counts an exempt member who comes in both numbers, so that the rate stays at most 100 %', () => {
    const figures = figuresOf([...many(3, 'official', 'present'), ...many(2, 'exempt', 'present')], true)
    expect(figures).toMatchObject({ expected: 5, present: 5, exemptPresent: 2, notCounted: 0 })
    expect(percentTenths(figures.rate)).toBe(1000)
  })

  it('does not hold an exempt member to a leave, a promise or a silence', () => {
    for (const answer of ['excused', 'unexcused', 'attending', null] as const) {
      expect(figuresOf(many(1, 'exempt', answer), true)).toMatchObject({
        expected: 0,
        notCounted: 1,
        unexcused: 0,
        excused: 0,
      })
    }
    expect(figuresOf(many(1, 'exempt', 'attending'), false)).toMatchObject({ expected: 1, attending: 1 })
  })

  it('names those who are away or suspended and come as guests, outside every count', () => {
    const figures = figuresOf([...many(1, 'away', 'present'), ...many(1, 'suspended', 'present')], true)
    expect(figures).toMatchObject({ total: 2, expected: 0, present: 0, guests: 2 })
    expect(percentTenths(figures.rate)).toBeNull()
  })

  it('tells attending, excused and silent apart before the roll call, and calls a broken promise unexcused after it', () => {
    const list: Person[] = [
      ...many(2, 'official', 'attending'),
      ...many(1, 'official', 'excused'),
      ...many(3, 'temporarilyHere', null),
    ]
    expect(figuresOf(list, false)).toMatchObject({ attending: 2, excused: 1, silent: 3, unexcused: 0, present: 0 })
    expect(figuresOf(list, true)).toMatchObject({ attending: 0, excused: 1, silent: 0, unexcused: 5, present: 0 })
  })

  it('heeds the latest answer of a member and none of strangers', () => {
    const members = [{ memberId: 1, status: 'official' as const }]
    const figures = attendance(
      members,
      [
        { memberId: 1, answer: 'excused' },
        { memberId: 1, answer: 'present' },
        { memberId: 9, answer: 'present' },
      ],
      true,
    )
    expect(figures).toMatchObject({ present: 1, expected: 1, excused: 0 })
  })

  it('always adds up, and a roll call only ever turns promises and silence into absence', () => {
    fc.assert(
      fc.property(people, (list) => {
        const open = figuresOf(list, false)
        const closed = figuresOf(list, true)
        for (const f of [open, closed]) {
          expect(f.attending + f.present + f.excused + f.unexcused + f.silent).toBe(f.expected)
          expect(f.expected + f.notCounted).toBe(f.total)
          expect(f.total).toBe(list.filter((person) => person.status !== 'left').length)
          expect(f.rate).toEqual({ numerator: f.present, denominator: f.expected })
          const tenths = percentTenths(f.rate)
          if (tenths !== null) expect(tenths === 1000).toBe(f.present === f.expected)
        }
        expect(closed.silent + closed.attending).toBe(0)
        expect(closed.present).toBe(open.present)
      }),
      { seed, numRuns: 500 },
    )
  })

  it('adds up over meetings and cells in any grouping', () => {
    fc.assert(
      fc.property(fc.array(people, { maxLength: 8 }), fc.nat({ max: 8 }), (lists, cut) => {
        const each = lists.map((list) => figuresOf(list, true))
        const whole = sumAttendance(each)
        expect(sumAttendance([sumAttendance(each.slice(0, cut)), sumAttendance(each.slice(cut))])).toEqual(whole)
        expect(whole.present + whole.excused + whole.unexcused).toBe(whole.expected)
        expect({ ...whole }).toEqual(figuresOf(lists.flat(), true))
      }),
      { seed, numRuns: 200 },
    )
  })
})

describe('a correction of kept counts', () => {
  const roster = fc.array(
    fc.record({ status: fc.constantFrom(...memberStatuses), answer: fc.option(fc.constantFrom(...answers)) }),
    { minLength: 1, maxLength: 12 },
  )
  it('gives what counting everybody anew gives, however often somebody is corrected', () => {
    const corrections = fc.array(fc.tuple(fc.nat(), fc.constantFrom(...answers)), { maxLength: 12 })
    fc.assert(
      fc.property(roster, corrections, (people, list) => {
        const there = people.filter(({ status }) => status !== 'left').map((each) => ({ ...each }))
        const anew = () =>
          countsOf(
            there.map(({ status }, memberId) => ({ memberId, status })),
            there.flatMap(({ answer }, memberId) => (answer === null ? [] : [{ memberId, answer }])),
          )
        let counts = anew()
        for (const [who, answer] of there.length === 0 ? [] : list) {
          const member = there[who % there.length]!
          // As they are now does not matter.
          counts = corrected(counts, { was: [member.status], status: 'suspended' }, member.answer, answer)
          member.answer = answer
          expect(counts).toEqual(anew())
        }
      }),
      { seed },
    )
  })

  it('adds whoever was not there, and takes the first status of those possible that fits', () => {
    const counts = countsOf([{ memberId: 1, status: 'exempt' }], [])
    const added = corrected(counts, { was: [], status: 'exempt' }, null, 'present')
    expect(attendanceOfCounts(added, true)).toMatchObject({ total: 2, expected: 1, present: 1 })
    const moved = corrected(counts, { was: ['official', 'exempt'], status: 'official' }, null, 'present')
    expect(moved).toEqual([{ status: 'exempt', answer: 'present', count: 1 }])
  })
})
