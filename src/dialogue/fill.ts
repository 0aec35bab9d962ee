/** "One thing is missing": the answer completes a request that is already understood. */
import type { Expecting, Intent } from '../language/intents.ts'
import { type Choice, type Effect, reply } from './effects.ts'
import { type Flow, openFlow, type Request } from './flow.ts'

interface State {
  question: string
  request: Request
  expecting: Expecting
  /** What a number stands for, where the question lists some. */
  options?: Record<string, unknown>[]
}

/** The request with what the answer adds to it; null when the answer is about something else. */
function completed(state: State, intent: Intent): Request | null {
  const { request } = state
  const withSlots = (slots: object, extras?: Intent['extras']) =>
    ({ ...request, slots: { ...request.slots, ...slots }, extras: { ...request.extras, ...extras } }) as Request
  if (intent.intent === 'dialogue.choose') {
    const option = state.options?.[intent.slots.choice - 1]
    return option ? withSlots(option) : null
  }
  if (intent.intent === request.intent) {
    // "sửa việc 2 …" while asked about deed 1 is another request.
    const other = 'deed' in intent.slots && 'deed' in request.slots && intent.slots.deed !== request.slots.deed
    return other ? null : withSlots(intent.slots, intent.extras)
  }
  if (request.intent === 'pledge.edit' && intent.intent === 'pledge.register' && intent.slots.deeds.length === 1) {
    return withSlots(intent.slots.deeds[0]!, intent.extras)
  }
  return null
}

export const fill: Flow<State> = {
  name: 'fill',
  version: 1,
  next(state, facts, intent) {
    const request = completed(state, intent)
    if (request) return { run: request }
    if (intent.intent === 'dialogue.choose' && state.options) {
      return { state, expecting: state.expecting, effects: [reply(facts.texts.chooseRange(state.options.length))] }
    }
    return { pass: true }
  },
  prompt: (state) => state.question,
  expired: (_state, facts) => facts.texts.questionExpired,
  upgrade: (version, state) => (version === 1 ? (state as State) : null),
}

/** Asks for what a request still lacks. */
export function askFor(
  question: string,
  request: Request,
  expecting: Expecting,
  options?: { label: string; slots: Record<string, unknown> }[],
): Effect[] {
  const choices: Choice[] | undefined = options?.map((option, index) => ({ label: option.label, number: index + 1 }))
  const state: State = { question, request, expecting, options: options?.map((option) => option.slots) }
  return [reply(question, choices), { dialogue: openFlow(fill, state, expecting) }]
}
