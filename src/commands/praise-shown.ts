/** What was praised: models worth following, the exemplars of months, who was commended. Praise is for all of a cell to hear. */
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { dateOf, periodRange } from '../domain/calendar.ts'
import type { Commendation, Organisation } from '../domain/records.ts'
import type { PraiseKind } from '../language/intents.ts'
import { type Command, inOrg } from './command.ts'
import { entitledTo, namedOrganisation } from './organisation-named.ts'

/** Rows that concern an organisation: its own, and praise that the committee above gave it. */
function rowsOf(facts: Facts, org: Organisation, year: number): Commendation[] {
  const above = org.parentId === null ? [] : facts.commendations(org.parentId, year)
  return [...facts.commendations(org.orgId, year), ...above.filter((row) => row.collectiveId === org.orgId)]
}

function isWithin({ timeZone }: Facts, row: Commendation, period: string): boolean {
  if (row.kind === 'exemplar' && row.period !== null) {
    const { from, to } = periodRange(period)
    return row.period >= from.slice(0, 7) && row.period <= to.slice(0, 7)
  }
  const { from, to } = periodRange(period)
  const on = dateOf(row.at, timeZone)
  return on >= from && on <= to
}

export const showPraise: Command<'praise.show'> = {
  intents: ['praise.show'],
  may: 'praise.see',
  respond(facts, request) {
    const { texts, today } = facts
    const { org: own } = inOrg(facts)
    const { about, period = today.slice(0, 4) } = request.slots
    const year = Number(period.slice(0, 4))
    const typed = request.extras?.organisation
    const named = typed === undefined ? { org: own } : namedOrganisation(facts, request, typed, year)
    if ('effects' in named) return named.effects
    const { org } = named
    const entitled = entitledTo(facts, 'praise.see', org)
    if ('effects' in entitled) return entitled.effects
    const rows = rowsOf(facts, org, year).filter((row) => isWithin(facts, row, period))
    const nameOf = (row: Commendation) =>
      row.memberId === null
        ? facts.organisation(row.collectiveId ?? org.orgId).name
        : texts.titledName(facts.member(row.memberId)?.displayName ?? texts.erasedName)
    const kinds: readonly PraiseKind[] = about ? [about] : ['praise', 'exemplar', 'model']
    const sections = kinds.map((kind) => {
      const lines = facts.together(
        rows
          .filter((row) => row.kind === kind)
          .sort((a, b) => (a.period ?? '').localeCompare(b.period ?? '') || a.commendationId - b.commendationId),
        (row) => texts.praisedLine({ ...row, name: nameOf(row), isCollective: row.memberId === null }),
      )
      return texts.praisedList(kind, org.name, period, lines)
    })
    const answer: Effect = {
      say: { audience: { to: 'here' }, text: sections.join('\n'), isRepeatable: true, rank: 'answer' },
    }
    if (!entitled.grant.mustLog) return [answer]
    if (facts.asked.chatKind === 'group') return [reply(texts.refusals.namesNotAllowed)]
    return [
      {
        audit: {
          orgId: org.orgId,
          action: 'praise.namesSeen',
          subject: `organisation:${org.orgId}`,
          details: { by: entitled.me.memberId },
        },
      },
      answer,
    ]
  },
}
