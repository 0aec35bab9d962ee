/** An evening's roll call: what the secretary says is noted whole or not at all, the group hears figures, names go to secretaries. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { textsOf } from '../../src/texts/index.ts'
import { type Heard, monday, type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation, type SeedMember } from './seed.ts'

const vi = textsOf('vi')
let rig: Rig
let cell: number

const people: SeedMember[] = [
  { name: 'Trần Thị Thư', role: 'secretary', key: 'thu' },
  { name: 'Phạm Thị Ký', role: 'clerk', key: 'ky' },
  { name: 'Nguyễn Văn An', key: 'an' },
  { name: 'Đỗ Thị Bình', key: 'binh' },
  { name: 'Lê Văn Bình', key: 'binh2' },
  { name: 'Vũ Đình Chắt', key: 'chat' },
  { name: 'Cao Văn Lễ', status: 'exempt' },
  { name: 'Hồ Văn Xa', status: 'away' },
]

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      cell = await addOrganisation(pool, 'Chi bộ Bắc', 'cell')
      await addMembers(pool, cell, people, monday)
      const keys = people.flatMap(({ key }) => (key ? [key] : []))
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: keys })
      await addGroup(pool, 'local', 'g', cell)
    },
  })
  await rig.tell('thu', 'đặt lịch họp ngày 20 hằng tháng lúc 19h30')
})
afterAll(() => rig.stop())

const answers = (occurrence: string) =>
  rig.rows(
    `SELECT m.display_name AS name, a.answer, a.reason_kind AS reason FROM attendance a JOIN member m USING (member_id)
     WHERE occurrence = $1 ORDER BY m.member_id`,
    [occurrence],
  )
const inGroup = (messages: readonly Heard[]) => textOf(messages.filter(({ chat }) => chat === 'g'))
const toSecretary = (messages: readonly Heard[]) => textOf(messages.filter(({ chat }) => chat === 'dm:thu'))
const state = (occurrence: string) =>
  rig.rows('SELECT state, roll_closed_at IS NOT NULL AS closed FROM meeting WHERE occurrence = $1', [occurrence])

test('is opened, waits for its result and notes nothing that it is not sure of', async () => {
  await rig.advance('2026-10-20T19:30:00+07:00')
  const opened = await rig.say('g', 'thu', '@Bot Nếp điểm danh')
  expect(inGroup(opened)).toContain(vi.rollCallHow)
  await rig.say('g', 'an', '@Bot Nếp có mặt')
  // Somebody who is not on the roster, the same member twice, two members of one name, a count that does not fit.
  expect(inGroup(await rig.say('g', 'thu', '@Bot Nếp vắng: Chắt, Dũng; còn lại có mặt'))).toContain(
    vi.rollCallUnknown('Dũng'),
  )
  expect(inGroup(await rig.say('g', 'thu', '@Bot Nếp vắng: Chắt, đ/c Chắt (ốm); còn lại có mặt'))).toContain(
    vi.rollCallTwice('Vũ Đình Chắt'),
  )
  await rig.say('g', 'thu', '@Bot Nếp vắng 3: An, Chắt; còn lại có mặt')
  expect(await state('2026-10')).toEqual([{ state: 'planned', closed: false }])
  expect(await answers('2026-10')).toEqual([{ name: 'Nguyễn Văn An', answer: 'present', reason: null }])
})

test('is for officers alone', async () => {
  const asked = await rig.say('g', 'an', '@Bot Nếp vắng: Chắt; còn lại có mặt')
  expect(inGroup(asked)).toContain(vi.refusals.notOfficer)
  expect(await state('2026-10')).toEqual([{ state: 'planned', closed: false }])
})

test('is closed with counts in the group and names to the secretaries', async () => {
  const asked = await rig.say('g', 'thu', '@Bot Nếp vang: Chat (cong tac), Binh ko phep; con lai co mat')
  // Two members are called so: asked, not guessed.
  expect(inGroup(asked)).toContain(vi.whichOne(['Đỗ Thị Bình', 'Lê Văn Bình']))
  const closed = await rig.say('g', 'thu', '@Bot Nếp 2')
  expect(inGroup(closed)).toContain(
    vi.rollCallClosed({
      month: '2026-10',
      rate: { numerator: 4, denominator: 6 },
      tenths: 667,
      excused: 1,
      unexcused: 1,
      isCorrected: false,
    }),
  )
  for (const { name } of people) expect(inGroup(closed)).not.toContain(name)
  expect(toSecretary(closed)).toContain('Vũ Đình Chắt (công tác)')
  expect(toSecretary(closed)).toContain('Vắng không lý do: Lê Văn Bình.')
  expect(toSecretary(closed)).toContain('Tỷ lệ dự họp không quá 85%')
  expect(closed.map(({ chat }) => chat)).not.toContain('dm:an')
  expect(await state('2026-10')).toEqual([{ state: 'held', closed: true }])
  expect(await answers('2026-10')).toEqual([
    { name: 'Trần Thị Thư', answer: 'present', reason: null },
    { name: 'Phạm Thị Ký', answer: 'present', reason: null },
    { name: 'Nguyễn Văn An', answer: 'present', reason: null },
    { name: 'Đỗ Thị Bình', answer: 'present', reason: null },
    { name: 'Lê Văn Bình', answer: 'unexcused', reason: null },
    { name: 'Vũ Đình Chắt', answer: 'excused', reason: 'work' },
  ])
})

test('is not changed by members once it is closed, only corrected by an officer, and every correction is on record', async () => {
  expect(textOf(await rig.tell('an', 'xin vắng, ốm'))).not.toContain(vi.attendPresent)
  expect(await answers('2026-10')).toContainEqual({ name: 'Nguyễn Văn An', answer: 'present', reason: null })
  expect(textOf(await rig.tell('an', 'sửa điểm danh: An vắng'))).toContain(vi.refusals.notOfficer)
  const corrected = await rig.tell('ky', 'sửa điểm danh tháng 10: Lê Văn Bình có mặt')
  expect(textOf(corrected)).toContain('có mặt 5/6 (83,3%)')
  expect(await answers('2026-10')).toContainEqual({ name: 'Lê Văn Bình', answer: 'present', reason: null })
  expect(textOf(await rig.tell('thu', 'sửa điểm danh tháng 3: An vắng (ốm)'))).toContain(vi.rollCallNothingToCorrect)
  const audits = await rig.rows(
    `SELECT action, details FROM audit_entry WHERE action LIKE 'meeting.roll%' ORDER BY audit_id`,
  )
  expect(audits.map(({ action }) => action)).toEqual([
    'meeting.rollCalled',
    'meeting.rollClosed',
    'meeting.rollCorrected',
  ])
  expect(JSON.stringify(audits)).not.toMatch(/Bình|Chắt/)
})

test('takes everybody as present where all were, and leave asked for beforehand counts', async () => {
  await rig.advance('2026-11-20T08:00:00+07:00')
  await rig.tell('chat', 'xin vắng, đi công tác')
  await rig.advance('2026-11-20T20:30:00+07:00')
  const rest = await rig.tell('thu', 'điểm danh: vắng Chắt')
  expect(textOf(rest)).toContain(vi.rollCallRest(1))
  expect(textOf(await rig.tell('thu', 'có'))).toContain('có mặt 5/6 (83,3%), vắng có lý do 1, vắng không lý do 0')
  await rig.advance('2026-12-20T20:30:00+07:00')
  expect(textOf(await rig.tell('thu', '/diemdanh đủ cả'))).toContain('có mặt 6/6 (100%)')
  expect(textOf(await rig.tell('thu', '/diemdanh đủ cả'))).toContain(vi.rollCallClosedAlready)
})

test('closed just now, is what a late “có mặt” speaks of: never the next meeting', async () => {
  await rig.advance('2027-01-20T20:30:00+07:00')
  await rig.tell('thu', 'điểm danh: vắng An; còn lại có mặt')
  expect(textOf(await rig.tell('an', 'tôi có mặt mà'))).toContain(vi.answerClosed)
  expect(await answers('2027-02')).toEqual([])
  await rig.advance('2027-01-21T08:00:00+07:00')
  expect(textOf(await rig.tell('an', 'có mặt'))).toContain('báo có mặt, buổi họp')
  expect(await answers('2027-02')).toEqual([{ name: 'Nguyễn Văn An', answer: 'attending', reason: null }])
})

test('of a month with two meetings is asked about, unless the day or the kind is told', async () => {
  await rig.tell('thu', 'chuyên đề tháng 3: Học tập Di chúc, tối 25/3/2027 19h30 tại nhà văn hoá')
  await rig.advance('2027-03-20T20:30:00+07:00')
  await rig.tell('thu', 'điểm danh: vắng An; còn lại có mặt')
  await rig.advance('2027-03-25T20:30:00+07:00')
  // The regular one is closed already: only the other can be meant.
  expect(textOf(await rig.tell('thu', 'điểm danh tháng 3: đủ cả'))).toContain('(100%)')
  expect(await state('2027-03-T')).toEqual([{ state: 'held', closed: true }])
  const absent = { name: 'Nguyễn Văn An', answer: 'unexcused', reason: null }
  const asked = textOf(await rig.tell('thu', 'sửa điểm danh tháng 3: An có mặt'))
  expect(asked).toContain(vi.whichOne([vi.meetingName('2027-03'), vi.meetingName('2027-03-T')]))
  expect(await answers('2027-03')).toContainEqual(absent)
  await rig.tell('thu', '1')
  expect(await answers('2027-03')).toContainEqual({ ...absent, answer: 'present' })
  await rig.tell('thu', 'sửa điểm danh ngày 20/3: An vắng')
  expect(await answers('2027-03')).toContainEqual(absent)
  await rig.tell('thu', 'sửa điểm danh chuyên đề tháng 3: An vắng')
  expect(await answers('2027-03-T')).toContainEqual(absent)
})
