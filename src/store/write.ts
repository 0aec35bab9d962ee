/** Writes changed rows: per table one statement for all that were put and one for all that were removed. */
import type { ClientBase } from 'pg'
import type { Change } from '../dialogue/effects.ts'
import type { RecordName } from '../domain/records.ts'
import { columnsOf } from './columns.ts'
import { setEffectiveOn } from './effective-on.ts'
import { together } from './pool.ts'

/** Parents before children, so that foreign keys hold; removal goes the other way. */
const order: readonly RecordName[] = [
  'organisation',
  'member',
  'chat',
  'chatAlias',
  'account',
  'consent',
  'accountMember',
  'code',
  'campaign',
  'deed',
  'deedHistory',
  'deedProgress',
  'deedRating',
  'progressRound',
  'commendation',
  'nudge',
  'notice',
  'schedule',
  'meeting',
  'meetingSetting',
  'attendance',
  'minutes',
  'minutesItem',
  'theme',
  'dataRequest',
  'closing',
  'review',
  'told',
  'dialogue',
]

interface Statements {
  put: string
  remove: string
  /** Properties that a removal needs. */
  key: string[]
}

const statements = Object.fromEntries(
  Object.entries(columnsOf).map(([record, { table, key, columns, kept = [] }]): [string, Statements] => {
    const fields = Object.entries(columns).filter(([property]) => !kept.includes(property))
    const list = fields.map(([, [column]]) => column).join(', ')
    const typed = fields.map(([property, [, type]]) => `"${property}" ${type}`).join(', ')
    const from = fields.map(([property]) => `"${property}"`).join(', ')
    const set = fields
      .filter(([, [column]]) => !key.includes(column))
      .map(([, [column]]) => `${column} = EXCLUDED.${column}`)
    const onConflict = set.length > 0 ? `DO UPDATE SET ${set.join(', ')}` : 'DO NOTHING'
    const keyFields = fields.filter(([, [column]]) => key.includes(column))
    return [
      record,
      {
        put: `INSERT INTO ${table} (${list}) SELECT ${from} FROM jsonb_to_recordset($1::jsonb) AS r(${typed})
          ON CONFLICT (${key.join(', ')}) ${onConflict}`,
        remove: `DELETE FROM ${table} t USING jsonb_to_recordset($1::jsonb) AS r(${keyFields
          .map(([property, [, type]]) => `"${property}" ${type}`)
          .join(
            ', ',
          )}) WHERE ${keyFields.map(([property, [column]]) => `t.${column} = r."${property}"`).join(' AND ')}`,
        key: keyFields.map(([property]) => property),
      },
    ]
  }),
) as Record<RecordName, Statements>

/** As JSON without what is null: a missing property is null to PostgreSQL as well, and the words cost it a third of its time. */
function withoutNulls(rows: readonly object[]): string {
  const lean = rows.map((row) => {
    const kept: Record<string, unknown> = {}
    for (const [property, value] of Object.entries(row)) if (value !== null) kept[property] = value
    return kept
  })
  return JSON.stringify(lean)
}

/**
 * Rows by record; the changes hold each row once, so their order within a table does not matter. `today` is the day from which
 * the histories of the tree and of rosters have them.
 */
export async function writeChanges(client: ClientBase, changes: readonly Change[], today: string): Promise<void> {
  if (changes.length === 0) return
  const puts = new Map<RecordName, object[]>()
  const removes = new Map<RecordName, object[]>()
  for (const change of changes) {
    const [rows, record] = 'put' in change ? [puts, change.put] : [removes, change.remove]
    const list = rows.get(record)
    if (list) list.push(change.row)
    else rows.set(record, [change.row])
  }
  const writes: Promise<unknown>[] = []
  if (puts.has('member') || puts.has('organisation')) writes.push(setEffectiveOn(client, today))
  const write = (name: string, text: string, json: string) => writes.push(client.query({ name, text, values: [json] }))
  // Removals first where a put may take over a unique place (a chat's alias), children before parents.
  for (const record of [...order].reverse()) {
    const rows = removes.get(record)
    if (rows) write(`remove-${record}`, statements[record].remove, JSON.stringify(rows, statements[record].key))
  }
  for (const record of order) {
    const rows = puts.get(record)
    if (rows) write(`put-${record}`, statements[record].put, withoutNulls(rows))
  }
  await together(writes)
}
