/** A decision or task as it was told, made a row: counts held against the roll call, who is in charge against the roster. */
import { askWhich } from '../dialogue/choose.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import { attendanceOfCounts } from '../domain/attendance.ts'
import type { Role } from '../domain/member.ts'
import { type MinutesItem, type Votes, votesFault } from '../domain/minutes.ts'
import type { Meeting, Organisation } from '../domain/records.ts'
import { rosterRoleOf, rosterWord } from '../domain/roster-words.ts'
import type { MinutesDraft } from '../language/minutes-item-reader.ts'
import { matchName } from '../language/names.ts'
import { fold } from '../language/normalise.ts'
import { inOrg } from './command.ts'

/** How many the roll call found; null while it is not closed. */
const presentAt = ({ rollCounts }: Meeting) => (rollCounts ? attendanceOfCounts(rollCounts, true).present : null)

/** A draft with everything found that its words mean, or what has to be said or asked first. */
export function settled(
  facts: Facts,
  draft: MinutesDraft,
  meeting: Meeting,
  before: MinutesItem | null,
  again: (draft: MinutesDraft) => Request,
): { row: Omit<MinutesItem, 'number' | 'notedAt'> } | { effects: Effect[] } {
  const { texts, now } = facts
  const { me } = inOrg(facts)
  const { orgId, occurrence } = meeting
  const present = presentAt(meeting)
  if (draft.dueAsk) {
    const labels = draft.dueAsk.map(texts.date)
    const { dueAsk, ...rest } = draft
    const options = dueAsk.map((due, at) => ({ label: labels[at] ?? '', request: again({ ...rest, due }) }))
    return { effects: askWhich(texts.whichOne(labels), options) }
  }
  if (draft.everybody && present === null) return { effects: [reply(texts.minutesEverybody)] }
  const told: Votes | null = draft.everybody ? { for: present ?? 0, of: present ?? 0 } : (draft.votes ?? null)
  const wrong = told && votesFault(told, present)
  if (wrong?.kind === 'sum') return { effects: [reply(texts.minutesSum(wrong.counted, wrong.of))] }
  if (wrong?.kind === 'present') return { effects: [reply(texts.minutesPresent(wrong.counted, wrong.present))] }
  const charge = inChargeOf(facts, orgId, draft, again)
  if ('effects' in charge) return charge
  const votes = told
    ? {
        votesFor: told.for ?? null,
        votesAgainst: told.against ?? null,
        votesOther: told.other ?? null,
        votesOf: told.of ?? null,
      }
    : {
        votesFor: before?.votesFor ?? null,
        votesAgainst: before?.votesAgainst ?? null,
        votesOther: before?.votesOther ?? null,
        votesOf: before?.votesOf ?? null,
      }
  return {
    row: {
      ...{ orgId, occurrence, kind: draft.kind },
      content: draft.content === '' ? (before?.content ?? null) : draft.content,
      ...votes,
      inChargeId: draft.inCharge ? charge.inChargeId : (before?.inChargeId ?? null),
      unit: draft.inCharge ? charge.unit : (before?.unit ?? null),
      dueOn: draft.due ?? before?.dueOn ?? null,
      changedAt: now,
      by: me.memberId,
    },
  }
}

/** A line of the roster, or words that are no person's name. */
function inChargeOf(
  facts: Facts,
  orgId: number,
  draft: MinutesDraft,
  again: (draft: MinutesDraft) => Request,
): Pick<MinutesItem, 'inChargeId' | 'unit'> | { effects: Effect[] } {
  const { texts } = facts
  const { inCharge } = draft
  if (!inCharge) return { inChargeId: null, unit: null }
  const { words, isTitled, memberId } = inCharge
  const roster = facts.roster(orgId).filter(({ displayName, status }) => displayName !== null && status !== 'left')
  if (memberId !== undefined && roster.some((member) => member.memberId === memberId))
    return { inChargeId: memberId, unit: null }
  if (rosterRoleOf(rosterWord(fold(words)), 'cell') !== undefined) return { inChargeId: null, unit: words }
  const found = matchName(
    words,
    roster.map((member) => ({ id: member.memberId, name: member.displayName ?? '' })),
  )
  const [one, ...more] = found
  if (one && more.length === 0) return { inChargeId: one.id, unit: null }
  if (!one) return isTitled ? { effects: [reply(texts.nameUnknownOfficer(words))] } : { inChargeId: null, unit: words }
  const options = found.map(({ id, name }) => ({
    label: name,
    request: again({ ...draft, inCharge: { ...inCharge, memberId: id } }),
  }))
  return { effects: askWhich(texts.whichOne(found.map(({ name }) => name)), options) }
}

/** The office that words name, or that the member named holds: the minutes keep no name of who presided. */
export function officeOf(facts: Facts, org: Organisation, words: string): Role | null {
  const role = rosterRoleOf(rosterWord(fold(words)), org.kind)
  if (role !== undefined) return role
  const roster = facts.roster(org.orgId).filter(({ displayName, status }) => displayName !== null && status !== 'left')
  const found = matchName(
    words,
    roster.map((member) => ({ id: member.memberId, name: member.displayName ?? '' })),
  )
  const member = found.length === 1 ? roster.find(({ memberId }) => memberId === found[0]?.id) : undefined
  return member?.role ?? null
}
