/** Every column that points at a person is reached by data.show, data.export and data.erase: held to the database's own catalogue. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { personalColumns, personalRecords } from '../../src/store/personal-data.ts'
import { createTestDatabase, type TestDatabase } from '../database.ts'
import { hiddenPointers, impersonal, wordColumns } from './column-inventory.ts'

let database: TestDatabase
beforeAll(async () => {
  database = await createTestDatabase()
})
afterAll(() => database.drop())

/** What a column that points at a person is called, or where its foreign key leads. */
const pointing = `SELECT c.table_name || '.' || c.column_name AS name FROM information_schema.columns c
  JOIN information_schema.tables t USING (table_schema, table_name)
  WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND t.table_name NOT LIKE 'local%' AND (
    c.column_name ~ '(^|_)(member|person|account|actor|author)_?id$|_by$|_by_member$|^by_member$|^subject_id$|in_charge|display_name|folded_name|^external_id$|private_chat'
    OR EXISTS (SELECT FROM pg_constraint k JOIN pg_class r ON r.oid = k.conrelid AND r.relnamespace = 'public'::regnamespace
      JOIN pg_attribute a ON a.attrelid = k.conrelid AND a.attnum = ANY(k.conkey)
      WHERE k.contype = 'f' AND r.relname = c.table_name AND a.attname = c.column_name
        AND k.confrelid IN ('member'::regclass, 'account'::regclass)))
  ORDER BY 1`

/** Columns of such names that point at no person: accounts of the bot, ids of chats and messages, days. */
const others = new Set([
  ...['chat.account_id', 'chat.external_id', 'chat_alias.account_id', 'chat_alias.external_id'],
  ...[
    'inbox.account_id',
    'outbox.account_id',
    'outbox.external_id',
    'send_count.account_id',
    'sender_lease.account_id',
  ],
  ...['account.bot_account_id', 'breach.notify_by', 'data_request.answer_by', 'data_request.fulfil_by'],
])

describe('the columns that point at a person', () => {
  test('are all on the list (a new one: say in src/store/personal-data.ts how it is shown, exported and erased)', async () => {
    const { rows } = await database.pool.query<{ name: string }>(pointing)
    const found = rows.map(({ name }) => name).filter((name) => !others.has(name))
    expect(found.filter((name) => !(name in personalColumns))).toEqual([])
    expect(Object.keys(personalColumns).filter((name) => !found.includes(name))).toEqual([])
  })
})

describe('every column that could hold a person', () => {
  test('is on exactly one list (a new one: say what becomes of it in test/store/column-inventory.ts)', async () => {
    const { rows } = await database.pool.query<{ table: string; column: string }>(
      `SELECT c.table_name AS table, c.column_name AS column FROM information_schema.columns c
       JOIN information_schema.tables t USING (table_schema, table_name)
       WHERE c.table_schema = 'public' AND t.table_type = 'BASE TABLE' AND t.table_name NOT LIKE 'local%'
         AND c.udt_name NOT IN ('date', 'timestamptz', 'bool')`,
    )
    const there = rows.map(({ table, column }) => `${table}.${column}`)
    expect(there.length).toBeGreaterThan(200)
    const listed = (name: string) => {
      const [table, column] = name.split('.') as [string, string]
      const others = impersonal[table] ?? ''
      return [
        ...(name in personalColumns ? ['personal'] : []),
        ...((wordColumns as readonly string[]).includes(name) ? ['words'] : []),
        ...(name in hiddenPointers ? ['hidden'] : []),
        ...(others === '*' || others.split(' ').includes(column) ? ['nobody'] : []),
      ]
    }
    // Names point at a person and are words.
    const twice = ['member.display_name', 'member.folded_name', 'account.external_id']
    const wrong = there.filter((name) => listed(name).length !== (twice.includes(name) ? 2 : 1))
    expect(wrong.map((name) => `${name}: ${listed(name)}`)).toEqual([])
    const names = Object.entries(impersonal).flatMap(([table, columns]) =>
      columns === '*' ? [] : columns.split(' ').map((column) => `${table}.${column}`),
    )
    const gone = [...names, ...wordColumns, ...Object.keys(hiddenPointers)].filter((name) => !there.includes(name))
    expect(gone).toEqual([])
  })
})

describe('what is kept about a person', () => {
  test('is found in every such table', async () => {
    const run = (sql: string) => database.pool.query(sql)
    await run(
      `INSERT INTO organisation (org_id, kind, name, path, time_zone) VALUES (1, 'cell', 'Đông', '/1/', 'Asia/Ho_Chi_Minh'), (2, 'cell', 'Tây', '/2/', 'Asia/Ho_Chi_Minh')`,
    )
    await run(`INSERT INTO member (member_id, org_id, display_name) VALUES (1, 1, 'An'), (2, 1, 'Bình')`)
    await run(
      `BEGIN; SELECT set_config('nep.effective_on', '2026-05-01', true); UPDATE member SET org_id = 2 WHERE member_id = 1; COMMIT`,
    )
    await run(`INSERT INTO account (account_id, platform, external_id, bot_account_id) VALUES (1, 'zalo', 'x', 'b')`)
    await run(`INSERT INTO account_member (account_id, member_id, state, linked_at) VALUES (1, 1, 'linked', now())`)
    await run(
      `INSERT INTO account_member (account_id, member_id, state, linked_at, confirmed_by) VALUES (1, 2, 'linked', now(), 1)`,
    )
    await run(`INSERT INTO consent (account_id, version, given, at) VALUES (1, '1', true, now())`)
    await run(`INSERT INTO deed (year, subject_kind, subject_id, number, org_id, content, state, updated_at, in_charge_id, decided_by, rated_by) VALUES
      (2020, 'individual', 1, 1, 1, 'x', 'approved', now(), NULL, NULL, NULL), (2026, 'collective', 1, 1, 1, 'y', 'approved', now(), 1, 1, 1)`)
    await run(
      `INSERT INTO deed_history (year, subject_kind, subject_id, number, version, content, state, changed_at, changed_by) VALUES (2020, 'individual', 1, 1, 1, 'câu cũ', 'draft', now(), 1)`,
    )
    await run(`INSERT INTO commendation (org_id, year, member_id, title, at) VALUES (1, 2020, 1, 'Sổ tay', now())`)
    await run(`INSERT INTO nudge (member_id, about, at) VALUES (1, 'pledge', now())`)
    await run(
      `INSERT INTO code (selector, hash, salt, org_id, purpose, member_id, expires_at) VALUES ('s', 'h', 's', 1, 'member', 1, now())`,
    )
    await run(
      `INSERT INTO audit_entry (org_id, at, actor_kind, action, subject, details) VALUES (1, now(), 'operator', 'member.changed', 'member:1', '{}')`,
    )
    await run(
      `INSERT INTO deed_progress (year, subject_kind, subject_id, number, version, org_id, round, at, by_member) VALUES (2026, 'collective', 1, 1, 1, 1, '2026-05', now(), 1)`,
    )
    await run(
      `INSERT INTO deed_rating (year, subject_kind, subject_id, number, period, source, org_id, rating, at, by_member) VALUES (2026, 'collective', 1, 1, '2026', 'cell', 1, 'good', now(), 1)`,
    )
    await run(
      `INSERT INTO commendation (org_id, year, member_id, title, at, by_member) VALUES (1, 2021, 2, NULL, now(), 1)`,
    )
    await run(
      `INSERT INTO attendance (org_id, occurrence, member_id, answer, answered_at, answered_by) VALUES (1, '2026-05', 2, 'present', now(), 1)`,
    )
    await run(
      `INSERT INTO minutes_item (org_id, occurrence, kind, number, content, in_charge_id, noted_at, changed_at, by_member) VALUES (1, '2026-05', 'task', 1, 'sửa ống', 1, now(), now(), 1)`,
    )
    await run(
      `INSERT INTO closing (org_id, period, number, closed_at, closed_by, model, model_version, roster, reopened_at, reopened_by) VALUES (1, '2026-Q1', 1, now(), 1, '{}', 1, '{}', now(), 1)`,
    )
    await run(`INSERT INTO review (org_id, period, updated_at, by_member) VALUES (1, '2026', now(), 1)`)
    const records = await personalRecords(database.pool, [1], [1])
    expect(records).toMatchObject({
      membershipHistory: [
        { organisation: 'Đông', status: 'official', fromOn: null, untilOn: '2026-05-01' },
        { organisation: 'Tây', status: 'official', fromOn: '2026-05-01', untilOn: null },
      ],
      consents: [{ version: '1', given: true }],
      links: [{ platform: 'zalo' }, { platform: 'zalo' }],
      earlierWords: [{ year: 2020, content: 'câu cũ' }],
      inCharge: [{ year: 2026, number: 1, organisation: 'Đông' }],
      praise: [{ year: 2020, title: 'Sổ tay' }],
      reminders: [{ about: 'pledge' }],
      tasks: [{ occurrence: '2026-05', number: 1, content: 'sửa ống', organisation: 'Đông' }],
      codes: [{ purpose: 'member' }],
      log: [{ action: 'member.changed' }],
      years: [2020],
    })
    // One of each; what somebody did is never taken for what others did.
    const acts = Object.entries(personalColumns).filter(
      ([column, how]) => how === 'act' && column !== 'audit_entry.actor_id',
    )
    expect(acts.length).toBeGreaterThan(10)
    expect(records.acts).toEqual(Object.fromEntries(acts.map(([column]) => [column, 1])))
    const others = await personalRecords(database.pool, [2], [])
    expect(others).toMatchObject({
      consents: [],
      earlierWords: [],
      inCharge: [],
      tasks: [],
      reminders: [],
      codes: [],
      log: [],
    })
    expect(others.acts).toEqual(Object.fromEntries(acts.map(([column]) => [column, 0])))
    expect(await personalRecords(database.pool, [], [])).toMatchObject({ membershipHistory: [], years: [], log: [] })
  })
})
