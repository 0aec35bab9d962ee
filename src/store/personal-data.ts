/**
 * What is kept about a person beyond what conversations read anyway, for whoever asks to see or take along their data; and the
 * list of every column that points at a person, with how each is reached. A test holds the list to the database's catalogue.
 */
import type { ClientBase } from 'pg'
import type { PersonalRecords } from '../dialogue/facts.ts'

/**
 * `shown`: told by `data.show` and in the export. `exported`: in the export. `act`: something the person did for the cell, which
 * the export counts; on erasure the number of a line without a name stays. `account`: goes with the account on erasure.
 */
export const personalColumns: Readonly<Record<string, 'shown' | 'exported' | 'act' | 'account'>> = {
  'member.member_id': 'shown',
  'member.display_name': 'shown',
  'member.folded_name': 'shown',
  'membership_history.member_id': 'shown',
  'deed.subject_id': 'shown',
  'deed_history.subject_id': 'exported',
  'deed_progress.subject_id': 'exported',
  'deed_rating.subject_id': 'exported',
  'deed.in_charge_id': 'exported',
  'commendation.member_id': 'exported',
  'attendance.member_id': 'shown',
  'minutes_item.in_charge_id': 'exported',
  'nudge.member_id': 'exported',
  'code.member_id': 'exported',
  'data_request.member_id': 'shown',
  'data_request.account_id': 'shown',
  'account.account_id': 'shown',
  'account.external_id': 'account',
  'account.private_chat_id': 'account',
  'account_member.account_id': 'exported',
  'account_member.member_id': 'exported',
  'consent.account_id': 'exported',
  'dialogue.account_id': 'account',
  'audit_entry.actor_id': 'act',
  'account_member.confirmed_by': 'act',
  'deed.decided_by': 'act',
  'deed.rated_by': 'act',
  'deed_history.changed_by': 'act',
  'deed_progress.by_member': 'act',
  'deed_rating.by_member': 'act',
  'commendation.by_member': 'act',
  'attendance.answered_by': 'act',
  'minutes_item.by_member': 'act',
  'closing.closed_by': 'act',
  'closing.reopened_by': 'act',
  'review.by_member': 'act',
}

const acts = Object.entries(personalColumns)
  .filter(([column, how]) => how === 'act' && column !== 'audit_entry.actor_id')
  .map(([column]) => column.split('.') as [table: string, column: string])

const list = (select: string) => `coalesce((SELECT jsonb_agg(r) FROM (${select}) r), '[]')`

/** Everything of the kinds above, of the lines $1 of rosters and the accounts $2. Instants are ISO 8601. */
const recordsSql = `SELECT
  ${list(`SELECT o.name AS organisation, h.status, nullif(h.from_on, '0001-01-01') AS "fromOn", h.until_on AS "untilOn" FROM membership_history h
    JOIN organisation o USING (org_id) WHERE h.member_id = ANY($1) ORDER BY h.from_on`)} AS "membershipHistory",
  ${list(`SELECT version, given, at FROM consent WHERE account_id = ANY($2) ORDER BY consent_id`)} AS consents,
  ${list(`SELECT a.platform, l.state, l.linked_at AS "linkedAt" FROM account_member l JOIN account a USING (account_id)
    WHERE l.member_id = ANY($1) OR l.account_id = ANY($2) ORDER BY l.linked_at`)} AS links,
  ${list(`SELECT year, number, version, content, due_on AS "dueOn", state, changed_at AS "changedAt" FROM deed_history
    WHERE subject_kind = 'individual' AND subject_id = ANY($1) ORDER BY year, number, version`)} AS "earlierWords",
  ${list(`SELECT d.year, d.number, o.name AS organisation FROM deed d JOIN organisation o USING (org_id) WHERE d.in_charge_id = ANY($1) ORDER BY 1, 2`)} AS "inCharge",
  ${list(`SELECT year, kind, number, title, result, period FROM commendation WHERE member_id = ANY($1) ORDER BY commendation_id`)} AS praise,
  ${list(`SELECT t.occurrence, t.number, t.content, t.due_on AS "dueOn", o.name AS organisation FROM minutes_item t JOIN organisation o USING (org_id)
    WHERE t.in_charge_id = ANY($1) ORDER BY t.occurrence, t.number`)} AS tasks,
  ${list(`SELECT about, at FROM nudge WHERE member_id = ANY($1) ORDER BY at`)} AS reminders,
  ${list(`SELECT purpose, created_at AS "madeAt", used_at AS "usedAt" FROM code WHERE member_id = ANY($1) ORDER BY created_at`)} AS codes,
  ${list(`SELECT DISTINCT year FROM deed WHERE subject_kind = 'individual' AND subject_id = ANY($1) ORDER BY year`)} AS years,
  ${list(`SELECT at, action FROM audit_entry WHERE subject = ANY(SELECT 'member:' || m FROM unnest($1::int[]) m) ORDER BY audit_id DESC LIMIT 500`)} AS log,
  jsonb_build_object(${acts.map(([table, column]) => `'${table}.${column}', (SELECT count(*) FROM ${table} WHERE ${column} = ANY($1))`).join(', ')}) AS acts`

export async function personalRecords(
  client: Pick<ClientBase, 'query'>,
  memberIds: readonly number[],
  accountIds: readonly number[],
): Promise<PersonalRecords> {
  const { rows } = await client.query({ text: recordsSql, values: [memberIds, accountIds] })
  const { years, ...records } = rows[0]
  return { ...records, years: (years as { year: number }[]).map(({ year }) => year) }
}
