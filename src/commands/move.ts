import { askWhyCalledOff } from '../dialogue/call-off-flow.ts'
import { askWhich } from '../dialogue/choose.ts'
import { askFirst } from '../dialogue/confirm.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { askFor } from '../dialogue/fill.ts'
import type { Request } from '../dialogue/flow.ts'
import { looksClassified } from '../dialogue/guard.ts'
import { accessRoleOf, may, relationOf } from '../domain/access.ts'
import { dateOf, instantAt, localAt } from '../domain/calendar.ts'
import { timed, upcoming } from '../domain/meeting.ts'
import { monthOfMeeting } from '../domain/meeting-notice.ts'
import type { Attendance, Meeting } from '../domain/records.ts'
import { notHeldKindOf, notHeldKinds } from '../language/not-held-reasons.ts'
import { type Command, inOrg } from './command.ts'
import { announce, meetingsOf, whenOf } from './meeting-facts.ts'

const dayMs = 86_400_000

type MoveRequest = Request & { intent: 'meeting.move' }

/** Two meetings of different kinds so close together that "the meeting" may be either. */
const closeDays = 31

/**
 * The meeting that is to be moved or called off: of the day or month named, else the next. One that was called off is
 * meant where its month is named, or where a day of its month is given while the next meeting is another month's. Several
 * where a regular and a thematic one lie ahead and neither was named.
 */
function meant(facts: Facts, request: MoveRequest): Meeting[] {
  const { now, timeZone } = facts
  const { org } = inOrg(facts)
  const { from, to } = request.slots
  const { period, cancelled, thematic } = request.extras ?? {}
  const isKind = (each: Meeting) => thematic === undefined || (each.kind === 'thematic') === thematic
  const known = meetingsOf(facts, org)
  const all = known.some((each) => each.kind === 'thematic') ? known.filter(isKind) : known
  const coming = upcoming(all, now)
  const one = (meeting: Meeting | undefined) => (meeting ? [meeting] : [])
  if (from) return one(coming.find((each) => dateOf(each.startsAt, timeZone) === from.slice(0, 10)))
  const ahead = coming.filter((each) => each.startsAt > now)
  const isOf = (each: Meeting, month: string | undefined) => monthOfMeeting(each.occurrence) === month
  const calledOff = (month: string | undefined) =>
    cancelled ? undefined : all.find((each) => each.state === 'cancelled' && isOf(each, month))
  if (period) {
    const named = ahead.filter((each) => isOf(each, period))
    return named.length > 0 ? named : one(calledOff(period))
  }
  const [next] = ahead
  const other = ahead.find((each) => (each.kind === 'thematic') !== (next?.kind === 'thematic'))
  if (next && other && other.startsAt.getTime() - next.startsAt.getTime() < closeDays * dayMs) return [next, other]
  const month = to?.slice(0, 7)
  return one(next && isOf(next, month) ? next : (calledOff(month) ?? next))
}

/** "buổi họp tháng 9 không tổ chức, lý do mưa bão": on record also after its day; one still ahead is called off. */
function notHeld(facts: Facts, request: MoveRequest): Effect[] {
  const { texts, now } = facts
  const { org } = inOrg(facts)
  const { period, thematic, last: isLast, reason: said } = request.extras ?? {}
  const { from } = request.slots
  if (looksClassified(said ?? '')) return [reply(texts.classified)]
  const all = meetingsOf(facts, org).filter((each) => (each.kind === 'thematic') === (thematic === true))
  const ofDay = from ? all.find((each) => dateOf(each.startsAt, facts.timeZone) === from.slice(0, 10)) : undefined
  const named = period ? all.find((each) => monthOfMeeting(each.occurrence) === period) : undefined
  const last = all.filter((each) => each.startsAt <= now).at(-1)
  const next = all.find((each) => each.startsAt > now && each.state === 'planned')
  if (!period && !isLast && !from && last && next) {
    const options = [last, next].map((each) => ({
      label: texts.meetingName(each.occurrence),
      request: { ...request, extras: { ...request.extras, period: monthOfMeeting(each.occurrence) } },
    }))
    return askWhich(texts.whichOne(options.map(({ label }) => label)), options)
  }
  const meeting = period ? named : from ? ofDay : isLast ? last : (last ?? next)
  if (!meeting) return [reply(texts.notHeldNone)]
  const isAhead = meeting.startsAt > now && meeting.state === 'planned'
  // It tells what was, or so it is often said; of a meeting ahead it would call it off for everybody.
  if (isAhead && !request.resolved?.confirmed) return askToCallOff(facts, request, meeting)
  if (isAhead && !said && !request.extras?.notHeldKind && !request.extras?.noReason)
    return askWhyNotHeld(facts, request, meeting)
  if (meeting.state === 'held') return [reply(texts.notHeldWasHeld(meeting.occurrence))]
  const chosen = request.extras?.notHeldKind
  const reasonKind = said ? notHeldKindOf(said) : (chosen ?? null)
  const reason = said ?? (chosen && chosen !== 'other' ? texts.notHeldNames[chosen] : meeting.reason)
  const row: Meeting = { ...calledOff(meeting, now), reason, reasonKind: reasonKind ?? meeting.reasonKind }
  const effects: Effect[] = [
    { put: 'meeting', row },
    {
      audit: {
        orgId: org.orgId,
        action: meeting.startsAt > now ? 'meeting.cancelled' : 'meeting.notHeld',
        subject: `meeting:${org.orgId}:${meeting.occurrence}`,
        details: { startsAt: meeting.startsAt.toISOString(), reasonKind: row.reasonKind },
      },
    },
  ]
  if (isAhead)
    return [...effects, ...announce(facts, org.orgId, texts.notHeldAnnounced(whenOf(facts, meeting), reason))]
  return [...effects, reply(texts.notHeldNoted(meeting.occurrence, reasonKind))]
}

function calledOff(meeting: Meeting, now: Date): Meeting {
  return { ...meeting, state: 'cancelled', nextReminderAt: null, noticeAt: null, checkAt: null, updatedAt: now }
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

function askToCallOff(facts: Facts, request: MoveRequest, meeting: Meeting): Effect[] {
  const { texts } = facts
  return askFirst(texts.callOffAsk(whenOf(facts, meeting)), request, texts.callOffLeft)
}

/** Everybody is told why, and reports count the reasons: it is asked for before anything is said. */
function askWhyNotHeld(facts: Facts, request: MoveRequest, meeting: Meeting): Effect[] {
  const { texts } = facts
  const ofIt = pinned(facts, request, meeting)
  const options = notHeldKinds.map((notHeldKind) => ({
    label: texts.notHeldNames[notHeldKind],
    request: { ...ofIt, extras: { ...ofIt.extras, notHeldKind } },
  }))
  const question = texts.notHeldAskWhy(
    whenOf(facts, meeting),
    options.map(({ label }) => label),
  )
  return askWhyCalledOff(question, ofIt, options)
}

/** Of this very meeting, also where the next one is another by the time that the answer comes. */
function pinned(facts: Facts, request: MoveRequest, meeting: Meeting): MoveRequest {
  return {
    ...request,
    slots: { ...request.slots, from: dateOf(meeting.startsAt, facts.timeZone) },
    extras: { ...request.extras, period: undefined, thematic: meeting.kind === 'thematic' },
  }
}

/** "Hoãn buổi họp tới", said again or by two officers at once: the next one is off already, and the one after it may not be meant. */
function nextWasCalledOff(facts: Facts, { slots, extras }: MoveRequest, meeting: Meeting): boolean {
  if (slots.from || extras?.period) return false
  return meetingsOf(facts, inOrg(facts).org).some(
    ({ state, startsAt, updatedAt }) =>
      state === 'cancelled' &&
      startsAt > facts.now &&
      startsAt < meeting.startsAt &&
      facts.now.getTime() - updatedAt.getTime() < dayMs,
  )
}

/** "Nghỉ họp tháng này", "tối nay không họp": the meeting, or whoever says so? Only officers can mean the meeting. */
function askWhoStaysAway(facts: Facts, request: MoveRequest, meeting: Meeting): Effect[] {
  const { texts } = facts
  const { org } = inOrg(facts)
  const when = whenOf(facts, meeting)
  const excuse: Request = { intent: 'meeting.excuse', slots: {} }
  const mayMove = facts.memberships.some(
    (member) => may(accessRoleOf(member), 'meeting.move', relationOf(facts.organisation(member.orgId), org)).allowed,
  )
  if (!mayMove) return askFirst(texts.excuseAsk(when), excuse, texts.callOffLeft)
  const callOff = { ...request, extras: { ...request.extras, orExcuse: undefined, asked: undefined } }
  const options = [
    { label: texts.callOffOption(when), request: callOff },
    { label: texts.excuseOption(when), request: excuse },
  ]
  return askWhich(texts.whichOne(options.map(({ label }) => label)), options)
}

/** Moves or calls off one meeting, with the reason where one was given. Earlier answers are asked for again. */
export const moveMeeting: Command<'meeting.move'> = {
  intents: ['meeting.move'],
  may: (_facts, request) => (request.extras?.orExcuse ? 'meeting.answer' : 'meeting.move'),
  respond(facts, request) {
    const { texts, now, timeZone } = facts
    const { org } = inOrg(facts)
    const { to } = request.slots
    if (request.extras?.notHeld) return notHeld(facts, request)
    const [meeting, other] = meant(facts, request)
    if (!meeting) return [reply(texts.moveNone)]
    if (other) {
      const options = [meeting, other].map((each) => ({
        label: texts.meetingName(each.occurrence),
        request: { ...request, extras: { ...request.extras, thematic: each.kind === 'thematic' } },
      }))
      return askWhich(texts.whichOne(options.map(({ label }) => label)), options)
    }
    const reason = request.extras?.reason ?? null
    const audit = (action: string, details: Record<string, string | null>): Effect => ({
      audit: { orgId: org.orgId, action, subject: `meeting:${org.orgId}:${meeting.occurrence}`, details },
    })
    if (request.extras?.cancelled) {
      if (looksClassified(reason ?? '')) return [reply(texts.classified)]
      if (request.extras.orExcuse) return askWhoStaysAway(facts, request, meeting)
      const isUnclear = request.extras.asked || nextWasCalledOff(facts, request, meeting)
      if (isUnclear && !request.resolved?.confirmed)
        return askToCallOff(facts, pinned(facts, request, meeting), meeting)
      if (!reason && !request.extras.noReason)
        return askWhyCalledOff(texts.callOffAskWhy(whenOf(facts, meeting)), pinned(facts, request, meeting))
      const reasonKind = reason ? notHeldKindOf(reason) : null
      const row: Meeting = { ...calledOff(meeting, now), reason, reasonKind }
      return [
        { put: 'meeting', row },
        audit('meeting.cancelled', { startsAt: meeting.startsAt.toISOString(), reasonKind }),
        ...announce(facts, org.orgId, texts.cancelledMeeting(whenOf(facts, meeting), reason)),
      ]
    }
    const candidates = request.extras?.ask
    const newPlace = request.extras?.place
    if (request.extras?.placeOnly && newPlace) {
      if (newPlace === meeting.place) return [reply(texts.moveSame(whenOf(facts, meeting)))]
      return [
        { put: 'meeting', row: { ...meeting, place: newPlace, updatedAt: now } },
        audit('meeting.placeChanged', { startsAt: meeting.startsAt.toISOString() }),
        ...announce(facts, org.orgId, texts.placeChanged(whenOf(facts, meeting), newPlace)),
      ]
    }
    if (!to && candidates) {
      const options = candidates.map((each) => ({
        label: each.includes('T') ? texts.dateTime(new Date(each), timeZone) : texts.date(each),
        request: { ...request, slots: { ...request.slots, to: each }, extras: { ...request.extras, ask: undefined } },
      }))
      return askWhich(texts.moveAskDate(options.map(({ label }) => label)), options)
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
      return askWhich(texts.moveAskDate(options.map(({ label }) => label)), options)
    }
    if (startsAt <= now) return [reply(texts.movePast)]
    const place = request.extras?.place ?? meeting.place
    const isSame = startsAt.getTime() === meeting.startsAt.getTime() && place === meeting.place
    if (isSame && meeting.state === 'planned') {
      return [reply(texts.moveSame(whenOf(facts, meeting)))]
    }
    if (request.extras?.asked && !request.resolved?.confirmed) {
      const question = texts.moveAsk(whenOf(facts, meeting), texts.dateTime(startsAt, timeZone))
      return askFirst(question, request, texts.callOffLeft)
    }
    const row: Meeting = {
      ...meeting,
      startsAt,
      place,
      state: 'planned',
      isMoved: true,
      reason,
      reasonKind: null,
      updatedAt: now,
    }
    const moved = timed(row, org, facts.meetingRules(org.orgId).noticeDay, now)
    const answers = facts.attendance(org.orgId, meeting.occurrence)
    return [
      { put: 'meeting', row: moved },
      ...answers.map((answer: Attendance): Effect => ({ remove: 'attendance', row: answer })),
      audit('meeting.moved', { from: meeting.startsAt.toISOString(), to: startsAt.toISOString() }),
      ...announce(
        facts,
        org.orgId,
        texts.moved(whenOf(facts, meeting), texts.dateTime(startsAt, timeZone), moved.place, reason),
      ),
    ]
  },
}
