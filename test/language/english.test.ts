/** English as members of a club and its secretary really type it, each row as it stands and as phones change it. */
import { describe, expect, test } from 'vitest'
import { canonical, changesData, rowsOf, understandRow } from './corpus.ts'

const rows = rowsOf('english.tsv')
/** What a phone's keyboard makes of it, and what people add or leave out. */
const variants: readonly (readonly [string, (text: string) => string])[] = [
  ['as typed', (text) => text],
  ['with typographic apostrophes', (text) => text.replaceAll("'", '’')],
  ['with spaces around', (text) => `  ${text} `],
]

describe.each(variants)('%s', (_how, change) => {
  test.each(rows.map((row) => [row.text, row] as const))('%s', (_text, row) => {
    const read = understandRow({ ...row, text: change(row.text) })
    const plain = (value: object) => canonical(value).replaceAll('’', "'")
    expect({ intent: read.intent, slots: plain(read.slots) }).toEqual({ intent: row.intent, slots: plain(row.slots) })
  })
})

test('no denial, doubt or question of English acts', () => {
  const said = [
    ...["I don't want to register", "I can't register", "don't remind everyone", 'maybe I can come', 'I might come'],
    ...["I don't know if I can come", "Peter and Mary can't come", 'let me know when we meet', 'open the window'],
    ...['should we approve deed 1?', 'return my book', 'rate the food as good', 'I want a coffee', 'no I am fine'],
  ]
  const acted = said.filter((text) => changesData(understandRow(rows[0]!, text).intent))
  expect(acted).toEqual([])
})
