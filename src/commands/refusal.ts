/** Why not, in words that fit the organisation: a committee's people do not go to the secretary of a chi bộ. */
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { RefusalReason } from '../domain/access.ts'
import type { Organisation } from '../domain/records.ts'

export function refused({ texts }: Facts, why: RefusalReason, org: Pick<Organisation, 'kind'> | null): Effect {
  const ofCommittee: Partial<Record<RefusalReason, string>> = texts.committeeRefusals
  return reply((org?.kind === 'committee' ? ofCommittee[why] : undefined) ?? texts.refusals[why])
}
