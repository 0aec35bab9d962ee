import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textsOf } from '../../src/texts/index.ts'
import { monday, type Rig, startRig, textOf } from './rig.ts'
import { holders } from './scan.ts'
import { addGroup, addLocalAccount, addLocalChat, addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
const { refusals } = vi
let rig: Rig

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      const root = await addOrganisation(pool, 'Đảng uỷ xã', 'committee')
      const cell = await addOrganisation(pool, 'Chi bộ Bắc', 'cell', root)
      const other = await addOrganisation(pool, 'Chi bộ Nam', 'cell', root)
      await addMembers(pool, root, [{ name: 'Cao Thị Trên', role: 'committee', key: 'committee' }], monday)
      await addMembers(
        pool,
        cell,
        [
          { name: 'Trần Thị Thư', role: 'secretary', key: 'secretary' },
          { name: 'Lê Văn Phó', role: 'deputy', key: 'deputy' },
          { name: 'Phạm Thị Ký', role: 'clerk', key: 'clerk' },
          { name: 'Nguyễn Văn An', key: 'member' },
          { name: 'Mai Văn Đình', role: 'secretary', status: 'suspended', key: 'suspended' },
          { name: 'Hà Thị Rời', role: 'deputy', status: 'left', key: 'left' },
        ],
        monday,
      )
      await addMembers(pool, other, [{ name: 'Phan Văn Tước', role: 'secretary', key: 'neighbour' }], monday)
      await addLocalAccount(pool, { key: 'stranger', name: 'Người lạ' })
      const accounts = ['secretary', 'deputy', 'clerk', 'member', 'suspended', 'left', 'neighbour', 'stranger']
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: [...accounts, 'committee'] })
      await addGroup(pool, 'local', 'g', cell)
      await pool.query(
        `INSERT INTO schedule (org_id, cron, planned_until, updated_at) VALUES ($1, '30 19 20 * *', '2026-09', $2)`,
        [cell, monday],
      )
    },
  })
})
afterAll(() => rig.stop())

/** What only some may do, and why each of the others is told that they may not. */
const onlySecretaries = {
  clerk: refusals.notSecretary,
  member: refusals.notSecretary,
  suspended: refusals.notSecretary,
  left: refusals.formerMember,
  neighbour: refusals.notYourCell,
}
const onlyOfficers = {
  member: refusals.notOfficer,
  suspended: refusals.notOfficer,
  left: refusals.formerMember,
  neighbour: refusals.notYourCell,
}
const onlyThoseWhoSeeNames = { ...onlyOfficers, member: refusals.namesNotAllowed, suspended: refusals.namesNotAllowed }
const onlyMembers = { left: refusals.formerMember, neighbour: refusals.notYourCell }

const table: [string, Record<string, string>][] = [
  ['duyệt tất cả', onlySecretaries],
  ['trả lại việc 1 của đ/c An vì chưa rõ', onlySecretaries],
  ['chi bộ họp mùng 3 hằng tháng lúc 19h30', onlySecretaries],
  ['dời họp sang thứ 7 19h30', onlySecretaries],
  ['hoãn họp tháng này vì bão', onlySecretaries],
  ['nhắc mọi người đăng ký', onlySecretaries],
  ['chi bộ đk mô hình Hết việc chứ không hết giờ', onlySecretaries],
  ['điểm danh', onlyOfficers],
  ['chuyên đề tháng 10: nêu gương', onlyOfficers],
  ['còn ai chưa đk', onlyThoseWhoSeeNames],
  ['ai chưa báo dự họp vậy', onlyThoseWhoSeeNames],
  ['tổng hợp', onlyMembers],
  ['bao giờ họp', onlyMembers],
  ['có mặt', onlyMembers],
  ['xin vắng, đi công tác', onlyMembers],
  ['đk: trồng 10 cây xanh, xong trước 30/11', onlyMembers],
  ['việc của tôi', onlyMembers],
]

/** Everything of the domain, to see that nothing of it has changed. */
const state = () =>
  rig.rows(
    `SELECT (SELECT json_agg(d) FROM deed d) AS deeds, (SELECT json_agg(s) FROM schedule s) AS schedule,
      (SELECT json_agg(m) FROM meeting m) AS meetings, (SELECT json_agg(a) FROM attendance a) AS answers,
      (SELECT json_agg(t) FROM theme t) AS themes, (SELECT json_agg(n) FROM nudge n) AS nudges,
      (SELECT json_agg(m) FROM member m) AS members, (SELECT json_agg(d) FROM dialogue d) AS dialogues`,
  )

describe('in the group of a cell', () => {
  test.each(table)('"%s" is refused with the reason, and nothing changes', async (text, refused) => {
    const before = await state()
    for (const [person, reason] of Object.entries(refused)) {
      expect(await rig.say('g', person, `@Bot Nếp ${text}`), person).toEqual([{ chat: 'g', text: reason }])
    }
    expect(await state()).toEqual(before)
  })

  test('a stranger is asked for consent first, whatever they ask for', async () => {
    for (const [text] of table) {
      const [asked, ...others] = await rig.say('g', 'stranger', `@Bot Nếp ${text}`)
      expect(others).toEqual([])
      expect(
        [vi.consentAsk(true), vi.consentPrompt].some((each) => asked?.text.startsWith(each)),
        text,
      ).toBe(true)
    }
    await rig.say('g', 'stranger', '@Bot Nếp không')
  })

  test('the committee above sees figures and decides nothing in the cell', async () => {
    expect(textOf(await rig.say('g', 'committee', '@Bot Nếp tổng hợp'))).toContain('Chi bộ Bắc')
    for (const text of ['chi bộ họp mùng 3 hằng tháng lúc 19h30', 'nhắc mọi người đăng ký', 'điểm danh']) {
      expect(await rig.say('g', 'committee', `@Bot Nếp ${text}`)).toEqual([
        { chat: 'g', text: refusals.onlyReadingBelow },
      ])
    }
    expect(await rig.say('g', 'committee', '@Bot Nếp có mặt')).toEqual([{ chat: 'g', text: refusals.notYourCell }])
  })
})

test('whoever has left still sees and erases their own data', async () => {
  expect(textOf(await rig.tell('left', 'dữ liệu của tôi có gì'))).toContain('Hà Thị Rời')
  await rig.tell('left', 'xoá dữ liệu của tôi')
  expect(textOf(await rig.tell('left', 'có'))).toBe(vi.erased)
})

test('words that would be kept are looked through for what must not be in a chat: deeds, notes, reasons, themes', async () => {
  await rig.tell('member', 'đk: trồng 10 cây xanh, xong trước 30/11')
  await rig.tell('member', '1')
  for (const [person, text] of [
    ['member', 'sửa việc 1: soạn báo cáo tối mật của huyện'],
    ['member', 'việc 1 xong 50%, đã nộp tài liệu tối mật'],
    ['secretary', 'trả lại việc 1 của đ/c An vì nằm trong tài liệu tối mật'],
    ['secretary', 'chuyên đề tháng 10: tài liệu tối mật của huyện'],
    ['secretary', 'dời họp sang thứ 7 19h30 vì có tài liệu tối mật'],
  ] as const) {
    expect(await rig.tell(person, text), text).toEqual([{ chat: `dm:${person}`, text: vi.classified }])
  }
  // The local chat is the platform itself, and shows what its people wrote.
  expect(await holders(rig, ['tối mật'])).toEqual(['local_message.text'])
})

test("a stranger's message that must not be in a chat does not even wait for consent", async () => {
  await rig.tell('stranger', 'đk: trồng 10 cây xanh ở xóm Lạ, xong trước 30/11')
  expect(await holders(rig, ['xóm Lạ'])).toEqual(['dialogue.state', 'local_message.text'])
  await rig.tell('stranger', 'đk: soạn tài liệu tối mật ở xóm Lạ, xong trước 30/11')
  expect(await holders(rig, ['tối mật'])).toEqual(['local_message.text'])
  await rig.tell('stranger', 'không')
})

test('a suspended officer is neither asked, told nor believed', async () => {
  await rig.say('g', 'stranger', '@Bot Nếp đồng ý')
  const proxied = await rig.say('g', 'suspended', '@Bot Nếp đ/c An ốm nhờ báo vắng hộ')
  expect(textOf(proxied)).toContain(vi.excuseForAsked)
  expect(await rig.rows('SELECT 1 FROM attendance')).toEqual([])
  const claimed = await rig.say('g', 'member', '@Bot Nếp bác Thư ốm nhờ báo vắng hộ')
  expect(claimed.length).toBeGreaterThan(0)
  const told = await rig.advance('2026-10-20T18:00:00+07:00')
  expect(told.map(({ chat }) => chat)).toContain('dm:secretary')
  for (const messages of [proxied, claimed, told]) {
    expect(messages.map(({ chat }) => chat)).not.toContain('dm:suspended')
  }
  const help = textOf(await rig.tell('suspended', 'giúp'))
  expect(help).toContain('đăng ký')
  expect(help).not.toContain(vi.helpOfficer)
  expect(textOf(await rig.tell('secretary', 'giúp'))).toContain(vi.helpOfficer)
})
