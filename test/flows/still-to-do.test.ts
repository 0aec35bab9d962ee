/** Who has not reported in the month's round, whose deeds are not rated, and a coming meeting that is not to be held. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { summaryOf } from '../../src/store/admin-summary.ts'
import { textsOf } from '../../src/texts/index.ts'
import { type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
const start = new Date('2026-03-02T09:00:00+07:00')
let rig: Rig
let cell: number

beforeAll(async () => {
  rig = await startRig({
    at: start,
    async seed(pool) {
      cell = await addOrganisation(pool, 'Chi bộ Bắc', 'cell')
      const people = ['Nguyễn Văn An', 'Đỗ Thị Bình', 'Lê Thị Lụa', 'Phạm Văn Thuận'].map((name, at) => ({
        name,
        key: ['an', 'binh', 'lua', 'thuan'][at]!,
      }))
      await addMembers(pool, cell, [{ name: 'Trần Thị Thư', role: 'secretary', key: 'thu' }, ...people], start)
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['thu', 'an'] })
      await addGroup(pool, 'local', 'g', cell)
    },
  })
  for (const key of ['an', 'binh', 'thuan']) {
    await rig.tell(key, 'đk: trồng 10 cây, hạn 30/11')
    await rig.tell(key, '1')
  }
  await rig.tell('thu', 'duyệt hết')
})
afterAll(() => rig.stop())

const tell = async (person: string, text: string) => textOf(await rig.tell(person, text))
const asked = (month: string, askedOn: string | null, names: string[], of: number) =>
  vi.missingInRound({ month, askedOn, names, of })

test('before the first round it is told of this month, of those with a deed in progress', async () => {
  await rig.tell('an', 'việc 1 xong 10%')
  expect(await tell('thu', 'ai chưa báo tiến độ')).toBe(asked('2026-03', null, ['Đỗ Thị Bình', 'Phạm Văn Thuận'], 3))
})

test('then of those asked in the round in force; what was said months ago is no answer to it', async () => {
  await rig.advance('2026-03-25T10:00:00+07:00')
  // An had reported earlier in the month and was not asked.
  expect(await tell('thu', 'ai chưa báo tiến độ')).toBe(
    asked('2026-03', '2026-03-25', ['Đỗ Thị Bình', 'Phạm Văn Thuận'], 2),
  )
  await rig.tell('thuan', 'việc 1 xong 30%')
  await rig.advance('2026-05-26T10:00:00+07:00')
  await rig.tell('binh', 'việc 1 xong rồi')
  await rig.advance('2026-06-10T10:00:00+07:00')
  const may = asked('2026-05', '2026-05-25', ['Nguyễn Văn An', 'Phạm Văn Thuận'], 3)
  expect(await tell('thu', 'ai chưa báo tiến độ')).toBe(may)
  await rig.advance('2026-06-25T10:00:00+07:00')
  expect(await tell('thu', 'ai chưa báo tiến độ')).toBe(
    asked('2026-06', '2026-06-25', ['Nguyễn Văn An', 'Phạm Văn Thuận'], 2),
  )
  await rig.tell('an', 'việc 1 xong 60%')
  expect(await tell('thu', 'ai chưa báo tiến độ')).toBe(asked('2026-06', '2026-06-25', ['Phạm Văn Thuận'], 2))
  expect(await tell('thu', 'ai chưa báo tiến độ tháng 5')).toBe(may)
})

test('whose deeds are not rated is told privately to whoever rates them, of the year that is judged', async () => {
  await rig.advance('2026-12-05T10:00:00+07:00')
  await rig.tell('thu', 'đánh giá việc 1 của đ/c Bình: tốt')
  const left = vi.missingRating({
    period: '2026',
    isSelf: false,
    deeds: 3,
    lines: ['Nguyễn Văn An', 'Phạm Văn Thuận'].map((person) => ({ person, numbers: [1] })),
  })
  expect(await tell('thu', 'ai chưa đánh giá')).toBe(left)
  const inGroup = await rig.say('g', 'thu', '@Nếp ai chưa được đánh giá')
  expect(inGroup.find(({ chat }) => chat === 'g')?.text).toBe(vi.sentPrivately)
  expect(inGroup.find(({ chat }) => chat === 'dm:thu')?.text).toBe(left)
  expect(await tell('an', 'ai chưa đánh giá')).toBe(vi.refusals.notSecretary)
  await rig.tell('an', 'tự đánh giá việc 1: tốt')
  expect(await tell('thu', 'ai chưa tự đánh giá')).toContain('2 trong 3 việc')
  await rig.advance('2027-01-05T10:00:00+07:00')
  expect(await tell('thu', 'ai chưa đánh giá')).toBe(left)
  expect(await tell('thu', 'ai chưa đăng ký năm ngoái')).toBe(
    vi.missingPledgeIn(2026, ['Lê Thị Lụa', 'Trần Thị Thư'], { numerator: 3, denominator: 5 }),
  )
})

test('a coming meeting that is not to be held: asked about, then why, and counted once its day is past', async () => {
  await rig.tell('thu', 'chi bộ họp mùng 3 hằng tháng lúc 19h30 tại nhà văn hoá')
  const when = '19 giờ 30, thứ Tư, ngày 03/02/2027'
  expect(await tell('thu', 'buổi họp tháng 2 không tổ chức')).toBe(vi.callOffAsk(when))
  const why = await tell('thu', 'có')
  expect(why).toContain('vì lý do gì')
  expect(await rig.value(`SELECT state FROM meeting WHERE occurrence = '2027-02'`)).toBe('planned')
  const told = await rig.tell('thu', '6')
  const reason = vi.notHeldNames.holiday
  expect(told.find(({ chat }) => chat === 'g')?.text).toBe(vi.notHeldAnnounced(when, reason))
  expect(await rig.rows(`SELECT state, reason_kind AS kind FROM meeting WHERE occurrence = '2027-02'`)).toEqual([
    { state: 'cancelled', kind: 'holiday' },
  ])
  const first = async () => (await summaryOf(rig.pool, cell, '2027-Q1', rig.clock.now())).model.meetings
  expect(await first()).toMatchObject({ cancelled: 0, cancelledFor: {} })
  expect(await tell('thu', 'tổng hợp quý 1')).toContain('không tổ chức 0')
  await rig.advance('2027-02-04T10:00:00+07:00')
  expect(await first()).toMatchObject({ cancelled: 1, cancelledFor: { holiday: 1 } })
  expect(await tell('thu', 'tổng hợp quý 1')).toContain('không tổ chức 1')
})
