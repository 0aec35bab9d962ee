/** "Is that right?": yes carries a request out, no leaves everything as it is. */

import { type Effect, reply } from './effects.ts'
import { type Flow, openFlow, type Request } from './flow.ts'

interface State {
  question: string
  request: Request
  noText: string
}

export const confirm: Flow<State> = {
  name: 'confirm',
  version: 1,
  yesNo: (texts) => texts.yesNoLabels,
  next(state, _facts, intent) {
    const isYes = intent.intent === 'dialogue.yes' || (intent.intent === 'dialogue.choose' && intent.slots.choice === 1)
    const isNo = intent.intent === 'dialogue.no' || (intent.intent === 'dialogue.choose' && intent.slots.choice === 2)
    if (isYes) return { run: { ...state.request, resolved: { ...state.request.resolved, confirmed: true } } }
    if (isNo) return { done: true, effects: [reply(state.noText)] }
    return { pass: true }
  },
  prompt: (state) => state.question,
  expired: (_state, facts) => facts.texts.questionExpired,
  upgrade: (version, state) => (version === 1 ? (state as State) : null),
}

/** Asks before a request is carried out. */
export function askFirst(question: string, request: Request, noText: string): Effect[] {
  return [reply(question), { dialogue: openFlow(confirm, { question, request, noText }, 'confirm') }]
}
