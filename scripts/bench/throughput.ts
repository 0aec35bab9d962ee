/**
 * Messages a second through the whole flow, beside two grammY bots. Everybody registers a deed and confirms it: two
 * messages, two answers. The second is sent once all of the first are done, as people answer what they read.
 *
 * `durable`: until the state that the messages caused is committed (ours: with the answers queued; the bare bot: the
 * insert; nobody sends anything). `delivered`: until the Bot API server has every answer as well.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Pool } from 'pg'
import type { BotApi } from './bot-api.ts'
import { type Contender, type ContenderKind, startContender, type TelegramMessage } from './contender.ts'
import { median, type Result, rounded } from './measure.ts'
import type { BenchServer } from './postgres.ts'
import { botAccount, personOf } from './seed.ts'

export interface Bench {
  server: BenchServer
  api: BotApi
  ours: Contender
  /** Ours, to set it back between rounds. */
  pool: Pool
  people: number
}

const firsts = (people: number): TelegramMessage[] =>
  Array.from({ length: people }, (_, index) => ({
    person: personOf(index + 1),
    text: `đk: trồng ${10 + (index % 90)} cây xanh ở đường thôn số ${index}, hạn 20/12`,
  }))

const seconds = (people: number): TelegramMessage[] =>
  Array.from({ length: people }, (_, index) => ({ person: personOf(index + 1), text: '1' }))

/** Back to where nobody has said anything. */
export async function reset(pool: Pool): Promise<void> {
  await pool.query('TRUNCATE deed, deed_history, dialogue, outbox, inbox, notice')
  await pool.query('CHECKPOINT')
}

interface Round {
  perSecond: number
  /** For each message: of the contender's process, and of the database server's. */
  processMicros: number
  databaseMicros: number
}

async function run(bench: Bench, contender: Contender, delivered: boolean): Promise<Round> {
  const { server, people } = bench
  const processBefore = await contender.cpuMicros()
  const databaseBefore = server.cpuMicros()
  const startedAt = performance.now()
  for (const messages of [firsts(people), seconds(people)]) {
    await contender.handAll(messages)
    await contender.settle(delivered)
  }
  const ms = performance.now() - startedAt
  const each = (micros: number) => micros / (people * 2)
  return {
    perSecond: (people * 2 * 1000) / ms,
    processMicros: each((await contender.cpuMicros()) - processBefore),
    databaseMicros: each((server.cpuMicros() ?? 0) - (databaseBefore ?? 0)),
  }
}

/** Longer than a sender takes to notice that its lease is another's, or free. */
const noticeMs = 4_000

/** Keeps our sender from sending, as another process that holds the account's lease would. */
async function holdBack(pool: Pool, isHeld: boolean): Promise<void> {
  await pool.query('DELETE FROM sender_lease')
  if (!isHeld) return
  await pool.query(
    `INSERT INTO sender_lease (platform, account_id, holder, expires_at) VALUES ('telegram', $1, 'bench', now() + interval '1 hour')`,
    [botAccount],
  )
}

export async function benchThroughput(
  bench: Bench,
  rounds: number,
  isWanted: (name: string) => boolean,
): Promise<Result[]> {
  const { server, api, ours, pool, people } = bench
  const results: Result[] = []
  for (const mode of ['durable', 'delivered'] as const) {
    if (!isWanted(`messages.${mode}`)) continue
    const isDelivered = mode === 'delivered'
    const kinds: ContenderKind[] = isDelivered ? ['insertReply', 'conversations'] : ['insert']
    const peers = new Map<string, Contender>()
    for (const kind of kinds) {
      const databaseUrl = await server.createDatabase(`bench_${kind.toLowerCase()}`)
      peers.set(kind, await startContender({ kind, databaseUrl, apiRoot: api.url }))
    }
    await holdBack(pool, !isDelivered)
    await pause(noticeMs)
    const figures = new Map<string, Round[]>([['ours', []], ...kinds.map((kind): [string, Round[]] => [kind, []])])
    // The first round warms up: plans, caches, the compiler.
    for (let round = 0; round <= rounds; round += 1) {
      const turns = [...figures.keys()]
      if (round % 2 === 1) turns.reverse()
      for (const name of turns) {
        if (name === 'ours') await reset(pool)
        const before = api.sent()
        const figure = await run(bench, name === 'ours' ? ours : peers.get(name)!, isDelivered)
        const answers = api.sent() - before
        if (answers !== (isDelivered ? people * 2 : 0)) throw new Error(`${name} sent ${answers} answers`)
        if (round > 0) figures.get(name)!.push(figure)
      }
    }
    for (const peer of peers.values()) await peer.stop()
    const perSecond = (name: string) => rounded(median(figures.get(name)!.map((each) => each.perSecond)))
    const cpuMicros = (name: string) =>
      Math.round(median(figures.get(name)!.map((each) => each.processMicros + each.databaseMicros)))
    const databaseMicros = (name: string) => Math.round(median(figures.get(name)!.map((each) => each.databaseMicros)))
    const own = perSecond('ours')
    results.push({
      name: `messages.${mode}`,
      unit: 'messages/s',
      ours: own,
      peers: Object.fromEntries(kinds.map((kind) => [kind, perSecond(kind)])),
      ratios: Object.fromEntries(kinds.map((kind) => [kind, rounded(own / perSecond(kind))])),
      rounds,
      cpuMicrosPerOp: cpuMicros('ours'),
      more: {
        peersCpuMicrosPerOp: Object.fromEntries(kinds.map((kind) => [kind, cpuMicros(kind)])),
        ofThatDatabaseMicros: Object.fromEntries([...figures.keys()].map((name) => [name, databaseMicros(name)])),
      },
    })
  }
  await reset(pool)
  return results
}
