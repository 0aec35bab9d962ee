/**
 * What is said of a part of a year: the deeds due in it and its meetings; registration is of the year and stands under a line that
 * says so, with the instant of its figures (`domain/closing`: members register once a year).
 */
import type { Facts } from '../dialogue/facts.ts'
import { periodRange } from '../domain/calendar.ts'
import { deedStages, deedsDueIn, type StageFigures, stageRatio } from '../domain/deed-figures.ts'
import type { Closing } from '../domain/period-records.ts'
import { dueOfModel } from '../domain/summary-model.ts'

export const isPartOfYear = (period: string): boolean => period.includes('-')

/** The lines of the period itself, where it is a part of a year: in place of the first line of a summary. */
export function periodHead(
  facts: Facts,
  org: { orgId: number; name: string },
  period: string,
  closing: Closing | null,
  meetings: readonly string[],
): string | undefined {
  if (!isPartOfYear(period)) return undefined
  const { texts, today, timeZone } = facts
  const year = Number(period.slice(0, 4))
  const range = periodRange(period)
  const due = closing ? dueOfModel(closing.model) : deedsDueIn(facts.deedCounts(org.orgId, year), range, today)
  const line = (collective: boolean, of: StageFigures) =>
    of.approved === 0
      ? []
      : [
          texts.dueLine(
            collective,
            Object.fromEntries(deedStages.map((stage) => [stage, stageRatio(of, stage)])) as Parameters<
              typeof texts.dueLine
            >[1],
          ),
        ]
  const lines = due ? [...line(false, due.individual), ...line(true, due.collective)] : []
  return [
    texts.periodHead(org.name, period),
    ...(today < range.from ? [texts.periodAhead(period, year - 1)] : []),
    ...(due && lines.length === 0 ? [texts.noneDue] : lines),
    ...meetings,
    texts.registrationHead(year, closing?.closedAt ?? facts.now, timeZone),
  ].join('\n')
}
