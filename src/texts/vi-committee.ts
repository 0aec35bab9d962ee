/** What the bot says in Vietnamese where a committee speaks or is spoken of; part of vi.ts. */
import type { ApprovalRoute } from '../domain/approval.ts'
import type { DeedState } from '../domain/records.ts'
import { viDeed } from './vi-forms.ts'
import type { ViVocabulary } from './vi-words.ts'

type DeedView = { content: string | null; dueOn: string | null; number: number }

export const viCommittee = ({ w }: ViVocabulary) => ({
  /** Where a deed is that somebody else than the cell decides on; null: as `stateNames` says. */
  deedState: (state: DeedState, route: ApprovalRoute, collective: boolean | 'committee'): string | null => {
    if (route === 'cell') return null
    if (state === 'returned') return 'người duyệt đề nghị xem lại'
    if (state !== 'submitted') return null
    if (route === 'above') return `chờ ${w.committeeAbove} thông qua`
    if (route === 'nobody') return 'chờ có người duyệt'
    return collective ? `chờ ${collective === 'committee' ? w.committee : w.cell} thông qua` : 'chờ người khác duyệt'
  },
  titledName: (name: string) => `${w.titled} ${name}`,
  /** A deed in a list of somebody's: with the number by which it is named. */
  numberedDeed: (deed: DeedView) => `(việc ${deed.number}) ${viDeed(deed)}`,
  /** In the place of `refusals` where the organisation is a committee. */
  committeeRefusals: {
    notSecretary: `Việc này dành cho ${w.secretary}, ${w.deputy} của ${w.committee}. Đề nghị ${w.you} trao đổi với ${w.theSecretary}.`,
    notOfficer: `Việc này dành cho ${w.secretary}, ${w.deputy}, ${w.clerk} của ${w.committee}. Đề nghị ${w.you} trao đổi với ${w.theSecretary}.`,
    notCommittee: `Việc này dành cho ${w.committee}: ${w.secretary}, ${w.deputy}, ${w.committeeMember}. Đề nghị ${w.you} trao đổi với ${w.theSecretary}.`,
  },
})
