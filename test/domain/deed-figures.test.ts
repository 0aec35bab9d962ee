/** Where a deed stands is decided by dates alone, and every deed stands somewhere: figures add up on every day. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  commitmentCounts,
  type DeedGroup,
  deedFiguresOf,
  deedStages,
  leftUndone,
  stageOf,
  stageRatio,
} from '../../src/domain/deed-figures.ts'
import { draftDeed } from '../../src/domain/pledge.ts'

describe('the stage of a deed', () => {
  test.each([
    ['done, whatever the day', '2026-11-30', true, '2028-01-01', 'done'],
    ['in progress on its last day', '2026-11-30', false, '2026-11-30', 'inProgress'],
    ['overdue the day after', '2026-11-30', false, '2026-12-01', 'overdue'],
    ['overdue to the end of the year', '2026-11-30', false, '2026-12-31', 'overdue'],
    ['missed once the year is over', '2026-11-30', false, '2027-01-01', 'missed'],
    ['in progress to the end of the year without a deadline', null, false, '2026-12-31', 'inProgress'],
    ['missed after it', null, false, '2027-01-01', 'missed'],
    ['missed after the year though its deadline lies beyond', '2027-03-31', false, '2027-01-01', 'missed'],
  ] as const)('is %s', (_, dueOn, isDone, today, stage) => {
    expect(stageOf({ year: 2026, dueOn, isDone }, today)).toBe(stage)
  })
})

const day = fc
  .record({
    year: fc.integer({ min: 2025, max: 2027 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.integer({ min: 1, max: 28 }),
  })
  .map((at) => `${at.year}-${String(at.month).padStart(2, '0')}-${String(at.day).padStart(2, '0')}`)
const group: fc.Arbitrary<DeedGroup> = fc.record({
  subjectKind: fc.constantFrom('individual', 'collective'),
  focus: fc.constantFrom(null, 'breakthrough', 'pressing', 'model'),
  dueOn: fc.option(day),
  isDone: fc.boolean(),
  count: fc.integer({ min: 1, max: 50 }),
})

describe('figures of deeds', () => {
  test('add up: done, in progress, overdue and missed are all the approved, individuals and collectives apart', () => {
    fc.assert(
      fc.property(fc.array(group, { maxLength: 30 }), day, (groups, today) => {
        const figures = deedFiguresOf(
          { year: 2026, groups, commitments: commitmentCounts([]), praise: [], ratings: [] },
          today,
        )
        for (const kind of ['individual', 'collective'] as const) {
          const all = groups.filter((each) => each.subjectKind === kind).reduce((sum, each) => sum + each.count, 0)
          expect(figures[kind].approved).toBe(all)
          expect(deedStages.reduce((sum, stage) => sum + stageRatio(figures[kind], stage).numerator, 0)).toBe(all)
        }
      }),
      { seed: 5 },
    )
  })

  test('only move towards the worse as days pass, and done never changes', () => {
    fc.assert(
      fc.property(fc.record({ dueOn: fc.option(day), isDone: fc.boolean() }), day, day, (deed, a, b) => {
        const [early, late] = a <= b ? [a, b] : [b, a]
        const order = { done: 0, inProgress: 1, overdue: 2, missed: 3 }
        const [before, after] = [early, late].map((today) => order[stageOf({ ...deed, year: 2026 }, today)])
        expect(after).toBeGreaterThanOrEqual(before!)
        if (deed.isDone) expect(after).toBe(0)
      }),
      { seed: 6 },
    )
  })

  test('count the commitment form as the pledge is counted: the exempt are outside y', () => {
    const { commitments, ratings } = deedFiguresOf(
      {
        year: 2026,
        groups: [],
        commitments: commitmentCounts([
          { status: 'official', standing: 'approved', count: 3 },
          { status: 'official', standing: 'none', count: 4 },
          { status: 'probationary', standing: 'submitted', count: 1 },
          { status: 'exempt', standing: 'approved', count: 2 },
        ]),
        praise: [],
        ratings: [
          { period: '2026-Q3', rating: 'good', count: 2 },
          { period: '2026', rating: 'excellent', count: 1 },
        ],
      },
      '2026-06-01',
    )
    expect(commitments.members).toEqual({ numerator: 4, denominator: 8 })
    expect(Object.keys(ratings)).toEqual(['2026', '2026-Q3'])
    expect(ratings['2026-Q3']).toEqual({ excellent: 0, good: 2, completed: 0, notCompleted: 0 })
    expect(commitments.approved).toEqual({ numerator: 3, denominator: 8 })
  })
})

test('what was left undone is the handed in, unfinished part of the pledge', () => {
  const at = new Date('2026-01-05T00:00:00Z')
  const deed = (number: number, more: object) => ({
    ...draftDeed({ year: 2025, subjectKind: 'individual', subjectId: 1, orgId: 1, number }, `việc ${number}`, null, at),
    ...more,
  })
  const deeds = [
    deed(4, { state: 'approved' }),
    deed(1, { state: 'approved', doneOn: '2025-06-01' }),
    deed(2, { state: 'submitted' }),
    deed(3, { state: 'withdrawn' }),
    deed(5, { state: 'approved', forms: ['commitment'] }),
    deed(6, { state: 'draft' }),
    deed(7, { state: 'approved', content: null }),
  ]
  expect(leftUndone(deeds).map(({ number }) => number)).toEqual([2, 4])
})
