import { askWhich } from '../dialogue/choose.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import type { Organisation } from '../domain/records.ts'
import { type Command, inOrg, thisYear } from './command.ts'
import { isOneself, namedMember } from './named-member.ts'
import { namedOrganisation } from './organisation-named.ts'
import { commendRight, praiseOf, recorded } from './praise.ts'
import { deedOf } from './rate.ts'

/** More are not listed as a question. */
const maxOptions = 9

/** Which collective is praised or rated: one's own cell; for a committee itself or one of those directly below, by its name. */
export function collectiveNamed(
  facts: Facts,
  request: Request,
  typed: string,
  tooMany: string = facts.texts.commendWhichCollective,
): { org: Organisation } | { effects: Effect[] } {
  const { texts } = facts
  const { org } = inOrg(facts)
  if (typed !== '' || request.resolved?.orgId !== undefined) {
    const isNear = (each: Organisation) => each.orgId === org.orgId || each.parentId === org.orgId
    return namedOrganisation(facts, request, typed, thisYear(facts), isNear)
  }
  const all = [org, ...facts.organisationsBelow(org.orgId)]
  if (all.length === 1) return { org }
  if (all.length > maxOptions) return { effects: [reply(tooMany)] }
  const options = all.map((each) => ({
    label: each.name,
    request: { ...request, resolved: { ...request.resolved, orgId: each.orgId } },
  }))
  return { effects: askWhich(texts.whichOne(all.map((each) => each.name)), options) }
}

function commendCollective(facts: Facts, request: Request, typed: string): Effect[] {
  const { texts } = facts
  const { org } = inOrg(facts)
  const named = collectiveNamed(facts, request, typed)
  if ('effects' in named) return named.effects
  const found = named.org
  const same = facts
    .commendations(org.orgId, thisYear(facts))
    .some((each) => each.kind === 'praise' && each.collectiveId === found.orgId)
  if (same) return [reply(texts.collectiveCommendedAlready(found.name))]
  const row = praiseOf(facts, { memberId: null, collectiveId: found.orgId })
  const above: Effect = {
    say: {
      audience: { to: 'secretaries', orgId: found.orgId },
      text: texts.collectiveCommended(found.name),
      rank: 'notice',
    },
  }
  return [...recorded(row), reply(texts.collectiveCommended(found.name)), ...(found.orgId === org.orgId ? [] : [above])]
}

/** Praise of a member, of one deed or of a collective; praise may be heard by all, so it is told where it was given. */
export const commend: Command<'commend'> = {
  intents: ['commend'],
  may: commendRight,
  respond(facts, request) {
    const { texts } = facts
    const { org } = inOrg(facts)
    const { name, deed: number } = request.slots
    const { collective } = request.extras ?? {}
    if (collective !== undefined) return commendCollective(facts, request, collective)
    if (!name && !request.resolved?.memberId) return [reply(texts.commendWhom)]
    const found = namedMember(facts, request, name ?? '')
    if ('effects' in found) return found.effects
    const { member } = found
    if (isOneself(facts, member)) return [reply(texts.notForOneself)]
    const chosen = number === undefined ? null : deedOf(facts, request, member, number)
    if (chosen && 'effects' in chosen) return chosen.effects
    const displayName = member.displayName ?? ''
    const same = facts
      .commendations(org.orgId, thisYear(facts))
      .some((each) => each.kind === 'praise' && each.memberId === member.memberId && each.number === (number ?? null))
    if (same) return [reply(texts.commendedAlready(displayName))]
    const row = praiseOf(facts, { memberId: member.memberId, collectiveId: null }, { number: number ?? null })
    const told: Effect = {
      say: {
        audience: { to: 'member', memberId: member.memberId },
        text: texts.commendedToMember(number ?? null),
        rank: 'notice',
      },
    }
    return [...recorded(row), reply(texts.commended(displayName, chosen ? chosen.deed : null)), told]
  },
}
