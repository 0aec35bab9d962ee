/** What an answer comes to: changes of rows, messages, audit entries, the state of the dialogue. Nothing else happens. */
import type { Dialogue, RecordName, Records } from '../domain/records.ts'
import type { Asked } from './facts.ts'

/** Who is meant; the engine finds the chat. */
export type Audience =
  /** Where the question was asked. */
  | { to: 'here' }
  /** The person who asked, alone: their private chat, else one line in the group saying how to open one. */
  | { to: 'sender' }
  | { to: 'member'; memberId: number }
  /** Every group of an organisation, once each. */
  | { to: 'group'; orgId: number }
  /** Secretary and deputies who can be written to. */
  | { to: 'secretaries'; orgId: number }
  | { to: 'account'; accountId: number }
  | { to: 'address'; address: Dialogue['address'] }

export interface Choice {
  /** Short words of the button; the text lists the same choices by number. */
  label: string
  number: number
}

export interface Say {
  audience: Audience
  text: string
  choices?: readonly Choice[]
  /** Never sent twice under one key. Answers get theirs from the message answered. */
  key?: string
  /** A second copy does no harm (a summary); never true for receipts. */
  isRepeatable?: boolean
  /** Pointless after this instant. */
  expiresAt?: Date
  /** What goes first when a monthly quota runs low; see `domain/thrift`. */
  rank?: 'receipt' | 'answer' | 'notice' | 'courtesy'
}

/** Numbers, states and dates only: an audit entry never holds a name or a text. */
export interface Audit {
  orgId: number | null
  action: string
  subject: string
  details?: Record<string, string | number | boolean | null>
}

export type Change = { [K in RecordName]: { put: K; row: Records[K] } | { remove: K; row: Records[K] } }[RecordName]

/** The dialogue of the person who asked, in this chat; null closes it. */
export interface DialogueChange {
  flow: string
  version: number
  state: unknown
  expecting: string | null
  /** How long the question stays open; a day and a night of silence at least. */
  hours?: number
}

export type Effect =
  | Change
  | { say: Say }
  | { dialogue: DialogueChange | null }
  /** Opens a question with somebody else, in their private chat. */
  | {
      askOther: {
        accountId: number
        dialogueKey: string
        dialogue: DialogueChange
        text: string
        choices?: readonly Choice[]
      }
    }
  | { audit: Audit }
  /** Lets a message that had to wait (for consent, for the secretary's confirmation) be handled now. */
  | { replay: { key: string; asked: Asked } }
  /** Removes every trace of an account's person from places only the store knows (transcripts, queued messages). */
  | { forget: Forget }

/** Whom and what to forget in places that only the store knows: history, queued messages, transcripts. */
export interface Forget {
  memberIds: number[]
  people: { platform: string; externalId: string }[]
  /** Their private chats. */
  chatIds: number[]
  names: string[]
  texts: string[]
}

/** A short way to answer where the question was asked. */
export function reply(text: string, choices?: readonly Choice[]): Effect {
  return { say: { audience: { to: 'here' }, text, ...(choices ? { choices } : {}) } }
}
