/** The real program as a process of its own, started and killed as often as a test wants. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'

const main = join(import.meta.dirname, '..', '..', 'dist', 'main.js')

/** A busy machine needs a while; a program that is not up by then is stuck. */
const startDeadlineMs = 60_000

/** Settings of whoever runs the tests must reach no process of ours. */
const ours =
  /^(DATABASE_URL|PORT|HOST|DATA_DIR|TZ_DEFAULT|LOCALE|LOCAL_CHAT|PUBLIC_URL|LOG_LEVEL|TELEGRAM_|ZALO_|SLACK_)/

export interface NepProcess {
  child: ChildProcess
  url: string
  /** Resolves when it has ended. */
  ended: Promise<void>
  /** What it has logged, a line each. */
  lines: readonly string[]
}

/** Starts the program; resolves once it prints its address, rejects with its output when it ends before. */
export function startNep(env: Record<string, string>): { child: ChildProcess; ready: Promise<NepProcess> } {
  const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name)))
  const child = spawn(process.execPath, [main], { env: { ...clean, ...env }, stdio: ['ignore', 'pipe', 'pipe'] })
  const lines: string[] = []
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const ready = new Promise<NepProcess>((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`the program ${why}:\n${lines.slice(-30).join('\n')}`))
    const timer = setTimeout(() => fail('did not start in time'), startDeadlineMs)
    for (const stream of [child.stdout!, child.stderr!]) {
      let rest = ''
      stream.setEncoding('utf8').on('data', (chunk: string) => {
        const parts = (rest + chunk).split('\n')
        rest = parts.pop() ?? ''
        lines.push(...parts)
        const url = parts.map((line) => /^Nếp: (http:\/\/[^/\s]+)/.exec(line)?.[1]).find((found) => found)
        if (!url) return
        clearTimeout(timer)
        resolve({ child, url, ended, lines })
      })
    }
    void ended.then(() => {
      clearTimeout(timer)
      fail(`ended with ${child.exitCode ?? child.signalCode}`)
    })
  })
  return { child, ready }
}

/** Ends a process the polite way. */
export async function stopNep(nep: NepProcess): Promise<void> {
  nep.child.kill('SIGTERM')
  await nep.ended
}

/** A port that is free now; the same one for each start, as in real life. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}
