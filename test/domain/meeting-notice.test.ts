import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, addToMonth, daysInMonth, localAt, monthOf, monthPartsOf } from '../../src/domain/calendar.ts'
import { readHolidays } from '../../src/domain/holidays.ts'
import { flagSaluteOf, plannedMeeting, timed } from '../../src/domain/meeting.ts'
import { checkAt, defaultNoticeDay, meetingRules, noticeAt } from '../../src/domain/meeting-notice.ts'
import type { MeetingSchedule, MeetingSetting } from '../../src/domain/records.ts'
import { isQuiet } from '../../src/domain/reminder-plan.ts'
import { shifts } from '../../src/domain/schedule.ts'

const zone = 'Asia/Ho_Chi_Minh'
const org = { timeZone: zone, leadMinutes: [7200, 1440, 120], quietFrom: '21:30', quietTo: '06:30' }
const holidays = readHolidays(
  JSON.parse(readFileSync(new URL('../../prisma/data/holidays-vn.json', import.meta.url), 'utf8')),
)
const long = new Date('2000-01-01T00:00:00Z')

const crons = fc.oneof(
  fc.tuple(fc.nat(59), fc.nat(23), fc.integer({ min: 1, max: 31 })).map(([m, h, d]) => `${m} ${h} ${d} * *`),
  fc
    .tuple(fc.nat(59), fc.nat(23), fc.nat(6), fc.constantFrom('#1', '#2', '#3', '#4', 'L'))
    .map(([m, h, weekday, nth]) => `${m} ${h} * * ${weekday}${nth}`),
)
/** Every month of thirty years, leap days among them. */
const months = fc.nat(359).map((index) => addToMonth('2025-01', index))
const scheduleOf = (cron: string, shift: MeetingSchedule['shift']): MeetingSchedule => ({
  ...{ orgId: 1, cron, shift, place: null, plannedUntil: null, flagSaluteAt: null, updatedAt: long },
})

describe('the day a meeting is announced', () => {
  it('lies in the month before, on its day or the last day there is, awake, whatever rule and shift', () => {
    fc.assert(
      fc.property(
        crons,
        fc.constantFrom(...shifts),
        months,
        fc.integer({ min: 1, max: 31 }),
        (cron, shift, month, day) => {
          const meeting = plannedMeeting(scheduleOf(cron, shift), month, org, holidays, long)
          const at = noticeAt(meeting, day, org)
          const before = addToMonth(month, -1)
          const { year, month: number } = monthPartsOf(before)
          const on = Math.min(day, daysInMonth(year, number))
          // Only a shift back over the end of a month can bring a meeting to its own announcement's day or before.
          if (at === null) {
            expect(shift).toBe('previousWorkingDay')
            expect(monthOf(meeting.startsAt, zone)).toBe(before)
            return
          }
          expect(localAt(at, zone)).toEqual({ on: `${before}-${String(on).padStart(2, '0')}`, time: '08:00' })
          expect(at < meeting.startsAt).toBe(true)
          expect(isQuiet(at, zone, { from: org.quietFrom, to: org.quietTo })).toBe(false)
        },
      ),
      { seed: 5, numRuns: 1500 },
    )
  })

  it('is 29 February in a leap year and 28 February in others for day 30', () => {
    const march = (year: number) => ({
      occurrence: `${year}-03`,
      startsAt: new Date(`${year}-03-03T12:30:00Z`),
      state: 'planned' as const,
    })
    expect(noticeAt(march(2028), 30, org)).toEqual(new Date('2028-02-29T08:00:00+07:00'))
    expect(noticeAt(march(2027), 30, org)).toEqual(new Date('2027-02-28T08:00:00+07:00'))
  })

  it('waits for the end of quiet hours', () => {
    const late = { ...org, quietFrom: '20:00', quietTo: '09:30' }
    const meeting = {
      occurrence: '2026-10',
      startsAt: new Date('2026-10-03T19:30:00+07:00'),
      state: 'planned' as const,
    }
    expect(noticeAt(meeting, 20, late)).toEqual(new Date('2026-09-20T09:30:00+07:00'))
  })

  it('never comes for day 0, for a meeting called off or one moved before it', () => {
    const meeting = {
      occurrence: '2026-10',
      startsAt: new Date('2026-10-03T19:30:00+07:00'),
      state: 'planned' as const,
    }
    expect(noticeAt(meeting, 0, org)).toBeNull()
    expect(noticeAt({ ...meeting, state: 'cancelled' }, 20, org)).toBeNull()
    expect(noticeAt({ ...meeting, startsAt: new Date('2026-09-18T19:30:00+07:00') }, 20, org)).toBeNull()
  })

  it('is caught up with by the tick alone: whoever plans a meeting by hand has told of it', () => {
    const now = new Date('2026-09-25T09:00:00+07:00')
    const meeting = plannedMeeting(scheduleOf('30 19 3 * *', 'same'), '2026-10', org, holidays, now)
    expect(timed(meeting, org, 20, now).noticeAt).toBeNull()
    expect(timed(meeting, org, 20, now, true).noticeAt).toEqual(new Date('2026-09-20T08:00:00+07:00'))
    expect(timed(meeting, org, 28, now).noticeAt).toEqual(new Date('2026-09-28T08:00:00+07:00'))
  })
})

describe('the question whether a meeting was held', () => {
  it('comes three days later in the morning, awake, for every meeting of thirty years', () => {
    fc.assert(
      fc.property(crons, fc.constantFrom(...shifts), months, (cron, shift, month) => {
        const { startsAt } = plannedMeeting(scheduleOf(cron, shift), month, org, holidays, long)
        expect(localAt(checkAt(startsAt, org), zone)).toEqual({
          on: addDays(localAt(startsAt, zone).on, 3),
          time: '09:00',
        })
      }),
      { seed: 5, numRuns: 500 },
    )
  })
})

describe('the flag salute', () => {
  const schedule = { flagSaluteAt: '06:45' }
  const at = (time: string) => ({ kind: 'regular' as const, startsAt: new Date(`2026-10-01T${time}:00+07:00`) })
  it('is before the meeting of its morning, also when that is moved to another day', () => {
    expect(flagSaluteOf(schedule, at('07:00'), zone)).toEqual(new Date('2026-10-01T06:45:00+07:00'))
    expect(flagSaluteOf(schedule, { ...at('07:00'), kind: 'combined' }, zone)).not.toBeNull()
  })
  it('is none at a meeting in the evening, of another kind or that begins before it', () => {
    expect(flagSaluteOf(schedule, at('19:30'), zone)).toBeNull()
    expect(flagSaluteOf(schedule, at('06:30'), zone)).toBeNull()
    expect(flagSaluteOf(schedule, { ...at('07:00'), kind: 'thematic' }, zone)).toBeNull()
    expect(flagSaluteOf({ flagSaluteAt: null }, at('07:00'), zone)).toBeNull()
  })
})

describe('what holds for an organisation', () => {
  const row = (orgId: number, more: Partial<MeetingSetting>): MeetingSetting => ({
    ...{ orgId, noticeDay: null, agenda: [], abovePercent: null, mostExcusedInRow: null, monthsAbsent: null },
    ...more,
  })
  it('is its own, else the nearest above, each setting for itself, else the default', () => {
    const rows = [row(1, { noticeDay: 25, agenda: ['A'] }), row(5, { noticeDay: 0 }), row(7, { agenda: ['B'] })]
    expect(meetingRules('/1/5/9/', rows)).toMatchObject({ noticeDay: 0, agenda: ['A'] })
    expect(meetingRules('/1/7/', rows)).toMatchObject({ noticeDay: 25, agenda: ['B'] })
    expect(meetingRules('/3/', rows)).toMatchObject({ noticeDay: defaultNoticeDay, agenda: null })
  })
})
