/** What the bot asks in English before a meeting is called off, and of a place that alone changes; part of en.ts. */
import { enNumbered } from './en-forms.ts'
import type { viCallOff } from './vi-call-off.ts'

export const enCallOff: ReturnType<typeof viCallOff> = {
  callOffAsk: (when) =>
    `Call off the meeting at ${when} and tell everybody? Answer "yes" or "no"; to move it, give the new day, for example "/move to 28/12 19:30"; "cancel" leaves it.`,
  notHeldAskWhy: (when, options) =>
    `Why is the meeting at ${when} not held?\n${enNumbered(options)}\nAnswer with a number, or in words ("because …"), or "no reason"; "cancel" keeps it.`,
  callOffAskWhy: (when) =>
    `Why is the meeting at ${when} called off? Answer, for example "because of a storm"; "no reason" gives none; "cancel" keeps the meeting.`,
  callOffReasonIs: (reason) =>
    `Call the meeting off and tell everybody, for the reason "${reason}"? Answer "yes" or "no"; "cancel" keeps it.`,
  notHeldAnnounced: (when, reason) =>
    `Please note: the meeting at ${when} is not held.${reason ? ` Reason: ${reason}.` : ''}`,
  callOffLeft: 'Nothing was recorded; the meeting stands.',
  callOffOption: (when) => `call off the meeting at ${when}`,
  excuseOption: (when) => `you alone will be absent from the meeting at ${when}`,
  placeChanged: (when, place) => `Please note: the meeting at ${when} is now held at ${place}.`,
  excuseAsk: (when) =>
    `Will you be absent from the meeting at ${when}? Answer "yes" or "no"; "cancel" leaves it. Only the secretary can call it off.`,
}
