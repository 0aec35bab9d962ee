import type { ZaloClock } from '../../../src/platforms/zalo/index.ts'

/** A clock that jumps over every wait and keeps the list of them. */
export class ManualClock implements ZaloClock {
  readonly waits: number[] = []
  private at: number

  constructor(start = Date.UTC(2026, 9, 3)) {
    this.at = start
  }

  now = (): number => this.at

  advance(ms: number): void {
    this.at += ms
  }

  /** Jumps, but lets everything else have its turn first, as a real wait does. */
  wait = async (ms: number): Promise<void> => {
    this.waits.push(ms)
    this.at += ms
    await new Promise((resolve) => setImmediate(resolve))
  }
}
