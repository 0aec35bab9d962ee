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
