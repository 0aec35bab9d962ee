/**
 * The monthly question about progress, put by the program of its own accord. It may be answered in any way, of one deed or
 * of all; it never comes back after another request, and its running out is not spoken of.
 */
import { isOpenDeed } from '../domain/deed-figures.ts'
import { deedKey, standing } from '../domain/pledge.ts'
import type { Deed } from '../domain/records.ts'
import { readRoundAnswer } from '../language/round-answers.ts'
import { type Effect, reply } from './effects.ts'
import type { Facts } from './facts.ts'
import type { Flow } from './flow.ts'
import { progressNoted } from './progress-noted.ts'

export interface ProgressAsked {
  memberId: number
  year: number
  /** The deeds asked about. */
  numbers: number[]
}

const allOpen = (facts: Facts, { memberId, year }: ProgressAsked): Deed[] =>
  standing(facts.deeds('individual', memberId, year)).filter(isOpenDeed)

const openDeeds = (facts: Facts, state: ProgressAsked): Deed[] =>
  allOpen(facts, state).filter((deed) => state.numbers.includes(deed.number))

/** Members answer for themselves: who has lost the line since is not listened to. */
const isTheirs = (facts: Facts, state: ProgressAsked) =>
  facts.memberships.some((member) => member.memberId === state.memberId && member.status !== 'left')

export const progressFlow: Flow<ProgressAsked> = {
  name: 'progressRound',
  version: 1,
  next(state, facts, intent) {
    const { texts } = facts
    if (!isTheirs(facts, state)) return { pass: true }
    const asked = openDeeds(facts, state)
    if (asked.length === 0) return intent.intent.startsWith('dialogue.') ? { done: true, effects: [] } : { pass: true }
    const all = readRoundAnswer(facts.asked.text)
    // "Cả 2" are all that are not done, also where one of them was told of before and not asked about.
    const open = allOpen(facts, state)
    const deeds = all?.of === open.length ? open : asked
    if (all?.of !== undefined && all.of !== deeds.length) {
      return { state, expecting: 'progress', effects: [reply(texts.progressHowMany(open.length))] }
    }
    if (all || intent.intent === 'dialogue.no') {
      const noted = deeds.map((deed) => {
        if (all && 'done' in all) return progressNoted(facts, deed, { done: true })
        if (all && 'percent' in all) return progressNoted(facts, deed, { percent: all.percent })
        // "Nothing yet" is an answer; what was reached before stands.
        return progressNoted(facts, deed, { percent: deed.percent ?? 0 })
      })
      const text = all && !('nothing' in all) ? noted.map((each) => each.text).join('\n') : texts.progressNothing
      return { done: true, effects: [...noted.flatMap((each): Effect[] => each.effects), reply(text)] }
    }
    if (intent.intent === 'progress.report') {
      const [only] = deeds
      if (intent.slots.deed === undefined && deeds.length === 1 && only)
        return { run: { ...intent, resolved: { deedKey: deedKey(only) } } }
      // Asked in December and answered in January, a number is still one of those asked about.
      return { run: { ...intent, extras: { ...intent.extras, year: intent.extras?.year ?? state.year } } }
    }
    return { pass: true }
  },
  prompt: (state, facts) => facts.texts.progressQuestion(openDeeds(facts, state)),
  expired: () => null,
  dropped: () => null,
  upgrade: (version, state) => (version === 1 ? (state as ProgressAsked) : null),
}
