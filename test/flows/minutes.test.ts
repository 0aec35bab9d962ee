/** Minutes of an evening: figures and decisions, noted whole or not at all, read in private, closed with the books; never anybody's words. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { verifyAudit } from '../../src/store/audit.ts'
import { textsOf } from '../../src/texts/index.ts'
import { type Heard, monday, type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation, type SeedMember } from './seed.ts'

const vi = textsOf('vi')
let rig: Rig
let cell: number
let ids: number[]

const people: SeedMember[] = [
  { name: 'Trần Thị Thư', role: 'secretary', key: 'thu' },
  { name: 'Phạm Thị Ký', role: 'clerk', key: 'ky' },
  { name: 'Nguyễn Văn An', key: 'an' },
  { name: 'Đỗ Thị Bình', key: 'binh' },
  { name: 'Lê Văn Bình' },
  { name: 'Vũ Đình Chắt' },
]

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      const town = await addOrganisation(pool, 'Đảng uỷ xã', 'committee')
      cell = await addOrganisation(pool, 'Chi bộ Bắc', 'cell', town)
      const other = await addOrganisation(pool, 'Chi bộ Nam', 'cell', town)
      await addMembers(pool, town, [{ name: 'Hồ Thị Trên', role: 'committee', key: 'tren' }], monday)
      await addMembers(pool, other, [{ name: 'Ngô Văn Khác', role: 'secretary', key: 'khac' }], monday)
      ids = await addMembers(pool, cell, people, monday)
      const keys = people.flatMap(({ key }) => (key ? [key] : []))
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: keys })
      await addGroup(pool, 'local', 'g', cell)
    },
  })
  await rig.tell('thu', 'đặt lịch họp ngày 20 hằng tháng lúc 19h30 tại nhà văn hoá')
})
afterAll(() => rig.stop())

const items = () =>
  rig.rows(
    `SELECT kind, number, content, votes_for AS yes, votes_against AS no, votes_other AS other, votes_of AS of, in_charge_id AS "inCharge", unit,
       due_on::text AS due FROM minutes_item ORDER BY occurrence, kind, number`,
  )
const audits = () => rig.rows(`SELECT action, details FROM audit_entry WHERE action LIKE 'minutes.%' ORDER BY audit_id`)
const tell = async (who: string, text: string) => textOf(await rig.tell(who, text))
const inGroup = (messages: readonly Heard[]) => textOf(messages.filter(({ chat }) => chat === 'g'))
const nothing = { yes: null, no: null, other: null, of: null, inCharge: null, unit: null, due: null }
const december = vi.meetingName('2026-12')
const october = vi.meetingName('2026-10')

test('are noted by officers, of a meeting that has begun', async () => {
  expect(await tell('thu', 'biên bản: mua 10 cây, 5 tán thành')).toContain(vi.minutesNoMeeting)
  await rig.advance('2026-10-20T20:30:00+07:00')
  expect(await tell('an', 'biên bản: mua 10 cây, 5 tán thành')).toContain(vi.refusals.notOfficer)
  expect(await tell('khac', 'biên bản: mua 10 cây, 5 tán thành')).toContain(vi.minutesNoMeeting)
  expect(await items()).toEqual([])
})

test('hold nothing of what somebody said, of personnel or secrets, and no name in a decision', async () => {
  for (const text of [
    'biên bản: đồng chí An phát biểu rằng mức thu cao',
    'biên bản: 1. mua 10 cây, 5 tán thành 2. ý kiến của đ/c Bình: nên hoãn',
    'biên bản: Bình: nên hoãn',
    'biên bản: Chắt đề nghị hoãn',
  ])
    expect(await tell('thu', text)).toContain(vi.minutesNoSpeech)
  expect(await tell('thu', 'biên bản: thống nhất bổ nhiệm đồng chí An làm phó ban')).toContain(vi.classified)
  expect(await tell('thu', 'biên bản: hỗ trợ gia đình đ/c An 2 triệu, 5 tán thành')).toContain(vi.minutesNoNames)
  expect(await tell('thu', 'bien ban: ho tro gia dinh nguyen van an 2 trieu')).toContain(vi.minutesNoNames)
  expect(await items()).toEqual([])
  const kept = await rig.rows('SELECT * FROM inbox')
  expect(JSON.stringify(kept)).not.toMatch(/mức thu|nên hoãn/)
})

test('take votes only where they can be right', async () => {
  expect(await tell('ky', 'biên bản: mua 10 cây, nhất trí 100%')).toContain(vi.minutesEverybody)
  expect(await tell('ky', 'biên bản: mua 10 cây, 5/5 tán thành, 1 không tán thành')).toContain(vi.minutesSum(6, 5))
  await rig.tell('thu', 'vắng: Chắt (công tác); còn lại có mặt')
  await rig.tell('thu', 'điểm danh: vắng Chắt (công tác); còn lại có mặt')
  expect(await tell('ky', 'biên bản: mua 10 cây, 6 tán thành')).toContain(vi.minutesPresent(6, 5))
  expect(await tell('ky', 'biên bản: mua 10 cây, đa số tán thành')).toContain(vi.minutesUnclear)
  expect(await items()).toEqual([])
})

test('are noted in one message or one after another; the group hears numbers alone', async () => {
  const noted = await rig.say(
    'g',
    'ky',
    '@Bot Nếp biên bản: mua 10 cây cho nhà văn hoá, 4/5 đồng chí tán thành, 1 ý kiến khác',
  )
  expect(inGroup(noted)).toBe(vi.minutesNoted(october, [1], [], null))
  expect(inGroup(noted)).not.toMatch(/10 cây|4\/5/)
  const asked = await tell(
    'thu',
    'biên bản: 1. thu quỹ quý 4, nhất trí 100% 2. giao đ/c Bình dọn nhà văn hoá, hạn 30/11',
  )
  expect(asked).toContain(vi.whichOne(['Đỗ Thị Bình', 'Lê Văn Bình']))
  const both = await tell('thu', '1')
  expect(both).toContain('2. thu quỹ quý 4 (tán thành 5/5 (100%))')
  expect(both).toContain('1. dọn nhà văn hoá; phụ trách: Đỗ Thị Bình; hạn 30/11/2026')
  await rig.tell('thu', 'biên bản: nhiệm vụ: kê lại bàn ghế; phụ trách: chi uỷ')
  await rig.tell('thu', 'biên bản: chủ trì: bí thư; 3 ý kiến phát biểu')
  expect(await items()).toEqual([
    { ...nothing, kind: 'decision', number: 1, content: 'mua 10 cây cho nhà văn hoá', yes: 4, other: 1, of: 5 },
    { ...nothing, kind: 'decision', number: 2, content: 'thu quỹ quý 4', yes: 5, of: 5 },
    { ...nothing, kind: 'task', number: 1, content: 'dọn nhà văn hoá', inCharge: ids[3], due: '2026-11-30' },
    { ...nothing, kind: 'task', number: 2, content: 'kê lại bàn ghế', unit: 'chi uỷ' },
  ])
})

test('are read by members of the cell in private, with counts of who was there and nobody’s absence', async () => {
  const shown = await rig.say('g', 'an', '@Bot Nếp biên bản tháng 10')
  expect(inGroup(shown)).not.toContain('10 cây')
  const text = textOf(shown.filter(({ chat }) => chat === 'dm:an'))
  expect(text.split('\n')).toEqual([
    `Biên bản ${october}, Chi bộ Bắc`,
    'Thời gian: 19 giờ 30, thứ Ba, ngày 20/10/2026.',
    'Địa điểm: nhà văn hoá.',
    'Có mặt 5/6 (83,3%), vắng có lý do 1, vắng không lý do 0.',
    'Chủ trì: bí thư.',
    'Người ghi: thư ký.',
    'Số ý kiến phát biểu: 3.',
    'Quyết định:',
    '1. mua 10 cây cho nhà văn hoá (tán thành 4/5 (80%), ý kiến khác 1)',
    '2. thu quỹ quý 4 (tán thành 5/5 (100%))',
    'Nhiệm vụ:',
    '1. dọn nhà văn hoá; phụ trách: Đỗ Thị Bình; hạn 30/11/2026',
    '2. kê lại bàn ghế; phụ trách: chi uỷ',
    'Bản ghi này giúp việc cho sổ biên bản, không thay sổ.',
  ])
  expect(text).not.toContain('Chắt')
  expect(await tell('khac', 'xem biên bản của Chi bộ Bắc')).not.toContain('10 cây')
  expect(await tell('tren', 'xem biên bản của Chi bộ Bắc')).toBe(vi.minutesCounts('Chi bộ Bắc', october, 2, 2))
})

test('are corrected and removed by number, each with an entry in the log that holds no text', async () => {
  expect(await tell('thu', 'sửa quyết định 7: mua 12 cây')).toContain(vi.minutesNoSuch('quyết định', 7, october))
  expect(await tell('an', 'sửa quyết định 1: mua 12 cây')).toContain(vi.refusals.notOfficer)
  expect(await tell('thu', 'sửa quyết định 1: mua 12 cây, 9/9 tán thành')).toContain(vi.minutesPresent(9, 5))
  // What is not told anew stays.
  expect(await tell('thu', 'sửa quyết định 1: mua 12 cây')).toContain(
    '1. mua 12 cây (tán thành 4/5 (80%), ý kiến khác 1)',
  )
  expect(await tell('thu', 'sửa quyết định 1: 5/5 tán thành, 0 ý kiến khác')).toContain(
    'mua 12 cây (tán thành 5/5 (100%)',
  )
  expect(await tell('ky', 'bỏ quyết định 2')).toContain(vi.minutesRemoveAsk('quyết định', 2, october))
  expect(await tell('ky', 'không')).toContain(vi.minutesKept)
  await rig.tell('ky', 'bỏ quyết định 2')
  expect(await tell('ky', 'có')).toContain(vi.minutesRemoved('quyết định', 2, october))
  await rig.advance('2026-10-25T08:00:00+07:00')
  expect(await tell('thu', 'biên bản tháng 10: dọn nghĩa trang, 5 tán thành')).toContain('3. dọn nghĩa trang')
  const logged = await audits()
  expect(logged.map(({ action }) => action)).toEqual([
    ...Array(4).fill('minutes.noted'),
    ...Array(2).fill('minutes.corrected'),
    'minutes.removed',
    'minutes.noted',
  ])
  expect(logged.at(-1)).toMatchObject({ details: { decisions: 1, tasks: 0, daysAfter: 5 } })
  expect(JSON.stringify(logged)).not.toMatch(/cây|quỹ|Bình/)
  expect(JSON.stringify(await items())).not.toContain('thu quỹ')
})

test('that no longer fit a corrected roll call say so', async () => {
  await rig.tell('thu', 'sửa điểm danh tháng 10: An vắng (ốm)')
  expect(await tell('thu', 'xem biên bản')).toContain('đề nghị xem lại')
  await rig.tell('thu', 'sửa điểm danh tháng 10: An có mặt')
  expect(await tell('thu', 'xem biên bản')).not.toContain('đề nghị xem lại')
})

test('tell the one in charge with their data, and keep a number of whoever is erased', async () => {
  expect(await tell('binh', 'xuất dữ liệu của tôi')).toContain('"content":"dọn nhà văn hoá"')
  await rig.tell('binh', 'xoá dữ liệu của tôi')
  await rig.tell('binh', 'có')
  const shown = await tell('thu', 'xem biên bản')
  expect(shown).toContain(`dọn nhà văn hoá; phụ trách: ${vi.erasedName}`)
  expect(shown).not.toContain('Đỗ Thị Bình')
})

test('in the words of any group, and in English, are the same minutes', async () => {
  const english = await startRig({
    kind: { profile: 'plain', locale: 'en' },
    async seed(pool) {
      const club = await addOrganisation(pool, 'Readers', 'cell')
      await addMembers(pool, club, people, monday)
    },
  })
  try {
    await english.tell('thu', 'we meet on the 20th of every month at 19:30')
    await english.advance('2026-10-20T20:30:00+07:00')
    await english.tell('thu', 'minutes: buy 10 books, 4/5 in favour, 1 abstention')
    await english.tell('thu', 'minutes: task: mend the shelf; in charge: An; due 30/11')
    await english.tell('thu', 'correct decision 1: buy 12 books')
    const text = textOf(await english.tell('an', 'show minutes'))
    expect(text).toContain('1. buy 12 books (in favour 4/5 (80%), other 1)')
    expect(text).toContain('1. mend the shelf; in charge: Nguyễn Văn An; due 30 November 2026')
    expect(textOf(await english.tell('thu', 'minutes: An said we should wait'))).toBe(textsOf('en').minutesNoSpeech)
  } finally {
    await english.stop()
  }
})

test('are closed with the books of their period, and the log finds whoever changes them behind its back', async () => {
  await rig.advance('2026-12-21T08:00:00+07:00')
  await rig.tell('thu', 'khoá sổ quý 4')
  await rig.tell('thu', 'có')
  const before = await items()
  const refused = vi.periodClosed('2026-Q4', '2026-12-21')
  expect(await tell('thu', 'biên bản: trồng hoa, 3 tán thành')).toBe(refused)
  expect(await tell('thu', 'sửa quyết định 1 tháng 10: mua 15 cây')).toBe(refused)
  await rig.tell('thu', 'bỏ quyết định 1 tháng 10')
  expect(await tell('thu', 'có')).toBe(refused)
  expect(await items()).toEqual(before)
  expect(await tell('an', 'xem biên bản')).toBe(vi.minutesNone(december))

  const find = async () => (await verifyAudit(rig.pool)).findings.map(({ problem, where }) => `${problem} ${where}`)
  expect(await find()).toEqual([])
  await rig.pool.query(
    `BEGIN; SET LOCAL application_name = 'psql'; UPDATE minutes_item SET votes_for = 3 WHERE number = 1; COMMIT`,
  )
  expect((await find()).join('\n')).toContain('changedOutside')
})
