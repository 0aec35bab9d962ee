import { askWhich } from '../dialogue/choose.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { askFor } from '../dialogue/fill.ts'
import { dateOf, instantAt, localAt } from '../domain/calendar.ts'
import { nextReminder, upcoming } from '../domain/meeting.ts'
import type { Attendance, Meeting } from '../domain/records.ts'
import { type Command, inOrg } from './command.ts'
import { meetingsOf, whenOf } from './meeting-facts.ts'

/** Tells the cell's group; the secretary who asked in private hears that it was told. */
function announce(facts: Facts, text: string): Effect[] {
  const { org } = inOrg(facts)
  if (facts.asked.chatKind === 'group') return [reply(text)]
  return [
    reply(`${text}\n${facts.texts.told}`),
    { say: { audience: { to: 'group', orgId: org.orgId }, text, rank: 'receipt' } },
  ]
}

/** Moves or calls off one meeting, with the reason where one was given. Earlier answers are asked for again. */
export const moveMeeting: Command<'meeting.move'> = {
  intents: ['meeting.move'],
  may: 'meeting.move',
  respond(facts, request) {
    const { texts, now, timeZone } = facts
    const { org } = inOrg(facts)
    const coming = upcoming(meetingsOf(facts, org), now)
    const { from, to } = request.slots
    const { period } = request.extras ?? {}
    const meeting = from
      ? coming.find((each) => dateOf(each.startsAt, timeZone) === from.slice(0, 10))
      : coming.find((each) => each.startsAt > now && (!period || each.occurrence === period))
    if (!meeting) return [reply(texts.moveNone)]
    const reason = request.extras?.reason ?? null
    const audit = (action: string, details: Record<string, string>): Effect => ({
      audit: { orgId: org.orgId, action, subject: `meeting:${org.orgId}:${meeting.occurrence}`, details },
    })
    if (request.extras?.cancelled) {
      const row: Meeting = { ...meeting, state: 'cancelled', reason, nextReminderAt: null, updatedAt: now }
      return [
        { put: 'meeting', row },
        audit('meeting.cancelled', { startsAt: meeting.startsAt.toISOString() }),
        ...announce(facts, texts.cancelledMeeting(whenOf(facts, meeting), reason)),
      ]
    }
    const candidates = request.extras?.ask
    if (!to && candidates) {
      const options = candidates.map((each) => ({
        label: texts.date(each),
        request: { ...request, slots: { ...request.slots, to: each }, extras: { ...request.extras, ask: undefined } },
      }))
      return askWhich(texts.moveAskDate(candidates), options)
    }
    if (!to) return askFor(texts.moveAskTo(whenOf(facts, meeting)), request, 'due')
    const startsAt = to.includes('T') ? new Date(to) : instantAt(to, localAt(meeting.startsAt, timeZone).time, timeZone)
    if (startsAt <= now) return [reply(texts.movePast)]
    const place = request.extras?.place ?? meeting.place
    if (startsAt.getTime() === meeting.startsAt.getTime() && place === meeting.place) {
      return [reply(texts.moveSame(whenOf(facts, meeting)))]
    }
    const row: Meeting = {
      ...meeting,
      startsAt,
      place,
      isMoved: true,
      reason,
      updatedAt: now,
    }
    const moved = { ...row, nextReminderAt: nextReminder(row, org, now) }
    const answers = facts.attendance(org.orgId, meeting.occurrence)
    return [
      { put: 'meeting', row: moved },
      ...answers.map((answer: Attendance): Effect => ({ remove: 'attendance', row: answer })),
      audit('meeting.moved', { from: meeting.startsAt.toISOString(), to: startsAt.toISOString() }),
      ...announce(facts, texts.moved(whenOf(facts, meeting), texts.dateTime(startsAt, timeZone), moved.place, reason)),
    ]
  },
}
