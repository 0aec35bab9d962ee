import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { addLocalAccount, addLocalChat, createLocalTranscript, forgetPerson } from '../../../src/store/local.ts'
import { transaction } from '../../../src/store/pool.ts'
import { createTestDatabase, type TestDatabase } from '../../database.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

const at = new Date('2026-10-05T02:00:00.123Z')
let keys = 0
const append = (chat: string, from: string | null, text: string, dedupeKey = `key-${keys++}`) =>
  createLocalTranscript(database.pool).append({ chat, from, text, at, dedupeKey })
const textsOf = async (chat: string) =>
  (await createLocalTranscript(database.pool).messages(chat)).map(({ text }) => text)

beforeEach(async () => {
  await database.pool.query(
    'TRUNCATE local_account, local_chat, local_message, account_member, account, member, organisation CASCADE',
  )
  for (const [key, name] of [
    ['an', 'Nguyễn Văn An'],
    ['binh', 'Trần Thị Bình'],
    ['moi', 'Lê Mới'],
  ] as const)
    await addLocalAccount(database.pool, { key, name })
  await addLocalChat(database.pool, {
    key: 'demo',
    title: 'Chi bộ 1',
    kind: 'group',
    accounts: ['an', 'binh', 'moi', 'gone'],
  })
})

async function link(key: string, roleStates: [role: string, state: string][]): Promise<void> {
  const { pool } = database
  const org = await pool.query(
    `INSERT INTO organisation (kind, name, path, time_zone) VALUES ('cell', 'Chi bộ', '/1/', 'Asia/Ho_Chi_Minh') RETURNING org_id`,
  )
  const account = await pool.query(
    `INSERT INTO account (platform, external_id, bot_account_id) VALUES ('local', $1, 'local') RETURNING account_id`,
    [key],
  )
  for (const [role, state] of roleStates) {
    const member = await pool.query(
      `INSERT INTO member (org_id, display_name, role) VALUES ($1, 'Ai đó', $2) RETURNING member_id`,
      [org.rows[0].org_id, role],
    )
    await pool.query(
      'INSERT INTO account_member (account_id, member_id, state, linked_at) VALUES ($1, $2, $3, now())',
      [account.rows[0].account_id, member.rows[0].member_id, state],
    )
  }
}

describe('the transcript of the local chat in PostgreSQL', () => {
  it("lists groups and everybody's private chat, with the highest role that is confirmed", async () => {
    await link('an', [
      ['member', 'linked'],
      ['secretary', 'linked'],
    ])
    await link('binh', [['deputy', 'claimed']])
    const an = { key: 'an', name: 'Nguyễn Văn An', role: 'secretary' }
    const binh = { key: 'binh', name: 'Trần Thị Bình', role: 'newcomer' }
    const moi = { key: 'moi', name: 'Lê Mới', role: 'newcomer' }
    expect(await createLocalTranscript(database.pool).chats()).toEqual([
      { chat: 'demo', title: 'Chi bộ 1', kind: 'group', accounts: [an, binh, moi] },
      { chat: 'dm:an', title: 'Nguyễn Văn An', kind: 'private', accounts: [an] },
      { chat: 'dm:binh', title: 'Trần Thị Bình', kind: 'private', accounts: [binh] },
      { chat: 'dm:moi', title: 'Lê Mới', kind: 'private', accounts: [moi] },
    ])
  })

  it('stores a message once per key, also when twenty writers come at once', async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => append('demo', null, 'chào', 'one')))
    expect(results.filter(({ isNew }) => isNew).length).toBe(1)
    expect(new Set(results.map(({ id }) => id)).size).toBe(1)
    expect(results[0]).toMatchObject({ chat: 'demo', from: null, text: 'chào', at: at.toISOString() })
  })

  it('gives a chat oldest first, from a message on', async () => {
    const transcript = createLocalTranscript(database.pool)
    const first = await append('demo', 'an', 'một')
    await append('dm:an', 'an', 'riêng')
    await append('demo', null, 'hai')
    expect(await textsOf('demo')).toEqual(['một', 'hai'])
    expect((await transcript.messages('demo', first.id)).map(({ text }) => text)).toEqual(['hai'])
    expect((await transcript.sentAfter(first.id)).map(({ text }) => text)).toEqual(['hai'])
    expect(await transcript.find(first.id)).toMatchObject({ from: 'an', text: 'một' })
    expect(await transcript.messages('nowhere')).toEqual([])
  })

  it('knows its last id, and no message by an id that is none', async () => {
    const transcript = createLocalTranscript(database.pool)
    expect(await transcript.lastId()).toBe('0')
    const { id } = await append('demo', 'an', 'một')
    expect(await transcript.lastId()).toBe(id)
    for (const none of ['', 'x', '-1', '1; drop', '9'.repeat(40), '999999'])
      expect(await transcript.find(none)).toBeNull()
  })
})

describe('forgetting a person in the local chat', () => {
  const forget = (names: string[], texts: string[] = []) =>
    transaction(database.pool, (client) => forgetPerson(client, { accountKey: 'binh', names, texts }))

  it('takes what they wrote, their private chat and their name', async () => {
    await append('demo', 'binh', 'mưa to')
    await append('dm:binh', null, 'bot nói riêng')
    await append('demo', 'an', 'nắng')
    await append('dm:an', null, 'việc khác')
    await forget([])
    expect(await textsOf('demo')).toEqual(['nắng'])
    expect(await textsOf('dm:binh')).toEqual([])
    expect(await textsOf('dm:an')).toEqual(['việc khác'])
    const names = await database.pool.query('SELECT name FROM local_account ORDER BY key')
    expect(names.rows.map(({ name }) => name)).toEqual(['Nguyễn Văn An', 'binh', 'Lê Mới'])
  })

  it.each([
    ['Đồng chí Trần Thị Bình đã đăng ký.', true],
    ['duyệt của đ/c TRẦN THỊ BÌNH', true],
    ['tran thi binh vắng', true],
    ['Trần Thị Bình'.normalize('NFD'), true],
    ['Trần  Thị\nBình', true],
    ['việc: Giúp 2 hộ nghèo (hạn 30/11)', true],
    ['Trần Thị Bình Minh cũng có tên', true],
    ['Trần Thị Bìnhh', false],
    ['Trần Bình và Thị Nở', false],
    ['giúp 20 hộ nghèo', false],
    ['chúc bình an', false],
  ])('of the rest, message %j: forgotten is %s', async (text, isForgotten) => {
    await append('demo', 'an', text)
    await forget(['Trần Thị Bình'], ['giúp 2 hộ nghèo'])
    expect(await textsOf('demo')).toEqual(isForgotten ? [] : [text])
  })

  it('does not take a single word for another without marks', async () => {
    await append('demo', 'an', 'đi ăn cơm')
    await append('demo', 'an', 'đồng chí An ơi')
    await forget(['An'])
    expect(await textsOf('demo')).toEqual(['đi ăn cơm'])
  })

  it('looks through a long transcript and ignores empty names', async () => {
    await database.pool.query(
      `INSERT INTO local_message (chat, from_key, text, at, dedupe_key)
       SELECT 'demo', 'an', CASE WHEN i % 1000 = 0 THEN 'nhắc Trần Thị Bình' ELSE 'tin ' || i END, now(), 'bulk-' || i
       FROM generate_series(1, 5000) i`,
    )
    await forget(['Trần Thị Bình', '', ' '])
    expect((await textsOf('demo')).length).toBe(4995)
  })
})
