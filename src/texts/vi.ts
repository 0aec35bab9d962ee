/**
 * Everything the bot says in Vietnamese: short and polite, as a good secretary writes; "đồng chí", no emoji,
 * figures with their denominator, every question with a way to answer it and to leave it.
 * One file although long: whoever minds the words finds all of them here.
 */
import type { RefusalReason } from '../domain/access.ts'
import type { ApprovalRoute } from '../domain/approval.ts'
import type { FormKind } from '../domain/forms.ts'
import type { MemberStatus, Role } from '../domain/member.ts'
import type { Rating } from '../domain/rating.ts'
import type { Attendance, DeedCategory, DeedFocus, DeedState } from '../domain/records.ts'
import type { ReasonKind } from '../language/intents.ts'
import { viDeeds } from './vi-deeds.ts'
import {
  viCount,
  viDate,
  viDateTime,
  viDeed,
  viNumbered,
  viPeriod,
  viRatio,
  viTenths,
  viTwoDigits,
} from './vi-forms.ts'
import { viRollCall } from './vi-roll-call.ts'

const statusNames: Record<MemberStatus, string> = {
  official: 'chính thức',
  probationary: 'dự bị',
  exempt: 'miễn sinh hoạt',
  away: 'tạm vắng',
  temporarilyHere: 'sinh hoạt tạm thời',
  suspended: 'đình chỉ sinh hoạt',
  left: 'đã chuyển đi',
}

const roleNames: Record<Role, string> = {
  secretary: 'bí thư',
  deputy: 'phó bí thư',
  clerk: 'thư ký',
  committee: 'cấp uỷ viên',
  member: 'đảng viên',
}

const stateNames: Record<DeedState, string> = {
  draft: 'nháp, chưa gửi',
  submitted: 'chờ chi bộ thông qua',
  approved: 'đã thông qua',
  returned: 'chi bộ đề nghị xem lại',
  withdrawn: 'đã rút',
}

const categoryNames: Record<DeedCategory, string> = {
  thought: 'tư tưởng',
  morality: 'đạo đức',
  style: 'phong cách',
  exampleSetting: 'nêu gương',
}

const focusNames: Record<DeedFocus, string> = {
  breakthrough: 'khâu đột phá',
  pressing: 'vấn đề bức xúc, nổi cộm',
  model: 'mô hình, cách làm',
}

const formNames: Record<FormKind, string> = { pledge: 'đăng ký làm theo', commitment: 'bản cam kết' }

const reasonNames: Record<ReasonKind, string> = {
  work: 'công tác',
  sick: 'ốm',
  family: 'việc gia đình',
  other: 'lý do khác',
}

const ratingNames: Record<Rating, string> = {
  excellent: 'hoàn thành xuất sắc',
  good: 'hoàn thành tốt',
  completed: 'hoàn thành',
  notCompleted: 'không hoàn thành',
}

const answerNames: Record<Attendance['answer'], string> = {
  attending: 'báo có mặt',
  excused: 'xin vắng',
  present: 'có mặt',
  unexcused: 'vắng không lý do',
}

type DeedView = { content: string | null; dueOn: string | null }
type Ratio = { numerator: number; denominator: number }

/** What platforms with a command menu show; the words of the command stand in docs/language.md. */
const commandMenu = [
  { command: 'dangky', description: 'Đăng ký việc làm theo' },
  { command: 'vieccuatoi', description: 'Xem việc tôi đã đăng ký' },
  { command: 'tiendo', description: 'Báo tiến độ' },
  { command: 'lich', description: 'Lịch họp' },
  { command: 'comat', description: 'Báo có mặt' },
  { command: 'vang', description: 'Xin vắng' },
  { command: 'tonghop', description: 'Tổng hợp' },
  { command: 'duyet', description: 'Duyệt đăng ký (bí thư)' },
  { command: 'dulieu', description: 'Dữ liệu của tôi' },
  { command: 'trogiup', description: 'Hướng dẫn' },
]

export const vi = {
  ...viDeeds,
  ...viRollCall,
  locale: 'vi',
  commandMenu,
  statusNames,
  roleNames,
  stateNames,
  reasonNames,
  answerNames,
  categoryNames,
  focusNames,
  formNames,
  date: viDate,
  dateTime: viDateTime,
  period: viPeriod,
  count: viCount,
  tenths: viTenths,
  deed: viDeed,
  deedNumber: (number: number) => `việc ${number}`,
  numbered: viNumbered,

  // ── Everyone ──
  helpMember: (canSpeakFreely: boolean) =>
    [
      'Tôi là Nếp, chương trình tự động giúp chi bộ ghi đăng ký làm theo, lịch họp và điểm danh. Đồng chí cứ nhắn như sau:',
      '- Đăng ký: "đk: giúp 1 hộ nghèo, xong trước 30/11"',
      '- Xem, sửa, rút: "việc của tôi", "sửa việc 1: giúp 2 hộ nghèo", "rút việc 2"',
      '- Tiến độ: "việc 1 xong 70%", "việc 1 xong rồi"',
      '- Họp: "bao giờ họp", "có mặt", "xin vắng, đi công tác"',
      '- Số liệu chung của chi bộ: "tổng hợp"',
      '- Dữ liệu cá nhân: "dữ liệu của tôi", "xuất dữ liệu của tôi", "xoá dữ liệu của tôi"',
      canSpeakFreely
        ? 'Muốn dừng việc đang hỏi: "thôi".'
        : 'Trong nhóm, xin nhắc tên tôi (@) hoặc trả lời tin của tôi. Muốn dừng: "thôi".',
    ].join('\n'),
  helpOfficer: [
    'Dành cho bí thư, phó bí thư:',
    '- Duyệt: "duyệt", "duyệt việc 1 của đ/c Hoa", "duyệt hết", "trả lại việc 2 của đ/c Bình vì chưa rõ hạn"',
    '- Danh sách: "ai chưa đk", "tổng hợp danh sách"; nhắc: "nhắc mọi người đăng ký"',
    '- Lịch: "chi bộ họp mùng 3 hằng tháng lúc 19h30 tại nhà văn hoá", "dời họp sang 10/10", "hoãn buổi họp tới vì bão"',
    '- Chuyên đề: "chuyên đề tháng 11: học tập Di chúc của Bác"; khi họp: "điểm danh"',
  ].join('\n'),
  helpNotLinked: 'Nếu chưa liên kết, đồng chí nhắn: "tôi là" kèm họ và tên trong danh sách chi bộ.',
  groupGreeting:
    'Kính chào các đồng chí. Tôi là Nếp, chương trình tự động giúp chi bộ ghi đăng ký và nhắc lịch họp. Để bắt đầu, đề nghị đồng chí bí thư nhắn trong nhóm này: /kichhoat kèm mã của nhóm.',
  helloGroup: (orgName: string) =>
    `Nhóm này đã được gắn với ${orgName}. Các đồng chí nhắn "@" kèm tên tôi để đăng ký, xem lịch họp; nhắn "giúp" để xem hướng dẫn.`,
  groupGone: (org: string) =>
    `Tôi không còn trong nhóm của ${org} nên không nhắc lịch ở đó được. Đề nghị đồng chí mời lại rồi nhắn /kichhoat kèm mã mới.`,
  quotaWarning: (used: number, quota: number) =>
    `Tháng này tôi đã gửi ${viCount(used)}/${viCount(quota)} tin. Gần hết số tin, tôi chỉ gửi lời nhắc họp và lời ghi nhận; tin bớt cần thiết sẽ không gửi cho đến đầu tháng sau.`,
  planWarning: (what: 'users' | 'groups', used: number, limit: number) =>
    what === 'users'
      ? `Gói dịch vụ tôi dùng cho nhiều nhất ${viCount(limit)} người, hiện tôi biết ${viCount(used)} người. Quá số ấy tôi không nhận được tin của người mới. Đề nghị đồng chí báo người vận hành.`
      : `Gói dịch vụ tôi dùng cho nhiều nhất ${viCount(limit)} nhóm, hiện tôi ở trong ${viCount(used)} nhóm. Muốn thêm nhóm, đề nghị đồng chí báo người vận hành.`,
  anonymous:
    'Tôi không biết đồng chí nào vừa nhắn vì tin được gửi ẩn danh. Đề nghị đồng chí tắt chế độ ẩn danh rồi nhắn lại.',
  editedHint: 'Tôi không đọc được tin sửa lại. Nếu cần thay đổi, đề nghị đồng chí nhắn tin mới, ví dụ "sửa việc 1: …".',
  unsupported: 'Tôi chỉ đọc được tin nhắn chữ. Đề nghị đồng chí viết bằng chữ, ví dụ "đk: …".',
  classified:
    'Nội dung này không trao đổi qua nhóm chat. Đề nghị đồng chí liên hệ trực tiếp đồng chí bí thư. Tôi không lưu tin vừa rồi.',
  failed:
    'Có trục trặc khi xử lý tin của đồng chí. Tin vẫn được giữ và người vận hành đã được báo; đề nghị đồng chí thử lại sau.',
  privateHint:
    'Nội dung này tôi chỉ gửi riêng. Đề nghị đồng chí mở trò chuyện riêng với tôi, nhắn "giúp", rồi hỏi lại.',
  sentPrivately: 'Tôi đã trả lời đồng chí trong trò chuyện riêng.',
  notUnderstood: 'Tôi chưa hiểu câu trả lời.',
  groupAnswerHint: '(Xin trả lời thẳng tin này, hoặc nhắc @ kèm tên tôi.)',
  stillOpen: (question: string) => `Việc đang hỏi dở:\n${question}`,
  droppedOpen: 'Việc đang hỏi dở đã dừng lại.',
  cancelled: 'Đã dừng. Đồng chí cần gì cứ nhắn.',
  erasedName: '(đã xoá tên)',
  nothingOpen: 'Hiện tôi không hỏi đồng chí điều gì. Đồng chí nhắn "giúp" để xem những việc tôi làm được.',
  notServed: 'Việc này hiện tôi chưa làm được. Đồng chí nhắn "giúp" để xem những việc tôi làm được.',
  chooseRange: (count: number) => `Đề nghị đồng chí trả lời bằng số từ 1 đến ${count}, hoặc "thôi".`,
  whichOne: (options: readonly string[]) =>
    `Đồng chí muốn nói đến:\n${viNumbered(options)}\nTrả lời bằng số, hoặc "thôi".`,
  groupNeedsCode: 'Nhóm này chưa được kích hoạt. Đề nghị đồng chí bí thư nhắn trong nhóm: /kichhoat kèm mã của nhóm.',

  // ── Rights ──
  refusals: {
    notLinked: 'Đồng chí chưa được liên kết với danh sách chi bộ. Đề nghị nhắn: "tôi là" kèm họ và tên.',
    formerMember:
      'Đồng chí đã chuyển khỏi chi bộ này; chỉ còn xem, xuất, xoá được dữ liệu của mình. Nhắn "dữ liệu của tôi" để xem.',
    notSecretary: 'Việc này dành cho bí thư, phó bí thư chi bộ. Đề nghị đồng chí trao đổi với đồng chí bí thư.',
    notOfficer: 'Việc này dành cho bí thư, phó bí thư, thư ký chi bộ. Đề nghị đồng chí trao đổi với đồng chí bí thư.',
    notYourCell:
      'Đồng chí không có tên trong chi bộ này nên tôi chưa làm được. Đề nghị nhắn riêng cho tôi, hoặc hỏi đồng chí bí thư.',
    namesNotAllowed:
      'Danh sách có tên chỉ gửi cho bí thư, phó bí thư, thư ký chi bộ. Đồng chí nhắn "tổng hợp" để xem số liệu chung.',
    onlyCommitteeAbove: 'Việc này dành cho cấp uỷ cấp trên trực tiếp. Đề nghị đồng chí liên hệ cấp uỷ cấp trên.',
    onlyReadingBelow: 'Việc này do chi bộ tự làm; cấp trên chỉ xem số liệu. Đồng chí nhắn "tổng hợp" để xem.',
    unknownAction: 'Đồng chí chưa được giao quyền làm việc này. Đề nghị hỏi đồng chí bí thư.',
  } satisfies Record<RefusalReason, string>,
  notACell: 'Việc này chỉ làm được ở chi bộ. Đồng chí nhắn "tổng hợp" để xem số liệu chung.',

  // ── Consent and personal data ──
  consentAsk: (held: boolean) =>
    [
      'Trước khi ghi bất cứ điều gì về đồng chí, tôi xin phép. Tôi là chương trình tự động của chi bộ. Nếu đồng chí đồng ý, tôi lưu: tài khoản nhắn tin này, việc đăng ký và tiến độ, trả lời họp của đồng chí; để chi bộ theo dõi, nhắc và tổng hợp. Chi uỷ xem được; cấp trên chỉ xem số liệu. Dữ liệu do chi bộ giữ. Đồng chí được xem, xuất, sửa, xoá dữ liệu hoặc rút đồng ý bất cứ lúc nào.',
      `Trả lời "đồng ý" hoặc "không".${held ? ' Tin vừa rồi được giữ chờ trả lời, nhiều nhất một ngày.' : ''}`,
    ].join('\n'),
  consentPrompt: 'Đồng chí có đồng ý để tôi xử lý dữ liệu của mình không? Trả lời "đồng ý" hoặc "không".',
  consentGiven: 'Cảm ơn đồng chí. Tôi đã ghi nhận sự đồng ý.',
  consentAlready: 'Đồng chí đã đồng ý từ trước. Cảm ơn đồng chí.',
  consentRefused: 'Vâng. Tôi không lưu gì về đồng chí. Khi nào cần, đồng chí cứ nhắn lại.',
  withdrawAsk:
    'Đồng chí rút sự đồng ý thì tôi ngừng xử lý: không nhận đăng ký, không nhắc, tài khoản này không còn liên kết. Việc đã đăng ký vẫn nằm trong sổ của chi bộ cho đến khi đồng chí yêu cầu xoá.\nTrả lời "có" để rút, "không" để giữ nguyên.',
  withdrawn:
    'Đã rút sự đồng ý. Từ giờ tôi không xử lý dữ liệu của đồng chí nữa. Muốn xoá dữ liệu đã có, đồng chí nhắn "xoá dữ liệu của tôi".',
  eraseAsk:
    'Tôi sẽ xoá: họ tên, liên kết tài khoản, nội dung và ghi chú các việc đã đăng ký, lý do vắng. Số liệu tổng hợp của chi bộ vẫn giữ (không có tên). Không lấy lại được; nếu cần, đồng chí nhắn "xuất dữ liệu của tôi" trước.\nTrả lời "có" để xoá, "không" để giữ nguyên.',
  erased: 'Đã xoá dữ liệu của đồng chí. Sổ chi bộ chỉ còn số liệu không tên. Cảm ơn đồng chí.',
  noData: 'Tôi không lưu dữ liệu nào về đồng chí.',
  dataShow: (data: { account: string; consent: string; lines: string[]; deeds: string[]; meetings: string[] }) =>
    [
      'Dữ liệu tôi đang lưu về đồng chí:',
      `- Tài khoản: ${data.account}`,
      `- Đồng ý xử lý dữ liệu: ${data.consent}`,
      ...data.lines.map((line) => `- Danh sách: ${line}`),
      `- Việc đăng ký:${data.deeds.length === 0 ? ' chưa có' : ''}`,
      ...data.deeds.map((deed) => `  ${deed}`),
      `- Trả lời họp:${data.meetings.length === 0 ? ' chưa có' : ''}`,
      ...data.meetings.map((meeting) => `  ${meeting}`),
      'Đồng chí có thể nhắn "xuất dữ liệu của tôi", "xoá dữ liệu của tôi" hoặc "rút đồng ý". Thấy chỗ chưa đúng, đề nghị báo đồng chí bí thư.',
    ].join('\n'),
  dataExport: (json: string) => `Bản xuất dữ liệu của đồng chí (dạng JSON, để máy đọc):\n${json}`,

  // ── Linking ──
  askName: 'Đồng chí cho biết họ và tên như trong danh sách chi bộ, ví dụ: "tôi là Nguyễn Văn An". Muốn dừng: "thôi".',
  nameUnknown: (name: string) =>
    `Trong danh sách không có đồng chí "${name}". Đề nghị viết đủ họ và tên như trong danh sách, hoặc hỏi đồng chí bí thư.`,
  nameUnknownOfficer: (name: string) =>
    `Trong danh sách chi bộ không có đồng chí "${name}". Đề nghị kiểm tra và nhắn lại, viết đủ họ và tên.`,
  nameNeedsGroup:
    'Tôi chưa biết đồng chí thuộc chi bộ nào. Đề nghị đồng chí nhắn "tôi là …" trong nhóm của chi bộ, hoặc xin đồng chí bí thư mã cá nhân rồi nhắn ở đây: /kichhoat kèm mã.',
  alreadyLinked: (name: string, org: string) => `Tài khoản này đã liên kết với đồng chí ${name}, ${org}.`,
  claimTaken: 'Tên này đã liên kết với một tài khoản khác. Đề nghị đồng chí hỏi đồng chí bí thư.',
  claimSent: 'Tôi đã nhờ đồng chí bí thư xác nhận. Xác nhận xong là đồng chí dùng được.',
  claimNoSecretary:
    'Chi bộ chưa có bí thư nào liên kết để xác nhận. Đề nghị đồng chí xin mã cá nhân từ người vận hành rồi nhắn riêng cho tôi: /kichhoat kèm mã.',
  claimAsk: (displayName: string, platform: string, name: string, org: string) =>
    `Tài khoản ${platform}${displayName ? ` có tên hiển thị "${displayName}"` : ''} báo là đồng chí ${name}, ${org}. Có đúng không, thưa đồng chí?\nTrả lời "có" hoặc "không".`,
  claimConfirmed: (name: string) => `Đã liên kết tài khoản với đồng chí ${name}.`,
  claimRejected: 'Vâng. Tài khoản ấy không được liên kết.',
  claimGone: 'Đề nghị này không còn chờ xác nhận nữa.',
  linked: (name: string, org: string) =>
    `Đồng chí ${name} đã được liên kết với ${org}. Nhắn "giúp" để xem những việc tôi làm được.`,
  notLinkedAnswer: 'Đồng chí bí thư chưa xác nhận tài khoản này. Đề nghị đồng chí liên hệ trực tiếp đồng chí bí thư.',
  platformNames: { zalo: 'Zalo', telegram: 'Telegram', slack: 'Slack', local: 'thử nghiệm' } as Record<string, string>,

  // ── Codes ──
  codeWrong: 'Mã không đúng. Đề nghị đồng chí kiểm tra lại từng chữ.',
  codeUsed: 'Mã này đã được dùng. Đề nghị xin mã mới.',
  codeExpired: 'Mã đã hết hạn. Đề nghị xin mã mới.',
  codeExhausted: 'Mã đã bị nhập sai quá 5 lần nên không dùng được nữa. Đề nghị xin mã mới.',
  codeForGroup: 'Đây là mã của nhóm. Đề nghị đồng chí nhắn mã này trong nhóm của chi bộ.',
  codeForPerson:
    'Mã cá nhân không được nhắn trong nhóm, nên mã này đã bị huỷ. Đề nghị xin mã mới và nhắn riêng cho tôi.',
  codeOtherChat: (org: string) => `Nhóm này đang gắn với ${org}. Muốn đổi, đề nghị người vận hành gỡ nhóm trước.`,
  codeNeedsName: (role: string, org: string) =>
    `Mã đúng: ${role}, ${org}. Đồng chí cho biết họ và tên, ví dụ: "tôi là Nguyễn Văn An". Muốn dừng: "thôi".`,
  roleGranted: (name: string, role: string, org: string) =>
    `Đồng chí ${name} đã được ghi là ${role}, ${org}. Nhắn "giúp" để xem những việc tôi làm được.`,

  // ── Pledges ──
  askDeeds: (min: number, max: number) =>
    `Đồng chí đăng ký việc gì? Mỗi đồng chí ${min === max ? max : `${min}–${max}`} việc cụ thể, ví dụ: "giúp 1 hộ nghèo sửa nhà, xong trước 30/11". Muốn dừng: "thôi".`,
  askCollectiveDeeds: 'Chi bộ đăng ký việc gì? Ví dụ: "xây dựng tuyến đường hoa 500m, hạn 30/11". Muốn dừng: "thôi".',
  askDue: (deed: string, yearEnd: string) =>
    `Việc "${deed}" bao giờ xong? Trả lời bằng ngày (ví dụ 30/11), 1 nếu đến hết năm (${viDate(yearEnd)}), hoặc "thôi".`,
  askDueOf: (deed: string, candidates: readonly string[]) =>
    `Hạn của việc "${deed}" là ngày nào?\n${viNumbered(candidates.map(viDate))}\nTrả lời bằng số, bằng ngày dương lịch (ví dụ 30/11/2026), hoặc "thôi".`,
  confirmDeeds: (deeds: readonly (DeedView & { number: number })[], collective: boolean) =>
    [
      `${collective ? 'Chi bộ' : 'Đồng chí'} đăng ký ${viTwoDigits(deeds.length)} việc:`,
      ...deeds.map((deed) => `- Việc ${deed.number}: ${viDeed(deed)}`),
      'Trả lời 1 để gửi, 2 để viết lại, hoặc "thôi".',
    ].join('\n'),
  confirmLabels: ['Gửi', 'Viết lại'],
  yesNoLabels: ['Có', 'Không'],
  consentLabels: ['Đồng ý', 'Không'],
  vagueHint: 'Gợi ý: việc nên cụ thể, kiểm tra được (làm gì, bao nhiêu, cho ai).',
  submitted: (count: number, collective: boolean, route: ApprovalRoute = 'cell') => {
    const noted = `Đã ghi nhận ${viTwoDigits(count)} việc của ${collective ? 'chi bộ' : 'đồng chí'}`
    switch (route) {
      case 'cell':
        return `${noted}, chờ ${collective ? '' : 'chi bộ '}thông qua.`
      case 'above':
        return `${noted}, chờ cấp uỷ cấp trên trực tiếp thông qua.`
      case 'colleague':
        return collective
          ? `${noted}. Cấp uỷ cấp trên chưa liên kết với tôi, nên bí thư, phó bí thư duyệt sau khi chi bộ thống nhất.`
          : `${noted}. Cấp uỷ cấp trên chưa liên kết với tôi, nên việc chờ đồng chí bí thư, phó bí thư khác duyệt.`
      case 'nobody':
        return `${noted}. Đồng chí không tự duyệt việc của mình, mà cấp uỷ cấp trên và đồng chí phó bí thư chưa liên kết với tôi; liên kết xong, việc sẽ được chuyển duyệt.`
    }
  },
  lateNote: (closesOn: string) => `Đợt đăng ký đã hết hạn ngày ${viDate(closesOn)}; việc được ghi là đăng ký bổ sung.`,
  tooMany: (max: number, standing: readonly DeedView[], incoming: number) =>
    standing.length === 0
      ? `Được đăng ký tối đa ${viTwoDigits(max)} việc; tin vừa rồi có ${viTwoDigits(incoming)} việc. Đồng chí bỏ bớt việc nào? Trả lời bằng số, hoặc "thôi".`
      : `Đã có ${viTwoDigits(standing.length)} việc, tối đa ${viTwoDigits(max)}:\n${viNumbered(standing.map(viDeed))}\nMuốn thay, đồng chí nhắn "sửa việc …: nội dung mới" hoặc "rút việc …", kèm số ghi ở "việc của tôi".`,
  dropDeed: (deed: string) => `Bỏ: ${deed}`,
  deedTooLong: (max: number) => `Nội dung dài quá ${viCount(max)} ký tự. Đề nghị đồng chí viết gọn hơn.`,
  draftWaits: 'Bản nháp vẫn được giữ; nhắn "đk" để gửi tiếp.',
  draftReplaced: 'Bản nháp trước được thay bằng các việc vừa nhắn.',
  draftGone: 'Các việc hỏi dở không còn ở dạng nháp nữa. Đồng chí nhắn "việc của tôi" để xem.',
  draftExpired: 'Việc đăng ký dở đã hết thời gian chờ. Bản nháp vẫn được giữ; đồng chí nhắn "đk" khi muốn gửi tiếp.',
  questionExpired: 'Câu hỏi trước đã hết thời gian chờ trả lời. Đồng chí cần gì cứ nhắn lại.',
  draftDropped: 'Đã dừng, không gửi gì. Đồng chí muốn đăng ký lúc nào cứ nhắn "đk".',
  rewrite: 'Đồng chí viết lại các việc, mỗi việc một dòng, kèm hạn. Muốn dừng: "thôi".',
  noDeeds: (year: number, collective = false) =>
    collective
      ? `Năm ${year} chi bộ chưa đăng ký việc nào. Ví dụ: "chi bộ đk: xây dựng tuyến đường hoa 500m, hạn 30/11".`
      : `Năm ${year} đồng chí chưa đăng ký việc nào. Ví dụ: "đk: giúp 1 hộ nghèo, xong trước 30/11".`,
  myDeeds: (
    year: number,
    deeds: readonly (DeedView & { number: number; state: string; extra: string; details: string })[],
    collective = false,
  ) =>
    [
      `Việc ${collective ? 'chi bộ' : 'đồng chí'} đăng ký năm ${year}:`,
      ...deeds.map(
        (deed) =>
          `${deed.number}. ${viDeed(deed)} (${deed.state}${deed.extra})${deed.details ? `\n   ${deed.details}` : ''}`,
      ),
    ].join('\n'),
  deedDetail: {
    category: (name: string) => `nhóm ${name}`,
    weakness: (words: string) => `khắc phục: ${words}`,
    measure: (words: string) => `biện pháp: ${words}`,
    target: (words: string) => `chỉ tiêu: ${words}`,
    inCharge: (name: string) => `phụ trách: đồng chí ${name}`,
    forms: (words: string) => `tính vào ${words}`,
    evidence: 'có ảnh minh chứng',
  },
  detailsOffer: (number: number) =>
    `Không bắt buộc: có thể ghi thêm "việc ${number}: nhóm đạo đức", "chỉ tiêu việc ${number}: 3 hộ", "biện pháp việc ${number}: …", "khắc phục việc ${number}: …".`,
  detailsHow: 'Đồng chí nhắn kèm số của việc, ví dụ: "việc 1: nhóm đạo đức", "chỉ tiêu việc 1: 3 hộ".',
  described: (number: number, details: string, again: boolean) =>
    `Đã ghi việc ${number}: ${details}.${again ? ' Việc sửa cần chi bộ thông qua lại.' : ''}`,
  noCollectiveDeed: 'Chi bộ chưa có việc tập thể nào mang số ấy. Đồng chí nhắn "tổng hợp danh sách" để xem.',
  evidenceHow: 'Đồng chí gửi riêng cho tôi một ảnh, tôi sẽ hỏi có lưu làm minh chứng không.',
  evidenceAsk: (number: number, deed: DeedView) =>
    `Lưu ảnh này làm minh chứng việc ${number}: ${viDeed(deed)}? Tôi chỉ giữ mã của ảnh, không tải ảnh về.\nTrả lời "có" hoặc "không".`,
  evidenceWhich: (deeds: readonly DeedView[]) =>
    `Lưu ảnh này làm minh chứng cho việc nào? Tôi chỉ giữ mã của ảnh, không tải ảnh về.\n${viNumbered(deeds.map(viDeed))}\nTrả lời bằng số, hoặc "thôi" để không lưu.`,
  evidenceNoDeed: 'Đồng chí chưa có việc nào được thông qua để kèm minh chứng. Nhắn "việc của tôi" để xem.',
  evidenceKept: (number: number) => `Đã ghi ảnh minh chứng việc ${number}.`,
  evidenceNotKept: 'Vâng, tôi không lưu ảnh.',
  deedProgress: (percent: number | null, doneOn: string | null) =>
    doneOn ? `, xong ngày ${viDate(doneOn)}` : percent === null ? '' : `, được ${percent}%`,
  returnedBecause: (reason: string | null) => (reason ? `: ${reason}` : ''),
  whichDeed: (deeds: readonly (DeedView & { number: number })[]) =>
    `Đồng chí muốn nói việc nào?\n${viNumbered(deeds.map(viDeed))}\nTrả lời bằng số, hoặc "thôi".`,
  noSuchDeed: (number: number, collective = false) =>
    collective
      ? `Chi bộ không có việc số ${number}. Nhắn "việc của chi bộ" để xem.`
      : `Đồng chí không có việc số ${number}. Nhắn "việc của tôi" để xem.`,
  noSuchDeedOf: (name: string, number: number) =>
    `Đồng chí ${name} không có việc số ${number}. Đề nghị đồng chí kiểm tra lại số việc.`,
  editAskWhat: (deed: DeedView) =>
    `Việc hiện ghi: ${viDeed(deed)}\nĐồng chí viết nội dung mới hoặc hạn mới. Muốn giữ nguyên: "thôi".`,
  editAskDate: (candidates: readonly string[]) =>
    `Hạn mới là ngày nào?\n${viNumbered(candidates.map(viDate))}\nTrả lời bằng số, hoặc "thôi".`,
  edited: (
    deed: DeedView,
    number: number,
    waits: boolean,
    { wasApproved = true, route = 'cell' }: { wasApproved?: boolean; route?: ApprovalRoute } = {},
  ) => {
    const by = route === 'cell' ? 'chi bộ' : route === 'above' ? 'cấp uỷ cấp trên' : 'người duyệt'
    const next = wasApproved ? ` Việc sửa cần ${by} thông qua lại.` : ` Việc chờ ${by} thông qua.`
    return `Đã sửa việc ${number}: ${viDeed(deed)}.${waits ? next : ''}`
  },
  withdrawConfirm: (deed: DeedView, number: number, collective = false) =>
    `${collective ? 'Rút của chi bộ' : 'Đồng chí rút'} việc ${number}: ${viDeed(deed)}?\nTrả lời "có" hoặc "không".`,
  withdrawnDeed: (number: number) => `Đã rút việc ${number}.`,
  deedKept: 'Vâng, giữ nguyên.',
  copyNone: (year: number) =>
    `Năm ${year} đồng chí không có việc nào để đăng ký lại. Đồng chí nhắn "đk" để đăng ký việc mới.`,
  copyConfirm: (year: number, deeds: readonly DeedView[]) =>
    `Việc đồng chí đăng ký năm ${year}:\n${viNumbered(deeds.map(viDeed))}\nĐăng ký lại như vậy cho năm nay?\nTrả lời "có" hoặc "không".`,

  // ── Review ──
  reviewNone: 'Không có việc nào chờ duyệt.',
  reviewOwnOnly: (count: number) =>
    `Không có việc nào chờ đồng chí duyệt. ${viTwoDigits(count)} việc do chính đồng chí đăng ký, chờ người khác duyệt.`,
  reviewList: (
    items: readonly { name: string; number: number; deed: DeedView; collective: boolean; extra: string }[],
  ) =>
    [
      `Có ${viTwoDigits(items.length)} việc chờ duyệt:`,
      viNumbered(
        items.map(
          (item) =>
            `${item.name}, ${item.collective ? 'tập thể, ' : ''}${item.extra}việc ${item.number}: ${viDeed(item.deed)}`,
        ),
      ),
      'Trả lời số để duyệt, hoặc "duyệt hết", "trả lại 2 vì …", "thôi".',
    ].join('\n'),
  reviewWaiting: (deeds: number, people: number) =>
    `Có ${viTwoDigits(deeds)} việc chờ duyệt, do ${viTwoDigits(people)} đồng chí (tập thể) đăng ký. Đồng chí nhắn "duyệt" để xem.`,
  approved: (count: number, left: number) =>
    `Đã duyệt ${viTwoDigits(count)} việc.${left > 0 ? ` Còn ${viTwoDigits(left)} việc chờ duyệt; nhắn "duyệt" để xem tiếp.` : ''}`,
  approvedToMember: (deeds: readonly (DeedView & { number: number })[], by: 'cell' | 'above' = 'cell') =>
    `${by === 'cell' ? 'Chi bộ' : 'Cấp uỷ cấp trên'} đã thông qua việc của đồng chí:\n${deeds.map((deed) => `${deed.number}. ${viDeed(deed)}`).join('\n')}`,
  approvedToCell: (deeds: readonly (DeedView & { number: number })[]) =>
    `Cấp uỷ cấp trên đã thông qua việc của chi bộ:\n${deeds.map((deed) => `${deed.number}. ${viDeed(deed)}`).join('\n')}`,
  rateWhom: 'Đồng chí đánh giá việc của ai? Ví dụ: "đánh giá việc 1 của đ/c Hoa: tốt".',
  notForOneself:
    'Việc của chính mình, đồng chí không tự đánh giá hoặc biểu dương thay chi bộ. Đồng chí dùng "tự đánh giá việc 1: …", còn chi bộ đánh giá do đồng chí khác ghi.',
  nothingToReview: (name: string) => `Đồng chí ${name} không có việc nào chờ duyệt. Nhắn "duyệt" để xem danh sách.`,
  returnAskReason: (name: string, number: number, collective = false) =>
    `Đề nghị ${collective ? '' : 'đồng chí '}${name} xem lại việc ${number} vì lý do gì? Đồng chí viết ngắn gọn, hoặc "thôi".`,
  returned: (name: string, number: number, collective = false) =>
    `Đã trả lại việc ${number} của ${collective ? '' : 'đồng chí '}${name}.`,
  returnedToMember: (number: number, deed: DeedView, reason: string, by: 'cell' | 'above' = 'cell') =>
    `${by === 'cell' ? 'Chi bộ' : 'Cấp uỷ cấp trên'} đề nghị đồng chí xem lại việc ${number}: ${viDeed(deed)}.\nLý do: ${reason}\nĐồng chí nhắn "sửa việc ${number}: …" để gửi lại.`,

  returnedToCell: (number: number, deed: DeedView, reason: string) =>
    `Cấp uỷ cấp trên đề nghị chi bộ xem lại việc ${number}: ${viDeed(deed)}.\nLý do: ${reason}\nĐồng chí nhắn "sửa việc ${number} của chi bộ: …" để gửi lại.`,

  // ── Progress ──
  progressNoted: (number: number, percent: number | null, done: boolean) =>
    done
      ? `Đã ghi: việc ${number} đã xong.`
      : percent === null
        ? `Đã ghi tiến độ việc ${number}.`
        : `Đã ghi: việc ${number} được ${percent}%.`,
  progressNotApproved: 'Việc này còn là bản nháp. Đồng chí nhắn "đk" để gửi chi bộ trước.',
  progressAsk: (number: number) =>
    `Việc ${number} đến đâu rồi? Trả lời ví dụ "70%" hoặc "xong rồi". Muốn dừng: "thôi".`,

  // ── Rating and praise ──
  ratingNames,
  selfRated: (number: number, rating: Rating, part: string | null) =>
    `Đã ghi tự đánh giá việc ${number}${part ? `, ${part}` : ''}: ${ratingNames[rating]}.`,
  notRated: 'Đồng chí đang không thuộc diện đánh giá (miễn, đình chỉ hoặc sinh hoạt nơi khác), nên tôi không ghi.',
  notRatedOf: (name: string, state: string) =>
    `Đồng chí ${name} (${state}) không thuộc diện đánh giá trong thời gian này, nên tôi không ghi.`,
  ratedYearly: 'Theo quy định hiện hành chỉ đánh giá theo năm; đề nghị đồng chí bỏ quý hoặc nửa năm.',
  capWarning: (excellent: number, good: number, percent: number) =>
    `Xin lưu ý: ${viCount(excellent)} việc xếp "hoàn thành xuất sắc", quá ${percent}% của ${viCount(good)} việc xếp "hoàn thành tốt"; cấp trên quyết định.`,
  rateOnlyApproved: 'Việc này chưa được chi bộ thông qua nên chưa đánh giá được. Nhắn "việc của tôi" để xem.',
  noApprovedDeedOf: (name: string) => `Đồng chí ${name} chưa có việc nào được thông qua để đánh giá.`,
  rated: (name: string, number: number, rating: Rating, part: string | null) =>
    `Đã ghi đánh giá việc ${number} của đồng chí ${name}${part ? `, ${part}` : ''}: ${ratingNames[rating]}.`,
  ratedToMember: (number: number, rating: Rating, part: string | null) =>
    `Chi bộ đánh giá việc ${number} của đồng chí${part ? `, ${part}` : ''}: ${ratingNames[rating]}.`,
  commendWhom: 'Đồng chí muốn biểu dương ai? Ví dụ: "biểu dương đ/c Lan việc 2".',
  commended: (name: string, deed: DeedView | null) =>
    `Chi bộ biểu dương đồng chí ${name}${deed?.content ? `: ${deed.content}` : ''}.`,
  commendedAlready: (name: string) => `Đồng chí ${name} đã được ghi biểu dương từ trước.`,
  commendedToMember: (number: number | null) =>
    number === null ? 'Chi bộ biểu dương đồng chí.' : `Chi bộ biểu dương đồng chí về việc ${number}.`,

  // ── Summary ──
  summaryCell: (data: {
    orgName: string
    year: number
    today: string
    members: Ratio
    membersTenths: number | null
    approved: Ratio
    approvedTenths: number | null
    individualDeeds: number
    collectiveDeeds: number
    more: string
    closesOn: string
    excluded: string
  }) =>
    [
      `${data.orgName}, năm ${data.year}, đến ngày ${viDate(data.today)}:`,
      `- Đảng viên đã đăng ký: ${viRatio(data.members, data.membersTenths)}`,
      `- Đảng viên có việc đã thông qua: ${viRatio(data.approved, data.approvedTenths)}`,
      `- Số việc: ${viCount(data.individualDeeds)} của cá nhân, ${viCount(data.collectiveDeeds)} của tập thể`,
      ...(data.more ? [data.more] : []),
      `- Hạn đăng ký: ${viDate(data.closesOn)}`,
      ...(data.excluded ? [`Không tính: ${data.excluded}.`] : []),
    ].join('\n'),
  summaryTree: (data: {
    orgName: string
    year: number
    today: string
    cellsStarted: Ratio
    cellsComplete: Ratio
    cellsTenths: number | null
    completeTenths: number | null
    members: Ratio
    membersTenths: number | null
    individualDeeds: number
    collectiveDeeds: number
    more: string
    closesOn: string
    excluded: string
  }) =>
    [
      `${data.orgName}, năm ${data.year}, đến ngày ${viDate(data.today)}:`,
      `- Chi bộ đã triển khai: ${viRatio(data.cellsStarted, data.cellsTenths)}`,
      `- Chi bộ đăng ký đủ: ${viRatio(data.cellsComplete, data.completeTenths)}`,
      `- Đảng viên đã đăng ký: ${viRatio(data.members, data.membersTenths)}`,
      `- Số việc: ${viCount(data.individualDeeds)} của cá nhân, ${viCount(data.collectiveDeeds)} của tập thể`,
      ...(data.more ? [data.more] : []),
      `- Hạn đăng ký: ${viDate(data.closesOn)}`,
      ...(data.excluded ? [`Không tính: ${data.excluded}.`] : []),
    ].join('\n'),
  stagesLine: (collective: boolean, stages: { done: Ratio; inProgress: Ratio; overdue: Ratio; missed: Ratio }) => {
    const ratio = ({ numerator, denominator }: Ratio) => `${viCount(numerator)}/${viCount(denominator)}`
    const missed = stages.missed.numerator > 0 ? `, không hoàn thành ${ratio(stages.missed)}` : ''
    return `- ${collective ? 'Việc tập thể' : 'Việc cá nhân'}: đã xong ${ratio(stages.done)}, đang làm ${ratio(stages.inProgress)}, quá hạn ${ratio(stages.overdue)}${missed}`
  },
  commitmentsLine: (members: Ratio, membersTenths: number | null) =>
    `- Bản cam kết: ${viRatio(members, membersTenths)}`,
  praiseLine: (members: number, collectives: number, models: number, exemplars: number) =>
    `- Biểu dương: ${viCount(members)} đảng viên, ${viCount(collectives)} tập thể; ${viCount(models)} mô hình, cách làm hay; ${viCount(exemplars)} gương tháng`,
  excludedPart: (count: number, status: string) => `${viCount(count)} ${status}`,
  summaryNames: (data: {
    registered: readonly string[]
    missing: readonly string[]
    waiting: readonly string[]
    collective: readonly string[]
    excluded: readonly string[]
  }) =>
    [
      `Đã đăng ký (${data.registered.length}):`,
      data.registered.length ? viNumbered(data.registered) : 'chưa có',
      `Chưa đăng ký (${data.missing.length}): ${data.missing.join(', ') || 'không còn ai'}`,
      `Chờ duyệt (${data.waiting.length}): ${data.waiting.join('; ') || 'không có'}`,
      ...(data.collective.length ? ['Việc tập thể:', viNumbered(data.collective)] : []),
      ...(data.excluded.length ? [`Không tính: ${data.excluded.join(', ')}`] : []),
    ].join('\n'),
  summaryAskNames: 'Muốn xem danh sách, đồng chí nhắn "ai chưa đk" hoặc "tổng hợp danh sách".',
  noOtherYear: (period: string) => `Chưa có số liệu ${viPeriod(period)}.`,
  missingPledge: (names: readonly string[], ratio: Ratio) =>
    names.length === 0
      ? `Tất cả ${viCount(ratio.denominator)} đồng chí đã đăng ký.`
      : `Chưa đăng ký: ${viCount(names.length)} trong ${viCount(ratio.denominator)} đồng chí:\n${viNumbered(names)}`,
  missingMeeting: (when: string, names: readonly string[], of: number) =>
    names.length === 0
      ? `Tất cả ${viCount(of)} đồng chí đã trả lời cho buổi họp ${when}.`
      : `Chưa trả lời cho buổi họp ${when}: ${viCount(names.length)} trong ${viCount(of)} đồng chí:\n${viNumbered(names)}`,
  missingProgress: (names: readonly string[]) =>
    names.length === 0
      ? 'Các đồng chí có việc đang làm đều đã báo tiến độ.'
      : `Chưa báo tiến độ: ${viTwoDigits(names.length)} đồng chí:\n${viNumbered(names)}`,
  groupAboutNames: (when: string, answered: number, of: number) =>
    `Đã trả lời cho buổi họp ${when}: ${viCount(answered)}/${viCount(of)} đồng chí.`,

  // ── Reminding on request ──
  nudgePledge: (org: string, closesOn: string) =>
    `${org}: kính mời đồng chí đăng ký việc làm theo, hạn ${viDate(closesOn)}. Đồng chí nhắn ví dụ: "đk: giúp 1 hộ nghèo, xong trước 30/11".`,
  nudgeMeeting: (org: string, when: string) =>
    `${org}: kính mời đồng chí trả lời cho buổi họp ${when}: "có mặt", hoặc "xin vắng" kèm lý do.`,
  nudgeProgress: (org: string) =>
    `${org}: kính mời đồng chí cho biết tiến độ việc đã đăng ký, ví dụ "việc 1 xong 70%".`,
  nudgeGroup: {
    pledge: (closesOn: string) =>
      `Đề nghị các đồng chí chưa đăng ký việc làm theo trả lời tin này: "đk: …". Hạn ${viDate(closesOn)}.`,
    meeting: (when: string) =>
      `Đề nghị các đồng chí chưa trả lời cho buổi họp ${when} trả lời tin này: "có mặt" hoặc "xin vắng".`,
    progress: 'Đề nghị các đồng chí có việc đang làm trả lời tin này về tiến độ, ví dụ "việc 1 xong 70%".',
  },
  nudged: (privately: number, inGroup: number, held: number) => {
    const parts = [
      ...(privately > 0 ? [`nhắc riêng ${viTwoDigits(privately)} đồng chí`] : []),
      ...(inGroup > 0 ? [`nhắc chung trong nhóm (${viTwoDigits(inGroup)} đồng chí chưa mở trò chuyện riêng)`] : []),
    ]
    const heldLine =
      held > 0 ? ` ${viTwoDigits(held)} đồng chí đã được nhắc đủ hai lần trong tuần nên không nhắc thêm.` : ''
    return parts.length === 0
      ? held > 0
        ? heldLine.trim()
        : 'Không còn ai cần nhắc.'
      : `Đã ${parts.join(', ')}.${heldLine}`
  },

  // ── Meetings ──
  noSchedule:
    'Chưa có lịch họp sắp tới. Đồng chí bí thư đặt lịch bằng tin, ví dụ: "chi bộ họp mùng 3 hằng tháng lúc 19h30 tại nhà văn hoá".',
  meetingWhen: (when: string, place: string | null, theme: string | null, moved: boolean) =>
    `Chi bộ họp lúc ${when}${place ? `, tại ${place}` : ''}${moved ? ' (lịch đã dời)' : ''}.${theme ? ` Nội dung: ${theme}.` : ''}`,
  meetingNoneIn: (period: string) => `Chưa có lịch họp ${viPeriod(period)}.`,
  meetingCancelled: (period: string, reason: string | null) =>
    `Buổi họp ${viPeriod(period)} đã hoãn${reason ? `: ${reason}` : ''}.`,
  scheduleSet: (rule: string, next: readonly string[], shiftNote: string, unknownYear: number | null) =>
    [
      `Đã đặt lịch họp hằng tháng: ${rule}.${shiftNote ? ` ${shiftNote}` : ''}`,
      `Các buổi tới: ${next.join('; ')}.`,
      ...(unknownYear ? [`Tôi chưa có danh sách ngày nghỉ lễ năm ${unknownYear} nên mới tính thứ Bảy, Chủ nhật.`] : []),
    ].join('\n'),
  scheduleUnclear:
    'Tôi chưa rõ ngày giờ. Đồng chí nhắn lại, ví dụ: "chi bộ họp mùng 3 hằng tháng lúc 19h30 tại nhà văn hoá".',
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
    `Đồng chí muốn dời sang ngày nào?\n${viNumbered(candidates.map(viDate))}\nTrả lời bằng số, hoặc "thôi".`,
  moveSame: (when: string) => `Buổi họp vẫn vào ${when}, không có gì thay đổi.`,
  movePast: 'Thời gian mới đã qua. Đề nghị đồng chí nhắn lại, ví dụ "dời họp sang thứ 6 19h30".',
  moved: (from: string, to: string, place: string | null, reason: string | null) =>
    `Kính báo các đồng chí: buổi họp chi bộ ${from} dời sang ${to}${place ? `, tại ${place}` : ''}.${reason ? ` Lý do: ${reason}.` : ''} Đề nghị các đồng chí trả lời lại tin này: "có mặt" hoặc "xin vắng".`,
  movedNoGroup: (to: string) => `Đã dời buổi họp sang ${to}.`,
  cancelledMeeting: (when: string, reason: string | null) =>
    `Kính báo các đồng chí: buổi họp chi bộ ${when} tạm hoãn.${reason ? ` Lý do: ${reason}.` : ''} Lịch mới sẽ được báo sau.`,
  told: 'Đã báo trong nhóm.',
  attendNoted: (when: string) => `Đã ghi: đồng chí báo có mặt, buổi họp ${when}.`,
  attendPresent: 'Đã điểm danh: đồng chí có mặt.',
  excuseNoted: (when: string) => `Đã ghi: đồng chí xin vắng buổi họp ${when}.`,
  excuseAskReason:
    'Đồng chí vắng vì lý do gì?\n1. Công tác\n2. Ốm\n3. Việc gia đình\n4. Lý do khác\nTrả lời bằng số; không muốn nêu thì nhắn "thôi".',
  excuseLabels: ['Công tác', 'Ốm', 'Việc gia đình', 'Lý do khác'],
  noMeetingToAnswer: 'Hiện chưa có buổi họp nào sắp tới. Nhắn "bao giờ họp" để xem lịch.',
  answerClosed: 'Buổi họp đã điểm danh xong. Muốn sửa, đề nghị đồng chí báo đồng chí bí thư.',
  excuseForAsked: 'Tôi đã chuyển đồng chí bí thư xác nhận việc báo vắng hộ.',
  excuseForAsk: (by: string, name: string, reason: string | null, when: string) =>
    `Đồng chí ${by} báo vắng hộ đồng chí ${name}${reason ? ` (${reason})` : ''}, buổi họp ${when}. Có đúng không, thưa đồng chí?\nTrả lời "có" hoặc "không".`,
  excuseForNoted: (name: string) => (name ? `Đã ghi: đồng chí ${name} xin vắng.` : 'Đã ghi báo vắng hộ.'),
  noOfficerToConfirm: 'Chi bộ chưa có bí thư nào liên kết để xác nhận. Đề nghị đồng chí báo trực tiếp đồng chí bí thư.',
  excuseForRejected: 'Vâng, tôi không ghi.',
  reminder: (data: {
    org: string
    month: string
    when: string
    place: string | null
    theme: string | null
    answerHint: boolean
  }) =>
    [
      `Kính báo các đồng chí: ${data.org} sinh hoạt định kỳ ${viPeriod(data.month)} vào ${data.when}${data.place ? `, tại ${data.place}` : ''}.`,
      ...(data.theme ? [`Nội dung: ${data.theme}.`] : []),
      data.answerHint
        ? 'Đề nghị các đồng chí trả lời tin này: "có mặt", hoặc "xin vắng" kèm lý do.'
        : 'Đề nghị các đồng chí có mặt đúng giờ; vắng xin báo trước.',
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
      `- Báo có mặt: ${viCount(data.expected)}/${viCount(data.total)} đồng chí`,
      `- Xin vắng (${data.excused.length}): ${data.excused.join(', ') || 'không có'}`,
      `- Chưa trả lời (${data.silent.length}): ${data.silent.join(', ') || 'không còn ai'}`,
      ...(data.notCounted ? [`Không tính: ${data.notCounted}.`] : []),
    ].join('\n'),
  rollCallOpen: (when: string) => `Điểm danh buổi họp ${when}: đề nghị các đồng chí đang dự trả lời tin này: "có mặt".`,
  rollCallEarly: (when: string) =>
    `Chưa đến giờ điểm danh: buổi họp lúc ${when}. Đồng chí nhắn "điểm danh" sớm nhất là 2 giờ trước khi họp.`,
  rollCallCounts: (present: number, total: number) =>
    `Đến giờ này có mặt ${viCount(present)}/${viCount(total)} đồng chí.`,
  themeIs: (period: string, theme: string) => `Chuyên đề ${viPeriod(period)}: ${theme}.`,
  themeNone: (period: string) => `Chưa có chuyên đề ${viPeriod(period)}.`,
  themeSet: (period: string, theme: string) => `Đã ghi chuyên đề ${viPeriod(period)}: ${theme}.`,
}
