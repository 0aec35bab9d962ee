/** The deadline of a deed: found, resolved, and cut out together with the words that join it. */
import { type Clock, isoDay } from './calendar.ts'
import { codeOf, is, keyOf, numberAt, startsDate, T } from './date-words.ts'
import { addUnits } from './days.ts'
import { vocabulary } from './lexicon.ts'
import { firstDayOf, lastDayOf, type PeriodFound, periodAt } from './periods.ts'
import { expandPhrases } from './phrases.ts'
import { hasAny, type Token } from './reading.ts'
import { isCount, WhenFound, whenAt } from './when.ts'

export interface Deadline {
  /** Tokens to cut: from the first joining word to the last. */
  from: number
  to: number
  due?: string
  /** ISO dates to ask with. */
  ask?: string[]
}

/** Words before a date that make it a deadline. */
const marks = `trước | trước khi hết | hết | đến | tới | cho đến | cho tới | trong | trong vòng | nội trong | hạn | hạn chót | hạn cuối | hạn cuối cùng | thời hạn | thời hạn hoàn thành | thời hạn thực hiện | hạn hoàn thành |
  chậm nhất | muộn nhất | trễ nhất | lâu nhất | không quá | không muộn hơn | không chậm hơn | xong | hoàn thành | hoàn tất | dứt điểm | kết thúc | thời gian hoàn thành | thời gian thực hiện | thời gian | ngày hoàn thành |
  deadline | dự kiến | dự kiến xong | dự kiến hoàn thành | by | before | due | due by | due on | until | till | within | no later than | not later than | finish | finished | done | complete | completed | due date | hạn xong | hạn đến | muộn nhất là | hạn hoàn thành là`
/** Words that may stand between or before those, and go with them. */
const joins = `là | vào | vào ngày | ngày | cho | phải | sẽ | làm | thực hiện | được | khoảng | từ nay | từ giờ | kể từ nay | bắt đầu từ nay | lúc | vòng | cố gắng | phấn đấu | quyết tâm | the | on | to be | đều | cả hai | cả hai việc | tất cả | tất cả đều | và | hẹn | chót | nhất | và xong | rồi | it | be | all | will be | and | trước | hứa | cam kết | cam kết hoàn thành | đảm bảo | bảo đảm`
/** Words that may follow a deadline at the end and go with it. */
const tails = `xong | là xong | phải xong | sẽ xong | hoàn thành | sẽ hoàn thành | là hoàn thành | phải hoàn thành | at the latest | này | xong hết | là phải xong | nữa | trở lại | thì xong | xong xuôi | tôi sẽ hoàn thành`
const untilWords = new Set(['truoc', 'before'])

interface Lead {
  forms: number[]
  isMark: boolean
}

const leadsByLast = new Map<number, Lead[]>()
for (const [source, isMark] of [
  [marks, true],
  [joins, false],
] as const) {
  for (const phrase of expandPhrases(source)) {
    const forms = phrase.split(' ').map((word) => vocabulary.formId(word))
    const last = forms[forms.length - 1]!
    leadsByLast.set(last, [...(leadsByLast.get(last) ?? []), { forms, isMark }])
  }
}
const tailForms = expandPhrases(tails).map((phrase) => phrase.split(' ').map((word) => vocabulary.formId(word)))

const politeBits = vocabulary.bitsOf('polite thanks bot title me')
const everyBits = vocabulary.bitsOf('recurring')

const isForm = (token: Token | undefined, form: number) => token?.word?.forms.includes(form) ?? false

/** The deadline of one deed in tokens `from`–`to`, or null. Where several are stated the last at the end wins. */
export function deadlineIn(tokens: readonly Token[], from: number, to: number, clock: Clock): Deadline | null {
  let inside: Deadline | null = null
  let atEnd: Deadline | null = null
  for (let at = from; at < to; ) {
    const token = tokens[at]!
    if (!startsDate(token) || isCount(tokens, at)) {
      at++
      continue
    }
    const found = durationAt(tokens, at, clock) ?? whenAt(tokens, at, clock)
    if (!found || found.to > to) {
      at++
      continue
    }
    const judged = judge(tokens, from, to, found, clock)
    if (judged) {
      if (judged.isAtEnd) atEnd = judged
      else inside ??= judged
    }
    at = found.to
  }
  return atEnd ?? inside
}

function judge(
  tokens: readonly Token[],
  from: number,
  to: number,
  found: WhenFound,
  clock: Clock,
): (Deadline & { isAtEnd: boolean }) | null {
  if (found.day === undefined && !found.ask && !found.period) return null
  const next = tokens[found.to]
  if (found.to < to && (is(next, T.every) || (hasAny(next!.bits, everyBits) && keyOf(next) !== 'trong'))) return null
  const lead = leadsBefore(tokens, from, found)
  if (is(tokens[lead.from - 1], T.every) && lead.from - 1 >= from) return null
  const after = skipTail(tokens, found.to, to)
  const isAtEnd = after >= to
  const isAtStart = lead.from === from
  if (!lead.isMarked) {
    // A bare date is a deadline only as a clause of its own at the end.
    const before = tokens[lead.from - 1]
    const ownClause =
      lead.from > from && (before?.kind === 'mark' || before?.kind === 'line') && /[,;:(–\n-]/.test(before.mark)
    const isDate =
      (found.day !== undefined && !found.isDoubtful && !found.isBareWeekday) ||
      found.period?.edge === 'end' ||
      found.ask
    if (!isAtEnd || !ownClause || !isDate) return null
  }
  if (!isAtEnd && looksLikeFraction(tokens, found)) return null
  if (found.isDoubtful && !isAtEnd && !isAtStart) return null
  if (found.period && !isAtEnd && !isAtStart && !/[,;)]/.test(next?.mark || ' ')) return null
  if (found.period && !found.period.isNamed && found.period.edge === 'whole' && !lead.isHet) return null
  if (found.isBareWeekday && !isAtEnd && !lead.isUntil) return null
  const closes = tokens[lead.from]?.mark === '(' && next?.mark === ')'
  return {
    from: lead.from,
    to: isAtEnd ? to : closes ? after + 1 : after,
    isAtEnd,
    ...(weekdayOrMonth(tokens, found, lead.isUntil, clock) ?? deadlineValue(found, lead.isUntil, clock)),
  }
}

/** `hạn T3`: Tuesday or March, both are offered. An hour, a week or a date beside it leave only the weekday. */
export function weekdayOrMonth(
  tokens: readonly Token[],
  found: WhenFound,
  isUntil: boolean,
  clock: Clock,
): { ask: string[] } | null {
  if (!found.isBareWeekday || found.day === undefined || found.minutes !== undefined) return null
  if (keyOf(tokens[found.from]) !== 't' || found.to !== found.from + 2) return null
  const month = periodAt(tokens, found.from, clock)
  if (!month) return null
  const ofMonth = new WhenFound(found.from, month.to)
  ofMonth.period = month
  const { due, ask } = deadlineValue(ofMonth, isUntil, clock)
  return { ask: [isoDay(found.day), ...(ask ?? (due === undefined ? [] : [due]))] }
}

interface Leads {
  from: number
  isMarked: boolean
  /** `trước` directly before it. */
  isUntil: boolean
  /** `hết` inside or before it. */
  isHet: boolean
}

function leadsBefore(tokens: readonly Token[], from: number, found: WhenFound): Leads {
  const isWhole = is(tokens[found.from], T.whole)
  const isHet = isWhole && keyOf(tokens[found.from]) === 'het'
  const leads: Leads = { from: found.from, isMarked: isHet, isUntil: false, isHet }
  if (isWhole && !isHet) return leads
  let at = found.from
  let isUntilNear = true
  for (;;) {
    const token = tokens[at - 1]
    if (at <= from || !token) break
    if (
      token.kind === 'mark' &&
      (token.mark === ':' ||
        token.mark === '(' ||
        (token.mark === ',' &&
          leads.isMarked &&
          !(keyOf(tokens[at - 2]) === 'han' && keyOf(tokens[at - 3]) === 'truoc') &&
          leadAt(tokens, from, at - 1)?.isMark))
    ) {
      at--
      if (token.mark === '(') leads.from = at
      continue
    }
    const lead = leadAt(tokens, from, at)
    // `20k/ngày đến cuối năm`: a word behind a slash belongs to what stands before it.
    if (!lead || (tokens[at - lead.forms.length]!.isGlued && tokens[at - lead.forms.length - 1]?.mark === '/')) break
    const whole = wholeOfHan(tokens, from, at, lead)
    if (whole === 'content' || (whole === 'either' && at !== found.from)) break
    if (lead.isMark) {
      leads.isMarked = true
      if (isUntilNear && untilWords.has(keyOf(tokens[at - 1]))) leads.isUntil = true
      if (keyOf(tokens[at - 1]) === 'het') leads.isHet = true
      isUntilNear = false
    }
    at -= lead.forms.length + (whole === 'either' && !/^truoc$/.test(keyOf(tokens[at - lead.forms.length - 1])) ? 1 : 0)
    if (leads.isMarked) leads.from = at
  }
  return leads
}

/**
 * `đúng hạn`, `trước hạn`, `có thời hạn`, `gia hạn`: what is done or whose words they are, and no word before a date. Right
 * before it the first two may be either (`xong đúng hạn 30/11`).
 */
function wholeOfHan(tokens: readonly Token[], from: number, at: number, lead: Lead): 'content' | 'either' | null {
  if (!lead.isMark || keyOf(tokens[at - 1]) !== 'han') return null
  const before = at - lead.forms.length - 1
  if (before < from || tokens[before]!.kind !== 'word') return null
  const key = keyOf(tokens[before])
  if (/^(dung|kip|truoc)$/.test(key) && lead.forms.length === 1) return 'either'
  const words = lead.forms.length === 1 ? ofHan : ofThoiHan
  return words.test(key) ? 'content' : null
}
const ofHan = /^(som|qua|du|theo|het|gia|dai|ngan|trung|ky|ki|quyen|gioi|to)$/
const ofThoiHan = /^(co|vo|khong|dung|truoc|theo|qua|som|het)$/

function leadAt(tokens: readonly Token[], from: number, end: number): Lead | null {
  let best: Lead | null = null
  for (const form of tokens[end - 1]?.word?.forms ?? []) {
    for (const lead of leadsByLast.get(form) ?? []) {
      const start = end - lead.forms.length
      if (start < from || (best && best.forms.length >= lead.forms.length)) continue
      if (lead.forms.every((word, index) => isForm(tokens[start + index], word))) best = lead
    }
  }
  return best
}

/** Joining words, particles and closing punctuation after a deadline. */
function skipTail(tokens: readonly Token[], at: number, to: number): number {
  let end = at
  for (;;) {
    const token = tokens[end]
    if (!token || end >= to) return end
    if (token.kind !== 'word') {
      if (token.kind === 'number') return at
      end++
      continue
    }
    const tail = tailForms.find((forms) => forms.every((form, index) => isForm(tokens[end + index], form)))
    if (tail) end += tail.length
    else if (hasAny(token.bits, politeBits)) end++
    else return at
  }
}

/** `1/2 số đơn`, `3/4 hộ`: small fractions with what they count. */
function looksLikeFraction(tokens: readonly Token[], found: WhenFound): boolean {
  const [a, slash, b] = [tokens[found.from], tokens[found.from + 1], tokens[found.from + 2]]
  return (
    a?.kind === 'number' &&
    slash?.mark === '/' &&
    b?.kind === 'number' &&
    a.value < b.value &&
    a.end - a.start === 1 &&
    found.to === found.from + 3 &&
    tokens[found.to]?.kind === 'word'
  )
}

/** `trong 2 tuần`, `trong vòng 3 tháng tới`, `10 ngày nữa`. */
function durationAt(tokens: readonly Token[], at: number, clock: Clock): WhenFound | null {
  const number = numberAt(tokens, at)
  if (!number || number.value < 1 || number.value > 400) return null
  const unit = codeOf(tokens[number.to])
  if (!(unit & (T.day | T.week | T.month))) return null
  let to = number.to + 1
  const before = keyOf(tokens[at - 1])
  const isAhead = is(tokens[to], T.more) || /^(toi)$/.test(keyOf(tokens[to]))
  if (isAhead) to++
  if (!isAhead && !(before === 'vong' || (before === 'trong' && /^(xong|thanh|tat)$/.test(keyOf(tokens[at - 2])))))
    return null
  const found = new WhenFound(at, to)
  found.day = addUnits(clock, number.value, unit)
  return found
}

/** The last day meant; `trước tháng 12`, `đầu tháng`, `giữa quý` fix none and are asked about. */
export function deadlineValue(found: WhenFound, isUntil: boolean, clock: Clock): { due?: string; ask?: string[] } {
  if (found.ask) return { ask: found.ask.map(isoDay) }
  if (found.day !== undefined) return { due: isoDay(found.day) }
  const period = found.period
  if (!period) return {}
  const last = lastDayOf(period, clock)
  const first = firstDayOf(period, clock)
  if (period.edge === 'end' || (period.edge === 'whole' && !isUntil)) return { due: isoDay(last) }
  if (period.edge === 'whole')
    return { ask: [isoDay(first - 1), isoDay(last)].filter((day) => day >= isoDay(clock.today)) }
  return { ask: edgeCandidates(period, first, last, clock).map(isoDay) }
}

function edgeCandidates(period: PeriodFound, first: number, last: number, clock: Clock): number[] {
  const length = last - first + 1
  const candidates =
    period.edge === 'middle'
      ? [first + Math.floor(length / 2) - 1, first + Math.floor(length / 2)]
      : [first, first + Math.floor(length / 6)]
  return candidates.filter((day, index) => day >= clock.today && candidates.indexOf(day) === index)
}
