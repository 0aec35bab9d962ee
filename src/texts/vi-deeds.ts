/** What the bot says in Vietnamese of commitments, the monthly question, models and exemplars; part of vi.ts. */
import { viCount, viDeed, viNumbered, viPeriod, viTwoDigits } from './vi-forms.ts'
import type { ViVocabulary } from './vi-words.ts'

type DeedView = { content: string | null; dueOn: string | null }

type Stage = 'done' | 'open' | 'overdue'
const viStages: Record<Stage, string> = { done: 'đã xong', open: 'chưa xong', overdue: 'quá hạn' }

export const viDeeds = ({ w, W }: ViVocabulary) => ({
  /** `of`: how many approved deeds there are. */
  deedsOfStage: (stage: Stage, year: number, of: number, lines: readonly string[]) =>
    lines.length === 0
      ? `Năm ${year}: ${viStages[stage]} 0/${viCount(of)} việc đã thông qua.`
      : `Năm ${year}, ${viStages[stage]} ${viCount(lines.length)}/${viCount(of)} việc đã thông qua:\n${viNumbered(lines)}`,
  deedOf: (who: string, deed: string, progress: string) => `${who}: ${deed}${progress}`,
  titledName: (name: string) => `${w.titled} ${name}`,
  memberHasNone: (name: string, year: number) => `${W.titled} ${name} chưa đăng ký việc nào năm ${year}.`,
  askCommitments: (min: number, max: number) =>
    `${W.you} ${w.commitment} những gì trong năm? Viết ${min === max ? max : `${min}–${max}`} nội dung, mỗi dòng một nội dung${w.commitmentParts}. Muốn dừng: "thôi".`,
  undoneLine: (year: number, deeds: readonly DeedView[]) =>
    deeds.length === 0
      ? ''
      : `Năm ${year} còn ${viTwoDigits(deeds.length)} việc chưa xong: ${deeds.map((deed) => deed.content).join('; ')}. Muốn đăng ký tiếp: "như năm ngoái".`,
  progressQuestion: (deeds: readonly (DeedView & { number: number })[]) =>
    [
      `${W.you} cho biết việc đã đăng ký đến đâu:`,
      ...deeds.map((deed) => `- Việc ${deed.number}: ${viDeed(deed)}`),
      `Trả lời cách nào cũng được, ví dụ "việc ${deeds[0]?.number ?? 1} xong 70%", ${deeds.length > 1 ? `"xong cả ${deeds.length}"` : '"xong rồi"'}, "chưa làm gì"; chưa muốn trả lời: "thôi".`,
    ].join('\n'),
  progressHowMany: (open: number) =>
    `Tôi chưa ghi gì: ${w.you} đang có ${viTwoDigits(open)} việc chưa xong. Xin ghi từng việc, ví dụ "việc 1 xong 70%"${open > 1 ? `, hoặc "xong cả ${open}"` : ''}; chưa muốn trả lời: "thôi".`,
  progressGroup: (people: number, deeds: number) =>
    `Đến kỳ báo tiến độ tháng này: còn ${viTwoDigits(people)} ${w.people} với ${viTwoDigits(deeds)} việc đang làm chưa có tin và chưa nhắn riêng với tôi. Đề nghị ${w.everyone} trả lời tin này, ví dụ "việc 1 xong 70%".`,
  progressNothing: `Đã ghi: tháng này chưa có thêm kết quả. Cảm ơn ${w.you}.`,
  modelHow: `${W.you} nhắn tên mô hình và kết quả, ví dụ: "mô hình hay: Ngày không hẹn, kết quả: trả hồ sơ trong ngày".`,
  modelAlready: (deed: string) => `Mô hình "${deed}" đã được ghi từ trước.`,
  modelNoted: (deed: string, reason: string | null, owner: string) =>
    `Đã ghi mô hình, cách làm hay của ${owner}: ${deed}.${reason ? ` Kết quả: ${reason}.` : ''}`,
  exemplarHow: `Gương tháng này là ${w.people} nào? Ví dụ: "gương tháng 10: ${w.titleInShort} Lan".`,
  exemplarNoted: (period: string, name: string) => `Gương ${viPeriod(period)}: ${w.titled} ${name}.`,
  exemplarOne: (period: string, options: readonly string[]) =>
    `Mỗi tháng chỉ ghi một gương. Gương ${viPeriod(period)} là:\n${viNumbered(options)}\nTrả lời bằng số, hoặc "thôi".`,
  commendWhichCollective: `${W.you} muốn biểu dương tập thể nào? Ví dụ: "biểu dương tập thể ${W.cell} Đông".`,
  collectiveCommended: (org: string) => `Biểu dương tập thể ${org}.`,
  collectiveCommendedAlready: (org: string) => `Tập thể ${org} đã được ghi biểu dương năm nay.`,
  copyChoice: (
    year: number,
    deeds: readonly (DeedView & { undone: boolean })[],
    undone: number,
    collective: boolean | 'committee' = false,
  ) =>
    [
      `Năm ${year} ${collective === 'committee' ? w.committee : collective ? w.cell : w.you} đăng ký:`,
      ...deeds.map((deed) => `- ${viDeed(deed)}${deed.undone ? ' (chưa xong)' : ''}`),
      'Đăng ký lại cho năm nay:',
      `1. Chỉ ${viTwoDigits(undone)} việc chưa xong`,
      '2. Tất cả',
      'Trả lời bằng số, hoặc "thôi".',
    ].join('\n'),
  copyUndone: 'Việc chưa xong',
  copyAll: 'Tất cả',
})
