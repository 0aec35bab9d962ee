/** Whom and which meeting a secretary means: particles name nobody, and where two may be meant, the number answers. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textsOf } from '../../src/texts/index.ts'
import { monday, type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
let rig: Rig

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      const above = await addOrganisation(pool, 'Đảng uỷ', 'committee')
      const cell = await addOrganisation(pool, 'Đơn vị Đông', 'cell', above)
      await addOrganisation(pool, 'Chi bộ Tây', 'cell', above)
      await addMembers(pool, above, [{ name: 'Cao Thị Trên', role: 'secretary', key: 'tren' }], monday)
      await addMembers(pool, cell, [{ name: 'Trần Thị Thư', role: 'secretary', key: 'thu' }], monday)
      await addMembers(pool, cell, [{ name: 'Nguyễn Văn An', key: 'an' }], monday)
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['thu', 'an'] })
      await addGroup(pool, 'local', 'g', cell)
    },
  })
  await rig.tell('thu', 'chi bộ họp 7h sáng mùng 3 hằng tháng tại hội trường')
})
afterAll(() => rig.stop())

const tell = async (who: string, text: string) => textOf(await rig.tell(who, text))
const stateOf = async (occurrence: string) =>
  (await rig.rows<{ state: string }>('SELECT state FROM meeting WHERE occurrence = $1', [occurrence]))[0]?.state

describe("one's own organisation", () => {
  test.each(['mình', 'nhé', 'đến nay', 'từ đầu năm', 'thế nào', 'mình quý 3'])(
    'is told by "tổng hợp chi bộ %s", not looked for by that name',
    async (tail) =>
      expect(await tell('thu', `tổng hợp chi bộ ${tail}`)).toMatch(/Đơn vị Đông, (?:năm 2026|quý III\/2026)/),
  )

  test('is asked for who is missing', async () => {
    expect(await tell('thu', 'ai chưa đăng ký ở chi bộ mình')).toContain(
      vi.missingPledge(['Nguyễn Văn An', 'Trần Thị Thư'], { numerator: 0, denominator: 2 }),
    )
  })
})

describe('who has not reported', () => {
  test('is counted of those with a deed in progress, while nobody was asked yet', async () => {
    await rig.tell('an', 'đk: trồng 10 cây, xong trước 30/11')
    await rig.tell('an', '1')
    await rig.tell('thu', 'duyệt hết')
    const text = await tell('thu', 'ai chưa báo tiến độ')
    expect(text).toContain('Chưa báo tiến độ: 1/1 đồng chí có việc đang làm:\n1. Nguyễn Văn An')
  })
})

describe('praise', () => {
  test('of "tập thể nhé" is of the own cell; a committee is asked which', async () => {
    const options = ['Đảng uỷ', 'Chi bộ Tây', 'Đơn vị Đông']
    const asked = await tell('tren', 'biểu dương tập thể nhé')
    for (const each of options) expect(asked).toContain(each)
    expect(asked).toMatch(/1\. .*\n2\. .*\n3\. /)
    await rig.tell('tren', 'thôi')
    expect(await rig.rows('SELECT 1 FROM commendation')).toEqual([])
    expect(await tell('thu', 'biểu dương tập thể nhé')).toBe(vi.collectiveCommended('Đơn vị Đông'))
    expect(await tell('tren', 'biểu dương tập thể Chi bộ Tây nhé')).toBe(vi.collectiveCommended('Chi bộ Tây'))
  })

  test('of nobody asks whom', async () => {
    expect(await tell('thu', '/bieuduong đồng chí nhé')).toBe(vi.commendWhom)
    expect(await tell('thu', 'gương tháng 10: nhé')).toBe(vi.exemplarHow)
  })
})

describe('books', () => {
  test('are closed by what closes them, and opened again by a name that holds "vị"', async () => {
    expect(await tell('thu', 'chốt số liệu quý 3')).toContain('Đơn vị Đông, quý III/2026')
    expect(await rig.rows('SELECT 1 FROM closing')).toEqual([])
    await rig.tell('thu', 'chốt sổ quý 3')
    await rig.tell('thu', 'có')
    expect(await rig.rows('SELECT period FROM closing')).toEqual([{ period: '2026-Q3' }])
    expect(await tell('tren', 'mở lại sổ quý 3 của Đơn vị Đông vì: ghi thiếu')).toBe(
      vi.reopenAsk('2026-Q3', 'Đơn vị Đông', 'ghi thiếu'),
    )
    await rig.tell('tren', 'có')
    expect(await rig.rows('SELECT reopen_reason FROM closing')).toEqual([{ reopen_reason: 'ghi thiếu' }])
  })
})

describe('a meeting that was not held', () => {
  test('is asked about where the last one and one ahead may be meant; nothing changes before the number', async () => {
    await rig.advance('2026-12-04T09:00:00+07:00')
    const asked = vi.whichOne([vi.meetingName('2026-12'), vi.meetingName('2027-01')])
    expect(await tell('thu', 'họp không tổ chức')).toBe(asked)
    expect(await tell('thu', 'họp không tổ chức, lý do mưa bão')).toContain(asked)
    expect([await stateOf('2026-12'), await stateOf('2027-01')]).toEqual(['planned', 'planned'])
    await rig.tell('thu', '1')
    expect([await stateOf('2026-12'), await stateOf('2027-01')]).toEqual(['cancelled', 'planned'])
  })

  test('is none that is only not held yet, and the last one where that is said', async () => {
    await rig.advance('2027-01-04T09:00:00+07:00')
    for (const text of ['họp tháng 1 chưa tổ chức', 'họp tháng 2 chưa tổ chức']) await rig.tell('thu', text)
    expect([await stateOf('2027-01'), await stateOf('2027-02')]).toEqual(['planned', 'planned'])
    expect(await tell('thu', 'buổi họp vừa rồi không tổ chức, lý do mưa bão')).toContain('tháng 1/2027')
    expect([await stateOf('2027-01'), await stateOf('2027-02')]).toEqual(['cancelled', 'planned'])
  })
})
