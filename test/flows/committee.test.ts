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
    expect(await tell('thao', 'nhắc mọi người đăng ký')).toBe(vi.committeeRefusals.notSecretary)
    expect(await tell('lua', 'khoá sổ 6 tháng')).toBe(vi.refusals.notSecretary)
    expect(await tell('buoi', 'khoá sổ 6 tháng cả cấp dưới')).toContain('và cấp dưới (03 đơn vị)')
    expect(await tell('buoi', 'có')).toContain(vi.closed('2026-H1', 3, rig.clock.now(), zone))
    expect(await rig.rows('SELECT org_id AS "orgId" FROM closing ORDER BY org_id')).toHaveLength(3)
  })
})
