import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { openBench, type SlackTestBench } from './bench.ts'
import { CHANNEL, PERSON, PRIVATE_CHANNEL, TEAM } from './slack-server.ts'

interface Block {
  type: string
  text?: { type: string; text: string }
  elements?: { type: string; value: string; text: { type: string; text: string } }[]
}

let bench: SlackTestBench
beforeAll(async () => {
  bench = await openBench()
})
beforeEach(() => {
  bench.server.posts.length = 0
  bench.server.calls.length = 0
  bench.server.answers.clear()
})
afterAll(() => bench.close())

const lastPost = () => bench.server.posts.at(-1)!
const blocks = () => JSON.parse(lastPost().blocks ?? '[]') as Block[]
const buttons = () => blocks().flatMap((block) => block.elements ?? [])
const choices = (count: number, label = 'Việc') =>
  Array.from({ length: count }, (_, index) => ({ label: `${label} ${index + 1}`, token: `pick:${index + 1}` }))
const refuseWhen = (method: string, field: string, error: string) =>
  bench.server.answers.set(method, (fields) => (fields[field] ? { ok: false, error } : undefined))

describe('text', () => {
  it('goes out with everything that Slack would read as its own escaped', async () => {
    await bench.send({ text: '<!channel> <@U1> <http://x|y> a & b', choices: [{ label: '<!here> & co', token: 't' }] })
    const { body: _, ...post } = lastPost()
    expect(JSON.stringify(post)).not.toMatch(/<[!@h]/)
    expect(post.text).toBe('&lt;!channel&gt; &lt;@U1&gt; &lt;http://x|y&gt; a &amp; b')
    expect(post).toMatchObject({ mrkdwn: 'false', parse: 'none', link_names: 'false', unfurl_links: 'false' })
    expect(blocks()[0]?.text).toEqual({ type: 'plain_text', text: post.text, emoji: false })
    expect(buttons()[0]?.text.text).toBe('&lt;!here&gt; &amp; co')
  })

  it('loses what no server could read', async () => {
    await bench.send({ text: 'a\u0000b\ud800' })
    expect(lastPost().text).toBe('ab\ufffd')
  })
})

describe('buttons', () => {
  it('stay within the limits of Block Kit, whatever the labels', async () => {
    const text = 'x'.repeat(3000)
    const long = '<&> Chủ trì buổi sinh hoạt chuyên đề về chuyển đổi số 👍🏽'.repeat(3)
    await bench.send({ text, choices: choices(30, long) })
    expect(blocks().map((block) => block.elements?.length)).toEqual([undefined, 25, 5])
    for (const button of buttons()) {
      expect(button.text.text.length).toBeLessThanOrEqual(75)
      expect(button.text.text).not.toMatch(/&(?!(amp|lt|gt);)|\p{Surrogate}/u)
    }
    expect(JSON.stringify(blocks()).length).toBeLessThanOrEqual(13_200)
  })

  it('are cut into sections between entities where escaping makes the text long', async () => {
    await bench.send({ text: '&'.repeat(2000), choices: choices(1) })
    const sections = blocks().filter((block) => block.type === 'section')
    expect(sections.length).toBeGreaterThan(3)
    for (const { text } of sections) {
      expect(text!.text.length).toBeLessThanOrEqual(3000)
      expect(text!.text).toMatch(/^(&amp;)+$/)
    }
  })

  it('are left out where Block Kit could not hold the text: it lists the choices anyway', async () => {
    await bench.send({ text: '&'.repeat(3000), choices: choices(3) })
    expect(lastPost().blocks).toBeUndefined()
    expect(lastPost().text).toBe('&amp;'.repeat(3000))
  })

  it('are left out when Slack refuses them', async () => {
    refuseWhen('chat.postMessage', 'blocks', 'invalid_blocks')
    expect(await bench.send({ text: '1. Một', choices: choices(1) })).toMatchObject({ outcome: 'sent' })
    expect(bench.server.posts.map((post) => post.blocks)).toEqual([undefined])
  })

  it('get a number where a label is empty', async () => {
    await bench.send({ text: 'chọn', choices: [{ label: ' ', token: 'a' }] })
    expect(buttons()[0]?.text.text).toBe('1')
  })
})

describe('place', () => {
  it('is the thread of the message that is answered, in a group', async () => {
    await bench.send({ replyTo: '1.5' })
    await bench.send({ replyTo: '1.5', chat: { id: `${TEAM}:${CHANNEL}`, kind: 'group', threadId: '1.1' } })
    await bench.send({ replyTo: '1.5', chat: { id: `${TEAM}:${PERSON.userId}`, kind: 'private' } })
    expect(bench.server.posts.map((post) => post.thread_ts)).toEqual(['1.5', '1.1', undefined])
  })

  it('is the channel where the thread is gone', async () => {
    refuseWhen('chat.postMessage', 'thread_ts', 'thread_not_found')
    expect(await bench.send({ replyTo: '1.5' })).toMatchObject({ outcome: 'sent' })
    expect(lastPost().thread_ts).toBeUndefined()
  })

  it('is the conversation with a person, opened once', async () => {
    const chat = { id: `${TEAM}:U0BINH`, kind: 'private' as const }
    await bench.send({ chat })
    await bench.send({ chat })
    expect(bench.server.calls.map((call) => call.method)).toEqual([
      'conversations.open',
      'chat.postMessage',
      'chat.postMessage',
    ])
    expect(lastPost().channel).toBe('DU0BINH')
  })

  it('is asked for again when the conversation is no longer there', async () => {
    const chat = { id: `${TEAM}:${PERSON.userId}`, kind: 'private' as const }
    await bench.send({ chat })
    bench.server.answers.set('chat.postMessage', () => ({ ok: false, error: 'channel_not_found' }))
    expect(await bench.send({ chat })).toMatchObject({ outcome: 'giveUp', chatGone: true })
    bench.server.answers.clear()
    bench.server.calls.length = 0
    expect(await bench.send({ chat })).toMatchObject({ outcome: 'sent' })
    expect(bench.server.calls[0]?.method).toBe('conversations.open')
    expect(lastPost().channel).toBe(PRIVATE_CHANNEL)
  })

  it('must be an id of ours', async () => {
    for (const id of ['', 'C1', 'T1:C1:x', 'T1:', ':C1'])
      expect(await bench.send({ chat: { id, kind: 'group' } })).toMatchObject({ outcome: 'giveUp', chatGone: true })
  })
})

describe('a message for one person alone', () => {
  const onlyFor = `${TEAM}:${PERSON.userId}`

  it('is ephemeral in a group, as plain text', async () => {
    expect(await bench.send({ text: '*x*', onlyFor, ephemeral: true, replyTo: '1.5' })).toMatchObject({
      outcome: 'sent',
    })
    expect(lastPost()).toMatchObject({ method: 'chat.postEphemeral', user: PERSON.userId, channel: CHANNEL })
    expect(lastPost().thread_ts).toBeUndefined()
    expect(blocks()).toEqual([{ type: 'section', text: { type: 'plain_text', text: '*x*', emoji: false } }])
  })

  it('is an ordinary one in the private chat, and where only the press is theirs', async () => {
    await bench.send({ onlyFor, ephemeral: true, chat: { id: onlyFor, kind: 'private' } })
    await bench.send({ onlyFor, choices: choices(1) })
    expect(bench.server.posts.map((post) => post.method)).toEqual(['chat.postMessage', 'chat.postMessage'])
  })
})

describe('files', () => {
  const document = { bytes: Buffer.from('x'), fileName: 'a.csv', mimeType: 'text/csv' }

  it('are shown by the last of three steps', async () => {
    expect(await bench.send({ text: 'Báo <cáo>', document, replyTo: '1.5' })).toMatchObject({ outcome: 'sent' })
    expect(bench.server.calls.map((call) => call.method)).toEqual([
      'files.getUploadURLExternal',
      '/upload',
      'files.completeUploadExternal',
    ])
    expect(lastPost()).toMatchObject({ channel_id: CHANNEL, thread_ts: '1.5', initial_comment: 'Báo &lt;cáo&gt;' })
  })

  it('may be sent again when an earlier step failed, and not when the last did', async () => {
    bench.server.answers.set('files.getUploadURLExternal', () => ({ ok: false, error: 'internal_error' }))
    expect(await bench.send({ document })).toMatchObject({ outcome: 'retry' })
    bench.server.answers.clear()
    bench.server.faults.push({ kind: 'resetAfterBody' })
    expect(await bench.send({ document })).toMatchObject({ outcome: 'ambiguous' })
  })
})

describe('outcomes', () => {
  it.each([
    ['not_in_channel', { outcome: 'giveUp', chatGone: true }],
    ['is_archived', { outcome: 'giveUp', chatGone: true }],
    ['account_inactive', { outcome: 'giveUp', accountInvalid: true }],
    ['token_revoked', { outcome: 'giveUp', accountInvalid: true }],
    ['restricted_action', { outcome: 'giveUp' }],
    ['missing_scope', { outcome: 'giveUp' }],
    ['ratelimited', { outcome: 'retry' }],
    ['service_unavailable', { outcome: 'retry' }],
    ['team_added_to_org', { outcome: 'retry' }],
    ['internal_error', { outcome: 'ambiguous' }],
    ['fatal_error', { outcome: 'ambiguous' }],
  ])('%s', async (error, outcome) => {
    bench.server.answers.set('chat.postMessage', () => ({ ok: false, error }))
    expect(await bench.send({})).toEqual({ code: error, ...outcome })
  })

  it.each([
    ['no error', { ok: false }],
    ['an error that is no word', { ok: false, error: { nested: 1 } }],
    ['a sentence with what was sent in it', { ok: false, error: 'Could not deliver "chào đồng chí"' }],
    ['an array', []],
    ['no ok', {}],
  ])('%s is ambiguous, and quotes nothing', async (_name, answer) => {
    bench.server.answers.set('chat.postMessage', () => answer as Record<string, unknown>)
    expect(await bench.send({})).toEqual({ outcome: 'ambiguous', code: 'unreadable_answer' })
  })

  it('are sent even where Slack names no message', async () => {
    bench.server.answers.set('chat.postMessage', () => ({ ok: true, channel: CHANNEL }))
    expect(await bench.send({})).toEqual({ outcome: 'sent' })
  })

  it('wait as long as Slack says, and as the outbox likes where it does not', async () => {
    for (const retryAfterSeconds of [1, 30, 60]) {
      bench.server.faults.push({ kind: 'rateLimited', retryAfterSeconds })
      expect(await bench.send({})).toEqual({ outcome: 'retry', code: 'ratelimited', afterMs: retryAfterSeconds * 1000 })
    }
    bench.server.faults.push({ kind: 'rateLimited', retryAfterSeconds: Number.NaN })
    expect(await bench.send({})).toEqual({ outcome: 'retry', code: 'ratelimited', afterMs: undefined })
  })

  it('are each told for the message they belong to when many are under way', async () => {
    await bench.close()
    // Fifty at once on a busy machine may well take longer than the time-out of the other tests.
    bench = await openBench({ timeoutMs: 20_000 })
    bench.server.faults.push({ kind: 'hang' }, { kind: 'chatGone' }, { kind: 'rateLimited', retryAfterSeconds: 9 })
    const aborting = new AbortController()
    const chat = { id: `${TEAM}:${CHANNEL}`, kind: 'group' as const }
    const first = bench.platform.send({ key: '1', chat, text: '1' }, aborting.signal)
    const rest = await Promise.all(Array.from({ length: 50 }, () => bench.send({})))
    aborting.abort()
    const outcomes = [await first, ...rest].map((outcome) => outcome.outcome)
    expect(outcomes.filter((outcome) => outcome === 'sent')).toHaveLength(48)
    expect(outcomes.toSorted().slice(0, 3)).toEqual(['ambiguous', 'giveUp', 'retry'])
    expect(bench.server.posts).toHaveLength(48)
  })
})
