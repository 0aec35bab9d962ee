/**
 * The port to a chat platform: everything the engine knows of Zalo, Telegram, Slack or the local chat.
 * An adapter translates; it never decides what is said, keeps no conversation and never touches the database.
 */
import type { Addressed } from '../language/intents.ts'

export type PlatformName = 'zalo' | 'telegram' | 'slack' | 'local'

export type EventKind = 'message' | 'action' | 'edited' | 'membership' | 'migrated' | 'unsupported'

/** One update of a platform in neutral form. Ids are the platform's own, as text. */
export interface InboundEvent {
  platform: PlatformName
  /** The bot account that received it: two bots on one platform never mix. */
  accountId: string
  /** Same update, same key: the inbox keeps one row per (platform, accountId, eventKey). */
  eventKey: string
  /** Same message under different event ids (Slack's `app_mention` and `message`): a second guard, where there is one. */
  messageKey?: string
  kind: EventKind
  chat: {
    id: string
    kind: 'group' | 'private'
    /** Topic or thread; answers go back to it. */
    threadId?: string
    /** The thread is a standing topic, which a group may be bound to; without this it is a chain of replies. */
    isTopic?: true
    /** `membership`: not a chat but a whole workspace; every chat whose id begins with `<id>:` is meant. */
    isWorkspace?: true
    /** Never stored; shown to an operator only while a chat is being bound. */
    title?: string
  }
  sender: {
    id: string
    displayName: string
    isBot: boolean
    /** Anonymous administrators, channel posts: nobody can be held to what they write. */
    isAnonymous: boolean
  }
  /** As typed, NFC; empty where there is none. The bot's name is still in it. */
  text: string
  addressed: Addressed
  /** A pressed button: the token that we put there. */
  action?: { token: string; pressId: string }
  /** The platform's id of the message, to reply to. */
  messageId?: string
  /** `membership`: what became of the bot in this chat (or of the private chat). */
  membership?: 'joined' | 'left' | 'blocked' | 'unblocked'
  /** `migrated`: the chat's new id. */
  newChatId?: string
  /** A photo the message carried, by platform reference. */
  photoRef?: string
  occurredAt: string
  /** The inbox row this was waiting behind (a message held for consent): its answers count as that one's. */
  causeInboxId?: number
}

/** Where an adapter hands over what it received. Resolves once the events are durable: acknowledge only then. */
export type Sink = (events: readonly InboundEvent[]) => Promise<void>

export interface Choice {
  label: string
  /** At most 64 bytes of ASCII. */
  token: string
}

export interface OutboundMessage {
  /** Never sent twice under one key. */
  key: string
  chat: { id: string; kind: 'group' | 'private'; threadId?: string }
  /** The message this answers, where the platform can show that. */
  replyTo?: string
  /** Plain text, never markup; escaped by the adapter where its platform needs that. At most `capabilities.maxText`. */
  text: string
  /** Offered as buttons where there are buttons. The text lists them by number in any case. */
  choices?: readonly Choice[]
  /** Only this person may press, and on `privateInGroup` platforms only this person sees it. */
  onlyFor?: string
  /** Shown to `onlyFor` alone, within the group, where the platform can; such a message is never the only receipt. */
  ephemeral?: boolean
  /** A picture by public URL (Zalo) or bytes; sent with the text as caption. */
  photo?: {
    url?: string
    bytes?: Uint8Array
    /** In the outbox: a picture that is kept; becomes bytes or an address when it is sent. Adapters never see it. */
    kept?: number
    fileName: string
  }
  /** A document; only where `capabilities.documents`. */
  document?: { bytes: Uint8Array; fileName: string; mimeType: string }
}

/** What became of a send. Only `sent` and `giveUp` are certain to be final. */
export type SendOutcome =
  | { outcome: 'sent'; messageId?: string }
  /** Refused for now, certainly not delivered. `afterMs` where the platform said when. */
  | { outcome: 'retry'; afterMs?: number; code: string }
  /** Refused for good, certainly not delivered. `chatGone`: nothing can be sent to this chat any more. */
  | { outcome: 'giveUp'; code: string; chatGone?: boolean; accountInvalid?: boolean }
  /** The chat lives on under another id: send there. */
  | { outcome: 'migrated'; newChatId: string }
  /** The request left, no answer came: it may have been delivered. */
  | { outcome: 'ambiguous'; code: string }

export interface Capabilities {
  buttons: boolean
  edit: boolean
  reply: boolean
  privateInGroup: boolean
  threads: boolean
  commandMenu: boolean
  photos: 'url' | 'bytes' | 'none'
  documents: boolean
  /** UTF-16 units in one message. */
  maxText: number
  /** Messages a calendar month (in `TZ_DEFAULT`) that the bot may send; none where unlimited. */
  monthlyQuota?: number
  /** How many people and groups the bot's plan serves; absent where there is no such limit. */
  plan?: { users: number; groups: number }
  /** What this platform allows; the engine keeps within it. */
  rate: { perSecond: number; perChatPerSecond: number; perGroupPerMinute?: number }
  /** Sending twice under one key shows one message: an unknown outcome may always be tried again. */
  isIdempotent?: boolean
  /** Display names of the bot that may stand in a text. */
  botNames: readonly string[]
}

/** One check of `nep doctor`. `detail` never holds a token. */
export interface PlatformCheck {
  name: string
  ok: boolean
  detail: string
}

/** What an adapter needs of a request; a web `Request` is one, and so is what the web server makes without building one. */
export interface WebhookRequest {
  readonly method: string
  readonly headers: { get(name: string): string | null }
  /** The body in parts, or null where there is none. */
  readonly body: AsyncIterable<Uint8Array> | ReadableStream<Uint8Array> | null
}

/** A webhook route: `POST /webhooks/<path>`. The adapter verifies, parses, awaits the sink, then answers. */
export interface WebhookRoute {
  path: string
  handle(request: WebhookRequest): Promise<Response>
}

export interface Platform {
  readonly name: PlatformName
  readonly accountId: string
  readonly capabilities: Capabilities
  /** Routes to mount; empty when this platform polls. */
  readonly webhooks: readonly WebhookRoute[]
  /** Polled, and only by one at a time: of several processes on one database the engine lets one receive. */
  readonly receivesAlone?: boolean
  /** Starts receiving. The returned function stops and resolves when nothing more will be handed to the sink. */
  receive(sink: Sink): Promise<() => Promise<void>>
  send(message: OutboundMessage, signal: AbortSignal): Promise<SendOutcome>
  check(): Promise<PlatformCheck[]>
  /** Answers a pressed button so that the person's app stops waiting; best effort. */
  acknowledgePress?(pressId: string, text?: string): Promise<void>
  /** `nep webhook set|info|delete`, where the platform has webhooks that we register. */
  webhook?: {
    set(publicUrl: string): Promise<PlatformCheck>
    info(): Promise<PlatformCheck>
    delete(): Promise<PlatformCheck>
  }
}
