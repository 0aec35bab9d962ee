/** Minutes as they are printed, each line made anew from the rows. */
import type { Reader } from './printed.ts'
import { type MinutesItemRow, presence, ratioText, vnDate } from './recount.ts'

const N = String.raw`\d+(?:\.\d{3})*`
const R = String.raw`${N}/${N}(?: \(\d+(?:,\d)?%\))?`
const meeting = String.raw`(buổi họp|buổi sinh hoạt chuyên đề) (tháng \d+/\d{4})`
const kinds: Record<string, string> = { 'quyết định': 'decision', 'nhiệm vụ': 'task' }

function occurrenceOf(what: string | undefined, words: string | undefined): string {
  const [, month, year] = /(\d{1,2})\/(\d{4})/.exec(words ?? '') ?? []
  return `${year}-${month?.padStart(2, '0')}${what === 'buổi họp' ? '' : '-T'}`
}

/** The groups of every match of a pattern, which is used up: more can be taken for each. */
function taken(reader: Reader, pattern: string): (string | undefined)[][] {
  const all: (string | undefined)[][] = []
  reader.take(pattern, (...groups) => void all.push(groups))
  return all
}

/** Words of a row as they are left of a message: those with a digit were taken out of it before. */
const left = (words: string | null) => (words !== null && /\d/.test(words) ? '«»' : words)

/** Uses up lines of minutes, before anything else takes their numbers for a list to choose from. */
export function takeMinutes(reader: Reader): void {
  if (!/biên bản|Biên bản|biểu quyết/.test(reader.text)) return
  const { rows, orgId, occasion } = reader
  const named = (name: string | undefined) => rows.organisation.find((row) => row.name === name)?.org_id ?? -1
  const standing = (of: number, occurrence: string, kind: string) =>
    rows.minutes_item
      .filter((row) => row.org_id === of && row.occurrence === occurrence && row.kind === kind && row.content !== null)
      .sort((one, other) => one.number - other.number)
  const noted = (occurrence: string, kind: string, isNow: (row: MinutesItemRow) => boolean) =>
    standing(orgId ?? -1, occurrence, kind).filter(isNow)
  const isNow = (at: string) => Date.parse(at) === occasion.now.getTime()

  const roll = (of: number, occurrence: string) => {
    const called = rows.meeting.find(
      (row) => row.org_id === of && row.occurrence === occurrence && row.roll_closed_at !== null,
    )
    return presence(
      called ? reader.lookup.rosterAtRoll(called) : [],
      rows.attendance.filter((row) => row.org_id === of && row.occurrence === occurrence),
    )
  }
  const line = (row: MinutesItemRow) => {
    const { votes_for: yes, votes_against: no, votes_other: other, votes_of: of } = row
    const parts = [
      ...(yes === null ? [] : [`tán thành ${of === null ? yes : ratioText({ x: yes, y: of })}`]),
      ...(no === null ? [] : [`không tán thành ${no}`]),
      ...(other === null ? [] : [`ý kiến khác ${other}`]),
    ]
    const isCalled = rows.meeting.some(
      (each) => each.org_id === row.org_id && each.occurrence === row.occurrence && each.roll_closed_at !== null,
    )
    const hands = Math.max((yes ?? 0) + (no ?? 0) + (other ?? 0), of ?? 0)
    const isDoubtful = isCalled && hands > roll(row.org_id, row.occurrence).present
    const person = rows.member.find((each) => each.member_id === row.in_charge_id)
    const inCharge = person ? person.display_name : left(row.unit)
    return [
      `${row.number}. ${left(row.content)}${parts.length > 0 ? ` (${parts.join(', ')})` : ''}`,
      ...(inCharge ? [`phụ trách: ${inCharge}`] : []),
      ...(row.due_on ? [`hạn ${vnDate(row.due_on)}`] : []),
    ]
      .join('; ')
      .concat(isDoubtful ? '. Số biểu quyết không khớp điểm danh, đề nghị xem lại' : '')
  }
  /** The two lists of a text, against those rows that it should hold. */
  const lists = (occurrence: string, holdsRow: (row: MinutesItemRow) => boolean) => {
    for (const [title, kind] of [
      ['Quyết định', 'decision'],
      ['Nhiệm vụ', 'task'],
    ] as const) {
      let told = ''
      reader.take(String.raw`^${title}:((?:\n\d+\. .+)+)`, (block) => {
        told = block!.trim()
      })
      const expected = noted(occurrence, kind, holdsRow).map(line).join('\n')
      reader.same(`${kind}s of minutes`, told, expected)
    }
  }

  const numbers = String.raw`(?: ((?:quyết định|nhiệm vụ) [^.\n]+))?`
  for (const [what, month, list] of taken(reader, String.raw`^Đã ghi biên bản ${meeting}(?::${numbers})?\.`)) {
    const occurrence = occurrenceOf(what, month)
    const ofNow = (kind: string, words: string) => {
      const found = noted(occurrence, kind, (row) => isNow(row.noted_at)).map(({ number }) => number)
      return found.length > 0 ? [`${words} ${found.join(', ')}`] : []
    }
    const expected = [...ofNow('decision', 'quyết định'), ...ofNow('task', 'nhiệm vụ')].join('; ')
    reader.same('noted in minutes', list ?? '', expected)
    if (occasion.chat.startsWith('dm:')) lists(occurrence, (row) => isNow(row.noted_at))
  }
  const corrected = String.raw`^Đã sửa (quyết định|nhiệm vụ) (\d+) của biên bản ${meeting}\.$`
  for (const [kind, number, what, month] of taken(reader, corrected)) {
    const occurrence = occurrenceOf(what, month)
    const row = standing(orgId ?? -1, occurrence, kinds[kind!]!).find((each) => String(each.number) === number)
    reader.holds('corrected in minutes', row !== undefined && isNow(row.changed_at), `no ${kind} ${number} was`)
    lists(occurrence, (each) => each === row)
  }
  reader.take(String.raw`Bỏ (quyết định|nhiệm vụ) (\d+) khỏi biên bản ${meeting}\?`, (kind, number, what, month) =>
    reader.holds(
      'to be removed from minutes',
      standing(orgId ?? -1, occurrenceOf(what, month), kinds[kind!]!).some((row) => String(row.number) === number),
      `there is no ${kind} ${number}`,
    ),
  )
  reader.take(String.raw`Đã bỏ (quyết định|nhiệm vụ) (\d+) khỏi biên bản ${meeting}\.`, (kind, number, what, month) =>
    reader.holds(
      'removed from minutes',
      rows.minutes_item.some(
        (row) =>
          row.org_id === orgId &&
          row.occurrence === occurrenceOf(what, month) &&
          row.kind === kinds[kind!] &&
          String(row.number) === number &&
          row.content === null,
      ),
      `${kind} ${number} stands`,
    ),
  )
  reader.take(String.raw`Biên bản ${meeting} không có (quyết định|nhiệm vụ) (\d+)\.`, (what, month, kind, number) => {
    reader.same('asked for in minutes', number, String(occasion.numbers?.[0]))
    reader.holds(
      'not in minutes',
      !standing(orgId ?? -1, occurrenceOf(what, month), kinds[kind!]!).some((row) => String(row.number) === number),
      `there is a ${kind} ${number}`,
    )
  })
  reader.take(String.raw`Chưa ghi gì vào biên bản ${meeting}`, (what, month) =>
    reader.holds(
      'empty minutes',
      !rows.minutes.some((row) => row.org_id === orgId && row.occurrence === occurrenceOf(what, month)),
      'something was noted',
    ),
  )
  reader.take(
    String.raw`^(.+), biên bản ${meeting}: (${N}) quyết định, (${N}) nhiệm vụ\.$`,
    (name, what, month, decisions, tasks) => {
      const count = (kind: string) => String(standing(named(name), occurrenceOf(what, month), kind).length)
      reader.same('decisions', decisions, count('decision'))
      reader.same('tasks', tasks, count('task'))
    },
  )
  // What cannot be right: the numbers are those that somebody told, and those of the roll.
  const told = () => (occasion.numbers ?? []).map(String)
  reader.take(String.raw`các số biểu quyết cộng lại là (${N}), không khớp tổng số (${N})`, (sum, of) => {
    reader.same('votes told', sum, told()[0] ?? 'not told')
    reader.same('votes told, of', of, told()[1] ?? 'not told')
  })
  reader.take(String.raw`biểu quyết (${N}), điểm danh có mặt (${N})`, (votes, present) => {
    reader.same('votes told', votes, told()[0] ?? 'not told')
    const last = rows.meeting
      .filter((row) => row.org_id === orgId && Date.parse(row.starts_at) < occasion.now.getTime() && row.roll_closed_at)
      .sort((one, other) => Date.parse(other.starts_at) - Date.parse(one.starts_at))[0]
    reader.same('present for votes', present, String(last ? roll(orgId ?? -1, last.occurrence).present : 'nobody'))
  })
  const head = String.raw`^Biên bản ${meeting}, (.+?)( \(có nội dung chuyên đề\))?$`
  for (const [what, month, name, combined] of taken(reader, head)) {
    const occurrence = occurrenceOf(what, month)
    const of = named(name)
    const row = rows.meeting.find((each) => each.org_id === of && each.occurrence === occurrence)
    const minutes = rows.minutes.find((each) => each.org_id === of && each.occurrence === occurrence)
    reader.holds('minutes of', of === orgId, `${name} is another organisation`)
    reader.holds('thematic part', (combined !== undefined) === (row?.kind === 'combined'), `it is ${row?.kind}`)
    reader.take(
      String.raw`^Thời gian: (\d{1,2}) giờ(?: (\d{2}))?, (Chủ nhật|thứ \p{L}+), ngày (\d{2}/\d{2}/\d{4})\.$`,
      (...at) =>
        reader.same(
          'time of minutes',
          String(reader.instant(at.slice(0, 4) as string[])),
          String(Date.parse(row?.starts_at ?? '')),
        ),
    )
    const theme = /^Chuyên đề: (.+)\.$/m.exec(reader.text)?.[1]
    if (theme !== undefined) {
      const quarter = `${occurrence.slice(0, 4)}-Q${Math.ceil(Number(occurrence.slice(5, 7)) / 3)}`
      const own = [occurrence, ...(what === 'buổi họp' ? [quarter] : [])]
        .map((period) => rows.theme.find((each) => each.org_id === of && each.period === period)?.theme)
        .find((each) => each !== undefined)
      reader.same('theme of minutes', theme, own ?? 'none')
    }
    const rollLine = String.raw`^Có mặt (${R}), vắng có lý do (${N}), vắng không lý do (${N})\.$`
    reader.take(rollLine, (rate, excused, unexcused) => {
      const there = roll(of, occurrence)
      reader.same('present', rate, ratioText({ x: there.present, y: there.expected }))
      reader.same('excused', excused, String(there.excused))
      reader.same('unexcused', unexcused, String(there.unexcused))
    })
    reader.take(String.raw`^Số ý kiến phát biểu: (${N})\.$`, (count) =>
      reader.same('speakers', count, String(minutes?.speakers)),
    )
    lists(occurrence, () => true)
  }
}

/** Words that people gave to minutes: no figures. */
export const wordsOfMinutes = (items: readonly MinutesItemRow[]): (string | null)[] =>
  items.flatMap(({ content, unit }) => [content, unit])
