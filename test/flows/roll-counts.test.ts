/** A past meeting's figures stay what they were, whoever leaves, comes, is moved or erased; only corrections change them, one by one. */
import { afterAll, beforeAll, expect, test } from 'vitest'
import { viewOf } from '../../src/commands/minutes-view.ts'
import { changeMember } from '../../src/store/admin.ts'
import { listMeetings } from '../../src/store/admin-meetings.ts'
import { minutesSource } from '../../src/store/admin-minutes.ts'
import { transferMembers } from '../../src/store/admin-tree.ts'
import { verifyAudit } from '../../src/store/audit.ts'
import { meetingSeriesOf } from '../../src/store/meeting-series.ts'
import { textsOf } from '../../src/texts/index.ts'
import { type Heard, monday, type Rig, startRig, textOf } from './rig.ts'
import { addMembers, addOrganisation } from './seed.ts'

const vi = textsOf('vi')
let rig: Rig
let cell: number
let other: number
let ids: Record<string, number>

beforeAll(async () => {
  rig = await startRig({
    async seed(pool) {
      cell = await addOrganisation(pool, 'Chi bộ Bắc', 'cell')
      other = await addOrganisation(pool, 'Chi bộ Nam', 'cell')
      const people = [
        { name: 'Trần Thị Thư', role: 'secretary', key: 'thu' },
        { name: 'Phạm Thị Ký', role: 'clerk', key: 'ky' },
        { name: 'Nguyễn Văn An' },
        { name: 'Đỗ Thị Bình', key: 'binh' },
        { name: 'Vũ Đình Chắt' },
        { name: 'Mai Văn Dũng' },
        { name: 'Cao Văn Lễ', status: 'exempt' },
        { name: 'Hồ Văn Xa', status: 'away' },
      ] as const
      const added = await addMembers(pool, cell, people, monday)
      ids = Object.fromEntries(people.map(({ name }, at) => [name.split(' ').at(-1)!, added[at]!]))
    },
  })
  await rig.tell('thu', 'đặt lịch họp ngày 20 hằng tháng lúc 19h30')
  await rig.advance('2026-10-20T20:30:00+07:00')
  await rig.tell('thu', 'vắng: Chắt (công tác), Dũng không phép; còn lại có mặt')
  await rig.tell('thu', 'biên bản: mua 10 cây, 4 tán thành')
})
afterAll(() => rig.stop())

/** Every report of October's meeting. */
async function reports() {
  const { now } = rig.clock
  return {
    summary: /^Họp .*$/m.exec(textOf(await rig.tell('thu', 'tổng hợp')))?.[0],
    minutes: await rig.tell('thu', 'xem biên bản tháng 10'),
    shown: vi.minutesText(viewOf(vi, await minutesSource(rig.pool, cell, '2026-10'))),
    list: (await listMeetings(rig.pool, cell)).find(({ occurrence }) => occurrence === '2026-10')?.attendance,
    series: (await meetingSeriesOf(rig.pool, cell, '2026-10', now())).attendance,
    year: (await meetingSeriesOf(rig.pool, cell, '2026', now())).attendance,
  }
}

/** Present of expected, as every report says it. */
async function ratio() {
  const { summary, minutes, shown, list, series, year } = await reports()
  const of = `${series.present}/${series.expected}`
  for (const text of [summary, textOf(minutes), shown]) expect(text).toContain(of)
  expect(`${list?.present}/${list?.expected}`).toBe(of)
  expect(year.rate).toEqual(series.rate)
  return of
}

/** Counted from rows alone, by the history of rosters; whoever came to the roster by a correction is not in it. */
async function recounted() {
  const [row] = await rig.rows<{ present: number; expected: number }>(
    `SELECT count(*) FILTER (WHERE a.answer = 'present' AND h.status NOT IN ('away', 'suspended'))::int AS present,
       count(*) FILTER (WHERE h.status NOT IN ('away', 'suspended') AND (h.status <> 'exempt' OR a.answer = 'present'))::int AS expected
     FROM meeting m JOIN membership_history h ON h.org_id = m.org_id AND h.status <> 'left' AND h.from_on <= m.roll_closed_at::date
         AND (h.until_on IS NULL OR h.until_on > m.roll_closed_at::date)
       LEFT JOIN attendance a ON a.org_id = m.org_id AND a.occurrence = m.occurrence AND a.member_id = h.member_id
     WHERE m.org_id = $1 AND m.occurrence = '2026-10'`,
    [cell],
  )
  return `${row?.present}/${row?.expected}`
}

const correct = async (words: string) => textOf(await rig.tell('thu', `sửa điểm danh tháng 10: ${words}`))

async function join(name: string, on: string) {
  await rig.rows(`BEGIN; SELECT set_config('nep.effective_on', '${on}', true);
    INSERT INTO member (org_id, display_name, folded_name) VALUES (${cell}, '${name}', lower('${name}')); COMMIT`)
}

test('say the same after one member left, one joined, one was moved, one erased, and an exempt one is no longer', async () => {
  const before = await reports()
  expect(await ratio()).toBe('4/6')
  expect(before.series).toMatchObject({ total: 8, excused: 1, unexcused: 1 })
  await rig.advance('2026-10-28T09:00:00+07:00')
  const now = rig.clock.now()
  await changeMember(rig.pool, ids.An!, { status: 'left' }, now)
  await changeMember(rig.pool, ids.Lễ!, { status: 'official' }, now)
  await transferMembers(rig.pool, { memberIds: [ids.Dũng!], to: other }, { on: null, isLate: false, now })
  await join('Tô Văn Mới', '2026-10-28')
  await rig.tell('binh', 'xoá dữ liệu của tôi')
  expect(textOf(await rig.tell('binh', 'có'))).toContain(vi.erased)
  expect(await reports()).toEqual(before)
  expect(await recounted()).toBe('4/6')
})

test('are changed by a correction by exactly one, however often it is said', async () => {
  expect(await correct('Chắt có mặt')).toContain('5/6')
  expect(await correct('Chắt có mặt')).toContain('5/6')
  expect(await ratio()).toBe('5/6')
  expect(await correct('Chắt vắng (ốm)')).toContain('4/6')
  expect((await reports()).series).toMatchObject({ total: 8, excused: 1, unexcused: 1 })
  expect(await recounted()).toBe(await ratio())
})

test('count a member as they stood then: exempt who is not now, and there who has left', async () => {
  expect(await correct('Lễ có mặt')).toContain('5/7')
  expect((await reports()).series).toMatchObject({ exemptPresent: 1, notCounted: 1 })
  expect(await recounted()).toBe('5/7')
  const away = await correct('Lễ vắng không phép')
  expect(away).toContain('4/6')
  // Exempt then: not held against whoever was.
  expect(away).not.toContain('Cao Văn Lễ')
  const left = await correct('An vắng (ốm)')
  expect(left).toContain('3/6')
  expect(left).toContain('Nguyễn Văn An')
  expect(await recounted()).toBe('3/6')
  expect(await correct('An có mặt')).toContain('4/6')
})

test('leave out who came to the cell since, unless a correction names them', async () => {
  // Not absent without leave: nobody expected them.
  expect(await correct('Chắt vắng (ốm)')).not.toContain('Tô Văn Mới')
  expect(await correct('Mới có mặt')).toContain('5/7')
  expect(await correct('Mới vắng (ốm)')).toContain('4/7')
  expect((await reports()).series).toMatchObject({ total: 9, excused: 2 })
})

test('are not touched by whoever was moved, and the meeting is not undone', async () => {
  const before = await reports()
  expect(await correct('Dũng có mặt')).toContain(vi.rollCallUnknown('Dũng'))
  expect(textOf(await rig.tell('thu', 'buổi họp tháng 10 không tổ chức, lý do mưa bão'))).toContain(
    vi.notHeldWasHeld('2026-10'),
  )
  expect(await reports()).toEqual(before)
})

test('are of the first result where two officers give one at the same moment', async () => {
  await rig.advance('2026-11-20T20:30:00+07:00')
  // The first is another process, at work when this one hears of the second.
  const client = await rig.pool.connect()
  let heard: Promise<Heard[]>
  try {
    await client.query('BEGIN')
    await client.query('SELECT FROM organisation WHERE org_id = $1 FOR NO KEY UPDATE', [cell])
    heard = rig.tell('thu', 'điểm danh: vắng Chắt (ốm); còn lại có mặt')
    const waiting = `SELECT count(*)::int FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
    while ((await rig.value<number>(waiting)) === 0) await new Promise(setImmediate)
    const { rowCount } = await client.query(
      `UPDATE meeting SET state = 'held', roll_closed_at = now(), roll_counts = '[{"status": "official", "answer": "present", "count": 3}]'
       WHERE org_id = $1 AND occurrence = '2026-11'`,
      [cell],
    )
    expect(rowCount).toBe(1)
    await client.query('COMMIT')
  } finally {
    client.release()
  }
  expect(textOf(await heard)).toContain(vi.rollCallClosedAlready)
  expect(await rig.rows(`SELECT * FROM attendance WHERE occurrence = '2026-11'`)).toEqual([])
  const series = await meetingSeriesOf(rig.pool, cell, '2026-11', rig.clock.now())
  expect(series.attendance.rate).toEqual({ numerator: 3, denominator: 3 })
})

test('of a meeting that was not held there are none', async () => {
  await rig.tell('thu', 'buổi họp tháng 12 không tổ chức, lý do mưa bão')
  await rig.tell('thu', 'có')
  expect(await rig.rows(`SELECT state, roll_counts FROM meeting WHERE occurrence = '2026-12'`)).toEqual([
    { state: 'cancelled', roll_counts: null },
  ])
})

test('changed past the program are found by the log', async () => {
  const found = async () =>
    (await verifyAudit(rig.pool, cell)).findings.filter(({ where }) => where.startsWith('meeting ')).length
  expect(await found()).toBe(0)
  const client = await rig.pool.connect()
  try {
    await client.query(`SET session_replication_role = replica`)
    await client.query(
      `UPDATE meeting SET roll_counts = jsonb_set(roll_counts, '{0,count}', '9') WHERE occurrence = '2026-10'`,
    )
  } finally {
    await client.query('RESET session_replication_role')
    client.release()
  }
  expect(await found()).toBe(1)
})
