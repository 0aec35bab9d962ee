/**
 * Everything the bot says in Vietnamese: short and polite, as a good secretary writes; "đồng chí", no emoji,
 * figures with their denominator, every question with a way to answer it and to leave it.
 * One file although long: the words for every flow; a topic of its own (deeds, meetings, minutes, periods …) has a file
 * beside it, `vi-<topic>.ts`, which is part of what is exported here.
 */
import type { RefusalReason } from '../domain/access.ts'
import type { ApprovalRoute } from '../domain/approval.ts'
import type { Role } from '../domain/member.ts'
import type { Rating } from '../domain/rating.ts'
import type { Attendance, DeedState } from '../domain/records.ts'
import type { ReasonKind } from '../language/intents.ts'
import { chiBo } from '../profiles/chi-bo.ts'
import { formNamesOf, type VietnameseProfile } from '../profiles/profile.ts'
import { viCallOff } from './vi-call-off.ts'
import { viCommittee } from './vi-committee.ts'
import { viCommitteeHelp } from './vi-committee-help.ts'
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
import { viLooks } from './vi-looks.ts'
import { viMeant } from './vi-meant.ts'
import { viMeetings } from './vi-meetings.ts'
import { viMinutes } from './vi-minutes.ts'
import { viPages } from './vi-pages.ts'
import { viPeriods } from './vi-periods.ts'
import { viPrivacy } from './vi-privacy.ts'
import { viRollCall } from './vi-roll-call.ts'
import { viSchedule } from './vi-schedule.ts'
import { viTree } from './vi-tree.ts'
import { viVocabulary } from './vi-words.ts'
import { viYear } from './vi-year.ts'

type DeedView = { content: string | null; dueOn: string | null }
/** Whose deed it is: a member's, a cell's (true) or a committee's. */
type Collective = boolean | 'committee'
type Ratio = { numerator: number; denominator: number }

/** Everything the bot says in Vietnamese, in the words of a kind of group. */
export function viTexts(profile: VietnameseProfile) {
  const vocabulary = viVocabulary(profile)
  const { w, W, names } = vocabulary
  const ratingNames = names.rating

  const roleNames: Record<Role, string> = {
    secretary: w.secretary,
    deputy: w.deputy,
    clerk: w.clerk,
    committee: w.committeeMember,
    member: w.member,
  }

  const stateNames: Record<DeedState, string> = {
    draft: 'nháp, chưa gửi',
    submitted: `chờ ${w.cell} thông qua`,
    approved: 'đã thông qua',
    returned: `${w.cell} đề nghị xem lại`,
    withdrawn: 'đã rút',
  }

  const reasonNames: Record<ReasonKind, string> = {
    work: 'công tác',
    sick: 'ốm',
    family: 'việc gia đình',
    other: 'lý do khác',
  }

  const toReplaceOf = (collective: Collective) => {
    const own = collective === 'committee' ? 'tập thể' : w.cell
    return `Muốn thay, ${w.you} nhắn "sửa việc … của ${own}: nội dung mới" hoặc "rút việc … của ${own}", kèm số ghi ở "việc của ${own}".`
  }

  const answerNames: Record<Attendance['answer'], string> = {
    attending: 'báo có mặt',
    excused: 'xin vắng',
    present: 'có mặt',
    unexcused: 'vắng không lý do',
  }

  /** What platforms with a command menu show; the words of the command stand in docs/language.md. */
  const commandMenu = [
    { command: 'dangky', description: `Đăng ký ${w.deedsPledged}` },
    { command: 'vieccuatoi', description: 'Xem việc tôi đã đăng ký' },
    { command: 'tiendo', description: 'Báo tiến độ' },
    { command: 'lich', description: 'Lịch họp' },
    { command: 'comat', description: 'Báo có mặt' },
    { command: 'vang', description: 'Xin vắng' },
    { command: 'tonghop', description: 'Tổng hợp' },
    { command: 'bienban', description: 'Biên bản họp' },
    { command: 'duyet', description: `Duyệt đăng ký (${w.secretary})` },
    { command: 'dulieu', description: 'Dữ liệu của tôi' },
    { command: 'trogiup', description: 'Hướng dẫn' },
  ]

  return {
    ...viCallOff(vocabulary),
    ...viDeeds(vocabulary),
    ...viLooks(vocabulary),
    ...viMeant(vocabulary),
    ...viCommittee(vocabulary),
    ...viCommitteeHelp(vocabulary),
    ...viPages(vocabulary),
    ...viMeetings(vocabulary),
    ...viPeriods(vocabulary),
    ...viMinutes(vocabulary),
    ...viRollCall(vocabulary),
    ...viSchedule(vocabulary),
    ...viYear(vocabulary),
    ...viTree(vocabulary),
    ...viPrivacy(vocabulary),
    locale: 'vi',
    commandMenu,
    statusNames: names.status,
    roleNames,
    stateNames,
    reasonNames,
    answerNames,
    categoryNames: names.category,
    focusNames: names.focus,
    formNames: formNamesOf(w),
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
        `Tôi là Nếp, chương trình tự động giúp ${w.cell} ghi ${w.pledgeForm}, lịch họp và điểm danh. ${W.you} cứ nhắn như sau:`,
        '- Đăng ký: "đk: giúp 1 hộ nghèo, xong trước 30/11"',
        '- Xem, sửa, rút: "việc của tôi", "sửa việc 1: giúp 2 hộ nghèo", "rút việc 2"',
        '- Tiến độ: "việc 1 xong 70%", "việc 1 xong rồi"',
        '- Họp: "bao giờ họp", "có mặt", "xin vắng, đi công tác"',
        `- Số liệu chung của ${w.cell}: "tổng hợp"`,
        '- Dữ liệu cá nhân: "dữ liệu của tôi", "xuất dữ liệu của tôi", "xoá dữ liệu của tôi"',
        canSpeakFreely
          ? 'Muốn dừng việc đang hỏi: "thôi".'
          : 'Trong nhóm, xin nhắc tên tôi (@) hoặc trả lời tin của tôi. Muốn dừng: "thôi".',
      ].join('\n'),
    helpOfficer: [
      `Dành cho ${w.secretary}, ${w.deputy}:`,
      `- Duyệt: "duyệt", "duyệt việc 1 của ${w.titleInShort} Hoa", "duyệt hết", "trả lại việc 2 của ${w.titleInShort} Bình vì chưa rõ hạn"`,
      '- Danh sách: "ai chưa đk", "tổng hợp danh sách"; nhắc: "nhắc mọi người đăng ký"',
      `- Lịch: "${w.cell} họp mùng 3 hằng tháng lúc 19h30 tại nhà văn hoá", "dời họp sang 10/10", "hoãn buổi họp tới vì bão"`,
      `- Chuyên đề: "chuyên đề tháng 11: ${w.themeExample}"; khi họp: "điểm danh"`,
      '- Biên bản: "biên bản: mua 10 cây, 20/22 tán thành", "xem biên bản"',
    ].join('\n'),
    helpNotLinked: `Nếu chưa liên kết, ${w.you} nhắn: "tôi là" kèm họ và tên trong danh sách ${w.cell}.`,
    groupGreeting: `Kính chào ${w.everyone}. Tôi là Nếp, chương trình tự động giúp ${w.cell} ghi đăng ký và nhắc lịch họp. Để bắt đầu, đề nghị ${w.theSecretary} nhắn trong nhóm này: /kichhoat kèm mã của nhóm.`,
    helloGroup: (orgName: string) =>
      `Nhóm này đã được gắn với ${orgName}. ${W.everyone} nhắn "@" kèm tên tôi để đăng ký, xem lịch họp; nhắn "giúp" để xem hướng dẫn.`,
    groupGone: (org: string) =>
      `Tôi không còn trong nhóm của ${org} nên không nhắc lịch ở đó được. Đề nghị ${w.you} mời lại rồi nhắn /kichhoat kèm mã mới.`,
    quotaWarning: (used: number, quota: number) =>
      `Tháng này tôi đã gửi ${viCount(used)}/${viCount(quota)} tin. Gần hết số tin, tôi chỉ gửi lời nhắc họp và lời ghi nhận; tin bớt cần thiết sẽ không gửi cho đến đầu tháng sau.`,
    planWarning: (what: 'users' | 'groups', used: number, limit: number) =>
      what === 'users'
        ? `Gói dịch vụ tôi dùng cho nhiều nhất ${viCount(limit)} người, hiện tôi biết ${viCount(used)} người. Quá số ấy tôi không nhận được tin của người mới. Đề nghị ${w.you} báo người vận hành.`
        : `Gói dịch vụ tôi dùng cho nhiều nhất ${viCount(limit)} nhóm, hiện tôi ở trong ${viCount(used)} nhóm. Muốn thêm nhóm, đề nghị ${w.you} báo người vận hành.`,
    anonymous: `Tôi không biết ${w.people} nào vừa nhắn vì tin được gửi ẩn danh. Đề nghị ${w.you} tắt chế độ ẩn danh rồi nhắn lại.`,
    editedHint: `Tôi không đọc được tin sửa lại. Nếu cần thay đổi, đề nghị ${w.you} nhắn tin mới, ví dụ "sửa việc 1: …".`,
    unsupported: `Tôi chỉ đọc được tin nhắn chữ. Đề nghị ${w.you} viết bằng chữ, ví dụ "đk: …".`,
    classified: `Nội dung này không trao đổi qua nhóm chat. Đề nghị ${w.you} liên hệ trực tiếp ${w.theSecretary}. Tôi không lưu tin vừa rồi.`,
    failed: `Có trục trặc khi xử lý tin của ${w.you}. Tin vẫn được giữ và người vận hành đã được báo; đề nghị ${w.you} thử lại sau.`,
    privateHint: `Nội dung này tôi chỉ gửi riêng. Đề nghị ${w.you} mở trò chuyện riêng với tôi, nhắn "giúp", rồi hỏi lại.`,
    sentPrivately: `Tôi đã trả lời ${w.you} trong trò chuyện riêng.`,
    notUnderstood: 'Tôi chưa hiểu câu trả lời.',
    groupAnswerHint: '(Xin trả lời thẳng tin này, hoặc nhắc @ kèm tên tôi.)',
    stillOpen: (question: string) => `Việc đang hỏi dở:\n${question}`,
    droppedOpen: 'Việc đang hỏi dở đã dừng lại.',
    cancelled: `Đã dừng. ${W.you} cần gì cứ nhắn.`,
    erasedName: '(đã xoá tên)',
    nothingOpen: `Hiện tôi không hỏi ${w.you} điều gì. ${W.you} nhắn "giúp" để xem những việc tôi làm được.`,
    notServed: `Việc này hiện tôi chưa làm được. ${W.you} nhắn "giúp" để xem những việc tôi làm được.`,
    chooseRange: (count: number) => `Đề nghị ${w.you} trả lời bằng số từ 1 đến ${count}, hoặc "thôi".`,
    whichOne: (options: readonly string[]) =>
      `${W.you} muốn nói đến:\n${viNumbered(options)}\nTrả lời bằng số, hoặc "thôi".`,
    groupNeedsCode: `Nhóm này chưa được kích hoạt. Đề nghị ${w.theSecretary} nhắn trong nhóm: /kichhoat kèm mã của nhóm.`,

    // ── Rights ──
    refusals: {
      notLinked: `${W.you} chưa được liên kết với danh sách ${w.cell}. Đề nghị nhắn: "tôi là" kèm họ và tên.`,
      formerMember: `${W.you} đã chuyển khỏi ${w.cell} này; chỉ còn xem, xuất, xoá được dữ liệu của mình. Nhắn "dữ liệu của tôi" để xem.`,
      notSecretary: `Việc này dành cho ${w.leaders}. Đề nghị ${w.you} trao đổi với ${w.theSecretary}.`,
      notOfficer: `Việc này dành cho ${w.leadersAndClerk}. Đề nghị ${w.you} trao đổi với ${w.theSecretary}.`,
      notCommittee: `Việc này dành cho ${w.secretary}, ${w.deputy}, ${w.committeeMember}. Đề nghị ${w.you} trao đổi với ${w.theSecretary}.`,
      notYourCell: `${W.you} không có tên trong ${w.cell} này nên tôi chưa làm được. Đề nghị nhắn riêng cho tôi, hoặc hỏi ${w.theSecretary}.`,
      namesNotAllowed: `Danh sách có tên chỉ gửi cho ${w.leadersAndClerk}. ${W.you} nhắn "tổng hợp" để xem số liệu chung.`,
      onlyCommitteeAbove: `Việc này dành cho ${w.committeeAbove} trực tiếp. Đề nghị ${w.you} liên hệ ${w.committeeAbove}.`,
      onlyReadingBelow: `Việc này do ${w.cell} tự làm; ${w.committeeAbove} chỉ xem. ${W.you} nhắn "tổng hợp" để xem.`,
      unknownAction: `${W.you} chưa được giao quyền làm việc này. Đề nghị hỏi ${w.theSecretary}.`,
    } satisfies Record<RefusalReason, string>,
    notACell: `Việc này chỉ làm được ở ${w.cell}. ${W.you} nhắn "tổng hợp" để xem số liệu chung.`,

    // ── Consent and personal data ──
    consentAsk: (held: boolean) =>
      [
        `Trước khi ghi bất cứ điều gì về ${w.you}, tôi xin phép. Tôi là chương trình tự động của ${w.cell}. Nếu ${w.you} đồng ý, tôi lưu: tài khoản nhắn tin này, việc đăng ký và tiến độ, trả lời họp của ${w.you}; để ${w.cell} theo dõi, nhắc và tổng hợp. ${W.officers} xem được; ${w.committeeAbove} xem số liệu, khi thật cần thì xem danh sách có tên, mỗi lần xem đều được ghi lại. Dữ liệu do ${w.cell} giữ. ${W.you} được xem, xuất, sửa, xoá dữ liệu hoặc rút đồng ý bất cứ lúc nào.`,
        `Trả lời "đồng ý" hoặc "không".${held ? ' Tin vừa rồi được giữ chờ trả lời, nhiều nhất một ngày.' : ''}`,
      ].join('\n'),
    consentPrompt: `${W.you} có đồng ý để tôi xử lý dữ liệu của mình không? Trả lời "đồng ý" hoặc "không".`,
    consentGiven: `Cảm ơn ${w.you}. Tôi đã ghi nhận sự đồng ý.`,
    consentAlready: `${W.you} đã đồng ý từ trước. Cảm ơn ${w.you}.`,
    consentRefused: `Vâng. Tôi không lưu gì về ${w.you}. Khi nào cần, ${w.you} cứ nhắn lại.`,
    withdrawAsk: `${W.you} rút sự đồng ý thì tôi ngừng xử lý: không nhận đăng ký, không nhắc, tài khoản này không còn liên kết. Việc đã đăng ký vẫn nằm trong sổ của ${w.cell} cho đến khi ${w.you} yêu cầu xoá.\nTrả lời "có" để rút, "không" để giữ nguyên.`,
    withdrawn: `Đã rút sự đồng ý. Từ giờ tôi không xử lý dữ liệu của ${w.you} nữa. Muốn xoá dữ liệu đã có, ${w.you} nhắn "xoá dữ liệu của tôi"; muốn dùng lại, nhắn "đồng ý".`,
    eraseAsk: `Tôi sẽ xoá: họ tên, liên kết tài khoản, nội dung và ghi chú các việc đã đăng ký, lý do vắng. Số liệu tổng hợp của ${w.cell} vẫn giữ (không có tên). Không lấy lại được; nếu cần, ${w.you} nhắn "xuất dữ liệu của tôi" trước.\nTrả lời "có" để xoá, "không" để giữ nguyên.`,
    erased: `Đã xoá dữ liệu của ${w.you}. Sổ ${w.cell} chỉ còn số liệu không tên. Cảm ơn ${w.you}.`,
    noData: `Tôi không lưu dữ liệu nào về ${w.you}.`,
    dataShow: (data: {
      account: string
      consent: string
      lines: string[]
      history: string[]
      deeds: string[]
      meetings: string[]
      requests: string[]
    }) =>
      [
        `Dữ liệu tôi đang lưu về ${w.you}:`,
        `- Tài khoản: ${data.account}`,
        `- Đồng ý xử lý dữ liệu: ${data.consent}`,
        ...data.lines.map((line) => `- Danh sách: ${line}`),
        ...data.history.map((line) => `- Trước đây: ${line}`),
        `- Việc đăng ký:${data.deeds.length === 0 ? ' chưa có' : ''}`,
        ...data.deeds.map((deed) => `  ${deed}`),
        `- Trả lời họp:${data.meetings.length === 0 ? ' chưa có' : ''}`,
        ...data.meetings.map((meeting) => `  ${meeting}`),
        ...data.requests.map((request) => `- ${request}`),
        `${W.you} có thể nhắn "xuất dữ liệu của tôi", "xoá dữ liệu của tôi" hoặc "rút đồng ý". Thấy chỗ chưa đúng, đề nghị báo ${w.theSecretary}.`,
      ].join('\n'),
    dataExport: (json: string) => `Bản xuất dữ liệu của ${w.you} (dạng JSON, để máy đọc):\n${json}`,

    // ── Linking ──
    askName: `${W.you} cho biết họ và tên như trong danh sách ${w.cell}, ví dụ: "tôi là Nguyễn Văn An". Muốn dừng: "thôi".`,
    nameUnknown: (name: string) =>
      `Trong danh sách không có ${w.titled} "${name}". Đề nghị viết đủ họ và tên như trong danh sách, hoặc hỏi ${w.theSecretary}.`,
    nameUnknownOfficer: (name: string) =>
      `Trong danh sách ${w.cell} không có ${w.titled} "${name}". Đề nghị kiểm tra và nhắn lại, viết đủ họ và tên.`,
    nameNeedsGroup: `Tôi chưa biết ${w.you} thuộc ${w.cell} nào. Đề nghị ${w.you} nhắn "tôi là …" trong ${w.chatOfCell}, hoặc xin ${w.theSecretary} mã cá nhân rồi nhắn ở đây: /kichhoat kèm mã.`,
    alreadyLinked: (name: string, org: string) => `Tài khoản này đã liên kết với ${w.titled} ${name}, ${org}.`,
    claimTaken: `Tên này đã liên kết với một tài khoản khác. Đề nghị ${w.you} hỏi ${w.theSecretary}.`,
    claimWaits: (isKept: boolean) =>
      `Tài khoản này đang chờ ${w.theSecretary} xác nhận. ${
        isKept
          ? `Tin vừa rồi được giữ chờ, nhiều nhất một ngày; ${w.you} chưa phải làm gì thêm.`
          : `Tin trước đã được giữ chờ; tin này ${w.you} gửi lại sau khi được xác nhận.`
      }`,
    claimSent: `Tôi đã nhờ ${w.theSecretary} xác nhận. Xác nhận xong là ${w.you} dùng được.`,
    claimNoSecretary: `${W.cell} chưa có ${w.secretary} nào liên kết để xác nhận. Đề nghị ${w.you} xin mã cá nhân từ người vận hành rồi nhắn riêng cho tôi: /kichhoat kèm mã.`,
    claimAsk: (displayName: string, platform: string, name: string, org: string) =>
      `Tài khoản ${platform}${displayName ? ` có tên hiển thị "${displayName}"` : ''} báo là ${w.titled} ${name}, ${org}. Có đúng không, thưa ${w.you}?\nTrả lời "có" hoặc "không".`,
    claimConfirmed: (name: string) => `Đã liên kết tài khoản với ${w.titled} ${name}.`,
    claimRejected: 'Vâng. Tài khoản ấy không được liên kết.',
    settledByAnother: `Câu hỏi xác nhận vừa gửi đã có người trả lời, ${w.you} không cần trả lời nữa.`,
    claimGone: 'Đề nghị này không còn chờ xác nhận nữa.',
    linked: (name: string, org: string) =>
      `${W.titled} ${name} đã được liên kết với ${org}. Nhắn "giúp" để xem những việc tôi làm được.`,
    notLinkedAnswer: `${W.theSecretary} chưa xác nhận tài khoản này. Đề nghị ${w.you} liên hệ trực tiếp ${w.theSecretary}.`,
    platformNames: { zalo: 'Zalo', telegram: 'Telegram', slack: 'Slack', local: 'thử nghiệm' } as Record<
      string,
      string
    >,

    // ── Codes ──
    codeWrong: `Mã không đúng. Đề nghị ${w.you} kiểm tra lại từng chữ.`,
    codeUsed: 'Mã này đã được dùng. Đề nghị xin mã mới.',
    codeExpired: 'Mã đã hết hạn. Đề nghị xin mã mới.',
    codeExhausted: 'Mã đã bị nhập sai quá 5 lần nên không dùng được nữa. Đề nghị xin mã mới.',
    codeForGroup: `Đây là mã của nhóm. Đề nghị ${w.you} nhắn mã này trong ${w.chatOfCell}.`,
    codeForPerson:
      'Mã cá nhân không được nhắn trong nhóm, nên mã này đã bị huỷ. Đề nghị xin mã mới và nhắn riêng cho tôi.',
    codeOtherChat: (org: string) => `Nhóm này đang gắn với ${org}. Muốn đổi, đề nghị người vận hành gỡ nhóm trước.`,
    codeNeedsName: (role: string, org: string) =>
      `Mã đúng: ${role}, ${org}. ${W.you} cho biết họ và tên, ví dụ: "tôi là Nguyễn Văn An". Muốn dừng: "thôi".`,
    roleGranted: (name: string, role: string, org: string) =>
      `${W.titled} ${name} đã được ghi là ${role}, ${org}. Nhắn "giúp" để xem những việc tôi làm được.`,

    // ── Pledges ──
    askDeeds: (min: number, max: number) =>
      `${W.you} đăng ký việc gì? Mỗi ${w.people} ${min === max ? max : `${min}–${max}`} việc cụ thể, ví dụ: "giúp 1 hộ nghèo sửa nhà, xong trước 30/11". Muốn dừng: "thôi".`,
    askCollectiveDeeds: (collective: Collective = true) =>
      `${collective === 'committee' ? W.committee : W.cell} đăng ký việc gì? Ví dụ: "xây dựng tuyến đường hoa 500m, hạn 30/11". Muốn dừng: "thôi".`,
    askDue: (deed: string, yearEnd: string) =>
      `Việc "${deed}" bao giờ xong? Trả lời bằng ngày (ví dụ 30/11), 1 nếu đến hết năm (${viDate(yearEnd)}), hoặc "thôi".`,
    askDueOf: (deed: string, candidates: readonly string[]) =>
      `Hạn của việc "${deed}" là ngày nào?\n${viNumbered(candidates.map(viDate))}\nTrả lời bằng số, bằng ngày dương lịch (ví dụ 30/11/2026), hoặc "thôi".`,
    confirmDeeds: (deeds: readonly (DeedView & { number: number })[], collective: Collective) =>
      [
        `${collective === 'committee' ? W.committee : collective ? W.cell : W.you} đăng ký ${viTwoDigits(deeds.length)} việc:`,
        ...deeds.map((deed) => `- Việc ${deed.number}: ${viDeed(deed)}`),
        'Trả lời 1 để gửi, 2 để viết lại, hoặc "thôi".',
      ].join('\n'),
    confirmLabels: ['Gửi', 'Viết lại'],
    yesNoLabels: ['Có', 'Không'],
    consentLabels: ['Đồng ý', 'Không'],
    vagueHint: 'Gợi ý: việc nên cụ thể, kiểm tra được (làm gì, bao nhiêu, cho ai).',
    submitted: (count: number, collective: Collective, route: ApprovalRoute = 'cell') => {
      const noted = `Đã ghi nhận ${viTwoDigits(count)} việc của ${collective === 'committee' ? w.committee : collective ? w.cell : w.you}`
      switch (route) {
        case 'cell':
          return `${noted}, chờ ${collective ? '' : `${w.cell} `}thông qua.`
        case 'above':
          return `${noted}, chờ ${w.committeeAbove} trực tiếp thông qua.`
        case 'colleague':
          return collective
            ? `${noted}. ${W.committeeAbove} chưa liên kết với tôi, nên ${w.secretary}, ${w.deputy} duyệt sau khi ${w.cell} thống nhất.`
            : `${noted}. ${W.committeeAbove} chưa liên kết với tôi, nên việc chờ ${w.theSecretary}, ${w.deputy} khác duyệt.`
        case 'nobody':
          return `${noted}. ${W.you} không tự duyệt việc của mình, mà ${w.committeeAbove} và ${w.theDeputy} chưa liên kết với tôi; liên kết xong, việc sẽ được chuyển duyệt.`
      }
    },
    lateNote: (closesOn: string) =>
      `Đợt đăng ký đã hết hạn ngày ${viDate(closesOn)}; việc được ghi là đăng ký bổ sung.`,
    tooMany: (max: number, standing: readonly DeedView[], incoming: number, collective: Collective = false) =>
      standing.length === 0
        ? `Được đăng ký tối đa ${viTwoDigits(max)} việc; tin vừa rồi có ${viTwoDigits(incoming)} việc. ${W.you} bỏ bớt việc nào? Trả lời bằng số, hoặc "thôi".`
        : `Đã có ${viTwoDigits(standing.length)} việc, tối đa ${viTwoDigits(max)}:\n${viNumbered(standing.map(viDeed))}\n${collective ? toReplaceOf(collective) : `Muốn thay, ${w.you} nhắn "sửa việc …: nội dung mới" hoặc "rút việc …", kèm số ghi ở "việc của tôi".`}`,
    dropDeed: (deed: string) => `Bỏ: ${deed}`,
    deedTooLong: (max: number) => `Nội dung dài quá ${viCount(max)} ký tự. Đề nghị ${w.you} viết gọn hơn.`,
    draftWaits: 'Bản nháp vẫn được giữ; nhắn "đk" để gửi tiếp.',
    draftReplaced: 'Bản nháp trước được thay bằng các việc vừa nhắn.',
    draftGone: `Các việc hỏi dở không còn ở dạng nháp nữa. ${W.you} nhắn "việc của tôi" để xem.`,
    draftExpired: `Việc đăng ký dở đã hết thời gian chờ. Bản nháp vẫn được giữ; ${w.you} nhắn "đk" khi muốn gửi tiếp.`,
    questionExpired: `Câu hỏi trước đã hết thời gian chờ trả lời. ${W.you} cần gì cứ nhắn lại.`,
    draftDropped: `Đã dừng, không gửi gì. ${W.you} muốn đăng ký lúc nào cứ nhắn "đk".`,
    rewrite: `${W.you} viết lại các việc, mỗi việc một dòng, kèm hạn. Muốn dừng: "thôi".`,
    noDeeds: (year: number, collective: Collective = false) =>
      collective
        ? `Năm ${year} ${collective === 'committee' ? w.committee : w.cell} chưa đăng ký việc nào. Ví dụ: "${collective === 'committee' ? 'tập thể' : w.cell} đk: xây dựng tuyến đường hoa 500m, hạn 30/11".`
        : `Năm ${year} ${w.you} chưa đăng ký việc nào. Ví dụ: "đk: giúp 1 hộ nghèo, xong trước 30/11".`,
    myDeeds: (
      year: number,
      deeds: readonly (DeedView & { number: number; state: string; extra: string; details: string })[],
      collective: Collective = false,
      name?: string,
    ) =>
      [
        `Việc ${name ?? (collective === 'committee' ? w.committee : collective ? w.cell : w.you)} đăng ký năm ${year}:`,
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
      inCharge: (name: string) => `phụ trách: ${w.titled} ${name}`,
      forms: (words: string) => `tính vào ${words}`,
      evidence: 'có ảnh minh chứng',
    },
    detailsOffer: (number: number) =>
      `Không bắt buộc: có thể ghi thêm "việc ${number}: nhóm ${names.category.morality}", "chỉ tiêu việc ${number}: 3 hộ", "biện pháp việc ${number}: …", "khắc phục việc ${number}: …".`,
    detailsHow: `${W.you} nhắn kèm số của việc, ví dụ: "việc 1: nhóm ${names.category.morality}", "chỉ tiêu việc 1: 3 hộ".`,
    described: (number: number, details: string, again: boolean) =>
      `Đã ghi việc ${number}: ${details}.${again ? ` Việc sửa cần ${w.cell} thông qua lại.` : ''}`,
    noCollectiveDeed: (collective: Collective = true) =>
      `${collective === 'committee' ? W.committee : W.cell} chưa có việc tập thể nào mang số ấy. ${W.you} nhắn "việc của ${collective === 'committee' ? 'tập thể' : w.cell}" để xem.`,
    evidenceHow: `${W.you} gửi riêng cho tôi một ảnh, tôi sẽ hỏi có lưu làm minh chứng không.`,
    evidenceAsk: (number: number, deed: DeedView) =>
      `Lưu ảnh này làm minh chứng việc ${number}: ${viDeed(deed)}? Tôi chỉ giữ mã của ảnh, không tải ảnh về.\nTrả lời "có" hoặc "không".`,
    evidenceWhich: (deeds: readonly DeedView[]) =>
      `Lưu ảnh này làm minh chứng cho việc nào? Tôi chỉ giữ mã của ảnh, không tải ảnh về.\n${viNumbered(deeds.map(viDeed))}\nTrả lời bằng số, hoặc "thôi" để không lưu.`,
    evidenceNoDeed: `${W.you} chưa có việc nào được thông qua để kèm minh chứng. Nhắn "việc của tôi" để xem.`,
    evidenceKept: (number: number) => `Đã ghi ảnh minh chứng việc ${number}.`,
    evidenceNotKept: 'Vâng, tôi không lưu ảnh.',
    deedProgress: (percent: number | null, doneOn: string | null) =>
      doneOn ? `, xong ngày ${viDate(doneOn)}` : percent === null ? '' : `, được ${percent}%`,
    returnedBecause: (reason: string | null) => (reason ? `: ${reason}` : ''),
    whichDeed: (deeds: readonly (DeedView & { number: number })[]) =>
      `${W.you} muốn nói việc nào?\n${viNumbered(deeds.map(viDeed))}\nTrả lời bằng số, hoặc "thôi".`,
    noSuchDeed: (number: number, collective: Collective = false) =>
      collective
        ? `${collective === 'committee' ? W.committee : W.cell} không có việc số ${number}. Nhắn "việc của ${collective === 'committee' ? 'tập thể' : w.cell}" để xem.`
        : `${W.you} không có việc số ${number}. Nhắn "việc của tôi" để xem.`,
    noSuchDeedOf: (name: string, number: number) =>
      `${W.titled} ${name} không có việc số ${number}. Đề nghị ${w.you} kiểm tra lại số việc.`,
    editAskWhat: (deed: DeedView) =>
      `Việc hiện ghi: ${viDeed(deed)}\n${W.you} viết nội dung mới hoặc hạn mới. Muốn giữ nguyên: "thôi".`,
    editAskDate: (candidates: readonly string[]) =>
      `Hạn mới là ngày nào?\n${viNumbered(candidates.map(viDate))}\nTrả lời bằng số, hoặc "thôi".`,
    edited: (
      deed: DeedView,
      number: number,
      waits: boolean,
      { wasApproved = true, route = 'cell' }: { wasApproved?: boolean; route?: ApprovalRoute } = {},
    ) => {
      const by = route === 'cell' ? w.cell : route === 'above' ? w.committeeAbove : 'người duyệt'
      const next = wasApproved ? ` Việc sửa cần ${by} thông qua lại.` : ` Việc chờ ${by} thông qua.`
      return `Đã sửa việc ${number}: ${viDeed(deed)}.${waits ? next : ''}`
    },
    withdrawConfirm: (deed: DeedView, number: number, collective: Collective = false) =>
      `${collective ? `Rút của ${collective === 'committee' ? w.committee : w.cell}` : `${W.you} rút`} việc ${number}: ${viDeed(deed)}?\nTrả lời "có" hoặc "không".`,
    withdrawnDeed: (number: number) => `Đã rút việc ${number}.`,
    deedKept: 'Vâng, giữ nguyên.',
    copyNone: (year: number, collective: Collective = false) =>
      `Năm ${year} ${collective === 'committee' ? w.committee : collective ? w.cell : w.you} không có việc nào để đăng ký lại. ${W.you} nhắn "${collective ? `${collective === 'committee' ? 'tập thể' : w.cell} đk` : 'đk'}" để đăng ký việc mới.`,
    copyConfirm: (year: number, deeds: readonly DeedView[], collective: Collective = false) =>
      `Việc ${collective === 'committee' ? w.committee : collective ? w.cell : w.you} đăng ký năm ${year}:\n${viNumbered(deeds.map(viDeed))}\nĐăng ký lại như vậy cho năm nay?\nTrả lời "có" hoặc "không".`,

    // ── Review ──
    reviewNone: 'Không có việc nào chờ duyệt.',
    reviewDecided: 'Việc ấy đã có người duyệt hoặc trả lại, hoặc đã rút.',
    reviewOwnOnly: (count: number) =>
      `Không có việc nào chờ ${w.you} duyệt. ${viTwoDigits(count)} việc do chính ${w.you} đăng ký, chờ người khác duyệt.`,
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
        'Trả lời số để duyệt ("1", "1, 3"), hoặc "duyệt hết", "duyệt hết trừ 2", "trả lại 2 vì …", "thôi".',
      ].join('\n'),
    reviewWaiting: (deeds: number, people: number, collectives = 0) =>
      `Có ${viTwoDigits(deeds)} việc chờ duyệt, do ${[
        ...(people > 0 || collectives === 0 ? [`${viTwoDigits(people)} ${w.people}`] : []),
        ...(collectives > 0 ? [`${viTwoDigits(collectives)} tập thể`] : []),
      ].join(', ')} đăng ký. ${W.you} nhắn "duyệt" để xem.`,
    approved: (count: number, left: number) =>
      `Đã duyệt ${viTwoDigits(count)} việc.${left > 0 ? ` Còn ${viTwoDigits(left)} việc chờ duyệt; nhắn "duyệt" để xem tiếp.` : ''}`,
    approvedToMember: (deeds: readonly (DeedView & { number: number })[], by: 'cell' | 'above' = 'cell') =>
      `${by === 'cell' ? W.cell : W.committeeAbove} đã thông qua việc của ${w.you}:\n${deeds.map((deed) => `${deed.number}. ${viDeed(deed)}`).join('\n')}`,
    approvedToCell: (deeds: readonly (DeedView & { number: number })[], kind: 'cell' | 'committee' = 'cell') =>
      `${W.committeeAbove} đã thông qua việc của ${w[kind]}:\n${deeds.map((deed) => `${deed.number}. ${viDeed(deed)}`).join('\n')}`,
    rateWhom: `${W.you} đánh giá việc của ai? Ví dụ: "đánh giá việc 1 của ${w.titleInShort} Hoa: tốt".`,
    notForOneself: `Việc của chính mình, ${w.you} không tự đánh giá hoặc biểu dương thay ${w.cell}. ${W.you} dùng "tự đánh giá việc 1: …", còn ${w.cell} đánh giá do ${w.people} khác ghi.`,
    nothingToReview: (name: string) =>
      `${W.titled} ${name} không có việc nào chờ duyệt. Nhắn "duyệt" để xem danh sách.`,
    returnAskReason: (name: string, number: number, collective = false) =>
      `Đề nghị ${collective ? '' : `${w.titled} `}${name} xem lại việc ${number} vì lý do gì? ${W.you} viết ngắn gọn, hoặc "thôi".`,
    returned: (name: string, number: number, collective = false) =>
      `Đã trả lại việc ${number} của ${collective ? '' : `${w.titled} `}${name}.`,
    reviewNotReached: (count: number, names: readonly string[] | null) =>
      `${names?.length ? `Chưa nhắn riêng với tôi nên chưa nhận được kết quả: ${names.join(', ')}` : `${viTwoDigits(count)} ${w.people} chưa nhắn riêng với tôi nên chưa nhận được kết quả`}. Đề nghị ${w.you} báo trực tiếp.`,
    returnedToMember: (number: number, deed: DeedView, reason: string, by: 'cell' | 'above' = 'cell') =>
      `${by === 'cell' ? W.cell : W.committeeAbove} đề nghị ${w.you} xem lại việc ${number}: ${viDeed(deed)}.\nLý do: ${reason}\n${W.you} nhắn "sửa việc ${number}: …" để gửi lại.`,

    returnedToCell: (number: number, deed: DeedView, reason: string, kind: 'cell' | 'committee' = 'cell') =>
      `${W.committeeAbove} đề nghị ${w[kind]} xem lại việc ${number}: ${viDeed(deed)}.\nLý do: ${reason}\n${W.you} nhắn "sửa việc ${kind === 'cell' ? `${number} của ${w.cell}` : `tập thể ${number}`}: …" để gửi lại.`,

    // ── Progress ──
    progressNoted: (number: number, percent: number | null, done: boolean) =>
      done
        ? `Đã ghi: việc ${number} đã xong.`
        : percent === null
          ? `Đã ghi tiến độ việc ${number}.`
          : `Đã ghi: việc ${number} được ${percent}%.`,
    progressNotApproved: `Việc này còn là bản nháp. ${W.you} nhắn "đk" để gửi ${w.cell} trước.`,
    progressAsk: (number: number) =>
      `Việc ${number} đến đâu rồi? Trả lời ví dụ "70%" hoặc "xong rồi". Muốn dừng: "thôi".`,

    // ── Rating and praise ──
    ratingNames,
    selfRated: (number: number, rating: Rating, part: string | null) =>
      `Đã ghi tự đánh giá việc ${number}${part ? `, ${part}` : ''}: ${ratingNames[rating]}.`,
    notRated: `${W.you} đang không thuộc diện đánh giá (miễn, đình chỉ hoặc sinh hoạt nơi khác), nên tôi không ghi.`,
    notRatedOf: (name: string, state: string) =>
      `${W.titled} ${name} (${state}) không thuộc diện đánh giá trong thời gian này, nên tôi không ghi.`,
    ratedYearly: `Theo quy định hiện hành chỉ đánh giá theo năm; đề nghị ${w.you} bỏ quý hoặc nửa năm.`,
    capWarning: (excellent: number, good: number, percent: number) =>
      `Xin lưu ý: ${viCount(excellent)} việc xếp "${ratingNames.excellent}", quá ${percent}% của ${viCount(good)} việc xếp "${ratingNames.good}"; cấp trên quyết định.`,
    rateOnlyApproved: `Việc này chưa được ${w.cell} thông qua nên chưa đánh giá được. Nhắn "việc của tôi" để xem.`,
    noApprovedDeedOf: (name: string) => `${W.titled} ${name} chưa có việc nào được thông qua để đánh giá.`,
    rated: (name: string, number: number, rating: Rating, part: string | null) =>
      `Đã ghi đánh giá việc ${number} của ${w.titled} ${name}${part ? `, ${part}` : ''}: ${ratingNames[rating]}.`,
    ratedToMember: (number: number, rating: Rating, part: string | null) =>
      `${W.cell} đánh giá việc ${number} của ${w.you}${part ? `, ${part}` : ''}: ${ratingNames[rating]}.`,
    commendWhom: `${W.you} muốn biểu dương ai? Ví dụ: "biểu dương ${w.titleInShort} Lan việc 2".`,
    commended: (name: string, deed: DeedView | null) =>
      `${W.cell} biểu dương ${w.titled} ${name}${deed?.content ? `: ${deed.content}` : ''}.`,
    commendedAlready: (name: string) => `${W.titled} ${name} đã được ghi biểu dương từ trước.`,
    commendedToMember: (number: number | null) =>
      number === null ? `${W.cell} biểu dương ${w.you}.` : `${W.cell} biểu dương ${w.you} về việc ${number}.`,

    // ── Summary ──
    summaryCell: (data: {
      /** In place of the first line. */
      head?: string
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
        data.head ?? `${data.orgName}, năm ${data.year}, đến ngày ${viDate(data.today)}:`,
        `- ${W.member} đã đăng ký: ${viRatio(data.members, data.membersTenths)}`,
        `- ${W.member} có việc đã thông qua: ${viRatio(data.approved, data.approvedTenths)}`,
        `- Số việc: ${viCount(data.individualDeeds)} của cá nhân, ${viCount(data.collectiveDeeds)} của tập thể`,
        ...(data.more ? [data.more] : []),
        `- Hạn đăng ký: ${viDate(data.closesOn)}`,
        ...(data.excluded ? [`Không tính: ${data.excluded}.`] : []),
      ].join('\n'),
    summaryTree: (data: {
      /** In place of the first line. */
      head?: string
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
      /** What lies directly below, where there are committees among it. */
      details: string
      more: string
      closesOn: string
      excluded: string
    }) =>
      [
        data.head ?? `${data.orgName}, năm ${data.year}, đến ngày ${viDate(data.today)}:`,
        ...(data.details ? [data.details] : []),
        `- ${W.cell} đã triển khai: ${viRatio(data.cellsStarted, data.cellsTenths)}`,
        `- ${W.cell} đăng ký đủ: ${viRatio(data.cellsComplete, data.completeTenths)}`,
        `- ${W.member} đã đăng ký: ${viRatio(data.members, data.membersTenths)}`,
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
      `- Biểu dương: ${viCount(members)} ${w.member}, ${viCount(collectives)} tập thể; ${viCount(models)} mô hình, cách làm hay; ${viCount(exemplars)} gương tháng`,
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
    summaryAskNames: `Muốn xem danh sách, ${w.you} nhắn "ai chưa đk" hoặc "tổng hợp danh sách".`,
    noOtherYear: (period: string) => `Chưa có số liệu ${viPeriod(period)}.`,
    missingPledge: (names: readonly string[], ratio: Ratio) =>
      names.length === 0
        ? `Tất cả ${viCount(ratio.denominator)} ${w.people} đã đăng ký.`
        : `Chưa đăng ký: ${viCount(names.length)} trong ${viCount(ratio.denominator)} ${w.people}:\n${viNumbered(names)}`,
    missingMeeting: (when: string, names: readonly string[], of: number) =>
      names.length === 0
        ? `Tất cả ${viCount(of)} ${w.people} đã trả lời cho buổi họp ${when}.`
        : `Chưa trả lời cho buổi họp ${when}: ${viCount(names.length)} trong ${viCount(of)} ${w.people}:\n${viNumbered(names)}`,
    groupAboutNames: (when: string, answered: number, of: number) =>
      `Đã trả lời cho buổi họp ${when}: ${viCount(answered)}/${viCount(of)} ${w.people}.`,

    // ── Reminding on request ──
    nudgePledge: (org: string, closesOn: string) =>
      `${org}: kính mời ${w.you} đăng ký ${w.deedsPledged}, hạn ${viDate(closesOn)}. ${W.you} nhắn ví dụ: "đk: giúp 1 hộ nghèo, xong trước 30/11".`,
    nudgeMeeting: (org: string, when: string) =>
      `${org}: kính mời ${w.you} trả lời cho buổi họp ${when}: "có mặt", hoặc "xin vắng" kèm lý do.`,
    nudgeProgress: (org: string) =>
      `${org}: kính mời ${w.you} cho biết tiến độ việc đã đăng ký, ví dụ "việc 1 xong 70%".`,
    nudgeGroup: {
      pledge: (closesOn: string) =>
        `Đề nghị ${w.everyone} chưa đăng ký ${w.deedsPledged} trả lời tin này: "đk: …". Hạn ${viDate(closesOn)}.`,
      meeting: (when: string) =>
        `Đề nghị ${w.everyone} chưa trả lời cho buổi họp ${when} trả lời tin này: "có mặt" hoặc "xin vắng".`,
      progress: `Đề nghị ${w.everyone} có việc đang làm trả lời tin này về tiến độ, ví dụ "việc 1 xong 70%".`,
    },
    nudged: (privately: number, inGroup: number, held: number, withdrawn = 0) => {
      const parts = [
        ...(privately > 0 ? [`nhắc riêng ${viTwoDigits(privately)} ${w.people}`] : []),
        ...(inGroup > 0
          ? [`nhắc chung trong nhóm (${viTwoDigits(inGroup)} ${w.people} chưa mở trò chuyện riêng)`]
          : []),
      ]
      const heldLine =
        held > 0 ? ` ${viTwoDigits(held)} ${w.people} đã được nhắc đủ hai lần trong tuần nên không nhắc thêm.` : ''
      const withdrawnLine =
        withdrawn > 0
          ? ` ${viTwoDigits(withdrawn)} ${w.people} đã rút đồng ý nên tôi không nhắc; đề nghị ${w.you} trao đổi trực tiếp.`
          : ''
      const rest = `${heldLine}${withdrawnLine}`
      return parts.length === 0 ? rest.trim() || 'Không còn ai cần nhắc.' : `Đã ${parts.join(', ')}.${rest}`
    },
  }
}

export const vi = viTexts(chiBo.vi)
