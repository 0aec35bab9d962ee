/**
 * The monthly question about progress, of the program's own accord: only to members with an approved deed that is not
 * finished and not reported on in this round, in private, twice at most. Who cannot be written to privately is asked by
 * one line in the group, with counts.
 */
import { openFlow } from '../dialogue/flow.ts'
import { type ProgressAsked, progressFlow } from '../dialogue/progress-flow.ts'
import { isOpenDeed } from '../domain/deed-figures.ts'
import type { Account, Deed, Member } from '../domain/records.ts'
import { isQuiet } from '../domain/reminder-plan.ts'
import type { Texts } from '../texts/texts.ts'
import { accountsOfMember, dialogueKeyOf, privateChatOf } from './facts.ts'
import type { Say, Work } from './tick.ts'

/** Hour of the day, where the cell is, at which the question is first put. */
export const progressHour = 9
/** Silence of so many days brings the question once more. */
export const askAgainAfterDays = 4
/** After a longer one (the program stood still) the second question is left out: the next round is near. */
export const askAgainUntilDays = 10
/** Who answers late is understood as long as the question may still be put: many read their messages at the week's end. */
const answeredWithinHours = askAgainUntilDays * 24

export interface DueProgress {
  orgId: number
  /** The month asked about, '2026-10'. */
  round: string
  isSecond: boolean
}

/** Members who are asked, each with the deeds that nothing was said of in this round. */
function silentOwners(orgId: number, round: string, since: Date | null, { world }: Work): [Member, Deed[]][] {
  const year = Number(round.slice(0, 4))
  world.require({ slice: 'roster', of: orgId }, { slice: 'deedsIn', of: { orgId, year } })
  // Also those registered in a cell that the member came from: deeds of individuals go with their people.
  const openOf = ({ memberId }: Member) =>
    world
      .by('deed', 'subject', `individual:${memberId}:${year}`)
      .filter((deed) => isOpenDeed(deed) && deed.content !== null)
  const owners = world
    .by('member', 'org', String(orgId))
    .filter((member) => member.status !== 'left' && member.status !== 'suspended' && member.erasedAt === null)
    .filter((member) => openOf(member).length > 0)
    .sort((a, b) => a.memberId - b.memberId)
  world.require(
    ...owners.map(({ memberId }) => ({
      slice: 'progressOf' as const,
      of: { subjectKind: 'individual', subjectId: memberId, year },
    })),
  )
  return owners.flatMap((member): [Member, Deed[]][] => {
    const said = world
      .by('deedProgress', 'subject', `individual:${member.memberId}:${year}`)
      .filter((entry) => entry.round === round || (since !== null && entry.at >= since))
    const silent = openOf(member)
      .filter((deed) => !said.some((entry) => entry.number === deed.number))
      .sort((a, b) => a.number - b.number)
    return silent.length > 0 ? [[member, silent]] : []
  })
}

/** Opens the question where the member is written to, unless something else is being asked there. */
function listen(member: Member, deeds: readonly Deed[], account: Account, { world, now }: Work): void {
  const chat = privateChatOf(world, account)!
  const dialogueKey = dialogueKeyOf(chat.platform, chat.accountId, chat.externalId, account.externalId)
  world.require({ slice: 'dialogue', of: dialogueKey })
  const open = world.get('dialogue', dialogueKey)
  if (open && open.expiresAt > now && open.flow !== progressFlow.name) return
  const state: ProgressAsked = {
    memberId: member.memberId,
    year: deeds[0]!.year,
    numbers: deeds.map((deed) => deed.number),
  }
  const { flow, version, expecting, hours = 0 } = openFlow(progressFlow, state, 'progress', answeredWithinHours)
  world.apply({
    put: 'dialogue',
    row: {
      ...{ dialogueKey, flow, version, state, expecting },
      address: {
        platform: chat.platform,
        botAccountId: chat.accountId,
        chatId: chat.externalId,
        chatKind: 'private',
        ...(chat.threadId ? { threadId: chat.threadId } : {}),
        personId: account.externalId,
      },
      accountId: account.accountId,
      updatedAt: now,
      expiresAt: new Date(now.getTime() + hours * 3_600_000),
    },
  })
}

/** Whether the member was linked with an account that has taken its consent back. */
function hasWithdrawn({ world }: Work, memberId: number): boolean {
  return world
    .by('accountMember', 'member', String(memberId))
    .some((link) => (world.get('account', String(link.accountId))?.withdrawnAt ?? null) !== null)
}

export function askProgress(due: DueProgress, work: Work, say: Say, texts: Texts): void {
  const { world, now } = work
  const { orgId, round, isSecond } = due
  world.require({ slice: 'organisation', of: orgId }, { slice: 'progressRound', of: { orgId, round } })
  const org = world.get('organisation', String(orgId))!
  const asked = world.get('progressRound', `${orgId}:${round}`)
  if (isSecond ? !asked || asked.secondAt !== null : asked !== null) return
  // It stays due, and is put when the night is over.
  if (isQuiet(now, org.timeZone, { from: org.quietFrom, to: org.quietTo })) return
  const owners = silentOwners(orgId, round, asked?.firstAt ?? null, work)
  world.require(...owners.map(([member]) => ({ slice: 'linksOf' as const, of: member.memberId })))
  const expiresAt = new Date(now.getTime() + 3 * 86_400_000)
  const unreached: [Member, Deed[]][] = []
  for (const [member, deeds] of owners) {
    const account = accountsOfMember(world, member.memberId).find((each) => privateChatOf(world, each) !== null)
    if (!account) {
      // Who withdrew consent is not asked any more, by no way.
      if (hasWithdrawn(work, member.memberId)) continue
      unreached.push([member, deeds])
      continue
    }
    listen(member, deeds, account, work)
    const key = `progress:${member.memberId}:${round}:${isSecond ? 2 : 1}`
    const rank = isSecond ? 'courtesy' : 'notice'
    say(work, { to: 'member', memberId: member.memberId }, texts.progressQuestion(deeds), key, { rank, expiresAt })
  }
  if (unreached.length > 0 && !isSecond) {
    const count = unreached.reduce((sum, [, deeds]) => sum + deeds.length, 0)
    const text = texts.progressGroup(unreached.length, count)
    say(work, { to: 'group', orgId }, text, `progress:${orgId}:${round}:group`, { rank: 'courtesy', expiresAt })
  }
  const row = asked ? { ...asked, secondAt: now } : { orgId, round, firstAt: now, secondAt: null }
  world.apply({ put: 'progressRound', row })
}
