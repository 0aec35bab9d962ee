/** What the bot says in Vietnamese to those of a committee: what they can do, the meetings below, that no whole cell is rated; part of vi.ts. */
import type { Ratio } from '../domain/participation.ts'
import { viCount, viRatio } from './vi-forms.ts'
import type { ViVocabulary } from './vi-words.ts'

export interface MeetingsBelowView {
  /** Cells that held a meeting, of all; null where only what was frozen is known. */
  cells: Ratio | null
  regular: number
  thematic: number
  notHeld: number
  unrecorded: number
  rate: Ratio
  tenths: number | null
}

export const viCommitteeHelp = ({ w, W }: ViVocabulary) => ({
  helpCommittee: (data: { isFirst: boolean; canAct: boolean; isPrivate: boolean }) =>
    [
      data.isFirst
        ? `Tôi là Nếp, chương trình tự động giúp ${w.committee} theo dõi các ${w.below}. ${W.you} cứ nhắn như sau:`
        : `Dành cho ${w.committee}:`,
      `- Số liệu: "tổng hợp", "tổng hợp 6 tháng đầu năm"; một nơi: "tổng hợp ${w.cell} thôn Đông"`,
      `- Nơi nào chưa: "${w.cell} nào chưa đăng ký", "các ${w.cell} đăng ký đến đâu rồi"${data.canAct ? `; nhắc: "nhắc các ${w.cell} chưa đăng ký"` : ''}`,
      ...(data.canAct
        ? [
            `- Tên người, khi thật cần (mỗi lần xem được ghi vào nhật ký): "danh sách chưa đăng ký ${w.cell} thôn Đông"`,
            `- Duyệt việc của tập thể và của ${w.secretary}: "duyệt", "duyệt việc 1 của ${w.cell} thôn Đông", "trả lại việc 1 của ${w.cell} thôn Đông vì chưa rõ hạn"`,
            `- Đánh giá, biểu dương: "đánh giá việc 1 của ${w.cell} thôn Đông: tốt", "biểu dương tập thể ${w.cell} thôn Đông"`,
            `- Việc của ${w.committee}: "tập thể đk: mở lớp học nghề, xong trước 30/11"`,
            `- Sơ kết, tổng kết: "hạn chế 6 tháng: 1. Đăng ký còn chậm", "khoá sổ 6 tháng đầu năm cả cấp dưới", "mở lại sổ quý 3 của ${w.cell} thôn Đông vì: ghi thiếu một buổi họp"`,
          ]
        : []),
      ...(data.isFirst
        ? [
            '- Dữ liệu cá nhân: "dữ liệu của tôi", "xuất dữ liệu của tôi", "xoá dữ liệu của tôi"',
            data.isPrivate
              ? 'Muốn dừng việc đang hỏi: "thôi".'
              : 'Trong nhóm, xin nhắc tên tôi (@) hoặc trả lời tin của tôi. Muốn dừng: "thôi".',
          ]
        : []),
    ].join('\n'),
  meetingsBelow: (data: MeetingsBelowView) =>
    [
      data.cells
        ? `- Họp: ${viCount(data.cells.numerator)}/${viCount(data.cells.denominator)} ${w.cell} đã họp; `
        : '- Họp: ',
      `tổ chức ${viCount(data.regular)} kỳ thường lệ, ${viCount(data.thematic)} chuyên đề; không tổ chức ${viCount(data.notHeld)}; chưa có điểm danh ${viCount(data.unrecorded)}`,
      data.rate.denominator > 0 ? `; lượt có mặt ${viRatio(data.rate, data.tenths)}` : '',
    ].join(''),
  wholeRating: (year: number) =>
    `Tôi không xếp loại ${w.cell} hay tập thể: mức ấy do người có thẩm quyền quyết định, tôi không ghi và không đề xuất. Tôi chỉ ghi đánh giá từng việc, ví dụ "đánh giá việc 1 của ${w.titleInShort} Hoa: tốt"; việc tập thể do ${w.committeeAbove} đánh giá. Số liệu dùng khi kiểm điểm: "tổng hợp ${year}".`,
})
