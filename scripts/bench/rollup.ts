/**
 * Figures of a large tree while it is being written to: the kept counts beside counting anew, in one run, for any node and period.
 * 10,000 cells with 250,000 members; deeds are handed in, approved and returned at a steady rate by several writers.
 *
 * The two take turns by the clock, not read by read: counting anew takes seconds of a whole core, and the writers it held up would
 * then write far more than that rate beside whatever is measured next. `lateWrites` says how many of the first part were held up.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { deedCountsOf, recountedDeedCountsOf } from '../../src/store/deed-counts.ts'
import { participationOf, recountedParticipationOf } from '../../src/store/participation.ts'
import { createPool } from '../../src/store/pool.ts'
import { percentile, type Result, rounded } from './measure.ts'

const writesPerSecond = 500
const seconds = 20
const timesAnew = 5

/** `url` is a seeded database; `members` and `cells` are how many it holds. */
export async function benchRollup(url: string, size: { cells: number; members: number }): Promise<Result[]> {
  const pool = createPool(url, { max: 12 })
  const year = new Date().getUTCFullYear()
  let isOver = false
  let written = 0
  let late = 0
  const startedAt = performance.now()
  const states = ['submitted', 'approved', 'returned']
  async function writer(nth: number, of: number): Promise<void> {
    for (let n = nth; !isOver; n += of) {
      const due = startedAt + (n * 1000) / writesPerSecond
      if (due > performance.now()) await pause(due - performance.now())
      else if (performance.now() - due > 1_000) late += 1
      const member = 1 + ((n * 7_919) % size.members)
      await pool.query({
        name: 'bench-write',
        text: `INSERT INTO deed (year, subject_kind, subject_id, number, org_id, state, due_on, updated_at)
          SELECT $1, 'individual', member_id, 1, org_id, $3, make_date($1, 1, 1) + $4::int, now() FROM member WHERE member_id = $2
          ON CONFLICT (year, subject_kind, subject_id, number) DO UPDATE SET state = EXCLUDED.state`,
        values: [year, member, states[n % states.length], n % 360],
      })
      written += 1
    }
  }
  const writers = Array.from({ length: 6 }, (_, nth) => writer(nth, 6))
  const kept = { root: [] as number[], below: [] as number[], deedsRoot: [] as number[], deedsBelow: [] as number[] }
  const anew = { registration: [] as number[], deeds: [] as number[] }
  async function timed(list: number[], work: () => Promise<unknown>): Promise<void> {
    const before = performance.now()
    await work()
    list.push(performance.now() - before)
  }
  for (let n = 0; performance.now() - startedAt < seconds * 1000; n += 1) {
    // The root every other time: the largest subtree is the one that costs.
    const committees = Math.ceil(size.cells / 100)
    const orgId = n % 2 === 0 ? 1 : n % 4 === 1 ? 2 + (n % committees) : 1001 + ((n * 31) % size.cells)
    const wanted = [{ orgId, year: year - (n % 3 === 2 ? 1 : 0) }]
    const isRoot = orgId === 1
    await timed(isRoot ? kept.root : kept.below, () => participationOf(pool, wanted))
    // Past years of deeds are counted as the tree was then: the kept counts are of the present one.
    const deeds = [{ orgId, year }]
    await timed(isRoot ? kept.deedsRoot : kept.deedsBelow, () => deedCountsOf(pool, deeds, year))
    await pause(5)
  }
  const rate = written / ((performance.now() - startedAt) / 1000)
  const lateWrites = late
  for (let n = 0; n < timesAnew; n += 1) {
    await timed(anew.registration, () => recountedParticipationOf(pool, [{ orgId: 1, year }]))
    await timed(anew.deeds, () => recountedDeedCountsOf(pool, [{ orgId: 1, year }]))
  }
  isOver = true
  await Promise.all(writers)
  await pool.end()
  const figure = (name: string, list: number[], live: number[]): Result => ({
    name,
    unit: 'ms (p99)',
    ours: rounded(percentile(list, 0.99)),
    peers: { 'counted anew, root, p50': rounded(percentile(live, 0.5)) },
    rounds: list.length,
    cpuMicrosPerOp: null,
    more: { p50: rounded(percentile(list, 0.5)), writesPerSecond: rounded(rate), lateWrites },
  })
  return [
    figure('rollup.root', kept.root, anew.registration),
    figure('rollup.below', kept.below, anew.registration),
    figure('rollup.deeds.root', kept.deedsRoot, anew.deeds),
    figure('rollup.deeds.below', kept.deedsBelow, anew.deeds),
  ]
}
