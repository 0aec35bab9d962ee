/**
 * Speed of `understand` on the labelled corpora, and date phrases side by side with chrono-node's Vietnamese locale: speed, how
 * many each gets right, and how many it gets wrong without saying so. Measured by `understand-subject.mjs` in a process of its
 * own over dist/ (`npm run build` first); there is the soak with a million random texts, too.
 */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

export interface BenchLine {
  name: string
  unit: string
  ours: number
  peers: Record<string, number>
  rounds: number
  cpuMicrosPerOp: number
}

/** All lines of this benchmark; one core, about ten seconds. Rejects where dist/ is missing. */
export async function benchUnderstand(): Promise<BenchLine[]> {
  const subject = fileURLToPath(new URL('understand-subject.mjs', import.meta.url))
  const { stdout } = await promisify(execFile)(process.execPath, [subject])
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as BenchLine)
}
