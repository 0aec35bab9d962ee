/** What the bot says in Vietnamese of looks at names and of lists of commitments; part of vi.ts. */
import type { Ratio } from '../domain/participation.ts'
import { viCount, viNumbered, viRatio } from './vi-forms.ts'
import type { ViVocabulary } from './vi-words.ts'

export interface LookLine {
  at: string
  /** The organisation of whoever looked; '' where their line is gone. */
  byName: string
  isOwn: boolean
}

export const viLooks = ({ w }: ViVocabulary) => ({
  whoLooked: (lines: readonly LookLine[], total: number) =>
    [
      total === 0
        ? `Nhật ký chưa ghi lượt xem danh sách nào có tên ${w.you}.`
        : `Nhật ký ghi ${total} lượt xem danh sách có tên ${w.you}${total > lines.length ? `, ${lines.length} lượt mới nhất` : ''}:`,
      ...lines.map(
        ({ at, byName, isOwn }, index) =>
          `${index + 1}. ${at}: ${isOwn ? `người có trách nhiệm trong ${byName}` : byName || w.committeeAbove}`,
      ),
      ...(total > lines.length ? [`Còn ${total - lines.length} lượt trước đó.`] : []),
      `Mỗi lần người có trách nhiệm trong ${w.cell} hoặc ${w.committeeAbove} hỏi danh sách có tên (ai đã hoặc chưa đăng ký, chưa nộp, chưa trả lời, việc của từng người) đều được ghi; với mô hình, gương, biểu dương chỉ ghi lượt của cấp trên. Nhật ký không ghi nội dung đã xem. Số liệu không có tên, việc duyệt, đánh giá, điểm danh và việc làm của người quản trị máy chủ không nằm trong danh sách này.`,
    ].join('\n'),
  commitmentCount: (year: number, members: Ratio, tenths: number | null) =>
    `Đã nộp ${w.commitmentForm} năm ${year}: ${viRatio(members, tenths)} ${w.people}.`,
  commitmentMissing: (year: number, names: readonly string[], members: Ratio) =>
    names.length === 0
      ? `Tất cả ${viCount(members.denominator)} ${w.people} đã nộp ${w.commitmentForm} năm ${year}.`
      : `Chưa nộp ${w.commitmentForm} năm ${year}: ${viCount(names.length)} trong ${viCount(members.denominator)} ${w.people}:\n${viNumbered(names)}`,
  commitmentsOf: (nth: number, name: string, members: Ratio, tenths: number | null) =>
    `${nth}. ${name}: ${viRatio(members, tenths)}`,
  commitmentsRest: (rest: number) => `Còn ${viCount(rest)} đơn vị chưa liệt kê.`,
})
