/** Commitments asked for in members' words; deadlines that have passed, and progress beyond the whole. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { textsOf } from '../../src/texts/index.ts'
import { monday, type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
let rig: Rig

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      const above = await addOrganisation(pool, 'Đảng uỷ xã', 'committee')
      const cell = await addOrganisation(pool, 'Chi bộ Đông', 'cell', above)
      await addMembers(pool, above, [{ name: 'Cao Thị Trên', role: 'secretary', key: 'tren' }], monday)
      await addMembers(pool, cell, [{ name: 'Trần Thị Thư', role: 'secretary', key: 'thu' }], monday)
      await addMembers(pool, cell, [{ name: 'Nguyễn Văn Thuận', key: 'thuan' }], monday)
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['thu', 'thuan'] })
      await addGroup(pool, 'local', 'g', cell)
    },
  })
})
afterAll(() => rig.stop())

const tell = async (who: string, text: string) => textOf(await rig.tell(who, text))
const deeds = async () =>
  rig.rows<{ content: string; forms: string[]; state: string; due_on: string | null; note: string | null }>(
    'SELECT content, forms, state, due_on::text, note FROM deed ORDER BY number',
  )

test('a commitment is named as such when it is shown and when it is taken', async () => {
  const form = vi.onForm(vi.formNames.commitment)
  expect(await tell('thuan', 'rút bản cam kết')).toBe(vi.noCommitment(2026))
  const shown = await tell('thuan', 'tôi đăng ký bản cam kết tu dưỡng, rèn luyện: giữ gìn đoàn kết')
  expect(shown).toContain(form)
  expect(shown).toContain('giữ gìn đoàn kết')
  expect(await tell('thuan', '1')).toContain(form)
  expect(await deeds()).toMatchObject([{ content: 'giữ gìn đoàn kết', forms: ['commitment'], state: 'submitted' }])
})

test('it is seen, changed and asked after', async () => {
  expect(await tell('thuan', 'xem bản cam kết')).toContain('giữ gìn đoàn kết')
  await rig.tell('thuan', 'sửa cam kết 1: giữ gìn đoàn kết nội bộ')
  expect(await deeds()).toMatchObject([{ content: 'giữ gìn đoàn kết nội bộ', forms: ['commitment'] }])
  const half = { numerator: 1, denominator: 2 }
  for (const asked of ['ai chưa nộp bản cam kết', 'còn ai chưa có bản cam kết'])
    expect(await tell('thu', asked)).toBe(vi.commitmentMissing(2026, ['Trần Thị Thư'], half))
  expect(await tell('thuan', 'rút bản cam kết')).toContain('giữ gìn đoàn kết nội bộ')
  await rig.tell('thuan', 'không')
})

test('who has not handed one in: counts to members and the group, and to the committee cell by cell', async () => {
  // Who is exempt or away is in neither number.
  await rig.rows(`INSERT INTO member (org_id, display_name, folded_name, role, status) VALUES
    ((SELECT org_id FROM organisation WHERE kind = 'cell'), 'Lê Văn Miễn', 'le van mien', 'member', 'exempt')`)
  const half = { numerator: 1, denominator: 2 }
  const count = vi.commitmentCount(2026, half, 500)
  expect(await tell('thuan', 'ai chưa nộp bản cam kết')).toBe(count)
  const heard = await rig.say('g', 'thu', '@Bot Nếp ai chưa nộp bản cam kết')
  const inGroup = textOf(heard.filter(({ chat }) => chat === 'g'))
  expect(inGroup).toContain(count)
  expect(inGroup).not.toContain('Thư')
  expect(textOf(heard.filter(({ chat }) => chat === 'dm:thu'))).toBe(vi.commitmentMissing(2026, ['Trần Thị Thư'], half))
  expect(await tell('tren', 'chi bộ nào chưa nộp bản cam kết')).toBe(
    `${count}\n${vi.commitmentsOf(1, 'Chi bộ Đông', half, 500)}`,
  )
  const about = await rig.rows(`SELECT count(*)::int AS looks FROM audit_entry
    WHERE action = 'missing.namesSeen' AND details->>'about' = 'commitment'`)
  expect(about).toEqual([{ looks: 3 }])
})

test('a deadline that has passed is asked for anew', async () => {
  const asked = await tell('thuan', 'đk: trồng 10 cây xanh, hạn 31/12/2025')
  expect(asked).toContain(vi.duePassed('trồng 10 cây xanh', '2025-12-31'))
  expect((await deeds())[1]).toMatchObject({ content: 'trồng 10 cây xanh', due_on: null })
  expect(await tell('thuan', '30/9/2026')).toContain(vi.duePassed('trồng 10 cây xanh', '2026-09-30'))
  await rig.tell('thuan', '30/11')
  await rig.tell('thuan', '1')
  expect((await deeds())[1]).toMatchObject({ state: 'submitted', due_on: '2026-11-30' })
  expect(await tell('thuan', 'đổi hạn việc 2 sang 30/9/2026')).toBe(vi.duePassed('trồng 10 cây xanh', '2026-09-30'))
  // Too long to be repeated, so the length comes first.
  const long = await tell('thuan', `sửa việc 2: ${'trồng cây '.repeat(300)}, hạn 30/9/2026`)
  expect(long).not.toContain('trồng cây trồng cây')
  expect((await deeds())[1]).toMatchObject({ due_on: '2026-11-30' })
})

test('progress is never more than the whole; what came of it may be', async () => {
  await rig.tell('thu', 'duyệt hết')
  expect(await tell('thuan', 'tiến độ việc 2 150%')).toBe(vi.percentRange)
  expect((await deeds())[1]).toMatchObject({ note: null })
  await rig.tell('thuan', 'việc 2 xong 50%, sản lượng tăng 150% so với năm ngoái')
  expect((await deeds())[1]).toMatchObject({ note: 'sản lượng tăng 150% so với năm ngoái' })
})
