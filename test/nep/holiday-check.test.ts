/** The doctor says in time that the table of holidays ends, and fails only once the present year is not in it. */
import { expect, test } from 'vitest'
import { type HolidayCalendar, noHolidays } from '../../src/domain/holidays.ts'
import { holidayCheck } from '../../src/nep/doctor.ts'

const day = (isConfirmed: boolean) => ({ name: 'x', source: 'y', isConfirmed })
const calendar: HolidayCalendar = {
  years: new Set([2026, 2027]),
  off: new Map([
    ['2026-01-02', day(false)],
    ['2027-01-01', day(true)],
    ['2027-02-05', day(false)],
  ]),
  worked: new Map(),
}

test.each([
  [calendar, '2026-12-15', true, '2026 and 2027 are in the table; 1 coming day not announced when it was written'],
  [calendar, '2027-11-01', true, '2028 is not in the table yet; 0 coming days not announced when it was written'],
  [calendar, '2028-01-01', false, '2028 is not in the table: update Nếp, or add it to prisma/data/holidays-vn.json'],
  [noHolidays, '2026-05-01', false, '2026 is not in the table: update Nếp, or add it to prisma/data/holidays-vn.json'],
] as const)('%# on %s', (known, today, ok, detail) => {
  expect(holidayCheck(known, today)).toEqual({ name: 'holidays', ok, detail })
})
