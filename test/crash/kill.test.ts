/**
 * The real program, killed with SIGKILL again and again while people write: nothing acknowledged is lost, nothing is
 * done twice, nobody is answered twice. Some kills take the database server instead, or both.
 *
 * `KILLS` and `MESSAGES` set the size: `KILLS=200 MESSAGES=5000 npx vitest run test/crash/kill.test.ts`.
 */
import { readFileSync } from 'node:fs'
import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answered, type Line, nextMessages, type Person, type SaidMessage, say } from './client.ts'
import { freePort, type NepProcess, startNep, stopNep } from './process.ts'
import { createRandom } from './random.ts'

const kills = Number(process.env.KILLS ?? 10)
const messages = Number(process.env.MESSAGES ?? 300)
const random = createRandom(Number(process.env.SEED ?? 20261122))
const year = new Date().getUTCFullYear()

const people: Person[] = ['tv01', 'tv02', 'tv03', 'tv04', 'tv05', 'tv06', 'tv07', 'tv08', 'tv09'].map((key, index) => ({
  key,
  random: createRandom(1000 + index),
  left: Math.ceil(messages / 9),
}))

let dataDir: string
let env: Record<string, string>
let db: pg.Client
let nep: NepProcess

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'nep crash '))
  await chmod(dataDir, 0o711) // root's PostgreSQL runs under another account, which must pass through
  env = { DATA_DIR: dataDir, PORT: String(await freePort()), LOG_LEVEL: 'warn' }
})

afterAll(async () => {
  await db?.end()
  if (nep) await stopNep(nep)
  await rm(dataDir, { recursive: true, force: true })
})

function connection(): { user: string; password: string; port: number } {
  return JSON.parse(readFileSync(join(dataDir, 'postgres', 'connection.json'), 'utf8'))
}

/** Process id of the database server, while there is one. */
function serverPid(): number | undefined {
  try {
    return Number(readFileSync(join(dataDir, 'postgres', 'cluster', 'postmaster.pid'), 'utf8').split('\n')[0])
  } catch {
    return undefined
  }
}

function killServer(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL')
  } catch (error) {
    // Still dead from the time before: the program is bringing it back.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

function deferred<T>() {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((settle) => {
    resolve = settle
  })
  return { promise, resolve }
}

/** The program's address for clients: none while it is down. */
function createLine() {
  let said = 0
  let up = deferred<string>()
  let onSaid: () => void = () => {}
  const line: Line = {
    url: () => up.promise,
    onSay() {
      said += 1
      onSaid()
    },
  }
  return {
    line,
    open: (url: string) => up.resolve(url),
    close() {
      up = deferred()
    },
    /** Resolves once so many messages were on their way. */
    until: (count: number) =>
      new Promise<void>((resolve) => {
        onSaid = () => said >= count && resolve()
        onSaid()
      }),
    said: () => said,
  }
}

type Phone = ReturnType<typeof createLine>

/** Everyone registers a deed that is then worked on, and the meeting is set: before the killing begins. */
async function prepare(line: Line): Promise<Answered[]> {
  const all = people.map(async (person) => {
    const chat = `dm:${person.key}`
    const text = 'đk: trồng 12 cây xanh ở đường thôn số 0, hạn 20/12'
    const first = await say(line, person, { id: `${person.key}-0-r`, chat, kind: 'register', text })
    return [first, await say(line, person, { id: `${person.key}-0-c`, chat, kind: 'confirm', text: '1' })]
  })
  const answered = (await Promise.all(all)).flat()
  const text = '@Bot Nếp lịch họp mùng 3 hằng tháng 19h30 tại nhà văn hoá'
  const schedule: SaidMessage = { id: 'schedule', chat: 'demo', kind: 'summary', text }
  return [...answered, await say(line, people[0]!, schedule)]
}

async function talk(line: Line, person: Person): Promise<Answered[]> {
  const answered: Answered[] = []
  for (let serial = 1; person.left > 0; serial += 1) {
    let number = ''
    for (const message of nextMessages(person, serial)) {
      const text = message.kind === 'withdraw' ? `rút việc ${number}` : message.text
      const answer = await say(line, person, { ...message, text })
      if (message.kind === 'register') number = /Việc (\d+)/.exec(answer.replies[0]?.text ?? '')?.[1] ?? ''
      answered.push(answer)
      person.left -= 1
    }
  }
  return answered
}

type Victim = 'program' | 'start' | 'database' | 'both'

/** Kills at random messages until all kills are done or all has been said; then leaves the program running. */
async function killAgainAndAgain(phone: Phone, done: Promise<unknown>): Promise<Record<Victim, number>> {
  const killed: Record<Victim, number> = { program: 0, start: 0, database: 0, both: 0 }
  const points = Array.from({ length: kills }, () => phone.said() + random.next() * messages * 0.97).sort(
    (a, b) => a - b,
  )
  for (const point of points) {
    await Promise.race([phone.until(point), nep.ended, done])
    // Somewhere within the handling of that message: receiving, answering, committing, delivering.
    await pause(random.between(0, 60))
    const victim: Victim = random.isLucky(0.08) ? 'database' : random.isLucky(0.08) ? 'both' : 'program'
    const pid = serverPid()
    if (victim !== 'program' && pid) killServer(pid)
    killed[victim] += 1
    if (victim === 'database' && nep.child.exitCode === null) continue
    phone.close()
    nep.child.kill('SIGKILL')
    await nep.ended
    if (random.isLucky(0.1)) {
      const { child, ready } = startNep(env)
      ready.catch(() => {})
      await pause(random.between(50, 1_500))
      child.kill('SIGKILL')
      killed.start += 1
    }
    nep = await startNep(env).ready
    phone.open(nep.url)
  }
  return killed
}

const countBy = <T>(items: readonly T[], key: (item: T) => string): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const item of items) counts[key(item)] = (counts[key(item)] ?? 0) + 1
  return counts
}

describe(`a program killed ${kills} times`, () => {
  let answered: Answered[]
  const rows = async (sql: string, values: unknown[] = []) => (await db.query(sql, values)).rows

  it('answers every message all the same', { timeout: 60_000 + kills * 20_000 + messages * 500 }, async () => {
    const phone = createLine()
    nep = await startNep(env).ready
    phone.open(nep.url)
    const prepared = await prepare(phone.line)
    const talking = Promise.all(people.map((person) => talk(phone.line, person)))
    const startedAt = performance.now()
    const [said, killed] = await Promise.all([talking, killAgainAndAgain(phone, talking)])
    answered = [...prepared, ...said.flat()]
    const { user, password, port } = connection()
    db = new pg.Client({ host: '127.0.0.1', port, user, password, database: 'nep' })
    await db.connect()
    const again = answered.filter((each) => each.tries > 1).length
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    process.stdout.write(`${JSON.stringify({ messages: answered.length, saidAgain: again, killed, seconds })}\n`)
    expect(answered.length).toBeGreaterThanOrEqual(messages)
  })

  it('loses no acknowledged message', async () => {
    const unhandled = await rows('SELECT inbox_id, failure FROM inbox WHERE handled_at IS NULL OR failure IS NOT NULL')
    expect(unhandled).toEqual([])
    expect(await rows(`SELECT count(*)::int AS n FROM inbox WHERE platform = 'local'`)).toEqual([
      { n: answered.length },
    ])
    const stored = await rows('SELECT dedupe_key AS key FROM local_message WHERE from_key IS NOT NULL ORDER BY 1')
    expect(stored.map((row) => row.key).sort()).toEqual(answered.map((each) => `said:${each.id}`).sort())
  })

  it('answers each message once', async () => {
    expect(answered.filter((each) => each.replies.length !== 1)).toEqual([])
    const ids = answered.map((each) => each.replies[0]!.id)
    expect(new Set(ids).size).toBe(answered.length)
    const sent = await rows(`SELECT local_message_id::text AS id FROM local_message WHERE dedupe_key LIKE 'in:%'`)
    expect(sent.map((row) => row.id).sort()).toEqual([...ids].sort())
    expect(await rows(`SELECT key, state, outcome FROM outbox WHERE state <> 'sent'`)).toEqual([])
  })

  it('does what each message asks once, in the order said', async () => {
    const members = await rows(
      `SELECT a.external_id AS key, l.member_id AS id FROM account a JOIN account_member l USING (account_id)`,
    )
    const kindsOf = countBy(answered, (each) => `${each.from}:${each.kind}`)
    for (const { key, id } of members) {
      const said = (kind: SaidMessage['kind']) => kindsOf[`${key}:${kind}`] ?? 0
      const audits = await rows(
        `SELECT action, count(*)::int AS n FROM audit_entry WHERE subject LIKE $1 GROUP BY 1 ORDER BY 1`,
        [`individual:${id}:%`],
      )
      const expected = [
        { action: 'deed.edited', n: said('edit') },
        { action: 'deed.progressed', n: said('progress') },
        { action: 'deed.submitted', n: said('confirm') },
        { action: 'deed.withdrawn', n: said('confirmWithdraw') },
      ].filter(({ n }) => n > 0)
      expect({ key, audits }).toEqual({ key, audits: expected })

      const [first, ...others] = await rows(
        `SELECT number, state, version, percent, content FROM deed WHERE subject_kind = 'individual' AND subject_id = $1 AND year = $2 ORDER BY number`,
        [id, year],
      )
      const lastOf = (kind: SaidMessage['kind'], pattern: RegExp) =>
        pattern.exec(answered.findLast((each) => each.from === key && each.kind === kind)?.text ?? '')?.[1]
      const percent = lastOf('progress', /(\d+)%/)
      expect(first).toMatchObject({
        version: 2 + said('edit') + said('progress'),
        percent: percent === undefined ? null : Number(percent),
      })
      expect(first.content).toMatch(new RegExp(`số ${lastOf('edit', /số (\d+)/) ?? 0}$`))
      expect(others.map((deed) => deed.number)).toEqual(others.map((_, index) => index + 2))
      expect(others.length).toBe(said('register') - 1)
      expect(new Set(others.map((deed) => deed.content)).size).toBe(others.length)
      expect(others.filter((deed) => deed.state !== 'withdrawn')).toEqual([])
    }
    const attending = new Set(answered.filter((each) => each.kind === 'attend').map((each) => each.from))
    const [{ n }] = await rows(`SELECT count(*)::int AS n FROM attendance WHERE answer = 'attending'`)
    expect(n).toBe(attending.size)
    expect(await rows('SELECT dialogue_key FROM dialogue')).toEqual([])
  })
})
