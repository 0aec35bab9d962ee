/** Asks for consent; the one message that prompted the question waits here, for a day at most. */
import { heldMessageHours } from '../domain/consent.ts'
import type { IntentName } from '../language/intents.ts'
import { type Effect, reply } from './effects.ts'
import type { Asked, Facts } from './facts.ts'
import { type Flow, openFlow } from './flow.ts'
import { looksClassified } from './guard.ts'

/** A message that waits, and what it was understood to want. */
export interface Held {
  asked: Asked
  intent: IntentName
}

interface State {
  held: Held | null
}

/** What is answered without consent: to see and erase what is kept, nobody has to agree to more of it. */
const needsNoConsent: ReadonlySet<IntentName> = new Set([
  'help',
  'none',
  'chat.activate',
  'data.show',
  'data.export',
  'data.erase',
  'data.request',
])

export const consentFlow: Flow<State> = {
  name: 'consent',
  version: 1,
  yesNo: (texts) => texts.consentLabels,
  next(state, facts, intent) {
    if (intent.intent === 'consent.give' || intent.intent === 'dialogue.yes') {
      return { run: { intent: 'consent.give', slots: {} } }
    }
    if (intent.intent === 'dialogue.choose' && intent.slots.choice === 1) {
      return { run: { intent: 'consent.give', slots: {} } }
    }
    if (
      intent.intent === 'dialogue.no' ||
      intent.intent === 'consent.withdraw' ||
      intent.intent === 'dialogue.cancel'
    ) {
      return { done: true, effects: [reply(facts.texts.consentRefused)] }
    }
    if (needsNoConsent.has(intent.intent)) return { pass: true }
    // A newer message takes the waiting one's place: what was written last is what is meant.
    const effects = [reply(facts.texts.consentPrompt)]
    return { state: { held: heldOf(facts, intent.intent) ?? state.held }, expecting: 'consent', effects }
  },
  prompt: (_state, facts) => facts.texts.consentPrompt,
  // Silence is an answer too; nothing is kept.
  expired: () => null,
  upgrade: (version, state) => (version === 1 ? (state as State) : null),
}

function heldOf(facts: Facts, intent: IntentName): Held | null {
  // A display name typed elsewhere is not ours to keep.
  if (intent.startsWith('dialogue.') || looksClassified(facts.asked.text)) return null
  return { asked: { ...facts.asked, displayName: '' }, intent }
}

/** Opens the question with the message that has to wait. */
export function askConsent(facts: Facts, intent: IntentName): Effect[] {
  const held = heldOf(facts, intent)
  return [
    reply(facts.texts.consentAsk(held !== null)),
    { dialogue: openFlow(consentFlow, { held }, 'consent', heldMessageHours) },
  ]
}

/** The message held by an open consent, claim or waiting dialogue. */
export function heldMessage(dialogue: { flow: string; state: unknown } | null): Held | null {
  if (!dialogue || !['consent', 'claim', 'awaitLink'].includes(dialogue.flow)) return null
  return (dialogue.state as State).held
}
