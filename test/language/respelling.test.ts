/** The same text spelt otherwise means the same: properties over every row of the corpora. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { corpora, datesOf, type Row, rowsOf, understandRow } from './corpus.ts'

const rows = corpora.flatMap((file) => rowsOf(file))
const fixed = { seed: 20261005 }

const undiacritic = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd').replace(/Đ/g, 'D')
const capitalised = (text: string) =>
  text.replace(/(^|[\s])(\p{Ll})/gu, (_all, before: string, letter: string) => before + letter.toUpperCase())

/** Codes are typed as given, and a name alone is known by its capitals: case is part of what they say. */
const mayChangeCase = (row: Row) =>
  row.intent !== 'chat.activate' &&
  row.intent !== 'member.claim' &&
  !/excuseFor|commend|rate|approve|return/.test(row.intent)
/** `choice`, `code` and `?` have no particle behind them; a list of deeds ends with a deed. */
const particles = ['ạ', 'nhé', ' ạ', '!', '.', '  ']

function differences(respell: (text: string) => string, takes: (row: Row) => boolean = () => true): string[] {
  return rows.filter(takes).flatMap((row) => {
    const plain = understandRow(row)
    const other = understandRow(row, respell(row.text))
    const same = plain.intent === other.intent && datesOf(plain).join() === datesOf(other).join()
    return same
      ? []
      : [
          `${row.line} ${JSON.stringify(respell(row.text))}: ${plain.intent} ${datesOf(plain)} became ${other.intent} ${datesOf(other)}`,
        ]
  })
}

describe('neither the intent nor a date changes', () => {
  it('when the text is composed or decomposed', () => {
    expect(differences((text) => text.normalize('NFD'))).toEqual([])
    expect(differences((text) => text.normalize('NFC'))).toEqual([])
  })

  it('when the diacritics are left out', () => {
    // `vang` alone may be `vâng` or `vắng`: asked about attendance, no answer is taken.
    const isVang = (row: Row) =>
      row.context.expecting === 'attendance' && /^v[âắ]ng( ạ)?[.]?$/i.test(row.text.normalize('NFC'))
    expect(differences(undiacritic, (row) => !isVang(row))).toEqual([])
  })

  it('when it is shouted or whispered', () => {
    expect(differences((text) => text.toUpperCase(), mayChangeCase)).toEqual([])
    expect(differences((text) => text.toLowerCase(), mayChangeCase)).toEqual([])
  })

  it('when every word is capitalised', () => {
    expect(differences(capitalised, mayChangeCase)).toEqual([])
  })

  it('when the bot is called at the start or at the end', () => {
    const unnamed = rows.filter(
      (row) => !row.text.includes('@') && !row.text.startsWith('/') && row.context.addressed !== 'none',
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...unnamed),
        fc.boolean(),
        fc.constantFrom('@Bot Nếp', '@bot nếp', '@BotNep', '@Nếp'),
        (row, isFirst, name) => {
          const plain = understandRow(row)
          const called = understandRow(row, isFirst ? `${name} ${row.text}` : `${row.text} ${name}`)
          expect([called.intent, ...datesOf(called)]).toEqual([plain.intent, ...datesOf(plain)])
        },
      ),
      { ...fixed, numRuns: 4000 },
    )
  })

  it('when particles and blanks are added', () => {
    const closed = rows.filter((row) => row.intent !== 'chat.activate' && row.text !== '?')
    fc.assert(
      fc.property(
        fc.constantFrom(...closed),
        fc.constantFrom(...particles),
        fc.constantFrom('', ' ', '  '),
        (row, particle, before) => {
          const plain = understandRow(row)
          const longer = understandRow(
            row,
            `${before}${row.text.replaceAll(' ', before === '  ' ? '  ' : ' ')} ${particle}`,
          )
          expect([longer.intent, ...datesOf(longer)]).toEqual([plain.intent, ...datesOf(plain)])
        },
      ),
      { ...fixed, numRuns: 4000 },
    )
  })

  it('when the tone is placed the old or the new way', () => {
    const swap: Record<string, string> = {
      hoà: 'hòa',
      hòa: 'hoà',
      uỷ: 'ủy',
      ủy: 'uỷ',
      xoá: 'xóa',
      xóa: 'xoá',
      huỷ: 'hủy',
      hủy: 'huỷ',
      thuý: 'thúy',
      khoẻ: 'khỏe',
      hoá: 'hóa',
    }
    const pattern = new RegExp(Object.keys(swap).join('|'), 'gu')
    expect(differences((text) => text.normalize('NFC').replace(pattern, (found) => swap[found] ?? found))).toEqual([])
  })
})
