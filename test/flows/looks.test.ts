/** A member learns which logged looks at names covered them: when and by which organisation, never what was seen or by whom. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { textsOf } from '../../src/texts/index.ts'
import { monday, type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
let rig: Rig
let east: number
let west: number

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      const above = await addOrganisation(pool, 'Đảng uỷ xã', 'committee')
      east = await addOrganisation(pool, 'Chi bộ thôn Đông', 'cell', above)
      west = await addOrganisation(pool, 'Chi bộ thôn Tây', 'cell', above)
      await addMembers(pool, above, [{ name: 'Cao Thị Trên', role: 'secretary', key: 'tren' }], monday)
      await addMembers(
        pool,
        east,
        [
          { name: 'Trần Thị Thư', role: 'secretary', key: 'thu' },
          { name: 'Nguyễn Văn Thuận', key: 'thuan' },
          { name: 'Lê Thị Lụa', key: 'lua' },
        ],
        monday,
      )
      await addMembers(pool, west, [{ name: 'Phan Văn Tây', role: 'secretary', key: 'tay' }], monday)
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['thu', 'thuan', 'lua'] })
      await addGroup(pool, 'local', 'g', east)
    },
  })
})
afterAll(() => rig.stop())

const tell = async (who: string, text: string) => textOf(await rig.tell(who, text))
const at = (hour: number) => `${hour} giờ, thứ Ba, ngày 06/10/2026`

test('nobody looked yet', async () => {
  expect(await tell('thuan', 'ai đã xem tên tôi')).toBe(vi.whoLooked([], 0))
})

test('looks at the own cell are listed, the newest first, by organisation; one at somebody else is not', async () => {
  await rig.advance('2026-10-06T09:00:00+07:00')
  await rig.tell('thu', 'ai chưa đăng ký')
  await rig.advance('2026-10-06T10:00:00+07:00')
  await rig.tell('tren', 'danh sách chi bộ thôn Đông')
  await rig.tell('tren', 'danh sách chi bộ thôn Tây')
  await rig.advance('2026-10-06T11:00:00+07:00')
  await rig.tell('thu', 'đồng chí Lụa đăng ký gì')
  const ofThuan = [
    { at: at(10), byName: 'Đảng uỷ xã', isOwn: false },
    { at: at(9), byName: 'Chi bộ thôn Đông', isOwn: true },
  ]
  const heard = await tell('thuan', 'ai đã xem tên tôi')
  expect(heard).toBe(vi.whoLooked(ofThuan, 2))
  expect(heard).not.toMatch(/Trên|Thư/)
  expect(await tell('lua', 'ai đã xem tên tôi')).toContain(`1. ${at(11)}`)
  // One's own looks are no news.
  expect(await tell('thu', 'ai đã xem tên tôi')).toBe(vi.whoLooked(ofThuan.slice(0, 1), 1))
})

test('asked in the group, it is answered in private', async () => {
  const heard = await rig.say('g', 'thuan', '@Bot Nếp ai đã xem tên tôi')
  expect(textOf(heard.filter(({ chat }) => chat === 'g'))).toBe(vi.sentPrivately)
  expect(textOf(heard.filter(({ chat }) => chat === 'dm:thuan'))).toContain('Đảng uỷ xã')
})

test('whoever came later or left earlier was not covered', async () => {
  await rig.advance('2026-10-08T09:00:00+07:00')
  await rig.rows(`WITH day AS (SELECT set_config('nep.effective_on', '2026-10-08', true) AS set)
    UPDATE member SET org_id = ${west} FROM day WHERE display_name = 'Nguyễn Văn Thuận' AND day.set IS NOT NULL`)
  await rig.advance('2026-10-09T09:00:00+07:00')
  await rig.tell('thu', 'ai chưa đăng ký')
  expect(await tell('thuan', 'ai đã xem tên tôi')).toContain('ghi 2 lượt')
  await rig.tell('tay', 'ai chưa đăng ký')
  expect(await tell('thuan', 'ai đã xem tên tôi')).toContain('ghi 3 lượt')
  // What the new cell was looked at for before is not theirs.
  expect(await tell('tay', 'ai đã xem tên tôi')).toContain('ghi 1 lượt')
})

test('no more than ten are listed, the rest is counted', async () => {
  await rig.rows(`INSERT INTO audit_entry (org_id, at, actor_kind, actor_id, action, subject, details)
    SELECT ${east}, '2026-10-07T03:00:00Z'::timestamptz + n * interval '1 minute', 'member', 1, 'summary.namesSeen', 'organisation:${east}',
      jsonb_build_object('by', (SELECT member_id FROM member WHERE display_name = 'Cao Thị Trên'))
    FROM generate_series(1, 12) n`)
  const heard = await tell('lua', 'ai đã xem tên tôi')
  expect(heard).toContain('\n10. ')
  expect(heard).not.toContain('\n11. ')
  expect(heard).toContain('Còn 6 lượt trước đó.')
})
