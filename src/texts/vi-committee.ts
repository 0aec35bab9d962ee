/** What the bot says in Vietnamese where a committee speaks or is spoken of; part of vi.ts. */
import type { ApprovalRoute } from '../domain/approval.ts'
import type { Rating } from '../domain/rating.ts'
import type { DeedState } from '../domain/records.ts'
import { viDeed, viNumbered, viPeriod } from './vi-forms.ts'
import type { ViVocabulary } from './vi-words.ts'

export interface PraiseView {
  kind: 'praise' | 'model' | 'exemplar'
  name: string
  isCollective: boolean
  number: number | null
  title: string | null
  result: string | null
  period: string | null
}

type DeedView = { content: string | null; dueOn: string | null; number: number }

export const viCommittee = ({ w, W, names }: ViVocabulary) => ({
  /** Where a deed is that somebody else than the cell decides on; '': as `stateNames` says. */
  deedState: (state: DeedState, route: ApprovalRoute, collective: boolean | 'committee'): string => {
    if (route === 'cell') return ''
    if (state === 'returned') return 'người duyệt đề nghị xem lại'
    if (state !== 'submitted') return ''
    if (route === 'above') return `chờ ${w.committeeAbove} thông qua`
    if (route === 'nobody') return 'chờ có người duyệt'
    return collective ? `chờ ${collective === 'committee' ? w.committee : w.cell} thông qua` : 'chờ người khác duyệt'
  },
  praisedLine: (row: PraiseView) => {
    if (row.kind === 'exemplar') return `${row.period === null ? '' : `${viPeriod(row.period)}: `}${row.name}`
    if (row.kind === 'model')
      return `${row.title ?? '(đã xoá)'} (${row.name})${row.result ? `. Kết quả: ${row.result}` : ''}`
    return `${row.isCollective ? 'tập thể ' : ''}${row.name}${row.number === null ? '' : `, việc ${row.number}`}`
  },
  praisedList: (kind: 'praise' | 'model' | 'exemplar', org: string, period: string, lines: readonly string[]) => {
    const head = { praise: 'Được biểu dương', model: 'Mô hình, cách làm hay', exemplar: 'Gương hằng tháng' }[kind]
    return lines.length === 0
      ? `${head}, ${org}, ${viPeriod(period)}: chưa ghi.`
      : `${head}, ${org}, ${viPeriod(period)}:\n${viNumbered(lines)}`
  },
  registerOwnOnly: (own: string, named: string) =>
    `${W.you} chỉ đăng ký được cho ${own}; ${named} tự đăng ký việc của mình. Việc của ${own}, ${w.you} nhắn "tập thể đk: …".`,
  nothingToReviewOf: (org: string) =>
    `${org} không có việc tập thể nào mang số ấy chờ duyệt. ${W.you} nhắn "duyệt" để xem những việc đang chờ.`,
  collectiveNone: (org: string, year: number) => `${org} chưa đăng ký việc tập thể nào năm ${year}.`,
  rateWhichCollective: `${W.you} đánh giá việc của tập thể nào? Ví dụ: "đánh giá việc 1 của ${w.cell} Đông: tốt".`,
  rateBelowOnly: `${W.committee} đánh giá việc tập thể và việc của ${w.secretary} các ${w.below}; việc của ${w.member} do ${w.cell} đánh giá. Ví dụ: "đánh giá việc 1 của ${w.cell} Đông: tốt".`,
  rateByNumber: (name: string) =>
    `${W.you} nhắn riêng cho tôi, kèm số việc, ví dụ: "đánh giá việc 1 của ${w.titleInShort} ${name}: tốt".`,
  rateAsk: (name: string, deed: DeedView, rating: Rating, before: Rating | null) =>
    `Tôi chỉ ghi đánh giá từng việc, không xếp loại ${w.member}. Đánh giá việc ${deed.number} của ${w.titled} ${name}, ${viDeed(deed)}: ${names.rating[rating]}${before ? ` (trước đó: ${names.rating[before]})` : ''}?\nTrả lời "có" hoặc "không".`,
  ratedInstead: (before: Rating) => `Mức ghi trước đó: ${names.rating[before]}.`,
  ratedFromAbove: (number: number, rating: Rating, part: string | null) =>
    `${W.committeeAbove} đánh giá việc ${number} của ${w.you}${part ? `, ${part}` : ''}: ${names.rating[rating]}.`,
  ratedCollective: (org: string, number: number, rating: Rating, part: string | null) =>
    `Đã ghi đánh giá việc tập thể ${number} của ${org}${part ? `, ${part}` : ''}: ${names.rating[rating]}.`,
  ratedToCollective: (org: string, number: number, rating: Rating, part: string | null) =>
    `Việc tập thể ${number} của ${org}${part ? `, ${part}` : ''} được đánh giá: ${names.rating[rating]}.`,
  collectiveNotRateable: (org: string) =>
    `${org} không có việc tập thể nào mang số ấy đã được thông qua để đánh giá. ${W.you} nhắn "việc của ${org}" để xem.`,
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
