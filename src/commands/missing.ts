import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { dateOf, isLocalMonth } from '../domain/calendar.ts'
import { countsInDenominator } from '../domain/participation.ts'
import type { Member } from '../domain/records.ts'
import type { About } from '../language/intents.ts'
import { type Command, inOrg, thisYear } from './command.ts'
import { missingCommitments } from './commitments.ts'
import { areNamesGone, byGivenName, figuresOf, missingMembers, nameOf } from './figures.ts'
import { answersText, nextMeeting, whenOf } from './meeting-facts.ts'
import { entitledTo, namedOrganisation } from './organisation-named.ts'
import { roundAnswers } from './progress-silent.ts'
import { namesOfLast } from './roll-call.ts'
import { unratedDeeds } from './unrated.ts'

/** Members expected at a meeting who have not answered yet. */
export function silentMembers(facts: Facts, orgId: number, occurrence: string): Member[] {
  const answered = new Set(facts.attendance(orgId, occurrence).map((answer) => answer.memberId))
  const expected = facts.roster(orgId).filter((member) => countsInDenominator(member.status))
  return byGivenName(expected.filter((member) => !answered.has(member.memberId)))
}

/** Who is meant where nothing was said: the meeting while one is being answered, else the pledge. */
export function aboutWhat(facts: Facts, about: About | undefined): About {
  if (about) return about
  const { org } = inOrg(facts)
  const meeting = nextMeeting(facts, org)
  const soon = meeting && meeting.startsAt.getTime() - facts.now.getTime() < 5 * 86_400_000
  return soon && missingMembers(facts, org.orgId, thisYear(facts)).length === 0 ? 'meeting' : 'pledge'
}

/** Who has not: names go to the secretary alone, wherever it was asked. */
export const missing: Command<'summary.missing'> = {
  intents: ['summary.missing'],
  may(_facts, request) {
    // Of an organisation named: the right to its names is asked for once it is known which one is meant.
    if (request.extras?.organisation !== undefined) return 'summary.counts'
    // How many have handed in a commitment may be told to everybody.
    if (request.extras?.form) return 'summary.counts'
    // Ratings are given by whoever gives them, and seen by them.
    if (request.extras?.unrated) return 'deed.rate'
    return request.slots.about === 'meeting' ? 'meeting.seeAnswers' : 'pledge.seeNames'
  },
  respond(facts, request) {
    const { texts } = facts
    const { askedPeriod, unrated } = request.extras ?? {}
    const year = askedPeriod ? Number(askedPeriod.slice(0, 4)) : thisYear(facts)
    if (request.extras?.form) return missingCommitments(facts, inOrg(facts).org, year)
    const asked = request.extras?.organisation
    const named = asked === undefined ? inOrg(facts) : namedOrganisation(facts, request, asked, year)
    if ('effects' in named) return named.effects
    const { org } = named
    const entitled = asked === undefined ? inOrg(facts) : entitledTo(facts, 'pledge.seeNames', org)
    if ('effects' in entitled) return entitled.effects
    const { me } = entitled
    if (org.kind !== 'cell') return [reply(texts.notACell)]
    const about = asked !== undefined ? 'pledge' : unrated ? 'rating' : aboutWhat(facts, request.slots.about)
    const privately = (text: string): Effect[] => [
      {
        audit: {
          orgId: org.orgId,
          action: 'missing.namesSeen',
          subject: `organisation:${org.orgId}`,
          details: { about, by: me.memberId },
        },
      },
      { say: { audience: { to: 'sender' }, text, isRepeatable: true } },
    ]
    const names = (members: readonly Member[]) => members.map((member) => nameOf(member, texts.erasedName))
    if (about === 'rating') {
      const { period, deeds, of } = unratedDeeds(facts, org.orgId, unrated ?? 'cell', askedPeriod)
      const lines = of.map(({ member, numbers }) => ({ person: nameOf(member, texts.erasedName), numbers }))
      return privately(texts.missingRating({ period, isSelf: unrated === 'self', deeds, lines }))
    }
    if (about === 'pledge' && year !== thisYear(facts)) {
      if (!facts.isKnownIn(org.orgId, year)) return [reply(texts.noOtherYear(String(year)))]
      if (areNamesGone(facts, org.orgId, year)) return [reply(texts.namesGone(year))]
      const { members } = figuresOf(facts, org.orgId, year)
      return privately(texts.missingPledgeIn(year, names(missingMembers(facts, org.orgId, year)), members))
    }
    if (about === 'pledge') {
      return privately(
        texts.missingPledge(names(missingMembers(facts, org.orgId, year)), figuresOf(facts, org.orgId, year).members),
      )
    }
    if (about === 'progress') {
      const month = askedPeriod && isLocalMonth(askedPeriod) ? askedPeriod : undefined
      const { month: of, askedOn, asked: people, silent } = roundAnswers(facts, org.orgId, month)
      return privately(texts.missingInRound({ month: of, askedOn, names: names(silent), of: people.length }))
    }
    const { answers } = request.extras ?? {}
    const isClosed = facts
      .meetings(org.orgId)
      .some((each) => each.rollClosedAt && dateOf(each.startsAt, facts.timeZone) === facts.today)
    if (answers === 'last' || (answers === 'today' && isClosed)) {
      const text = namesOfLast(facts, org.orgId)
      return text ? privately(text) : [reply(texts.noRollClosed)]
    }
    const meeting = nextMeeting(facts, org)
    if (!meeting) return [reply(texts.noMeetingToAnswer)]
    if (answers) {
      const given = facts.attendance(org.orgId, meeting.occurrence)
      return privately(answersText(texts, whenOf(facts, meeting), facts.roster(org.orgId), given))
    }
    const expected = facts.roster(org.orgId).filter((member) => countsInDenominator(member.status)).length
    const silent = silentMembers(facts, org.orgId, meeting.occurrence)
    return privately(texts.missingMeeting(whenOf(facts, meeting), names(silent), expected))
  },
}
