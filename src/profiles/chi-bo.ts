/** A cell of the Party (chi bộ), its members and the committees above it; words as its own documents use them. */
import type { Profile } from './profile.ts'

export const chiBo: Profile = {
  // Đăng ký làm theo, and bản cam kết tu dưỡng, rèn luyện.
  forms: ['pledge', 'commitment'],
  examples: { cell: 'Chi bộ thôn Đông', committee: 'Đảng uỷ xã Tân Hoà' },
  vi: {
    words: {
      you: 'đồng chí',
      everyone: 'các đồng chí',
      titled: 'đồng chí',
      titleInShort: 'đ/c',
      people: 'đồng chí',
      member: 'đảng viên',
      cell: 'chi bộ',
      chatOfCell: 'nhóm của chi bộ',
      officers: 'chi uỷ',
      secretary: 'bí thư',
      theSecretary: 'đồng chí bí thư',
      deputy: 'phó bí thư',
      theDeputy: 'đồng chí phó bí thư',
      clerk: 'thư ký',
      leaders: 'bí thư, phó bí thư chi bộ',
      leadersAndClerk: 'bí thư, phó bí thư, thư ký chi bộ',
      theChair: 'đồng chí chủ trì',
      committee: 'cấp uỷ',
      committeeAbove: 'cấp uỷ cấp trên',
      below: 'chi, đảng bộ trực thuộc',
      organisationsBelow: 'tổ chức cơ sở đảng',
      committeesBelow: 'đảng bộ',
      directCells: 'chi bộ cơ sở',
      committeeMember: 'cấp uỷ viên',
      deedsPledged: 'việc làm theo',
      pledgeForm: 'đăng ký làm theo',
      commitmentForm: 'bản cam kết',
      commitment: 'cam kết tu dưỡng, rèn luyện',
      commitmentParts: ' (tư tưởng; đạo đức, lối sống; nhiệm vụ; kỷ luật, nêu gương)',
      regularMeeting: 'sinh hoạt định kỳ',
      thematicMeeting: 'sinh hoạt chuyên đề',
      themeExample: 'học tập Di chúc của Bác',
    },
    names: {
      roster: {
        roles: 'bí thư, phó bí thư, thư ký, chi uỷ viên, cấp uỷ, đảng viên',
        statuses: 'chính thức, dự bị, miễn sinh hoạt, tạm vắng, sinh hoạt tạm thời, đình chỉ sinh hoạt, đã chuyển đi',
      },
      status: {
        official: 'chính thức',
        probationary: 'dự bị',
        exempt: 'miễn sinh hoạt',
        away: 'tạm vắng',
        temporarilyHere: 'sinh hoạt tạm thời',
        suspended: 'đình chỉ sinh hoạt',
        left: 'đã chuyển đi',
      },
      // Quy định 366-QĐ/TW (30/8/2025), without "nhiệm vụ".
      rating: {
        excellent: 'hoàn thành xuất sắc',
        good: 'hoàn thành tốt',
        completed: 'hoàn thành',
        notCompleted: 'không hoàn thành',
      },
      category: { thought: 'tư tưởng', morality: 'đạo đức', style: 'phong cách', exampleSetting: 'nêu gương' },
      focus: { breakthrough: 'khâu đột phá', pressing: 'vấn đề bức xúc, nổi cộm', model: 'mô hình, cách làm' },
    },
    // The first lines of a published minutes form.
    agenda: [
      'Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh',
      'Thời sự, văn bản của cấp trên',
      'Đánh giá việc thực hiện nhiệm vụ tháng trước',
      'Nhiệm vụ tháng tới',
    ],
  },
}
