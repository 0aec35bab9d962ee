/** What is said twice, taken back or said in the middle of something else: the last word counts, and nothing happens twice. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textsOf } from '../../src/texts/index.ts'
import { type Rig, startRig, textOf } from './rig.ts'
import { addMembers, addOrganisation } from './seed.ts'

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
          { name: 'Hoàng Văn Phó', role: 'deputy', key: 'pho' },
          { name: 'Lê Văn An', key: 'an' },
          { name: 'Đỗ Thị Bình', key: 'binh' },
        ],
        new Date('2026-10-05'),
      )
    },
  })
  await rig.advance('2026-11-25T09:00:00+07:00')
  await rig.tell('thu', 'chi bộ họp mùng 3 hằng tháng lúc 19h30')
})
afterAll(() => rig.stop())

const deeds = () => rig.rows(`SELECT content, state FROM deed WHERE state <> 'draft' ORDER BY subject_id, number`)
const answers = () =>
  rig.rows(`SELECT display_name AS name, answer FROM attendance JOIN member USING (member_id) ORDER BY member_id`)

describe('in the middle of a registration', () => {
  test.each(['duyệt hết', 'duyệt', 'trả lại việc 1 của đ/c An vì chưa rõ', 'duyet viec 1 cua d/c An'])(
    'an act of a secretary is no deed: %s',
    async (text) => {
      await rig.tell('thu', 'đk')
      expect(textOf(await rig.tell('thu', text))).not.toContain('bao giờ xong')
      await rig.tell('thu', 'thôi')
      await rig.tell('thu', 'thôi')
    },
  )

  test('an answer for the meeting is none either, and the question comes back', async () => {
    await rig.tell('an', 'đk')
    expect(textOf(await rig.tell('an', 'có mặt'))).toContain(vi.askDeeds(1, 2))
    expect(await answers()).toEqual([{ name: 'Lê Văn An', answer: 'attending' }])
    await rig.tell('an', 'duyệt hồ sơ của bà con đúng hạn, hạn 20/12')
    await rig.tell('an', '1')
    expect(await deeds()).toEqual([{ content: 'duyệt hồ sơ của bà con đúng hạn', state: 'submitted' }])
  })
})

test('who comes after all is not asked any more why they do not', async () => {
  await rig.tell('binh', 'xin vắng')
  expect(await rig.tell('binh', 'có mặt')).toEqual([
    { chat: 'dm:binh', text: vi.attendNoted('19 giờ 30, thứ Năm, ngày 03/12/2026') },
  ])
  await rig.tell('binh', '2')
  expect(await answers()).toContainEqual({ name: 'Đỗ Thị Bình', answer: 'attending' })
})

test('"vắng" alone in private is asked about before it is noted', async () => {
  expect(textOf(await rig.tell('binh', 'vắng'))).toBe(vi.excuseAsk('19 giờ 30, thứ Năm, ngày 03/12/2026'))
  await rig.tell('binh', 'không')
  expect(await answers()).toContainEqual({ name: 'Đỗ Thị Bình', answer: 'attending' })
  expect(textOf(await rig.tell('binh', 'vắng, ốm'))).toContain(vi.excuseNoted('19 giờ 30, thứ Năm, ngày 03/12/2026'))
})

test('a day that no month has is asked about as days', async () => {
  const text = textOf(await rig.tell('thu', 'dời họp sang 31/2 19h vì bận'))
  expect(text).toContain('ngày 28/02/2027')
  expect(text).not.toMatch(/T19|\+07/)
  await rig.tell('thu', 'thôi')
})

test('the next meeting called off twice, also by two officers, does not take the one after it', async () => {
  await Promise.all([rig.tell('thu', 'hoãn buổi họp tới vì bão'), rig.tell('pho', 'hoãn buổi họp tới vì bão')])
  const off = () => rig.rows(`SELECT occurrence FROM meeting WHERE state = 'cancelled' ORDER BY occurrence`)
  expect(await off()).toEqual([{ occurrence: '2026-12' }])
  expect(textOf(await rig.tell('thu', 'hoan buoi hop toi vi bao'))).toContain('03/01/2027')
  expect(await off()).toEqual([{ occurrence: '2026-12' }])
  await rig.tell('thu', 'có')
  expect(await off()).toEqual([{ occurrence: '2026-12' }, { occurrence: '2027-01' }])
})

test('who decides second is told so, and sees what still waits', async () => {
  for (const [who, text] of [
    ['an', 'đk: trồng 10 cây, hạn 20/12'],
    ['binh', 'đk: giúp 2 hộ nghèo, hạn 20/12'],
  ] as const) {
    await rig.tell(who, text)
    await rig.tell(who, '1')
  }
  for (const officer of ['thu', 'pho']) await rig.tell(officer, 'duyệt')
  await rig.tell('thu', '1')
  const text = textOf(await rig.tell('pho', '1'))
  expect(text).toContain(vi.reviewDecided)
  expect(text).toContain('giúp 2 hộ nghèo')
  await rig.tell('pho', 'thôi')
})

test('where the next months are called off, the meeting after them is found', async () => {
  // December's and January's are off by now, which is as far as is usually looked.
  expect(textOf(await rig.tell('an', 'bao giờ họp'))).toContain('ngày 03/02/2027')
  expect(textOf(await rig.tell('thu', 'chi bộ họp mùng 6 hằng tháng lúc 19h'))).toMatch(/Các buổi tới: .*2027/)
})
