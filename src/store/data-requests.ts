/** The operator's list of requests about personal data, and how many clocks run out. */
import type { Pool } from 'pg'
import { dateOf } from '../domain/calendar.ts'
import type { DataRequest } from '../domain/data-request.ts'
import {
  clocksOf,
  extended,
  nextWarningAt,
  type PrivacyRule,
  privacyRuleOn,
  type RequestKind,
} from '../domain/data-request.ts'
import type { HolidayCalendar } from '../domain/holidays.ts'
import { Refused, recordChange } from './admin.ts'
import { selectList } from './columns.ts'
import { transaction } from './pool.ts'

/** What requests are judged by. `zone` is that of the operator, where no organisation has its own. */
export interface RequestSetting {
  rules: readonly PrivacyRule[]
  holidays: HolidayCalendar
  zone: string
  now: Date
}

/** Those that are not closed; with `all` every one, the newest first. */
export async function listRequests(pool: Pool, all: boolean): Promise<DataRequest[]> {
  const { rows } = await pool.query(
    `SELECT ${selectList('dataRequest')} FROM data_request WHERE $1 OR closed_at IS NULL ORDER BY data_request_id DESC LIMIT 1000`,
    [all],
  )
  return rows
}

/** Enters a request that came otherwise than by chat. `Refused` where its organisation or member is unknown. */
export async function addRequest(
  pool: Pool,
  wanted: { kind: RequestKind; orgId: number | null; memberId: number | null; receivedOn: string | null },
  { rules, holidays, zone, now }: RequestSetting,
): Promise<DataRequest> {
  return transaction(pool, async (client) => {
    const { kind, memberId } = wanted
    const member =
      memberId === null ? null : await client.query('SELECT org_id FROM member WHERE member_id = $1', [memberId])
    if (member && member.rows.length === 0) throw new Refused(`There is no member ${memberId}.`)
    const orgId = wanted.orgId ?? member?.rows[0].org_id ?? null
    const org =
      orgId === null ? null : await client.query('SELECT time_zone FROM organisation WHERE org_id = $1', [orgId])
    if (org && org.rows.length === 0) throw new Refused(`There is no organisation ${orgId}.`)
    const own = org?.rows[0].time_zone ?? zone
    const today = dateOf(now, own)
    const receivedOn = wanted.receivedOn ?? today
    if (receivedOn > today) throw new Refused(`It cannot have come on ${receivedOn}: that day is still to come.`)
    const clocks = clocksOf(receivedOn, privacyRuleOn(rules, receivedOn), holidays)
    const next = nextWarningAt({ ...clocks, answeredAt: null, closedAt: null }, now, own)
    // A clock that ran out before it was entered is told at once.
    const warnAt = clocks.answerBy < today ? now : next
    const { rows } = await client.query(
      `INSERT INTO data_request (kind, source, org_id, member_id, received_at, answer_by, fulfil_by, next_warning_at)
       VALUES ($1, 'paper', $2, $3, CASE WHEN $4::date = $5::date THEN $6::timestamptz ELSE $4::date::timestamp AT TIME ZONE $7 END, $8, $9, $10)
       RETURNING ${selectList('dataRequest')}`,
      [kind, orgId, memberId, receivedOn, today, now, own, clocks.answerBy, clocks.fulfilBy, warnAt],
    )
    const request = rows[0] as DataRequest
    await recordChange(client, now, [
      { orgId, action: 'request.received', subject: `request:${request.dataRequestId}`, details: { kind, ...clocks } },
    ])
    return request
  })
}

async function changed(
  pool: Pool,
  id: number,
  { zone, now }: RequestSetting,
  action: string,
  change: (request: DataRequest, today: string) => Partial<DataRequest>,
): Promise<DataRequest> {
  return transaction(pool, async (client) => {
    const found = await client.query(
      `SELECT ${selectList('dataRequest', 'r')}, o.time_zone AS zone FROM data_request r LEFT JOIN organisation o USING (org_id)
       WHERE data_request_id = $1 FOR NO KEY UPDATE OF r`,
      [id],
    )
    if (found.rows.length === 0) throw new Refused(`There is no request ${id}.`)
    const { zone: its, ...request } = found.rows[0] as DataRequest & { zone: string | null }
    const own = its ?? zone
    if (request.closedAt) throw new Refused(`Request ${id} is closed.`)
    const next = { ...request, ...change(request, dateOf(now, own)) }
    next.nextWarningAt = nextWarningAt(next, now, own)
    await client.query(
      `UPDATE data_request SET answered_at = $2, closed_at = $3, outcome = $4, extended_at = $5, reason = $6, fulfil_by = $7,
        next_warning_at = $8 WHERE data_request_id = $1`,
      [
        id,
        next.answeredAt,
        next.closedAt,
        next.outcome,
        next.extendedAt,
        next.reason,
        next.fulfilBy,
        next.nextWarningAt,
      ],
    )
    await recordChange(client, now, [
      {
        orgId: next.orgId,
        action,
        subject: `request:${id}`,
        details: { kind: next.kind, outcome: next.outcome, fulfilBy: next.fulfilBy },
      },
    ])
    return next
  })
}

/** Notes that the person had their first answer. */
export const answerRequest = (pool: Pool, id: number, setting: RequestSetting) =>
  changed(pool, id, setting, 'request.answered', ({ answeredAt }) => ({ answeredAt: answeredAt ?? setting.now }))

/** Notes what came of it; a refusal needs its reason. */
export const closeRequest = (
  pool: Pool,
  id: number,
  outcome: 'fulfilled' | 'refused',
  reason: string | null,
  setting: RequestSetting,
) =>
  changed(pool, id, setting, 'request.closed', (request) => ({
    answeredAt: request.answeredAt ?? setting.now,
    closedAt: setting.now,
    outcome,
    reason: reason ?? request.reason,
  }))

/** Gives the fulfilment the further days that the law allows once. */
export const extendRequest = (pool: Pool, id: number, reason: string, setting: RequestSetting) =>
  changed(pool, id, setting, 'request.extended', (request, today) => {
    const longer = extended(request, privacyRuleOn(setting.rules, dateOf(request.receivedAt, setting.zone)), today)
    if ('refused' in longer) throw new Refused(`Request ${id} cannot be extended. ${longer.refused}`)
    return { fulfilBy: longer.fulfilBy, extendedAt: setting.now, reason }
  })

/** Requests that are not closed, and those whose clocks have run out, as of a day 'YYYY-MM-DD'. */
export async function requestClocks(
  pool: Pick<Pool, 'query'>,
  today: string,
): Promise<{ open: number; answerOverdue: number; fulfilOverdue: number }> {
  const { rows } = await pool.query(
    `SELECT count(*)::int AS open, count(*) FILTER (WHERE answered_at IS NULL AND answer_by < $1::date)::int AS "answerOverdue",
      count(*) FILTER (WHERE fulfil_by < $1::date)::int AS "fulfilOverdue" FROM data_request WHERE closed_at IS NULL`,
    [today],
  )
  return rows[0]
}
