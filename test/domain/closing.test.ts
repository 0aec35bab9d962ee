/** Which change belongs to which period, and when a period may be closed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  closedPeriodOf,
  periodReviewed,
  periodsOfChange,
  type RowChange,
  refusalToClose,
} from '../../src/domain/closing.ts'
import type { Attendance, Commendation, Deed, DeedProgress, DeedRating, Meeting } from '../../src/domain/records.ts'

const deed = (more: Partial<Deed> = {}): Deed =>
  ({
    ...{ year: 2026, subjectKind: 'individual', subjectId: 7, number: 1, orgId: 3, content: 'x', state: 'approved' },
    ...{
      doneOn: null,
      dueOn: null,
      version: 1,
      updatedAt: new Date(0),
      selfRating: null,
      cellRating: null,
      ratedBy: null,
    },
    ...more,
  }) as Deed
const ofDeed = (row: Deed, before: Deed | null): RowChange => ({ record: 'deed', row, before, isRemoved: false })
const day = (month: number) => `2026-${String(month).padStart(2, '0')}-15`

describe('a change belongs to', () => {
  it.each([
    ['edited', deed({ content: 'y' }), deed(), '2026-05-10', ['2026-Q2', '2026-H1', '2026']],
    ['handed in after its year', deed(), null, '2027-01-05', ['2026-Q4', '2026-H2', '2026']],
    ['pledged before its year', deed({ year: 2027 }), null, '2026-12-20', ['2027-Q1', '2027-H1', '2027']],
    ['rated for the year', deed({ cellRating: 'good', version: 2 }), deed(), '2026-11-01', ['2026']],
    ['erased', deed({ content: null }), deed(), '2026-05-10', []],
  ])('a deed %s', (_what, row, before, today, periods) => {
    expect(periodsOfChange(ofDeed(row, before), today)).toEqual(periods)
  })

  it('a deed reported as done on an earlier day: to the periods of that day as well', () => {
    const periods = periodsOfChange(ofDeed(deed({ doneOn: '2026-03-30' }), deed()), '2026-07-10')
    expect(new Set(periods)).toEqual(new Set(['2026-Q1', '2026-H1', '2026-Q3', '2026-H2', '2026']))
  })

  it.each([
    ['2026-Q1', ['2026-Q1', '2026-H1', '2026']],
    ['2026-H2', ['2026-H2', '2026']],
    ['2026', ['2026']],
  ])('a rating of %s: to it and to what contains it, whenever it is given', (period, periods) => {
    const row = { year: 2026, subjectKind: 'individual', subjectId: 7, number: 1, period, source: 'cell', orgId: 3 }
    const change: RowChange = { record: 'deedRating', row: row as DeedRating, before: null, isRemoved: false }
    expect(periodsOfChange(change, '2026-12-01')).toEqual(periods)
  })

  it('progress told for a month, the exemplar of a month, a roll call of a month: to that month', () => {
    const h1 = ['2026-Q1', '2026-H1', '2026']
    const progress = { year: 2026, round: '2026-02', percent: 5, done: false } as DeedProgress
    expect(periodsOfChange({ record: 'deedProgress', row: progress, before: null, isRemoved: false }, day(9))).toEqual(
      h1,
    )
    const exemplar = { year: 2026, kind: 'exemplar', period: '2026-02' } as Commendation
    expect(periodsOfChange({ record: 'commendation', row: exemplar, before: null, isRemoved: false }, day(9))).toEqual(
      expect.arrayContaining(h1),
    )
    const at = { startsAt: new Date('2026-02-03T12:00Z'), updatedAt: new Date(0) }
    const planned = { orgId: 3, occurrence: '2026-02', state: 'planned', rollClosedAt: null, ...at } as Meeting
    const held: Meeting = { ...planned, state: 'held', rollClosedAt: new Date(1) }
    expect(periodsOfChange({ record: 'meeting', row: held, before: planned, isRemoved: false }, day(9))).toEqual(h1)
    expect(periodsOfChange({ record: 'meeting', row: planned, before: planned, isRemoved: false }, day(9))).toEqual([])
    const answer = { orgId: 3, occurrence: '2026-02', memberId: 7, answer: 'excused' } as Attendance
    const of = (row: Attendance, meeting: Meeting) =>
      periodsOfChange({ record: 'attendance', row, before: null, isRemoved: false }, day(9), meeting)
    expect(of(answer, planned)).toEqual([])
    expect(of(answer, held)).toEqual(h1)
    expect(of({ ...answer, answer: 'present' }, planned)).toEqual(h1)
  })

  it('what alters a count of meetings: to the month of the meeting; what alters none: to nothing', () => {
    const h1 = ['2026-Q1', '2026-H1', '2026']
    const planned = {
      orgId: 3,
      occurrence: '2026-02',
      kind: 'regular',
      state: 'planned',
      rollClosedAt: null,
    } as Meeting
    const timed = { ...planned, startsAt: new Date('2026-02-03T12:00Z'), updatedAt: new Date('2026-03-01T00:00Z') }
    const held: Meeting = { ...timed, state: 'held', rollClosedAt: new Date(1) }
    const notHeld: Meeting = { ...timed, state: 'cancelled', reasonKind: 'weather' }
    const of = (row: Meeting, before: Meeting | null, isRemoved = false) =>
      periodsOfChange({ record: 'meeting', row, before, isRemoved }, day(9))
    // "gộp chuyên đề vào kỳ tháng 2" after it was held makes a thematic meeting more.
    expect(of({ ...held, kind: 'combined' }, held)).toEqual(h1)
    expect(of({ ...notHeld, reasonKind: 'illness' }, notHeld)).toEqual(h1)
    expect(of({ ...timed, startsAt: new Date('2026-03-09T12:00Z') }, timed)).toEqual(h1)
    for (const row of [held, notHeld, timed]) expect(of(row, row, true)).toEqual(h1)
    const ahead = { ...timed, startsAt: new Date('2026-03-02T12:00Z') }
    expect(of({ ...ahead, startsAt: new Date('2026-03-09T12:00Z'), kind: 'combined' }, ahead)).toEqual([])
    expect(of({ ...held, place: 'x' }, held)).toEqual([])
    const came = { orgId: 3, occurrence: '2026-02', memberId: 7, answer: 'present' } as Attendance
    const gone: RowChange = { record: 'attendance', row: came, before: came, isRemoved: true }
    expect(periodsOfChange(gone, day(9), held)).toEqual(h1)
  })

  it('nothing of the next half touches the half that is closed, and nothing of the closed half passes', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.boolean(), (month, isEdit) => {
        const change = ofDeed(isEdit ? deed({ content: 'y' }) : deed({ state: 'withdrawn' }), deed())
        const found = closedPeriodOf(change, ['2026-H1'], day(month))
        expect(found).toBe(month <= 6 ? '2026-H1' : null)
        expect(closedPeriodOf(change, ['2026'], day(month))).toBe('2026')
      }),
    )
  })
})

describe('a period', () => {
  it.each([
    ['2026-H1', '2026-05-31', 'tooEarly'],
    ['2026-H1', '2026-06-01', null],
    ['2026-Q4', '2026-12-01', null],
    ['2026', '2026-11-30', 'tooEarly'],
    ['2026', '2027-02-01', null],
    ['2026-05', '2026-06-01', 'noSuchPeriod'],
    ['nonsense', '2026-06-01', 'noSuchPeriod'],
  ])('%s on %s: %s', (period, today, refusal) => {
    expect(refusalToClose(period, today, [])).toBe(refusal)
    if (refusal === null) expect(refusalToClose(period, today, [period])).toBe('alreadyClosed')
  })

  it.each([
    ['2026-06-20', '2026-H1'],
    ['2026-10-31', '2026-H1'],
    ['2026-11-01', '2026'],
    ['2027-01-10', '2026'],
    ['2026-05-31', '2025'],
  ])('reviewed on %s where none is named: %s', (today, period) => expect(periodReviewed(today)).toBe(period))
})
