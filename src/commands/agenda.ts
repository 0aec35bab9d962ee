import { reply } from '../dialogue/effects.ts'
import { looksClassified } from '../dialogue/guard.ts'
import type { MeetingSetting } from '../domain/records.ts'
import { type Command, inOrg } from './command.ts'

/** More lines than this are no agenda of an evening; longer ones no line. */
const [mostLines, longestLine] = [12, 200]

/** Tells the lines of a meeting, or sets them for the organisation and everything below that has none of its own. */
export const agenda: Command<'meeting.agenda'> = {
  intents: ['meeting.agenda'],
  may: (_facts, request) => (request.slots.items ? 'meeting.theme' : 'meeting.see'),
  respond(facts, request) {
    const { texts } = facts
    const { org } = inOrg(facts)
    const { items } = request.slots
    if (!items) return [reply(texts.agendaIs(facts.meetingRules(org.orgId).agenda ?? texts.defaultAgenda))]
    if (looksClassified(items.join('\n'))) return [reply(texts.classified)]
    if (items.length > mostLines || items.some((line) => line.length > longestLine))
      return [reply(texts.agendaTooLong(mostLines, longestLine))]
    const known = facts.meetingSetting(org.orgId)
    const row: MeetingSetting = {
      ...{ orgId: org.orgId, noticeDay: null, abovePercent: null, mostExcusedInRow: null, monthsAbsent: null },
      ...known,
      agenda: items,
    }
    return [
      { put: 'meetingSetting', row },
      {
        audit: {
          orgId: org.orgId,
          action: 'meeting.agendaSet',
          subject: `organisation:${org.orgId}`,
          details: { lines: items.length },
        },
      },
      reply(texts.agendaSet(items)),
    ]
  },
}
