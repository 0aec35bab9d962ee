/**
 * What a cell is told of its year without asking: that registration has begun, how many have registered as its end draws near,
 * and that a half year or the year can be reviewed and closed.
 *
 * Each day of a campaign is told once. After the program stood still only the latest day is: the opening, where it was not told
 * yet, which says everything a reminder would; else the last reminder that fell due. Nothing is said once registration is over,
 * and no reminder once everybody has registered. That a period is over is told within twenty days of its end, or not at all.
 */
import { byGivenName, nameOf } from '../commands/figures.ts'
import { dateOf, daysBetween, instantAt, periodRange } from '../domain/calendar.ts'
import { campaignInForce } from '../domain/campaign.ts'
import { isOpenDeed } from '../domain/deed-figures.ts'
import { isOfForm } from '../domain/forms.ts'
import { meetingHours } from '../domain/meeting.ts'
import { countsInDenominator, type Registration, standingOf } from '../domain/participation.ts'
import { isRated, mayRatePeriod, type RatingRule, ratingRuleOn } from '../domain/rating.ts'
import type { Organisation } from '../domain/records.ts'
import { isQuiet } from '../domain/reminder-plan.ts'
import type { Texts } from '../texts/texts.ts'
import type { Say, Work } from './tick.ts'

/** Hour of the day, where the cell is, from which it is told: people are up and read it at leisure. */
export const noticeHour = 9
/** Days after the end of a period within which it is told; later its secretary has long been asked by others. */
export const tellPeriodForDays = 20

export interface DueCampaign {
  orgId: number
  year: number
  /** The day told of, 'YYYY-MM-DD'. */
  day: string
}

export interface DuePeriod {
  orgId: number
  period: string
}

const isAsleep = (org: Organisation, now: Date) => isQuiet(now, org.timeZone, { from: org.quietFrom, to: org.quietTo })

/** Those who count and have not registered, by name: for the secretaries alone. */
function missingNames(orgId: number, year: number, { world }: Work, texts: Texts): string[] {
  world.require({ slice: 'roster', of: orgId }, { slice: 'deedsIn', of: { orgId, year } })
  const members = world
    .by('member', 'org', String(orgId))
    .filter((member) => countsInDenominator(member.status))
    .filter((member) => {
      const own = world
        .by('deed', 'subject', `individual:${member.memberId}:${year}`)
        .filter((deed) => isOfForm(deed, 'pledge'))
      return !['submitted', 'approved'].includes(standingOf(own.map((deed) => deed.state)))
    })
  return byGivenName(members).map((member) => nameOf(member, texts.erasedName))
}

export function tellCampaign({ orgId, year, day }: DueCampaign, work: Work, say: Say, texts: Texts): void {
  const { world, now } = work
  const begun = `campaign:${year}:open`
  const what = `campaign:${year}:${day}`
  world.require(
    { slice: 'organisation', of: orgId },
    { slice: 'told', of: { orgId, what } },
    { slice: 'told', of: { orgId, what: begun } },
    { slice: 'campaign', of: { orgId, year } },
    { slice: 'groups', of: orgId },
  )
  const org = world.get('organisation', String(orgId))!
  if (world.get('told', `${orgId}:${what}`) || isAsleep(org, now)) return
  const campaign = campaignInForce(org.path, world.by('campaign', 'year', String(year)))
  if (!campaign) return
  const { members } = world.value<Registration>({ slice: 'participation', of: { orgId, year } })
  const { closesOn, title, theme } = campaign
  const expiresAt = instantAt(closesOn, '23:59', org.timeZone)
  const key = `${what}:${orgId}`
  const isOpening = world.get('told', `${orgId}:${begun}`) === null
  const isFull = members.numerator === members.denominator
  if (isOpening) {
    const text = texts.campaignAnnounced({ org: org.name, title, theme, closesOn, members })
    say(work, { to: 'group', orgId }, text, key, { expiresAt, rank: 'notice' })
  } else if (!isFull) {
    // Said as of today: a tick that comes late must not count days that have gone by.
    const days = daysBetween(localDay(now, org), closesOn)
    const text = texts.campaignReminder({ org: org.name, closesOn, days, members })
    say(work, { to: 'group', orgId }, text, key, { expiresAt, rank: 'notice' })
    const names = missingNames(orgId, year, work, texts)
    const told = texts.campaignMissing(closesOn, names, members.denominator)
    say(work, { to: 'secretaries', orgId }, told, `${key}:missing`, { expiresAt, rank: 'notice' })
  }
  world.apply({ put: 'told', row: { orgId, what, at: now } })
  if (isOpening) world.apply({ put: 'told', row: { orgId, what: begun, at: now } })
}

/** What of a cell's period is still open, in numbers. */
function leftOpen(org: Organisation, period: string, rule: RatingRule, { world, now }: Work) {
  const { orgId } = org
  const year = Number(period.slice(0, 4))
  const { from, to } = periodRange(period)
  const isWithin = (month: string) => month >= from.slice(0, 7) && month <= to.slice(0, 7)
  world.require(
    { slice: 'deedsIn', of: { orgId, year } },
    { slice: 'roster', of: orgId },
    { slice: 'meetings', of: orgId },
    { slice: 'ratingsIn', of: { orgId, year } },
  )
  const roster = world.by('member', 'org', String(orgId)).filter((member) => member.status !== 'left')
  const deeds = roster.flatMap((member) =>
    world
      .by('deed', 'subject', `individual:${member.memberId}:${year}`)
      .filter((deed) => deed.state === 'approved' && deed.content !== null)
      .map((deed) => ({ deed, member })),
  )
  world.require(
    ...[...new Set(deeds.map(({ member }) => member.memberId))].map((subjectId) => ({
      slice: 'progressOf' as const,
      of: { subjectKind: 'individual', subjectId, year },
    })),
  )
  const isSilent = ({ deed }: (typeof deeds)[number]) =>
    isOpenDeed(deed) &&
    !world
      .by('deedProgress', 'subject', `individual:${deed.subjectId}:${year}`)
      .some((entry) => entry.number === deed.number && isWithin(entry.round))
  const rated = new Set(
    world
      .by('deedRating', 'org', `${orgId}:${year}`)
      .filter((row) => row.source === 'cell' && row.period === period)
      .map((row) => `${row.subjectKind}:${row.subjectId}:${row.number}`),
  )
  const isUnrated = ({ deed, member }: (typeof deeds)[number]) =>
    isRated(member.status) && !rated.has(`individual:${deed.subjectId}:${deed.number}`)
  const meetings = world
    .by('meeting', 'org', String(orgId))
    .filter((meeting) => meeting.state === 'planned' && isWithin(meeting.occurrence.slice(0, 7)))
    .filter((meeting) => meeting.startsAt.getTime() + meetingHours * 3_600_000 <= now.getTime())
  return {
    silentDeeds: deeds.filter(isSilent).length,
    meetings: meetings.length,
    unrated: mayRatePeriod(rule, period) ? deeds.filter(isUnrated).length : 0,
  }
}

export function tellPeriodOver(
  { orgId, period }: DuePeriod,
  work: Work,
  say: Say,
  { texts, ratingRules }: { texts: Texts; ratingRules: readonly RatingRule[] },
): void {
  const { world, now } = work
  const what = `period:${period}`
  world.require({ slice: 'organisation', of: orgId }, { slice: 'told', of: { orgId, what } })
  const org = world.get('organisation', String(orgId))!
  if (world.get('told', `${orgId}:${what}`) || isAsleep(org, now)) return
  const isCell = org.kind === 'cell'
  const open = isCell
    ? leftOpen(org, period, ratingRuleOn(ratingRules, localDay(now, org)), work)
    : { silentDeeds: 0, meetings: 0, unrated: 0 }
  const year = Number(localDay(now, org).slice(0, 4))
  const below = isCell ? [] : world.value<{ orgId: number }[]>({ slice: 'organisationsBelow', of: { orgId, year } })
  const openBelow = below.filter(
    (each) => !world.get('organisation', String(each.orgId))?.closedPeriods?.includes(period),
  ).length
  const text = texts.periodDue({ org: org.name, period, isYear: !period.includes('-'), ...open, openBelow })
  say(work, { to: 'secretaries', orgId }, text, `${what}:${orgId}`, { rank: 'notice' })
  world.apply({ put: 'told', row: { orgId, what, at: now } })
}

const localDay = (now: Date, org: Organisation): string => dateOf(now, org.timeZone)
