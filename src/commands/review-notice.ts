import type { Effect } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'

/** Notes that something waits for the secretary, who is told in batches by the tick. */
export function waitsForReview(facts: Facts, orgId: number): Effect {
  const notice = facts.notice(orgId, 'review')
  const row = {
    orgId,
    kind: 'review' as const,
    waitsFrom: notice?.waitsFrom ?? facts.now,
    lastAt: notice?.lastAt ?? null,
  }
  return { put: 'notice', row }
}
