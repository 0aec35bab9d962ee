/** Whoever decides goes through what waits; every answer is carried out by the commands that also work alone. */

import { periodReviewed } from '../domain/closing.ts'
import { isOfForm } from '../domain/forms.ts'
import { deedKey } from '../domain/pledge.ts'
import type { Deed, Member } from '../domain/records.ts'
import { isDecider, waitingAt } from './approval.ts'
import { type Effect, reply } from './effects.ts'
import type { Facts } from './facts.ts'
import { type Flow, openFlow } from './flow.ts'

interface State {
  /** Keys of the deeds as numbered in the list that was shown. */
  items: string[]
}

export interface ReviewItem {
  deed: Deed
  name: string
  /** The organisation that decides. */
  orgId: number
}

/** The asking person's lines that could decide on something: in a group the group's own, in private all. */
export function decidingLines(facts: Facts, decides: (member: Member) => boolean): Member[] {
  const { asked, org } = facts
  return facts.memberships.filter(
    (member) => decides(member) && (asked.chatKind === 'private' || member.orgId === org?.orgId),
  )
}

/**
 * What waits where these lines decide: what the person may decide on, and what of their own lies there for somebody
 * else.
 */
export function waitingFor(facts: Facts, lines: readonly Member[]): { items: ReviewItem[]; others: Deed[] } {
  const { texts } = facts
  const year = Number(facts.today.slice(0, 4))
  // What was handed in before the turn of the year is decided on until that year is closed, while it is judged.
  const isLastReviewed = periodReviewed(facts.today) === String(year - 1)
  const yearsOf = (orgId: number) =>
    isLastReviewed && !facts.closedPeriods(orgId).includes(String(year - 1)) ? [year - 1, year] : [year]
  const nameOf = (deed: Deed) =>
    deed.subjectKind === 'collective'
      ? facts.organisation(deed.subjectId).name
      : (facts.member(deed.subjectId)?.displayName ?? texts.erasedName)
  const items: ReviewItem[] = []
  const others: Deed[] = []
  for (const line of lines) {
    const waiting = facts.together(yearsOf(line.orgId), (each) => waitingAt(facts, line.orgId, each)).flat()
    const judged = facts.together(waiting, (deed) => ({
      deed,
      name: nameOf(deed),
      decides: isDecider(facts, line, deed),
    }))
    for (const { deed, name, decides } of judged) {
      if (items.some((item) => deedKey(item.deed) === deedKey(deed))) continue
      if (decides) items.push({ deed, name, orgId: line.orgId })
      else others.push(deed)
    }
  }
  return { items, others }
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
    const { numbers, except } = intent.extras ?? {}
    if (numbers) {
      const named = numbers.map((number) => state.items[number - 1])
      if (named.every((key) => key !== undefined)) {
        const deedKeys = except ? state.items.filter((key) => !named.includes(key)) : named
        return { run: { intent: 'pledge.approve', slots: {}, resolved: { deedKeys } } }
      }
      return { state, expecting: 'choice', effects: [reply(facts.texts.chooseRange(state.items.length))] }
    }
    // "duyệt 2", "trả lại 2 vì …": the number is the list's, unless somebody is named.
    const isDecision = intent.intent === 'pledge.approve' || intent.intent === 'pledge.return'
    if (isDecision && intent.slots.deed !== undefined && !intent.slots.name && !intent.extras?.ofCell) {
      const key = state.items[intent.slots.deed - 1]
      if (key) return { run: { ...intent, resolved: { deedKey: key } } }
      const effects = [reply(facts.texts.chooseRange(state.items.length))]
      return { state, expecting: 'choice', effects }
    }
    return { pass: true }
  },
  prompt(state, facts) {
    const { items } = waitingFor(
      facts,
      decidingLines(facts, () => true),
    )
    return listText(
      facts,
      items.filter((item) => state.items.includes(deedKey(item.deed))),
    )
  },
  expired: () => null,
  upgrade: (version, state) => (version === 1 ? (state as State) : null),
}

function listText(facts: Facts, items: readonly ReviewItem[]): string {
  if (items.length === 0) return facts.texts.reviewNone
  return facts.texts.reviewList(
    items.map(({ deed, name }) => ({
      name,
      number: deed.number,
      deed,
      collective: deed.subjectKind === 'collective',
      extra: [
        ...(isOfForm(deed, 'pledge') ? [] : [`${facts.texts.formNames.commitment}, `]),
        ...(deed.year === Number(facts.today.slice(0, 4)) ? [] : [`${facts.texts.period(String(deed.year))}, `]),
      ].join(''),
    })),
  )
}

/** Most deeds shown in one list: it must fit a message of 2,000 characters. */
const listed = 10

/** Shows what waits and opens the question. */
export function showReview(facts: Facts, items: readonly ReviewItem[], others: readonly Deed[]): Effect[] {
  const { texts } = facts
  if (items.length === 0) {
    return [reply(others.length > 0 ? texts.reviewOwnOnly(others.length) : texts.reviewNone), { dialogue: null }]
  }
  const shown = items.slice(0, listed)
  return [
    reply(listText(facts, shown)),
    { dialogue: openFlow(reviewFlow, { items: shown.map((item) => deedKey(item.deed)) }, 'choice') },
  ]
}
