import { describe, expect, it } from 'vitest'
import { type ClassifiedKind, detectClassified } from '../../src/domain/classified.ts'

const strip = (text: string) =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .replaceAll('đ', 'd')
    .replaceAll('Đ', 'D')

const found: [ClassifiedKind, string][] = [
  ['classified', 'gửi các đ/c văn bản mật của tỉnh'],
  ['classified', 'đính kèm tài liệu tối mật'],
  ['classified', 'Công văn mật số 12 vừa về'],
  ['classified', 'đây là tài liệu Tuyệt mật'],
  ['classified', 'văn bản đóng dấu mật'],
  ['classified', 'công văn có độ Mật'],
  ['classified', 'Số 12-CV/TU MẬT về việc chuẩn bị'],
  ['classified', 'chiều nay đọc tài liệu mật không chia sẻ ra ngoài'],
  ['personnel', 'hồ sơ kết nạp của đ/c A'],
  ['personnel', 'cho em xin hồ sơ kết nạp Đảng của đồng chí Hoa'],
  ['personnel', 'thẩm tra lý lịch của quần chúng Nguyễn Văn An'],
  ['personnel', 'lí lịch ông Tư có vấn đề'],
  ['personnel', 'thu thập lý lịch người xin vào Đảng'],
  ['personnel', 'thống nhất giới thiệu quần chúng Lê Thị Mơ vào Đảng'],
  ['personnel', 'xét kết nạp quần chúng Lê Thị Mơ'],
  ['personnel', 'thu đảng phí 50 nghìn'],
  ['personnel', 'đóng đảng phí tháng 9: 24.000đ'],
  ['personnel', 'danh sách quy hoạch nhiệm kỳ tới'],
  ['personnel', 'đ/c Bình được đưa vào quy hoạch'],
  ['personnel', 'nhân sự đại hội chi bộ gồm'],
  ['personnel', 'nhân sự cấp uỷ khoá mới'],
  ['personnel', 'bổ nhiệm đ/c Lan làm trưởng phòng'],
  ['personnel', 'kết quả bỏ phiếu hôm qua'],
  ['discipline', 'xử lý kỷ luật đ/c B'],
  ['discipline', 'xử lí kỉ luật bằng hình thức khiển trách đối với đồng chí Bình'],
  ['discipline', 'kỷ luật đồng chí Bình'],
  ['discipline', 'kỷ luật của Nguyễn Thị Lan'],
  ['discipline', 'đ/c Bình bị kỷ luật'],
  ['discipline', 'đồng chí Hoa hôm nay bị khiển trách'],
  ['discipline', 'quyết định kỷ luật số 5'],
  ['discipline', 'khai trừ đ/c Nam'],
  ['discipline', 'đình chỉ sinh hoạt đ/c Nam'],
  ['complaint', 'có đơn tố cáo gửi lên đảng uỷ'],
  ['complaint', 'giải quyết đơn tố cáo đ/c Bình'],
  ['complaint', 'đơn thư nặc danh'],
  ['complaint', 'dân tố cáo ông Tư'],
  ['complaint', 'đ/c Bình bị tố cáo'],
  ['personalNumber', 'sđt của em 0912345678'],
  ['personalNumber', 'gọi 0912 345 678 nhé'],
  ['personalNumber', 'gọi 0912.345.678 nhé'],
  ['personalNumber', 'gọi 09 12 34 56 78'],
  ['personalNumber', 'zalo +84 912 345 678'],
  ['personalNumber', 'zalo +84912345678'],
  ['personalNumber', 'CCCD 001099012345'],
  ['personalNumber', 'CMND 123456789'],
  ['personalNumber', 'cccd: 001 099 012 345'],
  ['personalNumber', 'stk 19031234567890'],
  ['personalNumber', 'ĐT０９１２３４５６７８'],
]

/** Deeds, answers and small talk of the kind that cells write; each holds a word or a number that looks like more. */
const passes = [
  'giúp đỡ quần chúng ưu tú phấn đấu vào Đảng',
  'giới thiệu 2 quần chúng ưu tú học lớp nhận thức về Đảng',
  'đóng đảng phí đúng hạn',
  'nộp đảng phí trước ngày 5 hằng tháng',
  'bồi dưỡng, tạo nguồn kết nạp 1 đảng viên',
  'giữ kỷ luật lao động, đi làm đúng giờ',
  'thẳng thắn kỷ luật bản thân',
  'chấp hành kỷ luật phát ngôn',
  'nghiêm túc thực hiện kỷ luật của Đảng',
  'làm tốt công tác kiểm tra, giám sát, thi hành kỷ luật đảng',
  'chi bộ không có đảng viên bị kỷ luật',
  'không để đồng chí nào bị kỷ luật',
  'nhắc nhở kỷ luật các đ/c trong tổ',
  'nhắc kỷ luật anh em công nhân',
  'nêu gương kỷ luật, kỷ cương; giúp đỡ đồng chí Hoa học tin học',
  'kỷ luật tự giác theo gương Hồ Chí Minh',
  'bảo mật thông tin khách hàng',
  'thực hiện tốt quy định bảo vệ bí mật nhà nước',
  'không phát tán tài liệu mật lên mạng xã hội',
  'quản lý tài liệu mật đúng quy định',
  'nuôi 20 đàn ong lấy mật ong',
  'trồng cây với mật độ dày hơn',
  'tổng hợp tài liệu mật độ dân số',
  'đổi mật khẩu máy tính hằng quý',
  'tối mật ong về trễ',
  'em có mặt ạ',
  'em co mat a',
  'hôm nay tôi mất điện thoại',
  'hom nay toi mat dien thoai',
  'thong bao mat dien chieu nay',
  'giải quyết hồ sơ của dân đúng hẹn 100%',
  'giúp 1 quần chúng hoàn thiện hồ sơ kết nạp Đảng',
  'hồ sơ kết nạp cần những gì ạ',
  'viec 1 xong rui, da nop ho so cho chi bo',
  'giải quyết dứt điểm đơn thư khiếu nại, tố cáo',
  'không có đơn tố cáo vượt cấp',
  'tuyên truyền Luật Tố cáo cho nhân dân',
  'báo cáo đ/c Bình việc 2 xong',
  'tham gia quy hoạch nông thôn mới',
  'rà soát quy hoạch sử dụng đất của xã',
  'học về lý lịch Bác Hồ',
  'điều động anh em dân quân giúp dân',
  'cảnh cáo việc xả rác, lập tổ tự quản',
  'đánh giá đ/c An việc 1: tốt',
  'vắng: An (công tác), Bình; còn lại có mặt',
  'tiết kiệm 500.000.000đ cho ngân sách',
  'tiết kiệm 500000000đ',
  'tiết kiệm 1.500.000.000 đồng',
  'vận động 123456789 đồng',
  'thu 125000000',
  'tiết kiệm 500 000 000 đồng',
  'trước ngày 03-02-2026 19h30',
  'họp 03/10/2026 19:30',
  'họp 2026-10-03 19:30',
  'từ 01.10.2026 đến 31.12.2026',
  'xử lý 20 hồ sơ, 150 lượt, 12.500 m2',
  'mã K4F8-T2XM',
  'văn bản số 127-QĐ/TW',
  '',
]

describe('what a cell’s chat must not carry', () => {
  it.each(found)('is found (%s): %s', (kind, text) => {
    expect(detectClassified(text)?.kind).toBe(kind)
  })

  it.each(passes)('is not seen in "%s"', (text) => {
    expect(detectClassified(text)).toBeNull()
  })

  it('is found in either Unicode form and in either tone placement', () => {
    for (const [kind, text] of found) {
      if (kind === 'personalNumber') continue
      expect(detectClassified(text.normalize('NFD'))?.kind, text).toBe(kind)
    }
    expect(detectClassified('nhân sự cấp ủy khóa mới')?.kind).toBe('personnel')
  })

  it.each([
    ['classified', 'gui cac d/c van ban mat cua tinh'],
    ['classified', 'tai lieu toi mat'],
    ['personnel', 'ho so ket nap cua d/c A'],
    ['personnel', 'ly lich nguyen van an'],
    ['discipline', 'xu ly ky luat d/c B'],
    ['discipline', 'd/c Binh bi ki luat'],
    ['complaint', 'co don to cao'],
  ])('is found without diacritics (%s): %s', (kind, text) => {
    expect(detectClassified(text)?.kind).toBe(kind)
  })

  it('is not seen in the same ordinary texts typed without diacritics', () => {
    for (const text of passes) expect(detectClassified(strip(text)), strip(text)).toBeNull()
  })

  it('gives a sign of our own list, never a piece of the text', () => {
    expect(detectClassified('xử lý kỷ luật đ/c Nguyễn Văn Bình')).toEqual({ kind: 'discipline', sign: 'xử lý kỷ luật' })
    expect(detectClassified('gọi 0912345678')).toEqual({ kind: 'personalNumber', sign: '10 digits' })
  })

  it('costs in step with the length of the text, also of one made to be slow', () => {
    const timeOf = (text: string) => {
      const from = performance.now()
      for (let i = 0; i < 5; i += 1) detectClassified(text)
      return performance.now() - from
    }
    for (const part of ['kỷ luật ', 'đơn tố cáo không có ', '0 ', '09 12 ', 'đ/c bị kỷ luật ', '1.']) {
      timeOf(part.repeat(500))
      // 16 times the length; a quadratic search would take 256 times as long.
      expect(timeOf(part.repeat(16_000)), part).toBeLessThan(120 * (timeOf(part.repeat(1000)) + 2))
    }
  })
})
