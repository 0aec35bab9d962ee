/**
 * Every figure once more, from the rows as they lie in the tables. Shares nothing with the program, neither code nor SQL: what is
 * printed has to agree with this, or one of the two is wrong. Long, since it describes the tables that it reads.
 */
import type { Pool } from 'pg'

export interface OrganisationRow {
  org_id: number
  parent_id: number | null
  kind: string
  name: string
  path: string
  closed_on: string | null
}
export interface OrganisationHistoryRow extends Omit<OrganisationRow, 'closed_on'> {
  from_on: string
  until_on: string | null
  is_closed: boolean
}
export interface MemberRow {
  member_id: number
  org_id: number
  display_name: string | null
  role: string
  status: string
}
export interface MembershipRow {
  member_id: number
  org_id: number
  status: string
  from_on: string
  until_on: string | null
}
export interface DeedRow {
  year: number
  subject_kind: string
  subject_id: number
  number: number
  org_id: number
  content: string | null
  due_on: string | null
  state: string
  submitted_at: string | null
  decided_at: string | null
  decided_by: number | null
  percent: number | null
  done_on: string | null
  measure: string | null
  target: string | null
  weakness: string | null
  note: string | null
  return_reason: string | null
  focus: string | null
  forms: string[]
}
export interface RatingRow {
  year: number
  subject_kind: string
  subject_id: number
  number: number
  period: string
  source: string
  org_id: number
  rating: string
}
export interface CommendationRow {
  org_id: number
  year: number
  member_id: number | null
  collective_id: number | null
  number: number | null
  kind: string
  title: string | null
  period: string | null
}
export interface MeetingRow {
  org_id: number
  occurrence: string
  starts_at: string
  state: string
  roll_closed_at: string | null
  kind: string
  reason_kind: string | null
}
export interface AttendanceRow {
  org_id: number
  occurrence: string
  member_id: number
  answer: string
  reason_kind: string | null
}
export interface ClosingRow {
  org_id: number
  period: string
  number: number
  closed_at: string
  reopened_at: string | null
}
export interface MinutesItemRow {
  org_id: number
  occurrence: string
  kind: string
  number: number
  content: string | null
  votes_for: number | null
  votes_against: number | null
  votes_other: number | null
  votes_of: number | null
  in_charge_id: number | null
  unit: string | null
  due_on: string | null
  noted_at: string
  changed_at: string
}

export interface Rows {
  organisation: OrganisationRow[]
  organisation_history: OrganisationHistoryRow[]
  member: MemberRow[]
  membership_history: MembershipRow[]
  deed: DeedRow[]
  deed_history: Pick<DeedRow, 'year' | 'subject_kind' | 'subject_id' | 'number' | 'content' | 'due_on'>[]
  deed_progress: (Pick<DeedRow, 'year' | 'subject_kind' | 'subject_id' | 'number'> & { round: string; at: string })[]
  progress_round: { org_id: number; round: string; first_at: string }[]
  deed_rating: RatingRow[]
  commendation: CommendationRow[]
  meeting: MeetingRow[]
  attendance: AttendanceRow[]
  account: { account_id: number; external_id: string; private_chat_id: number | null; consented_at: string | null }[]
  account_member: { account_id: number; member_id: number; state: string }[]
  chat: { chat_id: number; external_id: string; kind: string; org_id: number | null }[]
  meeting_score: { org_id: number; occurrence: string; grade: string }[]
  campaign: {
    org_id: number
    year: number
    title: string
    opens_on: string
    closes_on: string
    max_individual: number
    max_collective: number
    lead_days: number[] | null
    opened_at: string | null
  }[]
  theme: { org_id: number; period: string; theme: string }[]
  schedule: { org_id: number; cron: string }[]
  closing: ClosingRow[]
  review: { org_id: number; period: string; limits: string[]; tasks: string[] }[]
  minutes: { org_id: number; occurrence: string; speakers: number | null }[]
  minutes_item: MinutesItemRow[]
  data_request: { data_request_id: number; received_at: string; closed_at: string | null }[]
}

const tables = [
  ...['organisation', 'organisation_history', 'member', 'membership_history', 'deed', 'deed_history', 'deed_progress'],
  ...['deed_rating', 'commendation', 'meeting', 'attendance', 'account', 'account_member', 'chat', 'campaign', 'theme'],
  ...['schedule', 'progress_round', 'meeting_score', 'closing', 'review', 'minutes', 'minutes_item', 'data_request'],
]
const closings = '(SELECT org_id, period, number, closed_at, reopened_at FROM closing)'

/**
 * All rows of one instant: one statement sees one snapshot. Dates are 'YYYY-MM-DD', instants ISO text. Tables that nothing has
 * touched since `before` may be taken from there: a large tree's rosters need not be read for every message.
 */
export async function readRows(
  pool: Pick<Pool, 'query'>,
  before?: { rows: Rows; untouched: readonly string[] },
): Promise<Rows> {
  const parts = tables
    .filter((table) => !before?.untouched.includes(table))
    // Of a closing not what it froze: figures are counted from rows.
    .map((table) => (table === 'closing' ? { table, from: closings } : { table, from: table }))
    .map(({ table, from }) => `'${table}', (SELECT coalesce(json_agg(t), '[]') FROM ${from} t)`)
  const { rows } = await pool.query(`SELECT json_build_object(${parts.join(', ')}) AS everything`)
  return { ...before?.rows, ...rows[0].everything }
}

/** Vietnam keeps one time all year: seven hours ahead. */
const ahead = 7 * 3_600_000
export const dayOf = (at: Date | string): string => new Date(new Date(at).getTime() + ahead).toISOString().slice(0, 10)

const inY = (status: string) => ['official', 'probationary', 'temporarilyHere'].includes(status)
const stands = (deed: Pick<DeedRow, 'state'>) => deed.state === 'submitted' || deed.state === 'approved'

const isOn = (row: { from_on: string; until_on: string | null }, day: string) =>
  row.from_on <= day && (row.until_on === null || row.until_on > day)

/** The organisation and all below it in a year: of a past one as it stood on its last day. */
export function treeIn(rows: Rows, orgId: number, year: number, today: string) {
  const day = `${year}-12-31`
  const all: { org_id: number; parent_id: number | null; path: string; isCell: boolean; isClosed: boolean }[] =
    today > day
      ? rows.organisation_history
          .filter((row) => isOn(row, day))
          .map((row) => ({ ...row, isCell: row.kind === 'cell', isClosed: row.is_closed }))
      : rows.organisation.map((row) => ({ ...row, isCell: row.kind === 'cell', isClosed: row.closed_on !== null }))
  const root = all.find((row) => row.org_id === orgId)
  return root ? all.filter((row) => row.path.startsWith(root.path)) : []
}

/** Who stood on the rosters of these organisations in a year, and how. */
export function rosterIn(rows: Rows, orgIds: ReadonlySet<number>, year: number, today: string) {
  const day = `${year}-12-31`
  const all = today > day ? rows.membership_history.filter((row) => isOn(row, day)) : rows.member
  return all
    .filter((row) => orgIds.has(row.org_id))
    .map(({ member_id, org_id, status }) => ({ member_id, org_id, status }))
}

export interface Ratio {
  x: number
  y: number
}
export interface Stages {
  approved: number
  done: number
  inProgress: number
  overdue: number
  missed: number
}

export interface Recount {
  members: Ratio
  approved: Ratio
  registeredBeyond: number
  individualDeeds: number
  collectiveDeeds: number
  excluded: Record<string, number>
  started: Ratio
  complete: Ratio
  belowStarted: Ratio
  belowComplete: Ratio
  individual: Stages
  collective: Stages
  focuses: Record<string, number>
  commitments: Ratio
  commitmentsApproved: Ratio
  commended: { members: number; collectives: number; models: number; exemplars: number }
  ratings: Record<string, Record<string, number>>
}

/** `Map.groupBy`, which the oldest supported Node does not have. */
export function groupBy<K, T>(list: readonly T[], keyOf: (item: T) => K): Map<K, T[]> {
  const groups = new Map<K, T[]>()
  for (const item of list) {
    const group = groups.get(keyOf(item))
    if (group) group.push(item)
    else groups.set(keyOf(item), [item])
  }
  return groups
}

function stagesOf(deeds: readonly DeedRow[], today: string): Stages {
  const of = { approved: 0, done: 0, inProgress: 0, overdue: 0, missed: 0 }
  for (const deed of deeds) {
    if (deed.state !== 'approved') continue
    of.approved += 1
    const last = `${deed.year}-12-31`
    if (deed.done_on !== null) of.done += 1
    else if (today > last) of.missed += 1
    else if (today > (deed.due_on ?? last)) of.overdue += 1
    else of.inProgress += 1
  }
  return of
}

/** All figures of an organisation with everything below it, in a year, as of a day. */
/** First and last day of '2026', '2026-H1', '2026-Q3', '2026-08'. */
export function daysOf(period: string): [string, string] {
  const [year, part = ''] = period.split('-') as [string, string?]
  const [first, months] =
    part === ''
      ? [1, 12]
      : part[0] === 'H'
        ? [6 * Number(part[1]) - 5, 6]
        : part[0] === 'Q'
          ? [3 * Number(part[1]) - 2, 3]
          : [Number(part), 1]
  const last = new Date(Date.UTC(Number(year), first - 1 + months, 0)).toISOString().slice(0, 10)
  return [`${year}-${String(first).padStart(2, '0')}-01`, last]
}

/** How far the approved deeds are whose deadline lies in a period; without a deadline it is the year's last day. */
export function dueIn(
  rows: Rows,
  orgId: number,
  period: string,
  today: string,
): Pick<Recount, 'individual' | 'collective'> {
  const [from, to] = daysOf(period)
  const deed = rows.deed.filter((row) => {
    const day = row.due_on ?? `${row.year}-12-31`
    return from <= day && day <= to
  })
  return recount({ ...rows, deed }, orgId, Number(period.slice(0, 4)), today)
}

export function recount(rows: Rows, orgId: number, year: number, today: string): Recount {
  const tree = treeIn(rows, orgId, year, today)
  const ids = new Set(tree.map((org) => org.org_id))
  const cells = tree.filter((org) => org.isCell && !org.isClosed)
  // A committee's own roster are offices: its people stand on the roster of a cell.
  const roster = rosterIn(rows, new Set(cells.map((cell) => cell.org_id)), year, today)
  const ofYear = rows.deed.filter((deed) => deed.year === year)
  const individual = groupBy(
    ofYear.filter((deed) => deed.subject_kind === 'individual'),
    (deed) => deed.subject_id,
  )
  const pledges = (memberId: number) => (individual.get(memberId) ?? []).filter((deed) => deed.forms.includes('pledge'))
  const commitments = (memberId: number) =>
    (individual.get(memberId) ?? []).filter((deed) => deed.forms.includes('commitment'))
  const collective = groupBy(
    ofYear.filter((deed) => deed.subject_kind === 'collective' && deed.forms.includes('pledge')),
    (deed) => deed.subject_id,
  )
  const ofOrg = groupBy(roster, (line) => line.org_id)

  const isStarted = (cell: { org_id: number }) =>
    (collective.get(cell.org_id) ?? []).some(stands) ||
    (ofOrg.get(cell.org_id) ?? []).some((line) => line.status !== 'left' && pledges(line.member_id).some(stands))
  const isComplete = (cell: { org_id: number }) => {
    const counted = (ofOrg.get(cell.org_id) ?? []).filter((line) => inY(line.status))
    return counted.length > 0 && counted.every((line) => pledges(line.member_id).some(stands))
  }
  const startedCells = new Set(cells.filter(isStarted).map((cell) => cell.org_id))
  const completeCells = new Set(cells.filter(isComplete).map((cell) => cell.org_id))
  const below = tree.filter((org) => org.parent_id === orgId && !org.isClosed)
  const within = (path: string) => cells.filter((cell) => cell.path.startsWith(path)).map((cell) => cell.org_id)
  const isBelowComplete = (path: string) => {
    const inside = within(path)
    return inside.length > 0 && inside.every((id) => completeCells.has(id))
  }
  const isBelowStarted = (path: string) => isBelowComplete(path) || within(path).some((id) => startedCells.has(id))

  const counted = roster.filter((line) => inY(line.status))
  const y = counted.length
  const own = roster.filter((line) => line.status !== 'left').flatMap((line) => pledges(line.member_id))
  const ofCollectives = [...ids].flatMap((id) => collective.get(id) ?? [])
  const excluded: Record<string, number> = { exempt: 0, away: 0, suspended: 0, left: 0 }
  for (const line of roster) if (!inY(line.status)) excluded[line.status] = (excluded[line.status] ?? 0) + 1
  const praise = rows.commendation.filter((row) => ids.has(row.org_id) && row.year === year)
  const ofKind = (kind: string) => praise.filter((row) => row.kind === kind)
  const distinct = (values: (number | null)[]) => new Set(values.filter((value) => value !== null)).size
  const ratings: Recount['ratings'] = {}
  for (const row of rows.deed_rating) {
    if (!ids.has(row.org_id) || row.year !== year || row.source !== 'cell') continue
    ratings[row.period] ??= { excellent: 0, good: 0, completed: 0, notCompleted: 0 }
    ratings[row.period]![row.rating]! += 1
  }
  return {
    members: { x: counted.filter((line) => pledges(line.member_id).some(stands)).length, y },
    approved: {
      x: counted.filter((line) => pledges(line.member_id).some((deed) => deed.state === 'approved')).length,
      y,
    },
    registeredBeyond: roster.filter(
      (line) => !inY(line.status) && line.status !== 'left' && pledges(line.member_id).some(stands),
    ).length,
    individualDeeds: own.filter(stands).length,
    collectiveDeeds: ofCollectives.filter(stands).length,
    excluded,
    started: { x: startedCells.size, y: cells.length },
    complete: { x: completeCells.size, y: cells.length },
    belowStarted: { x: below.filter((org) => isBelowStarted(org.path)).length, y: below.length },
    belowComplete: { x: below.filter((org) => isBelowComplete(org.path)).length, y: below.length },
    individual: stagesOf(own, today),
    collective: stagesOf(ofCollectives, today),
    focuses: Object.fromEntries(
      ['breakthrough', 'pressing', 'model'].map((focus) => [
        focus,
        ofCollectives.filter((deed) => deed.state === 'approved' && deed.focus === focus).length,
      ]),
    ),
    commitments: { x: counted.filter((line) => commitments(line.member_id).some(stands)).length, y },
    commitmentsApproved: {
      x: counted.filter((line) => commitments(line.member_id).some((deed) => deed.state === 'approved')).length,
      y,
    },
    commended: {
      members: distinct(ofKind('praise').map((row) => row.member_id)),
      collectives: distinct(ofKind('praise').map((row) => row.collective_id)),
      models: ofKind('model').length,
      exemplars: ofKind('exemplar').length,
    },
    ratings,
  }
}

export interface Presence {
  expected: number
  present: number
  excused: number
  unexcused: number
  guests: number
}

/** Who was at a meeting whose roll was called, of a roster as it is told. */
export function presence(
  roster: readonly { member_id: number; status: string }[],
  answers: readonly Pick<AttendanceRow, 'member_id' | 'answer'>[],
): Presence {
  const said = new Map(answers.map((row) => [row.member_id, row.answer]))
  const of: Presence = { expected: 0, present: 0, excused: 0, unexcused: 0, guests: 0 }
  for (const { member_id, status } of roster) {
    const answer = said.get(member_id)
    if (status === 'left') continue
    if (status === 'away' || status === 'suspended') {
      if (answer === 'present') of.guests += 1
      continue
    }
    if (status === 'exempt' && answer !== 'present') continue
    of.expected += 1
    if (answer === 'present') of.present += 1
    else if (answer === 'excused') of.excused += 1
    else of.unexcused += 1
  }
  return of
}

// ── How official texts write numbers ──

export const dotted = (count: number): string => String(count).replace(/(?<=\d)(?=(\d{3})+$)/g, '.')
export const twoDigits = (count: number): string => (count < 10 ? `0${count}` : dotted(count))
export const vnDate = (day: string): string => day.split('-').reverse().join('/')

/** Tenths of a percent, halves up; all is only said of all and nothing only of nothing. */
export function tenths({ x, y }: Ratio): number | null {
  if (y === 0) return null
  if (x === y) return 1000
  if (x === 0) return 0
  const rounded = Math.floor((x * 1000) / y + 0.5 + 1e-9)
  return Math.min(999, Math.max(1, rounded))
}

export function percentText(ratio: Ratio): string | null {
  const value = tenths(ratio)
  if (value === null) return null
  const [whole, part] = [Math.floor(value / 10), value % 10]
  return part === 0 ? `${whole}%` : `${whole},${part}%`
}

/** '18/22 (81,8%)' */
export function ratioText(ratio: Ratio): string {
  const percent = percentText(ratio)
  return `${dotted(ratio.x)}/${dotted(ratio.y)}${percent === null ? '' : ` (${percent})`}`
}
