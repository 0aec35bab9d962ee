/**
 * Reads what the bot printed and holds every number in it to the rows. A message is taken apart by what Vietnamese texts look like,
 * not by the program's own templates; whatever digit is left over belongs to nothing that is known here and is reported, so that
 * no figure goes unchecked because somebody reworded it.
 * One file although long: it is the grammar of one thing.
 */
import { Closings } from './closings.ts'
import { type Lookup, lookupOf } from './lookup.ts'
import { takeBooks } from './printed-books.ts'
import { takeCampaign } from './printed-campaign.ts'
import { takeMinutes, wordsOfMinutes } from './printed-minutes.ts'
import { takeThematic } from './printed-thematic.ts'
import {
  type ClosingRow,
  dayOf,
  dotted,
  dueIn,
  type MeetingRow,
  type MemberRow,
  presence,
  type Ratio,
  type Recount,
  type Rows,
  ratioText,
  recount,
  twoDigits,
  vnDate,
} from './recount.ts'

/** What somebody meant by the message that is answered, where the answer repeats it. */
export interface Meant {
  /** How many were named absent. */
  namedAbsent?: number
  /** Days, 'YYYY-MM-DD', in the order in which they are repeated. */
  days?: readonly string[]
  /** Numbers, in the same order. */
  numbers?: readonly number[]
  /** Lines, and the period that they are about ('2026-H1'). */
  lines?: readonly string[]
  period?: string
}

/** What was going on when a message came. */
export interface Occasion extends Meant {
  rows: Rows
  now: Date
  chat: string
  /** The closing with whose rows and at whose instant a text is read. */
  frozen?: ClosingRow
  /** Whose figures the text goes on with, where their first lines were read apart. */
  head?: { orgId: number; year: number; today: string }
}

export interface Finding {
  chat: string
  text: string
  problem: string
}

const statusWords: Record<string, string> = {
  'miễn sinh hoạt': 'exempt',
  'tạm vắng': 'away',
  'đình chỉ sinh hoạt': 'suspended',
}
const ratingWords: Record<string, string> = {
  'hoàn thành xuất sắc': 'excellent',
  'hoàn thành tốt': 'good',
  'hoàn thành': 'completed',
  'không hoàn thành': 'notCompleted',
}
const weekdays = ['Chủ nhật', 'thứ Hai', 'thứ Ba', 'thứ Tư', 'thứ Năm', 'thứ Sáu', 'thứ Bảy']
const N = String.raw`\d+(?:\.\d{3})*`
const D = String.raw`\d{2}/\d{2}/\d{4}`
const R = String.raw`${N}/${N}(?: \(\d+(?:,\d)?%\))?`
const P = String.raw`(?:tháng \d{1,2}/\d{4}|quý (?:IV|I{1,3})/\d{4}|6 tháng (?:đầu|cuối) năm \d{4}|năm \d{4})`

/** Compiled once: every message is held to every pattern. */
const expressions = new Map<string, RegExp>()
function expressionOf(pattern: string): RegExp {
  const known = expressions.get(pattern) ?? new RegExp(pattern, 'gmu')
  expressions.set(pattern, known)
  return known
}

/** 'tháng 10/2026' → '2026-10' */
function periodOf(words: string): string {
  const year = words.slice(-4)
  const quarter = /^quý (IV|I{1,3})/.exec(words)?.[1]
  if (quarter) return `${year}-Q${['I', 'II', 'III', 'IV'].indexOf(quarter) + 1}`
  if (words.startsWith('6 tháng')) return `${year}-H${words.includes('đầu') ? 1 : 2}`
  const month = /^tháng (\d{1,2})\//.exec(words)?.[1]
  return month ? `${year}-${month.padStart(2, '0')}` : year
}

export class Printed {
  /** Numbers that were read and agreed. */
  checked = 0
  readonly findings: Finding[] = []
  /** Words with digits in them that people typed: no figures. */
  readonly words = new Set<string>()
  readonly closings: Closings
  /** Every start a meeting ever had, by organisation: one that was moved is still spoken of. */
  private readonly starts = new Map<number, Set<number>>()
  /** Starts that were announced before there was a row for them. */
  private readonly promised: { orgId: number; at: number; text: string }[] = []
  private readonly lastList = new Map<string, number>()
  private readonly kinds = new Map<string, number>()

  /** With what another one has learned of words and meetings. */
  constructor(before?: Printed) {
    this.closings = new Closings(before?.closings)
    for (const words of before?.words ?? []) this.words.add(words)
    for (const [orgId, starts] of before?.starts ?? []) this.starts.set(orgId, new Set(starts))
    for (const [chat, length] of before?.lastList ?? []) this.lastList.set(chat, length)
  }

  /** How often each kind of sentence was read: what the run covered. */
  get coverage(): ReadonlyMap<string, number> {
    return this.kinds
  }

  check(text: string, occasion: Occasion): void {
    this.closings.learn(occasion.rows)
    const orgId = () => new Reading('', occasion, this).orgId
    for (const part of this.closings.partsOf(text, occasion, orgId)) new Reading(part.text, part.occasion, this).run()
  }

  /** Takes note of the meetings there are; call before the rows change. */
  remember(meetings: readonly MeetingRow[]): void {
    for (const { org_id, starts_at } of meetings) {
      const known = this.starts.get(org_id) ?? new Set()
      known.add(Date.parse(starts_at))
      this.starts.set(org_id, known)
    }
  }

  knowsStart(orgId: number, at: number): boolean {
    return this.starts.get(orgId)?.has(at) ?? false
  }
  promise(orgId: number, at: number, text: string): void {
    this.promised.push({ orgId, at, text })
  }
  /** Announced meetings that never came to be. */
  brokenPromises(): string[] {
    return this.promised.filter(({ orgId, at }) => !this.knowsStart(orgId, at)).map(({ text }) => text)
  }
  listed(chat: string, length?: number): number | undefined {
    if (length !== undefined) this.lastList.set(chat, length)
    return this.lastList.get(chat)
  }
  agreed(kind: string, numbers: number): void {
    this.checked += numbers
    this.kinds.set(kind, (this.kinds.get(kind) ?? 0) + 1)
  }
}

/** What a recounter in a file of its own works with. */
export type Reader = Pick<
  Reading,
  | 'rows'
  | 'lookup'
  | 'today'
  | 'orgId'
  | 'about'
  | 'text'
  | 'occasion'
  | 'take'
  | 'same'
  | 'holds'
  | 'problem'
  | 'roster'
  | 'instant'
>

class Reading {
  private rest: string
  readonly rows: Rows
  readonly lookup: Lookup
  readonly today: string
  /** The organisation whose chat it is; of a person the first line of a roster. */
  readonly orgId: number | null
  private readonly members: MemberRow[]
  private head: { orgId: number; year: number; today: string; period?: string } | null = null
  private readonly counted = new Map<string, Recount>()

  constructor(
    readonly text: string,
    readonly occasion: Occasion,
    private readonly printed: Printed,
  ) {
    this.rest = text
    this.rows = occasion.rows
    this.today = dayOf(occasion.now)
    printed.remember(this.rows.meeting)
    const { chat } = occasion
    this.lookup = lookupOf(this.rows)
    const group = this.lookup.group(chat)
    this.members = this.lookup.membersOf(chat)
    this.orgId = group?.org_id ?? this.members[0]?.org_id ?? null
    this.head = occasion.head ?? null
  }

  problem(problem: string): void {
    this.printed.findings.push({ chat: this.occasion.chat, text: this.text, problem })
  }

  same(kind: string, printed: string | undefined, counted: string): void {
    if (printed === counted) this.printed.agreed(kind, 1)
    else this.problem(`${kind}: printed ${printed}, counted ${counted}`)
  }

  holds(kind: string, isSo: boolean, what: string): void {
    if (isSo) this.printed.agreed(kind, 1)
    else this.problem(`${kind}: ${what}`)
  }

  /** Takes every match out of what is left to read. */
  take(pattern: string, each: (...groups: string[]) => void): void {
    this.rest = this.rest.replace(expressionOf(pattern), (...found) => {
      const groups = found.slice(
        1,
        found.findIndex((part) => typeof part === 'number'),
      ) as string[]
      each(...groups)
      return '·'
    })
  }

  /** The organisation whose books are read: the reader's own, or one below. */
  get about(): number | null {
    return this.occasion.frozen?.org_id ?? this.head?.orgId ?? this.orgId
  }

  private figures(): Recount {
    const { orgId, year, today } = this.head ?? this.here()
    const key = `${orgId}:${year}`
    const known = this.counted.get(key) ?? recount(this.rows, orgId, year, today)
    this.counted.set(key, known)
    return known
  }
  private here() {
    return { orgId: this.orgId ?? -1, year: Number(this.today.slice(0, 4)), today: this.today }
  }

  roster(): MemberRow[] {
    return this.lookup.roster(this.orgId)
  }
  private nameCount(list: string): number {
    return list.split(', ').filter((name) => !/^(không có|không còn ai|chưa có)$/.test(name)).length
  }
  private meetingAt(at: number) {
    return this.rows.meeting.find((row) => row.org_id === this.orgId && Date.parse(row.starts_at) === at)
  }
  private deedsHere() {
    return [
      ...this.lookup.deedsAround(this.orgId),
      ...this.members.flatMap((row) => this.lookup.deedsOf(row.member_id)),
    ]
  }
  /** What the reader may report on: their own deeds and, for who speaks for it, the organisation's. */
  private reportable() {
    const ofOrg = this.lookup.deedsAround(this.orgId).filter((deed) => deed.org_id === this.orgId)
    return [...this.mine(), ...ofOrg.filter((deed) => deed.subject_kind === 'collective')]
  }
  /** Deeds of the reader as a person, of this year. */
  private mine() {
    const { year } = this.here()
    return this.members.flatMap((row) => this.lookup.deedsOf(row.member_id)).filter((deed) => deed.year === year)
  }

  run(): void {
    if (!/\d/.test(this.rest)) return
    if (this.rest.startsWith('Bản xuất dữ liệu')) {
      this.export()
      return
    }
    this.takeWords()
    if (!/\d/.test(this.rest)) return
    takeCampaign(this)
    takeMinutes(this)
    takeBooks(this)
    takeThematic(this)
    this.takePeriods()
    this.takeSummary()
    this.takeLists()
    this.takeMeetings()
    this.takeDeeds()
    this.takeRatings()
    this.takeSmall()
    if (/\d/.test(this.rest)) this.problem(`unchecked numbers in: ${this.rest}`)
  }

  /** What people wrote is no figure, but a deadline beside a deed is one. */
  private takeWords(): void {
    // Examples of what to type, and the sources of rules.
    this.take(String.raw`"[^"\n]*"`, () => {})
    this.take(String.raw`(?:Hướng dẫn 12-HD/BTCTW \(06/7/2018\)|Quy định 294-QĐ/TW, điểm 8\.1)`, () => {})
    const dues = this.lookup.wordsAround(
      this.orgId,
      this.members.map((row) => row.member_id),
    )
    const texts = [
      ...this.deedsHere().flatMap((deed) => [deed.measure, deed.target, deed.weakness, deed.return_reason]),
      ...this.rows.theme.map((row) => row.theme),
      ...this.rows.commendation.map((row) => row.title),
      ...this.rows.campaign.map((row) => row.title),
      ...wordsOfMinutes(this.rows.minutes_item),
      ...this.rows.review.flatMap((row) => [...row.limits, ...row.tasks]),
      ...this.rows.organisation.map((row) => row.name),
      ...this.rows.organisation_history.map((row) => row.name),
      ...this.printed.words,
    ].filter((words) => words !== null && /\d/.test(words)) as string[]
    // The head of a summary holds an organisation's name, which may have a number.
    this.takeHead()
    const all = [...new Set([...dues.keys(), ...texts])].sort((a, b) => b.length - a.length)
    for (const words of all) {
      for (let at = this.rest.indexOf(words); at >= 0; at = this.rest.indexOf(words)) {
        const after = this.rest.slice(at + words.length)
        const due = /^ – hạn (\d{2}\/\d{2}\/\d{4})/.exec(after)
        if (due) this.holds('deadline', dues.get(words)?.has(due[1]!) === true, `${words} has no deadline ${due[1]}`)
        this.rest = `${this.rest.slice(0, at)}«»${after.slice(due?.[0].length ?? 0)}`
      }
    }
    // Erased words keep their deadline.
    this.take(String.raw`\(đã xoá\) – hạn (${D})`, (on) =>
      this.holds(
        'deadline',
        this.rows.deed.some((row) => row.content === null && row.due_on && vnDate(row.due_on) === on),
        `no erased deed has the deadline ${on}`,
      ),
    )
  }

  private takeHead(): void {
    this.take(String.raw`^(.+), năm (\d{4}), đến ngày (${D}):$`, (name, year, day) => {
      const last = `${year}-12-31`
      const today = this.today > last ? last : this.today
      const found = [...this.rows.organisation_history, ...this.rows.organisation].filter((row) => row.name === name)
      const mine = found.find((row) => row.org_id === this.orgId) ?? found[0]
      if (!mine) {
        this.problem(`no organisation is called ${name}`)
        return
      }
      this.same('as of', day, vnDate(today))
      this.head = { orgId: mine.org_id, year: Number(year), today: this.today }
    })
    // Of a part of a year: its own figures first, then the register of its year with the instant.
    this.take(String.raw`^(.+), (${P})$`, (name, words) => {
      const found = [...this.rows.organisation_history, ...this.rows.organisation].filter((row) => row.name === name)
      const mine = found.find((row) => row.org_id === this.orgId) ?? found[0]
      if (!mine) {
        this.problem(`no organisation is called ${name}`)
        return
      }
      const period = periodOf(words!)
      this.head = { orgId: mine.org_id, year: Number(period.slice(0, 4)), today: this.today, period }
    })
  }

  /** What is told of a period that is over, and of a campaign. */
  private takePeriods(): void {
    this.take(String.raw`^Hạn (${D}) của việc · đã qua\.`, (due) =>
      this.holds('deadline that has passed', due!.split('/').reverse().join('-') < this.today, `${due} is to come`),
    )
    this.take(String.raw`: tiến độ tính từ 0 đến 100%\.`, () => {})
    const beyond = String.raw`^Hạn (${D}) đã sang năm khác, mà việc đăng ký là của năm nay`
    this.take(String.raw`${beyond}(?: \(đến hết|; tôi giữ nguyên\..* chậm nhất) (${D})`, (due, last) => {
      this.same('last day of the year', last, vnDate(`${this.today.slice(0, 4)}-12-31`))
      this.holds('deadline beyond the year', due!.slice(-4) > this.today.slice(0, 4), `${due} is within it`)
    })
    const over = new RegExp(String.raw`kỳ (${P}) đã hết`, 'u').exec(this.rest)?.[1]
    if (over) {
      const period = periodOf(over)
      const of = this.openOf(period)
      this.take(String.raw`kỳ (${P}) đã hết`, () => this.printed.agreed('period over', 1))
      for (const [words, count] of [
        ['việc chưa báo tiến độ trong kỳ', of.silent],
        ['buổi họp chưa có kết quả điểm danh', of.meetings],
        ['việc chưa được đánh giá', of.unrated],
        ['đơn vị cấp dưới chưa khoá sổ', of.below],
      ] as const) {
        let told = '00'
        this.take(String.raw`^- (${N}) ${words}$`, (said) => {
          told = said!
        })
        this.same(words, told, twoDigits(count))
      }
    }
    const of = () => this.figures().members
    this.take(String.raw`(?:Đến nay|đã có) (${N}/${N}) đảng viên (?:đã )?đăng ký`, (said) =>
      this.same('registered so far', said, `${dotted(of().x)}/${dotted(of().y)}`),
    )
    this.take(String.raw`còn (${N}) trong (${N}) đồng chí chưa đăng ký`, (left, all) => {
      this.same('silent', left, dotted(of().y - of().x))
      this.same('of', all, dotted(of().y))
    })
    this.take(String.raw`còn (${N}) ngày đến hạn đăng ký \((${D})\)`, (days, day) => {
      const closesOn = this.closesOn()
      this.same('end of registration', day, vnDate(closesOn))
      this.same('days left', days, twoDigits(Math.round((Date.parse(closesOn) - Date.parse(this.today)) / 86_400_000)))
    })
    this.take(String.raw`(?:Hạn đăng ký|Hạn: hết ngày|đến hết) (${D})`, (day) =>
      this.same('end of registration', day, vnDate(this.closesOn())),
    )
    this.take(String.raw`(?:buổi họp|buổi sinh hoạt chuyên đề) (tháng \d+/\d{4}) \(`, (month) =>
      this.holds(
        'month of a meeting',
        this.rows.meeting.some((row) => row.org_id === this.orgId && row.occurrence.startsWith(periodOf(month!))),
        `no meeting of ${month}`,
      ),
    )
  }

  /** The meetings of a period, with who came to those whose roll was closed. */
  /** Who was asked in a round, and who has said nothing of one of those deeds until the next one. */
  private roundOf(round: Rows['progress_round'][number] | undefined): { asked: number; silent: number } {
    if (!round) return { asked: 0, silent: 0 }
    const first = Date.parse(round.first_at)
    const later = this.rows.progress_round.filter((row) => row.org_id === this.orgId && row.round > round.round)
    const until = Math.min(...later.map((row) => Date.parse(row.first_at)))
    const asked = new Set<number>()
    const silent = new Set<number>()
    for (const deed of this.rows.deed) {
      const member = this.roster().find((row) => row.member_id === deed.subject_id)
      if (deed.subject_kind !== 'individual' || String(deed.year) !== round.round.slice(0, 4)) continue
      if (deed.state !== 'approved' || deed.content === null || !member || member.display_name === null) continue
      if (/suspended|left/.test(member.status) || (deed.decided_at && Date.parse(deed.decided_at) > first)) continue
      if (deed.done_on !== null && deed.done_on < dayOf(new Date(first))) continue
      const said = this.rows.deed_progress.filter(
        (row) =>
          row.subject_kind === 'individual' &&
          row.subject_id === deed.subject_id &&
          row.number === deed.number &&
          row.year === deed.year,
      )
      if (said.some((row) => row.round === round.round && Date.parse(row.at) < first)) continue
      asked.add(deed.subject_id)
      if (!said.some((row) => Date.parse(row.at) >= first && Date.parse(row.at) < until)) silent.add(deed.subject_id)
    }
    return { asked: asked.size, silent: silent.size }
  }

  private seriesOf(period: string, orgIds: readonly (number | null)[] = [this.about]) {
    const [year, part] = period.split('-')
    const months =
      { Q1: [1, 3], Q2: [4, 6], Q3: [7, 9], Q4: [10, 12], H1: [1, 6], H2: [7, 12] }[part ?? ''] ??
      (part ? [Number(part), Number(part)] : [1, 12])
    const meetings = this.rows.meeting.filter(({ org_id, occurrence }) => {
      const month = Number(occurrence.slice(5, 7))
      return orgIds.includes(org_id) && occurrence.startsWith(year!) && month >= months[0]! && month <= months[1]!
    })
    const of = { regular: 0, thematic: 0, notHeld: 0, unrecorded: 0, came: { x: 0, y: 0 }, met: new Set<number>() }
    for (const meeting of meetings) {
      // Three hours after its start a meeting is over, and one called off was not held.
      const isPast = Date.parse(meeting.starts_at) + 10_800_000 <= this.occasion.now.getTime()
      if (meeting.state === 'cancelled') of.notHeld += isPast ? 1 : 0
      else if (meeting.state === 'planned') of.unrecorded += isPast ? 1 : 0
      else {
        of.met.add(meeting.org_id)
        of.regular += meeting.kind === 'thematic' ? 0 : 1
        of.thematic += meeting.kind === 'regular' ? 0 : 1
        const answers = this.rows.attendance.filter(
          (row) => row.org_id === meeting.org_id && row.occurrence === meeting.occurrence,
        )
        const { present, expected } = presence(this.lookup.rosterAtRoll(meeting), answers)
        of.came = { x: of.came.x + present, y: of.came.y + expected }
      }
    }
    return of
  }

  /** What of a period is not settled in the organisation of this chat. */
  private openOf(period: string) {
    const [year, part] = period.split('-')
    const last = part === 'H1' ? 6 : 12
    const isWithin = (month: string) => month.slice(0, 4) === year && Number(month.slice(5, 7)) <= last
    const org = this.lookup.organisation(this.orgId)
    if (org?.kind !== 'cell') {
      const below = this.rows.organisation.filter((row) => row.parent_id === this.orgId && row.closed_on === null)
      const open = below.filter((row) => this.printed.closings.standing(this.rows, row.org_id, period) === null)
      return { silent: 0, meetings: 0, unrated: 0, below: open.length }
    }
    const deeds = this.roster().flatMap((member) =>
      this.lookup
        .deedsOf(member.member_id)
        .filter((deed) => String(deed.year) === year && deed.state === 'approved' && deed.content !== null)
        .map((deed) => ({ deed, member })),
    )
    const key = (row: { subject_id: number; number: number }) => `${row.subject_id}:${row.number}`
    const reported = new Set(
      this.rows.deed_progress.filter((row) => row.subject_kind === 'individual' && isWithin(row.round)).map(key),
    )
    const rated = new Set(
      this.rows.deed_rating.filter((row) => row.source === 'cell' && row.period === period).map(key),
    )
    return {
      silent: deeds.filter(({ deed }) => deed.done_on === null && !reported.has(key(deed))).length,
      meetings: this.rows.meeting.filter(
        (row) =>
          row.org_id === this.orgId &&
          row.state === 'planned' &&
          isWithin(row.occurrence) &&
          Date.parse(row.starts_at) + 3 * 3_600_000 <= this.occasion.now.getTime(),
      ).length,
      unrated: deeds.filter(
        ({ deed, member }) => /official|probationary|temporarilyHere/.test(member.status) && !rated.has(key(deed)),
      ).length,
      below: 0,
    }
  }

  private takeSummary(): void {
    const ratio = (label: string, of: () => Ratio) =>
      this.take(String.raw`^- ${label}: (${R})$`, (said) => this.same(label, said, ratioText(of())))
    if (this.head) {
      ratio('Đảng viên đã đăng ký', () => this.figures().members)
      ratio('Đảng viên có việc đã thông qua', () => this.figures().approved)
      ratio('Chi bộ đã triển khai', () => this.figures().started)
      ratio('Chi bộ đăng ký đủ', () => this.figures().complete)
      const kinds = String.raw`(?:(${N}) [^(\n]+ \((${N}) [^,\n]+, (${N}) [^)\n]+\)|(${N}) [^,\n]+)`
      this.take(
        String.raw`^- Gồm ${kinds}, (${N}) chi bộ, (${N}) đảng viên$`,
        (all, some, own, only, cells, members) => {
          const { orgId } = this.head ?? this.here()
          const below = this.rows.organisation.filter((row) => row.parent_id === orgId && row.closed_on === null)
          const directCells = below.filter((row) => row.kind === 'cell').length
          if (all !== undefined) {
            this.same('organisations below', all, dotted(below.length))
            this.same('cells directly below', own, dotted(directCells))
          }
          this.same('committees below', some ?? only, dotted(below.length - directCells))
          this.same('cells', cells, dotted(this.figures().started.y))
          this.same('members', members, dotted(this.figures().members.y))
        },
      )
      this.take(String.raw`^- (?!Chi bộ)[^:\n]+ đã triển khai: (${R})$`, (said) =>
        this.same('organisations started', said, ratioText(this.figures().belowStarted)),
      )
      this.take(String.raw`^- (?!Chi bộ)[^:\n]+ đăng ký đủ: (${R})$`, (said) =>
        this.same('organisations complete', said, ratioText(this.figures().belowComplete)),
      )
      ratio('Bản cam kết', () => this.figures().commitments)
    }
    this.take(String.raw`^- Số việc: (${N}) của cá nhân, (${N}) của tập thể$`, (own, ofCollectives) => {
      this.same('deeds of individuals', own, dotted(this.figures().individualDeeds))
      this.same('deeds of collectives', ofCollectives, dotted(this.figures().collectiveDeeds))
    })
    const stages = String.raw`đã xong (${N}/${N}), đang làm (${N}/${N}), quá hạn (${N}/${N})(?:, không hoàn thành (${N}/${N}))?`
    this.take(String.raw`^- Việc (cá nhân|tập thể): ${stages}$`, (whose, done, going, late, missed) => {
      const of = whose === 'tập thể' ? this.figures().collective : this.figures().individual
      const part = (count: number) => `${dotted(count)}/${dotted(of.approved)}`
      this.same('deeds done', done, part(of.done))
      this.same('deeds in progress', going, part(of.inProgress))
      this.same('deeds overdue', late, part(of.overdue))
      if (missed !== undefined) this.same('deeds missed', missed, part(of.missed))
      else this.holds('deeds missed', of.missed === 0, `${of.missed} are not told`)
    })
    const { period } = this.head ?? {}
    if (period !== undefined) {
      const due = dueIn(this.rows, this.head!.orgId, period, this.today)
      this.take(
        String.raw`^- Việc (cá nhân|tập thể) có hạn trong kỳ: ${stages}$`,
        (whose, done, going, late, missed) => {
          const of = whose === 'tập thể' ? due.collective : due.individual
          const part = (count: number) => `${dotted(count)}/${dotted(of.approved)}`
          this.same('due and done', done, part(of.done))
          this.same('due and in progress', going, part(of.inProgress))
          this.same('due and overdue', late, part(of.overdue))
          this.same('due and missed', missed ?? part(0), part(of.missed))
        },
      )
      this.take(String.raw`^- Không có việc nào có hạn trong kỳ\.$`, () =>
        this.same('nothing due', '0', String(due.individual.approved + due.collective.approved)),
      )
      const instant = String.raw`(\d{1,2}) giờ(?: (\d{2}))?, (Chủ nhật|thứ \p{L}+), ngày (${D})`
      this.take(String.raw`^Đăng ký của cả năm (\d{4}), tính đến ${instant}$`, (year, ...at) => {
        this.same('year of the register', year, period.slice(0, 4))
        const said = this.instant(at as string[])
        const now = this.occasion.now.getTime()
        this.holds('instant of the register', said <= now && now - said < 60_000, `${at.join(' ')} is not now`)
      })
    }
    const praise = String.raw`(${N}) đảng viên, (${N}) tập thể; (${N}) mô hình, cách làm hay; (${N}) gương tháng`
    this.take(String.raw`^- Biểu dương: ${praise}$`, (members, collectives, models, exemplars) => {
      const of = this.figures().commended
      this.same('members praised', members, dotted(of.members))
      this.same('collectives praised', collectives, dotted(of.collectives))
      this.same('models', models, dotted(of.models))
      this.same('exemplars', exemplars, dotted(of.exemplars))
    })
    this.take(String.raw`(?:Hạn đăng ký: |, hạn |Hạn |đã hết hạn ngày )(${D})`, (day) =>
      this.same('end of registration', day, vnDate(this.closesOn())),
    )
    this.take(String.raw`Không tính: ((?:${N} (?:${Object.keys(statusWords).join('|')})(?:, )?)+)\.`, (list) => {
      const of = this.excluded()
      for (const part of list.split(', ')) {
        const [, count, words] = /^(\S+) (.+)$/.exec(part) ?? []
        const status = statusWords[words ?? ''] ?? ''
        this.same('not counted', count, dotted(of[status] ?? 0))
        delete of[status]
      }
      this.holds(
        'not counted',
        Object.values(of).every((left) => left === 0),
        `${JSON.stringify(of)} are not told`,
      )
    })
  }

  /** Of a summary from its figures; elsewhere of the roster of the chat. */
  private excluded(): Record<string, number> {
    const { left: _, ...excluded } = this.figures().excluded
    return { ...excluded }
  }

  private closesOn(): string {
    const { orgId, year } = this.head ?? this.here()
    const path = this.rows.organisation.find((row) => row.org_id === orgId)?.path ?? '/'
    const chain = path.split('/').filter(Boolean).map(Number).reverse()
    const own = chain.flatMap((id) => this.rows.campaign.filter((row) => row.org_id === id && row.year === year))[0]
    return own?.closes_on ?? `${year}-03-31`
  }

  private takeLists(): void {
    // A list that is answered by number counts from one.
    const lists: number[] = []
    const isDeedList = /thông qua việc của|đăng ký năm \d{4}:/.test(this.text)
    if (!isDeedList)
      this.take(String.raw`^(\d+)\. `, (number) => {
        if (number === '1') lists.push(0)
        const length = (lists.at(-1) ?? 0) + 1
        this.same('place in a list', number, String(length))
        lists[lists.length - 1] = length
      })
    if (lists.length > 0) this.printed.listed(this.occasion.chat, lists.at(-1))
    const [listed = 0] = lists
    this.take(String.raw`trả lời bằng số từ 1 đến (\d+)`, (last) =>
      this.same('length of the list', last, String(this.printed.listed(this.occasion.chat))),
    )
    const silent = () =>
      this.roster().filter(
        (row) => /official|probationary|temporarilyHere/.test(row.status) && !this.hasRegistered(row.member_id),
      )
    this.take(String.raw`^Đã đăng ký \((\d+)\):$`, (count) =>
      this.same('registered, by name', count, String(this.figures().members.x)),
    )
    this.take(String.raw`^Chưa đăng ký \((\d+)\): (.+)$`, (count, names) => {
      const { x, y } = this.figures().members
      this.same('silent, by name', count, String(y - x))
      this.same('names of the silent', String(this.nameCount(names!)), String(y - x))
    })
    this.take(String.raw`^Chưa đăng ký: (${N}) trong (${N}) đồng chí:$`, (count, of) => {
      const { x, y } = this.figures().members
      this.same('silent', count, dotted(y - x))
      this.same('of', of, dotted(y))
      this.same('listed', String(listed), String(silent().length))
    })
    this.take(String.raw`^Tất cả (${N}) đồng chí đã đăng ký`, (count) => {
      this.same('all', count, dotted(this.figures().members.y))
      this.holds('all', silent().length === 0, `${silent().length} have not`)
    })
    this.take(String.raw`^Chờ duyệt \((\d+)\): (.+)$`, (count, list) => {
      const waiting = this.lookup
        .deedsAround(this.orgId)
        .filter((deed) => deed.org_id === this.orgId && deed.state === 'submitted' && deed.content !== null)
      const ofYear = waiting.filter((deed) => deed.year === this.here().year)
      this.same('waiting', count, String(ofYear.length))
      const parts = list === 'không có' ? 0 : list!.split('; ').length
      this.same('waiting, by name', String(parts), String(ofYear.length))
      for (const [, number] of list!.matchAll(/việc (\d+)/g))
        this.holds(
          'number of a deed',
          ofYear.some((deed) => String(deed.number) === number),
          `no deed ${number} waits`,
        )
    })
    this.take(String.raw`^Có (${N}) việc chờ duyệt:$`, (count) =>
      this.same('list of what waits', count, twoDigits(listed)),
    )
    const byWhom = String.raw`(?:(${N}) đồng chí)?(?:(?:, )?(${N}) tập thể)?`
    this.take(String.raw`^Có (${N}) việc chờ duyệt, do ${byWhom} đăng ký`, (deeds, people, collectives) => {
      const waiting = this.waitingForReader()
      this.same('waiting', deeds, twoDigits(waiting.length))
      const of = (kind: string) =>
        new Set(waiting.filter((deed) => deed.subject_kind === kind).map((deed) => deed.subject_id)).size
      this.same('by so many', people ?? '00', twoDigits(of('individual')))
      this.same('by so many collectives', collectives ?? '00', twoDigits(of('collective')))
    })
    this.take(String.raw`Đã duyệt (${N}) việc\.(?: Còn (${N}) việc chờ duyệt)?`, (count, left) => {
      const now = this.occasion.now.getTime()
      const own = new Set(this.members.map((row) => row.member_id))
      const mine = this.lookup
        .deedsAround(this.orgId)
        .filter((deed) => deed.state === 'approved' && deed.decided_at && Date.parse(deed.decided_at) === now)
        .filter((deed) => deed.decided_by !== null && own.has(deed.decided_by))
      this.same('approved now', count, twoDigits(mine.length))
      this.same('left to approve', left ?? '00', twoDigits(this.waitingForReader().length))
    })
    this.take(String.raw`(${N}) việc do chính đồng chí đăng ký`, (count) => {
      const waiting = this.mine().filter((deed) => deed.state === 'submitted')
      this.same('own that wait', count, twoDigits(waiting.length))
    })
  }

  private hasRegistered(memberId: number): boolean {
    const { year } = this.here()
    return this.lookup
      .deedsOf(memberId)
      .some((deed) => deed.year === year && deed.forms.includes('pledge') && /submitted|approved/.test(deed.state))
  }

  /** What the person written to decides on: members' deeds in the own cell, from above those of secretaries and collectives. */
  private waitingForReader() {
    const { year } = this.here()
    const own = new Set(this.members.map((row) => row.member_id))
    const roleOf = (memberId: number) => this.lookup.memberById(memberId)?.role
    const parentOf = (orgId: number) => this.lookup.organisation(orgId)?.parent_id ?? null
    return this.lookup.deedsAround(this.orgId).filter((deed) => {
      if (deed.state !== 'submitted' || deed.year !== year || deed.content === null) return false
      // Nobody decides on a deed of their own.
      if (deed.subject_kind === 'individual' && own.has(deed.subject_id)) return false
      const goesUp = deed.subject_kind === 'collective' || roleOf(deed.subject_id) === 'secretary'
      return goesUp ? parentOf(deed.org_id) === this.orgId : deed.org_id === this.orgId
    })
  }

  private takeMeetings(): void {
    const series = String.raw`^Họp (${P}): tổ chức (${N}) kỳ thường lệ, (${N}) chuyên đề; không tổ chức (${N}); chưa có điểm danh (${N})\. Lượt có mặt: (${R})\.$`
    this.take(series, (words, regular, thematic, notHeld, unrecorded, came) => {
      const of = this.seriesOf(periodOf(words!))
      this.same('regular meetings', regular, dotted(of.regular))
      this.same('thematic meetings', thematic, dotted(of.thematic))
      this.same('meetings not held', notHeld, dotted(of.notHeld))
      this.same('meetings without a roll call', unrecorded, dotted(of.unrecorded))
      this.same('presence in a period', came, ratioText(of.came))
    })
    const below = String.raw`^- Họp: (?:(${N}/${N}) chi bộ đã họp; )?tổ chức (${N}) kỳ thường lệ, (${N}) chuyên đề; không tổ chức (${N}); chưa có điểm danh (${N})(?:; lượt có mặt (${R}))?$`
    this.take(below, (met, regular, thematic, notHeld, unrecorded, came) => {
      const { orgId, year } = this.head ?? this.here()
      const root = this.rows.organisation.find((row) => row.org_id === orgId)
      const tree = this.rows.organisation.filter((row) => root && row.path.startsWith(root.path))
      const cells = tree.filter((row) => row.kind === 'cell' && row.closed_on === null)
      const of = this.seriesOf(
        this.head?.period ?? String(year),
        tree.map((row) => row.org_id),
      )
      if (met !== undefined)
        this.same(
          'cells that met',
          met,
          `${dotted(cells.filter((row) => of.met.has(row.org_id)).length)}/${dotted(cells.length)}`,
        )
      this.same('regular meetings below', regular, dotted(of.regular))
      this.same('thematic meetings below', thematic, dotted(of.thematic))
      this.same('meetings not held below', notHeld, dotted(of.notHeld))
      this.same('meetings below without a roll call', unrecorded, dotted(of.unrecorded))
      if (came !== undefined) this.same('presence below', came, ratioText(of.came))
      else this.holds('presence below', of.came.y === 0, 'is not told')
    })
    const when = String.raw`(\d{1,2}) giờ(?: (\d{2}))?, (Chủ nhật|thứ \p{L}+), ngày (${D})`
    // Only the instant can be held to anything here: the log's chain has checks of its own.
    this.take(String.raw`^Mã kiểm chứng [0-9a-f]{8}, ${when}\.$`, (...at) =>
      this.holds(
        'end of the log',
        this.instant(at.slice(0, 4) as string[]) <= this.occasion.now.getTime(),
        'in the future',
      ),
    )
    const roll = () => this.rows.meeting.filter((row) => row.org_id === this.orgId && row.roll_closed_at !== null)
    const presenceOf = (month: string) => {
      const occurrence = periodOf(month)
      const closed = roll().find((row) => row.occurrence === occurrence)
      this.holds('roll called', closed !== undefined, `no roll of ${occurrence} was closed`)
      const answers = this.rows.attendance.filter((row) => row.org_id === this.orgId && row.occurrence === occurrence)
      return presence(closed ? this.lookup.rosterAtRoll(closed) : [], answers)
    }
    const closed = String.raw`buổi họp (tháng \d+/\d{4}): có mặt (${R})(?:, vắng có lý do (${N}), vắng không lý do (${N}))?\.`
    this.take(closed, (month, rate, excused, unexcused) => {
      const of = presenceOf(month!)
      this.same('present', rate, ratioText({ x: of.present, y: of.expected }))
      if (excused === undefined) return
      this.same('excused', excused, dotted(of.excused))
      this.same('unexcused', unexcused, dotted(of.unexcused))
    })
    this.take(String.raw`Tỷ lệ dự họp không quá (\d+)%`, (percent) => {
      this.same('threshold', percent, '85')
      const last = roll().sort((a, b) => Date.parse(b.roll_closed_at!) - Date.parse(a.roll_closed_at!))[0]
      const month = /buổi họp tháng (\d+)\/(\d{4})/.exec(this.text)
      const occurrence = month ? `${month[2]}-${month[1]!.padStart(2, '0')}` : last?.occurrence
      const closed = roll().find((row) => row.occurrence === occurrence)
      const of = presence(
        closed ? this.lookup.rosterAtRoll(closed) : [],
        this.rows.attendance.filter((row) => row.org_id === this.orgId && row.occurrence === occurrence),
      )
      this.holds('threshold', of.present * 100 <= of.expected * 85, `${of.present}/${of.expected} is above it`)
    })
    this.take(String.raw`([^:,]+) \((\d+) (kỳ|tháng)\)`, (name, times, unit) => {
      const member = this.roster().find((row) => row.display_name === name!.trim())
      if (!member) {
        this.problem(`nobody is called ${name}`)
        return
      }
      this.same(
        unit === 'kỳ' ? 'excused in a row' : 'months absent',
        times,
        String(this.runOf(member.member_id, unit === 'kỳ')),
      )
    })
    const answersOf = (occurrence: string | undefined) =>
      this.rows.attendance.filter((row) => row.org_id === this.orgId && row.occurrence === occurrence)
    const counted = () => this.roster().filter((row) => /official|probationary|temporarilyHere/.test(row.status))
    const spoken = new RegExp(when, 'u').exec(this.rest)
    const meeting = spoken ? this.meetingAt(this.instant(spoken.slice(1) as string[])) : undefined
    const of = (answer: string | null) => {
      const said = new Map(answersOf(meeting?.occurrence).map((row) => [row.member_id, row.answer]))
      return counted().filter((row) => (said.get(row.member_id) ?? null) === answer)
    }
    this.take(String.raw`^- Báo có mặt: (${N})/(${N}) đồng chí$`, (coming, all) => {
      this.same('coming', coming, dotted(of('attending').length))
      this.same('expected', all, dotted(counted().length))
    })
    this.take(String.raw`^- (Xin vắng|Chưa trả lời) \((\d+)\): (.+)$`, (what, count, names) => {
      const expected = String(of(what === 'Xin vắng' ? 'excused' : null).length)
      this.same(what!, count, expected)
      this.same(`${what}, by name`, String(this.nameCount(names!)), expected)
    })
    this.take(
      String.raw`^(Chưa trả lời cho buổi họp ${when.replaceAll('(', '(?:').replaceAll('(?:?:', '(?:')}): (${N}) trong (${N}) đồng chí:$`,
      (_said, count, all) => {
        const answered = new Set(answersOf(meeting?.occurrence).map((row) => row.member_id))
        this.same('unanswered', count, dotted(counted().filter((row) => !answered.has(row.member_id)).length))
        this.same('of', all, dotted(counted().length))
        if (meeting) this.printed.agreed('when', 1)
        else this.problem('no such meeting')
      },
    )
    this.take(String.raw`nêu (${N}) người vắng`, (count) =>
      this.same('named absent', count, String(this.occasion.namedAbsent)),
    )
    this.take(String.raw`sinh hoạt định kỳ (${P}) vào ${when}`, (month, ...at) => {
      const start = this.instant(at.slice(0, 4) as string[])
      this.same('month of the meeting', periodOf(month!), this.meetingAt(start)?.occurrence ?? 'none')
    })
    this.take(when, (...parts) => this.holdStart(this.instant(parts.slice(0, 4) as string[]), parts))
    this.take(String.raw`hằng tháng: ngày (\d{2}), (\d{1,2}) giờ(?: (\d{2}))?`, (day, hour, minute) => {
      const cron = this.rows.schedule.find((row) => row.org_id === this.orgId)?.cron
      this.same('rule of the schedule', `${Number(minute ?? 0)} ${hour} ${Number(day)} * *`, cron ?? 'none')
    })
    this.take(String.raw`sớm nhất là (2) giờ trước khi họp`, () => {})
  }

  private runOf(memberId: number, excused: boolean): number {
    const month = /buổi họp tháng (\d+)\/(\d{4})/.exec(this.text)!
    const until = `${month[2]}-${month[1]!.padStart(2, '0')}`
    const held = this.rows.meeting
      .filter((row) => row.org_id === this.orgId && row.roll_closed_at !== null)
      .filter((row) => row.occurrence.startsWith(month[2]!) && row.occurrence <= until)
      .sort((a, b) => (a.occurrence < b.occurrence ? 1 : -1))
    const answers = held.map(
      (row) =>
        this.rows.attendance.find(
          (each) => each.org_id === row.org_id && each.occurrence === row.occurrence && each.member_id === memberId,
        )?.answer ?? null,
    )
    if (!excused)
      return answers.filter((answer) => answer !== null && answer !== 'present' && answer !== 'excused').length
    const broken = answers.findIndex((answer) => answer !== 'excused')
    return broken < 0 ? answers.length : broken
  }

  instant([hour, minute, weekday, day]: string[]): number {
    const [date, month, year] = day!.split('/')
    const at = Date.parse(`${year}-${month}-${date}T${hour!.padStart(2, '0')}:${minute ?? '00'}:00+07:00`)
    const name = weekdays[new Date(at + 7 * 3_600_000).getUTCDay()]
    if (name !== weekday) this.problem(`${day} is ${name}, not ${weekday}`)
    return at
  }

  private holdStart(at: number, parts: string[]): void {
    const consented = this.rows.account.some(
      (row) => row.consented_at && Math.abs(Date.parse(row.consented_at) - at) < 60_000,
    )
    if (/Đồng ý xử lý dữ liệu: /.test(this.text) && consented) {
      this.printed.agreed('consent', 1)
      return
    }
    const orgs = this.orgId === null ? [] : [this.orgId]
    if (orgs.some((orgId) => this.printed.knowsStart(orgId, at))) this.printed.agreed('when', 1)
    else if (/Các buổi tới:/.test(this.text)) this.printed.promise(this.orgId ?? -1, at, parts.slice(0, 4).join(' '))
    else this.problem(`no meeting starts at ${parts.slice(0, 4).join(' ')}`)
  }

  private takeDeeds(): void {
    const { year } = this.here()
    const mine = () => this.mine()
    const known = (number: string | undefined, isMine = false) => {
      const all = isMine ? mine() : this.deedsHere().filter((deed) => deed.year === year)
      this.holds(
        'number of a deed',
        all.some((deed) => String(deed.number) === number),
        `no deed ${number}`,
      )
    }
    const now = this.occasion.now.getTime()
    this.take(String.raw`Đã ghi nhận (${N}) việc của (đồng chí|chi bộ|cấp uỷ)`, (count, whose) => {
      const ofOrg = () => this.lookup.deedsAround(this.orgId).filter((deed) => deed.org_id === this.orgId)
      const all = whose !== 'đồng chí' ? ofOrg().filter((deed) => deed.subject_kind === 'collective') : this.mine()
      const sent = all.filter((deed) => deed.submitted_at && Date.parse(deed.submitted_at) === now)
      this.same('handed in now', count, twoDigits(sent.length))
    })
    this.take(String.raw`^(?:Đồng chí|Chi bộ|Cấp uỷ) đăng ký (${N}) việc:$`, (count) =>
      this.same('read back', count, twoDigits([...this.text.matchAll(/^- Việc \d+: /gm)].length)),
    )
    this.take(String.raw`^- Việc (\d+): `, (number) => known(number))
    this.take(String.raw`Trả lời 1 để gửi, 2 để viết lại`, () => {})
    this.take(String.raw`Mỗi đồng chí (\d)–(\d) việc cụ thể`, (min, max) => {
      this.same('fewest', min, '1')
      this.same('most', max, '2')
    })
    this.take(String.raw`tối đa (\d{2}) việc; tin vừa rồi có (\d{2}) việc`, (max, incoming) => {
      this.same('most', max, '02')
      // Each line of the list leaves one of them out.
      this.same('in the message', incoming, twoDigits(this.printed.listed(this.occasion.chat) ?? -1))
    })
    this.take(String.raw`Đã có (\d{2}) việc, tối đa (\d{2}):`, (have, max) => {
      this.same('most', max, '02')
      const standing = mine().filter(
        (deed) => deed.forms.includes('pledge') && /submitted|approved|returned/.test(deed.state),
      )
      this.same('standing', have, twoDigits(standing.length))
    })
    this.take(String.raw`Trả lời bằng ngày \(ví dụ 30/11\), 1 nếu đến hết năm \(31/12/(\d{4})\)`, (said) =>
      this.same('year', said, String(year)),
    )
    this.take(String.raw`bằng ngày dương lịch \(ví dụ 30/11/2026\)`, () => {})
    this.take(String.raw`Năm (\d{4}) (?:đồng chí|chi bộ) chưa đăng ký việc nào`, (said) => {
      this.same('year', said, String(year))
      this.holds(
        'no deeds',
        !mine().some((deed) => /submitted|approved|returned|draft/.test(deed.state)),
        'there are some',
      )
    })
    const leftUndone = () =>
      this.members
        .flatMap((row) => this.lookup.deedsOf(row.member_id))
        .filter((deed) => deed.year === year - 1 && deed.forms.includes('pledge') && deed.content !== null)
        .filter((deed) => /submitted|approved/.test(deed.state) && deed.done_on === null)
    this.take(String.raw`Năm (\d{4}) còn (${N}) việc chưa xong: (.+?)\. Muốn`, (said, count) => {
      this.same('left undone', count, twoDigits(leftUndone().length))
      this.same('year', said, String(year - 1))
    })
    this.take(String.raw`Chỉ (${N}) việc chưa xong`, (count) =>
      this.same('left undone', count, twoDigits(leftUndone().length)),
    )
    this.take(
      String.raw`^(?:Năm|Việc) (?:(\d{4}) )?(?:đồng chí|chi bộ) (?:đăng ký|không có việc nào để đăng ký lại)(?: năm (\d{4}))?`,
      (before, after) => {
        const said = Number(before ?? after)
        this.holds('year', said === year || said === year - 1, `${said} is neither this year nor the last`)
      },
    )
    this.take(String.raw`, được (\d+)%`, (percent) =>
      this.holds(
        'percent',
        mine().some((deed) => String(deed.percent) === percent && deed.done_on === null) ||
          this.deedsHere().some((deed) => deed.subject_kind === 'collective' && String(deed.percent) === percent),
        `no deed stands at ${percent}%`,
      ),
    )
    this.take(String.raw`, xong ngày (${D})`, (day) =>
      this.holds(
        'done on',
        this.deedsHere().some((deed) => deed.done_on !== null && vnDate(deed.done_on) === day),
        `no deed was done on ${day}`,
      ),
    )
    this.take(String.raw`Đã ghi: việc (\d+) được (\d+)%`, (number, percent) => {
      this.holds(
        'percent',
        this.reportable().some(
          (deed) => String(deed.number) === number && String(deed.percent) === percent && deed.year === year,
        ),
        `no deed ${number} stands at ${percent}%`,
      )
    })
    this.take(String.raw`Đã ghi: việc (\d+) đã xong`, (number) => {
      this.holds(
        'done',
        this.reportable().some((deed) => String(deed.number) === number && deed.done_on === this.today),
        `no deed ${number} was done today`,
      )
    })
    this.take(String.raw`còn (${N}) đồng chí với (${N}) việc đang làm chưa có tin`, (people, count) => {
      const round = this.today.slice(0, 7)
      const reported = new Set(
        this.rows.deed_progress.filter((row) => row.round === round).map((row) => `${row.subject_id}:${row.number}`),
      )
      // Who can be written to in private is asked there; who withdrew consent is not asked at all.
      const reachable = new Set(this.rows.account_member.map((link) => link.member_id))
      const open = this.rows.deed.filter(
        (deed) =>
          deed.year === year &&
          deed.subject_kind === 'individual' &&
          deed.state === 'approved' &&
          deed.done_on === null &&
          deed.content !== null &&
          !reported.has(`${deed.subject_id}:${deed.number}`) &&
          !reachable.has(deed.subject_id) &&
          this.roster().some(
            (row) => row.member_id === deed.subject_id && row.status !== 'suspended' && row.display_name !== null,
          ),
      )
      this.same('people without news', people, twoDigits(new Set(open.map((deed) => deed.subject_id)).size))
      this.same('deeds without news', count, twoDigits(open.length))
    })
    let round: Rows['progress_round'][number] | undefined
    this.take(String.raw`^Lượt hỏi tiến độ (${P}), từ ngày (${D})\.$`, (words, day) => {
      round = this.rows.progress_round.find((row) => row.org_id === this.orgId && row.round === periodOf(words!))
      this.same('day of the round', day, round ? vnDate(dayOf(new Date(round.first_at))) : 'none')
    })
    this.take(String.raw`^Chưa báo tiến độ: (${N})/(${N}) đồng chí được hỏi:$`, (count, of) => {
      const { asked, silent } = this.roundOf(round)
      this.same('without progress', count, dotted(silent))
      this.same('without progress, listed', count, dotted(this.printed.listed(this.occasion.chat) ?? -1))
      this.same('without progress, of', of, dotted(asked))
    })
    this.take(String.raw`^Cả (${N}) đồng chí được hỏi đều đã báo`, (of) => {
      const { asked, silent } = this.roundOf(round)
      this.same('all have reported', of, dotted(asked))
      this.same('nobody is silent', '0', String(silent))
    })
    // The numbers of deeds in lists that are no lists to choose from.
    this.take(String.raw`^(\d+)\. «»`, (number) =>
      this.holds(
        'number of a deed',
        this.deedsHere().some((deed) => String(deed.number) === number),
        `no deed ${number}`,
      ),
    )
    this.take(String.raw`^(\d+)\. `, (number) =>
      this.holds('place in a list', Number(number) <= 4, `${number} is no place`),
    )
    this.take(
      String.raw`^Năm nay đồng chí chưa có việc số (\d+); việc (\d+) là của năm (\d{4})\.`,
      (number, same, of) => {
        const own = new Set(this.members.map((row) => row.member_id))
        const inYear = (year: string | undefined) =>
          this.rows.deed.some(
            (deed) =>
              own.has(deed.subject_id) &&
              deed.subject_kind === 'individual' &&
              String(deed.year) === year &&
              String(deed.number) === number,
          )
        this.same('deed of another year', same, number!)
        this.holds('deed of this year', !inYear(this.today.slice(0, 4)), `there is a deed ${number}`)
        this.holds('deed of another year', inYear(of), `no deed ${number} in ${of}`)
      },
    )
    this.take(String.raw`[Kk]hông có việc số (\d+)`, (number) => {
      const about = /^Đồng chí (.+) không có/.exec(this.text)?.[1]
      const member = about ? this.roster().find((row) => row.display_name === about) : undefined
      const all = member
        ? this.rows.deed.filter(
            (deed) => deed.subject_id === member.member_id && deed.subject_kind === 'individual' && deed.year === year,
          )
        : mine()
      this.holds(
        'no such deed',
        !all.some((deed) => String(deed.number) === number && /approved/.test(deed.state)),
        `there is a deed ${number}`,
      )
    })
    // Before plain "việc 1": ratings speak of one as well.
  }

  private reachable(): number[] {
    return this.rows.account_member
      .filter(
        (link) =>
          link.state === 'linked' &&
          this.rows.account.some((row) => row.account_id === link.account_id && row.private_chat_id !== null),
      )
      .map((link) => link.member_id)
  }

  private takeRatings(): void {
    const { year } = this.here()
    const level = Object.keys(ratingWords)
      .sort((a, b) => b.length - a.length)
      .join('|')
    const rated = (source: string) => (number: string, of: string | undefined, words: string, memberId?: number) => {
      const period = of === undefined ? String(year) : periodOf(of)
      const found = this.rows.deed_rating.filter(
        (row) => row.period === period && String(row.number) === number && row.source === source && row.year === year,
      )
      const own = new Set(memberId === undefined ? this.members.map((row) => row.member_id) : [memberId])
      this.holds(
        'rating',
        found.some((row) => own.has(row.subject_id) && row.rating === ratingWords[words]),
        `no such rating of deed ${number}, ${period}`,
      )
    }
    this.take(String.raw`Đã ghi tự đánh giá việc (\d+)(?:, (${P}))?: (${level})`, (number, of, words) =>
      rated('self')(number!, of, words!),
    )
    this.take(
      String.raw`Đã ghi đánh giá việc (\d+) của đồng chí (.+?)(?:, (${P}))?: (${level})`,
      (number, name, of, words) => {
        const member = this.lookup.membersNamed(name!).find((row) => row.org_id === this.orgId)
        rated('cell')(number!, of, words!, member?.member_id ?? -1)
      },
    )
    this.take(String.raw`Chi bộ đánh giá việc (\d+) của đồng chí(?:, (${P}))?: (${level})`, (number, of, words) =>
      rated('cell')(number!, of, words!),
    )
    this.take(String.raw`Xin lưu ý: (${N}) việc xếp ·, quá (\d+)% của (${N}) việc xếp ·`, (excellent, cap, good) => {
      const period = /, ((?:quý|6 tháng) .+?):/.exec(this.text)?.[1]
      const of = this.rows.deed_rating.filter(
        (row) =>
          row.org_id === this.orgId &&
          row.source === 'cell' &&
          row.year === year &&
          row.subject_kind === 'individual' &&
          row.period === (period ? periodOf(period) : String(year)),
      )
      const count = (rating: string) => of.filter((row) => row.rating === rating).length
      this.same('excellent', excellent, dotted(count('excellent')))
      this.same('good', good, dotted(count('good')))
      this.same('cap', cap, '20')
      this.holds('cap', count('excellent') * 100 > count('good') * 20, 'the cap is not passed')
    })
    this.take(String.raw`Gương (${P}): đồng chí (.+)\.`, (of, name) => {
      const member = this.lookup.membersNamed(name!).find((row) => row.org_id === this.orgId)
      this.holds(
        'exemplar',
        this.rows.commendation.some(
          (row) => row.kind === 'exemplar' && row.period === periodOf(of!) && row.member_id === member?.member_id,
        ),
        `no such exemplar`,
      )
    })
    this.take(String.raw`[Cc]huyên đề (${P}): `, (of) =>
      this.holds(
        'theme',
        this.rows.theme.some((row) => row.org_id === this.orgId && row.period === periodOf(of!)),
        `no theme of ${of}`,
      ),
    )
    this.take(String.raw`Chưa có (?:chuyên đề|số liệu|lịch họp) (${P})`, () =>
      this.printed.agreed('nothing of a period', 1),
    )
  }

  private takeSmall(): void {
    const { year } = this.here()
    this.take(String.raw`[Vv]iệc (?:số )?(\d+)`, (number) =>
      this.holds(
        'number of a deed',
        this.deedsHere().some(
          (deed) => String(deed.number) === number && (deed.year === year || deed.year === year - 1),
        ),
        `no deed ${number}`,
      ),
    )
    this.take(String.raw`nhắc riêng (${N}) đồng chí`, (count) =>
      this.holds('reminded', Number(count) <= this.reachable().length, `${count} cannot be reached`),
    )
    this.take(String.raw`\((${N}) đồng chí chưa mở trò chuyện riêng\)`, (count) => {
      const reachable = new Set(this.reachable())
      this.holds(
        'reminded in the group',
        Number(count) <= this.roster().filter((row) => !reachable.has(row.member_id)).length,
        `${count} are too many`,
      )
    })
    this.take(String.raw`(${N}) đồng chí đã được nhắc đủ hai lần`, (count) =>
      this.holds('not reminded', Number(count) <= this.roster().length, `${count} are too many`),
    )
    if (/Dữ liệu tôi đang lưu về/.test(this.text)) this.takeOwnData()
  }

  private takeOwnData(): void {
    this.take(String.raw`^  (\d{4}), ·`, (of) =>
      this.holds(
        'year',
        this.rows.deed.some((deed) => String(deed.year) === of),
        `no deed of ${of}`,
      ),
    )
    this.take(String.raw`^  (tháng \d+/\d{4}): `, (of) =>
      this.holds(
        'answer',
        this.rows.attendance.some(
          (row) =>
            row.occurrence === periodOf(of!) && this.members.some((member) => member.member_id === row.member_id),
        ),
        `no answer of ${of}`,
      ),
    )
  }

  private export(): void {
    const data = JSON.parse(this.text.slice(this.text.indexOf('\n') + 1)) as {
      deeds: {
        year: number
        number: number
        subjectKind: string
        percent: number | null
        dueOn: string | null
        doneOn: string | null
      }[]
      meetings: { occurrence: string; answer: string }[]
    }
    const own = new Set(this.members.map((row) => row.member_id))
    const deeds = this.rows.deed.filter((deed) => deed.subject_kind === 'individual' && own.has(deed.subject_id))
    const line = (year: number, number: number, percent: number | null, due: string | null, done: string | null) =>
      [year, number, percent, due, done].join(' ')
    this.same(
      'exported deeds',
      data.deeds
        .map((deed) => line(deed.year, deed.number, deed.percent, deed.dueOn, deed.doneOn))
        .sort()
        .join('; '),
      deeds
        .map((deed) => line(deed.year, deed.number, deed.percent, deed.due_on, deed.done_on))
        .sort()
        .join('; '),
    )
    const answers = this.rows.attendance.filter((row) => own.has(row.member_id))
    this.same(
      'exported answers',
      data.meetings
        .map((row) => `${row.occurrence} ${row.answer}`)
        .sort()
        .join('; '),
      answers
        .map((row) => `${row.occurrence} ${row.answer}`)
        .sort()
        .join('; '),
    )
  }
}
