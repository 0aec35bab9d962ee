/** While a question is open members go on speaking of other things: which of it is an answer to the question. */
import { describe, expect, test } from 'vitest'
import { withExtras } from '../../src/language/extras.ts'
import { understand } from '../../src/language/understand.ts'

const asked = (text: string) => {
  const context = {
    addressed: 'reply' as const,
    now: new Date('2026-10-05T09:00:00+07:00'),
    timeZone: 'Asia/Ho_Chi_Minh',
    botNames: ['Bot Nếp'],
    expecting: 'progress' as const,
  }
  return withExtras(understand(text, context), text, context).intent
}

describe('asked how far their deeds are', () => {
  test.each([
    ['có mặt', 'meeting.attend'],
    ['co mat a', 'meeting.attend'],
    ['tôi sẽ dự họp', 'meeting.attend'],
    ['mai tôi đi họp được', 'meeting.attend'],
    ['xin vắng', 'meeting.excuse'],
    ['em xin vắng, đi công tác', 'meeting.excuse'],
    ['vắng, tôi ốm', 'meeting.excuse'],
  ])('%j is still an answer for the meeting', (text, intent) => {
    expect(asked(text)).toBe(intent)
  })

  test.each([
    'đã có mặt cùng bà con dọn vệ sinh',
    'đã vận động 2 hộ, có mặt đầy đủ',
    'họp rồi, bà con đồng ý',
    'hôm qua đi họp về là làm luôn',
    'tôi đi công tác nên chưa làm được việc 1',
    'nghỉ ốm nên chưa triển khai',
    'bận quá chưa làm được',
    'em bận việc gia đình nên chậm',
  ])('%j is about the deed', (text) => {
    expect(asked(text)).toBe('progress.report')
  })

  // A full command overrides what the dialogue expects (language.md), those without one of the contract's intents as well.
  test.each([
    ['xem biên bản', 'minutes.show'],
    ['biên bản tháng 10', 'minutes.show'],
    ['mở đợt đăng ký năm 2027 đến 31/3', 'campaign.open'],
    ['khoa so quy 3', 'period.close'],
    ['biểu dương tập thể', 'commend'],
    ['tổng hợp', 'summary'],
    ['tôi phản đối việc xử lý dữ liệu của tôi', 'data.request'],
    ['điểm danh tháng 6: vắng: Chắt có phép, Lụa có lý do (con ốm), Hoà; còn lại có mặt', 'meeting.rollCall'],
    ['điểm danh: đủ cả', 'meeting.rollCall'],
    ['sửa điểm danh 5/12: Trạch có mặt', 'meeting.rollCall'],
  ])('%j is the command that it is', (text, intent) => {
    expect(asked(text)).toBe(intent)
  })

  // What is not understood is asked about: as a note it would stand in the cell's records as progress.
  test.each([
    'hạn chế 6 tháng: 1. Đăng ký còn chậm',
    'duyệt bản cam kết',
    'điểm danh hôm nọ',
    'sửa việc gì cũng được',
    'con tôi ốm',
    'mai tôi đi vắng',
    'đánh giá đồng chí Lụa',
  ])('%j is not noted as progress', (text) => {
    expect(asked(text)).not.toBe('progress.report')
  })

  test.each([
    'tuần trước mưa quá nên chưa làm được',
    'chi bộ đã ra quân 2 lần rồi',
    'mở được 2 lớp rồi',
    'sửa được 3 cái loa',
    'nhắc nhở con cháu chấp hành luật giao thông',
    'danh sách đã lập xong',
    'nhà văn hoá đang sửa nên chưa treo được',
    'gia hạn thêm cho em, kinh phí chưa về',
  ])('%j is about the deed as well', (text) => {
    expect(asked(text)).toBe('progress.report')
  })
})
