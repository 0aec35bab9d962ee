/** Which meeting is moved, and to which day, where the words leave two readings: nobody is sent to a wrong evening. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { textsOf } from '../../src/texts/index.ts'
import { type Rig, startRig, textOf } from './rig.ts'
import { addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
let rig: Rig

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      const cell = await addOrganisation(pool, 'Chi bộ Bắc', 'cell')
      await addMembers(pool, cell, [{ name: 'Trần Thị Thư', role: 'secretary', key: 'thu' }], new Date('2026-10-05'))
    },
  })
  await rig.advance('2026-11-25T09:00:00+07:00')
  await rig.tell('thu', 'chi bộ họp mùng 3 hằng tháng lúc 19h30')
})
afterAll(() => rig.stop())

const meetings = () =>
  rig.rows(
    `SELECT occurrence, to_char(starts_at AT TIME ZONE 'Asia/Ho_Chi_Minh', 'YYYY-MM-DD HH24:MI') AS at, state FROM meeting
     WHERE occurrence >= '2026-12' ORDER BY occurrence`,
  )

test("a weekday said a week ahead is asked about: the coming one or the one in the meeting's week", async () => {
  expect(await rig.tell('thu', 'dời họp tháng 12 sang thứ 6 19h30')).toEqual([
    { chat: 'dm:thu', text: vi.moveAskDate(['2026-11-27', '2026-12-04'].map(vi.date)) },
  ])
  await rig.tell('thu', '2')
  expect(await meetings()).toEqual([{ occurrence: '2026-12', at: '2026-12-04 19:30', state: 'planned' }])
})

test('a date leaves nothing to ask', async () => {
  await rig.tell('thu', 'dời họp tháng 12 sang thứ Bảy 5/12 20h')
  expect((await meetings())[0]).toEqual({ occurrence: '2026-12', at: '2026-12-05 20:00', state: 'planned' })
})

test("a meeting that was called off is taken up again by its month; the next month's stays", async () => {
  await rig.tell('thu', 'huỷ họp tháng 12 vì trùng đại hội')
  expect((await meetings())[0]).toMatchObject({ state: 'cancelled' })
  await rig.tell('thu', 'dời họp tháng 12 sang 8/12 19h30')
  expect(await meetings()).toEqual([{ occurrence: '2026-12', at: '2026-12-08 19:30', state: 'planned' }])
  await rig.tell('thu', 'huỷ họp tháng 12 vì bão')
  expect(textOf(await rig.tell('thu', 'dời họp sang 9/12 19h30'))).toContain('09/12/2026')
  expect(await meetings()).toEqual([{ occurrence: '2026-12', at: '2026-12-09 19:30', state: 'planned' }])
})
