/** A meeting is called off only by who may, and never by a sentence that may mean something else. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { textsOf } from '../../src/texts/index.ts'
import { type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
let rig: Rig

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      const cell = await addOrganisation(pool, 'Chi bộ Bắc', 'cell')
      await addMembers(
        pool,
        cell,
        [
          { name: 'Trần Thị Thư', role: 'secretary', key: 'thu' },
          { name: 'Phạm Văn Lan', key: 'lan' },
          { name: 'Đỗ Thị Hoa', key: 'hoa' },
        ],
        new Date('2026-10-05'),
      )
    },
  })
  await rig.advance('2026-11-25T09:00:00+07:00')
  await rig.tell('thu', 'chi bộ họp mùng 3 hằng tháng lúc 19h30 tại nhà văn hoá')
})
afterAll(() => rig.stop())

const december = async () =>
  (
    await rig.rows<{ state: string; place: string | null; reason: string | null }>(
      "SELECT state, place, reason FROM meeting WHERE occurrence = '2026-12'",
    )
  )[0]
const answers = () => rig.rows("SELECT answer FROM attendance WHERE occurrence = '2026-12'")
const when = '19 giờ 30, thứ Năm, ngày 03/12/2026'

test('while only a coming meeting is there, "họp không tổ chức" is asked about first; "không" leaves it', async () => {
  expect(textOf(await rig.tell('thu', 'họp không tổ chức vì bão'))).toBe(vi.callOffAsk(when))
  expect((await december())?.state).toBe('planned')
  expect(textOf(await rig.tell('thu', 'không'))).toBe(vi.callOffLeft)
  expect((await december())?.state).toBe('planned')
})

test('"nghỉ họp tháng này" of a secretary may be either: a numbered question', async () => {
  await rig.advance('2026-12-01T09:00:00+07:00')
  const options = [vi.callOffOption(when), vi.excuseOption(when)]
  expect(textOf(await rig.tell('thu', 'nghỉ họp tháng này'))).toBe(vi.whichOne(options))
  await rig.tell('thu', '2')
  await rig.tell('thu', '1')
  expect(await answers()).toEqual([{ answer: 'excused' }])
  expect((await december())?.state).toBe('planned')
})

test('of a member it can only be an absence, and that is asked; the meeting stands', async () => {
  expect(textOf(await rig.tell('lan', 'nghỉ họp tháng này'))).toBe(vi.excuseAsk(when))
  expect(await answers()).toHaveLength(1)
  await rig.tell('lan', 'có')
  expect(await answers()).toHaveLength(2)
  expect(textOf(await rig.tell('hoa', 'chi bộ không họp nữa'))).toBe(vi.refusals.notSecretary)
  expect((await december())?.state).toBe('planned')
})

test('the place alone is changed: the time and the answers stay', async () => {
  expect(textOf(await rig.tell('thu', 'đổi địa điểm họp sang nhà đ/c Khoát'))).toContain('nhà đ/c Khoát')
  expect(await december()).toMatchObject({ state: 'planned', place: 'nhà đ/c Khoát' })
  expect(await answers()).toHaveLength(2)
})

test('"không họp nữa" calls it off once that is confirmed, with the reason', async () => {
  expect(textOf(await rig.tell('thu', 'chi bộ không họp nữa vì mất điện'))).toBe(vi.callOffAsk(when))
  await rig.tell('thu', 'có')
  expect(await december()).toMatchObject({ state: 'cancelled', reason: 'mất điện' })
})

test('without a reason it asks for one; the meeting stands until that is answered', async () => {
  await rig.tell('thu', 'dời họp tháng 12 sang 3/12 19h30')
  const why = vi.callOffAskWhy(when)
  expect(textOf(await rig.tell('thu', 'huỷ họp tháng này'))).toBe(why)
  expect((await december())?.state).toBe('planned')
  expect(textOf(await rig.tell('thu', 'không'))).toBe(`${vi.notUnderstood}\n${why}`)
  expect(textOf(await rig.tell('thu', 'thôi'))).toBe(vi.cancelled)
  expect((await december())?.state).toBe('planned')

  await rig.tell('thu', 'hoãn buổi họp')
  expect(textOf(await rig.tell('thu', 'chờ tôi hỏi cấp trên đã'))).toBe(vi.callOffReasonIs('chờ tôi hỏi cấp trên đã'))
  await rig.tell('thu', 'không')
  expect((await december())?.state).toBe('planned')

  await rig.tell('thu', 'huỷ họp tháng này')
  await rig.tell('thu', 'do nước lũ dâng cao.')
  expect(await december()).toMatchObject({ state: 'cancelled', reason: 'nước lũ dâng cao' })

  await rig.tell('thu', 'dời họp tháng 12 sang 3/12 19h30')
  await rig.tell('thu', 'huỷ họp tháng này')
  const said = await rig.tell('thu', 'không có lý do')
  expect(textOf(said)).toBe(`${vi.cancelledMeeting(when, null)}\n${vi.noGroupTold}`)
  expect(await december()).toMatchObject({ state: 'cancelled', reason: null })
  const audits = await rig.rows<{ details: { reasonKind: string | null } }>(
    "SELECT details FROM audit_entry WHERE action = 'meeting.cancelled' ORDER BY audit_id",
  )
  expect(audits.slice(-2).map(({ details }) => details.reasonKind)).toEqual(['weather', null])
})

test('"hôm qua không họp" is noted of the meeting of yesterday, and of no other day', async () => {
  await rig.tell('thu', 'dời họp tháng 12 sang 8/12 19h30')
  await rig.advance('2026-12-09T09:00:00+07:00')
  expect(textOf(await rig.tell('thu', 'ngày 7/12 chi bộ không họp'))).toBe(vi.notHeldNone)
  expect((await december())?.state).toBe('planned')
  expect(textOf(await rig.tell('thu', 'tối qua chi bộ không họp vì mất điện'))).toContain('không tổ chức')
  expect(await december()).toMatchObject({ state: 'cancelled', reason: 'mất điện' })
})

test('two names for the one exemplar of a month are a numbered question', async () => {
  expect(textOf(await rig.tell('thu', 'gương tháng 12: đ/c Lan và Hoa'))).toBe(
    vi.exemplarOne('2026-12', ['Lan', 'Hoa']),
  )
  expect(textOf(await rig.tell('thu', '2'))).toBe(vi.exemplarNoted('2026-12', 'Đỗ Thị Hoa'))
})

test('a schedule that the secretary sets in private is told to the group once, as one set there is', async () => {
  const own = await startRig({
    async seed(pool) {
      const cell = await addOrganisation(pool, 'Chi bộ Nam', 'cell')
      await addMembers(pool, cell, [{ name: 'Trần Thị Thư', role: 'secretary', key: 'thu' }], new Date('2026-10-05'))
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['thu'] })
      await addGroup(pool, 'local', 'g', cell)
    },
  })
  try {
    for (const text of ['chi bộ họp mùng 3 hằng tháng lúc 19h30', 'chào cờ 19h trước sinh hoạt', 'bỏ chào cờ']) {
      const heard = await own.tell('thu', text)
      const [inGroup, ...more] = heard.filter(({ chat }) => chat === 'g')
      expect(more).toEqual([])
      expect(heard).toContainEqual({ chat: 'dm:thu', text: `${inGroup?.text}\n${vi.told}` })
    }
    const [said, ...others] = await own.say('g', 'thu', '@Nếp chi bộ họp mùng 5 hằng tháng lúc 19h30')
    expect(said).toMatchObject({ chat: 'g' })
    expect(others).toEqual([])
    expect(said?.text).not.toContain(vi.told)
  } finally {
    await own.stop()
  }
})
