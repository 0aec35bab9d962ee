/** What the bot says in Vietnamese of a roll call; part of vi.ts. */
import { viCount, viRatio } from './vi-forms.ts'
import { viMeeting } from './vi-meetings.ts'
import type { ViVocabulary } from './vi-words.ts'

type Ratio = { numerator: number; denominator: number }
type Rule = { abovePercent: number; sources: { attendance: string; months: string } }
type Times = readonly { name: string; times: number }[]

const timesList = (list: Times, what: string) =>
  list.map(({ name, times }) => `${name} (${viCount(times)} ${what})`).join(', ')

export const viRollCall = ({ w, W }: ViVocabulary) => ({
  rollCallHow: `Khi đã đủ, ${w.theChair} trả lời: "vắng: An (công tác), Bình không phép; còn lại có mặt", hoặc "đủ cả". Muốn dừng: "thôi".`,
  rollCallClosedAlready: `Buổi họp này đã điểm danh xong. Muốn sửa, ${w.you} nhắn: "sửa điểm danh: Bình có mặt".`,
  rollCallNoMeeting: 'Chưa có buổi họp nào vừa diễn ra để ghi điểm danh. Nhắn "bao giờ họp" để xem lịch.',
  noRollClosed: `Chưa có buổi họp nào đã điểm danh xong. ${W.you} nhắn "điểm danh" khi họp.`,
  rollCallNothingToCorrect: `Không thấy buổi họp nào đã điểm danh xong để sửa. ${W.you} ghi rõ tháng, ví dụ: "sửa điểm danh tháng 10: Bình có mặt".`,
  rollCallUnknown: (names: string) =>
    `Tôi chưa ghi gì: danh sách ${w.cell} không có ${names}. Đề nghị ${w.you} xem lại tên rồi nhắn lại cả dòng.`,
  rollCallTwice: (name: string) =>
    `Tôi chưa ghi gì: ${w.titled} ${name} được nêu hai lần. Đề nghị ${w.you} nhắn lại cả dòng.`,
  rollCallRest: (absent: number) =>
    `${W.you} nêu ${viCount(absent)} người vắng. Số còn lại có mặt cả, đúng không? Trả lời "có" hoặc "không".`,
  rollCallNotNoted: `Tôi chưa ghi gì. Đề nghị ${w.you} nhắn lại, nêu đủ những người vắng.`,
  rollCallClosed: (data: {
    month: string
    rate: Ratio
    tenths: number | null
    excused: number
    unexcused: number
    isCorrected: boolean
  }) =>
    `${data.isCorrected ? 'Đã sửa điểm danh' : 'Đã ghi điểm danh'} ${viMeeting(w, data.month)}: có mặt ${viRatio(data.rate, data.tenths)}, vắng có lý do ${viCount(data.excused)}, vắng không lý do ${viCount(data.unexcused)}.`,
  rollCallNames: (data: {
    month: string
    rate: Ratio
    tenths: number | null
    excused: readonly string[]
    unexcused: readonly string[]
    isLow: boolean
    excusedInRow: Times
    monthsAbsent: Times
    rule: Rule | null
  }) =>
    [
      `Điểm danh ${viMeeting(w, data.month)}: có mặt ${viRatio(data.rate, data.tenths)}.`,
      ...(data.excused.length > 0 ? [`Vắng có lý do: ${data.excused.join(', ')}.`] : []),
      ...(data.unexcused.length > 0 ? [`Vắng không lý do: ${data.unexcused.join(', ')}.`] : []),
      ...(data.rule && (data.isLow || data.unexcused.length > 0 || data.excusedInRow.length > 0)
        ? [`Xin lưu ý theo ${data.rule.sources.attendance}:`]
        : []),
      ...(data.rule && data.isLow ? [`- Tỷ lệ dự họp không quá ${data.rule.abovePercent}%.`] : []),
      ...(data.rule && data.unexcused.length > 0 ? [`- Có ${w.member} vắng không lý do.`] : []),
      ...(data.excusedInRow.length > 0 ? [`- Xin vắng nhiều kỳ liền: ${timesList(data.excusedInRow, 'kỳ')}.`] : []),
      ...(data.rule && data.monthsAbsent.length > 0
        ? [
            `Theo ${data.rule.sources.months}, vắng nhiều tháng trong năm không lý do thì ${w.cell} xem xét: ${timesList(data.monthsAbsent, 'tháng')}.`,
          ]
        : []),
      `Có sai sót, ${w.you} nhắn: "sửa điểm danh: Bình có mặt".`,
    ].join('\n'),
})
