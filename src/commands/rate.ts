import { askWhich } from '../dialogue/choose.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import type { Request } from '../dialogue/flow.ts'
import { periodRange } from '../domain/calendar.ts'
import { deedKey, rate, rateSelf, standing } from '../domain/pledge.ts'
import { countRatings, excellentWarning, isRated, mayRatePeriod, type Rating, ratingRuleOn } from '../domain/rating.ts'
import type { Deed, DeedRating } from '../domain/records.ts'
import { type Command, inOrg, thisYear } from './command.ts'
import { deedChanged } from './deed-change.ts'
import { deedLabel, ofBothYears, type Reach, reachOfRating, yearMeant, yearNamed, yearOfKey } from './deed-year.ts'
import { isOneself, namedMember } from './named-member.ts'
import { chosenDeed } from './own-deed.ts'

/** Ratings of a named person never stand in a group. */
function privately(text: string): Effect {
  return { say: { audience: { to: 'sender' }, text } }
}

const isRateable = (deed: Deed) => deed.state === 'approved'

/** A member's own rating of a deed, in the four levels (Quy định 366-QĐ/TW, 30/8/2025). */
export const selfRate: Command<'deed.selfRate'> = {
  intents: ['deed.selfRate'],
  may: 'progress.ownReport',
  respond(facts, request) {
    const { texts, now } = facts
    const { me } = inOrg(facts)
    const notYet = beforeIts(facts, request)
    if (notYet) return [reply(notYet)]
    const chosen = chosenDeed(facts, request, request.slots.deed, isRateable, reachOfRating('selfRating'))
    if ('effects' in chosen) return chosen.effects
    const { deed } = chosen
    if (!isRateable(deed)) return [reply(texts.rateOnlyApproved)]
    if (!isRated(me.status)) return [reply(texts.notRated)]
    const { rating } = request.slots
    const period = periodRated(request, deed)
    if (!mayRatePeriod(ratingRuleOn(facts.ratingRules(), facts.today), period)) return [reply(texts.ratedYearly)]
    const of = period === String(thisYear(facts)) ? null : texts.period(period)
    return [
      ...(!isYear(period)
        ? audited(facts, deed, 'deed.selfRated', period)
        : deedChanged(rateSelf(deed, rating, now, me.memberId), 'deed.selfRated')),
      { put: 'deedRating', row: ratingRow(facts, deed, period, 'self', rating) },
      reply(texts.selfRated(deed.number, rating, of)),
    ]
  },
}

/** Which deed of a member is meant: the number, the only one, or a numbered question. */
export function deedOf(
  facts: Facts,
  request: Request,
  member: { memberId: number; displayName: string | null },
  number: number | undefined,
  reach?: Reach,
): { deed: Deed } | { effects: Effect[] } {
  const { texts } = facts
  const name = member.displayName ?? ''
  const ofYear = (year: number) => standing(facts.deeds('individual', member.memberId, year)).filter(isRateable)
  const key = request.resolved?.deedKey
  const byKey = key && ofYear(yearOfKey(key)).find((deed) => deedKey(deed) === key)
  if (byKey) return { deed: byKey }
  const year = yearMeant(facts, request)
  const isMeant = (deed: Deed) => number === undefined || deed.number === number
  const named = ofYear(year).filter(isMeant)
  const lastYears = () => ofYear(year - 1).filter(isMeant)
  const deeds =
    yearNamed(request) === undefined && reach
      ? ofBothYears(facts, inOrg(facts).org.orgId, named, lastYears, reach)
      : named
  if (deeds.length === 1 && deeds[0]) return { deed: deeds[0] }
  if (deeds.length === 0) {
    const isPast = year !== thisYear(facts)
    if (number === undefined)
      return { effects: [privately(isPast ? texts.noApprovedDeedOfIn(name, year) : texts.noApprovedDeedOf(name))] }
    return {
      effects: [privately(isPast ? texts.noSuchDeedOfIn(name, number, year) : texts.noSuchDeedOf(name, number))],
    }
  }
  const options = deeds.map((deed) => ({
    label: deedLabel(facts, deed, deeds),
    request: { ...request, resolved: { ...request.resolved, memberId: member.memberId, deedKey: deedKey(deed) } },
  }))
  return { effects: askWhich(texts.whichOne(options.map((option) => option.label)), options) }
}

/** Ratings of the cell's deeds for a period, the one being given included. */
function ratingsAfter(facts: Facts, orgId: number, changed: Deed, period: string, rating: Rating): Rating[] {
  const others = facts
    .ratingsIn(orgId, changed.year)
    .filter((row) => row.source === 'cell' && row.period === period && row.subjectKind === 'individual')
    .filter((row) => deedKey(row) !== deedKey(changed))
  return [...others.map((row) => row.rating), rating]
}

/** The period spoken of, else the whole year of the deed. */
function periodRated(request: Request, deed: Deed): string {
  return request.extras?.ratedPeriod ?? String(deed.year)
}

/** "Quý 4" said in January means the one that is over, but reads as the present year's: nothing is rated before it began. */
function beforeIts({ texts, today }: Facts, request: Request): string | null {
  const { ratedPeriod } = request.extras ?? {}
  if (ratedPeriod === undefined || periodRange(ratedPeriod).from <= today) return null
  return texts.ratedBefore(ratedPeriod, Number(ratedPeriod.slice(0, 4)) - 1)
}

const isYear = (period: string) => /^\d{4}$/.test(period)

function ratingRow(facts: Facts, deed: Deed, period: string, source: DeedRating['source'], rating: Rating): DeedRating {
  const { year, subjectKind, subjectId, number, orgId } = deed
  return {
    year,
    subjectKind,
    subjectId,
    number,
    period,
    source,
    orgId,
    rating,
    at: facts.now,
    by: facts.me?.memberId ?? null,
  }
}

/** A rating of part of the year leaves the deed itself, which carries the year's. */
function audited(facts: Facts, deed: Deed, action: string, period: string): Effect[] {
  // Read so that a second rating of the same period takes the place of the first in this batch, too.
  facts.ratingsOf(deed.subjectKind, deed.subjectId, deed.year)
  return [{ audit: { orgId: deed.orgId, action, subject: deedKey(deed), details: { period } } }]
}

/** The cell's rating, given by its secretary; too many "excellent" is a warning, never a refusal. */
export const rateDeed: Command<'deed.rate'> = {
  intents: ['deed.rate'],
  may: 'deed.rate',
  respond(facts, request) {
    const { texts, now } = facts
    const { org, me } = inOrg(facts)
    if (!request.slots.name && !request.resolved?.memberId) return [reply(texts.rateWhom)]
    const found = namedMember(facts, request, request.slots.name ?? '')
    if ('effects' in found) return found.effects
    const { member } = found
    if (isOneself(facts, member)) return [reply(texts.notForOneself)]
    const notYet = beforeIts(facts, request)
    if (notYet) return [privately(notYet)]
    const chosen = deedOf(facts, request, member, request.slots.deed, reachOfRating('cellRating'))
    if ('effects' in chosen) return chosen.effects
    const { deed } = chosen
    const { rating } = request.slots
    const name = member.displayName ?? ''
    if (!isRated(member.status)) return [privately(texts.notRatedOf(name, texts.statusNames[member.status]))]
    const period = periodRated(request, deed)
    const rule = ratingRuleOn(facts.ratingRules(), facts.today)
    if (!mayRatePeriod(rule, period)) return [privately(texts.ratedYearly)]
    const counts = countRatings(ratingsAfter(facts, org.orgId, deed, period, rating))
    const warning = rating === 'excellent' ? excellentWarning(counts, rule.cap) : null
    const of = period === String(thisYear(facts)) ? null : texts.period(period)
    const told: Effect = {
      say: {
        audience: { to: 'member', memberId: member.memberId },
        text: texts.ratedToMember(deed.number, rating, of),
        rank: 'notice',
      },
    }
    return [
      ...(!isYear(period)
        ? audited(facts, deed, 'deed.rated', period)
        : deedChanged(rate(deed, rating, now, me.memberId), 'deed.rated')),
      { put: 'deedRating', row: ratingRow(facts, deed, period, 'cell', rating) },
      privately(
        [
          texts.rated(name, deed.number, rating, of),
          ...(warning ? [texts.capWarning(warning.excellent, warning.good, warning.percentOfGood)] : []),
        ].join(' '),
      ),
      told,
    ]
  },
}
