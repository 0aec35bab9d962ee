/**
 * When a meeting is reminded of.
 *
 * A meeting has a few leads (minutes before it starts) and one reminder for each. Nobody is woken: a reminder that
 * would fall in the quiet hours goes out when they end, if that still leaves time to come, and else just before they
 * begin. Leads and quiet hours are data of the cell; the defaults here stand where a cell has set nothing.
 *
 * The plan is pure: which reminders were sent is known by a unique key per occurrence and lead in the database.
 */
import { addDays, instantAt, type LocalTime, localAt, minutesOfTime } from './calendar.ts'
import { DomainError } from './errors.ts'

const minutesPerDay = 1440
const millisPerMinute = 60_000

/** Five days, one day and two hours before. Practice differs (Huế: notice five days ahead, domain.md §3.2), so cells change it. */
export const defaultLeadMinutes: readonly number[] = [5 * minutesPerDay, minutesPerDay, 120]

/** Local hours in which nothing is sent: from `from` to just before `to`, past midnight where `to` is the earlier. Equal times mean none. */
export interface QuietHours {
  from: LocalTime
  to: LocalTime
}

export const defaultQuietHours: QuietHours = { from: '21:30', to: '06:30' }

/** A reminder put off to the end of the quiet hours must come at least this long before the meeting, or it is no use. */
export const leastNoticeMinutes = 15

/**
 * How long before the quiet hours a reminder goes out that is brought forward to them. The tick rings once a minute;
 * with five of them before the hours begin, a short restart does not cost the reminder.
 */
export const minutesBeforeQuiet = 5

export interface Reminder {
  /** The lead it stands for; with merged leads the smallest. It names the reminder, not its distance to the meeting. */
  leadMinutes: number
  dueAt: Date
}

/** The quiet hours an instant lies in, or null. `endsAt` itself is no longer quiet. */
function quietAround(instant: Date, zone: string, quiet: QuietHours): { beginsAt: Date; endsAt: Date } | null {
  const [from, to] = [minutesOfTime(quiet.from), minutesOfTime(quiet.to)]
  const { on, time } = localAt(instant, zone)
  const minute = minutesOfTime(time)
  const isOvernight = from > to
  if (isOvernight ? minute >= to && minute < from : minute < from || minute >= to) return null
  const beginsOn = isOvernight && minute < to ? addDays(on, -1) : on
  return {
    beginsAt: instantAt(beginsOn, quiet.from, zone),
    endsAt: instantAt(isOvernight ? addDays(beginsOn, 1) : beginsOn, quiet.to, zone),
  }
}

/** The end of the quiet hours an instant lies in; null when it lies in none. */
export function quietUntil(instant: Date, zone: string, quiet: QuietHours): Date | null {
  return quietAround(instant, zone, quiet)?.endsAt ?? null
}

/** Whether nothing may be sent at this instant unless somebody asked for it just now. */
export function isQuiet(instant: Date, zone: string, quiet: QuietHours): boolean {
  return quietAround(instant, zone, quiet) !== null
}

function dueAtFor(startsAt: Date, lead: number, zone: string, quiet: QuietHours): Date {
  const wanted = new Date(startsAt.getTime() - lead * millisPerMinute)
  const hours = quietAround(wanted, zone, quiet)
  if (!hours) return wanted
  const leavesTime = startsAt.getTime() - hours.endsAt.getTime() >= leastNoticeMinutes * millisPerMinute
  return leavesTime ? hours.endsAt : new Date(hours.beginsAt.getTime() - minutesBeforeQuiet * millisPerMinute)
}

/**
 * The reminders of a meeting, earliest first, all before it starts and none in the quiet hours. Leads that come to the
 * same instant are one reminder. A lead of 0 is none. Throws `badLead` for a lead that is no whole number of minutes.
 */
export function planReminders(
  startsAt: Date,
  leadMinutes: readonly number[],
  zone: string,
  quiet: QuietHours,
): Reminder[] {
  const byInstant = new Map<number, Reminder>()
  for (const lead of leadMinutes) {
    if (!Number.isSafeInteger(lead) || lead < 0) {
      throw new DomainError(
        'badLead',
        `A reminder cannot be ${lead} minutes ahead; expected a whole number, 0 or more.`,
      )
    }
    const dueAt = dueAtFor(startsAt, lead, zone, quiet)
    if (dueAt >= startsAt) continue
    const same = byInstant.get(dueAt.getTime())
    if (!same || lead < same.leadMinutes) byInstant.set(dueAt.getTime(), { leadMinutes: lead, dueAt })
  }
  return [...byInstant.values()].sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
}

/**
 * Which reminders of one meeting are to be sent at `now`: those that fell due after the last tick and up to now. After
 * a long downtime that may be several; only the latest is still worth sending, so there is never more than one, and
 * none once the meeting has begun. `lastTickAt` null means that no tick has run yet.
 *
 * A tick that comes late may itself fall into the quiet hours; the caller then waits until they end (`quietUntil`) and
 * asks again with the same `lastTickAt`.
 */
export function dueReminders(
  plan: readonly Reminder[],
  lastTickAt: Date | null,
  now: Date,
  startsAt: Date,
): Reminder[] {
  if (now >= startsAt) return []
  const due = plan.filter((reminder) => reminder.dueAt <= now && (lastTickAt === null || reminder.dueAt > lastTickAt))
  const latest = due.reduce<Reminder | null>((last, next) => (last && last.dueAt > next.dueAt ? last : next), null)
  return latest ? [latest] : []
}

/** When the next reminder after an instant falls due; null when there is none left. */
export function nextDueAt(plan: readonly Reminder[], after: Date): Date | null {
  const later = plan.filter((reminder) => reminder.dueAt > after).map((reminder) => reminder.dueAt.getTime())
  return later.length === 0 ? null : new Date(Math.min(...later))
}
