import pino from 'pino'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { InboundEvent, Platform } from '../../../src/engine/platform.ts'
import { createTelegram } from '../../../src/platforms/telegram/index.ts'
import { seededRandom } from '../contract/mutations.ts'
import { BOT, BotApiServer, type ServerFault } from './bot-api-server.ts'
import { FAST } from './tuning.ts'
import { GROUP, message, SUPERGROUP } from './updates.ts'

let server: BotApiServer
let telegram: Platform
let stop: (() => Promise<void>) | undefined

beforeEach(async () => {
  server = await new BotApiServer().start()
  const tuning = { ...FAST, sendMs: 150, pollSeconds: 0, pollGraceMs: 150 }
  const log = pino({ level: 'silent' })
  telegram = await createTelegram({ token: BOT.token, apiRoot: server.apiRoot, log, commandMenu: [], tuning })
})

afterEach(async () => {
  await stop?.()
  stop = undefined
  await server.stop()
})

/** Half of all calls go wrong: 30 % with 5xx, the rest in every other way. */
function anyFault(random: () => number, longestWaitSeconds = 60): ServerFault | undefined {
  const way = random()
  const delivered = random() < 0.5
  if (way < 0.3) return { kind: 'status', status: [500, 502, 503][Math.floor(random() * 3)] as number }
  if (way < 0.36)
    return {
      kind: 'refuse',
      code: 429,
      description: 'Too Many Requests',
      parameters: { retry_after: Math.min(1 + Math.floor(random() * 60), longestWaitSeconds) },
    }
  if (way < 0.41) return { kind: 'reset', delivered }
  if (way < 0.43) return { kind: 'hang', delivered }
  if (way < 0.47) return { kind: 'malformed', delivered }
  if (way < 0.5) return { kind: 'cut', delivered }
  return undefined
}

describe('under faults', () => {
  it('600 messages: none lost, none doubled where the outcome is known, every retry_after passed on', async () => {
    const random = seededRandom(20_261_004)
    const asked = new Map<string, number>()
    server.plan = (call) => {
      if (call.method !== 'sendMessage') return undefined
      const fault = anyFault(random)
      if (fault?.kind === 'refuse') asked.set(String(call.payload.text), Number(fault.parameters?.retry_after) * 1000)
      return fault
    }
    const tally = { sent: 0, ambiguous: 0, retries: 0, toldToWait: 0 }
    const ambiguous = new Set<string>()
    /** As the outbox does it, without the waiting. */
    async function deliver(text: string): Promise<void> {
      for (;;) {
        const message = { key: text, chat: { id: '-100', kind: 'group' as const }, text }
        const outcome = await telegram.send(message, new AbortController().signal)
        if (outcome.outcome === 'retry') {
          tally.retries += 1
          if (outcome.code === 'tooManyRequests') {
            tally.toldToWait += 1
            expect(outcome.afterMs).toBe(asked.get(text))
          }
          continue
        }
        if (outcome.outcome === 'ambiguous') {
          tally.ambiguous += 1
          ambiguous.add(text)
        } else {
          expect(outcome.outcome).toBe('sent')
          tally.sent += 1
        }
        return
      }
    }
    const texts = Array.from({ length: 600 }, (_, index) => `tin ${index}`)
    const waiting = [...texts]
    const worker = async () => {
      for (let text = waiting.pop(); text !== undefined; text = waiting.pop()) await deliver(text)
    }
    await Promise.all(Array.from({ length: 8 }, worker))

    const arrived = new Map<string, number>()
    for (const { payload } of server.sent)
      arrived.set(String(payload.text), (arrived.get(String(payload.text)) ?? 0) + 1)
    for (const text of texts) {
      const count = arrived.get(text) ?? 0
      if (ambiguous.has(text)) expect(count, text).toBeLessThanOrEqual(1)
      else expect(count, text).toBe(1)
    }
    expect(tally.toldToWait).toBeGreaterThan(20)
    const delivered = [...ambiguous].filter((text) => arrived.has(text)).length
    process.stdout.write(
      `${JSON.stringify({ name: 'telegram sends under faults', messages: 600, ...tally, ambiguousThatArrived: delivered })}\n`,
    )
  })

  it('1,000 updates with repetitions, out of order, over a failing server and a failing sink: all stored', async () => {
    const random = seededRandom(7)
    server.plan = (call) => (call.method === 'getUpdates' ? anyFault(random, 0.01) : undefined)
    const pushed = Array.from({ length: 1_000 }, (_, index) => server.push(message(`tin ${index}`)))
    // Neighbours within a batch change places; Telegram's own queue is sorted, which is why an offset can confirm.
    for (let index = 0; index + 1 < server.queue.length; index += 10) {
      const [one, two] = [server.queue[index]!, server.queue[index + 1]!]
      server.queue[index] = two
      server.queue[index + 1] = one
    }
    const stored = new Map<string, InboundEvent>()
    let sinkCalls = 0
    stop = await telegram.receive(async (events) => {
      sinkCalls += 1
      if (random() < 0.2) throw new Error('database away')
      for (const event of events) if (!stored.has(event.eventKey)) stored.set(event.eventKey, event)
      if (random() < 0.1) server.repeatLast()
    })
    await vi.waitFor(() => expect(stored.size).toBe(1_000), { timeout: 20_000, interval: 5 })
    for (const update of pushed)
      expect(stored.get(String(update.update_id))?.text).toBe(
        update.message && (update.message as { text: string }).text,
      )
    process.stdout.write(
      `${JSON.stringify({ name: 'telegram polling under faults', updates: 1_000, requests: server.callsOf('getUpdates').length, sinkCalls })}\n`,
    )
  })

  it.each(['told first', 'heard first'])(
    'a migration %s is one event under one key, between the messages of both chats',
    async (order) => {
      const events: InboundEvent[] = []
      stop = await telegram.receive(async (batch) => void events.push(...batch))
      const told = message('', { text: undefined, chat: GROUP, migrate_to_chat_id: SUPERGROUP.id })
      const heard = message('', { text: undefined, chat: SUPERGROUP, migrate_from_chat_id: GROUP.id })
      server.push(message('/tonghop', { chat: GROUP }))
      if (order === 'heard first') server.push(message('/tonghop', { chat: SUPERGROUP }))
      for (const part of order === 'told first' ? [told, heard] : [heard, told]) server.push(part)
      await vi.waitFor(() => expect(events.filter((event) => event.kind === 'migrated').length).toBe(2))
      const [first, second] = events.filter((event) => event.kind === 'migrated')
      for (const event of [first, second]) {
        expect(event).toMatchObject({ chat: { id: String(GROUP.id) }, newChatId: String(SUPERGROUP.id) })
      }
      expect(first?.eventKey).not.toBe(second?.eventKey)
      expect(first?.messageKey).toBe(second?.messageKey)
    },
  )
})
