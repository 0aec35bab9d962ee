import { pino } from 'pino'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { InboundEvent, Platform } from '../../../src/engine/platform.ts'
import { createSlack, memoryInstallations, slackOAuth } from '../../../src/platforms/slack/index.ts'
import { until } from '../contract/bench.ts'
import { serveWebhooks } from './contract-driver.ts'
import { type EmulatedSlack, emulateSlack } from './emulated-slack.ts'

const BOT = { token: 'xoxb-emulated-nep', userId: 'UNEPBOT1', botId: 'BNEPBOT1' }
const PERSON_TOKEN = 'xoxp-emulated-an'
const SECRET = '0123456789abcdef0123456789abcdef'
const SCOPES = [
  ...[
    'app_mentions:read',
    'channels:history',
    'channels:read',
    'chat:write',
    'commands',
    'files:write',
    'groups:history',
  ],
  ...['groups:read', 'im:history', 'im:write', 'users:read'],
]
const log = pino({ level: 'silent' })

const seed = {
  tokens: {
    [BOT.token]: { login: BOT.userId, scopes: SCOPES },
    [PERSON_TOKEN]: { login: 'an', scopes: [...SCOPES, 'im:read'] },
  },
  slack: {
    signing_secret: SECRET,
    strict_scopes: true,
    users: [{ name: 'an', real_name: 'Nguyễn Văn An', profile: { display_name: 'Nguyễn Văn An' } }],
    channels: [{ name: 'chi-bo-1' }],
    oauth_apps: [
      {
        client_id: '1.2',
        client_secret: 'geheim',
        name: 'Nếp',
        redirect_uris: ['http://127.0.0.1/back'],
        ...{ bot_id: BOT.botId, bot_user_id: BOT.userId, bot_name: 'nep', scopes: SCOPES },
      },
    ],
    tokens: [
      {
        token: BOT.token,
        type: 'bot',
        user_id: BOT.userId,
        bot_id: BOT.botId,
        bot_user_id: BOT.userId,
        scopes: SCOPES,
      },
    ],
  },
}

let slack: EmulatedSlack
let platform: Platform
let channel: string
let person: string
const closing: (() => Promise<unknown>)[] = []
const inbox: InboundEvent[] = []
const fromPeople = () => inbox.filter((event) => !event.sender.isBot)

beforeEach(async () => {
  inbox.length = 0
  slack = await emulateSlack(seed)
  closing.push(() => slack.close())
  const { channels } = (await slack.call(PERSON_TOKEN, 'conversations.list', {})) as {
    channels: Record<string, string>[]
  }
  channel = channels.find(({ name }) => name === 'chi-bo-1')!.id!
  person = String((await slack.call(PERSON_TOKEN, 'auth.test', {})).user_id)
  platform = await start()
})

afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close()
})

async function start(signingSecret = SECRET): Promise<Platform> {
  const started = await createSlack({ botToken: BOT.token, signingSecret, apiRoot: slack.apiRoot, log })
  const stop = await started.receive(async (events) => void inbox.push(...events))
  const hooks = await serveWebhooks(started)
  closing.push(hooks.close, stop)
  slack.subscribe(`${hooks.url}/webhooks/slack/events`)
  return started
}

const send = (message: Partial<Parameters<Platform['send']>[0]> & { text: string }) =>
  platform.send(
    { key: 'k', chat: { id: `T000000001:${channel}`, kind: 'group' }, ...message },
    new AbortController().signal,
  )

async function history(where = channel): Promise<Record<string, unknown>[]> {
  const answer = await slack.call(BOT.token, 'conversations.history', { channel: where })
  return answer.messages as Record<string, unknown>[]
}

describe('slack against emulate', () => {
  it('knows itself and finds all scopes it can see', async () => {
    expect(platform.accountId).toBe(`T000000001:${BOT.userId}`)
    expect((await platform.check()).filter((check) => !check.ok)).toEqual([])
  })

  it('holds a private conversation', async () => {
    const opened = await slack.call(PERSON_TOKEN, 'conversations.open', { users: BOT.userId })
    const direct = (opened.channel as { id: string }).id
    await slack.call(PERSON_TOKEN, 'chat.postMessage', { channel: direct, text: 'em đăng ký 1 &amp; 2' })
    await until(() => expect(fromPeople()).toHaveLength(1))
    expect(inbox[0]).toMatchObject({
      addressed: 'private',
      text: 'em đăng ký 1 & 2',
      chat: { id: `T000000001:${person}`, kind: 'private' },
      sender: { id: `T000000001:${person}`, displayName: 'Nguyễn Văn An' },
    })
    expect(await send({ chat: inbox[0]!.chat, text: 'Đã ghi <!channel>' })).toMatchObject({ outcome: 'sent' })
    expect((await history(direct)).map((message) => message.text)).toContain('Đã ghi &lt;!channel&gt;')
  })

  it('answers a mention in its thread and hears what is said there, also after a restart', async () => {
    await slack.call(PERSON_TOKEN, 'chat.postMessage', { channel, text: `<@${BOT.userId}> đk: đọc hai cuốn sách` })
    await until(() => expect(fromPeople()).toHaveLength(1))
    const asked = inbox[0]!
    expect(asked).toMatchObject({ addressed: 'mention', text: '@nep đk: đọc hai cuốn sách', chat: { kind: 'group' } })
    expect(await send({ chat: asked.chat, replyTo: asked.messageId, text: 'Hạn khi nào?' })).toMatchObject({
      outcome: 'sent',
    })

    const inThread = { channel, thread_ts: asked.messageId, text: 'hết quý I' }
    await slack.call(PERSON_TOKEN, 'chat.postMessage', inThread)
    await until(() => expect(fromPeople()).toHaveLength(2))
    expect(fromPeople()[1]).toMatchObject({ addressed: 'reply', chat: { threadId: asked.messageId } })

    for (const close of closing.splice(1).reverse()) await close()
    await start()
    await slack.call(PERSON_TOKEN, 'chat.postMessage', { ...inThread, text: 'à, cuối năm' })
    await until(() => expect(fromPeople()).toHaveLength(3))
    expect(fromPeople()[2]).toMatchObject({ addressed: 'reply', text: 'à, cuối năm' })
  })

  it('leaves small talk to nobody, in the channel and in threads of others', async () => {
    const { ts } = await slack.call(PERSON_TOKEN, 'chat.postMessage', { channel, text: 'mưa to quá' })
    await slack.call(PERSON_TOKEN, 'chat.postMessage', { channel, thread_ts: ts, text: 'ừ' })
    await until(() => expect(fromPeople()).toHaveLength(2))
    expect(inbox.map((event) => event.addressed)).toEqual(['none', 'none'])
  })

  it('marks its own messages, which Slack sends back to it', async () => {
    await send({ text: 'Nhắc lịch họp' })
    await until(() => expect(inbox).toHaveLength(1))
    expect(inbox[0]!.sender).toMatchObject({ id: `T000000001:${BOT.userId}`, isBot: true })
  })

  it('offers choices as buttons, shows errors to one person alone, and posts files', async () => {
    const choices = [
      { label: 'Việc <1>', token: 'pick:1' },
      { label: 'Việc 2', token: 'pick:2' },
    ]
    await send({ text: '1. Một\n2. Hai', choices })
    const [withButtons] = await history()
    expect(withButtons).toMatchObject({ text: '1. Một\n2. Hai', blocks: [{ type: 'section' }, { type: 'actions' }] })
    expect(JSON.stringify(withButtons!.blocks)).toContain('"value":"pick:2"')

    const onlyFor = `T000000001:${person}`
    expect(await send({ text: 'Chỉ một mình đồng chí thấy', onlyFor, ephemeral: true })).toMatchObject({
      outcome: 'sent',
    })
    expect(await history()).toHaveLength(1)

    const document = { bytes: Buffer.from('a,b'), fileName: 'bao-cao.csv', mimeType: 'text/csv' }
    expect(await send({ text: 'Báo cáo', document })).toMatchObject({ outcome: 'sent' })
    expect(JSON.stringify(await history())).toContain('bao-cao.csv')
  })

  it('says what became of a chat that is gone', async () => {
    expect(await send({ chat: { id: 'T000000001:C404', kind: 'group' }, text: 'x' })).toMatchObject({ chatGone: true })
    expect(await send({ chat: { id: 'T000000001:U404', kind: 'private' }, text: 'x' })).toMatchObject({
      chatGone: true,
    })
  })

  it('stores nothing that was signed with another secret', async () => {
    for (const close of closing.splice(1).reverse()) await close()
    const other = await start('ffffffffffffffffffffffffffffffff')
    await slack.call(PERSON_TOKEN, 'chat.postMessage', { channel, text: `<@${BOT.userId}> xin chào` })
    // emulate delivers before it answers the call, so that by now it was refused.
    expect(inbox).toEqual([])
    expect(other.webhooks).toHaveLength(3)
  })

  it('installs into a workspace by OAuth and speaks there', async () => {
    const installations = memoryInstallations()
    const oauth = slackOAuth({
      ...{ clientId: '1.2', clientSecret: 'geheim', stateSecret: 's', redirectUri: 'http://127.0.0.1/back' },
      ...{ installations, apiRoot: slack.apiRoot, log },
    })
    const begun = oauth.start()
    const asked = new URL(begun.url)
    expect((await fetch(asked)).status).toBe(200)
    const back = await fetch(new URL('callback', `${asked.origin}${asked.pathname}/`), {
      method: 'POST',
      redirect: 'manual',
      body: new URLSearchParams({ ...Object.fromEntries(asked.searchParams), user_id: person }),
    })
    const query = new URL(back.headers.get('location') ?? '').searchParams
    expect(await oauth.finish(query, 'other nonce')).toEqual({ installed: false, code: 'invalid_state' })
    expect(await oauth.finish(query, begun.nonce)).toEqual({ installed: true, teamId: 'T000000001' })

    const shared = await createSlack({ signingSecret: SECRET, installations, apiRoot: slack.apiRoot, log })
    const message = { key: 'k', chat: { id: `T000000001:${channel}`, kind: 'group' as const }, text: 'Xin chào' }
    expect(await shared.send(message, new AbortController().signal)).toMatchObject({ outcome: 'sent' })
    expect(
      await shared.send({ ...message, chat: { ...message.chat, id: 'TELSE:C1' } }, new AbortController().signal),
    ).toEqual({ outcome: 'giveUp', code: 'workspace_not_installed', chatGone: true })
  })
})
