/** The meetings of the organisation spoken of, and how they are named in a text. */

import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { localAt } from '../domain/calendar.ts'
import { flagSaluteOf, meetingsAround, themeFor, upcoming } from '../domain/meeting.ts'
import { countsInDenominator, excludedStatuses } from '../domain/participation.ts'
import type { Attendance, Meeting, Member, Organisation } from '../domain/records.ts'
import type { Texts } from '../texts/texts.ts'
import { byGivenName, nameOf } from './figures.ts'

export function meetingsOf(facts: Facts, org: Organisation): Meeting[] {
  return meetingsAround(facts.schedule(org.orgId), facts.meetings(org.orgId), org, facts.holidays(), facts.now)
}

export function nextMeeting(facts: Facts, org: Organisation): Meeting | null {
  return upcoming(meetingsOf(facts, org), facts.now)[0] ?? null
}

/** '19 giờ 30, thứ Bảy, ngày 03/10/2026' in the cell's zone. */
export function whenOf(facts: Facts, meeting: Meeting): string {
  return facts.texts.dateTime(meeting.startsAt, facts.timeZone)
}

/** The theme that applies to a meeting: its own, its month's, else its quarter's. */
export function themeOf(facts: Facts, org: Organisation, occurrence: string): string | null {
  return themeFor(occurrence, facts.themes(org.orgId))
}

/** '6 giờ 45' before a meeting with a flag salute; null for one without. */
export function saluteOf(facts: Facts, org: Organisation, meeting: Meeting): string | null {
  const salute = flagSaluteOf(facts.schedule(org.orgId), meeting, facts.timeZone)
  return salute ? facts.texts.hour(localAt(salute, facts.timeZone).time) : null
}

/** When, where and what about: one line for a meeting that is planned. */
export function lineOf(facts: Facts, org: Organisation, meeting: Meeting): string {
  const { texts } = facts
  const theme = themeOf(facts, org, meeting.occurrence)
  const when = whenOf(facts, meeting)
  if (meeting.kind === 'thematic') return texts.thematicWhen(when, meeting.place, theme, meeting.isMoved)
  const salute = saluteOf(facts, org, meeting)
  return [
    texts.meetingWhen(when, meeting.place, theme, meeting.isMoved),
    ...(meeting.kind === 'combined' ? [texts.combinedToo] : []),
    ...(salute ? [texts.flagSalute(salute)] : []),
  ].join(' ')
}

/** Tells the cell's group; the secretary who asked in private hears that it was told. */
export function announce(facts: Facts, orgId: number, text: string): Effect[] {
  if (facts.asked.chatKind === 'group') return [reply(text)]
  if (!facts.hasGroup(orgId)) return [reply(`${text}\n${facts.texts.noGroupTold}`)]
  return [reply(`${text}\n${facts.texts.told}`), { say: { audience: { to: 'group', orgId }, text, rank: 'receipt' } }]
}

/** Expected, excused and silent, by name, with those who do not count: for those who may see the answers. */
export function answersText(
  texts: Texts,
  when: string,
  roster: readonly Member[],
  given: readonly Attendance[],
): string {
  const counted = byGivenName(roster.filter((member) => countsInDenominator(member.status)))
  const answers = new Map(given.map((row) => [row.memberId, row]))
  return texts.beforeMeeting({
    when,
    expected: counted.filter((member) => answers.get(member.memberId)?.answer === 'attending').length,
    total: counted.length,
    excused: counted.flatMap((member) => {
      const answer = answers.get(member.memberId)
      if (answer?.answer !== 'excused') return []
      const name = nameOf(member, texts.erasedName)
      return [answer.reasonKind ? `${name} (${texts.reasonNames[answer.reasonKind]})` : name]
    }),
    silent: counted.filter((member) => !answers.has(member.memberId)).map((member) => nameOf(member, texts.erasedName)),
    notCounted: excludedStatuses
      .filter((status) => status !== 'left' && roster.some((member) => member.status === status))
      .map((status) =>
        texts.excludedPart(roster.filter((member) => member.status === status).length, texts.statusNames[status]),
      )
      .join(', '),
  })
}
