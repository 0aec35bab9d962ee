/**
 * What was frozen when books were closed, told again whenever: it is held to the rows as they were at that instant. They are kept
 * here at the first message after each closing, so that no later row and nothing that the program froze itself is asked.
 */
import type { Occasion } from './printed.ts'
import { type ClosingRow, type Rows, vnDate } from './recount.ts'

export const periodWords = String.raw`(?:quý (?:IV|I{1,3})/\d{4}|6 tháng (?:đầu|cuối) năm \d{4}|năm \d{4})`

/** '6 tháng đầu năm 2026' → '2026-H1' */
export function closableOf(words: string): string {
  const year = words.slice(-4)
  const quarter = /^quý (IV|I{1,3})/.exec(words)?.[1]
  if (quarter) return `${year}-Q${['I', 'II', 'III', 'IV'].indexOf(quarter) + 1}`
  return words.startsWith('6 tháng') ? `${year}-H${words.includes('đầu') ? 1 : 2}` : year
}

const frozenLine = new RegExp(String.raw`^Số liệu kỳ (${periodWords}) đã khoá sổ lúc `, 'u')
/** Of a year, or of a part of one. */
const headLine = new RegExp(String.raw`^(.+), (?:năm \d{4}, đến ngày .*|${periodWords})$`, 'u')
const seriesLine = new RegExp(String.raw`^Họp (${periodWords}): `, 'u')

export interface Frozen {
  closing: ClosingRow
  rows: Rows
}

const keyOf = ({ org_id, period, number }: ClosingRow) => `${org_id}:${period}:${number}`

export class Closings {
  private readonly rowsAt = new Map<string, Rows>()

  constructor(before?: Closings) {
    for (const [key, rows] of before?.rowsAt ?? []) this.rowsAt.set(key, rows)
  }

  /** Keeps the rows of every closing that is new. */
  learn(rows: Rows): void {
    for (const closing of rows.closing) {
      const key = keyOf(closing)
      if (!this.rowsAt.has(key)) this.rowsAt.set(key, rows)
    }
  }

  /** The closing of a period that stands, with the rows of its instant. */
  standing(now: Rows, orgId: number, period: string): Frozen | null {
    const closing = now.closing.find((row) => row.org_id === orgId && row.period === period && row.reopened_at === null)
    const rows = closing && this.rowsAt.get(keyOf(closing))
    return rows ? { closing, rows } : null
  }

  /** A message in parts: what is frozen with the rows of its closing, the rest with those of today. */
  partsOf(text: string, occasion: Occasion, orgId: () => number | null): { text: string; occasion: Occasion }[] {
    const lines = text.split('\n')
    const period = frozenLine.exec(lines[0] ?? '')?.[1]
    const name = period && headLine.exec(lines[1] ?? '')?.[1]
    const org = name && occasion.rows.organisation.find((row) => row.name === name)
    const frozen = org ? this.standing(occasion.rows, org.org_id, closableOf(period!)) : null
    const length = frozen
      ? 2 + lines.slice(2).findIndex((line) => !/^- |^Không tính: \d|^Đăng ký của cả năm |^Họp /.test(line))
      : 0
    const until = length === 1 ? lines.length : length
    const rest = this.restOf(lines.slice(until), occasion, frozen ? () => frozen.closing.org_id : orgId)
    if (!frozen) return rest
    const today = new Date(occasion.now.getTime() + 7 * 3_600_000).toISOString().slice(0, 10)
    const head = { orgId: frozen.closing.org_id, year: Number(frozen.closing.period.slice(0, 4)), today }
    return [
      { text: lines.slice(0, until).join('\n'), occasion: then(occasion, frozen) },
      ...rest.map((part) => ({ ...part, occasion: part.occasion.frozen ? part.occasion : { ...occasion, head } })),
    ]
  }

  /** The line about the meetings of a period that is closed, and the others. */
  private restOf(lines: readonly string[], occasion: Occasion, orgId: () => number | null) {
    const at = lines.findIndex((line) => seriesLine.test(line))
    const period = seriesLine.exec(lines[at] ?? '')?.[1]
    const own = period === undefined ? null : orgId()
    const frozen = own === null ? null : this.standing(occasion.rows, own, closableOf(period!))
    if (!frozen) return [{ text: lines.join('\n'), occasion }]
    return [
      { text: lines[at]!, occasion: then(occasion, frozen) },
      { text: lines.filter((_, index) => index !== at).join('\n'), occasion },
    ]
  }
}

const then = (occasion: Occasion, frozen: Frozen): Occasion => ({
  ...occasion,
  rows: frozen.rows,
  now: new Date(frozen.closing.closed_at),
  frozen: frozen.closing,
})

export const closedOn = ({ closed_at }: ClosingRow): string =>
  vnDate(new Date(Date.parse(closed_at) + 7 * 3_600_000).toISOString().slice(0, 10))
