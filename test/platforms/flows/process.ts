/** The real process, as an operator starts it, beside the three simulators. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect } from 'vitest'
import { until } from '../contract/bench.ts'
import { APP_TOKEN, BOT_TOKEN } from '../slack/contract-driver.ts'
import { SIGNING_SECRET } from '../slack/payloads.ts'
import { SlackServer } from '../slack/slack-server.ts'
import { BOT, BotApiServer } from '../telegram/bot-api-server.ts'
import { startSimulator, type ZaloSimulator } from '../zalo/simulator.ts'

const root = join(import.meta.dirname, '..', '..', '..')

export const SECRETS = {
  telegramWebhook: 'canary-telegram-secret_0123',
  zaloWebhook: 'canary-zalo-secret-0123',
  slackSigning: SIGNING_SECRET,
}

export interface Simulators {
  zalo: ZaloSimulator
  telegram: BotApiServer
  slack: SlackServer
  /** Names the tokens and where the platforms are. */
  env: Record<string, string>
  /** None of these may ever be written anywhere. */
  secrets: string[]
  close(): Promise<void>
}

export async function openSimulators(): Promise<Simulators> {
  const zalo = await startSimulator({ token: '1459232241454765289:CanaryKeyThatNobodyMaySee' })
  const telegram = await new BotApiServer().start()
  const slack = await new SlackServer().listen()
  return {
    zalo,
    telegram,
    slack,
    env: {
      ...{ ZALO_BOT_TOKEN: zalo.token, ZALO_API_ROOT: zalo.apiRoot, ZALO_BOT_NAMES: zalo.botName },
      ...{ TELEGRAM_BOT_TOKEN: BOT.token, TELEGRAM_API_ROOT: telegram.apiRoot },
      ...{ SLACK_BOT_TOKEN: BOT_TOKEN, SLACK_API_ROOT: slack.apiRoot },
    },
    secrets: [zalo.token, zalo.token.split(':')[1]!, BOT.token, BOT.token.split(':')[1]!, BOT_TOKEN, APP_TOKEN].concat(
      Object.values(SECRETS),
    ),
    async close() {
      await Promise.all([zalo.close(), telegram.stop(), slack.close()])
    },
  }
}

export const socketMode = { SLACK_APP_TOKEN: APP_TOKEN }

export interface RunningProgram {
  url: string
  pid: number
  /** Everything it wrote so far. */
  output(): string
  /** Asks it to end as an operator does; resolves with its exit code. */
  stop(): Promise<number | null>
  kill(): Promise<void>
}

export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}

export async function temporaryDirectory(): Promise<{ path: string; remove(): Promise<void> }> {
  const path = await mkdtemp(join(tmpdir(), 'nep-process-'))
  return { path, remove: () => rm(path, { recursive: true, force: true }) }
}

const bare = { PATH: process.env.PATH ?? '', NODE_ENV: 'test' }

/** Starts `node dist/main.js` and waits until it says where it is. */
export async function startProcess(env: Record<string, string>): Promise<RunningProgram> {
  const child: ChildProcess = spawn(process.execPath, [join(root, 'dist', 'main.js')], {
    env: { ...bare, PORT: '0', LOG_LEVEL: 'trace', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let written = ''
  for (const stream of [child.stdout!, child.stderr!]) stream.on('data', (chunk) => (written += String(chunk)))
  const ended = new Promise<number | null>((resolve) => child.once('exit', (code) => resolve(code)))
  const running: RunningProgram = {
    url: '',
    pid: child.pid ?? 0,
    output: () => written,
    async stop() {
      child.kill('SIGTERM')
      return await ended
    },
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
  try {
    await until(() => expect(written).toMatch(/^Nếp: http\S+$/m), 40_000)
  } catch (error) {
    await running.kill()
    throw new Error(`the program did not start:\n${written}`, { cause: error })
  }
  running.url = /^Nếp: (http\S+?)(?:\/chat)?$/m.exec(written)![1]!
  return running
}

/** `nep …` beside it; resolves with everything it wrote. Not awaited in one piece: the simulators answer meanwhile. */
export async function nep(
  env: Record<string, string>,
  ...args: string[]
): Promise<{ output: string; status: number | null }> {
  const child = spawn(process.execPath, [join(root, 'dist', 'nep.js'), ...args], {
    env: { ...bare, LOG_LEVEL: 'trace', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      output += String(chunk)
    })
  const status = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { output, status }
}
