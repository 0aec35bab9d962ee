/** What the operator sets up: organisations, codes, rosters. Each change leaves an audit entry of the operator. */
import { randomBytes } from 'node:crypto'
import type { Pool } from 'pg'
import { dateOf } from '../domain/calendar.ts'
import { codeBytes, codeExpiresAt, codeFrom, parseCode, showCode } from '../domain/code.ts'
import type { MemberStatus, Role } from '../domain/member.ts'
import { type CellCounts, type Ratio, silentCells } from '../domain/participation.ts'
import type { CodePurpose } from '../domain/records.ts'
import { hashCode } from './code-hash.ts'
import type { Prisma } from './generated/client.ts'
import { participationOf } from './participation.ts'
import { openPrisma, prismaTransaction } from './prisma.ts'

/** What was asked cannot be done; nothing was changed. The message tells why, in a sentence for the operator. */
export class Refused extends Error {
  override readonly name = 'Refused'
}

/**
 * Two of one name side by side cannot be told apart in a chat, and mostly the second is a slip.
 *
 * @throws {Refused} where one of those beside has the name
 */
export function refuseSharedName(beside: readonly { orgId: number; name: string }[], name: string): void {
  const plain = (text: string) => text.normalize('NFC').toLowerCase()
  const same = beside.find((each) => plain(each.name) === plain(name))
  if (same)
    throw new Refused(
      `Organisation ${same.orgId} beside it has the name "${same.name}" already: give another name, or add --same-name if there are to be two.`,
    )
}

/** An audit entry of the operator: numbers, states and dates only. */
export interface OperatorChange {
  orgId: number | null
  action: string
  subject: string
  details: Record<string, unknown>
}

type Sql = { query(text: string, values: unknown[]): Promise<unknown> }

/** Writes audit entries of the operator in the caller's transaction. */
export async function recordChange(client: Sql, at: Date, changes: readonly OperatorChange[]): Promise<void> {
  await client.query(
    `INSERT INTO audit_entry (org_id, at, actor_kind, action, subject, details)
      SELECT "orgId", $1, 'operator', action, subject, details
      FROM jsonb_to_recordset($2::jsonb) AS r("orgId" int, action text, subject text, details jsonb)`,
    [at, JSON.stringify(changes)],
  )
}

/** The same through Prisma. */
export async function recordWithPrisma(
  tx: Prisma.TransactionClient,
  at: Date,
  { details, ...change }: OperatorChange,
): Promise<void> {
  await tx.auditEntry.create({
    data: { ...change, at, actorKind: 'operator', details: details as Prisma.InputJsonObject },
  })
}

/** One organisation with the size of its roster; those who left are not counted. */
export interface OrganisationView {
  id: number
  name: string
  kind: 'cell' | 'committee'
  parentId: number | null
  members: number
  /** The first day on which it is no more, and what it became part of; absent while it is. */
  closedOn?: string
  mergedInto?: number
}

/** Of one organisation with everything below it. */
export interface OrganisationFigures {
  year: number
  /** Members who count with a deed that stands, of those who count. */
  registered: Ratio
  deeds: { individual: number; collective: number }
  /** `started + silent = total`, `complete ≤ started`. */
  cells: CellCounts & { silent: number }
}

/**
 * Adds an organisation below another one or at the top of a tree of its own. A cell has nothing below it.
 * `mayShareName: false` refuses a name that one beside it has.
 */
export async function addOrganisation(
  pool: Pool,
  wanted: {
    name: string
    kind: 'cell' | 'committee'
    parentId: number | null
    timeZone: string
    mayShareName?: boolean
  },
  now: Date,
): Promise<{ id: number }> {
  return prismaTransaction(pool, async (tx) => {
    const { parentId, mayShareName: _, ...data } = wanted
    // Nobody moves the parent meanwhile (`treeLock` of admin-tree).
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(7310003)`
    const parent = parentId === null ? null : await tx.organisation.findUnique({ where: { orgId: parentId } })
    if (parentId !== null && !parent) throw new Refused(`There is no organisation ${parentId} to be the parent.`)
    if (parent?.kind === 'cell')
      throw new Refused(`Organisation ${parentId} is a cell: only a committee has organisations below it.`)
    if (parent?.closedOn) throw new Refused(`Organisation ${parentId} is no more.`)
    if (wanted.mayShareName === false) {
      const where = { parentId, closedOn: null }
      refuseSharedName(await tx.organisation.findMany({ where, select: { orgId: true, name: true } }), wanted.name)
    }
    await tx.$executeRaw`SELECT set_config('nep.effective_on', ${dateOf(now, wanted.timeZone)}, true)`
    const { orgId } = await tx.organisation.create({ data: { ...data, parentId, path: '' } })
    // The path holds the id, which is known only now.
    await tx.organisation.update({ where: { orgId }, data: { path: `${parent?.path ?? '/'}${orgId}/` } })
    await recordWithPrisma(tx, now, {
      orgId,
      action: 'organisation.added',
      subject: `organisation:${orgId}`,
      details: { kind: data.kind, parentId },
    })
    return { id: orgId }
  })
}

/** Every organisation, parents before their children; with `all` those as well that are no more. */
export async function listOrganisations(pool: Pool, all = false): Promise<OrganisationView[]> {
  const { rows } = await pool.query(
    `SELECT o.org_id AS id, o.name, o.kind, o.parent_id AS "parentId", coalesce(m.members, 0) AS members,
       o.closed_on AS "closedOn", o.merged_into AS "mergedInto"
     FROM organisation o LEFT JOIN (SELECT org_id, count(*)::int AS members FROM member WHERE status <> 'left' GROUP BY 1) m USING (org_id)
     WHERE $1 OR o.closed_on IS NULL ORDER BY o.org_id`,
    [all],
  )
  return rows.map(({ closedOn, mergedInto, ...row }) => ({
    ...row,
    ...(closedOn === null ? {} : { closedOn }),
    ...(mergedInto === null ? {} : { mergedInto }),
  }))
}

/** Adds the figures of a year, the present one: from the kept counts, one statement for all. */
export async function withFigures(
  pool: Pool,
  organisations: readonly OrganisationView[],
  year: number,
): Promise<(OrganisationView & OrganisationFigures)[]> {
  const figures = await participationOf(
    pool,
    organisations.map(({ id }) => ({ orgId: id, year })),
  )
  return organisations.map((organisation, at) => {
    const { members, individualDeeds, collectiveDeeds, cells } = figures[at]!
    return {
      ...organisation,
      year,
      registered: members,
      deeds: { individual: individualDeeds, collective: collectiveDeeds },
      cells: { ...cells, silent: silentCells(figures[at]!) },
    }
  })
}

/** Tries of finding a free selector; there are 127,776, and old codes are cleared away. */
const SELECTOR_TRIES = 50

/** Makes a one-time code. What is kept is a hash; the code itself is told once. */
export async function makeCode(
  pool: Pool,
  wanted: { orgId: number; purpose: CodePurpose; memberId: number | null },
  now: Date,
): Promise<{ code: string; expiresAt: Date }> {
  const { orgId, purpose, memberId } = wanted
  const prisma = await openPrisma(pool)
  const org = await prisma.organisation.findUnique({ where: { orgId }, select: { kind: true, closedOn: true } })
  if (!org) throw new Refused(`There is no organisation ${orgId}.`)
  if (org.closedOn) throw new Refused(`Organisation ${orgId} is no more: nothing can be bound to it.`)
  if (purpose === 'committee' && org.kind === 'cell')
    throw new Refused(`Organisation ${orgId} is a cell: a committee code is for a committee.`)
  if (memberId !== null) {
    const member = await prisma.member.findUnique({ where: { memberId } })
    if (member?.orgId !== orgId) throw new Refused(`Organisation ${orgId} has no member ${memberId}.`)
    if (member.erasedAt !== null) throw new Refused(`Member ${memberId} has had their data erased.`)
    if (member.status === 'left') throw new Refused(`Member ${memberId} has left organisation ${orgId}.`)
  }
  const expiresAt = codeExpiresAt(purpose, now)
  for (let tries = 0; tries < SELECTOR_TRIES; tries += 1) {
    const parts = parseCode(codeFrom(randomBytes(codeBytes)))!
    const { selector, verifier } = parts
    const kept = { selector, ...(await hashCode(selector + verifier)), ...wanted, createdAt: now, expiresAt }
    const isMade = await prismaTransaction(pool, async (tx) => {
      const { count } = await tx.code.createMany({ data: kept, skipDuplicates: true })
      if (count === 0) return false
      const details = { purpose, memberId, expiresAt: expiresAt.toISOString() }
      await recordWithPrisma(tx, now, { orgId, action: 'code.made', subject: `code:${selector}`, details })
      return true
    })
    if (isMade) return { code: showCode(parts), expiresAt }
  }
  throw new Refused('No free code was found; old codes are cleared away a month after they expire.')
}

/** One line of a roster; the name is null once erased. */
export interface MemberView {
  id: number
  name: string | null
  role: Role
  status: MemberStatus
  /** Whether an account is linked on any platform. */
  isLinked: boolean
}

/** The roster of one organisation. */
export async function listMembers(pool: Pool, orgId: number): Promise<MemberView[]> {
  const prisma = await openPrisma(pool)
  if ((await prisma.organisation.count({ where: { orgId } })) === 0)
    throw new Refused(`There is no organisation ${orgId}.`)
  const rows = await prisma.member.findMany({
    where: { orgId },
    include: { _count: { select: { links: { where: { state: 'linked' } } } } },
    orderBy: { memberId: 'asc' },
  })
  return rows.map(({ memberId, displayName, role, status, _count }) => ({
    ...{ id: memberId, name: displayName, role: role as Role, status: status as MemberStatus },
    isLinked: _count.links > 0,
  }))
}

/** Changes role or status of one line of a roster. */
export async function changeMember(
  pool: Pool,
  memberId: number,
  wanted: { role?: Role; status?: MemberStatus },
  now: Date,
): Promise<MemberView> {
  return prismaTransaction(pool, async (tx) => {
    const before = await tx.member.findUnique({ where: { memberId } })
    if (!before) throw new Refused(`There is no member ${memberId}.`)
    // As conversations and imports lock it, so that two secretaries cannot be made at once.
    const [org] = await tx.$queryRaw<{ zone: string }[]>`
      SELECT time_zone AS zone FROM organisation WHERE org_id = ${before.orgId} FOR NO KEY UPDATE`
    // Read again under the lock: what others had just changed is what it was before.
    const member = await tx.member.findUniqueOrThrow({ where: { memberId } })
    if (member.orgId !== before.orgId)
      throw new Refused(`Member ${memberId} was being transferred just now: try again.`)
    await tx.$executeRaw`SELECT set_config('nep.effective_on', ${dateOf(now, org!.zone)}, true)`
    const next = { role: wanted.role ?? member.role, status: wanted.status ?? member.status }
    if (next.role === 'secretary' && next.status !== 'left') {
      const other = await tx.member.findFirst({
        where: { orgId: member.orgId, role: 'secretary', status: { not: 'left' }, memberId: { not: memberId } },
      })
      if (other && wanted.role === 'secretary')
        throw new Refused(`Member ${other.memberId} is the secretary: change that role first.`)
    }
    const was = { role: member.role, status: member.status }
    await tx.member.update({ where: { memberId }, data: next })
    await recordWithPrisma(tx, now, {
      orgId: member.orgId,
      action: 'member.changed',
      subject: `member:${memberId}`,
      details: { ...next, before: was },
    })
    const links = await tx.accountMember.count({ where: { memberId, state: 'linked' } })
    return {
      ...{ id: memberId, name: member.displayName, role: next.role as Role, status: next.status as MemberStatus },
      isLinked: links > 0,
    }
  })
}
