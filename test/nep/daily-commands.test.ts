/** One table of what an operator does from day to day, in the order of a year: long because each command has its refusals. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { monthOf } from '../../src/domain/calendar.ts'
import { laneOf } from '../../src/store/inbox.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { keepRolls } from '../flows/seed.ts'
import { keptNep, type NepRun, runNep } from './run-nep.ts'

let database: TestDatabase
let nep: (...args: string[]) => Promise<NepRun>
let committeeId: number
let cellId: number
const memberIds: number[] = []

const one = async (text: string, values: unknown[] = []) => (await database.pool.query(text, values)).rows[0]

beforeAll(async () => {
  database = await createTestDatabase()
  nep = keptNep({ DATABASE_URL: database.url })
  committeeId = (await nep('org', 'add', '--name', 'Đảng uỷ xã', '--json')).json<{ id: number }>().id
  const added = await nep('cell', 'add', '--name', 'Chi bộ Đông', '--parent', String(committeeId), '--json')
  cellId = added.json<{ id: number }>().id
  const people = [
    ['Nguyễn Văn An', 'secretary', 'official'],
    ['Trần Thị Bình', 'member', 'official'],
    ['Lê Văn Cường', 'member', 'probationary'],
    ['Phạm Thị Dung', 'member', 'exempt'],
  ]
  for (const [name, role, status] of people) {
    const row = await one(
      'INSERT INTO member (org_id, display_name, folded_name, role, status) VALUES ($1, $2, $2, $3, $4) RETURNING member_id',
      [cellId, name, role, status],
    )
    memberIds.push(row.member_id)
  }
  // It was there in every year that is asked for, whenever the test runs.
  await database.pool.query(`UPDATE organisation_history SET from_on = '0001-01-01'`)
})
afterAll(() => database.drop())

const audit = (action: string) => one('SELECT * FROM audit_entry WHERE action = $1 ORDER BY audit_id DESC', [action])

describe('nep org set', () => {
  test('sets the day of the question about progress, or switches it off; a bad day or organisation changes nothing', async () => {
    const run = await nep('org', 'set', '--org', String(cellId), '--progress-day', '10', '--json')
    expect(run.json()).toEqual({ id: cellId, progressDay: 10 })
    expect(await audit('organisation.set')).toMatchObject({ org_id: cellId, details: { progressDay: 10 } })
    expect((await nep('org', 'set', '--org', String(cellId), '--progress-day', '29')).code).toBe(2)
    expect((await nep('org', 'set', '--org', '999', '--progress-day', '0')).code).toBe(1)
    expect(await one('SELECT progress_day FROM organisation WHERE org_id = $1', [cellId])).toEqual({ progress_day: 10 })
  })
})

describe('nep summary', () => {
  beforeAll(async () => {
    await database.pool.query(
      `INSERT INTO deed (year, subject_kind, subject_id, number, org_id, content, state, updated_at) VALUES
        (2026, 'individual', $1, 1, $4, 'Đọc sách', 'approved', now()), (2026, 'individual', $1, 2, $4, 'Trồng cây', 'submitted', now()),
        (2026, 'individual', $2, 1, $4, 'Giúp hàng xóm', 'submitted', now()), (2026, 'individual', $3, 1, $4, 'Nháp', 'draft', now()),
        (2026, 'collective', $4, 1, $4, 'Đường hoa', 'approved', now())`,
      [memberIds[0], memberIds[1], memberIds[2], cellId],
    )
  })

  test('gives every figure with what it is of', async () => {
    const run = await nep('summary', '--org', String(cellId), '--period', '2026-Q3', '--json')
    expect(run.json()).toMatchObject({
      organisation: { id: cellId, name: 'Chi bộ Đông', kind: 'cell' },
      period: '2026-Q3',
      closesOn: expect.stringMatching(/^2026-\d\d-\d\d$/),
      members: { numerator: 2, denominator: 3, percent: 66.7 },
      approved: { numerator: 1, denominator: 3, percent: 33.3 },
      progress: {
        individual: { approved: 1, done: { numerator: 0, denominator: 1 } },
        collective: { approved: 1 },
      },
      commitments: { members: { numerator: 0, denominator: 3, percent: 0 } },
      commended: { members: 0, collectives: 0, models: 0, exemplars: 0 },
      individualDeeds: 3,
      collectiveDeeds: 1,
      excluded: { exempt: 1, away: 0, suspended: 0, left: 0 },
      cells: {
        started: { numerator: 1, denominator: 1, percent: 100 },
        complete: { numerator: 0, denominator: 1, percent: 0 },
      },
    })
    expect(run.stdout).not.toMatch(/Đọc sách|Nguyễn/)
  })

  test('sums what is below a committee', async () => {
    const run = await nep('summary', '--org', String(committeeId), '--period', '2026', '--json')
    expect(run.json()).toMatchObject({
      members: { numerator: 2, denominator: 3, percent: 66.7 },
      organisations: { started: { numerator: 1, denominator: 1, percent: 100 } },
    })
  })

  test('counts the meetings of the period and who came to those whose roll was called, for the committee above too', async () => {
    await database.pool.query(
      `INSERT INTO meeting (org_id, occurrence, starts_at, state, roll_call_at, roll_counts, updated_at) VALUES
        ($1, '2026-01', '2026-01-03T12:30Z', 'held', '2026-01-03T12:30Z', '[]', now()),
        ($1, '2026-02', '2026-02-03T12:30Z', 'planned', NULL, NULL, now()),
        ($1, '2026-03', '2026-03-03T12:30Z', 'cancelled', NULL, NULL, now()),
        ($1, '2026-04', '2026-04-03T12:30Z', 'held', '2026-04-03T12:30Z', '[]', now())`,
      [cellId],
    )
    await database.pool.query(
      `INSERT INTO attendance (org_id, occurrence, member_id, answer, answered_at) VALUES
        ($1, '2026-01', $2, 'present', now()), ($1, '2026-01', $3, 'excused', now()), ($1, '2026-04', $2, 'present', now())`,
      [cellId, memberIds[0], memberIds[1]],
    )
    await keepRolls(database.pool)
    for (const org of [cellId, committeeId]) {
      const run = await nep('summary', '--org', String(org), '--period', '2026-Q1', '--json')
      expect(run.json<{ meetings: unknown }>().meetings).toMatchObject({
        held: 1,
        cancelled: 1,
        unrecorded: 1,
        heldRate: { numerator: 1, denominator: 3, percent: 33.3 },
        attendance: { expected: 3, present: 1, excused: 1, unexcused: 1, rate: { percent: 33.3 } },
        months: [
          { month: '2026-01', held: 1 },
          { month: '2026-02', unrecorded: 1 },
          { month: '2026-03', cancelled: 1 },
        ],
      })
    }
  })

  test('says nothing in percent where nobody is counted', async () => {
    const empty = (await nep('cell', 'add', '--name', 'Trống', '--json')).json<{ id: number }>().id
    const run = await nep('summary', '--org', String(empty), '--period', '2026', '--json')
    expect(run.json()).toMatchObject({ members: { numerator: 0, denominator: 0, percent: null } })
    expect((await nep('summary', '--org', String(empty))).stdout).toContain('0/0')
  })

  test.each([
    ['an unknown organisation', ['--org', '99999'], 1],
    ['a period that is none', ['--org', '1', '--period', '2026-Q5'], 2],
    ['a year before the first campaign', ['--org', '1', '--period', '1999'], 1],
  ])('refuses %s', async (_what, args, code) => {
    expect((await nep('summary', ...args)).code).toBe(code)
  })
})

describe('nep campaign', () => {
  test('is inherited, kept where nothing is said, and audited without its words', async () => {
    const set = ['campaign', 'set', '--org', String(committeeId), '--year', '2027', '--json']
    await nep(...set, '--title', 'Học và làm theo Bác', '--closes', '2027-04-15', '--theme', 'Tự lực')
    const second = await nep(...set, '--max', '3', '--collective-min', '0')
    expect(second.json()).toMatchObject({
      title: 'Học và làm theo Bác',
      closesOn: '2027-04-15',
      individual: { min: 1, max: 3 },
    })
    const shown = await nep('campaign', 'show', '--org', String(cellId), '--year', '2027', '--json')
    expect(shown.json()).toMatchObject({
      orgId: cellId,
      setBy: committeeId,
      theme: 'Tự lực',
      collective: { min: 0, max: 2 },
    })
    const entry = await audit('campaign.set')
    expect(entry).toMatchObject({ actor_kind: 'operator', org_id: committeeId })
    expect(JSON.stringify(entry)).not.toContain('Bác')
    const row = await one('SELECT closes_on FROM campaign WHERE org_id = $1 AND year = 2027', [committeeId])
    expect(row.closes_on).toBe('2027-04-15')
  })

  test('shows the defaults where nobody set one, and writes nothing', async () => {
    const shown = await nep('campaign', 'show', '--org', String(cellId), '--year', '2029', '--json')
    expect(shown.json()).toMatchObject({ setBy: null, title: expect.stringContaining('2029') })
    expect(await one('SELECT 1 FROM campaign WHERE year = 2029')).toBeUndefined()
  })

  test.each([
    ['a day that does not exist', ['--closes', '2027-02-29'], 2],
    ['an end before the start', ['--opens', '2027-05-01', '--closes', '2027-04-01'], 1],
    ['a least above the most', ['--min', '9'], 1],
    ['nothing to set', [], 2],
  ])('refuses %s', async (_what, args, code) => {
    expect((await nep('campaign', 'set', '--org', String(cellId), '--year', '2027', ...args)).code).toBe(code)
  })
})

describe('nep member', () => {
  test('lists the roster and changes a line of it', async () => {
    const list = (await nep('member', 'list', '--org', String(cellId), '--json')).json<unknown[]>()
    expect(list[3]).toEqual({
      ...{ id: memberIds[3], name: 'Phạm Thị Dung', role: 'member', status: 'exempt', isLinked: false },
    })
    const set = await nep(
      'member',
      'set',
      '--member',
      String(memberIds[3]),
      '--status',
      'away',
      '--role',
      'clerk',
      '--json',
    )
    expect(set.json()).toMatchObject({ role: 'clerk', status: 'away' })
    expect((await audit('member.changed')).details).toEqual({
      ...{ role: 'clerk', status: 'away', before: { role: 'member', status: 'exempt' } },
    })
  })

  test.each([
    ['a second secretary', () => ['--member', String(memberIds[1]), '--role', 'secretary'], 1],
    ['an unknown member', () => ['--member', '99999', '--status', 'away'], 1],
    ['a status that does not exist', () => ['--member', String(memberIds[1]), '--status', 'retired'], 2],
    ['nothing to set', () => ['--member', String(memberIds[1])], 2],
  ])('refuses %s', async (_what, args, code) => {
    expect((await nep('member', 'set', ...args())).code).toBe(code)
  })
})

const words = { chat: { id: 'c', kind: 'group' }, text: 'Kính báo các đồng chí' }

async function outboxRow(state: string, message: unknown, lane = 'lane'): Promise<string> {
  const row = await one(
    `INSERT INTO outbox (key, platform, account_id, lane, message, state, outcome, attempts, settled_at)
      VALUES (gen_random_uuid(), 'zalo', '1', $1, $2, $3, 'http403', 5, CASE WHEN $3 = 'queued' THEN NULL ELSE now() END) RETURNING outbox_id`,
    [lane, message === null ? null : JSON.stringify(message), state],
  )
  return String(row.outbox_id)
}

describe('nep chat', () => {
  test('lists groups, unbinds one and drops what waits for it', async () => {
    const { chat_id: chatId } = await one(
      `INSERT INTO chat (platform, account_id, external_id, kind, org_id) VALUES ('zalo', '1', 'zgr-7', 'group', $1) RETURNING chat_id`,
      [cellId],
    )
    const { chat_id: privateId } = await one(
      `INSERT INTO chat (platform, account_id, external_id, kind) VALUES ('zalo', '1', 'person-7', 'private') RETURNING chat_id`,
    )
    const list = await nep('chat', 'list', '--json')
    expect(list.json()).toEqual([
      {
        ...{ id: chatId, platform: 'zalo', externalId: 'zgr-7', threadId: null },
        ...{ orgId: cellId, orgName: 'Chi bộ Đông', isGone: false },
      },
    ])
    const waiting = await outboxRow('queued', words, laneOf('zalo', '1', 'zgr-7'))
    const elsewhere = await outboxRow('queued', words)
    const run = await nep('chat', 'unbind', '--chat', String(chatId), '--json')
    expect(run.json()).toEqual({ id: chatId, orgId: null, dropped: 1 })
    expect(await one('SELECT state, message FROM outbox WHERE outbox_id = $1', [waiting])).toEqual({
      state: 'dropped',
      message: null,
    })
    expect((await one('SELECT state FROM outbox WHERE outbox_id = $1', [elsewhere])).state).toBe('queued')
    expect(await audit('chat.unbound')).toMatchObject({ org_id: cellId, subject: `chat:${chatId}` })
    expect((await nep('chat', 'unbind', '--chat', String(chatId))).code).toBe(1)
    expect((await nep('chat', 'unbind', '--chat', String(privateId))).code).toBe(1)
  })
})

describe('nep outbox and nep inbox', () => {
  test('list what was set aside without a word of it', async () => {
    const parked = await outboxRow('parked', words)
    const gone = await outboxRow('unknown', null)
    const run = await nep('outbox', 'list', '--json')
    const list = run.json<{ id: number }[]>()
    expect(list.find((each) => String(each.id) === parked)).toMatchObject({
      state: 'parked',
      outcome: 'http403',
      canRetry: true,
    })
    expect(list.find((each) => String(each.id) === gone)).toMatchObject({ state: 'unknown', canRetry: false })
    await database.pool.query(
      `INSERT INTO inbox (platform, account_id, event_key, lane, payload, handled_at, failure)
        VALUES ('zalo', '1', 'k', 'l', '{"text": "Kính thưa"}', now(), 'TypeError')`,
    )
    const failed = await nep('inbox', 'failed', '--json')
    expect(failed.json()).toMatchObject([{ platform: 'zalo', failure: 'TypeError' }])
    expect(run.stdout + failed.stdout + (await nep('inbox', 'failed')).stdout).not.toMatch(/Kính/)
  })

  test('queue a parked message again, one of unknown fate only when told, and never one without words', async () => {
    const parked = await outboxRow('parked', words)
    expect((await nep('outbox', 'retry', '--id', parked, '--json')).json()).toEqual({
      id: Number(parked),
      state: 'queued',
    })
    const row = await one('SELECT state, attempts, settled_at FROM outbox WHERE outbox_id = $1', [parked])
    expect(row).toEqual({ state: 'queued', attempts: 0, settled_at: null })
    expect((await nep('outbox', 'retry', '--id', parked)).code).toBe(1)
    const unknown = await outboxRow('unknown', words)
    expect((await nep('outbox', 'retry', '--id', unknown)).code).toBe(1)
    expect((await nep('outbox', 'retry', '--id', unknown, '--may-repeat')).code).toBe(0)
    const empty = await outboxRow('parked', null)
    expect((await nep('outbox', 'retry', '--id', empty)).stderr).toContain('no longer kept')
    expect((await nep('outbox', 'drop', '--id', empty)).code).toBe(0)
    expect(await audit('outbox.dropped')).toMatchObject({ actor_kind: 'operator', subject: `outbox:${empty}` })
    expect((await nep('outbox', 'retry', '--id', '999999')).code).toBe(1)
  })
})

describe('nep doctor and nep webhook', () => {
  const token = '123456:CANARY-canary-CANARY-canary-1234567'
  let address: string
  let closeServer: () => void
  const calls: { method: string; body: string }[] = []

  beforeAll(async () => {
    const answers: Record<string, unknown> = {
      getMe: {
        id: 123456,
        is_bot: true,
        first_name: 'Nếp',
        username: 'nep_bot',
        can_join_groups: true,
        can_read_all_group_messages: false,
      },
      getWebhookInfo: { url: '', has_custom_certificate: false, pending_update_count: 0 },
      setWebhook: true,
      deleteWebhook: true,
    }
    const server = createServer(async (request, response) => {
      let body = ''
      for await (const chunk of request) body += chunk
      const method = request.url?.split('/').pop()?.split('?')[0] ?? ''
      calls.push({ method, body })
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify({ ok: true, result: answers[method] }))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
    closeServer = () => server.close()
  })
  afterAll(() => closeServer())

  const telegram = () => ({ DATABASE_URL: database.url, TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_ROOT: address })
  const checksOf = (run: NepRun) =>
    Object.fromEntries(
      run.json<{ checks: { name: string; ok: boolean }[] }>().checks.map((each) => [each.name, each.ok]),
    )

  test('find everything in order on a fresh database, the platform included', async () => {
    const fresh = await createTestDatabase()
    try {
      const run = await runNep({ ...telegram(), DATABASE_URL: fresh.url }, ['doctor', '--json'])
      expect([run.code, run.stderr]).toEqual([0, ''])
      expect(Object.keys(run.json())).toEqual(['ok', 'checks'])
      expect(checksOf(run)).toMatchObject({
        ...{ database: true, migrations: true, clock: true, tick: true, 'time zone': true, 'data directory': true },
        ...{ 'pending deliveries': true, 'parked deliveries': true, 'unknown deliveries': true, 'failed events': true },
        ...{ 'telegram token': true, 'telegram webhook': true },
      })
    } finally {
      await fresh.drop()
    }
  })

  test('report what was set aside, a quota that is nearly used and a platform that is away, with exit code 1', async () => {
    await outboxRow('parked', null)
    const month = monthOf(new Date(), 'Asia/Ho_Chi_Minh')
    await database.pool.query(
      `INSERT INTO send_count (platform, account_id, month, sent) VALUES ('zalo', '777', $1, 2900)`,
      [month],
    )
    const env = {
      ...telegram(),
      ZALO_BOT_TOKEN: '777:CANARYzalo',
      ZALO_BOT_NAMES: 'Bot Nếp',
      ZALO_API_ROOT: 'http://127.0.0.1:9',
    }
    const run = await runNep(env, ['doctor', '--json'])
    expect(run.code).toBe(1)
    expect(checksOf(run)).toMatchObject({
      ...{ 'parked deliveries': false, 'failed events': false, 'zalo quota': false, 'zalo token': false },
      ...{ 'telegram token': true, database: true },
    })
    expect(run.stdout + run.stderr).not.toMatch(/canary/i)
  })

  test('report a database that is away, and the rest all the same', async () => {
    const env = { ...telegram(), DATABASE_URL: 'postgres://me:topsecret@127.0.0.1:9/none' }
    const run = await runNep(env, ['doctor', '--json'])
    expect(run.code).toBe(1)
    expect(checksOf(run)).toMatchObject({ database: false, 'telegram token': true })
    expect(run.stdout + run.stderr).not.toMatch(/topsecret|canary/i)
  })

  test('set, show and delete a webhook', async () => {
    const env = { ...telegram(), TELEGRAM_WEBHOOK_SECRET: 'canary_secret', PUBLIC_URL: 'https://nep.example' }
    const set = await runNep(env, ['webhook', 'set', '--json'])
    expect([set.code, set.json()]).toMatchObject([0, { ok: true, checks: [{ name: 'telegram webhook', ok: true }] }])
    expect(calls.find((call) => call.method === 'setWebhook')?.body).toContain('https://nep.example/webhooks/telegram')
    const info = await runNep(env, ['webhook', 'info', '--platform', 'telegram', '--json'])
    expect([info.code, info.json()]).toMatchObject([1, { ok: false }])
    const gone = await runNep(env, ['webhook', 'delete'])
    expect([gone.code, calls.some((call) => call.method === 'deleteWebhook')]).toEqual([0, true])
    expect([set, info, gone].map((run) => run.stdout + run.stderr).join('')).not.toMatch(/canary/i)
  })

  test('refuse a webhook without an address, a platform or a token', async () => {
    expect((await runNep(telegram(), ['webhook', 'set'])).code).toBe(2)
    expect((await runNep(telegram(), ['webhook', 'info', '--platform', 'zalo'])).code).toBe(2)
    expect((await nep('webhook', 'info')).code).toBe(2)
  })
})
