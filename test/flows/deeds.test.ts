/** What a deed carries beside its words, and what becomes of it in the year: attributes, evidence, forms, ratings, praise. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { textsOf } from '../../src/texts/index.ts'
import { richEvent } from './rich-platform.ts'
import { monday, type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
let rig: Rig
let ids: { root: number; cell: number; other: number }

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      const root = await addOrganisation(pool, 'Đảng uỷ xã', 'committee')
      ids = {
        root,
        cell: await addOrganisation(pool, 'Chi bộ Bắc', 'cell', root),
        other: await addOrganisation(pool, 'Chi bộ Nam', 'cell', root),
      }
      await addMembers(pool, root, [{ name: 'Cao Thị Trên', role: 'secretary', key: 'tren' }], monday)
      await addMembers(
        pool,
        ids.cell,
        [
          { name: 'Trần Thị Thư', role: 'secretary', key: 'thu' },
          { name: 'Nguyễn Văn An', key: 'an' },
          { name: 'Đỗ Thị Bình', key: 'binh' },
          { name: 'Lê Văn Miễn', status: 'exempt', key: 'mien' },
        ],
        monday,
      )
      await addMembers(pool, ids.cell, [{ name: 'Phạm Thị Ảnh', key: 'anh' }], monday, 'telegram')
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['thu', 'an', 'binh'] })
      await addGroup(pool, 'local', 'g', ids.cell)
      // Last year: Bình finished one of two.
      await pool.query(
        `INSERT INTO deed (year, subject_kind, subject_id, number, org_id, content, due_on, state, done_on, updated_at)
         SELECT 2025, 'individual', member_id, n, org_id, CASE n WHEN 1 THEN 'dọn kênh' ELSE 'giúp hộ Tám' END, '2025-11-30', 'approved',
           CASE n WHEN 1 THEN date '2025-06-01' END, $1 FROM member, generate_series(1, 2) n WHERE display_name = 'Đỗ Thị Bình'`,
        [monday],
      )
    },
  })
})
afterAll(() => rig.stop())

const dm = (person: string, text: string) => ({ chat: `dm:${person}`, text })
const deed = (name: string, number = 1) =>
  rig
    .rows(
      `SELECT d.* FROM deed d JOIN member m ON m.member_id = d.subject_id AND d.subject_kind = 'individual'
       WHERE m.display_name = $1 AND d.number = $2 AND d.year = 2026`,
      [name, number],
    )
    .then(([row]) => row)

describe('attributes of a deed', () => {
  test('are offered in one line with the first deeds, in private', async () => {
    await rig.tell('an', 'đk: giúp 3 hộ nghèo, xong trước 30/11')
    expect(await rig.tell('an', '1')).toEqual([dm('an', `${vi.submitted(1, false)}\n${vi.detailsOffer(1)}`)])
    await rig.tell('an', 'đk: trồng 10 cây, xong trước 30/11')
    expect(await rig.tell('an', '1')).toEqual([dm('an', vi.submitted(1, false))])
  })

  test('are set by typing them, shown with the deeds and in the data, and keep the approval while they are new', async () => {
    await rig.tell('thu', 'duyệt hết')
    expect(await rig.tell('an', 'việc 1: nhóm đạo đức')).toEqual([dm('an', vi.described(1, 'nhóm đạo đức', false))])
    await rig.tell('an', 'Biện pháp việc 1: mỗi tháng một buổi')
    await rig.tell('an', 'chỉ tiêu việc 1: 3 hộ')
    await rig.tell('an', '/khacphuc 1 ngại phát biểu')
    expect(await deed('Nguyễn Văn An')).toMatchObject({
      category: 'morality',
      measure: 'mỗi tháng một buổi',
      target: '3 hộ',
      weakness: 'ngại phát biểu',
      state: 'approved',
    })
    for (const asked of ['việc của tôi', 'dữ liệu của tôi', 'xuất dữ liệu của tôi'])
      expect(textOf(await rig.tell('an', asked)), asked).toContain('mỗi tháng một buổi')
  })

  test('replaced after approval are a changed promise', async () => {
    const [answer] = await rig.tell('an', 'chỉ tiêu việc 1: 2 hộ')
    expect(answer?.text).toContain('thông qua lại')
    expect(await deed('Nguyễn Văn An')).toMatchObject({ target: '2 hộ', state: 'submitted' })
    await rig.tell('thu', 'duyệt đ/c An')
  })

  test('without a number are asked about where there are several deeds', async () => {
    const [which] = await rig.tell('an', 'khắc phục: nể nang')
    expect(which?.text).toContain('2. trồng 10 cây')
    await rig.tell('an', '2')
    expect(await deed('Nguyễn Văn An', 2)).toMatchObject({ weakness: 'nể nang' })
  })
})

describe('a photo', () => {
  const photo = (text: string) => richEvent('anh', text, { photoRef: 'AgAC-1' })

  test('from somebody without an approved deed gets no answer and leaves nothing', async () => {
    expect(await rig.emit(photo(''))).toEqual([])
  })

  test('is kept as evidence only after a yes, and only its reference', async () => {
    await rig.emit(richEvent('anh', 'đk: dạy 5 buổi, xong trước 30/11'))
    await rig.emit(richEvent('anh', '1'))
    await rig.tell('thu', 'duyệt hết')
    const [question] = await rig.emit(photo(''))
    expect(question?.text).toBe(vi.evidenceAsk(1, { content: 'dạy 5 buổi', dueOn: '2026-11-30' }))
    await rig.emit(richEvent('anh', 'không'))
    expect(await deed('Phạm Thị Ảnh')).toMatchObject({ evidence: null })
    await rig.emit(photo('minh chứng việc 1'))
    const [kept] = await rig.emit(richEvent('anh', 'có'))
    expect(kept?.text).toBe(vi.evidenceKept(1))
    expect(await deed('Phạm Thị Ảnh')).toMatchObject({ evidence: 'telegram:AgAC-1' })
  })
})

describe('the commitment form', () => {
  test('is registered, approved and counted apart; its end is not asked for', async () => {
    const [shown] = await rig.tell('an', 'bản cam kết: 1. giữ gìn đoàn kết 2. nêu gương trong gia đình')
    expect(shown?.text).toContain('hạn 31/12/2026')
    const taken = `${vi.onForm(vi.formNames.commitment)}\n${vi.submitted(2, false)}`
    expect(await rig.tell('an', '1')).toEqual([dm('an', taken)])
    const [list] = await rig.tell('thu', 'duyệt')
    expect(list?.text).toContain(`${vi.formNames.commitment}, việc 3: giữ gìn đoàn kết`)
    await rig.tell('thu', 'duyệt hết')
    const [group] = await rig.say('g', 'an', '@Bot Nếp tổng hợp')
    expect(group?.text).toContain(vi.commitmentsLine({ numerator: 1, denominator: 4 }, 250))
    // The pledge's own x/y and its deeds are as before.
    expect(group?.text).toContain('Đảng viên đã đăng ký: 2/4 (50%)')
    expect(group?.text).toContain('Số việc: 3 của cá nhân')
  })

  test('alone makes nobody a registered one, and a deed may stand on both', async () => {
    await rig.tell('binh', 'cam kết: học tập thường xuyên')
    await rig.tell('binh', '1')
    expect(textOf(await rig.tell('thu', 'ai chưa đk'))).toContain('Đỗ Thị Bình')
    await rig.tell('an', 'bản cam kết: việc 1')
    expect(await deed('Nguyễn Văn An')).toMatchObject({ forms: ['pledge', 'commitment'] })
    expect(textOf(await rig.say('g', 'an', '@Bot Nếp tổng hợp'))).toContain('Số việc: 3 của cá nhân')
  })
})

describe('what was not done last year', () => {
  test('is told to who wants to register, and can be taken up alone', async () => {
    const [asked] = await rig.tell('binh', 'đk')
    expect(asked?.text).toContain(vi.undoneLine(2025, [{ content: 'giúp hộ Tám', dueOn: null }]))
    const [choice] = await rig.tell('binh', 'như năm ngoái')
    expect(choice?.text).toContain('giúp hộ Tám – hạn 30/11/2025 (chưa xong)')
    const [shown] = await rig.tell('binh', '1')
    expect(shown?.text).toContain('giúp hộ Tám – hạn 30/11/2026')
    expect(shown?.text).not.toContain('dọn kênh')
    await rig.tell('binh', '1')
    expect(await deed('Đỗ Thị Bình', 2)).toMatchObject({ content: 'giúp hộ Tám', state: 'submitted' })
    await rig.tell('thu', 'duyệt hết')
  })
})

describe('ratings', () => {
  test('of a quarter stand beside the rating of the year', async () => {
    const [said] = await rig.tell('an', 'tự đánh giá việc 1 quý 3: tốt')
    expect(said?.text).toBe(vi.selfRated(1, 'good', 'quý III/2026'))
    await rig.tell('an', 'tự đánh giá việc 1: hoàn thành')
    await rig.tell('thu', 'đánh giá việc 1 của đ/c An quý 3: tốt')
    await rig.tell('thu', 'đánh giá việc 1 của đ/c An quý 3: hoàn thành')
    const rows = await rig.rows(`SELECT period, source, rating FROM deed_rating ORDER BY period, source`)
    expect(rows).toEqual([
      { period: '2026', source: 'self', rating: 'completed' },
      { period: '2026-Q3', source: 'cell', rating: 'completed' },
      { period: '2026-Q3', source: 'self', rating: 'good' },
    ])
    expect(await deed('Nguyễn Văn An')).toMatchObject({ self_rating: 'completed', cell_rating: null })
  })

  test('"excellent" beyond the cap warns the secretary and nobody else', async () => {
    const messages = await rig.tell('thu', 'đánh giá việc 1 của đ/c An: xuất sắc')
    expect(messages).toContainEqual(
      dm('thu', `${vi.rated('Nguyễn Văn An', 1, 'excellent', null)} ${vi.capWarning(1, 0, 20)}`),
    )
    expect(messages).toContainEqual(dm('an', vi.ratedToMember(1, 'excellent', null)))
    expect(await deed('Nguyễn Văn An')).toMatchObject({ cell_rating: 'excellent' })
  })

  test('are not given to the exempt', async () => {
    await rig.tell('mien', 'đk: kể chuyện Bác, xong trước 30/11')
    await rig.tell('mien', '1')
    await rig.tell('thu', 'duyệt hết')
    expect(await rig.tell('thu', 'đánh giá việc 1 của đ/c Miễn: tốt')).toEqual([
      dm('thu', vi.notRatedOf('Lê Văn Miễn', vi.statusNames.exempt)),
    ])
    expect(await rig.tell('mien', 'tự đánh giá việc 1: tốt')).toEqual([dm('mien', vi.notRated)])
  })
})

describe('praise', () => {
  test('of members, collectives, models and the exemplar of a month is recorded and counted', async () => {
    await rig.say('g', 'thu', '@Bot Nếp biểu dương đ/c An việc 1')
    expect(await rig.say('g', 'thu', '@Bot Nếp biểu dương tập thể Chi bộ Bắc')).toEqual([
      { chat: 'g', text: vi.collectiveCommended('Chi bộ Bắc') },
    ])
    expect(await rig.tell('thu', 'mô hình hay: Ngày không hẹn, kết quả: trả hồ sơ trong ngày')).toEqual([
      dm('thu', vi.modelNoted('Ngày không hẹn', 'trả hồ sơ trong ngày', 'Chi bộ Bắc')),
    ])
    await rig.tell('thu', 'gương tháng 9: đ/c Bình')
    expect(await rig.tell('thu', 'gương tháng 9: đ/c An')).toEqual([
      dm('thu', vi.exemplarNoted('2026-09', 'Nguyễn Văn An')),
    ])
    const [group] = await rig.say('g', 'an', '@Bot Nếp tổng hợp')
    expect(group?.text).toContain(vi.praiseLine(1, 1, 1, 1))
    // A committee praises those directly below it, by name; a member may praise nobody.
    const fromAbove = await rig.tell('tren', 'biểu dương tập thể Chi bộ Bắc')
    expect(fromAbove).toContainEqual(dm('thu', vi.collectiveCommended('Chi bộ Bắc')))
    expect(await rig.tell('an', 'mô hình hay: Tự phong')).toEqual([dm('an', vi.refusals.notSecretary)])
  })
})

describe('a collective pledge', () => {
  test('says what it is and who is in charge, is approved one level up and counted apart', async () => {
    await rig.tell('thu', 'chi bộ đk khâu đột phá: chuyển đổi số, hạn 30/11')
    await rig.tell('thu', '1')
    expect(await rig.tell('thu', 'phụ trách việc 1 của chi bộ: đ/c Bình')).toEqual([
      dm('thu', vi.described(1, 'khâu đột phá; phụ trách: đồng chí Đỗ Thị Bình', false)),
    ])
    expect(await rig.tell('an', 'biện pháp việc 1 của chi bộ: họp')).toEqual([dm('an', vi.refusals.notSecretary)])
    await rig.tell('tren', 'duyệt hết')
    const [group] = await rig.say('g', 'an', '@Bot Nếp tổng hợp')
    expect(group?.text).toContain('Việc tập thể: đã xong 0/1, đang làm 1/1')
    expect(group?.text).not.toContain('Bình')
    expect(await rig.tell('an', 'việc 1 của chi bộ xong rồi')).toEqual([dm('an', vi.refusals.notSecretary)])
    expect(await rig.tell('thu', 'việc 1 của chi bộ xong 60%')).toEqual([dm('thu', vi.progressNoted(1, 60, false))])
    await rig.tell('thu', 'việc 1 của chi bộ xong rồi')
    expect(textOf(await rig.say('g', 'an', '@Bot Nếp tổng hợp'))).toContain('Việc tập thể: đã xong 1/1, đang làm 0/1')
    expect(textOf(await rig.tell('thu', 'tổng hợp danh sách'))).toContain('phụ trách: đồng chí Đỗ Thị Bình')
  })
})

test('erasing takes the words of attributes, evidence and models of one’s own with it', async () => {
  await rig.tell('thu', 'mô hình hay của đ/c An: Sổ tay số')
  await rig.tell('an', 'xoá dữ liệu của tôi')
  await rig.tell('an', 'có')
  const held = await rig.rows(
    `SELECT row_to_json(d)::text AS text FROM deed d UNION ALL SELECT row_to_json(c)::text FROM commendation c
     UNION ALL SELECT row_to_json(p)::text FROM deed_progress p`,
  )
  const all = held.map(({ text }) => text).join('\n')
  for (const word of ['mỗi tháng một buổi', '2 hộ', 'ngại phát biểu', 'Sổ tay số']) expect(all).not.toContain(word)
  expect(all).toContain('telegram:AgAC-1')
})
