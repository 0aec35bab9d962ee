/**
 * Requests of people about their own data and the clocks that run for them: to answer within working days, to fulfil
 * within days, once longer with a reason; for a breach the hours within which it is notified. How long comes as dated
 * data (`prisma/data/privacy-vn.json`; Luật 91/2025/QH15 and Nghị định 356/2025/NĐ-CP, both from 01/01/2026, domain.md
 * §6.1), so that another law is another entry.
 */
import { addDays, instantAt, type LocalDate } from './calendar.ts'
import { type HolidayCalendar, nextWorkingDay } from './holidays.ts'

/** What a person may ask for: to see, take along, have erased or corrected, to take consent back, object, restrict. */
export const requestKinds = ['show', 'export', 'erase', 'withdraw', 'correct', 'object', 'restrict'] as const
export type RequestKind = (typeof requestKinds)[number]

/** What the law asked from a day on (one entry of the data). */
export interface PrivacyRule {
  /** 'YYYY-MM-DD' */
  from: string
  source: string
  answerWorkingDays: number
  fulfilDays: number
  /** How much longer a request may take, once and with a reason. */
  extensionDays: number
  /** Within how many hours of its discovery a breach is notified. */
  breachHours: number
}

/** The rule in force on a day, of those given oldest first; before the first one, the first one. */
export function privacyRuleOn(rules: readonly PrivacyRule[], on: LocalDate): PrivacyRule {
  const rule = rules.findLast((each) => each.from <= on) ?? rules[0]
  if (!rule) throw new Error('no rules of privacy ship with the program')
  return rule
}

/** The last days on which a request is in time. */
export interface RequestClocks {
  answerBy: LocalDate
  fulfilBy: LocalDate
}

/**
 * The day of receipt is not counted (Bộ luật Dân sự 2015, Điều 147). A last day that is a holiday is not moved on: whoever
 * keeps to it is in time whichever way it is read.
 */
export function clocksOf(receivedOn: LocalDate, rule: PrivacyRule, holidays: HolidayCalendar): RequestClocks {
  let answerBy = receivedOn
  for (let day = 0; day < rule.answerWorkingDays; day += 1) answerBy = nextWorkingDay(addDays(answerBy, 1), holidays).on
  return { answerBy, fulfilBy: addDays(receivedOn, rule.fulfilDays) }
}

/** Of a request: what decides which clock still runs. */
export interface RunningRequest extends RequestClocks {
  answeredAt: Date | null
  closedAt: Date | null
}

/** The fulfilment's last day once extended, or why it cannot be, in a sentence for the operator. */
export function extended(
  request: RunningRequest & { extendedAt: Date | null },
  rule: PrivacyRule,
  today: LocalDate,
): { fulfilBy: LocalDate } | { refused: string } {
  if (request.closedAt) return { refused: 'It is closed.' }
  if (request.extendedAt) return { refused: 'It was extended before; that is possible once.' }
  if (rule.extensionDays === 0) return { refused: `${rule.source} knows no extension.` }
  if (request.fulfilBy < today) return { refused: `Its last day, ${request.fulfilBy}, has passed.` }
  return { fulfilBy: addDays(request.fulfilBy, rule.extensionDays) }
}

/** What is told to whoever has to act: a clock that soon runs out, or has. */
export const warningStages = ['answerSoon', 'answerOverdue', 'fulfilSoon', 'fulfilOverdue'] as const
export type WarningStage = (typeof warningStages)[number]

/** The answer is called for a day ahead, the fulfilment three. */
const aheadDays = { answer: 1, fulfil: 3 }

/** Told in the morning, when somebody can act on it. */
const warnAtTime = '08:00'

/** The warnings of a request that is not closed, in the order in which they fall due. */
function warningsOf(request: RunningRequest, zone: string): { stage: WarningStage; at: Date }[] {
  const { answerBy, fulfilBy, answeredAt, closedAt } = request
  if (closedAt) return []
  const on = (stage: WarningStage, day: LocalDate) => ({ stage, at: instantAt(day, warnAtTime, zone) })
  const list = [
    ...(answeredAt
      ? []
      : [on('answerSoon', addDays(answerBy, -aheadDays.answer)), on('answerOverdue', addDays(answerBy, 1))]),
    on('fulfilSoon', addDays(fulfilBy, -aheadDays.fulfil)),
    on('fulfilOverdue', addDays(fulfilBy, 1)),
  ]
  return list.sort((a, b) => a.at.getTime() - b.at.getTime())
}

/** The warning that stands at an instant (the last that fell due), or null. */
export function warningAt(request: RunningRequest, now: Date, zone: string): WarningStage | null {
  return warningsOf(request, zone).findLast(({ at }) => at <= now)?.stage ?? null
}

/** When the next warning falls due; null when none is left. */
export function nextWarningAt(request: RunningRequest, now: Date, zone: string): Date | null {
  return warningsOf(request, zone).find(({ at }) => at > now)?.at ?? null
}

/** What somebody asked about their own data, and how far it is. */
export interface DataRequest {
  dataRequestId: number
  kind: RequestKind
  source: 'chat' | 'paper'
  orgId: number | null
  memberId: number | null
  accountId: number | null
  receivedAt: Date
  answerBy: string
  fulfilBy: string
  answeredAt: Date | null
  closedAt: Date | null
  outcome: 'fulfilled' | 'refused' | null
  extendedAt: Date | null
  reason: string | null
  nextWarningAt: Date | null
}
