/** A report on a deed: the deed's next version, the entry of the month, and the words that acknowledge it. */
import { monthOf } from '../domain/calendar.ts'
import { deedKey, progress } from '../domain/pledge.ts'
import type { Deed } from '../domain/records.ts'
import type { Effect } from './effects.ts'
import type { Facts } from './facts.ts'

export function progressNoted(
  facts: Facts,
  deed: Deed,
  report: { percent?: number; note?: string; done?: true },
): { effects: Effect[]; text: string } {
  const { texts, now, today, timeZone, me } = facts
  const change = progress(deed, report, today, now, me?.memberId ?? null)
  const { year, subjectKind, subjectId, number, version } = change.deed
  const isDone = report.done === true
  return {
    effects: [
      { put: 'deed', row: change.deed },
      { put: 'deedHistory', row: change.history },
      {
        put: 'deedProgress',
        row: {
          ...{ year, subjectKind, subjectId, number, version, orgId: deed.orgId },
          round: monthOf(now, timeZone),
          percent: isDone ? 100 : (report.percent ?? null),
          note: report.note ?? null,
          done: isDone,
          at: now,
          by: me?.memberId ?? null,
        },
      },
      {
        audit: {
          orgId: deed.orgId,
          action: 'deed.progressed',
          subject: deedKey(deed),
          details: { version, state: change.deed.state },
        },
      },
    ],
    text: texts.progressNoted(number, change.deed.percent, isDone),
  }
}
