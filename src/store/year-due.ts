/** Which days of campaigns and which ends of periods are due, and when the next one will be. */
import type { Pool } from 'pg'
import type { DueCampaign, DuePeriod } from '../engine/year-notices.ts'
import { noticeHour, tellPeriodForDays } from '../engine/year-notices.ts'

/** The campaign in force for `o` in the year of `x`: its own, or the nearest above. */
const inForce = `LATERAL (
    SELECT c.opens_on, c.closes_on, coalesce(c.lead_days, '{14,7,3,1,0}') AS lead_days, c.opened_at
    FROM LATERAL (SELECT string_to_array(trim(both '/' from o.path), '/')::int[] AS ids) p JOIN campaign c ON c.org_id = ANY(p.ids) AND c.year = x.year
    ORDER BY array_position(p.ids, c.org_id) DESC LIMIT 1
  ) c`

/**
 * Open cells whose latest day of an opened campaign has come and was not told yet, while registration lasts. A first day is told
 * once, also where it is moved afterwards; a day of reminding that a new last day puts before the change is none.
 */
export async function dueCampaigns(pool: Pool, now: Date, limit: number): Promise<DueCampaign[]> {
  const { rows } = await pool.query<DueCampaign>(
    `SELECT DISTINCT o.org_id AS "orgId", x.year, d.day::text AS day
     FROM campaign x JOIN organisation top ON top.org_id = x.org_id
       JOIN organisation o ON starts_with(o.path, top.path) AND o.kind = 'cell' AND o.closed_on IS NULL,
       ${inForce}, LATERAL (SELECT $1::timestamptz AT TIME ZONE o.time_zone AS at) l,
       LATERAL (
         SELECT max(e.day) AS day FROM (
           SELECT c.opens_on AS day WHERE NOT EXISTS (
             SELECT FROM told b WHERE b.org_id = o.org_id AND b.what = 'campaign:' || x.year || ':open')
           UNION SELECT c.closes_on - n FROM unnest(c.lead_days) n
           WHERE (c.closes_on - n + make_interval(hours => $2)) AT TIME ZONE o.time_zone >= coalesce(c.opened_at, x.opened_at)
         ) e WHERE e.day >= c.opens_on AND e.day + make_interval(hours => $2) <= l.at
       ) d
     WHERE x.opened_at IS NOT NULL AND x.year >= extract(year FROM l.at) AND l.at::date <= c.closes_on AND d.day IS NOT NULL
       AND NOT EXISTS (SELECT FROM told t WHERE t.org_id = o.org_id AND t.what = 'campaign:' || x.year || ':' || d.day)
     ORDER BY 1 LIMIT $3`,
    [now, noticeHour, limit],
  )
  return rows
}

/**
 * Half years and years that ended in the last days and are not closed, of organisations where something was noted in them.
 * The second half ends with the year and is told of with it.
 */
export async function duePeriods(pool: Pool, now: Date, limit: number): Promise<DuePeriod[]> {
  const { rows } = await pool.query<DuePeriod>(
    `SELECT o.org_id AS "orgId", p.period FROM organisation o,
       LATERAL (SELECT $1::timestamptz AT TIME ZONE o.time_zone - make_interval(hours => $2) AS at) l,
       LATERAL (SELECT CASE extract(month FROM l.at)
         WHEN 7 THEN to_char(l.at, 'YYYY') || '-H1' WHEN 1 THEN to_char(l.at - interval '1 year', 'YYYY') END AS period) p,
       LATERAL (SELECT left(p.period, 4)::int AS year) y
     WHERE extract(month FROM l.at) IN (1, 7) AND extract(day FROM l.at) <= $3 AND o.closed_on IS NULL
       AND NOT (p.period = ANY(coalesce(o.closed_periods, '{}')))
       AND NOT EXISTS (SELECT FROM told t WHERE t.org_id = o.org_id AND t.what = 'period:' || p.period)
       AND (EXISTS (SELECT FROM subtree_count c WHERE c.org_id = o.org_id AND c.year = y.year)
         OR EXISTS (SELECT FROM subtree_delta c WHERE c.org_id = o.org_id AND c.year = y.year)
         OR EXISTS (SELECT FROM meeting m WHERE m.org_id = o.org_id AND left(m.occurrence, 4) = left(p.period, 4)))
     ORDER BY 1 LIMIT $4`,
    [now, noticeHour, tellPeriodForDays, limit],
  )
  return rows
}

/** The next instant at which a day of an opened campaign or the end of a period is told. */
export async function nextYearNotice(pool: Pool, after: Date): Promise<Date | null> {
  const { rows } = await pool.query<{ at: Date | null }>(
    `SELECT least(
       (SELECT min(t.at) FROM campaign c JOIN organisation o USING (org_id),
          LATERAL (SELECT c.opens_on AS day UNION SELECT c.closes_on - n FROM unnest(coalesce(c.lead_days, '{14,7,3,1,0}')) n) e,
          LATERAL (SELECT (e.day + make_interval(hours => $2)) AT TIME ZONE o.time_zone AS at) t
        WHERE c.year IN (SELECT year FROM campaign WHERE opened_at IS NOT NULL) AND t.at > $1),
       (SELECT min(t.at) FROM (SELECT DISTINCT time_zone FROM organisation) o, generate_series(0, 2) AS half,
          LATERAL (SELECT (date_trunc('year', $1::timestamptz AT TIME ZONE o.time_zone)
            + make_interval(months => 6 * half, hours => $2)) AT TIME ZONE o.time_zone AS at) t WHERE t.at > $1)
     ) AS at`,
    [after, noticeHour],
  )
  return rows[0]?.at ?? null
}
