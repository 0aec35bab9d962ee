/** Imports a roster file: all of it in one transaction, or nothing where anything is wrong with it. */
import type { ClientBase, Pool } from 'pg'
import { dateOf } from '../domain/calendar.ts'
import {
  planRoster,
  type RosterFault,
  type RosterLine,
  type RosterPlan,
  type RosterSpelling,
  readRoster,
} from '../domain/roster-file.ts'
import { fold, hasMarks, spellingOf, toStored } from '../language/normalise.ts'
import { Refused, recordChange } from './admin.ts'
import { setEffectiveOn } from './effective-on.ts'
import { transaction } from './pool.ts'
import { readTable } from './roster-file.ts'

const spelling: RosterSpelling = {
  // A cell of a workbook may hold any kind of space; two spellings of one name must not differ in them.
  stored: (text) => toStored(text.normalize('NFC')).replaceAll('\t', ' '),
  fold: (text) => fold(text).replace(/ +/g, ' ').trim(),
  hasMarks,
  // Letters with their quality and the word's tone: hòa and hoà are one word, hoa and hòa are two.
  nameKey: (name) =>
    name
      .trim()
      .split(/\s+/)
      .map((word) => spellingOf(word))
      .map(({ plain, tone }) => `${plain}${tone}`)
      .join(' '),
}

export interface ImportResult {
  /** Lines below the header. */
  rows: number
  faults: RosterFault[]
  /** What was written, or would be without faults. */
  added: number
  changed: number
  unchanged: number
  notInFile: number
  applied: boolean
}

/**
 * Reads the file against the roster of the organisation; with `apply` and without faults, writes it.
 *
 * @throws {Refused} where there is no such organisation; the system's error where the file cannot be opened
 */
export async function importRoster(
  pool: Pool,
  file: string,
  { orgId, apply, now }: { orgId: number; apply: boolean; now: Date },
): Promise<ImportResult> {
  const reading = await readTable(file)
  return transaction(pool, async (client) => {
    // Locked as conversations lock it: nobody changes the roster between the look and the writing.
    const { rows: found } = await client.query(
      'SELECT kind, time_zone, closed_on FROM organisation WHERE org_id = $1 FOR NO KEY UPDATE',
      [orgId],
    )
    if (!found[0]) throw new Refused(`There is no organisation ${orgId}.`)
    if (found[0].closed_on !== null) throw new Refused(`Organisation ${orgId} is no more since ${found[0].closed_on}.`)
    await setEffectiveOn(client, dateOf(now, found[0].time_zone))
    const empty = { added: 0, changed: 0, unchanged: 0, notInFile: 0, applied: false }
    if ('fault' in reading) return { rows: 0, faults: [reading.fault], ...empty }
    const roster = readRoster(reading.table, found[0].kind, spelling)
    const plan = planRoster(roster, await linesOf(client, orgId), spelling)
    const faults = [...roster.faults, ...plan.faults].sort((a, b) => a.row - b.row)
    const isWritten = apply && faults.length === 0
    if (isWritten) await write(client, orgId, plan, now)
    const { added, changed, unchanged, notInFile } = plan
    return {
      ...{ rows: roster.rows, faults, unchanged, notInFile, applied: isWritten },
      ...{ added: added.length, changed: changed.length },
    }
  })
}

async function linesOf(client: ClientBase, orgId: number): Promise<RosterLine[]> {
  const { rows } = await client.query(
    `SELECT member_id AS "memberId", display_name AS name, role, status FROM member
      WHERE org_id = $1 AND display_name IS NOT NULL ORDER BY member_id`,
    [orgId],
  )
  return rows as RosterLine[]
}

async function write(client: ClientBase, orgId: number, plan: RosterPlan, now: Date): Promise<void> {
  const withFolded = <T extends { name: string }>(lines: readonly T[]) =>
    lines.map((line) => ({ ...line, folded: fold(line.name) }))
  const { rows: added } = await client.query(
    `INSERT INTO member (org_id, display_name, folded_name, role, status)
      SELECT $1, name, folded, role, status FROM jsonb_to_recordset($2::jsonb) AS r(name text, folded text, role text, status text)
      RETURNING member_id AS "memberId", role, status`,
    [orgId, JSON.stringify(withFolded(plan.added))],
  )
  await client.query(
    `UPDATE member m SET display_name = r.name, folded_name = r.folded, role = r.role, status = r.status
      FROM jsonb_to_recordset($1::jsonb) AS r("memberId" int, name text, folded text, role text, status text)
      WHERE m.member_id = r."memberId"`,
    [JSON.stringify(withFolded(plan.changed))],
  )
  await recordChange(client, now, [
    ...(added as RosterLine[]).map(({ memberId, role, status }) => ({
      ...{ orgId, action: 'member.added', subject: `member:${memberId}`, details: { role, status } },
    })),
    ...plan.changed.map(({ memberId, role, status, before }) => ({
      ...{ orgId, action: 'member.changed', subject: `member:${memberId}`, details: { role, status, before } },
    })),
    {
      orgId,
      action: 'roster.imported',
      subject: `organisation:${orgId}`,
      details: { added: added.length, changed: plan.changed.length, unchanged: plan.unchanged },
    },
  ])
}
