import { reply } from '../dialogue/effects.ts'
import { addToMonth, dateOf, isLocalMonth, periodRange } from '../domain/calendar.ts'
import { upcoming } from '../domain/meeting.ts'
import { monthOfMeeting } from '../domain/meeting-notice.ts'
import { type Command, inOrg } from './command.ts'
import { lineOf, meetingsOf } from './meeting-facts.ts'

/** When do we meet: the next meeting, or those of the period asked about. */
export const when: Command<'meeting.when'> = {
  intents: ['meeting.when'],
  may: 'meeting.see',
  respond(facts, request) {
    const { texts, timeZone } = facts
    const { org } = inOrg(facts)
    const all = meetingsOf(facts, org)
    const { period } = request.slots
    if (!period) {
      const ahead = upcoming(all, facts.now)
      // The next one of each kind: a thematic meeting of its own does not hide the regular one.
      const next = ahead.filter(({ kind }, at) => {
        const isThematic = kind === 'thematic'
        return ahead.findIndex((each) => (each.kind === 'thematic') === isThematic) === at
      })
      return [reply(next.map((meeting) => lineOf(facts, org, meeting)).join('\n') || texts.noSchedule)]
    }
    const meetingsIn = (meant: string) => {
      const { from, to } = periodRange(meant)
      return all.filter((meeting) => {
        const on = dateOf(meeting.startsAt, timeZone)
        return monthOfMeeting(meeting.occurrence) === meant || (on >= from && on <= to)
      })
    }
    // "Tháng 2", asked in December, is the coming one where the past one is not remembered.
    const isOver = isLocalMonth(period) && period < facts.today.slice(0, 7)
    const meant = isOver && meetingsIn(period).length === 0 ? addToMonth(period, 12) : period
    const inPeriod = meetingsIn(meant)
    if (inPeriod.length === 0) return [reply(texts.meetingNoneIn(meant))]
    const lines = inPeriod.map((meeting) =>
      meeting.state === 'cancelled'
        ? texts.meetingCancelled(meeting.occurrence, meeting.reason)
        : lineOf(facts, org, meeting),
    )
    return [reply(lines.join('\n'))]
  },
}
