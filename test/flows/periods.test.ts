/** Closing and reopening the books of a period, its review, and that nothing alters what was frozen. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { closePeriod, listPeriods, reopenPeriod } from '../../src/store/admin-periods.ts'
import { summaryOf } from '../../src/store/admin-summary.ts'
import { textsOf } from '../../src/texts/index.ts'
import { type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation, type SeedMember } from './seed.ts'

const vi = textsOf('vi')
const zone = 'Asia/Ho_Chi_Minh'
const start = new Date('2026-06-22T09:00:00+07:00')
let rig: Rig
let root: number
let cell: number
let other: number
let ids: number[]

const people: SeedMember[] = [
  { name: 'Trần Thị Thư', role: 'secretary', key: 'thu' },
  { name: 'Nguyễn Văn An', key: 'an' },
  { name: 'Đỗ Thị Bình', status: 'probationary', key: 'binh' },
  { name: 'Cao Văn Lễ', status: 'exempt', key: 'le' },
]

beforeAll(async () => {
  rig = await startRig({
    at: start,
    async seed(pool) {
      root = await addOrganisation(pool, 'Đảng uỷ xã', 'committee')
      cell = await addOrganisation(pool, 'Chi bộ Bắc', 'cell', root)
      other = await addOrganisation(pool, 'Chi bộ Nam', 'cell', root)
      await addMembers(pool, root, [{ name: 'Cao Thị Trên', role: 'secretary', key: 'tren' }], start)
      ids = await addMembers(pool, cell, people, start)
      await addMembers(pool, other, [{ name: 'Phan Văn Tước', role: 'secretary', key: 'tuoc' }], start)
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['thu', 'an', 'binh'] })
      await addGroup(pool, 'local', 'g', cell)
    },
  })
})
afterAll(() => rig.stop())

const tell = async (person: string, text: string) => textOf(await rig.tell(person, text))
/** As it is printed; the head of the log grows with whatever is noted there. */
const printed = async (period: string, orgId = cell) => {
  const { auditHead: _, ...model } = (await summaryOf(rig.pool, orgId, period, rig.clock.now())).model
  return JSON.stringify(model)
}
const audits = (action: string) =>
  rig.rows(
    'SELECT org_id AS "orgId", actor_kind AS kind, actor_id AS by, details FROM audit_entry WHERE action = $1 ORDER BY audit_id',
    [action],
  )

describe('the books of a half year', () => {
  test('are reviewed by the secretary in private: shown, confirmed, changed until they are closed', async () => {
    await rig.tell('an', 'đk: giúp 1 hộ nghèo, xong trước 30/11')
    await rig.tell('an', '1')
    await rig.tell('thu', 'duyệt hết')
    const asked = await tell('thu', 'hạn chế 6 tháng: 1. Đăng ký còn chậm. 2. Họp chưa đủ')
    expect(asked).toContain('1. Đăng ký còn chậm')
    expect(await rig.rows('SELECT * FROM review')).toEqual([])
    expect(await tell('thu', 'có')).toBe(vi.reviewNoted('2026-H1', 'limits', 2))
    await rig.tell('thu', 'nhiệm vụ: đôn đốc đăng ký\nhọp đúng ngày')
    await rig.tell('thu', 'có')
    expect(await rig.rows('SELECT period, limits, tasks FROM review')).toEqual([
      { period: '2026-H1', limits: ['Đăng ký còn chậm', 'Họp chưa đủ'], tasks: ['đôn đốc đăng ký', 'họp đúng ngày'] },
    ])
    const text = await tell('thu', 'tổng hợp 6 tháng')
    expect(text).toContain('Hạn chế (6 tháng đầu năm 2026):\n1. Đăng ký còn chậm\n2. Họp chưa đủ')
    const inGroup = textOf(await rig.say('g', 'thu', '@Nếp tổng hợp 6 tháng'))
    expect(inGroup).toContain('Đảng viên đã đăng ký')
    expect(inGroup).not.toContain('Hạn chế')
    expect(JSON.parse(await printed('2026-H1')).review.tasks).toHaveLength(2)
  })

  test('hold nobody by name and nothing classified; members and groups do not write them', async () => {
    const before = await rig.rows('SELECT * FROM review')
    expect(await tell('thu', 'hạn chế 6 tháng: Nguyễn Văn An chưa đăng ký')).toBe(vi.reviewNoNames)
    expect(await tell('thu', 'hạn chế 6 tháng: để lộ tài liệu tối mật của tỉnh')).toBe(vi.classified)
    expect(await tell('an', 'hạn chế 6 tháng: họp chậm')).toBe(vi.refusals.notSecretary)
    expect(textOf(await rig.say('g', 'thu', '@Nếp hạn chế 6 tháng: họp chậm'))).not.toContain('họp chậm')
    expect(await rig.rows('SELECT * FROM review')).toEqual(before)
  })

  test('are closed by the secretary once confirmed; a quarter far ahead or closed already is not', async () => {
    expect(await tell('an', 'khoá sổ 6 tháng đầu năm')).toBe(vi.refusals.notSecretary)
    expect(await tell('thu', 'khoá sổ năm nay')).toBe(vi.closeTooEarly('2026', '2026-12-01'))
    expect(await tell('thu', 'khoá sổ')).toBe(vi.closeWhich)
    const live = JSON.parse(await printed('2026-H1'))
    expect(await tell('thu', 'chốt sổ 6 tháng đầu năm')).toContain('1/3 đảng viên đã đăng ký, 1 việc')
    expect(await tell('thu', 'không')).toBe(vi.closeLeft)
    await rig.tell('thu', 'khoá sổ 6 tháng')
    expect(await tell('thu', 'có')).toBe(vi.closed('2026-H1', 1, rig.clock.now(), zone))
    const { closed, ...frozen } = JSON.parse(await printed('2026-H1'))
    expect(closed).toEqual({ at: rig.clock.now().toISOString(), number: 1 })
    expect({ ...frozen, asOf: '' }).toEqual({ ...live, closed: undefined, asOf: '' })
    expect(await rig.value('SELECT roster FROM closing')).toEqual({
      official: [ids[0], ids[1]],
      probationary: [ids[2]],
      exempt: [ids[3]],
    })
    expect(await audits('period.closed')).toEqual([{ orgId: cell, kind: 'member', by: ids[0], details: { number: 1 } }])
    expect(await tell('thu', 'khoá sổ 6 tháng')).toBe(vi.closedAlready('2026-H1', rig.clock.now(), zone))
  })

  test('refuse what belongs to them in the same words, whatever it is, and tell the figures that were frozen', async () => {
    const refused = vi.periodClosed('2026-H1', '2026-06-22')
    const frozen = await printed('2026-H1')
    expect(await tell('an', 'việc 1 xong rồi')).toContain(refused)
    expect(await tell('binh', 'đk: trồng 10 cây, xong trước 30/11')).toContain(refused)
    expect(await tell('thu', 'đánh giá việc 1 của đ/c An quý 2: tốt')).toContain(refused)
    expect(await tell('thu', 'gương tháng 3: đ/c An')).toContain(refused)
    expect(await tell('thu', 'hạn chế 6 tháng: khác')).toContain(refused)
    expect(await rig.rows("SELECT FROM deed WHERE done_on IS NOT NULL OR state = 'draft'")).toEqual([])
    expect(await rig.rows('SELECT FROM dialogue')).toEqual([])
    expect(await printed('2026-H1')).toBe(frozen)
    expect(await tell('thu', 'tổng hợp 6 tháng')).toContain(vi.frozenLine('2026-H1', rig.clock.now(), zone))
  })

  test('let the next half go on: what is told then is noted and leaves the frozen figures as they are', async () => {
    const frozen = await printed('2026-H1')
    await rig.advance('2026-07-02T09:00:00+07:00')
    expect(await tell('an', 'việc 1 xong rồi')).toBe(vi.progressNoted(1, 100, true))
    await rig.tell('binh', 'đk: trồng 10 cây, xong trước 30/11')
    await rig.tell('binh', '1')
    expect(await rig.value('SELECT count(*)::int FROM deed')).toBe(2)
    expect(await printed('2026-H1')).toBe(frozen)
    // A row that came about in any other way is not told beside figures that were frozen without it.
    await rig.rows(
      `INSERT INTO meeting (org_id, occurrence, starts_at, state, roll_counts, updated_at) VALUES ($1, '2026-05', '2026-05-03', 'held', '[]', now())`,
      [cell],
    )
    const told = await tell('thu', 'tổng hợp 6 tháng')
    await rig.rows(`DELETE FROM meeting WHERE occurrence = '2026-05'`)
    expect(told).toContain('1/3')
    expect(told).not.toContain('kỳ thường lệ')
    expect(await tell('thu', 'tổng hợp')).toContain('2/3')
  })

  test('are reopened only from above, with a reason, and closed once more; both closings stay', async () => {
    expect(await tell('thu', 'mở lại sổ 6 tháng đầu năm của Chi bộ Bắc vì: thiếu một buổi họp')).toBe(
      vi.reopenOnlyAbove,
    )
    expect(await tell('tren', 'mở lại sổ 6 tháng đầu năm')).toBe(vi.reopenHow)
    expect(await tell('tren', 'mở lại sổ 6 tháng đầu năm của Chi bộ Nam vì: nhầm')).toBe(
      vi.reopenNotClosed('2026-H1', 'Chi bộ Nam'),
    )
    await rig.tell('tren', 'mở lại sổ 6 tháng đầu năm của Chi bộ Bắc vì: thiếu một buổi họp')
    const done = await rig.tell('tren', 'có')
    expect(textOf(done)).toContain(vi.reopened('2026-H1', 'Chi bộ Bắc'))
    expect(done).toContainEqual({
      chat: 'dm:thu',
      text: vi.reopenedToSecretary('2026-H1', 'Chi bộ Bắc', 'thiếu một buổi họp'),
    })
    expect(await audits('period.reopened')).toMatchObject([{ orgId: cell, kind: 'member', details: { number: 1 } }])
    expect(JSON.parse(await printed('2026-H1')).closed).toBeNull()
    await rig.tell('thu', 'khoá sổ 6 tháng đầu năm')
    await rig.tell('thu', 'có')
    const { periods } = await listPeriods(rig.pool, cell, 2026, rig.clock.now())
    expect(periods.find((each) => each.period === '2026-H1')).toMatchObject({ state: 'closed', closings: 2 })
    expect(
      await rig.rows(
        'SELECT number, reopen_reason AS reason, reopened_at IS NULL AS stands FROM closing ORDER BY number',
      ),
    ).toEqual([
      { number: 1, reason: 'thiếu một buổi họp', stands: false },
      { number: 2, reason: null, stands: true },
    ])
  })

  test('are closed by the committee for everything below at once; secretaries below hear of it', async () => {
    expect(await tell('tren', 'khoá sổ 6 tháng đầu năm cả cấp dưới')).toContain('02 đơn vị')
    const done = await rig.tell('tren', 'có')
    expect(done).toContainEqual({ chat: 'dm:tuoc', text: vi.closedByAbove('2026-H1', 'Chi bộ Nam') })
    const { periods } = await listPeriods(rig.pool, root, 2026, rig.clock.now())
    expect(periods.find((each) => each.period === '2026-H1')).toMatchObject({
      state: 'closed',
      below: { closed: 2, total: 2 },
    })
  })

  test('a closing in the database is never changed, only marked as reopened', async () => {
    await expect(rig.pool.query(`UPDATE closing SET model = '{}'`)).rejects.toThrow(/not changed/)
    await expect(rig.pool.query(`UPDATE closing SET reopened_at = NULL WHERE number = 1`)).rejects.toThrow(
      /not changed/,
    )
    await expect(rig.pool.query('DELETE FROM closing')).rejects.toThrow(/not changed/)
  })
})

describe('whatever is said after the closing', () => {
  const anything = fc.constantFrom(
    ...[
      'việc 1 xong 70%',
      'việc 1 xong rồi',
      'đk: đọc 2 quyển sách, xong trước 30/11',
      '1',
      'rút việc 1',
      'có',
      'có mặt',
      'xin vắng, đi công tác',
    ],
    ...[
      'sửa việc 1: giúp 2 hộ nghèo',
      'duyệt hết',
      'biểu dương đ/c An',
      'đánh giá việc 1 của đ/c An quý 1: tốt',
      'tự đánh giá việc 1: tốt',
    ],
    ...[
      'gương tháng 2: đ/c Bình',
      'mô hình hay: Ngày không hẹn',
      'đủ cả',
      'điểm danh',
      'trả lại việc 1 của đ/c Bình vì chưa rõ',
      'thôi',
    ],
  )

  test('the printed figures of closed periods stay the same, byte for byte', async () => {
    await closePeriod(rig.pool, { orgId: cell, period: '2026-Q1', below: false }, rig.clock.now())
    const frozen = [await printed('2026-H1'), await printed('2026-Q1'), await printed('2026-H1', root)]
    await fc.assert(
      fc.asyncProperty(fc.constantFrom('thu', 'an', 'binh'), anything, async (person, text) => {
        await rig.tell(person, text)
      }),
      { numRuns: 60, seed: 5 },
    )
    expect([await printed('2026-H1'), await printed('2026-Q1'), await printed('2026-H1', root)]).toEqual(frozen)
    expect(await rig.value(`SELECT count(*)::int FROM deed_rating WHERE period = '2026-Q1'`)).toBe(0)
  })

  test('the operator is refused as well where the year is closed, and reopens it with a reason', async () => {
    await rig.advance('2026-12-28T09:00:00+07:00')
    await closePeriod(rig.pool, { orgId: cell, period: '2026', below: false }, rig.clock.now())
    await expect(closePeriod(rig.pool, { orgId: cell, period: '2026', below: false }, rig.clock.now())).rejects.toThrow(
      /closed already/,
    )
    expect(await tell('an', 'việc 1 xong 80%')).toContain(vi.periodClosed('2026', '2026-12-28'))
    const reopened = await reopenPeriod(
      rig.pool,
      { orgId: cell, period: '2026', reason: 'số liệu nhầm' },
      rig.clock.now(),
    )
    expect(reopened).toMatchObject({ number: 1 })
    expect(await tell('an', 'việc 1 xong 80%')).toBe(vi.progressNoted(1, 80, false))
  })
})
