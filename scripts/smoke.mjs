/**
 * A short real conversation with the real program: `npm start` in a fresh folder, then only what a person or a script outside
 * could do, over HTTP (contract: README). Prints each step; exits with 1 at the first that fails, 0 when all hold.
 */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'

const root = dirname(dirname(fileURLToPath(import.meta.url)))

/** First start makes a database; a busy machine of two cores needs a while. */
const START_DEADLINE_MS = 60_000

/** The program promises to end within its own deadline; this is past it. */
const STOP_DEADLINE_MS = 30_000

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
  const { port } = server.address()
  await new Promise((resolve) => server.close(resolve))
  return port
}

/** Environment without settings of the person who runs this: no token, no database of theirs is touched. */
function cleanEnv(extra) {
  const ours = /^(DATABASE_URL|PORT|HOST|DATA_DIR|TZ_DEFAULT|LOCALE|LOCAL_CHAT|PUBLIC_URL|TELEGRAM_|ZALO_|SLACK_)/
  return { ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !ours.test(name))), ...extra }
}

/** Starts `npm start` in a process group of its own, so that npm and the program end together. */
function startProgram(port, dataDir) {
  const child = spawn('npm', ['start'], {
    cwd: root,
    env: cleanEnv({ PORT: String(port), DATA_DIR: dataDir }),
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += chunk))
  const ended = new Promise((resolve) => child.once('exit', (code, signal) => resolve(code ?? signal)))
  return { child, ended, output: () => output }
}

/** npm ends at once when it is signalled; the program it started is what counts, so the whole group must be gone. */
async function untilEnded(program) {
  const deadline = Date.now() + STOP_DEADLINE_MS
  await program.ended
  while (Date.now() < deadline) {
    try {
      process.kill(-program.child.pid, 0)
    } catch {
      return
    }
    await pause(20)
  }
  process.kill(-program.child.pid, 'SIGKILL')
  throw new Error(`the program did not end in ${STOP_DEADLINE_MS} ms`)
}

async function request(method, url, body) {
  const response = await fetch(url, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
    signal: AbortSignal.timeout(20_000),
  })
  const text = await response.text()
  const isJson = response.headers.get('content-type')?.includes('json')
  return { status: response.status, body: isJson ? JSON.parse(text) : text }
}

async function untilReady(base, program) {
  const deadline = Date.now() + START_DEADLINE_MS
  let last = 'no answer'
  while (Date.now() < deadline) {
    const ready = await request('GET', `${base}/readyz`).catch((err) => ({ status: 0, body: err.message }))
    if (ready.status === 200) return
    last = JSON.stringify(ready.body)
    const outcome = await Promise.race([program.ended, pause(50)])
    if (outcome !== undefined) throw new Error(`the program ended: ${outcome}`)
  }
  throw new Error(`/readyz was not 200 in ${START_DEADLINE_MS} ms: ${last}`)
}

/** The conversation: each step is a name and what must hold. `bot` speaks for a person and returns what the program sent. */
async function converse(base, step) {
  const chats = await step('/local/chats shows the demo cell', async () => {
    const { status, body } = await request('GET', `${base}/local/chats`)
    assert.equal(status, 200)
    assert.ok(body.some((chat) => chat.chat === 'demo' && chat.kind === 'group'))
    return body
  })
  const accounts = chats.find((chat) => chat.chat === 'demo').accounts
  const secretary = accounts.find(({ role }) => role === 'secretary')
  const member = accounts.find(({ role }) => role === 'member')
  const say = async (chat, from, text, id) => {
    const { status, body } = await request('POST', `${base}/local/messages`, {
      chat,
      from: from.key,
      text,
      ...(id && { id }),
    })
    assert.equal(status, 200, `POST /local/messages: ${status} ${JSON.stringify(body)}`)
    return body.messages
  }
  const textOf = (messages) => messages.map(({ text }) => text).join('\n')
  const inPrivate = (account) => `dm:${account.key}`

  await step('an unknown chat is 404, a bad body 400', async () => {
    assert.equal(
      (await request('POST', `${base}/local/messages`, { chat: 'nowhere', from: member.key, text: 'x' })).status,
      404,
    )
    assert.equal((await request('POST', `${base}/local/messages`, { chat: 'demo' })).status, 400)
  })
  await step('small talk in the group is not answered', async () => {
    assert.deepEqual(await say('demo', member, 'chào cả nhà, hôm nay trời đẹp quá'), [])
  })
  await step('a member registers a deed in private', async () => {
    let answer = await say(inPrivate(member), member, 'đăng ký: trồng 10 cây xanh ở nhà văn hoá, hạn 30/11')
    assert.notEqual(textOf(answer), '')
    // The bot shows what it understood and stores it only when the person agrees.
    if (/\b(có|ok|đồng ý|xác nhận|1)\b/i.test(textOf(answer))) answer = await say(inPrivate(member), member, 'có')
    const mine = textOf(await say(inPrivate(member), member, 'xem đăng ký của tôi'))
    assert.match(mine, /trồng 10 cây xanh/i)
  })
  await step('a repeated message is handled once', async () => {
    const first = await say(inPrivate(member), member, '/giup', 'smoke-repeat')
    const second = await say(inPrivate(member), member, '/giup', 'smoke-repeat')
    assert.deepEqual(
      second.map(({ id }) => id),
      first.map(({ id }) => id),
    )
  })
  await step('the secretary approves everything', async () => {
    let answer = await say(inPrivate(secretary), secretary, 'duyệt tất cả')
    if (/\b(có|ok|đồng ý|xác nhận)\b/i.test(textOf(answer)) && !/đã duyệt/i.test(textOf(answer)))
      answer = await say(inPrivate(secretary), secretary, 'có')
    assert.match(textOf(answer), /duyệt/i)
  })
  await step('the summary counts with its denominator, without names', async () => {
    const summary = textOf(await say('demo', secretary, '/tonghop'))
    assert.match(summary, /\d+\s*\/\s*\d+/)
    for (const { name } of accounts) assert.ok(!summary.includes(name), `the group's summary names ${name}`)
  })
  await step('the chat page is there', async () => {
    const { status, body } = await request('GET', `${base}/chat`)
    assert.equal(status, 200)
    assert.match(body, /<html[^>]*lang="vi"/)
  })
}

async function main() {
  const dataDir = mkdtempSync(join(tmpdir(), 'nep smoke '))
  const port = await freePort()
  const base = `http://127.0.0.1:${port}`
  const startedAt = performance.now()
  const program = startProgram(port, join(dataDir, 'data'))
  const step = async (name, work) => {
    const began = performance.now()
    const result = await work()
    process.stdout.write(`ok   ${name} (${Math.round(performance.now() - began)} ms)\n`)
    return result
  }
  let failure
  try {
    await step('npm start answers /readyz', () => untilReady(base, program))
    process.stdout.write(`     first start to ready: ${Math.round(performance.now() - startedAt)} ms\n`)
    await step('/healthz is 200', async () => assert.equal((await request('GET', `${base}/healthz`)).status, 200))
    await step('/metrics is Prometheus text', async () =>
      assert.match((await request('GET', `${base}/metrics`)).body, /^# (HELP|TYPE) /m),
    )
    await converse(base, step)
    await step('it ends when it is asked to, and its database with it', async () => {
      process.kill(-program.child.pid, 'SIGTERM')
      await untilEnded(program)
      assert.ok(!existsSync(join(dataDir, 'data', 'postgres', 'cluster', 'postmaster.pid')), 'PostgreSQL still runs')
    })
  } catch (err) {
    failure = err
    process.stdout.write(`FAIL ${err.stack}\n── output of the program\n${program.output().slice(-6000)}\n`)
    try {
      process.kill(-program.child.pid, 'SIGTERM')
      await untilEnded(program)
    } catch {}
  }
  rmSync(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 })
  return failure === undefined ? 0 : 1
}

process.exit(await main())
