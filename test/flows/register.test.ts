import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textsOf } from '../../src/texts/index.ts'
import { type Rig, startRig, textOf } from './rig.ts'

const vi = textsOf('vi')
/** Said in private with the first deeds of a year. */
const registered = (count: number) => `${vi.submitted(count, false)}\n${vi.detailsOffer(1)}`
let rig: Rig
beforeAll(async () => {
  rig = await startRig()
})
afterAll(() => rig.stop())

const deedsOf = (name: string) =>
  rig.rows(
    `SELECT number, content, due_on::text AS due, state FROM deed d JOIN member m ON m.member_id = d.subject_id
     WHERE d.subject_kind = 'individual' AND d.year = 2026 AND m.display_name = $1 ORDER BY number`,
    [name],
  )
const dm = (person: string, text: string) => ({ chat: `dm:${person}`, text })
const deed = (number: number, content: string, dueOn: string) => ({ number, content, dueOn })
const isOpen = (person: string) =>
  rig.value<number>(`SELECT count(*)::int FROM dialogue d JOIN account a USING (account_id) WHERE a.external_id = $1`, [
    person,
  ])

describe('a pledge', () => {
  test('in one message is shown, confirmed by number, and only then submitted', async () => {
    const [question, ...others] = await rig.say('demo', 'tv04', '@Bot Nếp đk: trồng 10 cây xanh, xong trước 30/11')
    expect(others).toEqual([])
    const shown = vi.confirmDeeds([deed(1, 'trồng 10 cây xanh', '2026-11-30')], false)
    expect(question).toEqual({ chat: 'demo', text: `${shown}\n${vi.groupAnswerHint}` })
    expect(await deedsOf('Nguyễn Văn Thuận')).toEqual([
      { number: 1, content: 'trồng 10 cây xanh', due: '2026-11-30', state: 'draft' },
    ])
    expect(await rig.say('demo', 'tv04', '@Bot Nếp 1')).toEqual([{ chat: 'demo', text: vi.submitted(1, false) }])
    expect(await deedsOf('Nguyễn Văn Thuận')).toEqual([
      { number: 1, content: 'trồng 10 cây xanh', due: '2026-11-30', state: 'submitted' },
    ])
    const audit = await rig.rows(
      `SELECT action, actor_kind, actor_id, subject FROM audit_entry WHERE action <> 'rows.changed' ORDER BY audit_id`,
    )
    expect(audit).toEqual([
      { action: 'deed.submitted', actor_kind: 'member', actor_id: 4, subject: 'individual:4:2026:1' },
    ])
  })

  test('of several deeds without diacritics asks for each deadline that is missing', async () => {
    expect(await rig.tell('tv05', 'dk 2 viec: 1. tiet kiem dien nuoc 10% 2. giup 1 ho ngheo')).toEqual([
      dm('tv05', vi.askDue('tiet kiem dien nuoc 10%', '2026-12-31')),
    ])
    expect(await rig.tell('tv05', 'trước 30/11')).toEqual([dm('tv05', vi.askDue('giup 1 ho ngheo', '2026-12-31'))])
    expect(await rig.tell('tv05', '1')).toEqual([
      dm(
        'tv05',
        vi.confirmDeeds(
          [deed(1, 'tiet kiem dien nuoc 10%', '2026-11-30'), deed(2, 'giup 1 ho ngheo', '2026-12-31')],
          false,
        ),
      ),
    ])
    expect(await rig.tell('tv05', 'có')).toEqual([dm('tv05', registered(2))])
    expect(await deedsOf('Hoàng Thị Lụa')).toMatchObject([{ state: 'submitted' }, { state: 'submitted' }])
  })

  test('typed decomposed (NFD) is kept composed (NFC)', async () => {
    await rig.tell('tv09', 'đk: hiến máu 2 lần, hạn 30/11'.normalize('NFD'))
    const [kept] = await deedsOf('Ngô Quang Trạch')
    expect(kept).toMatchObject({ content: 'hiến máu 2 lần'.normalize('NFC'), due: '2026-11-30' })
    expect(await rig.tell('tv09', 'thôi')).toEqual([dm('tv09', vi.draftDropped)])
    expect(await deedsOf('Ngô Quang Trạch')).toEqual([])
  })

  test('whose day may be lunar is asked about, never guessed; beyond the year it is not offered', async () => {
    const [beyond] = await rig.tell('tv06', 'đk: giúp đỡ bà con, xong mùng 3 tết')
    expect(beyond?.text).toContain(vi.dueBeyond('2027-02-08', '2026-12-31'))
    await rig.tell('tv06', 'thôi')
    const [question] = await rig.tell('tv06', 'đk: giúp đỡ bà con, xong mùng 3 tháng 11 âm')
    expect(question?.text).toContain('11/12/2026')
    expect(await deedsOf('Vũ Đình Chắt')).toMatchObject([{ due: null, state: 'draft' }])
    await rig.tell('tv06', '1')
    expect(await deedsOf('Vũ Đình Chắt')).toMatchObject([{ due: '2026-12-11', state: 'draft' }])
    await rig.tell('tv06', 'thôi')
  })

  test('that is vague gets one friendly hint and is still accepted', async () => {
    const [first] = await rig.tell('tv06', 'đk: sống tốt')
    expect(first?.text).toContain(vi.vagueHint)
    const [second] = await rig.tell('tv06', 'trước 30/11')
    expect(second?.text).not.toContain(vi.vagueHint)
    expect(await rig.tell('tv06', '1')).toEqual([dm('tv06', registered(1))])
  })

  test('of more deeds than allowed asks which to leave out instead of cutting', async () => {
    const [question] = await rig.tell('tv07', 'đk: 1. trồng cây 2. hiến máu 3. đọc sách trước 30/11')
    const labels = ['trồng cây', 'hiến máu', 'đọc sách'].map(vi.dropDeed)
    expect(question?.text).toBe(`${vi.tooMany(2, [], 3)}\n${vi.numbered(labels)}`)
    expect(await deedsOf('Đỗ Thị Hoà')).toEqual([])
    await rig.tell('tv07', '1')
    expect(await deedsOf('Đỗ Thị Hoà')).toMatchObject([{ content: 'hiến máu' }, { content: 'đọc sách' }])
    await rig.tell('tv07', 'thôi')
  })

  test('beyond what is already registered is refused with the list', async () => {
    const [answer] = await rig.tell('tv05', 'đk: đọc sách, trước 30/11')
    expect(answer?.text).toContain('tiet kiem dien nuoc 10%')
    expect(await deedsOf('Hoàng Thị Lụa')).toHaveLength(2)
  })

  test('that is too long is not kept', async () => {
    expect(await rig.tell('tv07', `đk: ${'trồng cây xanh '.repeat(60)}, hạn 30/11`)).toEqual([
      dm('tv07', vi.deedTooLong(600)),
    ])
    expect(await deedsOf('Đỗ Thị Hoà')).toEqual([])
  })

  test('that looks classified is answered with the fixed text and stored nowhere', async () => {
    expect(await rig.tell('tv07', 'đk: báo cáo tài liệu mật của huyện')).toEqual([dm('tv07', vi.classified)])
    expect(await deedsOf('Đỗ Thị Hoà')).toEqual([])
    expect(await isOpen('tv07')).toBe(0)
  })
})

describe('registering in a dialogue', () => {
  test('survives a restart and a day of silence, then expires politely with the draft kept', async () => {
    await rig.tell('tv08', 'đk')
    await rig.restart()
    expect(await rig.tell('tv08', 'hiến máu 2 lần')).toEqual([dm('tv08', vi.askDue('hiến máu 2 lần', '2026-12-31'))])
    expect(textOf(await rig.advance('2026-10-06T20:00:00+07:00'))).not.toContain(vi.draftExpired)
    await rig.restart()
    expect(await rig.tell('tv08', 'trước 30/11')).toEqual([
      dm('tv08', vi.confirmDeeds([deed(1, 'hiến máu 2 lần', '2026-11-30')], false)),
    ])
    const later = await rig.advance('2026-10-10T09:00:00+07:00')
    expect(later.filter(({ chat }) => chat === 'dm:tv08')).toEqual([dm('tv08', vi.draftExpired)])
    expect(await isOpen('tv08')).toBe(0)
    expect(await rig.tell('tv08', 'đk')).toEqual([
      dm('tv08', vi.confirmDeeds([deed(1, 'hiến máu 2 lần', '2026-11-30')], false)),
    ])
    expect(await rig.tell('tv08', '1')).toEqual([dm('tv08', registered(1))])
  })

  test('obeys a command in the middle and then asks again', async () => {
    await rig.tell('tv07', 'đk')
    const [answer, ...others] = await rig.tell('tv07', 'bao giờ họp')
    expect(others).toEqual([])
    expect(answer?.text).toBe(`${vi.noSchedule}\n\n${vi.stillOpen(vi.askDeeds(1, 2))}`)
    await rig.tell('tv07', 'đọc 2 cuốn sách')
    await rig.tell('tv07', '30/11')
    expect(await rig.tell('tv07', '1')).toEqual([dm('tv07', registered(1))])
  })

  test('gives way to another question and says what became of the draft', async () => {
    await rig.tell('tv09', 'đk: hiến máu 2 lần, hạn 30/11')
    const [answer] = await rig.tell('tv09', 'rút đồng ý')
    expect(answer?.text).toBe(`${vi.withdrawAsk}\n\n${vi.droppedOpen} ${vi.draftWaits}`)
    expect(await rig.tell('tv09', 'không')).toEqual([dm('tv09', vi.deedKept)])
    expect(await deedsOf('Ngô Quang Trạch')).toMatchObject([{ state: 'draft' }])
  })

  test('replaces an unsent draft by a new list and says so', async () => {
    const [answer] = await rig.tell('tv09', 'đk')
    expect(answer?.text).toContain('hiến máu 2 lần')
    const [replaced] = await rig.tell('tv09', 'đk: đọc 2 cuốn sách, hạn 20/11')
    expect(replaced?.text.endsWith(vi.draftReplaced)).toBe(true)
    const [left] = await deedsOf('Ngô Quang Trạch')
    expect(left).toMatchObject({ content: 'đọc 2 cuốn sách', state: 'draft' })
    // However often it is written anew, the first deed that a member sends is number 1 (language.md).
    const { number } = left ?? {}
    for (const content of ['đọc 3 cuốn sách', 'đọc 4 cuốn sách']) {
      await rig.tell('tv09', `đk: ${content}, hạn 20/11`)
      expect(await deedsOf('Ngô Quang Trạch')).toEqual([expect.objectContaining({ content, number })])
    }
  })

  test('goes on with the other drafts when one is withdrawn, and ends with the last', async () => {
    await rig.tell('tv09', 'đk 2 việc: 1. hiến máu 2 lần, hạn 20/11 2. trồng cây')
    const [first, second] = await deedsOf('Ngô Quang Trạch')
    const [answer] = await rig.tell('tv09', `rút việc ${second?.number}`)
    expect(answer?.text).toContain(vi.withdrawnDeed(Number(second?.number)))
    expect(answer?.text).toContain('Trả lời 1 để gửi')
    expect(await rig.tell('tv09', `rút việc ${first?.number}`)).toEqual([
      dm('tv09', vi.withdrawnDeed(Number(first?.number))),
    ])
    expect(await isOpen('tv09')).toBe(0)
  })

  test('in two chats sends the same drafts once', async () => {
    await rig.tell('tv09', 'đk: hiến máu 2 lần, hạn 20/11')
    await rig.say('demo', 'tv09', '@Bot Nếp đk')
    expect(await rig.tell('tv09', '1')).toEqual([dm('tv09', registered(1))])
    expect(await rig.say('demo', 'tv09', '@Bot Nếp 1')).toEqual([{ chat: 'demo', text: vi.draftGone }])
    expect((await deedsOf('Ngô Quang Trạch')).filter(({ state }) => state === 'submitted')).toHaveLength(1)
  })

  test('is one per member and chat: the group does not hear what is asked in private', async () => {
    await rig.tell('tv04', 'sửa việc 1')
    expect(await rig.say('demo', 'tv04', '@Bot Nếp có')).toEqual([])
    await rig.tell('tv04', 'thôi')
    expect(await isOpen('tv04')).toBe(0)
  })

  test('is not disturbed by small talk of others in the group', async () => {
    expect(await rig.say('demo', 'tv05', 'chào cả nhà, mai họp phụ huynh')).toEqual([])
    expect(await rig.say('demo', 'tv05', 'đk: trồng cây')).toEqual([])
  })
})

describe('after registering', () => {
  test('a member edits, sees and withdraws, each change with its history', async () => {
    const [edited] = await rig.tell('tv04', 'sửa việc 1: trồng 20 cây xanh, hạn 15/12')
    expect(edited?.text).toBe(vi.edited(deed(1, 'trồng 20 cây xanh', '2026-12-15'), 1, true, { wasApproved: false }))
    const [mine] = await rig.tell('tv04', 'việc của tôi')
    expect(mine?.text).toContain('trồng 20 cây xanh – hạn 15/12/2026')
    expect(await rig.tell('tv04', 'rút việc 1')).toEqual([
      dm('tv04', vi.withdrawConfirm(deed(1, 'trồng 20 cây xanh', '2026-12-15'), 1)),
    ])
    expect(await rig.tell('tv04', 'có')).toEqual([dm('tv04', vi.withdrawnDeed(1))])
    const history = await rig.rows(
      `SELECT version, content, state, changed_by FROM deed_history WHERE subject_id = 4 AND number = 1 ORDER BY version`,
    )
    expect(history).toEqual([
      { version: 1, content: 'trồng 10 cây xanh', state: 'draft', changed_by: 4 },
      { version: 2, content: 'trồng 10 cây xanh', state: 'submitted', changed_by: 4 },
      { version: 3, content: 'trồng 20 cây xanh', state: 'submitted', changed_by: 4 },
    ])
    const actions = await rig.rows(
      `SELECT action FROM audit_entry WHERE subject = 'individual:4:2026:1' ORDER BY audit_id`,
    )
    expect(actions.map(({ action }) => action)).toEqual(['deed.submitted', 'deed.edited', 'deed.withdrawn'])
  })

  test('a question in the group about own deeds is answered in private', async () => {
    const messages = await rig.say('demo', 'tv05', '@Bot Nếp việc của tôi')
    expect(messages.find(({ chat }) => chat === 'demo')?.text).toBe(vi.sentPrivately)
    expect(messages.find(({ chat }) => chat === 'dm:tv05')?.text).toContain('tiet kiem dien nuoc 10%')
  })

  test("last year's deeds are copied a year later, after they were shown", async () => {
    await rig.rows(
      `INSERT INTO deed (year, subject_kind, subject_id, number, org_id, content, due_on, state, updated_at)
       VALUES (2025, 'individual', 3, 1, 2, 'dọn vệ sinh ngõ xóm', '2025-11-30', 'approved', now())`,
    )
    expect(await rig.tell('tv03', 'tôi đăng ký như năm ngoái')).toEqual([
      dm('tv03', vi.copyConfirm(2025, [deed(1, 'dọn vệ sinh ngõ xóm', '2025-11-30')])),
    ])
    expect(await rig.tell('tv03', 'có')).toEqual([
      dm('tv03', vi.confirmDeeds([deed(1, 'dọn vệ sinh ngõ xóm', '2026-11-30')], false)),
    ])
    expect(await rig.tell('tv03', '1')).toEqual([dm('tv03', registered(1))])
    expect(await rig.tell('tv02', 'tôi đăng ký như năm ngoái')).toEqual([dm('tv02', vi.copyNone(2025))])
  })

  test('"thôi" with nothing open says so, and changes nothing', async () => {
    expect(await rig.tell('tv02', 'thôi')).toEqual([dm('tv02', vi.nothingOpen)])
  })
})
