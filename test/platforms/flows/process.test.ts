/**
 * Protects: the real process serves Zalo, Telegram and Slack at once, by polling and by webhooks, starts without a
 * platform that is away and takes it in later, stops in order, and writes nobody's words, name, number or token anywhere.
 */
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createTestDatabase, type TestDatabase } from '../../database.ts'
import { CANARY, until } from '../contract/bench.ts'
import { event } from '../slack/contract-driver.ts'
import * as payloads from '../slack/payloads.ts'
import { message } from '../telegram/updates.ts'
import { seedCell } from './cell.ts'
import {
  freePort,
  nep,
  openSimulators,
  type RunningProgram,
  SECRETS,
  type Simulators,
  socketMode,
  startProcess,
  temporaryDirectory,
} from './process.ts'

/** Words of a person that must stay between them and the cell. */
const words = 'thăm hộ neo đơn canary-7f3a'

let database: TestDatabase
let simulators: Simulators
let directory: Awaited<ReturnType<typeof temporaryDirectory>>
let program: RunningProgram | undefined
let env: Record<string, string>

beforeEach(async () => {
  database = await createTestDatabase()
  await seedCell(database.pool)
  simulators = await openSimulators()
  directory = await temporaryDirectory()
  env = { ...simulators.env, DATABASE_URL: database.url, DATA_DIR: directory.path }
})
afterEach(async () => {
  await program?.kill()
  program = undefined
  await simulators.close()
  await directory.remove()
  await database.drop()
})

const PERSON = { id: 4_001, is_bot: false, first_name: CANARY.name }
const inPrivate = (text: string) =>
  message(text, { from: PERSON, chat: { id: PERSON.id, type: 'private', first_name: CANARY.name } })
const slackPrivate = (text: string) => event(payloads.privateMessage(text, { user: 'U0CANARY', channel: 'D0CANARY' }))

/** What each platform's people were told, in order. */
const told = {
  zalo: () => simulators.zalo.sent.map(({ text }) => text),
  telegram: () => simulators.telegram.sent.map(({ payload }) => String(payload.text)),
  slack: () => simulators.slack.posts.map(({ text }) => text ?? ''),
}
type Named = keyof typeof told

/** Says the same to the bot on each platform, in private; the program must answer on each. */
async function converse(say: Record<Named, (text: string) => Promise<void> | void>): Promise<void> {
  const lines: [string, RegExp][] = [
    ['giúp', /Nếp/],
    // A number that may be somebody's is not taken at all.
    [`đk: gọi ${CANARY.phone}`, /Tôi không lưu/],
    [`đk: ${words}, xong trước 30/11`, /đồng ý/],
    ['đồng ý', /họ và tên/],
    [`tôi là ${CANARY.name}`, /./],
  ]
  for (const [line, answer] of lines) {
    await Promise.all(
      (Object.keys(told) as Named[]).map(async (name) => {
        const before = told[name]().length
        await say[name](line)
        await until(() => expect(told[name]().slice(before).join('\n')).toMatch(answer), 20_000)
      }),
    )
  }
}

/** Looks for secrets and personal data in everything that is written, as it stands and as JSON or URLs carry it. */
function expectClean(...written: string[]): void {
  for (const canary of [...simulators.secrets, CANARY.name, CANARY.phone, words]) {
    for (const form of new Set([canary, JSON.stringify(canary).slice(1, -1), encodeURIComponent(canary)]))
      for (const text of written) expect(text.includes(form), `${canary.slice(0, 6)}… in what was written`).toBe(false)
  }
}

const page = async (path: string) => (await fetch(`${program!.url}${path}`)).text()

// Real pace, real processes: on a busy machine that takes its time.
describe('the program on three platforms', { timeout: 180_000 }, () => {
  test('converses by polling and Socket Mode, ends in order, and gives nobody away', async () => {
    env = { ...env, ...socketMode }
    program = await startProcess(env)
    await until(() => expect(simulators.slack.peers.length).toBeGreaterThan(0), 20_000)
    const { zalo, telegram, slack } = simulators
    const user = zalo.say.user(CANARY.name)
    slack.answers.set('users.info', () => ({ ok: true, user: { profile: { display_name: CANARY.name } } }))
    const say = {
      zalo: (text: string) => void zalo.say.text(user, zalo.say.privateChat(user), text),
      telegram: (text: string) => void telegram.push(inPrivate(text)),
      slack: (text: string) => {
        const envelope = {
          ...slackPrivate(text).envelope,
          envelope_id: `e${Math.random()}`,
          accepts_response_payload: false,
        }
        slack.peers.at(-1)!.send(JSON.stringify(envelope))
      },
    }
    await converse(say)
    expect((await fetch(`${program.url}/readyz`)).status).toBe(200)
    const doctor = await nep(env, 'doctor', '--json')
    expect(doctor.output).toContain('"zalo token"')

    // Everything that can go wrong with a send, with the same words in it.
    zalo.fail('sendMessage', { kind: 'status', status: 401 })
    telegram.plan = (call) =>
      call.method === 'sendMessage'
        ? { kind: 'refuse', code: 403, description: `Forbidden: ${CANARY.name}` }
        : undefined
    slack.faults.push({ kind: 'malformedJson' })
    for (const name of Object.keys(say) as Named[]) await say[name]('giúp')
    await until(async () => {
      const { rows } = await database.pool.query(
        `SELECT count(*)::int AS n FROM outbox WHERE state IN ('parked', 'unknown')`,
      )
      expect(rows[0].n).toBeGreaterThanOrEqual(3)
    }, 20_000)
    // And with the tool while platforms refuse the token, or are gone.
    zalo.fail('*', { kind: 'status', status: 401 }, { times: 50 })
    telegram.plan = () => ({ kind: 'refuse', code: 401, description: 'Unauthorized' })
    slack.answers.set('auth.test', () => ({ ok: false, error: 'invalid_auth' }))
    const refused = await nep(env, 'doctor')
    expect(refused.status).toBe(1)
    const written = [await page('/metrics'), await page('/readyz'), doctor.output, refused.output]
    await simulators.close()
    written.push((await nep(env, 'doctor')).output, (await nep(env, 'outbox', 'list')).output)

    const stopping = performance.now()
    expect(await program.stop()).toBe(0)
    expect(performance.now() - stopping).toBeLessThan(15_000)
    // The log did say that messages were not sent; it only named nobody.
    expect(program.output()).toContain('notSent')
    expectClean(program.output(), ...written)
    program = undefined
  })

  test('converses by webhooks with signed requests, and refuses all others', async () => {
    const port = await freePort()
    env = {
      ...{ ...env, PORT: String(port), PUBLIC_URL: `http://127.0.0.1:${port}` },
      ...{ TELEGRAM_WEBHOOK_SECRET: SECRETS.telegramWebhook, ZALO_WEBHOOK_SECRET: SECRETS.zaloWebhook },
      SLACK_SIGNING_SECRET: SECRETS.slackSigning,
    }
    program = await startProcess(env)
    const { zalo, telegram } = simulators
    await until(() => expect(telegram.webhook.url).toBe(`http://127.0.0.1:${port}/webhooks/telegram`), 20_000)
    const user = zalo.say.user(CANARY.name)
    const post = async (path: string, body: string, headers: Record<string, string>) =>
      (await fetch(`${program!.url}/webhooks/${path}`, { method: 'POST', body, headers })).status
    const json = { 'content-type': 'application/json' }
    const zaloBody = (text: string) =>
      zalo.webhookBody(zalo.say.compose('message.text.received', user, zalo.say.privateChat(user), { text }))
    const telegramBody = (text: string) => JSON.stringify({ update_id: telegram.nextUpdateId++, ...inPrivate(text) })
    const slackHeaders = (body: string, options = {}) =>
      Object.fromEntries(payloads.signedRequest(body, options).headers)
    await converse({
      zalo: async (text) =>
        expect(await post('zalo', zaloBody(text), { ...json, 'x-bot-api-secret-token': SECRETS.zaloWebhook })).toBe(
          200,
        ),
      telegram: async (text) =>
        expect(
          await post('telegram', telegramBody(text), {
            ...json,
            'x-telegram-bot-api-secret-token': SECRETS.telegramWebhook,
          }),
        ).toBe(200),
      slack: async (text) => {
        const { body } = slackPrivate(text)
        expect(await post('slack/events', body, slackHeaders(body))).toBe(200)
      },
    })

    const { rows: before } = await database.pool.query('SELECT count(*) FROM inbox')
    const { body } = slackPrivate('giúp')
    const forged = [
      await post('zalo', zaloBody('giúp'), json),
      await post('zalo', zaloBody('giúp'), { ...json, 'x-bot-api-secret-token': SECRETS.telegramWebhook }),
      await post('telegram', telegramBody('giúp'), json),
      await post('telegram', telegramBody('giúp'), { ...json, 'x-telegram-bot-api-secret-token': SECRETS.zaloWebhook }),
      await post('slack/events', body, slackHeaders(body, { secret: 'f'.repeat(32) })),
      await post('slack/events', body, slackHeaders(body, { shiftSeconds: -400 })),
      await post('slack/events', body, slackHeaders(body, { shiftSeconds: 400 })),
    ]
    for (const status of forged) expect([401, 403]).toContain(status)
    const { rows: after } = await database.pool.query('SELECT count(*) FROM inbox')
    expect(after).toEqual(before)
    const written = [await page('/metrics'), await page('/readyz'), (await nep(env, 'doctor')).output]
    expect(await program.stop()).toBe(0)
    expectClean(program.output(), ...written)
    program = undefined
  })

  test('starts while Telegram and Slack are away, and takes each in when it comes', async () => {
    const { telegram, slack } = simulators
    await Promise.all([telegram.stop(), slack.close()])
    env = { ...env, ...socketMode }
    program = await startProcess(env)
    expect((await fetch(`${program.url}/readyz`)).status).toBe(200)
    const { zalo } = simulators
    const user = zalo.say.user(CANARY.name)
    zalo.say.text(user, zalo.say.privateChat(user), 'giúp')
    await until(() => expect(told.zalo()).toHaveLength(1), 20_000)

    await Promise.all([telegram.start(), slack.listen()])
    telegram.push(inPrivate('giúp'))
    await until(() => expect(told.telegram()).toHaveLength(1), 40_000)
    await until(() => expect(slack.peers.length).toBeGreaterThan(0), 40_000)
    const envelope = { ...slackPrivate('giúp').envelope, envelope_id: 'e1', accepts_response_payload: false }
    slack.peers.at(-1)!.send(JSON.stringify(envelope))
    await until(() => expect(told.slack()).toHaveLength(1), 20_000)
    expect(await program.stop()).toBe(0)
    expectClean(program.output())
    program = undefined
  })
})
