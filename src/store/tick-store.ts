/** What is due, asked set-based; rows are read again under the transaction that acts on them. */
import type { Pool } from 'pg'
import { askAgainAfterDays, askAgainUntilDays, progressHour } from '../engine/progress-round.ts'
import type { HandleStore } from '../engine/store-port.ts'
import { reviewPauseHours, reviewWaitMinutes, type TickStore } from '../engine/tick.ts'
import { servedBy } from './admin-checks.ts'
import { createSealer } from './audit-seal.ts'
import { createBreachStore } from './breaches.ts'
import { selectList } from './columns.ts'
import { dueCampaigns, duePeriods, nextYearNotice } from './year-due.ts'

/**
 * @param morningAfter the end of the quiet hours that `at` lies in or before: what waited for the morning is looked at then.
 */
export function createTickStore(
  pool: Pool,
  handle: Pick<HandleStore, 'within'>,
  morningAfter: (at: Date) => Date,
): TickStore {
  const rowsOf = async (text: string, values: unknown[]) => (await pool.query(text, values)).rows
  const sealer = createSealer(pool)
  return {
    within: handle.within,
    ...createBreachStore(pool),
    unplanned: (month, limit) =>
      rowsOf(
        `SELECT ${selectList('schedule')} FROM schedule WHERE planned_until IS NULL OR planned_until < $1 ORDER BY org_id LIMIT $2`,
        [month, limit],
      ),
    dueMeetings: (now, limit) =>
      rowsOf(
        `SELECT org_id AS "orgId", occurrence FROM meeting WHERE next_reminder_at <= $1 AND state = 'planned' ORDER BY next_reminder_at LIMIT $2`,
        [now, limit],
      ),
    unannounced: (now, limit) =>
      rowsOf(
        `SELECT org_id AS "orgId", occurrence FROM meeting WHERE notice_at <= $1 AND state = 'planned' ORDER BY notice_at LIMIT $2`,
        [now, limit],
      ),
    unchecked: (now, limit) =>
      rowsOf(
        `SELECT org_id AS "orgId", occurrence FROM meeting WHERE check_at <= $1 AND state = 'planned' ORDER BY check_at LIMIT $2`,
        [now, limit],
      ),
    dueNotices: (now, limit) =>
      rowsOf(
        `SELECT ${selectList('notice')} FROM notice WHERE waits_from <= $1::timestamptz - $2 * interval '1 minute'
          AND (last_at IS NULL OR last_at <= $1::timestamptz - $3 * interval '1 hour') ORDER BY waits_from LIMIT $4`,
        [now, reviewWaitMinutes, reviewPauseHours, limit],
      ),
    dueProgress: (now, limit) =>
      rowsOf(
        `SELECT o.org_id AS "orgId", to_char(l.at, 'YYYY-MM') AS round, false AS "isSecond"
           FROM organisation o, LATERAL (SELECT $1::timestamptz AT TIME ZONE o.time_zone AS at) l
           WHERE o.kind = 'cell' AND o.progress_day > 0
             AND l.at >= date_trunc('month', l.at) + make_interval(days => o.progress_day - 1, hours => $2)
             AND NOT EXISTS (SELECT FROM progress_round r WHERE r.org_id = o.org_id AND r.round = to_char(l.at, 'YYYY-MM'))
         UNION ALL
         SELECT r.org_id, r.round, true FROM progress_round r JOIN organisation o USING (org_id)
           WHERE r.second_at IS NULL AND o.progress_day > 0 AND r.first_at <= $1::timestamptz - make_interval(days => $3)
             AND r.first_at > $1::timestamptz - make_interval(days => $4)
         LIMIT $5`,
        [now, progressHour, askAgainAfterDays, askAgainUntilDays, limit],
      ),
    dueCampaigns: (now, limit) => dueCampaigns(pool, now, limit),
    duePeriods: (now, limit) => duePeriods(pool, now, limit),
    dueRequests: (now, limit) =>
      rowsOf(
        `SELECT data_request_id AS "dataRequestId" FROM data_request WHERE next_warning_at <= $1 ORDER BY next_warning_at LIMIT $2`,
        [now, limit],
      ),
    expiredDialogues: (now, limit) =>
      rowsOf(`SELECT ${selectList('dialogue')} FROM dialogue WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2`, [
        now,
        limit,
      ]),
    goneGroups: (month, limit) =>
      rowsOf(
        `SELECT chat_id AS "chatId", org_id AS "orgId" FROM chat c WHERE is_gone AND kind = 'group' AND org_id IS NOT NULL
          AND NOT EXISTS (SELECT FROM outbox o WHERE o.key = 'gone:' || c.chat_id || ':' || $1) ORDER BY chat_id LIMIT $2`,
        [month, limit],
      ),
    async sentThisMonth(platform, accountId, month) {
      const [row] = await rowsOf('SELECT sent FROM send_count WHERE platform = $1 AND account_id = $2 AND month = $3', [
        platform,
        accountId,
        month,
      ])
      return row?.sent ?? 0
    },
    served: (platform, accountId) => servedBy(pool, platform, accountId),
    async organisationsOn(platform, accountId) {
      const rows = await rowsOf(
        `SELECT DISTINCT org_id FROM chat WHERE platform = $1 AND account_id = $2 AND kind = 'group' AND NOT is_gone AND org_id IS NOT NULL`,
        [platform, accountId],
      )
      return rows.map((row) => row.org_id)
    },
    sealLog: sealer.seal,
    async nextDueAt(after) {
      const [row] = await rowsOf(
        `SELECT least(
            (SELECT min(next_reminder_at) FROM meeting WHERE state = 'planned' AND next_reminder_at > $1),
            (SELECT min(notice_at) FROM meeting WHERE state = 'planned' AND notice_at > $1),
            (SELECT min(check_at) FROM meeting WHERE state = 'planned' AND check_at > $1),
            (SELECT min(greatest(waits_from + $2 * interval '1 minute', coalesce(last_at, waits_from) + CASE WHEN last_at IS NULL THEN interval '0' ELSE $3 * interval '1 hour' END))
               FROM notice WHERE greatest(waits_from + $2 * interval '1 minute', coalesce(last_at, waits_from) + CASE WHEN last_at IS NULL THEN interval '0' ELSE $3 * interval '1 hour' END) > $1),
            (SELECT min(expires_at) FROM dialogue WHERE expires_at > $1),
            (SELECT min(next_warning_at) FROM data_request WHERE next_warning_at > $1),
            (SELECT min(next_warning_at) FROM breach WHERE next_warning_at > $1),
            (SELECT min(t.at) FROM organisation o, generate_series(0, 1) AS ahead,
                LATERAL (SELECT (date_trunc('month', $1::timestamptz AT TIME ZONE o.time_zone)
                  + make_interval(months => ahead, days => o.progress_day - 1, hours => $5)) AT TIME ZONE o.time_zone AS at) t
               WHERE o.kind = 'cell' AND o.progress_day > 0 AND t.at > $1),
            (SELECT min(first_at + make_interval(days => $6)) FROM progress_round
               WHERE second_at IS NULL AND first_at + make_interval(days => $6) > $1),
            CASE WHEN EXISTS (SELECT FROM schedule) THEN (date_trunc('month', $1::timestamptz AT TIME ZONE 'UTC') + interval '1 month') AT TIME ZONE 'UTC' END,
            CASE WHEN EXISTS (SELECT FROM dialogue WHERE expires_at <= $1)
                   OR EXISTS (SELECT FROM notice WHERE waits_from <= $1)
                   OR EXISTS (SELECT FROM progress_round WHERE second_at IS NULL AND first_at > $1::timestamptz - make_interval(days => $6 + 1)) THEN $4::timestamptz END
          ) AS at`,
        [after, reviewWaitMinutes, reviewPauseHours, morningAfter(after), progressHour, askAgainAfterDays],
      )
      const notice = await nextYearNotice(pool, after)
      const instants = [row?.at as Date | null, notice].filter((at) => at !== null && at !== undefined)
      return instants.length > 0 ? new Date(Math.min(...instants.map(Number))) : null
    },
  }
}
