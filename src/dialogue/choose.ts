/** "Which one?": a numbered question whose every option is a complete request. */

import type { Choice, Effect } from './effects.ts'
import { type Flow, openFlow, type Request } from './flow.ts'

interface State {
  question: string
  options: { label: string; request: Request }[]
}

export const choose: Flow<State> = {
  name: 'choose',
  version: 1,
  next(state, facts, intent) {
    if (intent.intent === 'dialogue.choose') {
      const option = state.options[intent.slots.choice - 1]
      if (option) return { run: option.request }
      const text = facts.texts.chooseRange(state.options.length)
      return { state, expecting: 'choice', effects: [{ say: { audience: { to: 'here' }, text } }] }
    }
    if (intent.intent === 'dialogue.no') return { done: true, effects: [cancelled(facts.texts.cancelled)] }
    return { pass: true }
  },
  prompt: (state) => state.question,
  expired: (_state, facts) => facts.texts.questionExpired,
  upgrade: (version, state) => (version === 1 ? (state as State) : null),
}

function cancelled(text: string): Effect {
  return { say: { audience: { to: 'here' }, text } }
}

/** Asks which of several complete requests is meant. The question must list the options by number. */
export function askWhich(question: string, options: { label: string; request: Request }[]): Effect[] {
  const choices: Choice[] = options.map((option, index) => ({ label: option.label, number: index + 1 }))
  return [
    { say: { audience: { to: 'here' }, text: question, choices } },
    { dialogue: openFlow(choose, { question, options }, 'choice') },
  ]
}
