import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { consentVersion } from '../../src/domain/consent.ts'
import { fold } from '../../src/language/normalise.ts'
import { textsOf } from '../../src/texts/index.ts'
import { monday, type Rig, startRig, textOf } from './rig.ts'
import { holders } from './scan.ts'
import { addCode, addGroup, addLocalAccount, addLocalChat, addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
const north = 'Chi bộ Bắc'
const south = 'Chi bộ Nam'
let rig: Rig
let ids: { root: number; north: number; south: number }

/** A northern cell with a secretary and a deputy; a southern one with nobody on its roster and no group. */
beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      const root = await addOrganisation(pool, 'Đảng uỷ xã', 'committee')
      ids = {
        root,
        north: await addOrganisation(pool, north, 'cell', root),
        south: await addOrganisation(pool, south, 'cell', root),
      }
      await addMembers(
        pool,
        ids.north,
        [
          { name: 'Trần Thị Thư', role: 'secretary', key: 'thu' },
          { name: 'Lê Văn Phó', role: 'deputy', key: 'pho' },
          { name: 'Nguyễn Văn An', key: 'an' },
          { name: 'Đỗ Thị Hoà' },
          { name: 'Bùi Văn Hoà' },
          { name: 'Phạm Văn Mới' },
          { name: 'Phạm Văn Chờ' },
          { name: 'Vũ Thị Muộn' },
        ],
        monday,
      )
      const guests = ['k1', 'k2', 'k3', 'k4', 'k5', 'k6', 'k7', 'k8', 'k9', 'k10', 'k11']
      for (const key of guests) await addLocalAccount(pool, { key, name: `Hiển thị ${key}` })
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['thu', 'pho', 'an', ...guests] })
      await addLocalChat(pool, { key: 'g2', title: 'Nhóm hai', kind: 'group', accounts: ['thu', 'an', ...guests] })
      await addGroup(pool, 'local', 'g', ids.north)
    },
  })
})
afterAll(() => rig.stop())

const dm = (person: string, text: string) => ({ chat: `dm:${person}`, text })
const linksOf = (key: string) =>
  rig.rows(
    `SELECT m.display_name AS name, l.state, m.role FROM account a JOIN account_member l USING (account_id)
     JOIN member m USING (member_id) WHERE a.external_id = $1`,
    [key],
  )
let seeds = 0
const code = (purpose: 'group' | 'secretary' | 'clerk' | 'member' | 'committee', orgId: number, memberId?: number) => {
  seeds += 1
  return addCode(rig.pool, { orgId, purpose, memberId, madeAt: rig.clock.now(), seed: seeds })
}
const codeRow = (typed: string) => rig.rows('SELECT tries, used_at FROM code WHERE selector = $1', [typed.slice(0, 4)])

/** What the local chat itself keeps: on other platforms that is the platform's. */
const chatItself = ['local_account', 'local_chat', 'local_message']

describe('before consent', () => {
  test('nothing of a newcomer is stored but the one message in the open question', async () => {
    const [asked, ...others] = await rig.tell('k1', 'đk: giúp 7 hộ nghèo, xong trước 30/11')
    expect(others).toEqual([])
    expect(asked?.text).toBe(vi.consentAsk(true))
    expect(await holders(rig, ['giúp 7 hộ nghèo', '"k1"', 'Hiển thị k1', 'dm:k1'], chatItself)).toEqual([
      'dialogue.state',
      'dialogue.address',
    ])
    for (const table of ['account', 'consent', 'deed', 'chat']) {
      const rows = await rig.rows(`SELECT 1 FROM ${table} t WHERE t::text ~ '[^a-z]k1[^a-z0-9]'`)
      expect(rows, table).toEqual([])
    }
  })

  test('a newer message takes the place of the one that waits', async () => {
    expect(await rig.tell('k1', 'đk: trồng 8 cây xanh, xong trước 30/11')).toEqual([dm('k1', vi.consentPrompt)])
    expect(await holders(rig, ['giúp 7 hộ nghèo'], chatItself)).toEqual([])
    expect(await holders(rig, ['trồng 8 cây xanh'], chatItself)).toEqual(['dialogue.state'])
  })

  test('refusing drops everything', async () => {
    expect(await rig.tell('k1', 'không')).toEqual([dm('k1', vi.consentRefused)])
    expect(await holders(rig, ['trồng 8 cây xanh', '"k1"', 'dm:k1'], chatItself)).toEqual([])
  })

  test('silence for a day drops the message without a word', async () => {
    await rig.tell('k1', 'đk: hiến máu 9 lần, xong trước 30/11')
    const said = await rig.advance('2026-10-06T09:01:00+07:00')
    expect(said).toEqual([])
    expect(await holders(rig, ['hiến máu 9 lần', '"k1"', 'dm:k1'], chatItself)).toEqual([])
    expect(await rig.tell('k1', 'đồng ý')).not.toEqual([])
  })

  test('help, own data and their erasure are answered without asking for consent', async () => {
    await rig.tell('k2', 'đk: trồng cây, xong trước 30/11')
    expect(textOf(await rig.tell('k2', 'dữ liệu của tôi'))).toContain(vi.noData)
    expect(textOf(await rig.tell('k2', 'xoá dữ liệu của tôi'))).toContain(vi.noData)
    expect(textOf(await rig.tell('k2', 'giúp'))).toContain(vi.helpNotLinked)
    await rig.tell('k2', 'không')
    expect(await rig.rows(`SELECT 1 FROM account WHERE external_id = 'k2'`)).toEqual([])
  })
})

describe('a claim', () => {
  test('is made after consent, confirmed by a secretary in private, and the held message is then run', async () => {
    await rig.say('g', 'k3', '@Bot Nếp dk: trong 5 cay xanh, xong truoc 30/11')
    const agreed = await rig.say('g', 'k3', '@Bot Nếp đồng ý')
    expect(agreed).toEqual([{ chat: 'g', text: `${vi.consentGiven}\n\n${vi.askName}\n${vi.groupAnswerHint}` }])
    expect(
      await rig.rows(`SELECT version, given FROM consent JOIN account USING (account_id) WHERE external_id = 'k3'`),
    ).toEqual([{ version: consentVersion, given: true }])
    const claimed = await rig.say('g', 'k3', '@Bot Nếp toi la pham van moi')
    const question = vi.claimAsk('Hiển thị k3', vi.platformNames.local!, 'Phạm Văn Mới', north)
    expect(claimed).toHaveLength(3)
    expect(claimed).toEqual(
      expect.arrayContaining([{ chat: 'g', text: vi.claimSent }, dm('thu', question), dm('pho', question)]),
    )
    expect(await linksOf('k3')).toEqual([{ name: 'Phạm Văn Mới', state: 'claimed', role: 'member' }])
    expect(await rig.rows('SELECT 1 FROM deed')).toEqual([])
    // The first message waits; what comes after it is to be sent again, and the name is not asked for once more.
    expect(await rig.say('g', 'k3', '@Bot Nếp đk: thăm hộ nghèo, xong trước 20/12')).toEqual([
      { chat: 'g', text: vi.claimWaits(false) },
    ])

    const confirmed = await rig.tell('thu', 'có')
    expect(confirmed).toContainEqual(dm('thu', vi.claimConfirmed('Phạm Văn Mới')))
    expect(confirmed).toContainEqual({ chat: 'g', text: vi.linked('Phạm Văn Mới', north) })
    expect(textOf(confirmed)).toContain('trong 5 cay xanh – hạn 30/11/2026')
    expect(await linksOf('k3')).toEqual([{ name: 'Phạm Văn Mới', state: 'linked', role: 'member' }])
    expect(await rig.say('g', 'k3', '@Bot Nếp 1')).toEqual([{ chat: 'g', text: vi.submitted(1, false) }])
    // Known in the group only: the result cannot be written to them, and whoever decided is told so.
    expect(textOf(await rig.tell('thu', 'duyệt hết'))).toContain(vi.reviewNotReached(1, ['Phạm Văn Mới']))
    const inGroup = textOf(await rig.say('g', 'thu', '@Bot Nếp duyệt'))
    expect(inGroup).not.toContain('Phạm Văn Mới')
    // The deputy was asked too; the secretary's answer settled it.
    expect(await rig.rows(`SELECT 1 FROM dialogue WHERE flow = 'confirmClaim'`)).toEqual([])
  })

  test('to a name that several bear is asked about; to a taken one refused; to an unknown one asked again', async () => {
    expect(textOf(await rig.say('g', 'k4', '@Bot Nếp tôi là Hoà'))).toContain(vi.consentAsk(true))
    const [which] = await rig.say('g', 'k4', '@Bot Nếp đồng ý')
    expect(which?.text).toContain(vi.consentGiven)
    const again = await rig.say('g', 'k4', '@Bot Nếp tôi là Hoà')
    expect(textOf(again)).toContain('1. Đỗ Thị Hoà\n2. Bùi Văn Hoà')
    await rig.say('g', 'k4', '@Bot Nếp 2')
    expect(await linksOf('k4')).toEqual([{ name: 'Bùi Văn Hoà', state: 'claimed', role: 'member' }])
    expect(await rig.tell('pho', 'không')).toContainEqual(dm('pho', vi.claimRejected))
    expect(await linksOf('k4')).toEqual([])
    expect(await rig.say('g', 'k4', '@Bot Nếp tôi là Nguyễn Văn An')).toEqual([{ chat: 'g', text: vi.claimTaken }])
    const [unknown] = await rig.say('g', 'k4', '@Bot Nếp tôi là Trịnh Văn Không')
    expect(unknown?.text).toContain(vi.nameUnknown('Trịnh Văn Không'))
  })

  test('to a cell without a linked secretary is told so', async () => {
    await rig.rows(
      `INSERT INTO member (org_id, display_name, folded_name) VALUES ($1, 'Mai Xuân Nam', 'mai xuan nam')`,
      [ids.south],
    )
    await rig.tell('k5', 'tôi là Mai Xuân Nam')
    expect(textOf(await rig.tell('k5', 'đồng ý'))).toContain(vi.claimNoSecretary)
    expect(await linksOf('k5')).toEqual([])
  })

  test('waits for a secretary who is busy, and several wait in a queue', async () => {
    for (const officer of ['thu', 'pho']) expect(await rig.tell(officer, 'đk')).not.toEqual([])
    await rig.say('g', 'k6', '@Bot Nếp tôi là Phạm Văn Chờ')
    expect(await rig.say('g', 'k6', '@Bot Nếp đồng ý')).not.toContainEqual(expect.objectContaining({ chat: 'dm:thu' }))
    await rig.say('g', 'k7', '@Bot Nếp tôi là Vũ Thị Muộn')
    await rig.say('g', 'k7', '@Bot Nếp đồng ý')
    expect(await rig.say('g', 'k7', '@Bot Nếp việc của tôi')).toEqual([{ chat: 'g', text: vi.claimWaits(true) }])
    const first = await rig.tell('thu', 'thôi')
    expect(textOf(first)).toContain('Phạm Văn Chờ')
    const second = await rig.tell('thu', 'có')
    expect(textOf(second)).toContain(vi.claimConfirmed('Phạm Văn Chờ'))
    expect(second.find(({ chat, text }) => chat === 'dm:thu' && text.includes('Vũ Thị Muộn'))).toBeDefined()
    await rig.tell('thu', 'có')
    expect(await linksOf('k6')).toMatchObject([{ state: 'linked' }])
    expect(await linksOf('k7')).toMatchObject([{ state: 'linked' }])
    await rig.tell('pho', 'thôi')
  })

  test('is not confirmed by an ordinary member, and not by a yes in the group', async () => {
    await rig.say('g', 'k8', '@Bot Nếp tôi là Đỗ Thị Hoà')
    await rig.say('g', 'k8', '@Bot Nếp đồng ý')
    await rig.tell('an', 'có')
    await rig.say('g', 'an', '@Bot Nếp có')
    await rig.say('g', 'thu', '@Bot Nếp có')
    expect(await linksOf('k8')).toMatchObject([{ state: 'claimed' }])
    await rig.tell('thu', 'không')
    expect(await linksOf('k8')).toEqual([])
  })
})

describe('a code', () => {
  test('in the table is only a selector and a hash', async () => {
    const typed = await code('group', ids.north)
    const verifier = typed.slice(5)
    expect(await holders(rig, [typed, verifier])).toEqual([])
  })

  test('of a group binds the group it is typed in, once; an unbound group is told what it needs', async () => {
    expect(textOf(await rig.say('g2', 'an', '@Bot Nếp tổng hợp'))).toContain(vi.groupNeedsCode)
    const typed = await code('group', ids.south)
    expect(await rig.tell('an', `/kichhoat ${typed}`)).toEqual([dm('an', vi.codeForGroup)])
    expect(await codeRow(typed)).toMatchObject([{ used_at: null }])
    expect(await rig.say('g2', 'k9', `/kichhoat ${typed}`)).toEqual([{ chat: 'g2', text: vi.helloGroup(south) }])
    expect(await rig.value(`SELECT org_id FROM chat WHERE external_id = 'g2'`)).toBe(ids.south)
    expect(await rig.say('g2', 'k9', `/kichhoat ${typed}`)).toEqual([{ chat: 'g2', text: vi.codeUsed }])
    // Binding a group says nothing about whoever typed the code.
    expect(await rig.rows(`SELECT 1 FROM account WHERE external_id = 'k9'`)).toEqual([])
    const other = await code('group', ids.north)
    expect(await rig.say('g2', 'k9', `/kichhoat ${other}`)).toEqual([{ chat: 'g2', text: vi.codeOtherChat(south) }])
  })

  test('of a person shown in a group is burnt and grants nothing', async () => {
    const typed = await code('secretary', ids.north)
    expect(await rig.say('g', 'an', `/kichhoat ${typed}`)).toEqual([{ chat: 'g', text: vi.codeForPerson }])
    expect(await rig.tell('an', `/kichhoat ${typed}`)).toEqual([dm('an', vi.codeUsed)])
    expect(await linksOf('an')).toEqual([{ name: 'Nguyễn Văn An', state: 'linked', role: 'member' }])
    const actions = await rig.rows(`SELECT action FROM audit_entry WHERE subject = $1`, [`code:${typed.slice(0, 4)}`])
    expect(actions).toEqual([{ action: 'code.exposed' }])
  })

  test('stands five wrong tries and no more', async () => {
    const typed = await code('clerk', ids.north)
    const wrong = `${typed.slice(0, 5)}${typed[5] === '0' ? '1' : '0'}${typed.slice(6)}`
    for (let tries = 1; tries <= 4; tries += 1) {
      expect(await rig.tell('an', `/kichhoat ${wrong}`)).toEqual([dm('an', vi.codeWrong)])
      expect(await codeRow(typed)).toMatchObject([{ tries }])
    }
    expect(await rig.tell('an', `/kichhoat ${wrong}`)).toEqual([dm('an', vi.codeExhausted)])
    expect(await rig.tell('an', `/kichhoat ${typed}`)).toEqual([dm('an', vi.codeExhausted)])
    expect(await linksOf('an')).toMatchObject([{ role: 'member' }])
  })

  test('of an officer typed in private gives the role to the line of whoever is linked there', async () => {
    const typed = await code('clerk', ids.north)
    expect(await rig.tell('an', `/kichhoat ${typed.toLowerCase().replace('-', '')}`)).toEqual([
      dm('an', vi.roleGranted('Nguyễn Văn An', vi.roleNames.clerk, north)),
    ])
    expect(await linksOf('an')).toEqual([{ name: 'Nguyễn Văn An', state: 'linked', role: 'clerk' }])
  })

  test('of a member links a newcomer after consent, without a secretary', async () => {
    const memberId = await rig.value<number>(`SELECT member_id FROM member WHERE display_name = 'Đỗ Thị Hoà'`)
    const typed = await code('member', ids.north, memberId)
    expect(await rig.tell('k9', `/kichhoat ${typed}`)).toEqual([dm('k9', vi.consentAsk(true))])
    expect(await codeRow(typed)).toMatchObject([{ used_at: null }])
    expect(textOf(await rig.tell('k9', 'đồng ý'))).toContain('Đỗ Thị Hoà')
    expect(await linksOf('k9')).toEqual([{ name: 'Đỗ Thị Hoà', state: 'linked', role: 'member' }])
  })

  test('of the first secretary of a committee asks for a name and makes the line', async () => {
    const typed = await code('committee', ids.root)
    await rig.tell('k2', `/kichhoat ${typed}`)
    expect(textOf(await rig.tell('k2', 'đồng ý'))).toContain(vi.codeNeedsName(vi.roleNames.committee, 'Đảng uỷ xã'))
    expect(await codeRow(typed)).toMatchObject([{ used_at: null }])
    await rig.tell('k2', 'tôi là Cao Thị Trên')
    expect(await linksOf('k2')).toEqual([{ name: 'Cao Thị Trên', state: 'linked', role: 'committee' }])
  })

  test('expires', async () => {
    const typed = await code('secretary', ids.north)
    await rig.advance(new Date(rig.clock.now().getTime() + 73 * 3_600_000))
    expect(await rig.tell('an', `/kichhoat ${typed}`)).toEqual([dm('an', vi.codeExpired)])
    expect(await linksOf('an')).toMatchObject([{ role: 'clerk' }])
  })
})

describe('what waited while a name was asked for', () => {
  beforeAll(async () => {
    for (const name of ['Cam Thị Giữ', 'Cam Văn Đợi'])
      await rig.rows('INSERT INTO member (org_id, display_name, folded_name) VALUES ($1, $2, $3)', [
        ids.north,
        name,
        fold(name),
      ])
  })

  test('in private is taken up where the name was given in the group', async () => {
    await rig.tell('k10', 'đk: trồng 10 cây, hạn 20/12')
    await rig.tell('k10', 'đồng ý')
    await rig.say('g', 'k10', '@Bot Nếp tôi là Cam Thị Giữ')
    const messages = await rig.tell('thu', 'có')
    expect(messages.filter(({ chat }) => chat === 'dm:k10').map(({ text }) => text)).toContainEqual(
      expect.stringContaining('trồng 10 cây'),
    )
  })

  test('waits on where the first name was refused', async () => {
    await rig.say('g', 'k11', '@Bot Nếp đk: giúp 2 hộ nghèo, hạn 20/12')
    await rig.say('g', 'k11', '@Bot Nếp đồng ý')
    expect(textOf(await rig.say('g', 'k11', '@Bot Nếp tôi là Nguyễn Văn An'))).toContain(vi.claimTaken)
    await rig.say('g', 'k11', '@Bot Nếp tôi là Cam Văn Đợi')
    const messages = await rig.tell('thu', 'có')
    expect(messages.filter(({ chat }) => chat === 'g').map(({ text }) => text)).toContainEqual(
      expect.stringContaining('giúp 2 hộ nghèo'),
    )
  })
})
