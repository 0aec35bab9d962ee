/** What the bot says in Vietnamese of deeds of another year than the present one; part of vi.ts. */
import type { Campaign } from '../domain/records.ts'
import { viCount, viDate, viDeed, viNumbered, viPeriod, viTwoDigits } from './vi-forms.ts'
import type { ViVocabulary } from './vi-words.ts'

/** Whose deeds: the member's (false), the cell's (true) or the committee's. */
type Collective = boolean | 'committee'
interface Ratio {
  numerator: number
  denominator: number
}
type DeedView = { content: string | null; dueOn: string | null }

type Shown = Pick<
  Campaign,
  | 'title'
  | 'theme'
  | 'legalBasis'
  | 'opensOn'
  | 'closesOn'
  | 'minIndividual'
  | 'maxIndividual'
  | 'minCollective'
  | 'maxCollective'
>
const viSome = (min: number, max: number) => (min === max ? `${max} việc` : `từ ${min} đến ${max} việc`)

export const viYear = ({ w, W }: ViVocabulary) => {
  const whose = (collective: Collective) => (collective === 'committee' ? w.committee : collective ? w.cell : w.you)
  const Whose = (collective: Collective) => (collective === 'committee' ? W.committee : collective ? W.cell : W.you)
  const mine = (collective: Collective) => (collective === 'committee' ? 'tập thể' : collective ? w.cell : 'tôi')
  return {
    campaignShown: (data: Shown & { isOver: boolean }) =>
      [
        `${data.title}.`,
        `Đăng ký từ ngày ${viDate(data.opensOn)} đến hết ngày ${viDate(data.closesOn)}${data.isOver ? ' (đã hết hạn)' : ''}.`,
        `Mỗi ${w.member} ${viSome(data.minIndividual, data.maxIndividual)}; tập thể ${w.cell} ${viSome(data.minCollective, data.maxCollective)}.`,
        ...(data.theme ? [`Chủ đề: ${data.theme}.`] : []),
        ...(data.legalBasis.length > 0 ? [`Căn cứ: ${data.legalBasis.join('; ')}.`] : []),
      ].join('\n'),
    notedOfYear: (year: number) => `Ghi cho năm ${year}, sổ năm ấy còn mở.`,
    deedOfYear: (number: number, year: number, deed: DeedView) => `Việc ${number} năm ${year}: ${viDeed(deed)}`,
    yearUnclear: (number: number, last: number, year: number) =>
      `Việc ${number} có cả ở năm ${last} và năm ${year}. Tôi chưa ghi; ${w.you} nhắn kèm năm, ví dụ "việc ${number} năm ${last} xong rồi".`,
    yearIsOver: (year: number) =>
      `Năm ${year} đã hết nên việc của năm ấy không sửa, không rút được nữa. Đến khi khoá sổ năm vẫn báo tiến độ và đánh giá được, ví dụ "việc 1 năm ${year} xong rồi".`,
    noSuchDeedIn: (number: number, year: number, collective: Collective = false) =>
      `Năm ${year} ${whose(collective)} không có việc số ${number}. Nhắn "việc của ${mine(collective)} năm ${year}" để xem.`,
    onlyLastYears: (number: number, year: number, collective: Collective = false) =>
      `Năm nay ${whose(collective)} chưa có việc số ${number}; việc ${number} là của năm ${year}. Nhắn "việc của ${mine(collective)} năm ngoái" để xem.`,
    noDeedsIn: (year: number, collective: Collective = false) =>
      `${Whose(collective)} không có việc nào của năm ${year}.`,
    lastYearsHow: (year: number, count: number, collective: Collective = false) =>
      `Năm ${year} có ${viTwoDigits(count)} việc; nhắn "việc của ${mine(collective)} năm ngoái" để xem.`,
    noApprovedDeedOfIn: (name: string, year: number) =>
      `${W.titled} ${name} không có việc nào của năm ${year} được thông qua để đánh giá.`,
    noSuchDeedOfIn: (name: string, number: number, year: number) =>
      `Năm ${year} ${w.titled} ${name} không có việc số ${number} đã được thông qua. Đề nghị ${w.you} kiểm tra lại số việc.`,
    ratedBefore: (period: string, year: number) =>
      `${viPeriod(period)} chưa đến nên tôi chưa ghi gì. Nếu là kỳ này của năm ${year}, ${w.you} nhắn kèm năm.`,
    namesGone: (year: number) =>
      `Danh sách tên và việc của năm ${year} đã được xoá khi hết thời hạn lưu; chỉ còn giữ số liệu.`,
    missingPledgeIn: (year: number, names: readonly string[], ratio: Ratio) =>
      names.length === 0
        ? `Năm ${year}: cả ${viCount(ratio.denominator)} ${w.people} đã đăng ký.`
        : `Năm ${year}, chưa đăng ký: ${viCount(names.length)} trong ${viCount(ratio.denominator)} ${w.people}:\n${viNumbered(names)}`,
    missingInRound: (data: { month: string; askedOn: string | null; names: readonly string[]; of: number }) => {
      const asked = data.askedOn ? 'được hỏi' : 'có việc đang làm'
      return [
        data.askedOn
          ? `Lượt hỏi tiến độ ${viPeriod(data.month)}, từ ngày ${viDate(data.askedOn)}.`
          : `${W.cell} chưa có lượt hỏi tiến độ ${viPeriod(data.month)}.`,
        data.of === 0
          ? `Không có ${w.people} nào ${asked}.`
          : data.names.length === 0
            ? `Cả ${viCount(data.of)} ${w.people} ${asked} đều đã báo tiến độ.`
            : `Chưa báo tiến độ: ${viCount(data.names.length)}/${viCount(data.of)} ${w.people} ${asked}:\n${viNumbered(data.names)}`,
      ].join('\n')
    },
    missingRating: (data: {
      period: string
      isSelf: boolean
      deeds: number
      lines: readonly { person: string; numbers: readonly number[] }[]
    }) => {
      const unrated = data.lines.reduce((sum, { numbers }) => sum + numbers.length, 0)
      const what = data.isSelf ? 'tự đánh giá' : 'được đánh giá'
      if (data.deeds === 0) return `${viPeriod(data.period)} chưa có việc nào được thông qua để đánh giá.`
      if (unrated === 0) return `Việc của ${viPeriod(data.period)}: cả ${viCount(data.deeds)} việc đã ${what}.`
      return [
        `Việc của ${viPeriod(data.period)} chưa ${what}: ${viCount(unrated)} trong ${viCount(data.deeds)} việc.`,
        viNumbered(data.lines.map(({ person, numbers }) => `${person}: việc ${numbers.join(', ')}`)),
      ].join('\n')
    },
    dueBeyond: (dueOn: string, yearEnd: string) =>
      `Hạn ${viDate(dueOn)} đã sang năm khác, mà việc đăng ký là của năm nay (đến hết ${viDate(yearEnd)}).`,
    editDueBeyond: (dueOn: string, yearEnd: string) =>
      `Hạn ${viDate(dueOn)} đã sang năm khác, mà việc đăng ký là của năm nay; tôi giữ nguyên. ${W.you} nhắn hạn chậm nhất ${viDate(yearEnd)}, phần còn lại đăng ký vào năm sau.`,
  }
}
