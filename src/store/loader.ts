/** What a loader of slices works with. */
import type { ClientBase, QueryResultRow } from 'pg'
import type { CampaignDefaults } from '../domain/campaign.ts'
import type { RecordName, Records } from '../domain/records.ts'
import type { Slices, World } from '../engine/world.ts'
import type { Hold } from './hold.ts'

export type Args<K extends keyof Slices> = readonly Slices[K][]

export interface LoadContext {
  client: ClientBase
  world: World
  campaignDefaults: readonly CampaignDefaults[]
  /** Today by the program's clock, 'YYYY-MM-DD'. */
  today(): string
  /** The program's clock. */
  now(): Date
  /** Organisations that the transaction holds. */
  hold: Hold
}

/** Loads every slice of its kind that is asked for, with one statement, and marks it as loaded. */
export type Loaders<K extends keyof Slices> = { [P in K]: (context: LoadContext, of: Args<P>) => Promise<void> }

/** Runs a statement that gives rows of a record and hands them to the world. */
export async function learnAll<K extends RecordName>(
  context: LoadContext,
  record: K,
  sql: string,
  values: unknown[],
  name: string,
): Promise<Records[K][]> {
  const { rows } = await context.client.query<QueryResultRow>({ name: `load-${name}`, text: sql, values })
  for (const row of rows) context.world.learn(record, row as Records[K])
  return rows as Records[K][]
}
