/** What a committee's people do for their committee and for the cells below it, and what its cells' collectives pledge. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textsOf } from '../../src/texts/index.ts'
import { monday, type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
const zone = 'Asia/Ho_Chi_Minh'
let rig: Rig
let root: number
let cell: number

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      root = await addOrganisation(pool, 'Đảng uỷ xã Tân Hoà', 'committee')
      cell = await addOrganisation(pool, 'Chi bộ thôn Đông', 'cell', root)
      await addOrganisation(pool, 'Chi bộ Trường Trung học cơ sở', 'cell', root)
      await addMembers(
        pool,
        root,
        [
          { name: 'Dương Thị Bưởi', role: 'committee', key: 'buoi' },
          { name: 'Cao Văn Thảo', role: 'clerk', key: 'thao' },
        ],
        monday,
      )
      await addMembers(
        pool,
        cell,
        [
          { name: 'Nguyễn Thị Nguyệt', role: 'secretary', key: 'nguyet' },
          { name: 'Trần Văn Phó', role: 'deputy', key: 'pho' },
          { name: 'Lê Văn Khoát', key: 'khoat' },
          { name: 'Hoàng Thị Lụa', key: 'lua' },
        ],
        monday,
      )
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['nguyet', 'pho', 'khoat', 'lua'] })
      await addGroup(pool, 'local', 'g', cell)
    },
  })
})
afterAll(() => rig.stop())

const tell = async (person: string, text: string) => textOf(await rig.tell(person, text))

describe('a member of the committee', () => {
  test('writes its review and closes its books with those below, as the notice invites them to; its clerk does not', async () => {
    expect(await tell('buoi', 'hạn chế 6 tháng: 1. Hai chi bộ chưa triển khai')).toContain(
      '1. Hai chi bộ chưa triển khai',
    )
    expect(await tell('buoi', 'có')).toBe(vi.reviewNoted('2026-H1', 'limits', 1))
    expect(await tell('thao', 'khoá sổ 6 tháng cả cấp dưới')).toBe(vi.committeeRefusals.notCommittee)
    expect(await tell('thao', 'hạn chế 6 tháng: 1. chậm')).toBe(vi.committeeRefusals.notCommittee)
    expect(await tell('thao', 'nhắc mọi người đăng ký')).toBe(vi.committeeRefusals.notCommittee)
    expect(await tell('lua', 'khoá sổ 6 tháng')).toBe(vi.refusals.notSecretary)
    expect(await tell('buoi', 'khoá sổ 6 tháng cả cấp dưới')).toContain('và cấp dưới (03 đơn vị)')
    expect(await tell('buoi', 'có')).toContain(vi.closed('2026-H1', 3, rig.clock.now(), zone))
    expect(await rig.rows('SELECT org_id AS "orgId" FROM closing ORDER BY org_id')).toHaveLength(3)
    expect(await tell('buoi', 'tổng hợp 6 tháng')).toContain('1. Hai chi bộ chưa triển khai')
  })
})

describe('the deeds of a collective', () => {
  const deedsOf = (orgId: number) =>
    rig.rows(
      "SELECT number, content, focus, state FROM deed WHERE subject_kind = 'collective' AND subject_id = $1 ORDER BY number",
      [orgId],
    )

  test('are registered for one’s own organisation alone, by whatever name; advice about too many names the collective’s', async () => {
    await rig.tell(
      'nguyet',
      'chi bộ đk: 1. khâu đột phá: cải cách hành chính, hạn 31/12 2. vấn đề bức xúc: rác thải, hạn 20/12',
    )
    await rig.tell('nguyet', '1')
    const tooMany = await tell('nguyet', 'chi bo dk mo hinh Ngay khong hen')
    expect(tooMany).toContain('"sửa việc … của chi bộ: nội dung mới" hoặc "rút việc … của chi bộ"')
    expect(tooMany).not.toContain('việc của tôi')
    expect(await tell('nguyet', 'chi bộ Trường Trung học cơ sở đăng ký: trồng cây, hạn 30/12')).toBe(
      vi.registerOwnOnly('Chi bộ thôn Đông', 'Chi bộ Trường Trung học cơ sở'),
    )
    for (const said of [
      'đảng uỷ đk: khâu đột phá: số hoá hồ sơ 100%, hạn 31/12',
      'Đảng ủy xã đăng ký mô hình "Chính quyền thân thiện", hạn 31/12',
    ]) {
      expect(await tell('buoi', said)).toContain('Cấp uỷ đăng ký 01 việc')
      await rig.tell('buoi', '1')
    }
    expect((await deedsOf(root)).map(({ focus }) => focus)).toEqual(['breakthrough', 'model'])
    expect(await tell('buoi', 'chi bộ thôn Đông đăng ký: trồng cây, hạn 30/12')).toBe(
      vi.registerOwnOnly('Đảng uỷ xã Tân Hoà', 'Chi bộ thôn Đông'),
    )
    expect(await deedsOf(root)).toHaveLength(2)
  })

  test('are told with whom they wait, are somebody’s to see to, and lose their label with their words', async () => {
    expect(await tell('nguyet', 'việc của chi bộ')).toContain('chờ cấp uỷ cấp trên thông qua')
    const own = await tell('buoi', 'việc của đảng uỷ')
    expect(own).toContain('Việc cấp uỷ đăng ký năm 2026')
    expect(own).not.toContain('chi bộ thông qua')
    expect(await tell('buoi', 'phụ trách việc 9 của đảng uỷ: đ/c Bưởi')).toBe(vi.noCollectiveDeed('committee'))
    expect(await tell('nguyet', 'giao đồng chí Khoát phụ trách việc 2 của chi bộ')).toContain(
      'phụ trách: đồng chí Lê Văn Khoát',
    )
    await rig.tell('nguyet', 'sửa việc 2 của chi bộ: mô hình Hết việc chứ không hết giờ, hạn 31/12')
    expect((await deedsOf(cell))[1]).toMatchObject({ number: 2, focus: 'model' })
    const seen = await tell('buoi', 'việc của chi bộ thôn Đông')
    expect(seen).toContain('Việc Chi bộ thôn Đông đăng ký năm 2026:')
    expect(seen).not.toContain('Khoát')
    expect(await tell('khoat', 'việc của chi bộ Trường Trung học cơ sở')).not.toContain('đăng ký năm')
  })

  test('are approved by their own number, also with a list on the screen', async () => {
    await rig.tell('buoi', 'duyệt')
    expect(await tell('buoi', 'duyệt việc 2 của chi bộ thôn Đông')).toContain('Đã duyệt 01 việc')
    expect((await deedsOf(cell)).map(({ state }) => state)).toEqual(['submitted', 'approved'])
    expect(await tell('buoi', 'duyệt việc 1 của chi bộ')).toContain('Đã duyệt 01 việc')
    expect((await deedsOf(cell)).map(({ state }) => state)).toEqual(['approved', 'approved'])
  })

  test('are rated by whoever approves them, a secretary’s deed as well; a person is never classified on a guess', async () => {
    const rating = () =>
      rig.value("SELECT cell_rating FROM deed WHERE subject_kind = 'collective' AND subject_id = $1 AND number = 1", [
        cell,
      ])
    expect(await tell('nguyet', 'đánh giá việc 1 của chi bộ: tốt')).toBe(vi.refusals.onlyCommitteeAbove)
    expect(await tell('buoi', 'đánh giá việc 1 của chi bộ thôn Đông: tốt')).toContain(
      vi.ratedCollective('Chi bộ thôn Đông', 1, 'good', null),
    )
    expect(await rating()).toBe('good')
    await rig.tell('nguyet', 'đk: đọc sách mỗi tuần, hạn 30/12')
    await rig.tell('nguyet', '1')
    await rig.tell('buoi', 'duyệt việc 1 của đ/c Nguyệt')
    expect(await tell('buoi', 'đánh giá việc 1 của đ/c Nguyệt: hoàn thành xuất sắc')).toContain(
      vi.rated('Nguyễn Thị Nguyệt', 1, 'excellent', null),
    )
    expect(await tell('buoi', 'đánh giá việc 1 của đ/c Nguyệt: tốt')).toContain(vi.ratedInstead('excellent'))
    expect(await tell('buoi', 'đánh giá việc 1 của đ/c Khoát: tốt')).toBe(vi.rateBelowOnly)
    await rig.tell('lua', 'đk: trồng 5 cây, hạn 30/12')
    await rig.tell('lua', '1')
    await rig.tell('nguyet', 'duyệt việc 1 của đ/c Lụa')
    await rig.tell('nguyet', 'đánh giá việc 1 của đ/c Lụa: hoàn thành')
    const ofLua = () => rig.value("SELECT cell_rating FROM deed WHERE content = 'trồng 5 cây'")
    expect(await tell('nguyet', 'xếp loại đ/c Lụa: tốt')).toContain('không xếp loại đảng viên')
    expect(await ofLua()).toBe('completed')
    await rig.tell('nguyet', 'có')
    expect(await ofLua()).toBe('good')
    expect(await tell('khoat', 'đánh giá việc 1 của đ/c Lụa: tốt')).toBe(vi.refusals.notSecretary)
  })

  test('are taken up again in the new year for the collective, never for its secretary', async () => {
    expect(await tell('nguyet', 'chi bộ đăng ký như năm ngoái')).toBe(vi.copyNone(2025, true))
    expect(await tell('lua', 'chi bộ đăng ký như năm ngoái')).toBe(vi.refusals.notSecretary)
  })
})

describe('what is asked of organisations and of praise', () => {
  test('silent ones, and one called by the place', async () => {
    expect(await tell('buoi', 'chi bộ nào im lặng')).toContain('Trường Trung học cơ sở')
    expect(await tell('buoi', 'tổng hợp trường trung học cơ sở')).toContain('Chi bộ Trường Trung học cơ sở, năm 2026')
  })

  test('models, exemplars and who was commended are for all of the cell; from above the look is logged', async () => {
    expect(await tell('lua', 'ai được khen')).toContain('chưa ghi')
    expect(await tell('nguyet', 'mô hình hay của đ/c Lụa: Sổ tay số, kết quả: 20 hộ dùng')).toContain(
      'đồng chí Hoàng Thị Lụa',
    )
    await rig.tell('nguyet', 'gương tháng 10: đ/c Khoát')
    await rig.tell('nguyet', 'biểu dương đ/c Lụa')
    await rig.tell('buoi', 'biểu dương tập thể chi bộ thôn Đông')
    expect(await tell('lua', 'các mô hình hay')).toContain('1. Sổ tay số (đồng chí Hoàng Thị Lụa). Kết quả: 20 hộ dùng')
    expect(textOf(await rig.say('g', 'lua', '@Nếp gương tháng này là ai'))).toContain(
      'tháng 10/2026: đồng chí Lê Văn Khoát',
    )
    const praised = await tell('lua', 'ai được khen')
    expect(praised).toContain('1. đồng chí Hoàng Thị Lụa\n2. tập thể Chi bộ thôn Đông')
    const before = await rig.value<number>("SELECT count(*)::int FROM audit_entry WHERE action = 'praise.namesSeen'")
    expect(await tell('buoi', 'các mô hình hay của chi bộ thôn Đông')).toContain('Sổ tay số')
    expect(await rig.value("SELECT count(*)::int FROM audit_entry WHERE action = 'praise.namesSeen'")).toBe(before + 1)
  })
})

test('a consent given to the former text still holds', async () => {
  await rig.rows("UPDATE account SET consent_version = '2026-1' WHERE external_id = 'lua'")
  expect(await tell('lua', 'việc của tôi')).toContain('trồng 5 cây')
  expect(vi.consentAsk(false)).toContain('danh sách có tên')
})

test('a list with names gives each deed its number, in order', async () => {
  await rig.tell('khoat', 'đk: 1. giúp 1 hộ nghèo, hạn 30/11 2. trồng 10 cây, hạn 30/12')
  await rig.tell('khoat', '1')
  await rig.tell('khoat', 'sửa việc 1: giúp 2 hộ nghèo')
  expect(await tell('nguyet', 'tổng hợp danh sách')).toMatch(
    /Lê Văn Khoát: \(việc 1\) giúp 2 hộ nghèo.*; \(việc 2\) trồng 10 cây/,
  )
  expect(vi.reviewWaiting(1, 1)).toContain('do 01 đồng chí đăng ký')
  expect(vi.reviewWaiting(3, 1, 2)).toContain('do 01 đồng chí, 02 tập thể đăng ký')
})
