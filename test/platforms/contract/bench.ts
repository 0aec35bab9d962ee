/** One test's worth of adapter under contract: the driver, an inbox that records, the log, and what leaked. */
import { performance } from 'node:perf_hooks'
import { Writable } from 'node:stream'
import pino from 'pino'
import { expect, vi } from 'vitest'
import type { InboundEvent, OutboundMessage, SendOutcome, Sink } from '../../../src/engine/platform.ts'
import type { ContractDriver, ContractOptions } from './driver.ts'

/** Stands for personal data: the suite sends these through every path and looks for them in the log. */
export const CANARY = { phone: '0987654321', name: 'Nguyễn Thị Hoàng Yến Canary', text: 'bí mật canary-7f3a' }

/** Waits for a condition; never longer than `timeoutMs`. */
export function until(condition: () => void | Promise<void>, timeoutMs = 8_000): Promise<void> {
  return vi.waitFor(condition, { interval: 5, timeout: timeoutMs })
}

/** A sink that keeps what it was given, and fails or waits when told to. */
export class RecordingInbox {
  /** Stored: the sink resolved. */
  readonly events: InboundEvent[] = []
  /** Every call, those that failed too. */
  readonly calls: InboundEvent[][] = []
  /** The next calls that reject. */
  failures = 0
  /** Runs before a call resolves. */
  beforeStored: () => Promise<void> = async () => {}

  readonly sink: Sink = async (events) => {
    this.calls.push([...events])
    if (this.failures > 0) {
      this.failures--
      throw new Error('the database does not answer')
    }
    await this.beforeStored()
    this.events.push(...events)
  }

  async received(count: number): Promise<InboundEvent[]> {
    await until(() => expect(this.events.length).toBeGreaterThanOrEqual(count))
    return this.events
  }
}

export interface Bench {
  driver: ContractDriver
  inbox: RecordingInbox
  /** Starts receiving into the inbox; stopped by `close`. */
  receive(): Promise<() => Promise<void>>
  send(message: Partial<OutboundMessage> & { text: string }, signal?: AbortSignal): Promise<SendOutcome>
  /** Adds something that must hold no secret either (an outcome, a check, an error). */
  inspect(value: unknown): void
  /** Stops, closes, and fails if a secret or personal data was logged or handed out. */
  close(): Promise<void>
}

/** Sockets and timers that keep the process alive. */
export function openHandles(): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const kind of process.getActiveResourcesInfo())
    if (/Timeout|TCP|GetAddrInfo|FSReq/.test(kind)) counts[kind] = (counts[kind] ?? 0) + 1
  return counts
}

function serialise(value: unknown): string {
  return JSON.stringify(value, (_key, item) =>
    item instanceof Error
      ? { ...item, name: item.name, message: item.message, stack: item.stack, cause: item.cause }
      : item,
  )
}

export async function openBench(options: ContractOptions): Promise<Bench> {
  const lines: string[] = []
  const destination = new Writable({
    write(chunk, _encoding, done) {
      lines.push(String(chunk))
      done()
    },
  })
  // No redaction here: what an adapter hands to the log must be clean by itself.
  const log = pino({ level: 'trace' }, destination)
  const driver = await options.setup({ log })
  const inbox = new RecordingInbox()
  const handedOut: unknown[] = []
  const stops: (() => Promise<void>)[] = []
  let keys = 0

  return {
    driver,
    inbox,
    async receive() {
      const stop = await driver.platform.receive(inbox.sink)
      stops.push(stop)
      return stop
    },
    async send(message, signal = new AbortController().signal) {
      const outcome = await driver.platform.send(
        { key: `contract-${performance.now()}-${keys++}`, chat: driver.privateChat, ...message },
        signal,
      )
      handedOut.push(outcome)
      return outcome
    },
    inspect: (value) => handedOut.push(value),
    async close() {
      for (const stop of stops) await stop()
      await driver.close()
      const out = serialise(handedOut)
      const logged = lines.join('')
      for (const secret of driver.secrets) {
        for (const form of new Set([secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1)])) {
          expect(logged.includes(form), 'a secret in the log').toBe(false)
          expect(out.includes(form), 'a secret in an outcome, a check or an error').toBe(false)
        }
      }
      for (const personal of Object.values(CANARY))
        expect(logged.includes(personal), 'personal data in the log').toBe(false)
    },
  }
}
