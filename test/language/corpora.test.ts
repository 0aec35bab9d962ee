/** The labelled corpora: acceptance in small. Every miss is listed by line. */
import { describe, expect, it } from 'vitest'
import { canonical, changesData, corpora, rowsOf, understandRow } from './corpus.ts'

describe.each(corpora)('%s', (file) => {
  const rows = rowsOf(file)
  const read = rows.map((row) => ({ row, got: understandRow(row) }))

  it('is understood wholly: intents and slots of at least 99 rows in 100', () => {
    const misses = read
      .filter(({ row, got }) => got.intent !== row.intent || canonical(got.slots) !== canonical(row.slots))
      .map(
        ({ row, got }) =>
          `${file}:${row.line} ${row.text}\n  want ${row.intent} ${canonical(row.slots)}\n  got  ${got.intent} ${canonical(got.slots)}`,
      )
    if (misses.length > 0) console.warn(misses.join('\n'))
    expect(misses.length / rows.length).toBeLessThanOrEqual(0.01)
  })

  it('takes no action that was not asked for', () => {
    const wrong = read.filter(({ row, got }) => got.intent !== row.intent && changesData(got.intent))
    expect(wrong.map(({ row, got }) => `${row.line} ${row.text} → ${got.intent}`)).toEqual([])
  })

  it('answers nothing that is not for the bot', () => {
    const answered = read.filter(({ row, got }) => row.intent === 'none' && got.intent !== 'none')
    expect(answered.map(({ row, got }) => `${row.line} ${row.text} → ${got.intent}`)).toEqual([])
  })

  it('is silent throughout when nobody is addressed', () => {
    const heard = rows.filter(
      (row) => understandRow({ ...row, context: { ...row.context, addressed: 'none' } }).intent !== 'none',
    )
    expect(heard).toEqual([])
  })
})

describe('the corpora', () => {
  it('hold enough rows to mean something, voices and the held-out set apart from the sample', () => {
    const [dev, voices, heldout] = corpora.map(rowsOf)
    expect(voices!.length).toBeGreaterThanOrEqual(400)
    expect(heldout!.length).toBeGreaterThanOrEqual(150)
    const known = new Set(
      [...dev!, ...voices!].map((row) => `${row.context.addressed} ${row.context.expecting} ${row.text}`),
    )
    expect(
      heldout!.filter((row) => known.has(`${row.context.addressed} ${row.context.expecting} ${row.text}`)).length,
    ).toBeLessThan(8)
  })
})
