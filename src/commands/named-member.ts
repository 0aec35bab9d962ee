/** Who is meant by a name: one match is taken, several are asked about, none is said. Never silently wrong. */

import { askWhich } from '../dialogue/choose.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import type { Member } from '../domain/records.ts'
import { matchName } from '../language/names.ts'
import { inOrg } from './command.ts'

export function namedMember(facts: Facts, request: Request, name: string): { member: Member } | { effects: Effect[] } {
  const { texts } = facts
  const { org } = inOrg(facts)
  const roster = facts.roster(org.orgId).filter((member) => member.displayName !== null && member.status !== 'left')
  const resolved = roster.find((member) => member.memberId === request.resolved?.memberId)
  if (resolved) return { member: resolved }
  const matches = matchName(
    name,
    roster.map((member) => ({ id: member.memberId, name: member.displayName ?? '' })),
  )
  const members = matches.flatMap((match) => roster.filter((member) => member.memberId === match.id))
  if (members.length === 1 && members[0]) return { member: members[0] }
  if (members.length === 0) return { effects: [reply(texts.nameUnknownOfficer(name))] }
  const labels = members.map((member) => member.displayName ?? '')
  const options = members.map((member, index) => ({
    label: labels[index] ?? '',
    request: { ...request, resolved: { ...request.resolved, memberId: member.memberId } },
  }))
  return { effects: askWhich(texts.whichOne(labels), options) }
}

/** Nobody rates or praises themselves by their office: that is for others (domain.md §2.4, §2.5). */
export function isOneself(facts: Facts, member: Member): boolean {
  return facts.memberships.some((own) => own.memberId === member.memberId)
}
