/**
 * The real engine on a database of the test's own, with a clock that only moves when it is told to, and a few words to
 * hold conversations with. What a test says here goes the whole way: transcript, inbox, answer, outbox, delivery.
 */
import type { Pool } from 'pg'
import { loadConfig } from '../../src/config.ts'
import type { InboundEvent, OutboundMessage } from '../../src/engine/platform.ts'
import type { MovableClock } from '../../src/local-program.ts'
import { createLog } from '../../src/log.ts'
import { type Program, startProgram } from '../../src/program.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { createRichPlatform, type RichPlatform } from './rich-platform.ts'

/** A Monday morning; what utterances/dev.tsv is labelled for. */
export const monday = new Date('2026-10-05T09:00:00+07:00')

/** A message of the bot: in which chat, and what. */
export interface Heard {
  chat: string
  text: string
}

export interface Rig {
  readonly pool: Pool
  readonly program: Program
  readonly clock: MovableClock
  readonly rich: RichPlatform
  /** Says something in the local chat; resolves with the messages that it caused, in any chat. */
  say(chat: string, person: string, text: string, more?: { replyTo?: string; id?: string }): Promise<Heard[]>
  /** The same in the person's private chat with the bot. */
  tell(person: string, text: string): Promise<Heard[]>
  /** Hands events to the rich platform; resolves with the messages that it was given to send, once nothing waits. */
  emit(...events: InboundEvent[]): Promise<OutboundMessage[]>
  /** The last lines of summaries said here, about the log. They are left out of what is heard: a hash differs with each run. */
  readonly headLines: string[]
  /** Moves the clock, running every tick between; resolves with the messages sent meanwhile. */
  advance(to: string | Date): Promise<Heard[]>
  rows<R = Record<string, unknown>>(sql: string, values?: unknown[]): Promise<R[]>
  /** One value of one row. */
  value<V>(sql: string, values?: unknown[]): Promise<V>
  /** Ends the program (unless a test has stopped it already) and starts it anew; resolves once nothing waits. */
  restart(isRunning?: boolean): Promise<void>
  /** Another process on the same database, sharing the clock. Stop it before the rig. */
  second(): Promise<Program>
  stop(): Promise<void>
}

/** Moves only when it is told to: two runs of a test see the same instants. */
export function createFrozenClock(at: Date): MovableClock {
  let now = at.getTime()
  return {
    now: () => new Date(now),
    set(to) {
      now = to.getTime()
    },
    offsetMs: () => 0,
  }
}

/** Resolves once every event is handled and everything queued is sent or set aside. */
export async function settled(program: Pick<Program, 'pool' | 'engine'>): Promise<void> {
  const isQuiet = async () => {
    const { rows } = await program.pool.query(
      `SELECT NOT EXISTS (SELECT FROM inbox WHERE handled_at IS NULL)
        AND NOT EXISTS (SELECT FROM outbox WHERE state IN ('queued', 'sending')) AS quiet`,
    )
    return rows[0].quiet as boolean
  }
  for (;;) {
    let progressed: () => void = () => {}
    const progress = new Promise<void>((resolve) => {
      progressed = resolve
    })
    const unsubscribe = program.engine.onProgress(() => progressed())
    try {
      if (await isQuiet()) return
      await progress
    } finally {
      unsubscribe()
    }
  }
}

/**
 * Starts the engine. `seed` fills the database before (it must not stay empty, or the demo cell is put there; without
 * it, that is what happens).
 */
export async function startRig(
  options: {
    seed?: (pool: Pool) => Promise<void>
    at?: Date
    /** `PROFILE` and `LOCALE`. */
    kind?: { profile?: string; locale?: string }
  } = {},
): Promise<Rig> {
  const database: TestDatabase = await createTestDatabase()
  if (options.seed) await options.seed(database.pool)
  const clock = createFrozenClock(options.at ?? monday)
  const log = createLog({ level: 'fatal' })
  const config = loadConfig({
    DATABASE_URL: database.url,
    LOCAL_CHAT: 'on',
    PORT: '0',
    PROFILE: options.kind?.profile,
    LOCALE: options.kind?.locale,
  })
  const rich = createRichPlatform()
  let program = await startProgram(config, log, { clock, platforms: [rich] })

  const headLines: string[] = []
  const heard = (messages: readonly { chat: string; text: string }[]): Heard[] =>
    messages.map(({ chat, text }) => ({
      chat,
      text: text.replace(/\n((?:Mã kiểm chứng|Check code) [0-9a-f]{8}, .*)/g, (_, line: string) => {
        headLines.push(line)
        return ''
      }),
    }))
  const rig: Rig = {
    get pool() {
      return database.pool
    },
    get program() {
      return program
    },
    clock,
    rich,
    headLines,
    async say(chat, person, text, more = {}) {
      const { messages } = await program.localChat!.say({ chat, from: person, text, ...more })
      return heard(messages)
    },
    tell: (person, text) => rig.say(`dm:${person}`, person, text),
    async emit(...events) {
      const before = rich.sent.length
      await rich.emit(events)
      await settled(program)
      return rich.sent.slice(before)
    },
    async advance(to) {
      const messages = await program.localChat!.advance(new Date(to))
      // The local chat waits for its own platform alone.
      await settled(program)
      return heard(messages)
    },
    rows: async (sql, values = []) => (await database.pool.query(sql, values)).rows,
    async value(sql, values = []) {
      const { rows } = await database.pool.query({ text: sql, values, rowMode: 'array' })
      return rows[0]?.[0]
    },
    async restart(isRunning = true) {
      if (isRunning) await program.stop()
      program = await startProgram(config, log, { clock, platforms: [rich] })
      await settled(program)
    },
    second: () => startProgram(config, log, { clock, platforms: [createRichPlatform()] }),
    async stop() {
      await program.stop()
      await database.drop()
    },
  }
  return rig
}

/** The texts of messages, one after the other: to look for words in. */
export const textOf = (messages: readonly { text: string }[]): string => messages.map(({ text }) => text).join('\n')
