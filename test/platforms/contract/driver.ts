/**
 * What the contract suite asks of each platform's test set-up: a real adapter, talking over real HTTP on loopback to a
 * server that behaves as the platform does, and a hand on that server.
 */
import type { Logger } from 'pino'
import type { Platform } from '../../../src/engine/platform.ts'

/** How a saying reaches the bot. In a private chat only `plain` and `command` make sense. */
export type Manner = 'plain' | 'mention' | 'reply' | 'command'

/** Something said on the platform; the driver turns it into the platform's own form (adds the bot's mention, quotes, …). */
export interface Saying {
  in: 'private' | 'group'
  manner: Manner
  /** Without the mention; a command begins with `/`. */
  text: string
  /** Default `person`. */
  by?: 'person' | 'otherBot'
}

/** A message of the bot as the people in the chat see it. */
export interface SeenMessage {
  chatId: string
  /** Text as shown: what the platform unescapes is unescaped. */
  text: string
  /** True where any part was shown as something else than plain characters (bold, link, a mention that rings). */
  hasMarkup: boolean
}

/**
 * What the platform does to the bot's next send (once; and not to any other request).
 * `resetAfterBody`, `hang` and `malformedJson` happen after the request was read; `refuseConnection` before it left.
 */
export type Fault =
  | { kind: 'serverError'; status: 500 | 502 | 503 }
  | { kind: 'rateLimited'; retryAfterSeconds: number }
  | { kind: 'resetAfterBody' }
  | { kind: 'hang' }
  | { kind: 'malformedJson' }
  | { kind: 'refuseConnection' }
  | { kind: 'tokenInvalid' }
  | { kind: 'chatGone' }

/** A webhook request that must be refused, with the reason in `name` ("secret of another platform"). */
export interface Forgery {
  name: string
  request: Request
}

export interface WebhookDriver {
  /** The body that the platform would send for this saying; each call is a new message. */
  body(saying: Saying): Promise<string> | string
  /** A request as the platform makes it: its URL ends in `/webhooks/<path>`, its secret or signature is right for these bytes. */
  sign(body: string | Uint8Array): Request
  /** The same body with every wrong proof the platform knows: missing, wrong, short, other platform's, stale, future. */
  forge(body: string): Forgery[]
}

export interface ContractDriver {
  readonly platform: Platform
  /** Token, secrets: none may ever show in a log line, an outcome, an error or a check. */
  readonly secrets: readonly string[]
  readonly privateChat: { id: string; kind: 'private' }
  readonly groupChat: { id: string; kind: 'group' }
  /** The person who says things, as the adapter must report them. */
  readonly person: { id: string; displayName: string }
  /** Resolves once the platform has taken it, before or after it reaches the bot. */
  say(saying: Saying): Promise<void>
  /** The platform delivers its last update once more, as it does when an acknowledgement got lost. */
  redeliver(): Promise<void>
  /**
   * `performance.now()` of each acknowledgement of an update that the platform saw so far: the webhook answered 2xx, the
   * offset moved past it, the next update was asked for.
   */
  acknowledgedAt(): readonly number[]
  sentMessages(): Promise<readonly SeenMessage[]> | readonly SeenMessage[]
  /** Applies to the next send only. */
  fault(fault: Fault): Promise<void> | void
  /** Something the platform delivers without readable content (feature `unsupportedMessages`). */
  sayUnsupported?(): Promise<void>
  /** A person presses a button that carries this token (feature `buttons`). */
  press?(token: string): Promise<void>
  /** Feature `webhook`. */
  webhook?: WebhookDriver
  /** Closes the server; the suite has stopped the adapter before. */
  close(): Promise<void>
}

/** What a platform may lack; each key leaves out the rows that need it. */
export type Feature =
  /** The bot hears group messages that address nobody. */
  | 'hearsUnaddressed'
  /** The bot hears other bots. */
  | 'hearsOtherBots'
  /** The platform says after how long to try again. */
  | 'retryAfter'
  /** The platform (or this mode of it) delivers by webhook. */
  | 'webhook'
  /** The platform delivers an update again when it was not acknowledged. */
  | 'redelivery'
  | 'buttons'
  /** The platform tells of messages whose content it withholds. */
  | 'unsupportedMessages'
  /** Sends cross a network, under a credential and a limit. */
  | 'network'

export interface ContractOptions {
  /** Features that are missing, each with the reason; everything else is tested. */
  lacks: Partial<Record<Feature, string>>
  /**
   * Makes a fresh server and a fresh adapter. The adapter logs to `log`, has time-outs of at most a few hundred milliseconds
   * and is not receiving yet.
   */
  setup(context: { log: Logger }): Promise<ContractDriver>
}
