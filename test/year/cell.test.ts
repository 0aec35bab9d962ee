/**
 * A year of one cell of twenty-eight, by conversation through the real engine, day by day: every number that was printed is counted
 * anew from the rows, at the moment it was printed.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Rig, startRig } from '../flows/rig.ts'
import { type CellYear, cellOf28, createCellYear, seedCell } from './cell-year.ts'
import { nepSummary } from './nep-summary.ts'
import { Printed } from './printed.ts'
import { readRows } from './recount.ts'

const startsAt = new Date('2026-01-05T09:00:00+07:00')
const seed = Number(process.env.YEAR_SEED ?? 2026)
let rig: Rig
let year: CellYear

beforeAll(async () => {
  const people = cellOf28(seed)
  let ids: CellYear['ids'] | undefined
  rig = await startRig({
    at: startsAt,
    async seed(pool) {
      ids = await seedCell(pool, people, startsAt)
    },
  })
  year = createCellYear(rig, ids!, people, seed)
  await year.plan()
  await year.stage.until('2027-01-31T00:00:00+07:00')
}, 1_200_000)
afterAll(() => rig.stop())

describe('what was printed in the year', () => {
  test('agrees with the rows in every number, and no number is of an unknown kind', () => {
    const { printed } = year.stage
    expect(printed.findings.slice(0, 10)).toEqual([])
    expect(printed.brokenPromises()).toEqual([])
    expect(printed.checked).toBeGreaterThan(5_500)
    for (const kind of [
      'Đảng viên đã đăng ký',
      'present',
      'coming',
      'silent',
      'deeds overdue',
      'deeds missed',
      'rating',
      'cap',
      'left undone',
      'campaign opens',
      'days left',
      'start of a thematic meeting',
      'roll of a thematic meeting',
      'not held',
      'decisions of minutes',
      'tasks of minutes',
      'corrected in minutes',
      'removed from minutes',
      'votes told',
      'review',
      'deeds at closing',
      'refused since closing',
      'reopened',
      'answer due',
    ])
      expect(printed.coverage.get(kind), kind).toBeGreaterThan(0)
  })

  test('would have been found wrong by one in any figure', () => {
    expect(year.stage.kept.size).toBeGreaterThan(5)
    const unseen: string[] = []
    let tried = 0
    for (const { text, occasion } of year.stage.kept.values()) {
      const quoted = text.replace(/"[^"\n]*"/g, (words) => '·'.repeat(words.length))
      for (const { index, 0: number } of quoted.matchAll(/\d+(?:\.\d{3})*/g)) {
        tried += 1
        const more = String(Number(number.replaceAll('.', '')) + 1).padStart(number.length, '0')
        const printed = new Printed(year.stage.printed)
        printed.check(text.slice(0, index) + more + text.slice(index + number.length), occasion)
        if (printed.findings.length === 0)
          unseen.push(
            `${text.slice(Math.max(0, index - 40), index)}[${number}]${text.slice(index + number.length, index + number.length + 20)}`,
          )
      }
    }
    expect(unseen).toEqual([])
    expect(tried).toBeGreaterThan(100)
  })

  test('is what the operator’s tool prints, for every quarter, half and the year', async () => {
    const rows = await readRows(rig.pool)
    for (const [orgId, period] of [
      ...(['2026', '2026-H1', '2026-Q3', '2027'] as const).map((each) => [year.ids.cell, each] as const),
      [year.ids.root, '2026'],
      [year.ids.root, '2026-H1'],
    ] as const) {
      const frozen = year.stage.printed.closings.standing(rows, orgId, period)
      expect(frozen !== null, `${orgId} ${period} is closed`).toBe(
        period === '2026-H1' || (period === '2026' && orgId === year.ids.cell),
      )
      const { model, counted } = await nepSummary(rig.pool, orgId, period, year.stage.now, frozen)
      expect(model, `${orgId} ${period}`).toEqual(counted)
      // The committee praised the cell by name.
      if (orgId === year.ids.root && period === '2026') expect(model).toMatchObject({ commended: { collectives: 1 } })
    }
  })
})

test('all regular meetings but one were held and their rolls closed; each quarter had its theme, one evening of its own called off', async () => {
  const rows = await rig.rows<{ occurrence: string; state: string; kind: string; closed: boolean; moved: boolean }>(
    `SELECT occurrence, state, kind, reason_kind AS reason, coalesce(roll_closed_at > starts_at, false) AS closed, is_moved AS moved
     FROM meeting WHERE org_id = $1 AND occurrence LIKE '2026-%' ORDER BY occurrence`,
    [year.ids.cell],
  )
  const regular = rows.filter(({ occurrence }) => !occurrence.endsWith('-T'))
  expect(regular).toHaveLength(12)
  for (const row of regular)
    expect(row).toMatchObject(
      row.occurrence === '2026-10'
        ? { state: 'cancelled', reason: 'weather', closed: false }
        : { state: 'held', closed: true },
    )
  expect(rows.filter(({ moved }) => moved).map(({ occurrence }) => occurrence)).toEqual([
    '2026-08',
    '2026-08-T',
    '2026-09',
  ])
  const themed = rows.filter(({ kind }) => kind !== 'regular')
  expect(themed.map(({ occurrence, state, kind }) => `${occurrence} ${kind} ${state}`)).toEqual([
    '2026-03-T thematic held',
    '2026-06 combined held',
    '2026-08-T thematic held',
    '2026-11-T thematic cancelled',
    '2026-12 combined held',
  ])
})

test('books that were closed stay as they were, one closing beside the other', async () => {
  const { cell, root, other } = year.ids
  expect(
    await rig.rows(
      `SELECT org_id AS "orgId", period, number, reopened_at IS NULL AS stands FROM closing ORDER BY closed_at, org_id, number`,
    ),
  ).toEqual([
    { orgId: cell, period: '2026-H1', number: 1, stands: true },
    { orgId: root, period: '2026-H1', number: 1, stands: true },
    { orgId: other, period: '2026-H1', number: 1, stands: true },
    { orgId: cell, period: '2026', number: 1, stands: false },
    { orgId: cell, period: '2026', number: 2, stands: true },
  ])
  const audited = await rig.rows(
    `SELECT action, org_id AS "orgId" FROM audit_entry WHERE action LIKE 'period.%ed' AND subject LIKE '%:2026' ORDER BY audit_id`,
  )
  expect(audited.map(({ action }) => action).filter((action) => action !== 'period.reviewed')).toEqual([
    'period.closed',
    'period.reopened',
    'period.closed',
  ])
  // Told after somebody withdrew, somebody was erased and the other half of the year went by.
  expect(year.stage.printed.coverage.get('instant of freezing')).toBeGreaterThan(10)
})

test('what members meant to have finished is finished, and nothing else', async () => {
  const keys = new Map(year.people.map(({ key, name }) => [name, key]))
  const rows = await rig.rows<{ name: string; number: number }>(
    `SELECT m.display_name AS name, d.number FROM deed d JOIN member m ON m.member_id = d.subject_id
     WHERE d.subject_kind = 'individual' AND d.year = 2026 AND d.done_on IS NOT NULL AND m.display_name IS NOT NULL`,
  )
  const done = rows.map(({ name, number }) => `${keys.get(name)}:${number}`)
  const erased = await rig.rows<{ key: string }>(
    `SELECT key FROM local_account WHERE name NOT IN (SELECT display_name FROM member WHERE display_name IS NOT NULL)`,
  )
  const meant = [...year.finished].filter((each) => !erased.some(({ key }) => each.startsWith(`${key}:`)))
  expect(done.sort()).toEqual(meant.sort())
})

test('nothing failed on the way, and nobody who refused or never came left a trace', async () => {
  expect(await rig.rows('SELECT failure FROM inbox WHERE failure IS NOT NULL')).toEqual([])
  const silent = year.people.filter(({ habit }) => habit === 'refuses' || habit === 'never').map(({ key }) => key)
  expect(await rig.rows('SELECT external_id FROM account WHERE external_id = ANY($1)', [silent])).toEqual([])
})
