import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textsOf } from '../../src/texts/index.ts'
import { type Heard, monday, type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
let rig: Rig
let ids: { root: number; cell: number; other: number }

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      const root = await addOrganisation(pool, 'Đảng uỷ xã', 'committee')
      ids = {
        root,
        cell: await addOrganisation(pool, 'Chi bộ Bắc', 'cell', root),
        other: await addOrganisation(pool, 'Chi bộ Nam', 'cell', root),
      }
      await addMembers(pool, root, [{ name: 'Cao Thị Trên', role: 'secretary', key: 'tren' }], monday)
      await addMembers(
        pool,
        ids.cell,
        [
          { name: 'Trần Thị Thư', role: 'secretary', key: 'thu' },
          { name: 'Lê Văn Phó', role: 'deputy', key: 'pho' },
          { name: 'Phạm Thị Ký', role: 'clerk', key: 'ky' },
          { name: 'Nguyễn Văn An', key: 'an' },
          { name: 'Đỗ Thị Hoà', key: 'hoa1' },
          { name: 'Bùi Văn Hoà', key: 'hoa2' },
        ],
        monday,
      )
      await addMembers(
        pool,
        ids.other,
        [
          { name: 'Phan Văn Tước', role: 'secretary', key: 'tuoc' },
          { name: 'Lý Thị Sen', key: 'sen' },
        ],
        monday,
      )
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['thu', 'an', 'hoa1', 'hoa2'] })
      await addGroup(pool, 'local', 'g', ids.cell)
    },
  })
})
afterAll(() => rig.stop())

const dm = (person: string, text: string) => ({ chat: `dm:${person}`, text })
const states = (name: string) =>
  rig
    .rows<{ state: string }>(
      `SELECT state FROM deed d JOIN member m ON m.member_id = d.subject_id WHERE d.subject_kind = 'individual'
       AND m.display_name = $1 ORDER BY number`,
      [name],
    )
    .then((rows) => rows.map(({ state }) => state))
async function register(person: string, text: string): Promise<void> {
  await rig.tell(person, text)
  await rig.tell(person, '1')
}
const minutes = (count: number) => new Date(rig.clock.now().getTime() + count * 60_000)
const inGroups = (messages: readonly Heard[]) => messages.filter(({ chat }) => !chat.startsWith('dm:'))

describe('what waits for approval', () => {
  test('is told to secretary and deputy in one message each, in private, a while after the first', async () => {
    await register('an', 'đk 2 việc: 1. trồng 10 cây xanh, hạn 30/11 2. giúp 1 hộ nghèo, hạn 15/12')
    await register('hoa1', 'đk: hiến máu 2 lần, xong trước 30/11')
    expect(await rig.advance(minutes(10))).toEqual([])
    await register('hoa2', 'đk: dọn 3 tuyến đường, xong trước 30/11')
    const told = await rig.advance(minutes(10))
    expect(told).toHaveLength(2)
    expect(told).toEqual(expect.arrayContaining([dm('thu', vi.reviewWaiting(4, 3)), dm('pho', vi.reviewWaiting(4, 3))]))
    // Nothing new came: the same is not said again.
    expect(await rig.advance('2026-10-06T08:00:00+07:00')).toEqual([])
  })

  test('is listed by number when asked for, and approving needs more than the word', async () => {
    const [list] = await rig.tell('thu', 'duyệt')
    expect(list?.text).toContain('1. Nguyễn Văn An, việc 1: trồng 10 cây xanh – hạn 30/11/2026')
    expect(list?.text).toContain('4. Bùi Văn Hoà, việc 1: dọn 3 tuyến đường – hạn 30/11/2026')
    expect(await states('Nguyễn Văn An')).toEqual(['submitted', 'submitted'])
  })

  test('is approved by its number in the list; the member alone hears of it', async () => {
    const messages = await rig.tell('thu', '1')
    expect(messages).toHaveLength(2)
    expect(messages).toContainEqual(dm('thu', vi.approved(1, 3)))
    expect(messages.find(({ chat }) => chat === 'dm:an')?.text).toContain('trồng 10 cây xanh')
    expect(await states('Nguyễn Văn An')).toEqual(['approved', 'submitted'])
  })

  test('is returned with the reason, which is asked for where it was not given', async () => {
    expect(await rig.tell('thu', 'trả lại việc 2 của đ/c An')).toEqual([
      dm('thu', vi.returnAskReason('Nguyễn Văn An', 2)),
    ])
    expect(await states('Nguyễn Văn An')).toEqual(['approved', 'submitted'])
    const messages = await rig.tell('thu', 'nội dung còn chung chung')
    expect(messages).toHaveLength(2)
    expect(messages).toContainEqual(dm('thu', vi.returned('Nguyễn Văn An', 2)))
    const deed = { content: 'giúp 1 hộ nghèo', dueOn: '2026-12-15' }
    expect(messages).toContainEqual(dm('an', vi.returnedToMember(2, deed, 'nội dung còn chung chung')))
    expect(await states('Nguyễn Văn An')).toEqual(['approved', 'returned'])
    expect(await rig.value(`SELECT return_reason FROM deed WHERE state = 'returned'`)).toBe('nội dung còn chung chung')
    expect(textOf(await rig.tell('an', 'việc của tôi'))).toContain(vi.returnedBecause('nội dung còn chung chung'))
  })

  test('by a name that two bear is asked about, and only the one meant is approved', async () => {
    const [which] = await rig.tell('pho', 'duyệt việc 1 của đ/c Hoà')
    expect(which?.text).toBe(vi.whichOne(['Đỗ Thị Hoà', 'Bùi Văn Hoà']))
    const messages = await rig.tell('pho', '2')
    expect(messages).toContainEqual(dm('pho', vi.approved(1, 1)))
    expect(await states('Bùi Văn Hoà')).toEqual(['approved'])
    expect(await states('Đỗ Thị Hoà')).toEqual(['submitted'])
  })

  test('is approved all at once', async () => {
    const messages = await rig.tell('thu', 'duyệt tất cả')
    expect(messages).toContainEqual(dm('thu', vi.approved(1, 0)))
    expect(await states('Đỗ Thị Hoà')).toEqual(['approved'])
    expect(await rig.tell('thu', 'duyệt tất cả')).toEqual([dm('thu', vi.reviewNone)])
  })

  test('again after the member changed it, with what was approved kept in history', async () => {
    expect(textOf(await rig.tell('an', 'sửa việc 2: giúp 2 hộ nghèo, hạn 20/12'))).toContain(
      vi.edited({ content: 'giúp 2 hộ nghèo', dueOn: '2026-12-20' }, 2, true, { wasApproved: false }),
    )
    expect(await states('Nguyễn Văn An')).toEqual(['approved', 'submitted'])
    expect(await rig.value(`SELECT return_reason FROM deed WHERE subject_id = 5 AND number = 2`)).toBeNull()
    const told = await rig.advance(minutes(4 * 60))
    expect(told).toContainEqual(dm('thu', vi.reviewWaiting(1, 1)))
    expect(inGroups(told)).toEqual([])
    await rig.tell('thu', 'duyệt đ/c An')
    expect(await states('Nguyễn Văn An')).toEqual(['approved', 'approved'])
    const history = await rig.rows(
      `SELECT version, state, changed_by FROM deed_history WHERE subject_id = 5 AND number = 2 ORDER BY version`,
    )
    expect(history).toEqual([
      { version: 1, state: 'draft', changed_by: 5 },
      { version: 2, state: 'submitted', changed_by: 2 },
      { version: 3, state: 'returned', changed_by: 5 },
      { version: 4, state: 'submitted', changed_by: 2 },
    ])
  })

  test('is every time written to the audit with who and what, never with words', async () => {
    const entries = await rig.rows(
      `SELECT action, actor_kind AS kind, actor_id AS by, details->>'state' AS state FROM audit_entry
       WHERE subject = 'individual:5:2026:2' ORDER BY audit_id`,
    )
    expect(entries).toEqual([
      { action: 'deed.submitted', kind: 'member', by: 5, state: null },
      { action: 'deed.returned', kind: 'member', by: 2, state: 'returned' },
      { action: 'deed.edited', kind: 'member', by: 5, state: 'submitted' },
      { action: 'deed.approved', kind: 'member', by: 2, state: 'approved' },
    ])
    const leaks = await rig.rows(`SELECT 1 FROM audit_entry a WHERE a::text ~* 'nghèo|Nguyễn|Trần|chung chung'`)
    expect(leaks).toEqual([])
  })

  test('is nothing a member, a clerk or another cell may decide', async () => {
    await register('hoa1', 'đk: đọc 2 cuốn sách, xong trước 30/11')
    for (const person of ['an', 'hoa1', 'ky']) {
      expect(await rig.tell(person, 'duyệt tất cả'), person).toEqual([dm(person, vi.refusals.notSecretary)])
    }
    expect(await rig.tell('tuoc', 'duyệt tất cả')).toEqual([dm('tuoc', vi.reviewNone)])
    expect(textOf(await rig.tell('tuoc', 'duyệt đ/c Đỗ Thị Hoà'))).toBe(vi.nameUnknownOfficer('Đỗ Thị Hoà'))
    expect(await rig.tell('tren', 'duyệt tất cả')).toEqual([dm('tren', vi.reviewNone)])
    expect(await states('Đỗ Thị Hoà')).toEqual(['approved', 'submitted'])
  })
})

describe("a cell's own pledge", () => {
  test('is registered by its secretary, not by a member', async () => {
    expect(await rig.tell('an', 'chi bộ đk mô hình Hết việc chứ không hết giờ')).toEqual([
      dm('an', vi.refusals.notSecretary),
    ])
    await rig.tell('thu', 'chi bộ đk mô hình Hết việc chứ không hết giờ')
    await rig.tell('thu', '1')
    expect(await rig.tell('thu', '1')).toEqual([dm('thu', vi.submitted(1, true, 'above'))])
    expect(await rig.rows(`SELECT subject_id, state FROM deed WHERE subject_kind = 'collective'`)).toEqual([
      { subject_id: ids.cell, state: 'submitted' },
    ])
  })

  test('is approved one level up, not by the cell itself', async () => {
    await rig.tell('thu', 'duyệt tất cả')
    expect(await rig.value(`SELECT state FROM deed WHERE subject_kind = 'collective'`)).toBe('submitted')
    expect(await rig.advance(minutes(20))).toContainEqual(dm('tren', vi.reviewWaiting(1, 0, 1)))
    expect(textOf(await rig.tell('tren', 'duyệt'))).toContain('1. Chi bộ Bắc, tập thể, việc 1: mô hình')
    expect(await rig.tell('tren', '1')).toContainEqual(dm('tren', vi.approved(1, 0)))
    expect(await rig.rows(`SELECT state, decided_by FROM deed WHERE subject_kind = 'collective'`)).toEqual([
      { state: 'approved', decided_by: 1 },
    ])
  })
})
