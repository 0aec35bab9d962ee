/**
 * The half year and the year are reviewed and closed: what belongs to them is refused from then on, until the committee reopens the
 * year; the change is made, and the year is closed once more. What was frozen stays, whoever withdraws or is erased afterwards.
 */

import { readDataFiles } from '../../../src/store/data-files.ts'
import { closeRequest } from '../../../src/store/data-requests.ts'
import type { Heard } from '../../flows/rig.ts'
import type { Person } from '../crowd.ts'
import { expectHeard, type Scene, vn, zone } from './cast.ts'

const numbered =
  (period: string) =>
  (...items: string[]) => ({
    period,
    lines: items.map((item, at) => `${at + 1}. ${item}`),
  })
const half = numbered('2026-H1')
const whole = numbered('2026')

export const books: Scene = ({ rig, stage, ids, people, secretary, clerk, gone, linked, dm, group }) => {
  const above = (text: string) => stage.tell('tren', text)
  const refused = (heard: readonly Heard[]) => expectHeard(heard, 'đã khoá sổ ngày')

  // ── Half the year ──

  stage.at(vn('2026-06-26', '10:00'), async () => {
    expectHeard(await stage.say('g', secretary.key, '/hanche 6 tháng: họp chậm'), 'nhắn riêng')
    expectHeard(await dm(secretary, `hạn chế 6 tháng: ${people[4]!.name} chưa đăng ký`), 'không nêu tên')
    expectHeard(
      await dm(
        secretary,
        'hạn chế 6 tháng: 1. Đăng ký còn chậm 2 tuần. 2. Họp chưa đủ',
        half('Đăng ký còn chậm 2 tuần', 'Họp chưa đủ'),
      ),
      'sơ kết',
    )
    expectHeard(await dm(secretary, 'có'), 'Đã ghi 02 hạn chế')
    const tasks = '1. Đôn đốc đăng ký 2. Họp đúng ngày 3. Trồng thêm 20 cây'
    expectHeard(
      await dm(secretary, `nhiệm vụ 6 tháng: ${tasks}`, half('Đôn đốc đăng ký', 'Họp đúng ngày', 'Trồng thêm 20 cây')),
      'sơ kết',
    )
    expectHeard(await dm(secretary, 'có'), 'Đã ghi 03 nhiệm vụ')
    expectHeard(
      await dm(secretary, 'hạn chế 6 tháng: Đăng ký còn chậm 3 tuần', half('Đăng ký còn chậm 3 tuần')),
      'Thay cho 02 nội dung',
    )
    expectHeard(await dm(secretary, 'có'), 'Đã ghi 01 hạn chế')
    expectHeard(await dm(secretary, 'tổng hợp 6 tháng'), 'Nhiệm vụ (6 tháng đầu năm 2026)')
  })
  stage.at(vn('2026-07-02', '15:00'), async () => {
    expectHeard(await dm(people[4]!, 'khoá sổ 6 tháng đầu năm'), 'bí thư')
    expectHeard(await dm(secretary, 'khoá sổ năm nay'), 'chưa khoá sổ được')
    expectHeard(await dm(secretary, 'khoá sổ 6 tháng đầu năm'), 'Số liệu chốt lúc này')
    expectHeard(await dm(secretary, 'không'), 'Chưa khoá sổ')
    await dm(secretary, 'khoá sổ 6 tháng đầu năm')
    expectHeard(await dm(secretary, 'có'), 'Đã khoá sổ')
    expectHeard(await dm(secretary, 'khoá sổ 6 tháng đầu năm'), 'đã khoá sổ lúc')
    refused(await dm(clerk, `sửa điểm danh tháng 6: ${people[4]!.name} vắng không phép`))
    refused(await dm(secretary, `đánh giá việc 1 của đ/c ${people[4]!.name} quý 2: tốt`))
    refused(await dm(secretary, `gương tháng 5: đ/c ${people[4]!.name}`))
    refused(await dm(clerk, 'biên bản tháng 6: sơn lại 2 cổng, 6 tán thành'))
    refused(await dm(secretary, 'hạn chế 6 tháng: khác'))
    await dm(secretary, 'tổng hợp 6 tháng đầu năm')
    await group(people[5]!, 'tổng hợp 6 tháng đầu năm')
  })
  stage.at(vn('2026-07-10', '15:00'), async () => {
    expectHeard(await above('khoá sổ 6 tháng đầu năm cả cấp dưới'), '02 đơn vị')
    expectHeard(await above('có'), 'Đã khoá sổ')
    expectHeard(await above('tổng hợp 6 tháng đầu năm'), 'đã khoá sổ lúc')
  })

  // ── Requests about one's own data, after the closing ──

  const [restricts, withdraws] = [people[6]!, people[15]!]
  stage.at(vn('2026-07-20', '10:00'), async () => {
    expectHeard(await dm(restricts, 'đề nghị hạn chế xử lý dữ liệu của tôi'), 'Đã ghi yêu cầu số')
    expectHeard(await dm(restricts, 'đề nghị hạn chế xử lý dữ liệu của tôi'), 'đang chờ')
  })
  stage.at(vn('2026-07-22', '10:00'), async () => {
    await dm(withdraws, 'rút đồng ý')
    await dm(withdraws, 'có')
    gone.add(withdraws.key)
    linked.delete(withdraws.key)
    expectHeard(await dm(secretary, 'tổng hợp 6 tháng đầu năm'), 'đã khoá sổ lúc')
  })
  stage.at(vn('2026-07-27', '10:00'), async () => {
    const id = await rig.value<number>(`SELECT data_request_id FROM data_request WHERE kind = 'restrict'`)
    const { privacyRules: rules, holidays } = await readDataFiles()
    await closeRequest(rig.pool, id, 'fulfilled', null, { rules, holidays, zone, now: stage.now })
    expectHeard(await dm(restricts, 'dữ liệu của tôi'), 'đã xong')
  })
  // Somebody is erased on the twelfth (cell-year.ts).
  stage.at(vn('2026-10-13', '09:00'), async () => {
    expectHeard(await dm(secretary, 'tổng hợp 6 tháng đầu năm'), 'đã khoá sổ lúc')
    expectHeard(await above('tổng hợp 6 tháng đầu năm'), 'đã khoá sổ lúc')
    await dm(secretary, 'tổng hợp')
  })

  // ── The year ──

  stage.at(vn('2026-12-22', '10:00'), async () => {
    await dm(
      secretary,
      'hạn chế năm nay: 1. Còn 3 việc quá hạn. 2. Họp vắng nhiều',
      whole('Còn 3 việc quá hạn', 'Họp vắng nhiều'),
    )
    expectHeard(await dm(secretary, 'có'), 'Đã ghi 02 hạn chế của kỳ năm 2026')
    expectHeard(
      await dm(
        secretary,
        'nhiệm vụ năm nay: 1. Đăng ký xong trước 31/3. 2. Họp đủ 12 kỳ',
        whole('Đăng ký xong trước 31/3', 'Họp đủ 12 kỳ'),
      ),
      'tổng kết',
    )
    expectHeard(await dm(secretary, 'có'), 'Đã ghi 02 nhiệm vụ của kỳ năm 2026')
    await dm(secretary, 'tổng hợp')
  })
  /** Two members with deeds still going on. */
  let [late, editor]: (Person & { number: number })[] = []
  stage.at(vn('2026-12-30', '09:00'), async () => {
    const open = await rig.rows<{ name: string; number: number }>(
      `SELECT m.display_name AS name, min(d.number) AS number FROM deed d JOIN member m ON m.member_id = d.subject_id
       WHERE d.subject_kind = 'individual' AND d.state = 'approved' AND d.done_on IS NULL AND d.year = 2026 AND m.org_id = $1
         AND m.status = 'official' AND m.role = 'member'
         -- Correcting the roll to what it says already would change nothing, and be refused by nobody.
         AND NOT EXISTS (SELECT FROM attendance a WHERE a.member_id = m.member_id AND a.occurrence LIKE '2026-12%' AND a.answer = 'excused')
       GROUP BY m.member_id ORDER BY m.member_id`,
      [ids.cell],
    )
    const known = open.flatMap(({ name, number }) =>
      people.filter((each) => each.name === name && linked.has(each.key)).map((each) => ({ ...each, number })),
    )
    ;[late, editor] = known
    // Something waits for approval when the books are closed.
    await dm(editor!, `sửa việc ${editor!.number} thành hạn 31/12`)
    await dm(editor!, 'có')
    expectHeard(await dm(secretary, 'khoá sổ năm nay'), 'còn đến hết ngày')
    expectHeard(await dm(secretary, 'có'), 'Đã khoá sổ kỳ năm 2026')
    refused(await dm(late!, `việc ${late!.number} xong 99%`))
    refused(await dm(clerk, `sửa điểm danh tháng 12: ${late!.name} vắng (ốm)`))
    refused(await dm(secretary, 'duyệt hết'))
    refused(await dm(people[3]!, 'tự đánh giá việc 1: tốt'))
    await dm(secretary, 'tổng hợp')
    expectHeard(await dm(secretary, 'tổng hợp danh sách'), 'đã khoá sổ lúc')
  })
  stage.at(vn('2026-12-31', '09:00'), async () => {
    const words = 'mở lại sổ năm 2026 của Chi bộ thôn Đông vì: ghi thiếu 1 buổi họp'
    stage.printed.words.add('ghi thiếu 1 buổi họp')
    expectHeard(await dm(secretary, words), 'chỉ do')
    expectHeard(await above('mở lại sổ quý 3 của Chi bộ thôn Đông vì: nhầm'), 'đang mở')
    expectHeard(await above(words), 'được ghi vào nhật ký')
    expectHeard(await above('có'), 'Đã mở lại')
    expectHeard(await dm(secretary, 'tổng hợp'), 'quá hạn')
    expectHeard(await dm(late!, `việc ${late!.number} xong 99%`), 'Đã ghi')
    expectHeard(await dm(clerk, `sửa điểm danh tháng 12: ${late!.name} vắng (ốm)`), 'Đã sửa điểm danh')
    expectHeard(await dm(secretary, 'duyệt hết'), 'Đã duyệt')
    await dm(secretary, 'khoá sổ năm nay')
    expectHeard(await dm(secretary, 'có'), 'Đã khoá sổ kỳ năm 2026')
    refused(await dm(late!, `việc ${late!.number} xong 98%`))
    expectHeard(await dm(secretary, 'tổng hợp'), 'đã khoá sổ lúc')
  })
  const erased = people[22]!
  stage.at(vn('2027-01-11', '10:00'), async () => {
    expectHeard(await dm(secretary, 'tổng hợp năm 2026'), 'đã khoá sổ lúc')
    await dm(erased, 'xoá dữ liệu của tôi')
    await dm(erased, 'có')
    gone.add(erased.key)
    linked.delete(erased.key)
    expectHeard(await dm(secretary, 'tổng hợp danh sách năm 2026'), 'đã khoá sổ lúc')
    expectHeard(await dm(secretary, 'tổng hợp năm 2026'), 'đã khoá sổ lúc')
    expectHeard(await above('tổng hợp chi bộ thôn Đông năm 2026'), 'đã khoá sổ lúc')
    expectHeard(await above('tổng hợp năm 2026'), 'Đảng uỷ xã Tân Hoà')
  })
}
