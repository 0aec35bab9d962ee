import type { TelegramTuning } from '../../../src/platforms/telegram/index.ts'

/** The adapter's times for tests: short, in the proportions of the real ones. */
export const FAST: TelegramTuning = {
  startMs: 2_000,
  pollSeconds: 5,
  pollGraceMs: 2_000,
  idleMs: 5,
  pollBackoff: { minMs: 1, maxMs: 10 },
  sendMs: 250,
  uploadMs: 250,
}
