import { execFile, fork } from 'node:child_process'
import { join } from 'node:path'

export interface NepRun {
  code: number
  stdout: string
  stderr: string
  /** The one JSON value on stdout; throws where there is anything else. */
  json<T = Record<string, unknown>>(): T
}

const entry = join(import.meta.dirname, '..', '..', 'dist', 'nep.js')

const environment = (env: Record<string, string>) => ({ PATH: process.env.PATH, HOME: process.env.HOME, ...env })
const withJson = (run: Omit<NepRun, 'json'>): NepRun => ({ ...run, json: () => JSON.parse(run.stdout) })

/** Runs the built tool as a process, in an environment of its own. */
export function runNep(env: Record<string, string>, args: readonly string[], cwd?: string): Promise<NepRun> {
  return new Promise((resolve) => {
    execFile(process.execPath, [entry, ...args], { env: environment(env), cwd }, (error, stdout, stderr) => {
      const code = error === null ? 0 : typeof error.code === 'number' ? error.code : -1
      resolve(withJson({ code, stdout, stderr }))
    })
  })
}

/**
 * The built tool in one process of its own for many commands, one at a time: loading it takes longer than most of them. What
 * belongs to the process itself (exit code, signals, directories) is tested with `runNep`.
 */
export function keptNep(env: Record<string, string>): (...args: string[]) => Promise<NepRun> {
  const child = fork(join(import.meta.dirname, 'kept-nep.mjs'), { env: environment(env), execArgv: [] })
  child.unref()
  child.channel?.unref()
  let last: Promise<unknown> = Promise.resolve()
  const run = (args: readonly string[]) =>
    new Promise<NepRun>((resolve, reject) => {
      const ended = () => reject(new Error(`the tool ended within: ${args.join(' ')}`))
      child.once('exit', ended)
      child.channel?.ref()
      child.once('message', (message) => {
        child.off('exit', ended)
        child.channel?.unref()
        resolve(withJson(message as NepRun))
      })
      child.send({ args })
    })
  return (...args) => {
    const next = last.then(() => run(args))
    last = next.catch(() => undefined)
    return next
  }
}
