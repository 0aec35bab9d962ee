/** What a scene of the cell's year has to do with: who is there, and how they are heard. */
import type { Heard, Rig } from '../../flows/rig.ts'
import type { Person } from '../crowd.ts'
import type { Meant } from '../printed.ts'
import type { Stage } from '../stage.ts'

export interface Cast {
  rig: Rig
  stage: Stage
  ids: { root: number; cell: number; other: number }
  people: readonly Person[]
  secretary: Person
  deputy: Person
  clerk: Person
  /** Who no longer answers. */
  gone: Set<string>
  /** Who has a private chat with the bot. */
  linked: Set<string>
  /** Meetings that nobody comes to: '2026-10'. */
  notHeld: Set<string>
  dm(person: Person, text: string, meant?: Meant): Promise<Heard[]>
  group(person: Person, text: string, meant?: Meant): Promise<Heard[]>
}

/** A part of the year that is told in a file of its own: plans what its people do. */
export type Scene = (cast: Cast) => void

export const zone = 'Asia/Ho_Chi_Minh'

/** An instant of the cell's wall clock. */
export const vn = (day: string, time: string) => `${day}T${time.padStart(5, '0')}:00+07:00`

/** Fails the year where an answer is not what the scene is about. */
export function expectHeard(heard: readonly Heard[], words: string): void {
  if (!heard.some(({ text }) => text.includes(words)))
    throw new Error(`"${words}" was not said, but: ${heard.map(({ chat, text }) => `[${chat}] ${text}`).join('\n')}`)
}

/** Whether what was said belongs to a period whose books are closed. */
export const isRefused = (heard: readonly Heard[]): boolean =>
  heard.some(({ text }) => text.includes('đã khoá sổ ngày'))
