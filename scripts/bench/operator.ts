/** What an operator waits for on a large tree: lists and closing everybody's books as processes, and the work in them alone. */
import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { listOrganisations, withFigures } from '../../src/store/admin.ts'
import { listPeriods } from '../../src/store/admin-periods.ts'
import { createPool } from '../../src/store/pool.ts'
import { median, type Result, rounded } from './measure.ts'

const run = promisify(execFile)
const entry = join(import.meta.dirname, '..', '..', 'dist', 'nep.js')

/** `url` is a seeded database. Each is the median of `rounds`. */
export async function benchOperator(url: string, rounds: number): Promise<Result[]> {
  const pool = createPool(url, { max: 2 })
  const year = new Date().getUTCFullYear()
  const subjects = [
    { name: 'operator.orgList', args: ['org', 'list'], work: () => listOrganisations(pool) },
    {
      name: 'operator.orgListFigures',
      args: ['org', 'list', '--figures'],
      work: async () => withFigures(pool, await listOrganisations(pool), year),
    },
    {
      name: 'operator.periodList',
      args: ['period', 'list', '--org', '1'],
      work: () => listPeriods(pool, 1, year, new Date()),
    },
  ]
  const times = subjects.map(() => ({ command: [] as number[], help: [] as number[], work: [] as number[] }))
  const timed = async (list: number[], work: () => Promise<unknown>) => {
    const before = performance.now()
    await work()
    list.push(performance.now() - before)
  }
  const nep = (args: readonly string[]) =>
    run(process.execPath, [entry, ...args], { env: { ...process.env, DATABASE_URL: url }, maxBuffer: 1 << 26 })
  for (let round = 0; round < rounds; round += 1)
    for (const [at, { args, work }] of subjects.entries()) {
      await timed(times[at]!.command, () => nep([...args, '--json']))
      await timed(times[at]!.help, () => nep(['--help']))
      await timed(times[at]!.work, work)
    }
  // Books are closed once: each round takes another period of last year, which is counted from rows.
  const closing: number[] = []
  for (const part of ['-Q1', '-Q2', '-Q3', '-Q4', ''].slice(0, rounds))
    await timed(closing, () =>
      nep(['period', 'close', '--org', '1', '--period', `${year - 1}${part}`, '--below', '--json']),
    )
  await pool.end()
  const closed: Result = {
    name: 'operator.periodCloseBelow',
    unit: 'ms',
    ours: rounded(median(closing)),
    peers: {},
    rounds: closing.length,
    cpuMicrosPerOp: null,
    more: { longest: rounded(Math.max(...closing)) },
  }
  const lists = subjects.map(({ name }, at) => ({
    name,
    unit: 'ms',
    ours: rounded(median(times[at]!.command)),
    peers: { 'the tool doing nothing': rounded(median(times[at]!.help)) },
    rounds,
    cpuMicrosPerOp: null,
    more: { workAlone: rounded(median(times[at]!.work)) },
  }))
  return [...lists, closed]
}
