import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { withExtras } from '../../src/language/extras.ts'
import { understand } from '../../src/language/understand.ts'
import { readDataFiles } from '../../src/store/data-files.ts'
import { closeRequest } from '../../src/store/data-requests.ts'
import { textsOf } from '../../src/texts/index.ts'
import { monday, type Rig, startRig, textOf } from './rig.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
let rig: Rig
let cell: number

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      cell = await addOrganisation(pool, 'Chi bộ Bắc', 'cell')
      const people = [
        { name: 'Trần Thị Thư', role: 'secretary' as const, key: 'thu' },
        { name: 'Nguyễn Văn Quên', key: 'quen' },
      ]
      await addMembers(pool, cell, people, monday)
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['thu', 'quen'] })
      await addGroup(pool, 'local', 'g', cell)
    },
  })
})
afterAll(() => rig.stop())

const requests = () =>
  rig.rows(
    `SELECT kind, source, member_id, answer_by, fulfil_by, closed_at IS NOT NULL AS closed, outcome FROM data_request ORDER BY 1`,
  )

describe('what the bot does at once', () => {
  test('is on the list as done: seeing, taking along, withdrawing', async () => {
    await rig.tell('quen', 'dữ liệu của tôi')
    await rig.tell('quen', 'xuất dữ liệu của tôi')
    const common = {
      source: 'chat',
      member_id: 2,
      answer_by: '2026-10-07',
      fulfil_by: '2026-10-20',
      closed: true,
      outcome: 'fulfilled',
    }
    expect(await requests()).toEqual([
      { kind: 'export', ...common },
      { kind: 'show', ...common },
    ])
  })
})

describe('what only people can do', () => {
  test('is entered with its clocks, acknowledged in private, and told to the secretary in private', async () => {
    const messages = await rig.say('g', 'quen', '@Bot Nếp đề nghị hạn chế xử lý dữ liệu của tôi')
    const noted = vi.requestNoted(vi.rightNames.restrict, 3, '2026-10-07', '2026-10-20')
    expect(messages).toEqual(
      expect.arrayContaining([
        { chat: 'g', text: vi.sentPrivately },
        { chat: 'dm:quen', text: noted },
        {
          chat: 'dm:thu',
          text: vi.requestForOfficers('Nguyễn Văn Quên', vi.rightNames.restrict, 3, '2026-10-07', '2026-10-20'),
        },
      ]),
    )
    expect(textOf(messages.filter(({ chat }) => chat === 'g'))).not.toContain('hạn chế')
    // Asked again it is the same request.
    expect(textOf(await rig.tell('quen', 'tôi yêu cầu hạn chế xử lý dữ liệu cá nhân của tôi'))).toContain('số 3')
    expect(await rig.value('SELECT count(*)::int FROM data_request')).toBe(3)
    const details = await rig.value(`SELECT details FROM audit_entry WHERE action = 'request.received'`)
    expect(details).toEqual({ kind: 'restrict', answerBy: '2026-10-07', fulfilBy: '2026-10-20' })
  })

  test('is warned about before and after each clock, once, to the secretary alone', async () => {
    // The first clock runs out at 8:00, in this cell's quiet hours.
    await rig.rows(`UPDATE organisation SET quiet_to = '08:30'`)
    const early = await rig.advance('2026-10-06T08:15:00+07:00')
    expect(textOf(early)).not.toContain('Yêu cầu số')
    // One long step: the clock stops where the quiet hours end, so that none of the two is skipped.
    const heard = await rig.advance('2026-10-09T09:00:00+07:00')
    expect(heard.filter(({ text }) => text.startsWith('Yêu cầu số'))).toEqual([
      { chat: 'dm:thu', text: vi.requestWarning(3, vi.rightNames.restrict, 'answerSoon', '2026-10-07') },
      { chat: 'dm:thu', text: vi.requestWarning(3, vi.rightNames.restrict, 'answerOverdue', '2026-10-07') },
    ])
    const { body } = await rig.program.metrics()
    expect(body).toContain('nep_data_requests{state="answerOverdue"} 1')
  })

  test('is warned of no more once the operator closed it; another that is open still is', async () => {
    await rig.rows(`UPDATE organisation SET quiet_to = '06:30'`)
    await rig.tell('quen', 'tôi phản đối xử lý dữ liệu của tôi')
    const { privacyRules: rules, holidays } = await readDataFiles()
    const setting = { rules, holidays, zone: 'Asia/Ho_Chi_Minh', now: rig.clock.now() }
    await closeRequest(rig.pool, 3, 'fulfilled', null, setting)
    const heard = (await rig.advance('2026-11-01T09:00:00+07:00')).filter(({ text }) => text.startsWith('Yêu cầu số'))
    expect(heard).toEqual(
      (
        [
          ['answerSoon', '2026-10-13'],
          ['answerOverdue', '2026-10-13'],
          ['fulfilSoon', '2026-10-24'],
          ['fulfilOverdue', '2026-10-24'],
        ] as const
      ).map(([stage, on]) => ({ chat: 'dm:thu', text: vi.requestWarning(4, vi.rightNames.object, stage, on) })),
    )
    expect(await rig.rows(`SELECT outcome FROM data_request WHERE data_request_id = 3`)).toEqual([
      { outcome: 'fulfilled' },
    ])
  })

  test('an erased member leaves only numbers on the list', async () => {
    await rig.tell('quen', 'xoá dữ liệu của tôi')
    await rig.tell('quen', 'có')
    expect(
      await rig.value(`SELECT count(*)::int FROM data_request WHERE kind = 'erase' AND outcome = 'fulfilled'`),
    ).toBe(1)
  })
})

describe('words for it', () => {
  const read = (text: string) => {
    const context = { now: monday, timeZone: 'Asia/Ho_Chi_Minh', addressed: 'private' as const, botNames: ['Nếp'] }
    return withExtras(understand(text, context), text, context)
  }
  test.each([
    ['tôi phản đối xử lý dữ liệu của tôi', 'object'],
    ['Toi phan doi viec su dung thong tin ca nhan cua toi', 'object'],
    ['/phandoi', 'object'],
    ['đề nghị hạn chế xử lý dữ liệu của tôi', 'restrict'],
    ['em xin đề nghị hạn chế việc xử lý dữ liệu cá nhân của em ạ', 'restrict'],
    ['đề nghị đính chính dữ liệu của tôi', 'correct'],
    ['đề nghị sửa thông tin của tôi', 'correct'],
    ['họ tên của tôi bị ghi sai', 'correct'],
    ['please restrict the processing of my data', 'restrict'],
    ['I object to the processing of my data', 'object'],
  ])('%s', (text, right) => {
    expect(read(text)).toEqual({ intent: 'data.request', slots: { right } })
  })
  test.each([
    'tôi phản đối ý kiến của đồng chí Bình',
    'tôi phản đối',
    'hạn chế dùng túi ni lông',
    'đk: hạn chế xử lý rác thải nhựa',
    'sửa việc 1: giúp 2 hộ nghèo',
    'xoá dữ liệu của tôi',
    'dữ liệu của tôi',
  ])('are not: %s', (text) => {
    expect(read(text).intent).not.toBe('data.request')
  })
})
