/** What the bot says in Vietnamese of closing the books of a period, of its review and of a campaign's days; part of vi.ts. */
import { viCount, viDate, viDateTime, viNumbered, viPeriod, viTwoDigits } from './vi-forms.ts'
import type { ViVocabulary } from './vi-words.ts'

interface Ratio {
  numerator: number
  denominator: number
}

export const viPeriods = ({ w, W }: ViVocabulary) => ({
  periodClosed: (period: string, closedOn: string) =>
    `Kỳ ${viPeriod(period)} đã khoá sổ ngày ${viDate(closedOn)} nên tôi không ghi thay đổi này; đề nghị ${w.you} báo ${w.committeeAbove} mở lại nếu cần.`,
  closeWhich: `${W.you} khoá sổ kỳ nào? Ví dụ: "khoá sổ 6 tháng đầu năm", "khoá sổ quý 3", "khoá sổ năm nay".`,
  closeTooEarly: (period: string, opensOn: string) =>
    `Kỳ ${viPeriod(period)} chưa khoá sổ được: từ ngày ${viDate(opensOn)} ${w.you} có thể khoá sổ.`,
  closedAlready: (period: string, closedAt: Date, zone: string) =>
    `Kỳ ${viPeriod(period)} đã khoá sổ lúc ${viDateTime(closedAt, zone)}. ${W.you} nhắn "tổng hợp" kèm tên kỳ để xem số liệu đã chốt.`,
  closedAlreadyBelow: (period: string) => `Mọi đơn vị trong phạm vi này đều đã khoá sổ kỳ ${viPeriod(period)}.`,
  closeAsk: (data: {
    org: string
    period: string
    organisations: number
    members: Ratio
    deeds: number
    isRunning: boolean
    lastOn: string
  }) =>
    [
      `Khoá sổ kỳ ${viPeriod(data.period)} của ${data.org}${data.organisations > 1 ? ` và cấp dưới (${viTwoDigits(data.organisations)} đơn vị)` : ''}.`,
      `Số liệu chốt lúc này${data.period.includes('-') ? `, đăng ký của cả năm ${data.period.slice(0, 4)}` : ''}: ${viCount(data.members.numerator)}/${viCount(data.members.denominator)} ${w.member} đã đăng ký, ${viCount(data.deeds)} việc.`,
      ...(data.isRunning ? [`Kỳ này còn đến hết ngày ${viDate(data.lastOn)}.`] : []),
      `Sau khi khoá sổ, không ghi thêm, không sửa số liệu của kỳ; chỉ ${w.committeeAbove} mở lại được.`,
      'Trả lời "có" để khoá sổ, "không" hoặc "thôi" để dừng.',
    ].join('\n'),
  closeLeft: 'Chưa khoá sổ. Số liệu vẫn mở.',
  closed: (period: string, organisations: number, closedAt: Date, zone: string) =>
    `Đã khoá sổ kỳ ${viPeriod(period)} lúc ${viDateTime(closedAt, zone)}${organisations > 1 ? ` cho ${viTwoDigits(organisations)} đơn vị` : ''}. Số liệu và danh sách của kỳ giữ nguyên từ đây.`,
  closedByAbove: (period: string, org: string) =>
    `Kỳ ${viPeriod(period)} của ${org} đã được cấp trên khoá sổ. Cần sửa số liệu của kỳ, đề nghị ${w.you} báo ${w.committeeAbove} mở lại.`,
  reopenHow: `Muốn mở lại một kỳ, ${w.you} nhắn tên kỳ, đơn vị và lý do, ví dụ: "mở lại sổ quý 3 của ${w.cell} Đông vì: ghi thiếu một buổi họp".`,
  reopenOnlyAbove: `Kỳ đã khoá sổ chỉ do ${w.committeeAbove} trực tiếp hoặc người vận hành mở lại, kèm lý do. Đề nghị ${w.you} báo lên trên.`,
  reopenNotClosed: (period: string, org: string) => `Kỳ ${viPeriod(period)} của ${org} đang mở, không cần mở lại.`,
  reopenAsk: (period: string, org: string, reason: string) =>
    `Mở lại sổ kỳ ${viPeriod(period)} của ${org}, lý do: ${reason}. Việc mở lại được ghi vào nhật ký. Trả lời "có" hoặc "không".`,
  reopenLeft: 'Không mở lại. Sổ vẫn khoá.',
  reopened: (period: string, org: string) =>
    `Đã mở lại sổ kỳ ${viPeriod(period)} của ${org}. Sửa xong, đề nghị ${w.you} khoá sổ lại.`,
  reopenedToSecretary: (period: string, org: string, reason: string) =>
    `Kỳ ${viPeriod(period)} của ${org} đã được mở lại, lý do: ${reason}. Sửa xong, đề nghị ${w.you} nhắn "khoá sổ" kèm tên kỳ.`,
  reviewHow: `${W.you} nhắn riêng tôi: "hạn chế 6 tháng: 1. … 2. …" hoặc "nhiệm vụ năm: 1. … 2. …", mỗi nội dung một số hoặc một dòng.`,
  reviewPrivate: `Nội dung này ${w.you} nhắn riêng tôi, không nhắn trong nhóm.`,
  reviewNoNames: `Nội dung này nói về ${w.cell}, không nêu tên từng người. Đề nghị ${w.you} viết lại; tôi chưa ghi.`,
  reviewTooLong: (items: number, length: number) =>
    `Mỗi phần nhiều nhất ${viTwoDigits(items)} nội dung, mỗi nội dung nhiều nhất ${viCount(length)} ký tự. Đề nghị ${w.you} rút gọn rồi nhắn lại.`,
  reviewAsk: (data: { period: string; part: 'limits' | 'tasks'; items: readonly string[]; replaces: number }) =>
    [
      `${data.part === 'limits' ? 'Hạn chế' : 'Nhiệm vụ'}, ${data.period.includes('-') ? 'sơ kết' : 'tổng kết'} ${viPeriod(data.period)}:`,
      ...(data.items.length > 0 ? [viNumbered(data.items)] : []),
      ...(data.replaces > 0 ? [`Thay cho ${viTwoDigits(data.replaces)} nội dung đã ghi trước.`] : []),
      'Trả lời "có" để ghi, "không" hoặc "thôi" để dừng; muốn sửa, nhắn lại cả phần này.',
    ].join('\n'),
  reviewLeft: 'Chưa ghi gì.',
  reviewNoted: (period: string, part: 'limits' | 'tasks', count: number) =>
    `Đã ghi ${viTwoDigits(count)} ${part === 'limits' ? 'hạn chế' : 'nhiệm vụ'} của kỳ ${viPeriod(period)}. ${W.you} sửa được đến khi kỳ khoá sổ.`,
  reviewOf: (period: string, limits: readonly string[], tasks: readonly string[]) =>
    [
      ...(limits.length > 0 ? [`Hạn chế (${viPeriod(period)}):`, viNumbered(limits)] : []),
      ...(tasks.length > 0 ? [`Nhiệm vụ (${viPeriod(period)}):`, viNumbered(tasks)] : []),
    ].join('\n'),
  campaignAsk: (data: { org: string; year: number; opensOn: string; closesOn: string; leadDays: readonly number[] }) =>
    [
      `Mở đợt đăng ký năm ${data.year} của ${data.org}: từ ${viDate(data.opensOn)} đến hết ${viDate(data.closesOn)}.`,
      ...(data.leadDays.some((day) => day > 0)
        ? [
            `Nhóm được nhắc trước hạn ${data.leadDays.filter((day) => day > 0).join(', ')} ngày${data.leadDays.includes(0) ? ' và trong ngày cuối' : ''}, chỉ nêu số lượng.`,
          ]
        : []),
      'Trả lời "có" để mở, "không" hoặc "thôi" để dừng.',
    ].join('\n'),
  campaignLeft: 'Chưa mở đợt đăng ký.',
  campaignBadDates: `Hạn đăng ký phải từ hôm nay trở đi và không trước ngày mở. Ví dụ: "mở đợt đăng ký năm nay đến 31/12".`,
  campaignOpened: (year: number, opensOn: string, closesOn: string) =>
    `Đã mở đợt đăng ký năm ${year}, từ ${viDate(opensOn)} đến hết ${viDate(closesOn)}. Tôi sẽ báo trong nhóm và nhắc trước hạn.`,
  campaignAnnounced: (data: { org: string; title: string; theme: string | null; closesOn: string; members: Ratio }) =>
    [
      `Kính báo ${w.everyone}: ${data.org} bắt đầu đợt đăng ký ${data.title}.`,
      ...(data.theme ? [`Chủ đề: ${data.theme}.`] : []),
      `Đến nay ${viCount(data.members.numerator)}/${viCount(data.members.denominator)} ${w.member} đã đăng ký. Hạn: hết ngày ${viDate(data.closesOn)}.`,
      'Cách đăng ký: trả lời tin này, ví dụ "đk: giúp 1 hộ nghèo, xong trước 30/11".',
    ].join('\n'),
  campaignReminder: (data: { org: string; closesOn: string; days: number; members: Ratio }) =>
    `${data.org}: ${data.days === 0 ? 'hôm nay là ngày cuối đăng ký' : `còn ${viTwoDigits(data.days)} ngày đến hạn đăng ký (${viDate(data.closesOn)})`}, đã có ${viCount(data.members.numerator)}/${viCount(data.members.denominator)} ${w.member} đăng ký. Đề nghị ${w.people} nào chưa đăng ký trả lời tin này: "đk: …".`,
  campaignMissing: (closesOn: string, names: readonly string[], of: number) =>
    `Hạn đăng ký ${viDate(closesOn)}, còn ${viCount(names.length)} trong ${viCount(of)} ${w.people} chưa đăng ký:${names.length > 0 ? `\n${viNumbered(names)}` : ' –'}\nMuốn nhắc riêng, ${w.you} nhắn "nhắc mọi người đăng ký".`,
  periodDue: (data: {
    org: string
    period: string
    isYear: boolean
    silentDeeds: number
    meetings: number
    unrated: number
    openBelow: number
  }) =>
    [
      `${data.org}: kỳ ${viPeriod(data.period)} đã hết, ${w.you} có thể ${data.isYear ? 'tổng kết' : 'sơ kết'} và khoá sổ.`,
      ...(data.silentDeeds > 0 ? [`- ${viTwoDigits(data.silentDeeds)} việc chưa báo tiến độ trong kỳ`] : []),
      ...(data.meetings > 0 ? [`- ${viTwoDigits(data.meetings)} buổi họp chưa có kết quả điểm danh`] : []),
      ...(data.unrated > 0 ? [`- ${viTwoDigits(data.unrated)} việc chưa được đánh giá`] : []),
      ...(data.openBelow > 0 ? [`- ${viTwoDigits(data.openBelow)} đơn vị cấp dưới chưa khoá sổ`] : []),
      `Ghi hạn chế, nhiệm vụ: "hạn chế ${data.isYear ? 'năm ngoái' : '6 tháng'}: 1. …", "nhiệm vụ ${data.isYear ? 'năm ngoái' : '6 tháng'}: 1. …"; khoá sổ: "khoá sổ ${data.isYear ? 'năm ngoái' : viPeriod(data.period)}${data.openBelow > 0 ? ' cả cấp dưới' : ''}".`,
    ].join('\n'),
  periodHead: (orgName: string, period: string) => `${orgName}, ${viPeriod(period)}`,
  periodAhead: (period: string, year: number) =>
    `Kỳ ${viPeriod(period)} chưa đến; muốn xem kỳ này của năm ${year}, ${w.you} nhắn kèm năm.`,
  dueLine: (collective: boolean, stages: { done: Ratio; inProgress: Ratio; overdue: Ratio; missed: Ratio }) => {
    const ratio = ({ numerator, denominator }: Ratio) => `${viCount(numerator)}/${viCount(denominator)}`
    const missed = stages.missed.numerator > 0 ? `, không hoàn thành ${ratio(stages.missed)}` : ''
    return `- ${collective ? 'Việc tập thể' : 'Việc cá nhân'} có hạn trong kỳ: đã xong ${ratio(stages.done)}, đang làm ${ratio(stages.inProgress)}, quá hạn ${ratio(stages.overdue)}${missed}`
  },
  noneDue: '- Không có việc nào có hạn trong kỳ.',
  registrationHead: (year: number, at: Date, zone: string) =>
    `Đăng ký của cả năm ${year}, tính đến ${viDateTime(at, zone)}`,
  auditHeadLine: (hash: string, at: Date, zone: string) => `Mã kiểm chứng ${hash}, ${viDateTime(at, zone)}.`,
  frozenLine: (period: string, closedAt: Date, zone: string) =>
    `Số liệu kỳ ${viPeriod(period)} đã khoá sổ lúc ${viDateTime(closedAt, zone)}.`,
})
