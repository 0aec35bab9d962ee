import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { askFor } from '../dialogue/fill.ts'
import type { Request } from '../dialogue/flow.ts'
import { looksClassified } from '../dialogue/guard.ts'
import { progressNoted } from '../dialogue/progress-noted.ts'
import { deedKey } from '../domain/pledge.ts'
import type { Slots } from '../language/intents.ts'
import { numberedWords } from '../language/progress.ts'
import { understand } from '../language/understand.ts'
import { type Command, inOrg, thisYear } from './command.ts'
import { ofBothYears, ofItsYear, reachOfProgress, yearMeant, yearNamed } from './deed-year.ts'
import { chosenDeed, ownDeeds, rightTo } from './own-deed.ts'

type Report = Slots['progress.report']
/** More deeds than this nobody reports on in one message. */
const mostReports = 10

/** "v1 xong 70%, v2 xong rồi": what follows the first report, as far as it is one. */
function furtherReports(facts: Facts, request: Request): Report[] {
  const { now, timeZone } = facts
  const reports: Report[] = []
  let rest = request.extras?.rest
  while (rest && reports.length < mostReports) {
    const next = understand(rest, { now, timeZone, addressed: 'private', botNames: [] })
    if (next.intent === 'progress.report' && next.slots.deed !== undefined) {
      reports.push(next.slots)
      rest = next.extras?.rest
      continue
    }
    // "… việc 2 tháng nào cũng làm": behind a first report the number alone says that this is one as well.
    const words = numberedWords(rest)
    if (!words) break
    reports.push({ deed: words.deed, note: words.note })
    rest = words.rest
  }
  return reports
}

/** "150%" told as how far a deed is; "tăng 150% so với năm ngoái" is what came of it. */
const isOverWhole = (note: string | undefined) =>
  Number(/^(?:[^\s\d]+ )?(\d{3,})\s*(?:%|phần trăm|phan tram|percent)[\s.!]*$/iu.exec(note ?? '')?.[1] ?? 0) > 100

function severalReports(facts: Facts, request: Request, reports: readonly Report[]): Effect[] {
  const { texts } = facts
  if (reports.some(({ note }) => note && looksClassified(note))) return [reply(texts.classified)]
  const { org } = inOrg(facts)
  const ofYear = (year: number) => ownDeeds(facts, request, year)
  const isNamed = yearNamed(request) !== undefined
  const meant = (number: number) => {
    const present = ofYear(yearMeant(facts, request)).filter((deed) => deed.number === number)
    if (isNamed) return present
    const lastYears = () => ofYear(thisYear(facts) - 1).filter((deed) => deed.number === number)
    return ofBothYears(facts, org.orgId, present, lastYears, reachOfProgress)
  }
  const said = new Map<number, Effect[]>()
  const lines: string[] = []
  for (const report of reports) {
    const number = report.deed ?? 0
    const [deed, other] = meant(number)
    if (deed && other) lines.push(texts.yearUnclear(number, other.year, deed.year))
    else if (!deed) lines.push(texts.noSuchDeed(number))
    else if (deed.state === 'draft') lines.push(texts.progressNotApproved)
    else if (isOverWhole(report.note)) lines.push(texts.percentRange)
    else if (report.percent === undefined && !report.note && !report.done) lines.push(texts.progressAsk(number))
    else {
      const noted = progressNoted(facts, deed, report)
      said.set(number, noted.effects)
      lines.push(`${noted.text}${ofItsYear(facts, deed)}`)
    }
  }
  return [...[...said.values()].flat(), reply(lines.join('\n'))]
}

/** How far a deed is: percent, a note, or that it is done. */
export const reportProgress: Command<'progress.report'> = {
  intents: ['progress.report'],
  may: rightTo('progress.ownReport'),
  respond(facts, request) {
    const { texts } = facts
    inOrg(facts)
    const further = request.resolved?.deedKey || request.slots.deed === undefined ? [] : furtherReports(facts, request)
    if (further.length > 0) return severalReports(facts, request, [request.slots, ...further])
    const chosen = chosenDeed(facts, request, request.slots.deed, (deed) => deed.state !== 'draft', reachOfProgress)
    if ('effects' in chosen) return chosen.effects
    const { deed } = chosen
    if (deed.state === 'draft') return [reply(texts.progressNotApproved)]
    const { percent, note, done } = request.slots
    if (percent === undefined && !note && !done) {
      return askFor(texts.progressAsk(deed.number), { ...request, resolved: { deedKey: deedKey(deed) } }, 'progress')
    }
    if (isOverWhole(note)) return [reply(texts.percentRange)]
    if (note && looksClassified(note)) return [reply(texts.classified)]
    const noted = progressNoted(facts, deed, { percent, note, done })
    return [...noted.effects, reply(`${noted.text}${ofItsYear(facts, deed)}`)]
  },
}
