/** What the bot says in Vietnamese where a committee speaks or is spoken of; part of vi.ts. */
import type { ViVocabulary } from './vi-words.ts'

export const viCommittee = ({ w }: ViVocabulary) => ({
  /** In the place of `refusals` where the organisation is a committee. */
  committeeRefusals: {
    notSecretary: `Việc này dành cho ${w.secretary}, ${w.deputy} của ${w.committee}. Đề nghị ${w.you} trao đổi với ${w.theSecretary}.`,
    notOfficer: `Việc này dành cho ${w.secretary}, ${w.deputy}, ${w.clerk} của ${w.committee}. Đề nghị ${w.you} trao đổi với ${w.theSecretary}.`,
    notCommittee: `Việc này dành cho ${w.committee}: ${w.secretary}, ${w.deputy}, ${w.committeeMember}. Đề nghị ${w.you} trao đổi với ${w.theSecretary}.`,
  },
})
