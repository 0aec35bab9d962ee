/**
 * THE x/y. Every count, denominator and percentage that the bot says, draws or exports is made here and nowhere else, so
 * that text, picture, workbook and roll-up cannot disagree (docs: promise 6; domain.md §4.1: "print x/y (z%)").
 *
 * Members
 *   y   members who count: official, probationary and temporarily here.
 *   x   those of them with at least one deed that stands: submitted or approved. A draft was not handed in, a returned
 *       deed was handed back, a withdrawn one is gone; their owners are silent until they submit (again).
 *
 * Outside y are the exempt (Quy định 294-QĐ/TW §7.2.3: not rated during the exemption), the temporarily away, the
 * suspended and those who left. Whoever is temporarily here counts: they are temporarily away on the roster they came
 * from, so over the whole tree each person counts exactly once. Attendance counts them in its total for the same reason
 * (§3.4). Members outside y who register anyway are welcome: their deeds count as deeds (§4.1: "counts deeds, not
 * people"), but they are in neither x nor y, hence x/y never passes 100 %; they are told apart as `registeredBeyond`.
 *
 * Figures of one cell and of a whole tree have one type, and adding them is associative: the sum over any partition of
 * the cells is the same.
 */
import { DomainError } from './errors.ts'
import { type MemberStatus, memberStatuses } from './member.ts'
import type { DeedState } from './records.ts'

/** x of y, whole numbers, 0 ≤ numerator ≤ denominator. */
export interface Ratio {
  numerator: number
  denominator: number
}

/** Statuses outside the denominator of pledges. */
export const excludedStatuses = ['exempt', 'away', 'suspended', 'left'] as const
export type ExcludedStatus = (typeof excludedStatuses)[number]

/** Whether a member with this status is in y. */
export function countsInDenominator(status: MemberStatus): boolean {
  return status === 'official' || status === 'probationary' || status === 'temporarilyHere'
}

/**
 * A percentage in tenths (986 is 98,6 %), null when there is nobody to count. Halves round up; but 1000 is said only
 * when all have and 0 only when none has (domain.md §4.1: "never print 100 % when not all registered"). Throws
 * `badRatio` for numbers that are no x of y.
 */
export function percentTenths(ratio: Ratio): number | null {
  const { numerator, denominator } = ratio
  const isWhole = Number.isSafeInteger(numerator) && Number.isSafeInteger(denominator)
  if (!isWhole || numerator < 0 || numerator > denominator) {
    throw new DomainError('badRatio', `${numerator}/${denominator} is no x of y.`)
  }
  if (denominator === 0) return null
  if (numerator === denominator) return 1000
  if (numerator === 0) return 0
  return Math.min(999, Math.max(1, Math.floor((numerator * 2000 + denominator) / (2 * denominator))))
}

export function addRatios(a: Ratio, b: Ratio): Ratio {
  return { numerator: a.numerator + b.numerator, denominator: a.denominator + b.denominator }
}

/** Where a member stands: the best state among their deeds. Withdrawn deeds are as if they had never been. */
export const standings = ['none', 'draft', 'returned', 'submitted', 'approved'] as const
export type Standing = (typeof standings)[number]

export function standingOf(states: readonly DeedState[]): Standing {
  const best = states.reduce((rank, state) => Math.max(rank, standings.indexOf(state as Standing)), 0)
  return standings[best]!
}

/** Whether a deed counts as a deed: it was handed in and not handed back. */
export function isStandingDeed(state: DeedState): boolean {
  return state === 'submitted' || state === 'approved'
}

/** How many members with one status and one standing: what the database counts, or one member (`count` 1). */
export interface StandingCount {
  status: MemberStatus
  standing: Standing
  count: number
}

/** Counts of cells. `started + silent = total`, `complete ≤ started`. */
export interface CellCounts {
  total: number
  /** With any standing deed, of a member or of the cell. */
  started: number
  /** With at least one member who counts, and every one of them registered. */
  complete: number
}

/** The figures of one cell or of any set of cells. */
export interface Registration {
  /** x/y: members who count with a deed that stands. */
  members: Ratio
  /** The same y; x are those with an approved deed. */
  approved: Ratio
  /** Members outside y with a deed that stands. */
  registeredBeyond: number
  /** Deeds of individuals that stand, whoever made them (members who left took theirs along). */
  individualDeeds: number
  collectiveDeeds: number
  excludedByStatus: Record<ExcludedStatus, number>
  cells: CellCounts
}

/** The figures of no cell at all: what sums begin with. */
export const noRegistration: Registration = {
  members: { numerator: 0, denominator: 0 },
  approved: { numerator: 0, denominator: 0 },
  registeredBeyond: 0,
  individualDeeds: 0,
  collectiveDeeds: 0,
  excludedByStatus: { exempt: 0, away: 0, suspended: 0, left: 0 },
  cells: { total: 0, started: 0, complete: 0 },
}

function countMembers(members: readonly StandingCount[]) {
  const [registered, approved]: [Ratio, Ratio] = [
    { numerator: 0, denominator: 0 },
    { numerator: 0, denominator: 0 },
  ]
  const excludedByStatus = { ...noRegistration.excludedByStatus }
  let registeredBeyond = 0
  for (const { status, standing, count } of members) {
    const hasRegistered = standing === 'submitted' || standing === 'approved'
    if (countsInDenominator(status)) {
      registered.denominator += count
      approved.denominator += count
      if (hasRegistered) registered.numerator += count
      if (standing === 'approved') approved.numerator += count
    } else {
      excludedByStatus[status as ExcludedStatus] += count
      if (hasRegistered && status !== 'left') registeredBeyond += count
    }
  }
  return { members: registered, approved, registeredBeyond, excludedByStatus }
}

/**
 * The figures of a set of cells from what the database has counted: members by status and standing, deeds that stand,
 * cells by how far they are. The way for roll-ups over thousands of cells; `registration` is the same for one cell.
 */
export function registrationOfCounts(counts: {
  members: readonly StandingCount[]
  individualDeeds: number
  collectiveDeeds: number
  cells: CellCounts
}): Registration {
  const { individualDeeds, collectiveDeeds, cells } = counts
  return { ...countMembers(counts.members), individualDeeds, collectiveDeeds, cells: { ...cells } }
}

/** The figures of a set of cells whose members are counted already: `counted` is y. */
export interface RegistrationTotals extends Omit<Registration, 'members' | 'approved'> {
  counted: number
  registered: number
  approved: number
}

/** The figures from totals; throws `badRatio` where they contradict each other. */
export function registrationOfTotals(totals: RegistrationTotals): Registration {
  const { counted, registered, approved, registeredBeyond, individualDeeds, collectiveDeeds } = totals
  const ratio = (numerator: number): Ratio => ({ numerator, denominator: counted })
  for (const each of [ratio(registered), ratio(approved)]) percentTenths(each)
  const { exempt, away, suspended, left } = totals.excludedByStatus
  const { total, started, complete } = totals.cells
  return {
    members: ratio(registered),
    approved: ratio(approved),
    registeredBeyond,
    individualDeeds,
    collectiveDeeds,
    excludedByStatus: { exempt, away, suspended, left },
    cells: { total, started, complete },
  }
}

/** One line of a roster with the states of that member's deeds in the campaign. */
export interface RegistrationRow {
  status: MemberStatus
  deeds: readonly DeedState[]
}

/** The figures of one cell: its roster and the states of the deeds of the cell itself. */
export function registration(rows: readonly RegistrationRow[], collective: readonly DeedState[] = []): Registration {
  const counted = countMembers(rows.map(({ status, deeds }) => ({ status, standing: standingOf(deeds), count: 1 })))
  const individualDeeds = rows
    .filter((row) => row.status !== 'left')
    .reduce((sum, row) => sum + row.deeds.filter(isStandingDeed).length, 0)
  const collectiveDeeds = collective.filter(isStandingDeed).length
  const { numerator, denominator } = counted.members
  const cells = {
    total: 1,
    started: individualDeeds + collectiveDeeds > 0 ? 1 : 0,
    complete: denominator > 0 && numerator === denominator ? 1 : 0,
  }
  return { ...counted, individualDeeds, collectiveDeeds, cells }
}

/** The sum over cells, or over sums: any way of grouping the cells gives the same figures. */
export function sumRegistration(list: readonly Registration[]): Registration {
  return list.reduce(
    (a, b) => ({
      members: addRatios(a.members, b.members),
      approved: addRatios(a.approved, b.approved),
      registeredBeyond: a.registeredBeyond + b.registeredBeyond,
      individualDeeds: a.individualDeeds + b.individualDeeds,
      collectiveDeeds: a.collectiveDeeds + b.collectiveDeeds,
      excludedByStatus: {
        exempt: a.excludedByStatus.exempt + b.excludedByStatus.exempt,
        away: a.excludedByStatus.away + b.excludedByStatus.away,
        suspended: a.excludedByStatus.suspended + b.excludedByStatus.suspended,
        left: a.excludedByStatus.left + b.excludedByStatus.left,
      },
      cells: {
        total: a.cells.total + b.cells.total,
        started: a.cells.started + b.cells.started,
        complete: a.cells.complete + b.cells.complete,
      },
    }),
    noRegistration,
  )
}

/** How far an organisation is, itself a cell or a tree of them: silent, started, or complete (every cell in it is). */
export function progressOf(figures: Registration): 'silent' | 'started' | 'complete' {
  const { total, started, complete } = figures.cells
  if (total > 0 && complete === total) return 'complete'
  return started > 0 ? 'started' : 'silent'
}

/** "183/183 chi bộ": cells that have started or are complete, of all. */
export function cellRatio(figures: Registration, what: 'started' | 'complete'): Ratio {
  return { numerator: figures.cells[what], denominator: figures.cells.total }
}

/** Cells without any deed. */
export function silentCells(figures: Registration): number {
  return figures.cells.total - figures.cells.started
}

/**
 * "35/35 chi, đảng bộ trực thuộc triển khai" (domain.md §4.1): of the organisations directly below a committee, those
 * that have started (complete ones have, too) or are complete. Takes the figures of each of them.
 */
export function organisationRatio(below: readonly Registration[], what: 'started' | 'complete'): Ratio {
  const reached = below.filter((figures) => {
    const progress = progressOf(figures)
    return progress === 'complete' || progress === what
  })
  return { numerator: reached.length, denominator: below.length }
}

/** Members by status in a fixed order, for tables: also the statuses that nobody has. */
export function countByStatus(members: readonly { status: MemberStatus }[]): Record<MemberStatus, number> {
  const counts = Object.fromEntries(memberStatuses.map((status) => [status, 0])) as Record<MemberStatus, number>
  for (const { status } of members) counts[status] += 1
  return counts
}
