/** What the bot says in English where a committee speaks or is spoken of; part of en.ts. */
import { enDeed } from './en-forms.ts'
import type { viCommittee } from './vi-committee.ts'

export const enCommittee: ReturnType<typeof viCommittee> = {
  deedState: (state, route) => (state === 'submitted' && route === 'above' ? 'waits for approval from above' : null),
  titledName: (name) => name,
  numberedDeed: (deed) => `(deed ${deed.number}) ${enDeed(deed)}`,
  committeeRefusals: {
    notSecretary: 'That is for the secretary and deputy of the committee. Please speak to the secretary.',
    notOfficer: 'That is for the secretary, deputy and clerk of the committee. Please speak to the secretary.',
    notCommittee: 'That is for the committee: secretary, deputy and its members. Please speak to the secretary.',
  },
}
