/** Nobody approves what is theirs: the secretary's own deeds and the cell's, with a committee above and without. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textsOf } from '../../src/texts/index.ts'
import { monday, type Rig, startRig, textOf } from './rig.ts'
import { addMembers, addOrganisation, link } from './seed.ts'

const vi = textsOf('vi')
let rig: Rig

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      const root = await addOrganisation(pool, 'Đảng uỷ xã', 'committee')
      const led = await addOrganisation(pool, 'Chi bộ Bắc', 'cell', root)
      await addMembers(pool, root, [{ name: 'Cao Thị Trên', role: 'committee', key: 'tren' }], monday)
      await addMembers(
        pool,
        led,
        [
          { name: 'Trần Thị Thư', role: 'secretary', key: 'thu' },
          { name: 'Lê Văn Phó', role: 'deputy', key: 'pho' },
        ],
        monday,
      )
      const silent = await addOrganisation(pool, 'Đảng uỷ bên', 'committee')
      await addMembers(pool, silent, [{ name: 'Hà Văn Vắng', role: 'secretary' }], monday)
      const alone = await addOrganisation(pool, 'Chi bộ Nam', 'cell', silent)
      await addMembers(
        pool,
        alone,
        [
          { name: 'Phan Văn Tước', role: 'secretary', key: 'tuoc' },
          { name: 'Lý Thị Sen', role: 'deputy', key: 'sen' },
        ],
        monday,
      )
      const single = await addOrganisation(pool, 'Chi bộ Tây', 'cell', silent)
      await addMembers(pool, single, [{ name: 'Đinh Thị Thục', role: 'secretary', key: 'thuc' }], monday)
      // The secretary of Bắc also sits on the committee above.
      const { rows } = await pool.query(
        `INSERT INTO member (org_id, display_name, folded_name, role, status)
         VALUES ($1, 'Trần Thị Thư', 'tran thi thu', 'committee', 'official') RETURNING member_id AS id`,
        [root],
      )
      await link(pool, 'local', 'thu', rows[0].id, monday)
    },
  })
})
afterAll(() => rig.stop())

const dm = (person: string, text: string) => ({ chat: `dm:${person}`, text })
const deed = { content: 'đọc 2 cuốn sách', dueOn: '2026-12-20' }
/** What is said first to whoever has sent a deed; offers may follow. */
async function register(person: string, text: string): Promise<string> {
  await rig.tell(person, text)
  return textOf(await rig.tell(person, '1')).split('\n')[0]!
}

describe('with a committee above', () => {
  test("a secretary's own deed waits there, also when the secretary sits on it", async () => {
    expect(await register('thu', 'đk: đọc 2 cuốn sách, hạn 20/12')).toBe(vi.submitted(1, false, 'above'))
    expect(await rig.tell('thu', 'duyệt hết')).toEqual([dm('thu', vi.reviewOwnOnly(1))])
    expect(await rig.tell('pho', 'duyệt hết')).toEqual([dm('pho', vi.reviewNone)])
    const told = await rig.advance(new Date(rig.clock.now().getTime() + 20 * 60_000))
    expect(told).toEqual([dm('tren', vi.reviewWaiting(1, 1))])
    const named = await rig.tell('tren', 'duyệt việc 1 của đ/c Thư')
    expect(named).toContainEqual(dm('tren', vi.approved(1, 0)))
    expect(named).toContainEqual(dm('thu', vi.approvedToMember([{ ...deed, number: 1 }], 'above')))
  })

  test("a cell's deed is changed and taken back by conversation and decided above", async () => {
    expect(await register('thu', 'chi bộ đk: làm 2 km đường hoa, hạn 30/11')).toBe(vi.submitted(1, true, 'above'))
    expect(textOf(await rig.tell('tren', 'duyệt'))).toContain('Chi bộ Bắc, tập thể, việc 1: làm 2 km đường hoa')
    expect(await rig.tell('tren', 'trả lại 1 vì chưa rõ đoạn nào')).toContainEqual(
      dm('thu', vi.returnedToCell(1, { content: 'làm 2 km đường hoa', dueOn: '2026-11-30' }, 'chưa rõ đoạn nào')),
    )
    // Deed 1 of the secretary herself stays as it is.
    const again = { content: 'làm 3 km đường hoa xóm Trên', dueOn: '2026-11-30' }
    expect(await rig.tell('pho', 'sửa việc 1 của chi bộ: làm 3 km đường hoa xóm Trên')).toEqual([
      dm('pho', vi.edited(again, 1, true, { wasApproved: false, route: 'above' })),
    ])
    const approved = await rig.tell('tren', 'duyệt hết')
    expect(approved).toContainEqual(dm('thu', vi.approvedToCell([{ ...again, number: 1 }])))
    // A committee is not called a cell.
    expect(vi.approvedToCell([{ ...again, number: 1 }], 'committee')).toContain('việc của cấp uỷ')
    expect(vi.returnedToCell(1, again, 'chưa rõ', 'committee')).not.toContain('chi bộ')
    // As it is understood: "của cấp uỷ" would be read as what the deed says.
    expect(vi.returnedToCell(1, again, 'chưa rõ', 'committee')).toContain('"sửa việc tập thể 1: …"')
    expect(await rig.tell('thu', 'sửa việc 1 của chi bộ thành hạn 25/11')).toEqual([
      dm('thu', vi.edited({ ...again, dueOn: '2026-11-25' }, 1, true, { wasApproved: true, route: 'above' })),
    ])
    expect(textOf(await rig.tell('pho', 'việc của chi bộ'))).toContain('1. làm 3 km đường hoa xóm Trên')
    await rig.tell('thu', 'rút việc tập thể 1')
    expect(await rig.tell('thu', 'có')).toEqual([dm('thu', vi.withdrawnDeed(1))])
    expect(await rig.tell('thu', 'rút việc 1 của chi bộ')).toEqual([dm('thu', vi.noSuchDeed(1, true))])
    expect(await rig.value(`SELECT state FROM deed WHERE subject_kind = 'individual'`)).toBe('approved')
  })

  test('who may not register for the cell may not change what it registered', async () => {
    await rig.tell('thu', 'chi bộ đk: trồng 100 cây, hạn 30/11')
    await rig.tell('thu', '1')
    await rig.pool.query(`UPDATE member SET role = 'member' WHERE display_name = 'Lê Văn Phó'`)
    for (const text of ['sửa việc 2 của chi bộ: bỏ', 'rút việc 2 của chi bộ', 'việc 2 của chi bộ xong 50%']) {
      expect(await rig.tell('pho', text)).toEqual([dm('pho', vi.refusals.notSecretary)])
    }
  })
})

describe('with nobody above who can be asked', () => {
  test("the other officer decides on a secretary's deed", async () => {
    expect(await register('tuoc', 'đk: đọc 2 cuốn sách, hạn 20/12')).toBe(vi.submitted(1, false, 'colleague'))
    expect(await rig.tell('tuoc', 'duyệt')).toEqual([dm('tuoc', vi.reviewOwnOnly(1))])
    expect(await rig.tell('tuoc', 'duyệt việc 1')).toEqual([dm('tuoc', vi.reviewOwnOnly(1))])
    expect(await rig.tell('sen', 'duyệt hết')).toContainEqual(dm('sen', vi.approved(1, 0)))
  })

  test("nobody decides on the deed of a secretary who is alone; the cell's is the meeting's", async () => {
    expect(await register('thuc', 'đk: đọc 2 cuốn sách, hạn 20/12')).toBe(vi.submitted(1, false, 'nobody'))
    expect(await rig.tell('thuc', 'duyệt hết')).toEqual([dm('thuc', vi.reviewOwnOnly(1))])
    await register('thuc', 'chi bộ đk: làm 2 km đường hoa, hạn 30/11')
    expect(await rig.tell('thuc', 'duyệt hết')).toContainEqual(dm('thuc', vi.approved(1, 0)))
    const own = `SELECT state FROM deed WHERE subject_kind = 'individual' AND subject_id = (SELECT member_id FROM member
      WHERE display_name = 'Đinh Thị Thục')`
    expect(await rig.value(own)).toBe('submitted')
  })
})

test('nobody rates or praises themselves for the cell', async () => {
  expect(await rig.tell('thu', 'đánh giá việc 1 của đ/c Thư: xuất sắc')).toEqual([dm('thu', vi.notForOneself)])
  expect(await rig.tell('thu', 'biểu dương đ/c Thư')).toEqual([dm('thu', vi.notForOneself)])
  expect(await rig.tell('thu', 'đánh giá việc 1 của tôi: xuất sắc')).toEqual([dm('thu', vi.rateWhom)])
})
