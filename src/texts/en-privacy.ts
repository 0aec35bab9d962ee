/** What the bot says in English of requests about personal data; part of en.ts. */
import { enDate } from './en-forms.ts'
import type { viPrivacy } from './vi-privacy.ts'

export const enPrivacy: ReturnType<typeof viPrivacy> = {
  rightNames: {
    show: 'to see data',
    export: 'to take data along',
    erase: 'to erase data',
    withdraw: 'to withdraw consent',
    correct: 'to correct data',
    object: 'to object to the processing of data',
    restrict: 'to restrict the processing of data',
  },
  requestNoted: (right, request, answerOn, fulfilOn) =>
    `Your request no. ${request} is noted: ${right}. You get an answer by ${enDate(answerOn)}; it is fulfilled by ${enDate(fulfilOn)}. To stop the processing at once, write "withdraw consent".`,
  requestOpenAlready: (right, request, answerOn, fulfilOn) =>
    `Your request no. ${request} (${right}) is waiting: an answer by ${enDate(answerOn)}, fulfilled by ${enDate(fulfilOn)}.`,
  requestForOfficers: (name, right, request, answerOn, fulfilOn) =>
    `${name} made request no. ${request}: ${right}. Please answer them yourself by ${enDate(answerOn)}, have it done by ${enDate(fulfilOn)}, and tell whoever runs this program what came of it.`,
  requestWarning: (request, right, stage, on) =>
    `Request no. ${request} about personal data (${right}) ${
      {
        answerSoon: `needs an answer by ${enDate(on)}`,
        answerOverdue: `should have been answered by ${enDate(on)}`,
        fulfilSoon: `has to be fulfilled by ${enDate(on)}`,
        fulfilOverdue: `should have been fulfilled by ${enDate(on)}`,
      }[stage]
    }. Please see to it with whoever runs this program.`,
  membershipThen: (organisation, status, fromOn, untilOn) =>
    `${organisation}, ${status}${fromOn ? `, from ${enDate(fromOn)}` : ''} until ${enDate(untilOn)}`,
  dataRequest: (request, right, on, isClosed) =>
    `Request no. ${request} (${right}), ${enDate(on)}: ${isClosed ? 'done' : 'waiting'}`,
}
