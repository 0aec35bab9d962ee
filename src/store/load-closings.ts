/** Loads closings of the books, what would be frozen now, and what was written of periods. */
import { closingsOf, frozenLinesOf, frozenNow, placesOf } from './closings.ts'
import { selectList } from './columns.ts'
import { loadOrganisations } from './load-people.ts'
import { type Loaders, learnAll } from './loader.ts'

export const closingLoaders: Loaders<'closings' | 'freezing' | 'frozenLines' | 'reviews' | 'told'> = {
  async closings(context, of) {
    const rows = await closingsOf(
      context.client,
      of.map((each) => each.orgId),
    )
    const wanted = new Set(of.map(({ orgId, period }) => `${orgId}:${period}`))
    for (const row of rows) if (wanted.has(`${row.orgId}:${row.period}`)) context.world.learn('closing', row)
    for (const each of of) context.world.markLoaded({ slice: 'closings', of: each })
  },
  async freezing(context, of) {
    for (const each of of) {
      context.hold.need(await placesOf(context.client, each.orgId, each.below))
      const closings = await frozenNow(context.client, each, context.now(), context.campaignDefaults)
      await loadOrganisations(
        context,
        closings.map((closing) => closing.orgId),
      )
      context.world.markLoaded({ slice: 'freezing', of: each }, closings)
    }
  },
  async frozenLines(context, of) {
    const lines = await frozenLinesOf(context.client, of)
    for (const each of of)
      context.world.markLoaded(
        { slice: 'frozenLines', of: each },
        lines.filter((line) => line.memberId === each),
      )
  },
  async reviews(context, of) {
    await learnAll(
      context,
      'review',
      `SELECT ${selectList('review')} FROM review WHERE org_id = ANY($1)`,
      [of],
      'reviews',
    )
    for (const each of of) context.world.markLoaded({ slice: 'reviews', of: each })
  },
  async told(context, of) {
    await learnAll(
      context,
      'told',
      `SELECT ${selectList('told', 't')} FROM jsonb_to_recordset($1::jsonb) AS k("orgId" int, what text)
       JOIN told t ON t.org_id = k."orgId" AND t.what = k.what`,
      [JSON.stringify(of)],
      'told',
    )
    for (const each of of) context.world.markLoaded({ slice: 'told', of: each })
  },
}
