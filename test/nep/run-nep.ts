import { execFile } from 'node:child_process'
import { join } from 'node:path'

export interface NepRun {
  code: number
  stdout: string
  stderr: string
  /** The one JSON value on stdout; throws where there is anything else. */
  json<T = Record<string, unknown>>(): T
}

const entry = join(import.meta.dirname, '..', '..', 'dist', 'nep.js')

/** Runs the built tool as a process, in an environment of its own. */
export function runNep(env: Record<string, string>, args: readonly string[], cwd?: string): Promise<NepRun> {
  const options = { env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env }, cwd }
  return new Promise((resolve) => {
    execFile(process.execPath, [entry, ...args], options, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve({ code, stdout, stderr, json: () => JSON.parse(stdout) })
    })
  })
}
