/**
 * Minutes of a meeting, as an officer tells them: decisions with counts of hands, tasks with who is in charge, offices and figures.
 * All of a message is noted or nothing. The group hears that something was noted; the minutes themselves go to members in private
 * (domain.md §6.2: minutes and votes are not for a group), and from above only how many items there are.
 */
import { askWhich } from '../dialogue/choose.ts'
import { askFirst } from '../dialogue/confirm.ts'
import { type Audit, type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import { dateOf, daysBetween } from '../domain/calendar.ts'
import { rollCallLeadHours } from '../domain/meeting.ts'
import {
  type Minutes,
  type MinutesItem,
  maxMinutesItems,
  nextNumber,
  removedItem,
  standingItems,
} from '../domain/minutes.ts'
import type { Meeting, Organisation } from '../domain/records.ts'
import type { MeetingOf } from '../language/intents.ts'
import type { MinutesDraft } from '../language/minutes-item-reader.ts'
import { type Command, inOrg } from './command.ts'
import { meetingsOf } from './meeting-facts.ts'
import { officeOf, settled } from './minutes-draft.ts'
import { faultOf, minutesView } from './minutes-view.ts'
import { entitledTo, namedOrganisation } from './organisation-named.ts'

/** Minutes are written within this time unless their month is named. */
const recentDays = 31

type Told = Request & { intent: 'minutes.note' | 'minutes.show' | 'minutes.edit' | 'minutes.remove' }

/** The meeting that is meant: of the month named, else the one under way or the last one; a question where two could be. */
function meetingOf(
  facts: Facts,
  org: Organisation,
  request: Told,
  days = recentDays,
): { meeting: Meeting } | { effects: Effect[] } {
  const { texts, now, today } = facts
  const { period, thematic }: MeetingOf = request.slots
  const begun = meetingsOf(facts, org).filter(
    ({ state, startsAt, kind }) =>
      state !== 'cancelled' &&
      startsAt.getTime() - rollCallLeadHours * 3_600_000 <= now.getTime() &&
      (thematic === undefined || (kind === 'thematic') === thematic),
  )
  // "biên bản tháng 12" in January is last year's.
  const month = period && period > today.slice(0, 7) ? `${Number(period.slice(0, 4)) - 1}${period.slice(4)}` : period
  const oldest = now.getTime() - days * 86_400_000
  const found = begun.filter((each) =>
    month === undefined ? each.startsAt.getTime() >= oldest : each.occurrence.slice(0, 7) === month,
  )
  const last = found.at(-1)
  if (!last) return { effects: [reply(texts.minutesNoMeeting)] }
  if (month === undefined || found.length === 1) return { meeting: last }
  const labels = found.map(({ occurrence }) => texts.meetingName(occurrence))
  const options = found.map(({ kind }, at) => ({
    label: labels[at] ?? '',
    request: { ...request, slots: { ...request.slots, thematic: kind === 'thematic' } } as Request,
  }))
  return { effects: askWhich(texts.whichOne(labels), options) }
}

function audited(facts: Facts, meeting: Meeting, action: string, details: Audit['details']): Effect {
  const { orgId, occurrence, startsAt } = meeting
  const daysAfter = daysBetween(dateOf(startsAt, facts.timeZone), facts.today)
  return { audit: { orgId, action, subject: `meeting:${orgId}:${occurrence}`, details: { ...details, daysAfter } } }
}

/** What the schedule says becomes a row once something hangs on it. */
function withMeeting(facts: Facts, meeting: Meeting): Effect[] {
  const isKnown = facts.meetings(meeting.orgId).some(({ occurrence }) => occurrence === meeting.occurrence)
  return isKnown ? [] : [{ put: 'meeting', row: meeting }]
}

function note(facts: Facts, request: Request & { intent: 'minutes.note' }): Effect[] {
  const { texts, now, asked } = facts
  const { org, me } = inOrg(facts)
  const { items = [], chair, keeper, speakers, speech } = request.slots
  if (speech) return [reply(texts.minutesNoSpeech)]
  if (items.length === 0 && !chair && !keeper && speakers === undefined) return [reply(texts.minutesHow)]
  // Before any question: while one is open its request is kept, and with it every word.
  const fault = items.map((draft) => faultOf(facts, org.orgId, draft)).find((each) => each !== null)
  if (fault) return [reply(fault)]
  const found = meetingOf(facts, org, request)
  if ('effects' in found) return found.effects
  const { meeting } = found
  const { orgId, occurrence } = meeting
  const known = facts.minutes(orgId, occurrence)
  if (known.items.length + items.length > maxMinutesItems) return [reply(texts.minutesFull(maxMinutesItems))]
  const rows: MinutesItem[] = []
  for (const [at, draft] of items.entries()) {
    const again = (other: MinutesDraft): Request => ({
      ...request,
      slots: { ...request.slots, items: items.map((each, index) => (index === at ? other : each)) },
    })
    const one = settled(facts, draft, meeting, null, again)
    if ('effects' in one) return one.effects
    rows.push({ ...one.row, number: nextNumber([...known.items, ...rows], draft.kind), notedAt: now })
  }
  const offices = { chair: chair && officeOf(facts, org, chair), keeper: keeper && officeOf(facts, org, keeper) }
  if (offices.chair === null || offices.keeper === null) return [reply(texts.minutesOfficeUnknown)]
  const head: Minutes = {
    ...{ orgId, occurrence, updatedAt: now },
    chair: offices.chair || (known.head?.chair ?? null),
    keeper: offices.keeper || (known.head?.keeper ?? me.role),
    speakers: speakers ?? known.head?.speakers ?? null,
  }
  const count = (kind: MinutesItem['kind']) => rows.filter((row) => row.kind === kind).length
  const view = asked.chatKind === 'private' ? minutesView(facts, org, meeting, head, rows) : null
  const numbers = (kind: MinutesItem['kind']) => rows.filter((row) => row.kind === kind).map((row) => row.number)
  return [
    ...withMeeting(facts, meeting),
    { put: 'minutes', row: head },
    ...rows.map((row): Effect => ({ put: 'minutesItem', row })),
    audited(facts, meeting, 'minutes.noted', { decisions: count('decision'), tasks: count('task') }),
    reply(texts.minutesNoted(texts.meetingName(occurrence), numbers('decision'), numbers('task'), view)),
  ]
}

/** The item named by kind and number, or that there is none. */
function itemOf(
  facts: Facts,
  request: Request & { intent: 'minutes.edit' | 'minutes.remove' },
): { meeting: Meeting; item: MinutesItem } | { effects: Effect[] } {
  const { texts } = facts
  const found = meetingOf(facts, inOrg(facts).org, request)
  if ('effects' in found) return found
  const { kind, number } = request.slots
  const { items } = facts.minutes(found.meeting.orgId, found.meeting.occurrence)
  const item = standingItems(items, kind).find((each) => each.number === number)
  const name = texts.meetingName(found.meeting.occurrence)
  return item
    ? { meeting: found.meeting, item }
    : { effects: [reply(texts.minutesNoSuch(texts.minutesKinds[kind], number, name))] }
}

function edit(facts: Facts, request: Request & { intent: 'minutes.edit' }): Effect[] {
  const { texts, asked } = facts
  const { org } = inOrg(facts)
  const { kind, number, item: draft, speech } = request.slots
  if (speech) return [reply(texts.minutesNoSpeech)]
  if (!draft) return [reply(texts.minutesEditHow(texts.minutesKinds[kind], number))]
  const fault = faultOf(facts, org.orgId, draft)
  if (fault) return [reply(fault)]
  const found = itemOf(facts, request)
  if ('effects' in found) return found.effects
  const { meeting, item } = found
  const again = (other: MinutesDraft): Request => ({ ...request, slots: { ...request.slots, item: other } })
  const one = settled(facts, draft, meeting, item, again)
  if ('effects' in one) return one.effects
  const row: MinutesItem = { ...item, ...one.row }
  const { head } = facts.minutes(meeting.orgId, meeting.occurrence)
  const view = asked.chatKind === 'private' ? minutesView(facts, org, meeting, head, [row]) : null
  return [
    { put: 'minutesItem', row },
    audited(facts, meeting, 'minutes.corrected', { kind, number }),
    reply(texts.minutesCorrected(texts.minutesKinds[kind], number, texts.meetingName(meeting.occurrence), view)),
  ]
}

function remove(facts: Facts, request: Request & { intent: 'minutes.remove' }): Effect[] {
  const { texts, now } = facts
  const { me } = inOrg(facts)
  const found = itemOf(facts, request)
  if ('effects' in found) return found.effects
  const { meeting, item } = found
  const { kind, number } = item
  const name = texts.meetingName(meeting.occurrence)
  if (!request.resolved?.confirmed) {
    // The meeting as it was understood, whenever the answer comes.
    const slots = {
      ...request.slots,
      period: meeting.occurrence.slice(0, 7),
      thematic: meeting.kind === 'thematic',
    }
    const question = texts.minutesRemoveAsk(texts.minutesKinds[kind], number, name)
    return askFirst(question, { ...request, slots }, texts.minutesKept)
  }
  return [
    { put: 'minutesItem', row: removedItem(item, now, me.memberId) },
    audited(facts, meeting, 'minutes.removed', { kind, number }),
    reply(texts.minutesRemoved(texts.minutesKinds[kind], number, name)),
  ]
}

/** How far back minutes are looked for where no month is named: as far as meetings are loaded. */
const shownDays = 400

function show(facts: Facts, request: Request & { intent: 'minutes.show' }): Effect[] {
  const { texts, today } = facts
  const { organisation } = request.slots
  if (organisation === undefined) return full(facts, inOrg(facts).org, request)
  const named = namedOrganisation(facts, request, organisation, Number(today.slice(0, 4)))
  if ('effects' in named) return named.effects
  const { org } = named
  // Whoever belongs there reads; from above there are figures.
  if (!('effects' in entitledTo(facts, 'minutes.see', org))) return full(facts, org, request)
  const entitled = entitledTo(facts, 'minutes.counts', org)
  if ('effects' in entitled) return entitled.effects
  const found = meetingOf(facts, org, request, shownDays)
  if ('effects' in found) return found.effects
  const { orgId, occurrence } = found.meeting
  const { items } = facts.minutes(orgId, occurrence)
  const [decisions, tasks] = [standingItems(items, 'decision').length, standingItems(items, 'task').length]
  return [reply(texts.minutesCounts(org.name, texts.meetingName(occurrence), decisions, tasks))]
}

function full(facts: Facts, org: Organisation, request: Request & { intent: 'minutes.show' }): Effect[] {
  const { texts } = facts
  const found = meetingOf(facts, org, request, shownDays)
  if ('effects' in found) return found.effects
  const { meeting } = found
  const { head, items } = facts.minutes(org.orgId, meeting.occurrence)
  const text = head
    ? texts.minutesText(minutesView(facts, org, meeting, head, items))
    : texts.minutesNone(texts.meetingName(meeting.occurrence))
  return [{ say: { audience: { to: 'sender' }, text, isRepeatable: true } }]
}

export const minutes: Command<Told['intent']> = {
  intents: ['minutes.note', 'minutes.show', 'minutes.edit', 'minutes.remove'],
  may(_facts, request) {
    if (request.intent !== 'minutes.show') return 'minutes.write'
    // Of another organisation: settled once it is known which.
    return request.slots.organisation === undefined ? 'minutes.see' : null
  },
  respond(facts, request) {
    switch (request.intent) {
      case 'minutes.note':
        return note(facts, request)
      case 'minutes.edit':
        return edit(facts, request)
      case 'minutes.remove':
        return remove(facts, request)
      default:
        return show(facts, request)
    }
  },
}
