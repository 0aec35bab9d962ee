import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textsOf } from '../../src/texts/index.ts'
import { type Heard, monday, type Rig, settled, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation, type SeedMember } from './seed.ts'

const vi = textsOf('vi')
const zone = 'Asia/Ho_Chi_Minh'
let rig: Rig
let cell: number

const people: SeedMember[] = [
  { name: 'Trần Thị Thư', role: 'secretary', key: 'thu' },
  { name: 'Lê Văn Phó', role: 'deputy', key: 'pho' },
  { name: 'Phạm Thị Ký', role: 'clerk', key: 'ky' },
  { name: 'Nguyễn Văn An', key: 'an' },
  { name: 'Đỗ Thị Bình', key: 'binh' },
  { name: 'Vũ Đình Chắt', key: 'chat' },
  { name: 'Cao Văn Lễ', status: 'exempt' },
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
})
afterAll(() => rig.stop())

const dm = (person: string, text: string) => ({ chat: `dm:${person}`, text })
const at = (local: string) => new Date(`${local}:00+07:00`)
const when = (local: string) => vi.dateTime(at(local), zone)
const starts = () =>
  rig.rows(
    `SELECT to_char(starts_at AT TIME ZONE '${zone}', 'YYYY-MM-DD HH24:MI') AS starts, state FROM meeting ORDER BY starts_at`,
  )
const answers = () =>
  rig.rows(
    `SELECT m.display_name AS name, a.answer, a.reason_kind AS reason FROM attendance a JOIN member m USING (member_id)
     ORDER BY m.member_id`,
  )
const inGroup = (messages: readonly Heard[]) => messages.filter(({ chat }) => chat === 'g').map(({ text }) => text)

describe('the standing schedule', () => {
  test.each([
    ['chi bộ họp mùng 3 hằng tháng lúc 19h30', '30 19 3 * *', 'same', '2026-11-03 19:30'],
    ['Đặt lịch sinh hoạt 7h sáng thứ Hai tuần đầu tháng', '0 7 * * 1#1', 'same', '2026-11-02 07:00'],
    ['đặt lịch sinh hoạt tối thứ 6 cuối tháng 19h nhé', '0 19 * * 5L', 'same', '2026-10-30 19:00'],
    ['dat lich hop chieu 2h thu 6 tuan thu hai hang thang', '0 14 * * 5#2', 'same', '2026-10-09 14:00'],
    ['/datlich mùng 4 hàng tháng 7 rưỡi tối', '30 19 4 * *', 'same', '2026-11-04 19:30'],
  ])('%s', async (text, cron, shift, next) => {
    const [answer] = await rig.tell('thu', text)
    expect(await rig.rows('SELECT cron, shift FROM schedule')).toEqual([{ cron, shift }])
    expect(await starts()).toContainEqual({ starts: next, state: 'planned' })
    expect(answer?.text).toContain(vi.dateTime(at(next.replace(' ', 'T')), zone))
  })

  test('shifts off weekends and holidays, either way', async () => {
    await rig.tell(
      'thu',
      'lịch cố định: 19g30 ngày 20 hằng tháng, rơi vào ngày nghỉ thì họp vào ngày làm việc trước đó',
    )
    await rig.advance('2026-11-25T09:00:00+07:00')
    // 20 December 2026 is a Sunday: the working day before is Friday the 18th.
    expect(await starts()).toContainEqual({ starts: '2026-12-18 19:30', state: 'planned' })
    await rig.tell(
      'thu',
      'đặt lịch họp ngày 1 hằng tháng, 8h sáng, trùng thứ bảy chủ nhật thì lùi sang ngày làm việc tiếp theo',
    )
    await rig.advance('2026-12-01T07:00:00+07:00')
    // 1 January is a holiday, then come Saturday and Sunday.
    expect(await starts()).toContainEqual({ starts: '2027-01-04 08:00', state: 'planned' })
  })

  test('is set by secretary and deputy alone; everybody may ask', async () => {
    for (const person of ['ky', 'an']) {
      expect(await rig.tell(person, 'chi bộ họp mùng 3 hằng tháng lúc 19h30')).toEqual([
        dm(person, vi.refusals.notSecretary),
      ])
    }
    await rig.tell('pho', 'chi bộ họp mùng 10 hằng tháng lúc 19h30')
    expect(await rig.value('SELECT cron FROM schedule')).toBe('30 19 10 * *')
    await rig.rows(`UPDATE meeting SET place = 'nhà văn hoá'`)
    expect(textOf(await rig.say('g', 'an', '@Bot Nếp bao giờ họp'))).toContain(
      vi.meetingWhen(when('2026-12-10T19:30'), 'nhà văn hoá', null, false),
    )
    expect(textOf(await rig.say('g', 'an', '@Bot Nep bao gio hop'))).toContain(when('2026-12-10T19:30'))
    const actions = await rig.rows(
      `SELECT DISTINCT actor_id FROM audit_entry WHERE action = 'meeting.scheduled' ORDER BY 1`,
    )
    expect(actions).toEqual([{ actor_id: 1 }, { actor_id: 2 }])
  })

  test('has a theme that officers set and everybody may ask for', async () => {
    expect(await rig.tell('an', 'chuyên đề tháng 12: nêu gương')).toEqual([dm('an', vi.refusals.notOfficer)])
    expect(await rig.tell('ky', 'chuyên đề tháng 12: nêu gương')).toEqual([
      dm('ky', vi.themeSet('2026-12', 'nêu gương')),
    ])
    expect(textOf(await rig.tell('an', 'bao giờ họp'))).toContain('nêu gương')
  })
})

describe('one meeting', () => {
  test('is moved with its reason: the group is told, answers are asked for again', async () => {
    await rig.say('g', 'an', '@Bot Nếp có mặt')
    expect(await answers()).toHaveLength(1)
    expect(await rig.tell('an', 'dời họp sang thứ 7 19h30 vì bão')).toEqual([dm('an', vi.refusals.notSecretary)])
    const messages = await rig.tell('thu', 'dời họp sang 19h30 ngày 12/12/2026 vì bão')
    const text = vi.moved(when('2026-12-10T19:30'), when('2026-12-12T19:30'), 'nhà văn hoá', 'bão')
    expect(messages).toHaveLength(2)
    expect(messages).toEqual(expect.arrayContaining([{ chat: 'g', text }, dm('thu', `${text}\n${vi.told}`)]))
    expect(await answers()).toEqual([])
    expect(await rig.rows(`SELECT occurrence, is_moved, reason FROM meeting WHERE is_moved`)).toEqual([
      { occurrence: '2026-12', is_moved: true, reason: 'bão' },
    ])
  })

  test('stays moved when the standing schedule changes', async () => {
    await rig.tell('thu', 'chi bộ họp mùng 3 hằng tháng lúc 19h30')
    expect(await starts()).toContainEqual({ starts: '2026-12-12 19:30', state: 'planned' })
  })

  test('cannot be moved into the past', async () => {
    expect(textOf(await rig.tell('thu', 'dời họp sang 19h30 ngày 30/11/2026'))).toContain(vi.movePast)
  })

  test('is called off with its reason, and no longer reminded of', async () => {
    const messages = await rig.tell('thu', 'hoãn họp tháng này vì bão')
    expect(inGroup(messages)).toEqual([vi.cancelledMeeting(when('2026-12-12T19:30'), 'bão')])
    expect(await rig.rows(`SELECT state, reason, next_reminder_at FROM meeting WHERE occurrence = '2026-12'`)).toEqual([
      { state: 'cancelled', reason: 'bão', next_reminder_at: null },
    ])
    // What is said on the 20th is the announcement of January's.
    expect(inGroup(await rig.advance('2026-12-20T09:00:00+07:00'))).toEqual([
      expect.stringContaining('sinh hoạt định kỳ tháng 1/2027 vào 19 giờ 30'),
    ])
  })
})

/** The meeting of 3 January 2027, 19:30. */
const january = '2027-01-03T19:30'
const reminder = (lead: 'first' | 'last') =>
  vi.reminder({
    org: 'Chi bộ Bắc',
    month: '2027-01',
    when: when(january),
    place: null,
    theme: null,
    answerHint: lead === 'first',
  })

describe('reminders and answers', () => {
  test('one message in the group per lead: five days, one day, two hours before', async () => {
    await rig.rows(`UPDATE meeting SET place = NULL`)
    await rig.rows(`UPDATE schedule SET place = NULL`)
    expect(inGroup(await rig.advance('2026-12-29T19:29:00+07:00'))).toEqual([])
    expect(inGroup(await rig.advance('2026-12-29T19:30:00+07:00'))).toEqual([reminder('first')])
    expect(inGroup(await rig.advance('2027-01-02T19:31:00+07:00'))).toEqual([reminder('first')])
  })

  test('answers are recorded, and change until the meeting', async () => {
    expect(await rig.say('g', 'an', '@Bot Nếp có mặt')).toEqual([{ chat: 'g', text: vi.attendNoted(when(january)) }])
    expect(await rig.say('g', 'an', '@Bot Nep xin vang, di cong tac')).toEqual([
      { chat: 'g', text: vi.excuseNoted(when(january)) },
    ])
    expect(await answers()).toEqual([{ name: 'Nguyễn Văn An', answer: 'excused', reason: 'work' }])
    await rig.say('g', 'an', '@Bot Nếp dự đc ạ')
    expect(await answers()).toEqual([{ name: 'Nguyễn Văn An', answer: 'attending', reason: null }])
  })

  test('the kind of reason is asked for in private, kept as a kind, and never said in the group', async () => {
    const [asked] = await rig.tell('binh', 'xin vắng')
    expect(asked?.text).toBe(`${vi.excuseNoted(when(january))}\n\n${vi.excuseAskReason}`)
    await rig.tell('binh', '2')
    expect(await answers()).toContainEqual({ name: 'Đỗ Thị Bình', answer: 'excused', reason: 'sick' })
    const said = await rig.say('g', 'binh', '@Bot Nếp xin phép vắng, em ốm')
    expect(said).toEqual([{ chat: 'g', text: vi.excuseNoted(when(january)) }])
    expect(said[0]?.text).not.toContain('ốm')
  })

  test("somebody else's excuse counts once a secretary has confirmed it", async () => {
    const messages = await rig.say('g', 'an', '@Bot Nếp bác Chắt ốm nhờ báo vắng hộ')
    const question = vi.excuseForAsk('Nguyễn Văn An', 'Vũ Đình Chắt', vi.reasonNames.sick, when(january))
    expect(inGroup(messages)).toEqual([vi.excuseForAsked])
    expect(messages).toContainEqual(dm('thu', question))
    expect(messages).toContainEqual(dm('pho', question))
    expect((await answers()).map(({ name }) => name)).not.toContain('Vũ Đình Chắt')
    expect((await rig.tell('thu', 'có')).sort((a, b) => a.chat.localeCompare(b.chat))).toEqual([
      dm('pho', vi.settledByAnother),
      dm('thu', vi.excuseForNoted('Vũ Đình Chắt')),
    ])
    expect(await answers()).toContainEqual({ name: 'Vũ Đình Chắt', answer: 'excused', reason: 'sick' })
    expect(await rig.rows(`SELECT 1 FROM dialogue WHERE flow = 'confirmExcuse'`)).toEqual([])
  })

  test('a busy secretary is asked all the same, and then gets the interrupted question back', async () => {
    for (const officer of ['thu', 'pho']) await rig.tell(officer, 'đk')
    await rig.say('g', 'an', '@Bot Nếp bác Chắt ốm nhờ báo vắng hộ')
    const [answer] = await rig.tell('thu', 'không')
    expect(answer?.text).toBe(`${vi.excuseForRejected}\n\n${vi.stillOpen(vi.askDeeds(1, 2))}`)
    expect(await rig.tell('thu', 'thôi')).toEqual([dm('thu', vi.draftDropped)])
    await rig.tell('pho', 'thôi')
  })

  test('who has not answered is told to officers in private', async () => {
    const [list] = await rig.tell('ky', 'ai chưa báo dự họp vậy')
    expect(list?.text).toBe(vi.missingMeeting(when(january), ['Phạm Thị Ký', 'Lê Văn Phó', 'Trần Thị Thư'], 6))
    expect(await rig.tell('an', 'ai chưa báo dự họp vậy')).toEqual([dm('an', vi.refusals.namesNotAllowed)])
  })

  test('before the meeting the secretaries see expected, excused and silent; the group sees no names', async () => {
    const messages = await rig.advance('2027-01-03T17:30:00+07:00')
    expect(inGroup(messages)).toEqual([reminder('last')])
    const text = vi.beforeMeeting({
      when: when(january),
      expected: 1,
      total: 6,
      excused: [`Đỗ Thị Bình (${vi.reasonNames.sick})`, `Vũ Đình Chắt (${vi.reasonNames.sick})`],
      silent: ['Phạm Thị Ký', 'Lê Văn Phó', 'Trần Thị Thư'],
      notCounted: vi.excludedPart(1, vi.statusNames.exempt),
    })
    expect(messages).toContainEqual(dm('thu', text))
    expect(messages).toContainEqual(dm('pho', text))
    expect(messages.map(({ chat }) => chat)).not.toContain('dm:ky')
  })

  test('while the roll is called, "có mặt" means being here', async () => {
    expect(await rig.tell('an', 'điểm danh')).toEqual([dm('an', vi.refusals.notOfficer)])
    const opened = await rig.tell('ky', 'điểm danh')
    expect(inGroup(opened)).toEqual([vi.rollCallOpen(when(january))])
    expect(await rig.say('g', 'an', '@Bot Nếp có mặt')).toEqual([{ chat: 'g', text: vi.attendPresent }])
    expect(await answers()).toContainEqual({ name: 'Nguyễn Văn An', answer: 'present', reason: null })
  })
})

describe('after downtime', () => {
  test('of a week each meeting still ahead is reminded of once, with the latest lead only', async () => {
    await rig.advance('2027-01-20T09:00:00+07:00')
    await rig.program.stop()
    rig.clock.set(at('2027-02-02T20:00'))
    const before = await rig.value<string>('SELECT max(local_message_id) FROM local_message')
    await rig.restart(false)
    const sent = await rig.rows<{ chat: string; text: string }>(
      'SELECT chat, text FROM local_message WHERE from_key IS NULL AND local_message_id > $1',
      [before],
    )
    expect(inGroup(sent)).toHaveLength(1)
    expect(inGroup(sent)[0]).toContain(when('2027-02-03T19:30'))
  })

  test('of more than a month what is over is not spoken of', async () => {
    await rig.program.stop()
    rig.clock.set(at('2027-04-15T09:00'))
    const before = await rig.value<string>('SELECT max(local_message_id) FROM local_message')
    await rig.restart(false)
    expect(await rig.rows('SELECT text FROM local_message WHERE local_message_id > $1', [before])).toEqual([])
    expect(await starts()).toContainEqual({ starts: '2027-05-03 19:30', state: 'planned' })
  })

  test('at night waits for the morning', async () => {
    await rig.program.stop()
    rig.clock.set(at('2027-04-28T22:30'))
    await rig.restart(false)
    expect(inGroup(await rig.advance('2027-04-29T06:29:00+07:00'))).toEqual([])
    expect(inGroup(await rig.advance('2027-04-29T06:30:00+07:00'))).toHaveLength(1)
  })
})

test('two processes that tick at once send each reminder once', async () => {
  const other = await rig.second()
  try {
    const before = await rig.value<number>(`SELECT count(*)::int FROM outbox WHERE key LIKE 'remind:%'`)
    for (const local of ['2027-05-02T19:30', '2027-05-03T17:30']) {
      rig.clock.set(at(local))
      await Promise.all([rig.program.engine.runTick(), other.engine.runTick(), rig.program.engine.runTick()])
      await settled(rig.program)
    }
    const messages = await rig.advance('2027-05-03T18:00:00+07:00')
    expect(messages.filter(({ chat }) => chat === 'g')).toEqual([])
    const sent = await rig.rows(
      `SELECT key FROM outbox WHERE key LIKE 'remind:%' AND state = 'sent' ORDER BY outbox_id OFFSET $1`,
      [before],
    )
    const keys = sent.map(({ key }) => String(key))
    expect(keys.filter((key) => !key.includes(':before'))).toHaveLength(2)
    const shown = await rig.rows(`SELECT 1 FROM local_message WHERE dedupe_key = ANY($1)`, [keys])
    expect(shown).toHaveLength(keys.length)
  } finally {
    await other.stop()
  }
})
