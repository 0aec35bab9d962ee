import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { knowsHead, verifyAudit } from '../../src/store/audit.ts'
import { textsOf } from '../../src/texts/index.ts'
import { type Heard, monday, type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation, link, type SeedMember } from './seed.ts'

const vi = textsOf('vi')
/** One approved deed whose day has not come. */
const oneInProgress = vi.stagesLine(false, {
  done: { numerator: 0, denominator: 1 },
  inProgress: { numerator: 1, denominator: 1 },
  overdue: { numerator: 0, denominator: 1 },
  missed: { numerator: 0, denominator: 1 },
})
let rig: Rig
let cell: number

const people: SeedMember[] = [
  { name: 'Trần Thị Thư', role: 'secretary', key: 'thu' },
  { name: 'Lê Văn Phó', role: 'deputy', key: 'pho' },
  { name: 'Phạm Thị Ký', role: 'clerk', key: 'ky' },
  { name: 'Nguyễn Văn An', key: 'an' },
  { name: 'Đỗ Thị Bình', status: 'probationary', key: 'binh' },
  { name: 'Vũ Văn Đến', status: 'temporarilyHere', key: 'den' },
  { name: 'Bùi Thị Giấy' },
  { name: 'Cao Văn Lễ', status: 'exempt', key: 'le' },
  { name: 'Trịnh Thị Nhàn', status: 'away' },
  { name: 'Mai Văn Đình', status: 'suspended', key: 'dinh' },
  { name: 'Hà Thị Rời', status: 'left', key: 'roi' },
]

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      const root = await addOrganisation(pool, 'Đảng uỷ xã', 'committee')
      cell = await addOrganisation(pool, 'Chi bộ Bắc', 'cell', root)
      const other = await addOrganisation(pool, 'Chi bộ Nam', 'cell', root)
      await addMembers(pool, root, [{ name: 'Cao Thị Trên', role: 'secretary', key: 'tren' }], monday)
      await addMembers(pool, cell, people, monday)
      await addMembers(pool, other, [{ name: 'Phan Văn Tước', role: 'secretary', key: 'tuoc' }], monday)
      const keys = people.flatMap(({ key }) => (key ? [key] : []))
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: [...keys, 'tuoc'] })
      await addGroup(pool, 'local', 'g', cell)
    },
  })
})
afterAll(() => rig.stop())

const dm = (person: string, text: string) => ({ chat: `dm:${person}`, text })
async function register(person: string, text: string): Promise<void> {
  await rig.tell(person, text)
  await rig.tell(person, '1')
}
const group = (messages: readonly Heard[]) => textOf(messages.filter(({ chat }) => chat === 'g'))
/** No group ever hears a name. */
function expectNameless(messages: readonly Heard[]): void {
  for (const { name } of people) expect(group(messages)).not.toContain(name)
}

describe('the summary', () => {
  test('in the group is counts with their denominator, the deadline and who is not counted, without names', async () => {
    await register('an', 'đk 2 việc: 1. trồng 10 cây xanh, hạn 30/11 2. giúp 1 hộ nghèo, hạn 15/12')
    await register('binh', 'đk: hiến máu 2 lần, xong trước 30/11')
    await rig.tell('thu', 'duyệt đ/c Bình')
    for (const text of [
      '@Bot Nếp tổng hợp',
      '@Bot Nep tong hop',
      '/tonghop',
      '/summary',
      '@Bot Nếp TỔNG HỢP'.normalize('NFD'),
    ]) {
      const messages = await rig.say('g', 'den', text)
      expect(
        messages.map(({ chat }) => chat),
        text,
      ).toEqual(['g'])
      expect(messages[0]?.text).toBe(
        vi.summaryCell({
          orgName: 'Chi bộ Bắc',
          year: 2026,
          today: '2026-10-05',
          members: { numerator: 2, denominator: 7 },
          membersTenths: 286,
          approved: { numerator: 1, denominator: 7 },
          approvedTenths: 143,
          individualDeeds: 3,
          collectiveDeeds: 0,
          more: oneInProgress,
          closesOn: '2026-12-31',
          excluded: [
            vi.excludedPart(1, vi.statusNames.exempt),
            vi.excludedPart(1, vi.statusNames.away),
            vi.excludedPart(1, vi.statusNames.suspended),
          ].join(', '),
        }),
      )
      expectNameless(messages)
    }
  })

  test('does not count drafts, returned or withdrawn deeds', async () => {
    await rig.tell('den', 'đk: đọc 3 cuốn sách, hạn 30/11')
    expect(textOf(await rig.tell('an', 'tổng hợp'))).toContain('2/7')
    await rig.tell('den', '1')
    expect(textOf(await rig.tell('an', 'tổng hợp'))).toContain('3/7')
    await rig.tell('thu', 'trả lại việc 1 của đ/c Đến vì chưa cụ thể')
    expect(textOf(await rig.tell('an', 'tổng hợp'))).toContain('2/7')
  })

  test('counts the deeds of the exempt as deeds, not in the share', async () => {
    await register('le', 'đk: kể chuyện truyền thống 2 buổi, hạn 30/11')
    const text = textOf(await rig.tell('an', 'tổng hợp'))
    expect(text).toContain('2/7 (28,6%)')
    expect(text).toContain('4 của cá nhân')
  })

  test('with names goes to officers on request, in private, and is written to the audit', async () => {
    const [counts] = await rig.tell('thu', 'tổng hợp')
    expect(counts?.text).toContain(vi.summaryAskNames)
    expect(counts?.text).not.toContain('Nguyễn Văn An')
    const messages = await rig.say('g', 'thu', '@Bot Nếp ai đã đăng ký')
    expect(group(messages)).toBe(vi.sentPrivately)
    const named = messages.find(({ chat }) => chat === 'dm:thu')?.text
    expect(named).toContain('Nguyễn Văn An: (việc 1) trồng 10 cây xanh')
    expect(named).toContain('Bùi Thị Giấy')
    expect(named).toContain('Nguyễn Văn An, việc 1; Nguyễn Văn An, việc 2')
    expect(named).not.toContain('Hà Thị Rời')
    expect(await rig.rows(`SELECT actor_id FROM audit_entry WHERE action = 'summary.namesSeen'`)).toHaveLength(1)
    expect(await rig.tell('an', 'ai đã đăng ký')).toEqual([dm('an', vi.refusals.namesNotAllowed)])
    const inGroup = await rig.say('g', 'an', '@Bot Nếp ai đã đăng ký')
    expect(inGroup).toEqual([{ chat: 'g', text: vi.refusals.namesNotAllowed }])
  })

  test('of the committee above adds its cells up, without names', async () => {
    const [tree] = await rig.tell('tren', 'tổng hợp')
    expect(tree?.text).toBe(
      vi.summaryTree({
        orgName: 'Đảng uỷ xã',
        year: 2026,
        today: '2026-10-05',
        cellsStarted: { numerator: 1, denominator: 2 },
        cellsComplete: { numerator: 0, denominator: 2 },
        cellsTenths: 500,
        completeTenths: 0,
        members: { numerator: 2, denominator: 8 },
        membersTenths: 250,
        individualDeeds: 4,
        collectiveDeeds: 0,
        details: '',
        more: oneInProgress,
        closesOn: '2026-12-31',
        excluded: [
          vi.excludedPart(1, vi.statusNames.exempt),
          vi.excludedPart(1, vi.statusNames.away),
          vi.excludedPart(1, vi.statusNames.suspended),
        ].join(', '),
      }),
    )
  })

  test('is 100 % only when all have registered', async () => {
    await register('tuoc', 'đk: trồng 5 cây xanh, xong trước 30/11')
    expect(textOf(await rig.tell('tuoc', 'tổng hợp'))).toContain('1/1 (100%)')
    expect(textOf(await rig.tell('tren', 'tổng hợp'))).toContain('3/8')
  })
})

describe('who has not registered', () => {
  const silent = ['Vũ Văn Đến', 'Bùi Thị Giấy', 'Phạm Thị Ký', 'Lê Văn Phó', 'Trần Thị Thư']

  test('is told to officers by given name, in private even when asked in the group', async () => {
    const messages = await rig.say('g', 'thu', '@Bot Nếp còn ai chưa đk')
    expect(group(messages)).toBe(vi.sentPrivately)
    const list = messages.find(({ chat }) => chat === 'dm:thu')?.text
    expect(list).toBe(vi.missingPledge(silent, { numerator: 2, denominator: 7 }))
    for (const officer of ['pho', 'ky']) {
      expect(await rig.tell(officer, 'con ai chua dk')).toEqual([
        dm(officer, vi.missingPledge(silent, { numerator: 2, denominator: 7 })),
      ])
    }
  })

  test('is told to nobody else', async () => {
    for (const person of ['an', 'binh', 'dinh']) {
      expect(await rig.tell(person, 'còn ai chưa đk'), person).toEqual([dm(person, vi.refusals.namesNotAllowed)])
    }
    expect(await rig.tell('roi', 'còn ai chưa đk')).toEqual([dm('roi', vi.refusals.formerMember)])
    expectNameless(await rig.say('g', 'an', '@Bot Nếp còn ai chưa đk'))
    expect(await rig.say('g', 'tuoc', '@Bot Nếp còn ai chưa đk')).toEqual([
      { chat: 'g', text: vi.refusals.notYourCell },
    ])
  })
})

describe('reminding on request', () => {
  test('reaches the silent alone: each in private, the others by one line in the group without names', async () => {
    const messages = await rig.say('g', 'thu', '@Bot Nếp nhắc mọi người đăng ký')
    const privately = messages.filter(({ chat }) => chat !== 'g').map(({ chat }) => chat)
    expect(privately.sort()).toEqual(['dm:den', 'dm:ky', 'dm:pho', 'dm:thu'])
    for (const { chat, text } of messages) {
      if (chat !== 'g') expect(text).toBe(vi.nudgePledge('Chi bộ Bắc', '2026-12-31'))
    }
    const lines = messages.filter(({ chat }) => chat === 'g').map(({ text }) => text)
    expect(lines.sort()).toEqual([vi.nudgeGroup.pledge('2026-12-31'), vi.nudged(4, 1, 0)].sort())
    expectNameless(messages)
    expect(await rig.value(`SELECT count(*)::int FROM nudge`)).toBe(5)
  })

  test('happens at most twice a week to each member', async () => {
    await rig.advance('2026-10-07T09:00:00+07:00')
    expect(await rig.tell('pho', 'nhắc mọi người đăng ký')).toContainEqual(dm('pho', vi.nudged(4, 1, 0)))
    const third = await rig.tell('thu', 'nhắc mọi người đăng ký')
    expect(third).toEqual([dm('thu', vi.nudged(0, 0, 5))])
    await rig.advance('2026-10-14T09:00:00+07:00')
    expect(await rig.tell('thu', 'nhắc mọi người đăng ký')).toContainEqual(dm('thu', vi.nudged(4, 1, 0)))
  })

  test('is for secretary and deputy', async () => {
    for (const person of ['ky', 'an']) {
      expect(await rig.tell(person, 'nhắc mọi người đăng ký')).toEqual([dm(person, vi.refusals.notSecretary)])
    }
  })

  test('goes once to a member with accounts on two platforms', async () => {
    const memberId = await rig.value<number>(`SELECT member_id FROM member WHERE display_name = 'Vũ Văn Đến'`)
    await link(rig.pool, 'telegram', 'den-tg', memberId, monday)
    await rig.advance('2026-10-22T09:00:00+07:00')
    const sent = rig.rich.sent.length
    const messages = await rig.tell('thu', 'nhắc mọi người đăng ký')
    expect(messages.filter(({ chat }) => chat === 'dm:den')).toHaveLength(1)
    expect(rig.rich.sent.slice(sent)).toEqual([])
  })
})

test('a summary ends with the end of the log, which holds all that was done until then and is found again', async () => {
  const end = () => rig.value<string>('SELECT hash FROM audit_head WHERE chain = $1', [cell])
  const open = () =>
    rig.value<number>(
      `SELECT count(*)::int FROM audit_entry a WHERE org_id = $1 AND NOT EXISTS (SELECT FROM audit_link l WHERE l.audit_id = a.audit_id)`,
      [cell],
    )
  const asked = async (chat: string, person: string, text: string) => {
    await rig.say(chat, person, text)
    return rig.headLines.at(-1)
  }
  const line = async () => vi.auditHeadLine((await end()).slice(0, 8), rig.clock.now(), 'Asia/Ho_Chi_Minh')
  await rig.tell('ky', 'đk: vệ sinh 3 km đường, hạn 30/11')
  await rig.tell('ky', '1')
  await rig.tell('ky', 'rút việc 1')
  await rig.tell('ky', '1')
  expect(await open()).toBeGreaterThan(0)
  const said = await asked('g', 'den', '@Bot Nếp tổng hợp')
  expect(said).toBe(await line())
  expect(said).toMatch(/^Mã kiểm chứng [0-9a-f]{8}, 9 giờ, thứ .+, ngày \d\d\/10\/2026\.$/)
  expect(await open()).toBe(0)
  expect(await knowsHead(rig.pool, cell, (await end()).slice(0, 8))).toBe(true)
  expect(await asked('dm:thu', 'thu', 'tổng hợp danh sách')).toBe(await line())
  // Another process is linking: nobody waits for it, and what it has linked so far is said.
  await rig.tell('ky', 'đk: vệ sinh 3 km đường, hạn 30/11')
  await rig.tell('ky', '1')
  const last = await end()
  const client = await rig.pool.connect()
  try {
    await client.query('BEGIN; SELECT pg_advisory_xact_lock(7310005)')
    expect(await asked('g', 'den', '@Bot Nếp tổng hợp')).toContain(last.slice(0, 8))
    expect(await open()).toBeGreaterThan(0)
  } finally {
    await client.query('ROLLBACK')
    client.release()
  }
  await rig.tell('ky', 'rút việc 1')
  await rig.tell('ky', '1')
  await rig.say('g', 'den', '@Bot Nếp tổng hợp')
  expect((await verifyAudit(rig.pool, cell)).findings.filter(({ problem }) => problem !== 'changedOutside')).toEqual([])
})
