/** `nep summary --json` held to the rows: every number of the model, wherever it stands in it. */
import type { Pool } from 'pg'
import { runNep } from '../nep/run-nep.ts'
import {
  dayOf,
  presence,
  type Ratio,
  type Recount,
  type Rows,
  readRows,
  recount,
  type Stages,
  tenths,
} from './recount.ts'

type Model = { [key: string]: Model | number | string | null | Model[] }

const figure = (ratio: Ratio) => {
  const value = tenths(ratio)
  return { numerator: ratio.x, denominator: ratio.y, percent: value === null ? null : value / 10 }
}
const stages = (of: Stages) => {
  const part = (x: number) => figure({ x, y: of.approved })
  return {
    ...{ approved: of.approved, done: part(of.done), inProgress: part(of.inProgress) },
    ...{ overdue: part(of.overdue), missed: part(of.missed) },
  }
}

/** Months of a period: '2026' → '2026-01'…'2026-12'. */
function monthsOf(period: string): string[] {
  const [year, part] = period.split('-') as [string, string | undefined]
  const from = !part
    ? 1
    : part[0] === 'Q'
      ? 3 * Number(part[1]) - 2
      : part[0] === 'H'
        ? 6 * Number(part[1]) - 5
        : Number(part)
  const length = !part ? 12 : part[0] === 'Q' ? 3 : part[0] === 'H' ? 6 : 1
  return Array.from({ length }, (_, at) => `${year}-${String(from + at).padStart(2, '0')}`)
}

/** Attendance is told for the rosters of today. */
function meetings(rows: Rows, orgIds: ReadonlySet<number>, months: readonly string[], now: number) {
  const all = rows.meeting.filter((row) => orgIds.has(row.org_id) && months.includes(row.occurrence.slice(0, 7)))
  const held = all.filter((row) => row.state === 'held')
  const isAhead = (row: (typeof all)[number]) =>
    row.state === 'planned' && Date.parse(row.starts_at) + 3 * 3_600_000 > now
  const sum = { expected: 0, present: 0, excused: 0, unexcused: 0, guests: 0 }
  for (const row of held) {
    const roster = rows.member.filter((member) => member.org_id === row.org_id)
    const answers = rows.attendance.filter((each) => each.org_id === row.org_id && each.occurrence === row.occurrence)
    const of = presence(roster, answers)
    for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += of[key]
  }
  const ahead = all.filter(isAhead).length
  return {
    held: held.length,
    cancelled: all.filter((row) => row.state === 'cancelled').length,
    unrecorded: all.filter((row) => row.state === 'planned' && !isAhead(row)).length,
    ahead,
    heldRate: figure({ x: held.length, y: all.length - ahead }),
    attendance: { ...sum, rate: figure({ x: sum.present, y: sum.expected }) },
  }
}

function counted(rows: Rows, orgId: number, period: string, now: Date): Record<string, unknown> {
  const year = Number(period.slice(0, 4))
  const of: Recount = recount(rows, orgId, year, dayOf(now))
  const org = rows.organisation.find((row) => row.org_id === orgId)!
  const ids = new Set(rows.organisation.filter((row) => row.path.startsWith(org.path)).map((row) => row.org_id))
  const months = monthsOf(period)
  const known = months.filter((month) =>
    rows.meeting.some((row) => ids.has(row.org_id) && row.occurrence.startsWith(month)),
  )
  return {
    members: figure(of.members),
    approved: figure(of.approved),
    registeredBeyond: of.registeredBeyond,
    individualDeeds: of.individualDeeds,
    collectiveDeeds: of.collectiveDeeds,
    excluded: of.excluded,
    progress: { individual: stages(of.individual), collective: stages(of.collective) },
    commitments: { members: figure(of.commitments) },
    ratings: of.ratings,
    commended: of.commended,
    meetings: {
      ...meetings(rows, ids, months, now.getTime()),
      months: known.map((month) => ({ month, ...meetings(rows, ids, [month], now.getTime()) })),
    },
    cells: { started: figure(of.started), complete: figure(of.complete) },
    ...(org.kind === 'committee'
      ? { organisations: { started: figure(of.belowStarted), complete: figure(of.belowComplete) } }
      : {}),
  }
}

export interface NepSummary {
  /** What the tool printed. */
  model: Model
  /** The same figures from the rows, for those the recount knows. */
  counted: Record<string, unknown>
}

/** Runs the tool beside the program, at its time. */
export async function nepSummary(pool: Pool, orgId: number, period: string, now: Date): Promise<NepSummary> {
  await pool.query(
    `INSERT INTO setting (key, value) VALUES ('localClockOffsetMs', $1) ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value`,
    [JSON.stringify(now.getTime() - Date.now())],
  )
  const env = { DATABASE_URL: pool.options.connectionString!, LOCAL_CHAT: 'on' }
  const run = await runNep(env, ['summary', '--org', String(orgId), '--period', period, '--json'])
  if (run.code !== 0) throw new Error(run.stderr)
  return { model: run.json<Model>(), counted: counted(await readRows(pool), orgId, period, now) }
}
