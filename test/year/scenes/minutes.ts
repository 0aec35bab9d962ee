/** Minutes of several meetings: decisions with their votes, tasks, offices; what cannot be right, and what is put right later. */
import { expectHeard, type Scene, vn } from './cast.ts'

export const minutes: Scene = ({ rig, stage, ids, people, secretary, clerk, dm, group }) => {
  const presentAt = (occurrence: string) =>
    rig.value<number>(
      `SELECT count(*)::int FROM attendance WHERE org_id = $1 AND occurrence = $2 AND answer = 'present' AND member_id IN
         (SELECT member_id FROM member WHERE org_id = $1 AND status NOT IN ('left', 'away', 'suspended'))`,
      [ids.cell, occurrence],
    )
  const above = (text: string) => stage.tell('tren', text)

  stage.at(vn('2026-02-04', '08:30'), async () => {
    const present = await presentAt('2026-02')
    const tree = 'biên bản tháng 2: thống nhất mua 10 cây cho nhà văn hoá'
    expectHeard(
      await dm(clerk, `${tree}, ${present + 3} tán thành`, { numbers: [present + 3] }),
      `biểu quyết ${present + 3}`,
    )
    const wrong = { numbers: [present + 1, present] }
    expectHeard(await dm(clerk, `${tree}, ${present}/${present} tán thành, 1 không tán thành`, wrong), 'không khớp')
    expectHeard(await dm(clerk, 'biên bản: đồng chí phó bí thư phát biểu rằng mức thu cao'), 'không giữ lời phát biểu')
    const votes = `${present - 2}/${present} tán thành, 1 không tán thành, 1 ý kiến khác`
    expectHeard(await dm(clerk, `${tree}, ${votes}`), 'quyết định 1')
    expectHeard(await group(clerk, 'biên bản: thu quỹ quý 1, nhất trí 100%'), 'quyết định 2')
    const task = `biên bản: nhiệm vụ: sửa 2 đoạn đường nước; phụ trách: đ/c ${people[4]!.name}; hạn 30/11`
    expectHeard(await dm(secretary, task), 'nhiệm vụ 1')
    expectHeard(await dm(secretary, 'biên bản: chủ trì: bí thư; 8 ý kiến phát biểu'), 'Đã ghi biên bản')
    expectHeard(await dm(people[5]!, 'biên bản tháng 2'), 'Số ý kiến phát biểu: 8')
    expectHeard(await above('xem biên bản của Chi bộ thôn Đông'), '2 quyết định, 1 nhiệm vụ')
  })
  stage.at(vn('2026-03-21', '08:30'), async () => {
    expectHeard(await dm(clerk, 'biên bản: dọn 3 tuyến đường, 5 tán thành'), 'buổi sinh hoạt chuyên đề')
    expectHeard(await dm(clerk, 'xem biên bản'), 'buổi sinh hoạt chuyên đề')
  })
  stage.at(vn('2026-06-04', '08:30'), async () => {
    const present = await presentAt('2026-06')
    expectHeard(
      await dm(clerk, `biên bản: 1. kết nạp thêm 2 hộ vào tổ tự quản, ${present} tán thành 2. quét vôi cổng thôn`),
      '1, 2',
    )
    expectHeard(await dm(secretary, 'biên bản: nhiệm vụ: kê lại bàn ghế; phụ trách: chi uỷ; hạn 15/6'), 'nhiệm vụ 1')
    expectHeard(await group(people[6]!, 'biên bản tháng 6'), 'nội dung chuyên đề')
  })
  stage.at(vn('2026-09-21', '08:30'), async () => {
    const present = await presentAt('2026-09')
    expectHeard(await dm(clerk, `biên bản: mua 12 ghế, ${present - 1}/${present} tán thành, 1 không tán thành`), '1')
    expectHeard(await dm(clerk, 'biên bản: lắp 4 bóng đèn đường, nhất trí 100%'), 'quyết định 2')
  })
  // Edited once everybody had slept on it.
  stage.at(vn('2026-09-26', '16:00'), async () => {
    const present = await presentAt('2026-09')
    expectHeard(await dm(secretary, 'sửa quyết định 7 tháng 9: mua 15 ghế', { numbers: [7] }), 'không có quyết định 7')
    expectHeard(
      await dm(secretary, `sửa quyết định 1 tháng 9: mua 15 ghế, ${present}/${present} tán thành, 0 không tán thành`),
      'Đã sửa',
    )
    expectHeard(await dm(clerk, 'bỏ quyết định 2 tháng 9'), 'Trả lời')
    expectHeard(await dm(clerk, 'có'), 'Đã bỏ quyết định 2')
    expectHeard(await dm(clerk, 'biên bản tháng 9: sơn lại 2 cổng, 6 tán thành'), 'quyết định 3')
    expectHeard(await dm(people[5]!, 'biên bản tháng 9'), 'Quyết định')
    expectHeard(await above('xem biên bản của Chi bộ thôn Đông'), '2 quyết định, 0 nhiệm vụ')
  })
}
