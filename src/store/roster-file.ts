/** Reads a roster file, .csv or .xlsx, into a table of cells whose row numbers are those the person sees. */
import { readFile, stat } from 'node:fs/promises'
import { CsvError, parse } from 'csv-parse/sync'
import type { RosterFault, RosterProblem } from '../domain/roster-file.ts'

/** A roster of 5,000 lines takes less than 1 MB; what is larger is not a roster, and a packed file grows when read. */
const MAX_BYTES = 5_000_000

/** What a workbook may unpack to; one of 5,000 lines takes some 3 MB. */
const MAX_UNPACKED_BYTES = 60_000_000

export type TableReading = { table: string[][] } | { fault: RosterFault }

const failed = (problem: RosterProblem, row = 0, about?: string): TableReading => ({
  fault: { row, column: null, problem, ...(about === undefined ? {} : { about }) },
})

/**
 * Reads the file by what is in it, not by its name alone: many a .csv is a renamed workbook.
 *
 * @throws the system's error where the file cannot be opened
 */
export async function readTable(path: string): Promise<TableReading> {
  const { size } = await stat(path)
  if (size > MAX_BYTES) return failed('tooLarge')
  const bytes = await readFile(path)
  if (bytes.length === 0) return failed('empty')
  if (bytes.subarray(0, 2).toString('latin1') === 'PK') return readWorkbook(bytes)
  // Excel's old .xls, or a workbook with a password.
  if (bytes.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) return failed('wrongType')
  if (/\.xlsx$/i.test(path)) return failed('brokenFile')
  if (!/\.(csv|txt)$/i.test(path)) return failed('wrongType')
  return readCsv(bytes)
}

/**
 * Bytes that a zip archive says it unpacks to, by its central directory; null where it has none.
 * Source: PKWARE, APPNOTE.TXT 6.3.10 (2022), 4.3.12 and 4.3.16.
 */
function unpackedBytes(zip: Buffer): number | null {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]))
  if (end < 0 || end + 22 > zip.length) return null
  let at = zip.readUInt32LE(end + 16)
  let sum = 0
  for (let left = zip.readUInt16LE(end + 10); left > 0; left--) {
    if (at + 46 > zip.length || zip.readUInt32LE(at) !== 0x02014b50) return null
    sum += zip.readUInt32LE(at + 24)
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32)
  }
  return sum
}

async function readWorkbook(bytes: Buffer): Promise<TableReading> {
  const unpacked = unpackedBytes(bytes)
  if (unpacked === null) return failed('brokenFile')
  if (unpacked > MAX_UNPACKED_BYTES) return failed('tooLarge')
  const { readSheet } = await import('read-excel-file/node')
  try {
    const rows = await readSheet(bytes)
    return { table: rows.map((row) => row.map((cell) => (cell === null ? '' : String(cell)))) }
  } catch {
    return failed('brokenFile')
  }
}

function readCsv(bytes: Buffer): TableReading {
  let text: string
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return failed('notUtf8', firstBadLine(bytes))
  }
  if (text.includes('\0')) return failed('wrongType')
  // Excel's own hint, which is not a row of the table.
  const hint = /^sep=([,;\t])\r?\n/i.exec(text)
  const body = hint ? text.slice(hint[0].length) : text
  try {
    const table = parse(body, {
      delimiter: hint?.[1] ?? delimiterOf(body),
      relax_column_count: true,
      skip_empty_lines: false,
      record_delimiter: ['\r\n', '\n', '\r'],
    }) as string[][]
    return { table: hint ? [[], ...table] : table }
  } catch (err) {
    if (!(err instanceof CsvError)) throw err
    return failed('badQuotes', Number(err.lines ?? 0) + (hint ? 1 : 0))
  }
}

/** The separator that the first line with any uses most, outside of quotes. */
function delimiterOf(text: string): string {
  for (const line of text.split(/\r\n?|\n/, 20)) {
    const bare = line.replace(/"[^"]*"/g, '')
    const counts = [',', ';', '\t'].map((separator) => [separator, bare.split(separator).length - 1] as const)
    const [best] = counts.sort((a, b) => b[1] - a[1])
    if (best && best[1] > 0) return best[0]
  }
  return ','
}

/** The line in which the first bytes stand that are no UTF-8. */
function firstBadLine(bytes: Buffer): number {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  let line = 1
  let from = 0
  for (let end = bytes.indexOf(10); end !== -1; end = bytes.indexOf(10, from)) {
    try {
      decoder.decode(bytes.subarray(from, end))
    } catch {
      return line
    }
    line += 1
    from = end + 1
  }
  return line
}
