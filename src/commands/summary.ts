import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { accessRoleOf, may, relationOf } from '../domain/access.ts'
import { lastDayOfYear } from '../domain/deed-figures.ts'
import { isOfForm } from '../domain/forms.ts'
import { countsInDenominator, isStandingDeed } from '../domain/participation.ts'
import { type Command, inOrg } from './command.ts'
import { detailsOf } from './deed-details.ts'
import {
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

/** The summary of an organisation in counts, with every denominator and the deadline. */
export function summaryText(facts: Facts, orgId: number, year: number): string {
  const { texts } = facts
  // Last year's figures are those of its last day.
  const [today = facts.today] = [facts.today, lastDayOfYear(year)].sort()
  const org = facts.organisationIn(orgId, year)
  const figures = figuresOf(facts, orgId, year)
  const common = {
    orgName: org.name,
    year,
    today,
    members: figures.members,
    membersTenths: tenthsOf(figures.members),
    individualDeeds: figures.individualDeeds,
    collectiveDeeds: figures.collectiveDeeds,
    more: deedLines(facts, deedFigures(facts, orgId, year)),
    closesOn: facts.campaign(orgId, year).closesOn,
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

/** Who has registered, who has not, deeds, what waits: for the secretary, in private. */
function namesText(facts: Facts, orgId: number, year: number): string {
  const { texts } = facts
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
      const standing = own.filter((deed) => deed.state === 'submitted' || deed.state === 'approved')
      return `${nameOf(member, texts.erasedName)}: ${standing.map((deed) => texts.deed(deed)).join('; ')}`
    })
  // Wherever they wait: with the cell or with the committee above.
  const waiting = deeds
    .filter((deed) => deed.state === 'submitted' && deed.content !== null)
    .map((deed) => {
      const of =
        deed.subjectKind === 'collective'
          ? facts.organisation(deed.subjectId).name
          : (facts.member(deed.subjectId)?.displayName ?? texts.erasedName)
      return `${of}, ${texts.deedNumber(deed.number)}`
    })
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
      .map((deed) => [texts.deed(deed), ...detailsOf(facts, deed)].join('; ')),
    excluded,
  })
}

/** `/summary`: counts where it was asked; with names only to those entitled, in private, and only on request. */
export const summary: Command<'summary'> = {
  intents: ['summary'],
  may: 'summary.counts',
  respond(facts, request) {
    const { texts, asked, today } = facts
    const { org, me } = inOrg(facts)
    const period = request.slots.period
    const year = period ? Number(period.slice(0, 4)) : Number(today.slice(0, 4))
    if (!facts.isKnownIn(org.orgId, year)) return [reply(texts.noOtherYear(String(year)))]
    const text = summaryText(facts, org.orgId, year)
    const answer: Effect[] = [{ say: { audience: { to: 'here' }, text, isRepeatable: true, rank: 'answer' } }]
    const relation = relationOf(facts.organisation(me.orgId), org)
    const names = may(accessRoleOf(me), 'summary.names', relation)
    if (request.extras?.names) {
      if (!names.allowed) return [reply(texts.refusals[names.why])]
      if (org.kind !== 'cell') return answer
      const audit: Effect = {
        audit: {
          orgId: org.orgId,
          action: 'summary.namesSeen',
          subject: `organisation:${org.orgId}`,
          details: { by: me.memberId },
        },
      }
      return [
        audit,
        {
          say: {
            audience: { to: 'sender' },
            text: `${text}\n${namesText(facts, org.orgId, year)}`,
            isRepeatable: true,
          },
        },
      ]
    }
    // In private the secretary is told how to see more; the group only ever sees counts.
    if (asked.chatKind === 'private' && names.allowed && org.kind === 'cell')
      return [...answer, reply(texts.summaryAskNames)]
    return answer
  },
}
