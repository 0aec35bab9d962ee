import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memberStatuses } from '../../src/domain/member.ts'
import {
  countRatings,
  excellentWarning,
  isRated,
  isRating,
  mayRatePeriod,
  ratingRuleOn,
  ratings,
} from '../../src/domain/rating.ts'
import { readDataFiles } from '../../src/store/data-files.ts'

const seed = 20260203
const { ratingRules } = await readDataFiles()
const { cap } = ratingRuleOn(ratingRules, '2026-11-25')
const counts = (excellent: number, good: number) => ({ excellent, good, completed: 3, notCompleted: 1 })

describe('the cap on "xuất sắc"', () => {
  it.each([
    [0, 0, null],
    [1, 0, 0],
    [1, 4, 0],
    [1, 5, null],
    [2, 9, 1],
    [2, 10, null],
    [3, 14, 2],
    // Sơn Phong ward 2022 (domain.md §2.5): 39 excellent beside 172 good.
    [39, 172, 34],
    [34, 172, null],
  ])('for %i excellent beside %i good leaves room for %s', (excellent, good, most) => {
    const warning = excellentWarning(counts(excellent, good), cap)
    expect(warning?.most ?? null).toBe(most)
    if (warning) expect(warning).toMatchObject({ excellent, good, source: expect.stringContaining('20%') })
  })

  it('warns exactly when excellent are more than a fifth of good, and takes another percentage as data', () => {
    fc.assert(
      fc.property(
        fc.nat({ max: 5000 }),
        fc.nat({ max: 5000 }),
        fc.integer({ min: 0, max: 100 }),
        (excellent, good, percent) => {
          const isTooMany = excellent * 100 > good * percent
          expect(excellentWarning(counts(excellent, good), { percentOfGood: percent, source: '' }) !== null).toBe(
            isTooMany,
          )
        },
      ),
      { seed, numRuns: 1000 },
    )
  })
})

describe('ratings', () => {
  it('are counted by level, each level named even where nobody has it', () => {
    expect(countRatings(['good', 'good', 'excellent'])).toEqual({
      excellent: 1,
      good: 2,
      completed: 0,
      notCompleted: 0,
    })
    expect(ratings.every(isRating)).toBe(true)
    expect(isRating('best')).toBe(false)
  })

  it('are not given to the exempt, the away, the suspended and those who left', () => {
    expect(memberStatuses.filter(isRated)).toEqual(['official', 'probationary', 'temporarilyHere'])
  })
})

describe('the rules that ship', () => {
  it.each([
    ['2025-08-29', '2025-Q2', false],
    ['2025-08-29', '2025', true],
    ['2025-08-30', '2025-Q3', true],
    ['2026-11-25', '2026-H1', true],
    ['2026-11-25', '2026-11', false],
    ['2000-01-01', '2000', true],
  ])('on %s: rating of %s is allowed: %s', async (today, period, isAllowed) => {
    const { ratingRules } = await readDataFiles()
    expect(mayRatePeriod(ratingRuleOn(ratingRules, today), period)).toBe(isAllowed)
  })

  it('stand in order of the day they came into force', async () => {
    const days = (await readDataFiles()).ratingRules.map(({ from }) => from)
    expect(days).toEqual([...days].sort())
  })
})
