/** What the bot says in Vietnamese of organisations below a committee; part of vi.ts. */
import { viCount, viDate, viRatio } from './vi-forms.ts'
import type { ViVocabulary } from './vi-words.ts'

type Ratio = { numerator: number; denominator: number }
type State = 'silent' | 'started' | 'complete' | 'incomplete' | 'any'
type Scope = 'direct' | 'cells'

const stateNames: Record<State, string> = {
  silent: 'chưa triển khai',
  started: 'đã triển khai',
  complete: 'đăng ký đủ',
  incomplete: 'chưa đăng ký đủ',
  any: 'đã triển khai',
}

export const viTree = ({ w, W }: ViVocabulary) => ({
  organisationUnknown: (orgName: string) =>
    `Không thấy đơn vị nào tên "${orgName}" trong phạm vi của ${w.you}. Đề nghị ${w.you} xem lại tên rồi nhắn lại.`,
  organisationTooMany: (orgName: string) =>
    `Nhiều đơn vị có tên "${orgName}". Đề nghị ${w.you} ghi đủ tên rồi nhắn lại.`,
  organisationOption: (orgName: string, parentOrgName: string, formerOrgName: string) =>
    `${orgName}${parentOrgName === '' ? '' : `, thuộc ${parentOrgName}`}${formerOrgName === '' ? '' : ` (trước đây: ${formerOrgName})`}`,
  namesOfHow: (orgName: string) =>
    `Muốn xem danh sách, ${w.you} nhắn "danh sách chưa đăng ký ${orgName}" hoặc "danh sách ${orgName}". Mỗi lần xem được ghi vào nhật ký.`,
  nothingBelow: `Không có đơn vị trực thuộc nào để xem. ${W.you} nhắn "tổng hợp" để xem số liệu chung.`,
  remindCell: (data: { above: string; orgName: string; members: Ratio; tenths: number | null; closesOn: string }) =>
    `${data.above} đề nghị ${data.orgName} đôn đốc đăng ký: đến nay ${viRatio(data.members, data.tenths)} ${w.member}, hạn ${viDate(data.closesOn)}. ${W.you} nhắn "ai chưa đk" để xem, "nhắc mọi người đăng ký" để nhắc.`,
  remindedBelow: (data: { sent: number; held: number; unreachable: number }) =>
    [
      data.sent > 0 ? `Đã nhắc ${viCount(data.sent)} ${w.cell} qua ${w.leaders}.` : `Không nhắc thêm ${w.cell} nào.`,
      ...(data.held > 0 ? [`${viCount(data.held)} ${w.cell} đã được nhắc trong tuần này.`] : []),
      ...(data.unreachable > 0 ? [`${viCount(data.unreachable)} ${w.cell} chưa có ai nhận tin riêng của tôi.`] : []),
    ].join(' '),
  remindNoneBelow: `Các ${w.cell} trực thuộc đã đăng ký đủ.`,
  remindTooManyBelow: (cells: number, most: number) =>
    `Còn ${viCount(cells)} ${w.cell} chưa đăng ký đủ, mỗi lần tôi nhắc nhiều nhất ${viCount(most)}. Đề nghị ${w.committeesBelow} trực thuộc nhắc từng nơi.`,
  organisationsCount: (data: { orgName: string; state: State; scope: Scope; ratio: Ratio; tenths: number | null }) =>
    `${data.orgName}: ${data.scope === 'cells' ? w.cell : w.below} ${stateNames[data.state]}: ${viRatio(data.ratio, data.tenths)}.`,
  organisationLine: (data: {
    nth: number
    orgName: string
    parentOrgName: string
    members: Ratio
    membersTenths: number | null
    cells: Ratio | null
  }) =>
    [
      `${viCount(data.nth)}. ${data.orgName}${data.parentOrgName === '' ? '' : ` (${data.parentOrgName})`}: `,
      data.cells ? `${viCount(data.cells.numerator)}/${viCount(data.cells.denominator)} ${w.cell}, ` : '',
      `${viRatio(data.members, data.membersTenths)} ${w.member}`,
    ].join(''),
  organisationsRest: (state: State, scope: Scope, first: number, last: number, of: number) =>
    `Mới liệt kê từ ${viCount(first)} đến ${viCount(last)} trong ${viCount(of)}. Xem tiếp, ${w.you} nhắn: "${state === 'any' ? 'danh sách các ' : ''}${scope === 'cells' ? w.cell : 'đơn vị'}${state === 'any' ? '' : ` nào ${stateNames[state]}`} từ ${last + 1}".`,
  treeBelow: (data: {
    committees: number
    directCells: number
    cells: number
    members: number
    started: Ratio
    startedTenths: number | null
    complete: Ratio
    completeTenths: number | null
  }) =>
    [
      data.directCells > 0
        ? `- Gồm ${viCount(data.committees + data.directCells)} ${w.organisationsBelow} (${viCount(data.committees)} ${w.committeesBelow}, ${viCount(data.directCells)} ${w.directCells}), ${viCount(data.cells)} ${w.cell}, ${viCount(data.members)} ${w.member}`
        : `- Gồm ${viCount(data.committees)} ${w.committeesBelow}, ${viCount(data.cells)} ${w.cell}, ${viCount(data.members)} ${w.member}`,
      `- ${W.below} đã triển khai: ${viRatio(data.started, data.startedTenths)}`,
      `- ${W.below} đăng ký đủ: ${viRatio(data.complete, data.completeTenths)}`,
    ].join('\n'),
})
