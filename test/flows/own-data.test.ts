import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textsOf } from '../../src/texts/index.ts'
import { RICH_BOT, richEvent } from './rich-platform.ts'
import { monday, type Rig, startRig, textOf } from './rig.ts'
import { holders } from './scan.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
let rig: Rig
let cell: number

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      cell = await addOrganisation(pool, 'Chi bộ Bắc', 'cell')
      await addMembers(
        pool,
        cell,
        [
          { name: 'Trần Thị Thư', role: 'secretary', key: 'thu' },
          { name: 'Nguyễn Văn Quên', key: 'quen' },
          { name: 'Đỗ Thị Ở', key: 'o' },
        ],
        monday,
      )
      await addMembers(pool, cell, [{ name: 'Lê Quang Telegram', key: 'tg-777' }], monday, 'telegram')
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['thu', 'quen', 'o'] })
      await addGroup(pool, 'local', 'g', cell)
      await addGroup(pool, 'telegram', '-100200', cell)
    },
  })
})
afterAll(() => rig.stop())

const dm = (person: string, text: string) => ({ chat: `dm:${person}`, text })

describe('own data', () => {
  test('is shown in private, also when asked for in the group', async () => {
    await rig.tell('quen', 'đk: nêu gương "ba không", xong trước 30/11')
    await rig.tell('quen', '1')
    await rig.tell('thu', 'chi bộ họp ngày 20 hằng tháng lúc 19h30')
    await rig.tell('quen', 'xin phép vắng, đi công tác')
    const messages = await rig.say('g', 'quen', '@Bot Nếp dữ liệu của tôi có gì')
    expect(messages.find(({ chat }) => chat === 'g')?.text).toBe(vi.sentPrivately)
    const shown = messages.find(({ chat }) => chat === 'dm:quen')?.text
    expect(shown).toContain('Nguyễn Văn Quên, đảng viên, chính thức, Chi bộ Bắc')
    expect(shown).toContain('nêu gương "ba không"')
    expect(shown).toContain(`${vi.period('2026-10')}: ${vi.answerNames.excused}`)
  })

  test('is exported as JSON that a machine reads, in private', async () => {
    const messages = await rig.say('g', 'quen', '@Bot Nếp xuất dữ liệu của tôi')
    const exported = textOf(messages.filter(({ chat }) => chat === 'dm:quen'))
    const data = JSON.parse(exported.slice(exported.indexOf('{')))
    expect(data.memberships).toEqual([
      { organisation: 'Chi bộ Bắc', name: 'Nguyễn Văn Quên', role: 'member', status: 'official' },
    ])
    expect(data.deeds).toMatchObject([{ content: 'nêu gương "ba không"', dueOn: '2026-11-30', state: 'submitted' }])
    expect(data.meetings).toMatchObject([{ answer: 'excused', reasonKind: 'work' }])
    expect(data.membershipHistory).toEqual([
      { organisation: 'Chi bộ Bắc', status: 'official', fromOn: null, untilOn: null },
    ])
    expect(data.consents).toMatchObject([{ given: true }])
    expect(await rig.rows(`SELECT 1 FROM audit_entry WHERE action = 'data.exported'`)).toHaveLength(1)
  })
})

describe('withdrawing consent', () => {
  test('is confirmed first, then stops processing: nothing is taken, nobody is reminded', async () => {
    expect(await rig.tell('o', 'rút đồng ý')).toEqual([dm('o', vi.withdrawAsk)])
    expect(await rig.tell('o', 'có')).toEqual([dm('o', vi.withdrawn)])
    expect(
      await rig.rows(
        `SELECT given FROM consent JOIN account USING (account_id) WHERE external_id = 'o' ORDER BY consent_id`,
      ),
    ).toEqual([{ given: true }, { given: false }])
    expect(await rig.tell('o', 'đk: trồng cây, xong trước 30/11')).toEqual([dm('o', vi.consentAsk(true))])
    expect(
      await rig.rows(
        `SELECT 1 FROM deed d JOIN member m ON m.member_id = d.subject_id WHERE m.display_name = 'Đỗ Thị Ở'`,
      ),
    ).toEqual([])
    const reminded = await rig.tell('thu', 'nhắc mọi người đăng ký')
    expect(reminded.map(({ chat }) => chat)).not.toContain('dm:o')
    expect(textOf(reminded)).toContain(
      '01 đồng chí đã rút đồng ý nên tôi không nhắc; đề nghị đồng chí trao đổi trực tiếp.',
    )
    expect(
      await rig.rows(`SELECT FROM nudge JOIN member m USING (member_id) WHERE m.display_name = 'Đỗ Thị Ở'`),
    ).toEqual([])
  })

  test('can be taken back by agreeing again: the secretary says anew whose account it is', async () => {
    expect(textOf(await rig.tell('o', 'dữ liệu của tôi'))).toContain('Đỗ Thị Ở')
    await rig.tell('o', 'đk: trồng cây, xong trước 30/11')
    const messages = await rig.tell('o', 'đồng ý')
    expect(textOf(messages)).toContain(vi.consentGiven)
    expect(messages.filter(({ chat }) => chat === 'dm:thu')).toHaveLength(1)
    expect(textOf(messages)).not.toContain('trồng cây')
    expect(textOf(messages).split(vi.claimSent)).toHaveLength(2)
    // Whoever was confirmed once may go on asking what is kept, also while that waits and after a "no".
    expect(textOf(await rig.tell('o', 'dữ liệu của tôi'))).toContain('Đỗ Thị Ở')
    const confirmed = await rig.tell('thu', 'có')
    expect(textOf(confirmed.filter(({ chat }) => chat === 'dm:o'))).toContain('trồng cây')
    await rig.tell('o', 'thôi')
  })

  test('and a secretary who says no leave the right to see and erase with whoever was confirmed before', async () => {
    await rig.tell('o', 'rút đồng ý')
    await rig.tell('o', 'có')
    expect(await rig.tell('o', 'đồng ý')).toEqual([dm('o', vi.consentAsk(false))])
    await rig.tell('o', 'đồng ý')
    await rig.tell('thu', 'không')
    expect(
      await rig.rows(`SELECT state FROM account_member JOIN account USING (account_id) WHERE external_id = 'o'`),
    ).toEqual([{ state: 'withdrawn' }])
    expect(textOf(await rig.tell('o', 'dữ liệu của tôi'))).toContain('Đỗ Thị Ở')
    await rig.tell('o', 'rút đồng ý')
    await rig.tell('o', 'có')
    await rig.tell('o', 'đồng ý')
    await rig.tell('o', 'đồng ý')
    // Not confirmed yet: as before, reminded in no way and noted nowhere.
    expect(textOf(await rig.tell('thu', 'nhắc mọi người đăng ký'))).toContain('01 đồng chí đã rút đồng ý')
    expect(
      await rig.rows(`SELECT FROM nudge JOIN member m USING (member_id) WHERE m.display_name = 'Đỗ Thị Ở'`),
    ).toEqual([])
    await rig.tell('thu', 'có')
    expect(
      await rig.rows(`SELECT state FROM account_member JOIN account USING (account_id) WHERE external_id = 'o'`),
    ).toEqual([{ state: 'linked' }])
  })
})

describe('erasing', () => {
  test('is confirmed first; "không" keeps everything', async () => {
    expect(await rig.tell('quen', 'xoá dữ liệu của tôi')).toEqual([dm('quen', vi.eraseAsk)])
    expect(await rig.tell('quen', 'không')).toEqual([dm('quen', vi.deedKept)])
    expect(await rig.rows(`SELECT 1 FROM member WHERE display_name = 'Nguyễn Văn Quên'`)).toHaveLength(1)
  })

  test('leaves no name, account or word in any table: only counts and a tombstone', async () => {
    // Questions open with others, and the transcript, hold the name and the deed's words too.
    await rig.tell('thu', 'trả lại việc 1 của đ/c Quên')
    await rig.say('g', 'o', '@Bot Nếp đ/c Quên ốm nhờ báo vắng hộ')
    const words = ['Nguyễn Văn Quên', 'nguyen van quen', 'ba không', 'dm:quen']
    expect(await holders(rig, words)).toContain('deed.content')
    const before = await rig.value(`SELECT count(*)::int FROM deed`)
    await rig.tell('quen', 'xoá dữ liệu của tôi')
    const messages = await rig.tell('quen', 'có')
    expect(messages).toEqual([dm('quen', vi.erased)])
    // The local chat is the platform itself: there the private chat has to go on existing under its key.
    expect(await holders(rig, words.slice(0, 3))).toEqual([])
    expect(await holders(rig, ['dm:quen'], ['local_message'])).toEqual([])
    expect(await rig.rows(`SELECT 1 FROM account WHERE external_id = 'quen'`)).toEqual([])
    expect(await rig.value(`SELECT count(*)::int FROM deed`)).toBe(before)
    expect(await rig.rows(`SELECT content, note, return_reason, state FROM deed WHERE subject_id = 2`)).toEqual([
      { content: null, note: null, return_reason: null, state: 'submitted' },
    ])
    expect(await rig.rows(`SELECT answer, reason_kind FROM attendance WHERE member_id = 2`)).toEqual([
      { answer: 'excused', reason_kind: null },
    ])
    expect(
      await rig.rows(
        `SELECT display_name, folded_name, role, status, erased_at IS NOT NULL AS erased FROM member WHERE member_id = 2`,
      ),
    ).toEqual([{ display_name: null, folded_name: null, role: 'member', status: 'official', erased: true }])
    expect(await rig.rows(`SELECT 1 FROM account_member WHERE member_id = 2`)).toEqual([])
  })

  test('keeps the figures: whoever was erased still counts', async () => {
    expect(textOf(await rig.say('g', 'o', '@Bot Nếp tổng hợp'))).toContain('1/4')
    const names = textOf(await rig.tell('thu', 'ai đã đăng ký'))
    expect(names).toContain(vi.erasedName)
  })

  test('makes a stranger of the account: the next message asks for consent anew', async () => {
    expect(await rig.tell('quen', 'việc của tôi')).toEqual([dm('quen', vi.consentAsk(true))])
    await rig.tell('quen', 'không')
  })

  test("finds a private chat whose id is not the person's, as on platforms with channels", async () => {
    await rig.emit(richEvent('tg-777', 'đk: hiến máu 3 lần, hạn 30/11'))
    await rig.emit(richEvent('tg-777', '1'))
    const words = ['private:tg-777', 'tg-777', 'Lê Quang Telegram', 'hiến máu 3 lần']
    expect(await holders(rig, words)).toContain('chat.external_id')
    await rig.emit(richEvent('tg-777', 'xoá dữ liệu của tôi'))
    const [last] = await rig.emit(richEvent('tg-777', 'có'))
    expect(last?.text).toBe(vi.erased)
    expect(await holders(rig, words)).toEqual([])
    expect(await rig.value(`SELECT count(*)::int FROM chat WHERE account_id = $1 AND kind = 'group'`, [RICH_BOT])).toBe(
      1,
    )
  })

  test('is possible after consent was withdrawn, without giving it again', async () => {
    await rig.tell('o', 'rút đồng ý')
    await rig.tell('o', 'có')
    await rig.tell('o', 'việc của tôi')
    expect(textOf(await rig.tell('o', 'xoá dữ liệu của tôi'))).toContain(vi.eraseAsk)
    expect(await rig.tell('o', 'có')).toEqual([dm('o', vi.erased)])
    expect(await holders(rig, ['Đỗ Thị Ở'])).toEqual([])
  })
})
