/** Help of those who sit in a committee is the committee's; rating a whole cell is answered honestly and records nothing. */
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
      const cell = await addOrganisation(pool, 'Chi bộ thôn Đông', 'cell', above)
      await addMembers(
        pool,
        above,
        [
          { name: 'Cao Thị Trên', role: 'secretary', key: 'tren' },
          { name: 'Lê Văn Sổ', role: 'clerk', key: 'so' },
        ],
        monday,
      )
      await addMembers(pool, cell, [{ name: 'Trần Thị Thư', role: 'secretary', key: 'thu' }], monday)
      await addMembers(pool, cell, [{ name: 'Nguyễn Văn Thuận', key: 'thuan' }], monday)
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['thu', 'thuan', 'tren'] })
      await addGroup(pool, 'local', 'g', cell)
    },
  })
})
afterAll(() => rig.stop())

const tell = async (who: string, text: string) => textOf(await rig.tell(who, text))

test('whoever sits in a committee is told its commands, a cell its own', async () => {
  expect(await tell('tren', 'giúp')).toBe(vi.helpCommittee({ isFirst: true, canAct: true, isPrivate: true }))
  expect(await tell('tren', '/help')).toContain('duyệt việc 1 của chi bộ thôn Đông')
  expect(await tell('so', 'giúp')).toBe(vi.helpCommittee({ isFirst: true, canAct: false, isPrivate: true }))
  expect(await tell('thu', 'giúp')).toBe(`${vi.helpMember(true)}\n${vi.helpOfficer}`)
  expect(textOf(await rig.say('g', 'tren', '@Bot Nếp giúp'))).toBe(vi.helpMember(false))
})

test('what a clerk of a committee is told they can do is not refused', async () => {
  const told = [...vi.helpCommittee({ isFirst: true, canAct: false, isPrivate: true }).matchAll(/"([^"]+)"/g)]
  const refusals = Object.values(vi.refusals).filter((each): each is string => typeof each === 'string')
  for (const [, text] of told.filter(([, text]) => !/dữ liệu|thôi/.test(text!))) {
    const heard = await tell('so', text!)
    expect([text, heard === '' || refusals.includes(heard)]).toEqual([text, false])
  }
})

test.each(['xếp loại chi bộ', 'chi bộ mình xếp loại gì', 'xếp loại chi bộ thôn Đông: hoàn thành tốt nhiệm vụ'])(
  'a whole cell is not rated: %s',
  async (text) => {
    for (const who of ['thuan', 'thu', 'tren']) expect(await tell(who, text)).toBe(vi.wholeRating(2026))
    expect(await rig.rows('SELECT 1 FROM deed_rating')).toEqual([])
    expect(textOf(await rig.say('g', 'thuan', text))).toBe('')
  },
)

test('the summary of a committee tells the meetings of its cells, held of all', async () => {
  expect(await tell('tren', 'tổng hợp')).not.toContain('- Họp:')
  await rig.tell('thu', 'chi bộ họp mùng 3 hằng tháng lúc 19h30 tại nhà văn hoá')
  await rig.advance('2026-11-03T20:00:00+07:00')
  await rig.tell('thu', 'điểm danh: vắng: Thuận (công tác); còn lại có mặt')
  await rig.tell('thu', 'có')
  await rig.advance('2026-12-02T09:00:00+07:00')
  await rig.tell('thu', 'huỷ họp tháng này vì bão')
  await rig.advance('2026-12-05T09:00:00+07:00')
  const line = {
    cells: { numerator: 1, denominator: 1 },
    regular: 1,
    thematic: 0,
    notHeld: 1,
    unrecorded: 0,
    rate: { numerator: 1, denominator: 2 },
    tenths: 500,
  }
  expect(await tell('tren', 'tổng hợp')).toContain(vi.meetingsBelow(line))
  expect(await tell('tren', 'tổng hợp tháng 11')).toContain(vi.meetingsBelow({ ...line, notHeld: 0 }))
  expect(await tell('tren', 'tổng hợp quý 2')).not.toContain('- Họp:')
  expect(await tell('thu', 'tổng hợp')).not.toContain('- Họp:')
})
