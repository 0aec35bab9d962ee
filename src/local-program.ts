/** The local chat's view of the program: says, waits until everything is delivered, moves the clock. */
import { createHash } from 'node:crypto'
import type { Engine } from './engine/engine.ts'
import type { LocalChat, LocalMessageView, LocalTranscript } from './engine/local-chat.ts'
import type { LocalPlatform } from './platforms/local/index.ts'
import { channels } from './store/channels.ts'
import { causedMessages, isQuietNow, isSettled } from './store/local-progress.ts'
import type { Pool } from './store/pool.ts'
import { writeSetting } from './store/setting.ts'

/** The program's clock: real time, moved forward by what the local chat asked for. */
export interface MovableClock {
  now(): Date
  /** Moves so that now is `to`. */
  set(to: Date): void
  offsetMs(): number
}

export function createClock(offsetMs: number): MovableClock {
  let offset = offsetMs
  return {
    now: () => new Date(Date.now() + offset),
    set(to) {
      offset = to.getTime() - Date.now()
    },
    offsetMs: () => offset,
  }
}

export const clockSetting = 'localClockOffsetMs'

/** How often somebody who waits looks whether another process of the program has done it. */
const lookEveryMs = 250

/** How long an answer may take before the caller is told what is there. */
const patienceMs = 60_000

/** Publishes each new message of a transcript to whoever watches. */
export function watched(transcript: LocalTranscript) {
  const watchers = new Set<(message: LocalMessageView) => void>()
  const published: LocalTranscript = {
    ...transcript,
    async append(message) {
      const stored = await transcript.append(message)
      if (stored.isNew) for (const watcher of watchers) watcher(stored)
      return stored
    },
  }
  return {
    transcript: published,
    subscribe(watcher: (message: LocalMessageView) => void) {
      watchers.add(watcher)
      return () => watchers.delete(watcher)
    },
  }
}

export function createLocalChat(deps: {
  pool: Pool
  clock: MovableClock
  local: LocalPlatform
  engine: Engine
  transcript: LocalTranscript
  subscribe: LocalChat['subscribe']
}): LocalChat {
  const { pool, clock, local, engine, transcript } = deps

  /** Resolves when `isDone` holds, looking after each batch handled or delivered. */
  function until(isDone: () => Promise<boolean>): Promise<void> {
    return new Promise((resolve, reject) => {
      let isLooking = false
      let lookAgain = false
      const finish = (error?: unknown) => {
        stop()
        clearTimeout(timer)
        clearInterval(looking)
        if (error) reject(error)
        else resolve()
      }
      const look = async () => {
        if (isLooking) {
          lookAgain = true
          return
        }
        isLooking = true
        try {
          if (await isDone()) return finish()
        } catch (error) {
          return finish(error)
        } finally {
          isLooking = false
        }
        if (lookAgain) {
          lookAgain = false
          void look()
        }
      }
      const stop = engine.onProgress(() => void look())
      const timer = setTimeout(() => finish(), patienceMs)
      const looking = setInterval(() => void look(), lookEveryMs)
      void look()
    })
  }

  /** One move of the clock at a time. */
  let moving: Promise<unknown> = Promise.resolve()

  async function moveTo(to: Date): Promise<LocalMessageView[]> {
    const before = await transcript.lastId()
    for (;;) {
      const next = await engine.nextDueAt(clock.now())
      if (!next || next > to) break
      clock.set(next)
      await engine.runTick()
      await until(() => isQuietNow(pool))
    }
    if (to > clock.now()) clock.set(to)
    await writeSetting(pool, clockSetting, clock.offsetMs())
    await pool.query(`NOTIFY ${channels.clock}`)
    await engine.runTick()
    await until(() => isQuietNow(pool))
    return transcript.sentAfter(before)
  }

  return {
    chats: transcript.chats,
    async say(input) {
      const said = await local.say(input)
      if (!said.handed) return { id: said.messageId, messages: [] }
      const eventKey = createHash('sha256')
        .update(JSON.stringify([said.eventKey]))
        .digest('base64url')
        .slice(0, 27)
      await until(() => isSettled(pool, eventKey))
      return { id: said.messageId, messages: await causedMessages(pool, eventKey) }
    },
    transcript: (chat, after) => transcript.messages(chat, after),
    subscribe: deps.subscribe,
    now: clock.now,
    advance(to) {
      const move = moving.then(() => moveTo(to))
      moving = move.catch(() => {})
      return move
    },
  }
}
