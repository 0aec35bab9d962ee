/** Which organisations below are silent, have started or are complete: a count where it was asked, the list in private. */
import { type Effect, reply } from '../dialogue/effects.ts'
import type { BelowFigures, Facts } from '../dialogue/facts.ts'
import { organisationRatio, progressOf, type Ratio } from '../domain/participation.ts'
import type { Extras, OrganisationState } from '../language/intents.ts'
import { thisYear } from './command.ts'
import { cellRatio, tenthsOf } from './figures.ts'
import { committeeOf, entitledTo } from './organisation-named.ts'

/** So many are listed in one answer, two or three messages; the rest on request, from a number on. */
export const listed = 60

function isSo({ figures }: BelowFigures, state: OrganisationState): boolean {
  const progress = progressOf(figures)
  if (state === 'any') return true
  if (state === 'incomplete') return progress !== 'complete'
  return state === 'started' ? progress !== 'silent' : progress === state
}

export function organisationsBelow(facts: Facts, asked: NonNullable<Extras['organisations']>): Effect[] {
  const { texts } = facts
  const org = committeeOf(facts)
  if (!org) return [reply(texts.nothingBelow)]
  const year = thisYear(facts)
  const [first] = facts.organisationsBelow(org.orgId)
  if (!first) return [reply(texts.nothingBelow)]
  const entitled = entitledTo(facts, 'summary.counts', first)
  if ('effects' in entitled) return entitled.effects
  const { state, scope, from } = asked
  const all = facts.figuresBelow(org.orgId, year, scope)
  const found = all.filter((each) => isSo(each, state))
  // Of all that are listed it is told how many have started.
  const counted = state === 'any' ? all.filter((each) => isSo(each, 'started')) : found
  const ratio: Ratio = { numerator: counted.length, denominator: all.length }
  const count = texts.organisationsCount({ orgName: org.name, state, scope, ratio, tenths: tenthsOf(ratio) })
  const page = found.slice(from - 1, from - 1 + listed)
  if (page.length === 0) return [reply(count)]
  const lines = page.map((each, at) => {
    const { members, cells } = each.figures
    return texts.organisationLine({
      nth: from + at,
      orgName: each.name,
      parentOrgName: each.parentName === org.name ? '' : each.parentName,
      members,
      membersTenths: tenthsOf(members),
      cells: each.kind === 'committee' ? { numerator: cells.started, denominator: cells.total } : null,
    })
  })
  const end = from + page.length - 1
  const rest = end < found.length ? [texts.organisationsRest(state, scope, from, end, found.length)] : []
  const list = [count, ...lines, ...rest].join('\n')
  // The group hears counts; whoever asked hears which.
  const privately: Effect = { say: { audience: { to: 'sender' }, text: list, isRepeatable: true, rank: 'answer' } }
  return facts.asked.chatKind === 'group' ? [reply(count), privately] : [privately]
}

/** "35/35 chi, đảng bộ trực thuộc; 61 tổ chức (42 đảng bộ, 19 chi bộ)": lines of a tree that has committees in it. */
export function belowLines(facts: Facts, orgId: number, year: number): string {
  const below = facts.figuresBelow(orgId, year, 'direct')
  const committees = below.filter((each) => each.kind === 'committee').length
  if (committees === 0) return ''
  const figures = below.map((each) => each.figures)
  const [started, complete] = [organisationRatio(figures, 'started'), organisationRatio(figures, 'complete')]
  const own = facts.participation(orgId, year)
  return facts.texts.treeBelow({
    committees,
    directCells: below.length - committees,
    cells: cellRatio(own, 'started').denominator,
    members: own.members.denominator,
    started,
    startedTenths: tenthsOf(started),
    complete,
    completeTenths: tenthsOf(complete),
  })
}
