import { describe, expect, test } from 'vitest'
import { breachStageAt, hoursLeft, nextBreachWarningAt, notifyByOf } from '../../src/domain/breach.ts'
import { instantAt } from '../../src/domain/calendar.ts'
import { privacyRuleOn } from '../../src/domain/data-request.ts'
import { readDataFiles } from '../../src/store/data-files.ts'

const { privacyRules } = await readDataFiles()
const rule = privacyRuleOn(privacyRules, '2026-11-20')
const clockFrom = (discoveredAt: Date) => ({
  notifyBy: notifyByOf(discoveredAt, rule),
  authorityAt: null as Date | null,
  closedAt: null as Date | null,
})

describe('the clock of a breach', () => {
  test.each([
    ['in Viet Nam, over a weekend', '2026-11-20', '14:30', 'Asia/Ho_Chi_Minh', '2026-11-23T07:30:00.000Z'],
    ['over Tết, which stops nothing', '2026-02-16', '23:59', 'Asia/Ho_Chi_Minh', '2026-02-19T16:59:00.000Z'],
    [
      'over the change to summer time: hours, not days',
      '2026-03-28',
      '12:00',
      'Europe/Berlin',
      '2026-03-31T11:00:00.000Z',
    ],
    ['over a leap day', '2028-02-28', '08:00', 'UTC', '2028-03-02T08:00:00.000Z'],
  ])('ends 72 hours after the discovery %s', (_name, on, time, zone, end) => {
    expect(clockFrom(instantAt(on, time, zone)).notifyBy.toISOString()).toBe(end)
  })

  const clock = clockFrom(new Date('2026-11-20T00:00:00Z')) // until the 23rd, 00:00
  test.each([
    ['2026-11-20T00:00:00Z', null, '2026-11-22T00:00:00Z', 72],
    ['2026-11-21T23:59:59Z', null, '2026-11-22T00:00:00Z', 24],
    ['2026-11-22T00:00:00Z', 'in24Hours', '2026-11-22T20:00:00Z', 24],
    ['2026-11-22T19:59:00Z', 'in24Hours', '2026-11-22T20:00:00Z', 4],
    ['2026-11-22T20:00:00Z', 'in4Hours', '2026-11-23T00:00:00Z', 4],
    ['2026-11-22T23:57:00Z', 'in4Hours', '2026-11-23T00:00:00Z', 0],
    ['2026-11-23T00:00:00Z', 'overdue', null, 0],
    ['2026-12-23T00:00:00Z', 'overdue', null, -720],
  ])('at %s says %s, next at %s', (at, stage, next, left) => {
    const now = new Date(at)
    expect(breachStageAt(clock, now)).toBe(stage)
    expect(nextBreachWarningAt(clock, now)).toEqual(next === null ? null : new Date(next))
    expect(hoursLeft(clock, now)).toBe(left)
  })

  test('stands still once the authority is told or the matter closed', () => {
    const late = new Date('2026-12-01T00:00:00Z')
    for (const stopped of [
      { ...clock, authorityAt: late },
      { ...clock, closedAt: late },
    ])
      expect([breachStageAt(stopped, late), nextBreachWarningAt(stopped, late), hoursLeft(stopped, late)]).toEqual([
        null,
        null,
        null,
      ])
  })
})
