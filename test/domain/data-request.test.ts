import { describe, expect, test } from 'vitest'
import { addDays, instantAt } from '../../src/domain/calendar.ts'
import {
  clocksOf,
  extended,
  nextWarningAt,
  privacyRuleOn,
  type RunningRequest,
  warningAt,
} from '../../src/domain/data-request.ts'
import { isWorkingDay } from '../../src/domain/holidays.ts'
import { readDataFiles } from '../../src/store/data-files.ts'

const { privacyRules, holidays } = await readDataFiles()
const zone = 'Asia/Ho_Chi_Minh'
const rule = privacyRuleOn(privacyRules, '2026-11-20')

describe('the clocks of a request', () => {
  test.each([
    ['a Monday', '2026-10-05', '2026-10-07', '2026-10-20'],
    ['a Friday: the weekend does not count', '2026-10-09', '2026-10-13', '2026-10-24'],
    ['a Saturday', '2026-10-10', '2026-10-13', '2026-10-25'],
    ['before the National Day', '2026-08-31', '2026-09-04', '2026-09-15'],
  ])('of %s', (_name, receivedOn, answerBy, fulfilBy) => {
    expect(clocksOf(receivedOn, rule, holidays)).toEqual({ answerBy, fulfilBy })
  })

  test('leave two whole working days for the answer, whenever it came', () => {
    for (let on = '2026-01-01'; on < '2027-01-01'; on = addDays(on, 1)) {
      const { answerBy } = clocksOf(on, rule, holidays)
      const days: string[] = []
      for (let day = addDays(on, 1); day <= answerBy; day = addDays(day, 1))
        if (isWorkingDay(day, holidays)) days.push(day)
      expect([on, days.length, days.at(-1)]).toEqual([on, 2, answerBy])
    }
  })

  test('come from dated rules with their source', () => {
    expect(rule).toMatchObject({ answerWorkingDays: 2, fulfilDays: 15, extensionDays: 15, breachHours: 72 })
    expect(privacyRules.every(({ source }) => source.length > 0)).toBe(true)
    const another = [...privacyRules, { ...rule, from: '2030-01-01', fulfilDays: 10 }]
    expect(privacyRuleOn(another, '2029-12-31').fulfilDays).toBe(15)
    expect(privacyRuleOn(another, '2030-01-01').fulfilDays).toBe(10)
  })
})

describe('an extension', () => {
  const open = { answerBy: '2026-10-07', fulfilBy: '2026-10-20', answeredAt: null, closedAt: null, extendedAt: null }

  test('is given once, in time, and never to what is closed', () => {
    expect(extended(open, rule, '2026-10-20')).toEqual({ fulfilBy: '2026-11-04' })
    expect(extended({ ...open, extendedAt: new Date() }, rule, '2026-10-10')).toHaveProperty('refused')
    expect(extended({ ...open, closedAt: new Date() }, rule, '2026-10-10')).toHaveProperty('refused')
    expect(extended(open, rule, '2026-10-21')).toHaveProperty('refused')
  })
})

describe('warnings', () => {
  const open: RunningRequest = { answerBy: '2026-10-07', fulfilBy: '2026-10-20', answeredAt: null, closedAt: null }
  const at = (day: string, time = '08:00') => instantAt(day, time, zone)

  test('come in the morning before a last day and after it, each once', () => {
    const told: string[] = []
    let now: Date | null = at('2026-10-05')
    while (now) {
      now = nextWarningAt(open, now, zone)
      if (now) told.push(`${now.toISOString()} ${warningAt(open, now, zone)}`)
    }
    expect(told).toEqual([
      `${at('2026-10-06').toISOString()} answerSoon`,
      `${at('2026-10-08').toISOString()} answerOverdue`,
      `${at('2026-10-17').toISOString()} fulfilSoon`,
      `${at('2026-10-21').toISOString()} fulfilOverdue`,
    ])
  })

  test('end where the request was answered or closed', () => {
    expect(nextWarningAt({ ...open, answeredAt: new Date() }, at('2026-10-05'), zone)).toEqual(at('2026-10-17'))
    expect(nextWarningAt({ ...open, closedAt: new Date() }, at('2026-10-05'), zone)).toBeNull()
    expect(warningAt({ ...open, closedAt: new Date() }, at('2026-12-05'), zone)).toBeNull()
  })
})
