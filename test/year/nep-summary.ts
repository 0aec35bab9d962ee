/** `nep summary --json` held to the rows: every field of the model, wherever it stands in it. */
import type { Pool } from 'pg'
import { expect } from 'vitest'
import { runNep } from '../nep/run-nep.ts'
import type { Frozen } from './closings.ts'
import { lookupOf } from './lookup.ts'
import {
  dayOf,
  dueIn,
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

function tally(words: readonly (string | null)[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) if (word !== null) counts[word] = (counts[word] ?? 0) + 1
  return counts
}

/** Attendance is told for the rosters of the day on which each roll was closed, whoever came or went since. */
function meetings(rows: Rows, orgIds: ReadonlySet<number>, months: readonly string[], now: number) {
  const all = rows.meeting.filter((row) => orgIds.has(row.org_id) && months.includes(row.occurrence.slice(0, 7)))
  const held = all.filter((row) => row.state === 'held')
  const isAhead = (row: (typeof all)[number]) => row.state !== 'held' && Date.parse(row.starts_at) + 3 * 3_600_000 > now
  const sum = { expected: 0, present: 0, excused: 0, unexcused: 0, guests: 0 }
  for (const row of held) {
    const roster = lookupOf(rows).rosterAtRoll(row)
    const answers = rows.attendance.filter((each) => each.org_id === row.org_id && each.occurrence === row.occurrence)
    const of = presence(roster, answers)
    for (const key of Object.keys(sum) as (keyof typeof sum)[]) sum[key] += of[key]
  }
  const ahead = all.filter(isAhead).length
  const cancelled = all.filter((row) => row.state === 'cancelled' && !isAhead(row))
  const gradeOf = (row: (typeof all)[number]) =>
    rows.meeting_score.find((each) => each.org_id === row.org_id && each.occurrence === row.occurrence)?.grade ?? null
  return {
    held: held.length,
    regularHeld: held.filter(({ kind }) => kind === 'regular' || kind === 'combined').length,
    thematicHeld: held.filter(({ kind }) => kind === 'thematic' || kind === 'combined').length,
    cancelled: cancelled.length,
    cancelledFor: tally(cancelled.map((row) => row.reason_kind)),
    grades: tally(held.map(gradeOf)),
    unrecorded: all.filter((row) => row.state === 'planned' && !isAhead(row)).length,
    ahead,
    heldRate: figure({ x: held.length, y: all.length - ahead }),
    attendance: { ...sum, rate: figure({ x: sum.present, y: sum.expected }) },
  }
}

function counted(rows: Rows, orgId: number, period: string, now: Date): Record<string, unknown> {
  const year = Number(period.slice(0, 4))
  const of: Recount = recount(rows, orgId, year, dayOf(now))
  const due = dueIn(rows, orgId, period, dayOf(now))
  const org = rows.organisation.find((row) => row.org_id === orgId)!
  // The nearest campaign above; where nobody set one, the year's usual one, whose days this does not know.
  const campaign = rows.campaign
    .filter((row) => row.year === year && org.path.includes(`/${row.org_id}/`))
    .sort((one, other) => org.path.indexOf(`/${other.org_id}/`) - org.path.indexOf(`/${one.org_id}/`))[0]
  const ofYear = expect.stringMatching(new RegExp(`^${year}-`))
  const ids = new Set(rows.organisation.filter((row) => row.path.startsWith(org.path)).map((row) => row.org_id))
  const months = monthsOf(period)
  const known = months.filter((month) =>
    rows.meeting.some((row) => ids.has(row.org_id) && row.occurrence.startsWith(month)),
  )
  const day = `${year}-12-31`
  // Of a past year as it was called then.
  const then = rows.organisation_history.find(
    (row) => row.org_id === orgId && row.from_on <= day && (row.until_on === null || row.until_on > day),
  )
  return {
    organisation: { id: orgId, name: (dayOf(now) > day && then ? then : org).name, kind: org.kind },
    period,
    title: campaign?.title ?? expect.stringContaining(String(year)),
    opensOn: campaign?.opens_on ?? ofYear,
    closesOn: campaign?.closes_on ?? ofYear,
    asOf: expect.stringMatching(new RegExp(`^${now.toISOString().slice(0, 10)}T.*Z$`)),
    members: figure(of.members),
    approved: figure(of.approved),
    registeredBeyond: of.registeredBeyond,
    individualDeeds: of.individualDeeds,
    collectiveDeeds: of.collectiveDeeds,
    excluded: of.excluded,
    ofYear: {
      year,
      fields: expect.arrayContaining(['members', 'approved', 'individualDeeds', 'progress', 'commended', 'cells']),
    },
    due: { individual: stages(due.individual), collective: stages(due.collective) },
    progress: { individual: stages(of.individual), collective: stages(of.collective) },
    collectiveFocus: of.focuses,
    commitments: { members: figure(of.commitments), approved: figure(of.commitmentsApproved) },
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
  /** All of it from the rows: compare with `toEqual`, so that no field is left out on either side. */
  counted: Record<string, unknown>
}

/** Runs the tool beside the program, at its time. What is frozen is counted from the rows of its closing. */
export async function nepSummary(
  pool: Pool,
  orgId: number,
  period: string,
  now: Date,
  frozen: Frozen | null = null,
): Promise<NepSummary> {
  await pool.query(
    `INSERT INTO setting (key, value) VALUES ('localClockOffsetMs', $1) ON CONFLICT (key) DO UPDATE SET value = EXCLUDED.value`,
    [JSON.stringify(now.getTime() - Date.now())],
  )
  const env = { DATABASE_URL: pool.options.connectionString!, LOCAL_CHAT: 'on' }
  const run = await runNep(env, ['summary', '--org', String(orgId), '--period', period, '--json'])
  if (run.code !== 0) throw new Error(run.stderr)
  const one = async (sql: string, values: unknown[]) => (await pool.query(sql, values)).rows[0] ?? null
  const inForce = {
    closed: await one(
      'SELECT number FROM closing WHERE org_id = $1 AND period = $2 AND reopened_at IS NULL ORDER BY number DESC LIMIT 1',
      [orgId, period],
    ),
    review: await one('SELECT limits, tasks FROM review WHERE org_id = $1 AND period = $2', [orgId, period]),
    auditHead: await one('SELECT seq::int, hash FROM audit_head WHERE chain = $1', [orgId]),
  }
  if (inForce.closed) inForce.closed.at = expect.stringMatching(/Z$/)
  const of = frozen
    ? counted(frozen.rows, orgId, period, new Date(frozen.closing.closed_at))
    : counted(await readRows(pool), orgId, period, now)
  return { model: run.json<Model>(), counted: { ...of, ...inForce } }
}
