/** Who are you on the roster? And, until a secretary has confirmed it, the wait. */
import { heldMessageHours } from '../domain/consent.ts'
import type { Held } from './consent-flow.ts'
import { type Effect, reply } from './effects.ts'
import { type Flow, openFlow } from './flow.ts'

interface ClaimState {
  held: Held | null
  /** Selector of a code that was right and waits for the name of its holder. */
  selector: string | null
}

export const claimFlow: Flow<ClaimState> = {
  name: 'claim',
  version: 1,
  next(_state, facts, intent) {
    if (intent.intent === 'member.claim') return { run: intent }
    if (intent.intent === 'dialogue.cancel') return { done: true, effects: [reply(facts.texts.cancelled)] }
    return { pass: true }
  },
  prompt: (_state, facts) => facts.texts.askName,
  expired: () => null,
  upgrade: (version, state) => (version === 1 ? (state as ClaimState) : null),
}

/** Nothing is asked of the member; the message waits for the secretary. */
export const awaitLink: Flow<{ held: Held | null }> = {
  name: 'awaitLink',
  version: 1,
  next: () => ({ pass: true }),
  prompt: (_state, facts) => facts.texts.claimSent,
  expired: () => null,
  upgrade: (version, state) => (version === 1 ? (state as { held: Held | null }) : null),
}

export function askName(question: string, held: Held | null, selector: string | null = null): Effect[] {
  return [reply(question), { dialogue: openFlow(claimFlow, { held, selector }, 'name', heldMessageHours) }]
}

/** Also where no message waits: it keeps where the claim was made, to answer there. */
export function waitForLink(held: Held | null): Effect {
  return { dialogue: openFlow(awaitLink, { held }, null, heldMessageHours) }
}
