/**
 * A mark in every column that can hold words or names of a person (test/store/column-inventory.ts): their export holds what is told
 * there, and after erasing no table holds any of it, however the rows came to be.
 */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { wordColumns } from '../store/column-inventory.ts'
import { monday, type Rig, startRig, textOf } from './rig.ts'
import { holders } from './scan.ts'
import { addGroup, addLocalChat, addMembers, addOrganisation } from './seed.ts'

let rig: Rig
let cell: number
const name = 'Nguyễn Dấu Quên'
/** As it stands in `member.folded_name`. */
const folded = 'nguyen dau quen'

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      cell = await addOrganisation(pool, 'Chi bộ Bắc', 'cell')
      await addMembers(
        pool,
        cell,
        [
          { name: 'Trần Thị Thư', role: 'secretary', key: 'thu' },
          { name, key: 'dau-quen' },
        ],
        monday,
      )
      await addLocalChat(pool, { key: 'g', title: 'Nhóm', kind: 'group', accounts: ['thu', 'dau-quen'] })
      await addGroup(pool, 'local', 'g', cell)
    },
  })
})
afterAll(() => rig.stop())

/** The mark of a column: one word, found nowhere else. */
const mark = (column: string) => `dấu-${column.replaceAll(/[._]/g, '-')}`
const marks = wordColumns.map(mark)
const marked = (table: string) => wordColumns.filter((column) => column.startsWith(`${table}.`))
/** Sets every marked column of a table in the rows that a condition names. */
const setMarks = (table: string, where: string) =>
  rig.rows(
    `UPDATE ${table} SET ${marked(table)
      .map((column) => `${column.split('.')[1]} = '${mark(column)}'`)
      .join(', ')} WHERE ${where}`,
  )

test('erasing reaches every column that holds words or names, and the export tells them', async () => {
  const [{ id }] = (await rig.rows<{ id: number }>(`SELECT member_id AS id FROM member WHERE display_name = $1`, [
    name,
  ])) as [{ id: number }]
  // Of this year and of one that conversations no longer load by themselves.
  for (const year of [2026, 2021]) {
    await rig.rows(
      `INSERT INTO deed (year, subject_kind, subject_id, number, org_id, state, updated_at) VALUES ($1, 'individual', $2, 1, $3, 'approved', now())`,
      [year, id, cell],
    )
    await rig.rows(
      `INSERT INTO deed_history (year, subject_kind, subject_id, number, version, state, changed_at) VALUES ($1, 'individual', $2, 1, 1, 'draft', now())`,
      [year, id],
    )
    await rig.rows(
      `INSERT INTO deed_progress (year, subject_kind, subject_id, number, version, org_id, round, at) VALUES ($1, 'individual', $2, 1, 1, $3, '2026-09', now())`,
      [year, id, cell],
    )
    await rig.rows(`INSERT INTO commendation (org_id, year, member_id, at) VALUES ($1, $2, $3, now())`, [
      cell,
      year,
      id,
    ])
  }
  await rig.rows(
    `INSERT INTO data_request (kind, source, org_id, member_id, received_at, answer_by, fulfil_by) VALUES ('restrict', 'paper', $1, $2, now(), '2026-10-07', '2026-10-20')`,
    [cell, id],
  )
  for (const table of ['deed', 'deed_history', 'deed_progress']) await setMarks(table, `subject_id = ${id}`)
  for (const table of ['commendation', 'data_request']) await setMarks(table, `member_id = ${id}`)
  const told = [...['deed', 'deed_history', 'deed_progress', 'commendation', 'data_request'].flatMap(marked).map(mark)]
  expect(told.length).toBeGreaterThan(10)
  const exported = textOf(await rig.tell('dau-quen', 'xuất dữ liệu của tôi'))
  expect(told.filter((each) => !exported.includes(each))).toEqual([])

  // A question open with somebody else, a message set aside and one that failed speak of them too.
  await rig.rows(
    `INSERT INTO dialogue (dialogue_key, flow, version, state, address, updated_at, expires_at)
     VALUES ('x', 'approval', 1, $1, '{}', now(), now() + interval '1 day')`,
    [{ asked: `${name}: ${mark('deed.content')}` }],
  )
  await rig.rows(
    `INSERT INTO outbox (key, platform, account_id, lane, message, state) VALUES ('x', 'local', 'x', 'x', $1, 'parked')`,
    [{ text: `${name}: ${mark('deed.note')}` }],
  )
  await rig.rows(
    `INSERT INTO inbox (platform, account_id, event_key, lane, payload, handled_at, failure) VALUES ('local', 'x', 'x', 'x', $1, now(), 'failed')`,
    [{ text: 'x', sender: { id: 'dau-quen', name } }],
  )
  const words = [...marks, name, folded, 'dau-quen']
  const before = await holders(rig, words)
  expect(wordColumns.filter((column) => !before.includes(column))).toEqual([])
  await rig.tell('dau-quen', 'xoá dữ liệu của tôi')
  await rig.tell('dau-quen', 'có')
  // The local chat is the platform itself: there the account goes on existing under its key.
  expect(await holders(rig, words, ['local_account', 'local_chat', 'local_message'])).toEqual([])
  expect(await holders(rig, [...marks, name, folded])).toEqual([])
  expect(await rig.value(`SELECT count(*)::int FROM deed WHERE subject_id = $1`, [id])).toBe(2)
})
