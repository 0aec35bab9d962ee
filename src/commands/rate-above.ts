/**
 * Who else than the cell's secretary rates: whoever decides on a collective's deed, and on the deed of a secretary, says how it was
 * done as well (domain.md §2.4, §2.5; `domain/approval`). A number left out is asked for: a person is not classified here.
 */
import { isDecider } from '../dialogue/approval.ts'
import { askWhich } from '../dialogue/choose.ts'
import { askFirst } from '../dialogue/confirm.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import { decidingLines } from '../dialogue/review-flow.ts'
import { type Action, accessRoleOf, may } from '../domain/access.ts'
import { deedKey, rate, standing } from '../domain/pledge.ts'
import { mayRatePeriod, ratingRuleOn } from '../domain/rating.ts'
import type { Deed, DeedRating, Member } from '../domain/records.ts'
import { matchName } from '../language/names.ts'
import { type Command, inOrg, thisYear } from './command.ts'
import { collectiveNamed } from './commend.ts'
import { deedChanged } from './deed-change.ts'
import { isOneself, namedMember } from './named-member.ts'
import { entitledTo } from './organisation-named.ts'
import { isOfCell } from './own-deed.ts'
import { deedOf, rateDeed } from './rate.ts'
import { refused } from './refusal.ts'

type Rate = Request & { intent: 'deed.rate' }

const ratesBelow = (member: Member) => may(accessRoleOf(member), 'deed.rateBelow', 'child').allowed
const hasSay = (member: Member) => may(accessRoleOf(member), 'deed.rate', 'own').allowed || ratesBelow(member)

/** Ratings never stand in a group. */
const privately = (text: string): Effect => ({ say: { audience: { to: 'sender' }, text } })

/** The rating with its trace, who is told of it, and what it took the place of. */
function given(facts: Facts, request: Rate, deed: Deed, line: Member, said: (of: string | null) => [string, Effect]) {
  const { texts, now, today } = facts
  const { rating } = request.slots
  const period = request.extras?.ratedPeriod ?? String(deed.year)
  if (!mayRatePeriod(ratingRuleOn(facts.ratingRules(), today), period)) return [privately(texts.ratedYearly)]
  const { year, subjectKind, subjectId, number, orgId } = deed
  const row: DeedRating = {
    ...{ year, subjectKind, subjectId, number, period, orgId, rating },
    source: 'cell',
    at: now,
    by: line.memberId,
  }
  const before = facts
    .ratingsOf(subjectKind, subjectId, year)
    .find((each) => each.source === 'cell' && each.period === period && each.number === number)
  const [text, told] = said(period === String(thisYear(facts)) ? null : texts.period(period))
  const isReplaced = before !== undefined && before.rating !== rating
  const audit: Effect = { audit: { orgId, action: 'deed.rated', subject: deedKey(deed), details: { period } } }
  return [
    ...(/^\d{4}$/.test(period) ? deedChanged(rate(deed, rating, now, line.memberId), 'deed.rated') : [audit]),
    { put: 'deedRating' as const, row },
    privately(isReplaced ? `${text} ${texts.ratedInstead(before.rating)}` : text),
    told,
  ]
}

const yearRated = (facts: Facts, request: Rate) =>
  Number((request.extras?.ratedPeriod ?? String(thisYear(facts))).slice(0, 4))

function rateCollective(facts: Facts, request: Rate, lines: readonly Member[]): Effect[] {
  const { texts } = facts
  const named = collectiveNamed(facts, request, request.extras?.organisation ?? '', texts.rateWhichCollective)
  if ('effects' in named) return named.effects
  const { org } = named
  const { deed: number, rating } = request.slots
  const deeds = standing(facts.deeds('collective', org.orgId, yearRated(facts, request))).filter(
    (deed) => deed.state === 'approved' && (number === undefined || deed.number === number),
  )
  const key = request.resolved?.deedKey
  const deed = key ? deeds.find((each) => deedKey(each) === key) : deeds.length === 1 ? deeds[0] : undefined
  if (!deed && deeds.length > 1) {
    const labels = deeds.map((each) => texts.deed(each))
    const options = deeds.map((each, at) => ({
      label: labels[at]!,
      request: { ...request, resolved: { ...request.resolved, orgId: org.orgId, deedKey: deedKey(each) } },
    }))
    return askWhich(texts.whichOne(labels), options)
  }
  if (!deed) return [reply(texts.collectiveNotRateable(org.name))]
  const line = lines.find((each) => isDecider(facts, each, deed))
  if (!line) return [refused(facts, 'onlyCommitteeAbove', org)]
  return given(facts, request, deed, line, (of) => [
    texts.ratedCollective(org.name, deed.number, rating, of),
    {
      say: {
        audience: { to: 'secretaries', orgId: org.orgId },
        text: texts.ratedToCollective(org.name, deed.number, rating, of),
        rank: 'notice',
      },
    },
  ])
}

function secretariesBelow(facts: Facts, lines: readonly Member[]): Member[] {
  const orgs = lines
    .filter((line) => ratesBelow(line) && facts.organisation(line.orgId).kind === 'committee')
    .flatMap((line) => facts.organisationsBelow(line.orgId))
  return facts
    .together(orgs, ({ orgId }) =>
      facts.roster(orgId).filter((member) => accessRoleOf(member) === 'secretary' && member.displayName !== null),
    )
    .flat()
}

function rateSecretary(facts: Facts, request: Rate, member: Member, lines: readonly Member[]): Effect[] {
  const { texts } = facts
  if (isOneself(facts, member)) return [reply(texts.notForOneself)]
  const chosen = deedOf(facts, request, member, request.slots.deed)
  if ('effects' in chosen) return chosen.effects
  const { deed } = chosen
  const line = lines.find((each) => isDecider(facts, each, deed))
  if (!line) return [reply(texts.notForOneself)]
  const { rating } = request.slots
  return given(facts, request, deed, line, (of) => [
    texts.rated(member.displayName ?? '', deed.number, rating, of),
    {
      say: {
        audience: { to: 'member', memberId: member.memberId },
        text: texts.ratedFromAbove(deed.number, rating, of),
        rank: 'notice',
      },
    },
  ])
}

/** The secretary below who is named; null where the cell's own roster decides. Of two people by one name it is asked who. */
function secretaryNamed(facts: Facts, request: Rate, below: readonly Member[]): Member | Effect[] | null {
  const { texts } = facts
  const { org } = inOrg(facts)
  const { name = '' } = request.slots
  const resolved = request.resolved?.memberId
  if (resolved !== undefined) return below.find(({ memberId }) => memberId === resolved) ?? null
  const matching = (members: readonly Member[]) =>
    matchName(
      name,
      members.map((member) => ({ id: member.memberId, name: member.displayName ?? '' })),
    ).flatMap(({ id }) => members.filter(({ memberId }) => memberId === id))
  const there = matching(below)
  if (there.length === 0) return null
  const here =
    'me' in entitledTo(facts, 'deed.rate', org)
      ? matching(facts.roster(org.orgId).filter((each) => each.displayName !== null && each.status !== 'left'))
      : []
  // Who sits on the committee as well finds the cell of their own below it.
  const all = [...here, ...there.filter(({ memberId }) => here.every((each) => each.memberId !== memberId))]
  if (all.length === 1) return all[0]!
  const labels = all.map((each) => `${each.displayName ?? ''}, ${facts.organisation(each.orgId).name}`)
  const options = all.map((each, at) => ({
    label: labels[at]!,
    request: { ...request, resolved: { ...request.resolved, memberId: each.memberId } },
  }))
  return askWhich(texts.whichOne(labels), options)
}

/** Without a number it may be the person who is meant: of whom nothing is noted. Which deed is asked, also where there is one. */
function askedFirst(facts: Facts, request: Rate, member: Member): Effect[] | null {
  const { texts, asked } = facts
  if (request.slots.deed !== undefined || request.resolved?.deedKey !== undefined) return null
  const name = member.displayName ?? ''
  if (asked.chatKind === 'group') return [privately(texts.rateByNumber(name))]
  const chosen = deedOf(facts, request, member, undefined)
  if ('effects' in chosen) return chosen.effects
  const { deed } = chosen
  const resolved = { ...request.resolved, memberId: member.memberId, deedKey: deedKey(deed) }
  const question = texts.rateAsk(name, deed, request.slots.rating, deed.cellRating)
  return askFirst(question, { ...request, resolved }, texts.deedKept)
}

export const rateAny: Command<'deed.rate'> = {
  intents: ['deed.rate'],
  may: (facts): Action | null => (decidingLines(facts, hasSay).length > 0 ? null : 'deed.rate'),
  respond(facts, request) {
    const { texts } = facts
    const { org } = inOrg(facts)
    const lines = decidingLines(facts, hasSay)
    if (isOfCell(request)) return rateCollective(facts, request, lines)
    if (!request.slots.name && !request.resolved?.memberId) return [reply(texts.rateWhom)]
    const secretary = secretaryNamed(facts, request, secretariesBelow(facts, lines))
    if (Array.isArray(secretary)) return secretary
    if (secretary && secretary.orgId !== org.orgId)
      return askedFirst(facts, request, secretary) ?? rateSecretary(facts, request, secretary, lines)
    const entitled = entitledTo(facts, 'deed.rate', org)
    if ('effects' in entitled) return org.kind === 'committee' ? [reply(texts.rateBelowOnly)] : entitled.effects
    const found = namedMember(facts, request, request.slots.name ?? '')
    if ('effects' in found) return found.effects
    if (isOneself(facts, found.member)) return [reply(texts.notForOneself)]
    return askedFirst(facts, request, found.member) ?? rateDeed.respond(facts, request)
  },
}
