/** What the bot says in Vietnamese of commitments, the monthly question, models and exemplars; part of vi.ts. */
import { viDeed, viPeriod, viTwoDigits } from './vi-forms.ts'

type DeedView = { content: string | null; dueOn: string | null }

export const viDeeds = {
  askCommitments: (min: number, max: number) =>
    `Đồng chí cam kết tu dưỡng, rèn luyện những gì trong năm? Viết ${min === max ? max : `${min}–${max}`} nội dung, mỗi dòng một nội dung (tư tưởng; đạo đức, lối sống; nhiệm vụ; kỷ luật, nêu gương). Muốn dừng: "thôi".`,
  undoneLine: (year: number, deeds: readonly DeedView[]) =>
    deeds.length === 0
      ? ''
      : `Năm ${year} còn ${viTwoDigits(deeds.length)} việc chưa xong: ${deeds.map((deed) => deed.content).join('; ')}. Muốn đăng ký tiếp: "như năm ngoái".`,
  progressQuestion: (deeds: readonly (DeedView & { number: number })[]) =>
    [
      'Đồng chí cho biết việc đã đăng ký đến đâu:',
      ...deeds.map((deed) => `- Việc ${deed.number}: ${viDeed(deed)}`),
      'Trả lời cách nào cũng được, ví dụ "việc 1 xong 70%", "xong cả 2", "chưa làm gì"; chưa muốn trả lời: "thôi".',
    ].join('\n'),
  progressGroup: (people: number, deeds: number) =>
    `Đến kỳ báo tiến độ tháng này: còn ${viTwoDigits(people)} đồng chí với ${viTwoDigits(deeds)} việc đang làm chưa có tin và chưa nhắn riêng với tôi. Đề nghị các đồng chí trả lời tin này, ví dụ "việc 1 xong 70%".`,
  progressNothing: 'Đã ghi: tháng này chưa có thêm kết quả. Cảm ơn đồng chí.',
  modelHow:
    'Đồng chí nhắn tên mô hình và kết quả, ví dụ: "mô hình hay: Ngày không hẹn, kết quả: trả hồ sơ trong ngày".',
  modelAlready: (deed: string) => `Mô hình "${deed}" đã được ghi từ trước.`,
  modelNoted: (deed: string, reason: string | null, owner: string) =>
    `Đã ghi mô hình, cách làm hay của ${owner}: ${deed}.${reason ? ` Kết quả: ${reason}.` : ''}`,
  exemplarHow: 'Gương tháng này là đồng chí nào? Ví dụ: "gương tháng 10: đ/c Lan".',
  exemplarNoted: (period: string, name: string) => `Gương ${viPeriod(period)}: đồng chí ${name}.`,
  noSuchCollective: (name: string) =>
    `Tôi không thấy tập thể "${name}" trong đơn vị của đồng chí. Đề nghị viết đúng tên như trong danh sách.`,
  collectiveCommended: (org: string) => `Biểu dương tập thể ${org}.`,
  collectiveCommendedAlready: (org: string) => `Tập thể ${org} đã được ghi biểu dương năm nay.`,
  copyChoice: (year: number, deeds: readonly (DeedView & { undone: boolean })[], undone: number) =>
    [
      `Năm ${year} đồng chí đăng ký:`,
      ...deeds.map((deed) => `- ${viDeed(deed)}${deed.undone ? ' (chưa xong)' : ''}`),
      'Đăng ký lại cho năm nay:',
      `1. Chỉ ${viTwoDigits(undone)} việc chưa xong`,
      '2. Tất cả',
      'Trả lời bằng số, hoặc "thôi".',
    ].join('\n'),
  copyUndone: 'Việc chưa xong',
  copyAll: 'Tất cả',
}
