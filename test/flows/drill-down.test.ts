/**
 * A committee looks into its tree: one organisation by its name, also a former one; which are silent, started or complete;
 * names only on request, in private, by those entitled, each look logged. Nobody reaches sideways or up.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { mergeOrganisations, renameOrganisation } from '../../src/store/admin-tree.ts'
import { textsOf } from '../../src/texts/index.ts'
import { type Heard, monday, type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
let rig: Rig
const ids: Record<string, number> = {}
const cells = ['east', 'west', 'north', 'eastOfB', 'office'] as const

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      const add = async (key: string, name: string, kind: 'cell' | 'committee', parent?: string) => {
        ids[key] = await addOrganisation(pool, name, kind, parent === undefined ? null : ids[parent]!)
      }
      await add('root', 'Đảng uỷ Khối', 'committee')
      await add('a', 'Đảng bộ Sở A', 'committee', 'root')
      await add('b', 'Đảng bộ Sở B', 'committee', 'root')
      await add('east', 'Chi bộ thôn Đông', 'cell', 'a')
      await add('west', 'Chi bộ xóm Tây', 'cell', 'a')
      await add('north', 'Chi bộ thôn Bắc', 'cell', 'a')
      await add('eastOfB', 'Chi bộ thôn Đông', 'cell', 'b')
      await add('office', 'Chi bộ Văn phòng', 'cell', 'root')
      await add('stranger', 'Chi bộ thôn Nam', 'cell')
      await addMembers(pool, ids.root!, [{ name: 'Cao Thị Trên', role: 'secretary', key: 'tren' }], monday)
      await addMembers(pool, ids.root!, [{ name: 'Đào Văn Uỷ', role: 'committee', key: 'uy' }], monday)
      await addMembers(pool, ids.root!, [{ name: 'Lê Văn Thư', role: 'clerk', key: 'thuky' }], monday)
      await addMembers(pool, ids.a!, [{ name: 'Phan Thị Giữa', role: 'secretary', key: 'giua' }], monday)
      for (const cell of cells)
        await addMembers(
          pool,
          ids[cell]!,
          [
            { name: `Bí Thư ${cell}`, role: 'secretary', key: `bt-${cell}` },
            { name: `Hội Viên ${cell}`, key: `hv-${cell}` },
          ],
          monday,
        )
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['tren', 'uy', 'bt-east'] })
      await addGroup(pool, 'local', 'g', ids.root!)
      const when = { on: null, isLate: false, now: monday }
      await renameOrganisation(pool, ids.west!, 'Chi bộ thôn Tây', when)
      await mergeOrganisations(pool, { ids: [ids.north!], into: ids.west!, isApplied: true }, when)
      await pool.query(
        `INSERT INTO deed (year, subject_kind, subject_id, number, org_id, content, state, updated_at)
         SELECT 2026, 'individual', member_id, 1, org_id, 'x', 'approved', now() FROM member
         WHERE org_id = $1 OR display_name = 'Bí Thư west'`,
        [ids.office],
      )
    },
  })
})
afterAll(() => rig.stop())

const only = (messages: readonly Heard[], person: string) =>
  textOf(messages.filter(({ chat }) => chat === `dm:${person}`))
const looks = () =>
  rig.rows<{ org_id: number; actor_id: number }>(
    `SELECT org_id, actor_id FROM audit_entry WHERE action IN ('missing.namesSeen', 'summary.namesSeen') ORDER BY audit_id`,
  )

describe('one organisation below', () => {
  test.each([
    ['tổng hợp chi bộ Văn phòng', 'Chi bộ Văn phòng, năm 2026', '2/2 (100%)'],
    ['tong hop chi bo van phong', 'Chi bộ Văn phòng, năm 2026', '2/2 (100%)'],
    ['/tonghop chi bộ Văn phòng', 'Chi bộ Văn phòng, năm 2026', '2/2 (100%)'],
    ['tổng hợp đảng bộ Sở A', 'Đảng bộ Sở A, năm 2026', '1/6 (16,7%)'],
    ['tổng hợp chi bộ thôn Tây', 'Chi bộ thôn Tây, năm 2026', '1/4 (25%)'],
  ])('is told by its name: %s', async (text, head, figures) => {
    const heard = textOf(await rig.tell('tren', text))
    expect(heard).toContain(head)
    expect(heard).toContain(figures)
  })

  test('is found under the name that it bore before, or that one merged into it bore', async () => {
    for (const name of ['chi bộ xóm Tây', 'chi bộ thôn Bắc'])
      expect(textOf(await rig.tell('giua', `tổng hợp ${name}`)), name).toContain('Chi bộ thôn Tây, năm 2026')
  })

  test('of two with one name is asked about, and the number answers', async () => {
    const [question] = await rig.tell('tren', 'tổng hợp chi bộ thôn Đông')
    expect(question?.text).toContain('Chi bộ thôn Đông, thuộc Đảng bộ Sở A')
    expect(question?.text).toContain('Chi bộ thôn Đông, thuộc Đảng bộ Sở B')
    expect(textOf(await rig.tell('tren', '2'))).toContain('Chi bộ thôn Đông, năm 2026')
    // Of one's own tree alone: nothing to ask.
    expect(textOf(await rig.tell('giua', 'tổng hợp chi bộ thôn Đông'))).toContain('Chi bộ thôn Đông, năm 2026')
  })

  test('is told to nobody sideways, above or of another tree', async () => {
    const unknown = (name: string) => [vi.organisationUnknown(name)]
    const texts = async (person: string, text: string) => (await rig.tell(person, text)).map((each) => each.text)
    expect(await texts('bt-east', 'tổng hợp chi bộ thôn Tây')).toEqual(unknown('chi bộ thôn Tây'))
    expect(await texts('giua', 'tổng hợp đảng bộ Sở B')).toEqual(unknown('đảng bộ Sở B'))
    expect(await texts('giua', 'tổng hợp đảng uỷ Khối')).toEqual(unknown('đảng uỷ Khối'))
    expect(await texts('tren', 'tổng hợp chi bộ thôn Nam')).toEqual(unknown('chi bộ thôn Nam'))
  })
})

describe('organisations that are so far', () => {
  test.each([
    [
      'chi bộ nào chưa đăng ký',
      'silent',
      'cells',
      2,
      4,
      ['Chi bộ thôn Đông (Đảng bộ Sở A)', 'Chi bộ thôn Đông (Đảng bộ Sở B)'],
    ],
    ['don vi nao chua trien khai', 'silent', 'direct', 1, 3, ['Đảng bộ Sở B']],
    ['đơn vị nào đã triển khai', 'started', 'direct', 2, 3, ['Đảng bộ Sở A', 'Chi bộ Văn phòng']],
    ['chi bộ nào đăng ký đủ', 'complete', 'cells', 1, 4, ['Chi bộ Văn phòng']],
    ['danh sách đơn vị chưa đăng ký đủ', 'incomplete', 'direct', 2, 3, ['Đảng bộ Sở A', 'Đảng bộ Sở B']],
    [
      'các chi bộ đăng ký đến đâu rồi',
      'any',
      'cells',
      2,
      4,
      [
        'Chi bộ thôn Đông (Đảng bộ Sở A)',
        'Chi bộ thôn Tây (Đảng bộ Sở A): 1/4',
        'Chi bộ thôn Đông (Đảng bộ Sở B)',
        'Chi bộ Văn phòng: 2/2',
      ],
    ],
  ] as const)('are listed with their counts: %s', async (text, state, scope, numerator, denominator, names) => {
    const heard = textOf(await rig.tell('tren', text))
    const tenths = Math.round((1000 * numerator) / denominator)
    expect(heard).toContain(
      vi.organisationsCount({ orgName: 'Đảng uỷ Khối', state, scope, ratio: { numerator, denominator }, tenths }),
    )
    for (const name of names) expect(heard).toContain(name)
    expect(heard.split('\n')).toHaveLength(1 + names.length)
    expect(heard).not.toMatch(/Bí Thư|Hội Viên/)
  })

  test('are a count in the group of the committee, and the list goes to who asked', async () => {
    const heard = await rig.say('g', 'uy', '@Bot Nếp chi bộ nào chưa đăng ký')
    const group = textOf(heard.filter(({ chat }) => chat === 'g'))
    expect(group).toContain('2/4 (50%)')
    expect(group).not.toContain('thôn Đông')
    expect(only(heard, 'uy')).toContain('Chi bộ thôn Đông (Đảng bộ Sở A)')
  })

  test('are nothing to those who have none below', async () => {
    expect((await rig.tell('bt-east', 'đơn vị nào chưa triển khai')).map(({ text }) => text)).toEqual([vi.nothingBelow])
  })

  test('are reminded through their secretaries, once a week; nobody of the committee itself is', async () => {
    const heard = await rig.tell('tren', 'nhắc các chi bộ chưa đăng ký')
    const remindedIn = (messages: readonly Heard[]) => messages.map(({ chat }) => chat).sort()
    expect(remindedIn(heard)).toEqual(['dm:bt-east', 'dm:bt-eastOfB', 'dm:bt-west', 'dm:tren'])
    expect(only(heard, 'bt-west')).toBe(
      vi.remindCell({
        ...{ above: 'Đảng uỷ Khối', orgName: 'Chi bộ thôn Tây', closesOn: '2026-12-31' },
        ...{ members: { numerator: 1, denominator: 4 }, tenths: 250 },
      }),
    )
    expect(only(heard, 'tren')).toBe(vi.remindedBelow({ sent: 3, held: 0, unreachable: 0 }))
    for (const [person, words] of [
      ['giua', 'nhắc các đơn vị chưa triển khai'],
      ['uy', 'nhac cac chi bo chua dang ky'],
    ] as const) {
      const again = await rig.tell(person, words)
      expect(remindedIn(again)).toEqual([`dm:${person}`])
    }
    expect(textOf(await rig.tell('thuky', 'nhắc các chi bộ chưa đăng ký'))).toContain('Việc này dành cho cấp uỷ')
    await rig.advance('2026-10-12T09:00:00+07:00')
    expect(only(await rig.tell('giua', 'nhắc các chi bộ chưa đăng ký'), 'giua')).toBe(
      vi.remindedBelow({ sent: 2, held: 0, unreachable: 0 }),
    )
  })

  test('of a long list come in parts, each with the words for the next', async () => {
    const parent = ids.b!
    for (let n = 1; n <= 70; n += 1) await addOrganisation(rig.pool, `Chi bộ số ${n}`, 'cell', parent)
    const heard = await rig.tell('tren', 'chi bộ nào chưa đăng ký')
    for (const { text } of heard) expect(text.length).toBeLessThanOrEqual(2000)
    const asked = /nhắn: "([^"]+)"/.exec(textOf(heard))?.[1]
    expect(asked).toBe('chi bộ nào chưa triển khai từ 61')
    const rest = textOf(await rig.tell('tren', asked!))
    expect(rest).toContain('72. Chi bộ số 70')
    expect(rest).not.toContain('60. ')
  })
})

describe('names in an organisation below', () => {
  test('are told to the committee on request, in private, and each look is logged', async () => {
    const before = (await looks()).length
    const list = textOf(await rig.tell('tren', 'danh sách chưa đăng ký chi bộ thôn Tây'))
    expect(list).toContain('Hội Viên west')
    expect(list).not.toContain('Bí Thư west')
    const all = textOf(await rig.tell('uy', 'danh sách chi bộ thôn Tây'))
    expect(all).toContain('Bí Thư west')
    const heard = await rig.say('g', 'uy', '@Bot Nếp ai chưa đăng ký ở chi bộ thôn Tây')
    expect(textOf(heard.filter(({ chat }) => chat === 'g'))).not.toContain('Hội Viên')
    expect(only(heard, 'uy')).toContain('Hội Viên west')
    const logged = (await looks()).slice(before)
    expect(logged.map((each) => each.org_id)).toEqual([ids.west, ids.west, ids.west])
    const [first] = await rig.rows<{ member_id: number }>(
      `SELECT member_id FROM member WHERE display_name = 'Cao Thị Trên'`,
    )
    expect(logged[0]!.actor_id).toBe(first!.member_id)
  })

  test('are refused to a clerk of the committee, and nothing is logged', async () => {
    const before = (await looks()).length
    for (const text of ['danh sách chưa đăng ký chi bộ thôn Tây', 'danh sách chi bộ thôn Tây'])
      expect((await rig.tell('thuky', text)).map((each) => each.text)).toEqual([vi.refusals.namesNotAllowed])
    expect(await looks()).toHaveLength(before)
  })
})

test('the summary of a committee over committees says what lies below, part by part', async () => {
  const heard = textOf(await rig.tell('tren', 'tổng hợp'))
  expect(heard).toContain('3 tổ chức cơ sở đảng (2 đảng bộ, 1 chi bộ cơ sở)')
  expect(heard).toContain('- Chi, đảng bộ trực thuộc đã triển khai: 2/3 (66,7%)')
  expect(heard).toContain('- Chi, đảng bộ trực thuộc đăng ký đủ: 1/3 (33,3%)')
})
