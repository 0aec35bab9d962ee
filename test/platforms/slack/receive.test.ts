import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBench, type SlackTestBench } from './bench.ts'
import * as payloads from './payloads.ts'
import { BOT_ID, BOT_USER, CHANNEL, PERSON, PRIVATE_CHANNEL, TEAM } from './slack-server.ts'

const { eventBody, groupMessage, appMention, privateMessage, slashCommand, buttonPress, form, payloadForm } = payloads

let bench: SlackTestBench
beforeAll(async () => {
  bench = await openBench({ commandNames: { 'chibo-summary': 'summary' } })
})
beforeEach(() => {
  bench.inbox.events.length = 0
  bench.inbox.calls.length = 0
  bench.server.answers.clear()
})
afterAll(() => bench.close())

describe('one post as two events', () => {
  it('shares a message key and is judged alike whichever comes first', async () => {
    const mention = appMention('tổng hợp')
    const message = { ...mention, type: 'message', channel_type: 'channel' }
    const [first, second] = [await bench.read(eventBody(mention)), await bench.read(eventBody(message))]
    expect(first.messageKey).toBe(`${TEAM}:${CHANNEL}:${String(mention.ts)}`)
    expect(second.messageKey).toBe(first.messageKey)
    expect(second.eventKey).not.toBe(first.eventKey)
    expect({ ...second, eventKey: '' }).toEqual({ ...first, eventKey: '' })
    expect(first.addressed).toBe('mention')
  })

  it('keeps its key over retries', async () => {
    const body = eventBody(groupMessage('chào'))
    const first = await bench.read(body)
    const again = await bench.read(body, {
      headers: { 'x-slack-retry-num': '1', 'x-slack-retry-reason': 'http_timeout' },
    })
    expect(again).toEqual(first)
  })
})

describe('text', () => {
  it.each([
    ['a &amp;&lt;b&gt; &amp;lt;', 'a &<b> &lt;'],
    [`<@${BOT_USER}> hi`, '@nep hi'],
    [`<@${BOT_USER}|nep> hi`, '@nep hi'],
    [`/duyet <@${PERSON.userId}>`, '/duyet @Nguyễn Văn An'],
    ['<@U404|binh>', '@binh'],
    ['<@U404>', '@U404'],
    ['<#C1|chung> <#C2>', '#chung #C2'],
    ['<!channel> <!subteam^S1|@bancanbo>', '@channel @bancanbo'],
    ['<http://x.vn|x.vn> <https://y.vn/?a=1&amp;b=2>', 'x.vn https://y.vn/?a=1&b=2'],
    ['<mailto:a@b.vn|a@b.vn>', 'a@b.vn'],
    ['a < b', 'a < b'],
    ['a\u0000b\ud800c', 'ab\ufffdc'],
  ])('reads %j as it was typed', async (raw, typed) => {
    expect((await bench.read(eventBody(privateMessage('', { text: raw })))).text).toBe(typed)
  })
})

describe('who is addressed', () => {
  const cases: [string, Record<string, unknown>, string, string?][] = [
    ['small talk', groupMessage('mưa to'), 'none'],
    ['a reply to a post of the bot', groupMessage('có', { thread_ts: '1.1', parent_user_id: BOT_USER }), 'reply'],
    ['a reply to another person', groupMessage('có', { thread_ts: '1.2', parent_user_id: 'U9' }), 'none'],
    ['a mention in a thread', appMention('có', { thread_ts: '1.3' }), 'mention'],
    ['a private message', privateMessage('chào'), 'private'],
    ['a group of several people', groupMessage('chào', { channel: 'G1', channel_type: 'mpim' }), 'none'],
    ['a command typed with !', groupMessage('!tonghop quý 1', { thread_ts: '1.4' }), 'command', '/tonghop quý 1'],
    ['a command typed with a blank before it', groupMessage(' /TONGHOP'), 'command', '/tonghop'],
    ['a renamed command', groupMessage('!chibo-summary quý 1'), 'command', '/summary quý 1'],
    ['an exclamation', groupMessage('!hay quá'), 'none'],
    [
      'a thread broadcast',
      groupMessage('có', { thread_ts: '1.5', parent_user_id: BOT_USER, subtype: 'thread_broadcast' }),
      'reply',
    ],
  ]
  it.each(cases)('%s', async (_name, event, addressed, text) => {
    const read = await bench.read(eventBody(event))
    expect(read.addressed).toBe(addressed)
    if (text) expect(read.text).toBe(text)
  })

  it('asks once whether the bot takes part in a thread, and takes a failure for no', async () => {
    bench.server.answers.set('conversations.replies', () => ({
      ok: true,
      messages: [{ user: 'U9', reply_users: ['U9', BOT_USER] }],
    }))
    const inThread = { thread_ts: '2.1', parent_user_id: 'U9' }
    expect((await bench.read(eventBody(groupMessage('một', inThread)))).addressed).toBe('reply')
    bench.server.answers.set('conversations.replies', () => ({ ok: false, error: 'missing_scope' }))
    expect((await bench.read(eventBody(groupMessage('hai', inThread)))).addressed).toBe('reply')
    expect((await bench.read(eventBody(groupMessage('ba', { thread_ts: '2.2' })))).addressed).toBe('none')
  })

  it('hears a thread in which it has just written', async () => {
    await bench.send({ replyTo: '3.1' })
    expect((await bench.read(eventBody(groupMessage('có', { thread_ts: '3.1' })))).addressed).toBe('reply')
  })
})

describe('a private chat', () => {
  it('is answered where it is held, without asking Slack', async () => {
    const event = await bench.read(eventBody(privateMessage('chào', { user: 'U0MINH', channel: 'D0MINH' })))
    bench.server.calls.length = 0
    await bench.send({ chat: event.chat })
    expect(bench.server.calls).toMatchObject([{ method: 'chat.postMessage', channel: 'D0MINH' }])
  })
})

describe('bots and the rest', () => {
  it.each([
    ['itself', { user: BOT_USER, bot_id: BOT_ID }],
    ['another bot', { user: 'U8', bot_id: 'B8' }],
  ])('marks %s as a bot addressing nobody', async (_name, author) => {
    const event = await bench.read(
      eventBody(groupMessage(`<@${BOT_USER}> chào`, { ...author, text: `<@${BOT_USER}>` })),
    )
    expect(event).toMatchObject({ addressed: 'none', sender: { isBot: true } })
  })

  it.each([
    ['bot_message', groupMessage('x', { subtype: 'bot_message', bot_id: 'B8' })],
    ['a person joining', groupMessage('x', { subtype: 'channel_join' })],
    ['message_deleted', groupMessage('x', { subtype: 'message_deleted', hidden: true })],
    ['channel_topic', groupMessage('x', { subtype: 'channel_topic' })],
    ['a reaction', { type: 'reaction_added', user: PERSON.userId, item: { channel: CHANNEL, ts: '1.1' } }],
    ['a person leaving', { type: 'member_left_channel', user: PERSON.userId, channel: CHANNEL }],
    ['a channel id that is none', groupMessage('x', { channel: 'a:b' })],
    [
      'a preview of a link',
      groupMessage('', { subtype: 'message_changed', message: { text: 'x' }, previous_message: { text: 'x' } }),
    ],
    ["somebody's own token withdrawn", { type: 'tokens_revoked', tokens: { oauth: ['U9'], bot: [] } }],
  ])('acknowledges %s and hands nothing over', async (_name, event) => {
    expect(await bench.post(eventBody(event))).toBe(200)
    expect(bench.inbox.calls).toEqual([])
  })

  it('reports an edit beside the message that it changes', async () => {
    const original = groupMessage('đk: một việc', { thread_ts: '1.1', parent_user_id: BOT_USER })
    const edit = {
      ...groupMessage(''),
      ...{ subtype: 'message_changed', text: undefined, user: undefined, previous_message: original },
      message: { ...original, text: 'đk: hai việc', edited: { user: PERSON.userId, ts: '2.2' } },
    }
    const event = await bench.read(eventBody(edit))
    expect(event).toMatchObject({ kind: 'edited', addressed: 'reply', text: 'đk: hai việc', messageId: original.ts })
    expect(event.messageKey).toBeUndefined()
  })

  it.each([
    ['joined', { type: 'member_joined_channel', user: BOT_USER, channel: CHANNEL, channel_type: 'C' }],
    ['joined', groupMessage('x', { subtype: 'channel_join', user: BOT_USER })],
    ['left', { type: 'channel_left', channel: CHANNEL, actor_id: PERSON.userId }],
    ['left', { type: 'channel_archive', channel: CHANNEL, user: PERSON.userId }],
  ])('tells that the bot has %s a channel', async (membership, event) => {
    const read = await bench.read(eventBody(event))
    expect(read).toMatchObject({ kind: 'membership', membership, chat: { id: `${TEAM}:${CHANNEL}` } })
  })
})

describe('slash commands', () => {
  it('become commands in the group', async () => {
    const fields = slashCommand('/dangky', 'đọc &amp; viết', { trigger_id: '1.2.a' })
    expect(await bench.read(form(fields), { path: 'slack/commands' })).toMatchObject({
      kind: 'message',
      addressed: 'command',
      text: '/dangky đọc & viết',
      eventKey: `command:${TEAM}:1.2.a`,
      chat: { id: `${TEAM}:${CHANNEL}`, kind: 'group', title: 'chi-bo-1' },
      sender: { id: `${TEAM}:${PERSON.userId}`, displayName: PERSON.name, isBot: false },
    })
  })

  it('belong to the private chat when given in a private conversation, whosever it is', async () => {
    const fields = slashCommand('/vieccuatoi', '', { channel_id: 'D0OTHERS', channel_name: 'directmessage' })
    const event = await bench.read(form(fields), { path: 'slack/commands' })
    expect(event.chat).toEqual({ id: `${TEAM}:${PERSON.userId}`, kind: 'private' })
  })

  it.each([
    ['/chibo-summary', 'quý 1', '/summary quý 1', 'command'],
    ['/Summary', '', '/summary', 'command'],
    ['/unknown', 'x', '/unknown x', 'command'],
    ['/nep', 'tổng hợp', 'tổng hợp', 'mention'],
    ['/nep', '/tonghop', '/tonghop', 'command'],
  ])('%s %s means %s', async (command, argument, text, addressed) => {
    const event = await bench.read(form(slashCommand(command, argument)), { path: 'slack/commands' })
    expect(event).toMatchObject({ text, addressed })
  })

  it('are not answered when Slack only tests the certificate', async () => {
    expect(await bench.post(form({ ssl_check: '1', token: 'x' }), { path: 'slack/commands' })).toBe(200)
    expect(bench.inbox.calls).toEqual([])
  })
})

describe('buttons', () => {
  it('become actions with the token and a way to answer', async () => {
    const press = buttonPress('pick:1')
    expect(await bench.read(payloadForm(press), { path: 'slack/actions' })).toMatchObject({
      kind: 'action',
      action: { token: 'pick:1', pressId: press.response_url },
      chat: { id: `${TEAM}:${CHANNEL}`, kind: 'group' },
      sender: { id: `${TEAM}:${PERSON.userId}`, displayName: PERSON.name },
      messageId: (press.container as { message_ts: string }).message_ts,
    })
  })

  it('keep their key when the press is delivered twice, and differ from press to press', async () => {
    const body = payloadForm(buttonPress('pick:1'))
    const options = { path: 'slack/actions' }
    const keys = [await bench.read(body, options), await bench.read(body, options)].map((event) => event.eventKey)
    expect(keys[0]).toBe(keys[1])
    expect((await bench.read(payloadForm(buttonPress('pick:1')), options)).eventKey).not.toBe(keys[0])
  })

  it('of a private chat belong to the person', async () => {
    const press = buttonPress('pick:1', { channel: { id: PRIVATE_CHANNEL, name: 'directmessage' } })
    const event = await bench.read(payloadForm(press), { path: 'slack/actions' })
    expect(event.chat).toEqual({ id: `${TEAM}:${PERSON.userId}`, kind: 'private' })
  })

  it('of modals and menus are acknowledged and ignored', async () => {
    for (const type of ['view_submission', 'view_closed', 'shortcut', 'message_action', 'block_suggestion']) {
      expect(await bench.post(payloadForm({ ...buttonPress('x'), type }), { path: 'slack/actions' })).toBe(200)
    }
    expect(bench.inbox.calls).toEqual([])
  })

  it('are answered to the one person, and only at an address of Slack', async () => {
    const before = bench.server.calls.length
    await bench.platform.acknowledgePress?.(`${bench.server.apiRoot}respond`, 'Đã ghi <!channel>')
    await bench.platform.acknowledgePress?.('http://169.254.169.254/latest', 'x')
    await bench.platform.acknowledgePress?.('12345.678.trigger', 'x')
    expect(bench.server.calls.slice(before).map((call) => call.method)).toEqual(['respond'])
    expect(bench.server.calls.at(-1)?.body).toContain('&lt;!channel&gt;')
  })
})

describe('the handshake', () => {
  it('says the challenge back, but only to Slack', async () => {
    const body = JSON.stringify({ type: 'url_verification', token: 'x', challenge: '3eZbrw1a' })
    const route = bench.platform.webhooks.find(({ path }) => path === 'slack/events')!
    const answer = await route.handle(payloads.signedRequest(body))
    expect([answer.status, await answer.text()]).toEqual([200, '3eZbrw1a'])
    for (const { name, request } of payloads.forgeries(body))
      expect((await route.handle(request)).status, name).toBe(401)
  })

  it('takes only POST', async () => {
    expect((await bench.platform.webhooks[0]!.handle(new Request('http://x/'))).status).toBe(405)
  })
})
