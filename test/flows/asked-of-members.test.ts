/** What a secretary asks about members in everyday words: what waits, one member's deeds, what is overdue, who comes, who came. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { textsOf } from '../../src/texts/index.ts'
import { type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
const start = new Date('2026-10-05T09:00:00+07:00')
let rig: Rig
let cell: number

beforeAll(async () => {
  rig = await startRig({
    at: start,
    async seed(pool) {
      cell = await addOrganisation(pool, 'Chi bộ Bắc', 'cell')
      await addMembers(
        pool,
        cell,
        [
          { name: 'Trần Thị Thư', role: 'secretary', key: 'thu' },
          { name: 'Lê Thị Lụa', key: 'lua' },
          { name: 'Đỗ Thị Hoà', key: 'hoa' },
          { name: 'Bùi Văn Hoà', key: 'bhoa' },
          { name: 'Cao Văn Lễ', status: 'exempt' },
        ],
        start,
      )
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['thu', 'lua', 'hoa'] })
      await addGroup(pool, 'local', 'g', cell)
    },
  })
  await rig.tell('lua', 'đk: vận động 8 hộ phân loại rác, hạn 25/10; trồng 5 cây, hạn 30/11')
  await rig.tell('lua', '1')
  await rig.tell('hoa', 'đk: giúp 1 hộ nghèo, hạn 30/11')
  await rig.tell('hoa', '1')
})
afterAll(() => rig.stop())

const tell = async (person: string, text: string) => textOf(await rig.tell(person, text))
const looks = async () =>
  (
    await rig.pool.query(
      `SELECT details->>'stage' AS stage, (details->>'member') IS NOT NULL AS one FROM audit_entry WHERE action = 'summary.namesSeen' ORDER BY audit_id`,
    )
  ).rows

test('what waits for approval is listed however it is asked for, and nothing is approved by asking', async () => {
  const list = await tell('thu', 'duyệt')
  await rig.tell('thu', 'thôi')
  for (const words of [
    'còn việc nào chờ duyệt không',
    'danh sách chờ duyệt',
    'ai dang cho duyet',
    'có việc gì cần tôi duyệt không',
  ]) {
    expect(await tell('thu', words)).toBe(list)
    await rig.tell('thu', 'thôi')
  }
  expect(await tell('lua', 'việc nào chờ duyệt')).toBe(vi.refusals.notSecretary)
  const told = await rig.tell('thu', 'duyệt hết')
  // In the order of their numbers, although all were handed in at one instant.
  expect(told.map(({ text }) => text)).toContain(
    vi.approvedToMember([
      { number: 1, content: 'vận động 8 hộ phân loại rác', dueOn: '2026-10-25' },
      { number: 2, content: 'trồng 5 cây', dueOn: '2026-11-30' },
    ]),
  )
})

test("one member's deeds go to the secretary in private, with how far they are; two of one name are asked about", async () => {
  await rig.tell('lua', 'việc 1 xong 50%')
  const answer = await tell('thu', 'đồng chí Lụa làm đến đâu rồi')
  expect(answer).toBe(
    vi.myDeeds(
      2026,
      [
        ['vận động 8 hộ phân loại rác', '2026-10-25', ', được 50%'] as const,
        ['trồng 5 cây', '2026-11-30', ''] as const,
      ].map(([content, dueOn, extra], at) => ({
        ...{ number: at + 1, content, dueOn, extra, details: '', state: vi.stateNames.approved },
      })),
      false,
      vi.titledName('Lê Thị Lụa'),
    ),
  )
  for (const words of ['viec cua d/c Lua', 'tiến độ của Lụa', 'Đ/c Lụa đăng ký gì ạ?'])
    expect(await tell('thu', words)).toBe(answer)
  const inGroup = await rig.say('g', 'thu', '@Nếp đồng chí Lụa đăng ký gì')
  expect(inGroup.map(({ chat, text }) => [chat, text]).sort()).toEqual([
    ['dm:thu', answer],
    ['g', vi.sentPrivately],
  ])
  expect(await tell('thu', 'việc của bác Hoà')).toBe(vi.whichOne(['Đỗ Thị Hoà', 'Bùi Văn Hoà']))
  expect(await tell('thu', '1')).toMatch(/Hoà/)
  expect(await tell('hoa', 'đồng chí Lụa đăng ký gì')).toBe(vi.refusals.namesNotAllowed)
  expect(await looks()).toHaveLength(6)
  expect((await looks()).every(({ one }) => one)).toBe(true)
})

test('deeds that are overdue, done or open are told with what they are out of', async () => {
  await rig.advance('2026-10-28T10:00:00+07:00')
  await rig.tell('hoa', 'việc 1 xong rồi')
  const lua1 = vi.deedOf(
    'Lê Thị Lụa',
    vi.numberedDeed({ number: 1, content: 'vận động 8 hộ phân loại rác', dueOn: '2026-10-25' }),
    ', được 50%',
  )
  const lua2 = vi.deedOf('Lê Thị Lụa', vi.numberedDeed({ number: 2, content: 'trồng 5 cây', dueOn: '2026-11-30' }), '')
  const hoa = vi.deedOf(
    'Đỗ Thị Hoà',
    vi.numberedDeed({ number: 1, content: 'giúp 1 hộ nghèo', dueOn: '2026-11-30' }),
    ', xong ngày 28/10/2026',
  )
  expect(await tell('thu', 'việc nào quá hạn')).toBe(vi.deedsOfStage('overdue', 2026, 3, [lua1]))
  expect(await tell('thu', 'ai chưa hoàn thành')).toBe(vi.deedsOfStage('open', 2026, 3, [lua1, lua2]))
  expect(await tell('thu', 'việc nào đã xong')).toBe(vi.deedsOfStage('done', 2026, 3, [hoa]))
  expect((await looks()).map(({ stage }) => stage).filter(Boolean)).toEqual(['overdue', 'open', 'done'])
})

test('who comes to the meeting is told with its three groups, who came once the roll is closed', async () => {
  expect(await tell('thu', 'buổi vừa rồi ai vắng')).toBe(vi.noRollClosed)
  await rig.tell('thu', 'chi bộ họp mùng 5 hằng tháng lúc 19h30 tại nhà văn hoá')
  await rig.tell('lua', 'tôi xin vắng buổi tới, đi viện')
  await rig.tell('hoa', 'tôi có mặt')
  const coming = vi.beforeMeeting({
    when: '19 giờ 30, thứ Năm, ngày 05/11/2026',
    expected: 1,
    total: 4,
    excused: ['Lê Thị Lụa (ốm)'],
    silent: ['Bùi Văn Hoà', 'Trần Thị Thư'],
    notCounted: vi.excludedPart(1, vi.statusNames.exempt),
  })
  for (const words of [
    'buổi tới ai vắng',
    'ai xin vắng',
    'bao nhiêu đ/c báo vắng',
    'danh sách dự họp',
    'hôm nay ai vắng',
  ])
    expect(await tell('thu', words)).toBe(coming)
  expect(await tell('hoa', 'ai xin vắng')).toBe(vi.refusals.namesNotAllowed)
  await rig.advance('2026-11-05T20:30:00+07:00')
  const closed = await rig.tell('thu', 'điểm danh: vắng Lụa (ốm), còn lại có mặt')
  const names = closed.map(({ text }) => text).find((text) => text.includes('Lê Thị Lụa'))!
  for (const words of ['buổi vừa rồi ai vắng', 'hôm nay ai vắng', 'ai vắng hôm qua'])
    expect(await tell('thu', words)).toBe(names)
})

test('what is told of a second deed in the same message is kept, also in words that are no report on their own', async () => {
  expect(await tell('lua', 'việc 1 được 80% rồi, việc 2 tháng nào cũng chăm')).toBe(
    `${vi.progressNoted(1, 80, false)}\n${vi.progressNoted(2, null, false)}`,
  )
  expect(
    (
      await rig.pool.query(
        `SELECT number, percent, note FROM deed WHERE content LIKE 'trồng%' OR content LIKE 'vận%' ORDER BY 1`,
      )
    ).rows,
  ).toEqual([
    { number: 1, percent: 80, note: null },
    { number: 2, percent: null, note: 'tháng nào cũng chăm' },
  ])
})

test('until when and how many is told to anybody, also in the group', async () => {
  const [answer] = await rig.say('g', 'hoa', '@Nếp hạn đăng ký đến bao giờ')
  expect(answer).toMatchObject({ chat: 'g' })
  expect(answer!.text).toContain('đến hết ngày 31/12/2026')
  expect(answer!.text).toContain('Mỗi đảng viên từ 1 đến 2 việc')
})

test('several numbers of the list approve several, and "all but 2" all but that one; a number beyond it approves nothing', async () => {
  await rig.tell('bhoa', 'đk: tặng 3 suất quà, hạn 20/12; dọn chợ mỗi tuần, hạn 31/12')
  await rig.tell('bhoa', '1')
  await rig.tell('hoa', 'đk: dạy 2 cháu học, hạn 31/12')
  await rig.tell('hoa', '1')
  const states = async () =>
    (
      await rig.pool.query(
        `SELECT content, state FROM deed WHERE content ~ '^(tặng|dọn|dạy)' ORDER BY content COLLATE "C"`,
      )
    ).rows.map(({ state }) => state)
  // Without the list on the screen its numbers are nobody's.
  expect(await tell('thu', 'duyệt 1, 2')).toContain('Có 03 việc chờ duyệt')
  expect(await tell('thu', '1, 4')).toBe(vi.chooseRange(3))
  expect(await states()).toEqual(['submitted', 'submitted', 'submitted'])
  await rig.tell('thu', 'duyệt hết trừ 1, 2')
  expect((await states()).filter((state) => state === 'approved')).toHaveLength(1)
  await rig.tell('thu', 'duyệt')
  await rig.tell('thu', '1 và 2')
  expect(await states()).toEqual(['approved', 'approved', 'approved'])
})

test('a month that is over and not remembered is the coming one', async () => {
  expect(await tell('hoa', 'lịch họp tháng 2')).toBe(vi.meetingNoneIn('2027-02'))
  expect(await tell('hoa', 'lịch họp tháng 12')).toContain('05/12/2026')
  expect(await tell('hoa', 'lịch họp tháng 1')).toContain('05/01/2027')
})
