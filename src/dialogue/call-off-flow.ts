/** "Why is the meeting called off?": everybody is told why and reports count it, so it is asked before anything is said. */
import { askFirst } from './confirm.ts'
import { type Choice, type Effect, reply } from './effects.ts'
import { type Flow, openFlow, type Request } from './flow.ts'

interface State {
  question: string
  request: Request
  /** What the numbers stand for, where the question lists some. */
  options: Request[]
}

export const callOffFlow: Flow<State> = {
  name: 'callOffReason',
  version: 1,
  next(state, facts, intent) {
    const { texts } = facts
    if (intent.intent === 'dialogue.choose' && state.options.length > 0) {
      const option = state.options[intent.slots.choice - 1]
      if (option) return { run: option }
      return { state, expecting: 'choice', effects: [reply(texts.chooseRange(state.options.length))] }
    }
    const { cancelled, reason, noReason, isReasonUnsure, period } = intent.extras ?? {}
    const isAnswer = intent.intent === 'meeting.move' && cancelled && (reason !== undefined || noReason)
    // "huỷ họp tháng 12 vì bão" is a request of its own; without a month it says why.
    if (!isAnswer || period !== undefined || Object.keys(intent.slots).length > 0) return { pass: true }
    const request = {
      ...state.request,
      extras: { ...state.request.extras, ...(noReason ? { noReason } : { reason }) },
    } as Request
    if (!isReasonUnsure || reason === undefined) return { run: request }
    return { done: true, effects: askFirst(texts.callOffReasonIs(reason), request, texts.callOffLeft) }
  },
  prompt: (state) => state.question,
  expired: (_state, facts) => facts.texts.questionExpired,
  upgrade: (version, state) => (version === 1 ? (state as State) : null),
}

/** Asks why, in words of one's own or by the number of one of `options`. */
export function askWhyCalledOff(
  question: string,
  request: Request,
  options: { label: string; request: Request }[] = [],
): Effect[] {
  const choices: Choice[] = options.map((option, index) => ({ label: option.label, number: index + 1 }))
  const state: State = { question, request, options: options.map((option) => option.request) }
  return [
    reply(question, choices.length > 0 ? choices : undefined),
    { dialogue: openFlow(callOffFlow, state, 'choice') },
  ]
}
