/** The monthly question about progress: whom it reaches, how often, and every way of answering it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { readRoundAnswer } from '../../src/language/round-answers.ts'
import { textsOf } from '../../src/texts/index.ts'
import { monday, type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
let rig: Rig
let cell: number

const people = [
  { name: 'Trần Thị Thư', role: 'secretary' as const, key: 'thu' },
  { name: 'Nguyễn Văn An', key: 'an' },
  { name: 'Đỗ Thị Bình', key: 'binh' },
  { name: 'Lê Văn Cường', key: 'cuong' },
  { name: 'Phạm Thị Dung', key: 'dung' },
  { name: 'Vũ Văn Giang' },
  { name: 'Hồ Văn Đi', status: 'left' as const, key: 'di' },
]

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      cell = await addOrganisation(pool, 'Chi bộ Bắc', 'cell')
      const ids = await addMembers(pool, cell, people, monday)
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['thu', 'an'] })
      await addGroup(pool, 'local', 'g', cell)
      const deed = (member: number, number: number, state = 'approved', doneOn: string | null = null) =>
        pool.query(
          `INSERT INTO deed (year, subject_kind, subject_id, number, org_id, content, due_on, state, done_on, updated_at)
           VALUES (2026, 'individual', $1, $2, $3, $4, '2026-12-20', $5, $6, $7)`,
          [ids[member], number, cell, `việc số ${number}`, state, doneOn, monday],
        )
      await deed(1, 1)
      await deed(1, 2)
      await deed(2, 1)
      await deed(2, 2)
      await deed(3, 1, 'submitted')
      await deed(4, 1, 'approved', '2026-09-01')
      await deed(4, 2)
      await deed(5, 1)
      await deed(6, 1)
    },
  })
})
afterAll(() => rig.stop())

const deeds = (name: string) =>
  rig.rows(
    `SELECT number, percent, note, done_on IS NOT NULL AS done FROM deed d JOIN member m ON m.member_id = d.subject_id
     WHERE m.display_name = $1 ORDER BY number`,
    [name],
  )
const question = (...numbers: number[]) =>
  vi.progressQuestion(numbers.map((number) => ({ number, content: `việc số ${number}`, dueOn: '2026-12-20' })))

describe('the question of a month', () => {
  test('goes on its day, in private, only to members with an open approved deed; the group hears counts of the others', async () => {
    expect(await rig.advance('2026-10-25T08:59:00+07:00')).toEqual([])
    const sent = await rig.advance('2026-10-25T09:05:00+07:00')
    expect(sent).toHaveLength(4)
    expect(sent).toEqual(
      expect.arrayContaining([
        { chat: 'dm:an', text: question(1, 2) },
        { chat: 'dm:binh', text: question(1, 2) },
        { chat: 'dm:dung', text: question(2) },
        { chat: 'g', text: vi.progressGroup(1, 1) },
      ]),
    )
  })

  test('takes no answer for a meeting as progress', async () => {
    expect(await rig.tell('dung', 'có mặt')).toEqual([{ chat: 'dm:dung', text: vi.noMeetingToAnswer }])
    expect(await deeds('Phạm Thị Dung')).toMatchObject([{ done: true }, { percent: null, note: null, done: false }])
  })

  test('may be answered for one deed, for several in one message, and for all', async () => {
    expect(await rig.tell('an', 'v1 xong 70%, v2 xong rồi')).toEqual([
      { chat: 'dm:an', text: `${vi.progressNoted(1, 70, false)}\n${vi.progressNoted(2, 100, true)}` },
    ])
    expect(await deeds('Nguyễn Văn An')).toEqual([
      { number: 1, percent: 70, note: null, done: false },
      { number: 2, percent: 100, note: null, done: true },
    ])
    expect(await rig.tell('dung', 'được một nửa')).toEqual([{ chat: 'dm:dung', text: vi.progressNoted(2, 50, false) }])
    const history = await rig.rows(
      `SELECT round, number, percent, done FROM deed_progress ORDER BY at, subject_id, number`,
    )
    expect(history).toEqual([
      { round: '2026-10', number: 1, percent: 70, done: false },
      { round: '2026-10', number: 2, percent: 100, done: true },
      { round: '2026-10', number: 2, percent: 50, done: false },
    ])
  })

  test('does not come back after another request', async () => {
    const listed = textOf(await rig.tell('binh', 'việc của tôi'))
    expect(listed).toContain('2. ')
    expect(listed).not.toContain(question(1, 2))
  })

  test('comes once more to who is silent, and then not again', async () => {
    const again = await rig.advance('2026-10-29T09:10:00+07:00')
    expect(again).toEqual([{ chat: 'dm:binh', text: question(1, 2) }])
    expect(await rig.tell('binh', 'chưa làm gì')).toEqual([{ chat: 'dm:binh', text: vi.progressNothing }])
    expect(await deeds('Đỗ Thị Bình')).toMatchObject([{ percent: 0 }, { percent: 0 }])
    expect(await rig.advance('2026-11-24T09:00:00+07:00')).toEqual([])
  })

  test('of the next month leaves out what is done, also after a restart; "xong cả 2" ends both', async () => {
    await rig.restart()
    await rig.tell('binh', 'việc 1 xong 40%')
    const sent = await rig.advance('2026-11-25T09:05:00+07:00')
    expect(sent).toContainEqual({ chat: 'dm:binh', text: question(2) })
    expect(sent.map(({ chat }) => chat).sort()).toEqual(['dm:an', 'dm:binh', 'dm:dung', 'g'])
    expect(sent).toContainEqual({ chat: 'dm:an', text: question(1) })
    // Nine days later: answers that need the question to be understood still are.
    await rig.advance('2026-12-04T20:00:00+07:00')
    // Another number than there are deeds is no answer: which one is meant?
    expect(await rig.tell('binh', 'xong cả 3')).toEqual([{ chat: 'dm:binh', text: vi.progressHowMany(2) }])
    expect(await deeds('Đỗ Thị Bình')).toMatchObject([{ done: false }, { done: false }])
    // Both that are not done, although only one of them was asked about.
    await rig.tell('binh', 'xong cả 2')
    expect(await deeds('Đỗ Thị Bình')).toMatchObject([{ done: true }, { done: true }])
    expect(
      await rig.rows(`SELECT key FROM outbox WHERE key LIKE 'progress:%' GROUP BY key HAVING count(*) > 1`),
    ).toEqual([])
  })

  test('may be answered for several deeds with one word', async () => {
    expect(await rig.tell('an', 'việc 1 và 2 đều xong rồi ạ')).toEqual([
      { chat: 'dm:an', text: `${vi.progressNoted(1, 100, true)}\n${vi.progressNoted(2, 100, true)}` },
    ])
    expect(await deeds('Nguyễn Văn An')).toMatchObject([{ done: true }, { done: true }])
  })

  test('an act for one deed is not done by halves where two are named', async () => {
    const before = await deeds('Nguyễn Văn An')
    expect(await rig.tell('an', 'rút việc 1 và 2')).toEqual([
      { chat: 'dm:an', text: vi.oneDeedAtATime('pledge.withdraw') },
    ])
    expect(await deeds('Nguyễn Văn An')).toEqual(before)
  })

  test('is answered by a bare percent in private also when nothing is open; small talk is left alone', async () => {
    await rig.say('dm:dung', 'dung', 'thôi')
    expect(textOf(await rig.tell('dung', 'được 35%'))).toContain('việc số 2')
    await rig.tell('dung', '2')
    expect(await deeds('Phạm Thị Dung')).toContainEqual({ number: 2, percent: 35, note: null, done: false })
    expect(await rig.tell('dung', 'pin điện thoại còn 80%')).toEqual([])
    expect(await rig.tell('dung', 'xong rồi')).toEqual([])
    expect(await deeds('Phạm Thị Dung')).toContainEqual({ number: 2, percent: 35, note: null, done: false })
  })

  test('counts nobody in the group who took consent back', async () => {
    await rig.tell('dung', 'rút đồng ý')
    await rig.tell('dung', 'có')
    const sent = await rig.advance('2026-12-25T09:05:00+07:00')
    expect(sent).toContainEqual({ chat: 'g', text: vi.progressGroup(1, 1) })
    expect(sent.map(({ chat }) => chat)).not.toContain('dm:dung')
  })

  test('is not put in a month that the program slept through, and not where it is switched off', async () => {
    await rig.pool.query('UPDATE organisation SET progress_day = 0')
    expect(await rig.advance('2026-12-28T10:00:00+07:00')).toEqual([])
  })
})

test('a member who came from another cell is asked in the new one about what was registered in the old one, and not by both', async () => {
  const moved = await startRig({
    async seed(pool) {
      const from = await addOrganisation(pool, 'Chi bộ Đông', 'cell')
      const to = await addOrganisation(pool, 'Chi bộ Tây', 'cell')
      const [id] = await addMembers(pool, from, [{ name: 'Mai Văn Mới', key: 'moi' }], monday)
      await pool.query(
        `INSERT INTO deed (year, subject_kind, subject_id, number, org_id, content, due_on, state, updated_at)
         VALUES (2026, 'individual', $1, 1, $2, 'việc số 1', '2026-12-20', 'approved', $3)`,
        [id, from, monday],
      )
      await pool.query('UPDATE member SET org_id = $2 WHERE member_id = $1', [id, to])
    },
  })
  try {
    expect(await moved.advance('2026-10-25T09:05:00+07:00')).toEqual([{ chat: 'dm:moi', text: question(1) }])
    expect(await moved.tell('moi', '60%')).toEqual([{ chat: 'dm:moi', text: vi.progressNoted(1, 60, false) }])
    expect(await moved.advance('2026-10-29T09:10:00+07:00')).toEqual([])
  } finally {
    await moved.stop()
  }
})

describe('an answer about all deeds', () => {
  test.each([
    ['xong cả 2', { done: true, of: 2 }],
    ['cả hai xong rồi ạ', { done: true, of: 2 }],
    ['tất cả đều hoàn thành', { done: true }],
    ['em xong hết rồi', { done: true }],
    ['both done', { done: true, of: 2 }],
    ['cả 2 được 50%', { percent: 50, of: 2 }],
    ['tất cả đạt 100%', { done: true }],
    ['chưa làm gì', { nothing: true }],
    ['em chưa làm được gì ạ', { nothing: true }],
    ['chua', { nothing: true }],
    ['nothing yet', { nothing: true }],
    ['v1 xong 70%', null],
    ['xong', null],
    ['chưa xong việc 2', null],
    ['cả 2 việc khó quá', null],
    ['hết tiền', null],
  ])('%s', (text, meaning) => {
    expect(readRoundAnswer(text)).toEqual(meaning)
  })
})
