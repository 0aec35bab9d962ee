import { describe, expect, test } from 'vitest'
import { ConfigError, loadConfig } from '../src/config.ts'

function problemsOf(env: Record<string, string>): string[] {
  try {
    loadConfig(env)
    return []
  } catch (err) {
    if (err instanceof ConfigError) return err.problems
    throw err
  }
}

const TELEGRAM = { TELEGRAM_BOT_TOKEN: '123456789:AAabcdefghijklmnopqrstuvwxyz-0123456' }
const ZALO = { ZALO_BOT_TOKEN: '987654321:zaloSecretTokenOfTheBot' }
const SLACK = { SLACK_BOT_TOKEN: 'xoxb-1-2-abc', SLACK_APP_TOKEN: 'xapp-1-A-2-def' }

describe('loadConfig', () => {
  test('needs nothing', () => {
    expect(loadConfig({})).toEqual({
      databaseUrl: undefined,
      databaseOwnerUrl: undefined,
      port: 3000,
      host: '127.0.0.1',
      dataDir: 'data',
      timeZone: 'Asia/Ho_Chi_Minh',
      locale: 'vi',
      profile: 'chi-bo',
      publicUrl: undefined,
      localChat: true,
      logLevel: 'info',
      telegram: undefined,
      zalo: undefined,
      slack: undefined,
    })
  })

  test('takes an empty variable for one that is not set', () => {
    expect(loadConfig({ PORT: '', DATABASE_URL: ' ', TELEGRAM_BOT_TOKEN: '' })).toEqual(loadConfig({}))
  })

  test('reads every variable', () => {
    const config = loadConfig({
      ...TELEGRAM,
      ...ZALO,
      ...SLACK,
      DATABASE_URL: 'postgresql://nep:secret@db.example:5433/nep?sslmode=require',
      PORT: '0',
      HOST: '0.0.0.0',
      DATA_DIR: '/var/lib/nep data',
      TZ_DEFAULT: 'UTC',
      LOCALE: 'en',
      PROFILE: 'plain',
      LOG_LEVEL: 'debug',
      PUBLIC_URL: 'https://nep.example/bot/',
      TELEGRAM_API_ROOT: 'http://telegram-bot-api:8081/',
      TELEGRAM_WEBHOOK_SECRET: 'a_Z-9',
      ZALO_API_ROOT: 'https://bot-api.zaloplatforms.com',
      ZALO_WEBHOOK_SECRET: '12345678',
      ZALO_BOT_NAMES: ' Bot Chi bộ , Nếp,',
      SLACK_SIGNING_SECRET: '0123456789abcdef',
      SLACK_API_ROOT: 'http://127.0.0.1:4000/api/',
    })
    expect(config).toMatchObject({
      databaseUrl: 'postgresql://nep:secret@db.example:5433/nep?sslmode=require',
      databaseOwnerUrl: undefined,
      port: 0,
      host: '0.0.0.0',
      dataDir: '/var/lib/nep data',
      timeZone: 'UTC',
      locale: 'en',
      profile: 'plain',
      logLevel: 'debug',
      publicUrl: 'https://nep.example/bot',
      localChat: false,
      telegram: { apiRoot: 'http://telegram-bot-api:8081', webhookSecret: 'a_Z-9' },
      zalo: { webhookSecret: '12345678', botNames: ['Bot Chi bộ', 'Nếp'] },
      slack: { appToken: 'xapp-1-A-2-def', signingSecret: '0123456789abcdef', apiRoot: 'http://127.0.0.1:4000/api' },
    })
  })

  test.each([
    [{ PORT: '65536' }, 'PORT'],
    [{ PORT: '-1' }, 'PORT'],
    [{ PORT: '3000.5' }, 'PORT'],
    [{ PORT: '99999999999999999999' }, 'PORT'],
    [{ HOST: 'a b' }, 'HOST'],
    [{ TZ_DEFAULT: 'Asia/Hanoi2' }, 'TZ_DEFAULT'],
    [{ LOCALE: 'fr' }, 'LOCALE'],
    [{ PROFILE: 'party' }, 'PROFILE'],
    [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL'],
    [{ LOCAL_CHAT: 'yes' }, 'LOCAL_CHAT'],
    [{ DATABASE_URL: 'mysql://root@localhost/nep' }, 'DATABASE_URL'],
    [{ DATABASE_URL: 'localhost:5432' }, 'DATABASE_URL'],
    [{ DATABASE_OWNER_URL: 'localhost:5432' }, 'DATABASE_OWNER_URL'],
    [{ PUBLIC_URL: 'http://nep.example' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'nep.example' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'https://user:pass@nep.example' }, 'PUBLIC_URL'],
    [{ PUBLIC_URL: 'https://nep.example/?a=1' }, 'PUBLIC_URL'],
    [{ TELEGRAM_BOT_TOKEN: 'not a token' }, 'TELEGRAM_BOT_TOKEN'],
    [{ ...TELEGRAM, TELEGRAM_API_ROOT: 'ftp://example.org' }, 'TELEGRAM_API_ROOT'],
    [{ ...TELEGRAM, TELEGRAM_WEBHOOK_SECRET: 'dấu' }, 'TELEGRAM_WEBHOOK_SECRET'],
    [{ ...TELEGRAM, TELEGRAM_WEBHOOK_SECRET: 'a'.repeat(257) }, 'TELEGRAM_WEBHOOK_SECRET'],
    [{ ...ZALO, ZALO_WEBHOOK_SECRET: '1234567' }, 'ZALO_WEBHOOK_SECRET'],
    [{ ...ZALO, ZALO_WEBHOOK_SECRET: 'a'.repeat(257) }, 'ZALO_WEBHOOK_SECRET'],
    [{ ...SLACK, SLACK_BOT_TOKEN: 'xapp-1' }, 'SLACK_BOT_TOKEN'],
    [{ ...SLACK, SLACK_APP_TOKEN: 'xoxb-1' }, 'SLACK_APP_TOKEN'],
    [{ SLACK_BOT_TOKEN: 'xoxb-1-2-abc' }, 'SLACK_APP_TOKEN'],
    [{ SLACK_BOT_TOKEN: 'xoxb-1-2-abc', PUBLIC_URL: 'https://nep.example' }, 'SLACK_SIGNING_SECRET'],
    [{ SLACK_APP_TOKEN: 'xapp-1-A' }, 'SLACK_APP_TOKEN'],
    [{ SLACK_SIGNING_SECRET: '0123456789abcdef' }, 'SLACK_SIGNING_SECRET'],
    [{ ...SLACK, PUBLIC_URL: 'https://nep.example', SLACK_CLIENT_ID: '12.34' }, 'SLACK_CLIENT_SECRET'],
    [{ ...SLACK, SLACK_CLIENT_ID: '12.34', SLACK_CLIENT_SECRET: 'abcdefgh' }, 'PUBLIC_URL'],
    [{ SLACK_CLIENT_ID: '12.34' }, 'SLACK_CLIENT_ID'],
    [{ ...TELEGRAM, PUBLIC_URL: 'https://nep.example' }, 'TELEGRAM_WEBHOOK_SECRET'],
    [{ ...ZALO, PUBLIC_URL: 'https://nep.example' }, 'ZALO_WEBHOOK_SECRET'],
    [{ TELEGRAM_WEBHOOK_SECRET: 'secret' }, 'TELEGRAM_WEBHOOK_SECRET'],
    [{ HOST: '0.0.0.0' }, 'LOCAL_CHAT'],
    [{ ...TELEGRAM, HOST: '::', LOCAL_CHAT: 'on' }, 'LOCAL_CHAT'],
    [{ HOST: '127.0.0.1.example.org', LOCAL_CHAT: 'on' }, 'LOCAL_CHAT'],
    [{ HOST: '127.0.0.999', LOCAL_CHAT: 'on' }, 'LOCAL_CHAT'],
  ])('refuses %o', (env, variable) => {
    const problems = problemsOf(env as Record<string, string>)
    expect(problems).toHaveLength(1)
    expect(problems[0]).toMatch(new RegExp(`^${variable}: `))
    expect(problems[0]).not.toContain('\n')
  })

  test.each(['127.0.0.1', '127.8.9.10', '::1', '[::1]', 'localhost', 'LOCALHOST'])(
    'allows the local chat on %s',
    (HOST) => {
      expect(loadConfig({ HOST, LOCAL_CHAT: 'on' }).localChat).toBe(true)
    },
  )

  test('switches the local chat off when a platform is set, on when it is asked for', () => {
    expect(loadConfig(TELEGRAM).localChat).toBe(false)
    expect(loadConfig({ ...TELEGRAM, LOCAL_CHAT: 'on' }).localChat).toBe(true)
    expect(loadConfig({ LOCAL_CHAT: 'off', HOST: '0.0.0.0' }).localChat).toBe(false)
  })

  test('lists every problem at once', () => {
    const problems = problemsOf({ PORT: 'x', LOCALE: 'fr', TZ_DEFAULT: 'Mars', LOCAL_CHAT: 'on', HOST: '10.0.0.1' })
    expect(problems.map((problem) => problem.split(':')[0])).toEqual(['PORT', 'TZ_DEFAULT', 'LOCALE', 'LOCAL_CHAT'])
  })

  test('never repeats a secret', () => {
    const secrets = {
      DATABASE_URL: 'mysql://root:S3CRET@db/nep',
      TELEGRAM_BOT_TOKEN: 'S3CRET token',
      TELEGRAM_WEBHOOK_SECRET: 'S3CRET ấ',
      ZALO_BOT_TOKEN: 'S3CRET zalo',
      ZALO_WEBHOOK_SECRET: 'S3CRET',
      SLACK_BOT_TOKEN: 'S3CRET',
      SLACK_APP_TOKEN: 'S3CRET',
      SLACK_SIGNING_SECRET: 'S3CRET',
      PUBLIC_URL: 'https://S3CRET:S3CRET@nep.example',
    }
    const problems = problemsOf(secrets)
    expect(problems).toHaveLength(Object.keys(secrets).length)
    expect(problems.join('\n')).not.toContain('S3CRET')
  })
})
