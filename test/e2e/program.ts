/** The real process and nothing but its doors: environment, signals, HTTP. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createServer } from 'node:net'
import { join } from 'node:path'

const root = join(import.meta.dirname, '../..')

/** A busy machine of two cores makes its first database slowly. */
const startDeadlineMs = 60_000

export interface RunningProcess {
  url: string
  output(): string
  /** Sends the signal; resolves with the exit code once the process has ended. */
  end(signal?: NodeJS.Signals): Promise<number | null>
}

export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: bodies are looked into by the tests, which say what they expect
  body: any
}

/** The environment without any setting of whoever runs the tests. */
function environment(settings: Record<string, string>): NodeJS.ProcessEnv {
  const ours =
    /^(DATABASE_URL|PORT|HOST|DATA_DIR|TZ_DEFAULT|LOCALE|LOCAL_CHAT|LOG_LEVEL|PUBLIC_URL|TELEGRAM_|ZALO_|SLACK_)/
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name))), ...settings }
}

function launch(settings: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, ['dist/main.js'], { cwd: root, env: environment(settings) })
  let [stdout, stderr] = ['', '']
  child.stdout!.on('data', (chunk) => {
    stdout += chunk
  })
  child.stderr!.on('data', (chunk) => {
    stderr += chunk
  })
  const ended = new Promise<number | null>((resolve) => {
    child.once('close', (code) => resolve(code))
  })
  return { child, ended, stdout: () => stdout, stderr: () => stderr }
}

/** Runs the process to its end: for starts that must be refused. */
export async function runToEnd(settings: Record<string, string>) {
  const { ended, stdout, stderr } = launch(settings)
  return { code: await ended, stdout: stdout(), stderr: stderr() }
}

/** Sends a signal to a process that is still starting, as soon as `moment` has come; resolves with its exit code. */
export async function interruptStart(
  settings: Record<string, string>,
  moment: () => Promise<boolean>,
  signal: NodeJS.Signals,
) {
  const { child, ended, stdout, stderr } = launch({ PORT: String(await freePort()), ...settings })
  const deadline = performance.now() + startDeadlineMs
  while (!(await moment())) {
    if (child.exitCode !== null || performance.now() > deadline) throw new Error(`missed: ${stdout()}${stderr()}`)
  }
  child.kill(signal)
  return { code: await ended, output: `${stdout()}${stderr()}` }
}

async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as { port: number }
  await new Promise((resolve) => server.close(resolve))
  return port
}

export async function ask(method: string, url: string, body?: unknown): Promise<Answer> {
  const response = await fetch(url, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(60_000),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json') ?? false
  return { status: response.status, body: isJson ? JSON.parse(text) : text }
}

/** Asks until the answer has the status; throws the last answer when the deadline passes. */
export async function untilStatus(url: string, status: number, isOver: () => boolean = () => false): Promise<Answer> {
  const deadline = performance.now() + startDeadlineMs
  let last: unknown = 'no answer'
  while (performance.now() < deadline && !isOver()) {
    const answer = await ask('GET', url).catch((error) => {
      last = error
      return null
    })
    if (answer?.status === status) return answer
    if (answer) last = answer
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`${url} did not answer ${status}: ${JSON.stringify(last)}`)
}

/** Starts the process on a free port; resolves once it is ready. */
export async function startProcess(settings: Record<string, string>): Promise<RunningProcess> {
  const port = await freePort()
  const { child, ended, stdout, stderr } = launch({ PORT: String(port), ...settings })
  const output = () => `${stdout()}${stderr()}`
  let isOver = false
  void ended.then(() => {
    isOver = true
  })
  const url = `http://127.0.0.1:${port}`
  try {
    await untilStatus(`${url}/readyz`, 200, () => isOver)
  } catch (error) {
    child.kill('SIGKILL')
    throw new Error(`${(error as Error).message}\n${output()}`)
  }
  return {
    url,
    output,
    end(signal = 'SIGTERM') {
      child.kill(signal)
      return ended
    },
  }
}
