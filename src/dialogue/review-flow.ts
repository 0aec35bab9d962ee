/** The secretary goes through what waits for approval; every answer is carried out by the commands that also work alone. */

import { isOfForm } from '../domain/forms.ts'
import { deedKey } from '../domain/pledge.ts'
import type { Deed } from '../domain/records.ts'
import { type Effect, reply } from './effects.ts'
import type { Facts } from './facts.ts'
import { type Flow, openFlow } from './flow.ts'

interface State {
  orgId: number
  /** Keys of the deeds as numbered in the list that was shown. */
  items: string[]
}

export interface ReviewItem {
  deed: Deed
  name: string
}

/** What waits for this organisation's approval, oldest first. */
export function waitingForReview(facts: Facts, orgId: number, year: number): ReviewItem[] {
  const { texts } = facts
  const nameOf = (deed: Deed) =>
    deed.subjectKind === 'collective'
      ? facts.organisation(deed.subjectId).name
      : (facts.member(deed.subjectId)?.displayName ?? texts.statusNames.left)
  const org = facts.organisation(orgId)
  // A collective's own pledge is approved one level up; where there is no level above, by the cell itself (§2.4).
  const own = facts
    .deedsIn(orgId, year)
    .filter((deed) => deed.state === 'submitted')
    .filter((deed) => deed.subjectKind === 'individual' || org.parentId === null)
  const below = org.kind === 'committee' ? facts.collectiveWaiting(orgId).filter((deed) => deed.year === year) : []
  return [...own, ...below]
    .sort(
      (a, b) =>
        (a.submittedAt?.getTime() ?? 0) - (b.submittedAt?.getTime() ?? 0) ||
        a.subjectId - b.subjectId ||
        a.number - b.number,
    )
    .map((deed) => ({ deed, name: nameOf(deed) }))
}

export const reviewFlow: Flow<State> = {
  name: 'review',
  version: 1,
  next(state, facts, intent) {
    if (intent.intent === 'dialogue.cancel' || intent.intent === 'dialogue.no') {
      return { done: true, effects: [reply(facts.texts.cancelled)] }
    }
    if (intent.intent === 'dialogue.choose') {
      const key = state.items[intent.slots.choice - 1]
      if (key) return { run: { intent: 'pledge.approve', slots: {}, resolved: { deedKey: key } } }
      const effects = [reply(facts.texts.chooseRange(state.items.length))]
      return { state, expecting: 'choice', effects }
    }
    // "duyệt 2", "trả lại 2 vì …": the number is the list's, unless somebody is named.
    const isDecision = intent.intent === 'pledge.approve' || intent.intent === 'pledge.return'
    if (isDecision && intent.slots.deed !== undefined && !intent.slots.name) {
      const key = state.items[intent.slots.deed - 1]
      if (key) return { run: { ...intent, resolved: { deedKey: key } } }
      const effects = [reply(facts.texts.chooseRange(state.items.length))]
      return { state, expecting: 'choice', effects }
    }
    return { pass: true }
  },
  prompt: (state, facts) => listText(facts, itemsOf(facts, state)),
  expired: () => null,
  upgrade: (version, state) => (version === 1 ? (state as State) : null),
}

function itemsOf(facts: Facts, state: State): ReviewItem[] {
  const year = Number(facts.today.slice(0, 4))
  const waiting = waitingForReview(facts, state.orgId, year)
  return waiting.filter((item) => state.items.includes(deedKey(item.deed)))
}

function listText(facts: Facts, items: readonly ReviewItem[]): string {
  if (items.length === 0) return facts.texts.reviewNone
  return facts.texts.reviewList(
    items.map(({ deed, name }) => ({
      name,
      number: deed.number,
      deed,
      collective: deed.subjectKind === 'collective',
      extra: isOfForm(deed, 'pledge') ? '' : `${facts.texts.formNames.commitment}, `,
    })),
  )
}

/** Most deeds shown in one list: it must fit a message of 2,000 characters. */
const listed = 10

/** Shows what waits and opens the question. */
export function showReview(facts: Facts, orgId: number, items: readonly ReviewItem[]): Effect[] {
  if (items.length === 0) return [reply(facts.texts.reviewNone), { dialogue: null }]
  const shown = items.slice(0, listed)
  return [
    reply(listText(facts, shown)),
    { dialogue: openFlow(reviewFlow, { orgId, items: shown.map((item) => deedKey(item.deed)) }, 'choice') },
  ]
}
