import { askFirst } from '../dialogue/confirm.ts'
import { type DialogueChange, type Effect, reply } from '../dialogue/effects.ts'
import type { Facts, Reachable } from '../dialogue/facts.ts'
import { askFor } from '../dialogue/fill.ts'
import { requestAsked } from '../dialogue/flow.ts'
import { excuseQuestion } from '../dialogue/other-flows.ts'
import { accessRoleOf, isOfficer } from '../domain/access.ts'
import type { Attendance, Meeting, Organisation } from '../domain/records.ts'
import { type Command, inOrg } from './command.ts'
import { meetingsOf, nextMeeting, whenOf } from './meeting-facts.ts'
import { namedMember } from './named-member.ts'

function answered(
  facts: Facts,
  meeting: Meeting,
  row: Omit<Attendance, 'orgId' | 'occurrence' | 'answeredAt'>,
): Effect[] {
  const { orgId, occurrence } = meeting
  const known = facts.meetings(orgId).some((each) => each.occurrence === occurrence)
  return [
    // An answer makes the meeting a fact: from now on a changed schedule does not silently move it away.
    ...(known ? [] : [{ put: 'meeting' as const, row: meeting }]),
    { put: 'attendance', row: { ...row, orgId, occurrence, answeredAt: facts.now } },
  ]
}

/** Who speaks up so soon after a roll was closed speaks of that meeting, not of the next. */
const objectionHours = 6

/** The meeting that an answer is for; null where none is ahead. */
function askedAbout(facts: Facts, org: Organisation): Meeting | null {
  const oldest = facts.now.getTime() - objectionHours * 3_600_000
  const justClosed = meetingsOf(facts, org).find(
    ({ rollClosedAt, startsAt }) => rollClosedAt !== null && rollClosedAt.getTime() >= oldest && startsAt <= facts.now,
  )
  return justClosed ?? nextMeeting(facts, org)
}

/** "Có mặt": beforehand an intention, while the roll is called the fact. */
export const attend: Command<'meeting.attend'> = {
  intents: ['meeting.attend'],
  may: 'meeting.answer',
  respond(facts, request) {
    const { texts } = facts
    const { org, me } = inOrg(facts)
    if (request.extras?.past) return [reply(texts.pastAttendance(isOfficer(accessRoleOf(me))))]
    const meeting = askedAbout(facts, org)
    if (!meeting) return [reply(texts.noMeetingToAnswer)]
    if (meeting.rollClosedAt) return [reply(texts.answerClosed)]
    const isHere = meeting.rollCallAt !== null
    const answer = isHere ? ('present' as const) : ('attending' as const)
    // Whoever comes after all is not asked any more why they do not.
    const asksWhy = requestAsked(facts)?.intent === 'meeting.excuse'
    return [
      ...(asksWhy ? [{ dialogue: null }] : []),
      ...answered(facts, meeting, { memberId: me.memberId, answer, reasonKind: null, answeredBy: null }),
      reply(isHere ? texts.attendPresent : texts.attendNoted(whenOf(facts, meeting))),
    ]
  },
}

/** "Xin vắng": only the kind of reason is kept, and it is never repeated in the group. */
export const excuse: Command<'meeting.excuse'> = {
  intents: ['meeting.excuse'],
  may: 'meeting.answer',
  respond(facts, request) {
    const { texts } = facts
    const { org, me } = inOrg(facts)
    const meeting = askedAbout(facts, org)
    if (!meeting) return [reply(texts.noMeetingToAnswer)]
    if (meeting.rollClosedAt) return [reply(texts.answerClosed)]
    if (request.extras?.unsure && !request.resolved?.confirmed) {
      return askFirst(texts.excuseAsk(whenOf(facts, meeting)), request, texts.callOffLeft)
    }
    const reasonKind = request.slots.reasonKind ?? null
    const noted = texts.excuseNoted(whenOf(facts, meeting))
    const effects = answered(facts, meeting, { memberId: me.memberId, answer: 'excused', reasonKind, answeredBy: null })
    // A reason is nobody's business but the secretary's: in a group it is not even asked for.
    if (reasonKind || facts.asked.chatKind === 'group') return [...effects, reply(noted)]
    const kinds = ['work', 'sick', 'family', 'other'] as const
    const options = kinds.map((kind, index) => ({
      label: texts.excuseLabels[index] ?? kind,
      slots: { reasonKind: kind },
    }))
    return [...effects, reply(noted), ...askFor(texts.excuseAskReason, request, 'reason', options)]
  },
}

/** The question an officer is busy with, to be put again afterwards. */
function openWith({ dialogue }: Reachable): DialogueChange | undefined {
  if (!dialogue) return undefined
  const { flow, version, state, expecting } = dialogue
  return { flow, version, state, expecting }
}

/** On somebody's behalf: the secretary confirms in private before it counts; an officer's own word counts at once. */
export const excuseFor: Command<'meeting.excuseFor'> = {
  intents: ['meeting.excuseFor'],
  may: 'meeting.answerFor',
  respond(facts, request) {
    const { texts, me: asker } = facts
    const { org, me } = inOrg(facts)
    const meeting = nextMeeting(facts, org)
    if (!meeting) return [reply(texts.noMeetingToAnswer)]
    if (meeting.rollClosedAt) return [reply(texts.answerClosed)]
    const found = namedMember(facts, request, request.slots.name)
    if ('effects' in found) return found.effects
    const { member } = found
    const reasonKind = request.slots.reasonKind ?? null
    if (member.memberId === me.memberId) {
      return [
        ...answered(facts, meeting, { memberId: me.memberId, answer: 'excused', reasonKind, answeredBy: null }),
        reply(texts.excuseNoted(whenOf(facts, meeting))),
      ]
    }
    if (isOfficer(accessRoleOf(me))) {
      return [
        ...answered(facts, meeting, {
          memberId: member.memberId,
          answer: 'excused',
          reasonKind,
          answeredBy: me.memberId,
        }),
        reply(texts.excuseForNoted(facts.asked.chatKind === 'private' ? (member.displayName ?? '') : '').trim()),
      ]
    }
    const officers = facts.officers(org.orgId).filter((officer) => officer.member.role !== 'clerk')
    if (officers.length === 0) return [reply(texts.noOfficerToConfirm)]
    const reason = reasonKind ? texts.reasonNames[reasonKind] : null
    const question = texts.excuseForAsk(
      asker?.displayName ?? '',
      member.displayName ?? '',
      reason,
      whenOf(facts, meeting),
    )
    const { orgId, occurrence } = meeting
    const state = { orgId, occurrence, memberId: member.memberId, reasonKind, question, askedBy: me.memberId }
    const free = officers.filter((officer) => officer.dialogue === null)
    const known = facts.meetings(orgId).some((each) => each.occurrence === occurrence)
    return [
      ...(known ? [] : [{ put: 'meeting' as const, row: meeting }]),
      reply(texts.excuseForAsked),
      ...(free.length > 0 ? free : officers.slice(0, 1)).map(
        (officer): Effect => ({
          askOther: {
            accountId: officer.account.accountId,
            dialogueKey: officer.dialogueKey,
            dialogue: excuseQuestion({ ...state, before: openWith(officer) }),
            text: question,
          },
        }),
      ),
    ]
  },
}
