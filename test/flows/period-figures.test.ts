/** A part of a year: its own figures are its own, and what is the year's register says so and when, also where it is frozen. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { summaryOf } from '../../src/store/admin-summary.ts'
import { textsOf } from '../../src/texts/index.ts'
import { type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
const zone = 'Asia/Ho_Chi_Minh'
const start = new Date('2026-10-05T09:00:00+07:00')
const none = { numerator: 0, denominator: 0 }
let rig: Rig
let cell: number

beforeAll(async () => {
  rig = await startRig({
    at: start,
    async seed(pool) {
      const root = await addOrganisation(pool, 'Đảng uỷ xã', 'committee')
      cell = await addOrganisation(pool, 'Chi bộ thôn Đông', 'cell', root)
      await addMembers(pool, root, [{ name: 'Cao Thị Trên', role: 'secretary', key: 'tren' }], start)
      const people = [
        { name: 'Trần Thị Thư', role: 'secretary' as const, key: 'thu' },
        { name: 'Nguyễn Văn An', key: 'an' },
        { name: 'Đỗ Thị Bình', key: 'binh' },
      ]
      await addMembers(pool, cell, people, start)
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['thu', 'an', 'binh'] })
      await addGroup(pool, 'local', 'g', cell)
      await pool.query(
        `INSERT INTO meeting (org_id, occurrence, starts_at, state, kind, updated_at)
         VALUES ($1, '2026-08', '2026-08-03T19:30:00+07:00', 'cancelled', 'regular', now())`,
        [cell],
      )
    },
  })
  await rig.tell('an', 'đk: giúp 1 hộ nghèo, hạn 20/10; quét đường làng 4 lần, hạn 30/11')
  await rig.tell('an', '1')
  await rig.tell('thu', 'duyệt hết')
  await rig.advance('2026-10-25T09:00:00+07:00')
  await rig.tell('an', 'việc 2 xong rồi')
})
afterAll(() => rig.stop())

const tell = async (person: string, text: string) => textOf(await rig.tell(person, text))
const due = (done: number, overdue: number, of: number) => {
  const part = (numerator: number) => ({ numerator, denominator: of })
  return vi.dueLine(false, { done: part(done), inProgress: part(0), overdue: part(overdue), missed: part(0) })
}
const labelled = () => vi.registrationHead(2026, rig.clock.now(), zone)

test('of a quarter or a half its deeds due and its meetings are told, and the register as the year’s, with its instant', async () => {
  for (const [words, period] of [
    ['tổng hợp 6 tháng cuối năm', '2026-H2'],
    ['bc quy 4', '2026-Q4'],
  ] as const) {
    const [head, ...lines] = (await tell('an', words)).split('\n')
    expect(head).toBe(vi.periodHead('Chi bộ thôn Đông', period))
    expect(lines[0]).toBe(due(1, 1, 2))
    expect(lines.indexOf(labelled())).toBeLessThan(lines.findIndex((line) => line.includes('1/3 (33,3%)')))
  }
  const third = await tell('an', 'tổng hợp quý 3')
  expect(third).toContain(`${vi.noneDue}\n`)
  expect(third).toContain('không tổ chức 1')
  expect(third).toContain(`${labelled()}\n`)
  expect(await tell('an', 'tổng hợp tháng 11')).toContain(due(1, 0, 1))
  expect(textOf(await rig.say('g', 'an', '@Nếp bc quý 4'))).toContain(due(1, 1, 2))
  expect(await tell('tren', 'tổng hợp 6 tháng cuối năm chi bộ thôn Đông')).toContain(
    `${vi.periodHead('Chi bộ thôn Đông', '2026-H2')}\n${due(1, 1, 2)}\n`,
  )
})

test('of the year it is one register, up to today', async () => {
  const text = await tell('an', 'tổng hợp')
  expect(text).toContain('Chi bộ thôn Đông, năm 2026, đến ngày 25/10/2026:')
  expect(text).not.toContain('có hạn trong kỳ')
})

test('the tool tells which of the figures are the year’s', async () => {
  const { model } = await summaryOf(rig.pool, cell, '2026-Q4', rig.clock.now())
  expect(model.due.individual).toMatchObject({ approved: 2, done: { numerator: 1, denominator: 2 } })
  expect(model.due.collective.done).toMatchObject(none)
  expect(model.ofYear.year).toBe(2026)
  const ofPeriod = ['organisation', 'period', 'asOf', 'ofYear', 'due', 'meetings', 'ratings']
  const rest = Object.keys(model).filter((key) => !['closed', 'review', 'auditHead', ...ofPeriod].includes(key))
  expect(rest.filter((key) => !model.ofYear.fields.includes(key))).toEqual([])
  const third = (await summaryOf(rig.pool, cell, '2026-Q3', rig.clock.now())).model
  expect(third.due.individual.approved).toBe(0)
  expect(third.meetings.cancelled).toBe(1)
})

test('books closed months later freeze it in the same words', async () => {
  await rig.advance('2026-12-02T09:00:00+07:00')
  const asked = await tell('thu', 'khoá sổ quý 3')
  expect(asked).toContain('Số liệu chốt lúc này, đăng ký của cả năm 2026: 1/3 đảng viên đã đăng ký')
  await rig.tell('thu', 'có')
  const frozenAt = rig.clock.now()
  await rig.tell('binh', 'đk: trồng 10 cây, hạn 20/12')
  await rig.tell('binh', '1')
  await rig.advance('2026-12-03T09:00:00+07:00')
  const told = await tell('thu', 'tổng hợp quý 3')
  expect(told).toContain(vi.frozenLine('2026-Q3', frozenAt, zone))
  expect(told).toContain(`${vi.noneDue}\n`)
  expect(told).toContain(`${vi.registrationHead(2026, frozenAt, zone)}\n- Đảng viên đã đăng ký: 1/3`)
})

test('a quarter that has not begun says so, and how to see the last one', async () => {
  await rig.advance('2027-01-05T09:00:00+07:00')
  expect(await tell('an', 'bc quy 4')).toContain(vi.periodAhead('2027-Q4', 2026))
  expect(await tell('an', 'bc quý 4 năm 2026')).toContain(vi.periodHead('Chi bộ thôn Đông', '2026-Q4'))
})
