import { afterEach, describe, expect, it } from 'vitest'
import type { OutboundMessage } from '../../../src/engine/platform.ts'
import { mutate, mutationCount, seededRandom } from '../contract/mutations.ts'
import type { Fault } from '../contract.ts'
import { openBench, type SlackTestBench } from './bench.ts'
import * as payloads from './payloads.ts'
import { BOT_USER, CHANNEL, PERSON, type SlackServer, TEAM } from './slack-server.ts'

let bench: SlackTestBench
afterEach(() => bench.close())

/** 30 % server errors, and every other fault now and then; refused connections have their place in the contract suite. */
function faultFor(random: () => number): Fault | undefined {
  const way = random()
  if (way < 0.3) return { kind: 'serverError', status: ([500, 502, 503] as const)[Math.floor(random() * 3)]! }
  if (way < 0.4) return { kind: 'rateLimited', retryAfterSeconds: 1 + Math.floor(random() * 60) }
  if (way < 0.44) return { kind: 'resetAfterBody' }
  if (way < 0.48) return { kind: 'malformedJson' }
  if (way < 0.482) return { kind: 'hang' }
  return undefined
}

/** An outbox as the engine's: repeats what was certainly not delivered, parks what is unknown. */
async function deliverAll(messages: readonly OutboundMessage[], before: (server: SlackServer) => void) {
  const ends = { sent: [] as string[], parked: [] as string[], waitedMs: [] as number[] }
  for (const message of messages) {
    for (;;) {
      before(bench.server)
      const outcome = await bench.send(message)
      if (outcome.outcome === 'retry') {
        if (outcome.afterMs !== undefined) ends.waitedMs.push(outcome.afterMs)
        continue
      }
      if (outcome.outcome === 'sent') ends.sent.push(message.text)
      else ends.parked.push(`${outcome.outcome}: ${message.text}`)
      break
    }
  }
  return ends
}

describe('faults while sending', () => {
  it('lose nothing and double nothing of which the outcome is known', async () => {
    bench = await openBench()
    const random = seededRandom(42)
    const messages = Array.from({ length: 400 }, (_, index) => ({
      key: `k${index}`,
      chat: {
        id: `${TEAM}:${index % 2 ? CHANNEL : PERSON.userId}`,
        kind: index % 2 ? ('group' as const) : ('private' as const),
      },
      text: `tin ${index}`,
    }))
    const ends = await deliverAll(messages, (server) => {
      const fault = faultFor(random)
      if (fault) server.faults.push(fault)
    })
    const arrived = bench.server.posts.map((post) => post.text)
    expect(ends.sent.length + ends.parked.length).toBe(messages.length)
    // Every kind of end did occur: of an empty list all would be true.
    expect(ends.sent.length).toBeGreaterThan(200)
    expect(ends.parked.length).toBeGreaterThan(0)
    expect(ends.waitedMs.length).toBeGreaterThan(0)
    expect(ends.parked.every((end) => end.startsWith('ambiguous'))).toBe(true)
    expect(arrived).toEqual(ends.sent)
    expect(new Set(arrived).size).toBe(arrived.length)
    expect(ends.waitedMs.every((ms) => ms >= 1_000 && ms <= 60_000)).toBe(true)
    process.stdout.write(
      `${JSON.stringify({ name: 'slack faults while sending', messages: messages.length, sent: ends.sent.length, parked: ends.parked.length, retriedAfter: ends.waitedMs.length })}\n`,
    )
  })
})

describe('faults while receiving', () => {
  it('keep every post once under duplicates, reordering and a sink that fails', async () => {
    bench = await openBench()
    const random = seededRandom(7)
    // An inbox like the engine's: one row per event key, and one per message key.
    const kept = new Map<string, string>()
    bench.inbox.beforeStored = async () => {
      if (random() < 0.2) throw new Error('the database does not answer')
      for (const event of bench.inbox.calls.at(-1)!) kept.set(event.messageKey ?? event.eventKey, event.text)
    }
    const bodies: string[] = []
    for (let index = 0; index < 200; index++) {
      const mention = payloads.appMention(`việc ${index}`)
      bodies.push(
        payloads.eventBody(mention),
        payloads.eventBody({ ...mention, type: 'message', channel_type: 'channel' }),
      )
      bodies.push(payloads.payloadForm(payloads.buttonPress(`t${index}`)))
    }
    const pending = [...bodies, ...bodies.filter(() => random() < 0.5)]
    while (pending.length > 0) {
      const [body] = pending.splice(Math.floor(random() * pending.length), 1)
      if ((await bench.post(body!)) !== 200) pending.push(body!)
    }
    expect(kept.size).toBe(400)
    expect([...kept.values()].filter((text) => text.startsWith('@nep việc'))).toHaveLength(200)
  })

  it('hand a channel over in the order in which it spoke, though names take time', async () => {
    bench = await openBench()
    const texts = Array.from({ length: 30 }, (_, index) => `tin ${index}`)
    await Promise.all(
      texts.map((text, index) => {
        const user = `U${index}`
        return bench.post(payloads.eventBody(payloads.appMention(text, { user })))
      }),
    )
    expect(bench.inbox.events.map((event) => event.text.replace('@nep ', ''))).toEqual(texts)
  })

  it('cost the name, not the message, when Slack does not tell names, and stop asking', async () => {
    bench = await openBench()
    bench.server.answers.set('users.info', () => ({ ok: false, error: 'service_unavailable' }))
    const before = bench.server.calls.length
    for (let index = 0; index < 20; index++) {
      const body = payloads.eventBody(payloads.privateMessage('chào', { user: `U${index}` }))
      expect((await bench.read(body)).sender).toMatchObject({ id: `${TEAM}:U${index}`, displayName: '' })
    }
    expect(bench.server.calls.length - before).toBe(1)
  })

  it(
    'refuse bodies that are no form of Slack, keep nothing, and name nobody in the log',
    async () => {
      bench = await openBench()
      const random = seededRandom(20_261_004)
      const canary = 'Nguyễn Thị Kanarienvogel 0987654321'
      const sound = [
        payloads.form(payloads.slashCommand('/dangky', canary)),
        payloads.payloadForm(payloads.buttonPress('pick:1', { user: { id: PERSON.userId, name: canary } })),
        payloads.eventBody({ type: 'tokens_revoked', tokens: { oauth: [], bot: [BOT_USER] } }, { event_time: 1 }),
        payloads.eventBody({
          ...payloads.groupMessage(''),
          subtype: 'message_changed',
          message: payloads.groupMessage(canary),
        }),
      ]
      const payload = JSON.stringify(payloads.buttonPress('pick:1'))
      const paths = ['slack/events', 'slack/commands', 'slack/actions']
      const count = mutationCount(3_000)
      const statuses: Record<number, number> = {}
      for (let index = 0; index < count; index++) {
        const damaged = mutate(index % 5 === 4 ? payload : sound[index % 5]!, random)
        const body =
          index % 5 === 4 ? payloads.form({ payload: Buffer.from(damaged as string).toString('utf8') }) : damaged
        const status = await bench.post(body as string, { path: paths[index % 3]! })
        statuses[status] = (statuses[status] ?? 0) + 1
        if (status !== 200 && !(status >= 400 && status < 500)) expect.fail(`answered ${status} to mutation ${index}`)
      }
      for (const event of bench.inbox.events) {
        expect(JSON.stringify(event)).not.toMatch(/\\u0000|\\ud[89a-f]/)
        expect([event.chat.id.split(':')[0], event.sender.id.split(':')[0]]).not.toContain('')
        expect(new Date(event.occurredAt).toISOString()).toBe(event.occurredAt)
      }
      expect(bench.logged()).not.toMatch(/Kanarienvogel|0987654321|kanarienvogel|Bearer/)
      process.stdout.write(
        `${JSON.stringify({ name: 'slack mutated forms', count, statuses, stored: bench.inbox.events.length })}\n`,
      )
    },
    60_000 + mutationCount(3_000) * 5,
  )
})
