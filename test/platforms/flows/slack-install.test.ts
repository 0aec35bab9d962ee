/**
 * Protects: a further workspace installs the bot through two pages of our own; only the browser that began may end it, the
 * token lies sealed in the database, and no page and no log shows it.
 */
import { afterEach, beforeEach, expect, test } from 'vitest'
import { loadConfig } from '../../../src/config.ts'
import { slackInstall, slackInstallations } from '../../../src/platforms.ts'
import { createTestDatabase, type TestDatabase } from '../../database.ts'
import { LogLines, serveWeb } from '../../web/serve.ts'
import { SlackServer } from '../slack/slack-server.ts'
import { temporaryDirectory } from './process.ts'

const TOKEN = 'xoxb-2-kanarienvogel-installed'
const SECRET = 'kanarienvogel-client-secret'

let database: TestDatabase
let slack: SlackServer
let directory: Awaited<ReturnType<typeof temporaryDirectory>>

beforeEach(async () => {
  database = await createTestDatabase()
  slack = await new SlackServer().listen()
  directory = await temporaryDirectory()
  slack.answers.set('oauth.v2.access', () => ({
    ...{ ok: true, access_token: TOKEN, bot_user_id: 'U0NEW', scope: 'chat:write', token_type: 'bot' },
    team: { id: 'T0NEW', name: 'Chi bộ khác' },
  }))
})
afterEach(async () => {
  await slack.close()
  await directory.remove()
  await database.drop()
})

const environment = () => ({
  ...{ SLACK_BOT_TOKEN: 'xoxb-1-own', SLACK_APP_TOKEN: 'xapp-1-A0NEP-x', SLACK_API_ROOT: slack.apiRoot },
  ...{ SLACK_CLIENT_ID: '12.34', SLACK_CLIENT_SECRET: SECRET, PUBLIC_URL: 'https://nep.example/bot' },
  DATA_DIR: directory.path,
})

test('from the link to a sealed token', async () => {
  const lines = new LogLines()
  const config = loadConfig(environment())
  const install = (await slackInstall(config, lines.log, database.pool))!
  const web = await serveWeb({ slackInstall: install, log: lines.log })
  const get = (path: string, cookie?: string) =>
    fetch(`${web.url}${path}`, { redirect: 'manual', headers: cookie ? { cookie } : {} })

  const begun = await get('/slack/install')
  expect(begun.status).toBe(302)
  const to = new URL(begun.headers.get('location')!)
  expect(Object.fromEntries(to.searchParams)).toMatchObject({
    client_id: '12.34',
    redirect_uri: 'https://nep.example/bot/slack/oauth_redirect',
    scope: expect.stringContaining('chat:write'),
  })
  const set = begun.headers.get('set-cookie')!
  for (const flag of ['HttpOnly', 'Secure', 'SameSite=Lax', 'Max-Age=600']) expect(set).toContain(flag)
  const cookie = set.split(';')[0]!
  const state = encodeURIComponent(to.searchParams.get('state')!)

  const kept = async () => (await database.pool.query('SELECT team_id, sealed FROM slack_installation')).rows
  // Another browser, another state, none, a refusal: nothing is asked of Slack and nothing is kept.
  const other = (await get('/slack/install')).headers.get('set-cookie')!.split(';')[0]!
  for (const [path, with_] of [
    [`/slack/oauth_redirect?code=c&state=${state}`, undefined],
    [`/slack/oauth_redirect?code=c&state=${state}`, other],
    ['/slack/oauth_redirect?code=c', cookie],
    [`/slack/oauth_redirect?code=c&state=9999999999999.${'A'.repeat(43)}`, cookie],
    [`/slack/oauth_redirect?error=access_denied&state=${state}`, cookie],
    [`/slack/oauth_redirect?state=${state}`, cookie],
  ] as const)
    expect((await get(path, with_)).status, path).toBe(400)
  expect(await kept()).toEqual([])

  const done = await get(`/slack/oauth_redirect?code=c&state=${state}`, cookie)
  expect(done.status).toBe(200)
  const page = await done.text()
  const rows = await kept()
  expect(rows.map(({ team_id }) => team_id)).toEqual(['T0NEW'])
  const store = await slackInstallations(database.pool, directory.path)
  expect(await store.fetch('T0NEW')).toMatchObject({ botToken: TOKEN, botUserId: 'U0NEW' })
  for (const secret of [TOKEN, SECRET]) {
    for (const written of [page, JSON.stringify(rows), lines.lines.join('\n'), web.lines.join('\n')])
      expect(written).not.toContain(secret)
  }
  expect(lines.lines.join('\n')).toContain('slack.installed')
})

test('Slack refusing the code, or being away, keeps nothing', async () => {
  const { log } = new LogLines()
  const install = (await slackInstall(loadConfig(environment()), log, database.pool))!
  const back = () => {
    const { url, nonce } = install.start()
    return [new URLSearchParams({ code: 'c', state: new URL(url).searchParams.get('state')! }), nonce] as const
  }
  slack.answers.set('oauth.v2.access', () => ({ ok: false, error: 'invalid_code' }))
  expect(await install.finish(...back())).toEqual({ installed: false, code: 'invalid_code' })
  slack.answers.set('oauth.v2.access', () => ({ ok: true, team: null }))
  expect(await install.finish(...back())).toEqual({ installed: false, code: 'unreadable_answer' })
  expect((await database.pool.query('SELECT 1 FROM slack_installation')).rows).toEqual([])
})

test('there are no such pages where the environment does not ask for them', async () => {
  const { SLACK_CLIENT_ID: _id, SLACK_CLIENT_SECRET: _secret, ...without } = environment()
  expect(await slackInstall(loadConfig(without), new LogLines().log, database.pool)).toBeUndefined()
  const web = await serveWeb()
  expect((await fetch(`${web.url}/slack/install`, { redirect: 'manual' })).status).toBe(404)
})
