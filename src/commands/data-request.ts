/**
 * Requests about one's own data on the operator's list. What the bot does at once (show, export, erase, take consent back)
 * is entered as done; an objection, a restriction or a correction waits for people, with the clocks of the law running.
 */

import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { clocksOf, type DataRequest, nextWarningAt, privacyRuleOn, type RequestKind } from '../domain/data-request.ts'
import type { Account, Member } from '../domain/records.ts'
import type { Command } from './command.ts'

/** The person who asks, also after consent was taken back: to see and erase, nobody has to agree again. */
export interface Owner {
  account: Account
  members: Member[]
}

/** Whether another account of the platform has been recognised as this member's since. */
function isTaken(facts: Facts, account: Account, memberId: number): boolean {
  return facts
    .linksOf(memberId)
    .some(
      (link) =>
        link.state === 'linked' &&
        link.accountId !== account.accountId &&
        facts.accountById(link.accountId)?.platform === account.platform,
    )
}

/** Whose data the sender may ask about; null where nothing is known about them. */
export function ownerOf(facts: Facts): Owner | null {
  const { asked } = facts
  const account = facts.account ?? facts.accountOf(asked.platform, asked.personExternalId)
  if (!account) return null
  const members = facts
    .links(account.accountId)
    .filter(({ state, memberId }) => state === 'linked' || (state !== 'claimed' && !isTaken(facts, account, memberId)))
    .map((link) => facts.member(link.memberId))
    .filter((member): member is Member => member !== null && member.erasedAt === null)
  return { account, members }
}

function requestRow(facts: Facts, { account, members }: Owner, kind: RequestKind): DataRequest {
  const member = members[0] ?? null
  const clocks = clocksOf(facts.today, privacyRuleOn(facts.privacyRules(), facts.today), facts.holidays())
  return {
    dataRequestId: facts.newId('dataRequest'),
    kind,
    source: 'chat',
    orgId: member?.orgId ?? null,
    memberId: member?.memberId ?? null,
    accountId: account.accountId,
    receivedAt: facts.now,
    ...clocks,
    answeredAt: null,
    closedAt: null,
    outcome: null,
    extendedAt: null,
    reason: null,
    nextWarningAt: null,
  }
}

/** The entry of what was asked and done at once. */
export function doneAtOnce(facts: Facts, owner: Owner, kind: RequestKind): Effect {
  const { now } = facts
  const row = { ...requestRow(facts, owner, kind), answeredAt: now, closedAt: now, outcome: 'fulfilled' as const }
  return { put: 'dataRequest', row }
}

/** "Đề nghị hạn chế xử lý dữ liệu của tôi": entered, and told in private to those who answer for the cell. */
export const requestRight: Command<'data.request'> = {
  intents: ['data.request'],
  may: null,
  beforeConsent: true,
  respond(facts, request) {
    const { texts, now, timeZone, asked } = facts
    const owner = ownerOf(facts)
    if (!owner) return [reply(texts.noData)]
    const { right } = request.slots
    const known = owner.members.flatMap((member) => facts.requestsOf(member.memberId))
    const open = known.find((each) => each.kind === right && each.closedAt === null)
    const here = (text: string): Effect => ({ say: { audience: { to: 'sender' }, text } })
    if (open) {
      return [here(texts.requestOpenAlready(texts.rightNames[right], open.dataRequestId, open.answerBy, open.fulfilBy))]
    }
    const made = requestRow(facts, owner, right)
    const row = { ...made, nextWarningAt: nextWarningAt(made, now, timeZone) }
    const member = owner.members[0]
    const officers = member
      ? facts.officers(member.orgId).filter((each) => each.member.memberId !== member.memberId)
      : []
    return [
      { put: 'dataRequest', row },
      {
        audit: {
          orgId: row.orgId,
          action: 'request.received',
          subject: `request:${row.dataRequestId}`,
          details: { kind: right, answerBy: row.answerBy, fulfilBy: row.fulfilBy },
        },
      },
      // Who has no consent in force cannot be known in their private chat; there the answer goes where it was asked.
      asked.chatKind === 'private' || !facts.account
        ? reply(texts.requestNoted(texts.rightNames[right], row.dataRequestId, row.answerBy, row.fulfilBy))
        : here(texts.requestNoted(texts.rightNames[right], row.dataRequestId, row.answerBy, row.fulfilBy)),
      ...(member && officers.length > 0
        ? [
            {
              say: {
                audience: { to: 'secretaries' as const, orgId: member.orgId },
                text: texts.requestForOfficers(
                  member.displayName ?? '',
                  texts.rightNames[right],
                  row.dataRequestId,
                  row.answerBy,
                  row.fulfilBy,
                ),
                key: `request:${row.dataRequestId}:received`,
              },
            },
          ]
        : []),
    ]
  },
}
