/**
 * What the local chat (page and `/local/*`, docs: contracts) needs from the program. Implemented in `main`
 * out of the local platform, the engine and the store.
 */
/** The one bot account of the local platform. */
export const LOCAL_BOT_ACCOUNT = 'local'

export interface LocalAccountView {
  key: string
  name: string
  role: string
}

export interface LocalChatView {
  chat: string
  title: string
  kind: 'group' | 'private'
  accounts: LocalAccountView[]
}

export interface LocalMessageView {
  id: string
  chat: string
  /** An account's key; null for the bot. */
  from: string | null
  text: string
  at: string
  replyTo?: string
}

export interface LocalChat {
  chats(): Promise<LocalChatView[]>
  /**
   * Says something as a person, waits until it is handled and every message caused by it is delivered.
   * Rejects with `UnknownLocalName` for an account or chat that does not exist.
   */
  say(input: { chat: string; from: string; text: string; replyTo?: string; id?: string }): Promise<{
    id: string
    messages: LocalMessageView[]
  }>
  /** Oldest first; `after` is a message id. */
  transcript(chat: string, after?: string): Promise<LocalMessageView[]>
  /** Calls back for each new message of any chat, until the returned function is called. */
  subscribe(onMessage: (message: LocalMessageView) => void): () => void
  now(): Date
  /** Moves the clock forward, running every tick in between; resolves with the messages sent meanwhile. */
  advance(to: Date): Promise<LocalMessageView[]>
}

export class UnknownLocalName extends Error {}

/** Where the local platform keeps its accounts, chats and transcript; implemented by the store. */
export interface LocalTranscript {
  chats(): Promise<LocalChatView[]>
  /** Stores a message once per dedupe key; resolves with the stored one (also when it was there already). */
  append(message: {
    chat: string
    from: string | null
    text: string
    at: Date
    dedupeKey: string
    replyTo?: string
    causeInboxId?: number
  }): Promise<LocalMessageView & { isNew: boolean }>
  messages(chat: string, after?: string): Promise<LocalMessageView[]>
  /** The bot's messages after `afterId` (exclusive), any chat. */
  sentAfter(afterId: string): Promise<LocalMessageView[]>
  find(id: string): Promise<(LocalMessageView & { chat: string }) | null>
  lastId(): Promise<string>
}
