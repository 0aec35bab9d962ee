/** A campaign's days and the ends of periods, as the ticks tell them: once each, in numbers, and after downtime the latest only. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type CampaignChange, setCampaign } from '../../src/store/admin-campaign.ts'
import { textsOf } from '../../src/texts/index.ts'
import { type Heard, type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
const start = new Date('2026-01-02T10:00:00+07:00')
let rig: Rig
let root: number
let cell: number

beforeAll(async () => {
  rig = await startRig({
    at: start,
    async seed(pool) {
      root = await addOrganisation(pool, 'Đảng uỷ xã', 'committee')
      cell = await addOrganisation(pool, 'Chi bộ Bắc', 'cell', root)
      await addMembers(pool, root, [{ name: 'Cao Thị Trên', role: 'secretary', key: 'tren' }], start)
      const people = [
        { name: 'Trần Thị Thư', role: 'secretary' as const, key: 'thu' },
        { name: 'Nguyễn Văn An', key: 'an' },
        { name: 'Đỗ Thị Bình', key: 'binh' },
      ]
      await addMembers(pool, cell, people, start)
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['thu', 'an', 'binh'] })
      await addGroup(pool, 'local', 'g', cell)
    },
  })
})
afterAll(() => rig.stop())

const inGroup = (messages: readonly Heard[]) => messages.filter(({ chat }) => chat === 'g').map(({ text }) => text)
const ratio = (numerator: number) => ({ numerator, denominator: 3 })
const reminder = (days: number, numerator: number) =>
  vi.campaignReminder({ org: 'Chi bộ Bắc', closesOn: '2026-02-28', days, members: ratio(numerator) })
async function register(person: string) {
  await rig.tell(person, 'đk: giúp 1 hộ nghèo, xong trước 30/11')
  await rig.tell(person, '1')
}

describe('a campaign', () => {
  test('is opened by the committee once confirmed; a member may not, and a last day that has passed is refused', async () => {
    expect(textOf(await rig.tell('an', 'mở đợt đăng ký năm nay đến 28/2'))).toBe(vi.refusals.notSecretary)
    // A day that has passed is not next year's: the campaign would outlast its year.
    expect(textOf(await rig.tell('tren', 'mở đợt đăng ký năm nay đến 1/1'))).toBe(vi.campaignBadDates)
    const asked = textOf(await rig.tell('tren', 'mở đợt đăng ký năm 2026 từ 5/1 đến 28/2'))
    expect(asked).toContain('từ 05/01/2026 đến hết 28/02/2026')
    expect(textOf(await rig.tell('tren', 'có'))).toBe(vi.campaignOpened(2026, '2026-01-05', '2026-02-28'))
    expect(
      await rig.rows('SELECT org_id AS "orgId", closes_on::text FROM campaign WHERE opened_at IS NOT NULL'),
    ).toEqual([{ orgId: root, closes_on: '2026-02-28' }])
  })

  test('is announced in the group on its first day, once, and not before', async () => {
    expect(inGroup(await rig.advance('2026-01-05T08:59:00+07:00'))).toEqual([])
    const told = inGroup(await rig.advance('2026-01-05T09:00:00+07:00'))
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('bắt đầu đợt đăng ký')
    expect(told[0]).toContain('0/3')
    expect(inGroup(await rig.advance('2026-02-13T20:00:00+07:00'))).toEqual([])
  })

  test('whose last day is changed keeps its first day and says nothing outside the days of its plan', async () => {
    expect(textOf(await rig.tell('tren', 'mở đợt đăng ký năm 2026 đến 20/2'))).toContain(
      'từ 05/01/2026 đến hết 20/02/2026',
    )
    await rig.tell('tren', 'có')
    expect(await rig.rows('SELECT opens_on::text, closes_on::text FROM campaign WHERE org_id = $1', [root])).toEqual([
      { opens_on: '2026-01-05', closes_on: '2026-02-20' },
    ])
    // Fourteen and seven days before the new last day have gone by; they were no days of the plan then.
    expect(inGroup(await rig.advance('2026-02-13T20:30:00+07:00'))).toEqual([])
    await rig.tell('tren', 'mở đợt đăng ký năm 2026 đến 28/2')
    await rig.tell('tren', 'có')
    expect(inGroup(await rig.advance('2026-02-13T20:45:00+07:00'))).toEqual([])
  })

  test('whose days the operator changes is not reminded of for those that have gone by; other words leave the plan as it was', async () => {
    const key = { orgId: root, year: 2026 }
    const set = async (change: CampaignChange) => (await setCampaign(rig.pool, key, change, rig.clock.now())).openedAt
    const before = await rig.value<Date>('SELECT opened_at FROM campaign WHERE org_id = $1', [root])
    expect(await set({ theme: 'Tự lực, tự chủ' })).toEqual(before)
    // Seven days before the 20th were this morning, fifteen before the 28th at nine as well.
    expect(await set({ closesOn: '2026-02-20' })).toEqual(rig.clock.now())
    expect(inGroup(await rig.advance('2026-02-13T20:50:00+07:00'))).toEqual([])
    await set({ closesOn: '2026-02-28', leadDays: [15, 14, 7, 3, 1, 0] })
    expect(inGroup(await rig.advance('2026-02-13T20:55:00+07:00'))).toEqual([])
  })

  test('is reminded of on its days with counts; the secretary alone hears who is missing', async () => {
    await register('an')
    const heard = await rig.advance('2026-02-14T10:00:00+07:00')
    expect(inGroup(heard)).toEqual([reminder(14, 1)])
    const missing = vi.campaignMissing('2026-02-28', ['Đỗ Thị Bình', 'Trần Thị Thư'], 3)
    expect(heard.filter(({ text }) => text === missing || text.includes('Đỗ Thị Bình'))).toEqual([
      { chat: 'dm:thu', text: missing },
    ])
    expect(inGroup(await rig.advance('2026-02-20T10:00:00+07:00'))).toEqual([])
  })

  test('after the program stood still, only the latest reminder is told, with the days that are really left', async () => {
    rig.clock.set(new Date('2026-02-26T15:00:00+07:00'))
    expect(inGroup(await rig.advance('2026-02-26T15:01:00+07:00'))).toEqual([reminder(2, 1)])
  })

  test('nobody is woken: a day that was missed at night is told in the morning', async () => {
    rig.clock.set(new Date('2026-02-27T23:00:00+07:00'))
    expect(inGroup(await rig.advance('2026-02-27T23:30:00+07:00'))).toEqual([])
    const morning = inGroup(await rig.advance('2026-02-28T08:00:00+07:00'))
    expect(morning).toEqual([reminder(0, 1)])
  })

  test('says nothing more once all have registered, nor when it is over', async () => {
    await register('thu')
    await register('binh')
    expect(inGroup(await rig.advance('2026-03-20T10:00:00+07:00')).filter((text) => text.includes('đăng ký'))).toEqual(
      [],
    )
  })
})

describe('the end of a half year', () => {
  test('is told the secretaries once, in private, with what is open', async () => {
    await rig.tell('thu', 'duyệt hết')
    await rig.advance('2026-06-30T20:00:00+07:00')
    const heard = await rig.advance('2026-07-01T09:00:00+07:00')
    const told = heard.filter(({ text }) => text.includes('sơ kết'))
    expect(told.map(({ chat }) => chat).sort()).toEqual(['dm:thu', 'dm:tren'])
    expect(textOf(told)).toContain('Chi bộ Bắc: kỳ')
    expect(textOf(told.filter(({ chat }) => chat === 'dm:thu'))).toContain('việc chưa báo tiến độ trong kỳ')
    expect(textOf(told.filter(({ chat }) => chat === 'dm:tren'))).toContain('01 đơn vị cấp dưới chưa khoá sổ')
    expect(textOf(await rig.advance('2026-07-19T09:00:00+07:00'))).not.toContain('sơ kết')
  })

  test('is not told where the books are closed; where they are open it is', async () => {
    const again = await addOrganisation(rig.pool, 'Chi bộ Nam', 'cell', root)
    const now = rig.clock.now()
    await addMembers(rig.pool, again, [{ name: 'Lý Thị Nam', role: 'secretary', key: 'nam' }], now)
    await rig.tell('nam', 'đk: trồng 10 cây, xong trước 30/11')
    await rig.tell('nam', '1')
    await rig.advance('2026-12-20T09:00:00+07:00')
    expect(textOf(await rig.tell('thu', 'khoá sổ năm nay'))).toContain('khoá sổ')
    await rig.tell('thu', 'có')
    expect(await rig.value(`SELECT closed_periods @> '{2026}' FROM organisation WHERE org_id = $1`, [cell])).toBe(true)
    const heard = await rig.advance('2027-01-01T09:00:00+07:00')
    const told = heard.filter(({ text }) => text.includes('tổng kết'))
    expect(told.map(({ chat }) => chat).sort()).toEqual(['dm:nam', 'dm:tren'])
    expect(await rig.rows(`SELECT org_id AS "orgId" FROM told WHERE what = 'period:2026' ORDER BY 1`)).toEqual([
      { orgId: root },
      { orgId: again },
    ])
  })

  test('is not told long afterwards; within twenty days it is', async () => {
    // As if the program had stood still since the end of the year. The messages themselves went out above and do not go twice.
    const standStillUntil = async (day: string) => {
      await rig.rows(`DELETE FROM told WHERE what = 'period:2026'`)
      rig.clock.set(new Date(`${day}T10:00:00+07:00`))
      await rig.advance(`${day}T10:01:00+07:00`)
      return await rig.rows(`SELECT org_id FROM told WHERE what = 'period:2026'`)
    }
    expect(await standStillUntil('2027-01-20')).toHaveLength(2)
    expect(await standStillUntil('2027-01-21')).toEqual([])
  })
})
