/**
 * `npm run bench -- --json`: every benchmark, one JSON object a line. `--only NAME` runs those whose name begins so,
 * `--rounds N` and `--people N` change the size. Contenders take turns within one run, so that a busy machine is busy
 * for all of them; only ratios mean something on another machine.
 */
import { parseArgs } from 'node:util'
import { createLog } from '../../src/log.ts'
import { migrate } from '../../src/store/migrate.ts'
import { createPool } from '../../src/store/pool.ts'
import { startBotApi } from './bot-api.ts'
import { startContender } from './contender.ts'
import { benchLatency, benchSummary } from './latency.ts'
import { print } from './measure.ts'
import { benchOperator } from './operator.ts'
import { startServer } from './postgres.ts'
import { benchRollup } from './rollup.ts'
import { personOf, rootPerson, seed } from './seed.ts'
import { benchThroughput, reset } from './throughput.ts'
import { benchUnderstand } from './understand.ts'

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    rounds: { type: 'string', default: '5' },
    people: { type: 'string', default: '1500' },
  },
})
const rounds = Number(values.rounds)
const people = Number(values.people)
/** `messages` asks for all of that name, `messages.durable` for one. */
const isWanted = (name: string) => name.startsWith(values.only) || values.only.startsWith(`${name}.`)

const membersPerCell = 25
const log = createLog({ level: 'warn' })

async function withOurs(
  name: string,
  cells: number,
  registered: number,
  work: (parts: {
    server: Awaited<ReturnType<typeof startServer>>
    api: Awaited<ReturnType<typeof startBotApi>>
    ours: Awaited<ReturnType<typeof startContender>>
    pool: ReturnType<typeof createPool>
  }) => Promise<void>,
): Promise<void> {
  const server = await startServer()
  const api = await startBotApi()
  const databaseUrl = await server.createDatabase(name)
  await migrate(databaseUrl, log)
  const pool = createPool(databaseUrl)
  await seed(pool, { cells, membersPerCell, registered })
  const ours = await startContender({ kind: 'ours', databaseUrl, apiRoot: api.url })
  try {
    await work({ server, api, ours, pool })
  } finally {
    await ours.stop()
    await pool.end()
    await api.close()
    await server.stop()
  }
}

if (isWanted('messages') || isWanted('reply') || isWanted('summary.cell')) {
  await withOurs('bench_ours', Math.ceil(people / membersPerCell), 0, async (parts) => {
    const { api, ours, pool } = parts
    if (isWanted('messages')) {
      for (const result of await benchThroughput({ ...parts, people }, rounds, isWanted)) print(result, values.json)
    }
    if (isWanted('reply')) {
      const prepare = () => reset(pool)
      print(await benchLatency(api, ours, { perSecond: 100, seconds: 10, rounds, prepare }), values.json)
    }
    if (isWanted('summary.cell')) {
      print(await benchSummary(api, ours, { name: 'summary.cell', person: personOf(1), times: 300 }), values.json)
    }
  })
}
if (isWanted('summary.tree')) {
  await withOurs('bench_tree', 10_000, 0.6, async ({ api, ours }) => {
    const name = 'summary.tree10000Cells250000Members'
    print(await benchSummary(api, ours, { name, person: rootPerson, times: 100 }), values.json)
  })
}
if (isWanted('rollup') || isWanted('operator')) {
  const server = await startServer()
  try {
    const url = await server.createDatabase('bench_rollup')
    await migrate(url, log)
    // Filling it may take longer than any statement of the program's.
    const pool = createPool(`${url}?statement_timeout=0`)
    const cells = 10_000
    await seed(pool, { cells, membersPerCell, registered: 0.6 })
    await pool.end()
    if (isWanted('operator')) for (const result of await benchOperator(url, rounds)) print(result, values.json)
    if (isWanted('rollup'))
      for (const result of await benchRollup(url, { cells, members: cells * membersPerCell }))
        print(result, values.json)
  } finally {
    await server.stop()
  }
}
if (isWanted('understand')) for (const result of await benchUnderstand()) print(result, values.json)
