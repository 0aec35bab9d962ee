/** What the bot says in Vietnamese of the monthly meeting: its schedule, moving it, answers to it, reminders and its theme; part of vi.ts. */
import { viCount, viNumbered, viPeriod, viTwoDigits } from './vi-forms.ts'
import type { ViVocabulary } from './vi-words.ts'

export const viSchedule = ({ w, W }: ViVocabulary) => ({
  noSchedule: `Chưa có lịch họp sắp tới. ${W.theSecretary} đặt lịch bằng tin, ví dụ: "${w.cell} họp mùng 3 hằng tháng lúc 19h30 tại nhà văn hoá".`,
  meetingWhen: (when: string, place: string | null, theme: string | null, moved: boolean) =>
    `${W.cell} họp lúc ${when}${place ? `, tại ${place}` : ''}${moved ? ' (lịch đã dời)' : ''}.${theme ? ` Nội dung: ${theme}.` : ''}`,
  meetingNoneIn: (period: string) => `Chưa có lịch họp ${viPeriod(period)}.`,
  meetingCancelled: (period: string, reason: string | null) =>
    `${period.endsWith('-T') ? `Buổi ${w.thematicMeeting}` : 'Buổi họp'} ${viPeriod(period)} đã hoãn${reason ? `: ${reason}` : ''}.`,
  scheduleSet: (rule: string, next: readonly string[], shiftNote: string, unknownYear: number | null) =>
    [
      `Đã đặt lịch họp hằng tháng: ${rule}.${shiftNote ? ` ${shiftNote}` : ''}`,
      next.length > 0
        ? `Các buổi tới: ${next.join('; ')}.`
        : 'Các buổi trong thời gian tới đã hoãn, lịch này tính từ sau đó.',
      ...(unknownYear ? [`Tôi chưa có danh sách ngày nghỉ lễ năm ${unknownYear} nên mới tính thứ Bảy, Chủ nhật.`] : []),
    ].join('\n'),
  scheduleUnclear: `Tôi chưa rõ ngày giờ. ${W.you} nhắn lại, ví dụ: "${w.cell} họp mùng 3 hằng tháng lúc 19h30 tại nhà văn hoá".`,
  rule: (rule: {
    day?: number
    weekday?: number
    nth?: number | 'last'
    hour: number
    minute: number
    place: string | null
  }) => {
    const names = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy']
    const day =
      rule.day !== undefined
        ? `ngày ${viTwoDigits(rule.day)}`
        : rule.nth === 'last'
          ? `${names[rule.weekday ?? 0]} cuối cùng của tháng`
          : rule.nth === 1
            ? `${names[rule.weekday ?? 0]} đầu tiên của tháng`
            : `${names[rule.weekday ?? 0]} lần thứ ${['', '', 'hai', 'ba', 'tư', 'năm'][Number(rule.nth)]} trong tháng`
    const minute = rule.minute === 0 ? '' : ` ${String(rule.minute).padStart(2, '0')}`
    return `${day}, ${rule.hour} giờ${minute}${rule.place ? `, tại ${rule.place}` : ''}`
  },
  shiftNotes: {
    same: '',
    nextWorkingDay: 'Trùng ngày nghỉ thì họp vào ngày làm việc tiếp theo.',
    previousWorkingDay: 'Trùng ngày nghỉ thì họp vào ngày làm việc trước đó.',
  },
  moveNone: 'Không có buổi họp nào sắp tới để dời hay hoãn. Nhắn "bao giờ họp" để xem lịch.',
  moveAskTo: (when: string) =>
    `Buổi họp ${when} dời sang lúc nào? Trả lời ví dụ "thứ 6 19h30" hoặc "10/10 19h30". Muốn giữ nguyên: "thôi".`,
  moveAskDate: (candidates: readonly string[]) =>
    `${W.you} muốn dời sang ngày nào?\n${viNumbered(candidates)}\nTrả lời bằng số, hoặc "thôi".`,
  moveSame: (when: string) => `Buổi họp vẫn vào ${when}, không có gì thay đổi.`,
  movePast: `Thời gian mới đã qua. Đề nghị ${w.you} nhắn lại, ví dụ "dời họp sang thứ 6 19h30".`,
  moved: (from: string, to: string, place: string | null, reason: string | null) =>
    `Kính báo ${w.everyone}: buổi họp ${w.cell} ${from} dời sang ${to}${place ? `, tại ${place}` : ''}.${reason ? ` Lý do: ${reason}.` : ''} Đề nghị ${w.everyone} trả lời lại tin này: "có mặt" hoặc "xin vắng".`,
  movedNoGroup: (to: string) => `Đã dời buổi họp sang ${to}.`,
  cancelledMeeting: (when: string, reason: string | null) =>
    `Kính báo ${w.everyone}: buổi họp ${w.cell} ${when} tạm hoãn.${reason ? ` Lý do: ${reason}.` : ''} Lịch mới sẽ được báo sau.`,
  told: 'Đã báo trong nhóm.',
  noGroupTold: `${W.cell} chưa có nhóm liên kết với tôi, đề nghị ${w.you} báo lại.`,
  attendNoted: (when: string) => `Đã ghi: ${w.you} báo có mặt, buổi họp ${when}.`,
  attendPresent: `Đã điểm danh: ${w.you} có mặt.`,
  excuseNoted: (when: string) => `Đã ghi: ${w.you} xin vắng buổi họp ${when}.`,
  excuseAskReason: `${W.you} vắng vì lý do gì?\n1. Công tác\n2. Ốm\n3. Việc gia đình\n4. Lý do khác\nTrả lời bằng số; không muốn nêu thì nhắn "thôi".`,
  excuseLabels: ['Công tác', 'Ốm', 'Việc gia đình', 'Lý do khác'],
  noMeetingToAnswer: 'Hiện chưa có buổi họp nào sắp tới. Nhắn "bao giờ họp" để xem lịch.',
  answerClosed: `Buổi họp đã điểm danh xong. Muốn sửa, đề nghị ${w.you} báo ${w.theSecretary}.`,
  excuseForAsked: `Tôi đã chuyển ${w.theSecretary} xác nhận việc báo vắng hộ.`,
  excuseForAsk: (by: string, name: string, reason: string | null, when: string) =>
    `${W.titled} ${by} báo vắng hộ ${w.titled} ${name}${reason ? ` (${reason})` : ''}, buổi họp ${when}. Có đúng không, thưa ${w.you}?\nTrả lời "có" hoặc "không".`,
  excuseForNoted: (name: string) => (name ? `Đã ghi: ${w.titled} ${name} xin vắng.` : 'Đã ghi báo vắng hộ.'),
  noOfficerToConfirm: `${W.cell} chưa có ${w.secretary} nào liên kết để xác nhận. Đề nghị ${w.you} báo trực tiếp ${w.theSecretary}.`,
  excuseForRejected: 'Vâng, tôi không ghi.',
  reminder: (data: {
    org: string
    month: string
    when: string
    place: string | null
    theme: string | null
    isThematic?: boolean
    flagSalute?: string | null
    answerHint: boolean
  }) =>
    [
      `Kính báo ${w.everyone}: ${data.org} ${data.isThematic ? w.thematicMeeting : w.regularMeeting} ${viPeriod(data.month)} vào ${data.when}${data.place ? `, tại ${data.place}` : ''}.`,
      ...(data.flagSalute ? [`Chào cờ lúc ${data.flagSalute}.`] : []),
      ...(data.theme ? [`Nội dung: ${data.theme}.`] : []),
      data.answerHint
        ? `Đề nghị ${w.everyone} trả lời tin này: "có mặt", hoặc "xin vắng" kèm lý do.`
        : `Đề nghị ${w.everyone} có mặt đúng giờ; vắng xin báo trước.`,
    ].join('\n'),
  beforeMeeting: (data: {
    when: string
    expected: number
    total: number
    excused: readonly string[]
    silent: readonly string[]
    notCounted: string
  }) =>
    [
      `Trước buổi họp ${data.when}:`,
      `- Báo có mặt: ${viCount(data.expected)}/${viCount(data.total)} ${w.people}`,
      `- Xin vắng (${data.excused.length}): ${data.excused.join(', ') || 'không có'}`,
      `- Chưa trả lời (${data.silent.length}): ${data.silent.join(', ') || 'không còn ai'}`,
      ...(data.notCounted ? [`Không tính: ${data.notCounted}.`] : []),
    ].join('\n'),
  rollCallOpen: (when: string) =>
    `Điểm danh buổi họp ${when}: đề nghị ${w.everyone} đang dự trả lời tin này: "có mặt".`,
  rollCallEarly: (when: string) =>
    `Chưa đến giờ điểm danh: buổi họp lúc ${when}. ${W.you} nhắn "điểm danh" sớm nhất là 2 giờ trước khi họp.`,
  rollCallCounts: (present: number, total: number) =>
    `Đến giờ này có mặt ${viCount(present)}/${viCount(total)} ${w.people}.`,
  themeIs: (period: string, theme: string) => `Chuyên đề ${viPeriod(period)}: ${theme}.`,
  themeNone: (period: string) => `Chưa có chuyên đề ${viPeriod(period)}.`,
  themeSet: (period: string, theme: string) => `Đã ghi chuyên đề ${viPeriod(period)}: ${theme}.`,
})
