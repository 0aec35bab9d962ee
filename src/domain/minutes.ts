/**
 * Minutes of a meeting: decisions and tasks with counts of hands, offices instead of names, and never what a person said.
 * A published minutes form has time, place, chair, keeper, the roll call, items, votes and the resolution, and with them each
 * speaker's words (domain.md §3.5); of those only how many spoke may be kept, because minutes and what somebody said are on the list
 * of what a chat must not carry (§6.2).
 */
import type { Role } from './member.ts'

export const minutesKinds = ['decision', 'task'] as const
export type MinutesKind = (typeof minutesKinds)[number]

/** The head of a meeting's minutes. */
export interface Minutes {
  orgId: number
  occurrence: string
  /** The office of who presided, and of who noted first. */
  chair: Role | null
  keeper: Role | null
  /** How many spoke. */
  speakers: number | null
  updatedAt: Date
}

/** Removed, an item keeps its number, so that a number never comes to mean something else. */
export interface MinutesItem {
  orgId: number
  occurrence: string
  kind: MinutesKind
  number: number
  /** Null once removed. */
  content: string | null
  votesFor: number | null
  votesAgainst: number | null
  votesOther: number | null
  /** Out of how many, where it was said. */
  votesOf: number | null
  /** A line of the roster … */
  inChargeId: number | null
  /** … or what is in charge and no person. */
  unit: string | null
  dueOn: string | null
  notedAt: Date
  changedAt: Date
  by: number | null
}

/** Counts of hands as they were told; what was not told is not known. */
export interface Votes {
  for?: number
  against?: number
  /** Another opinion, or no vote. */
  other?: number
  /** Out of how many. */
  of?: number
}

/** More items than this are no minutes of an evening; longer ones are what somebody said. */
export const maxMinutesItems = 40
export const maxMinutesLength = 400

export type VotesFault =
  /** For, against and other come to more than the whole, or all three are told and do not come to it. */
  | { kind: 'sum'; counted: number; of: number }
  /** More hands than people who were there. */
  | { kind: 'present'; counted: number; present: number }

/**
 * Why counts cannot be right, or null. `present`: how many the roll call found, members exempt from meetings who came among them
 * (they are counted for votes, domain.md §3.4); null while it is not closed. Fewer hands than people are plausible: probationary
 * members have no vote.
 */
export function votesFault(votes: Votes, present: number | null): VotesFault | null {
  const told = [votes.for, votes.against, votes.other]
  const counted = told.reduce<number>((sum, count) => sum + (count ?? 0), 0)
  const { of } = votes
  if (of !== undefined && (counted > of || (counted < of && told.every((count) => count !== undefined))))
    return { kind: 'sum', counted, of }
  const hands = Math.max(counted, of ?? 0)
  return present !== null && hands > present ? { kind: 'present', counted: hands, present } : null
}

/** What stands, by number. */
export function standingItems(items: readonly MinutesItem[], kind: MinutesKind): MinutesItem[] {
  return items.filter((item) => item.kind === kind && item.content !== null).sort((a, b) => a.number - b.number)
}

/** The number that the next item of a kind gets: none is given twice, also where one was removed. */
export function nextNumber(items: readonly MinutesItem[], kind: MinutesKind): number {
  return items.reduce((most, item) => (item.kind === kind ? Math.max(most, item.number) : most), 0) + 1
}

/** An item without its words and figures: what a removal leaves. */
export function removedItem(item: MinutesItem, now: Date, by: number): MinutesItem {
  const nothing = { content: null, votesFor: null, votesAgainst: null, votesOther: null, votesOf: null }
  return { ...item, ...nothing, inChargeId: null, unit: null, dueOn: null, changedAt: now, by }
}
