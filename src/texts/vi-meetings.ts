/** What the bot says in Vietnamese of thematic meetings, notices, agendas and meetings not held; part of vi.ts. */
import type { NotHeldKind } from '../language/not-held-reasons.ts'
import type { VietnameseWords } from '../profiles/profile.ts'
import { viCount, viNumbered, viPeriod, viRatio } from './vi-forms.ts'
import type { ViVocabulary } from './vi-words.ts'

const at = (place: string | null) => (place ? `, tại ${place}` : '')
const about = (theme: string | null) => (theme ? ` Chuyên đề: ${theme}.` : '')

/** 'buổi họp tháng 10/2026'; a thematic meeting of its own is named so. */
export function viMeeting(w: VietnameseWords, month: string): string {
  return `${month.endsWith('-T') ? `buổi ${w.thematicMeeting}` : 'buổi họp'} ${viPeriod(month)}`
}

const notHeldNames: Record<NotHeldKind, string> = {
  weather: 'thời tiết, thiên tai',
  epidemic: 'dịch bệnh',
  tooFew: 'không đủ người dự',
  place: 'địa điểm',
  merged: 'gộp với kỳ khác',
  holiday: 'nghỉ lễ, Tết',
  urgentWork: 'nhiệm vụ đột xuất',
  other: 'lý do khác',
}

export const viMeetings = ({ w, W, agenda }: ViVocabulary) => ({
  /** '06:45' → '6 giờ 45' */
  hour: (time: string) => {
    const [hours, minutes] = time.split(':')
    return `${Number(hours)} giờ${minutes === '00' ? '' : ` ${minutes}`}`
  },
  notHeldNames,
  /** The lines of a meeting where nobody set others. */
  defaultAgenda: agenda,
  agendaIs: (agenda: readonly string[]) => ['Chương trình họp gồm', viNumbered(agenda)].join('\n').trim(),
  agendaSet: (agenda: readonly string[]) =>
    ['Đã ghi chương trình các kỳ họp tới', viNumbered(agenda)].join('\n').trim(),
  agendaTooLong: (lines: number, letters: number) =>
    `Tôi chưa ghi: chương trình nhiều nhất ${viCount(lines)} mục, mỗi mục không quá ${viCount(letters)} chữ cái. ${W.you} rút gọn rồi nhắn lại: "chương trình: 1. … 2. …".`,
  meetingsHeld: (data: {
    period: string
    regular: number
    thematic: number
    notHeld: number
    unrecorded: number
    rate: { numerator: number; denominator: number }
    tenths: number | null
  }) =>
    `Họp ${viPeriod(data.period)}: tổ chức ${viCount(data.regular)} kỳ thường lệ, ${viCount(data.thematic)} chuyên đề; không tổ chức ${viCount(data.notHeld)}; chưa có điểm danh ${viCount(data.unrecorded)}. Lượt có mặt: ${viRatio(data.rate, data.tenths)}.`,
  meetingName: (month: string) => viMeeting(w, month),
  thematicWhen: (when: string, place: string | null, theme: string | null, moved: boolean) =>
    `${W.thematicMeeting} lúc ${when}${at(place)}${moved ? ' (lịch đã dời)' : ''}.${about(theme)}`,
  combinedToo: `Kết hợp ${w.thematicMeeting}.`,
  flagSalute: (hour: string) => `Chào cờ lúc ${hour}.`,
  saluteSet: (hour: string, when: string) => `Đã ghi: chào cờ lúc ${hour}, trước giờ họp. Buổi họp tới: ${when}.`,
  saluteNone: 'Đã ghi: không tổ chức chào cờ trước giờ họp.',
  saluteNotBefore: (hour: string) =>
    `Tôi chưa ghi: giờ họp là ${hour}; chào cờ phải trước đó, trong vòng 3 giờ. Ví dụ giờ họp là 7 giờ: "chào cờ 6h45 trước giờ họp".`,
  saluteDropped: `Giờ chào cờ cũ không còn hợp với lịch mới nên đã bỏ; ${w.you} nhắn lại nếu cần.`,
  thematicPlanned: (when: string, place: string | null, theme: string | null, moved: boolean) =>
    `${moved ? `${W.thematicMeeting} dời sang` : `${W.cell} ${w.thematicMeeting} lúc`} ${when}${at(place)}.${about(theme)}`,
  thematicCombined: (month: string, when: string, theme: string | null) =>
    `Đã ghi: ${viMeeting(w, month)} (${when}) kết hợp ${w.thematicMeeting}.${about(theme)}`,
  thematicNeedsTime: `Tôi chưa ghi gì: buổi ${w.thematicMeeting} riêng cần cả ngày và giờ. ${W.you} nhắn lại, ví dụ: "chuyên đề quý 3: …, 19h30 ngày 15/8 tại nhà văn hoá"; gộp với kỳ thường lệ thì ghi "gộp vào kỳ họp tháng 8".`,
  thematicHeldAlready: (month: string) =>
    `Tôi chưa ghi gì: ${viMeeting(w, month)} đã tổ chức, mỗi tháng chỉ ghi một buổi chuyên đề riêng.`,
  thematicPast: (month: string) =>
    `Tôi chưa ghi gì: ${viMeeting(w, month)} đã qua giờ. Nếu đã họp, đề nghị ${w.you} nhắn kết quả "điểm danh: …"; buổi chuyên đề mới đặt vào tháng khác.`,
  meetingNotice: (data: {
    org: string
    month: string
    isThematic: boolean
    isCombined: boolean
    when: string
    place: string | null
    isMoved: boolean
    theme: string | null
    flagSalute: string | null
    agenda: readonly string[]
  }) =>
    [
      `Thông báo: ${data.org} ${data.isThematic ? w.thematicMeeting : w.regularMeeting} ${viPeriod(data.month)}${data.isCombined ? ', kết hợp chuyên đề,' : ''} vào ${data.when}${at(data.place)}${data.isMoved ? ' (lịch đã dời)' : ''}.`,
      ...(data.flagSalute ? [`Chào cờ lúc ${data.flagSalute}.`] : []),
      ...(data.theme ? [`${data.isThematic || data.isCombined ? 'Chuyên đề' : 'Nội dung'}: ${data.theme}.`] : []),
      ...(data.agenda.length > 0
        ? ['Chương trình:', ...data.agenda.map((line, index) => `${index + 1}. ${line}`)]
        : []),
      `Đề nghị ${w.everyone} sắp xếp công việc, dự đầy đủ; vắng xin báo trước: "xin vắng" kèm lý do.`,
    ].join('\n'),
  unrecordedMeeting: (month: string, when: string) =>
    [
      `Thưa ${w.you}, ${viMeeting(w, month)} (${when}) chưa có kết quả điểm danh. ${W.cell} đã họp chưa?`,
      `- Đã họp, ${w.you} nhắn: "điểm danh: vắng An (công tác); còn lại có mặt", hoặc "điểm danh: đủ cả".`,
      `- Không họp, ${w.you} nhắn: "${viMeeting(w, month)} không tổ chức, lý do …".`,
      'Tôi chỉ hỏi một lần này.',
    ].join('\n'),
  notHeldNoted: (month: string, kind: NotHeldKind | null) =>
    `Đã ghi: ${viMeeting(w, month)} không tổ chức${kind ? `, lý do: ${notHeldNames[kind]}` : ''}.${
      kind ? '' : ` Muốn ghi lý do, ${w.you} nhắn lại cả câu kèm "lý do …".`
    }`,
  notHeldWasHeld: (month: string) =>
    `Tôi chưa ghi gì: ${viMeeting(w, month)} đã có kết quả điểm danh. Muốn sửa, ${w.you} nhắn: "sửa điểm danh: …".`,
  notHeldNone: `Không thấy buổi họp nào như ${w.you} nêu. ${W.you} ghi rõ tháng: "buổi họp tháng 9 không tổ chức, lý do mưa bão".`,
})
