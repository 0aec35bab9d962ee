/** A roll call that waits for its result: the secretary who opened it says who was not there. */
import { type Flow, openFlow } from './flow.ts'

interface State {
  question: string
}

/** A meeting lasts an evening; what is written a day later is a correction, which needs no open question. */
const hours = 24

export const rollCallFlow: Flow<State> = {
  name: 'rollCall',
  version: 1,
  next(_state, _facts, intent) {
    return intent.intent === 'meeting.rollCall' && intent.extras?.rollCall ? { run: intent } : { pass: true }
  },
  prompt: (state) => state.question,
  expired: () => null,
  dropped: () => null,
  upgrade: (version, state) => (version === 1 ? (state as State) : null),
}

export const awaitRollCall = (question: string) => openFlow(rollCallFlow, { question }, 'rollCall', hours)
