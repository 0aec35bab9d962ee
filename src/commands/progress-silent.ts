/** Who has not answered the monthly question about progress: of those it was put to, for the round in force. */
import type { Facts } from '../dialogue/facts.ts'
import { addToMonth, dateOf } from '../domain/calendar.ts'
import { isOpenDeed } from '../domain/deed-figures.ts'
import { isOfForm } from '../domain/forms.ts'
import type { Deed, DeedProgress, Member, ProgressRound } from '../domain/records.ts'
import { byGivenName } from './figures.ts'

export interface RoundAnswers {
  /** The month asked about. */
  month: string
  /** When it was asked; null where it was not: then of everybody with a deed in progress. */
  askedOn: string | null
  asked: Member[]
  silent: Member[]
}

/** This month's round once it was put, else last month's; null before the first. */
function roundInForce(facts: Facts, orgId: number): ProgressRound | null {
  const month = facts.today.slice(0, 7)
  return facts.progressRound(orgId, month) ?? facts.progressRound(orgId, addToMonth(month, -1))
}

/** Whether the question was put about a deed: approved by then, not done, and nothing said of it before in that month. */
function wasAskedOf(
  deed: Deed,
  { round, firstAt }: ProgressRound,
  said: readonly DeedProgress[],
  zone: string,
): boolean {
  const isOpenThen = deed.doneOn === null || deed.doneOn >= dateOf(firstAt, zone)
  const isApprovedThen = deed.decidedAt === null || deed.decidedAt <= firstAt
  return isOpenThen && isApprovedThen && !said.some((entry) => entry.round === round && entry.at < firstAt)
}

/**
 * Of those who were asked, who has been silent since: until the next round was put. A month in which nothing was asked is that
 * month's reports of all who have a deed in progress.
 *
 * @param month the month asked about, where one is named
 */
export function roundAnswers(facts: Facts, orgId: number, month?: string): RoundAnswers {
  const round = month ? facts.progressRound(orgId, month) : roundInForce(facts, orgId)
  const asOf = round?.round ?? month ?? facts.today.slice(0, 7)
  const year = Number(asOf.slice(0, 4))
  const next = round && facts.progressRound(orgId, addToMonth(round.round, 1))
  const deeds = facts
    .deedsIn(orgId, year)
    .filter((deed) => deed.subjectKind === 'individual' && deed.state === 'approved' && deed.content !== null)
    .filter((deed) => isOfForm(deed, 'pledge') || isOpenDeed(deed))
  const owners = facts
    .roster(orgId)
    .filter(({ status, erasedAt }) => status !== 'left' && status !== 'suspended' && erasedAt === null)
    .filter((member) => deeds.some((deed) => deed.subjectId === member.memberId))
  const judged = facts.together(owners, (member) => {
    const entries = facts.progressOf('individual', member.memberId, year)
    const of = deeds
      .filter((deed) => deed.subjectId === member.memberId)
      .map((deed) => ({ deed, said: entries.filter((entry) => entry.number === deed.number) }))
    const asked = round
      ? of.filter(({ deed, said }) => wasAskedOf(deed, round, said, facts.timeZone))
      : of.filter(({ deed }) => isOpenDeed(deed))
    const isAnswered = ({ said }: (typeof of)[number]) =>
      round
        ? said.some((entry) => entry.at >= round.firstAt && (!next || entry.at < next.firstAt))
        : said.some((entry) => entry.round === asOf)
    return { member, isAsked: asked.length > 0, isSilent: !asked.every(isAnswered) }
  })
  return {
    month: asOf,
    askedOn: round && dateOf(round.firstAt, facts.timeZone),
    asked: judged.filter(({ isAsked }) => isAsked).map(({ member }) => member),
    silent: byGivenName(judged.filter(({ isSilent }) => isSilent).map(({ member }) => member)),
  }
}
