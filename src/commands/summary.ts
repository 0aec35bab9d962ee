import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { addDays, dateOf, periodRange } from '../domain/calendar.ts'
import { standingClosing } from '../domain/closing.ts'
import { lastDayOfYear } from '../domain/deed-figures.ts'
import { isOfForm } from '../domain/forms.ts'
import { monthOfMeeting } from '../domain/meeting-notice.ts'
import { meetingSeries } from '../domain/meeting-series.ts'
import { countsInDenominator, isStandingDeed, type Registration } from '../domain/participation.ts'
import type { Closing } from '../domain/period-records.ts'
import type { Organisation } from '../domain/records.ts'
import { figuresOfModel } from '../domain/summary-model.ts'
import { campaignShown } from './campaign-shown.ts'
import { type Command, inOrg } from './command.ts'
import { detailsOf } from './deed-details.ts'
import { deedsOfMember, deedsOfStage } from './deeds-seen.ts'
import {
  areNamesGone,
  byGivenName,
  cellRatio,
  deedFigures,
  deedLines,
  excludedText,
  figuresOf,
  missingMembers,
  nameOf,
  tenthsOf,
} from './figures.ts'
import { entitledTo, namedOrganisation } from './organisation-named.ts'
import { belowLines, organisationsBelow } from './organisations-below.ts'
import { isPartOfYear, periodHead } from './period-figures.ts'

/** The closing of a period's books that stands; null while they are open. */
function closingOf(facts: Facts, orgId: number, period: string): Closing | null {
  if (!facts.closedPeriods(orgId).includes(period)) return null
  return standingClosing(facts.closings(orgId, period), period)
}

/**
 * The summary of an organisation in counts, with every denominator and the deadline: of a period whose books are closed, what was
 * frozen; else of the year in which the period lies, as it stands.
 */
export function summaryText(facts: Facts, orgId: number, period: string): string {
  const { texts, timeZone } = facts
  const year = Number(period.slice(0, 4))
  const closing = closingOf(facts, orgId, period)
  const frozen = closing && figuresOfModel(closing.model)
  // Last year's figures are those of its last day.
  const [today = facts.today] = [closing ? dateOf(closing.closedAt, timeZone) : facts.today, lastDayOfYear(year)].sort()
  const org = closing
    ? { ...facts.organisation(orgId), ...closing.model.organisation }
    : facts.organisationIn(orgId, year)
  const figures = frozen?.registration ?? figuresOf(facts, orgId, year)
  const meetings = isPartOfYear(period) && org.kind === 'cell' ? meetingLines(facts, orgId, period) : []
  const ofCells = org.kind === 'committee' ? meetingsBelowLines(facts, orgId, period, figures) : []
  const text = countsText(facts, org, figures, {
    head: periodHead(facts, { orgId, name: org.name }, period, closing, meetings),
    year,
    today,
    // What is frozen is of a whole organisation; its parts have books of their own.
    details: closing || org.kind === 'cell' ? '' : belowLines(facts, orgId, year),
    more: [deedLines(facts, frozen?.deeds ?? deedFigures(facts, orgId, year)), ...ofCells].filter(Boolean).join('\n'),
    closesOn: closing?.model.closesOn ?? facts.campaign(orgId, year).closesOn,
  })
  return closing ? `${texts.frozenLine(period, closing.closedAt, timeZone)}\n${text}` : text
}

function countsText(
  facts: Facts,
  org: Pick<Organisation, 'name' | 'kind'>,
  figures: Registration,
  of: { head?: string; year: number; today: string; details: string; more: string; closesOn: string },
): string {
  const { texts } = facts
  const common = {
    orgName: org.name,
    ...of,
    members: figures.members,
    membersTenths: tenthsOf(figures.members),
    individualDeeds: figures.individualDeeds,
    collectiveDeeds: figures.collectiveDeeds,
    excluded: excludedText(facts, figures),
  }
  if (org.kind === 'cell') {
    return texts.summaryCell({ ...common, approved: figures.approved, approvedTenths: tenthsOf(figures.approved) })
  }
  const [started, complete] = [cellRatio(figures, 'started'), cellRatio(figures, 'complete')]
  return texts.summaryTree({
    ...common,
    cellsStarted: started,
    cellsComplete: complete,
    cellsTenths: tenthsOf(started),
    completeTenths: tenthsOf(complete),
  })
}

/** What the secretary wrote of the period, numbered. */
function reviewLines(facts: Facts, orgId: number, period: string): string[] {
  const review = facts.reviews(orgId).find((row) => row.period === period)
  return review ? [facts.texts.reviewOf(period, review.limits, review.tasks)] : []
}

/** Who has registered, who has not, deeds, what waits: for the secretary, in private. */
function namesText(facts: Facts, orgId: number, year: number): string {
  const { texts } = facts
  if (areNamesGone(facts, orgId, year)) return texts.namesGone(year)
  const deeds = facts.deedsIn(orgId, year)
  const roster = byGivenName(facts.rosterIn(orgId, year)).filter((member) => member.status !== 'left')
  const missing = missingMembers(facts, orgId, year)
  const isMissing = new Set(missing.map((member) => member.memberId))
  const counted = roster.filter((member) => countsInDenominator(member.status))
  const registered = counted
    .filter((member) => !isMissing.has(member.memberId))
    .map((member) => {
      const own = deeds.filter(
        (deed) => deed.subjectKind === 'individual' && deed.subjectId === member.memberId && isOfForm(deed, 'pledge'),
      )
      const standing = own
        .filter((deed) => deed.state === 'submitted' || deed.state === 'approved')
        .sort((a, b) => a.number - b.number)
      // With the numbers that "đánh giá việc 2 của …" takes.
      return `${nameOf(member, texts.erasedName)}: ${standing.map((deed) => texts.numberedDeed(deed)).join('; ')}`
    })
  // Wherever they wait: with the cell or with the committee above.
  const waiting = facts.together(
    deeds.filter((deed) => deed.state === 'submitted' && deed.content !== null),
    (deed) => {
      const of =
        deed.subjectKind === 'collective'
          ? facts.organisation(deed.subjectId).name
          : (facts.member(deed.subjectId)?.displayName ?? texts.erasedName)
      return `${of}, ${texts.deedNumber(deed.number)}`
    },
  )
  const excluded = roster
    .filter((member) => !countsInDenominator(member.status))
    .map((member) => `${nameOf(member, texts.erasedName)} (${texts.statusNames[member.status]})`)
  return texts.summaryNames({
    registered,
    missing: missing.map((member) => nameOf(member, texts.erasedName)),
    waiting,
    collective: deeds
      .filter((deed) => deed.subjectKind === 'collective' && isStandingDeed(deed.state))
      .sort((a, b) => a.number - b.number)
      .map((deed) => [texts.numberedDeed(deed), ...detailsOf(facts, deed)].join('; ')),
    excluded,
  })
}

/** Less than what `Facts.meetings` reaches back. */
const meetingsKnownForDays = 398

/** The meetings of a period as far as they are remembered, for the secretary; none where none was planned. */
function meetingLines(facts: Facts, orgId: number, period: string): string[] {
  const { texts, now } = facts
  const frozen = closingOf(facts, orgId, period)?.model.meetings
  if (frozen) {
    const { regularHeld: regular, thematicHeld: thematic, cancelled: notHeld, unrecorded, ahead, held } = frozen
    if (held + notHeld + unrecorded + ahead === 0) return []
    const { numerator, denominator } = frozen.attendance.rate
    const rate = { numerator, denominator }
    return [texts.meetingsHeld({ period, regular, thematic, notHeld, unrecorded, rate, tenths: tenthsOf(rate) })]
  }
  const { from, to } = periodRange(period)
  // Of meetings further back not all are at hand: no line rather than one of some of them.
  if (from < addDays(facts.today, -meetingsKnownForDays)) return []
  const within = facts.meetings(orgId).filter(({ occurrence }) => {
    const month = monthOfMeeting(occurrence)
    return month >= from.slice(0, 7) && month <= to.slice(0, 7)
  })
  if (within.length === 0) return []
  const { regularHeld, thematicHeld, cancelled, unrecorded, attendance } = meetingSeries(within, now)
  const { rate } = attendance
  const counts = { regular: regularHeld, thematic: thematicHeld, notHeld: cancelled, unrecorded }
  return [texts.meetingsHeld({ period, ...counts, rate, tenths: tenthsOf(rate) })]
}

/** A tree with more cells is not read through for one answer: some 13 meetings a cell and year, 4,000 rows. */
const mostCellsRead = 300

/** The meetings of the cells below a committee, in one line; of the present year, or as they were frozen. */
function meetingsBelowLines(facts: Facts, orgId: number, period: string, figures: Registration): string[] {
  const { texts, today } = facts
  const cells = cellRatio(figures, 'started').denominator
  const frozen = closingOf(facts, orgId, period)?.model.meetings
  if (frozen) {
    const { regularHeld: regular, thematicHeld: thematic, cancelled: notHeld, unrecorded, attendance } = frozen
    const { numerator, denominator } = attendance.rate
    const rate = { numerator, denominator }
    const counts = { regular, thematic, notHeld, unrecorded, rate, tenths: tenthsOf(rate) }
    return frozen.held + notHeld + unrecorded > 0 ? [texts.meetingsBelow({ cells: null, ...counts })] : []
  }
  if (period.slice(0, 4) !== today.slice(0, 4) || cells > mostCellsRead) return []
  const { figures: of, cellsHeld } = facts.meetingsBelow(orgId, period)
  if (of.held + of.cancelled + of.unrecorded === 0) return []
  const { rate } = of.attendance
  const counts = {
    regular: of.regularHeld,
    thematic: of.thematicHeld,
    notHeld: of.cancelled,
    unrecorded: of.unrecorded,
  }
  const held = { numerator: cellsHeld, denominator: cells }
  return [texts.meetingsBelow({ cells: held, ...counts, rate, tenths: tenthsOf(rate) })]
}

/** What the log's chain ends with: `nep audit verify --head` tells later whether anything before it was changed. */
function headLines(facts: Facts, orgId: number): string[] {
  const head = facts.auditHead(orgId)
  // Eight digits: enough to be found by, short enough to be copied by hand.
  return head ? [facts.texts.auditHeadLine(head.hash.slice(0, 8), head.at, facts.timeZone)] : []
}

/** `/summary`: counts where it was asked; with names only to those entitled, in private, and only on request. */
export const summary: Command<'summary'> = {
  intents: ['summary'],
  may: 'summary.counts',
  respond(facts, request) {
    const { texts, asked, today } = facts
    if (request.extras?.wholeRating) return [reply(texts.wholeRating(Number(today.slice(0, 4))))]
    const { org: own } = inOrg(facts)
    const period = request.slots.period ?? today.slice(0, 4)
    const { organisation, organisations, names, member, stage, campaign } = request.extras ?? {}
    if (campaign) return campaignShown(facts)
    if (member !== undefined) return deedsOfMember(facts, request, member)
    if (stage) return deedsOfStage(facts, stage)
    if (organisations) return organisationsBelow(facts, organisations)
    const year = Number(period.slice(0, 4))
    const named = organisation === undefined ? { org: own } : namedOrganisation(facts, request, organisation, year)
    if ('effects' in named) return named.effects
    const { org } = named
    const counts = entitledTo(facts, 'summary.counts', org)
    if ('effects' in counts) return counts.effects
    if (!facts.isKnownIn(org.orgId, year)) return [reply(texts.noOtherYear(String(year)))]
    const text = summaryText(facts, org.orgId, period)
    // A function, so that the head is asked for after all that is printed.
    const answer = (): Effect[] => [
      {
        say: {
          audience: { to: 'here' },
          text: [text, ...headLines(facts, org.orgId)].join('\n'),
          isRepeatable: true,
          rank: 'answer',
        },
      },
    ]
    const entitled = entitledTo(facts, 'summary.names', org)
    if (names) {
      if ('effects' in entitled) return entitled.effects
      if (org.kind !== 'cell') return answer()
      const audit: Effect = {
        audit: {
          orgId: org.orgId,
          action: 'summary.namesSeen',
          subject: `organisation:${org.orgId}`,
          details: { by: entitled.me.memberId },
        },
      }
      return [
        audit,
        {
          say: {
            audience: { to: 'sender' },
            text: [
              text,
              ...reviewLines(facts, org.orgId, period),
              namesText(facts, org.orgId, year),
              ...headLines(facts, org.orgId),
            ].join('\n'),
            isRepeatable: true,
          },
        },
      ]
    }
    const ofCommittee =
      asked.chatKind === 'private' && org.kind === 'committee' ? reviewLines(facts, org.orgId, period) : []
    if (ofCommittee.length > 0) return [...answer(), reply(ofCommittee.join('\n'))]
    // In private the secretary is told how to see more; the group only ever sees counts.
    if (asked.chatKind === 'private' && 'me' in entitled && org.kind === 'cell') {
      if (organisation !== undefined) {
        const seen = [...meetingLines(facts, org.orgId, period), ...reviewLines(facts, org.orgId, period)]
        return [...answer(), reply([...seen, texts.namesOfHow(org.name)].join('\n'))]
      }
      const lines = [
        ...(isPartOfYear(period) ? [] : meetingLines(facts, org.orgId, period)),
        ...reviewLines(facts, org.orgId, period),
        texts.summaryAskNames,
      ]
      return [...answer(), reply(lines.join('\n'))]
    }
    return answer()
  },
}
