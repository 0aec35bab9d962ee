/** Questions, denials, the past and other people's deeds change nothing; where it is worth a question, it is asked first. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { textsOf } from '../../src/texts/index.ts'
import { monday, type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
let rig: Rig

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      const cell = await addOrganisation(pool, 'Chi bộ Đông', 'cell')
      await addMembers(pool, cell, [{ name: 'Trần Thị Thư', role: 'secretary', key: 'thu' }], monday)
      await addMembers(pool, cell, [{ name: 'Nguyễn Văn Thuận', key: 'thuan' }], monday)
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['thu', 'thuan'] })
      await addGroup(pool, 'local', 'g', cell)
    },
  })
  await rig.tell('thu', 'chi bộ họp 19h30 mùng 20 hằng tháng tại hội trường')
})
afterAll(() => rig.stop())

const tell = async (who: string, text: string) => textOf(await rig.tell(who, text))
const answers = async () =>
  (await rig.rows<{ answer: string }>('SELECT answer FROM attendance')).map((row) => row.answer)
const moved = async () => (await rig.rows<{ is_moved: boolean }>('SELECT is_moved FROM meeting WHERE is_moved')).length
const deeds = async () =>
  rig.rows<{ content: string; state: string; percent: number | null }>(
    'SELECT content, state, percent FROM deed ORDER BY subject_id, number',
  )

test('a bare "đk" while a draft waits to be confirmed sends nothing off', async () => {
  await rig.tell('thuan', 'đk: trồng 10 cây xanh, xong trước 30/11')
  for (const text of ['đk', 'đk:', 'dk']) {
    expect(await tell('thuan', text)).toContain('trồng 10 cây xanh')
    expect((await deeds()).map(({ state }) => state)).toEqual(['draft'])
  }
  await rig.tell('thuan', '1')
  expect((await deeds()).map(({ state }) => state)).toEqual(['submitted'])
})

test("nobody's words get into somebody else's deed, nor into their own instead", async () => {
  await rig.tell('thu', 'đk: đọc 5 quyển sách, xong trước 30/11')
  await rig.tell('thu', '1')
  const before = await deeds()
  expect(await tell('thu', 'sửa việc 1 của Thuận: giúp hai hộ')).toBe(vi.othersDeed(true))
  expect(await tell('thuan', 'sua viec 1 cua d/c Thu: giup hai ho')).toBe(vi.othersDeed(false))
  expect(await deeds()).toEqual(before)
})

test('a past meeting is the secretary’s to correct, and what is not certain is asked', async () => {
  expect(await tell('thuan', 'tuần trước em vắng')).toBe(vi.pastAttendance(false))
  expect(await tell('thu', 'hôm qua bác Thuận không họp')).toBe(vi.pastAttendance(true))
  expect(await answers()).toEqual([])
  expect(await tell('thuan', 'chắc em vắng')).toMatch(/xin vắng buổi họp .*"không"/)
  await rig.tell('thuan', 'không')
  expect(await answers()).toEqual([])
  await rig.tell('thuan', 'chac em vang')
  await rig.tell('thuan', 'có')
  expect(await answers()).toEqual(['excused'])
  await rig.tell('thuan', 'thôi')
})

test('absences that a secretary reports are not her own', async () => {
  for (const text of ['vắng 2 đồng chí: Thuận, Thư', 'có mặt 6, vắng 1 (Thuận ốm)']) {
    expect(await tell('thu', text)).toBe(vi.rollCallReported)
  }
  expect(await answers()).toEqual(['excused'])
})

test('a meeting is moved by a question only once it was said that it is to be moved', async () => {
  expect(await tell('thu', 'dời họp sang ngày 22/10 được không')).toMatch(/muốn dời buổi họp .* sang .*22\/10\/2026/)
  expect(await moved()).toBe(0)
  await rig.tell('thu', 'không')
  expect([await moved(), await answers()]).toEqual([0, ['excused']])
  await rig.tell('thu', 'hay là dời họp sang ngày 22/10')
  await rig.tell('thu', 'có')
  expect([await moved(), await answers()]).toEqual([1, []])
})

test('a question or a denial about deeds leaves them as they are', async () => {
  await rig.tell('thu', 'duyệt hết')
  const before = await deeds()
  for (const text of [
    'việc 1 xong rồi à',
    'việc 1 xong chưa',
    'không rút việc 1 nữa',
    'sao chưa duyệt việc 1 của Thuận',
  ]) {
    await rig.tell('thu', text)
    await rig.tell('thuan', text)
  }
  expect(await deeds()).toEqual(before)
})
