/** Who has not handed in a commitment: names to those entitled, in private; counts to a cell and, cell by cell, to a committee. */
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Organisation } from '../domain/records.ts'
import { deedFigures, missingMembers, nameOf, tenthsOf } from './figures.ts'
import { entitledTo } from './organisation-named.ts'
import { listed } from './organisations-below.ts'

export function missingCommitments(facts: Facts, org: Organisation, year: number): Effect[] {
  const { texts, asked } = facts
  if (!facts.forms().includes('commitment')) return [reply(texts.notServed)]
  if (!facts.isKnownIn(org.orgId, year)) return [reply(texts.noOtherYear(String(year)))]
  const { members } = deedFigures(facts, org.orgId, year).commitments
  const count = texts.commitmentCount(year, members, tenthsOf(members))
  if (org.kind === 'committee') return belowCommittee(facts, org, year, count)
  const entitled = entitledTo(facts, 'pledge.seeNames', org)
  // Everybody hears how many; who it is, only whoever answers for the cell.
  if ('effects' in entitled) return [reply(count)]
  const missing = missingMembers(facts, org.orgId, year, 'commitment')
  // An older year's deeds were taken away with their names: the count alone stands.
  if (missing.length !== members.denominator - members.numerator) return [reply(count)]
  const names = missing.map((member) => nameOf(member, texts.erasedName))
  const audit: Effect = {
    audit: {
      orgId: org.orgId,
      action: 'missing.namesSeen',
      subject: `organisation:${org.orgId}`,
      details: { about: 'commitment', by: entitled.me.memberId },
    },
  }
  const list: Effect = {
    say: { audience: { to: 'sender' }, text: texts.commitmentMissing(year, names, members), isRepeatable: true },
  }
  return asked.chatKind === 'group' ? [reply(count), audit, list] : [audit, list]
}

function belowCommittee(facts: Facts, org: Organisation, year: number, count: string): Effect[] {
  const { texts, asked } = facts
  const below = facts.organisationsBelow(org.orgId, year)
  const [first] = below
  if (!first || 'effects' in entitledTo(facts, 'summary.counts', first)) return [reply(count)]
  const figures = facts.together(below, (each) => deedFigures(facts, each.orgId, year).commitments.members)
  const lines = below.map((each, at) => texts.commitmentsOf(at + 1, each.name, figures[at]!, tenthsOf(figures[at]!)))
  const rest = lines.length > listed ? [texts.commitmentsRest(lines.length - listed)] : []
  const text = [count, ...lines.slice(0, listed), ...rest].join('\n')
  const list: Effect = { say: { audience: { to: 'sender' }, text, isRepeatable: true, rank: 'answer' } }
  return asked.chatKind === 'group' ? [reply(count), list] : [list]
}
