import { reply } from '../dialogue/effects.ts'
import { dateOf, periodRange } from '../domain/calendar.ts'
import { type Command, inOrg } from './command.ts'
import { meetingsOf, nextMeeting, themeOf, whenOf } from './meeting-facts.ts'

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
      const next = nextMeeting(facts, org)
      if (!next) return [reply(texts.noSchedule)]
      return [
        reply(texts.meetingWhen(whenOf(facts, next), next.place, themeOf(facts, org, next.occurrence), next.isMoved)),
      ]
    }
    const { from, to } = periodRange(period)
    const inPeriod = all.filter((meeting) => {
      const on = dateOf(meeting.startsAt, timeZone)
      return meeting.occurrence === period || (on >= from && on <= to)
    })
    if (inPeriod.length === 0) return [reply(texts.meetingNoneIn(period))]
    const lines = inPeriod.map((meeting) =>
      meeting.state === 'cancelled'
        ? texts.meetingCancelled(meeting.occurrence, meeting.reason)
        : texts.meetingWhen(
            whenOf(facts, meeting),
            meeting.place,
            themeOf(facts, org, meeting.occurrence),
            meeting.isMoved,
          ),
    )
    return [reply(lines.join('\n'))]
  },
}
