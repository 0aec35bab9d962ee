/** What a platform allows: so many a second for the bot, so many a second for a chat, so many a minute for a group. */
import type { Capabilities } from './platform.ts'

interface Bucket {
  /** When the next message may leave, in milliseconds of the monotonic clock. */
  nextAt: number
}

/** Groups remembered; more than any bot writes to in a minute. */
const maxChats = 10_000

export interface BudgetTime {
  now(): number
  wait(ms: number, signal: AbortSignal): Promise<void>
}

const realTime: BudgetTime = {
  now: () => performance.now(),
  wait: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve()
      const timer = setTimeout(done, ms)
      function done() {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
      signal.addEventListener('abort', done)
    }),
}

/**
 * Spaces messages evenly: a leaky bucket without bursts, so the rate is kept over any window that the platform may
 * count in.
 */
export function createBudget(rate: Capabilities['rate'], time: BudgetTime = realTime) {
  const all: Bucket = { nextAt: 0 }
  const chats = new Map<string, Bucket>()
  let pausedUntil = 0

  function bucketOf(lane: string): Bucket {
    const known = chats.get(lane)
    if (known) return known
    if (chats.size >= maxChats) {
      const now = time.now()
      for (const [key, bucket] of chats) if (bucket.nextAt < now) chats.delete(key)
    }
    const fresh = { nextAt: 0 }
    chats.set(lane, fresh)
    return fresh
  }

  async function until(at: number, signal: AbortSignal): Promise<void> {
    const ms = at - time.now()
    if (ms > 0 && !signal.aborted) await time.wait(ms, signal)
  }

  return {
    /** Resolves true when one message to this chat may leave now; false when `signal` ended the wait. */
    async take(lane: string, isGroup: boolean, signal: AbortSignal): Promise<boolean> {
      const chat = bucketOf(lane)
      const perChat =
        isGroup && rate.perGroupPerMinute
          ? Math.min(rate.perChatPerSecond, rate.perGroupPerMinute / 60)
          : rate.perChatPerSecond
      // The chat's turn first: a chat that has to wait must not hold a place in everybody's row meanwhile.
      const perChatMs = Number.isFinite(perChat) ? 1000 / perChat : 0
      const chatAt = Math.max(time.now(), chat.nextAt)
      chat.nextAt = chatAt + perChatMs
      await until(chatAt, signal)
      const at = Math.max(time.now(), all.nextAt)
      if (Number.isFinite(rate.perSecond)) all.nextAt = at + 1000 / rate.perSecond
      chat.nextAt = Math.max(chat.nextAt, at + perChatMs)
      await until(at, signal)
      // A pause that came while waiting holds for this message as well; those that it held up leave one by one.
      while (!signal.aborted && pausedUntil > time.now()) {
        const resumesAt = Math.max(pausedUntil, all.nextAt)
        if (Number.isFinite(rate.perSecond)) all.nextAt = resumesAt + 1000 / rate.perSecond
        chat.nextAt = Math.max(chat.nextAt, resumesAt + perChatMs)
        await until(resumesAt, signal)
      }
      return !signal.aborted
    },
    /** The platform asked to wait: nothing leaves for so long. */
    pause(ms: number): void {
      pausedUntil = Math.max(pausedUntil, time.now() + ms)
    },
  }
}
