/** What the bot says in Vietnamese of minutes; part of vi.ts. */
import { viCount, viDate, viRatio } from './vi-forms.ts'
import type { ViVocabulary } from './vi-words.ts'

type Ratio = { numerator: number; denominator: number }

export interface MinutesLineText {
  number: number
  content: string
  votes: {
    for: number | null
    against: number | null
    other: number | null
    /** For out of the whole, where both were told. */
    rate: Ratio | null
    tenths: number | null
  } | null
  /** More hands than the roll call, as it stands now, found people. */
  isDoubtful: boolean
  inCharge: string | null
  dueOn: string | null
}

/** What of minutes is listed by number. */
export type MinutesItemsText = Pick<MinutesText, 'decisions' | 'tasks'>

export interface MinutesText {
  organisation: string
  meeting: string
  isCombined: boolean
  when: string
  place: string | null
  theme: string | null
  chair: string | null
  keeper: string | null
  speakers: number | null
  roll: { rate: Ratio; tenths: number | null; excused: number; unexcused: number } | null
  decisions: readonly MinutesLineText[]
  tasks: readonly MinutesLineText[]
}

const votesOf = ({ votes }: MinutesLineText): string => {
  if (!votes) return ''
  const yes = votes.rate ? viRatio(votes.rate, votes.tenths) : votes.for === null ? null : viCount(votes.for)
  const parts = [
    ...(yes === null ? [] : [`tán thành ${yes}`]),
    ...(votes.against === null ? [] : [`không tán thành ${viCount(votes.against)}`]),
    ...(votes.other === null ? [] : [`ý kiến khác ${viCount(votes.other)}`]),
  ]
  return ` (${parts.join(', ')})`
}

const lineOf = (line: MinutesLineText): string =>
  [
    `${line.number}. ${line.content}${votesOf(line)}`,
    ...(line.inCharge ? [`phụ trách: ${line.inCharge}`] : []),
    ...(line.dueOn ? [`hạn ${viDate(line.dueOn)}`] : []),
  ].join('; ') + (line.isDoubtful ? '. Số biểu quyết không khớp điểm danh, đề nghị xem lại' : '')

const linesOf = (view: MinutesItemsText): string[] => [
  ...(view.decisions.length > 0 ? ['Quyết định:', ...view.decisions.map(lineOf)] : []),
  ...(view.tasks.length > 0 ? ['Nhiệm vụ:', ...view.tasks.map(lineOf)] : []),
]

const numbers = (what: string, list: readonly number[]) => (list.length > 0 ? [`${what} ${list.join(', ')}`] : [])

export const viMinutes = ({ w, W }: ViVocabulary) => ({
  minutesKinds: { decision: 'quyết định', task: 'nhiệm vụ' },
  minutesHow: `Ghi biên bản, ${w.you} nhắn như: "biên bản: thống nhất mua 10 cây cho nhà văn hoá, 20/22 tán thành, 1 không tán thành, 1 ý kiến khác", "biên bản: nhiệm vụ: sửa đường nước; phụ trách: ${w.titleInShort} An; hạn 30/11", "biên bản: chủ trì: ${w.secretary}; 8 ý kiến phát biểu". Xem lại: "xem biên bản".`,
  minutesNoSpeech: `Tôi chưa ghi gì: biên bản ở đây chỉ giữ số liệu và quyết định, không giữ lời phát biểu của ai. ${W.you} ghi lại thành kết luận, như: "biên bản: thống nhất mua 10 cây, 20/22 tán thành"; số người phát biểu thì ghi: "biên bản: 8 ý kiến phát biểu".`,
  minutesNoNames: `Tôi chưa ghi gì: nội dung quyết định không nêu tên người. Giao việc cho ai, ${w.you} ghi ở cuối, như: "biên bản: nhiệm vụ: sửa đường nước; phụ trách: ${w.titleInShort} An; hạn 30/11".`,
  minutesUnclear: `Tôi chưa ghi gì vì chưa rõ số biểu quyết. ${W.you} ghi ở cuối, cách nhau bằng dấu phẩy, như: "biên bản: thống nhất mua 10 cây, 20/22 tán thành, 1 không tán thành, 1 ý kiến khác".`,
  minutesEverybody: `Tôi chưa ghi gì: chưa có kết quả điểm danh nên chưa biết tất cả là bao nhiêu. ${W.you} ghi bằng số, như: "22/22 tán thành", hoặc điểm danh trước.`,
  minutesSum: (counted: number, of: number) =>
    `Tôi chưa ghi gì: các số biểu quyết cộng lại là ${viCount(counted)}, không khớp tổng số ${viCount(of)}. Đề nghị ${w.you} xem lại rồi nhắn lại cả dòng.`,
  minutesPresent: (counted: number, present: number) =>
    `Tôi chưa ghi gì: biểu quyết ${viCount(counted)}, điểm danh có mặt ${viCount(present)}. ${W.you} nhắn lại cả dòng với số đúng; nếu điểm danh sai, nhắn "sửa điểm danh: Bình có mặt" trước.`,
  minutesTooLong: (letters: number) =>
    `Tôi chưa ghi gì: mỗi mục không quá ${viCount(letters)} chữ cái. Đề nghị ${w.you} rút gọn thành kết luận rồi nhắn lại.`,
  minutesFull: (items: number) =>
    `Tôi chưa ghi gì: biên bản một buổi họp nhiều nhất ${viCount(items)} mục. Phần còn lại ${w.you} ghi trong sổ biên bản.`,
  minutesOfficeUnknown: `Tôi chưa ghi gì vì chưa rõ chức vụ. ${W.you} nhắn như: "biên bản: chủ trì: ${w.secretary}; thư ký: ${w.deputy}".`,
  minutesNoMeeting: `Tôi không thấy buổi họp nào đã diễn ra. ${W.you} ghi rõ tháng, như: "biên bản tháng 10: …", "xem biên bản tháng 10".`,
  minutesNone: (meeting: string) => `Chưa ghi gì vào biên bản ${meeting}.`,
  minutesNoSuch: (kind: string, number: number, meeting: string) =>
    `Biên bản ${meeting} không có ${kind} ${number}. ${W.you} nhắn "xem biên bản" để xem số; buổi họp khác thì ghi rõ tháng, như: "sửa ${kind} ${number} tháng 10: …".`,
  minutesEditHow: (kind: string, number: number) =>
    `Muốn sửa, ${w.you} nhắn cả nội dung mới, như: "sửa ${kind} ${number}: mua 12 cây, 20/22 tán thành". Muốn bỏ: "bỏ ${kind} ${number}".`,
  minutesRemoveAsk: (kind: string, number: number, meeting: string) =>
    `Bỏ ${kind} ${number} khỏi biên bản ${meeting}? Trả lời "có" hoặc "không".`,
  minutesKept: 'Biên bản giữ nguyên.',
  minutesRemoved: (kind: string, number: number, meeting: string) =>
    `Đã bỏ ${kind} ${number} khỏi biên bản ${meeting}.`,
  /** In a group without the lines: minutes are not for a group. */
  minutesNoted: (
    meeting: string,
    decisions: readonly number[],
    tasks: readonly number[],
    view: MinutesItemsText | null,
  ) => {
    const what = [...numbers('quyết định', decisions), ...numbers('nhiệm vụ', tasks)].join('; ')
    const first = decisions.length > 0 ? `quyết định ${decisions[0]}` : tasks.length > 0 ? `nhiệm vụ ${tasks[0]}` : null
    return [
      `Đã ghi biên bản ${meeting}${what ? `: ${what}` : ''}.`,
      ...(view ? linesOf(view) : []),
      ...(first === null ? [] : [`Sửa: "sửa ${first}: …"; bỏ: "bỏ ${first}".`]),
      'Xem: "xem biên bản".',
    ].join('\n')
  },
  minutesCorrected: (kind: string, number: number, meeting: string, view: MinutesItemsText | null) =>
    [`Đã sửa ${kind} ${number} của biên bản ${meeting}.`, ...(view ? linesOf(view) : [])].join('\n'),
  minutesCounts: (organisation: string, meeting: string, decisions: number, tasks: number) =>
    `${organisation}, biên bản ${meeting}: ${viCount(decisions)} quyết định, ${viCount(tasks)} nhiệm vụ.`,
  minutesText: (view: MinutesText) => {
    const lines = linesOf(view)
    return [
      `Biên bản ${view.meeting}, ${view.organisation}${view.isCombined ? ' (có nội dung chuyên đề)' : ''}`,
      `Thời gian: ${view.when}.`,
      ...(view.place ? [`Địa điểm: ${view.place}.`] : []),
      ...(view.theme ? [`Chuyên đề: ${view.theme}.`] : []),
      view.roll
        ? `Có mặt ${viRatio(view.roll.rate, view.roll.tenths)}, vắng có lý do ${viCount(view.roll.excused)}, vắng không lý do ${viCount(view.roll.unexcused)}.`
        : 'Chưa có kết quả điểm danh.',
      ...(view.chair ? [`Chủ trì: ${view.chair}.`] : []),
      ...(view.keeper ? [`Người ghi: ${view.keeper}.`] : []),
      ...(view.speakers === null ? [] : [`Số ý kiến phát biểu: ${viCount(view.speakers)}.`]),
      ...(lines.length > 0 ? lines : ['Chưa có quyết định, nhiệm vụ nào.']),
      'Bản ghi này giúp việc cho sổ biên bản, không thay sổ.',
    ].join('\n')
  },
})
