/** What the bot says in Vietnamese where words sound like an act and are none: asked, denied, of the past, of somebody else; part of vi.ts. */
import type { IntentName } from '../language/intents.ts'
import { viDate } from './vi-forms.ts'
import type { ViVocabulary } from './vi-words.ts'

export const viMeant = ({ w, W }: ViVocabulary) => ({
  moveAsk: (from: string, to: string) =>
    `${W.you} muốn dời buổi họp ${from} sang ${to} và báo ${w.everyone}? Trả lời "có" hoặc "không"; "thôi" để bỏ qua.`,
  pastAttendance: (isOfficer: boolean) =>
    isOfficer
      ? 'Tôi chưa ghi gì: câu này nói về buổi họp đã qua. Sửa kết quả của buổi đó, nhắn: "sửa điểm danh tháng 10: An có mặt, Bình vắng có phép".'
      : `Tôi chưa ghi gì: câu này nói về buổi họp đã qua. Có mặt hay vắng ở buổi đó, đề nghị ${w.you} báo ${w.theSecretary}. Trả lời cho buổi họp tới: "có mặt" hoặc "xin vắng".`,
  percentRange:
    'Tôi chưa ghi gì: tiến độ tính từ 0 đến 100%. Ví dụ: "việc 1 xong 70%"; vượt chỉ tiêu thì nhắn "việc 1 xong, đạt 150% chỉ tiêu".',
  oneDeedAtATime: (intent: IntentName) => {
    const examples: Partial<Record<IntentName, string>> = {
      'pledge.withdraw': 'rút việc 1',
      'pledge.edit': 'đổi hạn việc 1 thành 20/12',
      'deed.selfRate': 'tự đánh giá việc 1: tốt',
      'deed.rate': `xếp loại việc 1 của ${w.titleInShort} An: tốt`,
      'pledge.return': `trả lại việc 1 của ${w.titleInShort} An vì chưa rõ kết quả`,
      'pledge.approve': `duyệt việc 1 của ${w.titleInShort} An`,
    }
    const example = examples[intent]
    return `Tôi chưa ghi gì: mỗi tin nhắn xin nói một việc${example ? `, ví dụ: "${example}"` : ''}.`
  },
  duePassed: (content: string, dueOn: string) => `Hạn ${viDate(dueOn)} của việc "${content}" đã qua.`,
  onForm: (form: string) => `Mẫu đăng ký: ${form}.`,
  noCommitment: (year: number) =>
    `Năm ${year} ${w.you} chưa có nội dung nào trong ${w.commitmentForm}. Viết: "cam kết: …".`,
  rollCallReported:
    'Tôi chưa ghi gì. Báo kết quả điểm danh, nhắn: "điểm danh: vắng: An (công tác), Bình không phép; còn lại có mặt", hoặc "điểm danh: đủ cả".',
  othersDeed: (isOfficer: boolean) =>
    isOfficer
      ? `Tôi chưa sửa gì: việc của ai do người đó sửa. Cần sửa việc của ${w.people} khác, ${w.you} trả lại kèm lý do: "trả lại việc 1 của ${w.titleInShort} An vì chưa rõ kết quả".`
      : `Tôi chưa sửa gì: việc của ai do người đó sửa. Sửa việc của mình, nhắn: "sửa việc 1: …".`,
})
