/**
 * The same conversation of a group, in the words of a chi bộ, of any other group, and in English, through the real engine:
 * it ends in the same rows, and what a plain group reads holds nothing of the Party.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Heard, monday, type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation, type SeedMember } from './seed.ts'

const people: SeedMember[] = [
  { name: 'Trần Thị Thư', role: 'secretary', key: 'thu' },
  { name: 'Lê Văn Phong', role: 'deputy', key: 'phong' },
  { name: 'Nguyễn Văn An', key: 'an' },
  { name: 'Đỗ Thị Bình', key: 'binh' },
  { name: 'Vũ Đình Chắt', key: 'chat' },
  { name: 'Cao Văn Lễ', status: 'exempt' },
]

const kinds = {
  'chi-bo, vi': { profile: 'chi-bo', locale: 'vi' },
  'plain, vi': { profile: 'plain', locale: 'vi' },
  'plain, en': { profile: 'plain', locale: 'en' },
}
type Kind = keyof typeof kinds

/** Who says it (`@` in the group, else in private), and in which words; or an instant to move to. */
type Step = string | [person: string, chiBo: string, plain: string, english: string]

const script: Step[] = [
  [
    'an',
    'đk: trồng 100 cây xanh, hạn 30/11',
    'đk: trồng 100 cây xanh, hạn 30/11',
    'register: trồng 100 cây xanh, by 30/11',
  ],
  ['an', '1', '1', '1'],
  [
    '@binh',
    'đăng ký: sửa nhà cho cụ Tư, xong trước 15/12',
    'đăng ký: sửa nhà cho cụ Tư, xong trước 15/12',
    'register: sửa nhà cho cụ Tư, by 15/12',
  ],
  ['@binh', '2', '2', '2'],
  ['@binh', 'sửa mái nhà cụ Tư, hạn 20/12', 'sửa mái nhà cụ Tư, hạn 20/12', 'sửa mái nhà cụ Tư, by 20/12'],
  ['@binh', '1', '1', '1'],
  ['chat', 'đk: dọn đường làng, hạn 30/11', 'đk: dọn đường làng, hạn 30/11', 'register: dọn đường làng, by 30/11'],
  ['chat', 'thôi', 'thôi', 'cancel'],
  [
    'thu',
    'chi bộ đk: làm tuyến đường hoa 500m, hạn 30/11',
    'câu lạc bộ đk: làm tuyến đường hoa 500m, hạn 30/11',
    'the group registers: làm tuyến đường hoa 500m, by 30/11',
  ],
  ['thu', '1', '1', '1'],
  ['phong', 'duyệt hết', 'duyệt hết', 'approve all'],
  ['an', 'bản cam kết', 'việc của tôi', 'my deeds'],
  ['an', 'thôi', 'thôi', 'cancel'],
  [
    'thu',
    'chi bộ họp mùng 20 hằng tháng lúc 19h30 tại nhà văn hoá',
    'nhóm họp ngày 20 hằng tháng lúc 19h30 tại nhà văn hoá',
    'we meet on the 20th of every month at 19:30 at nhà văn hoá',
  ],
  ['thu', 'chuyên đề tháng 10: tiết kiệm', 'chuyên đề tháng 10: tiết kiệm', 'theme of October: tiết kiệm'],
  ['@an', 'bao giờ họp', 'bao giờ nhóm họp', 'when do we meet'],
  ['@an', 'có mặt', 'em sẽ có mặt', 'I will attend'],
  ['binh', 'xin vắng, đi công tác', 'em xin vắng, đi công tác', "I can't come, work trip"],
  ['thu', 'ai chưa đk', 'thành viên nào chưa đăng ký', 'who has not registered'],
  ['thu', 'nhắc mọi người đăng ký', 'nhắc các thành viên đăng ký', 'remind everyone to register'],
  ['an', 'việc 1 xong 70%', 'việc 1 xong 70%', 'deed 1 is 70% done'],
  ['@thu', 'tổng hợp', 'tổng hợp nhóm', 'summary'],
  ['phong', 'dời họp sang 21/10', 'dời họp sang 21/10', 'move meeting to 21/10'],
  '2026-10-21T19:35:00+07:00',
  ['@thu', 'điểm danh', 'điểm danh cả nhóm', 'roll call'],
  [
    '@thu',
    'vắng: Bình (công tác), Chắt không phép; còn lại có mặt',
    'vắng: Bình (công tác), Chắt không phép; còn lại có mặt',
    'absent: Bình (work), Chắt no reason; the rest present',
  ],
  ['thu', 'biểu dương đ/c An việc 1', 'biểu dương anh An việc 1', '/commend An 1'],
  ['an', 'việc 1 xong rồi', 'việc 1 xong rồi', 'deed 1 done'],
  ['an', 'sửa việc 1: trồng 120 cây xanh', 'sửa việc 1: trồng 120 cây xanh', 'edit deed 1: trồng 120 cây xanh'],
  ['phong', 'duyệt hết', 'duyệt hết', 'approve all'],
  ['chat', 'dữ liệu của tôi', 'dữ liệu của tôi', 'my data'],
  ['chat', 'rút đồng ý', 'rút đồng ý', 'withdraw consent'],
  ['chat', 'có', 'có', 'yes'],
  ['binh', 'trợ giúp', 'trợ giúp', 'help'],
  '2026-11-26T09:00:00+07:00',
  ['@an', 'tổng hợp', 'tổng hợp', 'summary'],
]

/** Rows of everything that is told of members and meetings; numbers given by the database are the same, made in one order. */
const tables: Record<string, string> = {
  deed: 'SELECT * FROM deed ORDER BY 1',
  deed_progress: 'SELECT * FROM deed_progress ORDER BY 1, 2',
  commendation: 'SELECT * FROM commendation ORDER BY 1',
  schedule: 'SELECT * FROM schedule ORDER BY 1',
  meeting: 'SELECT * FROM meeting ORDER BY 1, 2',
  attendance: 'SELECT * FROM attendance ORDER BY 1, 2, 3',
  theme: 'SELECT * FROM theme ORDER BY 1, 2',
  consent: 'SELECT account_id, version, given, at FROM consent ORDER BY at, account_id',
  account_member: 'SELECT * FROM account_member ORDER BY 1, 2',
  member: 'SELECT * FROM member ORDER BY 1',
  campaign:
    'SELECT year, opens_on, closes_on, min_individual, max_individual, min_collective, max_collective FROM campaign',
  nudge: 'SELECT * FROM nudge ORDER BY 1, 2',
  progress_round: 'SELECT * FROM progress_round ORDER BY 1, 2',
  dialogue: 'SELECT count(*)::int AS count FROM dialogue',
  audit_entry: 'SELECT action, count(*)::int AS count FROM audit_entry GROUP BY 1 ORDER BY 1',
  sent: 'SELECT chat, count(*)::int AS count FROM local_message WHERE from_key IS NULL GROUP BY 1 ORDER BY 1',
}

/** What the database makes up by itself is no matter of words: the salt of a row's digest, when the seed was written. */
function told(row: Record<string, unknown>): Record<string, unknown> {
  const { salt: _salt, created_at: _at, ...rest } = row
  return rest
}

const rows = {} as Record<Kind, Record<string, unknown[]>>
const heard = {} as Record<Kind, Heard[]>

async function talk(rig: Rig, kind: Kind): Promise<Heard[]> {
  const column = Object.keys(kinds).indexOf(kind) + 1
  const all: Heard[] = []
  for (const step of script) {
    if (typeof step === 'string') {
      all.push(...(await rig.advance(step)))
      continue
    }
    const [who, text] = [step[0], step[column]!]
    const answers = who.startsWith('@')
      ? await rig.say('g', who.slice(1), `@Bot Nếp ${text}`)
      : await rig.tell(who, text)
    expect(answers.length, `${kind}: ${text}`).toBeGreaterThan(0)
    all.push(...answers)
  }
  return all
}

const rigs: Rig[] = []
beforeAll(async () => {
  for (const [name, kind] of Object.entries(kinds)) {
    const rig = await startRig({
      kind,
      async seed(pool) {
        const group = await addOrganisation(pool, 'Thôn Đông', 'cell')
        await addMembers(pool, group, people, monday)
        const keys = people.flatMap(({ key }) => (key ? [key] : []))
        await addLocalChat(pool, { key: 'g', title: 'Thôn Đông', kind: 'group', accounts: keys })
        await addGroup(pool, 'local', 'g', group)
      },
    })
    rigs.push(rig)
    heard[name as Kind] = await talk(rig, name as Kind)
    const found: Record<string, unknown[]> = {}
    for (const [table, sql] of Object.entries(tables)) found[table] = (await rig.rows(sql)).map(told)
    rows[name as Kind] = found
  }
}, 120_000)
afterAll(() => Promise.all(rigs.map((rig) => rig.stop())))

test('a chi bộ speaks as one, and its conversation leaves rows everywhere', () => {
  expect(textOf(heard['chi-bo, vi'])).toMatch(/đồng chí/)
  const empty = Object.entries(rows['chi-bo, vi']).flatMap(([table, found]) => (found.length === 0 ? [table] : []))
  expect(empty.filter((table) => table !== 'campaign')).toEqual([])
})

describe.each(['plain, vi', 'plain, en'] as const)('%s', (kind) => {
  test.each(Object.keys(tables))('ends in the same rows: %s', (table) => {
    expect(rows[kind][table]).toEqual(rows['chi-bo, vi'][table])
  })

  test('reads nothing of the Party', () => {
    const ofTheParty =
      /đồng chí|đ\/c|(?<!\p{L})đảng|chi bộ|chi uỷ|bí thư|cấp uỷ|làm theo|QĐ\/TW|comrade|\bparty\b|\bcell\b/iu
    expect(heard[kind].filter(({ text }) => ofTheParty.test(text))).toEqual([])
    expect(heard[kind].length).toBeGreaterThan(30)
  })
})

test('an English group reads no Vietnamese but what its members wrote', () => {
  const written = [
    ...people.map(({ name }) => name),
    'Thôn Đông',
    'Nếp',
    'nhà văn hoá',
    'tiết kiệm',
    'trồng 100 cây xanh',
  ]
  const more = [
    'trồng 120 cây xanh',
    'sửa nhà cho cụ Tư',
    'sửa mái nhà cụ Tư',
    'dọn đường làng',
    'làm tuyến đường hoa 500m',
  ]
  const rest = [...written, ...more].reduce((text, words) => text.replaceAll(words, ''), textOf(heard['plain, en']))
  expect(rest.match(/.*[ăâđêôơưạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ].*/giu) ?? []).toEqual([])
})

test('a form that a plain group does not have is not served', async () => {
  const [chiBo, plain] = rigs
  const asked = 'cam kết: đi họp đúng giờ'
  expect(textOf(await plain!.tell('an', asked))).toContain('hiện tôi chưa làm được')
  expect(textOf(await chiBo!.tell('an', asked))).toContain('đi họp đúng giờ')
})
