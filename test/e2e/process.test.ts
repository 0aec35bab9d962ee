/** How the process begins, stands and ends. */
import { connect, createServer, type Server, type Socket } from 'node:net'
import { expect, inject, test, vi } from 'vitest'
import { createTestDatabase } from '../database.ts'
import { ask, interruptStart, runToEnd, startProcess, untilStatus } from './program.ts'

test('bad settings stop the start with exit code 2 and every problem on its line', async () => {
  const { code, stderr, stdout } = await runToEnd({
    PORT: 'abc',
    TZ_DEFAULT: 'Mars/Olympus',
    LOCALE: 'fr',
    HOST: '0.0.0.0',
    LOCAL_CHAT: 'on',
  })
  expect(code).toBe(2)
  expect(stdout).toBe('')
  const lines = stderr.trim().split('\n')
  expect(lines.map((line) => line.split(':')[0]).sort()).toEqual(['LOCALE', 'LOCAL_CHAT', 'PORT', 'TZ_DEFAULT'])
})

test('a database that cannot be reached stops the start with exit code 1, without its password', async () => {
  const { code, stderr, stdout } = await runToEnd({ DATABASE_URL: 'postgres://nep:sesame@127.0.0.1:1/nep' })
  expect(code).toBe(1)
  expect(`${stdout}${stderr}`).not.toContain('sesame')
  expect(stderr).not.toBe('')
})

/** Stands between the program and PostgreSQL, and can be cut. */
async function createCuttable(target: URL): Promise<{ port: number; cut(): Promise<void>; mend(): Promise<void> }> {
  const sockets = new Set<Socket>()
  let server: Server
  const listen = (port: number) =>
    new Promise<number>((resolve) => {
      server = createServer((client) => {
        const upstream = connect(Number(target.port), target.hostname)
        for (const [from, to] of [
          [client, upstream],
          [upstream, client],
        ] as const) {
          sockets.add(from)
          from.on('error', () => to.destroy())
          from.on('close', () => sockets.delete(from))
          from.pipe(to)
        }
      }).listen(port, '127.0.0.1', () => resolve((server.address() as { port: number }).port))
    })
  const port = await listen(0)
  return {
    port,
    async cut() {
      const closed = new Promise((resolve) => server.close(resolve))
      for (const socket of sockets) socket.destroy()
      await closed
    },
    mend: async () => void (await listen(port)),
  }
}

test.each(['SIGTERM', 'SIGINT', 'SIGKILL'] as const)(
  '%s in the middle of the first start leaves a database that the next start goes on with',
  async (signal) => {
    const database = await createTestDatabase({ empty: true })
    const settings = { DATABASE_URL: database.url, LOCAL_CHAT: 'on', LOG_LEVEL: 'info' }
    const isMigrating = async () => {
      const { rows } = await database.pool.query(`SELECT to_regclass('_prisma_migrations') IS NOT NULL AS begun`)
      if (!rows[0].begun) return false
      const found = await database.pool.query('SELECT count(*)::int AS count FROM _prisma_migrations')
      return found.rows[0].count >= 2
    }
    try {
      const { code, output } = await interruptStart(settings, isMigrating, signal)
      if (signal !== 'SIGKILL') {
        expect(code).toBe(0)
        expect(output).toContain('"event":"stopping"')
      }
      const again = await startProcess(settings)
      expect(await again.end()).toBe(0)
    } finally {
      await database.drop()
    }
  },
)

test('/readyz is 503 with the reason while the database is gone, /healthz stays 200, and it comes back by itself', async () => {
  const database = await createTestDatabase()
  const line = await createCuttable(new URL(inject('serverUrl')))
  const url = new URL(database.url)
  url.hostname = '127.0.0.1'
  url.port = String(line.port)
  const program = await startProcess({ DATABASE_URL: url.href, LOCAL_CHAT: 'on', LOG_LEVEL: 'fatal' })
  try {
    await line.cut()
    const { body } = await untilStatus(`${program.url}/readyz`, 503)
    expect(body).toMatchObject({
      ok: false,
      checks: expect.arrayContaining([expect.objectContaining({ name: 'database', ok: false })]),
    })
    expect((await ask('GET', `${program.url}/healthz`)).status).toBe(200)
    await line.mend()
    await untilStatus(`${program.url}/readyz`, 200)
    const said = await ask('POST', `${program.url}/local/messages`, { chat: 'demo', from: 'tv04', text: '/tonghop' })
    expect(said.body.messages).toHaveLength(1)
    expect(await program.end()).toBe(0)
  } finally {
    await program.end('SIGKILL')
    await line.cut()
    await database.drop()
  }
})

test('two processes on one database: each answers what is said to it, whoever sends, and both have one clock', async () => {
  const database = await createTestDatabase()
  const settings = { DATABASE_URL: database.url, LOCAL_CHAT: 'on', LOG_LEVEL: 'warn' }
  const programs = await Promise.all([startProcess(settings), startProcess(settings)])
  try {
    for (const { url } of programs) {
      const said = await ask('POST', `${url}/local/messages`, { chat: 'demo', from: 'tv04', text: '/tonghop' })
      expect(said.body.messages).toHaveLength(1)
    }
    const [first, second] = programs
    const { now } = (await ask('GET', `${first!.url}/local/clock`)).body
    const to = new Date(new Date(now).getTime() + 3_600_000).toISOString()
    expect((await ask('POST', `${first!.url}/local/clock`, { now: to })).status).toBe(200)
    await vi.waitFor(
      async () => {
        const seen = (await ask('GET', `${second!.url}/local/clock`)).body.now
        expect(new Date(seen).getTime()).toBeGreaterThanOrEqual(new Date(to).getTime())
      },
      { timeout: 10_000 },
    )
  } finally {
    await Promise.all(programs.map((program) => program.end()))
    await database.drop()
  }
})

test('SIGTERM lets what is under way finish and ends with exit code 0', async () => {
  const database = await createTestDatabase()
  const program = await startProcess({ DATABASE_URL: database.url, LOCAL_CHAT: 'on', LOG_LEVEL: 'warn' })
  try {
    const message = { chat: 'demo', from: 'tv04', text: '/tonghop', id: 'first' }
    const before = await ask('POST', `${program.url}/local/messages`, message)
    expect(before.status).toBe(200)
    expect(before.body.messages).toHaveLength(1)
    const asked = Array.from({ length: 20 }, (_, index) =>
      ask('POST', `${program.url}/local/messages`, {
        chat: 'demo',
        from: 'tv04',
        text: '/tonghop',
        id: `late-${index}`,
      }).catch(() => null),
    )
    const [code, ...answers] = await Promise.all([program.end(), ...asked])
    expect(code).toBe(0)
    // Whatever was answered was delivered; whatever was taken in waits in the inbox and is not half done.
    for (const answer of answers) if (answer?.status === 200) expect(answer.body.messages.length).toBeLessThanOrEqual(1)
    const { rows } = await database.pool.query(`SELECT state FROM outbox WHERE state NOT IN ('sent', 'queued')`)
    expect(rows).toEqual([])
    const told = answers.flatMap((answer) => (answer?.status === 200 ? answer.body.messages : [])).length
    const { rows: sent } = await database.pool.query<{ n: number }>(
      `SELECT count(*)::int AS n FROM outbox WHERE state = 'sent'`,
    )
    expect(sent[0]!.n).toBeGreaterThanOrEqual(1 + told)
  } finally {
    await program.end('SIGKILL')
    await database.drop()
  }
})
