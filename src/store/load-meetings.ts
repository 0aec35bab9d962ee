/** Loads schedules, meetings and what members answered. */
import { columnsOf, selectList } from './columns.ts'
import { type Loaders, learnAll } from './loader.ts'

export const meetingLoaders: Loaders<'meetings' | 'meetingSettings' | 'attendance' | 'minutes' | 'answersOf'> = {
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
