import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { memberStatuses } from '../../src/domain/member.ts'
import {
  cellRatio,
  countByStatus,
  countsInDenominator,
  isStandingDeed,
  noRegistration,
  organisationRatio,
  percentTenths,
  progressOf,
  type Registration,
  type RegistrationRow,
  registration,
  registrationOfCounts,
  silentCells,
  standingOf,
  sumRegistration,
} from '../../src/domain/participation.ts'
import { deedStates } from '../../src/domain/records.ts'

const seed = 20260203
const row = (status: RegistrationRow['status'], ...deeds: RegistrationRow['deeds'][number][]): RegistrationRow => ({
  status,
  deeds,
})
const states = fc.array(fc.constantFrom(...deedStates), { maxLength: 4 })
const rosters = fc.array(fc.record({ status: fc.constantFrom(...memberStatuses), deeds: states }), { maxLength: 40 })
const cells = fc.record({ rows: rosters, collective: states })

describe('the percentage', () => {
  it.each([
    [0, 0, null],
    [0, 22, 0],
    [22, 22, 1000],
    [18, 22, 818],
    [35, 35, 1000],
    [183, 183, 1000],
    [1, 8, 125],
    [1, 16, 63],
    [69, 70, 986],
    [4659, 4725, 986],
    [19, 20, 950],
    [1999, 2000, 999],
    [4724, 4725, 999],
    [1, 4725, 1],
    [1, 1_000_000, 1],
    [999_999, 1_000_000, 999],
  ])('of %i/%i in tenths is %s', (numerator, denominator, tenths) => {
    expect(percentTenths({ numerator, denominator })).toBe(tenths)
  })

  it.each([
    [2, 1],
    [-1, 4],
    [0.5, 1],
    [Number.NaN, 1],
    [0, Number.POSITIVE_INFINITY],
  ])('refuses %s/%s', (numerator, denominator) => {
    expect(() => percentTenths({ numerator, denominator })).toThrow(expect.objectContaining({ code: 'badRatio' }))
  })

  it('is the nearest tenth but for the two ends, never past 1000, 1000 only when all have, 0 only when none has, and never falls when one more has', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300_000 }), fc.nat(), (denominator, any) => {
        const numerator = any % (denominator + 1)
        const tenths = percentTenths({ numerator, denominator })!
        expect(tenths === 1000).toBe(numerator === denominator)
        expect(tenths === 0).toBe(numerator === 0)
        // Rounded by exact whole numbers: |tenths − 1000 n/d| ≤ 1/2, halves up.
        const [n, d, t] = [BigInt(numerator), BigInt(denominator), BigInt(tenths)]
        const twice = 2n * (t * d - 1000n * n)
        if (tenths > 1 && tenths < 999) expect(twice > -d && twice <= d).toBe(true)
        if (numerator < denominator) {
          expect(percentTenths({ numerator: numerator + 1, denominator })!).toBeGreaterThanOrEqual(tenths)
        }
      }),
      { seed, numRuns: 2000 },
    )
  })
})

describe('one cell', () => {
  it('counts those who count and says who does not', () => {
    const figures = registration(
      [
        row('official', 'submitted'),
        row('official', 'approved', 'submitted'),
        row('probationary', 'draft'),
        row('temporarilyHere', 'approved'),
        row('official', 'returned'),
        row('official', 'withdrawn'),
        row('official'),
        row('exempt', 'approved'),
        row('exempt'),
        row('away'),
        row('suspended', 'submitted'),
        row('left', 'approved', 'approved'),
      ],
      ['approved', 'submitted', 'draft', 'withdrawn'],
    )
    expect(figures).toEqual({
      members: { numerator: 3, denominator: 7 },
      approved: { numerator: 2, denominator: 7 },
      registeredBeyond: 2,
      individualDeeds: 6,
      collectiveDeeds: 2,
      excludedByStatus: { exempt: 2, away: 1, suspended: 1, left: 1 },
      cells: { total: 1, started: 1, complete: 0 },
    })
  })

  it('is complete when every member who counts has registered, though the exempt have not', () => {
    const figures = registration([row('official', 'submitted'), row('exempt'), row('away')])
    expect(figures.members).toEqual({ numerator: 1, denominator: 1 })
    expect(progressOf(figures)).toBe('complete')
  })

  it('is not complete without anybody who counts, and silent without any deed', () => {
    expect(progressOf(registration([]))).toBe('silent')
    expect(progressOf(registration([row('exempt')]))).toBe('silent')
    expect(progressOf(registration([row('exempt', 'submitted')]))).toBe('started')
    expect(progressOf(registration([row('official')], ['submitted']))).toBe('started')
    expect(progressOf(registration([row('official', 'draft')]))).toBe('silent')
  })

  it.each([
    [[], 'none'],
    [['withdrawn'], 'none'],
    [['withdrawn', 'draft'], 'draft'],
    [['draft', 'returned'], 'returned'],
    [['returned', 'submitted'], 'submitted'],
    [['approved', 'returned'], 'approved'],
  ] as const)('places a member with deeds %j as %s', (deeds, standing) => {
    expect(standingOf(deeds)).toBe(standing)
  })

  it('agrees with counting on one’s fingers', () => {
    fc.assert(
      fc.property(cells, ({ rows, collective }) => {
        let [x, y, a, beyond, deeds] = [0, 0, 0, 0, 0]
        for (const { status, deeds: own } of rows) {
          const stands = own.includes('submitted') || own.includes('approved')
          if (['official', 'probationary', 'temporarilyHere'].includes(status)) {
            y++
            if (stands) x++
            if (own.includes('approved')) a++
          } else if (status !== 'left' && stands) beyond++
          if (status !== 'left') for (const state of own) if (state === 'submitted' || state === 'approved') deeds++
        }
        const figures = registration(rows, collective)
        expect(figures.members).toEqual({ numerator: x, denominator: y })
        expect(figures.approved).toEqual({ numerator: a, denominator: y })
        expect([figures.registeredBeyond, figures.individualDeeds]).toEqual([beyond, deeds])
        expect(figures.collectiveDeeds).toBe(collective.filter((s) => s === 'submitted' || s === 'approved').length)
        const excluded = Object.values(figures.excludedByStatus).reduce((sum, count) => sum + count, 0)
        expect(excluded + y).toBe(rows.length)
        expect(x <= y && a <= x).toBe(true)
        expect(figures.cells.complete === 1).toBe(y > 0 && percentTenths(figures.members) === 1000)
        expect(figures.cells.complete <= figures.cells.started).toBe(true)
      }),
      { seed, numRuns: 500 },
    )
  })

  it('never loses by one more deed, and never changes y by it', () => {
    fc.assert(
      fc.property(
        cells,
        fc.nat(),
        fc.constantFrom('submitted' as const, 'approved' as const),
        ({ rows, collective }, at, state) => {
          fc.pre(rows.length > 0)
          const before = registration(rows, collective)
          const after = registration(
            rows.map((each, i) => (i === at % rows.length ? { ...each, deeds: [...each.deeds, state] } : each)),
            collective,
          )
          expect(after.members.numerator).toBeGreaterThanOrEqual(before.members.numerator)
          expect(after.approved.numerator).toBeGreaterThanOrEqual(before.approved.numerator)
          expect(after.individualDeeds).toBeGreaterThanOrEqual(before.individualDeeds)
          expect(after.members.denominator).toBe(before.members.denominator)
        },
      ),
      { seed, numRuns: 300 },
    )
  })

  it('comes out the same from what the database has counted', () => {
    fc.assert(
      fc.property(cells, ({ rows, collective }) => {
        const groups = new Map<
          string,
          { status: RegistrationRow['status']; standing: ReturnType<typeof standingOf>; count: number }
        >()
        for (const { status, deeds } of rows) {
          const standing = standingOf(deeds)
          const group = groups.get(`${status} ${standing}`) ?? { status, standing, count: 0 }
          groups.set(`${status} ${standing}`, { ...group, count: group.count + 1 })
        }
        const whole = registration(rows, collective)
        expect(
          registrationOfCounts({
            members: [...groups.values()],
            individualDeeds: rows
              .filter((r) => r.status !== 'left')
              .flatMap((r) => r.deeds)
              .filter(isStandingDeed).length,
            collectiveDeeds: collective.filter(isStandingDeed).length,
            cells: whole.cells,
          }),
        ).toEqual(whole)
      }),
      { seed, numRuns: 200 },
    )
  })
})

describe('a tree of cells', () => {
  it('has the same figures however its cells are grouped and ordered', () => {
    fc.assert(
      fc.property(
        fc.array(cells, { maxLength: 12 }),
        fc.array(fc.nat({ max: 3 }), { minLength: 12, maxLength: 12 }),
        (list, groupOf) => {
          const figures = list.map(({ rows, collective }) => registration(rows, collective))
          const flat = sumRegistration(figures)
          const groups = [0, 1, 2, 3].map((g) => figures.filter((_, i) => groupOf[i] === g))
          expect(sumRegistration(groups.map(sumRegistration))).toEqual(flat)
          expect(sumRegistration([...figures].reverse())).toEqual(flat)
          const everybody = registration(
            list.flatMap((cell) => cell.rows),
            list.flatMap((cell) => cell.collective),
          )
          expect({ ...flat, cells: null }).toEqual({ ...everybody, cells: null })
          expect(flat.members.numerator <= flat.members.denominator).toBe(true)
          expect(flat.cells.total).toBe(list.length)
          expect(flat.cells.started + silentCells(flat)).toBe(list.length)
          // All cells complete is the only way to say that all cells are.
          expect(progressOf(flat) === 'complete').toBe(
            list.length > 0 && figures.every((cell) => progressOf(cell) === 'complete'),
          )
        },
      ),
      { seed, numRuns: 200 },
    )
  })

  it('is nothing without cells, and does not change what it adds', () => {
    expect(sumRegistration([])).toEqual(noRegistration)
    const one = registration([row('official', 'submitted')])
    const copy: Registration = structuredClone(one)
    sumRegistration([one, one])
    expect(one).toEqual(copy)
    expect(percentTenths(noRegistration.members)).toBeNull()
  })

  it('says "35/35 chi, đảng bộ; 183/183 chi bộ" of the city of article 1', () => {
    const complete = () => registration([row('official', 'approved'), row('exempt')])
    const units = Array.from({ length: 35 }, (_, i) => sumRegistration(Array.from({ length: i < 8 ? 6 : 5 }, complete)))
    const city = sumRegistration(units)
    expect(organisationRatio(units, 'started')).toEqual({ numerator: 35, denominator: 35 })
    expect(organisationRatio(units, 'complete')).toEqual({ numerator: 35, denominator: 35 })
    expect(cellRatio(city, 'complete')).toEqual({ numerator: 183, denominator: 183 })
  })

  it('counts a unit as started by one deed in one of its cells and as complete only when all its cells are', () => {
    const silent = registration([row('official')])
    const done = registration([row('official', 'submitted')])
    const units = [sumRegistration([silent, silent]), sumRegistration([silent, done]), sumRegistration([done, done])]
    expect(organisationRatio(units, 'started')).toEqual({ numerator: 2, denominator: 3 })
    expect(organisationRatio(units, 'complete')).toEqual({ numerator: 1, denominator: 3 })
    expect(silentCells(sumRegistration(units))).toBe(3)
  })
})

describe('statuses', () => {
  it('are each decided on, so that a new one cannot slip in uncounted', () => {
    expect(Object.fromEntries(memberStatuses.map((status) => [status, countsInDenominator(status)]))).toEqual({
      official: true,
      probationary: true,
      exempt: false,
      away: false,
      temporarilyHere: true,
      suspended: false,
      left: false,
    })
    expect(countByStatus([{ status: 'official' }, { status: 'away' }, { status: 'official' }])).toMatchObject({
      official: 2,
      away: 1,
      exempt: 0,
    })
  })
})
