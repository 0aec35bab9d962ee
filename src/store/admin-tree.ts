/**
 * Changes of the tree as the operator makes them: names, places, mergers, splits, closings, transfers of members. Each is so
 * from a day on; what was before stays in the histories, so that reports of past years say what they said.
 */
import type { Pool, PoolClient } from 'pg'
import { type OperatorChange, Refused, recordChange, refuseSharedName } from './admin.ts'
import { transaction } from './pool.ts'
import { dated, holdTree, latest, moveMembers, organisations, place, type Row, type When } from './tree-change.ts'

/** Gives an organisation another name; its history keeps the old one. */
export async function renameOrganisation(
  pool: Pool,
  orgId: number,
  name: string,
  when: When,
  mayShareName = true,
): Promise<{ on: string }> {
  return transaction(pool, async (client) => {
    const [row] = await organisations(client, [orgId])
    if (!mayShareName) {
      const beside =
        'SELECT org_id AS "orgId", name FROM organisation WHERE parent_id IS NOT DISTINCT FROM $1 AND closed_on IS NULL AND org_id <> $2'
      refuseSharedName((await client.query(beside, [row!.parentId, orgId])).rows, name)
    }
    const on = await dated(client, when, row!.timeZone, row!.sinceOn)
    await client.query('UPDATE organisation SET name = $2 WHERE org_id = $1', [orgId, name])
    const change = { orgId, action: 'organisation.renamed', subject: `organisation:${orgId}`, details: { on } }
    await recordChange(client, when.now, [change])
    return { on }
  })
}

/** Puts an organisation below another committee, or at the top of a tree of its own. */
export async function moveOrganisation(
  pool: Pool,
  orgId: number,
  parentId: number | null,
  when: When,
): Promise<{ on: string; organisations: number }> {
  return transaction(pool, async (client) => {
    const [row, parent = null] = await organisations(client, parentId === null ? [orgId] : [orgId, parentId])
    if (parent?.kind === 'cell')
      throw new Refused(`Organisation ${parentId} is a cell: only a committee has organisations below it.`)
    if (parent?.path.startsWith(row!.path)) throw new Refused(`Organisation ${parentId} lies below ${orgId} itself.`)
    if (row!.parentId === parentId) throw new Refused('It stands there already.')
    const on = await dated(client, when, row!.timeZone, row!.sinceOn)
    const moved = await place(client, row!, parent)
    const details = { on, parentId, before: row!.parentId, organisations: moved }
    await recordChange(client, when.now, [
      { orgId, action: 'organisation.moved', subject: `organisation:${orgId}`, details },
    ])
    return { on, organisations: moved }
  })
}

/** What a merger, split or closing did, or would do. */
export interface TreeChange {
  isApplied: boolean
  on: string
  /** Of a split: the new organisation, known once it is applied. */
  id: number | null
  /** Put below another one, with everything beneath them. */
  organisations: number
  members: number
  /** Lines whose office ended: new ones come by codes. */
  officersEnded: number[]
  groups: number
  /** Meetings that were planned and will not be held. */
  meetings: number
}

const nothing = { id: null, organisations: 0, members: 0, officersEnded: [], groups: 0, meetings: 0 }

/** Thrown to undo what was only looked at. */
class OnlyLooked extends Error {}

/** Does all of it and takes it back unless it is to be applied: what is told beforehand is what will happen. */
async function tried(
  pool: Pool,
  isApplied: boolean,
  work: (client: PoolClient) => Promise<Omit<TreeChange, 'isApplied'>>,
): Promise<TreeChange> {
  let result: Omit<TreeChange, 'isApplied'> | undefined
  try {
    await transaction(pool, async (client) => {
      result = await work(client)
      if (!isApplied) throw new OnlyLooked()
    })
  } catch (error) {
    if (!(error instanceof OnlyLooked)) throw error
  }
  return { ...result!, isApplied, ...(isApplied ? {} : { id: null }) }
}

/** Ends what an organisation does from now on; its past stays. Groups go to `successor`, or are free again. */
async function end(client: PoolClient, orgId: number, successor: number | null, on: string, now: Date) {
  const { rowCount: groups } = await client.query(`UPDATE chat SET org_id = $2 WHERE org_id = $1 AND kind = 'group'`, [
    orgId,
    successor,
  ])
  const { rowCount: meetings } = await client.query(
    `UPDATE meeting SET state = 'cancelled', next_reminder_at = NULL, updated_at = $2 WHERE org_id = $1 AND state = 'planned' AND starts_at > $2`,
    [orgId, now],
  )
  await client.query('UPDATE meeting SET next_reminder_at = NULL WHERE org_id = $1', [orgId])
  if (successor !== null)
    await client.query(
      `UPDATE schedule SET org_id = $2, planned_until = NULL WHERE org_id = $1 AND NOT EXISTS (SELECT FROM schedule WHERE org_id = $2)`,
      [orgId, successor],
    )
  await client.query('DELETE FROM schedule WHERE org_id = $1', [orgId])
  await client.query('UPDATE code SET expires_at = $2 WHERE org_id = $1 AND used_at IS NULL AND expires_at > $2', [
    orgId,
    now,
  ])
  if (successor !== null)
    await client.query(
      `INSERT INTO notice (org_id, kind, waits_from) SELECT $2, kind, waits_from FROM notice WHERE org_id = $1 AND waits_from IS NOT NULL
        ON CONFLICT (org_id, kind) DO UPDATE SET waits_from = least(notice.waits_from, EXCLUDED.waits_from)`,
      [orgId, successor],
    )
  await client.query('DELETE FROM notice WHERE org_id = $1', [orgId])
  await client.query('UPDATE organisation SET closed_on = $2, merged_into = $3 WHERE org_id = $1', [
    orgId,
    on,
    successor,
  ])
  return { groups: groups ?? 0, meetings: meetings ?? 0 }
}

const entry = (orgId: number, action: string, details: Record<string, unknown>): OperatorChange => ({
  ...{ orgId, action, subject: `organisation:${orgId}`, details },
})

/**
 * Makes organisations part of another one of their kind: what lies below comes below that one, members come onto its
 * roster, groups are bound to it. Their own pledges of this year stay theirs and count below it.
 */
export async function mergeOrganisations(
  pool: Pool,
  { ids, into, isApplied }: { ids: readonly number[]; into: number; isApplied: boolean },
  when: When,
): Promise<TreeChange> {
  if (ids.includes(into)) throw new Refused('An organisation cannot become part of itself.')
  return tried(pool, isApplied, async (client) => {
    const [target, ...sources] = await organisations(client, [into, ...new Set(ids)])
    const sum = { ...nothing, officersEnded: [] as number[] }
    for (const source of sources) {
      if (source.kind !== target!.kind) throw new Refused(`${source.orgId} and ${into} are not of one kind.`)
      if (target!.path.startsWith(source.path)) throw new Refused(`${into} lies below ${source.orgId}: move it first.`)
    }
    const on = await dated(client, when, target!.timeZone, latest([target!, ...sources]))
    for (const { orgId } of sources) {
      const { rows: children } = await client.query<{ orgId: number; path: string; isClosed: boolean }>(
        `SELECT org_id AS "orgId", path, closed_on IS NOT NULL AS "isClosed" FROM organisation WHERE parent_id = $1 ORDER BY org_id`,
        [orgId],
      )
      let organisations = 0
      for (const child of children) organisations += await place(client, child, target!)
      const { moved, officersEnded } = await moveMembers(client, 'org_id = $1', [orgId], into, when.now)
      // Its place is read anew: it may itself have been put elsewhere by a merger before it in the list.
      const { rows } = await client.query<{ path: string }>('SELECT path FROM organisation WHERE org_id = $1', [orgId])
      await place(client, { orgId, path: rows[0]!.path }, target!)
      const ended = await end(client, orgId, into, on, when.now)
      sum.organisations += organisations
      sum.members += moved.length
      sum.officersEnded.push(...officersEnded)
      sum.groups += ended.groups
      sum.meetings += ended.meetings
      const details = { on, into, from: orgId, organisations, members: moved.length }
      await recordChange(client, when.now, [
        entry(orgId, 'organisation.merged', details),
        entry(into, 'organisation.enlarged', details),
      ])
    }
    return { ...sum, on }
  })
}

/** Founds an organisation beside another one with part of its members (of a cell) or of what lies below (of a committee). */
export async function splitOrganisation(
  pool: Pool,
  wanted: {
    orgId: number
    name: string
    memberIds: readonly number[]
    childIds: readonly number[]
    isApplied: boolean
  },
  when: When,
): Promise<TreeChange> {
  const { orgId, name, memberIds, childIds, isApplied } = wanted
  return tried(pool, isApplied, async (client) => {
    const [row, ...children] = await organisations(client, [orgId, ...new Set(childIds)])
    if (row!.kind === 'cell' && (childIds.length > 0 || memberIds.length === 0))
      throw new Refused('Of a cell, name the members who go to the new one.')
    if (row!.kind === 'committee' && (memberIds.length > 0 || childIds.length === 0))
      throw new Refused('Of a committee, name the organisations directly below that go to the new one.')
    const stranger = children.find((child) => child.parentId !== orgId)
    if (stranger) throw new Refused(`Organisation ${stranger.orgId} is not directly below ${orgId}.`)
    const on = await dated(client, when, row!.timeZone, latest([row!, ...children]))
    const { rows } = await client.query<Row>(
      `INSERT INTO organisation (org_id, parent_id, kind, name, path, time_zone, lead_minutes, quiet_from, quiet_to, group_sees_names)
       SELECT id, o.parent_id, o.kind, $2, substr(o.path, 1, length(o.path) - length(o.org_id::text) - 1) || id || '/', o.time_zone,
         o.lead_minutes, o.quiet_from, o.quiet_to, o.group_sees_names
       FROM organisation o CROSS JOIN nextval(pg_get_serial_sequence('organisation', 'org_id')) AS id WHERE o.org_id = $1
       RETURNING org_id AS "orgId", path`,
      [orgId, name],
    )
    const made = rows[0]!
    let organisationsMoved = 0
    for (const child of children) organisationsMoved += await place(client, child, made)
    const where = 'org_id = $1 AND member_id = ANY($2)'
    const { moved, officersEnded } = await moveMembers(client, where, [orgId, memberIds], made.orgId, when.now)
    if (moved.length !== new Set(memberIds).size) throw new Refused(`Not all of them are on the roster of ${orgId}.`)
    const details = { on, from: orgId, to: made.orgId, organisations: organisationsMoved, members: moved.length }
    await recordChange(client, when.now, [
      entry(orgId, 'organisation.split', details),
      entry(made.orgId, 'organisation.added', { kind: row!.kind, parentId: row!.parentId, ...details }),
    ])
    const sum = { ...nothing, organisations: organisationsMoved, members: moved.length, officersEnded }
    return { ...sum, id: made.orgId, on }
  })
}

/** Ends an organisation that nobody belongs to any more. */
export async function closeOrganisation(pool: Pool, orgId: number, when: When): Promise<TreeChange> {
  return tried(pool, true, async (client) => {
    const [row] = await organisations(client, [orgId])
    const { rows } = await client.query<{ members: number; below: number }>(
      `SELECT (SELECT count(*)::int FROM member WHERE org_id = $1 AND status <> 'left') AS members,
         (SELECT count(*)::int FROM organisation WHERE parent_id = $1 AND closed_on IS NULL) AS below`,
      [orgId],
    )
    const { members, below } = rows[0]!
    if (members > 0) throw new Refused(`${members} members are on its roster: transfer them, or set them to "left".`)
    if (below > 0) throw new Refused(`${below} organisations lie below it: move, merge or close them first.`)
    const on = await dated(client, when, row!.timeZone, row!.sinceOn)
    const ended = await end(client, orgId, null, on, when.now)
    await recordChange(client, when.now, [entry(orgId, 'organisation.closed', { on })])
    return { ...nothing, ...ended, on }
  })
}

/** Moves members to the roster of another cell. Their pledges come along and their past stays where it was. */
export async function transferMembers(
  pool: Pool,
  { memberIds, to }: { memberIds: readonly number[]; to: number },
  when: When,
): Promise<{ on: string; members: number; officersEnded: number[] }> {
  return transaction(pool, async (client) => {
    const ids = [...new Set(memberIds)]
    // Before it is read where they are: nobody else transfers them meanwhile.
    await holdTree(client)
    const { rows } = await client.query<{
      memberId: number
      orgId: number
      status: string
      isErased: boolean
      sinceOn: string
    }>(
      `SELECT m.member_id AS "memberId", m.org_id AS "orgId", m.status, m.erased_at IS NOT NULL AS "isErased", h.from_on AS "sinceOn"
        FROM member m JOIN membership_history h ON h.member_id = m.member_id AND h.until_on IS NULL WHERE m.member_id = ANY($1)`,
      [ids],
    )
    const [target] = await organisations(client, [to, ...new Set(rows.map((row) => row.orgId))])
    for (const id of ids) {
      const row = rows.find((each) => each.memberId === id)
      if (!row || row.isErased) throw new Refused(`There is no member ${id}.`)
      if (row.status === 'left') throw new Refused(`Member ${id} has left; set the status first.`)
      if (row.orgId === to) throw new Refused(`Member ${id} is on that roster already.`)
    }
    if (target!.kind !== 'cell') throw new Refused(`Organisation ${to} is a committee: members belong to cells.`)
    const on = await dated(client, when, target!.timeZone, latest(rows))
    const { moved, officersEnded } = await moveMembers(client, 'member_id = ANY($1)', [ids], to, when.now)
    await recordChange(
      client,
      when.now,
      moved.flatMap(({ memberId, from }) =>
        [from, to].map((orgId) => ({
          ...{ orgId, action: 'member.transferred', subject: `member:${memberId}`, details: { on, from, to } },
        })),
      ),
    )
    return { on, members: moved.length, officersEnded }
  })
}
