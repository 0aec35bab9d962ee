/** Loads what answers need, one statement per kind of slice for all events of a batch. */
import type { Need, Slices } from '../engine/world.ts'
import { columnsOf } from './columns.ts'
import { auditLoaders } from './load-audit.ts'
import { closingLoaders } from './load-closings.ts'
import { meetingLoaders } from './load-meetings.ts'
import { peopleLoaders } from './load-people.ts'
import { pledgeLoaders } from './load-pledges.ts'
import { requestLoaders } from './load-requests.ts'
import type { LoadContext, Loaders } from './loader.ts'
import { together } from './pool.ts'

export type { LoadContext }

const loaders: Loaders<keyof Slices> = {
  ...peopleLoaders,
  ...pledgeLoaders,
  ...meetingLoaders,
  ...requestLoaders,
  ...closingLoaders,
  ...auditLoaders,
  async ids(context, of) {
    for (const { record, count } of of) {
      const { rows } = await context.client.query(
        `SELECT nextval(pg_get_serial_sequence($1, $2))::int AS id FROM generate_series(1, $3)`,
        [columnsOf[record].table, columnsOf[record].key[0], count],
      )
      context.world.giveIds(
        record,
        rows.map((row) => row.id as number),
      )
    }
  },
}

/** Slices that others rely on come first; the rest are loaded together. */
const first: readonly (keyof Slices)[] = ['base', 'organisation', 'code']

export async function loadNeeds(context: LoadContext, needs: readonly Need[]): Promise<void> {
  const bySlice = new Map<keyof Slices, Map<string, unknown>>()
  for (const need of needs) {
    const list = bySlice.get(need.slice) ?? new Map<string, unknown>()
    list.set(JSON.stringify(need.of), need.of)
    bySlice.set(need.slice, list)
  }
  const load = (slice: keyof Slices) => {
    const of = [...(bySlice.get(slice)?.values() ?? [])]
    bySlice.delete(slice)
    return (loaders[slice] as (context: LoadContext, of: unknown[]) => Promise<void>)(context, of)
  }
  for (const slice of first) if (bySlice.has(slice)) await load(slice)
  await together([...bySlice.keys()].map(load))
}
