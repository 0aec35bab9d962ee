/**
 * The people's side of a platform: several persons, one group and everybody's private chat, over the platform's simulator
 * and real HTTP. The script that they play knows nothing of platforms; what one of them lacks is absent here.
 */
import type { Logger } from 'pino'
import type { Platform } from '../../../src/engine/platform.ts'
import type { Program } from '../../../src/program.ts'
import type { Fault } from '../contract/driver.ts'

/** `mention`, `reply` and `command` reach a bot in a group; in private all is said plainly. */
export type Manner = 'plain' | 'mention' | 'reply' | 'command'

export interface Line {
  who: string
  in: 'group' | 'private'
  manner: Manner
  text: string
}

/** A message of the bot as people see it, with the buttons under it. */
export interface Shown {
  /** `group`, or the key of the person whose private chat it stands in; the platform's own id for anything else. */
  where: string
  text: string
  buttons: { label: string; token: string }[]
}

export interface Town {
  readonly title: string
  /** Absent where the program makes the platform by itself. */
  readonly platform?: Platform
  /** Ids of the group and of the people, as the adapter reports them. */
  readonly groupId: string
  personId(who: string): string
  /** Called once the program runs. */
  open?(program: Program): void
  /** Resolves once the program has made it durable. */
  say(line: Line): Promise<void>
  /** The updates that a saying becomes, each to be delivered as often and whenever one likes. */
  updatesOf?(line: Line): (() => Promise<void>)[]
  /** From now on this happens to that share of the bot's sends; null: all is well. */
  disturb?(fault: NetworkFault | null, chance?: number): void
  /** Whether the platform says after how long to try again. */
  saysWhen?: true
  shown(): Promise<Shown[]> | Shown[]
  /** Delivers the last update once more. */
  repeat?(): Promise<void>
  /** Somebody presses a button that stands in the group or in their private chat. */
  press?(who: string, where: 'group' | 'private', token: string): Promise<void>
  /** Presses so far, and how many of them the bot answered so that the person's app stopped waiting. */
  presses?(): { made: number; answered: number }
  /** Changes what was said before. */
  edit?(line: Line): Promise<void>
  unsupported(who: string, where: 'group' | 'private'): Promise<void>
  /** True where `unsupported` means something. */
  unreadable?: true
  /** Written by an administrator whom the platform does not name. */
  anonymous?(text: string): Promise<void>
  /** The bot is put out of the group, or asked back. */
  member?(membership: 'left' | 'joined'): Promise<void>
  close(): Promise<void>
}

/** What goes wrong with a send that reaches the platform. */
export type NetworkFault = Extract<
  Fault,
  { kind: 'serverError' | 'rateLimited' | 'resetAfterBody' | 'hang' | 'malformedJson' }
>

export type OpenTown = (context: { log: Logger; people: Readonly<Record<string, string>> }) => Promise<Town>
