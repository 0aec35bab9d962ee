/** What is printed of reviews, of closing and reopening books, and of requests about one's own data, held to the rows. */
import { closableOf, closedOn, periodWords } from './closings.ts'
import type { Reader } from './printed.ts'
import { type ClosingRow, dayOf, dotted, recount, twoDigits, vnDate } from './recount.ts'

const N = String.raw`\d+(?:\.\d{3})*`
const D = String.raw`\d{2}/\d{2}/\d{4}`
const P = periodWords
const when = String.raw`(\d{1,2}) giờ(?: (\d{2}))?, (Chủ nhật|thứ \p{L}+), ngày (${D})`
const parts = { 'Hạn chế': 'limits', 'Nhiệm vụ': 'tasks', 'hạn chế': 'limits', 'nhiệm vụ': 'tasks' } as const
type PartWords = keyof typeof parts

function lastDayOf(period: string): string {
  const [year, part = 'H2'] = period.split('-')
  const last = { Q1: '03-31', Q2: '06-30', H1: '06-30', Q3: '09-30', Q4: '12-31', H2: '12-31' }[part]
  return `${year}-${last}`
}

export function takeBooks(reader: Reader): void {
  if (/[Hh]ạn chế|[Nn]hiệm vụ/.test(reader.text)) takeReviews(reader)
  if (/[Kk]hoá sổ|[Mm]ở lại|[Kk]ỳ này/.test(reader.text) || reader.occasion.frozen) takeClosings(reader)
  if (/[Yy]êu cầu số/.test(reader.text)) takeRequests(reader)
}

/** Words of a row as they are left of a message: those with a digit were taken out of it before. */
const left = (words: string) => (/\d/.test(words) ? '«»' : words)

function takeReviews(reader: Reader): void {
  const { rows, about, occasion } = reader
  const itemsOf = (period: string, part: PartWords) =>
    rows.review.find((row) => row.org_id === about && row.period === period)?.[parts[part]] ?? []
  const list = String.raw`((?:\n\d+\. .+)+)`
  const lines = (block: string | undefined) => block?.trim().split('\n') ?? []
  const numbered = (items: readonly string[]) => items.map((item, at) => `${at + 1}. ${left(item)}`)

  reader.take(
    String.raw`^(Hạn chế|Nhiệm vụ), (?:sơ|tổng) kết (${P}):${list}(?:\nThay cho (${N}) nội dung đã ghi trước\.)?`,
    (part, words, _block, replaced) => {
      // Of the message itself: what was known before was taken out of the rest.
      const said = reader.text.split('\n').filter((line) => /^\d+\. /.test(line))
      reader.same('read back of a review', said.join('; '), (occasion.lines ?? []).join('; '))
      reader.same('period of a review', closableOf(words!), occasion.period ?? 'not said')
      const before = itemsOf(closableOf(words!), part as PartWords).length
      reader.same('replaced in a review', replaced ?? '00', twoDigits(before))
    },
  )
  reader.take(String.raw`^(Hạn chế|Nhiệm vụ) \((${P})\):${list}`, (part, words, block) => {
    const period = closableOf(words!)
    // A period that is closed keeps what was written: nobody may change it.
    reader.same('review', lines(block).join('\n'), numbered(itemsOf(period, part as PartWords)).join('\n'))
  })
  reader.take(String.raw`^Đã ghi (${N}) (hạn chế|nhiệm vụ) của kỳ (${P})\.`, (count, part, words) =>
    reader.same('noted in a review', count, twoDigits(itemsOf(closableOf(words!), part as PartWords).length)),
  )
}

function takeClosings(reader: Reader): void {
  const { rows, occasion, today } = reader
  const named = (name: string | undefined) => rows.organisation.find((row) => row.name === name)
  const isStanding = (row: ClosingRow) => row.reopened_at === null
  const closings = (orgId: number | null | undefined, words: string | undefined) =>
    rows.closing.filter((row) => row.org_id === orgId && row.period === closableOf(words!))
  const at = (parts: (string | undefined)[]) => reader.instant(parts as string[])
  const isNow = (instant: string | null) => instant !== null && Date.parse(instant) === occasion.now.getTime()

  reader.take(String.raw`^Số liệu kỳ (${P}) đã khoá sổ lúc ${when}\.$`, (words, ...instant) => {
    reader.same('period that was frozen', closableOf(words!), occasion.frozen?.period ?? 'none')
    reader.same('instant of freezing', String(at(instant.slice(0, 4))), String(minute(occasion.frozen?.closed_at)))
  })
  reader.take(
    String.raw`^Khoá sổ kỳ (${P}) của (.+?)(?: và cấp dưới \((${N}) đơn vị\))?\.\nSố liệu chốt lúc này(?:, đăng ký của cả năm (\d{4}))?: (${N})/(${N}) đảng viên đã đăng ký, (${N}) việc\.`,
    (words, name, below, wholeYear, x, y, deeds) => {
      const period = closableOf(words!)
      reader.same('year of the register', wholeYear ?? period, period.slice(0, 4))
      const org = named(name)
      const tree = rows.organisation.filter((row) => row.path.startsWith(org?.path ?? 'none') && row.closed_on === null)
      const open = tree.filter(
        (row) => !rows.closing.some((each) => each.org_id === row.org_id && each.period === period && isStanding(each)),
      )
      if (below !== undefined) reader.same('organisations to close', below, twoDigits(open.length))
      const of = recount(rows, org?.org_id ?? -1, Number(period.slice(0, 4)), today)
      reader.same('registered at closing', x, dotted(of.members.x))
      reader.same('counted at closing', y, dotted(of.members.y))
      reader.same('deeds at closing', deeds, dotted(of.individualDeeds + of.collectiveDeeds))
    },
  )
  reader.take(String.raw`^Kỳ này còn đến hết ngày (${D})\.$`, (day) => {
    const words = new RegExp(String.raw`^Khoá sổ kỳ (${P}) của`, 'mu').exec(reader.text)?.[1]
    reader.same('last day of a period', day, vnDate(lastDayOf(closableOf(words ?? ''))))
  })
  reader.take(String.raw`^Đã khoá sổ kỳ (${P}) lúc ${when}(?: cho (${N}) đơn vị)?\.`, (words, ...more) => {
    const now = rows.closing.filter((row) => row.period === closableOf(words!) && isNow(row.closed_at))
    reader.same('instant of closing', String(at(more.slice(0, 4))), String(minute(now[0]?.closed_at)))
    reader.same('organisations closed', more[4] ?? '01', twoDigits(now.length))
  })
  reader.take(String.raw`^Kỳ (${P}) đã khoá sổ lúc ${when}\.`, (words, ...instant) => {
    const row = closings(reader.orgId, words).find(isStanding)
    reader.same('instant of closing', String(at(instant.slice(0, 4))), String(minute(row?.closed_at)))
  })
  reader.take(String.raw`Kỳ (${P}) đã khoá sổ ngày (${D}) nên`, (words, day) => {
    const below = rows.organisation.filter((row) => row.org_id === reader.orgId || row.parent_id === reader.orgId)
    reader.holds(
      'refused since closing',
      below.some((org) => closings(org.org_id, words).some((row) => isStanding(row) && closedOn(row) === day)),
      `nothing was closed on ${day}`,
    )
  })
  reader.take(String.raw`^Kỳ (${P}) chưa khoá sổ được: từ ngày (${D})`, (words, day) =>
    reader.same('first day of closing', day, vnDate(`${lastDayOf(closableOf(words!)).slice(0, 8)}01`)),
  )
  reader.take(String.raw`^Mở lại sổ kỳ (${P}) của (.+?), lý do`, (words, name) =>
    reader.holds('to reopen', closings(named(name)?.org_id, words).some(isStanding), `${words} is open`),
  )
  reader.take(String.raw`^Đã mở lại sổ kỳ (${P}) của (.+?)\.`, (words, name) =>
    reader.holds(
      'reopened',
      closings(named(name)?.org_id, words).some((row) => isNow(row.reopened_at)),
      'not now',
    ),
  )
  reader.take(String.raw`^Kỳ (${P}) của (.+?) đã được mở lại, lý do`, (words, name) =>
    reader.holds(
      'reopened',
      closings(named(name)?.org_id, words).some((row) => isNow(row.reopened_at)),
      'not now',
    ),
  )
  reader.take(String.raw`^Kỳ (${P}) của (.+?) đang mở`, (words, name) =>
    reader.holds('open', !closings(named(name)?.org_id, words).some(isStanding), `${words} is closed`),
  )
}

/** Printed to the minute. */
const minute = (instant: string | undefined): number => Math.floor(Date.parse(instant ?? '') / 60_000) * 60_000

/** Two working days for the answer, fifteen days for what is asked (Luật 91/2025/QH15, Nghị định 356/2025/NĐ-CP). */
function takeRequests(reader: Reader): void {
  const { rows } = reader
  const request = (number: string | undefined) =>
    rows.data_request.find((row) => String(row.data_request_id) === number)
  const plus = (day: string, days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
  const clocks = (number: string | undefined) => {
    const row = request(number)
    if (!row) return { answer: 'no request', fulfil: 'no request' }
    const received = dayOf(row.received_at)
    let answer = received
    // No holiday lies in the weeks in which somebody asks here.
    for (let left = 2; left > 0; left -= /^[06]$/.test(String(new Date(answer).getUTCDay())) ? 0 : 1)
      answer = plus(answer, 1)
    return { answer: vnDate(answer), fulfil: vnDate(plus(received, 15)) }
  }
  reader.take(
    String.raw`[Yy]êu cầu số (\d+)(?: của đồng chí)?(?: \([^)]+\) đang chờ)?: [^\d]+?(${D}), thực hiện chậm nhất ngày (${D})`,
    (number, answer, fulfil) => {
      reader.same('answer due', answer, clocks(number).answer)
      reader.same('fulfilment due', fulfil, clocks(number).fulfil)
    },
  )
  reader.take(
    String.raw`^Yêu cầu số (\d+) về dữ liệu cá nhân \([^)]+\) (cần|đã)([^.\d]+)(${D})\.`,
    (number, _, words, day) => {
      const due = words!.includes('trả lời') ? clocks(number).answer : clocks(number).fulfil
      reader.same('clock of a request', day, due)
      reader.holds('open request', request(number)?.closed_at === null, 'it is closed')
    },
  )
  reader.take(String.raw`^- Yêu cầu số (\d+) \([^)]+\), ngày (${D}): (đã xong|đang chờ)$`, (number, day, state) => {
    const row = request(number)
    reader.same('day of a request', day, row ? vnDate(dayOf(row.received_at)) : 'none')
    reader.holds('state of a request', (state === 'đã xong') === (row?.closed_at !== null), `not ${state}`)
  })
}
