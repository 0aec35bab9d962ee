/** Points of a meeting: never outside the form's bounds, never fewer for a better meeting, never a guess. */
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Criterion,
  faultyAnswers,
  fewerIsBetter,
  type Measured,
  measures,
  type ScoreForm,
  scoreMeeting,
} from '../../src/domain/meeting-score.ts'
import { loadMeetingForm } from '../../src/store/meeting-form.ts'

const { form } = await loadMeetingForm({ dataDir: '/nowhere', profile: 'chi-bo', locale: 'vi' })
const none: Measured = {
  attendance: null,
  unexcused: null,
  unmoved: null,
  minutes: null,
  speakers: null,
  decisions: null,
}
const answers = (more: Record<string, number> = {}) =>
  new Map(Object.entries({ prepared: 15, content: 10, principles: 10, 'carried-out': 15, ...more }))
const pointsOf = (id: string, measured: Partial<Measured>) =>
  scoreMeeting(form, 'regular', { ...none, ...measured }, new Map()).criteria.find((each) => each.id === id)?.points

describe('the example of a cell', () => {
  test.each([
    ['attendance', { attendance: 85 }, 8],
    ['attendance', { attendance: (86 * 100) / 101 }, 15],
    ['attendance', { attendance: 74.9 }, 0],
    ['unexcused', { unexcused: 0 }, 10],
    ['unexcused', { unexcused: 2 }, 0],
    ['duration', { minutes: 90 }, 10],
    ['duration', { minutes: 89 }, 5],
    ['on-schedule', { unmoved: 0 }, 0],
    ['speakers', { speakers: 3 }, 5],
    ['speakers', {}, null],
  ] as const)('%s with %j gets %s', (id, measured, points) => expect(pointsOf(id, measured)).toBe(points))

  test.each([
    [100, 90, 15, 'good'],
    [100, 90, 5, 'good'],
    [100, 90, 4.5, 'fair'],
    [70, 60, 5, 'fair'],
    [70, 60, 4.5, 'average'],
    [70, 10, 0, 'average'],
  ])('with %i percent there and %i minutes, preparation %s: %s', (attendance, minutes, prepared, grade) => {
    const measured = { ...none, attendance, minutes, unexcused: 0, unmoved: 1, speakers: 9 }
    expect(scoreMeeting(form, 'regular', measured, answers({ prepared })).grade).toBe(grade)
  })

  test.each(['regular', 'thematic', 'combined'] as const)('has 100 points for %s meetings', (kind) => {
    expect(scoreMeeting(form, kind, none, new Map()).maximum).toBe(100)
  })

  test('has no grade while something is missing, and takes no points over what records tell', () => {
    const measured = { ...none, attendance: 90, unexcused: 1, unmoved: 1 }
    const given = answers({ attendance: 15, duration: 11, theme: 5, speakers: 0.3 })
    expect(faultyAnswers(form, 'regular', measured, given).map(({ id, fault }) => [id, fault])).toEqual([
      ['attendance', 'counted'],
      ['duration', 'outOfRange'],
      ['theme', 'unknown'],
      ['speakers', 'outOfRange'],
    ])
    expect(scoreMeeting(form, 'regular', measured, given)).toMatchObject({
      missing: ['duration', 'speakers'],
      total: 75,
      grade: null,
    })
  })
})

const half = (max: number) => fc.integer({ min: 0, max: max * 2 }).map((n) => n / 2)
const criterion: fc.Arbitrary<Omit<Criterion, 'id'>> = fc
  .record({ points: half(30), measure: fc.option(fc.constantFrom(...measures), { nil: undefined }) })
  .chain(({ points, measure }) =>
    fc.array(fc.tuple(fc.nat(120), half(points), fc.boolean()), { minLength: 1, maxLength: 4 }).map((list) => ({
      ...{ label: 'x', points },
      ...(measure && {
        measure,
        steps: list.map(([bound, points, isFrom]) =>
          measure === fewerIsBetter
            ? { atMost: bound, points }
            : isFrom
              ? { from: bound, points }
              : { above: bound, points },
        ),
      }),
    })),
  )
const anyForm: fc.Arbitrary<ScoreForm> = fc.array(criterion, { minLength: 1, maxLength: 8 }).map((list) => ({
  ...{ title: 'x', source: 'x' },
  criteria: list.map((each, at) => ({ ...each, id: `c${at}` })),
  grades: [
    { id: 'good', label: 'x', from: 90 },
    { id: 'fair', label: 'x', from: 50 },
    { id: 'weak', label: 'x', from: 0 },
  ],
}))
const value = fc.option(fc.nat(130), { nil: null })
const anyMeasured: fc.Arbitrary<Measured> = fc.record({
  ...{ attendance: value, unexcused: value, unmoved: value },
  ...{ minutes: value, speakers: value, decisions: value },
})
const anyAnswers = fc
  .array(fc.tuple(fc.nat(9), half(40)), { maxLength: 10 })
  .map((list) => new Map(list.map(([at, points]) => [`c${at}`, points])))

describe('any form', () => {
  test('gives a total from 0 to its maximum, each criterion within its own, and a grade only when all is known', () => {
    fc.assert(
      fc.property(anyForm, anyMeasured, anyAnswers, (form, measured, given) => {
        const { criteria, total, maximum, missing, grade } = scoreMeeting(form, 'regular', measured, given)
        expect(total).toBe(criteria.reduce((sum, each) => sum + (each.points ?? 0), 0))
        expect(total).toBeGreaterThanOrEqual(0)
        expect(total).toBeLessThanOrEqual(maximum)
        for (const each of criteria) expect((each.points ?? 0) <= each.maximum).toBe(true)
        expect(grade === null).toBe(missing.length > 0)
      }),
      { seed: 5, numRuns: 500 },
    )
  })

  test('gives no fewer points and no lower grade for a better meeting', () => {
    const order = ['weak', 'fair', 'good']
    const rose = { points: 0, grade: 0 }
    fc.assert(
      fc.property(
        ...([anyForm, anyMeasured, anyAnswers, fc.constantFrom(...measures), fc.nat(50), fc.nat(9)] as const),
        (form, measured, given, measure, by, at) => {
          const before = scoreMeeting(form, 'regular', measured, given)
          const known = measured[measure]
          const better = measure === fewerIsBetter ? Math.max(0, (known ?? 0) - by) : (known ?? 0) + by
          const answered = given.get(`c${at}`)
          const maximum = form.criteria[at]?.points ?? 0
          const more = new Map(given)
          if (answered !== undefined && answered <= maximum) more.set(`c${at}`, Math.min(maximum, answered + by))
          const measuredThen = { ...measured, [measure]: known === null ? null : better }
          const after = scoreMeeting(form, 'regular', measuredThen, more)
          for (const [i, each] of after.criteria.entries())
            expect(each.points ?? -1).toBeGreaterThanOrEqual(before.criteria[i]?.points ?? -1)
          expect(order.indexOf(after.grade ?? '')).toBeGreaterThanOrEqual(order.indexOf(before.grade ?? ''))
          if (after.total > before.total) rose.points++
          if (after.grade !== before.grade) rose.grade++
        },
      ),
      { seed: 6, numRuns: 500 },
    )
    // Better meetings did get more, and not all stayed as they were.
    expect(rose.points).toBeGreaterThan(20)
    expect(rose.grade).toBeGreaterThan(0)
  })
})
