/** Durable conversations: a flow is an open question, its state plain JSON with a version. */
import type { Expecting, Intent } from '../language/intents.ts'
import type { DialogueChange, Effect } from './effects.ts'
import type { Facts } from './facts.ts'

/** An intent whose words have been matched against the cell's rows; what an answer to "which one?" completes. */
export type Request = Intent & {
  resolved?: {
    memberId?: number
    orgId?: number
    year?: number
    /** 'individual:12:2026:1' as `deedKey` writes it. */
    deedKey?: string
    deedKeys?: string[]
    confirmed?: boolean
    /** The person asked for exactly this, knowing what they give up. */
    accountId?: number
  }
}

/** What a flow does with an answer. `pass`: not an answer to this question, treat it as a command of its own. */
export type Step<S> =
  | { state: S; expecting: Expecting | null; effects: Effect[] }
  | { done: true; effects: Effect[] }
  /** The question is settled by carrying this out. */
  | { run: Request; effects?: Effect[] }
  | { pass: true }

export interface Flow<S> {
  name: string
  version: number
  /** Asks for a yes or a no: the words of its two buttons, yes first, that stand under it where there are buttons. */
  yesNo?(texts: Facts['texts']): readonly string[]
  /** Answers an open question. */
  next(state: S, facts: Facts, intent: Intent): Step<S>
  /** The question once more, after something else was answered in between. */
  prompt(state: S, facts: Facts): string
  /** Said when nobody answered in time; null where silence is better. */
  expired(state: S, facts: Pick<Facts, 'texts'>): string | null
  /** Said when another question takes this one's place; the plain line where it is missing, null where nothing is lost. */
  dropped?(state: S, facts: Facts, by: DialogueChange): string | null
  /** State written by an older version, made current; null gives the question up. */
  upgrade(version: number, state: unknown): S | null
}

/** Part of the state of a question brought to somebody busy: theirs, which is put again once this one is settled. */
export interface Interrupting {
  before?: DialogueChange
}

export function openFlow<S>(flow: Flow<S>, state: S, expecting: Expecting | null, hours = 72): DialogueChange {
  return { flow: flow.name, version: flow.version, state, expecting, hours }
}

/** The request that the open question is about: what it still lacks, or whether it is meant; null where none is. */
export const requestAsked = ({ dialogue }: Pick<Facts, 'dialogue'>): Request | null =>
  (dialogue?.state as { request?: Request } | null | undefined)?.request ?? null
