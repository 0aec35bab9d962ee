/** The reporting period named in a text. */
import type { Clock } from './calendar.ts'
import { keyOf, numberAt, startsDate } from './date-words.ts'
import { vocabulary } from './lexicon.ts'
import { type PeriodFound, periodAt, periodLabel } from './periods.ts'
import { hasAny, type Reading } from './reading.ts'

const timeBits = vocabulary.bitsOf('time number')

/** The first period in a text, as a slot; weeks and days are none. */
export function periodIn(reading: Reading, clock: () => Clock): { period?: string } {
  if (!hasAny(reading.all, timeBits)) return {}
  const { tokens } = reading
  for (let at = 0; at < tokens.length; at++) {
    const token = tokens[at]!
    if (!startsDate(token)) continue
    const found: PeriodFound | null = periodAt(tokens, at, clock()) ?? sixMonths(reading, at, clock)
    if (!found) continue
    if (found.isNamed) {
      const label = periodLabel(found)
      if (label) return { period: label }
    }
    at = found.to - 1
  }
  return {}
}

/** `6 tháng` alone is the half-year report. */
function sixMonths(reading: Reading, at: number, clock: () => Clock): PeriodFound | null {
  const { tokens } = reading
  const number = numberAt(tokens, at)
  if (number?.value !== 6 || keyOf(tokens[number.to]) !== 'thang' || tokens[at - 1]?.mark === '/') return null
  const next = keyOf(tokens[number.to + 1])
  if (/^(qua|gan|vua|toi|sau|nua|truoc)$/.test(next)) return null
  return { to: number.to + 1, unit: 'half', year: clock().year, index: 1, hasYear: false, edge: 'whole', isNamed: true }
}
