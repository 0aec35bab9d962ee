/** Warns whoever answers for a cell that the clock of a request about personal data runs out; the operator reads it in the log. */
import type { Logger } from 'pino'
import type { DataRequest } from '../domain/data-request.ts'
import { nextWarningAt, warningAt } from '../domain/data-request.ts'
import { defaultQuietHours, quietUntil } from '../domain/reminder-plan.ts'
import type { Texts } from '../texts/texts.ts'
import type { Say, Work } from './tick.ts'

/** One request whose next warning is due: told once for each clock, and the next one is noted. */
export function warnOfRequest(
  { dataRequestId }: Pick<DataRequest, 'dataRequestId'>,
  work: Work,
  say: Say,
  { texts, log, defaultTimeZone }: { texts: Texts; log: Pick<Logger, 'warn'>; defaultTimeZone: string },
): void {
  const { world, now } = work
  world.require({ slice: 'dataRequest', of: dataRequestId })
  const due = world.get('dataRequest', String(dataRequestId))
  if (!due?.nextWarningAt || due.nextWarningAt > now) return
  if (due.orgId !== null) world.require({ slice: 'organisation', of: due.orgId })
  const zone = (due.orgId !== null && world.get('organisation', String(due.orgId))?.timeZone) || defaultTimeZone
  const stage = warningAt(due, now, zone)
  // Nobody is written to at night; without anybody to write to the operator's log need not wait.
  if (due.orgId !== null) {
    const org = world.get('organisation', String(due.orgId))
    const quiet = org ? { from: org.quietFrom, to: org.quietTo } : defaultQuietHours
    const until = quietUntil(now, zone, quiet)
    // Due again where they end: a clock that leaps from one due time to the next would pass the warning over.
    if (until) {
      world.apply({ put: 'dataRequest', row: { ...due, nextWarningAt: until } })
      return
    }
  }
  if (stage) {
    const on = stage.startsWith('answer') ? due.answerBy : due.fulfilBy
    if (due.orgId !== null) {
      const text = texts.requestWarning(due.dataRequestId, texts.rightNames[due.kind], stage, on)
      say(work, { to: 'secretaries', orgId: due.orgId }, text, `request:${due.dataRequestId}:${stage}:${on}`, {
        rank: 'receipt',
      })
    }
    log.warn(
      { event: 'dataRequest', request: due.dataRequestId, stage, on },
      'a request about personal data has a clock',
    )
  }
  world.apply({ put: 'dataRequest', row: { ...due, nextWarningAt: nextWarningAt(due, now, zone) } })
}
