import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { localAt } from '../../src/domain/calendar.ts'
import {
  defaultLeadMinutes,
  defaultQuietHours,
  dueReminders,
  isQuiet,
  leastNoticeMinutes,
  nextDueAt,
  planReminders,
  quietUntil,
} from '../../src/domain/reminder-plan.ts'

const seed = 20260203
const zone = 'Asia/Ho_Chi_Minh'
const at = (text: string) => new Date(`${text}+07:00`)
const plan = (starts: string, leads: readonly number[] = defaultLeadMinutes, quiet = defaultQuietHours) =>
  planReminders(at(starts), leads, zone, quiet).map(({ leadMinutes, dueAt }) => {
    const { on, time } = localAt(dueAt, zone)
    return `${leadMinutes} ${on} ${time}`
  })

describe('the plan of one meeting', () => {
  it('is five days, one day and two hours before an evening meeting', () => {
    expect(plan('2026-10-03T19:30')).toEqual(['7200 2026-09-28 19:30', '1440 2026-10-02 19:30', '120 2026-10-03 17:30'])
  })

  it('puts a reminder before dawn off to the end of the quiet hours when that leaves a quarter of an hour', () => {
    expect(plan('2026-10-05T06:45', [120])).toEqual(['120 2026-10-05 06:30'])
    expect(plan('2026-10-05T07:00', [120])).toEqual(['120 2026-10-05 06:30'])
  })

  it('brings it forward to the evening before when the end of the quiet hours would be too late', () => {
    expect(plan('2026-10-05T06:44', [120])).toEqual(['120 2026-10-04 21:25'])
    expect(plan('2026-10-05T05:00', [120])).toEqual(['120 2026-10-04 21:25'])
  })

  it('treats the first quiet minute as quiet and the last as not', () => {
    expect(plan('2026-10-05T23:30', [120])).toEqual(['120 2026-10-05 21:25'])
    expect(plan('2026-10-05T23:29', [120])).toEqual(['120 2026-10-05 21:29'])
    expect(plan('2026-10-05T08:30', [120])).toEqual(['120 2026-10-05 06:30'])
    expect(plan('2026-10-05T08:29', [120])).toEqual(['120 2026-10-05 06:30'])
  })

  it('sends one reminder, named by the smallest lead, where several come to the same instant', () => {
    expect(plan('2026-10-05T07:00', [60, 120, 240, 1440])).toEqual(['1440 2026-10-04 07:00', '60 2026-10-05 06:30'])
    expect(plan('2026-10-05T19:30', [120, 120])).toEqual(['120 2026-10-05 17:30'])
  })

  it('has nothing at or after the start', () => {
    expect(plan('2026-10-05T19:30', [0])).toEqual([])
    expect(plan('2026-10-05T19:30', [])).toEqual([])
  })

  it('knows quiet hours within one day and none at all', () => {
    expect(plan('2026-10-05T14:00', [60], { from: '12:00', to: '13:30' })).toEqual(['60 2026-10-05 13:30'])
    expect(plan('2026-10-05T13:40', [60], { from: '12:00', to: '13:30' })).toEqual(['60 2026-10-05 11:55'])
    expect(plan('2026-10-05T05:00', [120], { from: '00:00', to: '00:00' })).toEqual(['120 2026-10-05 03:00'])
    expect(isQuiet(at('2026-10-05T23:00'), zone, { from: '07:00', to: '07:00' })).toBe(false)
  })

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses a lead of %s minutes', (lead) => {
    expect(() => plan('2026-10-05T19:30', [lead])).toThrow(expect.objectContaining({ code: 'badLead' }))
  })
})

const times = fc
  .integer({ min: 0, max: 1439 })
  .map((m) => `${String(Math.floor(m / 60)).padStart(2, '0')}:${String(m % 60).padStart(2, '0')}`)
const quietHours = fc.record({ from: times, to: times })
const leads = fc.array(fc.integer({ min: 0, max: 10 * 1440 }), { maxLength: 6 })
const starts = fc
  .integer({ min: Date.UTC(2026, 0, 1) / 60_000, max: Date.UTC(2028, 0, 1) / 60_000 })
  .map((m) => new Date(m * 60_000))

/** The quiet hours minute by minute, as one would read them off a clock. */
function clockIsQuiet(instant: Date, quiet: { from: string; to: string }): boolean {
  const clock = new Date(instant.getTime() + 7 * 3_600_000).toISOString().slice(11, 16)
  if (quiet.from === quiet.to) return false
  return quiet.from < quiet.to ? clock >= quiet.from && clock < quiet.to : clock >= quiet.from || clock < quiet.to
}

describe('any plan', () => {
  it('is in order, without doubles, before the start, and disturbs nobody', () => {
    fc.assert(
      fc.property(starts, leads, quietHours, (startsAt, leadMinutes, quiet) => {
        // Quiet hours of nearly a whole day leave no five minutes before them; no cell lives like that.
        const quietMinutes =
          (Number(quiet.to.slice(0, 2)) - Number(quiet.from.slice(0, 2))) * 60 +
          Number(quiet.to.slice(3)) -
          Number(quiet.from.slice(3))
        fc.pre(((quietMinutes % 1440) + 1440) % 1440 < 1430)
        const reminders = planReminders(startsAt, leadMinutes, zone, quiet)
        reminders.forEach((reminder, i) => {
          expect(reminder.dueAt < startsAt).toBe(true)
          expect(clockIsQuiet(reminder.dueAt, quiet)).toBe(false)
          expect(isQuiet(reminder.dueAt, zone, quiet)).toBe(false)
          if (i > 0) expect(reminder.dueAt > reminders[i - 1]!.dueAt).toBe(true)
          expect(leadMinutes).toContain(reminder.leadMinutes)
        })
        expect(new Set(leadMinutes.filter((lead) => lead > 0)).size).toBeGreaterThanOrEqual(reminders.length)
      }),
      { seed, numRuns: 500 },
    )
  })

  it('moves a reminder only where the hour is quiet, then to one of its two edges, and never leaves a lead out', () => {
    fc.assert(
      fc.property(starts, fc.integer({ min: 1, max: 14_400 }), (startsAt, lead) => {
        const [reminder, ...more] = planReminders(startsAt, [lead], zone, defaultQuietHours)
        expect(more).toEqual([])
        const wanted = startsAt.getTime() - lead * 60_000
        if (!clockIsQuiet(new Date(wanted), defaultQuietHours)) {
          expect(reminder!.dueAt.getTime()).toBe(wanted)
          return
        }
        // Walk the clock to both edges of the quiet hours.
        let [begins, ends] = [wanted, wanted]
        while (clockIsQuiet(new Date(begins - 60_000), defaultQuietHours)) begins -= 60_000
        while (clockIsQuiet(new Date(ends), defaultQuietHours)) ends += 60_000
        const fits = startsAt.getTime() - ends >= leastNoticeMinutes * 60_000
        expect(reminder!.dueAt.getTime()).toBe(fits ? ends : begins - 5 * 60_000)
      }),
      { seed, numRuns: 500 },
    )
  })
})

describe('what is due', () => {
  const startsAt = at('2026-10-03T19:30')
  const reminders = planReminders(startsAt, defaultLeadMinutes, zone, defaultQuietHours)
  const due = (last: string | null, now: string) =>
    dueReminders(reminders, last === null ? null : at(last), at(now), startsAt).map((reminder) => reminder.leadMinutes)

  it.each<[string, string | null, string, number[]]>([
    ['nothing before the first', '2026-09-28T19:28', '2026-09-28T19:29', []],
    ['the first at its minute', '2026-09-28T19:29', '2026-09-28T19:30', [7200]],
    ['nothing a minute later', '2026-09-28T19:30', '2026-09-28T19:31', []],
    ['the day before, three hours late', '2026-10-02T18:00', '2026-10-02T22:30', [1440]],
    ['only the latest after a week asleep', '2026-09-26T00:00', '2026-10-03T18:00', [120]],
    ['only the latest on the very first tick', null, '2026-10-03T08:00', [1440]],
    ['none at the minute it begins', '2026-10-03T17:29', '2026-10-03T19:30', []],
    ['none for a meeting that is over', '2026-09-26T00:00', '2026-11-03T08:00', []],
  ])('is %s', (_, last, now, expected) => {
    expect(due(last, now)).toEqual(expected)
  })

  it('is sent once each by a minute tick, and at most once each by any chain of ticks', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 4000 }), { minLength: 1, maxLength: 60 }), (gaps) => {
        const sent: number[] = []
        let last = at('2026-09-27T00:00')
        for (const gap of gaps) {
          const now = new Date(last.getTime() + gap * 60_000)
          const batch = dueReminders(reminders, last, now, startsAt)
          expect(batch.length).toBeLessThanOrEqual(1)
          sent.push(...batch.map((reminder) => reminder.leadMinutes))
          last = now
        }
        expect(new Set(sent).size).toBe(sent.length)
        expect([...sent].sort((a, b) => b - a)).toEqual(sent)
      }),
      { seed, numRuns: 300 },
    )
    const sent: number[] = []
    for (let now = at('2026-09-27T00:00').getTime(); now < startsAt.getTime() + 86_400_000; now += 60_000) {
      sent.push(...dueReminders(reminders, new Date(now - 60_000), new Date(now), startsAt).map((r) => r.leadMinutes))
    }
    expect(sent).toEqual([7200, 1440, 120])
  })

  it('waits for the end of the quiet hours when a tick comes late in the night', () => {
    expect(quietUntil(at('2026-10-02T23:00'), zone, defaultQuietHours)).toEqual(at('2026-10-03T06:30'))
    expect(quietUntil(at('2026-10-03T02:00'), zone, defaultQuietHours)).toEqual(at('2026-10-03T06:30'))
    expect(quietUntil(at('2026-10-03T06:30'), zone, defaultQuietHours)).toBeNull()
  })

  it('names the next instant at which something falls due, and none after the last', () => {
    expect(nextDueAt(reminders, at('2026-09-01T00:00'))).toEqual(at('2026-09-28T19:30'))
    expect(nextDueAt(reminders, at('2026-09-28T19:30'))).toEqual(at('2026-10-02T19:30'))
    expect(nextDueAt(reminders, at('2026-10-03T17:30'))).toBeNull()
    expect(nextDueAt([], at('2026-10-03T17:30'))).toBeNull()
  })
})
