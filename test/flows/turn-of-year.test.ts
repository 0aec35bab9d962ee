/**
 * The turn of the year: what is said in January of last year's deeds is taken until that year's books are closed, never on a
 * guess; what was pledged for a year stays within it; nothing of it is changed afterwards.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textsOf } from '../../src/texts/index.ts'
import { type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
const start = new Date('2026-12-20T09:00:00+07:00')
let rig: Rig
let cell: number

beforeAll(async () => {
  rig = await startRig({
    at: start,
    async seed(pool) {
      const root = await addOrganisation(pool, 'Đảng uỷ xã', 'committee')
      cell = await addOrganisation(pool, 'Chi bộ Bắc', 'cell', root)
      await addMembers(pool, root, [{ name: 'Cao Thị Trên', role: 'secretary', key: 'tren' }], start)
      await addMembers(
        pool,
        cell,
        [
          { name: 'Trần Thị Thư', role: 'secretary', key: 'thu' },
          { name: 'Nguyễn Văn An', key: 'an' },
          { name: 'Đỗ Thị Bình', key: 'binh' },
          { name: 'Lê Thị Lụa', key: 'lua' },
        ],
        start,
      )
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['thu', 'an', 'binh', 'lua'] })
      await addGroup(pool, 'local', 'g', cell)
    },
  })
})
afterAll(() => rig.stop())

const tell = async (person: string, text: string) => textOf(await rig.tell(person, text))
const deed = (number: number, year: number, name: string) =>
  rig
    .rows(
      `SELECT state, percent, done_on AS "doneOn", self_rating AS self, cell_rating AS cell, due_on AS "dueOn" FROM deed
       WHERE year = $1 AND number = $2 AND subject_kind = 'individual' AND subject_id = (SELECT member_id FROM member WHERE display_name = $3)`,
      [year, number, name],
    )
    .then(([row]) => row)

describe('in December', () => {
  test('a deadline in another year is not taken: said, and asked again', async () => {
    const asked = await tell('lua', 'đk: trồng 20 cây, xong trước 28/02/2027')
    expect(asked).toContain(vi.dueBeyond('2027-02-28', '2026-12-31'))
    expect(asked).toContain('bao giờ xong?')
    const again = await tell('lua', '15/3/2027')
    expect(again).toContain(vi.dueBeyond('2027-03-15', '2026-12-31'))
    await rig.tell('lua', '1')
    await rig.tell('lua', '1')
    expect(await deed(1, 2026, 'Lê Thị Lụa')).toMatchObject({ state: 'submitted', dueOn: '2026-12-31' })
    expect(await tell('lua', 'sửa việc 1 hạn 28/2/2027')).toBe(vi.editDueBeyond('2027-02-28', '2026-12-31'))
    expect(await deed(1, 2026, 'Lê Thị Lụa')).toMatchObject({ dueOn: '2026-12-31' })
  })

  test('members register and the cell approves; one is handed in at the last moment', async () => {
    for (const [key, words] of [
      ['an', 'đk: giúp 1 hộ nghèo, hạn 29/12; quét đường làng 4 lần, hạn 31/12'],
      ['binh', 'đk: đọc 10 trang sách mỗi tuần, hạn 31/12'],
    ] as const) {
      await rig.tell(key, words)
      await rig.tell(key, '1')
    }
    await rig.tell('thu', 'duyệt hết')
    await rig.tell('thu', 'đk: thăm 3 gia đình chính sách, hạn 31/12')
    await rig.tell('thu', '1')
    await rig.advance('2026-12-31T20:00:00+07:00')
    expect(await deed(1, 2026, 'Nguyễn Văn An')).toMatchObject({ state: 'approved' })
  })
})

describe('in January, while last year is open', () => {
  beforeAll(async () => void (await rig.advance('2027-01-02T09:00:00+07:00')))

  test('members see and report on last year’s deeds, also without naming the year while there are no others', async () => {
    expect(await tell('an', 'việc của tôi')).toBe(`${vi.noDeeds(2027)}\n${vi.lastYearsHow(2026, 2)}`)
    for (const words of ['việc của tôi năm ngoái', 'việc của tôi năm 2026', '/vieccuatoi năm ngoái'])
      expect(await tell('an', words)).toContain('đăng ký năm 2026:\n1. giúp 1 hộ nghèo')
    expect(await tell('an', 'việc 1 năm 2026 xong rồi')).toBe(
      `${vi.progressNoted(1, 100, true)} ${vi.notedOfYear(2026)}`,
    )
    expect(await tell('an', 'việc 2 xong 50%')).toBe(`${vi.progressNoted(2, 50, false)} ${vi.notedOfYear(2026)}`)
    expect(await deed(2, 2026, 'Nguyễn Văn An')).toMatchObject({ percent: 50 })
    expect(await tell('an', 'việc 3 năm ngoái xong')).toBe(vi.noSuchDeedIn(3, 2026))
  })

  test('ratings are given by naming the year, and told with it', async () => {
    expect(await tell('an', 'tự đánh giá việc 1 năm 2026: tốt')).toBe(vi.selfRated(1, 'good', 'năm 2026'))
    expect(await tell('an', 'tự đánh giá việc 2 năm ngoái: hoàn thành')).toBe(vi.selfRated(2, 'completed', 'năm 2026'))
    const told = await rig.tell('thu', 'đánh giá việc 1 của đ/c An năm 2026: tốt')
    expect(textOf(told)).toContain(vi.rated('Nguyễn Văn An', 1, 'good', 'năm 2026'))
    expect(textOf(told)).toContain(vi.ratedToMember(1, 'good', 'năm 2026'))
    expect(await tell('thu', 'đánh giá việc 2 năm ngoái của đ/c An: hoàn thành')).toContain('năm 2026')
    expect(await deed(1, 2026, 'Nguyễn Văn An')).toMatchObject({ self: 'good', cell: 'good' })
    expect(await rig.rows('SELECT DISTINCT year, period FROM deed_rating')).toEqual([{ year: 2026, period: '2026' }])
  })

  test('where only last year has such a deed it is rated, and said; where both have, it is asked', async () => {
    expect(await tell('thu', 'đánh giá việc 1 của đ/c Bình: tốt')).toContain(
      vi.rated('Đỗ Thị Bình', 1, 'good', 'năm 2026'),
    )
    await rig.tell('binh', 'đk: học thêm một nghề, hạn 30/6')
    await rig.tell('binh', '1')
    await rig.tell('thu', 'duyệt việc của đ/c Bình')
    const asked = await tell('binh', 'tự đánh giá việc 1: tốt')
    expect(asked).toContain('1. Việc 1 năm 2027: học thêm một nghề')
    expect(asked).toContain('2. Việc 1 năm 2026: đọc 10 trang')
    expect(await tell('binh', '2')).toBe(vi.selfRated(1, 'good', 'năm 2026'))
    expect(await tell('binh', 'việc 1 xong 20%')).toContain('2. Việc 1 năm 2026')
    expect(await tell('binh', '1')).toBe(vi.progressNoted(1, 20, false))
    // Rated already: only the present year's is left to be meant.
    expect(await tell('thu', 'đánh giá việc 1 của đ/c Bình: tốt')).toContain(vi.rated('Đỗ Thị Bình', 1, 'good', null))
  })

  test('a quarter that has not begun is not rated', async () => {
    expect(await tell('an', 'tự đánh giá việc 1 quý 4: tốt')).toBe(vi.ratedBefore('2027-Q4', 2026))
    expect(await tell('an', 'tự đánh giá việc 1 quý 4 năm 2026: tốt')).toBe(vi.selfRated(1, 'good', 'quý IV/2026'))
  })

  test('what was pledged is neither changed nor withdrawn any more', async () => {
    for (const words of ['rút việc 1 năm 2026', 'rút việc 1 năm ngoái', 'sửa việc 1 năm 2026: trồng 5 cây'])
      expect(await tell('an', words)).toBe(vi.yearIsOver(2026))
    expect(await tell('an', 'rút việc 2')).toBe(vi.onlyLastYears(2, 2026))
    expect(await deed(2, 2026, 'Nguyễn Văn An')).toMatchObject({ state: 'approved' })
  })

  test('what was handed in before the turn is still decided on, shown with its year', async () => {
    expect(await tell('tren', 'duyệt')).toContain('năm 2026, việc 1: thăm 3 gia đình chính sách')
    await rig.tell('tren', '1')
    expect(await deed(1, 2026, 'Trần Thị Thư')).toMatchObject({ state: 'approved' })
  })

  test('taking deeds up again asks for a deadline that would lie beyond the year', async () => {
    // From before such deadlines were asked about.
    await rig.rows(`UPDATE deed SET due_on = '2027-02-28' WHERE year = 2026 AND content LIKE 'trồng 20%'`)
    const shown = await tell('lua', 'đk như năm trước')
    expect(shown).toContain('trồng 20 cây')
    const asked = await tell('lua', 'có')
    expect(asked).not.toContain('2028')
    expect(asked).toContain(vi.askDue('trồng 20 cây', '2027-12-31'))
    await rig.tell('lua', 'thôi')
  })
})

describe('once last year is closed', () => {
  beforeAll(async () => {
    await rig.tell('thu', 'khoá sổ năm ngoái')
    await rig.tell('thu', 'có')
  })

  test('nothing more is noted of it, and a number without a year is the present year’s alone', async () => {
    const closed = vi.periodClosed('2026', '2027-01-02')
    expect(await tell('an', 'việc 2 năm 2026 xong rồi')).toContain(closed)
    expect(await tell('an', 'tự đánh giá việc 2 năm 2026: tốt')).toContain(closed)
    expect(await tell('thu', 'đánh giá việc 2 của đ/c An năm ngoái: tốt')).toContain(closed)
    expect(await tell('an', 'việc 2 xong 70%')).toBe(vi.onlyLastYears(2, 2026))
    expect(await tell('binh', 'việc 1 xong 30%')).toBe(vi.progressNoted(1, 30, false))
    expect(await tell('an', 'việc của tôi năm ngoái')).toContain('1. giúp 1 hộ nghèo')
    expect(await deed(2, 2026, 'Nguyễn Văn An')).toMatchObject({ percent: 50, doneOn: null })
  })
})
