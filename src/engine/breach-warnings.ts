/** Tells the operator, in the log, that the clock of a breach of personal data runs out. */
import type { Logger } from 'pino'
import { type Breach, breachStageAt, nextBreachWarningAt } from '../domain/breach.ts'

/** What the warnings ask of the store. */
export interface BreachStore {
  /** Breaches of which a warning is due. */
  dueBreaches(now: Date, limit: number): Promise<Breach[]>
  /** Notes the next warning; false where another process was first, or the breach was changed meanwhile. */
  noteBreachWarning(due: Breach, next: Date | null): Promise<boolean>
}

/** Once for each stage, whatever restarts: what is noted first is told then. After a silence only the latest stage is told. */
export async function warnOfBreaches(
  store: BreachStore,
  now: Date,
  limit: number,
  log: Pick<Logger, 'warn'>,
): Promise<void> {
  for (const due of await store.dueBreaches(now, limit)) {
    const stage = breachStageAt(due, now)
    if (!(await store.noteBreachWarning(due, nextBreachWarningAt(due, now))) || stage === null) continue
    log.warn(
      { event: 'breach', breach: due.breachId, stage, notifyBy: due.notifyBy.toISOString() },
      'a breach of personal data has a clock',
    )
  }
}
