/**
 * The roll call: opened by an officer, closed by what they say of who was not there, corrected later. The group hears
 * figures; names and what follows from them go to the secretaries alone.
 */
import { askWhich } from '../dialogue/choose.ts'
import { askFirst } from '../dialogue/confirm.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import { awaitRollCall } from '../dialogue/roll-call-flow.ts'
import { type AttendanceFigures, attendanceOfCounts, corrected, countsOf } from '../domain/attendance.ts'
import { attendanceAlerts, attendanceRuleOn } from '../domain/attendance-alerts.ts'
import { dateOf } from '../domain/calendar.ts'
import { rollCallLeadHours } from '../domain/meeting.ts'
import { monthOfMeeting } from '../domain/meeting-notice.ts'
import { type MemberStatus, memberStatuses } from '../domain/member.ts'
import { countsInDenominator } from '../domain/participation.ts'
import type { Attendance, Meeting, Member } from '../domain/records.ts'
import { matchName } from '../language/names.ts'
import type { RollCallEntry, RollCallResult } from '../language/roll-call-reader.ts'
import { type Command, inOrg } from './command.ts'
import { byGivenName, nameOf, tenthsOf } from './figures.ts'
import { meetingsOf, nextMeeting, whenOf } from './meeting-facts.ts'

/** A result may still be given so long after a meeting; later the minutes book is the place. */
const closableDays = 31

function open(facts: Facts): Effect[] {
  const { texts, now } = facts
  const { org } = inOrg(facts)
  const meeting = nextMeeting(facts, org)
  if (!meeting) return [reply(texts.noMeetingToAnswer)]
  if (meeting.rollClosedAt) return [reply(texts.rollCallClosedAlready)]
  if (meeting.startsAt.getTime() - now.getTime() > rollCallLeadHours * 3_600_000) {
    return [reply(texts.rollCallEarly(whenOf(facts, meeting)))]
  }
  const row: Meeting = { ...meeting, rollCallAt: meeting.rollCallAt ?? now, updatedAt: now }
  const text = texts.rollCallOpen(whenOf(facts, meeting))
  const isAgain = meetingsOf(facts, org).some((each) => each.occurrence === meeting.occurrence && each.rollCallAt)
  const subject = `meeting:${org.orgId}:${meeting.occurrence}`
  return [
    { put: 'meeting', row },
    ...(isAgain ? [] : [{ audit: { orgId: org.orgId, action: 'meeting.rollCalled', subject } }]),
    reply(text),
    ...(facts.asked.chatKind === 'group'
      ? []
      : [{ say: { audience: { to: 'group' as const, orgId: org.orgId }, text } }]),
    reply(texts.rollCallHow),
    { dialogue: awaitRollCall(texts.rollCallHow) },
  ]
}

/** The meeting a result is about: the one named, else the one under way or the last one that has begun; a question where two could be. */
function meetingOf(
  facts: Facts,
  request: Request & { intent: 'meeting.rollCall' },
  result: RollCallResult,
): { meeting: Meeting } | { effects: Effect[] } {
  const { texts, now, timeZone } = facts
  const { org } = inOrg(facts)
  const oldest = now.getTime() - closableDays * 86_400_000
  const { month, day, thematic, occurrence } = result.which ?? {}
  const found = meetingsOf(facts, org).filter((meeting) => {
    const { state, startsAt, kind } = meeting
    if (state === 'cancelled' || startsAt.getTime() - rollCallLeadHours * 3_600_000 > now.getTime()) return false
    if (result.correction ? meeting.rollClosedAt === null : startsAt.getTime() < oldest) return false
    if (occurrence !== undefined) return meeting.occurrence === occurrence
    if (thematic !== undefined && (kind === 'thematic') !== thematic) return false
    const date = dateOf(startsAt, timeZone)
    const itsMonth = day === undefined ? Number(meeting.occurrence.slice(5, 7)) : Number(date.slice(5, 7))
    return (month === undefined || itsMonth === month) && (day === undefined || Number(date.slice(8)) === day)
  })
  const last = found.at(-1)
  if (!last) return { effects: [reply(result.correction ? texts.rollCallNothingToCorrect : texts.rollCallNoMeeting)] }
  // "tháng 12" in January is the last one that there was.
  const ofMonth = found.filter((each) => each.occurrence.slice(0, 7) === last.occurrence.slice(0, 7))
  const unclosed = ofMonth.filter((each) => each.rollClosedAt === null)
  const twins = !result.correction && unclosed.length > 0 ? unclosed : ofMonth
  if (month === undefined) return { meeting: last }
  if (twins.length === 1 && twins[0]) return { meeting: twins[0] }
  const labels = twins.map((each) => texts.meetingName(each.occurrence))
  const options = twins.map((each, at) => ({
    label: labels[at] ?? '',
    request: {
      ...request,
      extras: { ...request.extras, rollCall: { ...result, which: { occurrence: each.occurrence } } },
    },
  }))
  return { effects: askWhich(texts.whichOne(labels), options) }
}

/**
 * The statuses with which a member may have been counted when the roll was closed, the likeliest first; none of whoever was not.
 * On the day of the closing also as they are now: the history is of days.
 */
function countedAs(facts: Facts, meeting: Meeting, member: Member, row: Attendance | undefined): MemberStatus[] {
  const { rollClosedAt, orgId, occurrence } = meeting
  if (!rollClosedAt) return [member.status]
  const was = facts.roll(orgId, occurrence).filter(({ memberId }) => memberId === member.memberId)
  const isToday = dateOf(rollClosedAt, facts.timeZone) === facts.today
  const statuses = [...was.map(({ status }) => status), ...(isToday && member.status !== 'left' ? [member.status] : [])]
  // Counted by an earlier correction, or on a roster that retention has taken away since.
  const isCounted = row !== undefined && (statuses.length > 0 || row.answeredAt > rollClosedAt)
  return isCounted ? [...statuses, member.status, ...memberStatuses] : statuses
}

/** A line of the roster, with the status it is counted with, and those it may have been counted with until now. */
interface Line {
  member: Member
  was: readonly MemberStatus[]
}

/** Who a result may be about: the roster as it is; of a correction also who has left since, as they were. */
function linesOf(facts: Facts, meeting: Meeting, given: ReadonlyMap<number, Attendance>): Line[] {
  return facts.roster(meeting.orgId).flatMap((member) => {
    const was = countedAs(facts, meeting, member, given.get(member.memberId))
    const status = was[0] ?? member.status
    return status === 'left' ? [] : [{ member: { ...member, status }, was }]
  })
}

/** Each entry with the one member it means; the first that has none or several ends in a question or an answer. */
function matched(
  facts: Facts,
  request: Request & { intent: 'meeting.rollCall' },
  result: RollCallResult,
  everybody: readonly Member[],
): { entries: { entry: RollCallEntry; member: Member }[] } | { effects: Effect[] } {
  const { texts } = facts
  const roster = everybody.filter((member) => member.displayName !== null)
  const candidates = roster.map((member) => ({ id: member.memberId, name: member.displayName ?? '' }))
  const entries: { entry: RollCallEntry; member: Member }[] = []
  const unknown: string[] = []
  for (const [at, entry] of result.entries.entries()) {
    const ids = entry.memberId === undefined ? matchName(entry.name, candidates).map(({ id }) => id) : [entry.memberId]
    const members = ids.flatMap((id) => roster.filter((member) => member.memberId === id))
    if (members.length === 0) unknown.push(entry.name)
    else if (members.length === 1) entries.push({ entry, member: members[0]! })
    else {
      const options = members.map((member) => ({
        label: member.displayName ?? '',
        request: {
          ...request,
          extras: {
            ...request.extras,
            rollCall: {
              ...result,
              entries: result.entries.map((each, index) =>
                index === at ? { ...each, memberId: member.memberId } : each,
              ),
            },
          },
        },
      }))
      return { effects: askWhich(texts.whichOne(options.map(({ label }) => label)), options) }
    }
  }
  if (unknown.length > 0) return { effects: [reply(texts.rollCallUnknown(unknown.join(', ')))] }
  const twice = entries.find(({ member }, at) => entries.findIndex((each) => each.member === member) !== at)
  if (twice) return { effects: [reply(texts.rollCallTwice(nameOf(twice.member)))] }
  return { entries }
}

/** What becomes of one member's answer; null leaves it as it is. */
function answerOf(
  entry: RollCallEntry | undefined,
  known: Attendance | undefined,
  member: Member,
  isRestPresent: boolean,
): Pick<Attendance, 'answer' | 'reasonKind'> | null {
  if (entry) {
    if (entry.mark === 'present') return { answer: 'present', reasonKind: null }
    if (entry.mark === 'unexcused') return { answer: 'unexcused', reasonKind: null }
    if (entry.mark === 'excused')
      return { answer: 'excused', reasonKind: entry.reasonKind ?? known?.reasonKind ?? null }
    // Merely named as absent: with leave where leave was asked for.
    return known?.answer === 'excused' ? null : { answer: 'unexcused', reasonKind: null }
  }
  if (!isRestPresent || known?.answer === 'present') return null
  // Exempt, away and suspended members count when they came, which nobody said of them by naming the others.
  if (!countsInDenominator(member.status) && known?.answer !== 'attending') return null
  return { answer: 'present', reasonKind: null }
}

function close(facts: Facts, request: Request & { intent: 'meeting.rollCall' }, result: RollCallResult): Effect[] {
  const { texts, now } = facts
  const { me } = inOrg(facts)
  const about = meetingOf(facts, request, result)
  if ('effects' in about) return about.effects
  const { meeting } = about
  if (meeting.rollClosedAt && !result.correction) return [reply(texts.rollCallClosedAlready)]
  const { orgId, occurrence } = meeting
  const before = new Map(facts.attendance(orgId, occurrence).map((row) => [row.memberId, row]))
  const lines = linesOf(facts, meeting, before)
  const everybody = lines.map(({ member }) => member)
  const found = matched(facts, request, result, everybody)
  if ('effects' in found) return found.effects
  if (!result.restPresent && !result.correction) {
    const withRest = { ...request, extras: { ...request.extras, rollCall: { ...result, restPresent: true as const } } }
    return askFirst(texts.rollCallRest(found.entries.length), withRest, texts.rollCallNotNoted)
  }
  const after = new Map(before)
  let counts = meeting.rollCounts ?? []
  for (const { member, was } of lines) {
    const entry = found.entries.find((each) => each.member === member)?.entry
    const known = before.get(member.memberId)
    const answer = answerOf(entry, known, member, result.restPresent === true)
    if (!answer) continue
    after.set(member.memberId, {
      ...{ orgId, occurrence, memberId: member.memberId, answeredAt: now, answeredBy: me.memberId },
      ...answer,
    })
    counts = corrected(counts, { was, status: member.status }, known?.answer ?? null, answer.answer)
  }
  const changed = [...after.values()].filter((row) => row !== before.get(row.memberId))
  const given = [...after.values()]
  if (!meeting.rollCounts) counts = countsOf(everybody, given)
  const row: Meeting = {
    ...meeting,
    state: 'held',
    rollCallAt: meeting.rollCallAt ?? now,
    rollClosedAt: meeting.rollClosedAt ?? now,
    rollCounts: counts,
    nextReminderAt: null,
    noticeAt: null,
    checkAt: null,
    updatedAt: now,
  }
  const figures = attendanceOfCounts(counts, true)
  const { present, expected, excused, unexcused } = figures
  const said = texts.rollCallClosed({
    month: occurrence,
    rate: figures.rate,
    tenths: tenthsOf(figures.rate),
    excused,
    unexcused,
    isCorrected: result.correction !== undefined,
  })
  const counted = lines.filter(({ member, was }) => was.length > 0 || after.has(member.memberId))
  const names = namesText(
    facts,
    row,
    counted.map(({ member }) => member),
    given,
    figures,
  )
  return [
    { put: 'meeting', row },
    ...changed.map((each): Effect => ({ put: 'attendance', row: each })),
    {
      audit: {
        orgId,
        action: result.correction ? 'meeting.rollCorrected' : 'meeting.rollClosed',
        subject: `meeting:${orgId}:${occurrence}`,
        details: { present, expected, excused, unexcused, changed: changed.length },
      },
    },
    reply(said),
    { say: { audience: { to: 'secretaries', orgId }, text: names, rank: 'notice' } },
    { dialogue: null },
  ]
}

/** For the secretaries: who was absent and how, and what the rules give reason to look at. */
function namesText(
  facts: Facts,
  meeting: Meeting,
  roster: readonly Member[],
  rows: readonly Attendance[],
  figures: AttendanceFigures,
): string {
  const { texts, today } = facts
  const { orgId, occurrence } = meeting
  const closed = facts
    .meetings(orgId)
    .filter((each) => each.rollClosedAt !== null && each.occurrence.slice(0, 4) === occurrence.slice(0, 4))
    .filter((each) => each.occurrence < occurrence)
    .map((each) => each.occurrence)
    .sort()
  const byMember = new Map(rows.map((row) => [row.memberId, row]))
  const counted = byGivenName(roster.filter((member) => countsInDenominator(member.status)))
  const past = closed.map((each) => new Map(facts.attendance(orgId, each).map((row) => [row.memberId, row.answer])))
  const histories = counted.map((member) => ({
    memberId: member.memberId,
    status: member.status,
    answers: [...past.map((each) => each.get(member.memberId) ?? null), byMember.get(member.memberId)?.answer ?? null],
  }))
  const general = attendanceRuleOn(facts.attendanceRules(), today)
  const own = facts.meetingRules(orgId)
  const rule = general && {
    ...general,
    abovePercent: own.abovePercent ?? general.abovePercent,
    mostExcusedInRow: own.mostExcusedInRow ?? general.mostExcusedInRow,
    monthsAbsent: own.monthsAbsent ?? general.monthsAbsent,
  }
  const alerts = attendanceAlerts(figures, histories, rule, [...closed, occurrence].map(monthOfMeeting))
  const name = (memberId: number) => nameOf(counted.find((member) => member.memberId === memberId)!, texts.erasedName)
  return texts.rollCallNames({
    month: occurrence,
    rate: figures.rate,
    tenths: tenthsOf(figures.rate),
    excused: counted.flatMap((member) => {
      const row = byMember.get(member.memberId)
      if (row?.answer !== 'excused') return []
      const reason = row.reasonKind ? texts.reasonNames[row.reasonKind] : null
      return [reason ? `${nameOf(member, texts.erasedName)} (${reason})` : nameOf(member, texts.erasedName)]
    }),
    unexcused: alerts.unexcused.map(name),
    isLow: alerts.isLow,
    excusedInRow: alerts.excusedInRow.map(({ memberId, times }) => ({ name: name(memberId), times })),
    monthsAbsent: alerts.monthsAbsent.map(({ memberId, times }) => ({ name: name(memberId), times })),
    rule,
  })
}

/** Who was absent from the last meeting whose roll was closed, as its secretaries were told; null where there was none lately. */
export function namesOfLast(facts: Facts, orgId: number): string | null {
  const closed = facts.meetings(orgId).filter((each) => each.rollClosedAt !== null && each.rollCounts)
  const meeting = closed.sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime()).at(-1)
  if (!meeting?.rollCounts) return null
  const rows = facts.attendance(orgId, meeting.occurrence)
  const byMember = new Map(rows.map((row) => [row.memberId, row]))
  const counted = linesOf(facts, meeting, byMember).filter(
    ({ member, was }) => was.length > 0 || byMember.has(member.memberId),
  )
  const roster = counted.map(({ member }) => member)
  return namesText(facts, meeting, roster, rows, attendanceOfCounts(meeting.rollCounts, true))
}

export const rollCall: Command<'meeting.rollCall'> = {
  intents: ['meeting.rollCall'],
  may: 'meeting.rollCall',
  respond(facts, request) {
    if (request.extras?.reported) return [reply(facts.texts.rollCallReported)]
    const result = request.extras?.rollCall
    return result ? close(facts, request, result) : open(facts)
  },
}
