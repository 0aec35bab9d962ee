/** How long people wait for an answer: at a steady rate, and for the figures of a cell and of a large tree. */
import { setTimeout as pause } from 'node:timers/promises'
import type { BotApi } from './bot-api.ts'
import type { Contender } from './contender.ts'
import { percentile, type Result, rounded } from './measure.ts'
import { personOf } from './seed.ts'

/** Resolves with the instant at which the next message to each awaited chat arrives. */
function createWaiting(api: BotApi) {
  const waiting = new Map<string, (at: number) => void>()
  api.onMessage = (chatId) => {
    waiting.get(chatId)?.(performance.now())
    waiting.delete(chatId)
  }
  return (person: number) => new Promise<number>((resolve) => waiting.set(String(person), resolve))
}

/**
 * Messages leave at their appointed times whatever became of those before, and each wait counts from the appointed time:
 * a stall is felt by all who would have written during it.
 */
export async function benchLatency(
  api: BotApi,
  ours: Contender,
  options: { perSecond: number; seconds: number; rounds: number; prepare(): Promise<void> },
): Promise<Result> {
  const { perSecond, seconds, rounds } = options
  const arrival = createWaiting(api)
  const all: { p50: number; p99: number }[] = []
  for (let round = 0; round <= rounds; round += 1) {
    await options.prepare()
    const count = perSecond * seconds
    const startAt = performance.now() + 50
    const waits: Promise<number>[] = []
    for (let index = 0; index < count; index += 1) {
      const dueAt = startAt + (index * 1000) / perSecond
      const early = dueAt - performance.now()
      if (early > 0) await pause(early)
      const person = personOf(index + 1)
      const text = `đk: trồng ${10 + (index % 90)} cây xanh ở đường thôn số ${index}, hạn 20/12`
      waits.push(arrival(person).then((at) => at - dueAt))
      void ours.hand({ person, text })
    }
    const latencies = await Promise.all(waits)
    if (round > 0) all.push({ p50: percentile(latencies, 0.5), p99: percentile(latencies, 0.99) })
  }
  const p50 = rounded(
    percentile(
      all.map((each) => each.p50),
      0.5,
    ),
  )
  const p99 = rounded(
    percentile(
      all.map((each) => each.p99),
      0.5,
    ),
  )
  return {
    name: `reply.at${perSecond}PerSecond`,
    unit: 'ms (p99)',
    ours: p99,
    peers: {},
    rounds,
    cpuMicrosPerOp: null,
    more: { p50, p99 },
  }
}

/** `/summary` asked again and again by one person, one at a time, until the answer is delivered. */
export async function benchSummary(
  api: BotApi,
  ours: Contender,
  options: { name: string; person: number; times: number },
): Promise<Result> {
  const arrival = createWaiting(api)
  const latencies: number[] = []
  for (let time = -3; time < options.times; time += 1) {
    const startedAt = performance.now()
    const arrived = arrival(options.person)
    await ours.hand({ person: options.person, text: '/summary' })
    const at = await arrived
    if (time >= 0) latencies.push(at - startedAt)
  }
  const [p50, p99] = [rounded(percentile(latencies, 0.5)), rounded(percentile(latencies, 0.99))]
  return {
    name: options.name,
    unit: 'ms (p99)',
    ours: p99,
    peers: {},
    rounds: options.times,
    cpuMicrosPerOp: null,
    more: { p50, p99 },
  }
}
