import { askName } from '../dialogue/claim-flow.ts'
import { askFirst } from '../dialogue/confirm.ts'
import { heldMessage } from '../dialogue/consent-flow.ts'
import { type Effect, reply } from '../dialogue/effects.ts'
import type { Facts } from '../dialogue/facts.ts'
import { consentVersion } from '../domain/consent.ts'
import type { Account, Chat, Member } from '../domain/records.ts'
import { claimMembers } from './claim.ts'
import type { Command } from './command.ts'
import { doneAtOnce, ownerOf } from './data-request.ts'

/** Effects that make the private chat known, once its person has agreed to be known. */
export function rememberPrivateChat(facts: Facts, account: Account): { account: Account; effects: Effect[] } {
  const { asked, chat } = facts
  if (asked.chatKind !== 'private') return { account, effects: [] }
  const row: Chat = chat ?? {
    chatId: facts.newId('chat'),
    platform: asked.platform,
    accountId: asked.botAccountId,
    externalId: asked.chatExternalId,
    kind: 'private',
    threadId: null,
    orgId: null,
    isGone: false,
  }
  const alias = {
    platform: row.platform,
    accountId: row.accountId,
    externalId: row.externalId,
    chatId: row.chatId,
  }
  return {
    account: { ...account, privateChatId: row.chatId, botAccountId: asked.botAccountId },
    effects: [
      { put: 'chat', row: { ...row, isGone: false } },
      { put: 'chatAlias', row: alias },
    ],
  }
}

/** Records the agreement (version, time), then takes up what had to wait for it. */
export const giveConsent: Command<'consent.give'> = {
  intents: ['consent.give'],
  may: null,
  beforeConsent: true,
  respond(facts) {
    const { texts, asked, now } = facts
    if (facts.account) return [reply(texts.consentAlready)]
    const known = facts.accountOf(asked.platform, asked.personExternalId)
    const account: Account = {
      accountId: known?.accountId ?? facts.newId('account'),
      platform: asked.platform,
      externalId: asked.personExternalId,
      botAccountId: asked.botAccountId,
      privateChatId: known?.privateChatId ?? null,
      consentVersion,
      consentedAt: now,
      withdrawnAt: null,
    }
    const remembered = rememberPrivateChat(facts, account)
    const effects: Effect[] = [
      ...remembered.effects,
      { put: 'account', row: remembered.account },
      {
        put: 'consent',
        row: {
          consentId: facts.newId('consent'),
          accountId: account.accountId,
          version: consentVersion,
          given: true,
          at: now,
        },
      },
      {
        audit: {
          orgId: facts.org?.orgId ?? null,
          action: 'consent.given',
          subject: `account:${account.accountId}`,
          details: { version: consentVersion },
        },
      },
      reply(texts.consentGiven),
    ]
    const held = heldMessage(facts.dialogue)
    const links = facts.links(account.accountId).filter((link) => link.state === 'linked')
    // Who took their consent back is nobody's account until a secretary has said again whose it is.
    const given = facts
      .links(account.accountId)
      .filter((link) => link.state === 'withdrawn' || link.state === 'reclaimed')
      .map((link) => facts.member(link.memberId))
      .filter((member): member is Member => member !== null && member.erasedAt === null && member.status !== 'left')
    if (links.length === 0 && given.length > 0 && held?.intent !== 'chat.activate') {
      const claims = claimMembers(facts, given, remembered.account)
      return [...effects, ...(claims.some((effect) => 'dialogue' in effect) ? [] : [{ dialogue: null }]), ...claims]
    }
    // A code or a claim says who they are: let the message speak before a name is asked for.
    const speaksForItself = held?.intent === 'chat.activate' || held?.intent === 'member.claim'
    if (held && (links.length > 0 || speaksForItself)) {
      return [
        ...effects,
        { dialogue: null },
        { replay: { key: `consented:${account.accountId}:${now.getTime()}`, asked: held.asked } },
      ]
    }
    if (links.length > 0) return [...effects, { dialogue: null }]
    return [...effects, ...askName(texts.askName, held)]
  },
}

/** Stops processing: the account is unlinked and nothing more is taken from it. The cell's book stays until erasure. */
export const withdrawConsent: Command<'consent.withdraw'> = {
  intents: ['consent.withdraw'],
  may: null,
  beforeConsent: true,
  respond(facts, request) {
    const { texts, account, now, org } = facts
    const owner = ownerOf(facts)
    if (!account || !owner) return [reply(texts.noData)]
    if (!request.resolved?.confirmed) return askFirst(texts.withdrawAsk, request, texts.deedKept)
    return [
      doneAtOnce(facts, owner, 'withdraw'),
      { put: 'account', row: { ...account, withdrawnAt: now } },
      {
        put: 'consent',
        row: {
          consentId: facts.newId('consent'),
          accountId: account.accountId,
          version: consentVersion,
          given: false,
          at: now,
        },
      },
      ...facts
        .links(account.accountId)
        .map(
          (link): Effect =>
            link.state === 'claimed'
              ? { remove: 'accountMember', row: link }
              : { put: 'accountMember', row: { ...link, state: 'withdrawn' } },
        ),
      ...facts.dialoguesOf(account.accountId).map((row): Effect => ({ remove: 'dialogue', row })),
      { audit: { orgId: org?.orgId ?? null, action: 'consent.withdrawn', subject: `account:${account.accountId}` } },
      reply(texts.withdrawn),
    ]
  },
}
