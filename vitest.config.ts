import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** The simulated years begin first: each takes a minute or more, and a worker left alone with one at the end is a core idle. */
class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files)
    const isYear = ({ moduleId }: TestSpecification) => moduleId.includes('/test/year/')
    return [...sorted.filter(isYear), ...sorted.filter((file) => !isYear(file))]
  }
}

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
    sequence: { sequencer: LongestFirst },
  },
})
