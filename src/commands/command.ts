/** One thing a person can ask for: the intents it serves, who may, and the answer. */

import type { Effect } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import type { Action } from '../domain/access.ts'
import type { Organisation } from '../domain/records.ts'
import type { IntentName } from '../language/intents.ts'

export interface Command<N extends IntentName = IntentName> {
  intents: readonly N[]
  /**
   * The right it takes in the organisation spoken of, by `domain/access`; null where none is needed because the
   * command only concerns the person who asks. A function where it depends on what is asked.
   */
  may: Action | null | ((facts: Facts, request: Request & { intent: N }) => Action | null)
  /** Answered before any consent: it stores nothing about the person. */
  beforeConsent?: boolean
  respond(facts: Facts, request: Request & { intent: N }): Effect[]
}

/** What `respond` may rely on once access was granted: somebody linked, in an organisation. */
export function inOrg(facts: Facts): { org: Organisation; me: NonNullable<Facts['me']> } {
  if (!facts.org || !facts.me)
    throw new Error('a command that needs a right was reached without organisation or member')
  return { org: facts.org, me: facts.me }
}

/** The year spoken of today. */
export function thisYear(facts: Facts): number {
  return Number(facts.today.slice(0, 4))
}
