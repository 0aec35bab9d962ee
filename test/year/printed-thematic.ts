/** What is printed of thematic meetings, and of meetings that were not held, held to the rows. */
import type { Reader } from './printed.ts'
import { presence, ratioText } from './recount.ts'

const N = String.raw`\d+(?:\.\d{3})*`
const R = String.raw`${N}/${N}(?: \(\d+(?:,\d)?%\))?`
const when = String.raw`(\d{1,2}) giờ(?: (\d{2}))?, (Chủ nhật|thứ \p{L}+), ngày (\d{2}/\d{2}/\d{4})`

/** 'tháng 8/2026' → '2026-08-T' */
const thematicOf = (words: string) => {
  const [, month, year] = /(\d{1,2})\/(\d{4})/.exec(words) ?? []
  return `${year}-${month?.padStart(2, '0')}-T`
}

const notHeldWords: Record<string, string> = {
  'thời tiết, thiên tai': 'weather',
  'dịch bệnh': 'epidemic',
  'không đủ người dự': 'tooFew',
  'lý do khác': 'other',
}

export function takeThematic(reader: Reader): void {
  if (!/sinh hoạt|họp|Chuyên đề/.test(reader.text)) return
  const { rows, orgId } = reader
  const own = () => rows.meeting.filter((row) => row.org_id === orgId)
  const meetingOf = (occurrence: string) => own().find((row) => row.occurrence === occurrence)
  const answersOf = (occurrence: string) =>
    rows.attendance.filter((row) => row.org_id === orgId && row.occurrence === occurrence)
  const starts = (kind: string, at: (string | undefined)[]) => {
    const instant = reader.instant(at as string[])
    reader.holds(
      'start of a thematic meeting',
      own().some((row) => row.kind === kind && Date.parse(row.starts_at) === instant),
      `no ${kind} meeting starts at ${at.join(' ')}`,
    )
  }

  reader.take(String.raw`sinh hoạt chuyên đề (tháng \d+/\d{4}) vào ${when}`, (month, ...at) => {
    starts('thematic', at.slice(0, 4))
    const row = meetingOf(thematicOf(month!))
    reader.holds('month of a thematic meeting', row?.kind === 'thematic', `none in ${month}`)
    reader.same('start of its month', String(Date.parse(row?.starts_at ?? '')), String(reader.instant(at as string[])))
  })
  reader.take(String.raw`[Ss]inh hoạt chuyên đề (?:lúc|dời sang) ${when}`, (...at) =>
    starts('thematic', at.slice(0, 4)),
  )
  reader.take(
    String.raw`(?:định kỳ|buổi họp) (tháng \d+/\d{4})(?:, kết hợp chuyên đề, vào| \() *${when}\)?`,
    (month, ...at) => {
      const instant = reader.instant(at as string[])
      const row = meetingOf(thematicOf(month!).slice(0, 7))
      reader.same('start of a regular meeting', String(instant), String(Date.parse(row?.starts_at ?? '')))
      const isSaid = /kết hợp (?:chuyên đề|sinh hoạt chuyên đề)/.test(reader.text)
      reader.holds('thematic part', isSaid === (row?.kind === 'combined'), `it is ${row?.kind}`)
    },
  )
  reader.take(String.raw`buổi sinh hoạt chuyên đề (tháng \d+/\d{4}) \(${when}\)`, (month, ...at) => {
    starts('thematic', at.slice(0, 4))
    reader.holds('month of a thematic meeting', meetingOf(thematicOf(month!)) !== undefined, `none in ${month}`)
  })

  const closed = String.raw`buổi sinh hoạt chuyên đề (tháng \d+/\d{4}): có mặt (${R})(?:, vắng có lý do (${N}), vắng không lý do (${N}))?\.`
  reader.take(closed, (month, rate, excused, unexcused) => {
    const occurrence = thematicOf(month!)
    const called = own().find((row) => row.occurrence === occurrence && row.roll_closed_at !== null)
    reader.holds('roll of a thematic meeting', called !== undefined, `of ${month} is open`)
    const of = presence(called ? reader.lookup.rosterAtRoll(called) : [], answersOf(occurrence))
    reader.same('present', rate, ratioText({ x: of.present, y: of.expected }))
    if (excused === undefined) return
    reader.same('excused', excused, String(of.excused))
    reader.same('unexcused', unexcused, String(of.unexcused))
  })
  takeAlerts(reader)
  reader.take(String.raw`^Chuyên đề quý (IV|I{1,3})/(\d{4}): (.+)\.$`, (quarter, year, words) => {
    const at = ['I', 'II', 'III', 'IV'].indexOf(quarter!)
    const isWithin = (period: string) =>
      period === `${year}-Q${at + 1}` ||
      own().some(
        (row) =>
          row.occurrence === period &&
          row.kind !== 'regular' &&
          period.startsWith(year!) &&
          Math.ceil(Number(period.slice(5, 7)) / 3) === at + 1,
      )
    const themes = rows.theme.filter((row) => row.org_id === orgId && isWithin(row.period)).map(({ theme }) => theme)
    reader.holds('theme of a quarter', themes.includes(words!), `not among ${themes.join('; ')}`)
  })

  reader.take(String.raw`buổi họp (tháng \d+/\d{4}) không tổ chức(?:, lý do: ([^.]+))?\.`, (month, reason) => {
    const row = meetingOf(thematicOf(month!).slice(0, 7))
    reader.same('not held', row?.state, 'cancelled')
    reader.same('reason', reason === undefined ? undefined : notHeldWords[reason], row?.reason_kind ?? undefined!)
  })
  reader.take(
    String.raw`(buổi họp|buổi sinh hoạt chuyên đề) (tháng \d+/\d{4}) (?:đã có kết quả điểm danh|đã tổ chức)`,
    (what, month) => {
      const occurrence = what === 'buổi họp' ? thematicOf(month!).slice(0, 7) : thematicOf(month!)
      reader.same('held', meetingOf(occurrence)?.state, 'held')
    },
  )
}

/** What the secretary is given to mind about an evening, over all meetings of the year up to it. */
function takeAlerts(reader: Reader): void {
  const [, what, month] = /Điểm danh (buổi họp|buổi sinh hoạt chuyên đề) (tháng \d+\/\d{4})/.exec(reader.text) ?? []
  if (!month) return
  const { rows, orgId } = reader
  const occurrence = what === 'buổi họp' ? thematicOf(month).slice(0, 7) : thematicOf(month)
  const held = rows.meeting
    .filter((row) => row.org_id === orgId && row.roll_closed_at !== null)
    .filter((row) => row.occurrence.slice(0, 4) === occurrence.slice(0, 4) && row.occurrence <= occurrence)
    .sort((one, other) => (one.occurrence < other.occurrence ? 1 : -1))
  const answerOf = (memberId: number, of: string) =>
    rows.attendance.find((row) => row.org_id === orgId && row.occurrence === of && row.member_id === memberId)?.answer
  if (what !== 'buổi họp')
    reader.take(String.raw`Tỷ lệ dự họp không quá (\d+)%`, (percent) => {
      reader.same('threshold', percent, '85')
      const answers = rows.attendance.filter((row) => row.org_id === orgId && row.occurrence === occurrence)
      const of = presence(held[0] ? reader.lookup.rosterAtRoll(held[0]) : [], answers)
      reader.holds('threshold', of.present * 100 <= of.expected * 85, `${of.present}/${of.expected} is above it`)
    })
  reader.take(String.raw`([^:,]+) \((\d+) (kỳ|tháng)\)`, (name, times, unit) => {
    const member = reader.roster().find((row) => row.display_name === name!.trim())
    if (!member) return reader.problem(`nobody is called ${name}`)
    const answers = held.map((row) => ({ of: row.occurrence, answer: answerOf(member.member_id, row.occurrence) }))
    if (unit === 'kỳ') {
      const broken = answers.findIndex(({ answer }) => answer !== 'excused')
      reader.same('excused in a row', times, String(broken < 0 ? answers.length : broken))
      return
    }
    // Months in which they came to nothing, as the Charter counts them, and not evenings.
    const came = new Set(
      answers.filter(({ answer }) => answer === 'present' || answer === 'excused').map(({ of }) => of.slice(0, 7)),
    )
    const missed = new Set(answers.map(({ of }) => of.slice(0, 7)).filter((each) => !came.has(each)))
    reader.same('months absent', times, String(missed.size))
  })
}
