/**
 * Protects: what a platform allows is neither passed nor left unused (2 % either way), for the bot, for a chat and for a
 * group, and a chat that has to wait holds up nobody else. Time is the test's own.
 */
import { describe, expect, test } from 'vitest'
import { type BudgetTime, createBudget } from '../../../src/engine/budget.ts'
import { slackCapabilities } from '../../../src/platforms/slack/capabilities.ts'
import { capabilitiesOf } from '../../../src/platforms/telegram/capabilities.ts'
import { zaloCapabilities } from '../../../src/platforms/zalo/capabilities.ts'

const rates = {
  Telegram: capabilitiesOf('nep').rate,
  Slack: slackCapabilities([]).rate,
  Zalo: zaloCapabilities([]).rate,
}

/** Time that leaps to the next waiter once everybody waits. Each waiter wakes `lateMs` late, as a busy machine's do. */
function leapingTime(lateMs = 0) {
  let now = 0
  const waiting: { at: number; go(): void }[] = []
  const time: BudgetTime = {
    now: () => now,
    wait: (ms) => new Promise((go) => waiting.push({ at: now + ms + lateMs, go })),
  }
  return {
    time,
    now: () => now,
    async run(until: number): Promise<void> {
      for (;;) {
        // Whoever can go on without waiting does so first.
        for (let turn = 0; turn < 20; turn++) await Promise.resolve()
        waiting.sort((a, b) => a.at - b.at)
        const next = waiting[0]
        if (!next || next.at > until) return
        waiting.shift()
        now = Math.max(now, next.at)
        next.go()
      }
    },
  }
}

/** Each lane sends its next message as soon as the one before has left: what the sender does. */
async function flood(
  rate: (typeof rates)['Telegram'],
  lanes: { lane: string; isGroup: boolean }[],
  ms: number,
  lateMs = 0,
) {
  const clock = leapingTime(lateMs)
  const budget = createBudget(rate, clock.time)
  const stop = new AbortController()
  const left: { lane: string; at: number }[] = []
  for (const { lane, isGroup } of lanes) {
    void (async () => {
      while (await budget.take(lane, isGroup, stop.signal)) {
        if (clock.now() > ms) return
        left.push({ lane, at: clock.now() })
      }
    })()
  }
  await clock.run(ms)
  stop.abort()
  return { left: left.filter(({ at }) => at <= ms), budget, clock }
}

/** The most that left within any window of this length. */
function most(times: readonly number[], windowMs: number): number {
  let from = 0
  return times.reduce((best, at, index) => {
    while (times[from]! <= at - windowMs) from++
    return Math.max(best, index - from + 1)
  }, 0)
}

const chats = (count: number, isGroup: boolean) =>
  Array.from({ length: count }, (_, index) => ({ lane: `${isGroup ? 'g' : 'p'}${index}`, isGroup }))

describe.each(Object.entries(rates))('the pace on %s', (_name, rate) => {
  const minutes = 10 * 60_000

  test.each([0, 3])('is the allowed one for the whole bot, its timers %i ms late', async (lateMs) => {
    const { left } = await flood(rate, chats(100, false), minutes, lateMs)
    const allowed = (rate.perSecond * minutes) / 1000
    expect(left.length / allowed).toBeGreaterThan(0.98)
    expect(left.length / allowed).toBeLessThan(1.02)
    expect(
      most(
        left.map(({ at }) => at),
        1_000,
      ),
    ).toBeLessThanOrEqual(rate.perSecond + 1)
  })

  test('is the allowed one for a chat and for a group', async () => {
    for (const isGroup of [false, true]) {
      const { left } = await flood(rate, chats(1, isGroup), minutes)
      const perMinute = Math.min(
        rate.perChatPerSecond * 60,
        (isGroup && rate.perGroupPerMinute) || Number.POSITIVE_INFINITY,
      )
      expect(left.length / (perMinute * 10)).toBeGreaterThan(0.98)
      expect(left.length / (perMinute * 10)).toBeLessThan(1.02)
      expect(
        most(
          left.map(({ at }) => at),
          60_000,
        ),
      ).toBeLessThanOrEqual(perMinute)
    }
  })

  test('is the same for private chats while groups wait for their turn', async () => {
    const busy = Math.ceil(rate.perSecond)
    const { left } = await flood(rate, [...chats(2, true), ...chats(2 * busy, false)], minutes)
    expect(left.length / ((rate.perSecond * minutes) / 1000)).toBeGreaterThan(0.98)
    for (const { lane } of chats(2, true)) expect(left.filter((each) => each.lane === lane).length).toBeGreaterThan(50)
  })

  test('rests as long as the platform asks, then goes on without a burst', async () => {
    for (const seconds of [1, 7, 60]) {
      const clock = leapingTime()
      const budget = createBudget(rate, clock.time)
      const signal = new AbortController().signal
      const left: number[] = []
      const sends = chats(50, false).map(async ({ lane }) => {
        await budget.take(lane, false, signal)
        left.push(clock.now())
      })
      budget.pause(seconds * 1_000)
      await clock.run(minutes)
      await Promise.all(sends)
      // The first had already been let go when the answer came.
      expect(Math.min(...left.slice(1))).toBeGreaterThanOrEqual(seconds * 1_000)
      expect(most(left.slice(1), 1_000)).toBeLessThanOrEqual(rate.perSecond + 1)
    }
  })
})
