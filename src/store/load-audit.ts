/** Loads the end of the log's chain, for whoever prints figures, and the looks at names that the log holds. */
import { headInPassing } from './audit-seal.ts'
import type { Loaders } from './loader.ts'

/** Every look at names that is logged; its subject is the organisation whose names were shown. */
const looks = ['summary.namesSeen', 'missing.namesSeen', 'praise.namesSeen']

/**
 * Looks at names of an organisation on days on which one of the lines $1 stood on its roster, by others than these lines. `member` tells
 * that a look was at one member alone. Asked for seldom, by one person at a time: read over the log of their organisations.
 */
const looksSql = `
  WITH look AS (
    SELECT DISTINCT a.audit_id, a.at, a.org_id, (a.details->>'by')::int AS by_member
    FROM membership_history h JOIN organisation o USING (org_id) JOIN audit_entry a ON a.org_id = h.org_id
    WHERE h.member_id = ANY($1) AND h.status <> 'left' AND a.action = ANY($2) AND a.subject = 'organisation:' || h.org_id
      AND (a.at AT TIME ZONE o.time_zone)::date >= h.from_on
      AND (h.until_on IS NULL OR (a.at AT TIME ZONE o.time_zone)::date < h.until_on)
      AND ((a.details->>'member') IS NULL OR (a.details->>'member')::int = h.member_id)
      AND (a.details->>'by')::int <> ALL($1)
  )
  SELECT l.at, coalesce(b.name, '') AS "byName", m.org_id IS NOT DISTINCT FROM l.org_id AS "isOwn", (count(*) OVER ())::int AS total
  FROM look l LEFT JOIN member m ON m.member_id = l.by_member LEFT JOIN organisation b ON b.org_id = m.org_id
  ORDER BY l.at DESC, l.audit_id DESC LIMIT 10`

export const auditLoaders: Loaders<'auditHead' | 'looks'> = {
  async auditHead(context, of) {
    for (const orgId of of)
      context.world.markLoaded(
        { slice: 'auditHead', of: orgId },
        await headInPassing(context.client, orgId, context.now()),
      )
  },
  async looks(context, of) {
    for (const each of of) {
      const ids = each.split(',').filter(Boolean).map(Number)
      const { rows } = await context.client.query({ text: looksSql, values: [ids, looks] })
      const newest = rows.map(({ at, byName, isOwn }) => ({ at, byName, isOwn }))
      context.world.markLoaded({ slice: 'looks', of: each }, { total: rows[0]?.total ?? 0, newest })
    }
  },
}
