/**
 * Date phrases labelled by somebody who saw neither rules nor code: none may be missed, for a date that is silently wrong is a
 * deadline somebody misses. Rows marked `candidatesOpen` only have to be asked about: which days are offered is free there.
 */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { type Resolved, resolveDate } from '../../src/language/dates.ts'

interface DateRow {
  text: string
  now: string
  timeZone: string
  want: Resolved
  candidatesOpen?: boolean
}

const rows = readFileSync(new URL('blind-dates.jsonl', import.meta.url), 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line) as DateRow)

const shown = (value: Resolved) => JSON.stringify('ask' in value ? { ask: [...value.ask].sort() } : value)

it('every date phrase is fixed, asked about or left alone as labelled', () => {
  expect(rows.length).toBeGreaterThanOrEqual(600)
  const misses = rows.flatMap(({ text, now, timeZone, want, candidatesOpen }, index) => {
    const got = resolveDate(text, new Date(now), timeZone)
    const isRight = candidatesOpen ? 'ask' in got && got.ask.length > 0 : shown(got) === shown(want)
    return isRight ? [] : [`${index + 1} ${text} (${now})\n  want ${shown(want)}\n  got  ${shown(got)}`]
  })
  expect(misses).toEqual([])
})
