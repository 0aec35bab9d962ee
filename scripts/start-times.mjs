/**
 * `node scripts/start-times.mjs [starts]`: how long `npm start` takes from a fresh data directory and after that (five times) until
 * /readyz is 200 and until the first answer, and the memory of the program and of its PostgreSQL (PSS: shared pages are counted
 * once). Linux only; uses a data directory of its own and a free port. One JSON object a line.
 */
import { spawn } from 'node:child_process'
import { chmod, mkdtemp, readdir, readFile, readlink, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'

const starts = Number(process.argv[2] ?? 6)
const dataDir = await mkdtemp(join(tmpdir(), 'nep start '))
await chmod(dataDir, 0o711) // root's PostgreSQL runs under another account, which must pass through

const freePort = () =>
  new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address()
      server.close(() => resolve(port))
    })
  })

/** Megabytes of a process, 0 when it is gone or not ours to look at. */
async function pssMB(pid) {
  const text = await readFile(`/proc/${pid}/smaps_rollup`, 'utf8').catch(() => '')
  return Number(/^Pss:\s+(\d+)/m.exec(text)?.[1] ?? 0) / 1024
}

/** The program below `npm start`, and the server's processes: those that work in our data directory. */
async function processes(parent) {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const all = await Promise.all(
    pids.map(async (pid) => {
      const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
      const args = (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).split('\0')
      const cwd = await readlink(`/proc/${pid}/cwd`).catch(() => '')
      return { pid: Number(pid), ppid: Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]), args, cwd }
    }),
  )
  const below = new Set([parent])
  for (const each of all.sort((a, b) => a.pid - b.pid)) if (below.has(each.ppid)) below.add(each.pid)
  const program = all.find(
    ({ pid, args }) => below.has(pid) && args.includes('dist/main.js') && args[0].endsWith('node'),
  )
  return { program, server: all.filter(({ cwd }) => cwd.startsWith(dataDir)) }
}

async function start(label) {
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const begunAt = performance.now()
  const child = spawn('npm', ['start'], {
    env: { ...process.env, PORT: String(port), DATA_DIR: dataDir, LOG_LEVEL: 'warn' },
    stdio: 'ignore',
  })
  const isReady = () =>
    fetch(`${url}/readyz`).then(
      ({ status }) => status === 200,
      () => false,
    )
  while (!(await isReady())) await pause(20)
  const readyMs = performance.now() - begunAt
  const chats = await (await fetch(`${url}/local/chats`)).json()
  const { key } = chats.flatMap(({ accounts }) => accounts).find(({ role }) => role === 'secretary')
  const answer = await fetch(`${url}/local/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ chat: `dm:${key}`, from: key, text: 'tổng hợp' }),
  })
  const { messages } = await answer.json()
  const replyMs = performance.now() - begunAt
  if (answer.status !== 200 || messages.length === 0) throw new Error(`no answer: ${answer.status}`)
  const { program, server } = await processes(child.pid)
  const serverMB = await Promise.all(server.map(({ pid }) => pssMB(pid)))
  const figures = {
    readyMs: Math.round(readyMs),
    replyMs: Math.round(replyMs),
    programPssMB: Math.round(await pssMB(program.pid)),
    postgresPssMB: Math.round(serverMB.reduce((sum, each) => sum + each, 0)),
  }
  process.stdout.write(`${JSON.stringify({ label, ...figures })}\n`)
  process.kill(program.pid, 'SIGTERM')
  await new Promise((resolve) => child.once('exit', resolve))
}

try {
  for (let n = 0; n < starts; n += 1) await start(n === 0 ? 'first' : 'later')
} finally {
  await rm(dataDir, { recursive: true, force: true })
}
