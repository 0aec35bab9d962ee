/** Loads what people asked about their own data. */
import { selectList } from './columns.ts'
import { type Loaders, learnAll } from './loader.ts'
import { personalRecords } from './personal-data.ts'

export const requestLoaders: Loaders<'dataRequest' | 'requestsOf' | 'personalRecords'> = {
  // Asked for seldom, by one person at a time.
  async personalRecords(context, of) {
    for (const each of of) {
      const ids = each.memberIds.split(',').filter(Boolean).map(Number)
      context.world.markLoaded(
        { slice: 'personalRecords', of: each },
        await personalRecords(context.client, ids, [each.accountId]),
      )
    }
  },
  async dataRequest(context, of) {
    // Locked: the operator may be closing it.
    await learnAll(
      context,
      'dataRequest',
      `SELECT ${selectList('dataRequest')} FROM data_request WHERE data_request_id = ANY($1) FOR NO KEY UPDATE`,
      [of],
      'data-requests',
    )
    for (const each of of) context.world.markLoaded({ slice: 'dataRequest', of: each })
  },
  async requestsOf(context, of) {
    await learnAll(
      context,
      'dataRequest',
      `SELECT ${selectList('dataRequest')} FROM data_request WHERE member_id = ANY($1)`,
      [of],
      'requests-of',
    )
    for (const each of of) context.world.markLoaded({ slice: 'requestsOf', of: each })
  },
}
