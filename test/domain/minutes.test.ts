/** Counts of hands are kept only where they can be right; numbers of items are never given twice. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type MinutesItem, nextNumber, removedItem, standingItems, votesFault } from '../../src/domain/minutes.ts'

const count = fc.nat(60)
const runs = { seed: 20261126, numRuns: 500 }

describe('votes', () => {
  test.each([
    [{ for: 20, against: 1, other: 1, of: 22 }, 22, null],
    [{ for: 20, of: 22 }, 22, null],
    // Probationary members were there and have no vote.
    [{ for: 18, against: 0, other: 0, of: 18 }, 22, null],
    [{ for: 20, against: 1, other: 0, of: 22 }, 22, { kind: 'sum', counted: 21, of: 22 }],
    [{ for: 20, against: 3, of: 22 }, null, { kind: 'sum', counted: 23, of: 22 }],
    [{ for: 20, of: 23 }, 22, { kind: 'present', counted: 23, present: 22 }],
    [{ for: 23 }, 22, { kind: 'present', counted: 23, present: 22 }],
    [{ for: 23 }, null, null],
    [{ for: 1 }, 0, { kind: 'present', counted: 1, present: 0 }],
  ] as const)('%j with %j present', (votes, present, fault) => expect(votesFault(votes, present)).toEqual(fault))

  test('that are how people there raised their hands are always taken, whatever part of them is told', () => {
    fc.assert(
      fc.property(count, count, count, count, fc.boolean(), fc.boolean(), (yes, no, other, silent, saysNo, saysOf) => {
        const of = yes + no + other
        const votes = { for: yes, ...(saysNo ? { against: no, other } : {}), ...(saysOf ? { of } : {}) }
        expect(votesFault(votes, of + silent)).toBeNull()
        expect(votesFault(votes, null)).toBeNull()
      }),
      runs,
    )
  })

  test('that are more than were there, or do not come to their whole, are never taken', () => {
    fc.assert(
      fc.property(count, count, count, count, count, (yes, no, other, of, present) => {
        const counted = yes + no + other
        const fault = votesFault({ for: yes, against: no, other, of }, present)
        expect(fault === null).toBe(counted === of && of <= present)
        const open = votesFault({ for: yes, against: no, of }, present)
        expect(open === null).toBe(yes + no <= of && of <= present)
      }),
      runs,
    )
  })
})

const now = new Date('2026-10-20T14:00:00Z')
const item = (kind: MinutesItem['kind'], number: number): MinutesItem => ({
  ...{ orgId: 1, occurrence: '2026-10', kind, number, content: 'x', votesFor: 3, votesAgainst: 0, votesOther: 0 },
  ...{ votesOf: 3, inChargeId: 7, unit: null, dueOn: '2026-11-30', notedAt: now, changedAt: now, by: 2 },
})

test('a removed item keeps its number and nothing of what it said', () => {
  const items = [item('decision', 1), removedItem(item('decision', 2), now, 2), item('task', 1)]
  expect(standingItems(items, 'decision').map(({ number }) => number)).toEqual([1])
  expect(nextNumber(items, 'decision')).toBe(3)
  expect(nextNumber(items, 'task')).toBe(2)
  const { content, votesFor, votesAgainst, votesOther, votesOf, inChargeId, unit, dueOn } = items[1]!
  const left = [content, votesFor, votesAgainst, votesOther, votesOf, inChargeId, unit, dueOn]
  expect(left.every((each) => each === null)).toBe(true)
})
