/** Any group whose members pledge, meet and give an account: a club, a union branch, a parish, volunteers. */
import type { Profile } from './profile.ts'

export const plain: Profile = {
  forms: ['pledge'],
  examples: { cell: 'Câu lạc bộ Đọc sách', committee: 'Mạng lưới các nhóm Tân Hoà' },
  vi: {
    words: {
      you: 'anh/chị',
      everyone: 'các anh chị',
      titled: 'anh/chị',
      titleInShort: 'chị',
      people: 'người',
      member: 'thành viên',
      cell: 'nhóm',
      chatOfCell: 'nhóm chat chung',
      officers: 'ban điều hành nhóm',
      secretary: 'trưởng nhóm',
      theSecretary: 'trưởng nhóm',
      deputy: 'phó nhóm',
      theDeputy: 'phó nhóm',
      clerk: 'thư ký',
      leaders: 'trưởng nhóm, phó nhóm',
      leadersAndClerk: 'trưởng nhóm, phó nhóm, thư ký',
      theChair: 'người chủ trì',
      committeeAbove: 'ban điều phối cấp trên',
      committeeMember: 'thành viên ban điều phối',
      deedsPledged: 'việc sẽ làm',
      pledgeForm: 'đăng ký việc',
      commitmentForm: 'bản cam kết',
      commitment: 'cam kết',
      commitmentParts: '',
      regularMeeting: 'họp định kỳ',
      thematicMeeting: 'họp chuyên đề',
      themeExample: 'thực hành tiết kiệm',
    },
    names: {
      roster: {
        roles: 'trưởng nhóm, phó nhóm, thư ký, ban điều phối, thành viên',
        statuses:
          'chính thức, mới tham gia, được miễn họp, tạm vắng, tham gia tạm thời, tạm ngừng tham gia, đã rời nhóm',
      },
      status: {
        official: 'chính thức',
        probationary: 'mới tham gia',
        exempt: 'được miễn họp',
        away: 'tạm vắng',
        temporarilyHere: 'tham gia tạm thời',
        suspended: 'tạm ngừng tham gia',
        left: 'đã rời nhóm',
      },
      rating: { excellent: 'xuất sắc', good: 'tốt', completed: 'hoàn thành', notCompleted: 'không hoàn thành' },
      category: { thought: 'nhận thức', morality: 'đạo đức', style: 'nếp sống', exampleSetting: 'làm gương' },
      focus: { breakthrough: 'việc trọng tâm', pressing: 'việc cấp bách', model: 'mô hình, cách làm' },
    },
    agenda: ['Việc đã đăng ký và kết quả', 'Thông tin chung', 'Việc tháng trước', 'Việc tháng tới'],
  },
}
