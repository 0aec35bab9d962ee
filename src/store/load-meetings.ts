/** Loads schedules, meetings and what members answered. */
import type { MemberStatus } from '../domain/member.ts'
import { columnsOf, selectList } from './columns.ts'
import { type Loaders, learnAll } from './loader.ts'
import { meetingsBelowOf } from './meeting-series.ts'
import { onDay } from './tree-at.ts'

export const meetingLoaders: Loaders<
  'meetings' | 'meetingsBelow' | 'meetingSettings' | 'attendance' | 'roll' | 'minutes' | 'answersOf'
> = {
  async meetings(context, of) {
    await learnAll(
      context,
      'schedule',
      `SELECT ${selectList('schedule')} FROM schedule WHERE org_id = ANY($1)`,
      [of],
      'schedules',
    )
    // A year back and everything ahead: what can still be asked about.
    await learnAll(
      context,
      'meeting',
      `SELECT ${selectList('meeting')} FROM meeting WHERE org_id = ANY($1) AND starts_at > $2::timestamptz - interval '400 days'`,
      [of, context.today()],
      'meetings',
    )
    await learnAll(context, 'theme', `SELECT ${selectList('theme')} FROM theme WHERE org_id = ANY($1)`, [of], 'themes')
    for (const each of of) context.world.markLoaded({ slice: 'meetings', of: each })
  },
  // Asked for seldom, with a committee's summary.
  async meetingsBelow(context, of) {
    for (const each of of)
      context.world.markLoaded(
        { slice: 'meetingsBelow', of: each },
        await meetingsBelowOf(context.client, each.orgId, each.period, context.now()),
      )
  },
  async meetingSettings(context, of) {
    await learnAll(
      context,
      'meetingSetting',
      `SELECT DISTINCT ${selectList('meetingSetting', 's')} FROM organisation o
         JOIN meeting_setting s ON s.org_id = ANY(string_to_array(trim(BOTH '/' FROM o.path), '/')::int[])
       WHERE o.org_id = ANY($1)`,
      [of],
      'meeting-settings',
    )
    for (const each of of) context.world.markLoaded({ slice: 'meetingSettings', of: each })
  },
  async attendance(context, of) {
    await learnAll(
      context,
      'attendance',
      `SELECT ${selectList('attendance', 'a')} FROM jsonb_to_recordset($1::jsonb) AS k("orgId" int, occurrence text)
       JOIN attendance a ON a.org_id = k."orgId" AND a.occurrence = k.occurrence`,
      [JSON.stringify(of)],
      'attendance',
    )
    for (const each of of) context.world.markLoaded({ slice: 'attendance', of: each })
  },
  async roll(context, of) {
    const { rows } = await context.client.query<{ of: string; memberId: number; status: MemberStatus }>({
      name: 'load-rolls',
      text: `SELECT k."orgId" || ':' || k.occurrence AS of, h.member_id AS "memberId", h.status
        FROM jsonb_to_recordset($1::jsonb) AS k("orgId" int, occurrence text)
        JOIN meeting m ON m.org_id = k."orgId" AND m.occurrence = k.occurrence JOIN organisation o USING (org_id)
        CROSS JOIN (VALUES (0), (1)) AS d(back)
        JOIN membership_history h ON h.org_id = m.org_id AND h.status <> 'left'
          AND ${onDay('h', '(m.roll_closed_at AT TIME ZONE o.time_zone)::date - d.back')}
        WHERE m.roll_closed_at IS NOT NULL ORDER BY d.back, h.member_id`,
      values: [JSON.stringify(of)],
    })
    for (const each of of) {
      const roster = rows.filter((row) => row.of === `${each.orgId}:${each.occurrence}`)
      context.world.markLoaded(
        { slice: 'roll', of: each },
        roster.map(({ memberId, status }) => ({ memberId, status })),
      )
    }
  },
  async minutes(context, of) {
    for (const record of ['minutes', 'minutesItem'] as const)
      await learnAll(
        context,
        record,
        `SELECT ${selectList(record, 'm')} FROM jsonb_to_recordset($1::jsonb) AS k("orgId" int, occurrence text)
         JOIN ${columnsOf[record].table} m ON m.org_id = k."orgId" AND m.occurrence = k.occurrence`,
        [JSON.stringify(of)],
        `${record}-of`,
      )
    for (const each of of) context.world.markLoaded({ slice: 'minutes', of: each })
  },
  async answersOf(context, of) {
    await learnAll(
      context,
      'attendance',
      `SELECT ${selectList('attendance')} FROM attendance WHERE member_id = ANY($1)`,
      [of],
      'answers',
    )
    for (const each of of) context.world.markLoaded({ slice: 'answersOf', of: each })
  },
}
