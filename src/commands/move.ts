import { askWhich } from '../dialogue/choose.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { askFor } from '../dialogue/fill.ts'
import type { Request } from '../dialogue/flow.ts'
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

const dayMs = 86_400_000

/**
 * The meeting that is to be moved or called off: of the day or month named, else the next. One that was called off is
 * meant where its month is named, or where a day of its month is given while the next meeting is another month's.
 */
function meant(facts: Facts, request: Request & { intent: 'meeting.move' }): Meeting | undefined {
  const { now, timeZone } = facts
  const { org } = inOrg(facts)
  const all = meetingsOf(facts, org)
  const coming = upcoming(all, now)
  const { from, to } = request.slots
  const { period, cancelled } = request.extras ?? {}
  if (from) return coming.find((each) => dateOf(each.startsAt, timeZone) === from.slice(0, 10))
  const ahead = coming.filter((each) => each.startsAt > now)
  const calledOff = (month: string | undefined) =>
    cancelled ? undefined : all.find((each) => each.state === 'cancelled' && each.occurrence === month)
  if (period) return ahead.find((each) => each.occurrence === period) ?? calledOff(period)
  const [next] = ahead
  const month = to?.slice(0, 7)
  return next?.occurrence === month ? next : (calledOff(month) ?? next)
}

/**
 * "Sang thứ 6", said weeks ahead: the coming Friday or the one in the meeting's own week. The second reading where it is
 * another day that lies ahead, else null.
 */
function sameWeekday(startsAt: Date, meeting: Meeting, now: Date): Date | null {
  const weeks = Math.round((meeting.startsAt.getTime() - startsAt.getTime()) / (7 * dayMs))
  const there = new Date(startsAt.getTime() + weeks * 7 * dayMs)
  return weeks > 0 && there > now ? there : null
}

/** Moves or calls off one meeting, with the reason where one was given. Earlier answers are asked for again. */
export const moveMeeting: Command<'meeting.move'> = {
  intents: ['meeting.move'],
  may: 'meeting.move',
  respond(facts, request) {
    const { texts, now, timeZone } = facts
    const { org } = inOrg(facts)
    const { to } = request.slots
    const meeting = meant(facts, request)
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
    const inItsWeek = request.extras?.byWeekday ? sameWeekday(startsAt, meeting, now) : null
    if (inItsWeek) {
      const days = [startsAt, inItsWeek].sort((a, b) => a.getTime() - b.getTime())
      const time = localAt(startsAt, timeZone).time
      const options = days.map((day) => ({
        label: texts.date(dateOf(day, timeZone)),
        request: {
          ...request,
          slots: { ...request.slots, to: instantAt(dateOf(day, timeZone), time, timeZone).toISOString() },
          extras: { ...request.extras, byWeekday: undefined },
        },
      }))
      return askWhich(texts.moveAskDate(days.map((day) => dateOf(day, timeZone))), options)
    }
    if (startsAt <= now) return [reply(texts.movePast)]
    const place = request.extras?.place ?? meeting.place
    const isSame = startsAt.getTime() === meeting.startsAt.getTime() && place === meeting.place
    if (isSame && meeting.state === 'planned') {
      return [reply(texts.moveSame(whenOf(facts, meeting)))]
    }
    const row: Meeting = {
      ...meeting,
      startsAt,
      place,
      state: 'planned',
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
