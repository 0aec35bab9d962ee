import { type Effect, reply } from '../dialogue/effects.ts'
import type { Commendation } from '../domain/records.ts'
import { type Command, inOrg, thisYear } from './command.ts'
import { namedMember } from './named-member.ts'
import { deedOf } from './rate.ts'

/** Praise of a member or of one deed; praise may be heard by all, so it is told where it was given. */
export const commend: Command<'commend'> = {
  intents: ['commend'],
  may: 'commend',
  respond(facts, request) {
    const { texts, now } = facts
    const { org, me } = inOrg(facts)
    const { name, deed: number } = request.slots
    if (!name && !request.resolved?.memberId) return [reply(texts.commendWhom)]
    const found = namedMember(facts, request, name ?? '')
    if ('effects' in found) return found.effects
    const { member } = found
    const chosen = number === undefined ? null : deedOf(facts, request, member, number)
    if (chosen && 'effects' in chosen) return chosen.effects
    const year = thisYear(facts)
    const displayName = member.displayName ?? ''
    const same = facts
      .commendations(org.orgId, year)
      .some((each) => each.kind === 'praise' && each.memberId === member.memberId && each.number === (number ?? null))
    if (same) return [reply(texts.commendedAlready(displayName))]
    const row: Commendation = {
      commendationId: facts.newId('commendation'),
      orgId: org.orgId,
      year,
      memberId: member.memberId,
      collectiveId: null,
      number: number ?? null,
      kind: 'praise',
      title: null,
      result: null,
      period: null,
      at: now,
      by: me.memberId,
    }
    const told: Effect = {
      say: {
        audience: { to: 'member', memberId: member.memberId },
        text: texts.commendedToMember(number ?? null),
        rank: 'notice',
      },
    }
    return [
      { put: 'commendation', row },
      {
        audit: {
          orgId: org.orgId,
          action: 'member.commended',
          subject: `member:${member.memberId}`,
          details: { number: number ?? null },
        },
      },
      reply(texts.commended(displayName, chosen ? chosen.deed : null)),
      told,
    ]
  },
}
