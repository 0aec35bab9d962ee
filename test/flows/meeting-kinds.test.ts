/** Thematic meetings, the flag salute, announcements well ahead and meetings that were not held, through the real engine. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textsOf } from '../../src/texts/index.ts'
import { type Heard, monday, type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation, type SeedMember } from './seed.ts'

const vi = textsOf('vi')
let rig: Rig
let cell: number

const people: SeedMember[] = [
  { name: 'Trần Thị Thư', role: 'secretary', key: 'thu' },
  { name: 'Phạm Thị Ký', role: 'clerk', key: 'ky' },
  { name: 'Nguyễn Văn An', key: 'an' },
  { name: 'Đỗ Thị Bình', key: 'binh' },
]

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      cell = await addOrganisation(pool, 'Chi bộ Bắc', 'cell', await addOrganisation(pool, 'Đảng uỷ', 'committee'))
      await addMembers(pool, cell, people, monday)
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['thu', 'ky', 'an', 'binh'] })
      await addGroup(pool, 'local', 'g', cell)
    },
  })
  await rig.tell('thu', 'chi bộ họp 7h sáng mùng 3 hằng tháng tại hội trường')
})
afterAll(() => rig.stop())

const inGroup = (messages: readonly Heard[]) => messages.filter(({ chat }) => chat === 'g').map(({ text }) => text)
const toSecretary = (messages: readonly Heard[]) =>
  messages.filter(({ chat }) => chat === 'dm:thu').map(({ text }) => text)
const at = (local: string) => `${local}:00+07:00`
const meeting = async (occurrence: string) =>
  (await rig.rows('SELECT * FROM meeting WHERE occurrence = $1', [occurrence]))[0]

describe('the flag salute', () => {
  test('is set by the secretary, before the meeting, and told with it', async () => {
    expect(textOf(await rig.tell('thu', 'chào cờ 6h45 trước sinh hoạt'))).toContain('chào cờ lúc 6 giờ 45')
    expect(textOf(await rig.tell('an', 'bao giờ họp'))).toContain('Chào cờ lúc 6 giờ 45.')
  })
  test('is refused at another time of day, and to those without the right', async () => {
    expect(textOf(await rig.tell('thu', 'chào cờ 19h'))).toBe(vi.saluteNotBefore('7 giờ'))
    expect(textOf(await rig.tell('an', 'bỏ chào cờ'))).toBe(vi.refusals.notSecretary)
    expect(await rig.value('SELECT flag_salute_at FROM schedule')).toBe('06:45')
  })
})

describe('the announcement', () => {
  test('goes to the group once, in the morning of the 20th of the month before, with time, place, theme and agenda', async () => {
    await rig.tell('ky', 'chuyên đề tháng 11: nêu gương trong công việc')
    expect(inGroup(await rig.advance(at('2026-10-20T07:59')))).toEqual([])
    const [notice, ...more] = inGroup(await rig.advance(at('2026-10-20T08:00')))
    expect(more).toEqual([])
    expect(notice).toContain('sinh hoạt định kỳ tháng 11/2026 vào 7 giờ, thứ Ba, ngày 03/11/2026, tại hội trường.')
    expect(notice).toContain('Chào cờ lúc 6 giờ 45.\nNội dung: nêu gương trong công việc.\nChương trình:\n1. Học tập')
    await rig.restart()
    expect(inGroup(await rig.advance(at('2026-10-21T08:00')))).toEqual([])
  })

  test('stands for a reminder of the same day', async () => {
    await rig.rows('INSERT INTO meeting_setting (org_id, notice_day) VALUES ($1, 28)', [
      await rig.value('SELECT parent_id FROM organisation WHERE org_id = $1', [cell]),
    ])
    // Asked about before: the meeting of November is over and its roll was not called.
    await rig.advance(at('2026-11-08T08:00'))
    const told = inGroup(await rig.advance(at('2026-11-28T23:00')))
    // The first lead (five days: 28 November, 7:00) and the announcement fall on one day.
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('Thông báo: Chi bộ Bắc sinh hoạt định kỳ tháng 12/2026')
  })

  test('is not made for a meeting that was called off, and tells the truth of one that was moved', async () => {
    await rig.advance(at('2026-12-05T08:00'))
    await rig.tell('thu', 'hoãn họp tháng 1 vì bão')
    expect(inGroup(await rig.advance(at('2026-12-29T08:00')))).toEqual([])
    await rig.advance(at('2027-01-05T08:00'))
    await rig.tell('thu', 'dời họp tháng 2 sang 19h30 ngày 5/2')
    const told = inGroup(await rig.advance(at('2027-01-28T08:00')))
    expect(told).toHaveLength(1)
    expect(told[0]).toContain('vào 19 giờ 30, thứ Sáu, ngày 05/02/2027, tại hội trường (lịch đã dời).')
    // In the evening there is no flag salute at 6:45.
    expect(told[0]).not.toContain('Chào cờ')
  })

  test('is caught up with after a downtime as long as the meeting lies ahead', async () => {
    await rig.advance(at('2027-02-15T08:00'))
    await rig.program.stop()
    rig.clock.set(new Date(at('2027-03-01T09:00')))
    await rig.restart(false)
    await rig.advance(at('2027-03-01T09:05'))
    const toldOf = (month: string) =>
      rig.rows("SELECT left(text, 9) AS head FROM local_message WHERE chat = 'g' AND text LIKE $1", [`%${month} vào%`])
    // The reminder of five days before was missed; the announcement stands for it.
    expect(await toldOf('tháng 3/2027')).toEqual([{ head: 'Thông báo' }])
    await rig.program.stop()
    rig.clock.set(new Date(at('2027-04-04T09:00')))
    await rig.restart(false)
    await rig.advance(at('2027-04-04T09:05'))
    expect(await toldOf('tháng 4/2027')).toEqual([])
  })
})

describe('a meeting that was not held', () => {
  test('is asked about once, three days later, in private, unless the roll was called', async () => {
    await rig.advance(at('2027-04-20T08:00'))
    await rig.tell('thu', 'hoãn họp tháng 5 vì bận mùa vụ')
    const none = await rig.advance(at('2027-05-07T10:00'))
    const asksOf = (month: string) => vi.unrecordedMeeting(month, '|').split('|')[0]!
    expect(toSecretary(none).filter((text) => text.startsWith(asksOf('2027-05')))).toEqual([])
    const asked = await rig.advance(at('2027-06-06T09:00'))
    const when = vi.dateTime(new Date(at('2027-06-03T07:00')), 'Asia/Ho_Chi_Minh')
    expect(toSecretary(asked)).toContain(vi.unrecordedMeeting('2027-06', when))
    expect(inGroup(asked).filter((text) => text.startsWith(asksOf('2027-06')))).toEqual([])
    const later = toSecretary(await rig.advance(at('2027-06-20T09:00')))
    expect(asksOf('2027-06').length).toBeGreaterThan(10)
    expect(later.filter((text) => text.startsWith(asksOf('2027-06')))).toEqual([])
  })

  test('goes on record with the kind of its reason; the secretary alone says so, and once', async () => {
    expect(textOf(await rig.tell('an', 'buổi họp tháng 6 không tổ chức, lý do mưa bão'))).toBe(vi.refusals.notSecretary)
    const said = await rig.tell('thu', 'buổi họp tháng 6 không tổ chức, lý do mưa bão')
    expect(textOf(said)).toBe('Đã ghi: buổi họp tháng 6/2027 không tổ chức, lý do: thời tiết, thiên tai.')
    expect(await meeting('2027-06')).toMatchObject({ state: 'cancelled', reason: 'mưa bão', reason_kind: 'weather' })
    expect(inGroup(said)).toEqual([])
    expect(
      await rig.rows(`SELECT details FROM audit_entry WHERE action = 'meeting.notHeld' AND subject LIKE '%2027-06'`),
    ).toEqual([{ details: { startsAt: '2027-06-03T00:00:00.000Z', reasonKind: 'weather' } }])
  })

  test('is not one that was held, nor one that never was planned', async () => {
    await rig.advance(at('2027-07-03T08:00'))
    await rig.tell('thu', 'điểm danh: đủ cả')
    expect(textOf(await rig.tell('thu', 'buổi họp tháng 7 không tổ chức, lý do bão'))).toBe(
      vi.notHeldWasHeld('2027-07'),
    )
    expect(textOf(await rig.tell('thu', 'buổi họp tháng 9/2024 không tổ chức, lý do bão'))).toBe(vi.notHeldNone)
    expect((await meeting('2027-07'))?.state).toBe('held')
  })
})

describe('a thematic meeting', () => {
  test('of its own is planned beside the regular one, told the group, asked for and reminded of', async () => {
    const said = await rig.tell('ky', 'chuyên đề quý 3: Học tập Di chúc, tối 15/8 19h30 tại nhà văn hoá')
    const when = '19 giờ 30, Chủ nhật, ngày 15/08/2027, tại nhà văn hoá. Chuyên đề: Học tập Di chúc.'
    expect(inGroup(said)).toEqual([`Chi bộ sinh hoạt chuyên đề lúc ${when}`])
    expect(await meeting('2027-08-T')).toMatchObject({ kind: 'thematic', state: 'planned', place: 'nhà văn hoá' })
    expect((await meeting('2027-08'))?.kind).toBe('regular')
    const asked = textOf(await rig.tell('an', 'bao giờ họp'))
    expect(asked).toContain('Chi bộ họp lúc 7 giờ, thứ Ba, ngày 03/08/2027')
    expect(asked).toContain(`Sinh hoạt chuyên đề lúc ${when}`)
    expect(textOf(await rig.tell('an', 'chuyên đề quý 3 là gì'))).toContain('Chuyên đề quý III/2027: Học tập Di chúc.')
    // Its theme is no theme of the regular meeting.
    expect(asked.split('\n')[0]).not.toContain('Di chúc')
    const told = inGroup(await rig.advance(at('2027-08-10T20:00')))
    expect(
      told.filter((text) => text.includes('sinh hoạt chuyên đề tháng 8/2027')).map((text) => text.slice(0, 9)),
    ).toEqual(['Thông báo', 'Kính báo '])
  })

  test('is moved when it is told again; what is left unclear is asked', async () => {
    await rig.tell('thu', 'chuyên đề quý 3: Học tập Di chúc, 19h ngày 20/8')
    expect(await meeting('2027-08-T')).toMatchObject({ is_moved: true, place: 'nhà văn hoá' })
    expect(textOf(await rig.tell('thu', 'chuyên đề quý 4: nêu gương, ngày 5/11 tại hội trường'))).toBe(
      vi.thematicNeedsTime,
    )
    const which = textOf(await rig.tell('thu', 'hoãn họp vì bão'))
    expect(which).toContain('buổi sinh hoạt chuyên đề tháng 8/2027')
    expect(which).toContain('buổi họp tháng 9/2027')
    await rig.tell('thu', 'thôi')
    expect((await meeting('2027-08-T'))?.state).toBe('planned')
  })

  test('has a roll call of its own, and counts apart', async () => {
    await rig.advance(at('2027-08-20T19:30'))
    const said = await rig.tell('thu', 'điểm danh: vắng An (công tác); còn lại có mặt')
    expect(inGroup(said).join() + textOf(said)).toContain('buổi sinh hoạt chuyên đề tháng 8/2027: có mặt 3/4')
    expect((await meeting('2027-08-T'))?.state).toBe('held')
  })

  test('is part of a regular one where it is joined to it, and stays so when the schedule changes', async () => {
    const said = textOf(await rig.tell('thu', 'chuyên đề quý 3: nêu gương, gộp vào kỳ sinh hoạt tháng 9'))
    expect(said).toContain('buổi họp tháng 9/2027')
    expect(await meeting('2027-09')).toMatchObject({ kind: 'combined', state: 'planned' })
    await rig.tell('thu', 'chi bộ họp 7h sáng mùng 4 hằng tháng')
    expect(await meeting('2027-09')).toMatchObject({ kind: 'combined' })
    expect(textOf(await rig.tell('an', 'bao giờ họp'))).toContain('Kết hợp sinh hoạt chuyên đề.')
  })

  test('is called off by its own name, whatever else lies ahead', async () => {
    await rig.tell('thu', 'chuyên đề quý 4: ôn lại lời thề, 19h30 ngày 20/10')
    const said = await rig.tell('thu', 'hoãn buổi sinh hoạt chuyên đề vì mưa lũ')
    expect(inGroup(said).join()).toContain('tạm hoãn. Lý do: mưa lũ.')
    expect(await meeting('2027-10-T')).toMatchObject({ state: 'cancelled', reason_kind: 'weather' })
    expect((await meeting('2027-09'))?.state).toBe('planned')
  })

  test('keeps its place when the standing schedule is set anew', async () => {
    await rig.tell('thu', 'chuyên đề quý 4: ôn lại lời thề, 19h30 ngày 20/10')
    await rig.tell('thu', 'chi bộ họp 7h sáng mùng 5 hằng tháng')
    expect(await meeting('2027-10-T')).toMatchObject({ kind: 'thematic', state: 'planned' })
  })
})

describe('a thematic meeting that is over', () => {
  test('stays where it was when another is set in its month, though nobody called its roll', async () => {
    await rig.advance(at('2027-10-21T08:00'))
    const before = await meeting('2027-10-T')
    expect(before).toMatchObject({ state: 'planned', roll_closed_at: null })
    expect(textOf(await rig.tell('thu', 'chuyên đề quý 4: nêu gương, 19h30 ngày 28/10'))).toBe(
      vi.thematicPast('2027-10-T'),
    )
    expect(await meeting('2027-10-T')).toEqual(before)
  })
})

describe('the agenda', () => {
  test('is set by an officer, asked for by everybody, and inherited where nobody set one', async () => {
    expect(textOf(await rig.tell('an', 'chương trình họp'))).toBe(vi.agendaIs(vi.defaultAgenda))
    expect(textOf(await rig.tell('an', 'chương trình: 1. A 2. B'))).toBe(vi.refusals.notOfficer)
    await rig.tell('ky', 'chương trình: 1. Nêu gương 2. Thời sự')
    expect(textOf(await rig.tell('an', 'chương trình họp là gì?'))).toBe(vi.agendaIs(['Nêu gương', 'Thời sự']))
  })
})

describe('the private summary', () => {
  test('tells the secretary of the meetings held and not held, with thematic ones apart; the group not', async () => {
    expect(textOf(await rig.tell('thu', 'tổng hợp'))).toContain(
      'Họp năm 2027: tổ chức 1 kỳ thường lệ, 1 chuyên đề; không tổ chức 3;',
    )
    const toMember = textOf(await rig.tell('an', 'tổng hợp'))
    expect(toMember).toContain('Đảng viên đã đăng ký')
    expect(toMember).not.toContain('kỳ thường lệ')
  })
})
