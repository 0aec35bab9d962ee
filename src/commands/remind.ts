import { type Effect, reply } from '../dialogue/effects.ts'
import { actionIn } from '../domain/access.ts'
import type { AccountMember } from '../domain/records.ts'
import { type Command, inOrg, thisYear } from './command.ts'
import { missingMembers } from './figures.ts'
import { nextMeeting, whenOf } from './meeting-facts.ts'
import { aboutWhat, silentMembers } from './missing.ts'
import { roundAnswers } from './progress-silent.ts'
import { remindBelow } from './remind-below.ts'

/** A member is reminded on request at most so often in seven days. */
export const nudgesPerWeek = 2

/** Also whoever agreed again since, until a secretary has confirmed that it is they. */
const hasWithdrawn = (links: readonly Pick<AccountMember, 'state'>[]) =>
  links.some(({ state }) => state === 'withdrawn' || state === 'reclaimed') &&
  !links.some(({ state }) => state === 'linked')

/**
 * Reminds the silent only: each privately where that is possible, the others by one line in the group without names.
 */
export const remind: Command<'remind.now'> = {
  intents: ['remind.now'],
  may: (facts) => (facts.org ? actionIn(facts.org, 'remind.now') : 'remind.now'),
  respond(facts, request) {
    const { texts, now } = facts
    const { org } = inOrg(facts)
    if (org.kind === 'committee') return remindBelow(facts, org, request.slots.about)
    const year = thisYear(facts)
    const about = aboutWhat(facts, request.slots.about)
    const meeting = about === 'meeting' ? nextMeeting(facts, org) : null
    if (about === 'meeting' && !meeting) return [reply(texts.noMeetingToAnswer)]
    const silent =
      about === 'pledge'
        ? missingMembers(facts, org.orgId, year)
        : about === 'progress'
          ? roundAnswers(facts, org.orgId).silent
          : silentMembers(facts, org.orgId, meeting?.occurrence ?? '')
    const nudges = facts.nudges(org.orgId)
    // Who took their consent back is written to in no way and noted nowhere; whoever asked hears how many they are.
    const withdrawn = new Set(
      facts
        .together(silent, (member) => (hasWithdrawn(facts.linksOf(member.memberId)) ? [member.memberId] : []))
        .flat(),
    )
    const asked = silent.filter((member) => !withdrawn.has(member.memberId))
    const due = asked.filter((member) => (nudges.get(member.memberId) ?? 0) < nudgesPerWeek)
    const reachable = facts.reachableMembers(org.orgId)
    const closesOn = facts.campaign(org.orgId, year).closesOn
    const when = meeting ? whenOf(facts, meeting) : ''
    const text =
      about === 'pledge'
        ? texts.nudgePledge(org.name, closesOn)
        : about === 'progress'
          ? texts.nudgeProgress(org.name)
          : texts.nudgeMeeting(org.name, when)
    const groupText =
      about === 'pledge'
        ? texts.nudgeGroup.pledge(closesOn)
        : about === 'progress'
          ? texts.nudgeGroup.progress
          : texts.nudgeGroup.meeting(when)
    const privately = due.filter((member) => reachable.has(member.memberId))
    const inGroup = due.filter((member) => !reachable.has(member.memberId))
    const effects = due.map(
      (member): Effect => ({
        put: 'nudge',
        row: { nudgeId: facts.newId('nudge'), memberId: member.memberId, about, at: now },
      }),
    )
    return [
      ...effects,
      ...privately.map(
        (member): Effect => ({ say: { audience: { to: 'member', memberId: member.memberId }, text, rank: 'notice' } }),
      ),
      ...(inGroup.length > 0
        ? [{ say: { audience: { to: 'group' as const, orgId: org.orgId }, text: groupText, rank: 'notice' as const } }]
        : []),
      {
        audit: {
          orgId: org.orgId,
          action: 'remind.sent',
          subject: `organisation:${org.orgId}`,
          details: { about, count: due.length },
        },
      },
      reply(texts.nudged(privately.length, inGroup.length, asked.length - due.length, withdrawn.size)),
    ]
  },
}
