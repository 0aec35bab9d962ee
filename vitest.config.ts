import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts', 'test/**/*.test.tsx'],
    globalSetup: ['test/global-setup.ts'],
    // Some tests start the real process, on a machine that may be busy.
    testTimeout: 60_000,
    hookTimeout: 120_000,
    fileParallelism: true,
    // The smallest machine it must pass on has two cores.
    maxWorkers: 2,
  },
})
