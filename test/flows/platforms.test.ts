import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { InboundEvent } from '../../src/engine/platform.ts'
import { textsOf } from '../../src/texts/index.ts'
import { RICH_BOT, richEvent } from './rich-platform.ts'
import { monday, type Rig, startRig } from './rig.ts'
import { addCode, addGroup, addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
let rig: Rig
let cell: number
const groupId = '-100200'

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      cell = await addOrganisation(pool, 'Chi bộ Bắc', 'cell')
      await addMembers(
        pool,
        cell,
        [
          { name: 'Trần Thị Thư', role: 'secretary', key: 'thu' },
          { name: 'Nguyễn Văn An', key: 'an' },
          { name: 'Đỗ Thị Bình', key: 'binh' },
        ],
        monday,
        'telegram',
      )
      await addGroup(pool, 'telegram', groupId, cell)
    },
  })
})
afterAll(() => rig.stop())

const inGroup = (person: string, text: string, more: Partial<InboundEvent> = {}) =>
  richEvent(person, text, { chat: { id: groupId, kind: 'group' }, addressed: 'mention', ...more })
const deeds = () => rig.rows(`SELECT content, state FROM deed ORDER BY subject_id, number`)
const shown = (messages: readonly { chat: { id: string }; text: string }[]) =>
  messages.map(({ chat, text }) => ({ chat: chat.id, text }))

describe('buttons', () => {
  test('stand beside the numbers in the text, and pressing one is answering with its number', async () => {
    const [question] = await rig.emit(richEvent('an', 'đk: trồng 10 cây xanh, xong trước 30/11'))
    expect(question?.choices?.map(({ label }) => label)).toEqual([...vi.confirmLabels])
    for (const { token } of question!.choices!) expect(Buffer.byteLength(token)).toBeLessThanOrEqual(64)
    const press = (person: string, more: Partial<InboundEvent> = {}) =>
      richEvent(person, '', { kind: 'action', action: { token: question!.choices![0]!.token, pressId: 'p' }, ...more })
    // Somebody else's press, and a press on a made-up token, do nothing.
    expect(await rig.emit(press('binh', { chat: { id: 'private:an', kind: 'private' } }))).toEqual([])
    expect(await rig.emit(press('an', { action: { token: 'c:1:nonsense:0', pressId: 'p' } }))).toEqual([])
    expect(await deeds()).toEqual([{ content: 'trồng 10 cây xanh', state: 'draft' }])
    expect(shown(await rig.emit(press('an')))).toEqual([
      { chat: 'private:an', text: `${vi.submitted(1, false)}\n${vi.detailsOffer(1)}` },
    ])
    expect(await deeds()).toEqual([{ content: 'trồng 10 cây xanh', state: 'submitted' }])
    // The same button again belongs to a question that is settled.
    expect(await rig.emit(press('an'))).toEqual([])
    expect(await rig.value(`SELECT count(*)::int FROM audit_entry WHERE action = 'deed.submitted'`)).toBe(1)
  })
})

describe('a yes or no', () => {
  test('has two buttons: the question for consent, and what is brought to the secretary, who alone may press', async () => {
    const [consent] = await rig.emit(richEvent('moi', 'tôi là Hoàng Văn Mới'))
    expect(consent?.choices?.map(({ label }) => label)).toEqual([...vi.consentLabels])
    const [, no] = consent!.choices!
    const press = (person: string, token: string) =>
      richEvent(person, '', { kind: 'action', action: { token, pressId: 'p' } })
    expect(await rig.emit(press('an', no!.token))).toEqual([])
    expect(shown(await rig.emit(press('moi', no!.token)))).toEqual([{ chat: 'private:moi', text: vi.consentRefused }])
    for (const { token } of consent!.choices!) expect(Buffer.byteLength(token)).toBeLessThanOrEqual(64)
  })
})

describe('odd events', () => {
  test('one message seen twice, under one key or under two event ids, is answered once', async () => {
    const event = richEvent('binh', 'đk: hiến máu 2 lần, xong trước 30/11', { messageKey: 'binh:1' })
    expect(await rig.emit(event, event)).toHaveLength(1)
    expect(await rig.emit({ ...event, eventKey: `${event.eventKey}:mention` })).toEqual([])
    const again = richEvent('binh', 'có', { messageKey: 'binh:2' })
    expect(await rig.emit(again, { ...again, eventKey: `${again.eventKey}:mention` })).toHaveLength(1)
    expect(await deeds()).toContainEqual({ content: 'hiến máu 2 lần', state: 'submitted' })
  })

  test('an anonymous administrator is told to write as themselves, and nothing is done', async () => {
    const sender = { id: 'anonymous', displayName: 'Nhóm', isBot: false, isAnonymous: true }
    expect(shown(await rig.emit(inGroup('an', 'đk: trồng cây, xong trước 30/11', { sender })))).toEqual([
      { chat: groupId, text: vi.anonymous },
    ])
    expect(await rig.emit(inGroup('an', 'chào cả nhà', { sender }))).toEqual([])
  })

  test('another bot is not answered', async () => {
    const sender = { id: 'robot', displayName: 'Bot', isBot: true, isAnonymous: false }
    expect(await rig.emit(inGroup('an', 'tổng hợp', { sender }))).toEqual([])
  })

  test('an edited message changes nothing; whoever addressed the bot is told how to change', async () => {
    const before = await deeds()
    expect(shown(await rig.emit(inGroup('an', 'sửa việc 1: bỏ', { kind: 'edited' })))).toEqual([
      { chat: groupId, text: vi.editedHint },
    ])
    expect(await rig.emit(inGroup('an', 'đk: x', { kind: 'edited', addressed: 'none' }))).toEqual([])
    expect(await deeds()).toEqual(before)
  })

  test('a picture in private is answered, one in the group is not', async () => {
    expect(shown(await rig.emit(richEvent('an', '', { kind: 'unsupported' })))).toEqual([
      { chat: 'private:an', text: vi.unsupported },
    ])
    expect(await rig.emit(inGroup('an', '', { kind: 'unsupported', addressed: 'none' }))).toEqual([])
  })

  test('small talk in the group is neither answered nor written down', async () => {
    const before = await rig.value('SELECT count(*)::int FROM inbox')
    expect(await rig.emit(inGroup('an', 'đk: trồng cây', { addressed: 'none' }))).toEqual([])
    expect(await rig.value('SELECT count(*)::int FROM inbox')).toBe(before)
  })

  test('what is handled keeps no words in inbox or outbox', async () => {
    expect(await rig.rows('SELECT 1 FROM inbox WHERE payload IS NOT NULL')).toEqual([])
    expect(await rig.rows(`SELECT 1 FROM outbox WHERE message IS NOT NULL OR state <> 'sent'`)).toEqual([])
  })
})

describe('a group', () => {
  const joined = (id: string, membership: 'joined' | 'left') =>
    richEvent('thu', '', { kind: 'membership', membership, addressed: 'none', chat: { id, kind: 'group' } })

  test('greets once it is joined, is bound by its code, and is told of what it is bound to', async () => {
    expect(shown(await rig.emit(joined('-300', 'joined')))).toEqual([{ chat: '-300', text: vi.groupGreeting }])
    const code = await addCode(rig.pool, { orgId: cell, purpose: 'group', madeAt: monday, seed: 77 })
    const bind = richEvent('an', `/kichhoat ${code}`, { chat: { id: '-300', kind: 'group' } })
    expect(shown(await rig.emit(bind))).toEqual([{ chat: '-300', text: vi.helloGroup('Chi bộ Bắc') }])
  })

  test('that the bot was put out of is not written to; the secretary hears of it in private, once', async () => {
    expect(shown(await rig.emit(joined('-300', 'left')))).toEqual([
      { chat: 'private:thu', text: vi.groupGone('Chi bộ Bắc') },
    ])
    expect(await rig.emit(joined('-300', 'left'))).toEqual([])
    await rig.emit(richEvent('thu', 'chi bộ họp ngày 20 hằng tháng lúc 19h30'))
    const sent = rig.rich.sent.length
    await rig.advance('2026-10-15T20:00:00+07:00')
    const reminders = rig.rich.sent.slice(sent).filter(({ chat }) => chat.kind === 'group')
    expect(reminders.map(({ chat }) => chat.id)).toEqual([groupId])
    expect(await rig.emit(joined('-300', 'joined'))).toEqual([])
    expect(await rig.value(`SELECT is_gone FROM chat WHERE external_id = '-300'`)).toBe(false)
    await rig.emit(joined('-300', 'left'))
  })

  test('that moved to another id keeps its row, its cell and its reminders', async () => {
    const chatId = await rig.value(`SELECT chat_id FROM chat WHERE external_id = $1`, [groupId])
    expect(await rig.emit(inGroup('an', '', { kind: 'migrated', newChatId: '-100999', addressed: 'none' }))).toEqual([])
    expect(await rig.rows(`SELECT chat_id, org_id FROM chat WHERE external_id = '-100999'`)).toEqual([
      { chat_id: chatId, org_id: cell },
    ])
    const aliases = await rig.rows(`SELECT external_id FROM chat_alias WHERE chat_id = $1 ORDER BY 1`, [chatId])
    expect(aliases.map(({ external_id }) => external_id)).toEqual(['-100200', '-100999'])
    const asked = inGroup('an', 'tổng hợp', { chat: { id: '-100999', kind: 'group' } })
    expect(shown(await rig.emit(asked))[0]).toMatchObject({ chat: '-100999', text: expect.stringContaining('2/3') })
    const sent = rig.rich.sent.length
    await rig.advance('2026-10-19T20:00:00+07:00')
    const reminders = rig.rich.sent.slice(sent).filter(({ chat }) => chat.kind === 'group')
    expect(reminders.map(({ chat }) => chat.id)).toEqual(['-100999'])
  })

  test('of which the platform says so only when it is written to is written to under the new id', async () => {
    rig.rich.outcomes.set('-100999', [{ outcome: 'migrated', newChatId: '-100777' }])
    const asked = inGroup('an', 'tổng hợp', { chat: { id: '-100999', kind: 'group' } })
    expect(shown(await rig.emit(asked)).map(({ chat }) => chat)).toEqual(['-100777'])
    expect(
      await rig.value(`SELECT org_id FROM chat WHERE external_id = '-100777' AND account_id = $1`, [RICH_BOT]),
    ).toBe(cell)
  })
})

test('a person who blocked the bot is not written to any more, until they write again', async () => {
  rig.rich.outcomes.set('private:binh', [{ outcome: 'giveUp', code: 'blocked', chatGone: true }])
  expect(await rig.emit(richEvent('binh', 'việc của tôi'))).toEqual([])
  expect(await rig.value(`SELECT is_gone FROM chat WHERE external_id = 'private:binh'`)).toBe(true)
  const reminded = await rig.emit(richEvent('thu', 'nhắc các đ/c chưa báo dự họp'))
  const reached = reminded.map(({ chat }) => chat.id)
  expect(reached).toContain('private:thu')
  expect(reached.length).toBeGreaterThan(1)
  expect(reached).not.toContain('private:binh')
  expect(await rig.emit(richEvent('binh', 'việc của tôi'))).toHaveLength(1)
  expect(await rig.value(`SELECT is_gone FROM chat WHERE external_id = 'private:binh'`)).toBe(false)
})
