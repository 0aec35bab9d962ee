import { afterEach, describe, expect, it } from 'vitest'
import { REQUIRED_SCOPES } from '../../../src/platforms/slack/capabilities.ts'
import { openBench, type SlackTestBench } from './bench.ts'
import { APP_TOKEN } from './contract-driver.ts'
import { BOT_USER, TEAM } from './slack-server.ts'

let bench: SlackTestBench
afterEach(() => bench.close())

const named = async (name: string) => (await bench.platform.check()).find((check) => check.name === name)

describe('nep doctor on Slack', () => {
  it('names the bot, and is content where all is well', async () => {
    bench = await openBench({ publicUrl: 'https://nep.example/' })
    bench.server.headers = { 'x-oauth-scopes': REQUIRED_SCOPES.join(','), date: new Date().toUTCString() }
    expect(await bench.platform.check()).toEqual([
      { name: 'slack token', ok: true, detail: `accepted, bot ${TEAM}:${BOT_USER}` },
      { name: 'slack scopes', ok: true, detail: 'all granted' },
      { name: 'slack webhooks', ok: true, detail: expect.stringContaining('signing secret') },
      { name: 'slack clock', ok: true, detail: expect.stringMatching(/^\d s from Slack's$/) },
    ])
  })

  it('names the scopes that are missing', async () => {
    bench = await openBench()
    bench.server.headers = { 'x-oauth-scopes': 'chat:write,commands' }
    expect(await named('slack scopes')).toMatchObject({ ok: false, detail: expect.stringContaining('im:history') })
  })

  it('tells a refused token, an unreachable server and a clock that is wrong', async () => {
    bench = await openBench({ appToken: APP_TOKEN, signingSecret: undefined })
    bench.server.answers.set('auth.test', () => ({ ok: false, error: 'token_revoked' }))
    bench.server.answers.set('apps.connections.open', () => ({ ok: false, error: 'not_allowed_token_type' }))
    bench.server.headers = { date: new Date(Date.now() - 3_600_000).toUTCString() }
    expect(await named('slack token')).toEqual({ name: 'slack token', ok: false, detail: 'auth.test: token_revoked' })
    expect(await named('slack socket mode')).toMatchObject({ ok: false, detail: expect.stringContaining('token_type') })
    expect(await named('slack clock')).toMatchObject({ ok: false, detail: expect.stringMatching(/^3[56]\d\d s/) })
    await bench.server.close()
    expect(await named('slack token')).toMatchObject({ ok: false, detail: expect.stringContaining('ECONNREFUSED') })
  })
})
